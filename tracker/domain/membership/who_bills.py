"""Who bills whom, and the warning when an included service was billed as well (rulebook 6.1, D15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.membership.service_matrix import Included, MembershipService
from tracker.money import Cents, dollars


class Payer(StrEnum):
    """Whom the provider of a service turns to first."""

    INSURANCE = "Your insurance is billed"
    MEMBERSHIP = "The membership fee covers it"
    PHARMACY = "The pharmacy bills your insurance or you"


@dataclass(frozen=True, slots=True)
class BillingRow:
    """One service of the source document's table, in both kinds of practice."""

    code: str
    service: str
    traditional: Payer
    concierge: Payer


BILLING = (
    BillingRow("physical", "Annual physical exam", Payer.INSURANCE, Payer.MEMBERSHIP),
    BillingRow("visit", "Office visits (routine)", Payer.INSURANCE, Payer.MEMBERSHIP),
    BillingRow("specialist", "Specialist referrals", Payer.INSURANCE, Payer.INSURANCE),
    BillingRow("tests", "Diagnostic tests", Payer.INSURANCE, Payer.INSURANCE),
    BillingRow("hospital", "Hospitalization and surgery", Payer.INSURANCE, Payer.INSURANCE),
    BillingRow("drugs", "Prescription medications", Payer.PHARMACY, Payer.PHARMACY),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleBilled:
    """An included service that was billed too: what is questioned, and why."""

    service: MembershipService
    amount: Cents
    why: str
    ask: str


def expects_claim(code: str, *, practice_bills_insurance: bool | None) -> bool | None:
    """Whether care of a kind should bring an EOB to a concierge member; None where the practice decides.

    Raises KeyError for a kind that is not in the table.
    """
    row = {row.code: row for row in BILLING}[code]
    if row.concierge is not Payer.MEMBERSHIP:
        return True
    return practice_bills_insurance


def double_billed(
    service: MembershipService,
    *,
    on: date,
    billed: Cents,
    practice_bills_insurance: bool | None,
    used_before: int = 0,
) -> DoubleBilled | None:
    """The warning for a bill or claim of the practice for a service its fee includes.

    None where nothing is to be asked: it is not included, the year's uses were used up before, or the
    practice bills insurance for visits by its agreement.
    """
    if service.state is not Included.INCLUDED or billed <= 0 or practice_bills_insurance:
        return None
    if service.per_year is not None and used_before >= service.per_year:
        return None
    return DoubleBilled(
        service=service,
        amount=billed,
        why=(
            f"{service.name} is included in your membership, and {dollars(billed)} was billed for it on "
            f"{day_text(on)}."
        ),
        ask="Ask the practice to take the bill back, or to show where the agreement allows it.",
    )
