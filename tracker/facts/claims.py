"""The facts of care and what it costs: visits, EOBs with their lines, bills with their statements,
and what is pursued about them (rulebook 3 and 4).

Amounts are cents; None is "not known". Dates that are not known stay None and are never guessed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from tracker.facts.coverage import Network
from tracker.money import Cents


class EobVersion(StrEnum):
    """Whether an EOB decides anew, corrects an earlier one, or takes it back."""

    ORIGINAL = "original"
    ADJUSTMENT = "adjustment"
    VOID = "void"


class ClaimStage(StrEnum):
    """How far the insurer is with a claim (rulebook 3.3). What follows from amounts is not stored."""

    EXPECTED = "expected"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    IN_PROCESS = "in_process"
    PENDED = "pended"
    PROCESSED = "processed"
    DENIED = "denied"
    REJECTED = "rejected"
    NOT_SUBMITTED = "not_submitted"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({ClaimStage.PROCESSED, ClaimStage.DENIED})
"""The stages in which the EOB's amounts hold."""


class PaidTo(StrEnum):
    """Who received the plan's payment."""

    PROVIDER = "provider"
    MEMBER = "member"


class CaseKind(StrEnum):
    """What is pursued (DESIGN section 1)."""

    DISPUTE = "dispute"
    APPEAL = "appeal"
    ESTIMATE_DISPUTE = "estimate_dispute"
    REIMBURSEMENT = "reimbursement"
    AUTHORIZATION = "authorization"
    REFERRAL = "referral"
    COVERAGE_CHECK = "coverage_check"
    APPOINTMENT = "appointment"


class Turn(StrEnum):
    """Who has to act next. `NOBODY` once there is nothing left to do."""

    ME = "me"
    PROVIDER = "provider"
    INSURER = "insurer"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        return _TURN_WORDS[self]


_TURN_WORDS = {
    Turn.ME: "Your turn",
    Turn.PROVIDER: "The provider's turn",
    Turn.INSURER: "The insurer's turn",
    Turn.NOBODY: "Closed",
}


class StepOutcome(StrEnum):
    """How a step of a dispute ended, or what happened within it (rulebook 3.7)."""

    WENT_ON = "went_on"
    NONE_FOUND = "none_found"
    FOUND = "found"
    INSURANCE_ONLY = "insurance_only"
    CORRECTED = "corrected"
    EXPLAINED = "explained"
    PERSISTS = "persists"
    APPROVED = "approved"
    INFORMATION = "information"
    DENIED = "denied"
    DECIDED_FOR = "decided_for"
    NEXT_LEVEL = "next_level"
    DECIDED_AGAINST = "decided_against"
    # Within a step, or from any step:
    NOTED = "noted"
    FILED = "filed"
    SKIPPED = "skipped"
    WRITTEN_OFF = "written_off"
    ABANDONED = "abandoned"


class CaseOutcome(StrEnum):
    """How a case ended; OPEN while it has not."""

    OPEN = "open"
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    ABANDONED = "abandoned"
    WRITTEN_OFF = "written_off"
    DONE = "done"


class Authorized(StrEnum):
    """Where a prior authorization or a referral stands (rulebook 3.10)."""

    REQUESTED = "requested"
    APPROVED = "approved"
    PARTIALLY = "partially"
    DENIED = "denied"
    EXPIRED = "expired"
    NOT_REQUIRED = "not_required"


class Topic(StrEnum):
    """What a call was about (rulebook 3.9)."""

    VERIFICATION = "verification"
    CLAIM = "claim"
    BILLING = "billing"
    AUTHORIZATION = "authorization"
    APPEAL = "appeal"
    OTHER = "other"


