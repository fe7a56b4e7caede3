"""Dropping files on a window: those that hold data open the import, wherever they are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_DATA = frozenset(
    (".ofx", ".qfx", ".qif", ".csv", ".tsv", ".xlsx", ".xlsm", ".json", ".ndjson", ".zip", ".gz")
)
_DOCUMENTS = frozenset(
    (".pdf", ".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".tif", ".tiff", ".doc", ".docx")
)


class FileDrop(QObject):
    """Takes what no part of the window took. `dropped` carries the paths."""

    dropped = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if not all(is_document(path) for path in dropped_paths(event.mimeData())):
                event.acceptProposedAction()
                return True
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            paths = dropped_paths(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self.dropped.emit(paths)
                return True
        return False


def is_document(path: Path) -> bool:
    """Whether a file, by its name, is a paper or a picture of one, to be attached to something."""
    return path.suffix.casefold() in _DOCUMENTS


def is_data(path: Path) -> bool:
    """Whether a file, by its name, holds payments or EOBs rather than a document; folders do."""
    return path.suffix.casefold() in _DATA or path.is_dir()


def attachable_paths(data: QMimeData) -> list[Path]:
    """The files being dragged where all of them are documents: others are for the import."""
    paths = dropped_paths(data)
    return [] if any(is_data(path) for path in paths) else paths


def dropped_paths(data: QMimeData) -> list[Path]:
    """The local files that are being dragged; none where it is something else."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
