"""What of the ledger bears on rows of money."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.facts import AccountKind
from tracker.facts.importing import ImportRule
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class KnownPayment:
    """A payment of the ledger as a duplicate is judged: `amount` as the bank of `account_id` writes it."""

    id: int
    account_id: int | None
    on: date
    amount: Cents
    payee: str
    bank_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenBill:
    """What a bill still asks, as far as it is safe to pay."""

    id: int
    payee: str
    due: Cents
    person_id: int | None = None
    category_id: int | None = None


@dataclass(frozen=True, slots=True)
class OwedBack:
    """An expense that somebody is to give back, with how much of it is still open.

    `bill_id` is the provider's bill that was paid too much; None where a plan pays the member.
    """

    payment_id: int
    payee: str
    amount: Cents
    bill_id: int | None = None


@dataclass(frozen=True, slots=True)
class CareShare:
    """What an EOB says the member owes for care: a payment of just this is of its person and line."""

    payee: str
    amount: Cents
    person_id: int | None = None
    category_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """How payments to a payee are usually entered."""

    name: str
    category_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What of the ledger bears on rows of money.

    `habits` are how a payee's payments of just one amount were entered last: two people of a household
    may have drugs from one pharmacy, each at a price of its own. `again` are the numbers of files that
    were imported before, byte for byte.
    """

    payments: Sequence[KnownPayment] = ()
    payees: Sequence[Payee] = ()
    habits: Mapping[tuple[str, Cents], Payee] = field(default_factory=dict)
    account_kinds: Mapping[int, AccountKind] = field(default_factory=dict)
    rules: Sequence[ImportRule] = ()
    bills: Sequence[OpenBill] = ()
    owed: Sequence[OwedBack] = ()
    shares: Sequence[CareShare] = ()
    again: Container[int] = ()
