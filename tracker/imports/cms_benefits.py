"""Which service category a benefit of the CMS files belongs to.

Benefits without a category of the program's own keep their name and get a new one, so that no
benefit is lost and none is forced under a rule that is not its own.
"""

from __future__ import annotations

import re

from tracker.domain.coverage.categories import SEEDED
from tracker.facts import ServiceCategory
from tracker.facts.coverage import LONGEST_NAME

KNOWN: dict[str, str] = {
    "preventive care/screening/immunization": "PREVENT",
    "primary care visit to treat an injury or illness": "PCP",
    "specialist visit": "SPEC",
    "urgent care centers or facilities": "URGENT",
    "emergency room services": "ER",
    "emergency transportation/ambulance": "AMB",
    "laboratory outpatient and professional services": "LAB",
    "x-rays and diagnostic imaging": "XRAY",
    "imaging (ct/pet scans, mris)": "IMAGING",
    "inpatient hospital services (e.g., hospital stay)": "INPATIENT",
    "inpatient physician and surgical services": "SURG",
    "outpatient facility fee (e.g., ambulatory surgery center)": "OUTSURG",
    "rehabilitative occupational and rehabilitative physical therapy": "PT",
    "rehabilitative speech therapy": "ST",
    "chiropractic care": "CHIRO",
    "mental/behavioral health outpatient services": "MH",
    "generic drugs": "RX1",
    "preferred brand drugs": "RX2",
    "non-preferred brand drugs": "RX3",
    "specialty drugs": "RX4",
    "durable medical equipment": "DME",
    "home health care services": "HOMEHEALTH",
    "skilled nursing facility": "SNF",
    "hospice services": "HOSPICE",
    "delivery and all inpatient services for maternity care": "MATERNITY",
    "routine eye exam (adult)": "VISION",
    "routine dental services (adult)": "DENTAL",
    "hearing aids": "HEARING",
}
"""By the benefit's name in lower case."""

OWN_CODES: dict[str, tuple[str, str]] = {
    "outpatient surgery physician/surgical services": ("OUTSURG_PHYSICIAN", "Outpatient surgeon"),
    "outpatient rehabilitation services": ("REHAB", "Rehabilitation"),
    "habilitation services": ("HABILITATION", "Habilitation"),
    "prenatal and postnatal care": ("PRENATAL", "Prenatal and postnatal care"),
    "other practitioner office visit (nurse, physician assistant)": (
        "OTHER_PRACTITIONER",
        "Nurse or physician assistant visit",
    ),
    "mental/behavioral health inpatient services": ("MH_INPATIENT", "Mental health hospital stay"),
    "substance abuse disorder outpatient services": ("SUD_OUTPATIENT", "Substance use care"),
    "substance abuse disorder inpatient services": ("SUD_INPATIENT", "Substance use hospital stay"),
}
"""Benefits that every file has and the program's list does not: code and name to add."""

FOLLOWS: tuple[tuple[str, str], ...] = (
    ("OT", "PT"),
    ("PT", "REHAB"),
    ("OT", "REHAB"),
    ("ST", "REHAB"),
    ("ANES", "SURG"),
    ("US", "XRAY"),
    ("RXSP", "RX4"),
)
"""A category without a benefit of its own follows the first of these that has one."""

DRUGS = ("RX1", "RX2", "RX3", "RX4")


class Categories:
    """Gives each benefit of one plan its category; collects those to add to the member's list."""

    def __init__(self) -> None:
        self.added: dict[str, ServiceCategory] = {}
        self._by_name: dict[str, str] = {}
        self._taken = {category.code for category in SEEDED}
        self._taken |= {code for code, _ in OWN_CODES.values()}

    def of(self, benefit: str) -> str:
        """The category's code for a benefit's name; the same for the same name."""
        key = " ".join(benefit.split()).casefold()
        if key in KNOWN:
            return KNOWN[key]
        if key in self._by_name:
            return self._by_name[key]
        if key in OWN_CODES:
            code, name = OWN_CODES[key]
        else:
            code, name = self._new_code(key), " ".join(benefit.split())
        shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "\u2026"
        self.added[code] = ServiceCategory(code=code, name=shown, drug=_is_drug(key))
        self._by_name[key] = code
        return code

    def _new_code(self, key: str) -> str:
        letters = re.sub(r"[^A-Z0-9]+", "_", key.upper()).strip("_")
        stem = (letters if letters[:1].isalpha() and letters.isascii() else f"B_{letters}")[:28].rstrip("_")
        code, number = stem, 2
        while code in self._taken:
            code, number = f"{stem[:27]}_{number}", number + 1
        self._taken.add(code)
        return code


def _is_drug(key: str) -> bool:
    return re.search(r"\bdrugs?\b|prescription", key) is not None
