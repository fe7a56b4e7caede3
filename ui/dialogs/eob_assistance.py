"""What a drug's manufacturer paid of the member's share, and whether that counts (rulebook 1.12)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tracker.facts import Claim
from ui.dialogs.so_far import cents_so_far
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form import Form
from ui.widgets.money_edit import MoneyEdit

_PLAN, _COUNTS, _NOT = "plan", "counts", "not"


class EobAssistance:
    """Two fields of a form, out of the way unless the EOB is for a drug or holds such an amount."""

    def __init__(self, form: Form) -> None:
        self.amount = MoneyEdit()
        self.counting = OptionEdit(
            [(_PLAN, "As the plan says"), (_COUNTS, "It counts"), (_NOT, "It does not count")]
        )
        field = form.add("assistance", "Manufacturer\u2019s copay assistance", self.amount)
        form.add("assistance_counts", "Does it count toward your limits?", self.counting)
        self._row: QWidget | None = field.parentWidget()
        self.show_for(drug=False)

    def show_claim(self, claim: Claim) -> None:
        """Show a claim's amount without telling anybody."""
        self.amount.set_cents(claim.assistance or None)
        counts = claim.assistance_counts
        self.counting.choose(_PLAN if counts is None else _COUNTS if counts else _NOT)

    def show_for(self, *, drug: bool) -> bool:
        """Show the fields for a drug, or where something stands in them; true where that changed."""
        wanted = drug or bool(self.amount.text().strip())
        if self._row is None or wanted == (not self._row.isHidden()):
            return False
        self._row.setVisible(wanted)
        return True

    def apply(self, claim: Claim) -> Claim:
        """The claim with this assistance; raises UserProblem for what cannot be read."""
        return self._with(claim, self.amount.cents_or_none() or 0)

    def apply_so_far(self, claim: Claim) -> Claim:
        return self._with(claim, max(0, cents_so_far(self.amount) or 0))

    def _with(self, claim: Claim, cents: int) -> Claim:
        counts = {_PLAN: None, _COUNTS: True, _NOT: False}[self.counting.key()] if cents else None
        return replace(claim, assistance=cents, assistance_counts=counts)
