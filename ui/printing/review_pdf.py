"""The year in review as a PDF file. Works without a window and without a screen."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QPdfWriter

from tracker.errors import WorldProblem
from tracker.reports.year_review import YearReview
from ui.printing.document import Layout, Paper, page_layout, paint_layout
from ui.printing.review_document import review_document

_RESOLUTION = 1440  # a dot is a twentieth of a point, so nothing has to be rounded


def write_review_pdf(review: YearReview, path: Path, *, paper: Paper = "letter") -> int:
    """Write the review and say how many pages it has.

    The file is written beside its name first and then takes it: an older file stays as it was when
    the disk is full or the folder does not allow it, which raises WorldProblem.
    """
    need_application()
    layout = review_document(review).lay_out(paper)
    write_pdf(layout, path)
    return len(layout.pages)


def need_application() -> QGuiApplication:
    """The running application; one without windows where there is none, also without a display."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    is_unix = sys.platform not in ("win32", "darwin")
    if is_unix and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _application()


@lru_cache(maxsize=1)
def _application() -> QGuiApplication:
    """Kept for the rest of the run: type that was measured must not outlive it."""
    return QGuiApplication([])


def write_pdf(layout: Layout, path: Path) -> None:
    """Write laid-out pages: real text, embedded type, lines instead of pictures."""
    data = pdf_bytes(layout)
    side = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with side.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        side.replace(path)
    except OSError as error:
        with suppress(OSError):
            side.unlink()
        reason = error.strerror or "the system gave no reason"
        raise WorldProblem(
            f"The review could not be saved as {path.name}: {reason}.", "Choose another folder or name."
        ) from error


def pdf_bytes(layout: Layout) -> bytes:
    """The whole file in memory: a few pages, and so no half-written file on a full disk."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout(layout.paper))
    writer.setResolution(_RESOLUTION)
    writer.setTitle(layout.document.title)
    writer.setCreator("Concierge Ledger")
    paint_layout(layout, writer)
    buffer.close()
    return bytes(data.data())
