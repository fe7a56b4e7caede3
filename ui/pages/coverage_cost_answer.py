"""The answer of the cost card: the sum with amounts at the right, what moves, and what to beware of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.reports.estimate_sheet import EstimateSheet, SheetRow
from ui.widgets.fact_list import breakable
from ui.widgets.label import AmountLabel, Label

MOST_NOTES = 3
"""Quiet remarks shown on the card; all of them stand in the dialog behind *Why?*."""


class CostAnswer(QWidget):
    """Shows a sheet, or a quiet sentence where there is none yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self.sentence = Label("", "quiet", wrap=True)
        whole.addWidget(self.sentence)
        self._table = QWidget()
        self._table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        whole.addWidget(self._table)
        self.warning = Label("", tone="warning", wrap=True)
        self.note = Label("", "caption", wrap=True)
        whole.addWidget(self.warning)
        whole.addWidget(self.note)
        self._rows: list[SheetRow] = []
        self.show_sentence("")

    def show_sentence(self, text: str) -> None:
        """Say what is missing; nothing else is shown."""
        self._show_rows([])
        self._say(text, "", "")

    def show_sheet(self, sheet: EstimateSheet) -> None:
        """Show the sum, where accumulators stand then, and the remarks."""
        self._show_rows([*sheet.rows, *sheet.after])
        notes = sheet.notes[:MOST_NOTES]
        warnings = list(sheet.warnings)
        if sheet.other is not None:
            warnings.insert(1, f"In the other order: {sheet.other.headline}.")
        self._say(sheet.missing, "\n".join(warnings), "\n".join(notes))

    def figure(self, words: str) -> str:
        """The figure beside some words; empty where they are not shown."""
        return next((row.figure for row in self._rows if row.words == words), "")

    def _say(self, sentence: str, warning: str, note: str) -> None:
        for label, text in ((self.sentence, sentence), (self.warning, warning), (self.note, note)):
            label.setText(breakable(text))
            label.setVisible(bool(text))

    def _show_rows(self, rows: list[SheetRow]) -> None:
        self._rows = rows
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        for place, row in enumerate(rows):
            words = Label(
                breakable(row.words),
                "bold" if row.strong else "caption" if row.quiet else "quiet",
                wrap=True,
            )
            figure = AmountLabel(row.figure, "bold" if row.strong else "caption" if row.quiet else "")
            words.setBuddy(figure)
            figure.setAccessibleName(f"{row.words}: {row.figure}")
            self._grid.addWidget(words, place, 0, top)
            self._grid.addWidget(figure, place, 1, top | right)
        self._table.setVisible(bool(rows))
