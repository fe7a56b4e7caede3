"""The card beside the detail: the dispute's steps, or what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.dispute_flow import Standing, moves_of, standing
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.row_check import is_said
from tracker.facts import Case
from tracker.money import dollars
from ui.pages.claims_steps import StepList
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label


class NextCard(Card):
    """Tells what is asked of it; the page does it."""

    record_asked = Signal(object)
    """The case whose step is to be recorded."""
    case_asked = Signal(int)
    letter_asked = Signal()
    call_asked = Signal()
    dispute_asked = Signal()
    finding_asked = Signal(str)
    """The key of a finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What to do next", parent=parent)
        self._case: Case | None = None
        self._key = ""
        self.steps = StepList()
        self.hint = Label("", wrap=True)
        self.follow = Label("", "caption", wrap=True)
        self.todo = _Todo()
        self.body.addWidget(self.steps)
        self.body.addWidget(self.todo)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.follow)
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        self.record_button = PlainButton("Record step\u2026")
        self.open_button = PlainButton("Open case\u2026")
        self.dispute_button = PlainButton("Open a case\u2026")
        self.call_button = PlainButton("Log a call\u2026", "phone")
        self.finding_button = LinkButton("See what was found")
        for button in (
            self.record_button,
            self.open_button,
            self.dispute_button,
            self.call_button,
            self.finding_button,
        ):
            flow.addWidget(button)
        self.body.addWidget(line)
        self.record_button.clicked.connect(self._on_record)
        self.open_button.clicked.connect(self._on_open)
        self.dispute_button.clicked.connect(self.dispute_asked)
        self.call_button.clicked.connect(self.call_asked)
        self.finding_button.clicked.connect(self._on_finding)

    def show_row(self, papers: Papers, row: CareRow) -> None:
        """Show a row's dispute where there is one, else what its check asks for."""
        self._case = row.case
        self._key = row.findings[0].key if row.findings else ""
        self.finding_button.setVisible(bool(self._key))
        self.steps.setVisible(row.case is not None)
        self.todo.setVisible(row.case is None)
        self.open_button.setVisible(row.case is not None)
        self.dispute_button.setVisible(row.case is None)
        if row.case is not None:
            called = [call.called_on for call in papers.calls if call.case_id == row.case.id]
            self._show_case(
                row.case, standing(moves_of(row.case), row.case.opened_on, papers.today, also_moved=called)
            )
            return
        self.set_title("What to do next")
        self.set_note("")
        self.record_button.hide()
        graver = [finding for finding in row.findings if not is_said(finding)]
        found = [finding.first for finding in graver if finding.first not in row.check.todo]
        todo = [*row.check.todo, *found[:3]]
        self.todo.show_lines(todo or ["Nothing: this is settled."])
        self.hint.hide()
        self.follow.hide()

    def _show_case(self, case: Case, found: Standing) -> None:
        self.set_title(
            "Dispute" if case.kind == "dispute" else "Appeal" if case.kind == "appeal" else "Dispute"
        )
        closed = case.closed_on if case.closed_on else None
        day = f"closed {day_text(closed)}" if closed else f"opened {day_text(case.opened_on, year=False)}"
        self.set_note(day)
        self.steps.show_steps(found.steps)
        self.record_button.setVisible(not found.is_closed and closed is None)
        name = found.current.name
        step = f"Next: {name[:1].lower()}{name[1:]}. {found.current.hint}"
        self.hint.setText(found.words if found.is_closed else step)
        self.hint.show()
        self.follow.setText(_follow(case, found))
        self.follow.setVisible(bool(self.follow.text()))
        self.follow.set_tone("warning" if found.follow_up_due else "")

    @Slot()
    def _on_record(self) -> None:
        if self._case is not None:
            self.record_asked.emit(self._case)

    @Slot()
    def _on_open(self) -> None:
        if self._case is not None and self._case.id is not None:
            self.case_asked.emit(self._case.id)

    @Slot()
    def _on_finding(self) -> None:
        self.finding_asked.emit(self._key)


class _Todo(QWidget):
    """Numbered sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.labels: list[Label] = []

    def show_lines(self, lines: list[str]) -> None:
        while len(self.labels) < len(lines):
            label = Label("", wrap=True)
            self.labels.append(label)
            self._rows.addWidget(label)
        for place, label in enumerate(self.labels):
            label.setVisible(place < len(lines))
            if place < len(lines):
                number = f"{place + 1}.  " if len(lines) > 1 else ""
                label.setText(number + breakable(lines[place]))


def _follow(case: Case, found: Standing) -> str:
    """What was promised last, and when to ask again."""
    said = [] if found.is_closed else [f"{found.turn.words}."]
    promised = next((step for step in reversed(case.steps) if step.promise), None)
    if promised is not None and not found.is_closed:
        by = f" by {day_text(promised.promised_by)}" if promised.promised_by else ""
        said.append(f"Promised: {promised.promise}{by}.")
    if found.follow_up_on is not None:
        verb = "Nothing has moved since then. Ask again" if found.follow_up_due else "Ask again"
        said.append(f"{verb} by {day_text(found.follow_up_on)}.")
    if case.at_stake and not found.is_closed:
        said.append(f"At stake: {dollars(case.at_stake)}.")
    if case.recovered:
        said.append(f"Recovered: {dollars(case.recovered)}.")
    return " ".join(said)
