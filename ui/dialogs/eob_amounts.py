"""The amounts of an EOB one below the other, as they are printed, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.claims.line_sums import off_by, sums
from tracker.domain.coverage.eob import check, your_share
from tracker.errors import UserProblem
from tracker.facts import Claim, EobLine, Network
from tracker.money import dollars
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
NOTHING = Claim(person_id=0, provider_id=0, service_from=date(2000, 1, 1))


class EobAmounts(QWidget):
    """Eight amounts; `edited` comes from the person only.

    *You owe* left empty shows the sum of its parts as a proposal and is stored as that sum, so that
    an EOB typed from its parts is complete. Totals that nobody typed are the sums of the lines; those
    that were typed stay, marked where the lines add to something else.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.edits: dict[str, MoneyEdit] = {}
        self.off: dict[str, Label] = {}
        self._bare = NOTHING
        self._from_lines: set[str] = set()
        self._lines: Sequence[EobLine] = ()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        self._grid = grid
        whole.addLayout(grid)
        for place, (name, words) in enumerate(_ROWS):
            if not name:
                grid.addWidget(Label(words, "bold"), place, 0, 1, 2)
                continue
            edit = MoneyEdit()
            edit.setObjectName(name)
            edit.setAccessibleName(words)
            edit.edited.connect(partial(self._on_edited, name))
            edit.editingFinished.connect(self._show_check)
            edit.complained.connect(self._on_complained)
            label = Label(words, "bold" if name == "you_owe" else "quiet", wrap=True)
            label.setBuddy(edit)
            grid.addWidget(label, place, 0)
            grid.addWidget(edit, place, 1)
            off = Label("", "caption", tone="warning", wrap=True)
            off.hide()
            grid.addWidget(off, place, 2)
            self.edits[name], self.off[name] = edit, off
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
        self._from_lines.clear()
        self._show_check()

    @Slot()
    def begin(self) -> None:
        """Put the cursor into the first amount."""
        edit = self.edits["billed"]
        edit.setFocus(Qt.FocusReason.TabFocusReason)
        edit.selectAll()

    def follow_lines(self, lines: Sequence[EobLine], *, fill: bool = True) -> None:
        """Fill totals nobody typed with the sums of the lines, and mark by how much the others are off.

        Without `fill` only mark: an EOB that is merely looked at stays as it is.
        """
        added = sums(lines)
        for name, edit in self.edits.items():
            if fill and (name in self._from_lines or not edit.text().strip()):
                if name in added:
                    edit.set_cents(added[name])
                    self._from_lines.add(name)
                elif name in self._from_lines:
                    edit.set_cents(None)
                    self._from_lines.discard(name)
        self._mark_off(lines)
        self._show_check()

    def _mark_off(self, lines: Sequence[EobLine]) -> None:
        self._lines = lines
        # Room for the marks from the first line on, so that no field moves when one appears.
        self._grid.setColumnMinimumWidth(2, theme().px(88) if lines else 0)
        typed = self._typed(self._bare)
        apart = off_by({name: getattr(typed, name) for name in self.edits}, lines)
        for name, label in self.off.items():
            label.setText(f"Off by {dollars(abs(apart[name]))}" if name in apart else "")
            label.setToolTip(f"The lines add to {dollars(sums(lines)[name])}." if name in apart else "")
            label.setVisible(name in apart)
            self.edits[name].setAccessibleDescription(label.text())

    def apply(self, claim: Claim) -> Claim:
        """The claim with these amounts; raises UserProblem for what cannot be read."""
        amounts: dict[str, Any] = {name: edit.cents_or_none() for name, edit in self.edits.items()}
        return _with_owed(replace(claim, **amounts))

    def apply_so_far(self, claim: Claim) -> Claim:
        """The same while typing; what cannot be read yet is not there yet."""
        return _with_owed(self._typed(claim))

    def follow(self, network: Network, *, protected: bool, rest: Claim = NOTHING) -> None:
        """Check the sums for this network: out of network, unless protected, an excess may come on top.

        `rest` has what other insurance paid and a penalty.
        """
        self._bare = replace(
            NOTHING,
            network=network,
            protected=protected,
            other_paid=rest.other_paid,
            penalty=rest.penalty,
        )
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

    def _on_edited(self, name: str) -> None:
        self._from_lines.discard(name)
        self._mark_off(self._lines)
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
