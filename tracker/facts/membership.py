"""Facts about a membership beyond its term and fees: the clauses, what it includes, how it was used.

Rulebook 6.1 to 6.6 and 5.3. An answer that nobody has given yet is None; "no" is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from tracker.money import BasisPoints, Cents


class MedicareStatus(StrEnum):
    """How the practice stands to Medicare."""

    PARTICIPATING = "participating"
    NON_PARTICIPATING = "non_participating"
    OPTED_OUT = "opted_out"


class RefundKind(StrEnum):
    """How the agreement works out a refund. TRIAL gives everything back in the trial period only."""

    DAILY = "daily"
    WHOLE_MONTHS = "whole_months"
    NONE = "none"
    TRIAL = "trial"


class PaysFor(StrEnum):
    """What the fee buys: access and amenities, care itself, both, or cosmetic and wellness services."""

    ACCESS = "access"
    CARE = "care"
    BOTH = "both"
    COSMETIC = "cosmetic"


class PaidBy(StrEnum):
    """Whose money pays the fee. A cafeteria plan is pay set aside before tax."""

    MEMBER = "member"
    EMPLOYER = "employer"
    CAFETERIA = "cafeteria"


class Included(StrEnum):
    """What the agreement says of a service; a service without a word is None."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    EXTRA_FEE = "extra_fee"


class ContactKind(StrEnum):
    """How the practice was reached. Only visits have minutes that count as hours of care."""

    VISIT = "visit"
    VIDEO = "video"
    CALL = "call"
    MESSAGE = "message"


class TaxPocket(StrEnum):
    """Untaxed money, or a deduction of what was paid with taxed money."""

    HSA = "hsa"
    FSA = "fsa"
    HRA = "hra"
    DEDUCTION = "deduction"


class CareModel(StrEnum):
    """The three ways of having a doctor that the source document compares."""

    CONCIERGE = "concierge"
    DPC = "dpc"
    TRADITIONAL = "traditional"


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipTerms:
    """The clauses of an agreement (rulebook 6.1, 6.3) and what decides its tax answers (5.3, 5.4).

    `bills_insurance`: covered visits are billed to the plan; `bills_visits`: a visit costs a fee of its
    own. `offer_amount` is the other way to pay the same year, every `offer_months` months.
    `promised_hours` is within how long a visit is promised, `reply_hours` an answer to a message.
    `to_month_end`: notice takes effect at the end of its month. `cancelled_on` is the first day that
    is no longer covered, `refund_stated` what the practice says it gives back.
    """

    medicare: MedicareStatus | None = None
    networks: str = ""
    renewal_clause: str = ""
    payment_method: str = ""
    late_fee: Cents | None = None
    offer_amount: Cents | None = None
    offer_months: int | None = None
    refund_kind: RefundKind | None = None
    claw_back: bool = False
    cancellation_fee: Cents = 0
    trial_days: int = 0
    to_month_end: bool = False
    notice_on: date | None = None
    cancelled_on: date | None = None
    refund_stated: Cents | None = None
    promised_hours: int | None = None
    reply_hours: int | None = None
    promised_minutes: int | None = None
    contacts: str = ""
    pays_for: PaysFor | None = None
    paid_by: PaidBy = PaidBy.MEMBER
    bills_insurance: bool | None = None
    bills_visits: bool | None = None
    primary_care_only: bool | None = None
    primary_care_practitioners: bool | None = None
    within_office_care: bool | None = None


UNSTATED_TERMS = MembershipTerms()
"""An agreement of which nothing but term and fees is known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipService:
    """One row of the matrix. `per_year` limits how often it is included, None for no limit.

    `category` is the service category of coverage it stands for, empty for none. `list_price` is what
    the practice asks others for it, which a claw-back takes off a refund and the value counts.
    """

    code: str
    name: str
    state: Included | None = None
    per_year: int | None = None
    extra_fee: Cents | None = None
    category: str = ""
    list_price: Cents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeContact:
    """One time the practice was reached: asked for and seen, each on a day and perhaps at a time.

    `within_hours` is the promise for this one, None for that of the agreement. `services` are codes
    of the matrix that were used. `instead_of` is the service category of the care it took the place of
    (an urgent care visit), empty for none. `visit_id` is the same visit in the care log.
    """

    id: int | None = None
    membership_id: int
    person_id: int | None = None
    kind: ContactKind = ContactKind.VISIT
    asked_on: date | None = None
    asked_at: time | None = None
    seen_on: date
    seen_at: time | None = None
    minutes: int | None = None
    within_hours: int | None = None
    services: tuple[str, ...] = ()
    instead_of: str = ""
    visit_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareStatement:
    """The practice's written word on how much of its fee is care: a share, or an amount of each fee.

    `received` says whether the care has been given; until then its part does not count yet.
    `document` names where the paper is.
    """

    stated_on: date
    share: BasisPoints | None = None
    amount: Cents | None = None
    received: bool = True
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministratorAnswer:
    """What the administrator of an account said about paying the fee from it."""

    pocket: TaxPocket
    said_on: date
    agreed: bool
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAnswer:
    """The member's answer to a line of the decision worksheet; `weight` 0 to 3 (rulebook 6.6)."""

    code: str
    weight: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """Care of a kind that a year under a care model has, and what one costs the member.

    `each` None leaves the price to the plan's terms for `category`.
    """

    label: str
    category: str = ""
    times: int = 1
    each: Cents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelNumbers:
    """The member's own numbers for a year under one care model (rulebook 6.5)."""

    model: CareModel
    fee: Cents = 0
    other: Cents = 0
    avoided: Cents = 0
    bills_insurance: bool = False
    uses: tuple[ModelUse, ...] = ()