class FindingState(StrEnum):
    """What the member made of a finding (rulebook 3.6)."""

    NEW = "new"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    IN_DISPUTE = "in_dispute"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One thing ordered at a visit: a test on a requisition, an image, a referral."""

    text: str
    code: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Care received on a day: an entry of the care log.

    `expects_claim` is whether anybody should send a claim to the plan; a visit that the membership
    includes expects none. `minutes` is how long it took. `orders` are what was ordered there.
    """

    id: int | None = None
    person_id: int
    provider_id: int
    facility_id: int | None = None
    visited_on: date
    until: date | None = None
    category: str = ""
    description: str = ""
    minutes: int | None = None
    expects_claim: bool = True
    preventive: bool = False
    note: str = ""
    orders: tuple[OrderLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EobLine:
    """One line of an EOB. `reasons` are its codes as printed: `CO-45 PR-1 N130`."""

    description: str = ""
    code: str = ""
    modifiers: str = ""
    units: int = 1
    service_on: date | None = None
    category: str = ""
    billed: Cents | None = None
    allowed: Cents | None = None
    plan_paid: Cents | None = None
    deductible: Cents | None = None
    copay: Cents | None = None
    coinsurance: Cents | None = None
    not_covered: Cents | None = None
    you_owe: Cents | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the insurer decided about care: an EOB (rulebook 3.1), its totals and its lines.

    `service_from` decides the accumulator period, `processed_on` the order within it. `category` is
    the code of the service, empty where it is not known; with the network (`tier` for one beyond the
    usual two) it chooses the plan's rule. `protected` care falls under the No Surprises Act (1.10) and
    counts in network. `assistance` is what a manufacturer paid of the share (1.12); whether it counts
    is `assistance_counts`, None leaving that to the plan.

    A corrected EOB names the one it `replaces_id`; only the last of a chain counts. `provider_id` is
    who bills, `rendering_id` who gave the care, `facility_id` where. `may_bill` is what a provider
    without a contract may ask beyond `you_owe`. `reasons` are codes of the whole claim. Lines are
    optional; the totals hold as the EOB states them.
    """

    id: int | None = None
    claim_number: str = ""
    person_id: int
    provider_id: int
    plan_id: int | None = None
    network: Network = Network.IN
    tier: str = ""
    protected: bool = False
    category: str = ""
    description: str = ""
    service_from: date
    service_to: date | None = None
    processed_on: date | None = None
    billed: Cents | None = None
    allowed: Cents | None = None
    plan_paid: Cents | None = None
    deductible: Cents | None = None
    copay: Cents | None = None
    coinsurance: Cents | None = None
    not_covered: Cents | None = None
    you_owe: Cents | None = None
    assistance: Cents = 0
    assistance_counts: bool | None = None
    note: str = ""
    eob_number: str = ""
    version: EobVersion = EobVersion.ORIGINAL
    replaces_id: int | None = None
    stage: ClaimStage = ClaimStage.PROCESSED
    submitted_on: date | None = None
    received_on: date | None = None
    eob_on: date | None = None
    got_on: date | None = None
    member_number: str = ""
    rendering_id: int | None = None
    facility_id: int | None = None
    visit_id: int | None = None
    other_paid: Cents | None = None
    penalty: Cents | None = None
    may_bill: Cents | None = None
    paid_to: PaidTo = PaidTo.PROVIDER
    payment_reference: str = ""
    appeal_by: date | None = None
    reasons: str = ""
    record_id: str = ""
    import_id: int | None = None
    lines: tuple[EobLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of an itemised bill."""

    description: str = ""
    code: str = ""
    modifiers: str = ""
    units: int = 1
    service_on: date | None = None
    amount: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One paper of a bill: what it asks for, and by when. The newest replaces older balances.

    `charges` is the whole charge before anything was taken off, `plan_paid`, `discount` and
    `paid_by_you` what the paper credits. `threatens` marks a threat of collection.
    """

    stated_on: date
    got_on: date | None = None
    due_on: date | None = None
    amount: Cents
    charges: Cents | None = None
    plan_paid: Cents | None = None
    discount: Cents | None = None
    paid_by_you: Cents | None = None
    threatens: bool = False
    lines: tuple[StatementLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a provider asks, with all its statements, oldest first.

    `self_pay` care was never meant for the plan; `estimate` is the good-faith estimate given for it.
    `hold_requested_on` is when the provider was asked to wait.
    """

    id: int | None = None
    provider_id: int
    person_id: int
    account_number: str = ""
    service_from: date
    service_to: date | None = None
    description: str = ""
    category: str = ""
    visit_id: int | None = None
    self_pay: bool = False
    estimate: Cents | None = None
    estimate_on: date | None = None
    hold_requested_on: date | None = None
    closed: bool = False
    note: str = ""
    statements: tuple[Statement, ...] = ()

    @property
    def newest(self) -> Statement | None:
        """The statement that counts."""
        return max(self.statements, key=lambda item: item.stated_on, default=None)

    @property
    def asks(self) -> Cents:
        """What the newest statement asks for."""
        return self.newest.amount if self.newest else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BillShare:
    """The part of a payment that went to one bill."""

    bill_id: int
    amount: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLink:
    """The member's own word on whether an EOB and a bill (or visit) belong together."""

    claim_id: int
    bill_id: int | None = None
    visit_id: int | None = None
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """Something that happened in a case: step `number` ended with `outcome` and led to `leads_to`.

    Steps are those of the eleven (3.7) or of the case's own list, counted from 1. A skipped step has
    its `reason`.
    """

    number: int
    outcome: StepOutcome = StepOutcome.WENT_ON
    leads_to: int
    done_on: date
    reason: str = ""
    spoke_with: str = ""
    reference: str = ""
    promise: str = ""
    promised_by: date | None = None
    amount: Cents | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something has to be done. `last_day` is the law's, `do_by` the safe one."""

    label: str
    do_by: date
    last_day: date | None = None
    done_on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """A prior authorization or a referral (rulebook 3.10). `codes` are separated by spaces."""

    stands: Authorized = Authorized.REQUESTED
    number: str = ""
    category: str = ""
    codes: str = ""
    units: int | None = None
    units_used: int = 0
    facility_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    requested_by: str = ""
    requested_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A claim the member files: how, when, what came back (rulebook 4). `gate` holds the fields of a
    superbill that were found on the paper."""

    charge: Cents
    expected: Cents | None = None
    channel: str = ""
    sent_on: date | None = None
    proof: str = ""
    filing_days: int = 365
    gate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something being pursued, with its steps and days. It hangs on what it is about."""

    id: int | None = None
    kind: CaseKind
    title: str
    opened_on: date
    person_id: int | None = None
    provider_id: int | None = None
    plan_id: int | None = None
    claim_id: int | None = None
    bill_id: int | None = None
    visit_id: int | None = None
    level: int = 1
    expedited: bool = False
    turn: Turn = Turn.ME
    outcome: CaseOutcome = CaseOutcome.OPEN
    closed_on: date | None = None
    at_stake: Cents | None = None
    recovered: Cents | None = None
    note: str = ""
    steps: tuple[CaseStep, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    authorization: Authorization | None = None
    submission: Submission | None = None
    ticked: tuple[str, ...] = ()
    """The items of its checklist (coverage check, appointment) that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A telephone call, as it was noted while talking (rulebook 3.9)."""

    id: int | None = None
    called_on: date
    began_at: time | None = None
    minutes: int | None = None
    provider_id: int | None = None
    phone: str = ""
    spoke_with: str = ""
    reference: str = ""
    topic: Topic = Topic.OTHER
    about: str = ""
    said: str = ""
    promise: str = ""
    check_on: date | None = None
    checked: bool = False
    case_id: int | None = None
    claim_id: int | None = None
    bill_id: int | None = None
    plan_id: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNote:
    """What the member decided on a finding. `key` names it: the detector and what it is about."""

    key: str
    state: FindingState
    reason: str = ""
    amount: Cents | None = None
    case_id: int | None = None
    noted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """An item of the attention list put off until a day, with the reason."""

    key: str
    until: date
    reason: str
