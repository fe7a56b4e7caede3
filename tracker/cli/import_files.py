"""`import`: what is in files of insurers, banks and spreadsheets; taken unless a look is asked for."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command
from tracker.dates import day_text
from tracker.money import Cents, dollars, plain_or_none
from tracker.wording import count_of

if TYPE_CHECKING:
    from datetime import date

    from tracker.imports.found import FoundAccount, FoundEob, FoundFile, FoundLine, FoundMoney, FoundProblem

_SHOWN_PROBLEMS = 10
_KINDS = {
    "fhir": "EOB data (FHIR)",
    "ofx": "bank file (OFX)",
    "qif": "bank file (QIF)",
    "table": "table",
    "zip": "zip",
    "folder": "folder",
    "unknown": "not read",
}


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "import",
        "read files of insurers, banks and spreadsheets (FHIR, OFX, QFX, QIF, CSV, XLSX, zip)",
        examples="import claims.json --dry-run\nimport Downloads/*.qfx card.csv --dry-run --json\n"
        'import march.qfx --account "Credit card"',
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=_given, help="a file, a zip or a folder; may be repeated"
    )
    parser.add_argument("--account", metavar="NAME", help="the account that bank rows belong to")
    parser.add_argument(
        "--person", metavar="NAME", help="whose EOBs they are, where a file names nobody of the household"
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only show what the files hold; needs no ledger and changes nothing",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show what files hold, or take what is new; 1 where not one of them could be read."""
    return show(args) if args.dry_run else _take(args)


def _take(args: argparse.Namespace) -> int:
    from tracker.cli import import_take
    from tracker.cli.logged import logged

    with logged():
        found, seen, change = import_take.take(args)
    if args.json:
        print(import_take.as_json(as_json(found), seen, change))
    elif any(is_readable(file) for file in found):
        print("\n".join(_one_line(line) for line in import_take.as_text(seen, change)))
    return _code(found)


def show(args: argparse.Namespace) -> int:
    """Print what the files hold; nothing is changed and no ledger needed."""
    from tracker.cli.logged import logged
    from tracker.imports.read_files import read_files

    with logged():
        found = read_files(args.files)
    if args.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    elif any(is_readable(file) for file in found):
        print("\n".join(as_text(found)))
    return _code(found)


def _code(found: Sequence[FoundFile]) -> int:
    if any(is_readable(file) for file in found):
        return 0
    for line in _refusals(found):
        print(line, file=sys.stderr)
    return 1


def is_readable(file: FoundFile) -> bool:
    """Whether a file was understood, though single rows of it may not have been."""
    return not file.is_empty or bool(file.accounts) or any(problem.where for problem in file.problems)


