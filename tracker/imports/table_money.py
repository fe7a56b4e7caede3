"""Rows of a table read as money that moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tracker.imports.found import FoundAccount, FoundMoney
from tracker.imports.table_cells import lost_digits, one_line, shown
from tracker.imports.table_directions import word_of
from tracker.imports.table_fields import Field
from tracker.imports.table_mapping import Direction, Mapping
from tracker.imports.table_rows import Reading, Row
from tracker.money import Cents

_TAX_YEAR = re.compile(r"\btax year:? ?(\d{4})\b", re.IGNORECASE)
_BEFORE_TAX_YEAR = re.compile(r"^(.{1,80}?)\s*\(?tax year", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")

Found = tuple[list[FoundMoney], list[FoundAccount]]


class _Columns:
    """Where a mapping has what a payment is made of, looked up once."""

    def __init__(self, mapping: Mapping) -> None:
        self.date = mapping.place(Field.DATE)
        self.amount = mapping.place(Field.AMOUNT)
        self.money_out = mapping.place(Field.MONEY_OUT)
        self.money_in = mapping.place(Field.MONEY_IN)
        self.direction = mapping.place(Field.DIRECTION)
        self.payee = mapping.place(Field.PAYEE)
        self.paid_by = mapping.place(Field.PAID_BY)
        self.paid_to = mapping.place(Field.PAID_TO)
        self.memo = mapping.places(Field.MEMO)
        self.kind = mapping.place(Field.KIND)
        self.id = mapping.place(Field.ID)
        self.check_number = mapping.place(Field.CHECK_NUMBER)
        self.category = mapping.place(Field.CATEGORY)
        self.account = mapping.place(Field.ACCOUNT)
        self.balance = mapping.place(Field.BALANCE)
        self.status = mapping.place(Field.STATUS)
        self.tax_year = mapping.place(Field.TAX_YEAR)
        self.source = mapping.place(Field.SOURCE)
        self.care_on = mapping.place(Field.CARE_ON)


def read_money(reading: Reading) -> Found:
    """The payments of the table and the accounts they speak of; the rest is in `reading.problems`."""
    reader = _MoneyReader(reading)
    money: list[FoundMoney] = []
    balances: list[Cents | None] = []
    for row in reading.rows():
        found = reader.read(row)
        if isinstance(found, str):
            reading.problems.append(row.problem(found))
            continue
        money.append(found)
        balances.append(reading.amounts.read(row.cell(reader.columns.balance)).cents)
    return money, _accounts(reading.mapping, money, balances)


class _MoneyReader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mapping = reading.mapping
        self.columns = _Columns(reading.mapping)
        self._out_negative = self._mostly_negative(self.columns.money_out)
        self._in_negative = self._mostly_negative(self.columns.money_in)
        self._out_words = frozenset(word_of(word) for word in self.mapping.out_words)
        self._in_words = frozenset(word_of(word) for word in self.mapping.in_words)
        self._not_moved = frozenset(word.casefold() for word in self.mapping.not_moved)

    def _mostly_negative(self, place: int | None) -> bool:
        if place is None or self.mapping.direction is not Direction.TWO_COLUMNS:
            return False
        values = [self.reading.amounts.read(cell).cents or 0 for cell in self.reading.table.column(place)]
        return sum(1 for value in values if value < 0) > sum(1 for value in values if value > 0)

    def read(self, row: Row) -> FoundMoney | str:
        """The payment in a row, or a sentence that says why none is taken."""
        columns, reading = self.columns, self.reading
        why = self._set_aside(row)
        if why:
            return why
        on = reading.days.read(row.cell(columns.date))
        if isinstance(on, str):
            return on
        why = reading.foreign(row)
        if why:
            return why
        amount = self._amount(row)
        if isinstance(amount, str):
            return amount
        care_on = reading.days.read(row.cell(columns.care_on)) if row.cell(columns.care_on) else None
        if isinstance(care_on, str):
            reading.problems.append(row.problem(f"The date of service was left out: {care_on}"))
            care_on = None
        payee = one_line(row.cell(columns.payee))
        kind = one_line(row.cell(columns.kind)) or self.mapping.kind
        tax_year, source = self._contribution(row, payee)
        number = row.cell(columns.id)
        return FoundMoney(
            id="" if lost_digits(number) else number,
            on=on,
            amount=amount,
            payee=payee or self._other_side(row, amount, kind),
            memo="; ".join(one_line(cell) for place in columns.memo if (cell := row.cell(place))),
            kind=kind,
            check_number=_check_number(row.cell(columns.check_number)),
            category=one_line(row.cell(columns.category)),
            account=one_line(row.cell(columns.account)),
            tax_year=tax_year,
            source=source,
            care_on=care_on,
            where=row.where,
        )

    def _set_aside(self, row: Row) -> str:
        """Why a row is no payment at all, or not yet one."""
        columns = self.columns
        amounts = (columns.amount, columns.money_out, columns.money_in)
        if not row.cell(columns.date) and not any(row.cell(place) for place in amounts):
            return "It has neither a date nor an amount, so it was passed over."
        status = row.cell(columns.status)
        if status and status.casefold() in self._not_moved:
            return f"Its status is {shown(status)}, so no money has moved yet; import it again when it has."
        return ""

    def _amount(self, row: Row) -> Cents | str:
        """Cents, positive where money came in; or why there are none."""
        if self.mapping.direction is Direction.TWO_COLUMNS:
            return self._of_two(row)
        value = self._read(row, self.columns.amount)
        if value is None:
            return "The amount is empty."
        if isinstance(value, str):
            return value
        if value == 0:
            return "The amount is zero, so no money moved."
        if self.mapping.direction is Direction.REVERSED:
            return -value
        if self.mapping.direction is Direction.BY_WORD:
            word = row.cell(self.columns.direction)
            if word_of(word) in self._out_words:
                return -abs(value)
            if word_of(word) in self._in_words:
                return abs(value)
            said = f"{shown(word)} does not say" if word else "Nothing says"
            return f"{said} whether money came in or went out."
        return value

    def _of_two(self, row: Row) -> Cents | str:
        out, come_in = self._read(row, self.columns.money_out), self._read(row, self.columns.money_in)
        for value in (out, come_in):
            if isinstance(value, str):
                return value
        if isinstance(out, str) or isinstance(come_in, str):
            return ""
        if out and come_in:
            return "It has both money in and money out, so which is meant is not clear."
        if out:
            return out if self._out_negative else -out
        if come_in:
            return -come_in if self._in_negative else come_in
        if out is None and come_in is None:
            return "The amount is empty."
        return "The amount is zero, so no money moved."

    def _read(self, row: Row, place: int | None) -> Cents | str | None:
        found = self.reading.amounts.read(row.cell(place))
        if found.cents is None:
            return found.why or None
        if found.why:
            self.reading.problems.append(row.problem(found.why))
        return found.cents

    def _other_side(self, row: Row, amount: Cents, kind: str) -> str:
        """Of two people, the one who is not the owner of the file."""
        payer, paid = one_line(row.cell(self.columns.paid_by)), one_line(row.cell(self.columns.paid_to))
        went_out = amount < 0
        if kind.casefold() == "charge":
            went_out = not went_out  # who asked for the money stands first then
        return (paid if went_out else payer) or paid or payer

    def _contribution(self, row: Row, payee: str) -> tuple[int | None, str]:
        """The tax year and the source of a contribution, from their columns or from its description."""
        year = _YEAR.fullmatch(row.cell(self.columns.tax_year).split(".")[0])
        source = one_line(row.cell(self.columns.source))
        said = _TAX_YEAR.search(payee)
        if said is not None and not source:
            before = _BEFORE_TAX_YEAR.match(payee)
            source = before[1].rstrip(" (") if before else ""
        text = year[0] if year else said[1] if said else ""
        return (int(text) if text else None), source


def _check_number(cell: str) -> str:
    return cell if cell.strip("0") else ""


def _accounts(
    mapping: Mapping, money: Sequence[FoundMoney], balances: Sequence[Cents | None]
) -> list[FoundAccount]:
    """One entry for each account, with the balance after its newest row where the table has one."""
    groups: dict[str, list[tuple[FoundMoney, Cents | None]]] = {}
    for each, balance in zip(money, balances, strict=True):
        groups.setdefault(each.account, []).append((each, balance))
    has_balance = mapping.place(Field.BALANCE) is not None
    if not has_balance and not mapping.institution and set(groups) <= {""}:
        return []
    found = []
    for account, rows in groups.items():
        balance, on = _latest(rows) if has_balance else (None, None)
        found.append(
            FoundAccount(
                id=account,
                kind=mapping.account_kind,
                institution=mapping.institution,
                currency="USD",
                balance=balance,
                balance_on=on,
            )
        )
    return found


def _latest(rows: Sequence[tuple[FoundMoney, Cents | None]]) -> tuple[Cents | None, date | None]:
    """The balance after the newest row. Rows stand with the oldest or with the newest first."""
    known = [(each, balance) for each, balance in rows if balance is not None]
    if not known:
        return None, None
    first, last = known[0][0].on, known[-1][0].on
    newest_first = first > last or (first == last and _falls(known))
    newest = max(each.on for each, _ in known)
    of_newest = [balance for each, balance in known if each.on == newest]
    return of_newest[0 if newest_first else -1], newest


def _falls(rows: Sequence[tuple[FoundMoney, Cents]]) -> bool:
    """Whether, on one and the same day, the newest row stands first, as the balances show."""
    pairs = list(pairwise(rows))
    falling = sum(1 for one, two in pairs if one[1] - two[1] == one[0].amount)
    rising = sum(1 for one, two in pairs if two[1] - one[1] == two[0].amount)
    return falling > rising
