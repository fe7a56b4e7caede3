"""What an OFX file says instead of a statement, or beside one, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.imports.bank_amount import bank_cents
from tracker.imports.bank_text import short
from tracker.imports.ofx_days import ofx_day
from tracker.imports.ofx_parts import Parts, deep_field, field_of
from tracker.imports.ofx_rows import NOT_USD
from tracker.imports.ofx_tags import Group
from tracker.money import dollars
from tracker.wording import count_of

_AGAIN = "Download the statement again from the bank."
_LEFT_OUT = "Left out:"


def refused_by_bank(parts: Parts) -> str:
    """The bank's own words where it refused the sign-on, else nothing."""
    for above, status in parts.statuses:
        if above == "SONRS" and _is_error(status):
            return f"The bank refused to sign on: {_message(status)} {_AGAIN}"
    return ""


def nothing_in(parts: Parts) -> list[str]:
    """Why there is nothing to take in a file without a statement, most telling first."""
    for above, status in parts.statuses:
        if above != "SONRS" and _is_error(status):
            return [f"The bank sent an error instead of a statement: {_message(status)} {_AGAIN}"]
    return list(_transfers(parts)) or [_kind_of_answer(parts)]


def _kind_of_answer(parts: Parts) -> str:
    if parts.listed_accounts:
        return (
            f"It is a list of {count_of(parts.listed_accounts, 'account')}, without transactions. {_AGAIN}"
        )
    if parts.is_profile:
        return f"It describes what the bank\u2019s server offers, and holds no transactions. {_AGAIN}"
    if parts.is_request:
        return f"It is a request to a bank, not the bank\u2019s answer. {_AGAIN}"
    if any(above == "SONRS" for above, _ in parts.statuses):
        return f"It only says that signing on worked, and holds no statement. {_AGAIN}"
    return f"There is no statement in it. {_AGAIN}"


def other_parts(parts: Parts) -> Iterator[str]:
    """What stands beside the statements and is not taken."""
    for above, status in parts.statuses:
        if above != "SONRS" and _is_error(status):
            yield f"The bank sent an error for one account: {_message(status)}"
    for statement in parts.statements:
        whose = f" of account {short(field_of(statement.owner, 'ACCTID'), 40)}" if statement.owner else ""
        if statement.holdings:
            yield f"{_LEFT_OUT} {count_of(statement.holdings, 'holding')}{whose}. Only cash is taken."
        if statement.orders:
            yield f"{_LEFT_OUT} {count_of(statement.orders, 'open order')}{whose}. Nothing has moved yet."
    if parts.stray_fields:
        yield "An amount stands outside every row, where the file is damaged. It was left out."
    yield from _transfers(parts)
    for name, count in parts.answers.items():
        if name not in ("INTRATRNRS", "INTERTRNRS", "WIRETRNRS", "PMTTRNRS"):
            many = count_of(count, "part")
            yield f"{_LEFT_OUT} {many} called {short(name, 40)}, which is not a statement."


def _transfers(parts: Parts) -> Iterator[str]:
    for group in parts.transfers:
        yield (
            f"It confirms a transfer{_what(group)}, which the statements of its accounts show too. "
            "It was left out so that it is not counted twice."
        )


def _what(group: Group) -> str:
    currency = field_of(group, "CURDEF").upper()
    said = ""
    if currency not in ("", "USD"):
        return f" ({NOT_USD.format(currency=currency[:12]).rstrip('.')})"
    with suppress(UserProblem):
        said += f" of {dollars(bank_cents(deep_field(group, 'TRNAMT'))[0])}"
    with suppress(UserProblem):
        said += f" on {day_text(ofx_day(deep_field(group, 'DTPOSTED') or deep_field(group, 'DTXFERPRJ')))}"
    return said


def _is_error(status: Group) -> bool:
    severity = field_of(status, "SEVERITY").upper()
    return severity == "ERROR" or (not severity and field_of(status, "CODE").lstrip("0") != "")


def _message(status: Group) -> str:
    said = short(field_of(status, "MESSAGE"), 300)
    code = field_of(status, "CODE")[:20]
    number = f" (code {code})" if code else ""
    return f"\u201c{said}\u201d{number}." if said else f"it gave no message{number}."
