"""`calendar`: the dates ahead as a file for a calendar program."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, day, fit, opened, path
from tracker.dates import day_text
from tracker.domain.date_kinds import kind_of
from tracker.money import dollars_or_blank, plain_or_none
from tracker.wording import count_of

if TYPE_CHECKING:
    from tracker.domain.dates_ahead import DateAhead

_DAY, _WHAT, _FIGURE = 14, 58, 14


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "calendar",
        "payments, renewals, refills and deadlines ahead, as a calendar file",
        examples="calendar dates.ics\ncalendar dates.ics --until 2027-06-30 --private\n"
        "calendar dates.ics --json",
    )
    parser.add_argument("out", metavar="OUT.ics", type=path, help="the file to write")
    parser.add_argument(
        "--until", metavar="DAY", type=day, help="the last day, YYYY-MM-DD (else twelve months on)"
    )
    parser.add_argument("--private", action="store_true", help="leave out names and amounts")
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file and print what is in it."""
    with opened(args, read_only=True) as services:
        from tracker.services.calendar_file import write_calendar
        from tracker.services.dates_ahead import dates_ahead
        from tracker.services.workbook import ledger_mark

        found = dates_ahead(services, until=args.until)
        count = write_calendar(services, args.out, found, private=args.private)
        today, mark = services.ledger.today(), ledger_mark(services)
    if args.json:
        import json

        said = {
            "today": today.isoformat(),
            "file": str(args.out),
            "dates": [_entry(entry, mark, private=args.private) for entry in found],
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    for entry in found:
        print(_line(entry, private=args.private))
    print(f"{count_of(count, 'date')} written to {args.out}.")
    return 0


def _entry(entry: DateAhead, mark: str, *, private: bool) -> dict[str, Any]:
    """Decimal strings in dollars, null where no money goes with a date, ISO dates; `uid` is the event's."""
    from tracker.exports.ics import uid

    return {
        "uid": uid(entry.key, mark),
        "on": entry.on.isoformat(),
        "kind": entry.kind,
        "what": kind_of(entry.kind).name if private else entry.what,
        "detail": "" if private else entry.detail,
        "amount": None if private else plain_or_none(entry.amount),
    }


def _line(entry: DateAhead, *, private: bool) -> str:
    what = kind_of(entry.kind).name if private else " ".join(entry.what.split())
    amount = "" if private else dollars_or_blank(entry.amount)
    line = f"{fit(day_text(entry.on), _DAY)}{fit(what, _WHAT)}{at_right(amount, _FIGURE)}"
    return line.rstrip()
