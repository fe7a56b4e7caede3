"""Dismissing a finding: it is no problem, and here is why."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.domain.claims.findings.finding import Finding
from tracker.facts import FindingNote, FindingState
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog


class DismissDialog(CommitDialog):
    """Asks for a reason; the finding stays in the list of what is done, and can be put back."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, finding: Finding) -> None:
        super().__init__("Dismiss finding", parent, save_text="Dismiss", sentence=finding.title)
        self._context, self._finding = context, finding
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Such as: two visits on that day")
        self.form.add("reason", "Why it is no problem", self.reason, wide=True)

    def save(self) -> bool:
        note = FindingNote(
            key=self._finding.key,
            state=FindingState.DISMISSED,
            reason=self.reason.text().strip(),
            amount=self._finding.at_stake or None,
            noted_on=self._context.today,
        )
        cases = self._context.services.cases
        return self.commit(self._context, lambda: cases.note_finding(note), "Saving")
