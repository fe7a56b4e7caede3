"""Sinking funds through a ledger: deposits, warnings, and bills that count once (rulebook 7.1, 7.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY, open_ledger
from tests.services.fund_kit import Home, move_in
from tests.services.refusals import refused
from tracker.dates import Period, add_months
from tracker.facts import Account, AccountKind, Basis, Frequency, Recurring, Role, Snooze
from tracker.facts.household_budget import FundPlan
from tracker.reports.attention import Action
from tracker.services.bundle import Services, services_over
from tracker.services.fund_moves import FundMoveKind, read_moves
from tracker.services.sinking_changes import SinkingDraft, close_sinking, save_sinking
from tracker.services.sinking_funds import Purpose, SinkingFund, sinking_choices, sinking_funds
from tracker.storage.ledger import Ledger
from tracker.storage.queries.payment_parts import parts

DUE = date(2027, 3, 1)


def _funds(services: Services) -> list[SinkingFund]:
    today = services.ledger.today()
    return sinking_funds(services.ledger.read(), services.people.household(), today)


def _start(
    home: Home,
    *,
    fee: Recurring | None = None,
    amount: int = 787_50,
    opening: int = 450_00,
    target: int | None = None,
    due_on: date | None = DUE,
    role: Role = Role.MEMBERSHIP,
    first: date = date(2026, 12, 1),
) -> SinkingFund:
    deposit = Recurring(
        label="Deposit",
        amount=amount or 1,
        frequency=Frequency.MONTHLY,
        first_due=first,
        last_due=due_on,
        account_id=home.bank,
    )
    save_sinking(
        home.services.ledger,
        SinkingDraft(
            account=Account(name="Retainer fund", kind=AccountKind.SINKING, opening=opening, target=target),
            plan=FundPlan(
                account_id=0,
                due_on=due_on,
                category_id=home.line(role),
                recurring_id=fee.id if fee else None,
            ),
            deposit=deposit if amount else None,
        ),
    )
    return _funds(home.services)[-1]


# deposits ---------------------------------------------------------------------------------------


def test_saving_for_the_annual_retainer(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, fee=home.fee(3_600_00, DUE))

    assert (fund.purpose, fund.target, fund.due_on) == (Purpose.FEE, 3_600_00, DUE)
    assert fund.outlook is not None
    assert fund.outlook.equal is not None
    assert [amount for _, amount in fund.outlook.equal.deposits] == [787_50] * 4  # E04
    assert (fund.short, fund.outlook.missed) == (0, ())
    assert services.attention.all() == []


def test_saving_for_the_deductible_from_mid_year(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "spring.ledger"
    path.write_bytes(empty_file.read_bytes())
    ledger = open_ledger(path, today=date(2026, 4, 15))
    home = move_in(services_over(ledger))
    home.plan(used=900_00, deductible=2_000_00)
    fund = _start(home, amount=137_50, opening=0, due_on=None, role=Role.DEDUCTIBLE, first=date(2026, 5, 1))

    assert (fund.purpose, fund.target, fund.due_on) == (Purpose.DEDUCTIBLE, 1_100_00, date(2026, 12, 31))
    assert fund.outlook is not None
    assert fund.outlook.equal is not None
    assert [amount for _, amount in fund.outlook.equal.deposits] == [137_50] * 8  # E05
    assert fund.short == 0
    ledger.close()


def test_the_deductibles_target_sinks_with_what_its_fund_pays(services: Services) -> None:
    from tests.ui.coverage_kit import claim

    home = move_in(services)
    home.plan(used=900_00)
    before = _start(home, opening=600_00, amount=0, due_on=None, role=Role.DEDUCTIBLE)
    claim(services, home.person, date(2026, 11, 2), deductible=200_00, allowed=200_00)
    home.pay(date(2026, 11, 20), 200_00, Role.DEDUCTIBLE, account_id=before.account.id)
    after = _funds(services)[0]

    assert (before.target, after.target) == (1_100_00, 900_00)
    assert before.outlook is not None
    assert after.outlook is not None
    assert before.outlook.missing == after.outlook.missing == 500_00


def test_a_target_of_ones_own_goes_before_the_fee(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, fee=home.fee(3_600_00, DUE), target=4_000_00)
    assert (fund.target, fund.short) == (4_000_00, 400_00)
    assert fund.target_why[0] == "Your own target is $4,000.00."


# warnings ---------------------------------------------------------------------------------------


def test_a_missed_deposit_warns_and_raises_the_rest(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "later.ledger"
    path.write_bytes(empty_file.read_bytes())
    ledger = open_ledger(path, today=date(2026, 12, 15))
    home = move_in(services_over(ledger))
    fund = _start(home, fee=home.fee(3_600_00, DUE))

    assert fund.outlook is not None
    assert fund.outlook.missed == ((date(2026, 12, 1), 787_50),)
    assert (fund.short, fund.outlook.monthly) == (787_50, 1_050_00)
    (item,) = [item for item in home.services.attention.all() if item.account_id is not None]
    assert item.what == "Retainer fund will be $787.50 short on Mar 1, 2027"
    assert "The deposit of $787.50 of Dec 1, 2026 was not made." in item.detail
    assert "Each of the 3 deposits left has to be $1,050.00." in item.detail
    assert (item.action, item.amount, item.day) == (Action.PLAN, 787_50, date(2027, 1, 1))

    # made late, the fund is where it should be again
    (due,) = [
        due for due in home.services.recurring.dues(until=date(2026, 12, 15)) if due.recurring.to_account_id
    ]
    home.services.recurring.record(due, paid_on=date(2026, 12, 15))
    (made,) = _funds(home.services)
    assert (made.short, made.balance) == (0, 1_237_50)
    ledger.close()


def test_a_nearer_day_warns(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, fee=home.fee(3_600_00, DUE))
    services.untaxed.save_fund_plan(replace(fund.plan, due_on=date(2027, 1, 15)))
    (found,) = _funds(services)
    assert found.outlook is not None
    assert (found.short, len(found.outlook.coming), found.outlook.monthly) == (1_575_00, 2, 1_575_00)


def test_a_warning_can_be_put_off(services: Services) -> None:
    home = move_in(services)
    _start(home, fee=home.fee(3_600_00, DUE), amount=100_00)
    (item,) = services.attention.all()
    services.cases.snooze(Snooze(key=item.key, until=date(2026, 12, 24), reason="Bonus comes"))
    assert services.attention.all() == []
    assert [off.key for off in services.attention.put_off()] == [item.key]


def test_a_fund_without_deposits_or_days_left_says_so(services: Services) -> None:
    home = move_in(services)
    fee = home.fee(3_600_00, date(2026, 11, 29))
    fund = _start(home, fee=fee, amount=0, due_on=date(2026, 11, 29))
    assert fund.outlook is not None
    assert fund.outlook.equal is None
    assert "No deposit day is left: put $3,150.00 in at once." in fund.outlook.why
    (item,) = [item for item in services.attention.all() if item.account_id]
    assert item.day == date(2026, 11, 29)


def test_what_is_not_known_is_asked(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, amount=0, due_on=None, role=Role.DEDUCTIBLE)
    assert (fund.target, fund.outlook) == (None, None)
    assert fund.asks == "Enter your plan and its deductible on Coverage."
    other = _start(home, amount=0, due_on=None, target=100_00, role=Role.PREMIUM)
    assert other.asks == "Enter the day the money is needed."
    assert services.attention.all() == []


def test_after_its_fee_is_paid_the_fund_saves_for_the_next(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "spring.ledger"
    path.write_bytes(empty_file.read_bytes())
    ledger = open_ledger(path, today=date(2027, 3, 10))
    home = move_in(services_over(ledger))
    fee = home.fee(3_600_00, DUE)
    fund = _start(home, fee=fee, opening=3_600_00)
    assert (fund.due_on, fund.bill_due, fund.outlook is not None) == (DUE, DUE, True)
    home.pay(
        date(2027, 3, 2),
        3_600_00,
        Role.MEMBERSHIP,
        account_id=fund.account.id,
        recurring_id=fee.id,
        due_on=DUE,
    )
    (after,) = _funds(home.services)
    assert (after.due_on, after.balance) == (date(2028, 3, 1), 0)
    assert after.outlook is not None
    assert after.outlook.monthly == 300_00
    ledger.close()


# changing ---------------------------------------------------------------------------------------


def test_a_fund_is_one_change_to_undo(services: Services) -> None:
    home = move_in(services)
    _start(home, fee=home.fee(3_600_00, DUE))
    services.ledger.undo()
    assert _funds(services) == []
    assert services.untaxed.fund_plans() == {}
    assert [item.label for item in services.recurring.all()] == ["Annual retainer"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"account": Account(name=" ", kind=AccountKind.SINKING)}, "name"),
        ({"account": Account(name="x", kind=AccountKind.SINKING, target=-1)}, "target"),
        ({"plan": FundPlan(account_id=0)}, "category_id"),
        (
            {"deposit": Recurring(label="d", amount=1, frequency=Frequency.MONTHLY, first_due=DUE)},
            "account_id",
        ),
    ],
)
def test_bad_input_is_refused(services: Services, change: dict[str, object], field: str) -> None:
    home = move_in(services)
    good = SinkingDraft(
        account=Account(name="Fund", kind=AccountKind.SINKING),
        plan=FundPlan(account_id=0, category_id=home.line(Role.MEMBERSHIP)),
        deposit=Recurring(
            label="d", amount=1, frequency=Frequency.MONTHLY, first_due=DUE, account_id=home.bank
        ),
    )
    bad = replace(good, **change)  # type: ignore[arg-type]
    refused(services.ledger, lambda: save_sinking(services.ledger, bad), field=field)


def test_a_closed_fund_keeps_its_payments_and_ends_its_deposits(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, fee=home.fee(3_600_00, DUE), opening=0)
    home.put_in(date(2026, 11, 3), 100_00, fund.account, Role.MEMBERSHIP)
    close_sinking(services.ledger, fund.account, fund.deposits, TODAY)
    assert _funds(services) == []
    assert [item.closed for item in services.accounts.accounts()] == [False, True]
    assert [item.label for item in services.recurring.all()] == ["Annual retainer"]


def test_an_unused_fund_goes_away(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, opening=0, target=100_00)
    close_sinking(services.ledger, fund.account, fund.deposits, TODAY)
    assert [item.name for item in services.accounts.accounts()] == ["Checking"]
    assert services.recurring.all() == []


def test_what_can_be_saved_for(services: Services) -> None:
    home = move_in(services)
    home.plan(used=900_00)
    fee = home.fee(3_600_00, DUE)
    home.fee(90_00, date(2025, 1, 1), label="Old fee", last_due=date(2026, 1, 1))
    home.fee(450_00, date(2026, 1, 1), label="A premium", frequency=Frequency.MONTHLY)
    connection, house = services.ledger.read(), services.people.household()

    found = sinking_choices(connection, house, TODAY)

    assert [aim.label for aim in found.aims] == [
        "The deductible",
        "Annual retainer",
        "A premium",
        "Something else",
    ]
    deductible, first, _, _ = found.aims
    assert (first.fee, first.saved.amount, first.saved.due_on) == (fee, 3_600_00, DUE)
    assert (deductible.saved.amount, deductible.saved.due_on) == (1_100_00, date(2026, 12, 31))


# each dollar once -------------------------------------------------------------------------------


def test_a_fee_paid_from_its_fund_is_counted_where_it_was_put_in(
    services: Services, tmp_path: Path
) -> None:
    home = move_in(services)
    fee = home.fee(1_200_00, date(2026, 10, 1))
    fund = _start(home, fee=fee, amount=0, opening=0, due_on=date(2026, 10, 1))
    for month in (7, 8, 9):
        home.put_in(date(2026, month, 5), 400_00, fund.account, Role.MEMBERSHIP)
    home.pay(
        date(2026, 10, 1),
        1_200_00,
        Role.MEMBERSHIP,
        payee="Harbor Concierge",
        account_id=fund.account.id,
        recurring_id=fee.id,
        due_on=date(2026, 10, 1),
    )

    by_month = [home.actual(Role.MEMBERSHIP, date(2026, month, 1)) for month in (7, 8, 9, 10)]
    assert by_month == [400_00, 400_00, 400_00, None]
    for basis in Basis:
        assert services.reports.budget_year(2026, basis=basis).total.actual == 1_200_00
    assert services.reports.review(2026).budget.total.actual == 1_200_00
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    listed = list(parts(services.ledger.read(), year))
    assert sum(part.amount for part in listed if part.counts_in is not None) == 1_200_00
    (paid,) = [part for part in listed if part.counts_in is None]
    assert (paid.payee, paid.amount) == ("Harbor Concierge", 1_200_00)
    assert _workbook_actuals(services, tmp_path) == {"Jul 2026": 400, "Aug 2026": 400, "Sep 2026": 400}
    who = services.reports.review(2026).who_paid
    assert (who.fund, who.you) == (1_200_00, 0)


def test_the_moves_of_a_fund_say_how_they_count(services: Services) -> None:
    home = move_in(services)
    fund = _start(home, fee=home.fee(1_200_00, DUE), amount=0)
    home.put_in(date(2026, 9, 5), 400_00, fund.account, Role.MEMBERSHIP)
    home.pay(date(2026, 9, 6), 50_00, None, to_account_id=fund.account.id)
    home.pay(date(2026, 10, 1), 300_00, Role.MEMBERSHIP, payee="Harbor", account_id=fund.account.id)
    moves = read_moves(services.ledger.read(), services.people.household(), fund.account.id or 0, TODAY)
    assert [(move.kind, move.counts) for move in moves] == [
        (FundMoveKind.DEPOSIT, True),
        (FundMoveKind.DEPOSIT, False),
        (FundMoveKind.PAID, False),
    ]


_DAY = st.dates(date(2026, 1, 1), date(2026, 12, 31))
_AMOUNT = st.integers(1, 2_000_000)
_MOVE = st.tuples(
    _DAY,
    _AMOUNT,
    st.sampled_from(["deposit", "from fund", "from bank", "back to fund", "back to bank", "to other fund"]),
    st.sampled_from([Role.MEMBERSHIP, Role.DEDUCTIBLE, Role.CONTINGENCY]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_MOVE, max_size=10), st.integers(0, 500_000))
def test_the_budget_counts_each_dollar_once(
    empty_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    moves: list[tuple[date, int, str, Role]],
    opening: int,
) -> None:
    """What the budget counts is what care cost, plus what the funds hold more than at the beginning."""
    path = tmp_path_factory.mktemp("any") / "any.ledger"
    path.write_bytes(empty_file.read_bytes())
    ledger = open_ledger(path)
    home = move_in(services_over(ledger))
    first = home.fund(AccountKind.SINKING, opening, name="A")
    second = home.fund(AccountKind.CONTINGENCY, opening, name="B")
    cost = 0
    for day, amount, what, role in moves:
        if what == "deposit":
            home.put_in(day, amount, first, role)
        elif what == "to other fund":
            home.pay(day, amount, None, account_id=first.id, to_account_id=second.id)
        else:
            back = what.startswith("back")
            source = first.id if "fund" in what else home.bank
            home.pay(day, -amount if back else amount, role, payee="Care", account_id=source)
            cost += -amount if back else amount

    year = home.services.reports.budget_year(2026)

    balances = home.services.accounts.balances()
    grown = balances[first.id or 0] + balances[second.id or 0] - 2 * opening
    assert (year.total.actual or 0) == cost + grown
    by_month = [year.month_total(month).actual or 0 for month in year.months]
    assert sum(by_month) == cost + grown
    listed = parts(ledger.read(), year.period)
    assert sum(part.amount for part in listed if part.counts_in is not None) == cost + grown
    ledger.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 9_999_999_99), st.integers(0, 9_999_999_99), st.integers(1, 30))
def test_deposits_add_up_to_what_is_missing(
    empty_file: Path, tmp_path_factory: pytest.TempPathFactory, target: int, opening: int, months: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.ledger"
    path.write_bytes(empty_file.read_bytes())
    ledger: Ledger = open_ledger(path)
    home = move_in(services_over(ledger))
    due = add_months(date(2026, 11, 28), months)
    fund = _start(home, target=target, opening=opening, amount=0, due_on=due)
    assert fund.outlook is not None
    assert fund.outlook.equal is not None
    assert sum(amount for _, amount in fund.outlook.equal.deposits) == max(0, target - opening)
    if fund.outlook.monthly:
        # a recurring deposit of the first of them, every month until the day, is never too little
        close_sinking(ledger, fund.account, (), TODAY)
        again = _start(home, target=target, opening=opening, amount=fund.outlook.monthly, due_on=due)
        assert again.short == 0
    ledger.close()


def _workbook_actuals(services: Services, tmp_path: Path) -> dict[str, float]:
    """The actual of the membership line on each month's sheet of the workbook, as stored."""
    from openpyxl import load_workbook

    from tracker.services.workbook import export_budget

    book = load_workbook(export_budget(services, 2026, tmp_path / "Budget 2026.xlsx"), data_only=True)
    found = {}
    for name in book.sheetnames[1:13]:
        for cells in book[name].iter_rows(values_only=True):
            if cells[0] == "Concierge Membership Fee" and cells[2] is not None:
                found[name] = cells[2]
    return found