def _given(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a file name is missing")
    return text


# for a script ------------------------------------------------------------------------


def as_json(found: Sequence[FoundFile]) -> dict[str, Any]:
    """The documented shape: decimal strings in dollars, null where something is absent, ISO dates."""
    return {
        "files": [
            {
                "path": file.path,
                "format": file.format.value,
                "eobs": [_eob(eob) for eob in file.eobs],
                "transactions": [_transaction(row) for row in file.money],
                "problems": [{"where": problem.where, "why": problem.why} for problem in file.problems],
            }
            for file in found
        ]
    }


def _eob(eob: FoundEob) -> dict[str, Any]:
    return {
        "id": eob.id or None,
        "type": eob.kind or None,
        "status": eob.status or None,
        "patient": eob.patient or None,
        "provider": eob.provider or None,
        "service_start": _iso(eob.service_from),
        "service_end": _iso(eob.service_to),
        "processed": _iso(eob.processed_on),
        **_amounts(eob),
        "lines": [_line(line) for line in eob.lines],
    }


def _line(line: FoundLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "service_start": _iso(line.service_from),
        "service_end": _iso(line.service_to),
        "code": line.code or None,
        "modifiers": line.modifiers or None,
        "description": line.description or None,
        "units": line.units,
        **_amounts(line),
        "reasons": list(line.reasons),
    }


def _amounts(decided: FoundEob | FoundLine) -> dict[str, str | None]:
    return {
        "billed": plain_or_none(decided.billed),
        "allowed": plain_or_none(decided.allowed),
        "deductible": plain_or_none(decided.deductible),
        "copay": plain_or_none(decided.copay),
        "coinsurance": plain_or_none(decided.coinsurance),
        "noncovered": plain_or_none(decided.not_covered),
        "plan_paid": plain_or_none(decided.plan_paid),
        "patient_owes": plain_or_none(decided.you_owe),
    }


def _transaction(row: FoundMoney) -> dict[str, Any]:
    return {
        "id": row.id or None,
        "date": row.on.isoformat(),
        "amount": plain_or_none(row.amount),
        "payee": row.payee or None,
        "memo": row.memo or None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# for a person ------------------------------------------------------------------------


def as_text(found: Sequence[FoundFile]) -> Iterator[str]:
    """What each file holds in a line or two, and what of it could not be read."""
    for file in found:
        kind = file.layout if file.layout and is_readable(file) else _KINDS[file.format.value]
        yield f"{_one_line(file.path)}: {kind}"
        if file.eobs:
            yield f"  {_eobs_in_words(file.eobs)}"
        if file.money:
            yield f"  {_money_in_words(file.money)}"
        for account in file.accounts:
            if account.balance is not None:
                yield f"  {_balance_in_words(account, account.balance)}"
        yield from _problems_in_words(file.problems)
    yield ""
    yield "Nothing was changed."


def _eobs_in_words(eobs: Sequence[FoundEob]) -> str:
    days = [day for eob in eobs for day in (eob.service_from, eob.service_to) if day is not None]
    said = f"{count_of(len(eobs), 'EOB', 'EOBs')}{_from_to(days)}"
    billed, owe = (_sum([eob.billed for eob in eobs]), _sum([eob.you_owe for eob in eobs]))
    if billed is not None:
        said += f", billed {dollars(billed)}"
    if owe is not None:
        said += f", you owe {dollars(owe)}"
    return f"{said}."


def _money_in_words(rows: Sequence[FoundMoney]) -> str:
    came = sum(row.amount for row in rows if row.amount > 0)
    went = sum(row.amount for row in rows if row.amount < 0)
    days = _from_to([row.on for row in rows])
    return f"{count_of(len(rows), 'row', 'rows')}{days}, {dollars(came)} in, {dollars(-went)} out."


def _balance_in_words(account: FoundAccount, balance: Cents) -> str:
    on = f" on {day_text(account.balance_on)}" if account.balance_on else ""
    name = f"Balance of {_one_line(account.id)}" if account.id else "Balance"
    return f"{name}: {dollars(balance)}{on}."


def _problems_in_words(problems: Sequence[FoundProblem]) -> Iterator[str]:
    """Each reason once, with the first place it is about and how many more there are."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(problem.why, []).append(problem.where)
    for why, wheres in list(places.items())[:_SHOWN_PROBLEMS]:
        more = f" and {len(wheres) - 1:,} more" if len(wheres) > 1 else ""
        yield "  " + _one_line(f"{wheres[0]}{more}: {why}" if wheres[0] else why)
    if len(places) > _SHOWN_PROBLEMS:
        yield f"  And {len(places) - _SHOWN_PROBLEMS:,} other reasons; --json lists them all."


def _refusals(found: Sequence[FoundFile]) -> Iterator[str]:
    """A line for each file that could not be read."""
    for file in found[:_SHOWN_PROBLEMS]:
        why = " ".join(problem.why for problem in file.problems)
        yield _one_line(f"{file.path}: {why}")
    if len(found) > _SHOWN_PROBLEMS:
        yield f"And {len(found) - _SHOWN_PROBLEMS:,} more files could not be read."


def _from_to(days: Sequence[date]) -> str:
    if not days:
        return ""
    first, last = min(days), max(days)
    return f", {day_text(first)}" if first == last else f", {day_text(first)} to {day_text(last)}"


def _sum(amounts: Sequence[Cents | None]) -> Cents | None:
    """The known amounts together, None where none is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _one_line(text: str) -> str:
    """Text of a file on one line of a terminal, without what could steer the terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
