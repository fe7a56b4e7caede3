"""Who bills whom, and the warning when an included service was billed as well (rulebook 6.1, D15)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


def expects_claim(code: str, *, practice_bills_insurance: bool | None) -> bool | None:
    """Whether care of a kind should bring an EOB to a concierge member; None where the practice decides.

    Raises KeyError for a kind that is not in the table.
    """
    row = {row.code: row for row in BILLING}[code]
    if row.concierge is not Payer.MEMBERSHIP:
        return True
    return practice_bills_insurance
