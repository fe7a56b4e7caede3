"""What the commands share: finding and opening the ledger, arguments, printing."""

from __future__ import annotations

import argparse
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from tracker.services.bundle import Services
    from tracker.settings import Settings

Subparsers = Any
"""argparse keeps the type of its sub-commands to itself."""


def today() -> date:
    """The one place of the command line that asks the machine what day it is."""
    return date.today()  # noqa: DTZ011 - a day of the calendar, where the person is


def settings() -> Settings:
    """What the person prefers on this computer."""
    from tracker import paths
    from tracker.settings import SettingsFile

    return SettingsFile(paths.settings_file()).load()


def chosen_ledger(args: argparse.Namespace) -> Path:
    """The ledger named with --ledger, else the one opened last, else the default one."""
    if args.ledger:
        return path(args.ledger)
    from tracker import paths

    last = settings().last_ledger
    return Path(last) if last else paths.default_ledger()


@contextmanager
def opened(args: argparse.Namespace, *, read_only: bool) -> Iterator[Services]:
    """Services over the chosen ledger. Reading works beside an open window, writing does not."""
    from tracker.services.bundle import services_over
    from tracker.storage.complaints import translated
    from tracker.storage.ledger import Ledger

    ledger = Ledger(chosen_ledger(args), clock=today, read_only=read_only)
    try:
        with translated(ledger.path):
            yield services_over(ledger)
    finally:
        ledger.close()


def add_command(commands: Subparsers, name: str, says: str, *, examples: str) -> argparse.ArgumentParser:
    """A command with its help, and --ledger accepted after it as well as before."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=says,
        description=says[:1].upper() + says[1:] + ".",
        epilog="Examples:\n" + "\n".join(f"  concierge-ledger {line}" for line in examples.splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_ledger_option(parser, default=argparse.SUPPRESS)
    return parser


def add_ledger_option(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--ledger",
        metavar="FILE",
        default=default,
        help="the ledger to use (otherwise the one opened last)",
    )


def year(text: str) -> int:
    """An argument that is a year of the calendar."""
    if not (text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year from {FIRST_YEAR} to {LAST_YEAR}")
    return int(text)


def day(text: str) -> date:
    """An argument that is a day of the calendar, written as programs write it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-09-15") from None
    year(str(found.year))
    return found


def path(text: str) -> Path:
    """An argument that is a file or a folder; `~` is the person's own."""
    if not text:
        raise argparse.ArgumentTypeError("a file name is missing")
    # Not Path.expanduser, which fails for a person it does not know.
    return Path(os.path.expanduser(text))


def speak_utf8() -> None:
    """Print as UTF-8 whatever the system's locale; a character that cannot be is written out."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def forget_output() -> None:
    """Nobody listens any more (`status | head -1`): let the interpreter's last flush go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a descriptor has nothing to flush into
        pass
    finally:
        os.close(nowhere)


def width(text: str) -> int:
    """How many columns a terminal needs for a text."""
    return sum(
        0
        if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def fit(text: str, columns: int) -> str:
    """A text in exactly so many columns: cut with an ellipsis, or filled with blanks."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "\u2026"
    return text + " " * (columns - width(text))


def at_right(text: str, columns: int) -> str:
    """A figure at the right edge of so many columns; never cut."""
    return " " * max(0, columns - width(text)) + text
