"""The nouns of the ledger as frozen facts (DESIGN section 1), the same on the way in and out.

A form builds one of these with `id=None` to add, or with its id to change; storage gives the
same shapes back. Amounts are whole cents, `None` means "not known", which is not zero. Days are
dates; `ends_on` is the last day, as on paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tracker.facts.accounts import (
    AccountKind as AccountKind,
)
from tracker.facts.accounts import (
    MoneySource as MoneySource,
)
from tracker.facts.accounts import (
    Repaid as Repaid,
)
from tracker.facts.claims import (
    DECIDED as DECIDED,
)
from tracker.facts.claims import (
    Authorization as Authorization,
)
from tracker.facts.claims import (
    Authorized as Authorized,
)
from tracker.facts.claims import (
    Bill as Bill,
)
from tracker.facts.claims import (
    BillShare as BillShare,
)
from tracker.facts.claims import (
    Call as Call,
)
from tracker.facts.claims import (
    Case as Case,
)
from tracker.facts.claims import (
    CaseKind as CaseKind,
)
from tracker.facts.claims import (
    CaseOutcome as CaseOutcome,
)
from tracker.facts.claims import (
    CaseStep as CaseStep,
)
from tracker.facts.claims import (
    Claim as Claim,
)
from tracker.facts.claims import (
    ClaimLink as ClaimLink,
)
from tracker.facts.claims import (
    ClaimStage as ClaimStage,
)
from tracker.facts.claims import (
    Deadline as Deadline,
)
from tracker.facts.claims import (
    EobLine as EobLine,
)
from tracker.facts.claims import (
    EobVersion as EobVersion,
)
from tracker.facts.claims import (
    FindingNote as FindingNote,
)
from tracker.facts.claims import (
    FindingState as FindingState,
)
from tracker.facts.claims import (
    OrderLine as OrderLine,
)
from tracker.facts.claims import (
    PaidTo as PaidTo,
)
from tracker.facts.claims import (
    Snooze as Snooze,
)
from tracker.facts.claims import (
    Statement as Statement,
)
from tracker.facts.claims import (
    StatementLine as StatementLine,
)
from tracker.facts.claims import (
    StepOutcome as StepOutcome,
)
from tracker.facts.claims import (
    Submission as Submission,
)
from tracker.facts.claims import (
    Topic as Topic,
)
from tracker.facts.claims import (
    Turn as Turn,
)
from tracker.facts.claims import (
    Visit as Visit,
)
from tracker.facts.coverage import (
    ALL as ALL,
)
from tracker.facts.coverage import (
    IN as IN,
)
from tracker.facts.coverage import (
    MOST_RATE as MOST_RATE,
)
from tracker.facts.coverage import (
    OUT as OUT,
)
from tracker.facts.coverage import (
    TWO_TIERS as TWO_TIERS,
)
from tracker.facts.coverage import (
    Accumulator as Accumulator,
)
from tracker.facts.coverage import (
    AccumulatorKind as AccumulatorKind,
)
from tracker.facts.coverage import (
    AccumulatorMode as AccumulatorMode,
)
from tracker.facts.coverage import (
    Assistance as Assistance,
)
from tracker.facts.coverage import (
    CobMethod as CobMethod,
)
from tracker.facts.coverage import (
    Coordination as Coordination,
)
from tracker.facts.coverage import (
    CopayOrder as CopayOrder,
)
from tracker.facts.coverage import (
    CopayScope as CopayScope,
)
from tracker.facts.coverage import (
    CostSharingRule as CostSharingRule,
)
from tracker.facts.coverage import (
    Counting as Counting,
)
from tracker.facts.coverage import (
    DeductibleCarryOver as DeductibleCarryOver,
)
from tracker.facts.coverage import (
    Likelihood as Likelihood,
)
from tracker.facts.coverage import (
    Need as Need,
)
from tracker.facts.coverage import (
    Network as Network,
)
from tracker.facts.coverage import (
    NetworkCheck as NetworkCheck,
)
from tracker.facts.coverage import (
    NetworkTier as NetworkTier,
)
from tracker.facts.coverage import (
    OonMethod as OonMethod,
)
from tracker.facts.coverage import (
    OonPricing as OonPricing,
)
from tracker.facts.coverage import (
    OpeningBalance as OpeningBalance,
)
from tracker.facts.coverage import (
    PeriodRule as PeriodRule,
)
from tracker.facts.coverage import (
    Plan as Plan,
)
from tracker.facts.coverage import (
    PlanKind as PlanKind,
)
from tracker.facts.coverage import (
    PlannedCare as PlannedCare,
)
from tracker.facts.coverage import (
    ServiceCategory as ServiceCategory,
)
from tracker.facts.coverage import (
    Stands as Stands,
)
from tracker.facts.coverage import (
    StatedTotal as StatedTotal,
)
from tracker.facts.coverage import (
    percent as percent,
)
from tracker.facts.coverage import (
    usual_name as usual_name,
)
from tracker.facts.membership import (
    UNSTATED_TERMS as UNSTATED_TERMS,
)
from tracker.facts.membership import (
    MembershipTerms as MembershipTerms,
)
from tracker.money import Cents


class ProviderKind(StrEnum):
    """Who gives or bills care, or insures it."""

    PRACTICE = "practice"
    DOCTOR = "doctor"
    SPECIALIST = "specialist"
    LAB = "lab"
    IMAGING = "imaging"
    HOSPITAL = "hospital"
    PHARMACY = "pharmacy"
    THERAPY = "therapy"
    INSURER = "insurer"
    OTHER = "other"


class Frequency(StrEnum):
    """How often a recurring payment falls due."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"


