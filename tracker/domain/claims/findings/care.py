"""EOBs against the care log: D3 no such visit, D5 other day or provider, D14 not ordered, D17 no EOB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.dates import day_text
from tracker.domain.claims.findings.finding import (
    Detector,
    Finding,
    Findings,
    Severity,
    Whom,
    of_claim,
    of_visit,
)
from tracker.domain.claims.findings.reading import Part, owed, parts_of, within
from tracker.domain.claims.findings.views import AboutBill, AboutClaim, AboutVisit, Logged
from tracker.facts import ClaimStage, OrderLine, Visit
from tracker.money import dollars

NEAR_DAYS = 7
"""A day so close to a logged one may be a slip of the key."""

ORDER_DAYS = 90
"""Tests are done within so many days of their order, or the order is another one."""

EOB_DAYS = 45
"""A clean electronic claim is decided by then (3.3)."""

_NEVER_SENT = (ClaimStage.NOT_SUBMITTED, ClaimStage.WITHDRAWN)
_TESTS = frozenset({"LAB", "XRAY", "IMAGING", "US"})
_TEST_CODES = (70010, 89398)


class NotReceived(Detector):
    """D3: care on an EOB or a bill that the care log does not know.

    Only where the person's care log is kept around that day, and not for drugs, which nobody logs.
    High once the member confirms it (`services.findings` raises it), medium until then. A visit at a
    facility brings bills of several providers, and what a visit ordered is done elsewhere: both count
    as logged.
    """

    id = "D3"
    name = "Care you did not log"
    severity = Severity.MEDIUM
    whom = Whom.INSURER
    first = "Check your calendar. If you were not there, tell the insurer: it may be a mistake or fraud."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        if view.visits or not view.log or view.is_drug(claim.category):
            return
        if any(part.category and view.is_drug(part.category) for part in parts_of(claim)):
            return
        if not _is_unknown(view.log, view.places, claim.service_from, claim.service_to):
            return
        if _ordered_by(view) or _slip(view) is not None:
            return
        cents = owed(claim)
        yield self.in_claim(
            view,
            _not_logged(view.who, claim.service_from, cents),
            stated=cents,
            expected=None if cents is None else 0,
        )

    def of_bill(self, view: AboutBill) -> Findings:
        bill = view.bill
        if view.claims or view.visit or not view.log or bill.asks <= 0:
            return
        if view.is_drug(bill.category) or bill.category == "MEMBERSHIP":
            return
        if not _is_unknown(view.log, view.places, bill.service_from, bill.service_to):
            return
        roots = {bill.category, view.root(bill.category)}
        if any(roots & {order.category for order in item.visit.orders} - {""} for item in view.log):
            return
        yield self.in_bill(
            view, _not_logged(view.who, bill.service_from, bill.asks), stated=bill.asks, expected=0
        )


def _not_logged(who: str, day: date, cents: int | None) -> str:
    words = f"Your care log has no visit at {who} on {day_text(day)}."
    return words if cents is None else f"{words} You are asked for {dollars(cents)}."


def _is_unknown(log: Iterable[Logged], places: frozenset[int], begin: date, end: date | None) -> bool:
    """Whether no entry of the log is of that day and place; a stay or facility brings other providers."""
    for item in log:
        first, last = item.visit.visited_on, item.visit.until or item.visit.visited_on
        same_day = first <= (end or begin) and begin <= last
        if same_day and (item.places & places or item.visit.facility_id is not None):
            return False
    return True


class OtherDayOrProvider(Detector):
    """D5: the service is in the care log, but on another day or with another provider.

    The log's visit is one that has no EOB of its own; the EOB's day and provider are not logged.
    """

    id = "D5"
    name = "Wrong day or provider"
    severity = Severity.MEDIUM
    whom = Whom.PROVIDER
    first = "Ask the billing office to compare the day and the provider with its own record."

    def of_claim(self, view: AboutClaim) -> Findings:
        slip = _slip(view)
        if slip is None:
            return
        visit = slip.item.visit
        if slip.is_day:
            words = (
                f"The EOB says {day_text(view.claim.service_from)} at {view.who}; your care log says "
                f"{day_text(visit.visited_on)}."
            )
        else:
            words = (
                f"The EOB says that {view.who} gave the care of {day_text(view.claim.service_from)}; "
                "your care log names another provider."
            )
        yield self.in_claim(view, words, evidence=[of_visit(visit)])


class _Slip(NamedTuple):
    """The log's entry that an EOB is probably about; `is_day` where the day is off, else the provider."""

    item: Logged
    is_day: bool


def _slip(view: AboutClaim) -> _Slip | None:
    claim = view.claim
    if view.visits or not _is_unknown(view.log, view.places, claim.service_from, claim.service_to):
        return None
    free = [item for item in view.log if not item.claims and _same_service(view, item)]
    for item in sorted(free, key=lambda item: abs((item.visit.visited_on - claim.service_from).days)):
        apart = abs((item.visit.visited_on - claim.service_from).days)
        if item.places & view.places and 0 < apart <= NEAR_DAYS:
            return _Slip(item, True)
        if apart == 0 and not item.places & view.places:
            return _Slip(item, False)
    return None


