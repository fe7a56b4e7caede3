"""One person's HSA year: which months count, the limit, what went in and came out, what tax follows.

Rulebook 5.1 and 5.4. Reading takes a moment: ask off the UI thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import add_months, day_text, first_of
from tracker.domain.accounts.hsa_contributions import (
    HsaContribution,
    Room,
    contribution_deadline,
    room,
)
from tracker.domain.accounts.hsa_distributions import (
    DistributionTax,
    HsaDistribution,
    distribution_tax,
)
from tracker.domain.accounts.hsa_eligibility import (
    MEDICARE_AGE,
    CoverageKind,
    EligibleMonth,
    HsaPerson,
    eligible_months,
    part_a_warning,
)
from tracker.domain.accounts.hsa_limits import (
    FailedTesting,
    HsaLimit,
    failed_testing,
    first_failure,
)
from tracker.domain.accounts.tax_forms import Form8889, form_8889
from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, MoneySource, Person
from tracker.facts.accounts import Cover, Tier
from tracker.facts.membership import TaxPocket
from tracker.facts.taxes import TaxFacts
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.hsa_taken import TakenOut, taken_out
from tracker.services.hsa_who import LIMITS, is_known, limit_of, months_of, person_facts, spouse_of
from tracker.services.tax_limits import read_limits
from tracker.storage.queries import household, hsa_money, taxes, untaxed
from tracker.storage.queries.hsa_money import HsaMove

_CONTRIBUTED = (None, MoneySource.OWN, MoneySource.PAYROLL, MoneySource.EMPLOYER)
_OFF_THE_FORM = (MoneySource.ROLLOVER, MoneySource.EXCESS)
"""Distributions that line 14b of the form takes off again."""

_SOON = 18
"""Months before the 65th birthday in which Medicare is worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaYear:
    """One person's HSAs in a calendar year.

    `limit`, `room` and `form` are None where the law's amounts of the year are not known; `asks` then
    says what to type and `missing` names the amounts (see LIMIT_NAMES). `if_settled` is the limit if
    every open question ended well. `if_fails` is what failing the testing period would cost with the
    whole limit put in, `failed` what it does cost. `deposits` is all money in of this tax year, also
    what is no contribution, `off_the_form` rollovers out and excesses taken back, of any year. `owners`
    are all who have an HSA, `spouse` whom a family limit is shared with. `unopened` are accounts whose
    first day is not known; `covers` is coverage typed in.
    """

    year: int
    person: Person
    owners: tuple[Person, ...]
    spouse: Person | None
    accounts: tuple[Account, ...]
    facts: TaxFacts
    months: tuple[EligibleMonth, ...]
    limit: HsaLimit | None
    if_settled: HsaLimit | None
    room: Room | None
    failed: FailedTesting | None
    if_fails: FailedTesting | None
    contributions: tuple[HsaContribution, ...]
    deposits: tuple[HsaMove, ...]
    off_the_form: tuple[HsaMove, ...]
    taken: tuple[TakenOut, ...]
    tax: DistributionTax
    form: Form8889 | None
    covers: tuple[Cover, ...] = ()
    unopened: tuple[Account, ...] = ()
    part_a: str = ""
    missing: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def distributions(self) -> tuple[HsaDistribution, ...]:
        return tuple(item.distribution for item in self.taken)

    @property
    def contributed(self) -> Cents:
        """All that counts against the limit so far."""
        return sum(item.amount for item in self.contributions)


