"""The accounts of an OFX file: their names apart, their balances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.errors import UserProblem
from tracker.imports.bank_amount import bank_cents, uses_comma_decimals
from tracker.imports.bank_text import short
from tracker.imports.found import FoundAccount
from tracker.imports.ofx_days import ofx_day
from tracker.imports.ofx_parts import Parts, Statement, field_of
from tracker.money import Cents

_OWED = ("CREDITCARD", "CREDITLINE")


@dataclass(frozen=True, slots=True)
class FoundAccounts:
    """The accounts, each once, and what could not be read of them."""

    accounts: tuple[FoundAccount, ...]
    problems: tuple[str, ...]


def accounts_of(parts: Parts, *, any_currency: bool = False) -> tuple[FoundAccounts, list[str]]:
    """The accounts of a file, and for each of its statements the id of its account.

    The id is the account number. Credit unions give one number to a member's checking and savings:
    then the kind is added, and the bank's number where that is not enough. A statement without an
    owner belongs to the account without an id.
    """
    keys = [_key(statement) for statement in parts.statements]
    names = _names(keys)
    problems: list[str] = []
    accounts: dict[str, FoundAccount] = {}
    for statement, key in zip(parts.statements, keys, strict=True):
        name = names[key]
        found = _account(statement, name, key[1], problems, any_currency)
        held = accounts.get(name)
        if held is None or (found.balance_on or date.min) > (held.balance_on or date.min):
            accounts[name] = found
    return FoundAccounts(tuple(accounts.values()), tuple(problems)), [names[key] for key in keys]


def _key(statement: Statement) -> tuple[str, str, str]:
    """Number, kind and bank."""
    owner = statement.owner
    if owner is None:
        return "", statement.kind, ""
    bank = field_of(owner, "BANKID") or field_of(owner, "BROKERID")
    kind = field_of(owner, "ACCTTYPE") or statement.kind
    return field_of(owner, "ACCTID"), kind, bank


def _names(keys: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    numbers: dict[str, set[tuple[str, str, str]]] = {}
    for key in keys:
        numbers.setdefault(key[0], set()).add(key)
    names = {}
    for number, same in numbers.items():
        for key in same:
            alone = len(same) == 1
            by_kind = len({one[1] for one in same}) == len(same)
            words = (number,) if alone else (number, key[1]) if by_kind else (number, key[1], key[2])
            names[key] = " ".join(word for word in words if word)
    return names


def _account(
    statement: Statement, name: str, kind: str, problems: list[str], any_currency: bool
) -> FoundAccount:
    currency = statement.currency
    balance: Cents | None = None
    on: date | None = None
    if any_currency or currency in ("", "USD"):
        balance, on = _balance(statement, kind, name, problems)
    return FoundAccount(
        id=name,
        kind=kind,
        institution=statement.institution,
        currency=currency,
        balance=balance,
        balance_on=on,
    )


def _balance(
    statement: Statement, kind: str, name: str, problems: list[str]
) -> tuple[Cents | None, date | None]:
    """The ledger balance; what is available only where nothing can be borrowed, which it would count in.

    Of an investment account the cash in it.
    """
    tries = [("LEDGERBAL", "BALAMT"), ("INVBAL", "AVAILCASH")]
    if kind not in _OWED:
        tries.append(("AVAILBAL", "BALAMT"))
    for group_name, field_name in tries:
        group = statement.balances.get(group_name)
        stated = field_of(group, field_name) if group else ""
        if group is None or not stated:
            continue
        try:
            cents, _ = bank_cents(stated, commas=uses_comma_decimals([stated]))
            as_of = field_of(group, "DTASOF") or field_of(statement.group, "DTASOF")
            return cents, ofx_day(as_of) if as_of else None
        except UserProblem as problem:
            problems.append(f"The balance of account {short(name, 40)} could not be read: {problem.what}")
            return None, None
    return None, None
