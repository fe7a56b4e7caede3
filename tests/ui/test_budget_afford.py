"""Affordability on the Budget page, driven by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.exports.workbooks import values_of
from tests.ui import access_kit
from tests.ui.budget_home import cell_text, dialog_in, plan_year, press, show_page
from tests.ui.spending_home import Home, move_in
from tests.ui.test_printing_pages import words
from tracker.domain.budget.affordability import STEPS
from tracker.facts.household_budget import HouseholdBudget, HouseholdLine
from tracker.services.bundle import Services
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.sentences_why import SentencesWhy
from ui.pages.budget import BudgetPage
from ui.pages.budget_afford import AffordPane
from ui.pages.budget_afford_lines import Expense
from ui.pages.budget_bar import AFFORD
from ui.pages.budget_slider import CutSlider
from ui.printing.affordability_document import affordability_document

EXPECTED, P80, WORST = 1, 2, 3
LEFT, CUTS, LEFT_WITH, MISSING, SHARE = 2, 4, 5, 6, 7
Opened = Callable[[], BudgetPage]


@pytest.fixture
def home(services: Services) -> Home:
    home = move_in(services)
    plan_year(home)
    return home


@pytest.fixture
def opened(qtbot: QtBot, home: Home) -> Opened:
    return partial(open_page, qtbot, home)


@pytest.fixture
def page(opened: Opened) -> BudgetPage:
    return opened()


@pytest.fixture
def saved(home: Home, opened: Opened) -> BudgetPage:
    """A page with one saved answer."""
    home.services.household_budgets.save(
        HouseholdBudget(
            name="Ours",
            as_of=date(2026, 1, 10),
            income=6_200_00,
            savings=100_00,
            lines=(
                HouseholdLine(label="Housing", amount=3_900_00),
                HouseholdLine(label="Travel", amount=900_00, discretionary=True),
            ),
        )
    )
    return opened()


def open_page(qtbot: QtBot, home: Home) -> BudgetPage:
    page = show_page(qtbot, home)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.arrive(AFFORD)
    QApplication.processEvents()
    return page


def pane_of(page: BudgetPage) -> AffordPane:
    return page.afford.pane


def figure(page: BudgetPage, row: int, column: int = EXPECTED) -> str:
    return cell_text(pane_of(page).scenarios.table, row, column)


def type_into(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def expense(page: BudgetPage, name: str) -> Expense:
    return next(item for item in pane_of(page).steps.expenses.all if item.line().label == name)


def stored(home: Home) -> list[HouseholdBudget]:
    return home.services.household_budgets.all()


# from nothing to saved --------------------------------------------------------------------------


def test_an_empty_place_says_what_it_is_for_and_starts_by_one_button(page: BudgetPage) -> None:
    pane = pane_of(page)
    assert pane.empty.isVisible()
    assert not pane.steps.isVisible()
    assert not page.bar.save.isVisible()
    assert not page.bar.counting.isVisible()

    pane.empty_state.button.setFocus()
    press(pane.empty_state.button, Qt.Key.Key_Return)

    assert pane.steps.isVisible()
    assert pane.steps.income.hasFocus()
    assert [item.line().label for item in pane.steps.expenses.all] == [
        "Housing",
        "Utilities",
        "Food",
        "Transportation",
        "Entertainment",
        "Other",
    ]
    assert pane.status.text() == "Not saved yet: everything."
    assert [card.accessibleName() for card in pane.steps.cards] == [
        f"{place}. {name}" for place, name in enumerate(STEPS, start=1)
    ]


def test_typing_recalculates_at_once_as_the_rulebook_says(page: BudgetPage) -> None:
    page.primary_action()
    steps = pane_of(page).steps

    type_into(steps.income, "6200")
    type_into(expense(page, "Housing").amount, "3900")
    type_into(expense(page, "Entertainment").amount, "900")

    assert figure(page, 0) == "$1,400.00"  # E07
    assert figure(page, LEFT) == "$175.00"  # E08
    assert figure(page, SHARE) == "19.76%"
    assert figure(page, LEFT, P80) == figure(page, LEFT, WORST) == ""
    assert "P80 year is blank" in pane_of(page).scenarios.missing.text()
    type_into(steps.p80, "8100")
    assert figure(page, LEFT, P80) == "-$125.00"
    assert "P80" not in pane_of(page).scenarios.missing.text()


def test_it_is_saved_under_its_name_and_changed_in_place(home: Home, page: BudgetPage) -> None:
    page.primary_action()
    pane = pane_of(page)
    type_into(pane.steps.income, "6200")
    type_into(pane.steps.name, "Ours")

    press(page.bar.save, Qt.Key.Key_Return)

    (kept,) = stored(home)
    assert (kept.name, kept.income, kept.membership_year) == ("Ours", 6_200_00, None)
    assert pane.status.text() == "Everything is saved."
    assert not page.bar.save.isEnabled()
    assert page.bar.saved.currentText() == "Ours, Nov 22, 2026"
    type_into(pane.steps.income, "6300")
    assert pane.status.text() == "Not saved yet: net income."
    assert page._header._subtitle.text() == "Ours, not saved"
    press(page.bar.save, Qt.Key.Key_Return)
    assert [(one.id, one.income) for one in stored(home)] == [(kept.id, 6_300_00)]


def test_a_name_is_needed_and_asked_for_beside_its_field(home: Home, page: BudgetPage) -> None:
    page.primary_action()
    steps = pane_of(page).steps
    type_into(steps.income, "6200")
    steps.name.setFocus()
    steps.name.selectAll()
    press(steps.name, Qt.Key.Key_Delete)

    page.bar.save.click()

    assert stored(home) == []
    assert steps.head.field("name").complaint() == "It has no name. Type one to find it again."
    assert steps.name.hasFocus()
    assert steps.income.text() == "6200" or steps.income.text() == "6,200.00"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", "The amount is below zero. Type zero or more."),
        ("a lot", "\u201ca lot\u201d is not an amount in dollars. Type it like 1,225.00."),
    ],
)
def test_what_cannot_be_an_amount_stays_with_its_sentence(
    home: Home, saved: BudgetPage, typed: str, sentence: str
) -> None:
    steps = pane_of(saved).steps
    type_into(steps.income, typed)
    type_into(steps.note, "A note")

    saved.bar.save.click()

    assert steps.income.text() == typed
    assert steps.cards[0].form.field("income").complaint() == sentence
    assert figure(saved, 0) == "$1,400.00"  # with the income there was before
    assert stored(home)[0].note == ""


# the ledger's figures ---------------------------------------------------------------------------


def test_a_figure_is_the_ledgers_until_another_is_typed(home: Home, saved: BudgetPage) -> None:
    steps = pane_of(saved).steps
    field = steps.cards[2].form.field("membership_year")
    assert steps.membership_year.text() == "3,600.00"
    assert field._hint.text() == "From your ledger."

    type_into(steps.membership_year, "2400")

    assert field._hint.text() == "Your own. Ledger: $3,600.00."
    assert figure(saved, LEFT) == "$275.00"
    saved.bar.save.click()
    assert stored(home)[0].membership_year == 2_400_00
    steps.membership_year.setFocus()
    steps.membership_year.selectAll()
    press(steps.membership_year, Qt.Key.Key_Delete)
    steps.premium.setFocus()
    assert steps.membership_year.text() == "3,600.00"
    assert figure(saved, LEFT) == "$175.00"


def test_every_step_and_every_figure_opens_to_its_why(saved: BudgetPage) -> None:
    pane = pane_of(saved)
    for place, card in enumerate(pane.steps.cards):
        card.amount.click()
        why = dialog_in(saved, SentencesWhy)
        assert why.heading.text() == STEPS[place]
        assert why.text
        why.reject()
    table = pane.scenarios.table
    table.go_to_cell(LEFT, EXPECTED)
    table.setFocus()
    press(table, Qt.Key.Key_Return)
    text = dialog_in(saved, SentencesWhy).text
    assert "$6,200.00 net income less $3,900.00 existing expenses and $900.00 discretionary" in text
    assert (
        "$3,600.00 membership, $5,400.00 premiums, $4,500.00 out of pocket and $1,200.00 put aside" in text
    )
    assert "$1,400.00 is free before health costs; less $1,225.00 a month leaves $175.00." in text
    dialog_in(saved, SentencesWhy).reject()


def test_every_field_has_a_name_and_is_reached_by_tab(saved: BudgetPage) -> None:
    QApplication.processEvents()
    assert access_kit.unnamed(saved) == []
    assert access_kit.without_tooltip(saved) == []
    assert access_kit.nameless_tables(saved) == []
    saved.bar.views._group.checkedButton().setFocus()
    assert access_kit.out_of_reach(saved, access_kit.tab_round(saved)) == []


# sliders ----------------------------------------------------------------------------------------


def test_a_slider_is_moved_by_keys_and_nothing_jumps(saved: BudgetPage) -> None:
    pane, travel = pane_of(saved), expense(saved, "Travel")
    slider = travel.slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    before = [part.geometry() for part in (pane.scenarios, pane.steps, travel.cut)]
    widths = [pane.scenarios.table.columnWidth(place) for place in range(4)]

    for key, cut in (
        (Qt.Key.Key_Right, 9_00),
        (Qt.Key.Key_PageUp, 99_00),
        (Qt.Key.Key_End, 900_00),
        (Qt.Key.Key_Left, 891_00),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_PageUp, 90_00),
    ):
        press(slider, key)
        assert travel.line().cut == cut
        assert travel.cut_amount.cents() == cut

    QApplication.processEvents()
    assert figure(saved, CUTS) == "$90.00"
    assert figure(saved, LEFT_WITH) == "$265.00"
    assert slider.accessibleName() == "Possible cut in Travel"
    assert slider.accessibleDescription() == "$90.00 of $900.00 a month"
    assert before == [part.geometry() for part in (pane.scenarios, pane.steps, travel.cut)]
    assert [pane.scenarios.table.columnWidth(place) for place in range(4)] == widths
    assert pane.status.text() == "Not saved yet: the cut in Travel."


def test_a_slider_goes_where_the_mouse_is(saved: BudgetPage) -> None:
    slider = expense(saved, "Travel").slider
    QTest.mouseClick(
        slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(slider.width() - 1, 5)
    )
    assert expense(saved, "Travel").line().cut == 900_00


def test_a_cut_can_be_typed_to_the_cent_but_not_above_its_line(home: Home, saved: BudgetPage) -> None:
    travel = expense(saved, "Travel")
    type_into(travel.cut_amount, "120.50")
    assert (travel.line().cut, travel.slider.value()) == (120_50, 120)

    type_into(travel.cut_amount, "901")
    saved.bar.save.click()

    assert travel.cut_complaint.text() == "A cut is at most what it costs, $900.00. Type less."
    assert travel.cut_amount.text() in ("901", "901.00")
    assert stored(home)[0].lines[1].cut == 0


def test_a_ticked_expense_gets_a_slider_and_an_unticked_one_loses_it(saved: BudgetPage) -> None:
    housing = expense(saved, "Housing")
    assert not housing.cut.isVisible()
    housing.tick.setFocus()
    press(housing.tick, Qt.Key.Key_Space)
    assert housing.cut.isVisible()
    press(housing.slider, Qt.Key.Key_End)
    assert figure(saved, CUTS) == "$3,900.00"
    press(housing.tick, Qt.Key.Key_Space)
    assert figure(saved, CUTS) == "$0.00"
    assert figure(saved, 0) == "$1,400.00"


@pytest.mark.parametrize("most", [0, 1, 99, 100, 12_345, 999_999_999_999])
def test_a_slider_reaches_all_of_a_line_and_no_more(qtbot: QtBot, most: int) -> None:
    slider = CutSlider()
    qtbot.addWidget(slider)
    slider.show_cut(0, most)
    slider.setValue(slider.maximum())
    assert slider.cut() == most
    slider.show_cut(most, most)
    assert slider.value() == slider.maximum()
    assert slider.maximum() <= 1_000


def test_expenses_are_added_and_removed_by_keyboard(home: Home, saved: BudgetPage) -> None:
    expenses = pane_of(saved).steps.expenses
    press(expenses.add_button, Qt.Key.Key_Return)
    made = expenses.all[-1]
    assert made.label.hasFocus()
    QTest.keyClicks(made.label, "Pets")
    type_into(made.amount, "75")
    assert figure(saved, 0) == "$1,325.00"

    press(expense(saved, "Housing").remove, Qt.Key.Key_Return)

    assert [line.label for line in expenses.lines()] == ["Travel", "Pets"]
    saved.bar.save.click()
    assert [line.label for line in stored(home)[0].lines] == ["Travel", "Pets"]


def test_an_expense_without_a_name_is_asked_for_it(home: Home, saved: BudgetPage) -> None:
    expenses = pane_of(saved).steps.expenses
    expenses.add_blank()
    type_into(expenses.all[-1].amount, "75")

    saved.bar.save.click()

    assert expenses.all[-1].complaint.text() == "This expense has no name. Type what it is for."
    assert len(stored(home)[0].lines) == 2


# several, and nothing lost ----------------------------------------------------------------------


def test_what_is_not_saved_waits_while_others_are_looked_at(home: Home, saved: BudgetPage) -> None:
    pane = pane_of(saved)
    type_into(pane.steps.income, "7000")
    saved._choose_view("month")
    assert not pane.isVisible()
    home.pay(date(2026, 11, 2), 10_00, "Payee")
    saved.mark_stale()
    saved._choose_view(AFFORD)
    assert pane.steps.income.text().replace(",", "").startswith("7000")
    assert pane.status.text() == "Not saved yet: net income."

    saved.bar.fresh.click()
    assert pane.steps.name.text() == "Affordability, November 2026"
    saved.bar.saved.setCurrentIndex(1)
    saved.bar.saved.activated.emit(1)

    assert pane.steps.name.text() == "Ours"
    assert pane.steps.income.text() == "7,000.00"
    saved.bar.discard.click()
    assert pane.steps.income.text() == "6,200.00"
    assert stored(home)[0].income == 6_200_00


def test_a_copy_is_saved_beside_the_first(home: Home, saved: BudgetPage) -> None:
    pane = pane_of(saved)
    type_into(pane.steps.income, "7000")
    saved.bar.copy_saved.click()
    assert pane.steps.name.hasFocus()
    type_into(pane.steps.name, "With a raise")
    saved.bar.save.click()

    assert {(one.name, one.income) for one in stored(home)} == {
        ("Ours", 6_200_00),
        ("With a raise", 7_000_00),
    }
    assert [words_ for _key, words_ in pane.choices()] == [
        "With a raise, Nov 22, 2026",
        "Ours, Jan 10, 2026",
    ]


def test_removing_can_be_undone_and_brings_back_what_was_typed(home: Home, saved: BudgetPage) -> None:
    pane = pane_of(saved)
    type_into(pane.steps.income, "7000")

    saved.bar.remove.click()

    assert stored(home) == []
    assert pane.empty.isVisible()
    home.context.undo()
    assert len(stored(home)) == 1
    assert pane.steps.income.text() == "7,000.00"
    assert pane.status.text() == "Not saved yet: net income."


# paper and Excel --------------------------------------------------------------------------------


def test_paper_has_the_six_steps_and_what_is_not_saved(saved: BudgetPage, tmp_path: Path) -> None:
    pane = pane_of(saved)
    assert pane.report is not None
    text = " ".join(words(affordability_document(pane.report, date(2026, 11, 22)), tmp_path))

    for place, name in enumerate(STEPS, start=1):
        assert f"{place}. {name}" in text
    for said in ("Ours, Jan 10, 2026", "$1,225.00", "19.76%", "Travel", "9.96%", "Rev. Proc. 2025-25"):
        assert said in text
    type_into(pane.steps.income, "7000")
    assert saved.print_page()
    preview = dialog_in(saved, PrintPreview)
    assert "Ours, Jan 10, 2026, not saved" in " ".join(words(preview.document, tmp_path))
    preview.reject()


def test_the_workbook_has_what_is_shown(saved: BudgetPage, tmp_path: Path) -> None:
    type_into(pane_of(saved).steps.income, "6300")
    dialog = saved.afford.acts.export()
    assert dialog is not None
    path = tmp_path / "ours.xlsx"

    dialog.fileSelected.emit(str(path))
    dialog.reject()

    rows = {row[0].value: row[1].value for row in values_of(path)["Affordability"].iter_rows()}
    assert rows["Net monthly income"] == 6_300
    assert rows["Left after health"] == 275
