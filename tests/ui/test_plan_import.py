"""The dialog that takes a plan from the CMS files, by keyboard, with good files and bad ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.imports.cms_folder import BENEFITS, PLAN, PLAN_ID, write_folder
from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tests.ui.coverage_kit import Desk, desk_over, people, plan
from tracker.facts import Plan
from tracker.services.bundle import Services
from ui.context import Context
from ui.dialogs.plan_import import PlanImportDialog
from ui.jobs import InlineRunner, Job
from ui.theme import Theme

ODD = (
    *BENEFITS,
    {"BenefitName": "Acupuncture", "CopayInnTier1": "$20 the first time"},
    {"BenefitName": "Hospice Services", "CopayInnTier1": "Ask us"},
)
ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
CTRL = Qt.KeyboardModifier.ControlModifier


class HeldRunner(InlineRunner):
    """Starts nothing by itself, so that a test can look at work that is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], None]] = []

    def _start(self, job: Job[object]) -> None:
        self.held.append(lambda: InlineRunner._start(self, job))

    def go_on(self) -> None:
        for work in self.held[:]:
            self.held.remove(work)
            work()


@pytest.fixture
def desk(services: Services) -> Desk:
    people(services, "Eleanor", "Sam")
    return desk_over(services)


def opened(qtbot: QtBot, desk: Desk, *, into: Plan | None = None) -> PlanImportDialog:
    dialog = PlanImportDialog(desk.context, into=into)
    desk.kept.append(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def type_in(text: str) -> None:
    QTest.keyClicks(focus(), text)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def to_check(dialog: PlanImportDialog, folder: Path) -> None:
    """Through all steps with Enter alone."""
    dialog.recognise(folder)
    press(ENTER)
    assert dialog.step is dialog.choose
    press(ENTER)
    if dialog.step is dialog.cover:
        press(ENTER)
    assert dialog.step is dialog.check


def test_a_plan_is_found_and_taken_by_keyboard(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = opened(qtbot, desk)
    made: list[int] = []
    dialog.made.connect(made.append)
    assert focus() is dialog.files.folder_button
    assert not dialog.next_button.isEnabled()
    dialog.recognise(write_folder(tmp_path / "cms"))
    assert dialog.files.found.value("Plan Attributes").startswith("one.csv")
    press(ENTER)  # the keyboard stands on Next once the files are there

    assert focus() is dialog.choose.search
    type_in(PLAN_ID.lower())
    assert dialog.choose.explained.text() == (
        f"{PLAN_ID}. The plan as sold on the exchange, without cost-sharing reductions."
    )
    press(ENTER)

    assert dialog.step is dialog.cover
    assert dialog.cover.begins_on.day() == date(2026, 1, 1)
    box = dialog.cover.people.boxes[2]
    box.setFocus()
    press(Qt.Key.Key_Space)
    dialog.cover.premium.amount.setFocus()
    type_in("450")
    press(ENTER, CTRL)

    assert dialog.step is dialog.check
    rows = {row.service: row for row in dialog.check.prices.rows_model.rows}
    assert rows["Specialist visit"].tiers["IN"] == "$60 copay"
    assert rows["Specialist visit"].said == "$60.00; 100.00%"
    limit = dialog.check.limits.rows_model.rows[0]
    assert (limit.name, limit.person, limit.family) == ("Deductible, in network", "$2,000", "$4,000")
    press(ENTER, CTRL)

    (taken,) = desk.services.plans.all()
    assert made == [taken.id]
    assert (taken.name, taken.person_ids, taken.premiums[0].amount) == ("Silver 1", (1, 2), 450_00)
    assert desk.services.plans.rules(taken.id or 0)
    assert desk.problems == []
    desk.context.undo()
    assert desk.services.plans.all() == []


def test_what_was_not_understood_is_filled_in(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = opened(qtbot, desk)
    to_check(dialog, write_folder(tmp_path / "cms", benefits=ODD))
    check = dialog.check
    assert check.view.key() == "open"
    assert focus() is check.open
    assert "2 lines could not be understood" in check.summary.text()
    press(DOWN)
    check.open.go_to_cell(0, 0)
    assert "Acupuncture, in network" in check.why.text()
    press(ENTER)
    editor = check.open.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "forty")
    QTest.keyClick(editor, ENTER)
    assert editor.property("invalid"), "refused, with what was typed still there"
    assert editor.text() == "forty"
    editor.selectAll()
    QTest.keyClicks(editor, "$40 copay after deductible")
    QTest.keyClick(editor, ENTER)
    assert "1 of 2 lines" in check.summary.text()
    assert check.open.current_row().item.service == "Hospice Services"
    check.not_covered.click()
    assert "understood" not in check.summary.text()
    rows = {row.service: row.tiers for row in check.prices.rows_model.rows}
    assert rows["Acupuncture"]["IN"] == "$40 copay after deductible"
    assert rows["Hospice"]["IN"] == "Not covered"
    check.as_it_was.click()
    assert "1 of 2 lines" in check.summary.text()
    check.leave_out.click()
    press(ENTER, CTRL)
    (taken,) = desk.services.plans.all()
    rules = {(rule.category, rule.tier) for rule in desk.services.plans.rules(taken.id or 0)}
    assert ("ACUPUNCTURE", "IN") in rules
    assert ("HOSPICE", "IN") not in rules


def test_a_plan_that_is_there_takes_only_the_terms(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    before = plan(desk.services, [1, 2])
    dialog = opened(qtbot, desk, into=before)
    to_check(dialog, write_folder(tmp_path / "cms"))
    press(ENTER, CTRL)
    (after,) = desk.services.plans.all()
    assert (after.id, after.name, after.begins_on) == (before.id, before.name, before.begins_on)
    assert after.filed_id == PLAN_ID
    assert desk.services.plans.rules(after.id or 0)


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_escape_changes_nothing(steps: int, qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = opened(qtbot, desk)
    dialog.recognise(write_folder(tmp_path / "cms"))
    for _ in range(steps):
        dialog.next_button.click()
    press(ESCAPE)
    assert not dialog.isVisible()
    assert desk.services.plans.all() == []
    assert desk.shell.said == []


def test_work_under_way_can_be_stopped(qtbot: QtBot, services: Services, tmp_path: Path) -> None:
    people(services, "Eleanor")
    desk = desk_over(services)
    runner = HeldRunner()
    context = Context(
        services=services,
        bus=desk.context.bus,
        jobs=runner,
        shell=desk.shell,
        show_problem=desk.problems.append,
    )
    dialog = opened(qtbot, Desk(context, desk.shell, desk.problems, desk.kept))
    runner.go_on()
    dialog.recognise(write_folder(tmp_path / "cms"))
    assert not dialog.next_button.isEnabled()
    runner.go_on()
    assert dialog.next_button.isEnabled()
    dialog.next_button.click()
    dialog.stop_button.click()
    runner.go_on()
    assert dialog.step is dialog.files, "what was stopped shows nothing"
    dialog.next_button.click()
    runner.go_on()
    assert dialog.step is dialog.choose
    dialog.next_button.click()
    press(ESCAPE)
    runner.go_on()
    assert services.plans.all() == []
    assert desk.problems == []


def test_the_list_follows_state_insurer_and_words(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cms")
    with (folder / "one.csv").open("a", encoding="utf-8") as file:
        for number in range(2, 6):
            state, issuer = ("TX", "Example Health") if number % 2 else ("OH", "Buckeye Care")
            row = PLAN | {
                "PlanId": f"12345{state}001000{number}-01",
                "StateCode": state,
                "IssuerMarketPlaceMarketingName": issuer,
                "PlanMarketingName": f"Gold {number}",
            }
            file.write(",".join(f'"{row[name]}"' for name in PLAN) + "\n")
    dialog = opened(qtbot, desk)
    dialog.recognise(folder)
    press(ENTER)
    choose = dialog.choose
    assert choose.count.text() == "5 plans."
    assert not dialog.next_button.isEnabled()
    choose.state.choose("OH")
    choose.state.edited.emit()
    assert [choose.issuer.itemText(place) for place in range(choose.issuer.count())] == [
        "Every insurer",
        "Buckeye Care",
    ]
    assert [row.choice.name for row in choose.model.rows] == ["Gold 2", "Gold 4"]
    press(DOWN)
    assert focus() is choose.table
    assert dialog.next_button.isEnabled()
    choose.search.setFocus()
    type_in("gold 4 buckeye")
    assert [row.choice.name for row in choose.model.rows] == ["Gold 4"]
    type_in(" nothing")
    assert choose.count.text().startswith("No plan fits.")
    assert not dialog.next_button.isEnabled()


def test_variants_are_explained(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cms")
    with (folder / "one.csv").open("a", encoding="utf-8") as file:
        row = PLAN | {"PlanId": PLAN_ID[:-2] + "05", "CSRVariationType": "87% AV Level Silver Plan"}
        file.write(",".join(f'"{row[name]}"' for name in PLAN) + "\n")
    dialog = opened(qtbot, desk)
    dialog.recognise(folder)
    press(ENTER)
    choice = dialog.choose.choice()
    assert choice is not None
    assert choice.plan_id == PLAN_ID, "the standard variant unless another is asked for"
    dialog.choose.variant.setFocus()
    press(DOWN)
    dialog.choose.variant.activated.emit(1)
    assert "150% to 200% of the poverty level" in dialog.choose.explained.text()
    dialog.choose.search.setText(PLAN_ID)
    assert dialog.choose.choice() == choice, "a whole id names its variant"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "one.csv").write_text("a,b\n1,2\n"), "Plan Attributes file is missing"),
        (lambda folder: (folder / "two.CSV").unlink(), "Benefits and Cost Sharing file is missing"),
        (lambda folder: [path.unlink() for path in folder.iterdir()], "There is no plan file of CMS"),
        (
            lambda folder: (folder / "one.csv").write_text("PlanId,PlanMarketingName\nA,B\n"),
            "looks like a Plan Attributes file, but has no column",
        ),
        (lambda folder: (folder / "one.csv").write_bytes(b"\xff\xfeP\x00"), "is not saved as UTF-8"),
    ],
)
def test_wrong_files_are_said_in_the_dialog(
    spoil: Callable[[Path], object], says: str, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "cms")
    spoil(folder)
    dialog = opened(qtbot, desk)
    dialog.recognise(folder)
    assert says in f"{dialog.problem()} {dialog.files.missing.text()}"
    assert not dialog.next_button.isEnabled()
    assert desk.problems == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text[: text.rindex("Yes")], "is cut off"),
        (lambda text: text.splitlines()[0] + "\n", "There is no plan in the Plan Attributes file"),
    ],
)
def test_a_truncated_file_is_said_in_the_dialog(
    change: Callable[[str], str], says: str, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "cms")
    place = folder / "one.csv"
    place.write_text(change(place.read_text(encoding="utf-8")), encoding="utf-8")
    dialog = opened(qtbot, desk)
    dialog.recognise(folder)
    dialog.next_button.click()
    dialog.next_button.click()
    assert says in dialog.problem()
    assert desk.services.plans.all() == []


