"""The tax worksheet through a ledger: figures of the rulebook, entries, marks, and what is asked."""

from __future__ import annotations

import gc
import random
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.benchmarks.make_big import make_big
from tests.conftest import TODAY, open_ledger
from tests.services.refusals import refused
from tests.services.untaxed_kit import account, copay, cover, hsa_of, person, put_in, take_out
from tracker.domain.accounts.tax_sheet import Asked, SheetLine
from tracker.errors import UserProblem
from tracker.facts import AccountKind, Allocation, MoneySource, Payment, Role
from tracker.facts.accounts import ExpenseNote, FsaYear, Qualifies
from tracker.facts.taxes import FilingStatus, OwnLimit, TaxFacts, Trip
from tracker.services.bundle import Services, services_over
from tracker.services.tax_deducted import (
    BEFORE_TAX,
    mark_deducted,
    premiums_before_tax,
    unmark_deducted,
    why_not_marked,
)
from tracker.services.tax_year import TaxYear, read_tax_year

ITEMIZES = TaxFacts(
    year=2026, income=120_000_00, status=FilingStatus.SINGLE, other_itemized=20_000_00, federal_rate=2_200
)


def amounts(lines: tuple[SheetLine, ...]) -> dict[str, int | None]:
    return {line.number: line.amount for line in lines}


def paid_under(services: Services, role: Role, amount: int, on: date = date(2026, 4, 1)) -> int:
    line = next(item.id for item in services.budget.categories() if item.role is role)
    made = Payment(
        paid_on=on, amount=amount, allocations=(Allocation(category_id=line or 0, amount=amount),)
    )
    return services.payments.save(made, payee="BlueRiver Health").new_id or 0


def all_lines(shown: TaxYear) -> list[SheetLine]:
    forms = [line for form in shown.forms for line in form.lines]
    return [*forms, *shown.medical.parts, *shown.medical.lines]


def check_sources(shown: TaxYear) -> None:
    """Every line that has entries is their sum; line 1 is that of its parts."""
    for line in all_lines(shown):
        if line.sources:
            assert line.sourced == line.amount, line.number
    assert sum(part.amount or 0 for part in shown.medical.parts) == shown.medical.expenses
    for form in shown.forms:
        for line in form.lines:
            if line.number in ("2", "9", "14a", "14b", "15"):
                assert line.sourced == line.amount, line.number


# the deduction -----------------------------------------------------------------------------


@pytest.mark.parametrize(("spent", "cents"), [(14_700_00, 5_700_00), (8_000_00, 0)])
def test_the_deduction_of_the_rulebook(services: Services, spent: int, cents: int) -> None:  # C17, C18
    person(services)
    copay(services, spent)
    services.taxes.save_facts(ITEMIZES)
    shown = read_tax_year(services, 2026)
    assert amounts(shown.medical.lines) == {"1": spent, "2": 120_000_00, "3": 9_000_00, "4": cents}
    check_sources(shown)


def test_line_1_takes_care_premiums_the_care_part_and_drives(sample: Services) -> None:
    shown = read_tax_year(sample, 2026)
    parts = amounts(shown.medical.parts)
    assert parts["1b"] == 11 * 450_00
    assert parts["1c"] == 10 * 105_00  # 35 % of each monthly fee, as the practice wrote
    assert parts["1d"] == shown.mileage.total > 0
    check_sources(shown)
    assert any(ask.kind is Asked.EXPENSES for ask in shown.asks)


def test_what_came_back_from_a_fund_is_still_own_cash(services: Services) -> None:
    person(services)
    bank = account(services, AccountKind.BANK)
    fund = account(services, AccountKind.CONTINGENCY, opening=500_00)
    first = copay(services, 14_000_00, account_id=bank)
    second = copay(services, 700_00, account_id=bank)
    take_out(services, fund, bank, 300_00, (first, 300_00))
    hsa = hsa_of(services, 1, opening=900_00)
    take_out(services, hsa, bank, 200_00, (second, 200_00))
    services.taxes.save_facts(ITEMIZES)
    shown = read_tax_year(services, 2026)
    assert shown.medical.expenses == 14_500_00
    mark_deducted(services, 2026)
    assert services.untaxed.expense_notes()[first].deducted == 14_000_00
    assert services.untaxed.expense_notes()[second].deducted == 500_00


