"""One person's HSA year: which months count, the limit, what went in and came out, what tax follows.

Rulebook 5.1 and 5.4. Reading takes a moment: ask off the UI thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.accounts.hsa_contributions import HsaContribution, Room, room
from tracker.domain.accounts.hsa_couple import Spouse, couple_limits
from tracker.domain.accounts.hsa_coverage import hsa_person
from tracker.domain.accounts.hsa_distributions import HsaDistribution, is_excepted
from tracker.domain.accounts.hsa_eligibility import EligibleMonth, HsaPerson, eligible_months
from tracker.domain.accounts.hsa_limits import (
    FailedTesting,
    HsaLimit,
    failed_testing,
    first_failure,
    hsa_limit,
)
from tracker.domain.accounts.tax_forms import Form8889, form_8889
from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, MoneySource, Person
from tracker.facts.accounts import FsaYear
from tracker.facts.membership import TaxPocket
from tracker.facts.taxes import TaxFacts
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.fsa_year import spent_in
from tracker.services.tax_limits import read_limits
from tracker.storage.queries import household, hsa_money, taxes, untaxed
from tracker.storage.queries import plans as plan_query
from tracker.storage.queries.hsa_money import HsaMove

_CONTRIBUTED = (None, MoneySource.OWN, MoneySource.PAYROLL, MoneySource.EMPLOYER)
_NO_DISTRIBUTION = (MoneySource.FEE, MoneySource.EXCESS, MoneySource.ROLLOVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaYear:
    """One person's HSAs in a calendar year.

    `limit`, `room` and `form` are None where the law's amounts of the year are not known; `asks` then says
    what to type. `if_settled` is the limit if every open question ended well. `moves` are of this tax year.
    """

    year: int
    person: Person
    accounts: tuple[Account, ...]
    facts: TaxFacts
    months: tuple[EligibleMonth, ...]
    limit: HsaLimit | None
    if_settled: HsaLimit | None
    room: Room | None
    failed: FailedTesting | None
    contributions: tuple[HsaContribution, ...]
    distributions: tuple[HsaDistribution, ...]
    moves: tuple[HsaMove, ...]
    form: Form8889 | None
    asks: tuple[str, ...] = ()


def read_hsa_year(services: Services, year: int, *, person_id: int | None = None) -> HsaYear | None:
    """The HSA year of a person, by default of the HSA's owner; None where the ledger has no HSA."""
    connection = services.ledger.read()
    accounts = [item for item in household.accounts(connection) if item.kind is AccountKind.HSA]
    people = household.people(connection)
    if not accounts or not people:
        return None
    wanted = person_id or accounts[0].person_id or people[0].id
    person = next((item for item in people if item.id == wanted), people[0])
    own = tuple(item for item in accounts if (item.person_id or people[0].id) == person.id)
    limits, facts = read_limits(connection), taxes.tax_facts(connection, year)
    who = person_facts(services, person, years=(year, year + 1))
    asks: list[str] = []
    months = _months(who, year, limits, asks)
    limit = _limit(services, person, year, months, limits, facts, asks, settled=False)
    settled = _limit(services, person, year, months, limits, facts, [], settled=True)
    ids = {item.id for item in own}
    moves = tuple(move for move in hsa_money.moves(connection) if move.account_id in ids)
    made = tuple(_contributions(moves, year))
    taken = tuple(_distributions(services, moves, year, person, facts))
    failed = _failed(who, limit, made, limits, facts)
    last_years = _failed_before(services, who, person, year, moves, limits, facts)
    form = None
    if limit is not None:
        form = form_8889(
            limit,
            made,
            taken,
            married_with_family=facts.married_with_family,
            rolled_over=sum(
                move.amount
                for move in moves
                if not move.into and move.source is MoneySource.ROLLOVER and move.paid_on.year == year
            ),
            failed=last_years,
        )
    return HsaYear(
        year=year,
        person=person,
        accounts=own,
        facts=facts,
        months=months,
        limit=limit,
        if_settled=settled,
        room=room(limit, made) if limit else None,
        failed=failed,
        contributions=made,
        distributions=taken,
        moves=tuple(move for move in moves if (move.tax_year if move.into else move.paid_on.year) == year),
        form=form,
        asks=tuple(asks),
    )


def person_facts(services: Services, person: Person, *, years: tuple[int, ...]) -> HsaPerson:
    """What decides a person's eligible months, from all of the ledger."""
    connection = services.ledger.read()
    memberships = household.memberships(connection)
    return hsa_person(
        person,
        plans=plan_query.plans(connection, household.recurring(connection)),
        covers=untaxed.covers(connection),
        accounts=household.accounts(connection),
        fsa_years=[(item, _left(services, item)) for item in untaxed.fsa_years(connection)],
        hra_years=untaxed.hra_years(connection),
        memberships=memberships,
        practices=household.provider_names(connection, {item.practice_id for item in memberships}),
        dependent_years=frozenset(
            year for year in years if person.position == 0 and taxes.tax_facts(connection, year).dependent
        ),
    )


