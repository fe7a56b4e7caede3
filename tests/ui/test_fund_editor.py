"""The contingency fund's form: what it shows, what it writes, and money moved in and out."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import Account, AccountKind, Frequency, Payment, Recurring, Role
from tracker.services.bundle import Services
from tracker.services.fund import read_fund
from ui.dialogs.fund_editor import FundEditor
from ui.dialogs.payment_editor import PaymentEditor


def editor_over(desk: Desk, qtbot: QtBot) -> FundEditor:
    editor = FundEditor(desk.context)
    qtbot.addWidget(editor)
    editor.open()
    return editor


def checking(services: Services) -> int:
    return services.accounts.save(Account(name="Checking")).new_id or 0


def deposits(services: Services) -> list[Recurring]:
    return [item for item in services.recurring.all() if item.to_account_id is not None]


def fund_of(services: Services) -> Account:
    return next(item for item in services.accounts.accounts() if item.kind is AccountKind.CONTINGENCY)


def test_a_fund_is_started_with_its_monthly_deposit(services: Services, qtbot: QtBot) -> None:
    bank = checking(services)
    editor = editor_over(desk_over(services), qtbot)
    assert editor.save_button.text() == "Start the fund"
    assert not editor.put_in_button.isVisibleTo(editor)
    qtbot.keyClicks(editor.target, "2,400")
    qtbot.keyClicks(editor.monthly, "100")
    editor.opening.clear()
    qtbot.keyClicks(editor.opening, "500+100")
    assert editor.reached.text() == "$1,800 to go. $100 a month reaches the target in April 2028."
    qtbot.keyClick(editor.monthly, Qt.Key.Key_Return)
    fund = fund_of(services)
    assert (fund.name, fund.opening, fund.target) == ("Contingency fund", 600_00, 2_400_00)
    (deposit,) = deposits(services)
    line = next(item for item in services.budget.categories() if item.role is Role.CONTINGENCY)
    assert (deposit.amount, deposit.account_id, deposit.to_account_id) == (100_00, bank, fund.id)
    assert (deposit.category_id, deposit.first_due) == (line.id, date(2026, 12, 1))


def test_starting_is_one_change_to_undo(services: Services, qtbot: QtBot) -> None:
    desk = desk_over(services)
    editor = editor_over(desk, qtbot)
    editor.monthly.setText("100")
    editor.save_button.click()
    desk.context.undo()
    assert services.accounts.accounts() == []
    assert services.recurring.all() == []


def test_the_sample_shows_balance_target_and_when_it_is_reached(sample: Services, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(sample), qtbot)
    standing = sample.reports.fund()
    assert standing is not None
    assert editor.balance.text() == "$1,620.00"
    assert editor.goal.text() == "of $2,400"
    assert "June 2027" in editor.reached.text()
    assert standing.reached_on == date(2027, 6, 1)
    assert "$1,620.00" in editor.chart.accessibleName()
    editor.target.setText("1,600")
    editor.target.edited.emit()
    assert editor.reached.text() == "The target is reached."
    editor.close()


def test_saving_unchanged_moves_nothing(sample: Services, qtbot: QtBot) -> None:
    before = deposits(sample), fund_of(sample)
    editor = editor_over(desk_over(sample), qtbot)
    editor.save_button.click()
    assert (deposits(sample), fund_of(sample)) == before


def test_an_emptied_amount_is_no_longer_proposed(sample: Services, qtbot: QtBot) -> None:
    balance = sample.accounts.balance(fund_of(sample).id or 0)
    editor = editor_over(desk_over(sample), qtbot)
    editor.monthly.clear()
    editor.save_button.click()
    assert deposits(sample) == []
    assert sample.accounts.balance(fund_of(sample).id or 0) == balance


def test_another_deposit_is_left_alone(sample: Services, qtbot: QtBot) -> None:
    fund = fund_of(sample).id
    sample.recurring.save(
        Recurring(
            label="Bonus",
            amount=600_00,
            frequency=Frequency.ANNUAL,
            first_due=date(2027, 3, 1),
            to_account_id=fund,
        )
    )
    editor = editor_over(desk_over(sample), qtbot)
    assert "$150 a month" in editor.reached.text()
    editor.monthly.setText("120")
    editor.save_button.click()
    assert sorted(item.amount for item in deposits(sample)) == [120_00, 600_00]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("target", "abc", "is not an amount"),
        ("target", "-1", "cannot be negative"),
        ("amount", "-5", "cannot be negative"),
        ("name", "", "missing"),
        ("first_due", "2026-02-30", "not a day"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    sample: Services, qtbot: QtBot, field: str, typed: str, sentence: str
) -> None:
    editor = editor_over(desk_over(sample), qtbot)
    edit = {
        "target": editor.target,
        "amount": editor.monthly,
        "name": editor.name,
        "first_due": editor.next_due,
    }[field]
    edit.setText(typed)
    editor.save_button.click()
    assert sentence in editor.form.field(field).complaint()
    assert edit.text() == typed
    assert editor.save_button.isEnabled()
    editor.close()


@pytest.mark.parametrize("direction", ["in", "out"])
def test_money_moves_as_a_transfer(sample: Services, qtbot: QtBot, direction: str) -> None:
    desk = desk_over(sample)
    editor = editor_over(desk, qtbot)
    button = editor.put_in_button if direction == "in" else editor.take_out_button
    button.click()
    (form,) = editor.findChildren(PaymentEditor)
    assert form.windowTitle()
    form.close()
    fund, bank = fund_of(sample).id, read_fund(sample).accounts[0].id
    ends = (bank, fund) if direction == "in" else (fund, bank)
    changes = sample.payments.save(
        Payment(paid_on=date(2026, 11, 22), amount=200_00, account_id=ends[0], to_account_id=ends[1])
    )
    desk.context.bus.announce(changes)
    assert editor.balance.text() == ("$1,820.00" if direction == "in" else "$1,420.00")
    editor.close()


def test_a_fund_without_end_says_so(services: Services, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(services), qtbot)
    editor.target.setText("9,999,999,999.99")
    editor.monthly.setText("1")
    editor.monthly.edited.emit()
    assert "more than fifty years" in editor.reached.text()
    editor.monthly.clear()
    editor.monthly.edited.emit()
    assert "Nothing goes in every month yet" in editor.reached.text()
    editor.close()
