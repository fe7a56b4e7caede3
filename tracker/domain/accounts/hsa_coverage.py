"""One person's coverage as the HSA rules see it, from plans, other coverage, accounts and fees.

Rulebook 5.1, 5.4. Plans of the ledger are read by their kind and whether they are HSA-qualified; what the
ledger has no plan for comes as it was entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.domain.accounts.fsa import FsaKind, FsaYear
from tracker.domain.accounts.hra import Hra, ends_hsa_eligibility
from tracker.domain.accounts.hsa_eligibility import Cover, CoverageKind, HsaPerson, OwnFsa, Tier
from tracker.domain.membership.tax_fee import practice_fees
from tracker.facts import Account, Membership, Person, Plan, PlanKind
from tracker.money import Cents

_MEDICARE = (PlanKind.MEDICARE, PlanKind.MEDIGAP, PlanKind.ADVANTAGE, PlanKind.PART_D)


def cover_of(plan: Plan) -> Cover:
    """A plan of the ledger as coverage. A plan for one person is self-only, any other family coverage."""
    if plan.kind in _MEDICARE:
        kind = CoverageKind.MEDICARE
    elif plan.hsa_qualified:
        kind = CoverageKind.HDHP
    else:
        kind = CoverageKind.OTHER_PLAN
    return Cover(
        kind=kind,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        tier=Tier.FAMILY if len(plan.person_ids) > 1 else Tier.SELF,
        name=plan.name,
    )


def hsa_person(
    person: Person,
    *,
    plans: Iterable[Plan],
    covers: Iterable[Cover],
    accounts: Sequence[Account],
    fsa_years: Iterable[tuple[FsaYear, Cents | None]],
    hra_years: Iterable[Hra],
    memberships: Iterable[Membership],
    practices: dict[int, str],
    dependent_years: frozenset[int] = frozenset(),
) -> HsaPerson:
    """What decides one person's eligible months. FSA years come with what was left at their end.

    A general FSA of somebody else of the household stands against it as a spouse's; an HRA that is
    general stands against its owner. Accounts without a named owner belong to the ledger's owner.
    """
    owner_of = {item.id: item.person_id for item in accounts}
    own: list[OwnFsa] = []
    found = [cover_of(plan) for plan in plans if not plan.person_ids or person.id in plan.person_ids]
    found += [cover for cover in covers if cover.person_id == person.id]
    for year, left in fsa_years:
        if _is_owner(owner_of.get(year.account_id), person):
            own.append(OwnFsa(year=year, left_at_end=left))
        elif year.kind is FsaKind.GENERAL:
            found.append(
                Cover(kind=CoverageKind.SPOUSE_FSA, begins_on=year.begins_on, ends_on=year.spend_by)
            )
    for hra in hra_years:
        if not _is_owner(owner_of.get(hra.account_id), person):
            continue
        general = ends_hsa_eligibility(hra)
        kind = CoverageKind.GENERAL_HRA if general else CoverageKind.POST_DEDUCTIBLE_HRA
        found.append(Cover(kind=kind, begins_on=hra.begins_on, ends_on=hra.ends_on))
    fees = tuple(
        fee
        for held in memberships
        if not held.person_ids or person.id in held.person_ids
        for fee in practice_fees(held, practices.get(held.practice_id, ""))
    )
    return HsaPerson(
        birth_date=person.birth_date,
        covers=tuple(found),
        fsas=tuple(own),
        fees=fees,
        dependent_years=dependent_years,
    )


def _is_owner(person_id: int | None, person: Person) -> bool:
    return person_id == person.id if person_id is not None else person.position == 0
