"""The board of cases: a column for each whose turn it is, a tile for each case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from tracker.facts import Turn
from tracker.money import dollars
from ui.models.case_rows import TURNS, CaseRow, board
from ui.models.coverage_words import short
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.columns import Columns
from ui.widgets.focus import RingMixin
from ui.widgets.label import Label
from ui.widgets.paint import paint_ring

MOST = 6
"""Tiles of a column before the rest is behind a link."""

_NAMES = {
    Turn.ME: "Your turn",
    Turn.PROVIDER: "The provider\u2019s turn",
    Turn.INSURER: "The insurer\u2019s turn",
    Turn.NOBODY: "Closed",
}
_EMPTY = {
    Turn.ME: "Nothing waits for you.",
    Turn.PROVIDER: "You wait for no provider.",
    Turn.INSURER: "You wait for no insurer.",
    Turn.NOBODY: "Nothing is closed yet.",
}


class CaseTile(RingMixin, QFrame):
    """One case; a click, Enter or Space opens it."""

    opened = Signal(int)

    def __init__(self, row: CaseRow, chosen: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.chosen = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(row.title)
        self.setAccessibleDescription(f"{row.kind}. {row.stands} {row.next_words}")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(10, 8, 10, 8)
        lines.setSpacing(2)
        title = Label(short(row.title, 90), "bold", wrap=True)
        title.setToolTip(row.title)
        lines.addWidget(title)
        lines.addWidget(Label(_about(row), "caption", wrap=True))
        lines.addWidget(Label(row.stands, wrap=True))
        if row.next_words:
            lines.addWidget(Label(row.next_words, "caption", tone=row.next_tone, wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.row.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.row.key)
        super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme()
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(look.colour("accent" if self.chosen else "hairline"))
        painter.setBrush(look.colour("selection" if self.chosen else "card"))
        painter.drawRoundedRect(box, 7, 7)
        if self.has_ring:
            paint_ring(painter, self.rect(), 7)


class CaseBoard(QWidget):
    """Four cards beside each other while there is room. `opened` carries a case's id."""

    opened = Signal(int)
    all_asked = Signal()
    """The rest of a column is asked for: the list has them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(self)
        self.cards: dict[Turn, Card] = {}
        self._tiles: dict[Turn, list[CaseTile]] = {}
        self._more: dict[Turn, LinkButton] = {}
        self._nothing: dict[Turn, Label] = {}
        for turn in TURNS:
            card = Card(_NAMES[turn])
            self._nothing[turn] = Label(_EMPTY[turn], "quiet", wrap=True)
            self._more[turn] = LinkButton("")
            self._more[turn].clicked.connect(self.all_asked)
            card.body.addWidget(self._nothing[turn])
            card.body.addWidget(self._more[turn])
            self.cards[turn], self._tiles[turn] = card, []
            row.add(card)
        self._shown: tuple[tuple[CaseRow, ...], int | None] = ((), None)

    def show_rows(self, rows: Sequence[CaseRow], chosen: int | None) -> None:
        """Show these; nothing is rebuilt when nothing changed."""
        if self._shown == (tuple(rows), chosen):
            return
        self._shown = tuple(rows), chosen
        focused = next(
            (tile.row.key for tiles in self._tiles.values() for tile in tiles if tile.hasFocus()), None
        )
        for turn, found in board(rows).items():
            self._fill(turn, found, chosen, focused)

    def tiles(self, turn: Turn) -> list[CaseTile]:
        """The tiles of a column from top to bottom."""
        return list(self._tiles[turn])

    def _fill(self, turn: Turn, rows: list[CaseRow], chosen: int | None, focused: int | None) -> None:
        card = self.cards[turn]
        for tile in self._tiles[turn]:
            card.body.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        shown = rows[:MOST]
        self._tiles[turn] = [CaseTile(row, row.key == chosen) for row in shown]
        for place, tile in enumerate(self._tiles[turn]):
            tile.opened.connect(self._on_opened)
            card.body.insertWidget(place, tile)
            if tile.row.key == focused:
                tile.setFocus()
        card.set_note(str(len(rows)) if rows else "")
        self._nothing[turn].setVisible(not rows)
        hidden = len(rows) - len(shown)
        self._more[turn].setVisible(hidden > 0)
        self._more[turn].setText(f"Show {hidden} more")

    @Slot(int)
    def _on_opened(self, key: int) -> None:
        self.opened.emit(key)


def _about(row: CaseRow) -> str:
    stake = row.standing.case.at_stake
    recovered = row.standing.recovered
    parts = [row.kind]
    parts += [f"{dollars(stake)} at stake"] if stake and not row.standing.is_closed else []
    parts += [f"{dollars(recovered)} recovered"] if recovered else []
    return "  \u00b7  ".join(parts)