def _same_service(view: AboutClaim, item: Logged) -> bool:
    """Whether an EOB is for what a visit was: the category, or at its own place a code noted there."""
    categories = {part.category for part in parts_of(view.claim)} - {""}
    if item.visit.category and item.visit.category in categories:
        return True
    codes = {part.code for part in parts_of(view.claim)} - {""}
    noted = {order.code.strip().upper() for order in item.visit.orders}
    return bool(codes & noted and item.places & view.places)


class NotOrdered(Detector):
    """D14: a test on the EOB that is not on the requisition whose other tests the EOB has."""

    id = "D14"
    name = "Not on the order"
    severity = Severity.INFO
    whom = Whom.PRACTICE
    first = "Ask the practice whether the test was added later or not ordered."

    def of_claim(self, view: AboutClaim) -> Findings:
        tests = [part for part in parts_of(view.claim) if part.line and _is_test(view, part)]
        if not tests:
            return
        sheets = _requisitions(view, tests)
        orders = [order for visit in sheets for order in visit.orders]
        if not orders:
            return
        newest = max(sheets, key=lambda visit: visit.visited_on)
        seen: set[str] = set()
        for part in tests:
            if any(is_ordered(order, part) for order in orders):
                continue
            name = part.code if part.code and part.code not in seen else f"{part.code}:{part.place}"
            seen.add(name)
            asked = f" You owe {dollars(part.owed)} for it." if part.owed else ""
            yield self.in_claim(
                view,
                f"{part.words or 'A test'} was not on the requisition of "
                f"{day_text(newest.visited_on)}: added later, or not ordered?{asked}",
                part=f"line:{name}",
                stated=part.owed,
                expected=None if part.owed is None else 0,
                evidence=[of_visit(visit, "Requisition") for visit in sheets],
            )


def _is_test(view: AboutClaim, part: Part) -> bool:
    if part.category:
        return part.category in _TESTS or view.root(part.category) in _TESTS
    return within(part.code, _TEST_CODES)


def _requisitions(view: AboutClaim, tests: Sequence[Part]) -> list[Visit]:
    """The visits whose orders the EOB answers: linked to it, or with a test in common."""
    linked = [visit for visit in view.visits if visit.orders]
    day = view.claim.service_from
    recent = [
        item.visit
        for item in view.log
        if item.visit.orders and 0 <= (day - item.visit.visited_on).days <= ORDER_DAYS
    ]
    common = [
        visit
        for visit in {visit.id: visit for visit in (*linked, *recent)}.values()
        if any(is_ordered(order, part) for order in visit.orders for part in tests)
    ]
    if common:
        return common
    own = {view.claim.visit_id}
    return [visit for visit in linked if visit.id in own]


def _ordered_by(view: AboutClaim) -> bool:
    """Whether a visit before it ordered something of what the EOB is for."""
    day, parts = view.claim.service_from, list(parts_of(view.claim))
    return any(
        is_ordered(order, part)
        for item in view.log
        if 0 <= (day - item.visit.visited_on).days <= ORDER_DAYS
        for order in item.visit.orders
        for part in parts
    )


def is_ordered(order: OrderLine, part: Part) -> bool:
    """Whether a line is what was ordered: by its code, else its category, else a word of both texts."""
    code = order.code.strip().upper()
    if code and part.code:
        return code == part.code
    if order.category and part.category:
        return order.category == part.category
    return bool(_telling(order.text) & _telling(part.words))


def _telling(text: str) -> set[str]:
    """The words of a text that tell tests apart."""
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    return {word for word in words if len(word) > 3} - {"test", "tests", "panel", "level", "blood"}


class NoEob(Detector):
    """D17: a visit older than 45 days for which a claim is expected, and no EOB."""

    id = "D17"
    name = "EOB missing"
    severity = Severity.LOW
    whom = Whom.PROVIDER
    first = "Ask the provider whether the claim was sent, and when; then ask the insurer."

    def of_visit(self, view: AboutVisit) -> Findings:
        visit = view.visit
        if not visit.expects_claim or not view.overdue or not view.covered:
            return
        if view.eobs or view.self_paid:
            return
        if any(claim.stage in _NEVER_SENT for claim in view.open_claims):
            return
        yield Finding(
            detector=self.id,
            about=f"visit:{visit.id}",
            severity=self.severity,
            title=self.name,
            what=_missing(view),
            first=self.first,
            whom=self.whom,
            visit_id=visit.id,
            evidence=(of_visit(visit), *map(of_claim, view.open_claims)),
            on=visit.visited_on,
        )


def _missing(view: AboutVisit) -> str:
    who = view.provider.name if view.provider else "the provider"
    words = f"There is no EOB for your visit at {who} of {day_text(view.visit.visited_on)}"
    sent = next((claim for claim in view.open_claims if claim.submitted_on), None)
    if sent is not None and sent.submitted_on is not None:
        return f"{words}; the claim was sent on {day_text(sent.submitted_on)}."
    return f"{words}, which is more than {EOB_DAYS} days ago."
