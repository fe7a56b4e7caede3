"""Service categories (rulebook 1.7): what plans give one cost-sharing rule each, as data to extend.

A category is a code in capitals. The member may add any; a plan may give a rule to a sub-category
(thyroid tests apart from other laboratory work) or let it follow its parent's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.errors import UserProblem
from tracker.facts import ServiceCategory


def _category(
    code: str, name: str, short: str = "", *, codes: str = "", parent: str | None = None
) -> ServiceCategory:
    return ServiceCategory(code=code, name=name, short=short, codes=codes, parent=parent)


def _drug(code: str, name: str, short: str = "") -> ServiceCategory:
    return ServiceCategory(code=code, name=name, short=short, drug=True)


def _never(code: str, name: str) -> ServiceCategory:
    return ServiceCategory(code=code, name=name, never_covered=True)


SEEDED: tuple[ServiceCategory, ...] = (
    _category("PREVENT", "Preventive care", codes="99381-99397, G0438, G0439, 90460-90749"),
    _category("PCP", "Primary care visit", codes="99202-99215"),
    _category("SPEC", "Specialist visit", codes="99202-99215"),
    _category("TELE", "Telehealth visit", codes="place of service 02 or 10, modifier 95"),
    _category("URGENT", "Urgent care", codes="place of service 20"),
    _category("ER", "Emergency room", codes="99281-99285, place of service 23"),
    _category("AMB", "Ambulance", codes="A0425-A0436"),
    _category("LAB", "Laboratory tests", "laboratory test", codes="80047-89398"),
    _category("LAB_ROUTINE", "Routine laboratory tests", "routine laboratory test", parent="LAB"),
    _category("LAB_THY", "Thyroid tests", "thyroid test", parent="LAB"),
    _category("LAB_VITD", "Vitamin D test", "vitamin D test", parent="LAB"),
    _category("LAB_GENETIC", "Genetic tests", "genetic test", parent="LAB"),
    _category("XRAY", "X-rays", "X-ray", codes="70010-79999"),
    _category("IMAGING", "Imaging (MRI, CT, PET)", "imaging", codes="70010-79999"),
    _category("US", "Ultrasound", codes="70010-79999"),
    _category("INPATIENT", "Hospital stay"),
    _category("SURG", "Surgeon"),
    _category("ANES", "Anesthesia"),
    _category("OUTSURG", "Outpatient surgery"),
    _category("PT", "Physical therapy", codes="97010-97799"),
    _category("OT", "Occupational therapy", codes="97010-97799"),
    _category("ST", "Speech therapy", codes="97010-97799"),
    _category("CHIRO", "Chiropractic care"),
    _category("MH", "Mental health care"),
    _drug("RX1", "Generic drugs", "generic drug"),
    _drug("RX2", "Preferred brand drugs", "preferred brand drug"),
    _drug("RX3", "Non-preferred drugs", "non-preferred drug"),
    _drug("RX4", "Specialty drugs", "specialty drug"),
    _drug("RXSP", "Specialty drugs, coinsurance", "specialty drug"),
    _drug("RXPREV", "Preventive-list drugs", "preventive-list drug"),
    _category("DME", "Durable medical equipment", codes="HCPCS E, K, L"),
    _category("HOMEHEALTH", "Home health care"),
    _category("SNF", "Skilled nursing facility"),
    _category("HOSPICE", "Hospice"),
    _category("MATERNITY", "Maternity care"),
    _category("VISION", "Vision"),
    _category("DENTAL", "Dental"),
    _category("HEARING", "Hearing"),
    _never("COSMETIC", "Cosmetic care"),
    _never("MEDSPA", "Med-spa services"),
    _never("TRAVEL", "Travel or visit fee"),
    _never("WELLNESS", "Wellness coaching"),
    _never("MEMBERSHIP", "Membership fee"),
    _never("OPTOUT", "Care of a doctor who opted out of Medicare"),
)
"""The list a new ledger starts with."""


def catalogue(added: Iterable[ServiceCategory] = ()) -> Mapping[str, ServiceCategory]:
    """All categories by code: the seeded ones and the member's own, which may rename a seeded one.

    Raises UserProblem for a parent that is not in the list, or that is itself a sub-category.
    """
    known = {category.code: category for category in SEEDED}
    known.update((category.code, category) for category in added)
    for category in known.values():
        if category.parent is None:
            continue
        parent = known.get(category.parent)
        if parent is None:
            raise UserProblem(
                f"{category.name} belongs to {category.parent}, which is not in the list.",
                "Add that category first, or choose another parent.",
                field="parent",
            )
        if parent.parent is not None:
            raise UserProblem(
                f"{category.name} belongs to {parent.name}, which is a sub-category itself.",
                "Choose a main category as the parent.",
                field="parent",
            )
    return known
