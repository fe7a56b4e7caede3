"""The unreimbursed pool of an HSA: completing receipts, taking money out, the sheet, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.services.test_reimbursements import Home
from tests.ui.access_kit import name_of, stops
from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import Account, AccountKind, Payment, Person
from tracker.services.bundle import Services
from tracker.services.reimbursements import sheet_of_payment
from ui.dialogs.account_editor import AccountEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.receipt_editor import ReceiptEditor
from ui.dialogs.reimburse import ReimburseDialog
from ui.dialogs.repaid_editor import RepaidEditor
from ui.dialogs.sentences_why import SentencesWhy
from ui.pages.accounts import AccountsPage
from ui.pages.accounts_part_hsa import HsaPart
from ui.pages.accounts_parts import HSA
from ui.pages.accounts_pool import PoolCard
from ui.printing.batch_sheet import batch_document
from ui.printing.blocks import Words
from ui.widgets.buttons import Segmented

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def home(services: Services, tmp_path: Path) -> Home:
    return Home(services, tmp_path)


@pytest.fixture
def desk(services: Services) -> Iterator[Desk]:
    made = desk_over(services)
    yield made
    assert made.problems == []


def pool_of(desk: Desk, qtbot: QtBot) -> PoolCard:
    """The card in the page's HSA part, as the window shows it."""
    page = AccountsPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    desk.context.bus.committed.connect(page.on_committed)
    page.resize(1200, 900)
    page.show()
    page.arrive(("part", HSA))
    part = page.part(HSA)
    assert isinstance(part, HsaPart)
    desk.kept.append(part)
    return part.pool


def dialog_in(widget: QWidget, kind: type[D]) -> D:
    (found,) = [item for item in widget.findChildren(kind) if item.isVisible()]
    return found


def enter(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def step_right(qtbot: QtBot, choice: Segmented) -> None:
    """Choose the next option with the arrow key."""
    with qtbot.waitActive(choice.window()):
        choice.window().activateWindow()
    chosen = next(one for one in choice.findChildren(QAbstractButton) if one.isChecked())
    chosen.setFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_Right)


def again(card: PoolCard) -> None:
    """What the page does after a change."""
    page = card.window()
    assert isinstance(page, AccountsPage)
    page.reload()


# receipts ----------------------------------------------------------------------------------------