def _left(services: Services, year: FsaYear) -> Cents | None:
    """What an FSA's year had left at its end; None while the year runs."""
    if year.ends_on >= services.ledger.today():
        return None
    return max(0, year.usable - spent_in(services, year))


def _months(who: HsaPerson, year: int, limits: Limits, asks: list[str]) -> tuple[EligibleMonth, ...]:
    try:
        return eligible_months(who, year, limits)
    except UserProblem as problem:
        asks.append(str(problem))
        return ()


def _limit(
    services: Services,
    person: Person,
    year: int,
    months: tuple[EligibleMonth, ...],
    limits: Limits,
    facts: TaxFacts,
    asks: list[str],
    *,
    settled: bool,
) -> HsaLimit | None:
    if not months:
        return None
    tiers = tuple(month.may_count if settled else month.counts for month in months)
    try:
        if not facts.married_with_family:
            return hsa_limit(limits, year, tiers, birth_date=person.birth_date)
        other = next((item for item in services.people.people() if item.id != person.id), None)
        if other is None:
            return hsa_limit(limits, year, tiers, birth_date=person.birth_date)
        others = eligible_months(person_facts(services, other, years=(year,)), year, limits)
        twos = tuple(month.may_count if settled else month.counts for month in others)
        share = facts.family_share if person.position == 0 else 10_000 - facts.family_share
        return couple_limits(
            limits,
            year,
            Spouse(months=tiers, birth_date=person.birth_date),
            Spouse(months=twos, birth_date=other.birth_date),
            first_share=share,
        )[0]
    except UserProblem as problem:
        asks.append(str(problem))
        return None


def _contributions(moves: tuple[HsaMove, ...], year: int) -> list[HsaContribution]:
    return [
        HsaContribution(
            paid_on=move.paid_on,
            amount=move.amount,
            tax_year=move.tax_year,
            source=move.source or MoneySource.OWN,
        )
        for move in moves
        if move.into and move.source in _CONTRIBUTED and move.tax_year == year
    ]


def _distributions(
    services: Services, moves: tuple[HsaMove, ...], year: int, person: Person, facts: TaxFacts
) -> list[HsaDistribution]:
    """What was taken out in the year; a mistaken distribution that was put back is no distribution."""
    eligible = {item.expense.id: item.eligible for item in services.expenses.counted(TaxPocket.HSA)}
    established = services.expenses.hsa()
    since = established.opened_on if established else None
    care = {item.id: item.day_of_care for item in services.expenses.all()}
    found = []
    for move in moves:
        if move.into or move.paid_on.year != year or move.source in _NO_DISTRIBUTION or move.amount <= 0:
            continue
        good = [
            expense
            for expense in move.expense_ids
            if since is None or care.get(expense, move.paid_on) >= since
        ]
        qualified = min(move.tied, sum(eligible.get(expense, 0) for expense in good))
        found.append(
            HsaDistribution(
                paid_on=move.paid_on,
                amount=move.amount,
                qualified=qualified,
                excepted=is_excepted(move.paid_on, person.birth_date, disabled=facts.disabled),
            )
        )
    return _less_repaid(found, moves, year)


def _less_repaid(
    found: list[HsaDistribution], moves: tuple[HsaMove, ...], year: int
) -> list[HsaDistribution]:
    """Mistaken distributions put back come off what was not for care, the latest first."""
    back = sum(
        move.amount
        for move in moves
        if move.into and move.source is MoneySource.REPAID and move.tax_year == year
    )
    kept: list[HsaDistribution] = []
    for item in reversed(found):
        taken = min(back, item.amount - item.qualified)
        back -= taken
        if item.amount > taken:
            kept.append(replace(item, amount=item.amount - taken))
    return list(reversed(kept))


def _failed(
    who: HsaPerson,
    limit: HsaLimit | None,
    made: tuple[HsaContribution, ...],
    limits: Limits,
    facts: TaxFacts,
) -> FailedTesting | None:
    """What follows where the next year's months, as far as known, break the testing period."""
    if limit is None or not limit.uses_last_month:
        return None
    try:
        months = eligible_months(who, limit.year + 1, limits)
    except UserProblem:
        return None
    failed_on = first_failure(limit, [month.may_count for month in months])
    if failed_on is None:
        return None
    put_in = sum(item.amount for item in made)
    return failed_testing(limit, put_in, failed_on=failed_on, excused=facts.disabled)


def _failed_before(
    services: Services,
    who: HsaPerson,
    person: Person,
    year: int,
    moves: tuple[HsaMove, ...],
    limits: Limits,
    facts: TaxFacts,
) -> FailedTesting | None:
    """What last year's last-month rule costs this year, for part III of the form."""
    months = _months(who, year - 1, limits, [])
    before = _limit(services, person, year - 1, months, limits, facts, [], settled=False)
    return _failed(who, before, tuple(_contributions(moves, year - 1)), limits, facts)
