"""Which EOB, bill and visit belong together (rulebook 3.5), by points that can be read.

Same patient is a must. Provider, day, code and amount give points: from 70 on two papers are linked
by themselves, from 40 on the link is proposed. What the member said about a link wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tracker.facts import Bill, Claim, ClaimLink, Visit

SURE, LIKELY = 70, 40
_APART = "a day apart"
_PROVIDER, _DAY, _IN_STAY, _NEXT_DAY, _CODE, _AMOUNT = 30, 30, 20, 10, 20, 20


class How(StrEnum):
    """Why two papers are taken to belong together."""

    HAND = "hand"
    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Score:
    """Points for two papers, and what gave them, in words."""

    points: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An EOB and a bill, or an EOB and a visit, that belong together."""

    claim_id: int
    other_id: int
    how: How
    score: Score


@dataclass(frozen=True)
class Matches:
    """All links: those that hold (by hand or sure) and those that are only proposed."""

    bills: tuple[Match, ...] = ()
    visits: tuple[Match, ...] = ()
    proposed_bills: tuple[Match, ...] = ()
    proposed_visits: tuple[Match, ...] = ()
    _by_bill: Mapping[int, list[int]] = field(default_factory=dict)
    _by_claim: Mapping[int, list[int]] = field(default_factory=dict)

    def claims_of_bill(self, bill_id: int) -> Sequence[int]:
        """The EOBs that hold for a bill."""
        return self._by_bill.get(bill_id, ())

    def bills_of_claim(self, claim_id: int) -> Sequence[int]:
        """The bills that an EOB holds for."""
        return self._by_claim.get(claim_id, ())


def score_bill(claim: Claim, bill: Bill, npi: Mapping[int, str] | None = None) -> Score:
    """The points of an EOB and a bill. `npi` are the providers' ten-digit ids by provider."""
    if claim.person_id != bill.person_id:
        return Score(0, ("another patient",))
    points, why = 0, []
    if _same_provider(claim, {bill.provider_id}, npi or {}):
        points += _PROVIDER
        why.append("same provider")
    for given, words in (_days(claim, bill.service_from, bill.service_to),):
        points += given
        why += [words] if words else []
    lines = [line for statement in bill.statements for line in statement.lines]
    codes = {line.code.strip().upper() for line in lines} - {""}
    if codes & _codes(claim):
        points += _CODE
        why.append("same code")
    charged = {line.amount for line in lines} | {item.charges for item in bill.statements}
    if _amounts(claim) & charged - {None, 0}:
        points += _AMOUNT
        why.append("same amount billed")
    return Score(points, tuple(why))


def score_visit(claim: Claim, visit: Visit, npi: Mapping[int, str] | None = None) -> Score:
    """The points of an EOB and a visit: also where a test was ordered there and done elsewhere."""
    if claim.person_id != visit.person_id:
        return Score(0, ("another patient",))
    points, why = 0, []
    places = {visit.provider_id} | ({visit.facility_id} if visit.facility_id else set())
    if _same_provider(claim, places, npi or {}):
        points += _PROVIDER
        why.append("same provider")
    given, words = _days(claim, visit.visited_on, visit.until)
    points += given
    why += [words] if words else []
    categories = {visit.category, *(order.category for order in visit.orders)} - {""}
    codes = {order.code.strip().upper() for order in visit.orders} - {""}
    if codes & _codes(claim):
        points += _CODE
        why.append("the code was ordered")
    elif categories & ({claim.category} | {line.category for line in claim.lines}):
        points += _CODE
        why.append("the service was ordered or given")
    return Score(points, tuple(why))


