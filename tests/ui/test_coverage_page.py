"""The Coverage page as a person uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.coverage_kit import LIMITS, Desk, claim, desk_over, limit, people, plan
from tracker.facts import AccumulatorKind, AccumulatorMode, Network, Noun
from tracker.reports.attention import Action, Attention
from tracker.services.bundle import Services
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.plan_editor import PlanEditor
from ui.models.claims import UNCOUNTED
from ui.pages.coverage import CoveragePage
from ui.pages.coverage_part_progress import ProgressPart
from ui.pages.coverage_parts import PROGRESS
from ui.pages.coverage_why import WhyDialog
from ui.widgets.figure_card import FigureCard
from ui.window_state import WindowState


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def family(desk: Desk) -> tuple[int, int]:
    """Eleanor and Sam, both covered for 2026, with some EOBs."""
    eleanor, sam = people(desk.services, "Eleanor Whitfield", "Sam Whitfield")
    outside = limit(network=Network.OUT, individual=4_000_00, family=8_000_00)
    plan(desk.services, [eleanor, sam], limits=(*LIMITS, outside))
    claim(desk.services, eleanor, date(2026, 2, 2), "Quest Labs", deductible=1_000_00, you_owe=1_000_00)
    claim(
        desk.services,
        eleanor,
        date(2026, 5, 5),
        "Harbor Imaging",
        processed_on=date(2026, 5, 20),
        deductible=420_00,
        coinsurance=80_00,
        you_owe=500_00,
    )
    claim(desk.services, sam, date(2026, 6, 6), "Quest Labs", deductible=240_00, you_owe=240_00)
    claim(
        desk.services, eleanor, date(2026, 7, 7), "Inlet Nutrition", network=Network.OUT, deductible=160_00
    )
    claim(
        desk.services,
        eleanor,
        date(2026, 8, 8),
        "Harbor Med Spa",
        billed=250_00,
        allowed=0,
        plan_paid=0,
        not_covered=250_00,
        you_owe=250_00,
    )
    return eleanor, sam


def shown(qtbot: QtBot, desk: Desk) -> CoveragePage:
    page = CoveragePage(desk.context)
    desk.kept.append(page)
    desk.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(1121, 900)
    page.show()
    page.show_part(PROGRESS)
    return page


def progress(page: CoveragePage) -> ProgressPart:
    """The part with the chart, the plan's facts and the EOBs."""
    found = page.part(PROGRESS)
    assert isinstance(found, ProgressPart)
    return found


def figures(page: CoveragePage) -> list[str]:
    """What the visible cards say, as a screen reader reads them."""
    return [card.accessibleName() for card in page.figures.findChildren(FigureCard) if card.isVisible()]


def dialog(page: CoveragePage, kind: type) -> object:
    """The one dialog of a kind that is open."""
    (found,) = [item for item in page.findChildren(kind) if item.isVisible()]
    return found


def choose(page: CoveragePage, key: str) -> None:
    edit = page.choosers.person_edit
    edit.choose(key)
    edit.activated.emit(edit.currentIndex())


def providers(page: CoveragePage) -> list[str]:
    return [row.line.provider for row in progress(page).eobs.table.rows_model.rows]


