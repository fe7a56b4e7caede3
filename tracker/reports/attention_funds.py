"""Sinking funds that will not hold enough on the day their money is needed (rulebook 7.3)."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.dates import day_text
from tracker.domain.budget.fund_outlook import FundOutlook
from tracker.facts import Account
from tracker.money import dollars
from tracker.reports.attention_item import Action, Attention


def of_funds(funds: Iterable[tuple[Account, FundOutlook]]) -> list[Attention]:
    """One item for each that is underfunded, on the next day on which money can be put in."""
    found = []
    for account, outlook in funds:
        if not outlook.short:
            continue
        ahead = outlook.equal.deposits if outlook.equal else ()
        found.append(
            Attention(
                day=ahead[0][0] if ahead else outlook.due_on,
                amount=outlook.short,
                what=f"{account.name} will be {dollars(outlook.short)} short on {day_text(outlook.due_on)}",
                detail=" ".join(outlook.why),
                action=Action.PLAN,
                tone="warning",
                key=f"fund:{account.id}:{outlook.due_on}",
                page="accounts",
                account_id=account.id,
            )
        )
    return found
