"""Rows of bank and custodian files against the ledger: new, known, likely, and what to propose.

A row is known by the bank's number for it, or because another row of the import is the same one. It is
likely known where a payment of the same amount lies within four days under a payee that looks alike;
the member decides about those. No payment stands for two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from tracker.domain.importing.known import Known, KnownPayment
from tracker.domain.importing.likeness import ALIKE, likeness
from tracker.domain.importing.proposing import Proposer
from tracker.domain.importing.rows import MoneyRow, Proposed, RowState
from tracker.facts import AccountKind, MoneySource
from tracker.facts.found import FoundMoney
from tracker.money import Cents, dollars
from tracker.wording import count_of

NEAR_DAYS = 4


def judge_money(
    files: Sequence[tuple[int, Sequence[FoundMoney]]],
    account_of: Mapping[tuple[int, str], int | None],
    known: Known,
) -> list[MoneyRow]:
    """Every row in the order of the files. `account_of` gives the ledger's account of a file's account."""
    rows: list[MoneyRow] = []
    by_number = {(item.account_id, item.bank_id): item for item in known.payments if item.bank_id}
    seen: dict[tuple[int | None, str], MoneyRow] = {}
    near = _near(known.payments)
    judge = Proposer(known)
    used: set[int] = set()
    for file, found_rows in files:
        for found in _own_numbers(found_rows):
            account_id = account_of.get((file, found.account))
            row = MoneyRow(
                place=len(rows),
                file=file,
                found=found,
                state=RowState.NEW,
                proposed=Proposed(account_id=account_id),
                take=True,
            )
            key = (account_id, found.id)
            if found.id and key in by_number:
                row = _by_number(row, by_number[key])
                used.add(by_number[key].id)
            elif found.id and key in seen:
                row = _repeated(row, seen[key])
            rows.append(row)
            if found.id:
                seen.setdefault(key, row)
    rows = _likely(rows, near, used, known.again)
    rows = [_left_before(row) if row.file in known.again else row for row in rows]
    rows = [judge.proposed(row) if row.state is not RowState.KNOWN else row for row in rows]
    return _paired(rows, known)


def _own_numbers(found_rows: Sequence[FoundMoney]) -> list[FoundMoney]:
    """The rows of a file, without numbers that the file itself gives to different movements."""
    first: dict[tuple[str, str], FoundMoney] = {}
    shared: set[tuple[str, str]] = set()
    for found in found_rows:
        key = (found.account, found.id)
        there = first.setdefault(key, found)
        if (there.amount, there.on) != (found.amount, found.on):
            shared.add(key)
    return [
        replace(found, id="") if found.id and (found.account, found.id) in shared else found
        for found in found_rows
    ]


def _left_before(row: MoneyRow) -> MoneyRow:
    """A row that was not taken with the rest of its file is not proposed a second time."""
    if row.state is not RowState.NEW:
        return row
    return replace(row, take=False, why="It was left out when this file was imported before.")


def _by_number(row: MoneyRow, there: KnownPayment) -> MoneyRow:
    if there.amount == row.found.amount:
        return replace(
            row,
            state=RowState.KNOWN,
            take=False,
            against=there.id,
            why="It is there already, by the bank\u2019s number.",
        )
    return replace(
        row,
        state=RowState.CHANGED,
        take=False,
        against=there.id,
        why=f"The bank\u2019s number is known with {dollars(there.amount)}; the file says "
        f"{dollars(row.found.amount)}.",
    )


def _repeated(row: MoneyRow, first: MoneyRow) -> MoneyRow:
    same = (first.found.amount, first.found.on) == (row.found.amount, row.found.on)
    if same:
        return replace(row, state=RowState.KNOWN, take=False, why="The same row is in these files twice.")
    return replace(
        row,
        state=RowState.CHANGED,
        take=False,
        why=f"These files have its number twice; the other row says {dollars(first.found.amount)}.",
    )


def _near(payments: Iterable[KnownPayment]) -> dict[tuple[int | None, Cents], list[KnownPayment]]:
    found: dict[tuple[int | None, Cents], list[KnownPayment]] = defaultdict(list)
    for item in payments:
        found[(item.account_id, item.amount)].append(item)
    return found


def _likely(
    rows: list[MoneyRow],
    near: Mapping[tuple[int | None, Cents], list[KnownPayment]],
    used: set[int],
    again: Container[int],
) -> list[MoneyRow]:
    """Rows tied to payments that look like them, the nearest pairs first, each payment once.

    Of a file that was imported before, the payment of the same day is the row's own.
    """
    pairs: list[tuple[int, float, int, KnownPayment]] = []
    for row in rows:
        if row.state is not RowState.NEW:
            continue
        account_id, found = row.proposed.account_id, row.found
        there = near.get((account_id, found.amount), ())
        if account_id is not None:
            there = [*there, *near.get((None, found.amount), ())]
        for item in there:
            if found.id and item.bank_id:
                continue  # two numbers of one bank are two movements
            days = abs((item.on - found.on).days)
            if days > NEAR_DAYS:
                continue
            alike = likeness(item.payee, f"{found.payee} {found.memo}") if item.payee else ALIKE
            alike = max(alike, likeness(item.payee, found.payee)) if item.payee and found.payee else alike
            if alike >= ALIKE or not found.payee:
                pairs.append((days, -alike, row.place, item))
    pairs.sort(key=lambda pair: (pair[0], pair[1], pair[2], pair[3].id))
    decided = list(rows)
    done: set[int] = set()
    for days, _alike, place, item in pairs:
        if place in done or item.id in used:
            continue
        done.add(place)
        used.add(item.id)
        if not days and rows[place].file in again:
            decided[place] = replace(
                rows[place],
                state=RowState.KNOWN,
                take=False,
                against=item.id,
                why="It is there already: this file was imported before.",
            )
            continue
        when = "the same day" if not days else f"{count_of(days, 'day')} apart"
        whom = f" to {item.payee}" if item.payee else ""
        decided[place] = replace(
            rows[place],
            state=RowState.LIKELY,
            take=False,
            against=item.id,
            why=f"It looks like the payment{whom} that is there already, {when}.",
        )
    return decided


def _paired(rows: list[MoneyRow], known: Known) -> list[MoneyRow]:
    """Two rows that are the two sides of a transfer between own accounts become one."""
    waiting: dict[Cents, list[int]] = defaultdict(list)
    for row in rows:
        if row.state is RowState.NEW and row.found.amount > 0 and _own_side(row) is not None:
            waiting[row.found.amount].append(row.place)
    decided = list(rows)
    for row in rows:
        if row.state is not RowState.NEW or row.found.amount >= 0 or row.proposed.bill_id is not None:
            continue
        mine = row.proposed.account_id
        for place in waiting.get(-row.found.amount, ()):
            other = decided[place]
            side = _own_side(other)
            near = abs(other.found.on - row.found.on) <= timedelta(days=NEAR_DAYS)
            if side is None or mine is None or side == mine:
                continue
            if not near or other.proposed.pair is not None:
                continue
            kind = known.account_kinds.get(side)
            decided[row.place] = replace(
                row,
                take=row.file not in known.again,
                proposed=replace(
                    row.proposed,
                    to_account_id=side,
                    payee="",
                    pair=place,
                    source=MoneySource.OWN if kind is AccountKind.HSA else None,
                    tax_year=other.proposed.tax_year if kind is AccountKind.HSA else None,
                ),
                why="It is the other side of a transfer between your accounts.",
            )
            decided[place] = replace(
                other,
                take=False,
                proposed=replace(other.proposed, pair=row.place),
                why="It is taken once, with the other side of the transfer.",
            )
            waiting[-row.found.amount].remove(place)
            break
    return decided


def _own_side(row: MoneyRow) -> int | None:
    """The account a row that came in belongs to."""
    return row.proposed.to_account_id or row.proposed.account_id
