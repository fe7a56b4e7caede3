"""The card that shows how a deductible filled over the plan year, and where it is heading."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.domain.coverage.progress import Progress
from tracker.facts import Accumulator, AccumulatorKind, Claim, Household
from tracker.money import dollars
from ui.charts.deductible import as_table, deductible_chart, step_words, summary
from ui.charts.hits import HitMap
from ui.charts.ink import Ink
from ui.charts.progress import ProgressChart, Step
from ui.charts.progress import paint as paint_progress
from ui.models.coverage_choice import LIMIT_NAMES, Choice, limits_of, owner_of, progress_of
from ui.models.coverage_words import NETWORKS, whose
from ui.widgets.buttons import IconButton
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.label import Label


class ProgressCard(Card):
    """The chart, the switch for the out-of-pocket maximum, and the projection in words under it."""

    opened = Signal(int)
    """A claim behind a step, by id."""
    saved = Signal(object)
    save_failed = Signal(object)
    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Deductible progress", parent=parent)
        self._choice: Choice | None = None
        self._home = Household()
        self._names: dict[int, str] = {}
        self.with_maximum = QCheckBox("Out-of-pocket maximum")
        self.with_maximum.setToolTip("Also show the out-of-pocket maximum and what counts toward it")
        self.save_button = IconButton("export", "Save the chart as PNG, SVG or PDF", bare=True)
        self.add_header_widget(self.with_maximum)
        self.add_header_widget(self.save_button)
        self.view = ChartView()
        self.words = Label("", "caption", wrap=True)
        self.nothing = Label("", "quiet", wrap=True)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.words)
        self.with_maximum.clicked.connect(self._on_switched)
        self.save_button.clicked.connect(self.view.save_as)
        self.view.activated.connect(self._on_activated)
        self.view.saved.connect(self._on_saved)
        self.view.save_failed.connect(self.save_failed)

    def show_progress(self, choice: Choice, home: Household, names: dict[int, str]) -> None:
        """`names` are the providers of the claims by the claim's id."""
        self._choice, self._home, self._names = choice, home, names
        self._refresh()

    def _refresh(self) -> None:
        choice = self._choice
        if choice is None:
            return
        main, maximum = limits_of(choice)
        shown = main or maximum
        for part in (self.view, self.words, self.save_button):
            part.setVisible(shown is not None)
        self.nothing.setVisible(shown is None)
        self.with_maximum.setVisible(main is not None and maximum is not None)
        self.set_title(f"{LIMIT_NAMES[shown.kind if shown else AccumulatorKind.DEDUCTIBLE]} progress")
        self.set_subtitle("")
        if shown is None:
            self.nothing.setText(f"Your plan states no limits {NETWORKS[choice.network]}.")
            return
        found = progress_of(choice, shown)
        beyond = (
            progress_of(choice, maximum) if main and maximum and self.with_maximum.isChecked() else None
        )
        self._draw(choice, shown, found, beyond)

    def _draw(self, choice: Choice, limit: Accumulator, found: Progress, beyond: Progress | None) -> None:
        who = whose(self._home, owner_of(limit, choice))
        self.set_subtitle(f"{who}, {NETWORKS[limit.network]}, by date of service".capitalize())
        chart = deductible_chart(
            found,
            today=choice.today,
            name_of=self._name_of,
            oop_limit=beyond.limit if beyond else None,
            limit_name=LIMIT_NAMES[limit.kind],
        )
        if beyond is not None:
            chart = self._with_maximum(chart, beyond)
        said = summary(found, f"{LIMIT_NAMES[limit.kind]}, {who}, {NETWORKS[limit.network]}")
        if beyond is not None:
            said += f" Out-of-pocket maximum: {dollars(beyond.used)} counted."
        self.view.show_chart(
            partial(_paint, chart=chart), summary=said, table=as_table(found, self._name_of)
        )
        words = _words(found, beyond)
        self.words.setText(" ".join(words) or f"Nothing counts toward it yet {NETWORKS[limit.network]}.")

    def _with_maximum(self, chart: ProgressChart, beyond: Progress) -> ProgressChart:
        steps = tuple(
            Step(
                step.day,
                step.total,
                step_words(step, self._name_of),
                step.claim.id if step.claim else None,
            )
            for step in beyond.steps
        )
        label = f"{dollars(beyond.used, whole=True)} toward the maximum" if steps else ""
        return replace(chart, second_steps=steps, second_label=label)

    def _name_of(self, claim: Claim) -> str:
        return self._names.get(claim.id or 0, "")

    @Slot()
    def _on_switched(self) -> None:
        self._refresh()
        self.switched.emit(self.with_maximum.isChecked())

    @Slot(object)
    def _on_activated(self, key: object) -> None:
        if isinstance(key, int):
            self.opened.emit(key)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.saved.emit(path)


def _words(found: Progress, beyond: Progress | None) -> list[str]:
    """What the picture means: whether it is met, where it heads, which line is which."""
    words = []
    if found.steps and found.limit is not None and found.used >= found.limit:
        words.append("It is met.")
    elif found.projection:
        words += [found.projection.words, found.projection.assumption]
    if beyond is not None and beyond.steps:
        words.append(
            f"The upper line counts toward the out-of-pocket maximum, {dollars(beyond.used)} so far."
        )
    return words


def _paint(painter: QPainter, rect: QRectF, *, ink: Ink, chart: ProgressChart) -> HitMap:
    return paint_progress(painter, rect, chart, ink)