def match(
    claims: Iterable[Claim],
    bills: Iterable[Bill] = (),
    visits: Iterable[Visit] = (),
    said: Iterable[ClaimLink] = (),
    npi: Mapping[int, str] | None = None,
) -> Matches:
    """All links of the papers there are.

    A bill or visit named by the claim itself (`visit_id`) is linked by hand. Only papers whose days
    lie within a day of each other are compared, so that thousands of them take no time.
    """
    known = list(claims)
    by_person: dict[tuple[int, date], list[Claim]] = defaultdict(list)
    for claim in known:
        for day in _days_of(claim):
            by_person[claim.person_id, day].append(claim)
    words = {(item.claim_id, item.bill_id, item.visit_id): item.linked for item in said}
    to_bill, to_visit = _named(known, words)
    sure_bills: list[Match] = []
    likely_bills: list[Match] = []
    for bill in bills:
        sure: list[Match] = []
        near = _near(by_person, bill.person_id, bill.service_from, bill.service_to)
        near += to_bill.get(bill.id, ())
        for claim in {claim.id: claim for claim in near}.values():
            said_so = words.get((claim.id or 0, bill.id, None))
            score = score_bill(claim, bill, npi)
            _sort_in(claim, bill.id or 0, said_so, score, sure, likely_bills)
        sure_bills += _best_days(sure)
    sure_visits: list[Match] = []
    likely_visits: list[Match] = []
    for visit in visits:
        near = _near(by_person, visit.person_id, visit.visited_on, visit.until)
        near += to_visit.get(visit.id, ())
        for claim in {claim.id: claim for claim in near}.values():
            said_so = words.get((claim.id or 0, None, visit.id))
            if said_so is None and claim.visit_id == visit.id:
                said_so = True
            score = score_visit(claim, visit, npi)
            _sort_in(claim, visit.id or 0, said_so, score, sure_visits, likely_visits)
    by_bill: dict[int, list[int]] = defaultdict(list)
    by_claim: dict[int, list[int]] = defaultdict(list)
    for found in sure_bills:
        by_bill[found.other_id].append(found.claim_id)
        by_claim[found.claim_id].append(found.other_id)
    return Matches(
        tuple(sure_bills),
        tuple(sure_visits),
        tuple(likely_bills),
        tuple(likely_visits),
        dict(by_bill),
        dict(by_claim),
    )


def _named(
    claims: Iterable[Claim], words: Mapping[tuple[int, int | None, int | None], bool]
) -> tuple[dict[int | None, list[Claim]], dict[int | None, list[Claim]]]:
    """The claims that somebody tied to a bill or a visit by hand, by the bill's and the visit's id."""
    by_id = {claim.id or 0: claim for claim in claims}
    to_bill: dict[int | None, list[Claim]] = defaultdict(list)
    to_visit: dict[int | None, list[Claim]] = defaultdict(list)
    for (claim_id, bill_id, visit_id), linked in words.items():
        claim = by_id.get(claim_id)
        if linked and claim is not None:
            if bill_id is not None and visit_id is None:
                to_bill[bill_id].append(claim)
            elif visit_id is not None and bill_id is None:
                to_visit[visit_id].append(claim)
    for claim in by_id.values():
        if claim.visit_id is not None:
            to_visit[claim.visit_id].append(claim)
    return to_bill, to_visit


def _sort_in(
    claim: Claim,
    other_id: int,
    said: bool | None,
    score: Score,
    sure: list[Match],
    likely: list[Match],
) -> None:
    if said is False:
        return
    if said:
        sure.append(Match(claim.id or 0, other_id, How.HAND, score))
    elif score.points >= SURE:
        sure.append(Match(claim.id or 0, other_id, How.SURE, score))
    elif score.points >= LIKELY:
        likely.append(Match(claim.id or 0, other_id, How.LIKELY, score))


def _best_days(found: list[Match]) -> list[Match]:
    """Without those a day apart where another is of the very day: visits that repeat look alike."""
    if any(item.how is How.SURE and _APART not in item.score.why for item in found):
        return [item for item in found if item.how is How.HAND or _APART not in item.score.why]
    return found


def _near(
    by_person: Mapping[tuple[int, date], list[Claim]], person_id: int, begin: date, end: date | None
) -> list[Claim]:
    found: list[Claim] = []
    last = min(end or begin, begin + timedelta(days=400)) + timedelta(days=1)
    day = begin - timedelta(days=1)
    while day <= last:
        found += by_person.get((person_id, day), ())
        day += timedelta(days=1)
    return found


def _days_of(claim: Claim) -> Iterable[date]:
    """The days of care of an EOB: the first, the last, and each in between for a stay."""
    last = min(claim.service_to or claim.service_from, claim.service_from + timedelta(days=400))
    return (claim.service_from + timedelta(days=n) for n in range((last - claim.service_from).days + 1))


def _days(claim: Claim, begin: date, end: date | None) -> tuple[int, str]:
    if claim.service_from == begin:
        return _DAY, "same day"
    first, last = claim.service_from, claim.service_to or claim.service_from
    if first <= (end or begin) and begin <= last and (claim.service_to or end):
        return _IN_STAY, "within the stay"
    if abs((claim.service_from - begin).days) == 1:
        return _NEXT_DAY, _APART
    return 0, ""


def _same_provider(claim: Claim, providers: set[int], npi: Mapping[int, str]) -> bool:
    of_claim = {claim.provider_id, claim.rendering_id, claim.facility_id} - {None}
    if of_claim & providers:
        return True
    numbers = {npi.get(one, "") for one in of_claim if one is not None} - {""}
    return bool(numbers & {npi.get(one, "") for one in providers})


def _codes(claim: Claim) -> set[str]:
    return {line.code.strip().upper() for line in claim.lines} - {""}


def _amounts(claim: Claim) -> set[int | None]:
    return {claim.billed, *(line.billed for line in claim.lines)}
