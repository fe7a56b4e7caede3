"""Yearly limits of law (rulebook 1.5, 1.13, 5): a dated table, and what follows from it for a plan.

The figures live in one data file, read by `tracker.imports.limits_file`. A year or an amount that is
not there raises UserProblem: the program asks, it never takes another year's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import AccumulatorKind, AccumulatorMode
from tracker.money import BasisPoints, Cents


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount for one person's coverage, and for any other. None where it is not known."""

    self_only: Cents | None = None
    family: Cents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicareYear:
    """Original Medicare's and Part D's amounts of a year."""

    year: int
    part_a_deductible: Cents | None = None
    hospital_day: Cents | None = None
    reserve_day: Cents | None = None
    snf_day: Cents | None = None
    part_b_premium: Cents | None = None
    part_b_deductible: Cents | None = None
    part_d_deductible: Cents | None = None
    part_d_cap: Cents | None = None


@dataclass(frozen=True, slots=True)
class MileageRate:
    """What a mile driven for care counts from a day on, in tenths of a cent: 205 is 20.5 cents."""

    begins_on: date
    mills: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardDeductions:
    """What those who do not itemize deduct instead (rulebook 5.6), by filing status."""

    single: Cents | None = None
    joint: Cents | None = None
    head_of_household: Cents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLimits:
    """The limits of one plan year, with where they can be read."""

    year: int
    aca_oop_max: Pair = Pair()
    hdhp_deductible: Pair = Pair()
    hdhp_oop_max: Pair = Pair()
    hsa: Pair = Pair()
    hsa_catch_up: Cents | None = None
    direct_primary_care_month: Pair = Pair()
    fsa_contribution: Cents | None = None
    fsa_carry_over: Cents | None = None
    ebhra: Cents | None = None
    qsehra: Pair = Pair()
    medical_deduction_floor: BasisPoints | None = None
    medical_mileage: tuple[MileageRate, ...] = ()
    standard_deduction: StandardDeductions = StandardDeductions()
    affordability: BasisPoints | None = None
    medicare: MedicareYear
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """All years of the file, and the day it was last looked over."""

    years: Mapping[int, YearLimits] = field(default_factory=dict)
    checked_on: date | None = None

    def of(self, year: int) -> YearLimits:
        """A year's limits; raises UserProblem for one that is not in the file."""
        found = self.years.get(year)
        if found is None:
            span = f"{min(self.years)} to {max(self.years)}" if self.years else "no year"
            raise UserProblem(
                f"The limits of {year} are not known here; the list covers {span}.",
                "Type the amount from your plan or from a notice of that year.",
                field="year",
            )
        return found


def known(amount: int | None, what: str, year: int) -> int:
    """An amount of a year; raises UserProblem where it is not known."""
    if amount is None:
        raise UserProblem(
            f"The {what} of {year} is not known here.", "Type it from a notice of that year.", field="year"
        )
    return amount


def with_aca_cap(terms: PlanTerms, limits: Limits) -> PlanTerms:
    """The terms with the law's cap on one person in family coverage (rulebook 1.5).

    It goes on every in-network out-of-pocket maximum whose individual limit is missing or higher, at
    the self-only limit of the year in which the plan begins. A cap entered by hand that is lower stays.
    """
    if not terms.aca_compliant:
        return terms
    if terms.begins_on is None:
        raise UserProblem(
            f"The day on which {terms.name} begins is needed to know the law's limit.",
            "Type the plan's first day.",
            field="begins_on",
        )
    contracted = {tier.code for tier in terms.tiers if tier.contracted}
    cap: Cents | None = None
    buckets = []
    for bucket in terms.buckets:
        if (
            bucket.kind is AccumulatorKind.OOP_MAX
            and bucket.mode is not AccumulatorMode.SELF
            and bucket.tier in contracted
        ):
            if cap is None:
                year = terms.begins_on.year
                cap = known(limits.of(year).aca_oop_max.self_only, "ACA out-of-pocket limit", year)
            if bucket.own_limit is None or bucket.own_limit > cap:
                bucket = replace(bucket, cap=cap)
        buckets.append(bucket)
    return replace(terms, buckets=tuple(buckets))
