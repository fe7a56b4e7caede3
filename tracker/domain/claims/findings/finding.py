"""What a detector found: amounts, evidence, and what to do first (rulebook 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tracker.domain.claims.papers import Papers
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
    no money hangs on it.
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

    @property
    def key(self) -> str:
        """The name under which a decision on it is kept."""
        return f"{self.detector}:{self.about}"


Findings = Iterator[Finding]


def of_claim(claim: Claim, words: str = "") -> Evidence:
    return Evidence(Noun.CLAIM, claim.id or 0, words or f"EOB {claim.claim_number}".strip())


def of_bill(bill: Bill, words: str = "") -> Evidence:
    return Evidence(Noun.BILL, bill.id or 0, words or f"Bill {bill.account_number}".strip())


def of_visit(visit: Visit, words: str = "") -> Evidence:
    return Evidence(Noun.VISIT, visit.id or 0, words or "Visit")


class Detector:
    """One test over all papers. Subclasses look at what they are about, one at a time, so that an edit
    asks only about what it touched."""

    id = ""
    name = ""

    def of_claim(self, papers: Papers, claim: Claim) -> Findings:
        """What is wrong with an EOB in force."""
        yield from ()

    def of_bill(self, papers: Papers, bill: Bill) -> Findings:
        """What is wrong with a bill."""
        yield from ()

    def of_visit(self, papers: Papers, visit: Visit) -> Findings:
        """What is missing for a visit."""
        yield from ()

    def of_ledger(self, papers: Papers) -> Findings:
        """What is wrong with the papers as a whole, such as the membership fees."""
        yield from ()