def test_files_of_a_spreadsheet_program_are_read(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cms", backwards=True, encoding="utf-8-sig", line_end="\r\n")
    dialog = opened(qtbot, desk)
    to_check(dialog, folder)
    assert not dialog.problem()


def test_a_second_file_joins_the_first(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cms")
    dialog = opened(qtbot, desk)
    dialog.files._on_files([str(folder / "one.csv")])
    assert "Benefits and Cost Sharing file is missing" in dialog.files.missing.text()
    dialog.files._on_files([str(folder / "two.CSV")])
    assert dialog.files.ready


def test_nobody_covered_is_said_beside_the_people(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = opened(qtbot, desk)
    dialog.recognise(write_folder(tmp_path / "cms"))
    dialog.next_button.click()
    dialog.next_button.click()
    dialog.cover.people.boxes[1].click()
    dialog.next_button.click()
    assert "Nobody is covered yet" in dialog.cover.form.field("people").complaint()
    dialog.cover.people.new_name.setFocus()
    type_in("Ada")
    press(ENTER, CTRL)
    dialog.next_button.click()
    assert [person.name for person in desk.services.people.people()] == ["Eleanor", "Sam", "Ada"]
    (taken,) = desk.services.plans.all()
    assert taken.person_ids == (3,)


@pytest.mark.parametrize("percent", [100, 200])
def test_every_step_is_named_reached_by_tab_and_fits(
    percent: int, qtbot: QtBot, desk: Desk, tmp_path: Path, look: Theme
) -> None:
    look.apply(percent=percent)
    dialog = opened(qtbot, desk)
    dialog.recognise(write_folder(tmp_path / "cms", benefits=ODD))
    found = []
    for step in (dialog.files, dialog.choose, dialog.cover, dialog.check):
        assert dialog.step is step
        kit.settle()
        found += [f"{step.title}: {one}" for one in look_kit.wrong_in(dialog) + kit.wrong_with_tab(dialog)]
        if step is not dialog.check:
            dialog.next_button.click()
    for view in ("prices", "limits", "remarks"):
        dialog.check.show_view(view)
        kit.settle()
        found += [f"{view}: {one}" for one in look_kit.wrong_in(dialog) + kit.wrong_with_tab(dialog)]
    assert not found, "\n".join(found)
