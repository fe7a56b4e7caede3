"""What needs the member: dues, renewals, EOBs that do not add up, papers and cases; one action each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.claims.attention_item import Matter
from tracker.domain.coverage.eob import gap
from tracker.domain.membership.owed import Owed
from tracker.facts import Claim, Due, Household, Snooze
from tracker.money import dollars
from tracker.reports.attention_item import Action as Action
from tracker.reports.attention_item import Attention as Attention
from tracker.reports.attention_item import Refund as Refund
from tracker.reports.attention_memberships import of_memberships
from tracker.wording import count_of

DUES_AHEAD_DAYS = 7
RENEWAL_AHEAD_DAYS = 60


def attention(
    household: Household,
    dues: Iterable[Due],
    claims: Iterable[Claim],
    provider_names: Mapping[int, str],
    *,
    today: date,
    owed: Iterable[Owed] = (),
) -> list[Attention]:
    """Everything that waits, sorted by day and then by money, the larger first.

    Of the claims those count whose EOB does not add up; `provider_names` has their providers. `owed` is
    what practices have to give back for memberships that were left.
    """
    found = [_due_item(due, today) for due in dues]
    found += of_memberships(household, owed, today=today)
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
        when, tone = f"Was due {day_text(due.due_on)}, {count_of(days, 'day')} ago", "warning"
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
