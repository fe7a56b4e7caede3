"""The pages of a layout below each other on screen, painted by what paints them on paper."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.printing.document import Layout
from ui.printing.flow import PT
from ui.theme import theme
from ui.widgets.paint import paint_ring

GAP = 18
_KEPT = 6
"""How many drawn pages are kept: those in view, and those just left."""
SMALLEST, LARGEST = 0.25, 4.0
STEP = 1.25
_PIXELS_PER_TWIP = 96 / 72 / PT
"""At a zoom of 1 a page has its real size on a screen of 96 dots an inch."""


class PagesView(QAbstractScrollArea):
    """Shows pages at any zoom. Page Up and Page Down turn them, Ctrl with + - 0 zooms."""

    page_changed = Signal(int)
    """The page in view, counted from 0."""
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout | None = None
        self._drawn: dict[int, QImage] = {}
        self._zoom = 1.0
        self._fit = "width"
        self._page = 0
        self._ringed = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme().changed.connect(self.viewport().update)

    # asking -------------------------------------------------------------------------

    @property
    def count(self) -> int:
        return len(self._layout.pages) if self._layout else 0

    @property
    def page(self) -> int:
        """The page in view, counted from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """1 is the real size."""
        return self._zoom

    # doing --------------------------------------------------------------------------

    def show_layout(self, layout: Layout) -> None:
        """Show other pages, beginning with the page that was in view."""
        page = min(self._page, len(layout.pages) - 1)
        self._layout = layout
        self._drawn.clear()
        self._arrange()
        self.go_to(page)
        self._tell()

    def go_to(self, page: int) -> None:
        """Bring the top of a page into view; beyond the ends, the nearest one."""
        page = max(0, min(page, self.count - 1))
        self.verticalScrollBar().setValue(self._top(page) - GAP // 2)
        self._set_page(page)

    def zoom_to(self, zoom: float) -> None:
        """A zoom of one's own; the page in view stays."""
        self._fit = ""
        self._set_zoom(zoom)

    def zoom_in(self) -> None:
        self.zoom_to(self._zoom * STEP)

    def zoom_out(self) -> None:
        self.zoom_to(self._zoom / STEP)

    def fit_width(self) -> None:
        """As wide as the window, now and after it changes."""
        self._fit = "width"
        self._arrange()

    def fit_page(self) -> None:
        """One whole page, now and after the window changes."""
        self._fit = "page"
        self._arrange()

    # what Qt asks for ---------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme().px(820), theme().px(640))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("track"))
        if self._layout is None:
            return
        for number in range(self.count):
            box = self._box(number)
            if box.intersects(event.rect()):
                painter.drawImage(QRectF(box), self._picture(number, box.size()))
        if self._ringed:
            paint_ring(painter, self.viewport().rect(), 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        turns = {
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count - 1,
        }
        zooms = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
        }
        key = Qt.Key(event.key())
        if key in turns and not held:
            self.go_to(turns[key])
        elif key in zooms and held:
            zooms[key]()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ringed = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ringed = False
        self.viewport().update()

    # where pages lie ----------------------------------------------------------------

    def _size(self) -> QSize:
        """A page in pixels at this zoom."""
        if self._layout is None:
            return QSize(0, 0)
        scale = self._zoom * _PIXELS_PER_TWIP
        return QSize(round(self._layout.width * scale), round(self._layout.height * scale))

    def _top(self, number: int) -> int:
        return GAP + number * (self._size().height() + GAP)

    def _box(self, number: int) -> QRect:
        size = self._size()
        left = max(GAP, (self.viewport().width() - size.width()) // 2)
        corner = QPoint(
            left - self.horizontalScrollBar().value(),
            self._top(number) - self.verticalScrollBar().value(),
        )
        return QRect(corner, size)

    def _arrange(self) -> None:
        if self._layout is None:
            return
        if self._fit:
            room = self.viewport().size()
            wide = (room.width() - 2 * GAP) / (self._layout.width * _PIXELS_PER_TWIP)
            high = (room.height() - 2 * GAP) / (self._layout.height * _PIXELS_PER_TWIP)
            self._set_zoom(min(wide, LARGEST / 2) if self._fit == "width" else min(wide, high))
        else:
            self._set_bars()

    def _set_zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, SMALLEST), LARGEST)
        page = self._page
        before = self._size().height() or 1
        into = (self.verticalScrollBar().value() - self._top(page)) / before
        changed = abs(zoom - self._zoom) > 1e-6
        self._zoom = zoom
        if changed:
            self._drawn.clear()
        self._set_bars()
        if changed:
            # The same part of the page stays at the top of the window.
            size = self._size().height()
            self.verticalScrollBar().setValue(round(self._top(page) + into * size))
            self.zoom_changed.emit()
        self.viewport().update()

    def _set_bars(self) -> None:
        size, room = self._size(), self.viewport().size()
        whole = QSize(size.width() + 2 * GAP, self._top(self.count))
        for bar, content, shown in (
            (self.verticalScrollBar(), whole.height(), room.height()),
            (self.horizontalScrollBar(), whole.width(), room.width()),
        ):
            bar.setRange(0, max(0, content - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(theme().px(40))

    def _on_scrolled(self) -> None:
        if self.count:
            # The page that fills the middle of the window.
            middle = self.verticalScrollBar().value() + self.viewport().height() / 2
            step = self._size().height() + GAP
            self._set_page(max(0, min(int((middle - GAP / 2) / step), self.count - 1)))
        self.viewport().update()

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(f"Page {self._page + 1} of {self.count}")
        self.page_changed.emit(self._page)

    def _picture(self, number: int, size: QSize) -> QImage:
        found = self._drawn.pop(number, None)
        if found is None:
            found = self._draw(number, size)
        self._drawn[number] = found  # at the end: the page used last
        while len(self._drawn) > _KEPT:
            del self._drawn[next(iter(self._drawn))]
        return found

    def _draw(self, number: int, size: QSize) -> QImage:
        assert self._layout is not None
        ratio = self.devicePixelRatioF()
        image = QImage(
            max(1, round(size.width() * ratio)),
            max(1, round(size.height() * ratio)),
            QImage.Format.Format_RGB32,
        )
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        scale = image.width() / self._layout.width
        painter.scale(scale, scale)
        self._layout.paint(painter, number)
        painter.end()
        return image
