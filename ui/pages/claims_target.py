"""What somebody comes to the Claims page for."""

from __future__ import annotations

from tracker.reports.attention import Attention

_NOUNS = ("case", "bill", "claim", "visit")


def told(target: object) -> tuple[str, int | str] | None:
    """What a target means: the kind of paper and its id, a part by key, or a finding by its key.

    An id alone is a claim's.
    """
    if isinstance(target, Attention):
        for noun in _NOUNS:
            number = getattr(target, f"{noun}_id", None)
            if number is not None:
                return noun, number
        return None
    if isinstance(target, int):
        return "claim", target
    if isinstance(target, tuple) and len(target) == 2 and isinstance(target[1], int | str):
        return str(target[0]), target[1]
    return None
