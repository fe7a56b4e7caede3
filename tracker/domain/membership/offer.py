"""The two prices of a membership held against each other: once a year, or in parts (rulebook 6.2)."""

from __future__ import annotations

from datetime import date

from tracker.domain.membership.cost import Instalments, at_once_or_in_parts
from tracker.domain.membership.year import fees_in_force
from tracker.domain.recurring import MONTHS_BETWEEN
from tracker.facts import Membership

YEAR_MONTHS = 12


def offered(membership: Membership, today: date) -> Instalments | None:
    """Paying the year at once against paying it in parts; one is the fee, the other the price offered.

    None where no other price is known, the fees are not all of one kind, or neither of the two is for
    a whole year.
    """
    amount, months = membership.terms.offer_amount, membership.terms.offer_months
    fees = fees_in_force(membership, today)
    every = {MONTHS_BETWEEN[fee.frequency] for fee in fees}
    if not amount or not months or len(every) != 1:
        return None
    own, own_months = sum(fee.amount for fee in fees), every.pop()
    at_once, each, part = (own, amount, months) if own_months == YEAR_MONTHS else (amount, own, own_months)
    if {own_months, months} & {YEAR_MONTHS} != {YEAR_MONTHS} or part >= YEAR_MONTHS or YEAR_MONTHS % part:
        return None
    return at_once_or_in_parts(at_once, each, YEAR_MONTHS // part)
