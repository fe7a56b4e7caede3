"""Bills that need the member: to pay, asked too much, paid too much, threatened with collection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.attention_item import Do, Matter
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import Verdict, VerdictKind
from tracker.facts import Bill
from tracker.money import dollars
from tracker.wording import count_of

SOON_DAYS = 7
REFUND_LATE_DAYS = 45
"""Credit balances are usually paid back within this time."""


def of_bills(papers: Papers) -> Iterator[Matter]:
    """What each bill asks for by its verdict."""
    for bill in papers.bills:
        verdict = papers.verdicts[bill.id or 0]
        name = papers.provider_name(bill.provider_id)
        yield from _threat(papers, bill, verdict, name)
        if verdict.kind is VerdictKind.REFUND_DUE:
            yield _refund(papers, bill, verdict, name)
        if verdict.kind is VerdictKind.OVERBILLED:
            yield _over(papers, bill, verdict, name)
        elif verdict.pay:
            yield _pay(papers, bill, verdict, name)


def _pay(papers: Papers, bill: Bill, verdict: Verdict, name: str) -> Matter:
    newest = bill.newest
    due = newest.due_on if newest else None
    day = due or (newest.stated_on if newest else papers.today)
    left = (due - papers.today).days if due else None
    tone = "accent" if left is None or left > SOON_DAYS else "warning" if left >= 0 else "bad"
    when = "No due date is known." if due is None else _due_words(due, left or 0)
    disputed = " The rest is disputed." if verdict.kind is VerdictKind.DISPUTED else ""
    return Matter(
        key=f"pay:{bill.id}:{newest.stated_on if newest else ''}",
        day=day,
        amount=verdict.pay,
        what=f"Pay {name} {dollars(verdict.pay)}".replace("  ", " "),
        detail=f"{when} It is safe to pay: {verdict.why[0]}{disputed}",
        do=Do.PAY,
        tone=tone,
        bill_id=bill.id,
    )


def _over(papers: Papers, bill: Bill, verdict: Verdict, name: str) -> Matter:
    newest = bill.newest
    due = newest.due_on if newest else None
    safe = f" Safe to pay: {dollars(verdict.pay)}." if verdict.pay else " Pay nothing yet."
    by = f" The bill is due {day_text(due)}." if due else ""
    left = dollars(verdict.asked - verdict.over) if verdict.asked > verdict.over else "nothing more"
    return Matter(
        key=f"over:{bill.id}:{newest.stated_on if newest else ''}",
        day=due or (newest.stated_on if newest else papers.today),
        amount=verdict.over,
        what=f"{name} bills {dollars(verdict.over)} too much",
        detail=(f"It asks {dollars(verdict.asked)}; you owe {left}.{safe}{by}"),
        do=Do.DISPUTE,
        tone="bad",
        bill_id=bill.id,
    )


def _refund(papers: Papers, bill: Bill, verdict: Verdict, name: str) -> Matter:
    paid = [payment.paid_on for payment, share in papers.paid_on(bill) if share > 0]
    since = max(paid, default=bill.service_from)
    days = max(0, (papers.today - since).days)
    return Matter(
        key=f"refund:{bill.id}",
        day=since,
        amount=verdict.refund,
        what=f"{name} owes you {dollars(verdict.refund)}",
        detail=f"You paid more than you owe; {count_of(days, 'day')} ago. Ask for it back.",
        do=Do.ASK,
        tone="bad" if days > REFUND_LATE_DAYS else "warning",
        bill_id=bill.id,
    )


def _threat(papers: Papers, bill: Bill, verdict: Verdict, name: str) -> Iterator[Matter]:
    newest = bill.newest
    if newest is None or not newest.threatens or verdict.kind is VerdictKind.SETTLED:
        return
    asked = bill.hold_requested_on
    if asked is not None and asked >= newest.stated_on:
        return
    yield Matter(
        key=f"threat:{bill.id}:{newest.stated_on}",
        day=newest.stated_on,
        amount=verdict.asked,
        what=f"{name} threatens collection",
        detail="Ask in writing to hold the account while the bill is looked into, and note the day.",
        do=Do.ASK,
        tone="bad",
        bill_id=bill.id,
    )


def _due_words(due: date, left: int) -> str:
    if left < 0:
        return f"It was due {day_text(due)}, {count_of(-left, 'day')} ago."
    return "It is due today." if left == 0 else f"Due {day_text(due)}, {count_of(left, 'day')} left."
