"""Planned care on the screen: the card, its form, and what the chart makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.coverage_kit import LIMITS, Desk, claim, desk_over, people, plan
from tracker.facts import CostSharingRule, Likelihood, Network, PlannedCare
from tracker.services.bundle import Services
from ui.dialogs.planned_care import HOW_OFTEN, NO_USUAL, PlannedCareDialog
from ui.models.coverage_choice import Choice
from ui.pages.coverage_chart import ProgressCard
from ui.pages.coverage_planned import PlannedCareCard
from ui.pages.coverage_read import read_year

RULES = [
    CostSharingRule(category="IMAGING", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2000),
    CostSharingRule(category="SPEC", oop_max="OOP_IN", copay=50_00),
]


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def eleanor(desk: Desk) -> int:
    """Eleanor and Sam under a plan with two rules; 1,420 of her deductible are used."""
    first, second = people(desk.services, "Eleanor Whitfield", "Sam Whitfield")
    made = plan(desk.services, [first, second], limits=LIMITS)
    desk.services.plans.save_rules(made, RULES)
    claim(
        desk.services,
        first,
        date(2026, 5, 5),
        "Harbor Imaging",
        category="IMAGING",
        allowed=1_420_00,
        deductible=1_420_00,
        you_owe=1_420_00,
    )
    return first


class Shown:
    """The card and the chart, shown again after every change as the page does it."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.desk = desk
        self.window = QWidget()
        self.card = PlannedCareCard(desk.context, self.window)
        self.chart = ProgressCard(self.window)
        desk.kept.append(self.window)
        desk.kept.append(self)
        qtbot.addWidget(self.window)
        self.window.resize(1100, 700)
        self.card.resize(1100, 400)
        self.chart.move(0, 400)
        self.chart.resize(1000, 300)
        desk.context.bus.committed.connect(self.reload)
        self.reload()
        self.window.show()

    def reload(self, _changes: object = None) -> None:
        year = read_year(self.desk.services, None)
        assert year.filled is not None
        choice = Choice(year.filled, Network.IN, year.home.people[0].id, TODAY)
        self.card.show_year(year, choice)
        self.chart.show_progress(choice, year.home, {})

    @property
    def dialog(self) -> PlannedCareDialog:
        (found,) = [item for item in self.card.findChildren(PlannedCareDialog) if item.isVisible()]
        return found

    def cells(self, *, happened: bool = False) -> list[list[str]]:
        model = (self.card.happened if happened else self.card.table).rows_model
        return [[column.text(row) for column in model.columns] for row in model.rows]


@pytest.fixture
def shown(qtbot: QtBot, desk: Desk, eleanor: int) -> Shown:
    return Shown(qtbot, desk)


def care(desk: Desk, person: int, day: date, **more: object) -> None:
    values: dict[str, object] = {"category": "IMAGING", "label": "MRI of the knee", "allowed": 1_200_00}
    desk.services.coverage.save_planned(
        PlannedCare(person_id=person, first_on=day, **(values | more))  # type: ignore[arg-type]
    )


