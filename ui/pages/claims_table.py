"""The card with all care in rows: filters above, the three sums, the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.domain.claims.care_row import CareRow
from ui.models.claims_rows import GROUPS, PERSON, Sums, care_columns, key, sums_words
from ui.models.table import RowTableModel
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.columns import Columns, Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.section_chooser import SectionChooser
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_MOST_ROWS = 7
_GIVING_WAY = ((PERSON, 1080), ("Billed", 760), ("Allowed", 660), ("For", 470))
"""The width at 100 % text that the table needs to show a column as well; the detail tells the rest."""


class CareTable(LedgerTable):
    """Thousands of rows, of which a few are in view. A narrow table leaves columns out."""

    def __init__(
        self, model: RowTableModel[CareRow], parent: QWidget | None = None, *, state: WindowState | None
    ) -> None:
        self.several_people = False
        super().__init__(model, "Care, EOBs and bills", parent, row_height=38, sortable=True, state=state)
        self.setSelectionMode(LedgerTable.SelectionMode.SingleSelection)
        self.fit_height_to_rows(_MOST_ROWS)

    def make_room(self) -> None:
        """Leave out what does not fit, and the column of people where there is one."""
        width = self.width() * 100 // theme().percent
        headings = [column.heading for column in self.rows_model.columns]
        away = {headings.index(heading) for heading, needs in _GIVING_WAY if width < needs}
        if not self.several_people:
            away.add(headings.index(PERSON))
        self._widths.put_away(frozenset(away))
        self._widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)


class CareCard(Card):
    """`selected` carries the row the keyboard or mouse is on, None where there is none."""

    selected = Signal(object)
    opened = Signal(object)
    group_chosen = Signal(str)
    typed = Signal(str)

    def __init__(
        self,
        today: date,
        add: Callable[[], object],
        bring: Callable[[], object],
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Papers")
        self._names: dict[int, str] = {}
        self.groups = _Groups(GROUPS, "Which rows")
        self.sums = _Sums()
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(line, gap=12, same_height=False)
        row.add(self.groups, 3)
        row.add(self.sums, 2)
        self.body.addWidget(line)
        self.head = line
        self.model: RowTableModel[CareRow] = RowTableModel(care_columns(today, self._names), key, self)
        self.table = CareTable(self.model, state=state)
        self.add_table(self.table)
        self.no_match = Label("", "quiet", wrap=True)
        self.body.addWidget(self.no_match)
        self.empty = EmptyState(
            "No papers yet",
            "Enter or import the EOBs your insurer sends, and enter the bills you get. For each bill you "
            "then see whether it is right, and what is safe to pay today.",
            "Add EOB",
            add,
            other="Import EOBs\u2026",
            other_callback=bring,
        )
        self.body.addWidget(self.empty)
        self.count = Label("", "caption")
        self.body.addWidget(self.count)
        self.show_state(shown=0, every=0, loaded=False)
        self.groups.changed.connect(self.group_chosen)
        self.table.opened.connect(self.opened)
        self.table.typed.connect(self.typed)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)

    def show_rows(self, rows: Sequence[CareRow], names: Mapping[int, str]) -> None:
        """Show these, in the order chosen; the same row stays selected."""
        self._names.clear()
        self._names.update(names)
        self.table.several_people = len({row.person_id for row in rows}) > 1
        self.model.set_rows(rows)
        self.table.make_room()

    def show_state(self, *, shown: int, every: int, loaded: bool = True) -> None:
        """Say how many rows there are, or why there are none."""
        self.head.setVisible(every > 0)
        self.table.setVisible(shown > 0)
        self.empty.setVisible(loaded and every == 0)
        self.no_match.setVisible(loaded and every > 0 and shown == 0)
        self.no_match.setText("Nothing matches the filter.")
        self.count.setVisible(shown > 0 and (shown != every or shown > _MOST_ROWS))
        self.count.setText(f"{shown:,} of {every:,}" if shown != every else f"{every:,} in all")

    def current(self) -> CareRow | None:
        """The selected row."""
        rows = self.table.selected_rows()
        return rows[0] if rows else None

    def select(self, row_key: int) -> bool:
        """Select a row that is shown."""
        return self.table.select_key(row_key)

    @Slot()
    def _on_selection(self) -> None:
        self.selected.emit(self.current())


class _Groups(SectionChooser):
    def least_width(self) -> int:
        return min(self.segments.sizeHint().width(), theme().px(560))


class _Sums(QWidget):
    """Three sums in a line, at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self, gap=18, to_right=True)
        self.values: dict[str, Label] = {}
        for name, value in sums_words(Sums()):
            pair = QWidget()
            pair.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 5, 0, 5)
            row.setSpacing(6)
            words, amount = Label(name, "caption"), Label(value, "bold")
            words.setBuddy(amount)
            row.addWidget(words)
            row.addWidget(amount)
            flow.addWidget(pair)
            self.values[name] = amount

    def least_width(self) -> int:
        """What the sums need beside each other."""
        layout = self.layout()
        return layout.sizeHint().width() if layout is not None else 0

    def show_sums(self, found: Sums) -> None:
        for name, value in sums_words(found):
            self.values[name].setText(value)
        self.values["At stake"].set_tone("bad" if found.at_stake else "")
        self.setAccessibleName(", ".join(f"{name} {value}" for name, value in sums_words(found)))
        self.updateGeometry()
