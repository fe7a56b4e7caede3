"""Original Medicare and Medigap (rulebook 1.13), as far as there is arithmetic.

Yearly amounts come from `limits.MedicareYear`; where one is not known there, the caller asks. The 2%
by which Medicare's payment is cut (sequestration) is a write-off and never the patient's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.coverage.limits import MedicareYear, known
from tracker.errors import UserProblem
from tracker.money import BasisPoints, Cents, percent_of

PART_B_COINSURANCE: BasisPoints = 2_000
NON_PARTICIPATING: BasisPoints = 9_500
"""What Medicare approves of its fee schedule for a doctor who does not participate."""
LIMITING_CHARGE: BasisPoints = 11_500
"""The most such a doctor may charge, of the approved amount."""
PART_D_COINSURANCE: BasisPoints = 2_500
SEQUESTRATION: BasisPoints = 200
N_OFFICE_COPAY: Cents = 20_00
N_ER_COPAY: Cents = 50_00
BENEFIT_DAYS, RESERVE_FROM, RESERVE_DAYS = 60, 90, 60
SNF_FREE_DAYS, SNF_LAST_DAY = 20, 100


class VisitPlace(StrEnum):
    """Where care was given, as far as Medigap N asks."""

    OFFICE = "office"
    ER = "er"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Medigap:
    """What one of the standard letters pays of what Medicare leaves, in basis points."""

    part_a_deductible: BasisPoints = 0
    part_b_deductible: BasisPoints = 0
    part_b_coinsurance: BasisPoints = 10_000
    excess: BasisPoints = 0
    snf: BasisPoints = 0
    hospital_days: BasisPoints = 10_000
    copays: bool = False


MEDIGAP: dict[str, Medigap] = {
    "A": Medigap(),
    "B": Medigap(part_a_deductible=10_000),
    "C": Medigap(part_a_deductible=10_000, part_b_deductible=10_000, snf=10_000),
    "D": Medigap(part_a_deductible=10_000, snf=10_000),
    "F": Medigap(part_a_deductible=10_000, part_b_deductible=10_000, excess=10_000, snf=10_000),
    "G": Medigap(part_a_deductible=10_000, excess=10_000, snf=10_000),
    "K": Medigap(part_a_deductible=5_000, part_b_coinsurance=5_000, snf=5_000),
    "L": Medigap(part_a_deductible=7_500, part_b_coinsurance=7_500, snf=7_500),
    "M": Medigap(part_a_deductible=5_000, snf=10_000),
    "N": Medigap(part_a_deductible=10_000, snf=10_000, copays=True),
}
"""The federally standard letters. K and L also have a yearly maximum, which is not modelled."""


def medigap(letter: str) -> Medigap:
    """A letter's table; raises UserProblem for one that does not exist."""
    found = MEDIGAP.get(letter.strip().upper())
    if found is None:
        raise UserProblem(
            f"There is no Medigap plan {letter.strip()[:10].upper()}.",
            f"Use one of {', '.join(MEDIGAP)}.",
            field="medigap",
        )
    return found


@dataclass(frozen=True, slots=True)
class MedicareShare:
    """One Part B service: approved = deductible + coinsurance + Medicare's payment.

    `excess` is what a doctor who does not participate charges above the approved amount; `owes` what
    is left to the patient after Medigap.
    """

    approved: Cents
    deductible: Cents
    coinsurance: Cents
    medicare_paid: Cents
    excess: Cents
    medigap_paid: Cents
    owes: Cents


def part_b(
    approved: Cents,
    *,
    deductible_left: Cents,
    policy: Medigap | None = None,
    place: VisitPlace = VisitPlace.OTHER,
    admitted: bool = False,
    excess: Cents = 0,
) -> MedicareShare:
    """A Part B service. `deductible_left` is what of the year's deductible is still open."""
    for amount, what in (
        (approved, "approved amount"),
        (deductible_left, "deductible"),
        (excess, "excess"),
    ):
        if amount < 0:
            raise UserProblem(f"The {what} cannot be below zero.", "Use zero or more.")
    deductible = min(approved, deductible_left)
    coinsurance = percent_of(approved - deductible, PART_B_COINSURANCE)
    paid = approved - deductible - coinsurance
    covered = 0
    if policy is not None:
        copay = 0
        if policy.copays and place is VisitPlace.OFFICE:
            copay = min(N_OFFICE_COPAY, coinsurance)
        elif policy.copays and place is VisitPlace.ER and not admitted:
            copay = min(N_ER_COPAY, coinsurance)
        covered = (
            percent_of(deductible, policy.part_b_deductible)
            + percent_of(coinsurance - copay, policy.part_b_coinsurance)
            + percent_of(excess, policy.excess)
        )
    owes = deductible + coinsurance + excess - covered
    return MedicareShare(approved, deductible, coinsurance, paid, excess, covered, owes)


