"""Buttons in the program's few looks, and the segmented control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets.focus import RingMixin
from ui.widgets.paint import paint_ring

_ALONE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PlainButton(RingMixin, QPushButton):
    """A white button with a hairline."""

    ICON_TOKEN = "quiet"

    def __init__(self, text: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "", ""
        self.setText(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon:
            self.set_icon(icon)

    def set_icon(self, name: str, token: str = "") -> None:
        self._icon = name, token or self.ICON_TOKEN
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses the button it stands on; Qt would press a dialog's default button, or nothing.
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and event.modifiers() in _ALONE:
            self.click()
        else:
            super().keyPressEvent(event)

    def _draw_icon(self) -> None:
        name, token = self._icon
        if name:
            side = theme().px(14)
            gap = theme().px(3) if self.text() else 0
            self.setIcon(icons.icon(name, token, side, gap=gap))
            self.setIconSize(QSize(side + gap, side))


class PrimaryButton(PlainButton):
    """The one thing a page is for, in the accent colour."""

    ICON_TOKEN = "on_accent"


class IconButton(PlainButton):
    """A button that shows only an icon; its words are for the tooltip and the screen reader."""

    def __init__(self, icon: str, words: str, *, bare: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", icon, parent)
        self.setAccessibleName(words)
        self.setToolTip(words)
        if bare:
            self.setProperty("bare", True)


class LinkButton(PlainButton):
    """Words in the accent colour that act, for a place where a button would shout."""

    ICON_TOKEN = "accent"

    def __init__(self, text: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class _Segment(RingMixin, QAbstractButton):
    """One choice of a Segmented; as wide as its bold text, so that nothing moves when chosen."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font("bold"))
        return QSize(metrics.horizontalAdvance(self.text()) + look.px(20), metrics.height() + look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("card"))
            painter.drawRoundedRect(self.rect(), 5, 5)
        painter.setPen(look.colour("text" if chosen or self.underMouse() else "segment_text"))
        painter.setFont(look.font("bold" if chosen else "base"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.has_ring:
            paint_ring(painter, self.rect(), 4)


class Segmented(QWidget):
    """A few views of the same thing, one chosen. Arrow keys move; `changed` comes from the person only."""

    changed = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], name: str = "View", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _text in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        for place, (_key, text) in enumerate(options):
            segment = _Segment(text, self)
            self._group.addButton(segment, place)
            row.addWidget(segment)
        self._group.idClicked.connect(self._on_clicked)
        self.choose(self._keys[0])

    def key(self) -> str:
        """The chosen option."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Show another choice without telling anybody."""
        chosen = self._group.button(self._keys.index(key))
        chosen.setChecked(True)
        for segment in self._group.buttons():  # Tab stops at the chosen one; arrow keys go on from there
            stop = segment is chosen
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self._told = key

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("track"))
        painter.drawRoundedRect(QRect(0, 0, self.width(), self.height()), 7, 7)

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        # Arrow keys and clicks both end here, a second click on the same choice does too.
        if self._keys[place] != self._told:
            self._told = self._keys[place]
            self.changed.emit(self._told)
