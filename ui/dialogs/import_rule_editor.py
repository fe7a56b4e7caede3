"""One rule of the list: its form with a count of the payments it fits while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.importing.rule_runs import fitting
from tracker.errors import UserProblem
from tracker.facts import MoneySource
from tracker.facts.accounts import Qualifies
from tracker.facts.importing import Entered, ImportRule
from tracker.services import rule_runs
from ui.context import Context
from ui.dialogs.expense_note import SAYS
from ui.dialogs.import_rule import RuleDialog
from ui.jobs import Job
from ui.models.accounts_words import SOURCES
from ui.models.import_read import Names
from ui.models.import_rule_words import fits_words
from ui.widgets.choice_edit import OptionEdit

_PAUSE_MS = 200


class RuleEditor(RuleDialog):
    """`place` is the rule's among all; None adds it as the first."""

    _counted = ""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        rule: ImportRule,
        names: Names,
        *,
        place: int | None = None,
    ) -> None:
        title = "Add a rule" if place is None else "Change a rule"
        super().__init__(context, parent, rule, names, title=title)
        self._place = place
        self._payments: Sequence[Entered] | None = None
        self._job: Job[list[Entered]] | None = None
        self.source = OptionEdit(
            [("", "As the file says"), *((key.value, SOURCES[key]) for key in SOURCES)]
        )
        self.source.choose(rule.source.value if rule.source else "")
        self.qualifies = OptionEdit(
            [("", "As its kind says"), *((key.value, words) for key, words in SAYS.items())]
        )
        self.qualifies.choose(rule.qualifies.value if rule.qualifies else "")
        self.form.add("source", "What it is in an HSA", self.source)
        self.form.add("qualifies", "Does it count", self.qualifies)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        for edit in (self.payee_has, self.memo_has):
            edit.textEdited.connect(self._pause.start)
        for amount in (self.amount_from, self.amount_to):
            amount.editingFinished.connect(self._pause.start)
        self.direction.edited.connect(self._pause.start)
        self.account.edited.connect(self._pause.start)
        services = context.services
        context.load(self, lambda: rule_runs.payments(services), self._show_payments)

    def among(self, rules: list[ImportRule], typed: ImportRule) -> list[ImportRule]:
        if self._place is None or self._place >= len(rules):
            return [typed, *rules]
        return [typed if place == self._place else rule for place, rule in enumerate(rules)]

    def typed(self) -> ImportRule:
        source, counts = self.source.key(), self.qualifies.key()
        return replace(
            super().typed(),
            source=MoneySource(source) if source else None,
            qualifies=Qualifies(counts) if counts else None,
        )

    @Slot()
    def _say(self) -> None:
        super()._say()
        if self._counted:
            self.fits.setText(f"{self.fits.text()} {self._counted}")

    def _show_payments(self, found: Sequence[Entered]) -> None:
        self._payments = found
        self._count()

    @Slot()
    def _count(self) -> None:
        """Count beside the window; 50,000 payments take a moment."""
        if self._payments is None:
            return
        try:
            rule = self._conditions()
        except UserProblem:
            return
        if self._job is not None:
            self._job.cancel()
        if not _asks(rule):
            self._tell("Say which payee or amount it is for.")
            return
        work = partial(fitting, rule, self._payments)
        self._job = self._context.load(self, work, self._show_count)

    def _show_count(self, found: Sequence[Entered]) -> None:
        self._tell(fits_words(found))

    def _tell(self, words: str) -> None:
        self._counted = words
        self._say()


def _asks(rule: ImportRule) -> bool:
    asks = (rule.payee_has, rule.memo_has, rule.amount_from, rule.amount_to, rule.account_id)
    return any(item not in ("", None) for item in asks)
