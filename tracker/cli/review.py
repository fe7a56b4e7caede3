"""`review print`: the annual review as a PDF."""

from __future__ import annotations

import argparse
import os
import sys

from tracker.cli.common import Subparsers, add_command, opened, path, settings, year
from tracker.errors import LedgerError
from tracker.settings import PAPERS


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "review",
        "the year in review",
        examples='review print 2026 "Year in review 2026.pdf"',
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    printing = add_command(
        actions,
        "print",
        "write the annual review as a PDF",
        examples='review print 2026 "Year in review 2026.pdf"\nreview print 2026 review.pdf --paper a4',
    )
    printing.add_argument(
        "year", metavar="YEAR", type=year, help="the year in which the budget year begins"
    )
    printing.add_argument("out", metavar="OUT.pdf", type=path, help="the file to write")
    printing.add_argument(
        "--paper", choices=PAPERS, help="the paper size (otherwise as in the program's settings)"
    )
    printing.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    paper = args.paper or settings().paper
    if sys.platform.startswith("linux"):
        # Nothing is shown, so no screen is asked for, even where one is set but does not answer.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with opened(args, read_only=True) as services:
        review = services.reports.review(args.year)
    try:
        from ui.printing.pdf import write_pdf
        from ui.printing.review_document import review_document
    except ImportError as why:
        raise LedgerError(
            f"What prints could not be loaded: {why}.", "Install what is missing, then try again."
        ) from why
    write_pdf(review_document(review), args.out, "a4" if paper == "a4" else "letter")
    print(f"The review of {args.year} is in {args.out}.")
    return 0
