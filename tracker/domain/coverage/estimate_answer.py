"""What an estimate says: the parts of the sum, who pays them, what moves, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.usual_amount import UsualAmount
from tracker.errors import UserProblem
from tracker.facts import AccumulatorKind, CostSharingRule, Plan
from tracker.money import Cents, dollars

if TYPE_CHECKING:
    from tracker.domain.coverage.estimate_question import Question


class Source(StrEnum):
    """Where the amount comes from that the sum begins with."""

    GIVEN = "given"
    USUAL = "usual"
    METHOD = "method"
    """The plan's way to price out of network."""
    AT_MOST = "at_most"
    """Only the billed amount is known: no plan allows more."""
    FIXED = "fixed"
    """No amount is needed: what is paid is the same for any."""
    RANGE = "range"
    """Two ways to price out of network, one at either end."""


class Caution(StrEnum):
    """What a remark is about."""

    NO_PLAN = "no_plan"
    RENEWED = "renewed"
    NEW_PERIOD = "new_period"
    NOT_NAMED = "not_named"
    ENGINE_OFF = "engine_off"
    NO_RULES = "no_rules"
    NO_RULE = "no_rule"
    NOT_COVERED = "not_covered"
    NEVER_COVERED = "never_covered"
    AUTHORIZATION = "authorization"
    REFERRAL = "referral"
    NETWORK = "network"
    LOCATION = "location"
    VISITS = "visits"
    PROTECTED = "protected"
    BALANCE_BILL = "balance_bill"
    AMOUNT = "amount"
    ASSISTANCE = "assistance"
    ORDER = "order"
    UNPROCESSED = "unprocessed"
    PLANNED = "planned"
    MEDICARE = "medicare"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence beside the sum. `warns` tells what may cost money from what is good to know.

    `at_stake` is the money in it, where it can be said.
    """

    about: Caution
    words: str
    warns: bool = True
    at_stake: Cents | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the sum as it is shown. `strong` for what it comes to."""

    key: str
    words: str
    amount: Cents
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """One accumulator before the care and after it; `person_id` None is the family.

    `crossed` where it is only credited with what another one received (1.8).
    """

    plan: str
    name: str
    words: str
    kind: AccumulatorKind
    person_id: int | None
    before: Cents
    after: Cents
    limit: Cents | None
    crossed: bool = False

    @property
    def met(self) -> bool:
        return self.limit is not None and self.after >= self.limit

    @property
    def figure(self) -> str:
        """`$2,000 of $2,000`."""
        of = "" if self.limit is None else f" of {dollars(self.limit, whole=True)}"
        return f"{dollars(self.after, whole=True)}{of}"

    def sentence(self, whose: str) -> str:
        """`Then your deductible is met`, `Your deductible then`; `whose` is such as `your`, `Sam's`."""
        if self.before != self.after and self.met:
            return f"Then {whose} {self.words} is met"
        name = f"{whose[:1].upper()}{whose[1:]} {self.words}"
        return f"{name} stays at" if self.before == self.after else f"{name} then"


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of a limited number, this one counted in: `13 of 30`."""

    category: str
    used: int
    limit: int

    @property
    def words(self) -> str:
        return f"{self.used} of {self.limit}"

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


@dataclass(frozen=True)
class Payer:
    """One plan's part. `paid` is what it pays after those before it, `alone` what it would by itself.

    `result` is the engine's; None for Medicare's own arithmetic. `owes_alone` is what the member would
    owe under this plan alone.
    """

    year: PlanYear
    tier: str
    allowed: Cents
    alone: Cents
    owes_alone: Cents
    paid: Cents
    source: Source
    parts: tuple[Part, ...]
    sentences: tuple[str, ...]
    moved: tuple[Moved, ...] = ()
    visits: Visits | None = None
    rule: CostSharingRule | None = None
    result: ClaimResult | None = None
    usual: UsualAmount | None = None

    @property
    def plan(self) -> Plan:
        return self.year.plan

    @property
    def billed(self) -> Cents:
        return self.result.totals.billed if self.result else self.allowed


@dataclass(frozen=True)
class Estimate:
    """The answer. Where `you_pay` is None something is missing and `asks` says what.

    `payers` come in the order in which they pay; empty where no plan does. `between` holds the least and
    the most where only a range can be said. `at_most` says that `you_pay` is an upper limit. `cash` is
    what is left to pay after copay assistance. `why` pairs a heading with sentences, `facts` a name with
    what was used. `other_order` is the answer if the plans paid in the other order, where nobody knows.
    """

    question: Question
    payers: tuple[Payer, ...] = ()
    you_pay: Cents | None = None
    cash: Cents | None = None
    between: tuple[Cents, Cents] | None = None
    at_most: bool = False
    asks: UserProblem | None = None
    parts: tuple[Part, ...] = ()
    remarks: tuple[Remark, ...] = ()
    why: tuple[tuple[str, tuple[str, ...]], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    other_order: Estimate | None = None

    @property
    def result(self) -> ClaimResult | None:
        """What the engine says of the first plan."""
        return self.payers[0].result if self.payers else None

    @property
    def plan_pays(self) -> Cents | None:
        """All plans together; None where it cannot be said."""
        if self.you_pay is None or any(payer.source is Source.FIXED for payer in self.payers):
            return None
        return sum(payer.paid for payer in self.payers)

    @property
    def moved(self) -> tuple[Moved, ...]:
        return tuple(moved for payer in self.payers for moved in payer.moved)

    @property
    def usual(self) -> UsualAmount | None:
        """The usual amount the sum began with, or could have."""
        return next((payer.usual for payer in self.payers if payer.usual), None)

    @property
    def source(self) -> Source | None:
        return self.payers[0].source if self.payers else None
