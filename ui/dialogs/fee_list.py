"""The fee schedule inside the membership's form: its fees one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from tracker.facts import Frequency, Recurring
from ui.dialogs.fee_edit import FeeChoices, FeeEdit, day_so_far
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label


class FeeList(QWidget):
    """Add, remove and change fees; `fees()` gives them all, with the ids they came with."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._choices = FeeChoices()
        self._begins_on = today
        self.edits: list[FeeEdit] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(Label("Fees", "card_title"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        whole.addLayout(self._rows)
        self.add_button = LinkButton("Add a fee", "plus")
        self.add_button.clicked.connect(self.add_fee)
        whole.addWidget(self.add_button)

    def show_fees(self, fees: Sequence[Recurring], choices: FeeChoices, begins_on: date) -> None:
        """Fill in the schedule; a membership without one begins with a fee to type."""
        self._choices, self._begins_on = choices, begins_on
        # The price in force first: it is what most people come for.
        for fee in sorted(fees, key=lambda item: item.first_due, reverse=True):
            self._append(fee)
        if not fees:
            self._append(None)

    def fees(self, practice: str) -> tuple[Recurring, ...]:
        """Every fee that was typed; raises UserProblem for the first that cannot be used."""
        return tuple(edit.fee(practice) for edit in self.edits if not edit.is_blank())

    def set_begins_on(self, day: date) -> None:
        """A fee nobody has typed a day for is first due when the membership begins."""
        for edit in self.edits:
            new = edit.original is None
            if new and day_so_far(edit.first_due, self._today) == self._begins_on:
                edit.first_due.set_day(day)
        self._begins_on = day

    @Slot()
    def add_fee(self) -> None:
        """Another fee; beside a membership fee the next is most often a single one for enrolment."""
        once = bool(self.edits)
        edit = self._append(None, is_extra=once)
        if once:
            edit.frequency.choose(Frequency.ONCE.value)
            edit.frequency.edited.emit()
        self._come_to(edit)

    def change_price(self, old: FeeEdit) -> None:
        """End a price before its next due day and begin another there."""
        try:
            draft = old.copy_for_next_price()
        except UserProblem:
            return  # the field has said what is wrong
        edit = self._append(draft, place=self.edits.index(old))
        edit.follows = old
        old.end_before(draft.first_due)
        old.change_button.hide()
        self._come_to(edit)

    # ours ----------------------------------------------------------------------------

    def _come_to(self, edit: FeeEdit) -> None:
        """Put the cursor into a new fee and, once it has its place, scroll there."""
        edit.amount.setFocus()
        QTimer.singleShot(0, edit, lambda: _scroll_to(edit))

    def _append(
        self, fee: Recurring | None, *, place: int | None = None, is_extra: bool = False
    ) -> FeeEdit:
        edit = FeeEdit(fee, self._choices, today=self._today, first_due=self._begins_on, is_extra=is_extra)
        edit.removed.connect(self._on_removed)
        edit.price_change_asked.connect(self.change_price)
        edit.begins_changed.connect(self._on_begins_changed)
        where = len(self.edits) if place is None else place
        self.edits.insert(where, edit)
        self._rows.insertWidget(where, edit)
        self._name_all()
        return edit

    @Slot(object)
    def _on_removed(self, edit: FeeEdit) -> None:
        before = edit.follows
        if before is not None:
            # The price goes on as it did before the change that was not wanted.
            before.last_due.set_day(before.original.last_due if before.original else None)
            before.change_button.show()
        self.edits.remove(edit)
        self._rows.removeWidget(edit)
        edit.hide()
        edit.deleteLater()
        self._name_all()
        self.add_button.setFocus()

    @Slot(object)
    def _on_begins_changed(self, edit: FeeEdit) -> None:
        if edit.follows is not None and (day := day_so_far(edit.first_due, self._today)) is not None:
            edit.follows.end_before(day)

    def _name_all(self) -> None:
        for number, edit in enumerate(self.edits, start=1):
            edit.setAccessibleName(f"Fee {number}")


def _scroll_to(edit: FeeEdit) -> None:
    around = edit.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(edit, 0, 12)
