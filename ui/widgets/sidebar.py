"""The list of pages at the left: icon and name, the chosen one on its ground, settings at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.keys import as_written_here
from ui.theme import SIDEBAR_WIDTH, theme
from ui.widgets.buttons import IconButton
from ui.widgets.focus import RingMixin
from ui.widgets.label import Label
from ui.widgets.paint import paint_ring
from ui.widgets.scroll_inside import vertical_scroll

_ICON = 15
_COMPACT = 29
"""The side of an entry without words: nine pages and Settings fit on a small screen with large text."""


class _Entry(RingMixin, QAbstractButton):
    """One page. Narrow sidebars show the icon only; the name is then in the tooltip."""

    def __init__(self, text: str, icon: str, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._shortcut = as_written_here(shortcut)
        self.compact = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self.compact = compact
        name = self.text() if compact else ""
        self.setToolTip(" ".join(part for part in (name, f"({self._shortcut})" if compact else "") if part))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font("bold"))
        high = max(metrics.height() + look.px(18), look.px(35))
        if self.compact:
            high = look.px(_COMPACT)
            return QSize(high, high)
        return QSize(look.px(39) + metrics.horizontalAdvance(self.text()) + look.px(12), high)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if chosen else "track"))
            if not chosen:
                painter.setOpacity(0.6)
            painter.drawRoundedRect(self.rect(), 7, 7)
            painter.setOpacity(1.0)
        side = look.px(_ICON)
        left = (self.width() - side) // 2 if self.compact else look.px(13)
        box = QRect(left, (self.height() - side) // 2, side, side)
        icons.paint(painter, self._icon + ("-on" if chosen else ""), "accent" if chosen else "quiet", box)
        if not self.compact:
            painter.setPen(look.colour("accent" if chosen else "text"))
            painter.setFont(look.font("bold" if chosen else "base"))
            words = self.rect().adjusted(look.px(39), 0, -4, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.has_ring:
            paint_ring(painter, self.rect(), 6)


class Sidebar(QFrame):
    """Entries by key; `chosen` comes from clicks and arrow keys, not from `choose`."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages")
        self._entries: dict[str, _Entry] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 1, 10)
        whole.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 10, 0)
        head.setSpacing(4)
        self._head = head
        self._name = Label(name, "card_title")
        self.menu_button = IconButton("menu", "Menu (F10)", bare=True)
        head.addWidget(self._name, 1)
        head.addWidget(self.menu_button)
        whole.addLayout(head)
        self._list = QVBoxLayout()
        inside = QWidget()  # nothing in it wraps, so its least height is what it needs
        inside.setProperty("see_through", True)
        inside.setLayout(self._list)
        self._scroll = vertical_scroll(inside)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self._scroll, 1)
        self._foot = QVBoxLayout()
        whole.addLayout(self._foot)
        for column in (self._list, self._foot):
            column.setContentsMargins(10, 0, 9, 0)
            column.setSpacing(2)
        self._list.addStretch(1)

    def add(self, key: str, text: str, icon: str, shortcut: str = "", *, at_bottom: bool = False) -> None:
        entry = _Entry(text, icon, shortcut, self)
        self._entries[key] = entry
        self._group.addButton(entry)
        if at_bottom:
            self._foot.addWidget(entry)
        else:
            self._list.insertWidget(self._list.count() - 1, entry)

    def choose(self, key: str) -> None:
        """Show where we are."""
        entry = self._entries[key]
        entry.setChecked(True)
        for other in self._entries.values():  # Tab stops here; arrow keys go on from there
            stop = other is entry
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self._scroll.ensureWidgetVisible(entry, 0, 4)

    def entry(self, key: str) -> QAbstractButton:
        return self._entries[key]

    def fit(self, window_width: int) -> None:
        """Icons only when the words would leave the page too little room for its text size."""
        look = theme()
        for entry in self._entries.values():
            entry.set_compact(False)
        words = max((entry.sizeHint().width() for entry in self._entries.values()), default=0) + 20
        self._name.ensurePolished()  # the first fit comes before the style sheet has reached it
        head = self._name.sizeHint().width() + 40 + self.menu_button.sizeHint().width()
        wide = max(SIDEBAR_WIDTH, words, head)
        compact = window_width - wide < look.px(500)
        self._name.setVisible(not compact)
        self._head.setContentsMargins(8 if compact else 20, 0, 8 if compact else 10, 0)
        for entry in self._entries.values():
            entry.set_compact(compact)
        if compact:
            wide = max((entry.sizeHint().width() for entry in self._entries.values()), default=0) + 20
            wide = max(wide, self.menu_button.sizeHint().width() + 16)
        self.setFixedWidth(wide)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        for key, entry in self._entries.items():
            if entry is button:
                self.chosen.emit(key)