# Form 8889 ---------------------------------------------------------------------------------


def test_form_8889_through_a_ledger(services: Services) -> None:
    owner = person(services)
    hsa, bank = hsa_of(services, owner, opening=2_000_00), account(services, AccountKind.BANK)
    cover(services, owner)
    put_in(services, hsa, 1_200_00, MoneySource.EMPLOYER)
    put_in(services, hsa, 1_000_00, MoneySource.PAYROLL)
    put_in(services, hsa, 900_00, MoneySource.OWN)
    put_in(services, hsa, 400_00, on=date(2027, 3, 1), tax_year=2026)
    care = copay(services, 250_00, account_id=bank)
    take_out(services, hsa, bank, 250_00, (care, 250_00))
    take_out(services, hsa, bank, 1_000_00)  # for nothing
    services.taxes.save_facts(ITEMIZES)
    shown = read_tax_year(services, 2026)
    (form,) = shown.forms
    found = amounts(form.lines)
    assert (found["2"], found["3"], found["9"], found["12"], found["13"]) == (
        1_300_00,
        4_400_00,
        2_200_00,
        2_200_00,
        1_300_00,
    )
    assert (found["14a"], found["15"], found["16"], found["17b"]) == (1_250_00, 250_00, 1_000_00, 200_00)
    assert form.tax.total == 420_00  # C10
    assert [item.amount for item in form.without_care] == [1_000_00]
    assert (form.own, form.payroll) == (1_300_00, 1_000_00)
    check_sources(shown)
    # what the HSA paid back is no longer on line 1
    assert shown.medical.expenses == 0


def test_an_excess_and_a_rollover_stay_traceable(services: Services) -> None:
    owner = person(services)
    hsa, bank = hsa_of(services, owner), account(services, AccountKind.BANK)
    cover(services, owner)
    put_in(services, hsa, 5_000_00, MoneySource.OWN)
    put_in(services, hsa, 300_00, MoneySource.EMPLOYER)
    take_out(services, hsa, bank, 900_00, source=MoneySource.EXCESS, on=date(2026, 12, 1), tax_year=2026)
    shown = read_tax_year(services, 2026)
    found = amounts(shown.forms[0].lines)
    assert (found["2"], found["9"], found["14a"], found["14b"], found["14c"]) == (
        4_100_00,
        300_00,
        900_00,
        900_00,
        0,
    )
    check_sources(shown)


def test_every_owner_has_a_form(services: Services) -> None:
    one, two = person(services), person(services, "Ben")
    put_in(services, hsa_of(services, one), 100_00, MoneySource.OWN)
    put_in(services, hsa_of(services, two), 200_00, MoneySource.OWN)
    shown = read_tax_year(services, 2026)
    assert [(form.person, amounts(form.lines)["2"]) for form in shown.forms] == [
        ("Ana", 100_00),
        ("Ben", 200_00),
    ]


def test_an_hsa_opened_later_has_no_form(services: Services) -> None:
    hsa_of(services, person(services), opened_on=date(2026, 3, 1))
    assert not read_tax_year(services, 2025).forms
    assert read_tax_year(services, 2026).forms


@pytest.mark.parametrize("seed", range(12))
def test_entries_always_add_up_to_their_lines(services: Services, seed: int) -> None:
    chance = random.Random(seed)
    owner = person(services)
    hsa, bank = hsa_of(services, owner, opening=99_999_00), account(services, AccountKind.BANK)
    cover(services, owner, months=(1, chance.randint(6, 12)))
    sources = [None, *MoneySource]
    for _ in range(chance.randint(0, 8)):
        into = [item for item in sources if item not in (MoneySource.EXCESS, MoneySource.FEE)]
        put_in(services, hsa, chance.randint(1, 3_000_00), chance.choice(into))
    cares = [
        copay(services, chance.randint(1, 900_00), account_id=chance.choice([hsa, bank]))
        for _ in range(chance.randint(1, 8))
    ]
    for role in (Role.PREMIUM, Role.MEMBERSHIP, Role.PRESCRIPTION):
        paid_under(services, role, chance.randint(1, 5_000_00))
    for _ in range(chance.randint(0, 6)):
        care, amount = chance.choice(cares), chance.randint(1, 500_00)
        kind = chance.choice([None, MoneySource.EXCESS, MoneySource.ROLLOVER, MoneySource.FEE])
        tied = () if kind else ((care, chance.randint(1, amount)),)
        try:
            take_out(services, hsa, bank, amount, *tied, source=kind)
        except UserProblem:
            continue  # that much was not left of the expense
    for _ in range(chance.randint(0, 4)):
        services.taxes.save_trip(
            Trip(driven_on=date(2026, 2, 2), tenths=chance.randint(1, 999), parking=chance.randint(0, 900))
        )
    services.taxes.save_facts(replace(ITEMIZES, income=chance.randint(0, 90_000_00)))
    shown = read_tax_year(services, 2026)
    check_sources(shown)
    if not why_not_marked(shown.medical):
        mark_deducted(services, 2026)
        marked = read_tax_year(services, 2026)
        assert marked.marked == shown.deductible_payments
        assert not any(item.clashes for item in services.expenses.placed() if item.expense.deducted)
        assert marked.medical == shown.medical