@dataclass(frozen=True, slots=True)
class NonParticipating:
    """What a doctor who does not accept assignment may charge for a fee-schedule amount."""

    approved: Cents
    limiting_charge: Cents

    @property
    def most_excess(self) -> Cents:
        return self.limiting_charge - self.approved


def non_participating(fee_schedule: Cents) -> NonParticipating:
    """95% of the fee schedule is approved; 115% of that may be charged."""
    approved = percent_of(fee_schedule, NON_PARTICIPATING)
    return NonParticipating(approved, percent_of(approved, LIMITING_CHARGE))


def sequestration(medicare_paid: Cents) -> Cents:
    """The part of Medicare's payment that is cut: a write-off of the provider's."""
    return percent_of(medicare_paid, SEQUESTRATION)


def part_a_stay(
    year: MedicareYear,
    days: int,
    *,
    days_before: int = 0,
    deductible_paid: bool = False,
    reserve_used: int = 0,
) -> Cents:
    """The patient's cost of a hospital stay in one benefit period, without Medigap.

    `days_before` are inpatient days earlier in the same benefit period, `reserve_used` the lifetime
    reserve days already spent. Raises UserProblem beyond the days Medicare covers, and where the
    year's amounts are not known.
    """
    if days < 1 or days_before < 0 or not 0 <= reserve_used <= RESERVE_DAYS:
        raise UserProblem("A stay has at least one day.", "Check the number of days.", field="days")
    owed = 0 if deductible_paid else known(year.part_a_deductible, "Part A deductible", year.year)
    first, last = days_before + 1, days_before + days
    coinsured = _days_between(first, last, BENEFIT_DAYS + 1, RESERVE_FROM)
    reserve = max(0, last - max(first - 1, RESERVE_FROM))
    if reserve > RESERVE_DAYS - reserve_used:
        raise UserProblem(
            f"Medicare covers {RESERVE_FROM + RESERVE_DAYS - reserve_used} days of this benefit period.",
            "The days after that are the patient's in full; enter them apart.",
            field="days",
        )
    if coinsured:
        owed += coinsured * known(year.hospital_day, "Part A daily amount from day 61", year.year)
    if reserve:
        owed += reserve * known(year.reserve_day, "Part A amount of a reserve day", year.year)
    return owed


def snf_stay(year: MedicareYear, days: int) -> Cents:
    """The patient's cost of days in a skilled nursing facility in one benefit period."""
    if not 1 <= days <= SNF_LAST_DAY:
        raise UserProblem(
            f"Medicare covers days 1 to {SNF_LAST_DAY} in a skilled nursing facility.",
            "Check the number of days.",
            field="days",
        )
    charged = _days_between(1, days, SNF_FREE_DAYS + 1, SNF_LAST_DAY)
    return (
        charged * known(year.snf_day, "Part A amount of a day in skilled nursing", year.year)
        if charged
        else 0
    )


def part_d(year: MedicareYear, cost_before: Cents, cost: Cents) -> Cents:
    """The patient's share of a covered drug under the standard benefit.

    `cost_before` is what covered drugs cost before in the year (not what the patient paid).
    """
    if cost_before < 0 or cost < 0:
        raise UserProblem("A drug's cost cannot be below zero.", "Use zero or more.", field="cost")
    return _part_d_spent(year, cost_before + cost) - _part_d_spent(year, cost_before)


def part_d_cost_at_cap(year: MedicareYear) -> Cents:
    """What covered drugs cost in the year when the patient has paid the cap and pays no more."""
    deductible, cap = _part_d_amounts(year)
    return deductible + -(-(cap - deductible) * 10_000 // PART_D_COINSURANCE)


def part_d_late_penalty(months: int, base_premium: Cents) -> Cents:
    """The monthly penalty for late enrolment: 1% of the base premium a month, to the nearest 10 cents."""
    if months < 0:
        raise UserProblem("The number of months cannot be below zero.", "Check it.", field="months")
    return (months * base_premium + 500) // 1000 * 10


def _part_d_spent(year: MedicareYear, cost: Cents) -> Cents:
    deductible, cap = _part_d_amounts(year)
    if cost <= deductible:
        return min(cost, cap)
    return min(cap, deductible + percent_of(cost - deductible, PART_D_COINSURANCE))


def _part_d_amounts(year: MedicareYear) -> tuple[Cents, Cents]:
    return (
        known(year.part_d_deductible, "Part D deductible", year.year),
        known(year.part_d_cap, "Part D out-of-pocket cap", year.year),
    )


def _days_between(first: int, last: int, begin: int, end: int) -> int:
    """How many of the days `first` to `last` are among `begin` to `end`."""
    return max(0, min(last, end) - max(first, begin) + 1)
