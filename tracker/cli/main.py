"""`concierge-ledger`: read the arguments, run one command, turn problems into one line and a code."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tracker import __version__
from tracker.cli.common import add_ledger_option, forget_output, path, speak_utf8
from tracker.errors import Bug, LedgerError

WORKED, COULD_NOT, INTERRUPTED = 0, 1, 130

_COMMANDS = (
    *("status", "budget", "claims", "review", "import_files", "plan", "estimate", "replay"),
    *("membership", "accounts", "tax", "calendar", "data", "keep", "check", "sample"),
)
"""The modules of this package that add commands, in the order of the help."""

_ABOUT = """\
Concierge Ledger: fees, premiums, claims and what is owed, in one private file.

Without a command the window opens."""

_EXAMPLES = """\
Examples:
  concierge-ledger                                    open the window
  concierge-ledger --ledger FILE                      open the window on this ledger
  concierge-ledger status --json                      where things stand, for a script
  concierge-ledger budget export 2026 "Budget 2026.xlsx"
  concierge-ledger COMMAND --help                     what a command can do

Exit code 0 when it worked, 1 when it could not, 2 for wrong usage."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    speak_utf8()
    try:
        args = parser().parse_args(argv)
        run: Callable[[argparse.Namespace], int] = args.run
        code = run(args)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit as leaving:  # argparse has printed its help or its complaint
        return leaving.code if isinstance(leaving.code, int) else WORKED
    except BrokenPipeError:
        forget_output()
        return WORKED
    except KeyboardInterrupt:
        return INTERRUPTED
    except LedgerError as problem:
        if isinstance(problem, Bug):
            _log(problem)
        return _complain(str(problem))
    except OSError as why:  # standard output is a file on a full disk, for instance
        forget_output()
        if sys.platform == "win32" and why.errno == errno.EINVAL and why.filename is None:
            return WORKED  # what Windows says where others say that the pipe is broken
        return _complain(f"{why.filename or 'The output'} could not be used: {why.strerror or why}.")
    except Exception as problem:  # noqa: BLE001 - the last net: nobody is shown a traceback
        place = _log(problem)
        where = (
            f" What happened is written in {place}." if place else f" {type(problem).__name__}: {problem}"
        )
        return _complain(f"Something went wrong inside the program; nothing was lost.{where}")
    return code


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    made = argparse.ArgumentParser(
        prog="concierge-ledger",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"concierge-ledger {__version__}")
    add_ledger_option(made, default=None)
    made.set_defaults(run=_open_window)
    commands = made.add_subparsers(title="commands", metavar="COMMAND")
    for name in _COMMANDS:
        import_module(f"tracker.cli.{name}").add_to(commands)
    return made


def _open_window(args: argparse.Namespace) -> int:
    if not _has_screen():
        raise LedgerError(
            "There is no screen here to open a window on.",
            "Ask for `concierge-ledger status`, or see `concierge-ledger --help`.",
        )
    try:
        from ui.bootstrap import run_app
    except ImportError as why:
        raise LedgerError(
            f"The window could not be loaded: {why}.", "Install what is missing, then try again."
        ) from why
    return run_app(path(args.ledger) if args.ledger else None)


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _complain(words: str) -> int:
    """One line on standard error, even where a file name has several."""
    if sys.stderr is not None:
        print(" ".join(words.split()), file=sys.stderr)
    return COULD_NOT


def _log(problem: Exception) -> Path | None:
    """Write the traceback to the program's log; gives the file, or None where that fails too."""
    import traceback
    from datetime import UTC, datetime

    from tracker import paths

    try:
        place = paths.log_file()
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} unexpected problem\n")
            file.writelines(traceback.format_exception(problem))
    except OSError:
        return None
    return place
