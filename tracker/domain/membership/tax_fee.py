"""The fees of a membership as the tax rules see them (rulebook 5.3, 5.4).

What nobody has said about the practice stays unknown, and the answers then ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.dates import add_months
from tracker.domain.accounts.practice_fee import PracticeFee
from tracker.domain.accounts.qualified import AdministratorSaid
from tracker.domain.membership.agreement import last_covered
from tracker.facts import Frequency, Membership, Recurring
from tracker.facts.membership import AdministratorAnswer, CareStatement, PaysFor, TaxPocket

MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.SEMIANNUAL: 6,
    Frequency.ANNUAL: 12,
}
"""How many months a due pays for. An enrollment fee, due once, pays for none."""


def practice_fees(membership: Membership, practice: str) -> tuple[PracticeFee, ...]:
    """The periodic fees of a membership, each for the time it pays for.

    A fee that is not said to be for access or care counts as both, of which nothing is settled.
    """
    terms = membership.terms
    return tuple(
        PracticeFee(
            name=practice,
            amount=fee.amount,
            months=MONTHS[fee.frequency],
            people=max(1, len(membership.person_ids)),
            begins_on=_begins(membership, fee),
            ends_on=_ends(membership, fee),
            pays_for=terms.pays_for or PaysFor.BOTH,
            bills_insurance=terms.bills_insurance,
            bills_visits=terms.bills_visits,
            primary_care_only=terms.primary_care_only,
            primary_care_practitioners=terms.primary_care_practitioners,
            within_office_care=terms.within_office_care,
            paid_by=terms.paid_by,
        )
        for fee in membership.fees
        if fee.frequency in MONTHS
    )


def statement_on(statements: Iterable[CareStatement], day: date) -> CareStatement | None:
    """The practice's latest word on the care part of its fee by a day."""
    said = [item for item in statements if item.stated_on <= day]
    return max(said, key=lambda item: item.stated_on, default=None)


def said_of(answers: Iterable[AdministratorAnswer], pocket: TaxPocket) -> AdministratorSaid | None:
    """The latest answer of the administrator of one kind of account."""
    found = [item for item in answers if item.pocket is pocket]
    last = max(found, key=lambda item: item.said_on, default=None)
    return AdministratorSaid(on=last.said_on, yes=last.agreed, words=last.said) if last else None


def _begins(membership: Membership, fee: Recurring) -> date:
    first = min((item.first_due for item in membership.fees if item.frequency in MONTHS), default=None)
    if fee.first_due == first:
        return min(membership.begins_on, fee.first_due)
    return fee.first_due


def _ends(membership: Membership, fee: Recurring) -> date | None:
    ends = [last_covered(membership)]
    if fee.last_due is not None:
        ends.append(add_months(fee.last_due, MONTHS[fee.frequency]) - timedelta(days=1))
    return min((day for day in ends if day is not None), default=None)
