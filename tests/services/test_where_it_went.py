"""The allocation ledger of a year through the services: every dollar under one pocket, once."""

from __future__ import annotations

import csv
import io
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from tracker.domain.accounts.allocation import by_pocket
from tracker.domain.accounts.hsa_pool import Pool
from tracker.domain.accounts.reimbursement_picker import PickBy, pick_receipts
from tracker.errors import UserProblem
from tracker.exports.went_csv import HEADINGS, went_csv
from tracker.facts import (
    Account,
    AccountKind,
    Allocation,
    Bill,
    BillShare,
    Claim,
    MoneySource,
    Payment,
    Person,
    Role,
    Statement,
)
from tracker.facts.accounts import ExpenseNote, Pocket, Repaid
from tracker.facts.claims import PaidTo
from tracker.reports.where_it_went import By, WentKind, WentLine, WhereItWent
from tracker.services.bundle import Services
from tracker.services.where_it_went import explain, mistaken, read_where_it_went

YEAR = 2026
CARE = date(2026, 3, 1)


def account(services: Services, kind: AccountKind) -> int:
    opened = date(2020, 1, 1) if kind is AccountKind.HSA else None
    fact = Account(name=f"The {kind}", kind=kind, opened_on=opened)
    return services.accounts.save(fact).new_id or 0


@pytest.fixture
def bank(services: Services) -> int:
    return account(services, AccountKind.BANK)


@pytest.fixture
def person(services: Services) -> int:
    return services.people.save_person(Person(name="Eleanor Whitfield")).new_id or 0


def pay(services: Services, amount: int, payee: str = "Meridian Labs", **more: object) -> int:
    line = next(
        item.id for item in services.people.household().categories if item.role is Role.COPAY_SPECIALIST
    )
    values: dict[str, object] = {
        "paid_on": CARE,
        "amount": amount,
        "allocations": (Allocation(category_id=line or 0, amount=amount),) if amount > 0 else (),
    }
    return services.payments.save(Payment(**(values | more)), payee=payee).new_id or 0  # type: ignore[arg-type]


def claim(services: Services, person: int, **more: object) -> int:
    values: dict[str, object] = {
        "person_id": person,
        "provider_id": 0,
        "service_from": CARE,
        "processed_on": CARE + timedelta(days=20),
    }
    made = Claim(**(values | more))  # type: ignore[arg-type]
    return services.claims.save(made, provider="Meridian Labs").new_id or 0


def bill(services: Services, person: int, amount: int, charges: int | None = None, **more: object) -> int:
    values: dict[str, object] = {
        "provider_id": 0,
        "person_id": person,
        "service_from": CARE,
        "statements": (Statement(stated_on=CARE + timedelta(days=30), amount=amount, charges=charges),),
    }
    made = Bill(**(values | more))  # type: ignore[arg-type]
    return services.care.save_bill(made, provider="Meridian Labs").new_id or 0


def line_of(went: WhereItWent, kind: WentKind, number: int) -> WentLine:
    return next(line for line in went.lines if (line.kind, line.id) == (kind, number))


# what counts where -------------------------------------------------------------------------------


def test_plans_the_member_and_what_is_open_add_up_to_the_care(
    services: Services, bank: int, person: int
) -> None:
    """Allowed 715: the plan paid 500, of the 215 left 115 was paid and 100 is open."""
    eob = claim(services, person, billed=900_00, allowed=715_00, plan_paid=500_00, you_owe=215_00)
    asked = bill(services, person, 215_00, 900_00)
    paid = pay(
        services, 115_00, account_id=bank, paid_on=TODAY, bills=(BillShare(bill_id=asked, amount=115_00),)
    )
    went = read_where_it_went(services, YEAR)
    assert went.whole == 715_00
    assert (went.totals[Pocket.INSURER], went.totals[Pocket.CASH], went.open) == (500_00, 115_00, 100_00)
    assert went.by_plans_directly == 500_00
    assert {(line.kind, line.id) for line in went.lines} == {
        (WentKind.CLAIM, eob),
        (WentKind.PAYMENT, paid),
        (WentKind.BILL, asked),
    }
    assert went.sentence == "2026 came to $715.00: plans bore $500.00 and you $115.00. $100.00 is open."


