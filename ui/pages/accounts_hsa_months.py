"""The months of a year with each one's answer: does it count for the HSA, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tracker.dates import month_text
from tracker.domain.accounts.hsa_eligibility import EligibleMonth
from ui.models.hsa_words import answer_groups, month_runs, month_tone, month_word
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.focus import RingMixin
from ui.widgets.label import Label
from ui.widgets.paint import PILL_TONES, paint_ring

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class _Month(RingMixin, QAbstractButton):
    """One month: its name and a word, on the ground of its tone."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""
        self._tone = "quiet"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_month(self, month: EligibleMonth) -> None:
        self._name = f"{month.month:%b}"
        self._tone = month_tone(month)
        self.setText(month_word(month))
        self.setAccessibleName(f"{month_text(month.month)}: {month_word(month)}")
        self.setAccessibleDescription(month.answer.sentence)
        self.setToolTip(month.answer.sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        name, word = QFontMetrics(look.font("bold")), QFontMetrics(look.font("caption"))
        widest = max(word.horizontalAdvance(text) for text in ("Self-only", "Family"))
        width = max(widest, name.horizontalAdvance("Mmm")) + look.px(14)
        return QSize(width, name.height() + word.height() + look.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = PILL_TONES[self._tone]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("selection" if self.isDown() or self.underMouse() else ground))
        painter.drawRoundedRect(self.rect(), 6, 6)
        half = self.height() // 2
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("bold"))
        top = QRect(0, look.px(3), self.width(), half)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, self._name)
        painter.setPen(look.colour(ink))
        painter.setFont(look.font("caption"))
        below = QRect(0, half, self.width(), self.height() - half - look.px(3))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.has_ring:
            paint_ring(painter, self.rect(), 5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class MonthsCard(Card):
    """Twelve months, one stop of the Tab key; arrows move, Enter says why. Runs are said in words too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Months that count", parent=parent)
        self.set_subtitle("Each is decided on its 1st. Open one to see the conditions and their sources.")
        self._months: tuple[EligibleMonth, ...] = ()
        strip = QWidget()
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(strip, gap=5, line_gap=5)
        self.buttons: list[_Month] = []
        for place in range(12):
            button = _Month(strip)
            button.clicked.connect(lambda _checked=False, place=place: self.show_why(place))
            button.stepped.connect(lambda step, place=place: self._step(place + step))
            self.buttons.append(button)
            flow.addWidget(button)
        self._strip = strip
        self.words = Label("", "quiet", wrap=True)
        self.body.addWidget(strip)
        self.body.addWidget(self.words)
        self._stop_at(0)

    def show_months(self, months: Sequence[EligibleMonth]) -> None:
        """Show a year; none where a limit of it is not known."""
        self._months = tuple(months)
        self._strip.setVisible(bool(months))
        for button, month in zip(self.buttons, months, strict=False):
            button.show_month(month)
        self.words.setText("\n".join(month_runs(months)))
        self.words.setVisible(bool(months))

    def show_why(self, place: int) -> None:
        """The conditions of a month, each with its source."""
        from ui.dialogs.sentences_why import SentencesWhy

        if place < len(self._months):
            month = self._months[place]
            SentencesWhy(
                month_text(month.month), month.answer.sentence, answer_groups(month.answer), self
            ).open()

    def _step(self, place: int) -> None:
        place %= 12
        self._stop_at(place)
        self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_at(self, place: int) -> None:
        for number, button in enumerate(self.buttons):
            stop = number == place
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
