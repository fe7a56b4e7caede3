"""`check`: whether the ledger is whole and its facts agree with each other."""

from __future__ import annotations

import argparse

from tracker.cli.common import Subparsers, add_command, opened


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "check",
        "look for damage and for facts that contradict each other",
        examples="check\n--ledger FILE check",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from tracker.services.check import Level, check

    with opened(args, read_only=True) as services:
        report = check(services.ledger)
    for finding in report.findings:
        print(f"{finding.level.value}: {finding.words}")
    print(report.summary)
    damaged = any(finding.level is Level.DAMAGE for finding in report.findings)
    if damaged:
        print("Restore a backup, or correct the facts named above.")
    return 1 if damaged else 0
