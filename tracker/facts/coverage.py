"""The facts of an insurance plan (rulebook 1.1 to 1.15): its limits, what care costs, what was learned.

A plan's limits and its cost-sharing rules name each other by short names such as `DED_IN`: that is how
two services share a deductible, or drugs have one of their own. Amounts are cents, rates basis points.
What contradicts itself in one rule is refused when it is made, with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.dates import Period
from tracker.errors import UserProblem
from tracker.money import LARGEST, BasisPoints, Cents, dollars

if TYPE_CHECKING:
    from tracker.facts import Recurring

IN, OUT = "IN", "OUT"
"""The two network tiers every plan has; a plan may add more, all of them contracted."""

ALL: BasisPoints = 10_000
"""100%."""

MOST_RATE: BasisPoints = 100_000
"""Ten times Medicare; no plan is known to allow more, so a larger rate is a slip of the key."""

LONGEST_NAME = 80
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,29}", re.ASCII)


class PlanKind(StrEnum):
    """Kinds of coverage (rulebook 1.1). OTHER follows rules of its own: only its EOBs count."""

    PPO = "PPO"
    HMO = "HMO"
    EPO = "EPO"
    POS = "POS"
    HDHP = "HDHP"
    MEDICARE = "Medicare"
    MEDIGAP = "Medigap"
    ADVANTAGE = "Medicare Advantage"
    PART_D = "Part D"
    OTHER = "other"


class Network(StrEnum):
    """Whether the provider has a contract with this plan's network."""

    IN = "in"
    OUT = "out"


class AccumulatorKind(StrEnum):
    """What a running total counts toward (rulebook 1.3)."""

    DEDUCTIBLE = "deductible"
    OOP_MAX = "oop_max"


class AccumulatorMode(StrEnum):
    """Who shares the limit (rulebook 1.3 and 1.4)."""

    SELF = "self"
    EMBEDDED = "embedded"
    AGGREGATE = "aggregate"


class CopayOrder(StrEnum):
    """AFTER: the deductible first, the copay from what is left. BEFORE: the copay first."""

    AFTER = "after"
    BEFORE = "before"


class CopayScope(StrEnum):
    """What one copay pays for. VISIT is once per claim and category."""

    VISIT = "visit"
    LINE = "line"
    DAY = "day"
    ADMISSION = "admission"
    FILL = "fill"


class Need(StrEnum):
    """Whether a prior authorization or a referral is needed; drives checklists, not arithmetic."""

    NO = "no"
    SOMETIMES = "sometimes"
    YES = "yes"


class Assistance(StrEnum):
    """Whether a manufacturer's copay assistance counts toward accumulators (1.12)."""

    ASK = "ask"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"


class DeductibleCarryOver(StrEnum):
    """Fourth-quarter carry-over of the deductible into the next period (1.15)."""

    NONE = "none"
    IF_NOT_MET = "q4_if_not_met"
    ALWAYS = "q4_always"


class PeriodRule(StrEnum):
    """To which accumulator period a hospital stay over its border belongs (1.2)."""

    ADMISSION = "admission"
    DISCHARGE = "discharge"
    SPLIT = "split"


class OonMethod(StrEnum):
    """How a plan sets the allowed amount of a provider it has no contract with (1.9)."""

    PCT_MEDICARE = "pct_medicare"
    UCR_PERCENTILE = "ucr_percentile"
    PCT_BILLED = "pct_billed"
    SCHEDULE = "schedule"
    NONE = "none"


class CobMethod(StrEnum):
    """How a second plan coordinates (1.14).

    STANDARD pays what is left up to what it would pay alone. NON_DUPLICATION (carve-out) pays only
    what it would pay alone beyond what the first paid. MAINTENANCE applies its own terms to the rest.
    ALLOWED_LESS_PAID, seen in dental plans, pays up to its own allowed amount less the first's payment.
    """

    STANDARD = "standard"
    NON_DUPLICATION = "non_duplication"
    MAINTENANCE = "maintenance"
    ALLOWED_LESS_PAID = "allowed_less_paid"


