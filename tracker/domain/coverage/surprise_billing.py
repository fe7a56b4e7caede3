"""Whether a bill from outside the network is protected from surprise billing (rulebook 1.10).

The No Surprises Act, for plan years from 2022. A protected line follows the in-network rule, and what
exceeds the recognised amount may not be billed. A doctor's own office is never protected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

IN_FORCE = date(2022, 1, 1)


class CareSetting(StrEnum):
    """Where or how care was given, as far as the law asks."""

    EMERGENCY = "emergency"
    IN_NETWORK_FACILITY = "in_network_facility"
    AIR_AMBULANCE = "air_ambulance"
    GROUND_AMBULANCE = "ground_ambulance"
    OFFICE = "office"
    URGENT_CARE = "urgent_care"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Protection:
    """Whether a line is protected, and the sentence why."""

    protected: bool
    why: str


def protection(
    setting: CareSetting,
    *,
    plan_begins_on: date,
    covered: bool = True,
    ancillary: bool = False,
    consent_signed: bool = False,
    urgent_or_no_choice: bool = False,
) -> Protection:
    """The law's answer for care out of network.

    `ancillary` is anesthesia, pathology, radiology, laboratory work and the like at a facility.
    `consent_signed` is the standard notice, in time; it is void for `urgent_or_no_choice`: an unforeseen
    need, or no in-network provider there.
    """
    if plan_begins_on < IN_FORCE:
        return Protection(False, "The law holds for plan years from 2022.")
    if not covered:
        return Protection(False, "The plan does not cover this care, so the law does not protect it.")
    if setting is CareSetting.EMERGENCY:
        return Protection(True, "Emergency care is protected wherever it is given.")
    if setting is CareSetting.AIR_AMBULANCE:
        return Protection(True, "Air ambulances are protected.")
    if setting is CareSetting.GROUND_AMBULANCE:
        return Protection(False, "Ground ambulances are not protected.")
    if setting is CareSetting.IN_NETWORK_FACILITY:
        if ancillary:
            return Protection(True, "Ancillary services at an in-network facility are always protected.")
        if consent_signed and not urgent_or_no_choice:
            return Protection(False, "You signed the notice and consent for out-of-network charges.")
        return Protection(True, "Care at an in-network facility is protected without your signed consent.")
    if setting is CareSetting.URGENT_CARE:
        return Protection(False, "An urgent-care center not licensed for emergencies is not protected.")
    return Protection(
        False, "Care outside an in-network facility, as in a doctor's office, is not protected."
    )
