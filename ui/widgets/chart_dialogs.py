"""What a chart's menu opens: the choice of a file, and the chart as a plain table."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tracker.file_names import file_name
from ui.charts.save import FORMATS
from ui.theme import CARD_PADDING, GAP, theme


def ask_for_file(parent: QWidget, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask where to save a picture; `chosen` gets the path, its ending that of the kind picked."""
    dialog = QFileDialog(parent, QCoreApplication.translate("ChartView", "Save chart"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    kinds = {f"{name} (*{ending})": ending for ending, name in FORMATS.items()}
    dialog.setNameFilters(list(kinds))
    dialog.selectFile(_file_name(title) + ".png")
    dialog.setDefaultSuffix("png")

    def on_kind(kind: str) -> None:
        dialog.setDefaultSuffix(kinds.get(kind, ".png").lstrip("."))

    def on_chosen(name: str) -> None:
        path = Path(name)
        picked = kinds.get(dialog.selectedNameFilter(), ".png")
        chosen(path if path.suffix.lower() in FORMATS else path.with_name(path.name + picked))

    dialog.filterSelected.connect(on_kind)
    dialog.fileSelected.connect(on_chosen)
    dialog.open()
    return dialog


def _file_name(title: str) -> str:
    """The first words of the summary, without what file systems refuse."""
    words = re.sub(r"[^\w\s-]", "", re.split(r"[.:,;]", title)[0]).split()
    return file_name(" ".join(words[:6]), otherwise="Chart")


class TableDialog(QDialog):
    """The facts of a chart as text, for reading, for screen readers and for copying."""

    def __init__(
        self, title: str, table: tuple[list[str], list[list[str]]], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Chart as table"))
        headings, rows = table
        said = QLabel(title)
        said.setWordWrap(True)
        self.table = _filled(headings, rows)
        self.table.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(CARD_PADDING, CARD_PADDING, CARD_PADDING, CARD_PADDING)
        layout.setSpacing(GAP)
        layout.addWidget(said)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        self.table.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(520), theme().px(420))


def _filled(headings: list[str], rows: list[list[str]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(headings))
    table.setHorizontalHeaderLabels(headings)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    words: list[int] = []
    for column in range(len(headings)):
        texts = [row[column] for row in rows]
        is_figures = bool(column) and all(_is_figure(text) for text in texts)
        side = Qt.AlignmentFlag.AlignRight if is_figures else Qt.AlignmentFlag.AlignLeft
        if not is_figures:
            words.append(column)
        heading = table.horizontalHeaderItem(column)
        if heading is not None:
            heading.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        for row, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)
    if words:
        # Amounts stay as narrow as they are; the words take the rest.
        header.setSectionResizeMode(words[-1], QHeaderView.ResizeMode.Stretch)
    return table


def _is_figure(text: str) -> bool:
    """An amount or a percentage, or the blank that stands for none."""
    return not text or re.fullmatch(r"[-\u2212(]?\$?[\d,]+(?:\.\d+)?\)?%?", text) is not None
