"""Counts and lists as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def count_of(number: int, one: str, more: str = "") -> str:
    """`1 day`, `1,200 days`; `more` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def joined(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; empty for none."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
