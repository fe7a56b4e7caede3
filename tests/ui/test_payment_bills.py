"""Paying a bill: what the payment's form proposes, splits, keeps and refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui import paper_kit as kit
from tests.ui.coverage_kit import Desk, desk_over, people
from tests.ui.paper_kit import press_save, retype
from tracker.facts import Bill, BillShare, Payment
from tracker.services.bundle import Services
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.payment_fields import REFUND
from ui.widgets.label import Label

DAY, ASKED_ON = date(2026, 10, 14), date(2026, 10, 30)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def bill(desk: Desk) -> Bill:
    """Harbor Imaging asks 215.00 for the MRI."""
    (eleanor,) = people(desk.services, "Eleanor")
    return kit.bill(desk, eleanor, DAY, "Harbor Imaging", (ASKED_ON, 215_00), description="MRI knee")


def opened(qtbot: QtBot, desk: Desk, **how: object) -> PaymentEditor:
    return kit.show(qtbot, desk, PaymentEditor(desk.context, None, **how))  # type: ignore[arg-type]


def payments(desk: Desk) -> list[Payment]:
    return [desk.services.payments.get(number) for number in desk.services.payments.ids().ids]


def part(editor: PaymentEditor, bill: Bill) -> str:
    return editor.fields.bills.edits[bill.id or 0].text()


def of_bill(bill: Bill, amount: int = 215_00) -> Payment:
    return Payment(paid_on=TODAY, amount=amount, bills=(BillShare(bill_id=bill.id or 0, amount=amount),))


def test_a_payment_from_a_bill_is_complete(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    editor = opened(qtbot, desk, prefill=of_bill(bill))
    assert "For the bill of Harbor Imaging, $215.00." in [
        label.text() for label in editor.findChildren(Label)
    ]
    assert editor.fields.payee.text() == "Harbor Imaging"
    assert part(editor, bill) == "215.00"
    assert editor.fields.bills.remainder.text() == "All of $215.00 is for a bill."
    press_save(qtbot, editor)
    (made,) = payments(desk)
    assert made.bills == (BillShare(bill_id=bill.id or 0, amount=215_00),)
    assert (made.provider_id, made.person_id, made.note) == (bill.provider_id, bill.person_id, "MRI knee")
    desk.context.undo()
    assert payments(desk) == []
    assert desk.services.care.paid() == {}


def test_the_amount_alone_comes_from_the_bills(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    editor = opened(qtbot, desk, prefill=replace(of_bill(bill), amount=0))
    assert editor.fields.amount.cents() == 215_00
    retype(qtbot, editor.fields.amount, "100")
    assert part(editor, bill) == "100.00"  # all of it is for the bill still
    press_save(qtbot, editor)
    assert payments(desk)[0].bills == (BillShare(bill_id=bill.id or 0, amount=100_00),)


def test_a_payment_is_split_over_several_bills_of_the_provider(
    qtbot: QtBot, desk: Desk, bill: Bill
) -> None:
    other = kit.bill(desk, bill.person_id, date(2026, 9, 1), "Harbor Imaging", (ASKED_ON, 40_00))
    kit.bill(desk, bill.person_id, DAY, "Quest Labs", (ASKED_ON, 9_00))
    editor = opened(qtbot, desk, prefill=of_bill(bill))
    assert set(editor.fields.bills.edits) == {bill.id, other.id}
    retype(qtbot, editor.fields.amount, "260")
    edits = editor.fields.bills.edits
    retype(qtbot, edits[bill.id or 0], "215")
    retype(qtbot, edits[other.id or 0], "50")
    assert editor.fields.bills.remainder.text() == "$5.00 more than the payment of $260.00"
    press_save(qtbot, editor)
    assert "add to $265.00; the payment is $260.00" in editor.form.field("bills").complaint()
    assert payments(desk) == []
    retype(qtbot, edits[other.id or 0], "40")
    assert editor.fields.bills.remainder.text() == "$5.00 of $260.00 is for no bill."
    press_save(qtbot, editor)
    assert {share.bill_id: share.amount for share in payments(desk)[0].bills} == {
        bill.id: 215_00,
        other.id: 40_00,
    }


def test_an_existing_payment_is_tied_to_an_open_bill(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    made = desk.services.payments.save(Payment(paid_on=TODAY, amount=215_00), payee="Harbor Imaging")
    held = desk.services.payments.get(made.new_id or 0)
    editor = opened(qtbot, desk, payment=held)
    assert part(editor, bill) == ""
    rest = next(
        one
        for one in editor.findChildren(type(editor.fields.line.split_button))
        if one.text() == "The rest"
    )
    rest.setFocus()
    qtbot.keyClick(rest, Qt.Key.Key_Return)
    assert part(editor, bill) == "215.00"
    press_save(qtbot, editor)
    assert payments(desk) == [replace(held, bills=(BillShare(bill_id=bill.id or 0, amount=215_00),))]


def test_changing_something_else_keeps_the_bills(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    made = desk.services.payments.save(of_bill(bill), payee="Harbor Imaging")
    held = desk.services.payments.get(made.new_id or 0)
    editor = opened(qtbot, desk, payment=held)
    editor.fields.note.set_text("By phone")
    press_save(qtbot, editor)
    assert payments(desk) == [replace(held, note="By phone")]


def test_a_payee_without_open_bills_is_not_asked(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    editor = opened(qtbot, desk)
    assert not editor.form.field("bills").isVisible()
    retype(qtbot, editor.fields.payee.lineEdit(), "Harbor Imaging")
    assert editor.form.field("bills").isVisible()
    retype(qtbot, editor.fields.payee.lineEdit(), "Corner Pharmacy")
    assert not editor.form.field("bills").isVisible()
    editor.reject()


def test_a_refund_goes_back_on_the_bill_it_was_paid_for(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    expense = desk.services.payments.save(of_bill(bill), payee="Harbor Imaging").new_id
    editor = opened(
        qtbot,
        desk,
        prefill=Payment(
            paid_on=TODAY, amount=-85_00, provider_id=bill.provider_id, repays_id=expense, note="Overpaid"
        ),
    )
    assert editor.fields.kind.key() == REFUND
    assert part(editor, bill) == "85.00"  # proposed from the expense
    press_save(qtbot, editor)
    assert payments(desk)[0].bills == (BillShare(bill_id=bill.id or 0, amount=-85_00),)
    assert sum(amount for _, amount in desk.services.care.paid()[bill.id or 0]) == 130_00


def test_a_part_below_zero_is_refused(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    editor = opened(qtbot, desk, prefill=of_bill(bill))
    retype(qtbot, editor.fields.bills.edits[bill.id or 0], "-5")
    press_save(qtbot, editor)
    assert "has no minus" in editor.form.field("bills").complaint()
    assert part(editor, bill) == "-5.00"
    editor.reject()


def test_a_bill_that_was_removed_is_left_out(qtbot: QtBot, desk: Desk, bill: Bill) -> None:
    desk.services.care.remove_bills([bill.id or 0])
    editor = opened(qtbot, desk, prefill=of_bill(bill))
    retype(qtbot, editor.fields.payee.lineEdit(), "Harbor Imaging")
    press_save(qtbot, editor)
    assert payments(desk)[0].bills == ()
