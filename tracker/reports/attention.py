"""What needs the member: dues, renewals, EOBs that do not add up, papers and cases; one action each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.claims.attention_item import Matter
from tracker.domain.coverage.eob import gap
from tracker.domain.membership.agreement import renewal
from tracker.domain.recurring import yearly_amount
from tracker.facts import Claim, Due, Frequency, Household, Membership, Snooze
from tracker.money import Cents, dollars

DUES_AHEAD_DAYS = 7
RENEWAL_AHEAD_DAYS = 60


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


def attention(
    household: Household,
    dues: Iterable[Due],
    claims: Iterable[Claim],
    provider_names: Mapping[int, str],
    *,
    today: date,
) -> list[Attention]:
    """Everything that waits, sorted by day and then by money, the larger first.

    Of the claims those count whose EOB does not add up; `provider_names` has their providers.
    """
    found = [_due_item(due, today) for due in dues]
    found += _renewals(household, today)
    found += _gaps(claims, provider_names)
    found += _ending_plans(household, today)
    return in_order(found)


def in_order(items: Iterable[Attention]) -> list[Attention]:
    """By day and then by money, the larger first."""
    return sorted(items, key=lambda item: (item.day, -(item.amount or 0), item.what))


def of_papers(matters: Iterable[Matter]) -> list[Attention]:
    """What waits among bills, EOBs, cases and calls, as items of the list."""
    return [
        Attention(
            day=matter.day,
            amount=matter.amount,
            what=matter.what,
            detail=matter.detail,
            action=Action(matter.do.value),
            tone=matter.tone,
            claim_id=matter.claim_id,
            key=matter.key,
            page="claims",
            case_id=matter.case_id,
            bill_id=matter.bill_id,
            visit_id=matter.visit_id,
            call_id=matter.call_id,
            finding_key=matter.finding_key,
        )
        for matter in matters
    ]


def awake(items: Iterable[Attention], snoozes: Mapping[str, Snooze], today: date) -> list[Attention]:
    """Without what was put off to a later day."""
    off = {key for key, snooze in snoozes.items() if snooze.until > today}
    return [item for item in items if item.key not in off]


def _due_item(due: Due, today: date) -> Attention:
    item = due.recurring
    days = (today - due.due_on).days
    if days > 0:
        when, tone = f"Was due {day_text(due.due_on)}, {days} day{'' if days == 1 else 's'} ago", "warning"
    elif days == 0:
        when, tone = "Due today", "warning"
    else:
        when, tone = f"Due {day_text(due.due_on)}", "accent"
    return Attention(
        day=due.due_on,
        amount=item.amount,
        what=f"{item.label}: {dollars(item.amount)}",
        detail=f"{when}. Not recorded yet.",
        action=Action.RECORD,
        tone=tone,
        due=due,
        key=f"due:{item.id}:{due.due_on}",
    )


def _renewals(household: Household, today: date) -> list[Attention]:
    found = []
    for membership in household.memberships:
        term = renewal(membership, today)
        if term is None or not today <= term.renews_on <= today + timedelta(days=RENEWAL_AHEAD_DAYS):
            continue
        if _is_followed(household, membership, term.renews_on):
            continue
        yearly = _yearly(membership, today)
        name = household.provider_names.get(membership.practice_id, "Membership")
        if not membership.auto_renews:
            detail = f"{name}. It does not renew by itself."
        elif term.notice_by >= today:
            detail = f"{name}, {dollars(yearly)} a year. Cancel by {day_text(term.notice_by)} to stop it."
        else:
            detail = f"{name}, {dollars(yearly)} a year. Notice was due {day_text(term.notice_by)}."
        verb = "renews on" if membership.auto_renews else "ends before"
        found.append(
            Attention(
                day=max(term.notice_by, today),
                amount=yearly,
                what=f"Membership {verb} {day_text(term.renews_on)}",
                detail=detail,
                action=Action.REVIEW,
                tone="accent",
                membership_id=membership.id,
                key=f"renewal:{membership.id}:{term.renews_on}",
            )
        )
    return found


def _is_followed(household: Household, membership: Membership, day: date) -> bool:
    """Whether another agreement with the same practice is entered from a day on."""
    return any(
        other.practice_id == membership.practice_id
        and other.id != membership.id
        and other.begins_on >= membership.begins_on
        and other.begins_on <= day
        and (other.ends_on is None or other.ends_on >= day)
        for other in household.memberships
    )


def _yearly(membership: Membership, today: date) -> Cents:
    """What the fees that still run cost in a year; those of an earlier price are left out."""
    return sum(
        yearly_amount(fee)
        for fee in membership.fees
        if fee.frequency is not Frequency.ONCE and (fee.last_due is None or fee.last_due >= today)
    )


def _gaps(claims: Iterable[Claim], provider_names: Mapping[int, str]) -> list[Attention]:
    found = []
    for claim in claims:
        off = gap(claim)
        if off is None:
            continue
        name = provider_names.get(claim.provider_id, "")
        found.append(
            Attention(
                day=claim.processed_on or claim.service_from,
                amount=abs(off.amount),
                what=f"An EOB does not add up by {dollars(abs(off.amount))}",
                detail=f"{name}, {day_text(claim.service_from)}. {off.words}",
                action=Action.CHECK,
                tone="bad",
                claim_id=claim.id,
                key=f"gap:{claim.id}:{off.amount}",
            )
        )
    return found


def _ending_plans(household: Household, today: date) -> list[Attention]:
    current = household.plan_on(today)
    if current is None:
        return []
    after = current.ends_on + timedelta(days=1)
    if household.plan_on(after) is not None or (current.ends_on - today).days > RENEWAL_AHEAD_DAYS:
        return []
    return [
        Attention(
            day=current.ends_on,
            amount=None,
            what=f"{current.name} ends on {day_text(current.ends_on)}",
            detail="No plan is entered from then on. Accumulators start again at zero.",
            action=Action.PLAN,
            tone="accent",
            plan_id=current.id,
            key=f"plan:{current.id}:{current.ends_on}",
        )
    ]
