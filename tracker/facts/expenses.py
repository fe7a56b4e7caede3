"""An expense as it is read: one payment for care, a fee or a premium, complete with what bears on it.

Like the rows of the spending table it is put together from several tables; nothing of it is stored here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.facts import AccountKind, Role
from tracker.facts.accounts import ExpenseNote, Pocket
from tracker.money import Cents

PAID_FROM = {
    AccountKind.HSA: Pocket.HSA,
    AccountKind.FSA: Pocket.FSA,
    AccountKind.HRA: Pocket.HRA,
}
"""Accounts whose money is untaxed. Every other account is the member's own cash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of an expense under one budget line; `role` None for what is under no line."""

    role: Role | None
    amount: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """Money that came back for an expense. `pocket` None: the provider gave it back.

    `source` names the account or the payer; `account_id` is the account that paid it back, `into_id` the
    account that a refund came into.
    """

    on: date
    amount: Cents
    pocket: Pocket | None
    source: str = ""
    account_id: int | None = None
    into_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """One payment for care, a fee or a premium, with everything that bears on it.

    `incurred_on` is the day of care where a bill or the member says it. `documents` counts the files
    of the payment, its bill and its visit. `membership_id` and `plan_id` say whose fee or premium it is.
    """

    id: int
    paid_on: date
    amount: Cents
    payee: str = ""
    person: str = ""
    account_id: int | None = None
    account: str = ""
    account_kind: AccountKind | None = None
    description: str = ""
    incurred_on: date | None = None
    documents: int = 0
    membership_id: int | None = None
    plan_id: int | None = None
    shares: tuple[Share, ...] = ()
    back: tuple[MoneyBack, ...] = ()
    note: ExpenseNote | None = None

    @property
    def label(self) -> str:
        """Whom it paid and what for, as far as that is known; may be empty."""
        return ", ".join(text for text in (self.payee, self.description) if text)

    @property
    def day_of_care(self) -> date:
        """The day that decides which account and year may pay it; the paid day where nothing says more."""
        return self.incurred_on or self.paid_on

    @property
    def given_back(self) -> Cents:
        """What the provider gave back: the expense was that much smaller."""
        return min(self.amount, sum(item.amount for item in self.back if item.pocket is None))

    @property
    def net(self) -> Cents:
        return self.amount - self.given_back

    @property
    def deducted(self) -> Cents:
        return self.note.deducted if self.note else 0

    def of(self, pocket: Pocket) -> Cents:
        """What a pocket bore of it: paid directly, or paid back."""
        back = sum(item.amount for item in self.back if item.pocket is pocket)
        direct = PAID_FROM.get(self.account_kind) if self.account_kind else None
        others = sum(item.amount for item in self.back if item.pocket is not None)
        return back + (max(0, self.net - others) if direct is pocket else 0)

    def of_account(self, account_id: int) -> Cents:
        """What one untaxed account bore of it: paid directly, or paid back."""
        back = sum(item.amount for item in self.back if item.account_id == account_id)
        if self.account_id != account_id:
            return back
        others = sum(item.amount for item in self.back if item.pocket is not None)
        return back + max(0, self.net - others)

    @property
    def whole_shares(self) -> tuple[Share, ...]:
        """Parts that add to the amount. What lies under no line of the template, or under one of the
        member's own, is the fee or the premium where the payment settles one.
        """
        due = None
        if self.membership_id is not None:
            due = Role.MEMBERSHIP
        elif self.plan_id is not None:
            due = Role.PREMIUM
        rest = self.amount - sum(share.amount for share in self.shares)
        shares = (*self.shares, Share(role=None, amount=rest)) if rest > 0 else self.shares
        if due is None:
            return shares
        return tuple(
            replace(share, role=due) if share.role in (None, Role.OTHER) else share for share in shares
        )

    @property
    def has_role(self) -> frozenset[Role]:
        return frozenset(share.role for share in self.whole_shares if share.role is not None)
