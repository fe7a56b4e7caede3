"""Cards of the Year in review page: what the membership was worth, accounts, and the tax worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.reports.year_review import YearReview
from ui.models import review_lines as words
from ui.models.review_lines import ReviewLine
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.fact_list import breakable
from ui.widgets.label import AmountLabel, Label


@dataclass(frozen=True, slots=True)
class Way:
    """Where a card's button leads: a page, and what of it to show."""

    page: str
    target: object = None


class LinesCard(Card):
    """Lines under titles: a name with its remark below, the figure at the right. `asked` opens the page."""

    asked = Signal()

    def __init__(self, title: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._lines: list[ReviewLine] = []
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(0, 1)
        self.notes = Label("", "caption", wrap=True)
        self.button = PlainButton(button)
        below = QHBoxLayout()
        below.addWidget(self.button)
        below.addStretch(1)
        for part in (holder, self.notes):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addLayout(below)
        self.button.clicked.connect(self.asked)

    @property
    def lines(self) -> tuple[ReviewLine, ...]:
        """What is shown."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[ReviewLine], notes: Sequence[str] = ()) -> None:
        """Show these; without any the card goes away."""
        self.setVisible(bool(lines))
        self.notes.setText(breakable(" ".join(notes)))
        self.notes.setVisible(bool(notes))
        if list(lines) == self._lines:
            return
        self._lines = list(lines)
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        place = 0
        for line in lines:
            place = self._add(line, place)

    def _add(self, line: ReviewLine, place: int) -> int:
        """Put a line from a row of the grid on; gives the next free row."""
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        is_strong = line.is_title or line.is_total
        name = Label(breakable(line.name), "bold" if is_strong else "", wrap=True)
        if line.is_title:
            name.setContentsMargins(0, 12 if place else 0, 0, 2)
            self._grid.addWidget(name, place, 0, 1, 2)
            return place + 1
        name.setContentsMargins(0, 4, 0, 0)
        figure = AmountLabel(line.figure, "bold" if is_strong else "")
        figure.setContentsMargins(0, 4, 0, 0)
        figure.setAccessibleName(f"{line.name}: {line.figure}")
        figure.setAccessibleDescription(line.note)
        name.setBuddy(figure)
        self._grid.addWidget(name, place, 0, top)
        self._grid.addWidget(figure, place, 1, top | right)
        if line.note:
            self._grid.addWidget(Label(breakable(line.note), "caption", wrap=True), place + 1, 0, 1, 2)
        return place + 2


class PartsCards(QWidget):
    """The three cards together. `opened` carries the `Way` to where a card's figures come from."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = 0
        self.worth = LinesCard("What the membership was worth", "Open Membership")
        self.accounts = LinesCard("Accounts", "Open Accounts")
        self.taxes = LinesCard("Tax worksheet", "Open the worksheet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(side_by_side(self.worth, self.accounts, self.taxes))
        self.worth.asked.connect(self._on_worth)
        self.accounts.asked.connect(self._on_accounts)
        self.taxes.asked.connect(self._on_taxes)

    def show_review(self, review: YearReview | None) -> None:
        """Show a year's; each card only where it has something to say."""
        if review is None or review.is_empty:
            self.hide()
            return
        self._year = review.year
        tax = review.accounts.tax
        self.worth.show_lines(words.worth_lines(review.worth), words.worth_notes(review.worth))
        self.accounts.show_lines(words.account_lines(review.accounts))
        self.taxes.set_title(f"Tax worksheet {tax.year}")
        self.taxes.show_lines(words.tax_lines(tax), words.tax_notes(tax))
        self.setVisible(any(card.lines for card in (self.worth, self.accounts, self.taxes)))

    @Slot()
    def _on_worth(self) -> None:
        self.opened.emit(Way("membership", ("part", "worth")))

    @Slot()
    def _on_accounts(self) -> None:
        self.opened.emit(Way("accounts", ("part", "balances")))

    @Slot()
    def _on_taxes(self) -> None:
        self.opened.emit(Way("accounts", ("taxes", None, self._year)))
