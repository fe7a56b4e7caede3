"""Which of two plans pays first (rulebook 1.14), in a plan's form where somebody has another plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from tracker.facts import CobMethod, Coordination, Person, Plan
from ui.models.coverage_words import short
from ui.models.plan_words import METHODS, RANKS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label


class CoordinationFields(QObject):
    """Shown while the plan covers somebody whom another covers too; else everything stays as it was."""

    edited = Signal()

    def __init__(self, form: Form, today: date) -> None:
        super().__init__(form)
        self._kept = Coordination()
        self.box = QWidget()
        rows = QVBoxLayout(self.box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self.about = Label("", "caption", wrap=True)
        rows.addWidget(Label("Beside another plan", "bold"))
        rows.addWidget(self.about)
        self.form = Form(2)
        rows.addWidget(self.form)
        form.add_line(self.box)
        self.box.hide()
        self.rank = OptionEdit(RANKS)
        self.subscriber = OptionEdit([("", "Not known")])
        self.method = OptionEdit([(key.value, words) for key, words in METHODS.items()])
        self.clause = QCheckBox("It coordinates with other plans")
        self.active = QCheckBox("It comes with active work")
        self.active.setToolTip("Not COBRA and not a retiree\u2019s plan")
        self.large = QCheckBox("The employer has 20 people or more")
        self.since = DayEdit(today)
        self.since.setPlaceholderText("Not known")
        add = self.form.add
        add("rank", "We asked", self.rank)
        add("subscriber_id", "Whose plan it is", self.subscriber)
        add("method", "When it pays second", self.method, wide=True)
        add("has_clause", "", self.clause)
        add("active_employment", "", self.active)
        add("large_employer", "", self.large)
        add("covered_since", "Covered by it since", self.since)
        for edit in (self.rank, self.subscriber, self.method, self.since):
            edit.edited.connect(self._on_edited)
        for box in (self.clause, self.active, self.large):
            box.clicked.connect(self._on_edited)
        self.show_order(Coordination())

    def show_order(self, order: Coordination) -> None:
        """What is stored, without telling anybody."""
        self._kept = order
        self.rank.choose("" if order.rank is None else str(order.rank))
        self.method.choose(order.method.value)
        self.clause.setChecked(order.has_clause)
        self.active.setChecked(order.active_employment)
        self.large.setChecked(order.large_employer)
        self.since.set_day(order.covered_since)
        self.subscriber.choose(str(order.subscriber_id or ""))

    def show_people(self, people: Sequence[Person]) -> None:
        self.subscriber.set_options(
            [("", "Not known"), *[(str(person.id), short(person.name)) for person in people]]
        )
        self.subscriber.choose(str(self._kept.subscriber_id or ""))

    def show_beside(self, others: Sequence[Plan]) -> None:
        """Say which plans cover the same people on the same days, or hide everything."""
        names = ", ".join(short(plan.name) for plan in others)
        self.about.setText(
            f"{names} {'covers' if len(others) == 1 else 'cover'} the same people on the same days. "
            "What is known here decides which pays first; the plans\u2019 own word beats every rule."
        )
        self.box.setVisible(bool(others))

    def order(self) -> Coordination:
        """What the form says; raises UserProblem for a day that cannot be read."""
        if self.box.isHidden():
            return self._kept
        return self._made(self.since.day_or_none())

    def order_so_far(self) -> Coordination:
        return self._kept if self.box.isHidden() else self._made(self._kept.covered_since)

    def _made(self, since: date | None) -> Coordination:
        rank, subscriber = self.rank.key(), self.subscriber.key()
        return Coordination(
            subscriber_id=int(subscriber) if subscriber else None,
            method=CobMethod(self.method.key()),
            has_clause=self.clause.isChecked(),
            active_employment=self.active.isChecked(),
            large_employer=self.large.isChecked(),
            covered_since=since,
            rank=int(rank) if rank else None,
        )

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