# marks -------------------------------------------------------------------------------------


def test_the_whole_worksheet_is_marked_in_one_change(services: Services) -> None:
    person(services)
    hsa = hsa_of(services, 1)
    first, second = copay(services, 14_000_00), copay(services, 700_00)
    services.untaxed.save_expense_notes([ExpenseNote(payment_id=second, note="kept")])
    services.taxes.save_facts(ITEMIZES)
    before = services.expenses.pool().available
    changes = mark_deducted(services, 2026)
    assert changes.words == "Mark $14,700.00 as deducted on the return of 2026"
    notes = services.untaxed.expense_notes()
    assert (notes[first].deducted, notes[first].deducted_year) == (14_000_00, 2026)
    assert (notes[second].deducted, notes[second].note) == (700_00, "kept")
    assert (before, services.expenses.pool().available) == (14_700_00, 0)
    shown = read_tax_year(services, 2026)
    assert (shown.marked, shown.medical.expenses) == (14_700_00, 14_700_00)
    assert read_tax_year(services, 2025).marked == 0
    services.ledger.undo()
    assert services.expenses.pool().available == before
    services.ledger.redo()
    unmark_deducted(services, 2026)
    assert services.untaxed.expense_notes()[second] == ExpenseNote(payment_id=second, note="kept")
    assert services.expenses.pool().available == before
    assert hsa


@pytest.mark.parametrize(
    ("facts", "spent", "why"),
    [
        (replace(ITEMIZES, income=None), 14_700_00, "not known yet"),
        (ITEMIZES, 8_000_00, "floor"),
        (replace(ITEMIZES, other_itemized=None), 14_700_00, "not known yet"),
        (replace(ITEMIZES, other_itemized=0), 14_700_00, "standard deduction"),
    ],
)
def test_nothing_is_marked_that_was_not_deducted(
    services: Services, facts: TaxFacts, spent: int, why: str
) -> None:
    copay(services, spent)
    services.taxes.save_facts(facts)
    assert why in why_not_marked(read_tax_year(services, 2026).medical)
    refused(services.ledger, lambda: mark_deducted(services, 2026), field=None)


def test_an_expense_that_left_the_worksheet_loses_its_mark(services: Services) -> None:
    first, second = copay(services, 14_000_00), copay(services, 700_00)
    services.taxes.save_facts(ITEMIZES)
    mark_deducted(services, 2026)
    note = services.untaxed.expense_notes()[second]
    services.untaxed.save_expense_notes([replace(note, qualifies=Qualifies.NO)])
    mark_deducted(services, 2026)
    notes = services.untaxed.expense_notes()
    assert (notes[first].deducted, notes[second].deducted) == (14_000_00, 0)


def test_untaxed_money_is_never_deducted(services: Services) -> None:
    hsa = hsa_of(services, person(services), opening=500_00)
    spent = copay(services, 100_00, account_id=hsa)
    note = ExpenseNote(payment_id=spent, deducted=100_00, deducted_year=2026)
    refused(services.ledger, lambda: services.untaxed.save_expense_notes([note]), field="deducted")


