"""A line of tabs whose words may change while it is shown, such as counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.section_chooser import SectionChooser


class Tabs(QWidget):
    """A SectionChooser that is made again when its words change. `changed` is by the person only."""

    changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._options: list[tuple[str, str]] = []
        self.chooser: SectionChooser | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)

    def key(self) -> str:
        """The chosen tab, empty while there is none."""
        return self.chooser.key() if self.chooser is not None else ""

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Show these (key, words); what was chosen stays chosen where it is still there."""
        if list(options) == self._options:
            return
        kept, before = self.key(), self.chooser
        had_focus = before is not None and before.isAncestorOf(self.focusWidget())
        self._options = list(options)
        made = SectionChooser(options, self._name)
        if kept in dict(options):
            made.choose(kept)
        made.changed.connect(self._on_changed)
        self._inside.addWidget(made)
        self.chooser = made
        if before is not None:
            before.hide()
            self._inside.removeWidget(before)
            before.deleteLater()
        if had_focus:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: str) -> None:
        """Show another tab without telling anybody."""
        if self.chooser is not None and key in dict(self._options):
            self.chooser.choose(key)

    def least_width(self) -> int:
        """The width at which all tabs stand side by side; a row of controls breaks before."""
        return self.chooser.segments.sizeHint().width() if self.chooser is not None else 0

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        self.changed.emit(key)
