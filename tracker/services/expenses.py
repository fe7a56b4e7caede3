"""Expenses with what counts of each: read once for the pool, the allocation ledger and taxes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from tracker.dates import Period, add_months
from tracker.domain.accounts.allocation import Allocated, Clash
from tracker.domain.accounts.answers import Answer, Verdict
from tracker.domain.accounts.expenses import Counted, allocated, counted, hsa_expense
from tracker.domain.accounts.hsa_pool import Pool, pool
from tracker.domain.accounts.qualified import fee_answer
from tracker.domain.coverage.limits import Limits
from tracker.domain.membership.tax_fee import practice_fees, said_of, statement_on
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Membership, Person
from tracker.facts.expenses import Expense
from tracker.facts.membership import AdministratorAnswer, CareStatement, TaxPocket
from tracker.money import Cents, split_by
from tracker.services.tax_limits import read_limits
from tracker.storage.ledger import Ledger
from tracker.storage.queries import expenses as query
from tracker.storage.queries import household, membership_use


@dataclass(frozen=True, slots=True)
class Placed:
    """One expense with where its dollars went; `clashes` claim dollars that went elsewhere."""

    expense: Expense
    allocated: Allocated
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeFacts:
    """What decides whether a membership's fee counts, by the id of the membership."""

    memberships: dict[int, Membership]
    practices: dict[int, str]
    statements: dict[int, list[CareStatement]] = field(default_factory=dict)
    answers: dict[int, list[AdministratorAnswer]] = field(default_factory=dict)
    limits: Limits

    def part(self, expense: Expense, pocket: TaxPocket, amount: Cents) -> tuple[Cents, Answer] | None:
        """How much of a payment under the membership line a pocket may pay.

        The fee in force on the day it was paid answers; a payment of more or less counts in proportion.
        """
        membership = self.memberships.get(expense.membership_id or 0)
        if membership is None or membership.id is None:
            return None
        month = expense.paid_on.replace(day=1)
        fees = practice_fees(membership, self.practices.get(membership.practice_id, ""))
        fee = next((item for item in fees if item.in_force(expense.paid_on)), None)
        if fee is None:
            return None
        try:
            found = fee_answer(
                fee,
                pocket,
                month,
                self.limits,
                statement=statement_on(self.statements.get(membership.id, ()), expense.paid_on),
                said=said_of(self.answers.get(membership.id, ()), pocket),
            )
        except UserProblem as problem:  # the law's amounts of that month are not known: asked for
            question = f"May {pocket.value.upper()} money pay this?"
            return 0, Answer(question=question, verdict=Verdict.ASK, sentence=str(problem))
        if found.eligible <= 0 or fee.amount <= 0:
            return 0, found.answer
        care = min(found.eligible, fee.amount)
        return split_by(amount, [care, fee.amount - care])[0], found.answer


class ExpenseService:
    """What was spent, as accounts and taxes see it. Reading takes a moment: ask off the UI thread."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held = threading.local()

    def all(self) -> list[Expense]:
        """Every expense, oldest first. Do not change the list."""
        held: list[Expense] | None = getattr(self._held, "expenses", None)
        return query.expenses(self._ledger.read()) if held is None else held

    def within(self, period: Period, *, by_care: bool) -> list[Expense]:
        """Those paid in a period, or with `by_care` those whose day of care lies in it, oldest first."""
        held: list[Expense] | None = getattr(self._held, "expenses", None)
        if held is None:
            return query.expenses(self._ledger.read(), period, by_care=by_care)
        return [item for item in held if (item.day_of_care if by_care else item.paid_on) in period]

    @contextmanager
    def held(self) -> Iterator[list[Expense]]:
        """Read all expenses once for everything that asks for them inside, on this thread."""
        before = getattr(self._held, "expenses", None)
        self._held.expenses = self.all()
        try:
            yield self._held.expenses
        finally:
            self._held.expenses = before

    def fee_facts(self) -> FeeFacts:
        """What decides about membership fees."""
        connection = self._ledger.read()
        held = {item.id: item for item in household.memberships(connection) if item.id is not None}
        return FeeFacts(
            memberships=held,
            practices=household.provider_names(connection, {item.practice_id for item in held.values()}),
            statements={key: membership_use.statements(connection, key) for key in held},
            answers={key: membership_use.administrators(connection, key) for key in held},
            limits=read_limits(connection),
        )

    def counted(self, pocket: TaxPocket, expenses: Sequence[Expense] | None = None) -> list[Counted]:
        """What of each expense counts for a pocket, with its reasons."""
        fees = self.fee_facts()
        owner = self.hsa_owner(self.hsa())
        found = []
        for item in self.all() if expenses is None else expenses:
            at_65 = owner is not None and is_65(owner, item.paid_on)
            found.append(counted(item, pocket, fee_part=fees.part, at_65=at_65))
        return found

    def pool(self, *, hsa: Account | None = None) -> Pool:
        """The unreimbursed pool of an HSA today (rulebook 5.5); by default of the one opened first."""
        account = hsa or self.hsa()
        items = [hsa_expense(item) for item in self.counted(TaxPocket.HSA)]
        # An expense nobody may pay from an HSA is there only where the HSA did pay for it.
        kept = [item for item in items if item.eligible or item.reimbursed]
        return pool(
            kept,
            established_on=account.opened_on if account else None,
            today=self._ledger.today(),
        )

    def placed(self, expenses: Sequence[Expense] | None = None) -> list[Placed]:
        """The allocation ledger: where every dollar of each expense went."""
        return [Placed(item, *allocated(item)) for item in (self.all() if expenses is None else expenses)]

    def hsa(self) -> Account | None:
        """The HSA that was opened first; closed ones count, for an HSA once established stays so."""
        held = [item for item in household.accounts(self._ledger.read()) if item.kind is AccountKind.HSA]
        return min(
            held, key=lambda item: (item.opened_on is None, item.opened_on or date.max), default=None
        )

    def hsa_owner(self, account: Account | None) -> Person | None:
        """Whose HSA it is; the owner of the ledger where nobody is named."""
        people = household.people(self._ledger.read())
        named = account.person_id if account else None
        return next((item for item in people if item.id == named), people[0] if people else None)


def is_65(person: Person, day: date) -> bool:
    """Whether somebody has turned 65 by a day; not known counts as no."""
    born = person.birth_date
    return born is not None and add_months(born, 65 * 12) <= day
