"""The contingency fund as one thing: its account and the monthly payment into it (rulebook 7.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.changes import Changes
from tracker.dates import Period, add_months
from tracker.domain.accounts.contingency import FundStanding, fund_standing
from tracker.domain.recurring import due_days
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Category, Frequency, Recurring, Role
from tracker.money import Cents
from tracker.services import rows, words
from tracker.services.bundle import Services
from tracker.services.recurring import put_recurring
from tracker.storage.ledger import Ledger


@dataclass(frozen=True, slots=True)
class FundFacts:
    """What there is to know about the fund, gathered once; `account.id` is None where there is none.

    `deposit` is the running monthly payment into it, `others` the deposits beside that one.
    """

    account: Account
    balance: Cents
    movements: tuple[tuple[date, Cents], ...]
    deposit: Recurring | None
    others: tuple[Recurring, ...]
    estimate: Cents | None
    added_this_month: Cents
    accounts: tuple[Account, ...]
    category: Category | None
    year: Period
    today: date

    def standing(self, account: Account, deposit: Recurring | None) -> FundStanding:
        """Where the fund would stand with another opening balance, target or deposit."""
        deposits = (*self.others, deposit) if deposit else self.others
        return fund_standing(
            account,
            self.balance + account.opening - self.account.opening,
            deposits=deposits,
            estimate=self.estimate,
            added_this_month=self.added_this_month,
            today=self.today,
        )


def read_fund(services: Services) -> FundFacts:
    """The contingency fund that is not closed, or the facts with which one would be started."""
    today = services.ledger.today()
    home = services.people.household()
    shown = services.reports.budget_month(today)
    row = next((row for row in shown.rows if row.category.role is Role.CONTINGENCY), None)
    kept = (item for item in home.accounts if item.kind is AccountKind.CONTINGENCY and not item.closed)
    account = next(kept, None)
    deposits: list[Recurring] = []
    if account is not None:
        deposits = [item for item in services.recurring.all() if item.to_account_id == account.id]
    deposit = next((item for item in deposits if _is_monthly_running(item, today)), None)
    started = account or Account(name="Contingency fund", kind=AccountKind.CONTINGENCY)
    known = account is not None and account.id is not None
    return FundFacts(
        account=started,
        balance=services.accounts.balance(started.id) if known and started.id else 0,
        movements=tuple(services.accounts.movements(started.id)) if known and started.id else (),
        deposit=deposit,
        others=tuple(item for item in deposits if item is not deposit),
        estimate=row.estimated if row else None,
        added_this_month=(row.actual or 0) if row else 0,
        accounts=tuple(
            item for item in home.accounts if item.kind is not AccountKind.CONTINGENCY and not item.closed
        ),
        category=next((item for item in home.categories if item.role is Role.CONTINGENCY), None),
        year=shown.year.period,
        today=today,
    )


def next_due(item: Recurring, today: date) -> date:
    """The next day a deposit is due, from today on; its first day where none is left."""
    ahead = Period(today, add_months(today, 14))
    return next(iter(due_days(item, ahead)), item.first_due)


def monthly_deposit(
    before: Recurring | None, facts: FundFacts, *, amount: Cents, first_due: date, from_id: int | None
) -> Recurring | None:
    """The deposit as a form describes it: the one before changed, a new one, or none for no amount.

    The days of one that goes on are only moved where another next day was given.
    """
    if amount <= 0:
        return None
    if before is not None:
        moved = first_due != next_due(before, facts.today)
        return replace(
            before,
            amount=amount,
            account_id=from_id,
            first_due=first_due if moved else before.first_due,
        )
    return Recurring(
        label="Contingency fund",
        amount=amount,
        frequency=Frequency.MONTHLY,
        first_due=first_due,
        account_id=from_id,
        category_id=facts.category.id if facts.category else None,
    )


def save_fund(
    ledger: Ledger, account: Account, deposit: Recurring | None, *, replaced: Recurring | None = None
) -> Changes:
    """Write the account and its monthly deposit as one change.

    `replaced` is the deposit there was; without a new one it is no longer proposed. Raises
    UserProblem for a missing name or amounts that make no sense.
    """
    name = words.name(account.name)
    if account.target is not None and account.target < 0:
        raise UserProblem("The target cannot be negative.", "Check it.", field="target")
    verb = "Start" if account.id is None else "Change"
    with ledger.write(f"{verb} contingency fund, {name}") as work:
        from tracker.storage import schema

        account_id = rows.put(
            work.connection,
            schema.account,
            account.id,
            {
                "name": name,
                "kind": AccountKind.CONTINGENCY.value,
                "institution": account.institution,
                "opening": account.opening,
                "opened_on": account.opened_on,
                "target": account.target,
                "closed": int(account.closed),
            },
        )
        if deposit is not None:
            put_recurring(work, replace(deposit, to_account_id=account_id))
        elif replaced is not None and replaced.id is not None:
            rows.remove(work.connection, schema.recurring, [replaced.id])
        work.new_id = account_id
    return work.changes


def _is_monthly_running(item: Recurring, today: date) -> bool:
    return item.frequency is Frequency.MONTHLY and (item.last_due is None or item.last_due >= today)
