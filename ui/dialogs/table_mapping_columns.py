"""The list in which each column of a table is told what it holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tracker.imports.table_choosing import chosen_twice
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_mapping import Mapping
from tracker.imports.table_opening import Table
from ui.models.table_choosing_words import FIELD_WORDS, column_name, examples, field_options
from ui.theme import theme
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label


class ColumnList(QWidget):
    """One line a column: its name, some of its cells, and what it holds.

    `edited` carries the place of a column and the Field chosen for it, or None, from the person only.
    """

    edited = Signal(int, object)
    changed = Signal()
    """The same without its contents, for the form around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.choosers: list[OptionEdit] = []
        self._remarks: list[Label] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        for side, weight in enumerate((3, 3, 5)):
            self._grid.setColumnStretch(side, weight)
        self._made_for: tuple[tuple[str, ...], Holds] | None = None

    def show_mapping(self, table: Table, mapping: Mapping) -> None:
        """Show what each column holds now, without telling anybody."""
        names = tuple(column_name(table, place) for place in range(table.width))
        said = tuple(examples(table, place) for place in range(table.width))
        if self._made_for != ((*names, *said), mapping.holds):
            self._made_for = ((*names, *said), mapping.holds)
            self._build(names, said, mapping.holds)
        for place, chooser in enumerate(self.choosers):
            field = mapping.columns[place] if place < len(mapping.columns) else None
            if chooser.key() != (field.value if field else ""):
                chooser.choose(field.value if field else "")

        twice = chosen_twice(mapping)
        for place, label in enumerate(self._remarks):
            field = twice.get(place)
            label.setText(
                f"{_named(field)} is chosen for two columns; only one can hold it." if field else ""
            )
            label.setVisible(field is not None)

    def _build(self, names: tuple[str, ...], said: tuple[str, ...], holds: Holds) -> None:
        had_focus = any(chooser.hasFocus() for chooser in self.choosers)
        while (old := self._grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.choosers, self._remarks = [], []
        options = field_options(holds)
        for place, name in enumerate(names):
            label = Label(name, "bold", wrap=True)
            cells = Label(said[place], "caption", wrap=True)
            chooser = OptionEdit(options)
            chooser.setAccessibleName(f"{name} holds")
            chooser.setAccessibleDescription(said[place])
            chooser.setMaximumWidth(theme().px(320))
            label.setBuddy(chooser)
            remark = Label("", "caption", tone="warning", wrap=True)
            remark.hide()
            for side, widget in enumerate((label, cells, chooser)):
                self._grid.addWidget(widget, 2 * place, side, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(remark, 2 * place + 1, 0, 1, 3)
            chooser.edited.connect(self._teller(place))
            self.choosers.append(chooser)
            self._remarks.append(remark)
        if self.choosers:
            self.setFocusProxy(self.choosers[0])
            if had_focus:
                self.choosers[0].setFocus()

    def _teller(self, place: int) -> object:
        def tell() -> None:
            key = self.choosers[place].key()
            self.changed.emit()
            self.edited.emit(place, Field(key) if key else None)

        return tell


def _named(field: Field) -> str:
    return f"\u201c{FIELD_WORDS[field]}\u201d"
