"""Money in and out of accounts: never before the HSA exists, never an expense back twice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.services.refusals import refused
from tracker.domain.accounts.hsa_contributions import contribution_deadline
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Frequency, MoneySource, Payment, Person, Recurring
from tracker.facts.accounts import ExpenseNote, FsaYear, Hra, HraKind, Repaid
from tracker.services.bundle import Services

OPENED = date(2025, 3, 1)


def account(services: Services, kind: AccountKind, **more: object) -> int:
    fact = replace(Account(name=f"The {kind}", kind=kind), **more)  # type: ignore[arg-type]
    return services.accounts.save(fact).new_id or 0


@pytest.fixture
def bank(services: Services) -> int:
    return account(services, AccountKind.BANK)


@pytest.fixture
def hsa(services: Services) -> int:
    return account(services, AccountKind.HSA, opened_on=OPENED)


def saved(services: Services, payment: Payment) -> int:
    return services.payments.save(payment, payee=None if payment.to_account_id else "Shop").new_id or 0


def expense(services: Services, amount: int = 100_00) -> int:
    return saved(services, Payment(paid_on=date(2026, 3, 1), amount=amount))


def paid_back(bank: int, hsa: int, amount: int, *parts: tuple[int, int]) -> Payment:
    return Payment(
        paid_on=date(2026, 3, 3),
        amount=amount,
        account_id=hsa,
        to_account_id=bank,
        repaid=tuple(Repaid(expense_id=one, amount=part) for one, part in parts),
    )


# the HSA's first day -----------------------------------------------------------------------------


@pytest.mark.parametrize("into", [True, False])
def test_nothing_moves_in_an_hsa_before_it_exists(
    services: Services, bank: int, hsa: int, into: bool
) -> None:
    ends = (bank, hsa) if into else (hsa, bank)
    payment = Payment(
        paid_on=OPENED - timedelta(days=1), amount=1, account_id=ends[0], to_account_id=ends[1]
    )
    refused(
        services.ledger,
        lambda: services.payments.save(payment),
        match="was opened on Mar 1, 2025, after this day",
        field="paid_on",
    )
    saved(services, replace(payment, paid_on=OPENED))


def test_a_distribution_before_the_account_existed(services: Services, hsa: int) -> None:
    payment = Payment(paid_on=date(2025, 2, 28), amount=20_00, account_id=hsa)
    refused(services.ledger, lambda: saved(services, payment), field="paid_on")


def test_an_hsa_cannot_be_opened_after_its_first_movement(services: Services, bank: int, hsa: int) -> None:
    saved(services, Payment(paid_on=OPENED, amount=5_00, account_id=bank, to_account_id=hsa))
    held = next(item for item in services.accounts.accounts() if item.id == hsa)
    later = replace(held, opened_on=OPENED + timedelta(days=1))
    refused(
        services.ledger,
        lambda: services.accounts.save(later),
        match="Money moved in it on Mar 1, 2025",
        field="opened_on",
    )
    services.accounts.save(replace(held, opened_on=OPENED - timedelta(days=400)))


def test_other_accounts_have_no_first_day(services: Services, bank: int) -> None:
    fund = account(services, AccountKind.CONTINGENCY, opened_on=TODAY)
    saved(services, Payment(paid_on=date(2020, 1, 1), amount=5_00, account_id=bank, to_account_id=fund))


# tax years ---------------------------------------------------------------------------------------

CONTRIBUTING = [None, MoneySource.OWN, MoneySource.PAYROLL, MoneySource.EMPLOYER]


@pytest.mark.parametrize("source", CONTRIBUTING)
def test_a_contribution_is_for_its_year_or_the_one_before_until_the_filing_day(
    services: Services, bank: int, hsa: int, source: MoneySource | None
) -> None:
    last = contribution_deadline(2025)
    into = Payment(paid_on=last, amount=1, account_id=bank, to_account_id=hsa, tax_year=2025, source=source)
    saved(services, into)
    saved(services, replace(into, tax_year=2026))
    saved(services, replace(into, tax_year=None))
    late = replace(into, paid_on=last + timedelta(days=1))
    for wrong in (late, replace(into, tax_year=2027), replace(into, tax_year=2024)):
        refused(
            services.ledger,
            lambda wrong=wrong: services.payments.save(wrong),
            match=f"cannot be for {wrong.tax_year}",
            field="tax_year",
        )


def test_what_is_no_contribution_has_no_filing_day(services: Services, bank: int, hsa: int) -> None:
    for source in set(MoneySource) - set(CONTRIBUTING):
        saved(
            services,
            Payment(
                paid_on=TODAY, amount=1, account_id=bank, to_account_id=hsa, tax_year=2024, source=source
            ),
        )


# the kind of an account --------------------------------------------------------------------------


def test_the_kind_of_an_account_in_use_stays(services: Services, bank: int, hsa: int) -> None:
    def change(account_id: int, kind: AccountKind) -> None:
        held = next(item for item in services.accounts.accounts() if item.id == account_id)
        services.accounts.save(replace(held, kind=kind, opened_on=None))

    change(hsa, AccountKind.FSA)
    change(hsa, AccountKind.HSA)
    saved(services, Payment(paid_on=TODAY, amount=1, account_id=bank, to_account_id=hsa))
    change(bank, AccountKind.CARD)
    for account_id, kind in ((hsa, AccountKind.FSA), (bank, AccountKind.CONTINGENCY)):
        refused(
            services.ledger,
            lambda one=account_id, other=kind: change(one, other),
            match="in use cannot change",
            field="kind",
        )
    fsa, hra = account(services, AccountKind.FSA), account(services, AccountKind.HRA)
    year = (date(2026, 1, 1), date(2026, 12, 31))
    services.untaxed.save_fsa_year(FsaYear(account_id=fsa, begins_on=year[0], ends_on=year[1], election=1))
    services.untaxed.save_hra_year(
        Hra(account_id=hra, kind=HraKind.ICHRA, begins_on=year[0], ends_on=year[1], credit=1)
    )
    for account_id in (fsa, hra):
        refused(
            services.ledger,
            lambda one=account_id: change(one, AccountKind.BANK),
            match="in use cannot change",
            field="kind",
        )


# a birth date to come ----------------------------------------------------------------------------


def test_a_birth_date_in_the_future(services: Services) -> None:
    born_today = Person(name="Nora", birth_date=TODAY)
    services.people.save_person(born_today)
    for day, match in (
        (TODAY + timedelta(days=1), "lies in the future"),
        (date(1899, 12, 31), "before 1900"),
    ):
        person = replace(born_today, birth_date=day)
        refused(
            services.ledger,
            lambda person=person: services.people.save_person(person),
            match=match,
            field="birth_date",
        )


# no dollar back twice ----------------------------------------------------------------------------


def test_several_expenses_paid_back_at_once_come_back_and_are_undone(
    services: Services, bank: int, hsa: int
) -> None:
    one, two = expense(services), expense(services, 40_00)
    payment = paid_back(bank, hsa, 150_00, (one, 100_00), (two, 40_00))
    made = saved(services, payment)
    assert services.payments.get(made).repaid == payment.repaid
    services.payments.save(replace(payment, id=made, repaid=payment.repaid[:1]))
    assert services.payments.get(made).repaid == payment.repaid[:1]
    services.ledger.undo()
    assert services.payments.get(made).repaid == payment.repaid


def test_parts_that_cannot_be(services: Services, bank: int, hsa: int) -> None:
    one = expense(services)
    moved = saved(services, Payment(paid_on=TODAY, amount=9, account_id=bank, to_account_id=hsa))
    refund = saved(services, Payment(paid_on=TODAY, amount=-9))
    wrong = [
        (paid_back(bank, hsa, 50_00, (one, 0)), "more than zero", "repaid"),
        (paid_back(bank, hsa, 50_00, (one, -1)), "more than zero", "repaid"),
        (paid_back(bank, hsa, 50_00, (one, 50_01)), r"add to \$50\.01", "repaid"),
        (paid_back(bank, hsa, 150_00, (one, 100_01)), "would come back", "repaid"),
        (paid_back(bank, hsa, 150_00, (one, 60_00), (one, 60_00)), "is there twice", "repaid"),
        (paid_back(bank, hsa, 9, (moved, 9)), "Only an expense", "repaid"),
        (paid_back(bank, hsa, 9, (refund, 9)), "Only an expense", "repaid"),
        (paid_back(bank, hsa, 9, (999, 9)), "was removed", "repaid"),
    ]
    for payment, match, field in wrong:
        refused(
            services.ledger,
            lambda payment=payment: services.payments.save(payment),
            match=match,
            field=field,
        )


def test_an_expense_cannot_shrink_below_what_came_back(services: Services, bank: int, hsa: int) -> None:
    one = expense(services)
    saved(services, paid_back(bank, hsa, 60_00, (one, 60_00)))
    services.untaxed.save_expense_notes([ExpenseNote(payment_id=one, deducted=30_00, deducted_year=2026)])
    held = services.payments.get(one)
    services.payments.save(replace(held, amount=90_00))
    refused(
        services.ledger,
        lambda: services.payments.save(replace(held, amount=89_99)),
        match="No dollar can count twice",
        field="amount",
    )
    refund = Payment(paid_on=TODAY, amount=-1, repays_id=one)
    refused(services.ledger, lambda: saved(services, refund), field="amount")


def test_a_recurring_payment_is_judged_as_well(services: Services, bank: int) -> None:
    """A due recorded into an HSA that was not there yet."""
    hsa = account(services, AccountKind.HSA, opened_on=TODAY + timedelta(days=1))
    services.recurring.save(
        Recurring(
            label="Deposit",
            amount=5_00,
            frequency=Frequency.MONTHLY,
            first_due=TODAY,
            account_id=bank,
            to_account_id=hsa,
        )
    )
    due = services.recurring.dues(until=TODAY)[0]
    refused(services.ledger, lambda: services.recurring.record(due, paid_on=TODAY), field="paid_on")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["repaid", "refund", "deducted", "shrink", "undo", "remove"]),
        st.integers(0, 1),
        st.integers(1, 120),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_steps_brings_an_expense_back_more_than_once(
    services: Services, steps: list[tuple[str, int, int]]
) -> None:
    """Whatever is tried, refunds, parts paid back and the deduction never exceed the expense."""
    bank, hsa = account(services, AccountKind.BANK), account(services, AccountKind.HSA)
    expenses = [expense(services, 100), expense(services, 60)]
    changes = 0
    for what, which, amount in steps:
        with suppress(UserProblem):
            changes += _tried(services, what, expenses[which], amount, (bank, hsa), changes)
        for one in expenses:
            _judge(services, one)


def _tried(
    services: Services, what: str, one: int, amount: int, ends: tuple[int, int], changes: int
) -> int:
    """Try one step; how many changes there are more afterwards."""
    match what:
        case "repaid":
            saved(services, paid_back(*ends, amount, (one, amount)))
        case "refund":
            saved(services, Payment(paid_on=TODAY, amount=-amount, repays_id=one))
        case "deducted":
            services.untaxed.save_expense_notes(
                [ExpenseNote(payment_id=one, deducted=amount, deducted_year=2026)]
            )
        case "shrink":
            services.payments.save(replace(services.payments.get(one), amount=amount))
        case "remove":
            others = [found for found in services.payments.ids().ids if found > one + 1]
            if not others:
                return 0
            services.payments.remove(others[:1])
        case _:
            if not changes:
                return 0
            services.ledger.undo()
            return -1
    return 1


def _judge(services: Services, one: int) -> None:
    held = services.payments.get(one)
    refunded = -sum(item.amount for item in services.payments.refunds_of(one))
    everything = [services.payments.get(found) for found in services.payments.ids().ids]
    repaid = sum(part.amount for item in everything for part in item.repaid if part.expense_id == one)
    note = services.untaxed.expense_notes().get(one)
    assert refunded + repaid + (note.deducted if note else 0) <= held.amount
