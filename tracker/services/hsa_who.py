"""What decides one person's HSA months and limit, read from the ledger (rulebook 5.1, 5.4)."""

from __future__ import annotations

from tracker.domain.accounts.hsa_couple import Spouse, couple_limits
from tracker.domain.accounts.hsa_coverage import hsa_person
from tracker.domain.accounts.hsa_eligibility import EligibleMonth, HsaPerson, eligible_months
from tracker.domain.accounts.hsa_limits import HsaLimit, hsa_limit
from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import Person
from tracker.facts.accounts import FsaYear
from tracker.facts.taxes import TaxFacts
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.fsa_year import spent_in
from tracker.storage.queries import household, taxes, untaxed
from tracker.storage.queries import plans as plan_query

LIMITS = ("hsa.self_only", "hsa.family", "hsa_catch_up")
CAPS = ("direct_primary_care_month.self_only", "direct_primary_care_month.family")


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


def spouse_of(people: list[Person], person: Person, owners: set[int | None]) -> Person | None:
    """Whom a family limit is shared with: who else has an HSA, otherwise the next of the household."""
    others = [item for item in people if item.id != person.id]
    return next((item for item in others if item.id in owners), others[0] if others else None)


def is_known(limits: Limits, year: int, name: str) -> bool:
    found = limits.years.get(year)
    head, _, part = name.partition(".")
    value = getattr(found, head) if found else None
    return (getattr(value, part) if part and value is not None else value) is not None


def months_of(
    who: HsaPerson, year: int, limits: Limits, asks: list[str]
) -> tuple[tuple[EligibleMonth, ...], list[str]]:
    """The months, or none with the names of the caps that are not known."""
    try:
        return eligible_months(who, year, limits), []
    except UserProblem as problem:
        asks.append(str(problem))
        return (), [name for name in CAPS if not is_known(limits, year, name)]


def limit_of(
    services: Services,
    person: Person,
    spouse: Person | None,
    year: int,
    months: tuple[EligibleMonth, ...],
    limits: Limits,
    facts: TaxFacts,
    asks: list[str],
    *,
    settled: bool,
) -> HsaLimit | None:
    """The limit, or None after adding to `asks` what is not known; `settled`: open questions end well."""
    if not months:
        return None
    tiers = tuple(month.may_count if settled else month.counts for month in months)
    try:
        if not facts.married_with_family or spouse is None:
            return hsa_limit(limits, year, tiers, birth_date=person.birth_date)
        others = eligible_months(person_facts(services, spouse, years=(year,)), year, limits)
        twos = tuple(month.may_count if settled else month.counts for month in others)
        share = facts.family_share if person.position == 0 else 10_000 - facts.family_share
        return couple_limits(
            limits,
            year,
            Spouse(months=tiers, birth_date=person.birth_date),
            Spouse(months=twos, birth_date=spouse.birth_date),
            first_share=share,
        )[0]
    except UserProblem as problem:
        asks.append(str(problem))
        return None
