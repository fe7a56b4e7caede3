"""An item of the attention list: what waits, since when, how much hangs on it, and the one action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.claims.clocks import REMINDER_DAYS
from tracker.money import Cents


class Do(StrEnum):
    """What the one button of an item says."""

    PAY = "Pay"
    DISPUTE = "Dispute"
    ASK = "Ask"
    APPEAL = "Appeal"
    FOLLOW_UP = "Follow up"
    OPEN = "Open"
    CONFIRM = "Confirm"
    REVIEW = "Look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One item. `what` is the headline, `detail` the sentence under it; tones are bad, warning, accent.

    The ids say what the action opens; a case comes before the papers it hangs on.
    """

    key: str
    day: date
    amount: Cents | None
    what: str
    detail: str
    do: Do
    tone: str
    case_id: int | None = None
    bill_id: int | None = None
    claim_id: int | None = None
    visit_id: int | None = None
    call_id: int | None = None
    finding_key: str = ""


def stage(left: int) -> str | None:
    """The reminder that has come for a day: 60, 30, 14, 7, 2 days before, or `past`; else None."""
    if left < 0:
        return "past"
    came = [before for before in REMINDER_DAYS if left <= before]
    return str(min(came)) if came else None


def stop(words: str) -> str:
    """The full stop a sentence still lacks."""
    return "" if not words or words.endswith((".", "?", "!")) else "."
