"""The wizard's way to take limits and prices of a plan from the CMS files instead of typing the limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import problems
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.label import Label

if TYPE_CHECKING:
    from tracker.imports.cms_draft import FiledPlan, PlanDraft
    from ui.dialogs.plan_pick import PlanPickDialog
    from ui.jobs import JobRunner


class FiledTerms(QWidget):
    """A button, and once a plan is chosen what was read of it. `changed` carries the draft, or None."""

    changed = Signal(object)

    def __init__(self, family: Callable[[], bool], parent: QWidget | None = None) -> None:
        """`family` says whether more than one person is covered, at the time the files are read."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.jobs: JobRunner | None = None
        self.filed: FiledPlan | None = None
        self._family = family
        self.button = PlainButton("From the CMS plan files\u2026")
        self.button.setToolTip("Limits and prices of a marketplace plan, from files you downloaded")
        self.words = Label("", "quiet", wrap=True)
        self.type_instead = LinkButton("Type the limits instead")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for part in (self.button, self.words, self.type_instead):
            rows.addWidget(part)
        self.button.clicked.connect(self.choose)
        self.type_instead.clicked.connect(self._on_type_instead)
        self._show("")

    @Slot()
    def choose(self) -> PlanPickDialog:
        """Open the dialog over the wizard."""
        from ui.dialogs.plan_pick import PlanPickDialog
        from ui.jobs import JobRunner

        jobs = self.jobs or JobRunner(self)
        dialog = PlanPickDialog(
            jobs, lambda problem: problems.show(problem, self), self, family=self._family()
        )
        dialog.picked.connect(self._on_picked)
        dialog.open()
        return dialog

    @Slot(object, object)
    def _on_picked(self, filed: FiledPlan, draft: PlanDraft) -> None:
        self.filed = filed
        services = len({rule.category for rule in draft.rules})
        self._show(f"Limits, and what you pay for {services:,} services, come from {draft.plan.filed_id}.")
        self.changed.emit(draft)

    @Slot()
    def _on_type_instead(self) -> None:
        self.filed = None
        self._show("")
        self.changed.emit(None)

    def _show(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.type_instead.setVisible(bool(words))
