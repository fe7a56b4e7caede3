"""What every page is: a title, actions at the right, and one body that scrolls when it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area, Changes
from ui.theme import GAP, MARGIN_X, MARGIN_Y
from ui.widgets.columns import Flow, side_by_side
from ui.widgets.page_header import PageHeader
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll


class _Body(ScrollInside):
    """The contents of a page; tells when parts of it came, went or changed their size."""

    laid_out = Signal()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return handled


class Page(QWidget):
    """Base class of the pages. It reloads only what changed, and only while it is looked at."""

    SHOWS: Area = Area.NONE
    """The parts of the ledger this page shows; a change to any of them makes it stale."""

    help_text: str = ""
    """What F1 says: what the page is for and how it is used, in a few sentences."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = True
        self._header = PageHeader(title)
        self._inside = _Body()
        self._outer = QVBoxLayout(self._inside)
        self._outer.setContentsMargins(MARGIN_X, 0, MARGIN_X, MARGIN_Y)
        self._outer.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        self._outer.addLayout(self.body)
        self._outer.addStretch(1)
        self._inside.laid_out.connect(self._share_height)
        self._scroll = vertical_scroll(self._inside)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._scroll, 1)

    @Slot(object)
    def reveal(self, where: tuple[QWidget, QRect]) -> None:
        """Bring a place inside a widget into view: the page scrolls, not the tables on it."""
        widget, place = where
        if widget.isVisible():
            centre = widget.mapTo(self._inside, QPoint(0, place.center().y()))
            self._scroll.ensureVisible(0, centre.y(), 0, place.height())

    # what a page says about itself --------------------------------------------------

    def title(self) -> str:
        return self._header.title()

    def set_title(self, title: str) -> None:
        self._header.set_title(title)

    def set_subtitle(self, text: str) -> None:
        self._header.set_subtitle(text)

    def add_action_widget(self, widget: QWidget) -> None:
        """Put a button or control at the right of the title; they wrap below it when it is narrow."""
        self._header.add_action(widget)

    def add_row(self, *widgets: QWidget, weights: tuple[int, ...] = ()) -> QWidget:
        """Add cards side by side that go below each other when there is no room."""
        row = side_by_side(*widgets, weights=weights)
        self.body.addWidget(row)
        return row

    def add_controls(self, *widgets: QWidget) -> QWidget:
        """Add a line of small controls (a segmented control, a search field) at their own size."""
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow: QLayout = Flow(line)
        for widget in widgets:
            flow.addWidget(widget)
        self.body.addWidget(line)
        return line

    def show_top(self) -> None:
        """Scroll back to the beginning, where another part of the page takes the place of one."""
        self._scroll.verticalScrollBar().setValue(0)

    # what pages override ------------------------------------------------------------

    def reload(self) -> None:
        """Read what is shown. Called when the page is visible and stale, never otherwise."""

    def primary_action(self) -> None:
        """Ctrl+N: add the page's main thing."""

    def take_focus(self) -> None:
        """Where the keyboard goes on the first visit: here, arrow keys and Page Down scroll."""
        self._scroll.setFocus()

    def print_page(self) -> bool:
        """Ctrl+P: print what the page shows; False when it has nothing to print."""
        return False

    def find_text(self, text: str) -> None:
        """Show what matches the text, for pages that filter."""

    # staying fresh ------------------------------------------------------------------

    def mark_stale(self) -> None:
        """Something shown has changed: reload now if visible, else when shown next."""
        self._stale = True
        self._reload_if_stale()

    @Slot(object)
    def on_committed(self, changes: Changes) -> None:
        """Connected to the bus by whoever makes the page."""
        if changes.areas & self.SHOWS:
            self.mark_stale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_stale()
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        """Height beyond the contents stays empty, unless something shown has a stretch of its own."""
        places = range(self.body.count())
        shown = [place for place in places if (item := self.body.itemAt(place)) and not item.isEmpty()]
        filled = any(self.body.stretch(place) for place in shown)
        if self._outer.stretch(0) != int(filled) or self._outer.stretch(1) != int(not filled):
            self._outer.setStretch(0, int(filled))
            self._outer.setStretch(1, int(not filled))
            self._outer.activate()

    @Slot(int, int)
    def _on_range(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that the cards keep their edge under the actions."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self._outer.setContentsMargins(MARGIN_X, 0, MARGIN_X - bar, MARGIN_Y)

    def _reload_if_stale(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()
