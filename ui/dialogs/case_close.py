"""Closing a case: how it ended, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.domain.claims.case_standing import OUTCOME_WORDS, CaseStanding
from tracker.facts import CaseKind, CaseOutcome, Turn
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_WON_OR_LOST = (CaseKind.DISPUTE, CaseKind.APPEAL, CaseKind.ESTIMATE_DISPUTE)


class CloseCaseDialog(CommitDialog):
    """What was recovered counts in the totals and in the year's review."""

    stored = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None, *, standing: CaseStanding) -> None:
        case = standing.case
        super().__init__(
            "Close case", parent, save_text="Close case", columns=2, sentence=case.title, width=480
        )
        self._context = context
        self._case = case
        judged = case.kind in _WON_OR_LOST
        first = CaseOutcome.WON if judged else CaseOutcome.DONE
        offered = [first, *(each for each in CaseOutcome if each not in (first, CaseOutcome.OPEN))]
        self.outcome = OptionEdit([(each.value, OUTCOME_WORDS[each]) for each in offered])
        self.closed_on = DayEdit(context.today)
        self.closed_on.set_day(context.today)
        self.recovered = MoneyEdit()
        self.recovered.set_cents(standing.recovered or (case.at_stake if judged else None))
        self.note = NoteEdit()
        self.note.set_text(case.note)
        hint = f"At stake were {dollars(case.at_stake)}." if case.at_stake else ""
        self.form.add("outcome", "How it ended", self.outcome)
        self.form.add("closed_on", "On", self.closed_on)
        self.form.add("recovered", "Recovered, or need not be paid", self.recovered, hint=hint, wide=True)
        self.form.add("note", "Note", self.note, wide=True)
        self.outcome.edited.connect(self._on_outcome)

    def _on_outcome(self) -> None:
        """A lost case brought nothing, unless somebody typed otherwise."""
        lost = self.outcome.key() in (CaseOutcome.LOST.value, CaseOutcome.ABANDONED.value)
        if lost and self.recovered.text() and self._case.recovered is None:
            self.recovered.set_cents(None)

    def save(self) -> bool:
        closed = replace(
            self._case,
            outcome=CaseOutcome(self.outcome.key()),
            closed_on=self.closed_on.day(),
            recovered=self.recovered.cents_or_none(),
            note=self.note.text(),
            turn=Turn.NOBODY,
        )
        cases = self._context.services.cases
        return self.commit(self._context, lambda: cases.save(closed), "Closing the case")

    def _on_done(self, changes: Changes) -> None:
        super()._on_done(changes)
        self.stored.emit(self._case.id or 0)