class MembershipModel(StrEnum):
    """How the practice is paid (rulebook glossary)."""

    CONCIERGE = "concierge"
    HYBRID = "hybrid"
    DPC = "dpc"


class CarryOver(StrEnum):
    """What moves to the next month of a budget line (rulebook 7.2)."""

    NONE = "none"
    SURPLUS = "surplus"
    BOTH = "both"


class Role(StrEnum):
    """The template line a category stands for (rulebook 7.1); OTHER for the member's own."""

    MEMBERSHIP = "membership"
    PREMIUM = "premium"
    COPAY_DOCTOR = "copay_doctor"
    COPAY_SPECIALIST = "copay_specialist"
    PRESCRIPTION = "prescription"
    DEDUCTIBLE = "deductible"
    CONTINGENCY = "contingency"
    OTHER = "other"


class Basis(StrEnum):
    """Which month money that came back belongs to (DESIGN principle 2)."""

    EXPENSE = "expense"
    CASH = "cash"


class Noun(StrEnum):
    """What a document can hang on."""

    PERSON = "person"
    PROVIDER = "provider"
    MEMBERSHIP = "membership"
    PLAN = "plan"
    CLAIM = "claim"
    PAYMENT = "payment"
    ACCOUNT = "account"
    VISIT = "visit"
    BILL = "bill"
    CASE = "case"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of the household. `position` 0 is the owner of the ledger."""

    id: int | None = None
    name: str
    birth_date: date | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who gives, bills or insures care. `npi` is the ten-digit provider id, or empty."""

    id: int | None = None
    name: str
    kind: ProviderKind = ProviderKind.OTHER
    npi: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A payment that falls due again and again: a membership fee, a premium, a deposit.

    Due days are counted from `first_due`; none lies after `last_due`. Dues before `propose_from`
    are history and never proposed. With `to_account_id` it is a transfer into that account.
    """

    id: int | None = None
    label: str
    amount: Cents
    frequency: Frequency
    first_due: date
    last_due: date | None = None
    propose_from: date | None = None
    provider_id: int | None = None
    person_id: int | None = None
    account_id: int | None = None
    to_account_id: int | None = None
    category_id: int | None = None
    membership_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The agreement with a practice. `fees` is its fee schedule, `terms` its clauses (rulebook 6.1)."""

    id: int | None = None
    practice_id: int
    physician: str = ""
    model: MembershipModel = MembershipModel.CONCIERGE
    begins_on: date
    ends_on: date | None = None
    auto_renews: bool = True
    notice_days: int = 30
    note: str = ""
    terms: MembershipTerms = UNSTATED_TERMS
    person_ids: tuple[int, ...] = ()
    fees: tuple[Recurring, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where money lies. `opening` is the balance before the first recorded movement.

    `person_id` is whose HSA, FSA or HRA it is. An HSA is established on `opened_on`.
    """

    id: int | None = None
    name: str
    kind: AccountKind = AccountKind.BANK
    institution: str = ""
    opening: Cents = 0
    opened_on: date | None = None
    target: Cents | None = None
    closed: bool = False
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A line of the monthly budget template."""

    id: int | None = None
    name: str
    role: Role = Role.OTHER
    position: int = 0
    hidden: bool = False
    carry_over: CarryOver = CarryOver.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """What a category is expected to cost in a month (its first day)."""

    category_id: int
    month: date
    estimate: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The part of a payment that belongs to one budget line."""

    category_id: int
    amount: Cents
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that moved on `paid_on`. Positive went out; a refund is negative.

    A refund is tied to the payment it repays by `repays_id` and then belongs to that payment's
    budget month. With `to_account_id` it is a transfer between own accounts. `recurring_id` and
    `due_on` say which due it settled. `bills` are the parts that went to bills (back from them where
    negative). `repaid` are the expenses that money from an HSA, FSA, HRA or fund pays back. None of
    the three exceeds the amount. `tax_year` and `source` are for money into or out of an HSA.
    `bank_id` is the bank's own number for it and `import_id` the import it came with.
    """

    id: int | None = None
    paid_on: date
    amount: Cents
    provider_id: int | None = None
    person_id: int | None = None
    account_id: int | None = None
    to_account_id: int | None = None
    repays_id: int | None = None
    recurring_id: int | None = None
    due_on: date | None = None
    note: str = ""
    tax_year: int | None = None
    source: MoneySource | None = None
    bank_id: str = ""
    import_id: int | None = None
    allocations: tuple[Allocation, ...] = ()
    bills: tuple[BillShare, ...] = ()
    repaid: tuple[Repaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """One row of the spending table, complete: names instead of ids, nothing loaded later."""

    id: int
    paid_on: date
    amount: Cents
    payee: str
    person: str
    account: str
    to_account: str
    category: str
    """The budget line, or the lines of a split joined with commas; empty when unallocated."""
    split: bool
    repays_id: int | None
    note: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim with the names a table shows."""

    claim: Claim
    person: str
    provider: str
    plan: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file kept inside the ledger. `sha256` names its bytes; `size` is in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    added_on: date
    noun: Noun
    noun_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNote:
    """What the member wrote on one item of a year's checklist (rulebook 8.1)."""

    year: int
    item: str
    comment: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of the change history. `at` is in UTC; `kind` is done, undone or redone."""

    id: int
    at: datetime
    words: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One due of a recurring payment that is neither paid nor skipped."""

    recurring: Recurring
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSum:
    """What was paid for a category in a month (its first day), refunds in the chosen month."""

    category_id: int
    month: date
    actual: Cents
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """The small facts that most pages need together."""

    people: tuple[Person, ...] = ()
    plans: tuple[Plan, ...] = ()
    memberships: tuple[Membership, ...] = ()
    accounts: tuple[Account, ...] = ()
    categories: tuple[Category, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    """Every recurring payment, membership fees and premiums among them."""
    provider_names: dict[int, str] = field(default_factory=dict)
    budget_start_month: int = 1

    def plan_on(self, day: date) -> Plan | None:
        """The plan in force on a day; the later one where two overlap."""
        current = [plan for plan in self.plans if day in plan.period]
        return max(current, key=lambda plan: plan.begins_on, default=None)

    def person_name(self, person_id: int | None) -> str:
        return next((person.name for person in self.people if person.id == person_id), "")
