"""The amounts of an EOB one below the other, as they are printed, and what they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.coverage.eob import check, your_share
from tracker.errors import UserProblem
from tracker.facts import Claim, Network
from ui.dialogs.so_far import cents_so_far
from ui.theme import theme
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit, amount_text

_ROWS = (
    ("billed", "Amount billed"),
    ("allowed", "Amount allowed"),
    ("plan_paid", "Your plan paid"),
    ("", "Your share"),
    ("deductible", "Deductible"),
    ("copay", "Copay"),
    ("coinsurance", "Coinsurance"),
    ("not_covered", "Not covered"),
    ("you_owe", "You owe"),
)
_NOTHING = Claim(person_id=0, provider_id=0, service_from=date(2000, 1, 1))


class EobAmounts(QWidget):
    """Eight amounts; `edited` comes from the person only.

    *You owe* left empty shows the sum of its parts as a proposal and is stored as that sum, so that
    an EOB typed from its parts is complete.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.edits: dict[str, MoneyEdit] = {}
        self._bare = _NOTHING
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        whole.addLayout(grid)
        for place, (name, words) in enumerate(_ROWS):
            if not name:
                grid.addWidget(Label(words, "bold"), place, 0, 1, 2)
                continue
            edit = MoneyEdit()
            edit.setObjectName(name)
            edit.setAccessibleName(words)
            edit.edited.connect(self._on_edited)
            edit.editingFinished.connect(self._show_check)
            edit.complained.connect(self._on_complained)
            label = Label(words, "bold" if name == "you_owe" else "quiet", wrap=True)
            label.setBuddy(edit)
            grid.addWidget(label, place, 0)
            grid.addWidget(edit, place, 1)
            self.edits[name] = edit
        self.complaint = Label("", "field", tone="bad", wrap=True)
        self.complaint.hide()
        self.check = Label("", wrap=True)
        self.check.setAccessibleName("Whether the EOB adds up")
        whole.addWidget(self.complaint)
        whole.addWidget(self.check)
        whole.addStretch(1)
        self._fit()
        theme().changed.connect(self._fit)
        self._show_check()

    def show_amounts(self, claim: Claim) -> None:
        """Show the amounts of a claim without telling anybody."""
        for name, edit in self.edits.items():
            edit.set_cents(getattr(claim, name))
        self._show_check()

    def apply(self, claim: Claim) -> Claim:
        """The claim with these amounts; raises UserProblem for what cannot be read."""
        amounts: dict[str, Any] = {name: edit.cents_or_none() for name, edit in self.edits.items()}
        return _with_owed(replace(claim, **amounts))

    def apply_so_far(self, claim: Claim) -> Claim:
        """The same while typing; what cannot be read yet is not there yet."""
        return _with_owed(self._typed(claim))

    def follow(self, network: Network, *, protected: bool) -> None:
        """Check the sums for this network: out of network, unless protected, an excess may come on top."""
        self._bare = replace(_NOTHING, network=network, protected=protected)
        self._show_check()

    def complain(self, problem: UserProblem) -> None:
        """Say what is wrong with an amount and put the cursor there."""
        edit = self.edits[problem.field or "billed"]
        edit.complain(problem)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, claim: Claim) -> Claim:
        """Without the proposal, so that a sum is not checked against itself."""
        amounts: dict[str, Any] = {name: cents_so_far(edit) for name, edit in self.edits.items()}
        return replace(claim, **amounts)

    @Slot()
    def _show_check(self) -> None:
        typed = self._typed(self._bare)
        share = your_share(typed)
        self.edits["you_owe"].setPlaceholderText("0.00" if share is None else amount_text(share))
        said = check(typed)
        self.check.setText(said.words)
        self.check.setVisible(bool(said.words))
        self.check.set_tone({True: "good", False: "bad", None: "quiet"}[said.adds_up])

    @Slot()
    def _on_edited(self) -> None:
        self._show_check()
        self.edited.emit()

    @Slot(str)
    def _on_complained(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))

    @Slot()
    def _fit(self) -> None:
        for edit in self.edits.values():
            edit.setFixedWidth(theme().px(142))


def _with_owed(claim: Claim) -> Claim:
    return claim if claim.you_owe is not None else replace(claim, you_owe=your_share(claim))
