"""A document as a PDF file. Works without a window and without a screen."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QPdfWriter

from tracker.whole_file import write_whole
from ui.charts.save import bytes_of
from ui.printing.document import Document, Layout, Paper, page_layout, paint_layout

_RESOLUTION = 1440  # a dot is a twentieth of a point, so nothing has to be rounded


def write_pdf(document: Document, path: Path, paper: Paper) -> int:
    """Write a document and say how many pages it has.

    An older file stays as it was when the disk is full or the folder does not allow it, which raises
    WorldProblem.
    """
    need_application()
    layout = document.lay_out(paper)
    write_whole(path, pdf_bytes(layout))
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


def pdf_bytes(layout: Layout) -> bytes:
    """The whole file in memory: real text, embedded type, lines instead of pictures."""

    def write(device: QBuffer) -> None:
        writer = QPdfWriter(device)
        writer.setPageLayout(page_layout(layout.paper))
        writer.setResolution(_RESOLUTION)
        writer.setTitle(layout.document.title)
        writer.setCreator("Concierge Ledger")
        paint_layout(layout, writer)

    return bytes_of(write)
