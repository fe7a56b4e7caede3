"""The rows of a Summary of Benefits and Coverage, and the service categories each one is about.

The names are those of the government's form. One row may stand for several categories: the form has
one line for blood work and X-rays, the engine asks for either. Codes of benefits that the program's
own list does not have are those that the CMS files' reader gives them, so that a plan typed from
paper and one read from the files have the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.facts import CostSharingRule, ServiceCategory

OTHER = "Other services"


@dataclass(frozen=True, slots=True)
class SbcRow:
    """One line of the form: its name, the event it stands under, its categories, the first the main."""

    name: str
    event: str
    codes: tuple[str, ...]


_OFFICE, _TEST, _DRUGS = "Visiting an office or clinic", "Having a test", "Needing drugs"
_SURGERY, _AT_ONCE = "Outpatient surgery", "Immediate medical attention"
_STAY, _MIND, _BABY = "Hospital stay", "Mental health, substance use", "Pregnancy"
_RECOVERY, _CHILD = "Recovering, special health needs", "Child\u2019s dental or eye care"

ROWS: tuple[SbcRow, ...] = (
    SbcRow("Primary care visit to treat an injury or illness", _OFFICE, ("PCP",)),
    SbcRow("Specialist visit", _OFFICE, ("SPEC",)),
    SbcRow("Preventive care/screening/immunization", _OFFICE, ("PREVENT",)),
    SbcRow("Diagnostic test (x-ray, blood work)", _TEST, ("LAB", "XRAY", "US")),
    SbcRow("Imaging (CT/PET scans, MRIs)", _TEST, ("IMAGING",)),
    SbcRow("Generic drugs", _DRUGS, ("RX1",)),
    SbcRow("Preferred brand drugs", _DRUGS, ("RX2",)),
    SbcRow("Non-preferred brand drugs", _DRUGS, ("RX3",)),
    SbcRow("Specialty drugs", _DRUGS, ("RX4", "RXSP")),
    SbcRow("Facility fee (e.g., ambulatory surgery center)", _SURGERY, ("OUTSURG",)),
    SbcRow("Physician/surgeon fees", _SURGERY, ("OUTSURG_PHYSICIAN",)),
    SbcRow("Emergency room care", _AT_ONCE, ("ER",)),
    SbcRow("Emergency medical transportation", _AT_ONCE, ("AMB",)),
    SbcRow("Urgent care", _AT_ONCE, ("URGENT",)),
    SbcRow("Facility fee (e.g., hospital room)", _STAY, ("INPATIENT",)),
    SbcRow("Physician/surgeon fees", _STAY, ("SURG", "ANES")),
    SbcRow("Outpatient services", _MIND, ("MH", "SUD_OUTPATIENT")),
    SbcRow("Inpatient services", _MIND, ("MH_INPATIENT", "SUD_INPATIENT")),
    SbcRow("Office visits", _BABY, ("PRENATAL",)),
    SbcRow("Childbirth/delivery professional services", _BABY, ("DELIVERY_PROFESSIONAL",)),
    SbcRow("Childbirth/delivery facility services", _BABY, ("MATERNITY",)),
    SbcRow("Home health care", _RECOVERY, ("HOMEHEALTH",)),
    SbcRow("Rehabilitation services", _RECOVERY, ("REHAB", "PT", "OT", "ST")),
    SbcRow("Habilitation services", _RECOVERY, ("HABILITATION",)),
    SbcRow("Skilled nursing care", _RECOVERY, ("SNF",)),
    SbcRow("Durable medical equipment", _RECOVERY, ("DME",)),
    SbcRow("Hospice services", _RECOVERY, ("HOSPICE",)),
    SbcRow("Children\u2019s eye exam", _CHILD, ("ROUTINE_EYE_EXAM_FOR_CHILDRE",)),
    SbcRow("Children\u2019s glasses", _CHILD, ("EYE_GLASSES_FOR_CHILDREN",)),
    SbcRow("Children\u2019s dental check-up", _CHILD, ("DENTAL_CHECK_UP_FOR_CHILDREN",)),
    SbcRow("Telehealth visit", OTHER, ("TELE",)),
    SbcRow("Chiropractic care", OTHER, ("CHIRO",)),
)
"""In the form's order; the last two are on its list of other covered services."""

ADDED: tuple[ServiceCategory, ...] = (
    ServiceCategory(code="OUTSURG_PHYSICIAN", name="Outpatient surgeon"),
    ServiceCategory(code="MH_INPATIENT", name="Mental health hospital stay"),
    ServiceCategory(code="SUD_OUTPATIENT", name="Substance use care"),
    ServiceCategory(code="SUD_INPATIENT", name="Substance use hospital stay"),
    ServiceCategory(code="PRENATAL", name="Prenatal and postnatal care"),
    ServiceCategory(code="DELIVERY_PROFESSIONAL", name="Delivery, doctor and midwife"),
    ServiceCategory(code="REHAB", name="Rehabilitation"),
    ServiceCategory(code="HABILITATION", name="Habilitation"),
    ServiceCategory(code="ROUTINE_EYE_EXAM_FOR_CHILDRE", name="Eye exam for children"),
    ServiceCategory(code="EYE_GLASSES_FOR_CHILDREN", name="Glasses for children"),
    ServiceCategory(code="DENTAL_CHECK_UP_FOR_CHILDREN", name="Dental check-up for children"),
)
"""Categories of the form that a new ledger's list does not have; added with the rules that use them."""


def rows_for(rules: Iterable[CostSharingRule], categories: Mapping[str, ServiceCategory]) -> list[SbcRow]:
    """The form's rows, and one for every other category that has a rule.

    A row whose categories have different rules becomes one row for each of them.
    """
    by_code: dict[str, dict[str, CostSharingRule]] = {}
    for rule in rules:
        by_code.setdefault(rule.category, {})[rule.tier] = rule
    found: list[SbcRow] = []
    for row in ROWS:
        groups = _alike(row.codes, by_code)
        if len(groups) == 1:
            found.append(row)
        else:
            found += [SbcRow(_names(codes, categories), row.event, codes) for codes in groups]
    placed = {code for row in found for code in row.codes}
    found += [row_of(code, categories) for code in by_code if code not in placed]
    return found


def row_of(code: str, categories: Mapping[str, ServiceCategory]) -> SbcRow:
    """A row for one category that the form has none for."""
    return SbcRow(_names((code,), categories), OTHER, (code,))


def _alike(
    codes: tuple[str, ...], by_code: Mapping[str, Mapping[str, CostSharingRule]]
) -> list[tuple[str, ...]]:
    """Codes with the same rules together, in their order; those without any go with the one before."""
    keys: list[tuple[CostSharingRule, ...]] = []
    for code in codes:
        rules = by_code.get(code, {})
        keys.append(tuple(replace(rules[tier], category=codes[0]) for tier in sorted(rules)))
    current = next((key for key in keys if key), ())
    groups: dict[tuple[CostSharingRule, ...], list[str]] = {}
    for code, key in zip(codes, keys, strict=True):
        current = key or current
        groups.setdefault(current, []).append(code)
    return [tuple(group) for group in groups.values()]


def _names(codes: tuple[str, ...], categories: Mapping[str, ServiceCategory]) -> str:
    return ", ".join(categories[code].name if code in categories else code for code in codes)