def read_hsa_year(services: Services, year: int, *, person_id: int | None = None) -> HsaYear | None:
    """The HSA year of a person, by default of the HSA's owner; None where the ledger has no HSA."""
    connection = services.ledger.read()
    accounts = [item for item in household.accounts(connection) if item.kind is AccountKind.HSA]
    people = household.people(connection)
    if not accounts or not people:
        return None
    owner_of = {item.id: item.person_id or people[0].id for item in accounts}
    wanted = person_id if person_id in owner_of.values() else owner_of[accounts[0].id]
    person = next((item for item in people if item.id == wanted), people[0])
    own = tuple(item for item in accounts if owner_of[item.id] == person.id)
    limits, facts = read_limits(connection), taxes.tax_facts(connection, year)
    who = person_facts(services, person, years=(year, year + 1))
    spouse = spouse_of(people, person, set(owner_of.values()))
    asks: list[str] = []
    months, missing = months_of(who, year, limits, asks)
    limit = limit_of(services, person, spouse, year, months, limits, facts, asks, settled=False)
    settled = limit_of(services, person, spouse, year, months, limits, facts, [], settled=True)
    ids = {item.id for item in own}
    moves = [move for move in hsa_money.moves(connection) if move.account_id in ids]
    made = contributions_of(moves, year)
    opened = [item.opened_on for item in own if item.opened_on is not None]
    bearing = _bearing_on(moves, year)
    tied = {expense_id for move in bearing for expense_id, _amount in move.parts}
    paid = [item for item in services.expenses.all() if item.id in tied]
    taken = [
        item
        for item in taken_out(
            bearing,
            services.expenses.counted(TaxPocket.HSA, paid),
            established_on=min(opened, default=None),
            birth_date=person.birth_date,
            disabled_years=frozenset({year}) if facts.disabled else frozenset(),
        )
        if item.paid_on.year == year
    ]
    if not limits.years.get(year) or limit is None:
        missing += [name for name in LIMITS if not is_known(limits, year, name)]
    return HsaYear(
        year=year,
        person=person,
        owners=tuple(item for item in people if item.id in owner_of.values()),
        spouse=spouse,
        accounts=own,
        facts=facts,
        months=months,
        limit=limit,
        if_settled=settled,
        room=room(limit, made) if limit else None,
        failed=_failed(services, who, limit, made, limits, facts),
        if_fails=_if_fails(limit),
        contributions=tuple(made),
        deposits=tuple(move for move in moves if move.into and move.tax_year == year),
        off_the_form=tuple(move for move in moves if not move.into and move.source in _OFF_THE_FORM),
        taken=tuple(taken),
        tax=distribution_tax([item.distribution for item in taken], facts.federal_rate),
        form=_form(services, person, spouse, year, limit, made, taken, moves, limits, facts, who),
        covers=tuple(item for item in untaxed.covers(connection) if item.person_id == person.id),
        unopened=tuple(item for item in own if item.opened_on is None),
        part_a=_part_a(who, person, months if made else (), services.ledger.today()),
        missing=tuple(missing),
        asks=tuple(dict.fromkeys(asks)),
    )


def _bearing_on(moves: list[HsaMove], year: int) -> list[HsaMove]:
    """What decides the distributions of a year: its own, what came back, what pays the same expenses.

    A household of many years has far more than that.
    """
    shared = {expense_id for move in moves if move.paid_on.year == year for expense_id, _ in move.parts}
    return [
        move
        for move in moves
        if move.paid_on.year == year
        or move.into
        or move.amount < 0
        or any(expense_id in shared for expense_id, _ in move.parts)
    ]


# contributions -----------------------------------------------------------------------------


def contributions_of(moves: Iterable[HsaMove], year: int) -> list[HsaContribution]:
    """What went in for a tax year; an excess taken back in time counts as never put in, own money first."""
    made = [
        HsaContribution(
            paid_on=move.paid_on,
            amount=move.amount,
            tax_year=move.tax_year,
            source=move.source or MoneySource.OWN,
        )
        for move in moves
        if move.into and not move.between and move.source in _CONTRIBUTED and move.tax_year == year
    ]
    back = sum(
        move.amount
        for move in moves
        if not move.into
        and move.source is MoneySource.EXCESS
        and move.tax_year == year
        and move.paid_on <= contribution_deadline(year)
    )
    kept: list[HsaContribution] = []
    by_last = sorted(made, key=lambda item: (item.source is MoneySource.OWN, item.paid_on), reverse=True)
    for item in by_last:
        off = min(back, item.amount)
        back -= off
        if item.amount > off:
            kept.append(replace(item, amount=item.amount - off))
    return sorted(kept, key=lambda item: item.paid_on)