class Stands(StrEnum):
    """What a network check found."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class Likelihood(StrEnum):
    """How sure it is that planned care will be given."""

    SURE = "sure"
    LIKELY = "likely"
    MAYBE = "maybe"


class Counting(StrEnum):
    """What an opening balance is of: cents of a limit, visits or plan dollars of a category."""

    BUCKET = "bucket"
    VISITS = "visits"
    DOLLARS = "dollars"


def require_amount(value: Cents | None, what: str, field: str) -> None:
    if value is not None and not 0 <= value <= LARGEST:
        raise UserProblem(
            f"{what} cannot be {dollars(value)}.", f"Use zero up to {dollars(LARGEST)}.", field=field
        )


def percent(rate: BasisPoints) -> str:
    """A rate as people write it: `20%`, `12.5%`."""
    sign = "-" if rate < 0 else ""
    units, rest = divmod(abs(rate), 100)
    return f"{sign}{units}{f'.{rest:02d}'.rstrip('0') if rest else ''}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTier:
    """A tier of providers. Contracted ones write off what exceeds the allowed amount."""

    code: str
    name: str
    contracted: bool = True


TWO_TIERS = (
    NetworkTier(code=IN, name="in network"),
    NetworkTier(code=OUT, name="out of network", contracted=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCategory:
    """One kind of care (1.7). `name` is for the screen, `short` for the middle of a sentence.

    `parent` is the category a sub-category belongs to. `never_covered` marks what no health plan
    pays and no accumulator counts: fees, travel, cosmetic care (1.11). `codes` are ranges of
    procedure or place codes that hint at the category, numbers only.
    """

    code: str
    name: str
    short: str = ""
    parent: str | None = None
    never_covered: bool = False
    drug: bool = False
    codes: str = ""

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise UserProblem(
                f"\u201c{self.code[:30]}\u201d cannot be a category's code.",
                "Use up to 30 capital letters, digits and underscores, such as LAB_THYROID.",
                field="code",
            )
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise UserProblem(
                "A category needs a name.", f"Type one of up to {LONGEST_NAME} letters.", field="name"
            )
        if self.parent == self.code:
            raise UserProblem(
                f"{self.name} cannot belong to itself.", "Choose another parent.", field="parent"
            )

    @property
    def phrase(self) -> str:
        """The category in the middle of a sentence."""
        return self.short or self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accumulator:
    """One limit of a plan with its running total (1.3): a deductible or an out-of-pocket maximum.

    `None` is "no such limit". `name` is what rules call it; empty takes the usual name of its kind and
    tier. `drugs` marks one that only drugs count toward. `cap` is the law's limit for one person in a
    family (1.5), as entered. `credits` names the limits that receive the same cents (1.8). `tier` is a
    network tier beyond the two everybody has, else empty.
    """

    id: int | None = None
    kind: AccumulatorKind
    network: Network
    mode: AccumulatorMode
    individual: Cents | None = None
    family: Cents | None = None
    name: str = ""
    tier: str = ""
    drugs: bool = False
    cap: Cents | None = None
    credits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", usual_name(self.kind, self.tier_code, drugs=self.drugs))

    @property
    def tier_code(self) -> str:
        """The tier it belongs to: `IN`, `OUT` or a further one."""
        return self.tier or (IN if self.network is Network.IN else OUT)


def usual_name(kind: AccumulatorKind, tier: str, *, drugs: bool = False) -> str:
    """`DED_IN`, `OOP_OUT`, `RXDED_IN`."""
    return f"{'RX' if drugs else ''}{'DED' if kind is AccumulatorKind.DEDUCTIBLE else 'OOP'}_{tier}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSharingRule:
    """What the member pays for one category in one tier (1.6).

    `deductible` and `oop_max` name accumulators; None waives the deductible, or keeps the cost share
    from counting. `coinsurance` is taken of what deductible and copay leave. `max_units` limits the
    days of a copay per day. Limits are per person and accumulator period.
    """

    category: str
    tier: str = IN
    covered: bool = True
    deductible: str | None = None
    oop_max: str | None = None
    copay: Cents = 0
    copay_order: CopayOrder = CopayOrder.AFTER
    copay_scope: CopayScope = CopayScope.VISIT
    max_units: int | None = None
    coinsurance: BasisPoints = 0
    coinsurance_min: Cents = 0
    coinsurance_max: Cents | None = None
    waive_copay_if_admitted: bool = False
    visit_limit: int | None = None
    dollar_max: Cents | None = None
    no_authorization_penalty: Cents = 0
    copay_credits: str | None = None
    prior_authorization: Need = Need.NO
    referral: Need = Need.NO
    note: str = ""

    def __post_init__(self) -> None:
        of = f"of {self.category} ({self.tier})"
        require_amount(self.copay, f"The copay {of}", "copay")
        require_amount(self.coinsurance_min, f"The least coinsurance {of}", "coinsurance_min")
        require_amount(self.coinsurance_max, f"The most coinsurance {of}", "coinsurance_max")
        require_amount(self.dollar_max, f"The most the plan pays {of}", "dollar_max")
        require_amount(self.no_authorization_penalty, f"The penalty {of}", "no_authorization_penalty")
        if not 0 <= self.coinsurance <= ALL:
            raise UserProblem(
                f"The coinsurance {of} is {percent(self.coinsurance)}.",
                "Use a percentage from 0 to 100.",
                field="coinsurance",
            )
        if self.coinsurance_max is not None and self.coinsurance_max < self.coinsurance_min:
            raise UserProblem(
                f"The most coinsurance {of}, {dollars(self.coinsurance_max)}, is below the least, "
                f"{dollars(self.coinsurance_min)}.",
                "Check both amounts.",
                field="coinsurance_max",
            )
        for count, what, field in (
            (self.visit_limit, "visit limit", "visit_limit"),
            (self.max_units, "number of days with a copay", "max_units"),
        ):
            if count is not None and count < 0:
                raise UserProblem(f"The {what} {of} is below zero.", "Use 0 or more.", field=field)


@dataclass(frozen=True, slots=True)
class OonPricing:
    """A plan's way to price out of network; `rate` belongs to the percentage methods (14000 is 140%)."""

    method: OonMethod
    rate: BasisPoints = 0

    def __post_init__(self) -> None:
        by_rate = self.method in (OonMethod.PCT_MEDICARE, OonMethod.PCT_BILLED)
        if by_rate and not 0 < self.rate <= MOST_RATE:
            raise UserProblem(
                "The percentage your plan allows out of network is missing or not believable.",
                "Type it like 140 for 140% of Medicare.",
                field="rate",
            )
        if self.method is OonMethod.PCT_BILLED and self.rate > ALL:
            raise UserProblem(
                "A plan cannot allow more than 100% of what is billed.",
                "Check the percentage.",
                field="rate",
            )

    @property
    def needs(self) -> str | None:
        """The figure to ask for besides the bill, in words, or None."""
        return _FIGURE.get(self.method)


