"""The eleven steps of a dispute below each other: done, next, open (rulebook 3.7)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.domain.claims.dispute_flow import ListedStep, StepState
from ui.theme import theme
from ui.widgets.label import AmountLabel, Label


class StepMark(QWidget):
    """A small circle: ticked, with an arrow, empty, or crossed out. The words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.state = StepState.AHEAD

    def show_state(self, state: StepState) -> None:
        self.state = state
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(16), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - look.px(3)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        filled = self.state in (StepState.DONE, StepState.NOW)
        if filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
        else:
            painter.setPen(QPen(look.colour("faint"), 1.2))
        painter.drawEllipse(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(look.colour("on_accent" if filled else "faint"), max(1.3, side / 9))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for line in _STROKES.get(self.state, ()):
            points = [QPointF(box.x() + x * side, box.y() + y * side) for x, y in line]
            painter.drawPolyline(QPolygonF(points))


_STROKES: dict[StepState, tuple[tuple[tuple[float, float], ...], ...]] = {
    StepState.DONE: (((0.28, 0.53), (0.44, 0.68), (0.72, 0.36)),),
    StepState.NOW: (((0.26, 0.5), (0.72, 0.5)), ((0.54, 0.32), (0.73, 0.5), (0.54, 0.68))),
    StepState.SKIPPED: (((0.3, 0.5), (0.7, 0.5)),),
}


class StepList(QWidget):
    """All steps with the day they ended, or what they wait for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(9)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[StepMark, Label, AmountLabel]] = []
        self.setAccessibleName("Steps of the dispute")

    def show_steps(self, steps: Sequence[ListedStep]) -> None:
        """Show these, in order."""
        while len(self._rows) < len(steps):
            row = (StepMark(), Label("", wrap=True), AmountLabel("", "caption"))
            place, top = len(self._rows), Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(row[0], place, 0, top)
            self._grid.addWidget(row[1], place, 1)
            self._grid.addWidget(row[2], place, 2, top)
            self._rows.append(row)
        for (mark, name, said), step in zip(self._rows, steps, strict=False):
            mark.show_state(step.state)
            name.setText(step.info.name)
            name.set_role(_ROLES.get(step.state, "quiet"))
            said.setText(when(step))
            said.setToolTip(step.words)
        words = (f"{step.info.name}: {step.words or 'open'}" for step in steps)
        self.setAccessibleDescription("; ".join(words))

    def texts(self) -> list[tuple[str, str]]:
        """Each step and what stands beside it."""
        return [(name.text(), said.text()) for _mark, name, said in self._rows]


_ROLES = {StepState.DONE: "", StepState.NOW: "bold"}


def when(step: ListedStep) -> str:
    """What stands at the right of a step: its day, `next`, or that it was not needed."""
    match step.state:
        case StepState.NOW:
            return "next"
        case StepState.DONE:
            return day_text(step.on, year=False) if step.on else "done"
        case StepState.SKIPPED:
            return f"skipped {day_text(step.on, year=False)}" if step.on else "skipped"
        case StepState.PASSED:
            return "not needed"
        case _:
            return ""