def test_an_explanation_names_the_bill_and_the_eob(services: Services, bank: int, person: int) -> None:
    claim(
        services,
        person,
        eob_number="E-77",
        billed=900_00,
        allowed=715_00,
        plan_paid=500_00,
        you_owe=215_00,
    )
    asked = bill(services, person, 215_00, 900_00, account_number="ML-1", description="Blood count")
    paid = pay(services, 215_00, account_id=bank, bills=(BillShare(bill_id=asked, amount=215_00),))
    went = read_where_it_went(services, YEAR)
    said = dict(explain(services, line_of(went, WentKind.PAYMENT, paid)))
    assert "$215.00 you paid yourself on Mar 1, 2026 (The bank)." in said["Where it went"]
    assert said["Bill"] == [
        "Bill of Mar 31, 2026 asks $215.00 for Blood count on Mar 1, 2026, account ML-1."
    ]
    assert said["EOB"] == [
        "EOB E-77 of Mar 21, 2026 for care on Mar 1, 2026: billed $900.00, allowed $715.00, "
        "the plan paid $500.00, you owe $215.00."
    ]
    assert said["May an HSA pay it"]


def test_money_the_plan_sent_to_the_member_counts_where_it_came_back(
    services: Services, bank: int, person: int
) -> None:
    claim(services, person, allowed=100_00, plan_paid=60_00, you_owe=40_00, paid_to=PaidTo.MEMBER)
    paid = pay(services, 100_00, account_id=bank)
    insurer = services.people.household().plans
    assert not insurer
    services.payments.save(
        Payment(paid_on=TODAY, amount=-60_00, account_id=bank, repays_id=paid), payee="BlueRiver"
    )
    went = read_where_it_went(services, YEAR)
    # A payee that is no insurer gave it back: the expense was that much smaller.
    assert (went.whole, went.totals[Pocket.CASH]) == (40_00, 40_00)


@pytest.mark.parametrize(("by", "year"), [(By.CARE, 2025), (By.PAID, 2026)])
def test_the_day_that_decides_the_year_can_be_chosen(
    services: Services, bank: int, person: int, by: By, year: int
) -> None:
    asked = bill(services, person, 80_00, service_from=date(2025, 12, 20))
    pay(services, 80_00, account_id=bank, paid_on=TODAY, bills=(BillShare(bill_id=asked, amount=80_00),))
    for other in (2025, 2026):
        went = read_where_it_went(services, other, by)
        assert went.whole == (80_00 if other == year else 0)


def test_a_second_plan_is_counted_once(services: Services, person: int) -> None:
    claim(services, person, allowed=300_00, plan_paid=200_00, other_paid=60_00, you_owe=40_00)
    went = read_where_it_went(services, YEAR)
    assert (went.totals[Pocket.INSURER], went.totals[Pocket.SECONDARY]) == (200_00, 60_00)


def test_an_hsa_that_paid_what_came_back_is_flagged_until_it_is_put_back(
    services: Services, bank: int
) -> None:
    hsa = account(services, AccountKind.HSA)
    paid = pay(services, 100_00, account_id=hsa)
    back = Payment(paid_on=TODAY, amount=-40_00, account_id=bank, repays_id=paid)
    made = services.payments.save(back, payee="Meridian Labs").new_id
    (found,) = read_where_it_went(services, YEAR).twice
    assert (found.pocket, found.amount) == (Pocket.HSA, 40_00)
    assert mistaken(services, [hsa]) == [found]
    assert mistaken(services, [bank]) == []
    services.payments.save(
        Payment(
            paid_on=TODAY,
            amount=40_00,
            account_id=bank,
            to_account_id=hsa,
            source=MoneySource.REPAID,
            tax_year=YEAR,
        )
    )
    assert read_where_it_went(services, YEAR).twice == ()
    services.ledger.undo()
    services.payments.save(replace(back, id=made, account_id=hsa))
    assert read_where_it_went(services, YEAR).twice == ()


# whatever the facts ------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "refund", "repaid", "deduct", "claim", "bill"]),
        st.sampled_from([AccountKind.BANK, AccountKind.HSA, AccountKind.FSA, AccountKind.HRA]),
        st.integers(0, 3),
        st.integers(1, 150_00),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, target=st.integers(1, 200_00), by=st.sampled_from(By))
