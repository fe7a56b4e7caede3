"""One row of an OFX statement as money, or the reason why it is not taken.

`CURRENCY` in a row says that its amount is in another currency than the statement. `ORIGCURRENCY`
says that the bank has already converted it into the statement's: a hotel in Paris on a dollar card is
dollars, and is taken.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.imports.bank_amount import bank_cents, rounding_remark
from tracker.imports.bank_text import short
from tracker.imports.found import FoundMoney
from tracker.imports.ofx_days import ofx_day
from tracker.imports.ofx_parts import Row, Statement, deep_field, field_of
from tracker.imports.ofx_tags import Group
from tracker.money import dollars, plain

_TRADES = {
    "BUY": "a purchase of investments",
    "SELL": "a sale of investments",
    "INCOME": "income that stayed in the investment account",
    "REINVEST": "income that was invested again",
    "TRANSFER": "a transfer of investments",
    "SPLIT": "a split of shares",
}
NOT_USD = "Its amount is in {currency}. Only US dollars can be taken."


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one file are to be read."""

    comma_decimals: bool = False
    any_currency: bool = False


@dataclass(slots=True)
class Read:
    """What became of a row: `money`, or `why` it was not taken; `remark` where a bit of it was lost."""

    where: str
    id: str
    account: str
    corrects: str = ""
    deletes: bool = False
    money: FoundMoney | None = None
    why: str = ""
    remark: str = ""


def read_row(row: Row, statement: Statement, account: str, reading: Reading) -> Read:
    """Read one row. Never raises for what the file says."""
    fields = row.group.fields
    read = Read(f"row {row.number}", field_of(row.group, "FITID"), account)
    if row.entry not in ("STMTTRN", "STMTTRNP"):
        read.why = _trade(row, statement, reading)
        return read
    if "CORRECTFITID" in fields:
        read.corrects = field_of(row.group, "CORRECTFITID")
        read.deletes = field_of(row.group, "CORRECTACTION").upper() == "DELETE"
    try:
        read.money, read.remark = _money(row, statement, account, reading)
    except UserProblem as problem:
        read.why = problem.what
    return read


def _money(row: Row, statement: Statement, account: str, reading: Reading) -> tuple[FoundMoney, str]:
    group = row.group
    if row.entry == "STMTTRNP":
        raise UserProblem("It is still pending. It can be taken once the bank has posted it.")
    if group.cut_off:
        raise UserProblem("The file breaks off inside this row.")
    currency = _currency(group) or statement.currency
    if currency not in ("", "USD") and not reading.any_currency:
        raise UserProblem(NOT_USD.format(currency=short(currency, 40)))
    if group.clashing and not group.clashing.isdisjoint(("TRNAMT", "DTPOSTED", "FITID")):
        raise UserProblem("It has two amounts, dates or numbers: the end of a row is missing in the file.")
    posted = field_of(group, "DTPOSTED")
    if not posted:
        raise UserProblem("It has no date.")
    day = ofx_day(posted)
    stated = field_of(group, "TRNAMT")
    if not stated:
        raise UserProblem("It has no amount.")
    cents, rounded = bank_cents(stated, commas=reading.comma_decimals)
    money = FoundMoney(
        id=field_of(group, "FITID"),
        on=day,
        amount=cents,
        payee=_payee(group),
        memo=field_of(group, "MEMO"),
        kind=field_of(group, "TRNTYPE"),
        check_number=field_of(group, "CHECKNUM"),
        category=field_of(group, "CATEGORY"),
        account=account,
        where=f"row {row.number}",
    )
    return money, rounding_remark(stated, cents) if rounded else ""


def _currency(group: Group) -> str:
    named = group.part("CURRENCY")
    return (field_of(named, "CURSYM") if named else field_of(group, "CURRENCY")).upper()


def _payee(group: Group) -> str:
    """The name, in its long form where that only goes on; else the name in a payee's address."""
    name = field_of(group, "NAME")
    longer = field_of(group, "EXTDNAME")
    if longer.startswith(name) and longer:
        return longer
    if name:
        return name
    block = group.part("PAYEE")
    return field_of(block, "NAME") if block else field_of(group, "PAYEE")


def _trade(row: Row, statement: Statement, reading: Reading) -> str:
    """Why an entry of an investment account is not taken, with its day and amount where it has them."""
    sort = next((text for name, text in _TRADES.items() if row.entry.startswith(name)), "")
    said = sort or f"an investment entry ({short(row.entry, 40)})"
    with suppress(UserProblem):
        cents, _ = bank_cents(deep_field(row.group, "TOTAL"), commas=reading.comma_decimals)
        in_dollars = statement.currency in ("", "USD")
        said += f", {dollars(cents) if in_dollars else f'{plain(cents)} {short(statement.currency, 40)}'}"
    with suppress(UserProblem):
        said += f" on {day_text(ofx_day(deep_field(row.group, 'DTTRADE')))}"
    return f"It is {said}. Only cash that moved in or out of the account is taken."