def test_an_empty_ledger_says_what_the_page_is_for(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.no_plan.isVisible()
    assert not page.figures.isVisible()
    assert not progress(page).eobs.isVisible()
    page.add_plan()
    editor = dialog(page, PlanEditor)
    assert isinstance(editor, PlanEditor)
    editor.reject()


def test_the_head_names_plan_period_and_people(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    assert page._header._subtitle.text() == (
        "BlueRiver PPO 2000  \u00b7  Jan 1 to Dec 31, 2026  \u00b7  you and 1 dependent"
    )


def test_the_figures_follow_person_and_network(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    assert figures(page) == [
        "Deductible, you: $1,420 of $2,000",
        "Deductible, family: $1,660 of $4,000",
        "Out-of-pocket max, you: $1,500 of $6,000",
        "Out-of-pocket max, family: $1,740 of $12,000",
    ]
    choose(page, str(family[1]))
    assert figures(page)[0] == "Deductible, Sam Whitfield: $240 of $2,000"
    choose(page, "family")
    assert figures(page) == [
        "Deductible, family: $1,660 of $4,000",
        "Out-of-pocket max, family: $1,740 of $12,000",
    ]
    choose(page, str(family[0]))
    qtbot.mouseClick(page.choosers.network_edit._group.button(1), Qt.MouseButton.LeftButton)
    assert figures(page) == [
        "Deductible, you: $160 of $4,000",
        "Deductible, family: $160 of $8,000",
    ]


def test_a_figure_opens_the_claims_that_add_up_to_it(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    card = page.figures.cards[AccumulatorKind.OOP_MAX, False]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    why = dialog(page, WhyDialog)
    assert isinstance(why, WhyDialog)
    assert why.heading.text() == "Out-of-pocket maximum in network, you: $1,500.00 of $6,000.00"
    assert "Deductible, copay and coinsurance" in why.rule.text()
    rows = why.table.rows_model.rows
    assert [(row.amount, row.total) for row in rows] == [(1_000_00, 1_000_00), (500_00, 1_500_00)]
    why.table.setCurrentIndex(why.table.rows_model.index(1, 0))
    qtbot.keyClick(why.table, Qt.Key.Key_Return)
    editor = dialog(page, EobEditor)
    assert isinstance(editor, EobEditor)
    assert editor.provider.text() == "Harbor Imaging"
    editor.reject()
    why.reject()


def test_an_aggregate_limit_has_only_the_family_card_and_chart(qtbot: QtBot, desk: Desk) -> None:
    eleanor, sam = people(desk.services, "Eleanor", "Sam")
    alone = limit(mode=AccumulatorMode.AGGREGATE, individual=None)
    plan(desk.services, [eleanor, sam], limits=(alone,))
    claim(desk.services, sam, date(2026, 2, 2), deductible=50_00)
    page = shown(qtbot, desk)
    assert figures(page) == ["Deductible, family: $50 of $4,000"]
    assert progress(page).chart._subtitle.text().startswith("Family, in network")
    assert "$50.00 of $4,000.00" in progress(page).chart.view.accessibleName()


def test_without_a_limit_and_with_a_limit_of_zero(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    none = plan(desk.services, [eleanor], limits=())
    page = shown(qtbot, desk)
    assert not page.figures.isVisible()
    assert progress(page).chart.nothing.text() == "Your plan states no limits in network."
    assert not progress(page).chart.view.isVisible()
    zero = limit(mode=AccumulatorMode.SELF, individual=0, family=None)
    most = limit(AccumulatorKind.OOP_MAX, mode=AccumulatorMode.SELF, family=None)
    changes = desk.services.plans.save(replace(none, accumulators=(zero, most)))
    desk.context.bus.announce(changes)
    assert figures(page)[0] == "Deductible, you: $0 of $0"
    assert progress(page).chart.accessibleName() == "Out-of-pocket maximum progress"


def test_the_chart_says_its_assumption_and_shows_the_maximum_on_a_switch(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    assert "At this year's pace" in progress(page).chart.words.text()
    assert "upper line" not in progress(page).chart.words.text()
    before = len(progress(page).chart.view.hits().hits)
    progress(page).chart.with_maximum.click()
    assert "$1,500.00 so far" in progress(page).chart.words.text()
    assert len(progress(page).chart.view.hits().hits) > before


def test_a_step_of_the_chart_opens_the_claim_behind_it(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    progress(page).chart.view.setFocus()
    qtbot.keyClick(progress(page).chart.view, Qt.Key.Key_Home)
    assert progress(page).chart.view.marked is not None
    assert progress(page).chart.view.marked.words.startswith("Quest Labs, Feb 2: $1,000.00 counted")
    qtbot.keyClick(progress(page).chart.view, Qt.Key.Key_Return)
    editor = dialog(page, EobEditor)
    assert isinstance(editor, EobEditor)
    assert editor.service_from.text() == "Feb 2, 2026"
    editor.reject()


def test_the_list_marks_what_does_not_count_and_what_does_not_add_up(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    claim(
        desk.services, family[0], date(2026, 9, 9), "Odd Lab", allowed=121_55, plan_paid=77_80, copay=42_20
    )
    page = shown(qtbot, desk)
    model = progress(page).eobs.table.rows_model
    headings = [column.heading for column in model.columns]
    said = {
        row.line.provider: {
            heading: column.text(row) for heading, column in zip(headings, model.columns, strict=True)
        }
        for row in model.rows
    }
    assert said["Harbor Med Spa"]["Counted"] == UNCOUNTED
    assert said["Odd Lab"]["Check"] == "Off by $1.55"
    assert said["Quest Labs"]["Check"] == ""
    assert said["Inlet Nutrition"]["Service"] == "Out of network"
    assert said["Quest Labs"]["Patient"] in ("Eleanor", "Sam")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harbor", {"Harbor Imaging", "Harbor Med Spa"}),
        ("sam quest", {"Quest Labs"}),
        ("does not count", {"Harbor Med Spa"}),
        ("$500", {"Harbor Imaging"}),
        ("may 5", {"Harbor Imaging"}),
        ("nobody", set()),
    ],
)
def test_the_filter_finds_names_days_amounts_and_marks(
    qtbot: QtBot, desk: Desk, family: tuple[int, int], typed: str, found: set[str]
) -> None:
    page = shown(qtbot, desk)
    qtbot.keyClicks(progress(page).eobs.filter, typed)
    assert set(providers(page)) == found
    assert progress(page).eobs.no_match.isVisible() is (not found)


def test_typing_in_the_table_begins_to_filter(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    progress(page).eobs.table.typed.emit("q")
    assert progress(page).eobs.filter.text() == "q"
    page.find_text("sam")
    assert providers(page) == ["Quest Labs"]


def test_columns_sort_by_amount_and_day(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    headings = [column.heading for column in progress(page).eobs.table.rows_model.columns]
    progress(page).eobs.table.sortByColumn(headings.index("You owe"), Qt.SortOrder.DescendingOrder)
    assert providers(page)[:2] == ["Quest Labs", "Harbor Imaging"]
    progress(page).eobs.table.sortByColumn(headings.index("Date"), Qt.SortOrder.AscendingOrder)
    assert providers(page)[0] == "Quest Labs"


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    progress(page).eobs.table.selectRow(0)
    qtbot.keyClick(progress(page).eobs.table, Qt.Key.Key_Delete)
    assert "Harbor Med Spa" not in providers(page)
    assert desk.shell.said == ["Remove 1 EOB"]
    desk.context.undo()
    assert "Harbor Med Spa" in providers(page)


def test_adding_an_eob_moves_the_figures_and_selects_it(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    page.primary_action()
    editor = dialog(page, EobEditor)
    assert isinstance(editor, EobEditor)
    editor.patient.set_text("Eleanor Whitfield")
    editor.provider.set_text("Quest Labs")
    editor.network.choose("in")
    editor.service_from.setText("9/9/2026")
    editor.amounts.edits["deductible"].setText("80")
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
    assert figures(page)[0] == "Deductible, you: $1,500 of $2,000"
    current = progress(page).eobs.table.current_row()
    assert current is not None
    assert current.claim.service_from == date(2026, 9, 9)


def test_an_eob_of_another_plan_year_is_shown_where_it_went(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    plan(
        desk.services,
        list(family),
        begins_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        name="Last year's",
    )
    old = claim(desk.services, family[0], date(2025, 12, 28), "Quest Labs", processed_on=date(2026, 1, 20))
    page = shown(qtbot, desk)
    assert page.choosers.plan_edit.isVisible()
    page.arrive(old)
    editor = dialog(page, EobEditor)
    assert isinstance(editor, EobEditor)
    editor.reject()
    assert page._header._subtitle.text().startswith("Last year's")
    assert progress(page).eobs.table.current_row().claim.id == old


def test_arriving_before_the_first_look_waits_for_it(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    page = CoveragePage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    wanted = claim(desk.services, family[0], date(2026, 9, 9), "Quest Labs")
    page.arrive(("claim", wanted))
    page.show()
    editor = dialog(page, EobEditor)
    assert isinstance(editor, EobEditor)
    editor.reject()


def test_a_removed_claim_is_said_to_be_removed(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    page.arrive(999)
    assert [str(problem) for problem in desk.problems] == [
        "This claim was removed. Undo its removal to see it again."
    ]


def test_attention_for_an_ending_plan_opens_next_years(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    plan_id = desk.services.plans.all()[0].id
    page.arrive(
        Attention(
            day=TODAY, amount=None, what="", detail="", action=Action.PLAN, tone="accent", plan_id=plan_id
        )
    )
    editor = dialog(page, PlanEditor)
    assert isinstance(editor, PlanEditor)
    assert editor.begins_on.text() == "Jan 1, 2027"
    editor.reject()


def test_duplicating_a_plan_shows_the_new_one(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    qtbot.mouseClick(progress(page).facts.duplicate, Qt.MouseButton.LeftButton)
    editor = dialog(page, PlanEditor)
    assert isinstance(editor, PlanEditor)
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
    assert "Jan 1 to Dec 31, 2027" in page._header._subtitle.text()
    assert progress(page).eobs.empty.isVisible()


def test_eobs_outside_every_plan_are_not_lost(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    claim(desk.services, family[0], date(2024, 3, 3), "Old Lab", deductible=10_00)
    page = shown(qtbot, desk)
    edit = page.choosers.plan_edit
    assert edit.isVisible()
    edit.setCurrentIndex(edit.count() - 1)
    edit.activated.emit(edit.count() - 1)
    assert providers(page) == ["Old Lab"]
    assert page._header._subtitle.text() == "EOBs that no plan covers"
    assert not progress(page).chart.isVisible()


def drop(page: CoveragePage, place: int, files: list[Path]) -> None:
    """Drop files on a row, as the window system would."""
    table = progress(page).eobs.table
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    point = table.visualRect(table.rows_model.index(place, 0)).center()
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(point), Qt.DropAction.CopyAction, data, buttons, held)
    table.dragEnterEvent(enter)
    if enter.isAccepted():
        table.dropEvent(QDropEvent(QPointF(point), Qt.DropAction.CopyAction, data, buttons, held))


def test_files_dropped_on_a_row_are_attached_to_it(
    qtbot: QtBot, desk: Desk, family: tuple[int, int], tmp_path: Path
) -> None:
    scan, empty = tmp_path / "scan.pdf", tmp_path / "empty.pdf"
    scan.write_bytes(b"%PDF-1.4")
    empty.touch()
    page = shown(qtbot, desk)
    drop(page, 0, [scan])
    row = progress(page).eobs.table.rows_model.row_at(0)
    assert row.line.documents == 1
    assert [item.name for item in desk.services.documents.attached_to(Noun.CLAIM, row.claim.id)] == [
        "scan.pdf"
    ]
    drop(page, 0, [empty])
    assert progress(page).eobs.table.rows_model.row_at(0).line.documents == 1
    assert "empty.pdf is empty" in str(desk.problems[0])
    drop(page, 0, [])
    assert len(desk.problems) == 1


def test_network_person_and_maximum_come_back_at_the_next_start(
    qtbot: QtBot, desk: Desk, family: tuple[int, int], tmp_path: Path
) -> None:
    context = replace(desk.context, state=WindowState(tmp_path / "state.ini"))
    first = CoveragePage(context)
    desk.kept.append(first)
    qtbot.addWidget(first)
    first.show()
    choose(first, "family")
    progress(first).chart.with_maximum.click()
    qtbot.mouseClick(first.choosers.network_edit._group.button(1), Qt.MouseButton.LeftButton)
    second = CoveragePage(context)
    desk.kept.append(second)
    qtbot.addWidget(second)
    second.show()
    assert second.choosers.network is Network.OUT
    assert second.choosers.person_id is None
    assert progress(second).chart.with_maximum.isChecked()


def test_the_chart_is_saved_with_its_button(
    qtbot: QtBot, desk: Desk, family: tuple[int, int], tmp_path: Path
) -> None:
    page = shown(qtbot, desk)
    for ending in ("png", "svg", "pdf"):
        progress(page).chart.view._on_file_chosen(tmp_path / f"chart.{ending}")
        assert (tmp_path / f"chart.{ending}").stat().st_size > 0
    assert desk.shell.said[-1] == "Saved chart.pdf"
    progress(page).chart.view._on_file_chosen(tmp_path / "nowhere" / "chart.png")
    assert len(desk.problems) == 1


def test_the_small_print_and_the_help_are_there(qtbot: QtBot, desk: Desk, family: tuple[int, int]) -> None:
    page = shown(qtbot, desk)
    assert page.small_print.text().startswith("Estimate, not a determination.")
    assert "service date" in page.help_text


def test_moving_down_the_list_brings_the_row_into_view(
    qtbot: QtBot, desk: Desk, family: tuple[int, int]
) -> None:
    for day in range(1, 29):
        claim(desk.services, family[0], date(2026, 10, day), "Physical therapy", copay=40_00)
    page = shown(qtbot, desk)
    page.resize(900, 500)
    table = progress(page).eobs.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    last = table.visualRect(table.currentIndex()).center()
    seen = table.viewport().mapTo(page, last)
    assert 0 <= seen.y() <= page.height()
