"""The accrual view of the budget, gathered from a ledger: it reconciles with cash, always."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.benchmarks.make_big import make_big
from tests.conftest import TODAY, open_ledger
from tracker.dates import add_months, month_period
from tracker.facts import (
    Account,
    AccountKind,
    Allocation,
    Basis,
    Frequency,
    Membership,
    Payment,
    Recurring,
    Role,
)
from tracker.services.accrual import accrual_month, accrual_year, belonging
from tracker.services.bundle import Services, services_over
from tracker.storage.ledger import create

JAN = date(2026, 1, 1)


@dataclass
class Home:
    """A ledger with a membership, and the payments of the test."""

    services: Services
    lines: dict[Role, int] = field(default_factory=dict)
    fee: int = 0

    def pay(self, day: date, amount: int, role: Role, **more: object) -> int:
        share = Allocation(category_id=self.lines[role], amount=amount)
        made = Payment(paid_on=day, amount=amount, allocations=(share,), **more)  # type: ignore[arg-type]
        return self.services.payments.save(made, payee="Payee").new_id or 0

    def pay_fee(self, day: date, amount: int, due_on: date | None = None) -> int:
        return self.pay(day, amount, Role.MEMBERSHIP, recurring_id=self.fee, due_on=due_on)

    def actuals(self, role: Role, year: int = 2026) -> list[int | None]:
        found = accrual_year(self.services, year)
        return [row.actual for row in found.category_rows(self.lines[role])]


def move_in(services: Services, frequency: Frequency = Frequency.ANNUAL, first: date = JAN) -> Home:
    lines = {item.role: item.id or 0 for item in services.budget.categories()}
    fee = Recurring(
        label="Retainer",
        amount=3_600_00,
        frequency=frequency,
        first_due=first,
        category_id=lines[Role.MEMBERSHIP],
    )
    made = Membership(practice_id=0, begins_on=first, fees=(fee,))
    services.agreements.save_membership(made, practice="Harbor")
    (held,) = services.agreements.memberships()
    return Home(services, lines, held.fees[0].id or 0)


def test_a_yearly_fee_counts_by_twelfths_and_the_line_ends_at_zero(services: Services) -> None:
    home = move_in(services)
    home.pay_fee(date(2026, 1, 5), 3_600_00, JAN)

    year = accrual_year(services, 2026)

    assert home.actuals(Role.MEMBERSHIP) == [300_00] * 12
    assert year.views is not None
    assert [row.cash for row in year.views.months] == [3_600_00, *[0] * 11]
    assert [row.line for row in year.views.months] == [3_300_00, *[-300_00] * 11]
    assert [row.paid_ahead for row in year.views.months] == [300_00 * left for left in range(11, -1, -1)]
    assert (year.views.opening, year.views.closing) == (0, 0)


@pytest.mark.parametrize(
    ("frequency", "months"),
    [(Frequency.QUARTERLY, 3), (Frequency.SEMIANNUAL, 6), (Frequency.MONTHLY, 1)],
)
def test_a_fee_counts_in_the_months_it_pays_for(
    services: Services, frequency: Frequency, months: int
) -> None:
    home = move_in(services, frequency, date(2026, 3, 15))
    home.pay_fee(date(2026, 2, 26), 600_00, date(2026, 3, 15))

    part = 600_00 // months
    assert home.actuals(Role.MEMBERSHIP) == [None, None, *[part] * months, *[None] * (10 - months)]


def test_odd_cents_lie_in_the_first_months(services: Services) -> None:
    home = move_in(services)
    home.pay_fee(date(2026, 1, 5), 1_000_00, JAN)

    assert home.actuals(Role.MEMBERSHIP) == [83_34] * 4 + [83_33] * 8  # E03


def test_a_fee_over_two_years_is_paid_ahead_between_them(services: Services) -> None:
    home = move_in(services, first=date(2026, 10, 1))
    home.pay_fee(date(2026, 9, 28), 3_600_00, date(2026, 10, 1))

    first, second = accrual_year(services, 2026).views, accrual_year(services, 2027).views

    assert first is not None
    assert second is not None
    assert (first.cash, first.accrual, first.closing) == (3_600_00, 900_00, 2_700_00)
    assert (second.opening, second.cash, second.accrual, second.closing) == (2_700_00, 0, 2_700_00, 0)
    assert "moved in September 2026" in second.months[0].why[0]


def test_what_comes_back_of_a_fee_takes_off_its_last_months(services: Services) -> None:
    home = move_in(services)
    fee = home.pay_fee(date(2026, 1, 5), 3_600_00, JAN)
    home.pay(date(2026, 9, 20), -1_050_00, Role.MEMBERSHIP, repays_id=fee)

    year = accrual_year(services, 2026)

    assert home.actuals(Role.MEMBERSHIP) == [*[300_00] * 8, 150_00, 0, 0, 0]
    assert year.views is not None
    assert year.views.closing == 0
    assert "Retainer, refund: -$1,050.00 moved, -$150.00 belongs to this month." in year.views.months[8].why


def test_a_refund_belongs_to_the_month_of_its_expense(services: Services) -> None:
    home = move_in(services)
    visit = home.pay(date(2026, 2, 10), 200_00, Role.COPAY_DOCTOR)
    home.pay(date(2026, 5, 2), -150_00, Role.COPAY_DOCTOR, repays_id=visit)
    home.pay(date(2026, 2, 20), -10_00, Role.COPAY_DOCTOR, repays_id=visit)

    year = accrual_year(services, 2026)

    assert home.actuals(Role.COPAY_DOCTOR) == [None, 40_00, *[None] * 10]
    assert year.views is not None
    assert [row.line for row in year.views.months[1:5]] == [150_00, 0, 0, -150_00]
    assert year.views.months[1].why == ("Refund, Payee: -$150.00 belongs here and moved in May 2026.",)


def test_a_refund_of_next_year_is_owed_to_you_at_the_end(services: Services) -> None:
    home = move_in(services)
    visit = home.pay(date(2026, 12, 10), 200_00, Role.COPAY_DOCTOR)
    home.pay(date(2027, 2, 2), -150_00, Role.COPAY_DOCTOR, repays_id=visit)

    first, second = accrual_year(services, 2026).views, accrual_year(services, 2027).views

    assert first is not None
    assert second is not None
    assert (first.closing, second.opening, second.closing) == (150_00, 150_00, 0)


def test_everything_else_belongs_to_the_month_of_payment(services: Services) -> None:
    home = move_in(services)
    home.pay(date(2026, 4, 1), 450_00, Role.PREMIUM)
    home.pay(date(2026, 4, 3), 900_00, Role.MEMBERSHIP)  # of no fee of the schedule

    year = accrual_month(services, date(2026, 4, 30))

    assert year.month == date(2026, 4, 1)
    assert year.total.actual == 1_350_00
    assert year.year.views is not None
    assert not any(row.line for row in year.year.views.months)


def test_what_a_fund_pays_is_no_actual(services: Services) -> None:
    home = move_in(services)
    fund = services.accounts.save(Account(name="Fund", kind=AccountKind.SINKING)).new_id
    home.pay(
        date(2026, 1, 5), 3_600_00, Role.MEMBERSHIP, recurring_id=home.fee, due_on=JAN, account_id=fund
    )

    assert home.actuals(Role.MEMBERSHIP) == [None] * 12


def test_the_payments_behind_an_actual_add_up_to_it(services: Services) -> None:
    home = move_in(services)
    fee = home.pay_fee(date(2026, 1, 5), 1_000_00, JAN)
    other = home.pay(date(2026, 2, 3), 20_00, Role.MEMBERSHIP)
    connection = services.ledger.read()

    parts = belonging(connection, home.lines[Role.MEMBERSHIP], month_period(date(2026, 2, 1)))

    assert parts == [(fee, 83_34), (other, 20_00)]


# whatever was paid ------------------------------------------------------------------------------

_DAYS = st.integers(0, 3 * 365).map(lambda days: date(2025, 1, 1) + timedelta(days=days))
_SPENT = st.tuples(
    _DAYS, st.integers(1, 500_000), st.sampled_from(list(Role)[:6]), st.integers(0, 100), _DAYS
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_SPENT, max_size=8),
    st.lists(st.tuples(_DAYS, st.integers(1, 500_000), _DAYS), max_size=3),
    st.integers(1, 12),
)
def test_cash_less_accrual_is_closing_less_opening(
    empty_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    spent: list[tuple[date, int, Role, int, date]],
    fees: list[tuple[date, int, date]],
    begins: int,
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.ledger"
    path.write_bytes(empty_file.read_bytes())
    ledger = open_ledger(path)
    services = services_over(ledger)
    home = move_in(services)
    services.budget.set_start_month(begins)
    for day, amount, role, share, back_on in spent:
        expense = home.pay(day, amount, role)
        if back := amount * share // 100:
            home.pay(back_on, -back, role, repays_id=expense)
    for day, amount, back_on in fees:
        fee = home.pay_fee(day, amount, date(day.year, 1, 1))
        if amount > 3:
            home.pay(back_on, -(amount // 3), Role.MEMBERSHIP, repays_id=fee)

    before = None
    for number in (2024, 2025, 2026, 2027, 2028):
        year = accrual_year(services, number)
        views = year.views
        assert views is not None
        assert views.cash - views.accrual == views.closing - views.opening
        assert before in (None, views.opening)
        before = views.closing
        cash = services.reports.budget_year(number, basis=Basis.CASH)
        for month, both in zip(year.months, views.months, strict=True):
            assert both.accrual == (year.month_total(month).actual or 0)
            assert both.cash == (cash.month_total(month).actual or 0)
            behind = [
                part
                for category in year.categories
                for _payment, part in belonging(ledger.read(), category.id or 0, month_period(month))
            ]
            assert sum(behind) == both.accrual
    ledger.close()


def test_fifty_thousand_payments_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "big.ledger"
    make_big(path, payments=50_000, claims=10, today=TODAY)
    ledger = open_ledger(path)
    services = services_over(ledger)
    with ledger.write("Refunds") as work:
        chance = random.Random(3)
        ask = work.connection.exec_driver_sql
        expenses = ask(
            "SELECT id, paid_on FROM payment WHERE amount > 1000 AND to_account_id IS NULL"
            " ORDER BY id LIMIT 5000"
        ).all()
        (line,) = ask("SELECT id FROM category WHERE role = 'deductible'").one()
        for place, (number, paid_on) in enumerate(expenses, start=1_000_000):
            later = add_months(date.fromisoformat(paid_on), chance.randrange(4))
            ask(
                "INSERT INTO payment(id, paid_on, amount, repays_id, note) VALUES (?, ?, -1, ?, '')",
                (place, later.isoformat(), number),
            )
            ask(
                "INSERT INTO allocation(payment_id, category_id, amount, note) VALUES (?, ?, -1, '')",
                (place, line),
            )
    accrual_year(services, 2026)  # the first reading warms the file

    begin = time.perf_counter()
    accrual_month(services, TODAY)
    taken = time.perf_counter() - begin

    assert taken < 0.6  # a generous multiple of what it takes, for slow machines
    ledger.close()


def test_an_empty_ledger_has_nothing_to_reconcile(tmp_path: Path) -> None:
    ledger = create(tmp_path / "new.ledger", clock=lambda: TODAY)
    year = accrual_year(services_over(ledger), 2026)
    ledger.close()

    assert year.views is not None
    assert (year.views.cash, year.views.accrual, year.views.closing) == (0, 0, 0)
    assert year.total.actual is None
