"""Estimates edited in a workbook: what would change, line by line, before anything does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from tracker.dates import MONTH_NAMES
from tracker.money import Cents, dollars
from tracker.services.workbook import EstimateDifference, EstimateDifferences, take_estimates
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.table import Column, Index, RowTableModel
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate

_BOX = 15
_MOST_PROBLEMS = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A difference, and whether it is to be taken."""

    difference: EstimateDifference
    taken: bool
    place: int


class WorkbookDifferences(CommitDialog):
    """Shows what a workbook says otherwise than the ledger; takes what stays checked, as one change."""

    def __init__(self, context: Context, parent: QWidget | None, found: EstimateDifferences) -> None:
        super().__init__(
            "Estimates from the workbook",
            parent,
            save_text="Take estimates",
            sentence=_opening(found),
            width=680,
        )
        self._context = context
        self._unread = len(found.problems)
        self._choices = [Choice(one, True, place) for place, one in enumerate(found.differences)]
        self.model: RowTableModel[Choice] = RowTableModel(self._columns(), key=lambda row: row.place)
        self.table = LedgerTable(self.model, "Estimates that differ")
        self.table.setItemDelegateForColumn(0, CheckDelegate(self.table))
        self.table.fit_height_to_rows()
        self.table.installEventFilter(self)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentChanged.connect(self._follow)
        self.summary = Label("", "quiet", wrap=True)
        self.all_link = LinkButton("")
        self.all_link.clicked.connect(self._on_all)
        for part in (self.summary, self.all_link, self.table):
            self.form.add_line(part)
            part.setVisible(bool(self._choices))
        self.problems = _list_problems(found)
        for label in self.problems:
            self.form.add_line(label)
        if not self._choices:
            self.save_button.hide()
            self.cancel_button.setText("Close")
        self._show()
        if self._choices:
            self.table.go_to_cell(0, 0)
            self.table.setFocus()

    def taken(self) -> list[EstimateDifference]:
        """The differences that are checked."""
        return [choice.difference for choice in self._choices if choice.taken]

    def save(self) -> bool | None:
        services, taken = self._context.services, self.taken()
        return self.commit(self._context, lambda: take_estimates(services, taken), "Taking estimates")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The space bar checks and unchecks the selected rows."""
        # The kind of event comes first: while the dialog is taken apart, `table` may be gone already.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and watched is self.table
        ):
            rows = self.table.selected_rows()
            self._check({row.place for row in rows}, not all(row.taken for row in rows))
            return True
        return super().eventFilter(watched, event)

    # ours ----------------------------------------------------------------------------

    def _columns(self) -> tuple[Column[Choice], ...]:
        return (
            Column("Take", lambda row: "Yes" if row.taken else "No", on_open=self._on_opened),
            Column("Month", lambda row: _month(row.difference.month)),
            Column("Budget line", lambda row: row.difference.category, stretch=1),
            Column("Now", lambda row: _amount(row.difference.now), right=True, tone=lambda _row: "quiet"),
            Column("Workbook", lambda row: _amount(row.difference.then), right=True),
        )

    def _check(self, places: set[int], taken: bool) -> None:
        self._choices = [
            replace(choice, taken=taken) if choice.place in places else choice for choice in self._choices
        ]
        self._show()

    def _show(self) -> None:
        self.model.set_rows(self._choices)
        count, whole = len(self.taken()), len(self._choices)
        removed = sum(one.then is None for one in self.taken())
        words = f"{count:,} of {count_of(whole, 'estimate')} will be set."
        if removed:
            words += f" {removed:,} of them will be removed: the cell is blank in the workbook."
        if self._unread:
            words += " What could not be read is below the list."
        self.summary.setText(words)
        self.all_link.setText("Choose none" if count == whole else "Choose all")
        self.save_button.setEnabled(count > 0)

    @Slot(QModelIndex)
    def _follow(self, index: QModelIndex) -> None:
        """Keep the current row in sight: the dialog scrolls, not the table."""
        area = self.table.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None and self.isVisible():
            row = self.table.visualRect(index)
            place = self.table.viewport().mapTo(inside, row.center())
            area.ensureVisible(0, place.y(), 0, row.height())

    @Slot(object)
    def _on_opened(self, row: Choice) -> None:
        self._check({row.place}, not row.taken)

    @Slot()
    def _on_all(self) -> None:
        every = {choice.place for choice in self._choices}
        self._check(every, len(self.taken()) < len(every))


class CheckDelegate(CellDelegate):
    """A check box that shows whether the row is taken; the words are for screen readers."""

    def _wide(self, index: Index) -> int:
        return theme().px(_BOX)

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        look, side = theme(), theme().px(_BOX)
        row = index.data(RowTableModel.RowRole)
        taken = isinstance(row, Choice) and row.taken
        place = QRectF(box.x() + 0.5, box.y() + (box.height() - side) // 2 + 0.5, side - 1, side - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent" if taken else "quiet"), 1))
        painter.setBrush(look.colour("accent" if taken else "card"))
        painter.drawRoundedRect(place, side / 5, side / 5)
        if taken:
            painter.setPen(QPen(look.colour("on_accent"), side / 8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corners = ((0.24, 0.52), (0.43, 0.71), (0.78, 0.31))
            painter.drawPolyline(
                [QPointF(place.x() + x * place.width(), place.y() + y * place.height()) for x, y in corners]
            )


def _opening(found: EstimateDifferences) -> str:
    if found.differences:
        return "Nothing is changed until you take it. What you take can be undone."
    if found.problems:
        return "Nothing that could be read differs from your estimates."
    return "The workbook has the same estimates as your ledger. There is nothing to take."


def _month(month: date) -> str:
    return f"{MONTH_NAMES[month.month - 1][:3]} {month.year}"


def _amount(cents: Cents | None) -> str:
    return "none" if cents is None else dollars(cents)


def _list_problems(found: EstimateDifferences) -> list[Label]:
    """A line for each problem, and how many more there are where there are too many to read."""
    if not found.problems:
        return []
    count = len(found.problems)
    labels = [Label("Not read", "bold")]
    for problem in found.problems[:_MOST_PROBLEMS]:
        labels.append(Label(f"{problem.where}: {problem.why}", wrap=True))
    if count > _MOST_PROBLEMS:
        labels.append(Label(f"And {count - _MOST_PROBLEMS:,} more.", "quiet"))
    for label in labels:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return labels
