"""Ending a finding without a case: it is no problem, or the money came back."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.domain.claims.findings.finding import Finding
from tracker.facts import FindingState
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.money_edit import MoneyEdit


class DismissDialog(CommitDialog):
    """Asks why it is no problem; the finding stays in the list of what is done, and can be put back."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, finding: Finding) -> None:
        super().__init__("Dismiss finding", parent, save_text="Dismiss", sentence=finding.title)
        self._context, self._finding = context, finding
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Such as: two visits on that day")
        self.form.add("reason", "Why it is no problem", self.reason, wide=True)

    def save(self) -> bool:
        findings, key, reason = self._context.services.findings, self._finding.key, self.reason.text()
        amount = self._finding.at_stake or None
        return self.commit(
            self._context,
            lambda: findings.decide(key, FindingState.DISMISSED, reason=reason, amount=amount),
            "Saving",
        )


class RecoveredDialog(CommitDialog):
    """Asks how much came back, or need not be paid any more."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, finding: Finding) -> None:
        super().__init__("Money recovered", parent, sentence=finding.title)
        self._context, self._finding = context, finding
        self.amount, self.reason = MoneyEdit(), QLineEdit()
        self.amount.set_cents(finding.at_stake or None)
        self.form.add("amount", "How much came back, or was taken off", self.amount)
        self.form.add("reason", "Note", self.reason)

    def save(self) -> bool:
        findings, key = self._context.services.findings, self._finding.key
        amount, reason = self.amount.cents(), self.reason.text()
        return self.commit(
            self._context,
            lambda: findings.decide(key, FindingState.RECOVERED, reason=reason, amount=amount),
            "Saving",
        )