_FIGURE = {
    OonMethod.PCT_MEDICARE: "Medicare's fee for the service",
    OonMethod.UCR_PERCENTILE: "the plan's usual and customary figure",
    OonMethod.SCHEDULE: "the amount on the plan's schedule",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """What decides in which order plans pay where a person has more than one (1.14).

    `subscriber_id` is the person who has the plan by themself; the others are dependents. `rank` is the
    member's own word where they asked the plans (1 pays first); it beats every rule.
    """

    subscriber_id: int | None = None
    method: CobMethod = CobMethod.STANDARD
    has_clause: bool = True
    active_employment: bool = True
    large_employer: bool = True
    covered_since: date | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An insurance plan for a period. A claim belongs to it by its service date (1.2).

    Premiums and benefits run from `begins_on` to `ends_on`. Deductibles and maxima run with them where
    `accumulator_start` is None, else for twelve months from that month and day. `continues_id` is the
    plan this one is the next year of: running totals and carry-over go on from there. `filed_id` is its
    id in the CMS files, `medigap` the letter of a Medigap policy.
    """

    id: int | None = None
    name: str
    insurer_id: int | None = None
    kind: PlanKind = PlanKind.PPO
    begins_on: date
    ends_on: date
    member_number: str = ""
    note: str = ""
    person_ids: tuple[int, ...] = ()
    accumulators: tuple[Accumulator, ...] = ()
    premiums: tuple[Recurring, ...] = ()
    accumulator_start: tuple[int, int] | None = None
    continues_id: int | None = None
    period_rule: PeriodRule = PeriodRule.ADMISSION
    carry_over: DeductibleCarryOver = DeductibleCarryOver.NONE
    assistance: Assistance = Assistance.ASK
    aca_compliant: bool = False
    hsa_qualified: bool = False
    oon_pricing: OonPricing | None = None
    more_tiers: tuple[NetworkTier, ...] = ()
    coordination: Coordination = Coordination()
    medigap: str = ""
    filed_id: str = ""

    @property
    def period(self) -> Period:
        return Period(self.begins_on, self.ends_on + timedelta(days=1))

    @property
    def tiers(self) -> tuple[NetworkTier, ...]:
        return (*TWO_TIERS, *self.more_tiers)

    def limit(self, kind: AccumulatorKind, network: Network) -> Accumulator | None:
        """The main limit of a kind, or None where the plan states none: not one for drugs alone."""
        found = [item for item in self.accumulators if item.kind is kind and item.network is network]
        return min(found, key=lambda item: (item.drugs, bool(item.tier)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """What a person had used before the first EOB entered here: a mid-year start, credit of an old plan.

    `name` is an accumulator's name, or a category's code where visits or plan dollars are counted.
    `amount` is cents or visits as of `as_of`, which also chooses the accumulator period.
    """

    id: int | None = None
    plan_id: int
    person_id: int
    name: str
    counting: Counting = Counting.BUCKET
    amount: int
    as_of: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotal:
    """What the insurer says was used of an accumulator on a day; `person_id` None is the family."""

    id: int | None = None
    plan_id: int
    person_id: int | None
    name: str
    amount: Cents
    stated_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCheck:
    """What was found out about a provider's network status for a plan (1.8), with its proof.

    Status holds for one plan, provider and location on a day; `source` says where it was read or who
    said it, `reference` is the number of the call.
    """

    id: int | None = None
    plan_id: int
    provider_id: int
    location: str = ""
    stands: Stands
    checked_on: date
    source: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCare:
    """Care that is expected: what it is, when, how often, and the allowed amount of one time.

    `allowed` None takes what past EOBs of the same service allowed. It is given `times` times, each
    `every_months` after the one before (0: all in the same month).
    """

    id: int | None = None
    person_id: int
    category: str
    provider_id: int | None = None
    label: str
    first_on: date
    times: int = 1
    every_months: int = 1
    allowed: Cents | None = None
    network: Network = Network.IN
    likelihood: Likelihood = Likelihood.LIKELY
    note: str = ""
