"""The headings of a table: quiet, on the same lines as the cells below, a hairline under all."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets.card import TABLE_INSET


class LedgerHeader(QHeaderView):
    """Draws headings at the same distance from the edge as the cells, whatever the style would do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(theme().px(28))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def wide(self, section: int) -> int:
        """The width a heading wants, the sorting mark included."""
        metrics = QFontMetrics(theme().font("caption_bold"))
        mark = theme().px(14) if self.sectionsClickable() else 0
        return metrics.horizontalAdvance(self._words(section)) + 2 * TABLE_INSET + mark + 1

    def sizeHint(self) -> QSize:
        high = QFontMetrics(theme().font("caption_bold")).height() + theme().px(16)
        return QSize(super().sizeHint().width(), high)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = theme()
        painter.save()
        font = look.font("caption_bold")
        painter.setFont(font)
        painter.setPen(look.colour("quiet"))
        align = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        right = bool(align & Qt.AlignmentFlag.AlignRight)
        box = rect.adjusted(TABLE_INSET, 0, -TABLE_INSET, 0)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        room = box.width() - (look.px(14) if sorted_by else 0)
        words = QFontMetrics(font).elidedText(self._words(section), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, align, words)
        if sorted_by:
            wide, side = QFontMetrics(font).horizontalAdvance(words), look.px(10)
            left = box.right() - wide - look.px(3) - side if right else box.x() + wide + look.px(3)
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            mark = QRect(left, box.y() + (box.height() - side) // 2, side, side)
            icons.paint(painter, "chevron-up" if up else "chevron-down", "quiet", mark)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        bottom = self.viewport().height() - 1
        painter.setPen(theme().colour("hairline"))
        painter.drawLine(0, bottom, self.viewport().width(), bottom)

    def _words(self, section: int) -> str:
        return str(self.model().headerData(section, self.orientation()) or "")
