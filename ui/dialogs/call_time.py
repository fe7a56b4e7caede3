"""Times of a call as people type them."""

from __future__ import annotations

import re
from datetime import time

from tracker.errors import UserProblem

MOST_MINUTES = 24 * 60
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE | re.ASCII)


def time_text(moment: time | None) -> str:
    """`2:05 PM`, empty for none."""
    if moment is None:
        return ""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'PM' if moment.hour >= 12 else 'AM'}"


def read_time(text: str) -> time | None:
    """`2:05 PM`, `14:05`, `2p`; None for nothing. Raises UserProblem for anything else."""
    if not text.strip():
        return None
    found = _TIME.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = (found[3] or "").lower() if found else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        raise UserProblem("That is no time of the day.", "Type it like 2:05 PM.", field="began_at")
    return time(hour, minute)


def read_minutes(text: str) -> int | None:
    """Whole minutes up to a day, None for nothing. Raises UserProblem for anything else."""
    typed = text.strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or int(typed) > MOST_MINUTES:
        raise UserProblem("Minutes are a whole number.", "Type it like 12.", field="minutes")
    return int(typed)
