"""What is proposed for each row of a file, before the member takes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.facts import Claim, MoneySource
from tracker.facts.accounts import Qualifies
from tracker.facts.found import FoundEob, FoundMoney
from tracker.money import Cents


class RowState(StrEnum):
    """How a row stands to the ledger.

    KNOWN is there already, by the bank's number or the claim's. LIKELY looks like one that is there
    and is the member's to decide. CHANGED bears a known number with other content.
    """

    NEW = "new"
    KNOWN = "known"
    LIKELY = "likely"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a payment made of a row would be. Ids are the ledger's; None leaves it open.

    `pair` is the place of the other side of a transfer among the rows, which then is not taken twice.
    `repays_id` is the expense that is given back, `bill_id` the open bill that is paid, or the one that was
    paid too much.
    """

    payee: str = ""
    category_id: int | None = None
    person_id: int | None = None
    account_id: int | None = None
    to_account_id: int | None = None
    source: MoneySource | None = None
    tax_year: int | None = None
    item: str = ""
    qualifies: Qualifies | None = None
    bill_id: int | None = None
    repays_id: int | None = None
    pair: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One movement of a file. `place` is its place among all rows; `take` is what is proposed.

    `against` is the payment it is, or looks like. `why` says what decided, one sentence.
    """

    place: int
    file: int
    found: FoundMoney
    state: RowState
    proposed: Proposed
    take: bool
    against: int | None = None
    rule_id: int | None = None
    why: str = ""

    @property
    def amount(self) -> Cents:
        return self.found.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class EobRow:
    """One EOB of a file, with the claim it would become. `against` is the claim it is, or corrects,
    `follows` the place of an earlier version among the rows. `again` is true where its file was imported
    before.

    `problem` says why it cannot be taken as it is (nobody of the household, no date); then `draft` is
    None. `needs_person` is true where it is enough that the member says who it is for.
    """

    place: int
    file: int
    found: FoundEob
    state: RowState
    draft: Claim | None
    provider: str = ""
    take: bool = True
    against: int | None = None
    follows: int | None = None
    again: bool = False
    why: str = ""
    problem: str = ""
    needs_person: bool = False