def retype(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def line(edit: object) -> QLineEdit:
    found = edit.lineEdit()  # type: ignore[attr-defined]
    assert isinstance(found, QLineEdit)
    return found


def test_care_is_planned_from_the_empty_card_by_keyboard(qtbot: QtBot, shown: Shown) -> None:
    assert shown.card.empty.isVisible()
    assert not shown.card.table.isVisible()
    shown.card.empty.button.setFocus()
    qtbot.keyClick(shown.card.empty.button, Qt.Key.Key_Return)
    dialog = shown.dialog
    retype(qtbot, line(dialog.service), "Imaging (MRI, CT, PET)")
    retype(qtbot, dialog.label, "MRI of the knee")
    retype(qtbot, line(dialog.provider), "Harbor Imaging")
    retype(qtbot, dialog.first_on, "12/3")
    retype(qtbot, dialog.allowed, "1,200")
    qtbot.keyClick(dialog.allowed, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert shown.cells() == [
        [
            "Dec 3",
            "MRI of the knee",
            "Eleanor",
            "Harbor Imaging",
            "$1,200.00",
            "Likely",
            "$704.00",
            "$2,000 of $2,000",
        ]
    ]
    assert "$704.00" in shown.card.together.text()
    assert shown.card.add_button.isVisible()
    (stored,) = shown.desk.services.coverage.planned()
    assert (stored.times, stored.likelihood, stored.network) == (1, Likelihood.LIKELY, Network.IN)


def test_the_cost_says_how_it_is_worked(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 3))
    shown.reload()
    (row,) = shown.card.table.rows_model.rows
    assert "20% of $620.00" in row.why.replace(" %", "%")


def test_enter_opens_the_row_and_a_change_is_kept(
    qtbot: QtBot, shown: Shown, desk: Desk, eleanor: int
) -> None:
    care(desk, eleanor, date(2026, 12, 3), note="Ask first")
    shown.reload()
    shown.card.table.selectRow(0)
    shown.card.table.setFocus()
    qtbot.keyClick(shown.card.table, Qt.Key.Key_Return)
    dialog = shown.dialog
    assert dialog.label.text() == "MRI of the knee"
    dialog.likelihood.choose(Likelihood.SURE.value)
    dialog.how_often.choose("1")
    dialog.how_often.activated.emit(dialog.how_often.currentIndex())
    assert dialog.times.isVisible()
    retype(qtbot, dialog.times, "3")
    qtbot.keyClick(dialog.times, Qt.Key.Key_Return)
    (stored,) = desk.services.coverage.planned()
    assert (stored.likelihood, stored.times, stored.every_months) == (Likelihood.SURE, 3, 1)
    assert (stored.note, stored.allowed) == ("Ask first", 1_200_00)
    assert [row[0] for row in shown.cells()] == ["Dec 3"]  # the others lie in the next year


@pytest.mark.parametrize("times", ["", "two", "1.5", "-3", "0", "401"])
def test_a_count_that_is_none_is_said_beside_its_field(
    qtbot: QtBot, shown: Shown, desk: Desk, eleanor: int, times: str
) -> None:
    care(desk, eleanor, date(2026, 12, 3), times=4)
    shown.reload()
    shown.card.edit(shown.card.table.rows_model.rows[0])
    dialog = shown.dialog
    retype(qtbot, dialog.times, times)
    if not times:
        dialog.times.clear()
    qtbot.keyClick(dialog.times, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.form.field("times").complaint()
    assert dialog.times.text() == times
    assert desk.services.coverage.planned()[0].times == 4
    dialog.reject()


def test_a_service_is_needed(qtbot: QtBot, shown: Shown) -> None:
    shown.card.add()
    dialog = shown.dialog
    qtbot.keyClick(dialog.label, Qt.Key.Key_Return)
    assert dialog.form.field("category").complaint().startswith("Choose the service")
    dialog.reject()


def test_an_odd_rhythm_is_kept(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 3), times=2, every_months=5)
    shown.reload()
    shown.card.edit(shown.card.table.rows_model.rows[0])
    assert "5" not in HOW_OFTEN
    assert shown.dialog.how_often.currentText() == "Every 5 months"
    shown.dialog.reject()


def test_the_usual_amount_is_said_and_taken(qtbot: QtBot, shown: Shown) -> None:
    shown.card.add()
    dialog = shown.dialog
    retype(qtbot, line(dialog.service), "Specialist visit")
    assert dialog.form.field("allowed")._hint.text() == NO_USUAL
    retype(qtbot, line(dialog.service), "Imaging (MRI, CT, PET)")
    assert "Empty takes the usual $1,420.00: 1 EOB" in dialog.form.field("allowed")._hint.text()
    qtbot.keyClick(dialog.label, Qt.Key.Key_Return)
    assert shown.cells()[0][4] == "usual $1,420"


def test_what_nobody_knows_is_not_guessed(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 3), category="SPEC", label="Visit", allowed=None)
    care(desk, eleanor, date(2026, 12, 4), category="CHIRO", label="Back")
    shown.reload()
    assert [(row[4], row[6]) for row in shown.cells()] == [
        ("not known", "not known"),
        ("$1,200.00", "no rule"),
    ]
    assert "2 more have no known cost" in shown.card.together.text()


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 3))
    shown.reload()
    shown.card.table.selectRow(0)
    shown.card.table.setFocus()
    qtbot.keyClick(shown.card.table, Qt.Key.Key_Delete)
    assert desk.services.coverage.planned() == []
    assert shown.card.empty.isVisible()
    assert desk.shell.said
    desk.context.undo()
    assert [row[1] for row in shown.cells()] == ["MRI of the knee"]


