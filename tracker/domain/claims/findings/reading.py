"""Reading an EOB's lines for the detectors: whose code, which day, what is owed, which reason codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracker.domain.claims.reason_codes import CodeKind, read_codes
from tracker.facts import Claim, EobLine
from tracker.money import Cents

TOLERANCE: Cents = 1
"""Insurers round differently; a cent is no difference (rulebook 2.1, rule 4)."""

NOTICE_CODES = frozenset({"N862", "N864", "N865", "N866", "N867", "N868", "N869", "N870"})
"""Remarks that say the No Surprises Act protects the care (3.4)."""


class Reason(NamedTuple):
    """A reason code as printed: its group (empty for remarks and bare numbers) and its number."""

    group: str
    code: str


class Part(NamedTuple):
    """A line of an EOB, or its totals (`line` None) where it has no lines."""

    place: int
    line: EobLine | None
    code: str
    modifiers: frozenset[str]
    units: int
    day: date
    category: str
    owed: Cents | None
    share: Cents | None
    reasons: frozenset[Reason]
    words: str


@lru_cache(maxsize=8192)
def reasons_in(text: str) -> frozenset[Reason]:
    """The codes of a text; nothing for words that are none."""
    if not text:
        return frozenset()
    kinds = (CodeKind.ADJUSTMENT, CodeKind.REMARK)
    return frozenset(Reason(one.group, one.code) for one in read_codes(text) if one.kind in kinds)


def codes_in(text: str) -> frozenset[str]:
    """The numbers of a text without their groups."""
    return frozenset(reason.code for reason in reasons_in(text))


def all_codes(claim: Claim) -> frozenset[str]:
    """Every reason code of an EOB, of the whole and of its lines."""
    found = codes_in(claim.reasons)
    for line in claim.lines:
        if line.reasons:
            found |= codes_in(line.reasons)
    return found


def parts_of(claim: Claim) -> Iterator[Part]:
    """The lines of an EOB, or its totals as one part. Codes of the whole claim belong to the totals."""
    if not claim.lines:
        yield Part(
            0, None, "", frozenset(), 1, claim.service_from, claim.category,
            owed(claim), share(claim), reasons_in(claim.reasons), claim.description,
        )  # fmt: skip
    for place, line in enumerate(claim.lines):
        code = line.code.strip().upper()
        yield Part(
            place, line, code, modifiers_in(line.modifiers), line.units,
            line.service_on or claim.service_from, line.category or claim.category,
            owed(line), share(line), reasons_in(line.reasons), line.description.strip() or code,
        )  # fmt: skip


@lru_cache(maxsize=1024)
def modifiers_in(text: str) -> frozenset[str]:
    """`RT 59`, `RT,59` as single modifiers."""
    return frozenset(text.upper().replace(",", " ").replace("-", " ").split())


def owed(item: Claim | EobLine) -> Cents | None:
    """What an EOB or a line leaves to the member: its own figure, else its parts; None without any."""
    if item.you_owe is not None:
        return item.you_owe
    parts = [item.deductible, item.copay, item.coinsurance, item.not_covered]
    if isinstance(item, Claim):
        parts.append(item.penalty)
    return None if all(part is None for part in parts) else sum(part or 0 for part in parts)


def share(item: Claim | EobLine) -> Cents | None:
    """Deductible, copay and coinsurance together; None where none of them is given."""
    parts = (item.deductible, item.copay, item.coinsurance)
    return None if all(part is None for part in parts) else sum(part or 0 for part in parts)


def is_protected(claim: Claim) -> bool:
    """Whether the No Surprises Act protects the care: as entered, or as the EOB's remarks say."""
    return claim.protected or bool(all_codes(claim) & NOTICE_CODES)


def several_plans(claim: Claim) -> bool:
    """Whether another insurer took part, so that one plan's terms alone do not give the figures."""
    return bool(claim.other_paid) or bool(all_codes(claim) & {"22", "23"})


def number_of(code: str) -> int | None:
    """A five-digit procedure code as a number."""
    return int(code) if len(code) == 5 and code.isascii() and code.isdigit() else None


def within(code: str, *ranges: tuple[int, int]) -> bool:
    """Whether a procedure code lies in a range, ends included."""
    number = number_of(code)
    return number is not None and any(first <= number <= last for first, last in ranges)


OFFICE_VISIT = (99202, 99215)
PREVENTIVE_VISIT = (99381, 99397)
VACCINES = (90460, 90749)
PREVENTIVE_CODES = frozenset({"G0438", "G0439"})


def is_preventive(part: Part) -> bool:
    """Preventive care, by its category, else by its code (1.7)."""
    if part.category:
        return part.category == "PREVENT"
    return part.code in PREVENTIVE_CODES or within(part.code, PREVENTIVE_VISIT, VACCINES)


def is_office_visit(part: Part) -> bool:
    return within(part.code, OFFICE_VISIT)
