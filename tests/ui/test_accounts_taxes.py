"""The Taxes part of Accounts and its forms, by keyboard and mouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pypdf
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.services.untaxed_kit import account, copay, cover, hsa_of, person, put_in, take_out
from tests.ui.access_kit import name_of, stops
from tests.ui.coverage_kit import Desk, desk_over
from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.errors import UserProblem
from tracker.facts import AccountKind, Allocation, MoneySource, Payment, Role
from tracker.facts.accounts import ExpenseNote, Qualifies
from tracker.facts.taxes import FilingStatus, OwnLimit, TaxFacts, Trip
from tracker.services.bundle import Services
from tracker.services.tax_year import read_tax_year
from ui.dialogs.expense_note import ExpenseNoteDialog
from ui.dialogs.own_limit import OwnLimitDialog
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.sentences_why import SentencesWhy
from ui.dialogs.tax_facts import TaxFactsDialog
from ui.dialogs.tax_line import TaxLineDialog
from ui.dialogs.trip_editor import TripEditor, tenths
from ui.pages.accounts import AccountsPage
from ui.pages.accounts_part_taxes import TaxesPart
from ui.pages.accounts_parts import TAXES
from ui.printing.pdf import write_pdf
from ui.printing.tax_document import tax_document

D = TypeVar("D", bound=QDialog)
FACTS = TaxFacts(
    year=2026, income=120_000_00, status=FilingStatus.SINGLE, other_itemized=20_000_00, federal_rate=2_200
)
RTL = "\u05d3\u05d5\u05d3 \U0001f9ea " + "very long clinic name " * 8


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


def household(desk: Desk) -> int:
    """An HSA owner with $14,700.00 of own care and one drive, facts known."""
    services = desk.services
    owner = person(services)
    hsa, bank = hsa_of(services, owner, opening=500_00), account(services, AccountKind.BANK)
    cover(services, owner)
    put_in(services, hsa, 900_00, MoneySource.OWN)
    care = copay(services, 250_00, account_id=bank)
    take_out(services, hsa, bank, 250_00, (care, 250_00))
    copay(services, 14_700_00, account_id=bank)
    services.taxes.save_facts(FACTS)
    return owner


def show(desk: Desk, qtbot: QtBot) -> TaxesPart:
    page = AccountsPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    desk.context.bus.committed.connect(page.on_committed)
    page.resize(1120, 900)
    page.show_part(TAXES)
    page.show()
    part = page.part(TAXES)
    assert isinstance(part, TaxesPart)
    assert not desk.problems
    return part


def opened(part: QWidget, kind: type[D]) -> D:
    """The dialog that is open."""
    (found,) = [item for item in part.findChildren(kind) if item.isVisible()]
    return found


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key = Qt.Key.Key_Return) -> None:
    qtbot.keyClick(widget, key)


# the worksheet -----------------------------------------------------------------------------


def test_the_worksheet_stands_on_the_page(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    part = show(desk, qtbot)
    (form,) = part.forms
    rows = {row.number: row.amount for row in form.table.lines_model.rows}
    assert (rows["1"], rows["2"], rows["3"], rows["15"]) == (
        "Self-only",
        "$900.00",
        "$4,400.00",
        "$250.00",
    )
    medical = {row.number: row.amount for row in part.medical.table.lines_model.rows}
    assert (medical["1"], medical["3"], medical["4"]) == ("$14,700.00", "$9,000.00", "$5,700.00")
    assert "Itemizing is $9,600.00 more" in part.medical.verdict.text()
    assert part.asks.isHidden()


def test_enter_on_a_line_shows_its_payments_and_opens_one(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    part = show(desk, qtbot)
    table = part.medical.table
    table.setFocus()
    table.go_to_cell(0, 0)
    press(qtbot, table)
    dialog = opened(part, TaxLineDialog)
    assert dialog.windowTitle() == "Schedule A, line 1a: Care, prescriptions and equipment"
    assert dialog.total.text() == "$14,700.00"
    assert [row.source.amount for row in dialog.model.rows] == [14_700_00]
    press(qtbot, dialog.table)
    editor = opened(dialog, PaymentEditor)
    editor.reject()
    dialog.accept()


def test_a_line_that_follows_from_others_says_so(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    part = show(desk, qtbot)
    part.forms[0].table.opened.emit(part.forms[0].table.lines_model.rows[4])
    dialog = opened(part, TaxLineDialog)
    assert dialog.table.isHidden()
    press(qtbot, dialog, Qt.Key.Key_Escape)


def test_an_empty_ledger_says_what_it_is_for(desk: Desk, qtbot: QtBot) -> None:
    part = show(desk, qtbot)
    assert not part.forms
    assert part.asks.isHidden()
    assert part.expenses.empty.isVisibleTo(part)
    press(qtbot, part.expenses.empty.button)
    opened(part, PaymentEditor).reject()


def test_every_stop_of_the_keyboard_has_a_name(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    desk.services.taxes.save_trip(Trip(driven_on=date(2026, 5, 5), tenths=860, purpose=RTL[:190]))
    desk.services.taxes.save_own_limit(OwnLimit(year=2026, name="hsa.family", amount=1_00))
    part = show(desk, qtbot)
    found = [name_of(stop) for stop in stops(part)]
    assert len(found) > 12
    assert all(found)


# what is missing ---------------------------------------------------------------------------


def test_a_year_without_limits_asks_in_place(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    copay(desk.services, 900_00, on=date(2027, 3, 1))
    desk.services.taxes.save_trip(Trip(driven_on=date(2027, 5, 5), tenths=100))
    part = show(desk, qtbot)
    page = part.window()
    assert isinstance(page, AccountsPage)
    page.later.click()
    assert part.shown is not None
    assert part.shown.year == 2027
    texts = part.asks.lines.texts()
    assert "Your adjusted gross income." in texts
    place = texts.index(f"{LIMIT_NAMES['medical_mileage']}, 2027.")
    press(qtbot, part.asks.lines.button(place, "Type it"))
    dialog = opened(part, OwnLimitDialog)
    assert dialog.name.key() == "medical_mileage"
    assert dialog.focusWidget() is dialog.amount
    qtbot.keyClicks(dialog.amount, "21.5")
    press(qtbot, dialog.amount)
    assert desk.services.taxes.own_limits() == [OwnLimit(year=2027, name="medical_mileage", amount=215)]
    assert part.shown.mileage.total == 2_15
    assert [row.amount for row in part.limits.table.rows_model.rows] == ["21.5 cents a mile"]


def test_the_tax_facts_are_typed_from_what_is_missing(desk: Desk, qtbot: QtBot) -> None:
    copay(desk.services, 14_700_00)
    part = show(desk, qtbot)
    press(qtbot, part.asks.lines.button(0, "Type it"))
    dialog = opened(part, TaxFactsDialog)
    assert dialog.focusWidget() is dialog.income
    qtbot.keyClicks(dialog.income, "lots")
    press(qtbot, dialog.income)
    assert "not an amount" in dialog.form.field("income").complaint()
    dialog.income.selectAll()
    qtbot.keyClicks(dialog.income, "100,000+20,000")
    dialog.status.choose("single")
    dialog.other_itemized.setText("20000")
    dialog.federal.setText("22%")
    dialog.married.click()
    assert dialog.share.isVisibleTo(dialog)
    press(qtbot, dialog.income)
    saved = desk.services.taxes.facts(2026)
    assert (saved.income, saved.status, saved.other_itemized, saved.federal_rate) == (
        120_000_00,
        FilingStatus.SINGLE,
        20_000_00,
        2_200,
    )
    assert saved.married_with_family
    assert part.asks.isHidden()


def test_a_rate_that_cannot_be_stays_in_its_field(desk: Desk, qtbot: QtBot) -> None:
    part = show(desk, qtbot)
    press(qtbot, part.facts.edit_button)
    dialog = opened(part, TaxFactsDialog)
    dialog.federal.setText("130%")
    press(qtbot, dialog.income)
    assert "too much" in dialog.form.field("federal_rate").complaint()
    assert dialog.federal.text() == "130%"
    dialog.reject()


# what counts -------------------------------------------------------------------------------


def mystery(desk: Desk, amount: int = 80_00, payee: str = "Somebody") -> int:
    return (
        desk.services.payments.save(Payment(paid_on=date(2026, 4, 4), amount=amount), payee=payee).new_id
        or 0
    )


def test_what_is_to_be_said_is_shown_and_said_for_several_at_once(desk: Desk, qtbot: QtBot) -> None:
    first, second = mystery(desk), mystery(desk, 40_00)
    copay(desk.services, 30_00)
    part = show(desk, qtbot)
    place = next(n for n, text in enumerate(part.asks.lines.texts()) if "2 expenses of $120.00" in text)
    press(qtbot, part.asks.lines.button(place, "Show them"))
    assert {row.key for row in part.expenses.model.rows} == {first, second}
    qtbot.keyClick(part.expenses.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert part.expenses.say_button.text() == "Say of 2\u2026"
    press(qtbot, part.expenses.say_button)
    dialog = opened(part, ExpenseNoteDialog)
    assert not dialog.eligible.isVisibleTo(dialog)
    qtbot.keyClicks(dialog.item.lineEdit(), "Dental care")
    assert "IRS Publication 502" in dialog.answer.text()
    press(qtbot, dialog.item.lineEdit())
    notes = desk.services.untaxed.expense_notes()
    assert (notes[first].item, notes[second].item) == ("dental", "dental")
    assert not part.expenses.model.rows
    assert not any("expenses of" in text for text in part.asks.lines.texts())


def test_several_keep_what_is_not_changed(desk: Desk, qtbot: QtBot) -> None:
    first, second = mystery(desk), mystery(desk, 40_00)
    before = [
        ExpenseNote(payment_id=first, item="dental", qualifies=Qualifies.YES, note="a"),
        ExpenseNote(payment_id=second, item="gym", eligible=10_00, deducted=10_00, deducted_year=2026),
    ]
    desk.services.untaxed.save_expense_notes(before)
    part = show(desk, qtbot)
    part.expenses.table.selectAll()
    press(qtbot, part.expenses.say_button)
    dialog = opened(part, ExpenseNoteDialog)
    assert dialog.qualifies.key() == "mixed"
    dialog.save_button.click()
    assert desk.services.untaxed.expense_notes() == {note.payment_id: note for note in before}
    part.expenses.table.selectAll()
    press(qtbot, part.expenses.say_button)
    dialog = opened(part, ExpenseNoteDialog)
    dialog.note.setPlainText("Asked on May 2")
    dialog.save_button.click()
    notes = desk.services.untaxed.expense_notes()
    assert [note.note for note in notes.values()] == ["Asked on May 2"] * 2
    assert (notes[first].qualifies, notes[second].item, notes[second].deducted) == (
        Qualifies.YES,
        "gym",
        10_00,
    )


def test_one_expense_with_a_part_that_counts(desk: Desk, qtbot: QtBot) -> None:
    payment = mystery(desk, payee=RTL)
    part = show(desk, qtbot)
    part.expenses.table.select_key(payment)
    press(qtbot, part.expenses.say_button)
    dialog = opened(part, ExpenseNoteDialog)
    dialog.qualifies.choose("part")
    dialog.save_button.click()
    assert dialog.form.field("eligible").complaint().startswith("How much of it counts")
    qtbot.keyClicks(dialog.eligible, "999")
    dialog.save_button.click()
    assert "$80.00" in dialog.form.field("eligible").complaint()
    assert dialog.eligible.text() == "999"
    dialog.eligible.setText("30")
    dialog.deducted.setText("30")
    dialog.deducted_year.setText("20x6")
    dialog.save_button.click()
    assert dialog.form.field("deducted_year").complaint()
    dialog.deducted_year.setText("2026")
    dialog.save_button.click()
    note = desk.services.untaxed.expense_notes()[payment]
    assert (note.eligible, note.deducted, note.deducted_year) == (30_00, 30_00, 2026)
    row = part.expenses.model.rows[0]
    assert (row.hsa, row.deduction, row.said) == ("$30.00", "$30.00", "Deducted $30.00 in 2026, your word")


def test_what_was_said_can_be_forgotten_and_explained(desk: Desk, qtbot: QtBot) -> None:
    payment = mystery(desk)
    said = ExpenseNote(payment_id=payment, qualifies=Qualifies.NO, note="Not care")
    desk.services.untaxed.save_expense_notes([said])
    part = show(desk, qtbot)
    part.expenses.table.setFocus()
    part.expenses.table.go_to_cell(0, 0)
    press(qtbot, part.expenses.table)
    why = opened(part, SentencesWhy)
    assert any("it does not count" in label.text() for label in why.sentences)
    why.accept()
    press(qtbot, part.expenses.say_button)
    dialog = opened(part, ExpenseNoteDialog)
    press(qtbot, dialog.forget_button)
    assert not desk.services.untaxed.expense_notes()


def test_the_filter_finds_words_and_amounts(desk: Desk, qtbot: QtBot) -> None:
    mystery(desk, 123_45, "Harbor Imaging")
    mystery(desk, 40_00)
    part = show(desk, qtbot)
    qtbot.keyClicks(part.expenses.filter, "harbor 123.45")
    assert [row.shown.expense.amount for row in part.expenses.model.rows] == [123_45]
    qtbot.keyClicks(part.expenses.filter, "zzz")
    assert part.expenses.no_match.isVisibleTo(part)


# marks -------------------------------------------------------------------------------------


def test_the_worksheet_is_marked_and_unmarked(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    part = show(desk, qtbot)
    assert part.medical.mark_button.text() == "Mark as deducted on the return of 2026"
    press(qtbot, part.medical.mark_button)
    assert desk.shell.said[-1] == "Mark $14,700.00 as deducted on the return of 2026"
    assert not part.medical.mark_button.isVisibleTo(part)
    assert "No HSA, FSA or HRA may pay it back." in part.medical.marked.text()
    press(qtbot, part.medical.unmark_button)
    assert not any(note.deducted for note in desk.services.untaxed.expense_notes().values())
    assert part.medical.mark_button.isVisibleTo(part)
    desk.context.undo()
    assert part.shown is not None
    assert part.shown.marked == 14_700_00


def test_nothing_is_marked_where_the_standard_deduction_is_more(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    desk.services.taxes.save_facts(TaxFacts(year=2026, income=120_000_00, status=FilingStatus.JOINT))
    part = show(desk, qtbot)
    assert not part.medical.mark_button.isVisibleTo(part)
    part.acts.edit_facts("other_itemized")
    dialog = opened(part, TaxFactsDialog)
    assert dialog.focusWidget() is dialog.other_itemized
    qtbot.keyClicks(dialog.other_itemized, "1000")
    press(qtbot, dialog.other_itemized)
    assert "itemizing does not help" in part.medical.verdict.text()
    assert not part.medical.mark_button.isVisibleTo(part)


def test_premiums_before_tax(desk: Desk, qtbot: QtBot) -> None:
    services = desk.services
    line = next(item.id for item in services.budget.categories() if item.role is Role.PREMIUM)
    shares = (Allocation(category_id=line or 0, amount=450_00),)
    services.payments.save(Payment(paid_on=date(2026, 2, 1), amount=450_00, allocations=shares))
    part = show(desk, qtbot)
    assert part.medical.premiums.text().startswith("$450.00 of premiums")
    press(qtbot, part.medical.premiums_button)
    assert not part.medical.premiums_button.isVisibleTo(part)
    assert part.expenses.model.rows[0].deduction == "No"


# drives and limits -------------------------------------------------------------------------


def test_a_drive_is_added_changed_and_removed(desk: Desk, qtbot: QtBot) -> None:
    person(desk.services)
    part = show(desk, qtbot)
    assert part.add()
    dialog = opened(part, TripEditor)
    dialog.save_button.click()
    assert dialog.form.field("tenths").complaint() == "The miles are missing. Type them like 86 or 20.5."
    qtbot.keyClicks(dialog.miles, "86")
    assert "$17.63" in dialog.counts.text()
    qtbot.keyClicks(dialog.purpose, "Therapy")
    press(qtbot, dialog.purpose)
    (trip,) = desk.services.taxes.trips()
    assert (trip.tenths, trip.purpose, trip.driven_on, trip.person_id) == (
        860,
        "Therapy",
        date(2026, 11, 22),
        1,
    )
    assert part.mileage.total.text() == "86 miles, parking and tolls: $17.63"
    part.mileage.table.setFocus()
    part.mileage.table.go_to_cell(0, 0)
    press(qtbot, part.mileage.table)
    dialog = opened(part, TripEditor)
    dialog.parking.setText("4+1")
    dialog.save_button.click()
    assert desk.services.taxes.trips()[0].parking == 5_00
    press(qtbot, part.mileage.table, Qt.Key.Key_Delete)
    assert not desk.services.taxes.trips()
    desk.context.undo()
    assert desk.services.taxes.trips()


@pytest.mark.parametrize(
    ("text", "value"), [("86", 860), ("20.5", 205), ("1,234.5", 12_345), (".5", 5), ("0", 0)]
)
def test_miles_as_people_type_them(text: str, value: int) -> None:
    assert tenths(text) == value


@pytest.mark.parametrize("text", ["", "far", "-3", "1.25", "1,23", ".", "12 miles"])
def test_what_are_no_miles(text: str) -> None:
    with pytest.raises(UserProblem) as problem:
        tenths(text)
    assert problem.value.field == "tenths"


@pytest.mark.parametrize(
    ("name", "typed", "amount"),
    [
        ("hsa.family", "9,000", 9_000_00),
        ("medical_deduction_floor", "7.5%", 750),
        ("medical_mileage", "20.5", 205),
    ],
)
def test_a_limit_in_its_own_unit(desk: Desk, qtbot: QtBot, name: str, typed: str, amount: int) -> None:
    part = show(desk, qtbot)
    press(qtbot, part.limits.add_button)
    dialog = opened(part, OwnLimitDialog)
    dialog.name.choose(name)
    dialog.amount.setText("much")
    dialog.save_button.click()
    assert dialog.form.field("amount").complaint()
    dialog.year.setText("26")
    dialog.amount.setText(typed)
    dialog.save_button.click()
    assert dialog.form.field("year").complaint()
    dialog.year.setText("2026")
    dialog.save_button.click()
    assert desk.services.taxes.own_limits() == [OwnLimit(year=2026, name=name, amount=amount)]
    part.limits.table.setFocus()
    part.limits.table.go_to_cell(0, 0)
    press(qtbot, part.limits.table)
    dialog = opened(part, OwnLimitDialog)
    assert dialog.amount.text()
    dialog.save_button.click()
    assert desk.services.taxes.own_limits() == [OwnLimit(year=2026, name=name, amount=amount)]
    press(qtbot, part.limits.table, Qt.Key.Key_Delete)
    assert not desk.services.taxes.own_limits()


# paper and files ---------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_worksheet_on_paper(desk: Desk, qtbot: QtBot, tmp_path: Path, paper: str) -> None:
    household(desk)
    mystery(desk, 33_33, RTL)
    part = show(desk, qtbot)
    document = part.print_part()
    assert document is not None
    path = tmp_path / "tax.pdf"
    write_pdf(document, path, paper=paper)  # type: ignore[arg-type]
    words = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)
    for said in ("Tax worksheet 2026", "Form 8889, HSA of Ana", "$5,700.00", "What the lines are made of"):
        assert said in words
    assert words.count("Not tax advice") == 1


def test_an_empty_year_prints_too(services: Services, qtbot: QtBot) -> None:
    assert tax_document(read_tax_year(services, 2031)).lay_out("letter").pages


def test_the_page_previews_it(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    part = show(desk, qtbot)
    page = part.window()
    assert isinstance(page, AccountsPage)
    assert page.print_page()
    (preview,) = [item for item in page.findChildren(PrintPreview) if item.isVisible()]
    assert preview.document.title == "Tax worksheet 2026"
    preview.reject()


def test_the_workbook_is_written(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    household(desk)
    part = show(desk, qtbot)
    press(qtbot, part.export_button)
    dialog = opened(part, QFileDialog)
    dialog.reject()
    assert part.shown is not None
    part.acts.write(tmp_path / "Taxes 2026.xlsx", part.shown)
    assert desk.shell.said[-1] == "Exported to Taxes 2026.xlsx."
    assert load_workbook(tmp_path / "Taxes 2026.xlsx").sheetnames == [
        "8889",
        "Medical deduction",
        "Expenses",
        "Mileage",
    ]
