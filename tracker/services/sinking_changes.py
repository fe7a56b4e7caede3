"""Starting a sinking fund, changing it, and closing it: account, plan and deposit as one change (7.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Recurring
from tracker.facts.household_budget import FundPlan
from tracker.services import rows, words
from tracker.services.recurring import put_recurring
from tracker.services.untaxed import put_fund_plan
from tracker.storage.ledger import Ledger, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkingDraft:
    """A sinking fund as a form describes it. `account.target` None follows the fee or the deductible.

    `deposit` is the recurring transfer into it, None for none; `replaced` the one there was. Its account
    and budget line are those of the fund.
    """

    account: Account
    plan: FundPlan
    deposit: Recurring | None
    replaced: Recurring | None = None


def save_sinking(ledger: Ledger, draft: SinkingDraft) -> Changes:
    """Write the account, its plan and its deposit as one change.

    Raises UserProblem for a missing name, a negative target, or a deposit without a budget line: what is
    later paid from the fund is no actual, so a deposit that counts nowhere would be lost to the budget.
    """
    name = words.name(draft.account.name)
    target, deposit = draft.account.target, draft.deposit
    if target is not None and target < 0:
        raise UserProblem("The target cannot be negative.", "Check it.", field="target")
    if deposit is not None and draft.plan.category_id is None:
        raise UserProblem(
            "The deposits need a budget line: what the fund pays later is not counted again.",
            "Choose the line they count for.",
            field="category_id",
        )
    if deposit is not None and deposit.account_id is None:
        raise UserProblem(
            "Where does the money come from?", "Choose one of your accounts.", field="account_id"
        )
    verb = "Start" if draft.account.id is None else "Change"
    with ledger.write(f"{verb} sinking fund, {name}") as work:
        account_id = put_account(work, replace(draft.account, name=name, kind=AccountKind.SINKING))
        put_fund_plan(work, replace(draft.plan, account_id=account_id))
        if deposit is not None:
            put_recurring(
                work, replace(deposit, to_account_id=account_id, category_id=draft.plan.category_id)
            )
        elif draft.replaced is not None and draft.replaced.id is not None:
            from tracker.storage import schema

            rows.remove(work.connection, schema.recurring, [draft.replaced.id])
        work.new_id = account_id
    return work.changes


def close_sinking(
    ledger: Ledger, account: Account, deposits: tuple[Recurring, ...], today: date
) -> Changes:
    """Stop a fund: it is closed, or removed where no money ever moved in it; its deposits end."""
    with ledger.write(f"Close sinking fund, {account.name}") as work:
        from tracker.storage import schema

        rows.remove(
            work.connection, schema.recurring, [item.id for item in deposits if item.id is not None]
        )
        used = work.connection.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM payment WHERE account_id = :id OR to_account_id = :id)",
            {"id": account.id},
        ).scalar_one()
        if used or account.opening:
            put_account(work, replace(account, closed=True))
        elif account.id is not None:
            rows.remove(work.connection, schema.account, [account.id])
    return work.changes


def put_account(work: Work, account: Account) -> int:
    """Write a fund's account within a change; gives its id."""
    from tracker.storage import schema

    values = {
        "name": words.name(account.name),
        "kind": account.kind.value,
        "institution": account.institution,
        "opening": account.opening,
        "opened_on": account.opened_on,
        "target": account.target,
        "closed": int(account.closed),
        "person_id": account.person_id,
    }
    return rows.put(work.connection, schema.account, account.id, values)
