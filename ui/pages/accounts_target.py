"""What somebody comes to the Accounts page for."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.accounts_parts import BALANCES, PARTS

_KEYS = frozenset(key for key, _ in PARTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part, something inside it, and a calendar year; None for what was not said."""

    part: str | None = None
    inside: object | None = None
    year: int | None = None


def told(target: object) -> Wanted:
    """What a target means.

    A target is an account's id, ("part", key), (key, something of that part) or (key, something, year).
    """
    if isinstance(target, int):
        return Wanted(BALANCES, target)
    if not isinstance(target, tuple) or not 2 <= len(target) <= 3:
        return Wanted()
    first, second = target[:2]
    if first == "part" and second in _KEYS:
        return Wanted(str(second))
    if first not in _KEYS:
        return Wanted()
    year = target[2] if len(target) == 3 and isinstance(target[2], int) else None
    return Wanted(str(first), second, year)
