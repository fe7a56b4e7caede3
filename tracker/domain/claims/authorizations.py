"""Prior authorizations and referrals (rulebook 3.10): until when, how much of them is used, and whether a
claim fits what was approved. Never a promise of payment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.facts import Authorization, Authorized, Case, CaseKind, Claim
from tracker.wording import count_of

EXPIRY_REMINDERS = (30, 14, 7)
"""How many days before its end an authorization reminds; 14 is the rulebook's."""

MUCH_USED = 80
"""Percent of the units after which to ask for more."""

_HOLDS = frozenset({Authorized.APPROVED, Authorized.PARTIALLY})
_KINDS = (CaseKind.AUTHORIZATION, CaseKind.REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An authorization on a day. `stands` is EXPIRED once its last day is past.

    `used` counts what the member noted or, where that is more, what the claims within it used.
    `reminder` is how many days before the end it last reminded, None before the first; `nearly_used`
    from 80 % of the units on.
    """

    authorization: Authorization
    stands: Authorized
    used: int
    left: int | None
    days_left: int | None
    reminder: int | None
    nearly_used: bool

    @property
    def holds(self) -> bool:
        """Whether care may go ahead on it."""
        return self.stands in _HOLDS and self.left != 0

    @property
    def words(self) -> str:
        """`Approved until Dec 1, 2026, 9 days left; 8 of 10 used`."""
        parts = [STANDS_WORDS[self.stands]]
        end = self.authorization.valid_to
        if end is not None and self.stands in _HOLDS:
            left = self.days_left or 0
            parts[0] += f" until {day_text(end)}, {count_of(left, 'day')} left"
        elif end is not None and self.stands is Authorized.EXPIRED:
            parts[0] += f" on {day_text(end)}"
        if self.authorization.units:
            parts.append(f"{self.used} of {self.authorization.units} used")
        return "; ".join(parts)


STANDS_WORDS = {
    Authorized.REQUESTED: "Requested",
    Authorized.APPROVED: "Approved",
    Authorized.PARTIALLY: "Partly approved",
    Authorized.DENIED: "Denied",
    Authorized.EXPIRED: "Expired",
    Authorized.NOT_REQUIRED: "Not required",
}


def held(case: Case, claims: Iterable[Claim], today: date) -> Held | None:
    """Where a case's authorization stands; None for a case without one. `claims` are those in force."""
    given = case.authorization
    if given is None:
        return None
    stands = given.stands
    if stands in _HOLDS and given.valid_to is not None and given.valid_to < today:
        stands = Authorized.EXPIRED
    used = max(given.units_used, units_of(case, claims)) if given.units is not None else given.units_used
    left = None if given.units is None else max(0, given.units - used)
    days = (given.valid_to - today).days if given.valid_to else None
    came = [before for before in EXPIRY_REMINDERS if days is not None and 0 <= days <= before]
    return Held(
        authorization=given,
        stands=stands,
        used=used,
        left=left,
        days_left=days,
        reminder=min(came, default=None) if stands in _HOLDS else None,
        nearly_used=bool(given.units) and stands in _HOLDS and used * 100 >= (given.units or 0) * MUCH_USED,
    )


class CareIndex:
    """Claims by code, service and provider, so that many authorizations find theirs in no time."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_code: dict[str, list[Claim]] = defaultdict(list)
        self._by_category: dict[str, list[Claim]] = defaultdict(list)
        self._by_provider: dict[int, list[Claim]] = defaultdict(list)
        self._by_id: dict[int, Claim] = {}
        for claim in claims:
            self._by_id[claim.id or 0] = claim
            for code in _codes(claim):
                self._by_code[code].append(claim)
            for category in _categories(claim):
                self._by_category[category].append(claim)
            for place in {claim.provider_id, claim.rendering_id, claim.facility_id} - {None}:
                self._by_provider[place or 0].append(claim)

    def near(self, case: Case) -> list[Claim]:
        """Every claim that could fall under a case's authorization; others are among them."""
        given = case.authorization
        if given is None:
            return []
        found = [claim for code in codes_of(given) for claim in self._by_code.get(code, ())]
        found += self._by_category.get(given.category, ()) if given.category else ()
        if not given.category and not codes_of(given):
            for place in {case.provider_id, given.facility_id} - {None}:
                found += self._by_provider.get(place or 0, ())
        if case.claim_id in self._by_id:
            found.append(self._by_id[case.claim_id or 0])
        return list({claim.id: claim for claim in found}.values())


def units_of(case: Case, claims: Iterable[Claim]) -> int:
    """What the claims that fall under an authorization used of its units."""
    return sum(_units(case, claim) for claim in claims if covers(case, claim))


def covers(case: Case, claim: Claim) -> bool:
    """Whether a claim is of the care that was approved: person, provider, days and code or service."""
    given = case.authorization
    if given is None or (case.person_id is not None and case.person_id != claim.person_id):
        return False
    if case.claim_id is not None and case.claim_id == claim.id:
        return True
    return _is_same_care(case, claim) and not (_date_off(given, claim) or _provider_off(case, claim))


def about(case: Case, claim: Claim) -> bool:
    """Whether a claim should be held against an authorization: the same person and care, or linked."""
    if case.kind not in _KINDS or case.authorization is None:
        return False
    if case.person_id is not None and case.person_id != claim.person_id:
        return False
    if case.claim_id is not None:
        return case.claim_id == claim.id
    if case.visit_id is not None and claim.visit_id is not None:
        return case.visit_id == claim.visit_id
    return _is_same_care(case, claim) and not _provider_off(case, claim)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which a claim differs from what was approved: `what` is code, provider, facility, date
    or units."""

    what: str
    words: str


def mismatches(case: Case, claim: Claim, *, used_before: int = 0) -> tuple[Mismatch, ...]:
    """How a claim differs from its authorization. `used_before` are the units of earlier claims."""
    given = case.authorization
    if given is None:
        return ()
    number = f"authorization {given.number}" if given.number else "the authorization"
    found: list[Mismatch] = []
    billed = _codes(claim)
    approved = codes_of(given)
    if approved and billed and (other := sorted(billed - approved)):
        said = f"The claim has {', '.join(other)}; {number} is for {', '.join(sorted(approved))}."
        found.append(Mismatch("code", said))
    if _provider_off(case, claim):
        found.append(Mismatch("provider", f"The claim is of another provider than {number}."))
    if given.facility_id and claim.facility_id and given.facility_id != claim.facility_id:
        found.append(Mismatch("facility", f"The claim is of another place than {number}."))
    if _date_off(given, claim):
        span = " to ".join(day_text(day) for day in (given.valid_from, given.valid_to) if day)
        said = f"The care of {day_text(claim.service_from)} lies outside its days, {span}."
        found.append(Mismatch("date", said))
    units = used_before + _units(case, claim)
    if given.units is not None and units > given.units:
        found.append(Mismatch("units", f"{units} units were billed; {given.units} were approved."))
    return tuple(found)


def codes_of(given: Authorization) -> frozenset[str]:
    """The codes that were approved."""
    return frozenset(given.codes.upper().replace(",", " ").split())


def on_file(
    cases: Iterable[Case],
    *,
    person_id: int,
    categories: Collection[str],
    day: date,
    provider_id: int | None = None,
    claims: Iterable[Claim] = (),
) -> Case | None:
    """The approved authorization for care to come; None where there is none.

    It has to name the service, or the one above it (`categories`), hold on that day, be of that provider
    where both are known, and have units left.
    """
    known = tuple(claims)
    for case in cases:
        given = case.authorization
        if case.kind is not CaseKind.AUTHORIZATION or given is None or given.category not in categories:
            continue
        if case.person_id not in (None, person_id) or not _within(given, day):
            continue
        places = {case.provider_id, given.facility_id} - {None}
        if provider_id is not None and places and provider_id not in places:
            continue
        state = held(case, known, day)
        if state is not None and state.holds:
            return case
    return None


def _is_same_care(case: Case, claim: Claim) -> bool:
    given = case.authorization
    if given is None:
        return False
    approved = codes_of(given)
    if approved & _codes(claim):
        return True
    if given.category:
        return given.category in _categories(claim)
    if approved:
        return False
    # A referral names no code: every visit to that provider counts.
    return case.provider_id is not None and not _provider_off(case, claim)


def _units(case: Case, claim: Claim) -> int:
    """Visits for a referral; else the units of the lines with an approved code, or one."""
    given = case.authorization
    approved = codes_of(given) if given else frozenset()
    if case.kind is CaseKind.REFERRAL or not approved:
        return 1
    lines = [line.units for line in claim.lines if line.code.strip().upper() in approved]
    return sum(lines) if lines else 1


def _provider_off(case: Case, claim: Claim) -> bool:
    places = {case.provider_id, case.authorization.facility_id if case.authorization else None} - {None}
    return bool(places) and not places & {claim.provider_id, claim.rendering_id, claim.facility_id}


def _date_off(given: Authorization, claim: Claim) -> bool:
    return not _within(given, claim.service_from)


def _within(given: Authorization, day: date) -> bool:
    after_start = given.valid_from is None or given.valid_from <= day
    return after_start and (given.valid_to is None or day <= given.valid_to)


def _codes(claim: Claim) -> frozenset[str]:
    return frozenset(line.code.strip().upper() for line in claim.lines) - {""}


def _categories(claim: Claim) -> frozenset[str]:
    return frozenset((claim.category, *(line.category for line in claim.lines))) - {""}
