"""What each membership of a budget year was worth, with the assumptions (rulebook 6.4)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dates import Period
from tracker.domain.membership.value import Avoided, MembershipValue
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipWorth:
    """One membership year: `value` is that of the Membership page.

    A membership year is reviewed in the budget year most of it lies in. `paid` is what was paid of its
    fees so far, `people` whose membership it is.
    """

    practice: str
    people: tuple[str, ...]
    period: Period
    paid: Cents
    value: MembershipValue
    avoided: tuple[Avoided, ...]
    tax_saved: Cents
    tax_why: tuple[str, ...]
    unpriced: tuple[str, ...]


def most_lies_in(year: Period, budget_year: Period) -> bool:
    """Whether most of a membership year lies in a budget year: its middle day does."""
    return year.begin + (year.last_day - year.begin) // 2 in budget_year
