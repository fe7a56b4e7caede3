"""`data`: everything in the ledger as one JSON file, back into an empty ledger, and what the form is."""

from __future__ import annotations

import argparse
import sys

from tracker.cli import common
from tracker.cli.common import Subparsers, add_command, chosen_ledger, opened, path, year
from tracker.wording import count_of


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "data",
        "every fact of the ledger as one JSON file, and back",
        examples="data export everything.json\n--ledger new.ledger data import everything.json",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    export = add_command(
        actions,
        "export",
        "write every fact to a JSON file, attached files in a folder beside it",
        examples="data export everything.json\ndata export facts.json --without-attachments",
    )
    export.add_argument("out", metavar="OUT.json", type=path, help="the file to write")
    export.add_argument(
        "--without-attachments",
        action="store_true",
        help="only list the attached files, without their bytes",
    )
    export.set_defaults(run=write_out)
    tables = add_command(
        actions,
        "tables",
        "write payments, claims and accounts as CSV files or one workbook, for spreadsheets",
        examples="data tables exports --year 2026\ndata tables exports --form xlsx --redacted",
    )
    tables.add_argument("folder", metavar="FOLDER", type=path, help="the folder the files go into")
    tables.add_argument("--year", type=year, help="only what was paid, or care given, in that year")
    tables.add_argument("--form", choices=("csv", "xlsx"), default="csv", help="csv by default")
    tables.add_argument(
        "--only",
        action="append",
        choices=("payments", "claims", "accounts"),
        help="only this table; may be given several times",
    )
    tables.add_argument(
        "--redacted",
        action="store_true",
        help="for an accountant: without names, descriptions and notes",
    )
    tables.set_defaults(run=write_tables)
    reading = add_command(
        actions,
        "import",
        "read such a file into an empty ledger, made where there is none",
        examples="--ledger new.ledger data import everything.json",
    )
    reading.add_argument("file", metavar="IN.json", type=path, help="the file to read")
    reading.set_defaults(run=read_in)
    describing = add_command(
        actions,
        "describe",
        "print the nouns and fields of the JSON form, as JSON",
        examples="data describe",
    )
    describing.set_defaults(run=describe)


def write_out(args: argparse.Namespace) -> int:
    from tracker.services.data_exchange import export_everything

    with opened(args, read_only=True) as services:
        made = export_everything(services.ledger, args.out, attachments=not args.without_attachments)
    print(f"{count_of(made.entries, 'entry', 'entries')} of the ledger are in {made.path}.")
    if made.folder is not None:
        files = count_of(made.documents, "attached file", "attached files")
        print(f"{files} lie in {made.folder}; keep the two together.")
    return 0


def write_tables(args: argparse.Namespace) -> int:
    from datetime import date

    from tracker.dates import Period
    from tracker.services.table_exports import Form, Table, export_tables

    period = Period(date(args.year, 1, 1), date(args.year + 1, 1, 1)) if args.year else None
    if args.folder.parent.is_dir():
        args.folder.mkdir(exist_ok=True)
    with opened(args, read_only=True) as services:
        made = export_tables(
            services,
            args.folder,
            tables=[table for table in Table if not args.only or table.value in args.only],
            form=Form(args.form),
            period=period,
            redacted=args.redacted,
        )
    for written in made.paths:
        print(written)
    print(f"{count_of(made.rows, 'row', 'rows')} written{' without names' if args.redacted else ''}.")
    return 0


def read_in(args: argparse.Namespace) -> int:
    from tracker.services.data_exchange import import_everything

    made = import_everything(args.file, chosen_ledger(args), clock=common.today)
    entries = count_of(made.entries, "entry", "entries")
    files = count_of(made.documents, "attached file", "attached files")
    print(f"{entries} and {files} are now in {made.ledger}.")
    if made.documents_left_out:
        left = count_of(made.documents_left_out, "attached file", "attached files")
        print(f"{left} were only listed in {args.file.name}, which was exported without them.")
    if made.before is not None:
        print(f"The empty ledger that was there before is in {made.before}.")
    for words in made.findings:
        print(words, file=sys.stderr)
    return 0


def describe(args: argparse.Namespace) -> int:
    import json

    from tracker.exports.ledger_json import described

    print(json.dumps(described(), ensure_ascii=False, indent=2))
    return 0
