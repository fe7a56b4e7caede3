"""What each account holds, what of it can be used, and whether its statements agree (rulebook 5.2, 5.5).

An FSA and an HRA are promises of an employer, no bank balance: what can be used follows from the plan
year. Every other account holds its opening balance with every movement since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.fsa import standing
from tracker.domain.accounts.hra import hra_standing
from tracker.facts import Account, AccountKind
from tracker.facts.accounts import AccountStatement
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.fsa_year import claims_by_year
from tracker.storage.queries import account_moves
from tracker.storage.queries.account_moves import AccountMove


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCheck:
    """A stated balance against the ledger's of that day; `gap` is stated less ours, 0 where they agree."""

    statement: AccountStatement
    ours: Cents

    @property
    def gap(self) -> Cents:
        return self.statement.balance - self.ours


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown:
    """One account as of today.

    `balance` is what it holds. For an FSA or HRA `usable` is what its plan year can still pay, and
    `until` the last day of care it pays; None without a plan year, and for every other kind. `checks` are
    its statements, the latest first.
    """

    account: Account
    owner: str
    balance: Cents
    usable: Cents | None
    until: date | None
    last_on: date | None
    checks: tuple[StatementCheck, ...]

    @property
    def is_promise(self) -> bool:
        """Whether what counts is what is usable, not a balance."""
        return self.account.kind in (AccountKind.FSA, AccountKind.HRA)

    @property
    def holds(self) -> Cents | None:
        """What the account is worth to the member: its balance, or what is usable; None where not known."""
        return self.usable if self.is_promise else self.balance


def read_balances(services: Services) -> list[AccountShown]:
    """Every account, closed ones last."""
    connection = services.ledger.read()
    balances = services.accounts.balances()
    last = account_moves.last_moves(connection)
    home = services.people.people()
    names = {item.id: item.name for item in home}
    found = []
    for account in services.accounts.accounts():
        number = account.id or 0
        usable, until = usable_on(services, account, services.ledger.today())
        personal = account.kind in (AccountKind.HSA, AccountKind.FSA, AccountKind.HRA)
        owner = names.get(account.person_id) or (home[0].name if personal and home else "")
        found.append(
            AccountShown(
                account=account,
                owner=owner,
                balance=balances.get(number, 0),
                usable=usable,
                until=until,
                last_on=last.get(number),
                checks=tuple(
                    StatementCheck(statement=item, ours=services.untaxed.balance_on(number, item.stated_on))
                    for item in services.untaxed.statements(number)
                ),
            )
        )
    return found


def moves_to_search(services: Services, shown: AccountShown, check: StatementCheck) -> list[AccountMove]:
    """The movements in which a gap must lie: those after the last earlier statement that agreed."""
    before = [
        item.statement.stated_on
        for item in shown.checks
        if item.statement.stated_on < check.statement.stated_on and not item.gap
    ]
    return account_moves.moves_between(
        services.ledger.read(),
        check.statement.account_id,
        max(before, default=None),
        check.statement.stated_on,
    )


def held_on(services: Services, account: Account, day: date) -> Cents:
    """What an account held at the end of a day, as its custodian would state it, in cents.

    For an FSA or HRA with a plan year on that day: what was left to use.
    """
    usable, _ = usable_on(services, account, day)
    return services.untaxed.balance_on(account.id or 0, day) if usable is None else usable


def usable_on(services: Services, account: Account, day: date) -> tuple[Cents | None, date | None]:
    """What plan years could still pay at the end of a day for care of that day, and until when.

    None where no plan year pays for care of that day, and for any other kind of account.
    """
    number = account.id or 0
    found: list[tuple[Cents, date]] = []
    if account.kind is AccountKind.FSA:
        by_year = claims_by_year(services, number)
        for year in services.untaxed.fsa_years(number):
            if year.begins_on <= day <= year.spend_by:
                claims = [item for item in by_year[year.id or 0] if (item.filed_on or day) <= day]
                found.append((standing(year, claims).available, year.spend_by))
    elif account.kind is AccountKind.HRA:
        expenses = services.expenses.all()
        for hra in services.untaxed.hra_years(number):
            if hra.begins_on <= day <= hra.ends_on:
                paid = [
                    item.of_account(number)
                    for item in expenses
                    if hra.begins_on <= item.day_of_care <= hra.ends_on and item.paid_on <= day
                ]
                found.append((hra_standing(hra, paid, day).available, hra.ends_on))
    if not found:
        return None, None
    return sum(amount for amount, _ in found), min(until for _, until in found)
