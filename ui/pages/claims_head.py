"""The line under the title of Claims: its parts at the left, filters at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.keys import as_written_here
from ui.pages.claims_read import ClaimsRead
from ui.theme import theme
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns, Flow
from ui.widgets.section_chooser import SectionChooser
from ui.widgets.side_icon import SideIcon


class ClaimsHead(QWidget):
    """Person and year are hidden where there is nothing to choose."""

    chosen = Signal()

    def __init__(self, parts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.parts = _Parts(parts, "Part of Claims")
        self.person_edit, self.year_edit = OptionEdit(), OptionEdit()
        self.person_edit.setAccessibleName("Whose care")
        self.year_edit.setAccessibleName("Year of care")
        self.person_edit.setMinimumContentsLength(8)
        self.year_edit.setMinimumContentsLength(6)
        self.filter = WordsEdit()
        controls = _Controls((self.person_edit, self.year_edit, self.filter))
        row = Columns(self, gap=8, same_height=False)
        row.add(self.parts)
        row.add(controls)
        self.person_edit.edited.connect(self.chosen)
        self.year_edit.edited.connect(self.chosen)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def person_id(self) -> int | None:
        return int(self.person_edit.key()) if self.person_edit.key() else None

    @property
    def year(self) -> int | None:
        return int(self.year_edit.key()) if self.year_edit.key() else None

    def show_choices(self, read: ClaimsRead) -> None:
        """Offer the people and years there are; what was chosen stays where it still exists."""
        used = {row.person_id for row in read.rows}
        people = [(str(one.id), one.name) for one in read.papers.people if one.id in used]
        self.person_edit.set_options([("", "Everybody"), *people])
        years = sorted({row.service_on.year for row in read.rows}, reverse=True)
        self.year_edit.set_options([("", "All years"), *((str(year), str(year)) for year in years)])
        self._several = len(people) > 1, len(years) > 1
        self.show_filters(True)

    def show_filters(self, shown: bool, *, several: bool = True) -> None:
        """Filters belong to lists; `several` is whether person and year can be chosen."""
        people, years = getattr(self, "_several", (False, False))
        self.filter.setVisible(shown)
        self.person_edit.setVisible(shown and several and people)
        self.year_edit.setVisible(shown and several and years)

    def clear(self) -> None:
        """Take all filters away."""
        self.filter.clear()
        self.person_edit.choose("")
        self.year_edit.choose("")
        self.chosen.emit()

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(220))


class WordsEdit(QLineEdit):
    """Words to filter by. Esc empties it, Down and Enter go to the rows."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Filter")
        self.setAccessibleName("Filter care, EOBs and bills")
        self.setToolTip(
            as_written_here(
                "Provider, care, code, claim number, day, amount: every word must match (Ctrl+F)"
            )
        )
        SideIcon(self, "search", leading=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Parts(SectionChooser):
    def least_width(self) -> int:
        """What the parts need beside each other; with less the line breaks."""
        return self.segments.sizeHint().width()


class _Controls(QWidget):
    def __init__(self, controls: Sequence[QWidget]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow = Flow(self, to_right=True)
        for control in controls:
            self._flow.addWidget(control)

    def least_width(self) -> int:
        """What the controls need in one line."""
        return self._flow.sizeHint().width()
