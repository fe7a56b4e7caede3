"""`budget export` and `budget import`: the workbook, and edited estimates read back."""

from __future__ import annotations

import argparse
import sys

from tracker.cli.common import Subparsers, add_command, at_right, fit, opened, path, year
from tracker.dates import month_text
from tracker.money import Cents, dollars
from tracker.wording import count_of

_LINE, _FIGURE = 44, 15


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "budget",
        "the budget as an Excel workbook",
        examples='budget export 2026 "Budget 2026.xlsx"\nbudget import "Budget 2026.xlsx"',
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    export = add_command(
        actions,
        "export",
        "write a budget year as a workbook",
        examples='budget export 2026 "Budget 2026.xlsx"',
    )
    export.add_argument("year", metavar="YEAR", type=year, help="the year in which the budget year begins")
    export.add_argument("out", metavar="OUT.xlsx", type=path, help="the file to write")
    export.set_defaults(run=write_out)
    reading = add_command(
        actions,
        "import",
        "read edited estimates back from a workbook, showing what changes",
        examples='budget import "Budget 2026.xlsx" --dry-run\nbudget import "Budget 2026.xlsx"',
    )
    reading.add_argument("file", metavar="IN.xlsx", type=path, help="the workbook to read")
    reading.add_argument("--dry-run", action="store_true", help="only show what would change")
    reading.set_defaults(run=read_back)


def write_out(args: argparse.Namespace) -> int:
    from tracker.services.workbook import export_budget

    with opened(args, read_only=True) as services:
        made = export_budget(services, args.year, args.out)
    print(f"The budget of {args.year} is in {made}.")
    return 0


def read_back(args: argparse.Namespace) -> int:
    from tracker.services.workbook import read_estimates, take_estimates

    with opened(args, read_only=args.dry_run) as services:
        found = read_estimates(services, args.file)
        for problem in found.problems:
            print(f"{problem.where}: {problem.why}", file=sys.stderr)
        if not found.differences:
            print("The estimates are those of the ledger; nothing changes.")
            return 0
        print(_columns("Month", "Budget line", "Now", "Workbook"))
        for one in found.differences:
            print(_columns(month_text(one.month), one.category, _shown(one.now), _shown(one.then)))
        count = count_of(len(found.differences), "estimate")
        if args.dry_run:
            print(f"{count} would change. Nothing was written.")
        else:
            take_estimates(services, found.differences)
            print(f"{count} changed.")
    return 0


def _columns(month: str, name: str, now: str, then: str) -> str:
    figures = at_right(now, _FIGURE) + at_right(then, _FIGURE)
    return f"{fit(month, 16)}{fit(name, _LINE)}{figures}".rstrip()


def _shown(cents: Cents | None) -> str:
    return "none" if cents is None else dollars(cents)