def test_premiums_before_tax_leave_the_worksheet_together(services: Services) -> None:
    first, second = (paid_under(services, Role.PREMIUM, 450_00, date(2026, month, 1)) for month in (1, 2))
    copay(services, 100_00)
    assert read_tax_year(services, 2026).untold_premiums == (first, second)
    premiums_before_tax(services, 2026)
    shown = read_tax_year(services, 2026)
    assert (shown.medical.expenses, shown.untold_premiums) == (100_00, ())
    assert services.untaxed.expense_notes()[first].note == BEFORE_TAX
    services.ledger.undo()
    assert read_tax_year(services, 2026).medical.expenses == 1_000_00


# what is missing ---------------------------------------------------------------------------


def test_a_year_without_limits_asks_and_shows_what_it_can(services: Services) -> None:
    owner = person(services)
    hsa = hsa_of(services, owner)
    cover(services, owner, year=2031)
    day = date(2031, 3, 1)
    put_in(services, hsa, 700_00, MoneySource.OWN, on=day)
    copay(services, 900_00, on=day)
    services.taxes.save_trip(Trip(driven_on=day, tenths=100, parking=4_00))
    shown = read_tax_year(services, 2031)
    (form,) = shown.forms
    assert not form.is_complete
    assert (amounts(form.lines)["2"], amounts(form.lines)["13"]) == (700_00, None)
    assert (shown.medical.expenses, shown.medical.deductible) == (904_00, None)
    names = {ask.name for ask in shown.asks if ask.kind is Asked.LIMIT}
    assert {"hsa.self_only", "medical_deduction_floor", "medical_mileage"} <= names
    check_sources(shown)

    for name, amount in (
        ("hsa.self_only", 5_000_00),
        ("hsa.family", 10_000_00),
        ("hsa_catch_up", 1_000_00),
    ):
        services.taxes.save_own_limit(OwnLimit(year=2031, name=name, amount=amount))
    services.taxes.save_own_limit(OwnLimit(year=2031, name="medical_mileage", amount=210))
    typed = read_tax_year(services, 2031)
    assert typed.forms[0].is_complete
    assert amounts(typed.forms[0].lines)["3"] == 5_000_00
    assert typed.mileage.total == 6_10
    assert [ask.name for ask in typed.asks if ask.kind is Asked.LIMIT] == ["medical_deduction_floor"]
    assert len(typed.own_limits) == 4


def test_an_own_limit_that_moves_to_another_year_is_there_once(services: Services) -> None:
    first = OwnLimit(year=2031, name="hsa.family", amount=1)
    services.taxes.save_own_limit(first)
    services.taxes.save_own_limit(replace(first, year=2032), instead_of=first)
    assert services.taxes.own_limits() == [replace(first, year=2032)]


def test_an_empty_ledger_asks_nothing(services: Services) -> None:
    shown = read_tax_year(services, 2026)
    assert (shown.forms, shown.expenses, shown.asks, shown.savings) == ((), (), (), ())


def test_the_fsa_elected_in_the_year_saves_tax(services: Services) -> None:
    owner = person(services)
    fsa = account(services, AccountKind.FSA, person_id=owner)
    services.untaxed.save_fsa_year(
        FsaYear(account_id=fsa, begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), election=1_000_00)
    )
    assert [ask.name for ask in read_tax_year(services, 2026).asks] == ["federal_rate"]
    services.taxes.save_facts(ITEMIZES)
    shown = read_tax_year(services, 2026)
    (saving,) = shown.savings
    assert saving.saving is not None
    assert saving.saving.saved == 296_50
    assert shown.fsa[0].standing.available == 1_000_00


def test_fifty_thousand_payments_take_less_than_a_second(tmp_path: Path) -> None:
    path = tmp_path / "big.ledger"
    make_big(path, payments=50_000, claims=10, today=TODAY)
    ledger = open_ledger(path)
    services = services_over(ledger)
    read_tax_year(services, 2026)  # the first reading warms the file
    times = []
    gc.disable()  # as in the program, which collects cycles on its UI thread only
    try:
        for _ in range(3):
            begin = time.thread_time()
            shown = read_tax_year(services, 2026)
            times.append(time.thread_time() - begin)
    finally:
        gc.enable()
    assert len(services.expenses.all()) > 20_000
    ledger.close()
    check_sources(shown)
    assert min(times) < 1.0
