"""How differences are said: with a word beside the amount, never by colour alone."""

from __future__ import annotations

from tracker.money import Cents


def difference_tone(difference: Cents | None) -> str:
    """The colour token that goes with the words."""
    if not difference:
        return "faint"
    return "good" if difference > 0 else "bad"
