"""Recording what happened in a case: how a step ended, who said what, what was promised (rulebook 3.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.claims.case_days import DISPUTES, met_by, on_step, with_days
from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.case_steps import Reimbursed, plain_steps
from tracker.domain.claims.cases import outcome_of, standing_of
from tracker.domain.claims.dispute_flow import advance, moves_of, skips
from tracker.domain.claims.dispute_steps import GIVING_UP, Step
from tracker.domain.claims.papers import Papers
from tracker.errors import UserProblem
from tracker.facts import CaseKind, CaseStep, Claim, StepOutcome
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit


@dataclass(frozen=True, slots=True)
class StepWay:
    """One thing that may be recorded now."""

    key: str
    outcome: StepOutcome
    number: int
    to: int
    words: str

    @property
    def needs_reason(self) -> bool:
        return self.outcome in (StepOutcome.SKIPPED, StepOutcome.ABANDONED, StepOutcome.WRITTEN_OFF)


def ways_of(standing: CaseStanding) -> list[StepWay]:
    """Everything that may be recorded, the likely ones first."""
    case, number = standing.case, standing.number
    if case.kind in DISPUTES:
        found = [
            (way.outcome, int(way.to), way.words)
            for way in (standing.dispute.exits if standing.dispute else ())
        ]
        if number == Step.APPEAL:
            found.insert(0, (StepOutcome.FILED, number, "The appeal was filed: they decide."))
        found.append((StepOutcome.NOTED, number, "Something happened, the step goes on."))
        found += [(way.outcome, int(way.to), way.words) for way in GIVING_UP]
        found += [
            (way.outcome, int(way.to), f"Skip. {way.words}")
            for way in skips(moves_of(case))
            if way.to is not Step.RESOLUTION
        ]
    else:
        found = _plain_ways(standing)
    return [
        StepWay(f"{outcome.value}:{at}:{to}", outcome, at, to, words)
        for at, (outcome, to, words) in ((_at(case.kind, number, row), row) for row in found)
    ]


def _plain_ways(standing: CaseStanding) -> list[tuple[StepOutcome, int, str]]:
    steps = plain_steps(standing.case.kind)
    number = standing.number
    found: list[tuple[StepOutcome, int, str]] = []
    if standing.case.kind is CaseKind.REIMBURSEMENT:
        if number == Reimbursed.ACKNOWLEDGED:
            found.append((StepOutcome.WENT_ON, Reimbursed.DECIDED, "The insurer has it."))
        if number >= Reimbursed.ACKNOWLEDGED:
            found.append((StepOutcome.WENT_ON, Reimbursed.PAID, _MONEY))
    elif number < len(steps):
        found.append((StepOutcome.WENT_ON, number + 1, f"Done: {steps[number - 1].name.lower()}."))
    found.append((StepOutcome.NOTED, number, "Something happened, the step goes on."))
    return found


_MONEY = "Money came."


def _at(kind: CaseKind, number: int, row: tuple[StepOutcome, int, str]) -> int:
    """The step that is recorded: money of a reimbursement is always its last."""
    return int(Reimbursed.PAID) if kind is CaseKind.REIMBURSEMENT and row[2] == _MONEY else number


class CaseStepDialog(CommitDialog):
    """One step with its facts; what it leads to, its days and a resolution follow by themselves."""

    stored = Signal(int)
    """The case's id."""

    def __init__(
        self, context: Context, parent: QWidget | None, *, standing: CaseStanding, papers: Papers
    ) -> None:
        super().__init__(
            "Next step",
            parent,
            columns=2,
            sentence=f"{standing.case.title or standing.kind_words}. {standing.words}",
            width=560,
        )
        self._context = context
        self._case = standing.case
        self._papers = papers
        self._ways = ways_of(standing)
        self.what = OptionEdit([(way.key, way.words) for way in self._ways])
        self.on = DayEdit(context.today)
        self.on.set_day(context.today)
        self.spoke_with, self.reference = QLineEdit(), QLineEdit()
        self.promise = QLineEdit()
        self.promised_by = DayEdit(context.today)
        self.amount, self.reason, self.note = MoneyEdit(), QLineEdit(), NoteEdit()
        self.leads = Label("", "caption", wrap=True)
        add = self.form.add
        add("outcome", "What happened", self.what, wide=True)
        self.form.add_line(self.leads)
        add("reason", "Why", self.reason, wide=True)
        add("on", "On", self.on)
        add("amount", "Amount", self.amount)
        add("spoke_with", "Spoke with", self.spoke_with)
        add("reference", "Reference number", self.reference)
        add("promise", "Promised", self.promise)
        add("promised_by", "By", self.promised_by)
        add("note", "Note", self.note, wide=True)
        self.what.edited.connect(self._arrange)
        self._arrange()

    @property
    def way(self) -> StepWay:
        return next(way for way in self._ways if way.key == self.what.key())

    @Slot()
    def _arrange(self) -> None:
        self.form.field("reason").setVisible(self.way.needs_reason)
        days = self._days_words()
        self.leads.setText(days)
        self.leads.setVisible(bool(days))
        self._grow()

    def _days_words(self) -> str:
        try:
            on = self.on.day()
        except UserProblem:
            return ""
        step = CaseStep(number=self.way.number, outcome=self.way.outcome, leads_to=self.way.to, done_on=on)
        moved = replace(self._case, steps=(*self._case.steps, step))
        found = on_step(moved, step, self._claim())
        said = "; ".join(f"{each.label} by {day_text(each.do_by)}" for each in found)
        return f"Puts down: {said}." if said else ""

    def _claim(self) -> Claim | None:
        return self._papers.claim_by_id.get(self._case.claim_id or 0)

    def save(self) -> bool:
        case, way = self._case, self.way
        step = CaseStep(
            number=way.number,
            outcome=way.outcome,
            leads_to=way.to,
            done_on=self.on.day(),
            reason=self.reason.text() if way.needs_reason else "",
            spoke_with=self.spoke_with.text(),
            reference=self.reference.text(),
            promise=self.promise.text(),
            promised_by=self.promised_by.day_or_none(),
            amount=self.amount.cents_or_none(),
            note=self.note.text(),
        )
        if case.kind in DISPUTES:
            advance(moves_of(case), way.outcome, step.done_on, to=Step(way.to), reason=step.reason)
        elif case.steps and step.done_on < case.opened_on:
            raise UserProblem("That is before the case was opened.", "Check the day.", field="on")
        moved = met_by(replace(case, steps=(*case.steps, step)), step)
        moved = with_days(moved, on_step(moved, step, self._claim()))
        if case.kind in DISPUTES and way.to == Step.RESOLUTION:
            moved = replace(
                moved,
                outcome=outcome_of(step),
                closed_on=step.done_on,
                recovered=step.amount if step.amount is not None else moved.recovered,
            )
        moved = replace(moved, turn=standing_of(moved, self._papers).turn)
        cases = self._context.services.cases
        return self.commit(self._context, lambda: cases.save(moved), "Saving the step")

    def _on_done(self, changes: Changes) -> None:
        super()._on_done(changes)
        self.stored.emit(self._case.id or 0)
