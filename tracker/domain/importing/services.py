"""Which service category care of an EOB most likely is, by its code and words; the member may change it.

Codes tell a family of services (a range of numbers); words tell services of one family apart. Where
neither tells, the category stays empty, and the plan's terms are not applied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.facts import ProviderKind, ServiceCategory

_RANGE = re.compile(r"\b([A-Z]?)(\d{4,5})(?:-([A-Z]?)(\d{4,5}))?\b")
_BY_WORDS = (
    ("US", ("ultrasound", "sonogram", "echo")),
    ("IMAGING", ("mri", "magnetic", "tomography", "ct scan", "pet scan", "pet/ct")),
    ("XRAY", ("x-ray", "xray", "radiograph", "radiologic exam")),
    ("LAB_THY", ("thyroid", "tsh")),
    ("LAB_VITD", ("vitamin d", "25-hydroxy")),
    ("PT", ("physical therapy",)),
    ("OT", ("occupational therapy",)),
    ("ST", ("speech",)),
    ("MH", ("psychotherapy", "psychiatr", "behavioral", "mental health", "counseling")),
    ("CHIRO", ("chiropract",)),
    ("URGENT", ("urgent care",)),
    ("ER", ("emergency room", "emergency department", "emergency")),
    ("AMB", ("ambulance",)),
    ("ANES", ("anesthesia",)),
    ("TELE", ("telehealth", "video visit", "virtual visit")),
    ("PREVENT", ("preventive", "immunization", "vaccine", "wellness visit", "annual physical")),
    ("LAB", ("laboratory", "blood test", "panel")),
    ("DENTAL", ("dental", "tooth", "oral exam", "prophylaxis")),
    ("VISION", ("eye exam", "refraction", "lenses", "vision")),
    ("INPATIENT", ("inpatient", "room and board")),
    ("DME", ("brace", "wheelchair", "crutch", "equipment")),
)
_BY_KIND = (
    ("INPATIENT", ("inpatient",)),
    ("DENTAL", ("oral", "dental")),
    ("VISION", ("vision",)),
)
_SPECIALISTS = frozenset({ProviderKind.SPECIALIST})


def category_of(
    code: str,
    description: str,
    *,
    kind: str = "",
    provider: ProviderKind = ProviderKind.OTHER,
    categories: Mapping[str, ServiceCategory],
) -> str:
    """The code of a service category, or empty. `kind` is the sort of claim in the file's words."""
    said = description.casefold()
    by_code = [key for key, item in categories.items() if _in_ranges(code, item.codes)]
    for key, words in _BY_WORDS:
        if key not in categories or not any(word in said for word in words):
            continue
        if not by_code or key in by_code or categories[key].parent in by_code:
            return key
    if by_code:
        return _chosen(by_code, provider)
    for key, words in _BY_KIND:
        if key in categories and any(word in kind.casefold() for word in words):
            return key
    return ""


def _chosen(found: list[str], provider: ProviderKind) -> str:
    """One of several with the same codes: by who gave the care, else the first of the list."""
    if "SPEC" in found and "PCP" in found:
        return "SPEC" if provider in _SPECIALISTS else "PCP"
    return "IMAGING" if "IMAGING" in found else found[0]


def _in_ranges(code: str, ranges: str) -> bool:
    asked = re.fullmatch(r"([A-Z]?)(\d{4,5})[A-Z]?", code.strip().upper())
    if asked is None or not ranges:
        return False
    letter, number = asked.group(1), asked.group(2)
    return any(
        begin_letter == letter
        and len(begin) == len(number)
        and int(begin) <= int(number) <= int(end or begin)
        for begin_letter, begin, _end_letter, end in _RANGE.findall(ranges)
    )