def test_it_says_how_much_is_proven_and_what_is_missing(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(100_00)
    home.receipt(40_00, proven=False)
    card = pool_of(desk, qtbot)
    assert card.sentence.text() == "You may take out $140.00, proven $100.00."
    assert card.remark.text().startswith("1 of 2 receipts are complete.")
    assert [line.gaps for line in card.model.rows] == [(), ("document",)]
    step_right(qtbot, card.which)
    assert [line.expense.eligible for line in card.model.rows] == [40_00]


def test_a_receipt_is_completed_where_it_stands(
    desk: Desk, home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    home.services.people.save_person(_person("Sam Whitfield"))
    made = home.receipt(40_00, proven=False, person_id=None, note="")
    card = pool_of(desk, qtbot)
    card.table.go_to_cell(0, 0, by_keyboard=True)
    enter(qtbot, card.table)
    editor = dialog_in(card, ReceiptEditor)
    editor.person.choose(str(home.person))
    editor.note.set_text("Check-up")
    paper = tmp_path / "bill.pdf"
    paper.write_bytes(b"%PDF-1.4 a bill")
    editor.documents.add_files([paper])
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not editor.isVisible()
    again(card)
    assert card.sentence.text() == "You may take out $40.00, proven $40.00."
    stored = home.services.payments.get(made)
    assert (stored.person_id, stored.note) == (home.person, "Check-up")


def _person(name: str) -> Person:
    return Person(name=name, position=1)


def test_a_complete_receipt_opens_its_payment_and_is_explained(
    desk: Desk, home: Home, qtbot: QtBot
) -> None:
    home.receipt(100_00)
    card = pool_of(desk, qtbot)
    card.table.go_to_cell(0, 0, by_keyboard=True)
    assert not card.complete_button.isEnabled()
    enter(qtbot, card.table)
    dialog_in(card, PaymentEditor).reject()
    enter(qtbot, card.explain_button)
    why = dialog_in(card, SentencesWhy)
    assert "Eligible $100.00." in [label.text() for label in why.sentences]
    why.accept()
    enter(qtbot, card.why_button)
    why = dialog_in(card, SentencesWhy)
    said = [label.text() for label in why.sentences]
    assert "Only care since Mar 1, 2023, when the HSA was established, counts." in said
    why.accept()


def test_an_hsa_of_unknown_age_is_asked_about(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(100_00)
    held = home.accounts()[0]
    home.services.accounts.save(Account(id=held.id, name=held.name, kind=held.kind))
    card = pool_of(desk, qtbot)
    assert card.sentence.text() == "When was Old HSA established? Only care since that day counts."
    assert not card.take_button.isEnabled()
    enter(qtbot, card.day_button)
    editor = dialog_in(card, AccountEditor)
    editor.opened_on.set_day(date(2024, 1, 1))
    enter(qtbot, editor.name)
    again(card)
    assert card.sentence.text() == "You may take out $100.00, proven $100.00."


# taking out --------------------------------------------------------------------------------------


def opened(card: PoolCard, qtbot: QtBot) -> ReimburseDialog:
    enter(qtbot, card.take_button)
    return dialog_in(card, ReimburseDialog)


def test_an_amount_is_typed_and_one_transfer_is_recorded(desk: Desk, home: Home, qtbot: QtBot) -> None:
    first, second = home.receipt(100_00), home.receipt(40_00, date(2026, 5, 1))
    card = pool_of(desk, qtbot)
    dialog = opened(card, qtbot)
    assert dialog.target.text() == "140.00"
    dialog.target.selectAll()
    qtbot.keyClicks(dialog.target, "120")
    qtbot.keyClick(dialog.target, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    stored = home.services.payments.get(home.services.payments.ids().ids[0])
    assert stored.amount == 120_00
    assert {part.expense_id: part.amount for part in stored.repaid} == {first: 100_00, second: 20_00}
    again(card)
    assert card.sentence.text() == "You may take out $20.00, proven $20.00."
    assert card.recorded.texts() == ["Nov 22, 2026: $120.00 to Checking for 2 receipts"]
    desk.context.undo()
    again(card)
    assert card.recorded.texts() == []


def test_the_receipts_follow_the_rule_and_which_of_them(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(30_00, date(2026, 1, 5))
    home.receipt(50_00, date(2026, 2, 5))
    home.receipt(80_00, date(2026, 3, 5), proven=False)
    dialog = opened(pool_of(desk, qtbot), qtbot)
    dialog.target.set_cents(60_00)
    dialog.pick()
    assert [(row.amount, row.left) for row in dialog.model.rows] == [(30_00, 0), (30_00, 20_00)]
    step_right(qtbot, dialog.by)
    assert [row.amount for row in dialog.model.rows] == [50_00]
    assert dialog.sum.text() == "$50.00 for 1 receipt."
    assert "come closest below it, $10.00 short" in dialog.why.text()
    step_right(qtbot, dialog.by)
    assert [row.amount for row in dialog.model.rows] == [10_00, 50_00]
    step_right(qtbot, dialog.which)
    assert [(row.amount, row.left) for row in dialog.model.rows] == [(60_00, 20_00)]
    assert "1 receipt is not complete" in dialog.warning.text()
    dialog.reject()


def test_more_than_there_is_is_refused_beside_the_amount(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(30_00)
    dialog = opened(pool_of(desk, qtbot), qtbot)
    dialog.target.selectAll()
    qtbot.keyClicks(dialog.target, "31")
    enter(qtbot, dialog.target)
    assert dialog.isVisible()
    said = dialog.form.field("target").complaint()
    assert said.startswith("You may take out at most $30.00 with complete receipts.")
    assert dialog.target.text() == "31.00"
    assert dialog.save_button.isEnabled()
    dialog.target.selectAll()
    qtbot.keyClicks(dialog.target, "abc")
    enter(qtbot, dialog.target)
    assert dialog.isVisible()
    assert dialog.target.text() == "abc"
    dialog.target.selectAll()
    qtbot.keyClicks(dialog.target, "30")
    dialog.paid_on.set_day(date(2026, 3, 31))
    enter(qtbot, dialog.target)
    assert "after this day" in dialog.form.field("paid_on").complaint()
    dialog.paid_on.set_day(TODAY)
    enter(qtbot, dialog.target)
    assert not dialog.isVisible()


def test_without_a_bank_account_it_says_so(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(30_00)
    bank = next(item for item in home.services.accounts.accounts() if item.kind is AccountKind.BANK)
    home.services.accounts.save(Account(id=bank.id, name=bank.name, closed=True))
    dialog = opened(pool_of(desk, qtbot), qtbot)
    enter(qtbot, dialog.target)
    assert "Choose it, or add one first." in dialog.form.field("to_account_id").complaint()
    dialog.reject()


def test_the_sheet_is_printed_before_and_after(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(100_00)
    card = pool_of(desk, qtbot)
    dialog = opened(card, qtbot)
    enter(qtbot, dialog.sheet_button)
    preview = dialog_in(dialog, PrintPreview)
    desk.kept.append(preview)
    preview.reject()
    enter(qtbot, dialog.target)
    again(card)
    enter(qtbot, card.recorded.button(0, "Print sheet"))
    preview = dialog_in(card, PrintPreview)
    desk.kept.append(preview)
    preview.reject()
    made = home.services.payments.ids().ids[0]
    document = batch_document(sheet_of_payment(home.services, made), TODAY)
    words = [block.text for block in document.blocks if isinstance(block, Words)]
    assert "$100.00 on Nov 22, 2026" in words
    assert not any("not recorded" in text for text in words)
    assert document.lay_out("letter").pages


def test_hsa_money_that_came_back_is_flagged(desk: Desk, home: Home, qtbot: QtBot) -> None:
    made = home.receipt(100_00, account_id=home.hsa)
    home.services.payments.save(
        Payment(paid_on=TODAY, amount=-25_00, account_id=home.bank, repays_id=made), payee="Clinic"
    )
    card = pool_of(desk, qtbot)
    (words,) = card.wrong.texts()
    assert words.startswith("Clinic, Visit: $25.00 too much.")
    enter(qtbot, card.wrong.button(0, "Record repayment"))
    editor = dialog_in(card, PaymentEditor)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    again(card)
    assert card.wrong.texts() == []


def test_every_stop_has_a_name(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.receipt(100_00)
    card = pool_of(desk, qtbot)
    assert all(name_of(widget) for widget in stops(card))
    assert card.table in stops(card)
    dialog = opened(card, qtbot)
    assert all(name_of(widget) for widget in stops(dialog))
    dialog.reject()


# the payment's form ------------------------------------------------------------------------------


def test_a_payment_lists_what_it_pays_back_and_leads_to_the_choice(
    desk: Desk, home: Home, qtbot: QtBot
) -> None:
    home.receipt(100_00)
    card = pool_of(desk, qtbot)
    enter(qtbot, opened(card, qtbot).target)
    again(card)
    enter(qtbot, card.recorded.button(0, "Open"))
    editor = dialog_in(card, PaymentEditor)
    assert editor.fields.repaid.texts == ["Clinic, Visit, Apr 1, 2026: $100.00"]
    editor.fields.amount.set_cents(99_00)
    enter(qtbot, editor.fields.amount)
    assert "The parts add to $100.00" in editor.form.field("repaid").complaint()
    enter(qtbot, editor.fields.repaid.change_button)
    choice = dialog_in(editor, RepaidEditor)
    qtbot.mouseClick(choice.clear_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(choice.save_button, Qt.MouseButton.LeftButton)
    assert editor.fields.repaid.texts == []
    enter(qtbot, editor.fields.amount)
    stored = home.services.payments.get(home.services.payments.ids().ids[0])
    assert (stored.amount, stored.repaid) == (99_00, ())


def test_an_expense_of_ones_own_has_no_such_list(desk: Desk, home: Home, qtbot: QtBot) -> None:
    made = home.receipt(100_00)
    editor = PaymentEditor(desk.context, payment=home.services.payments.get(made))
    qtbot.addWidget(editor)
    editor.show()
    assert not editor.fields.repaid.isVisible()