def test_whatever_was_entered_adds_up_and_no_dollar_counts_twice(
    services: Services, steps: list[tuple[str, AccountKind, int, int]], target: int, by: By
) -> None:
    known = {item.kind: item.id or 0 for item in services.accounts.accounts()}
    ends = {kind: known.get(kind) or account(services, kind) for kind in (*{s[1] for s in steps},)}
    ends.setdefault(AccountKind.BANK, known.get(AccountKind.BANK) or account(services, AccountKind.BANK))
    people = services.people.people()
    who = people[0].id if people else services.people.save_person(Person(name="Eleanor")).new_id
    made: list[int] = []
    for what, kind, which, amount in steps:
        with suppress(UserProblem):
            _step(services, what, ends, kind, made, which, amount, who or 0)
    went = read_where_it_went(services, YEAR, by)
    _judge(went)
    paid = sum(item.net for item in services.expenses.all())
    assert paid == sum(line.amount for line in went.lines if line.kind is WentKind.PAYMENT)
    _judge_picks(services.expenses.pool(), target)


def _step(
    services: Services,
    what: str,
    ends: dict[AccountKind, int],
    kind: AccountKind,
    made: list[int],
    which: int,
    amount: int,
    who: int,
) -> None:
    expense = made[which % len(made)] if made else 0
    match what:
        case "refund" if made:
            back = Payment(paid_on=TODAY, amount=-amount, account_id=ends[kind], repays_id=expense)
            services.payments.save(back, payee="Meridian Labs")
        case "repaid" if made and kind is not AccountKind.BANK:
            services.payments.save(
                Payment(
                    paid_on=TODAY,
                    amount=amount,
                    account_id=ends[kind],
                    to_account_id=ends[AccountKind.BANK],
                    repaid=(Repaid(expense_id=expense, amount=amount),),
                )
            )
        case "deduct" if made:
            note = ExpenseNote(payment_id=expense, deducted=amount, deducted_year=YEAR)
            services.untaxed.save_expense_notes([note])
        case "claim":
            claim(services, who, plan_paid=amount, other_paid=which, you_owe=which)
        case "bill":
            bill(services, who, amount, self_pay=bool(which % 2))
        case _:
            made.append(pay(services, amount, account_id=ends[kind], person_id=who))


def _judge(went: WhereItWent) -> None:
    for line in went.lines:
        assert 0 <= line.allocated.allocated <= line.amount
        assert line.allocated.allocated + line.allocated.open == line.amount
    assert sum(went.totals.values()) + went.open == went.whole
    assert went.totals == by_pocket(line.allocated for line in went.lines)
    assert len({line.key for line in went.lines}) == len(went.lines)


def _judge_picks(pool: Pool, target: int) -> None:
    for by in PickBy:
        for proven_only in (True, False):
            most = pool.proven if proven_only else pool.available
            if target > most:
                with pytest.raises(UserProblem, match="at most"):
                    pick_receipts(pool, target, by, proven_only=proven_only)
                continue
            batch = pick_receipts(pool, target, by, proven_only=proven_only)
            assert batch.total <= target
            assert batch.total == target or by is PickBy.EXACT
            assert by is not PickBy.EXACT or all(pick.left == 0 for pick in batch.picks)
            available = {line.expense.id: line.available for line in pool.lines}
            assert all(pick.amount + pick.left == available[pick.expense.id] for pick in batch.picks)


# files and speed ---------------------------------------------------------------------------------


def test_the_file_adds_up_and_calculates_nothing(services: Services, bank: int, person: int) -> None:
    pay(services, 80_00, "=HYPERLINK(1)", account_id=bank, note="-2+3 @home,\n\u201cquoted\u201d")
    claim(services, person, plan_paid=20_00)
    went = read_where_it_went(services, YEAR)
    text = went_csv(went.lines).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == HEADINGS
    paid = next(row for row in rows if row["Kind"] == "Payment")
    assert paid["Payee"] == "'=HYPERLINK(1)"
    assert paid["For what"] == "'-2+3 @home, \u201cquoted\u201d"
    assert (paid["Amount"], paid["Own cash"], paid["Insurer"]) == ("80.00", "80.00", "")
    straight = next(row for row in rows if row["Kind"] == "Paid by the plan")
    assert (straight["Insurer"], straight["Date paid"]) == ("20.00", "2026-03-21")


def test_fifty_thousand_payments_are_read_in_a_second_or_two(services: Services, bank: int) -> None:
    """Generous, for machines that do other things as well; a quadratic reading would take minutes."""
    days = [date(2026, 1, 1) + timedelta(days=n % 320) for n in range(50_000)]
    drafts = [(Payment(paid_on=day, amount=10_00, account_id=bank), "") for day in days]
    with services.ledger.write("Many") as work:
        services.payments.put_many(work, drafts)
    services.papers.read()
    begin = time.perf_counter()
    went = read_where_it_went(services, YEAR)
    took = time.perf_counter() - begin
    assert went.totals[Pocket.CASH] == 50_000 * 10_00
    assert took < 5
