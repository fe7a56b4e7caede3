"""One QIF transaction as money, or the reason why it is not taken.

A transaction split over several categories stays one row of money, since that is what left the
account; its categories are named one after the other, its notes kept in the memo.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.imports.bank_amount import bank_cents, rounding_remark
from tracker.imports.bank_text import one_line, short
from tracker.imports.found import FoundMoney
from tracker.imports.qif_days import qif_day
from tracker.imports.qif_lines import Record
from tracker.money import dollars

_OPENING = "opening balance"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one file are to be read."""

    day_first: bool = False
    comma_decimals: bool = False


def money_of(record: Record, account: str, where: str, reading: Reading) -> tuple[FoundMoney, str]:
    """The money of a record, and a remark where a bit of it was lost. Raises UserProblem for no money."""
    stated = _amount(record)
    dated = record.first("D")
    if not dated:
        raise UserProblem("It has no date.")
    day = qif_day(dated, reading.day_first)
    cents, rounded = bank_cents(stated, commas=reading.comma_decimals)
    if is_opening(record, account):
        raise UserProblem(
            f"It is the balance the account began with, {dollars(cents)} on {day_text(day)}, "
            "not money that moved."
        )
    number = one_line(record.first("N"))
    numbered = any(character.isdigit() for character in number)
    money = FoundMoney(
        on=day,
        amount=cents,
        payee=one_line(record.first("P")),
        memo=_joined([record.first("M"), *record.all("E")]),
        kind="" if numbered else number,
        check_number=number if numbered else "",
        category=_joined(record.all("S") or [record.first("L")]),
        account=account,
        where=where,
    )
    return money, rounding_remark(stated, cents) if rounded else _split_remark(record, money, reading)


def is_opening(record: Record, account: str) -> bool:
    """Whether it is the row by which Quicken states a first balance: a transfer of an account to itself."""
    category = record.first("L")
    itself = category.startswith("[") and category.endswith("]")
    if itself and account and one_line(category[1:-1]) == account:
        return True
    return record.first("P").casefold() == _OPENING and ((itself and not account) or not category)


def investment_reason(record: Record, reading: Reading) -> str:
    """Why an entry of an investment account is not taken, with what it says of itself."""
    action, security = one_line(record.first("N")), one_line(record.first("Y"))
    said = ", ".join(short(part, 60) for part in (action, security) if part) or "no action"
    with suppress(UserProblem):
        said += f", {dollars(bank_cents(_amount(record), commas=reading.comma_decimals)[0])}"
    with suppress(UserProblem):
        said += f" on {day_text(qif_day(record.first('D'), reading.day_first))}"
    return (
        f"It is an entry of an investment account ({said}). "
        "Only money of bank, cash and card accounts is taken."
    )


def _amount(record: Record) -> str:
    """The amount as written. `U` repeats `T`; some programs write only one of them."""
    stated = {text for text in record.all("T") if text}
    if len(stated) > 1:
        raise UserProblem("It has two amounts: the end of a transaction is missing in the file.")
    text = record.first("T") or record.first("U")
    if not text:
        raise UserProblem("It has no amount.")
    return text


def _split_remark(record: Record, money: FoundMoney, reading: Reading) -> str:
    """Says where the parts of a split do not add to the whole, which was taken."""
    parts = record.all("$")
    if not parts or not record.all("S"):
        return ""
    try:
        total = sum(bank_cents(part, commas=reading.comma_decimals)[0] for part in parts if part)
    except UserProblem as problem:
        return f"A part of it could not be read: {problem.what} The whole was taken."
    if total == money.amount:
        return ""
    return f"Its parts add to {dollars(total)}. The whole, {dollars(money.amount)}, was taken."


def _joined(texts: Iterable[str]) -> str:
    """Texts one after the other, each once."""
    return "; ".join(dict.fromkeys(one_line(text) for text in texts if text))
