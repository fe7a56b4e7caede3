"""What one set of papers can take over from the one before an edit: links and expectations.

Equal facts become the same objects, so that comparing them later costs nothing. Links are found again
only for bills and visits that an edit can have touched, expectations only for plan years that changed.
The result is the same as working everything from scratch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from tracker.domain.claims.expected import Expected, expected_by_plan
from tracker.domain.claims.matching import Match, Matches, match
from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import Bill, Claim, ClaimLink, Visit

_T = TypeVar("_T")
_LONGEST_STAY = 400
_Key = tuple[int | None, int | None, int | None]


def carried(old: Papers, new: Papers) -> Papers:
    """`new` with its links and expectations ready, taken from `old` where nothing touched them."""
    claims = _same(old.claims, new.claims)
    by_id = {claim.id: claim for claim in claims}
    known = {id(raw): claim for raw, claim in zip(new.claims, claims, strict=True)}
    kept = replace(
        new,
        claims=claims,
        bills=_same(old.bills, new.bills),
        visits=_same(old.visits, new.visits),
        cases=_same(old.cases, new.cases),
        memberships=_same(old.memberships, new.memberships),
        membership_payments=_same(old.membership_payments, new.membership_payments),
        checks=_same(old.checks, new.checks),
        plans=_same(old.plans, new.plans),
        people=_same(old.people, new.people),
        drugs=_same(old.drugs, new.drugs),
        includes=_same(old.includes, new.includes),
        providers=_same_values(old.providers, new.providers),
        paid=_same_values(old.paid, new.paid),
        categories=old.categories if old.categories == new.categories else new.categories,
        years=tuple(_same_year(old, year, by_id, known) for year in new.years),
    )
    ready = kept.__dict__  # where `cached_property` keeps what it worked out
    ready["matches"] = _matches(old, kept)
    ready["expected"] = _expected(old, kept)
    return kept


def _same(old: Sequence[_T], new: Sequence[_T]) -> tuple[_T, ...]:
    """The new facts, those that equal an old one with the same id as that very object."""
    if old is new:
        return tuple(new)
    before: dict[Any, _T] = {getattr(item, "id", None): item for item in old}
    return tuple(
        was if (was := before.get(getattr(item, "id", None))) is not None and was == item else item
        for item in new
    )


def _same_values(old: Mapping[int, _T], new: Mapping[int, _T]) -> Mapping[int, _T]:
    if old is new:
        return new
    return {
        key: was if (was := old.get(key)) is not None and was == value else value
        for key, value in new.items()
    }


def _same_year(
    old: Papers, year: PlanYear, by_id: Mapping[int | None, Claim], known: Mapping[int, Claim]
) -> PlanYear:
    """The old plan year where it holds the same, else the new one with the claims there already are."""
    claims = tuple(
        found
        if (found := known.get(id(claim)) or by_id.get(claim.id)) is not None and found == claim
        else claim
        for claim in year.claims
    )
    for was in old.years:
        if was.plan.id == year.plan.id and was.period == year.period:
            if replace(year, claims=claims) == was:
                return was
            break
    return replace(year, claims=claims)


def _expected(old: Papers, new: Papers) -> Mapping[int, Expected]:
    same = {id(year) for year in old.years}
    found: dict[int, Expected] = {}
    for year in new.years:
        if id(year) in same:
            found |= {claim.id or 0: old.expected[claim.id or 0] for claim in year.claims}
        else:
            found |= expected_by_plan(year, _known(old, year))
    return found


def _known(old: Papers, year: PlanYear) -> dict[int, Expected]:
    """The expectations of the claims processed before the first one that changed in a plan year."""
    bare = replace(year, claims=())
    was = next((one for one in old.years if replace(one, claims=()) == bare), None)
    found: dict[int, Expected] = {}
    if was is not None:
        for before, claim in zip(was.ordered, year.ordered, strict=False):
            if before is not claim:
                break
            found[claim.id or 0] = old.expected[claim.id or 0]
    return found


def _matches(old: Papers, new: Papers) -> Matches:
    """The links, found again for what lies near a claim that changed."""
    if _npi(old) != _npi(new):
        return new.matches
    before = {id(claim) for claim in (*old.in_force, *old.open_claims)}
    current = [*new.in_force, *new.open_claims]
    now = {id(claim) for claim in current}
    changed = [claim for claim in current if id(claim) not in before]
    changed += [claim for claim in (*old.in_force, *old.open_claims) if id(claim) not in now]
    days = {(claim.person_id, day) for claim in changed for day in _near_days(claim)}
    ids = {claim.id for claim in changed}
    said_before, said_now = _said(old.links), _said(new.links)
    about = {key for key in {*said_before, *said_now} if said_before.get(key) != said_now.get(key)}
    about |= {key for key in said_now if key[0] in ids}
    bills_said = {key[1] for key in about}
    visits_said = {key[2] for key in about} | {claim.visit_id for claim in changed}
    same_bills, same_visits = {id(bill) for bill in old.bills}, {id(visit) for visit in old.visits}
    bills = [
        bill
        for bill in new.bills
        if id(bill) not in same_bills
        or bill.id in bills_said
        or _touches(days, bill.person_id, bill.service_from, bill.service_to)
    ]
    visits = [
        visit
        for visit in new.visits
        if id(visit) not in same_visits
        or visit.id in visits_said
        or _touches(days, visit.person_id, visit.visited_on, visit.until)
    ]
    fresh = match(_could_match(current, bills, visits, new.links), bills, visits, new.links, _npi(new))
    return _spliced(old.matches, fresh, new, {bill.id for bill in bills}, {visit.id for visit in visits})


def _could_match(
    claims: Sequence[Claim], bills: Sequence[Bill], visits: Sequence[Visit], links: Iterable[ClaimLink]
) -> list[Claim]:
    people = {bill.person_id for bill in bills} | {visit.person_id for visit in visits}
    tied = {link.claim_id for link in links}
    sought = {visit.id for visit in visits}
    return [
        claim
        for claim in claims
        if claim.person_id in people or claim.id in tied or claim.visit_id in sought
    ]


def _spliced(
    old: Matches, fresh: Matches, new: Papers, bills: set[int | None], visits: set[int | None]
) -> Matches:
    """The old links with those of some bills and visits replaced, in the order of the papers."""

    def merged(
        was: Iterable[Match], now: Iterable[Match], again: set[int | None], order: Iterable[Any]
    ) -> tuple[Match, ...]:
        by_other: dict[int, list[Match]] = {}
        for one in was:
            if one.other_id not in again:
                by_other.setdefault(one.other_id, []).append(one)
        for one in now:
            by_other.setdefault(one.other_id, []).append(one)
        return tuple(one for item in order for one in by_other.get(item.id or 0, ()))

    sure = merged(old.bills, fresh.bills, bills, new.bills)
    by_bill: dict[int, list[int]] = {}
    by_claim: dict[int, list[int]] = {}
    for found in sure:
        by_bill.setdefault(found.other_id, []).append(found.claim_id)
        by_claim.setdefault(found.claim_id, []).append(found.other_id)
    return Matches(
        sure,
        merged(old.visits, fresh.visits, visits, new.visits),
        merged(old.proposed_bills, fresh.proposed_bills, bills, new.bills),
        merged(old.proposed_visits, fresh.proposed_visits, visits, new.visits),
        by_bill,
        by_claim,
    )


def _touches(days: set[tuple[int, date]], person_id: int, begin: date, end: date | None) -> bool:
    if (person_id, begin) in days:
        return True
    if end is None or end <= begin:
        return False
    last = min(end, begin + timedelta(days=_LONGEST_STAY))
    return any((person_id, begin + timedelta(days=n)) in days for n in range(1, (last - begin).days + 1))


def _near_days(claim: Claim) -> Iterable[date]:
    """The days of an EOB and a day either side: bills and visits so close are compared with it."""
    last = min(claim.service_to or claim.service_from, claim.service_from + timedelta(days=_LONGEST_STAY))
    length = max(0, (last - claim.service_from).days)
    return (claim.service_from + timedelta(days=n) for n in range(-1, length + 2))


def _said(links: Iterable[ClaimLink]) -> dict[_Key, bool]:
    return {(link.claim_id, link.bill_id, link.visit_id): link.linked for link in links}


def _npi(papers: Papers) -> dict[int, str]:
    return {number: provider.npi for number, provider in papers.providers.items() if provider.npi}
