"""Which budget line a payment belongs to: one of them, none, or several with an amount each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from tracker.facts import Allocation
from tracker.money import Cents, dollars
from tracker.services.payments import whole_to
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

Lines = Sequence[tuple[int, str]]
FIELD = "allocations"
"""What the service calls this part of a payment when it complains."""


class BudgetLineEdit(QWidget):
    """One budget line with *Split…* beside it, or rows of line and amount with what is left over.

    Amounts here are positive; `allocations` gives them the sign of the payment.
    """

    edited = Signal()
    resized = Signal()

    def __init__(self, lines: Lines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = list(lines)
        self._whole: Cents | None = None
        self._rows: list[_Part] = []
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        self._single = QWidget()
        line = QHBoxLayout(self._single)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.choice = line_choice(self._lines)
        self.choice.setAccessibleName("Budget line")
        self.choice.setObjectName(FIELD)
        self.choice.edited.connect(self.edited)
        self.split_button = LinkButton("Split\u2026")
        self.split_button.setToolTip("Put parts of the payment under several budget lines")
        self.split_button.clicked.connect(self.start_split)
        line.addWidget(self.choice, 1)
        line.addWidget(self.split_button)
        whole.addWidget(self._single)
        self._several = QWidget()
        inside = QVBoxLayout(self._several)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        inside.addLayout(self._list)
        foot = QHBoxLayout()
        self.add_button = LinkButton("Add a line", "plus")
        self.add_button.clicked.connect(self._on_add)
        self.remainder = Label("", "caption")
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(self.remainder)
        inside.addLayout(foot)
        whole.addWidget(self._several)
        self._several.hide()
        self.setFocusProxy(self.choice)

    # asking -------------------------------------------------------------------------

    @property
    def is_split(self) -> bool:
        return bool(self._rows)

    def allocations(self, amount: Cents) -> tuple[Allocation, ...]:
        """The parts of a payment of this amount (negative for a refund).

        Raises UserProblem for a part without line or amount, and for parts above the payment.
        """
        if not self._rows:
            category_id = self.choice.chosen_id()
            return whole_to(category_id, amount) if not self._note else self._single_with_note(amount)
        shares = [share for row in self._rows if (share := row.share()) is not None]
        given = sum(share.amount for share in shares)
        if given > abs(amount):
            raise UserProblem(
                f"The parts add to {dollars(given)}; the payment is {dollars(abs(amount))}.",
                "Make the parts smaller.",
                field=FIELD,
            )
        sign = 1 if amount > 0 else -1
        return tuple(
            Allocation(category_id=share.category_id, amount=sign * share.amount, note=share.note)
            for share in shares
        )

    # showing ------------------------------------------------------------------------

    def set_whole(self, amount: Cents | None) -> None:
        """What the parts may add up to; None while it cannot be read."""
        self._whole = amount
        self._say_remainder()

    def show_allocations(self, shares: Sequence[Allocation], amount: Cents) -> None:
        """Show the parts of a payment without telling anybody."""
        whole = len(shares) == 1 and abs(shares[0].amount) == abs(amount)
        if not shares or whole:
            self._clear_rows()
            self.choice.choose(shares[0].category_id if shares else None)
            self._note = shares[0].note if shares else ""
        else:
            self._set_rows(shares)
        self._arrange()

    @Slot()
    def start_split(self) -> None:
        """Turn the one line into rows, the first with the whole amount."""
        if self._rows:
            self._rows[0].choice.setFocus()
            return
        try:
            category_id = self.choice.chosen_id()
        except UserProblem:
            return
        self._rows = [self._new_row(), self._new_row()]
        self._rows[0].choice.choose(category_id)
        if category_id is not None:
            self._rows[0].amount.set_cents(self._whole)
            self._rows[0].note = self._note
        self._arrange()
        row = self._rows[0]
        if category_id is None:
            row.choice.setFocus()
        else:
            row.amount.setFocus()
            row.amount.selectAll()
        self.edited.emit()

    def place_remainder(self, row: _Part) -> None:
        """Give a row that just got its line what is still left, to be typed over."""
        left = self._left()
        if left is not None and left > 0 and not row.amount.text():
            row.amount.set_cents(left)
        self._on_part_edited()

    def remove_row(self, row: _Part) -> None:
        """Take a part away; the last one that stays becomes the payment's one line."""
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        if len(self._rows) == 1:
            kept = self._rows[0]
            self.choice.set_text(kept.choice.text())
            self._note = kept.note
            self._clear_rows()
        self._arrange()
        (self._rows[-1].choice if self._rows else self.choice).setFocus()
        self.edited.emit()

    # ours ---------------------------------------------------------------------------

    def _single_with_note(self, amount: Cents) -> tuple[Allocation, ...]:
        category_id = self.choice.chosen_id()
        if category_id is None:
            return ()
        return (Allocation(category_id=category_id, amount=amount, note=self._note),)

    def _new_row(self) -> _Part:
        row = _Part(self._lines, self)
        self._list.addWidget(row)
        return row

    def _set_rows(self, shares: Sequence[Allocation]) -> None:
        self._clear_rows()
        for share in shares:
            row = self._new_row()
            row.choice.choose(share.category_id)
            row.amount.set_cents(abs(share.amount))
            row.note = share.note
            self._rows.append(row)

    def _clear_rows(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []

    def _arrange(self) -> None:
        self._single.setVisible(not self._rows)
        self._several.setVisible(bool(self._rows))
        self.setFocusProxy(self._rows[0].choice if self._rows else self.choice)
        self._say_remainder()
        self.resized.emit()

    def _left(self) -> Cents | None:
        """What the parts leave of the payment; None while something cannot be read."""
        if self._whole is None:
            return None
        try:
            return self._whole - sum(row.amount.cents_or_none() or 0 for row in self._rows)
        except UserProblem:
            return None

    def _say_remainder(self) -> None:
        if not self._rows:
            return
        left = self._left()
        tone = ""
        if self._whole is None or left is None:
            words = "Type the amount above" if self._whole is None else ""
        elif left < 0:
            words, tone = f"{dollars(-left)} more than the payment of {dollars(self._whole)}", "bad"
        elif left:
            words = f"{dollars(left)} of {dollars(self._whole)} is under no line"
        else:
            words = f"All of {dollars(self._whole)} is placed"
        self.remainder.setText(words)
        self.remainder.set_tone(tone)

    @Slot()
    def _on_add(self) -> None:
        row = self._new_row()
        self._rows.append(row)
        self._arrange()
        row.choice.setFocus()
        self.edited.emit()

    @Slot()
    def _on_part_edited(self) -> None:
        self._say_remainder()
        self.edited.emit()


class _Part(QWidget):
    """One part of a split: its line, its amount, and a way to take it away."""

    def __init__(self, lines: Lines, owner: BudgetLineEdit) -> None:
        super().__init__(owner)
        self._owner = owner
        self.note = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.choice = line_choice(lines)
        self.choice.setAccessibleName("Budget line of this part")
        self.choice.setObjectName(FIELD)
        self.amount = MoneyEdit()
        self.amount.setAccessibleName("Amount of this part")
        self.amount.setObjectName(FIELD)
        self.amount.setFixedWidth(theme().px(130))
        remove = IconButton("close", "Remove this part", bare=True)
        row.addWidget(self.choice, 1)
        row.addWidget(self.amount)
        row.addWidget(remove)
        self.choice.edited.connect(self._on_line)
        self.amount.edited.connect(owner._on_part_edited)
        remove.clicked.connect(self._on_remove)

    def share(self) -> Allocation | None:
        """The part, or None for an empty row; raises UserProblem where half of it is missing."""
        category_id, amount = self.choice.chosen_id(), self.amount.cents_or_none()
        if category_id is None and amount is None:
            return None
        if category_id is None:
            raise UserProblem(
                f"The part of {dollars(amount or 0)} has no budget line.",
                "Choose one, or remove that part.",
                field=FIELD,
            )
        if amount is None or amount <= 0:
            raise UserProblem(
                f"The part under {self.choice.text()} needs an amount above zero.",
                "Type it, or remove that part.",
                field=FIELD,
            )
        return Allocation(category_id=category_id, amount=amount, note=self.note)

    @Slot()
    def _on_line(self) -> None:
        if self.choice.named_id() is not None:
            self._owner.place_remainder(self)
        else:
            self._owner._on_part_edited()

    @Slot()
    def _on_remove(self) -> None:
        self._owner.remove_row(self)


def line_choice(lines: Lines) -> OnlyMatchChoice:
    """A field for a budget line, where nothing typed means none."""
    return OnlyMatchChoice(lines, placeholder="None: not in the budget")


class OnlyMatchChoice(ChoiceEdit):
    """Takes the one item that contains what was typed when the field is left.

    Typing `presc` and Tab is enough where a single line has that in its name.
    """

    def __init__(self, items: Lines = (), *, placeholder: str = "", parent: QWidget | None = None) -> None:
        self._offered = list(items)
        super().__init__(items, placeholder=placeholder, parent=parent)

    def set_items(self, items: Lines) -> None:
        self._offered = list(items)
        super().set_items(items)

    def chosen_id(self) -> int | None:
        """As in ChoiceEdit; also Enter pressed with part of a name in the field is understood."""
        self._take_only_match()
        return super().chosen_id()

    def named_id(self) -> int | None:
        """The id of the item that is named in full, for looking while somebody types."""
        return super().chosen_id() if self._names_one() else None

    def _names_one(self) -> bool:
        typed = self.text().casefold()
        return any(name.casefold() == typed for _number, name in self._offered)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Not editingFinished: a line edit keeps that to itself while its completions are shown.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_only_match()
        super().focusOutEvent(event)

    def _take_only_match(self) -> None:
        typed = self.text().casefold()
        if not typed or self._names_one():
            return
        found = [number for number, name in self._offered if typed in name.casefold()]
        if len(found) == 1:
            self.choose(found[0])
            self.edited.emit()
