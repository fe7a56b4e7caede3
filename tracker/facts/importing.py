"""Facts about what was imported, and what the member taught the program about files.

Every import is kept with the hash of each file, so that no file is taken twice unseen and any import can
be taken back later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.facts.accounts import MoneySource, Qualifies
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """One file of an import. Counts are rows: taken, known already, and left out or unreadable."""

    name: str
    sha256: str
    format: str = ""
    layout: str = ""
    size: int = 0
    taken: int = 0
    known: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import: when, what the member may call it, and its files."""

    id: int | None = None
    at: datetime
    note: str = ""
    files: tuple[ImportedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRule:
    """What to propose for rows that fit. Rules are asked in order; the first that fits decides.

    A row fits where every word of `payee_has` and `memo_has` occurs, the amount without its sign lies
    from `amount_from` to `amount_to`, money goes the way of `money_out`, and it is of `account_id`; what
    is empty or None asks nothing. The rest is proposed: `payee` renames who was paid, `leave_out`
    leaves the row out, `to_account_id` makes it a transfer.
    """

    id: int | None = None
    position: int = 0
    name: str
    active: bool = True
    account_id: int | None = None
    payee_has: str = ""
    memo_has: str = ""
    amount_from: Cents | None = None
    amount_to: Cents | None = None
    money_out: bool | None = None
    payee: str = ""
    category_id: int | None = None
    person_id: int | None = None
    to_account_id: int | None = None
    source: MoneySource | None = None
    item: str = ""
    qualifies: Qualifies | None = None
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """A payment that is no transfer, as rules see it. `amount` is signed as banks do: negative went out.

    `shares` is how many budget lines it is split over; `category_id` is its line where that is one.
    """

    id: int
    on: date
    amount: Cents
    payee: str
    note: str
    person_id: int | None = None
    account_id: int | None = None
    category_id: int | None = None
    shares: int = 0
    item: str = ""
    qualifies: Qualifies | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProfile:
    """How the columns of one kind of table are read, as the member settled it. `mapping` is JSON."""

    id: int | None = None
    name: str
    mapping: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAccount:
    """Which account of the ledger an account number in files is."""

    source: str
    account_id: int
