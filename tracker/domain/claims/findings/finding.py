"""What a detector found: amounts, evidence, and what to do first (rulebook 3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TypeAlias

from tracker.domain.claims.findings.views import AboutBill, AboutClaim, AboutLedger, AboutVisit
from tracker.facts import Bill, Claim, Noun, Visit
from tracker.money import Cents


class Severity(IntEnum):
    """How much it matters; the higher comes first."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Whom(StrEnum):
    """Whom to ask first."""

    ME = "me"
    PRACTICE = "practice"
    PROVIDER = "provider"
    INSURER = "insurer"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact behind a finding, to be opened."""

    noun: Noun
    noun_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that looks wrong.

    `detector` is D1 to D25, `about` names what it is about so that a decision on it is kept while the
    papers change around it. `at_stake` is what the member could get back or need not pay; zero where
    no money hangs on it. `on` is the day of the care, or of the payment.
    """

    detector: str
    about: str
    severity: Severity
    title: str
    what: str
    first: str
    whom: Whom
    expected: Cents | None = None
    stated: Cents | None = None
    at_stake: Cents = 0
    claim_id: int | None = None
    bill_id: int | None = None
    visit_id: int | None = None
    evidence: tuple[Evidence, ...] = ()
    on: date | None = None

    @property
    def is_question(self) -> bool:
        """Whether it only asks something, such as whether care was received (D3): no money hangs on it
        until the member says so."""
        return self.detector == "D3" and self.severity < Severity.HIGH

    @property
    def key(self) -> str:
        """The name under which a decision on it is kept."""
        return f"{self.detector}:{self.about}"


Findings: TypeAlias = Iterator[Finding]


def of_claim(claim: Claim, words: str = "") -> Evidence:
    return Evidence(Noun.CLAIM, claim.id or 0, words or f"EOB {claim.claim_number}".strip())


def of_bill(bill: Bill, words: str = "") -> Evidence:
    return Evidence(Noun.BILL, bill.id or 0, words or f"Bill {bill.account_number}".strip())


def of_visit(visit: Visit, words: str = "") -> Evidence:
    return Evidence(Noun.VISIT, visit.id or 0, words or f"Visit {visit.description}".strip())


class Detector:
    """One test. Subclasses look at one thing at a time, and only at what its view holds: that is why
    an edit needs to ask only about the views it changed.

    `id` is D1 to D25; `name` the kind of problem, `severity` and `whom` as the rulebook sets them,
    `first` the first thing to do.
    """

    id = ""
    name = ""
    severity = Severity.LOW
    whom = Whom.PROVIDER
    first = ""

    def of_claim(self, view: AboutClaim) -> Findings:
        """What is wrong with an EOB in force."""
        yield from ()

    def of_bill(self, view: AboutBill) -> Findings:
        """What is wrong with a bill."""
        yield from ()

    def of_visit(self, view: AboutVisit) -> Findings:
        """What is missing for a visit."""
        yield from ()

    def of_ledger(self, view: AboutLedger) -> Findings:
        """What is wrong with the papers as a whole, such as the membership fees."""
        yield from ()

    # making findings -------------------------------------------------------------------

    def in_claim(
        self,
        view: AboutClaim,
        what: str,
        *,
        part: str = "",
        stated: Cents | None = None,
        expected: Cents | None = None,
        at_stake: Cents | None = None,
        evidence: Iterable[Evidence] = (),
    ) -> Finding:
        """A finding about an EOB; `part` tells it from another of the same detector there."""
        claim = view.claim
        return Finding(
            detector=self.id,
            about=f"claim:{claim.id}" + (f":{part}" if part else ""),
            severity=self.severity,
            title=self.name,
            what=what,
            first=self.first,
            whom=self.whom,
            expected=expected,
            stated=stated,
            at_stake=_at_stake(stated, expected, at_stake),
            claim_id=claim.id,
            evidence=_once((of_claim(claim), *evidence)),
            on=claim.service_from,
        )

    def in_bill(
        self,
        view: AboutBill,
        what: str,
        *,
        part: str = "",
        stated: Cents | None = None,
        expected: Cents | None = None,
        at_stake: Cents | None = None,
        evidence: Iterable[Evidence] = (),
    ) -> Finding:
        """A finding about a bill, with the EOBs that hold for it as evidence."""
        bill = view.bill
        return Finding(
            detector=self.id,
            about=f"bill:{bill.id}" + (f":{part}" if part else ""),
            severity=self.severity,
            title=self.name,
            what=what,
            first=self.first,
            whom=self.whom,
            expected=expected,
            stated=stated,
            at_stake=_at_stake(stated, expected, at_stake),
            claim_id=view.claims[0].id if view.claims else None,
            bill_id=bill.id,
            evidence=_once((of_bill(bill), *map(of_claim, view.claims), *evidence)),
            on=bill.service_from,
        )


def _at_stake(stated: Cents | None, expected: Cents | None, given: Cents | None) -> Cents:
    """As given, else by how much what is stated is above what is expected; never below zero."""
    if given is None:
        given = stated - expected if stated is not None and expected is not None else 0
    return max(0, given)


def _once(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple({(item.noun, item.noun_id): item for item in reversed(list(items))}.values())[::-1]
