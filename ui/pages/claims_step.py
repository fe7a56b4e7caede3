"""Recording a step of a dispute: how it ended, who said what, and what was promised (rulebook 3.7)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Changes
from tracker.domain.claims.dispute_flow import advance, moves_of, skips, standing
from tracker.domain.claims.dispute_steps import GIVING_UP, Exit, Step
from tracker.facts import Case, CaseOutcome, CaseStep, StepOutcome
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_OUTCOMES = {
    StepOutcome.WRITTEN_OFF: CaseOutcome.WRITTEN_OFF,
    StepOutcome.ABANDONED: CaseOutcome.ABANDONED,
    StepOutcome.DECIDED_FOR: CaseOutcome.WON,
    StepOutcome.APPROVED: CaseOutcome.WON,
    StepOutcome.DECIDED_AGAINST: CaseOutcome.LOST,
}
"""How a case ended by its last step; by any other it is simply done."""


class StepDialog(CommitDialog):
    """Offers what the present step may lead to. A step that ends the case closes it."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, case: Case) -> None:
        self._context, self._case = context, case
        self._moves = moves_of(case)
        found = standing(self._moves, case.opened_on, context.today)
        self._now = found.current.step
        super().__init__(
            "Record step",
            parent,
            columns=2,
            sentence=f"{case.title}. {found.words} {found.current.hint}",
            width=520,
        )
        self._ways: dict[str, Exit] = {}
        options = []
        for way in (*found.exits, *self._within(), *GIVING_UP, *skips(self._moves)):
            key = f"{way.outcome.value}:{int(way.to)}"
            self._ways[key] = way
            skipping = way.outcome is StepOutcome.SKIPPED
            options.append((key, f"Skip. {way.words}" if skipping else way.words))
        self.outcome = OptionEdit(options)
        self.done_on = DayEdit(context.today)
        self.done_on.set_day(context.today)
        self.spoke_with, self.reference = QLineEdit(), QLineEdit()
        self.promise, self.promised_by = QLineEdit(), DayEdit(context.today)
        self.amount = MoneyEdit()
        self.reason = QLineEdit()
        self.note = NoteEdit(lines=2)
        add = self.form.add
        add("outcome", "What happened", self.outcome, wide=True)
        add("reason", "Reason", self.reason, wide=True)
        add("on", "On", self.done_on)
        add("amount", "Amount, if any", self.amount)
        add("spoke_with", "Spoke with", self.spoke_with)
        add("reference", "Reference number", self.reference)
        add("promise", "What they promised", self.promise)
        add("promised_by", "By when", self.promised_by)
        add("note", "Note", self.note, wide=True)
        self.outcome.edited.connect(self._arrange)
        self._arrange()

    def save(self) -> bool:
        outcome, to = self._way.outcome, self._way.to
        day = self.done_on.day()
        reason = self.reason.text().strip()
        advance(self._moves, outcome, day, to=to, reason=reason)  # refuses what the steps do not allow
        step = CaseStep(
            number=int(self._now),
            outcome=outcome,
            leads_to=int(to),
            done_on=day,
            reason=reason,
            spoke_with=self.spoke_with.text().strip(),
            reference=self.reference.text().strip(),
            promise=self.promise.text().strip(),
            promised_by=self.promised_by.day_or_none(),
            amount=self.amount.cents_or_none(),
            note=self.note.text(),
        )
        return self.commit(self._context, lambda: self._stored(step), "Saving")

    def _stored(self, step: CaseStep) -> Changes:
        cases = self._context.services.cases
        case = cases.get(self._case.id or 0)
        after = standing(
            (*moves_of(case), *moves_of(replace(case, steps=(step,)))), case.opened_on, step.done_on
        )
        if not after.is_closed:
            return cases.record_step(case.id or 0, step, turn=after.turn)
        won = _OUTCOMES.get(step.outcome, CaseOutcome.DONE)
        back = step.amount if step.amount is not None else case.recovered
        return cases.save(
            replace(
                case,
                steps=(*case.steps, step),
                turn=after.turn,
                outcome=won,
                closed_on=step.done_on,
                recovered=back,
            )
        )

    @property
    def _way(self) -> Exit:
        """What is chosen."""
        return self._ways[self.outcome.key()]

    def _within(self) -> list[Exit]:
        """What happens without ending the step."""
        found = [Exit(StepOutcome.NOTED, self._now, "Only note something; the step goes on.")]
        if self._now is Step.APPEAL:
            filed = "The appeal was filed: wait for the decision."
            found.insert(0, Exit(StepOutcome.FILED, self._now, filed))
        return found

    @Slot()
    def _arrange(self) -> None:
        outcome, to = self._way.outcome, self._way.to
        needs = outcome in (StepOutcome.SKIPPED, StepOutcome.ABANDONED, StepOutcome.WRITTEN_OFF)
        self.form.field("reason").setVisible(needs)
        closing = to is Step.RESOLUTION
        self.form.field("amount").set_label("Amount you got back" if closing else "Amount, if any")
        self._grow()
