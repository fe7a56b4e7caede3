"""`sample`: a filled year to look around in."""

from __future__ import annotations

import argparse

from tracker.cli.common import Subparsers, add_command, path, today, year


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "sample",
        "write a ledger with a sample year",
        examples="sample sample.ledger\nsample sample.ledger --year 2025\n--ledger sample.ledger",
    )
    parser.add_argument("file", metavar="FILE", type=path, help="the ledger to write; it may not exist yet")
    parser.add_argument(
        "--year", metavar="YYYY", type=year, help="the year it is about (otherwise this one)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from tracker.services.sample import write_sample

    day = today()
    about = day.year if args.year is None else args.year
    write_sample(args.file, year=about, today=day)
    print(f"The sample year {about} is in {args.file}.")
    return 0
