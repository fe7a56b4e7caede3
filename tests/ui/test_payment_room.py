"""The room of an HSA where a contribution is typed: what may still go in, and what is too much."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.untaxed_kit import account, cover, hsa_of, person, put_in
from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import AccountKind, MoneySource, Payment
from tracker.services.bundle import Services
from ui.dialogs.payment_editor import PaymentEditor
from ui.widgets.label import Label

MAY_1 = date(2026, 5, 1)


@pytest.fixture
def hsa(services: Services) -> int:
    """Self-only coverage in 2026: a limit of $4,400.00, of which the employer filled $1,200.00 (C08)."""
    ana = person(services)
    found = hsa_of(services, ana)
    cover(services, ana)
    put_in(services, found, 1_200_00, MoneySource.EMPLOYER, on=MAY_1)
    return found


def editor_of(services: Services, qtbot: QtBot, payment: Payment) -> tuple[Desk, PaymentEditor]:
    desk = desk_over(services)
    stored = payment if payment.id else None
    editor = PaymentEditor(desk.context, payment=stored, prefill=None if stored else payment)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot deletes it at the end
    qtbot.addWidget(editor)
    editor.show()
    assert desk.problems == []
    return desk, editor


def hint_of(editor: PaymentEditor) -> str:
    return editor.form.field("tax_year").findChildren(Label)[1].text()


def contribution(hsa: int, bank: int, amount: int = 0) -> Payment:
    return Payment(paid_on=MAY_1, amount=amount, account_id=bank, to_account_id=hsa, source=MoneySource.OWN)


def test_the_room_is_said_and_what_is_above_it(services: Services, hsa: int, qtbot: QtBot) -> None:
    bank = account(services, AccountKind.BANK)
    _, editor = editor_of(services, qtbot, contribution(hsa, bank))
    assert hint_of(editor) == "$3,200.00 may still go in for 2026."
    editor.fields.amount.setFocus()
    qtbot.keyClicks(editor.fields.amount, "3500")
    assert hint_of(editor) == "$300.00 above the limit of 2026: only $3,200.00 may still go in."
    with qtbot.waitSignal(editor.accepted):
        editor.save_button.click()  # it went in, so it is kept as it was


def test_a_contribution_that_is_changed_does_not_stand_in_its_own_way(
    services: Services, hsa: int, qtbot: QtBot
) -> None:
    bank = account(services, AccountKind.BANK)
    made = services.payments.save(contribution(hsa, bank, 3_200_00)).new_id or 0
    _, editor = editor_of(services, qtbot, services.payments.get(made))
    assert hint_of(editor) == "$3,200.00 may still go in for 2026."


def test_nothing_is_said_of_money_that_is_no_contribution(
    services: Services, hsa: int, qtbot: QtBot
) -> None:
    bank = account(services, AccountKind.BANK)
    _, editor = editor_of(services, qtbot, contribution(hsa, bank, 100_00))
    editor.fields.hsa.source.choose(MoneySource.ROLLOVER.value)
    editor.fields.hsa.source.edited.emit()
    assert hint_of(editor) == ""


def test_a_year_without_published_limits_asks(services: Services, hsa: int, qtbot: QtBot) -> None:
    bank = account(services, AccountKind.BANK)
    later = Payment(
        paid_on=date(2028, 2, 1), amount=0, account_id=bank, to_account_id=hsa, source=MoneySource.OWN
    )
    _, editor = editor_of(services, qtbot, later)
    assert hint_of(editor) == "The limit of 2028 is not known here; type it under Accounts, Taxes."
