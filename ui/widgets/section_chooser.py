"""Choosing one of many views: side by side while there is room, else as a list to open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.buttons import Segmented
from ui.widgets.choice_edit import OptionEdit


class SectionChooser(QWidget):
    """A segmented control that becomes a list when it does not fit. `changed` is by the person only."""

    changed = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], name: str = "View", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.segments = Segmented(options, name)
        self.list = OptionEdit(options)
        self.list.setAccessibleName(name)
        self.list.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.segments)
        row.addWidget(self.list)
        row.addStretch(1)
        self.segments.changed.connect(self._on_segment)
        self.list.edited.connect(self._on_listed)

    def key(self) -> str:
        return self.segments.key()

    def choose(self, key: str) -> None:
        """Show another choice without telling anybody."""
        self.segments.choose(key)
        self.list.choose(key)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.list.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "list"):
            self._fit()

    def _fit(self) -> None:
        fits = self.segments.sizeHint().width() <= self.width()
        self.segments.setVisible(fits)
        self.list.setVisible(not fits)

    @Slot(str)
    def _on_segment(self, key: str) -> None:
        self.list.choose(key)
        self.changed.emit(key)

    @Slot()
    def _on_listed(self) -> None:
        self.segments.choose(self.list.key())
        self.changed.emit(self.list.key())
