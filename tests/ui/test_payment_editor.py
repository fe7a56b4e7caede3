"""The payment editor, driven by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.spending_home import Home, move_in
from tracker.errors import WorldProblem
from tracker.facts import Account, Allocation, Due, Frequency, Noun, Payment, Provider, Recurring, Role
from tracker.services.bundle import Services
from ui.dialogs.payment_editor import PaymentEditor
from ui.jobs import JobRunner

Opened = Callable[..., PaymentEditor]


@pytest.fixture
def home(qtbot: QtBot, services: Services) -> Home:
    return move_in(services)


@pytest.fixture
def opened(qtbot: QtBot, home: Home) -> Opened:
    def make(**options: object) -> PaymentEditor:
        editor = PaymentEditor(home.context, **options)  # type: ignore[arg-type]
        show(qtbot, editor)
        return editor

    return make


def show(qtbot: QtBot, editor: PaymentEditor) -> None:
    # The tests look at forms after they were closed; qtbot deletes them at the end.
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)


def type_in(qtbot: QtBot, text: str) -> None:
    """Type where the cursor is."""
    where = QApplication.focusWidget()
    assert where is not None
    qtbot.keyClicks(where, text)


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        # A list of completions takes the keys first, as it does from a real keyboard.
        where = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert where is not None
        qtbot.keyClick(where, key)


def fill(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Replace what a field says, by keyboard."""
    field.setFocus()
    where = field.focusProxy() or field
    qtbot.keyClick(where, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(where, text)


def enter(qtbot: QtBot, editor: PaymentEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Return)


# an expense ------------------------------------------------------------------------------


def test_an_expense_by_keyboard_alone(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    type_in(qtbot, "Quest Labs")
    press(qtbot, Qt.Key.Key_Tab)
    type_in(qtbot, "20+21.12")
    press(qtbot, Qt.Key.Key_Tab)
    type_in(qtbot, "11/20")
    press(qtbot, Qt.Key.Key_Tab)
    type_in(qtbot, "deduct")
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Return)  # past Split…

    (made,) = home.all()
    assert (made.amount, made.paid_on) == (4112, date(2026, 11, 20))
    assert made.allocations == (Allocation(category_id=home.lines[Role.DEDUCTIBLE], amount=4112),)
    assert home.payee_of(made) == "Quest Labs"
    assert not editor.isVisible()
    assert home.shell.said == ["Add expense, Quest Labs $41.12"]


def test_today_is_proposed_and_nothing_else_is_needed(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    fill(qtbot, editor.fields.amount, "12")
    enter(qtbot, editor)
    (made,) = home.all()
    assert (made.paid_on, made.amount, made.provider_id, made.allocations) == (TODAY, 1200, None, ())


def test_a_known_payee_proposes_what_was_used_last_time(qtbot: QtBot, home: Home, opened: Opened) -> None:
    home.pay(date(2026, 8, 1), 900, "Elm Pharmacy", Role.COPAY_DOCTOR)
    home.pay(
        date(2026, 9, 1),
        1000,
        "Elm Pharmacy",
        Role.PRESCRIPTION,
        account_id=home.hsa,
        person_id=home.people[1],
    )
    editor = opened()
    type_in(qtbot, "elm pharmacy")
    press(qtbot, Qt.Key.Key_Tab)
    type_in(qtbot, "15")
    enter(qtbot, editor)
    made = home.all()[0]
    assert made.allocations[0].category_id == home.lines[Role.PRESCRIPTION]
    assert (made.account_id, made.person_id) == (home.hsa, home.people[1])
    assert home.payee_of(made) == "Elm Pharmacy"
    assert len(home.services.people.providers()) == 1


def test_what_was_chosen_is_not_proposed_over(qtbot: QtBot, home: Home, opened: Opened) -> None:
    home.pay(date(2026, 9, 1), 1000, "Elm Pharmacy", Role.PRESCRIPTION)
    editor = opened()
    fill(qtbot, editor.fields.line.choice, "premium")
    fill(qtbot, editor.fields.payee, "Elm Pharmacy")
    fill(qtbot, editor.fields.amount, "5")
    enter(qtbot, editor)
    assert home.all()[0].allocations[0].category_id == home.lines[Role.PREMIUM]


def test_changing_keeps_the_rest(qtbot: QtBot, home: Home, opened: Opened) -> None:
    number = home.pay(
        date(2026, 9, 1),
        1000,
        "Elm Pharmacy",
        Role.PRESCRIPTION,
        note="Two\nlines",
        person_id=home.people[0],
    )
    before = home.services.payments.get(number)
    editor = opened(payment=before)
    fill(qtbot, editor.fields.amount, "11")
    enter(qtbot, editor)
    after = home.services.payments.get(number)
    assert after.amount == 1100
    assert after.allocations == (Allocation(category_id=home.lines[Role.PRESCRIPTION], amount=1100),)
    assert (after.note, after.person_id, after.account_id) == (before.note, before.person_id, home.bank)


def test_one_person_is_not_asked_for(qtbot: QtBot, services: Services) -> None:
    home = move_in(services, people=("Eleanor",))
    editor = PaymentEditor(home.context)
    show(qtbot, editor)
    assert not editor.fields.person.isVisible()
    fill(qtbot, editor.fields.amount, "7")
    enter(qtbot, editor)
    assert home.all()[0].person_id == home.people[0]


def test_the_fund_says_that_it_was_counted(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    editor.fields.account.setFocus()
    type_in(qtbot, "Cont")
    qtbot.keyClick(editor.fields.account, Qt.Key.Key_Return)
    editor.fields.account.activated.emit(editor.fields.account.currentIndex())
    shown = [
        label.text()
        for label in editor.findChildren(QWidget)
        if hasattr(label, "text") and label.isVisible()
    ]
    assert "Paid from the fund: it was counted when it was put aside." in shown


def test_a_closed_account_and_a_hidden_line_stay_where_they_are_used(
    qtbot: QtBot, home: Home, opened: Opened
) -> None:
    number = home.pay(date(2026, 9, 1), 1000, "Elm", Role.PRESCRIPTION)
    budget = home.services.budget
    line = next(found for found in budget.categories() if found.role is Role.PRESCRIPTION)
    budget.save_category(replace(line, hidden=True))
    home.services.accounts.save(Account(id=home.bank, name="Checking", closed=True))
    editor = opened(payment=home.services.payments.get(number))
    enter(qtbot, editor)
    after = home.services.payments.get(number)
    assert (after.account_id, after.allocations[0].category_id) == (home.bank, line.id)
    assert opened().fields.account.findData(str(home.bank)) == -1


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    type_in(qtbot, "Somebody")
    editor.fields.payee.hidePopup()
    qtbot.keyClick(editor.fields.amount, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert home.all() == []


def test_with_real_threads_the_form_waits_and_saves_once(qtbot: QtBot, services: Services) -> None:
    runner = JobRunner()
    home = move_in(services, runner=runner)
    home.pay(date(2026, 9, 1), 1000, "Elm Pharmacy", Role.PRESCRIPTION)
    editor = PaymentEditor(home.context)
    show(qtbot, editor)
    type_in(qtbot, "Elm Pharmacy")
    chosen = editor.fields.line.choice
    qtbot.waitUntil(lambda: chosen.text() == "Estimated Prescription Costs")
    fill(qtbot, editor.fields.amount, "5")
    enter(qtbot, editor)
    assert not editor.save_button.isEnabled()
    enter(qtbot, editor)
    qtbot.waitUntil(lambda: not editor.isVisible())
    assert [made.amount for made in home.all()] == [500, 1000]
    assert runner.shut_down()


# what cannot be read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "An amount is missing."),
        ("abc", "“abc” is not an amount in dollars."),
        ("1.234,56", "“1.234,56” is not an amount in dollars."),
        ("1e9", "“1e9” is not an amount in dollars."),
        ("-0", "The amount is zero."),
        ("0", "The amount is zero."),
        ("1000000000000", "That is more than $9,999,999,999.99."),
        ("-75", "An expense has no minus."),
    ],
)
def test_an_amount_that_cannot_be(
    qtbot: QtBot, home: Home, opened: Opened, typed: str, sentence: str
) -> None:
    editor = opened()
    fill(qtbot, editor.fields.payee, "Quest Labs")
    fill(qtbot, editor.fields.amount, typed)
    enter(qtbot, editor)
    assert editor.isVisible()
    assert sentence in editor.form.field("amount").complaint()
    assert (editor.fields.payee.text(), editor.fields.amount.text()) == ("Quest Labs", typed)
    assert editor.save_button.isEnabled()
    fill(qtbot, editor.fields.amount, "7.50")
    enter(qtbot, editor)
    assert [made.amount for made in home.all()] == [750]


@pytest.mark.parametrize("typed", ["2026-02-30", "13/45", "soon", "1/1/1066"])
def test_a_day_that_cannot_be(qtbot: QtBot, home: Home, opened: Opened, typed: str) -> None:
    editor = opened()
    fill(qtbot, editor.fields.amount, "5")
    fill(qtbot, editor.fields.paid_on, typed)
    enter(qtbot, editor)
    assert editor.form.field("paid_on").complaint()
    assert editor.fields.paid_on.text() == typed
    assert home.all() == []


@pytest.mark.parametrize("name", ['Dr. "Bones" O\'Neil', "عيادة القلب", "😀 Clinic", "<b>Lab</b> & Co"])
def test_names_are_kept_as_typed(qtbot: QtBot, home: Home, opened: Opened, name: str) -> None:
    editor = opened(payee=name)
    fill(qtbot, editor.fields.amount, "5")
    enter(qtbot, editor)
    assert home.payee_of(home.all()[0]) == name


def test_a_name_of_ten_thousand_characters(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened(payee="x" * 10_000)
    fill(qtbot, editor.fields.amount, "5")
    enter(qtbot, editor)
    assert "10,000 characters; 200 is the most" in editor.form.field("payee").complaint()
    assert len(editor.fields.payee.text()) == 10_000
    assert home.all() == []


def test_a_line_that_does_not_exist(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    fill(qtbot, editor.fields.amount, "5")
    fill(qtbot, editor.fields.line.choice, "Gifts")
    enter(qtbot, editor)
    assert "“Gifts” is not in the list." in editor.form.field("allocations").complaint()
    assert home.all() == []


def test_a_full_disk_leaves_the_form_ready_to_save_again(
    qtbot: QtBot, home: Home, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = opened()
    fill(qtbot, editor.fields.amount, "5")
    service = type(home.services.payments)
    works = service.save

    def full(*_args: object, **_kwargs: object) -> None:
        raise WorldProblem("The disk is full; the change was not saved.")

    monkeypatch.setattr(service, "save", full)
    enter(qtbot, editor)
    assert [str(problem) for problem in home.problems] == ["The disk is full; the change was not saved."]
    assert editor.isVisible()
    monkeypatch.setattr(service, "save", works)
    enter(qtbot, editor)
    assert [made.amount for made in home.all()] == [500]


# splits --------------------------------------------------------------------------------------


def test_splitting_says_what_is_left_and_never_exceeds(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    line = editor.fields.line
    fill(qtbot, editor.fields.amount, "100")
    fill(qtbot, line.choice, "prescription")
    qtbot.mouseClick(line.split_button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is line._rows[0].amount
    assert line.remainder.text() == "All of $100.00 is placed"
    type_in(qtbot, "60")
    assert line.remainder.text() == "$40.00 of $100.00 is under no line"
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Tab)  # past the cross
    type_in(qtbot, "Health Insurance Premium")
    assert line._rows[1].amount.text() == "40.00"
    fill(qtbot, line._rows[1].amount, "50")
    assert line.remainder.text() == "$10.00 more than the payment of $100.00"
    enter(qtbot, editor)
    assert editor.form.field("allocations").complaint().startswith("The parts add to $110.00")
    assert home.all() == []
    fill(qtbot, line._rows[1].amount, "25")
    enter(qtbot, editor)
    (made,) = home.all()
    assert made.allocations == (
        Allocation(category_id=home.lines[Role.PRESCRIPTION], amount=6000),
        Allocation(category_id=home.lines[Role.PREMIUM], amount=2500),
    )


@pytest.mark.parametrize(
    ("line", "amount", "sentence"),
    [
        ("", "5", "The part of $5.00 has no budget line."),
        ("Health Insurance Premium", "0", "needs an amount above zero."),
        ("Health Insurance Premium", "-5", "needs an amount above zero."),
        ("Health Insurance Premium", "x", "“x” is not an amount in dollars."),
        ("Nonsense", "5", "“Nonsense” is not in the list."),
    ],
)
def test_half_a_part(
    qtbot: QtBot, home: Home, opened: Opened, line: str, amount: str, sentence: str
) -> None:
    editor = opened()
    fill(qtbot, editor.fields.amount, "100")
    qtbot.mouseClick(editor.fields.line.split_button, Qt.MouseButton.LeftButton)
    row = editor.fields.line._rows[1]
    fill(qtbot, row.choice, line)
    fill(qtbot, row.amount, amount)
    enter(qtbot, editor)
    assert sentence in editor.form.field("allocations").complaint()
    assert home.all() == []


def test_removing_a_part_leaves_one_line(qtbot: QtBot, home: Home, opened: Opened) -> None:
    shares = (
        Allocation(category_id=home.lines[Role.PRESCRIPTION], amount=600, note="first"),
        Allocation(category_id=home.lines[Role.PREMIUM], amount=400),
    )
    number = home.pay(date(2026, 9, 1), 1000, "Elm", allocations=shares)
    editor = opened(payment=home.services.payments.get(number))
    line = editor.fields.line
    assert line.is_split
    line.remove_row(line._rows[1])
    assert not line.is_split
    enter(qtbot, editor)
    assert home.services.payments.get(number).allocations == (
        Allocation(category_id=home.lines[Role.PRESCRIPTION], amount=1000, note="first"),
    )


def test_an_untouched_split_stays_as_it_is(qtbot: QtBot, home: Home, opened: Opened) -> None:
    shares = (
        Allocation(category_id=home.lines[Role.PRESCRIPTION], amount=600, note="first"),
        Allocation(category_id=home.lines[Role.PREMIUM], amount=300),
    )
    number = home.pay(date(2026, 9, 1), 1000, "Elm", allocations=shares)
    editor = opened(payment=home.services.payments.get(number))
    assert editor.fields.line.remainder.text() == "$1.00 of $10.00 is under no line"
    enter(qtbot, editor)
    assert home.services.payments.get(number).allocations == shares


# refunds ---------------------------------------------------------------------------------------


def test_a_refund_is_typed_without_a_minus_and_takes_the_split(
    qtbot: QtBot, home: Home, opened: Opened
) -> None:
    shares = (
        Allocation(category_id=home.lines[Role.DEDUCTIBLE], amount=9000),
        Allocation(category_id=home.lines[Role.COPAY_SPECIALIST], amount=3000),
    )
    expense = home.pay(date(2026, 10, 14), 12000, "Harbor Imaging", allocations=shares)
    home.pay(date(2026, 11, 1), 500, "Elm")
    editor = opened()
    fields = editor.fields
    fill(qtbot, fields.payee, "Harbor Imaging")
    qtbot.mouseClick(fields.kind._group.button(1), Qt.MouseButton.LeftButton)
    assert fields.repays.itemText(0) == "Harbor Imaging, Oct 14, 2026, $120.00"
    assert fields.repays.itemText(1) == "Elm, Nov 1, 2026, $5.00"
    fill(qtbot, fields.repays, "harbor")
    press(qtbot, Qt.Key.Key_Tab)
    assert fields.amount.text() == "120.00"
    fill(qtbot, fields.amount, "40")
    assert [row.amount.text() for row in fields.line._rows] == ["30.00", "10.00"]
    enter(qtbot, editor)
    refund = home.all()[0]
    assert (refund.amount, refund.repays_id) == (-4000, expense)
    assert [share.amount for share in refund.allocations] == [-3000, -1000]
    assert home.shell.said == ["Add refund, Harbor Imaging $40.00"]


def test_a_refund_above_what_is_left(qtbot: QtBot, home: Home, opened: Opened) -> None:
    expense = home.pay(date(2026, 10, 14), 10000, "Harbor Imaging", Role.DEDUCTIBLE)
    home.pay(date(2026, 10, 20), -3000, "Harbor Imaging", repays_id=expense)
    editor = opened(prefill=Payment(paid_on=TODAY, amount=-7001, repays_id=expense))
    assert editor.fields.repays.text() == "Harbor Imaging, Oct 14, 2026, $100.00, $70.00 left"
    assert editor.fields.payee.text() == "Harbor Imaging"
    enter(qtbot, editor)
    assert "Only $70.00 of that expense is not refunded yet." in editor.form.field("amount").complaint()
    fill(qtbot, editor.fields.amount, "70")
    enter(qtbot, editor)
    made = home.all()[0]
    assert (made.amount, made.allocations[0].amount) == (-7000, -7000)
    assert home.services.payments.refunds_of(expense)[1] == made


def test_what_was_under_no_line_is_not_given_back_to_one(qtbot: QtBot, home: Home, opened: Opened) -> None:
    shares = (Allocation(category_id=home.lines[Role.DEDUCTIBLE], amount=6000),)
    expense = home.pay(date(2026, 10, 14), 10000, "Harbor Imaging", allocations=shares)
    editor = opened(prefill=Payment(paid_on=TODAY, amount=-5000, repays_id=expense))
    enter(qtbot, editor)
    made = home.all()[0]
    assert [share.amount for share in made.allocations] == [-3000]


def test_a_refund_opened_again_shows_what_is_stored(qtbot: QtBot, home: Home, opened: Opened) -> None:
    expense = home.pay(date(2026, 10, 14), 10000, "Harbor Imaging", Role.DEDUCTIBLE)
    number = home.pay(date(2026, 10, 20), -3000, "Harbor Imaging", Role.PRESCRIPTION, repays_id=expense)
    before = home.services.payments.get(number)
    editor = opened(payment=before)
    assert editor.fields.amount.text() == "30.00"
    assert editor.windowTitle() == "Change refund"
    enter(qtbot, editor)
    assert home.services.payments.get(number) == before


# transfers -----------------------------------------------------------------------------------------


def test_a_transfer_into_the_fund_proposes_its_line(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened()
    fields = editor.fields
    qtbot.mouseClick(fields.kind._group.button(2), Qt.MouseButton.LeftButton)
    assert not fields.payee.isVisible()
    fill(qtbot, fields.amount, "100")
    enter(qtbot, editor)
    assert "A transfer goes to an account." in editor.form.field("to_account_id").complaint()
    fields.account.choose(str(home.bank))
    fields.to_account.setFocus()
    type_in(qtbot, "Cont")
    fields.to_account.activated.emit(fields.to_account.currentIndex())
    enter(qtbot, editor)
    (made,) = home.all()
    assert (made.account_id, made.to_account_id, made.provider_id) == (home.bank, home.fund, None)
    assert made.allocations == (Allocation(category_id=home.lines[Role.CONTINGENCY], amount=10000),)
    assert home.shell.said == ["Add transfer, Contingency fund $100.00"]


def test_a_transfer_to_the_same_account(qtbot: QtBot, home: Home, opened: Opened) -> None:
    editor = opened(
        prefill=Payment(paid_on=TODAY, amount=500, account_id=home.bank, to_account_id=home.bank)
    )
    enter(qtbot, editor)
    assert "Both accounts are the same." in editor.form.field("to_account_id").complaint()


# dues --------------------------------------------------------------------------------------------------


def test_a_due_is_recorded_as_proposed(qtbot: QtBot, home: Home) -> None:
    practice = home.services.people.save_provider(Provider(name="Cedar Concierge")).new_id
    item = Recurring(
        label="Membership fee",
        amount=30000,
        frequency=Frequency.MONTHLY,
        first_due=date(2026, 11, 1),
        provider_id=practice,
        account_id=home.bank,
        category_id=home.lines[Role.MEMBERSHIP],
    )
    home.services.recurring.save(item)
    (due,) = home.services.recurring.dues(until=TODAY)
    editor = PaymentEditor.for_due(home.context, None, due)
    show(qtbot, editor)
    assert isinstance(due, Due)
    fill(qtbot, editor.fields.amount, "310")
    enter(qtbot, editor)
    (made,) = home.all()
    assert (made.recurring_id, made.due_on, made.paid_on) == (due.recurring.id, due.due_on, due.due_on)
    assert made.allocations == (Allocation(category_id=home.lines[Role.MEMBERSHIP], amount=31000),)
    assert made.provider_id == practice
    assert home.services.recurring.dues(until=TODAY) == []


# documents ---------------------------------------------------------------------------------------------


def test_a_receipt_dropped_on_the_form_is_stored_with_the_payment(
    qtbot: QtBot, home: Home, opened: Opened, tmp_path: Path
) -> None:
    receipt = tmp_path / "receipt & <b>.pdf"
    receipt.write_bytes(b"%PDF-1.7 paid")
    editor = opened()
    fill(qtbot, editor.fields.amount, "5")
    drop(editor, [receipt])
    assert editor.fields.documents.names() == [receipt.name]
    enter(qtbot, editor)
    (made,) = home.all()
    (document,) = home.services.documents.attached_to(Noun.PAYMENT, made.id or 0)
    assert home.services.documents.content(document) == b"%PDF-1.7 paid"

    again = opened(payment=made)
    assert again.fields.documents.names() == [receipt.name]
    again.fields.documents.remove_one(document)
    again.reject()
    assert home.services.documents.attached_to(Noun.PAYMENT, made.id or 0) == [document]
    again = opened(payment=made)
    again.fields.documents.remove_one(document)
    enter(qtbot, again)
    assert home.services.documents.attached_to(Noun.PAYMENT, made.id or 0) == []


def test_a_file_that_vanished_is_said_and_the_payment_is_added_once(
    qtbot: QtBot, home: Home, opened: Opened, tmp_path: Path
) -> None:
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"paid")
    editor = opened()
    fill(qtbot, editor.fields.amount, "5")
    editor.fields.documents.add_files([receipt])
    receipt.unlink()
    enter(qtbot, editor)
    assert "receipt.pdf is not a file." in editor.form.field("documents").complaint()
    assert editor.isVisible()
    receipt.write_bytes(b"paid")
    enter(qtbot, editor)
    (made,) = home.all()
    assert len(home.services.documents.attached_to(Noun.PAYMENT, made.id or 0)) == 1
    assert not editor.isVisible()


def test_an_empty_file_and_a_folder_are_refused_at_once(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    editor = opened()
    drop(editor, [empty])
    assert "empty.pdf is empty." in editor.form.field("documents").complaint()
    drop(editor, [tmp_path])
    assert "is not a file." in editor.form.field("documents").complaint()
    assert editor.fields.documents.names() == []


def drop(editor: PaymentEditor, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    editor.dropEvent(event)  # sent as an event, it would go to what a mouse drags over


# deleting ----------------------------------------------------------------------------------------------


def test_delete_can_be_undone(qtbot: QtBot, home: Home, opened: Opened) -> None:
    number = home.pay(date(2026, 9, 1), 1000, "Elm", Role.PRESCRIPTION)
    before = home.services.payments.get(number)
    editor = opened(payment=before)
    qtbot.mouseClick(editor.delete_button, Qt.MouseButton.LeftButton)
    assert home.all() == []
    assert not editor.isVisible()
    assert home.shell.said == ["Remove Elm $10.00"]
    assert home.shell.undo is not None
    home.shell.undo()
    assert home.all() == [before]
