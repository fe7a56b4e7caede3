"""Going from one year to another: two buttons around the year."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.buttons import IconButton
from ui.widgets.label import Label


class YearSteps(QWidget):
    """The three stay together where the line around them breaks. `noun` names them for screen readers."""

    def __init__(self, parent: QWidget | None = None, *, noun: str = "Year") -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.earlier = IconButton("chevron-left", f"{noun} before")
        self.label = Label("", "quiet")
        self.later = IconButton("chevron-right", f"{noun} after")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.earlier, self.label, self.later):
            row.addWidget(widget)

    def show_year(self, words: str, *, has_earlier: bool, has_later: bool) -> None:
        """Show a year, and whether there is one on either side."""
        self.label.setText(words)
        self.earlier.setEnabled(has_earlier)
        self.later.setEnabled(has_later)
