"""Whether an EOB corrects an earlier one or takes it back, and what that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.claims.same_paper import corrections_of
from tracker.domain.claims.side_by_side import what_changed
from tracker.facts import Claim, EobVersion
from tracker.money import dollars
from ui.dialogs.split_editor import OnlyMatchChoice
from ui.models.coverage_words import short
from ui.widgets.label import Label

_MOST = 200


class EobCorrection(QWidget):
    """The EOB that is corrected, and *void*. `edited` comes from the person only."""

    edited = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claims: dict[int, Claim] = {}
        self._start: Claim | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.earlier = OnlyMatchChoice(placeholder="None: it is the first of this care")
        self.earlier.setAccessibleName("This corrects an earlier EOB")
        self.void = QCheckBox("It takes that EOB back: void, nothing of it counts any more")
        self.changes = Label("", "caption", wrap=True)
        self.changes.setAccessibleName("What the correction changes")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        for part in (self.earlier, self.void, self.changes):
            whole.addWidget(part)
        self.setFocusProxy(self.earlier)
        self.void.hide()
        self.changes.hide()
        self.earlier.edited.connect(self._on_edited)
        self.void.toggled.connect(self._on_edited)

    def show_claim(self, claim: Claim | None) -> None:
        """Show what an EOB says of itself, without telling anybody."""
        self._start = claim
        self.void.blockSignals(True)
        self.void.setChecked(claim is not None and claim.version is EobVersion.VOID)
        self.void.blockSignals(False)
        self.earlier.choose(claim.replaces_id if claim else None)
        self._arrange()

    def offer(self, claims: Sequence[Claim], names: dict[int, str], own: int | None) -> None:
        """Offer the EOBs that nothing else corrects yet, the ones listed first first."""
        kept = self.chosen_id()
        later = corrections_of((own,), claims)
        replaced = {one.replaces_id for one in claims if one.id != own}
        taken = {own, *later, *replaced}
        open_ = [one for one in claims if one.id not in taken][:_MOST]
        self._claims = {one.id or 0: one for one in open_}
        for one in claims:  # what is chosen stays on offer
            if one.id == kept or (self._start and one.id == self._start.replaces_id):
                self._claims[one.id or 0] = one
        items = [(number, eob_text(one, names)) for number, one in self._claims.items()]
        self.earlier.set_items(items)
        self.earlier.choose(kept)

    def choose(self, claim_id: int) -> None:
        """The answer to a question: it corrects that EOB."""
        self.earlier.choose(claim_id)
        self._arrange()

    def chosen_id(self) -> int | None:
        """The EOB named in full, for looking while somebody types."""
        if self.earlier.text():
            return self.earlier.named_id()
        return None

    def apply(self, claim: Claim) -> Claim:
        """The claim with its version. Raises UserProblem for an EOB that is not in the list."""
        return self._with(claim, self.earlier.chosen_id())

    def apply_so_far(self, claim: Claim) -> Claim:
        return self._with(claim, self.chosen_id())

    def show_changes(self, claim: Claim | None) -> None:
        """What the EOB as typed so far changes in the one it corrects."""
        before = self._claims.get(self.chosen_id() or 0)
        if before is None or claim is None:
            words = ""
        elif self.void.isChecked():
            owed = f" of {dollars(before.you_owe)}" if before.you_owe is not None else ""
            words = f"The EOB{owed} counts no more."
        else:
            changed = what_changed(before, claim)
            words = " ".join(changed) if changed else "Nothing changes so far."
        hidden = self.changes.isHidden()
        self.changes.setText(words)
        self.changes.setVisible(bool(words))
        if hidden == bool(words):
            self.resized.emit()

    def _with(self, claim: Claim, earlier: int | None) -> Claim:
        version = EobVersion.VOID if self.void.isChecked() else EobVersion.ADJUSTMENT
        if earlier is None and version is not EobVersion.VOID:
            # A correction whose first EOB never came stays one; else it is the first.
            lone = self._start is not None and self._start.replaces_id is None
            kept = self._start.version if lone and self._start else EobVersion.ORIGINAL
            version = EobVersion.ORIGINAL if kept is EobVersion.VOID else kept
        return replace(claim, version=version, replaces_id=earlier)

    def _arrange(self) -> None:
        hidden = self.void.isHidden()
        self.void.setVisible(self.chosen_id() is not None or self.void.isChecked())
        if hidden != self.void.isHidden():
            self.resized.emit()

    @Slot()
    def _on_edited(self) -> None:
        self._arrange()
        self.edited.emit()


def eob_text(claim: Claim, names: dict[int, str]) -> str:
    """An EOB as it is listed to choose from; `names` are the providers'."""
    parts = [
        day_text(claim.service_from),
        short(names.get(claim.provider_id, ""), 30),
        short(claim.description, 30),
        f"you owe {dollars(claim.you_owe)}" if claim.you_owe is not None else "",
        f"claim {short(claim.claim_number, 24)}" if claim.claim_number else "",
    ]
    return ", ".join(part for part in parts if part)
