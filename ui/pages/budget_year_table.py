"""The year's grid: names that stay in place at the left, months that scroll below one bar."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QToolTip, QWidget

from tracker.exports.spreadsheet_text import still_cell
from ui.models.budget_rows import BudgetModel, YearLine
from ui.models.table import Index
from ui.pages.budget_tables import AmountTable, LinkDelegate, write_name
from ui.theme import theme
from ui.widgets.card import TABLE_INSET
from ui.widgets.table_header import LedgerHeader

NAME_WIDTH = 166
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class YearTable(AmountTable):
    """Twelve months by line. `month_opened` comes from a heading, or from Ctrl+Enter on a cell."""

    month_opened = Signal(object)  # date
    width_changed = Signal()

    def __init__(self, model: BudgetModel[YearLine], parent: QWidget | None = None) -> None:
        self.months: tuple[date, ...] = ()
        self.current_month = -1
        super().__init__(model, "Budget of the year", parent, row_height=36)
        # A month is seen whole or not at all beside the names.
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._links = _YearDelegate(self)
        self._amounts = self._links
        self._links.closeEditor.connect(self.settled, Qt.ConnectionType.QueuedConnection)
        self._lines = LineHeader(self)
        self.setVerticalHeader(self._lines)
        self._lines.show()
        header = MonthHeader(self)
        self.setHorizontalHeader(header)
        header.sectionClicked.connect(self._on_heading)
        self.horizontalScrollBar().valueChanged.connect(self._lines.viewport().update)
        self._corner = _Corner(self)
        self._fit_everything()

    def show_months(self, months: tuple[date, ...], today: date) -> None:
        """Which months the columns are; the one under way is marked."""
        self.months = months
        this_month = today.replace(day=1)
        self.current_month = months.index(this_month) if this_month in months else -1

    def wide_enough(self, texts: Iterable[str]) -> int:
        """The width that the widest of some figures needs in any row, in pixels at 100 % text."""
        metrics = QFontMetrics(theme().font("caption_bold"))
        wide = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 2 * TABLE_INSET + 1
        return math.ceil(wide * 100 / theme().percent)

    def has_room(self, width: int) -> bool:
        """Whether twelve months and the total of that width (at 100 % text) can be seen at once."""
        return 13 * theme().px(width) <= self.viewport().width()

    def bring_into_view(self, place: int) -> None:
        """Scroll so that a month can be seen, and as many after it as fit."""
        self.scrollTo(self.rows_model.index(0, place), QAbstractItemView.ScrollHint.PositionAtCenter)

    def copy(self) -> None:
        """The chosen lines with their names, as tab-separated text."""
        lines = [
            [line.name, *(column.text(line) for column in self.rows_model.columns)]
            for line in self.selected_rows()
        ]
        QGuiApplication.clipboard().setText("\n".join("\t".join(map(still_cell, cells)) for cells in lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and held and not self.editing:
            self._on_heading(self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def row_pixels(self) -> int:
        two = 2 * QFontMetrics(theme().font("caption")).height() + theme().px(6)
        return max(super().row_pixels(), two)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()
        if hasattr(self, "_corner"):
            self._corner.setGeometry(0, 0, self._lines.width(), self.horizontalHeader().height())

    def _fit_everything(self) -> None:
        super()._fit_everything()
        if hasattr(self, "_lines"):
            self._lines.setFixedWidth(theme().px(NAME_WIDTH))
            self.updateGeometries()
            bar, header = self.horizontalScrollBar(), self.horizontalHeader()
            if 0 < bar.value() < bar.maximum():
                # The first month in sight is still seen whole when the widths have changed.
                header.setOffsetToSectionPosition(bar.value())
                self.viewport().update()
            elif bar.value():
                # At its end, the total is.
                header.setOffsetToLastSection()
                self.viewport().update()

    @Slot(int)
    def _on_heading(self, place: int) -> None:
        if 0 <= place < len(self.months):
            self.month_opened.emit(self.months[place])


class _YearDelegate(LinkDelegate):
    """Small figures, and a soft ground for the month under way."""

    FONTS = ("caption", "caption_bold")

    def _ground(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        table = self._table
        marked = isinstance(table, YearTable) and index.column() == table.current_month
        if marked and not chosen:
            painter.fillRect(box, theme().colour("accent_soft"))
        else:
            super()._ground(painter, box, index, chosen)


class MonthHeader(LedgerHeader):
    """Headings that open their month; the month under way in the accent colour."""

    def __init__(self, table: YearTable) -> None:
        super().__init__(table)
        self._table = table
        self._hovered = -1
        self.setSectionsClickable(True)
        self.setMouseTracking(True)

    def wide(self, section: int) -> int:
        metrics = QFontMetrics(theme().font("caption_bold"))
        return metrics.horizontalAdvance(self._words(section)) + 2 * TABLE_INSET + 1

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        current = section == self._table.current_month
        opens = section == self._hovered and section < len(self._table.months)
        if not (current or opens):
            super().paintSection(painter, rect, section)
            return
        look = theme()
        painter.save()
        if current:
            painter.fillRect(rect, look.colour("accent_soft"))
        font = look.font("caption_bold")
        painter.setFont(font)
        painter.setPen(look.colour("accent"))
        box = rect.adjusted(TABLE_INSET, 0, -TABLE_INSET, 0)
        words = QFontMetrics(font).elidedText(
            self._words(section), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if opens:
            wide = QFontMetrics(font).horizontalAdvance(words)
            base = box.center().y() + QFontMetrics(font).ascent() // 2 + 1
            painter.drawLine(box.right() + 1 - wide, base, box.right(), base)
        painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, section: int) -> None:
        opens = 0 <= section < len(self._table.months)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()


class LineHeader(QHeaderView):
    """The names of the lines in up to two rows of text, never scrolled away."""

    def __init__(self, table: YearTable) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(NAME_WIDTH), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        line = self._line(section)
        if line is None:
            return
        look = theme()
        painter.save()
        chosen = any(index.row() == section for index in self._table.selectionModel().selectedRows())
        if chosen or section == self._table.hovered_row:
            painter.fillRect(rect, look.colour("selection" if chosen else "hover"))
        font = look.font("caption_bold" if line.category is None and line.below is None else "caption")
        painter.setPen(look.colour("text"))
        write_name(painter, rect.adjusted(TABLE_INSET, 0, -TABLE_INSET, 0), line.name, font)
        if self._table.horizontalScrollBar().value() > 0:
            painter.setPen(look.colour("hairline"))  # months have gone below the names
            painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self._line(self.logicalIndexAt(event.pos()))
            QToolTip.showText(event.globalPos(), line.name if line else "", self)
            return True
        return super().viewportEvent(event)

    def _line(self, section: int) -> YearLine | None:
        rows = self._table.rows_model.rows
        return rows[section] if 0 <= section < len(rows) else None


class _Corner(QWidget):
    """Above the names: what they are, and the rest of the hairline under the headings."""

    def __init__(self, table: YearTable) -> None:
        super().__init__(table)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("card"))
        painter.setFont(look.font("caption_bold"))
        painter.setPen(look.colour("quiet"))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(TABLE_INSET, 0, 0, 0), align, "Category")
        painter.setPen(look.colour("hairline"))
        bottom = self.height() - 1
        painter.drawLine(0, bottom, self.width(), bottom)
