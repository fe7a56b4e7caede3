"""Facts about untaxed accounts and what is paid from them: HSA, FSA, HRA, statements, receipts.

Rulebook 5.1 to 5.5. Plan years have their last day in `ends_on`, as on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.dates import add_months
from tracker.money import Cents

RUN_OUT_DAYS = 90
"""How long claims may be filed after a plan year where the plan does not say."""


class AccountKind(StrEnum):
    """Where money lies. A sinking fund saves for one fee or for the deductible."""

    BANK = "bank"
    CARD = "card"
    HSA = "hsa"
    FSA = "fsa"
    HRA = "hra"
    CONTINGENCY = "contingency"
    SINKING = "sinking"


class MoneySource(StrEnum):
    """Whose money went into an HSA, or what kind of movement it was there.

    Deposits through payroll count as the employer's on Form 8889. ROLLOVER, EARNINGS and REPAID (a
    mistaken distribution put back) are no contributions; EXCESS and FEE are no distributions.
    """

    OWN = "own"
    PAYROLL = "payroll"
    EMPLOYER = "employer"
    ROLLOVER = "rollover"
    EARNINGS = "earnings"
    REPAID = "repaid"
    EXCESS = "excess"
    FEE = "fee"


class Pocket(StrEnum):
    """Where a dollar of care went. The order is that in which pockets have their say.

    DEDUCTION is own cash that a tax return deducts, CASH own cash that nothing has given back yet.
    """

    INSURER = "insurer"
    SECONDARY = "secondary"
    FSA = "fsa"
    HRA = "hra"
    HSA = "hsa"
    DEDUCTION = "deduction"
    CASH = "cash"


class FsaKind(StrEnum):
    """What the FSA pays for. Only the general one ends HSA eligibility."""

    GENERAL = "general"
    LIMITED = "limited"
    POST_DEDUCTIBLE = "post_deductible"


class AfterYear(StrEnum):
    """What the employer gives for money left over: one of the two, or nothing."""

    NOTHING = "nothing"
    GRACE = "grace"
    CARRY_OVER = "carry_over"


class HraKind(StrEnum):
    """Individual coverage, small employer, excepted benefit, or integrated with a group plan."""

    ICHRA = "ichra"
    QSEHRA = "qsehra"
    EBHRA = "ebhra"
    INTEGRATED = "integrated"


class HraPays(StrEnum):
    """What an HRA may reimburse, as its plan document says."""

    PREMIUMS = "premiums"
    COST_SHARING = "cost_sharing"
    DENTAL_VISION = "dental_vision"
    PRACTICE_FEES = "practice_fees"
    OTHER_CARE = "other_care"


class Tier(StrEnum):
    """Whom the HSA-qualified plan covers, which decides the limit."""

    SELF = "self"
    FAMILY = "family"


class CoverageKind(StrEnum):
    """A coverage as the HSA rules see it."""

    HDHP = "hdhp"
    EXCHANGE_PLAN = "exchange_plan"
    OTHER_PLAN = "other_plan"
    SPOUSE_PLAN = "spouse_plan"
    SPOUSE_FSA = "spouse_fsa"
    GENERAL_HRA = "general_hra"
    MEDICARE = "medicare"
    TRICARE = "tricare"
    MEDICAID = "medicaid"
    LIMITED_FSA = "limited_fsa"
    POST_DEDUCTIBLE_HRA = "post_deductible_hra"
    DENTAL_VISION = "dental_vision"
    PREVENTIVE = "preventive"
    TELEHEALTH = "telehealth"
    SPECIFIC_ILLNESS = "specific_illness"


class Qualifies(StrEnum):
    """The member's own word on an expense, which goes before what the table of kinds says."""

    YES = "yes"
    LETTER = "letter"
    PART = "part"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class FsaYear:
    """One plan year of one employee's FSA. `ends_on` is its last day.

    `carried_in` came over from the year before and does not count against the limit.
    `carry_over_most` is the plan's own cap, where it has one. `run_out_ends_on` is the last day to
    file claims of the year, None for 90 days after it.
    """

    id: int | None = None
    account_id: int | None = None
    begins_on: date
    ends_on: date
    election: Cents
    kind: FsaKind = FsaKind.GENERAL
    carried_in: Cents = 0
    after: AfterYear = AfterYear.NOTHING
    carry_over_most: Cents | None = None
    run_out_ends_on: date | None = None

    @property
    def usable(self) -> Cents:
        """What may be spent over the whole year, from its first day (uniform coverage)."""
        return self.election + self.carried_in

    @property
    def spend_by(self) -> date:
        """The last day on which care still counts: the year's, or the grace period's."""
        return grace_ends_on(self.ends_on) if self.after is AfterYear.GRACE else self.ends_on

    @property
    def file_by(self) -> date:
        """The last day to file claims for the year."""
        return self.run_out_ends_on or self.ends_on + timedelta(days=RUN_OUT_DAYS)


def grace_ends_on(ends_on: date) -> date:
    """The 15th day of the third month after a plan year: March 15 for a calendar year."""
    return add_months(ends_on + timedelta(days=1), 2) + timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hra:
    """One plan year of an HRA. `ends_on` is its last day.

    `credit` is the employer's money for the year, `by_month` where it arrives by twelfths.
    `pays` and `never_pays` are values of HraPays, what the plan document says; what is in neither is
    not known. `file_by` is the last day for claims, `keeps_rest` whether what is left goes to the next
    year.
    """

    id: int | None = None
    account_id: int | None = None
    kind: HraKind
    begins_on: date
    ends_on: date
    credit: Cents
    by_month: bool = False
    carried_in: Cents = 0
    family: bool = False
    post_deductible: bool = False
    pays: tuple[str, ...] = ()
    never_pays: tuple[str, ...] = ()
    file_by: date | None = None
    keeps_rest: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """One coverage of one person, from a day on; `ends_on` is its last day.

    Plans of the ledger are not repeated here: this is for coverage the ledger has no plan for.
    """

    id: int | None = None
    person_id: int | None = None
    kind: CoverageKind
    begins_on: date
    ends_on: date | None = None
    tier: Tier = Tier.SELF
    name: str = ""

    def on(self, day: date) -> bool:
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaid:
    """The part of a payment from an HSA, FSA, HRA or fund that pays an expense back.

    `expense_id` is the payment that bore the expense. No expense is paid back more than once.
    """

    expense_id: int
    amount: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseNote:
    """What the member says of one expense for taxes and accounts.

    `item` is a kind of expense of `qualified_items`, empty for what its budget line and bill tell.
    `incurred_on` is the day of care where no bill says it. `eligible` is the part that counts, None
    for all of it. `deducted` was taken as a deduction in the tax year `deducted_year`.
    """

    payment_id: int
    item: str = ""
    qualifies: Qualifies | None = None
    eligible: Cents | None = None
    incurred_on: date | None = None
    deducted: Cents = 0
    deducted_year: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """What a custodian or bank says an account held at the end of a day.

    `import_id` is the import whose file said so; None where the member typed it.
    """

    id: int | None = None
    account_id: int
    stated_on: date
    balance: Cents
    note: str = ""
    import_id: int | None = None
