"""Where the window was and how wide the columns are. Disposable: losing it loses no fact."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget


class WindowState:
    """A few remembered shapes in one settings file; without a file nothing is remembered."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat) if file else None

    def restore_geometry(self, widget: QWidget, name: str = "window") -> bool:
        """Put the widget where it was last time; False when there is nothing (usable) to restore."""
        if self._settings is None:
            return False
        kept = self._settings.value(f"{name}/geometry")
        return isinstance(kept, QByteArray) and widget.restoreGeometry(kept)

    def keep_geometry(self, widget: QWidget, name: str = "window") -> None:
        if self._settings is not None:
            self._settings.setValue(f"{name}/geometry", widget.saveGeometry())

    def text(self, key: str, default: str = "") -> str:
        """A remembered word: the last page, a filter, a segment."""
        if self._settings is None:
            return default
        kept = self._settings.value(key, default)
        return kept if isinstance(kept, str) else default

    def keep_text(self, key: str, value: str) -> None:
        if self._settings is not None and self.text(key) != value:  # an equal value is not written again
            self._settings.setValue(key, value)

    def widths(self, table: str) -> dict[str, int]:
        """Column widths the person dragged, by heading, in pixels at 100 % text."""
        found: dict[str, int] = {}
        for part in self.text(f"columns/{table}").split("|"):
            heading, _, width = part.rpartition("=")
            if heading and width.isdecimal():
                found[heading] = int(width)
        return found

    def keep_widths(self, table: str, widths: dict[str, int]) -> None:
        parts = (f"{heading}={width}" for heading, width in widths.items() if "|" not in heading)
        self.keep_text(f"columns/{table}", "|".join(parts))
