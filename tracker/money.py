"""Money as whole cents (rulebook 2.1): reading what people type, writing it, splitting it.

Amounts are plain integers of cents everywhere in the core. A float never holds money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from tracker.errors import UserProblem

Cents: TypeAlias = int
"""A signed amount of US dollars in whole cents."""

BasisPoints: TypeAlias = int
"""A rate in hundredths of a percent: 2,000 is 20 %."""

LARGEST: Cents = 999_999_999_999
"""The largest amount a person may enter, $9,999,999,999.99. Sums of them still fit SQLite."""

_GROUPED = r"\d{1,3}(?:,\d{3})+|\d+"
_NUMBER = re.compile(rf"(?:{_GROUPED})(?:\.\d{{0,2}})?|\.\d{{1,2}}", re.ASCII)
_TERM = re.compile(r"\s*([+\-\u2212]?)\s*\$?\s*([\d,.]+)\s*", re.ASCII)


def parse_cents(text: str, *, field: str | None = None) -> Cents:
    """Read an amount a person typed: `1,225`, `$1,225.00`, `(12.50)`, `-3`, `12.5+7.25`.

    Raises UserProblem for anything else; nothing is guessed. `1.234,56` and `1e9` are refused
    because reading them wrongly would be worse than asking again.
    """
    cleaned = text.strip()
    if not cleaned:
        raise UserProblem("An amount is missing.", "Type it like 1,225.00.", field=field)
    negative = cleaned.startswith("(") and cleaned.endswith(")")
    if negative:
        cleaned = cleaned[1:-1].strip()
        if cleaned[:1] in ("+", "-", "\u2212"):
            raise _unreadable(text, field)  # (-5) could mean either
    total = position = 0
    while position < len(cleaned):
        term = _TERM.match(cleaned, position)
        if term is None or (position and not term[1]) or not _NUMBER.fullmatch(term[2]):
            raise _unreadable(text, field)
        whole, _, part = term[2].replace(",", "").partition(".")
        if len(whole) > 12:
            raise _too_large(field)
        value = int(whole or "0") * 100 + int((part + "00")[:2])
        total += -value if term[1] in ("-", "\u2212") else value
        position = term.end()
    if position == 0:
        raise _unreadable(text, field)
    if abs(total) > LARGEST:
        raise _too_large(field)
    return -total if negative else total


def _unreadable(text: str, field: str | None) -> UserProblem:
    shown = text.strip()
    shown = shown if len(shown) <= 30 else shown[:29] + "\u2026"
    return UserProblem(
        f"\u201c{shown}\u201d is not an amount in dollars.", "Type it like 1,225.00.", field=field
    )


def _too_large(field: str | None) -> UserProblem:
    return UserProblem(f"That is more than {dollars(LARGEST)}.", "Check the amount.", field=field)


def dollars(cents: Cents, *, whole: bool = False) -> str:
    """`$1,225.00`, negative `-$12.50`. With `whole`, cents are left out where there are none."""
    sign = "-" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    if whole and not rest:
        return f"{sign}${units:,}"
    return f"{sign}${units:,}.{rest:02d}"


def plain(cents: Cents) -> str:
    """The amount as a decimal string for machines: `1225.00`, `-12.50`."""
    sign = "-" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    return f"{sign}{units}.{rest:02d}"


def decimal(cents: Cents) -> Decimal:
    """The amount in dollars as an exact Decimal, for workbooks."""
    return Decimal(cents).scaleb(-2)


def from_decimal(value: Decimal) -> Cents:
    """Whole cents of an exact Decimal in dollars; raises UserProblem for part of a cent or no number."""
    if not value.is_finite():
        raise UserProblem(f"{value} is not an amount in dollars.")
    if value.adjusted() > 12:
        raise _too_large(None)  # before multiplying: the exponent may have no end
    scaled = value * 100
    if abs(scaled) > LARGEST:
        raise _too_large(None)
    if scaled != scaled.to_integral_value():
        raise UserProblem(f"{value} has parts of a cent.", "Round it to two places.")
    return int(scaled)


def percent_of(cents: Cents, rate: BasisPoints) -> Cents:
    """A share of an amount of zero or more, rounded half up once (rulebook 2.1, rule 2)."""
    return (cents * rate + 5000) // 10000


def split_evenly(cents: Cents, parts: int) -> list[Cents]:
    """Divide over months: the quotient to each, one more cent to the earliest (rulebook 2.1, rule 6)."""
    if parts < 1:
        raise ValueError("an amount is split into one part or more")
    sign = -1 if cents < 0 else 1
    quotient, remainder = divmod(abs(cents), parts)
    return [sign * (quotient + (1 if place < remainder else 0)) for place in range(parts)]


def split_by(cents: Cents, weights: Sequence[int]) -> list[Cents]:
    """Divide in proportion to weights of zero or more; the parts always add back to the whole."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights add to more than zero")
    seen = given = 0
    parts: list[Cents] = []
    for weight in weights:
        seen += weight
        reached = cents * seen // whole
        parts.append(reached - given)
        given = reached
    return parts


def dollars_or_blank(cents: Cents | None) -> str:
    """An amount for people, or nothing where none is known: blank is not zero."""
    return "" if cents is None else dollars(cents)


def plain_or_none(cents: Cents | None) -> str | None:
    """An amount for programs, or None where none is known."""
    return None if cents is None else plain(cents)


def about_dollars(cents: Cents) -> str:
    """The nearest whole dollars, for what is only expected: cents would pretend to know."""
    return dollars((cents + 50) // 100 * 100, whole=True)
