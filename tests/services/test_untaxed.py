"""Plan years, other coverage, statements, funds and notes on expenses: kept, undone, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.refusals import refused
from tracker.changes import Area
from tracker.facts import Account, AccountKind, Payment, Person
from tracker.facts.accounts import (
    AccountStatement,
    AfterYear,
    Cover,
    CoverageKind,
    ExpenseNote,
    FsaYear,
    Hra,
    HraKind,
    Qualifies,
    Repaid,
)
from tracker.facts.household_budget import FundPlan, FundScenario, TargetMethod
from tracker.facts.taxes import OwnLimit
from tracker.services.bundle import Services

NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)


def account(services: Services, kind: AccountKind, **more: object) -> int:
    fact = replace(Account(name=f"The {kind}", kind=kind), **more)  # type: ignore[arg-type]
    return services.accounts.save(fact).new_id or 0


def fsa_year(account_id: int, **more: object) -> FsaYear:
    year = FsaYear(
        account_id=account_id, begins_on=NEW_YEAR, ends_on=NEW_YEARS_EVE, election=480_00, carried_in=120_00
    )
    return replace(year, **more)  # type: ignore[arg-type]


def hra_year(account_id: int, **more: object) -> Hra:
    year = Hra(
        account_id=account_id,
        kind=HraKind.EBHRA,
        begins_on=NEW_YEAR,
        ends_on=NEW_YEARS_EVE,
        credit=300_00,
        pays=("dental_vision", "cost_sharing"),
        never_pays=("premiums",),
        keeps_rest=False,
    )
    return replace(year, **more)  # type: ignore[arg-type]


# plan years --------------------------------------------------------------------------------------


def test_an_fsa_year_is_kept_changed_removed_and_undone(services: Services) -> None:
    to, fsa = services.untaxed, account(services, AccountKind.FSA)
    year = fsa_year(fsa, after=AfterYear.CARRY_OVER, carry_over_most=200_00)
    made = to.save_fsa_year(year)
    assert Area.ACCOUNTS in made.areas
    held = replace(year, id=made.new_id)
    assert to.fsa_years(fsa) == [held]
    to.save_fsa_year(replace(held, election=3_400_00))
    to.remove_fsa_years([held.id or 0])
    assert to.fsa_years() == []
    services.ledger.undo()
    services.ledger.undo()
    assert to.fsa_years() == [held]


def test_an_hra_year_is_kept_removed_and_undone(services: Services) -> None:
    to, hra = services.untaxed, account(services, AccountKind.HRA)
    made = to.save_hra_year(hra_year(hra)).new_id
    assert to.hra_years(hra) == [hra_year(hra, id=made)]
    to.remove_hra_years([made or 0])
    assert to.hra_years() == []
    services.ledger.undo()
    assert to.hra_years() == [hra_year(hra, id=made)]


@pytest.mark.parametrize(
    ("changed", "match", "field"),
    [
        ({"ends_on": date(2025, 12, 31)}, "ends before it begins", "ends_on"),
        ({"ends_on": date(2027, 1, 1)}, "twelve months at most", "ends_on"),
        ({"election": 3_400_01}, r"limit for 2026 is \$3,400\.00", "election"),
        ({"election": -1}, "zero or more", "election"),
        ({"carried_in": -1}, "zero or more", "election"),
        ({"run_out_ends_on": date(2026, 12, 30)}, "before the end of the plan year", "run_out_ends_on"),
    ],
)
def test_fsa_years_that_cannot_be(
    services: Services, changed: dict[str, object], match: str, field: str
) -> None:
    bad = fsa_year(account(services, AccountKind.FSA), **changed)
    refused(services.ledger, lambda: services.untaxed.save_fsa_year(bad), match=match, field=field)


def test_a_year_without_a_published_limit_asks_and_takes_the_own_one(services: Services) -> None:
    fsa = account(services, AccountKind.FSA)
    year = fsa_year(fsa, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    save = services.untaxed.save_fsa_year
    refused(
        services.ledger, lambda: save(year), match="health FSA limit of 2027 is not known", field="year"
    )
    services.taxes.save_own_limit(OwnLimit(year=2027, name="fsa_contribution", amount=480_00))
    save(year)
    services.ledger.undo()
    refused(services.ledger, lambda: save(replace(year, election=480_01)), field="election")


@pytest.mark.parametrize(
    ("changed", "match", "field"),
    [
        ({"ends_on": date(2025, 12, 31)}, "ends before it begins", "ends_on"),
        ({"credit": 2_200_01}, r"\$2,200\.00", "credit"),
        ({"kind": HraKind.QSEHRA, "credit": 6_450_01}, r"\$6,450\.00", "credit"),
        ({"kind": HraKind.QSEHRA, "family": True, "credit": 13_100_01}, r"\$13,100\.00", "credit"),
    ],
)
def test_hra_years_that_cannot_be(
    services: Services, changed: dict[str, object], match: str, field: str
) -> None:
    bad = hra_year(account(services, AccountKind.HRA), **changed)
    refused(services.ledger, lambda: services.untaxed.save_hra_year(bad), match=match, field=field)


@pytest.mark.parametrize("begins_on", [date(2026, 12, 31), date(2025, 6, 1), date(2026, 3, 1)])
def test_plan_years_of_one_account_never_overlap(services: Services, begins_on: date) -> None:
    to = services.untaxed
    fsa, hra = account(services, AccountKind.FSA), account(services, AccountKind.HRA)
    to.save_fsa_year(fsa_year(fsa))
    to.save_hra_year(hra_year(hra))
    ends_on = date(begins_on.year + 1, begins_on.month, 1) if begins_on.month < 12 else date(2027, 11, 30)
    moved = {"begins_on": begins_on, "ends_on": min(ends_on, date(2027, 1, 31))}
    if begins_on.year == 2026:
        moved["ends_on"] = date(2027, 1, 31)
    second = replace(hra_year(hra), **moved)  # type: ignore[arg-type]
    refused(services.ledger, lambda: to.save_hra_year(second), match="overlaps the one", field="begins_on")
    short = fsa_year(fsa, begins_on=begins_on, ends_on=max(begins_on, date(2026, 1, 1)))
    refused(services.ledger, lambda: to.save_fsa_year(short), match="overlaps the one", field="begins_on")
    # Another employee's account has a year of its own.
    to.save_fsa_year(fsa_year(account(services, AccountKind.FSA)))


def test_a_plan_year_may_be_changed_within_itself(services: Services) -> None:
    to, fsa = services.untaxed, account(services, AccountKind.FSA)
    made = to.save_fsa_year(fsa_year(fsa)).new_id
    to.save_fsa_year(fsa_year(fsa, id=made, begins_on=date(2026, 2, 1)))
    to.save_fsa_year(fsa_year(fsa, begins_on=NEW_YEAR, ends_on=date(2026, 1, 31)))
    assert [year.begins_on.month for year in to.fsa_years(fsa)] == [1, 2]


# other coverage ----------------------------------------------------------------------------------


def test_other_coverage_is_kept_removed_and_undone(services: Services) -> None:
    to = services.untaxed
    martin = services.people.save_person(Person(name="Martin")).new_id
    cover = Cover(person_id=martin, kind=CoverageKind.DENTAL_VISION, begins_on=NEW_YEAR, name="Work")
    made = to.save_cover(cover).new_id
    assert to.covers() == [replace(cover, id=made)]
    to.remove_covers([made or 0])
    services.ledger.undo()
    assert to.covers() == [replace(cover, id=made)]
    nobody = replace(cover, person_id=None)
    refused(services.ledger, lambda: to.save_cover(nobody), match="Whose coverage", field="person_id")
    ended = replace(cover, ends_on=date(2025, 12, 31))
    refused(services.ledger, lambda: to.save_cover(ended), match="ends before", field="ends_on")


# statements --------------------------------------------------------------------------------------


def test_a_statement_replaces_one_of_the_same_day(services: Services) -> None:
    to, bank = services.untaxed, account(services, AccountKind.BANK, opening=100_00)
    services.payments.save(Payment(paid_on=date(2026, 3, 1), amount=30_00, account_id=bank), payee="Shop")
    assert to.balance_on(bank, date(2026, 2, 28)) == 100_00
    assert to.balance_on(bank, date(2026, 3, 1)) == 70_00
    day = date(2026, 3, 31)
    to.save_statement(AccountStatement(account_id=bank, stated_on=day, balance=70_00))
    to.save_statement(AccountStatement(account_id=bank, stated_on=NEW_YEAR, balance=-1))
    to.save_statement(AccountStatement(account_id=bank, stated_on=day, balance=65_50, note="Fee"))
    assert [item.balance for item in to.statements(bank)] == [65_50, -1]
    services.ledger.undo()
    assert [item.balance for item in to.statements()] == [70_00, -1]
    to.remove_statements([item.id or 0 for item in to.statements()])
    assert to.statements() == []


# funds -------------------------------------------------------------------------------------------


def test_how_a_fund_is_sized_is_kept_once_per_fund(services: Services) -> None:
    to, fund = services.untaxed, account(services, AccountKind.CONTINGENCY)
    plan = FundPlan(account_id=fund, method=TargetMethod.FULL, probability=0, not_covered=300_00)
    to.save_fund_plan(plan)
    to.save_fund_plan(replace(plan, probability=10_000, due_on=date(2027, 1, 2)))
    assert to.fund_plans() == {fund: replace(plan, probability=10_000, due_on=date(2027, 1, 2))}
    services.ledger.undo()
    assert to.fund_plans() == {fund: plan}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"probability": 10_001}, "probability"),
        ({"probability": -1}, "probability"),
        ({"months": 0}, "months"),
        ({"repay_months": 241}, "months"),
        ({"not_covered": -1}, "not_covered"),
        ({"balance_bills": -1}, "not_covered"),
    ],
)
def test_sizes_that_cannot_be(services: Services, changed: dict[str, object], field: str) -> None:
    plan = FundPlan(account_id=account(services, AccountKind.CONTINGENCY))
    bad = replace(plan, **changed)  # type: ignore[arg-type]
    refused(services.ledger, lambda: services.untaxed.save_fund_plan(bad), field=field)


def test_scenarios_are_exactly_those_given(services: Services) -> None:
    to = services.untaxed
    first = FundScenario(label="Emergency room", probability=1_500, category="ER", allowed=1_450_00)
    second = FundScenario(label="Crown", probability=0, cost=0)
    to.save_fund_scenarios([first, second])
    to.save_fund_scenarios([second])
    assert [item.label for item in to.fund_scenarios()] == ["Crown"]
    services.ledger.undo()
    assert [replace(item, id=None) for item in to.fund_scenarios()] == [first, second]


@pytest.mark.parametrize(
    "bad",
    [
        FundScenario(label=" ", probability=1_500),
        FundScenario(label="MRI", probability=10_001),
        FundScenario(label="MRI", probability=1, cost=-1),
        FundScenario(label="MRI", probability=1, allowed=-1),
    ],
)
def test_scenarios_that_cannot_be(services: Services, bad: FundScenario) -> None:
    refused(services.ledger, lambda: services.untaxed.save_fund_scenarios([bad]), field="scenarios")


# notes on expenses -------------------------------------------------------------------------------


def expense(services: Services, amount: int = 100_00) -> int:
    payment = Payment(paid_on=date(2026, 3, 1), amount=amount)
    return services.payments.save(payment, payee="Shop").new_id or 0


def test_a_note_is_kept_replaced_and_removed(services: Services) -> None:
    to, paid = services.untaxed, expense(services)
    note = ExpenseNote(
        payment_id=paid,
        item="massage",
        qualifies=Qualifies.PART,
        eligible=70_00,
        deducted=20_00,
        deducted_year=2026,
    )
    to.save_expense_notes([note])
    assert to.expense_notes() == {paid: note}
    to.save_expense_notes([ExpenseNote(payment_id=paid)])
    assert to.expense_notes() == {}
    services.ledger.undo()
    assert to.expense_notes() == {paid: note}
    services.payments.remove([paid])
    assert to.expense_notes() == {}


@pytest.mark.parametrize(
    ("changed", "match", "field"),
    [
        ({"eligible": 90_01}, r"between zero and the \$90\.00", "eligible"),
        ({"eligible": -1}, "between zero", "eligible"),
        ({"deducted": 60_01, "deducted_year": 2026}, r"At most \$60\.00", "deducted"),
        ({"deducted": -1}, "At most", "deducted"),
        ({"deducted": 1}, "which tax year", "deducted_year"),
    ],
)
def test_a_note_claims_no_dollar_that_came_back(
    services: Services, changed: dict[str, object], match: str, field: str
) -> None:
    """Of 100.00, 10.00 were refunded and 30.00 paid back by the HSA."""
    paid = expense(services)
    bank, hsa = account(services, AccountKind.BANK), account(services, AccountKind.HSA)
    services.payments.save(Payment(paid_on=date(2026, 3, 2), amount=-10_00, repays_id=paid), payee="Shop")
    services.payments.save(
        Payment(
            paid_on=date(2026, 3, 3),
            amount=30_00,
            account_id=hsa,
            to_account_id=bank,
            repaid=(Repaid(expense_id=paid, amount=30_00),),
        )
    )
    bad = replace(ExpenseNote(payment_id=paid), **changed)  # type: ignore[arg-type]
    refused(services.ledger, lambda: services.untaxed.save_expense_notes([bad]), match=match, field=field)


def test_only_an_expense_has_a_note(services: Services) -> None:
    bank, hsa = account(services, AccountKind.BANK), account(services, AccountKind.HSA)
    move = Payment(paid_on=date(2026, 3, 3), amount=5_00, account_id=bank, to_account_id=hsa)
    moved = services.payments.save(move).new_id or 0
    back = Payment(paid_on=date(2026, 3, 3), amount=-5_00)
    refund = services.payments.save(back, payee="Shop").new_id or 0
    save = services.untaxed.save_expense_notes
    for payment_id, match in ((moved, "Only an expense"), (refund, "Only an expense"), (999, "removed")):
        note = ExpenseNote(payment_id=payment_id, note="x")
        refused(services.ledger, lambda note=note: save([note]), match=match, field=None)
