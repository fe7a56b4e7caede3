"""One thing that needs the member: what it is, until when, and the one action that settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.facts import Due
from tracker.money import Cents


class Action(StrEnum):
    """What the one button of an item does."""

    RECORD = "Record"
    REVIEW = "Review"
    CHECK = "Check"
    PLAN = "Plan"
    PAY = "Pay"
    DISPUTE = "Dispute"
    ASK = "Ask"
    APPEAL = "Appeal"
    FOLLOW_UP = "Follow up"
    OPEN = "Open"
    CONFIRM = "Confirm"
    LOOK = "Look"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money to record when it comes back: who gives it, how much, and the payment it repays."""

    provider_id: int
    amount: Cents
    repays_id: int | None


@dataclass(frozen=True, slots=True)
class Attention:
    """One item. `what` is the headline, `detail` the sentence under it; `tone` is bad, warning or
    accent. `due` and the ids say what the action opens, on which `page`. `key` names the item while the
    facts around it change: it is put off under it.
    """

    day: date
    amount: Cents | None
    what: str
    detail: str
    action: Action
    tone: str
    due: Due | None = None
    membership_id: int | None = None
    claim_id: int | None = None
    plan_id: int | None = None
    key: str = ""
    page: str = "coverage"
    case_id: int | None = None
    bill_id: int | None = None
    visit_id: int | None = None
    call_id: int | None = None
    finding_key: str = ""
    refund: Refund | None = None
    account_id: int | None = None
