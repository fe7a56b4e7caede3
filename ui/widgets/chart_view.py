"""A chart in a window: sharp at any size, with the facts under the pointer and under the arrow keys."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from tracker.errors import WorldProblem
from ui.charts.hits import ChartPaint, Hit, HitMap
from ui.charts.hover import paint_hover
from ui.charts.ink import Ink
from ui.theme import SMALL_RADIUS, theme
from ui.widgets.focus import RingMixin
from ui.widgets.paint import paint_ring

Table: TypeAlias = tuple[list[str], list[list[str]]]
"""Headings, and rows of as many texts: the chart for people who read it instead."""

MIN_HEIGHT = 180
RING = 4
"""Pixels around the chart for the focus ring."""


class ChartView(RingMixin, QWidget):
    """Shows one chart. It follows the theme until it is given an ink of its own.

    `summary` says in a sentence what the picture shows; `table` holds the same facts as text.
    """

    activated = Signal(object)
    """The key of a step that was clicked or opened with Enter."""
    saved = Signal(object)
    """The path of a file that was written."""
    save_failed = Signal(object)
    """A WorldProblem in two plain sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paint: ChartPaint | None = None
        self._summary = ""
        self._table: Table = ([], [])
        self._drawn: QPixmap | None = None
        self._hits = HitMap()
        self._marked: Hit | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(MIN_HEIGHT)
        theme().changed.connect(self._on_theme_changed)

    def show_chart(self, paint: ChartPaint, *, summary: str, table: Table) -> None:
        """Show another chart: `show_chart(partial(progress.paint, chart=chart), ...)`."""
        self._paint, self._summary, self._table = paint, summary, table
        self.setAccessibleName(summary)
        self.setAccessibleDescription(summary)
        self._marked = None
        self._forget_drawing()

    @property
    def ink(self) -> Ink:
        """What the chart is drawn with now, its ground the card's."""
        return Ink.from_tokens(theme().tokens, theme().font("base"))

    @property
    def marked(self) -> Hit | None:
        """The step whose facts are shown, by pointer or by key."""
        return self._marked

    def table(self) -> Table:
        """The facts of the picture as headings and rows of text."""
        return self._table

    def hits(self) -> HitMap:
        """What can be pointed at, as the chart lies at its present size."""
        self._draw()
        return self._hits

    def save_to(self, path: Path) -> None:
        """Write the chart as PNG, SVG or PDF by the name's ending; raises WorldProblem."""
        if self._paint is not None:
            from ui.charts import save

            save.save(path, self._paint, QSizeF(self.size()), self.ink, title=self._summary)

    @Slot()
    def save_as(self) -> None:
        """Ask for a name and write the chart there."""
        from ui.widgets.chart_dialogs import ask_for_file

        ask_for_file(self, self._summary, self._on_file_chosen)

    @Slot()
    def copy_picture(self) -> None:
        """The chart on its ground as a picture on the clipboard, twice as fine as the screen needs."""
        if self._paint is not None:
            from ui.charts import save

            image = save.picture(self._paint, QSizeF(self.size()), self.ink)
            QGuiApplication.clipboard().setImage(image)

    @Slot()
    def show_table(self) -> None:
        """The facts behind the picture in a small window."""
        from ui.widgets.chart_dialogs import TableDialog

        TableDialog(self._summary, self._table, self.window()).open()

    def menu(self) -> QMenu:
        """What can be done with the chart. It deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, slot, is_possible in (
            (self.tr("Save as\u2026"), self.save_as, self._paint is not None),
            (self.tr("Copy as picture"), self.copy_picture, self._paint is not None),
            (self.tr("Show as table"), self.show_table, bool(self._table[1])),
        ):
            action = QAction(text, menu)
            action.triggered.connect(slot)
            action.setEnabled(is_possible)
            menu.addAction(action)
        return menu

    # What Qt asks for

    def sizeHint(self) -> QSize:
        return QSize(theme().px(560), theme().px(250))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(220), MIN_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw()
        if self._drawn is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        bounds = QRectF(self.rect())
        if self._marked is not None:
            paint_hover(painter, bounds, self._marked, self.ink)
        if self.has_ring:
            paint_ring(painter, self.rect(), SMALL_RADIUS)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._marked = None
        self._forget_drawing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._forget_drawing()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._mark(self.hits().at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mark(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._activate(self.hits().at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, hits = event.key(), self.hits().hits
        place = self._next_place(key, len(hits))
        if place is not None:
            self._mark(hits[place])
            self._announce()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._marked is not None:
            self._activate(self._marked)
        elif key == Qt.Key.Key_Escape and self._marked is not None:
            self._mark(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The menu takes the focus only for a moment.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._mark(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.mapToGlobal(self._marked_point())
        self.menu().popup(at)

    # Private

    def _draw(self) -> None:
        """Paint the chart once for its size, theme and screen; afterwards it is only copied."""
        ratio = self.devicePixelRatioF()
        if (
            self._paint is None
            or self.size().isEmpty()
            or (self._drawn is not None and self._drawn.devicePixelRatio() == ratio)
        ):
            return
        drawn = QPixmap(self.size() * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        try:
            # The card the chart lies on shows through, and the focus ring goes round it.
            area = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
            self._hits = self._paint(painter, area, ink=self.ink.without_ground())
        finally:
            painter.end()
        self._drawn = drawn

    def _forget_drawing(self) -> None:
        self._drawn = None
        if self._marked is not None:
            self._marked = None
        self.update()

    def _mark(self, hit: Hit | None) -> None:
        if hit is not self._marked:
            self._marked = hit
            can_open = hit is not None and hit.key is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor)
            self.update()

    def _activate(self, hit: Hit | None) -> None:
        if hit is not None and hit.key is not None:
            self.activated.emit(hit.key)

    def _next_place(self, key: int, count: int) -> int | None:
        """The place among the hits a key leads to; None for other keys and where there are none."""
        if count == 0:
            return None
        here = next((place for place, hit in enumerate(self._hits.hits) if hit is self._marked), None)
        if key == Qt.Key.Key_Home or (key == Qt.Key.Key_Right and here is None):
            return 0
        if key == Qt.Key.Key_End or (key == Qt.Key.Key_Left and here is None):
            return count - 1  # backwards starts at the end, where the news is
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and here is not None:
            return min(max(here + (1 if key == Qt.Key.Key_Right else -1), 0), count - 1)
        return None

    def _marked_point(self) -> QPoint:
        point = self.rect().center() if self._marked is None else self._marked.anchor.toPoint()
        return QPoint(point)

    def _announce(self) -> None:
        if self._marked is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._marked.words))

    @Slot()
    def _on_theme_changed(self) -> None:
        self._forget_drawing()

    def _on_file_chosen(self, path: Path) -> None:
        try:
            self.save_to(path)
        except WorldProblem as problem:
            self.save_failed.emit(problem)
        else:
            self.saved.emit(path)
