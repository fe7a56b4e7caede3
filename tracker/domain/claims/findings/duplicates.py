"""D2: the same service twice, on EOBs or on bills (rulebook 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracker.dates import day_text
from tracker.domain.claims.findings.finding import (
    Detector,
    Findings,
    Severity,
    Whom,
    of_bill,
    of_claim,
)
from tracker.domain.claims.findings.reading import codes_in, modifiers_in, owed, parts_of
from tracker.domain.claims.findings.views import AboutBill, AboutClaim
from tracker.domain.coverage.plan_year import order_key
from tracker.facts import Bill, Claim, EobLine
from tracker.money import Cents, dollars

REPEATED = frozenset({"76", "77", "59", "LT", "RT", "50"})
"""Modifiers that say a service was given again, apart, or on the other side."""

ALREADY_SEEN = "18"
"""The insurer itself found the duplicate and pays it only once."""


class _Service(NamedTuple):
    """What makes two lines the same service."""

    day: date
    code: str
    units: int


class Duplicate(Detector):
    """D2: two lines of the same patient, provider, day, code and units, and nothing that says why.

    Papers without codes are the same where their day, service and amount are.
    """

    id = "D2"
    name = "Billed twice"
    severity = Severity.MEDIUM
    whom = Whom.PROVIDER
    first = "Ask the billing office whether the service was given twice, and to void the second."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        earlier = sorted(
            (
                other.claim
                for other in view.beside
                if other.places & view.places and order_key(other.claim) < order_key(claim)
            ),
            key=order_key,
        )
        seen: dict[_Service, Claim] = {}
        for other in earlier:
            for service, _ in _claim_services(other):
                seen.setdefault(service, other)
        twice: dict[_Service, tuple[Claim, Cents]] = {}
        for service, cents in _claim_services(claim):
            if service in seen:
                first, before = twice.get(service, (seen[service], 0))
                twice[service] = first, before + cents
            else:
                seen[service] = claim
        for service, (first, cents) in twice.items():
            where = "twice on this EOB" if first is claim else "on two EOBs"
            yield self.in_claim(
                view,
                f"{service.code} of {day_text(service.day)} from {view.who} is {where}; "
                f"the second leaves you {dollars(cents)}.",
                part=f"{service.code}:{service.day}",
                stated=cents,
                expected=0,
                evidence=[of_claim(first)],
            )
        same = next((other for other in earlier if _is_same_whole(claim, other)), None)
        if same is not None:
            cents = owed(claim) or 0
            number = claim.claim_number.strip()
            yield self.in_claim(
                view,
                f"Claim {number} of {day_text(claim.service_from)} is entered twice."
                if number and number == same.claim_number.strip()
                else f"Two EOBs from {view.who} for {day_text(claim.service_from)} bill "
                f"{dollars(claim.billed or 0)}; the second leaves you {dollars(cents)}.",
                stated=cents,
                expected=0,
                evidence=[of_claim(same)],
            )

    def of_bill(self, view: AboutBill) -> Findings:
        bill = view.bill
        earlier = [other for other in view.beside if (other.id or 0) < (bill.id or 0)]
        seen: dict[_Service, Bill] = {}
        for other in earlier:
            for service, _ in _bill_services(other):
                seen.setdefault(service, other)
        twice: dict[_Service, tuple[Bill, Cents]] = {}
        for service, cents in _bill_services(bill):
            if service in seen:
                first, before = twice.get(service, (seen[service], 0))
                twice[service] = first, before + cents
            else:
                seen[service] = bill
        for service, (first, cents) in twice.items():
            where = "twice on this bill" if first is bill else "on two bills"
            yield self.in_bill(
                view,
                f"{service.code} of {day_text(service.day)} from {view.who} is {where}; "
                f"the second asks {dollars(cents)}.",
                part=f"{service.code}:{service.day}",
                stated=cents,
                expected=0,
                evidence=[of_bill(first)],
            )
        for other in earlier:
            if _asks_the_same(bill, other):
                yield self.in_bill(
                    view,
                    f"Two bills from {view.who} for {day_text(bill.service_from)} ask "
                    f"{dollars(bill.asks)} each.",
                    stated=bill.asks,
                    expected=0,
                    evidence=[of_bill(other)],
                )
                return


def _claim_services(claim: Claim) -> Iterator[tuple[_Service, Cents]]:
    """The services of an EOB's lines that nothing explains, with what each leaves to the member."""
    if not claim.lines or ALREADY_SEEN in codes_in(claim.reasons):
        return
    for part in parts_of(claim):
        known = any(reason.code == ALREADY_SEEN for reason in part.reasons)
        if part.code and not known and not part.modifiers & REPEATED and not _takes_back(part.line):
            yield _Service(part.day, part.code, part.units), part.owed or 0


def _takes_back(line: EobLine | None) -> bool:
    """A line of a reversal has negative amounts."""
    return line is not None and any((value or 0) < 0 for value in (line.billed, line.allowed))


def _is_same_whole(claim: Claim, other: Claim) -> bool:
    """Whether two EOBs without lines are about the same care."""
    if claim.lines or other.lines or not claim.billed or ALREADY_SEEN in codes_in(claim.reasons):
        return False
    return (
        claim.service_from == other.service_from
        and claim.billed == other.billed
        and claim.category == other.category
    )


def _bill_services(bill: Bill) -> Iterator[tuple[_Service, Cents]]:
    """The services of a bill's newest statement: the older ones it replaces."""
    newest = bill.newest
    for line in newest.lines if newest else ():
        code = line.code.strip().upper()
        if code and line.amount > 0 and not modifiers_in(line.modifiers) & REPEATED:
            yield _Service(line.service_on or bill.service_from, code, line.units), line.amount


def _asks_the_same(bill: Bill, other: Bill) -> bool:
    """Whether two bills without lines ask the same money for the same day under two accounts."""
    if any(one.newest is None or one.newest.lines or one.closed for one in (bill, other)):
        return False
    return bill.asks > 0 and bill.asks == other.asks and bill.category == other.category
