"""`replay`: work the claims of a case file under its plans and print what each should cost."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tracker.cli.common import Subparsers, add_command, path

LINE_KEYS = (
    ("cat", "category"),
    ("tier", "tier"),
    ("billed", "billed"),
    ("allowed", "allowed"),
    ("writeoff", "write_off"),
    ("balance", "balance_bill"),
    ("noncovered", "not_covered"),
    ("penalty", "penalty"),
    ("ded", "deductible"),
    ("copay", "copay"),
    ("coins", "coinsurance"),
    ("plan", "plan_paid"),
    ("assist", "assistance"),
    ("owes", "owes"),
    ("cash", "cash"),
)
TOTAL_KEYS = (
    ("writeoff", "write_off"),
    ("balance", "balance_bill"),
    ("noncovered", "not_covered"),
    ("penalty", "penalty"),
    ("ded", "deductible"),
    ("copay", "copay"),
    ("coins", "coinsurance"),
    ("plan", "plan_paid"),
    ("owes", "owes"),
    ("allowed", "allowed"),
    ("cash", "cash"),
)
"""What a case file calls a figure, and what the program does."""


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "replay",
        "adjudicate the claims of a case file and print the results as JSON; needs no ledger",
        examples="replay cases.json\nreplay --explain cases.json",
    )
    parser.add_argument("cases", metavar="CASES.json", type=path, help="plans and cases, in cents")
    parser.add_argument(
        "--explain", action="store_true", help="add to each line, as `why`, its steps in sentences"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from tracker.imports.case_file import read_cases

    worked = [_work(case, explain=args.explain) for case in read_cases(args.cases)]
    json.dump({"cases": worked}, sys.stdout, ensure_ascii=False)
    print()
    return 0


def _work(case: Any, *, explain: bool) -> dict[str, Any]:
    """One case as it is printed. A bad one raises before anything is printed."""
    from tracker.domain.coverage.replay import replay
    from tracker.domain.coverage.sentences import Words
    from tracker.imports.json_fields import named

    with named(f"Case {case.id}"):
        done = replay(case.terms, case.entries, case.opening)
    words = Words(case.terms) if explain else None
    book = done.books[None]
    return {
        "id": case.id,
        "claims": [None if result is None else _claim(result, words) for result in done.results],
        "after": [
            {"bucket": balance.bucket, "person": balance.person, "cents": balance.cents}
            for balance in book.balances()
        ],
    }


def _claim(result: Any, words: Any) -> dict[str, Any]:
    from tracker.domain.coverage.results import Outcome
    from tracker.domain.coverage.sentences import line_sentences
    from tracker.domain.coverage.steps import line_steps

    totals = result.totals
    lines = []
    for place, line in enumerate(result.lines):
        shown = {key: getattr(line, name) for key, name in LINE_KEYS}
        if line.outcome is not Outcome.COVERED:
            del shown["assist"]  # a line that nothing covers has no cost share to help with
        if words is not None:
            shown["why"] = line_sentences(words, line_steps(words.terms, result, place))
        lines.append(shown)
    return {"total": {key: getattr(totals, name) for key, name in TOTAL_KEYS}, "lines": lines}
