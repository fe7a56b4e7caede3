"""`backup` and `restore`: complete, verified copies of the ledger."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from tracker.cli.common import Subparsers, add_command, chosen_ledger, path
from tracker.errors import UserProblem, WorldProblem


def add_to(commands: Subparsers) -> None:
    backup = add_command(
        commands,
        "backup",
        "make a verified copy of the ledger",
        examples="backup\nbackup /media/stick\nbackup copy.ledger",
    )
    backup.add_argument(
        "to",
        metavar="TO",
        nargs="?",
        type=path,
        help="a folder or a file (otherwise beside the other backups); an earlier copy is replaced",
    )
    backup.set_defaults(run=back_up)
    restore = add_command(
        commands,
        "restore",
        "put a backup in the ledger's place; what was there is kept as another backup",
        examples='restore "My ledger backups/My ledger 2026-11-22 090000.ledger"',
    )
    restore.add_argument("copy", metavar="FROM", type=path, help="the backup to restore")
    restore.set_defaults(run=put_back)


def back_up(args: argparse.Namespace) -> int:
    from tracker.storage import backup, gate

    now, ledger = datetime.now(UTC).astimezone(), chosen_ledger(args)
    gate.inspect(ledger)  # a ledger of an older version can be copied too
    target = _target(ledger, args.to, now) if args.to else None
    made = backup.make(ledger, now=now, reason="by hand", to=target)
    print(f"The backup is in {made}. It was read back and is complete.")
    return 0


def _target(ledger: Path, wanted: Path, now: datetime) -> Path:
    """The file to write: in a folder under a name with the time, else as given."""
    from tracker.storage import gate

    if wanted.is_dir():
        return wanted / f"{ledger.stem} {now:%Y-%m-%d %H%M%S}.ledger"
    if wanted.exists():
        if wanted.samefile(ledger):
            raise UserProblem("That is the ledger itself.", "Choose another file for the backup.")
        try:
            gate.inspect(wanted)
        except WorldProblem as why:
            raise UserProblem(
                f"{wanted.name} is there already and is no ledger.",
                "Choose another name; nothing was written.",
            ) from why
    return wanted


def put_back(args: argparse.Namespace) -> int:
    from tracker.storage import backup

    ledger = chosen_ledger(args)
    safety = backup.restore(args.copy, ledger, now=datetime.now(UTC).astimezone())
    print(f"{ledger} is now as it was in {args.copy.name}.")
    if safety is not None:
        print(f"What was there before is in {safety}.")
    return 0
