"""Pictures of every page of a ledger, for the README and for a look without a screen.

    python -m ui.pictures LEDGER FOLDER [--theme light|dark] [--size 1320x900] [--text 100]

The ledger is only read. Works with no screen (QT_QPA_PLATFORM=offscreen).
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import (
    QDeadlineTimer,
    QEventLoop,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from tracker.errors import LedgerError
from tracker.storage.ledger import Ledger
from ui.jobs import InlineRunner
from ui.session import Session
from ui.theme import make_application, theme
from ui.window_state import WindowState


def main(argv: list[str] | None = None) -> int:
    """Write one PNG a page; gives the exit code."""
    parser = argparse.ArgumentParser(prog="ui.pictures", description=__doc__.splitlines()[0])
    parser.add_argument("ledger", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1320x900")
    parser.add_argument("--text", type=int, default=100, help="size of text in per cent, 100 to 200")
    parser.add_argument("--family", help="a typeface instead of the system's, where it is installed")
    parser.add_argument(
        "--page",
        action="append",
        help="only these pages, by key, or one part of a page such as accounts:hsa",
    )
    asked = parser.parse_args(argv)
    width, height = (int(part) for part in asked.size.split("x"))
    qInstallMessageHandler(_say)
    if QApplication.instance() is None:
        make_application(sys.argv[:1])
    theme().apply(asked.theme, asked.text)
    if asked.family and QFontDatabase.hasFamily(asked.family):
        theme().use_family(asked.family)
    try:
        written = take(asked.ledger, asked.folder, (width, height), asked.page)
    except LedgerError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    for path in written:
        sys.stdout.write(f"{path}\n")
    return 0


def take(ledger: Path, folder: Path, size: tuple[int, int], pages: list[str] | None = None) -> list[Path]:
    """Show each page at a size and save what it looks like; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    session = Session(Ledger(ledger, clock=_today, read_only=True), WindowState(), runner=InlineRunner())
    window = session.window
    window.resize(*size)
    window.show()
    written = []
    for asked in pages or window.page_keys():
        key, _, part = asked.partition(":")
        session.context.shell.go_to(key, ("part", part) if part else None)
        _settle()
        path = folder / f"{key}.png"
        window.grab().save(str(path))
        written.append(path)
    window.close()
    return written


def take_import(ledger: Path, picture: Path, files: list[Path]) -> None:
    """Save what the import window shows of files, before anything is taken."""
    from ui.dialogs.import_window import ImportWindow

    session = Session(Ledger(ledger, clock=_today, read_only=True), WindowState(), runner=InlineRunner())
    session.window.resize(1320, 900)
    session.window.show()
    dialog = ImportWindow(session.context, session.window, paths=files)
    dialog.open()
    dialog.resize(1180, 760)
    _settle()
    while dialog.step is not dialog.rows:
        before = dialog.step
        dialog.next_button.click()
        _settle()
        if dialog.step is before:
            break
    dialog.grab().save(str(picture))
    dialog.close()
    session.window.close()


def _say(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's remarks, but for what a screen that is none cannot do."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day on the wall


def _settle() -> None:
    """Let layouts and paints that were put off happen, for at most a fifth of a second."""
    deadline = QDeadlineTimer(200)
    while not deadline.hasExpired() and QApplication.eventDispatcher().processEvents(
        QEventLoop.ProcessEventsFlag.AllEvents
    ):
        pass


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