def test_the_form_removes_too(qtbot: QtBot, shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 3))
    shown.reload()
    shown.card.table.selectRow(0)
    qtbot.mouseClick(shown.card.edit_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(shown.dialog.remove_button, Qt.Key.Key_Return)
    assert desk.services.coverage.planned() == []


def test_care_that_happened_stands_beside_its_eob(
    qtbot: QtBot, shown: Shown, desk: Desk, eleanor: int
) -> None:
    care(desk, eleanor, date(2026, 5, 1))
    shown.reload()
    assert shown.cells() == []
    assert shown.cells(happened=True) == [
        ["May 1, 2026", "MRI of the knee", "Eleanor", "", "May 5, 2026", "$1,420.00", "$1,420.00"]
    ]
    shown.card.happened.selectRow(0)
    shown.card.happened.setFocus()
    qtbot.keyClick(shown.card.happened, Qt.Key.Key_Return)
    (went,) = desk.shell.went
    assert went[0] == "coverage"
    assert went[1] == ("claim", 1)


def test_late_care_is_one_row_that_says_so(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(
        desk,
        eleanor,
        date(2026, 9, 8),
        category="SPEC",
        label="Visit",
        allowed=100_00,
        times=3,
    )
    shown.reload()
    (late,) = shown.cells()
    assert (late[0], late[1], late[4], late[6]) == (
        "Sep 8, no EOB",
        "3 \u00d7 Visit",
        "$100.00 each",
        "$150.00",
    )
    assert shown.card.table.rows_model.rows[0].is_late


def test_care_of_another_year_is_listed_without_a_cost(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2027, 2, 2))
    shown.reload()
    (row,) = shown.cells()
    assert (row[0], row[6], row[7]) == ("Feb 2, 2027", "\u2013", "")
    assert "outside this plan year" in shown.card.table.rows_model.rows[0].why


def test_names_of_any_length_and_direction_fit(shown: Shown, desk: Desk, eleanor: int) -> None:
    long = "\u05e9\u05dc\u05d5\u05dd \U0001f600 " + "Very long name " * 4
    care(desk, eleanor, date(2026, 12, 3), label=long, allowed=9_999_999_999_99)
    shown.reload()
    assert shown.cells()[0][1] == long.strip()
    assert not shown.window.grab().isNull()


def test_the_chart_tells_low_expected_and_high(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 1), label="X", allowed=100_00, likelihood=Likelihood.SURE)
    care(desk, eleanor, date(2026, 12, 3))
    shown.reload()
    words = shown.chart.words.text()
    assert words.startswith(
        "With the care you have planned it is met about Dec 3; at least $1,520, at most $2,000 by Dec 31."
    )
    assert (
        "At least counts planned care you are sure of. Expected adds planned care that is likely." in words
    )
    headings, rows = shown.chart.view.table()
    assert headings[-3:] == ["At least", "Expected", "At most"]
    assert rows[-3:] == [
        ["Dec 1, 2026", "X (planned)", "", "", "$1,520.00", "$1,520.00", "$1,520.00"],
        ["Dec 3, 2026", "MRI of the knee (likely)", "", "", "$1,520.00", "$2,000.00", "$2,000.00"],
        ["Dec 31, 2026", "", "", "", "$1,520.00", "$2,000.00", "$2,000.00"],
    ]
    said = [hit.words for hit in shown.chart.view.hits().hits]
    assert said[-1] == "MRI of the knee (likely), Dec 3: $480.00 to count, $2,000 then"


def test_every_part_has_a_name_for_screen_readers(shown: Shown, desk: Desk, eleanor: int) -> None:
    care(desk, eleanor, date(2026, 12, 3))
    shown.reload()
    assert shown.card.accessibleName() == "Planned care"
    assert shown.card.table.accessibleName() == "Planned care ahead"
    shown.card.add()
    for name in (
        "category",
        "label",
        "person_id",
        "provider",
        "first_on",
        "times",
        "allowed",
        "likelihood",
    ):
        assert shown.dialog.form.field(name).widget.accessibleName()
    shown.dialog.reject()
