"""What a practice's fee pays for, and which part of it is care (rulebook 5.3, 5.4).

A fee for access or amenities is not a medical expense; a fee for care is, for the part and when the
care is given. Without the practice's written split nothing counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tracker.errors import UserProblem
from tracker.facts import percent
from tracker.facts.membership import CareStatement as CareStatement
from tracker.facts.membership import PaidBy as PaidBy
from tracker.facts.membership import PaysFor as PaysFor
from tracker.money import Cents, dollars, percent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFee:
    """A recurring fee: `amount` for every `months` months, for `people` people.

    The answers about the practice are None until somebody has asked: whether it bills insurance or
    the patient for visits, gives only primary care, only through primary care practitioners, and
    nothing beyond an ordinary office (no general anesthesia, drugs other than vaccines, or unusual
    laboratory work).
    """

    name: str
    amount: Cents
    months: int = 1
    people: int = 1
    begins_on: date
    ends_on: date | None = None
    pays_for: PaysFor
    bills_insurance: bool | None = None
    bills_visits: bool | None = None
    primary_care_only: bool | None = None
    primary_care_practitioners: bool | None = None
    within_office_care: bool | None = None
    paid_by: PaidBy = PaidBy.MEMBER

    @property
    def has_care(self) -> bool:
        return self.pays_for in (PaysFor.CARE, PaysFor.BOTH)

    @property
    def monthly(self) -> Fraction:
        """Cents a month, exact: a fee of 1,800 a year is 150 a month (Notice 2026-5, A-13)."""
        return Fraction(self.amount, self.months)

    def in_force(self, day: date) -> bool:
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeSplit:
    """A fee in its parts: care, the rest, and what of the care counts today."""

    fee: Cents
    care: Cents
    access: Cents
    counts_now: Cents
    why: tuple[str, ...]


def split_fee(fee: Cents, statement: CareStatement | None) -> FeeSplit:
    """The care part and the rest; they always add to the fee.

    Raises UserProblem for a share above 100 %, or a care amount above the fee.
    """
    if statement is None:
        said = "The practice has not said in writing how much of the fee is care, so none of it counts."
        return FeeSplit(fee=fee, care=0, access=fee, counts_now=0, why=(said,))
    if statement.amount is not None:
        care = statement.amount
        if not 0 <= care <= fee:
            raise UserProblem(
                f"The care part of {dollars(care)} is not between zero and the fee of {dollars(fee)}.",
                "Check the practice's statement.",
                field="care_amount",
            )
        said = f"The practice says that {dollars(care)} of {dollars(fee)} is care."
    else:
        share = statement.share or 0
        if not 0 <= share <= 10_000:
            raise UserProblem(
                "The care share is a percentage from 0 to 100.",
                "Check the practice's statement.",
                field="care_share",
            )
        care = percent_of(fee, share)
        parts = f"{dollars(care)} of {dollars(fee)}"
        said = f"The practice says that {percent(share)} of the fee is care: {parts}."
    why = [said]
    if care and not statement.received:
        why.append("It counts when the care is given, which has not happened yet.")
    if not statement.document:
        why.append("Attach the statement: an administrator may ask for it.")
    return FeeSplit(
        fee=fee,
        care=care,
        access=fee - care,
        counts_now=care if statement.received else 0,
        why=tuple(why),
    )
