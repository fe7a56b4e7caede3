"""How spouses share one family HSA limit in a year (rulebook 5.1; IRC 223(b)(5))."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.facts import Person, percent
from tracker.facts.taxes import TaxFacts
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.rate_edit import RateEdit


class FamilyLimitDialog(CommitDialog):
    """Whether one of two spouses has family coverage, and whose share of the limit is how large."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        facts: TaxFacts,
        owner: Person,
        spouse: Person,
    ) -> None:
        super().__init__(
            f"Share the family limit of {facts.year}",
            parent,
            width=460,
            sentence=f"Where {owner.name} or {spouse.name} has family coverage, both share one family "
            "limit in any split you agree on. Each one's catch-up goes into the own HSA.",
        )
        self._context = context
        self._facts = facts
        self._spouse = spouse
        self.shared = QCheckBox("Married, with family coverage")
        self.share = RateEdit(placeholder="50%")
        self.form.add("married_with_family", "", self.shared)
        self.form.add("family_share", f"{owner.name}'s share", self.share, hint=" ")
        self.shared.setChecked(facts.married_with_family)
        self.share.set_rate(facts.family_share)
        self.shared.toggled.connect(self._on_shared)
        self.share.edited.connect(self._say)
        self._on_shared()

    @Slot()
    def _on_shared(self) -> None:
        self.form.field("family_share").setVisible(self.shared.isChecked())
        self._say()

    @Slot()
    def _say(self) -> None:
        share = self.share.so_far()
        rest = "" if share is None else f"{percent(10_000 - share)} is left for {self._spouse.name}."
        self.form.field("family_share").set_hint(rest)

    def save(self) -> bool:
        taxes = self._context.services.taxes
        share = self.share.rate_or_none()
        typed = replace(
            self._facts,
            married_with_family=self.shared.isChecked(),
            family_share=5_000 if share is None else share,
        )
        return self.commit(self._context, lambda: taxes.save_facts(typed), "Saving the split")