# testing period ----------------------------------------------------------------------------


def _failed(
    services: Services,
    who: HsaPerson,
    limit: HsaLimit | None,
    made: Iterable[HsaContribution],
    limits: Limits,
    facts: TaxFacts,
) -> FailedTesting | None:
    """What follows where a month of the next year breaks the testing period.

    A month to come for which no coverage is entered yet breaks nothing.
    """
    if limit is None or not limit.uses_last_month:
        return None
    try:
        months = eligible_months(who, limit.year + 1, limits)
    except UserProblem:
        return None
    today = first_of(services.ledger.today())
    tiers = [
        Tier.SELF
        if month.month > today and not any(cover.on(month.month) for cover in who.covers)
        else month.may_count
        for month in months
    ]
    failed_on = first_failure(limit, tiers)
    if failed_on is None:
        return None
    put_in = sum(item.amount for item in made)
    return failed_testing(limit, put_in, failed_on=failed_on, excused=facts.disabled)


def _if_fails(limit: HsaLimit | None) -> FailedTesting | None:
    if limit is None:
        return None
    return failed_testing(limit, limit.limit, failed_on=date(limit.year + 1, 12, 1))


def _form(
    services: Services,
    person: Person,
    spouse: Person | None,
    year: int,
    limit: HsaLimit | None,
    made: list[HsaContribution],
    taken: list[TakenOut],
    moves: list[HsaMove],
    limits: Limits,
    facts: TaxFacts,
    who: HsaPerson,
) -> Form8889 | None:
    """The year's Form 8889, with what last year's last-month rule costs in part III."""
    if limit is None:
        return None
    off = [
        HsaDistribution(paid_on=move.paid_on, amount=move.amount)
        for move in moves
        if not move.into
        and not move.between
        and move.source in _OFF_THE_FORM
        and move.paid_on.year == year
        and move.amount > 0
    ]
    before_months, _ = months_of(who, year - 1, limits, [])
    before_facts = taxes.tax_facts(services.ledger.read(), year - 1)
    before = limit_of(
        services, person, spouse, year - 1, before_months, limits, before_facts, [], settled=False
    )
    failed = _failed(services, who, before, contributions_of(moves, year - 1), limits, facts)
    return form_8889(
        limit,
        made,
        [*(item.distribution for item in taken), *off],
        married_with_family=facts.married_with_family,
        rolled_over=sum(item.amount for item in off),
        failed=failed,
    )


# Medicare ----------------------------------------------------------------------------------


def _part_a(who: HsaPerson, person: Person, months: Iterable[EligibleMonth], today: date) -> str:
    """A word on Medicare for those who are nearly 65 or older and not enrolled.

    `months` are those of a year for which something went in.
    """
    if person.birth_date is None:
        return ""
    turns = add_months(person.birth_date, MEDICARE_AGE * 12)
    if today < add_months(turns, -_SOON):
        return ""
    if any(cover.kind is CoverageKind.MEDICARE and cover.on(today) for cover in who.covers):
        return ""
    if today < turns:
        return (
            f"{person.name} turns 65 on {day_text(turns)}. From the month Medicare begins nothing may go "
            "in. Part A may begin up to six months before you apply for it or for Social Security: stop "
            "contributions in time (IRC 223(b)(7))."
        )
    said, _ = part_a_warning(who, today, [item.month for item in months if item.counts])
    return (
        f"If you apply for Medicare or Social Security today: {said}"
        if said
        else "Medicare Part A may begin up to six months before you apply for it or for Social Security. "
        "Stop contributions six months ahead (IRC 223(b)(7))."
    )
