"""One fee of a membership inside its form: what for, how much, how often, from when to when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tracker.dates import Period, add_months, day_text, first_of, parse_day
from tracker.domain.recurring import due_days
from tracker.errors import UserProblem
from tracker.facts import Frequency, Recurring
from ui.models.membership_words import FREQUENCIES, price_words
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit


@dataclass(frozen=True, slots=True)
class FeeChoices:
    """What a fee can be paid from and counted under, by id and name, and what is offered first."""

    accounts: tuple[tuple[int, str], ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    account_id: int | None = None
    line_id: int | None = None


class FeeEdit(Card):
    """A fee that has ended is one line of words until it is opened.

    `fee()` gives what it says; the id stays, so that payments stay tied to the dues they settled.
    """

    removed = Signal(object)  # FeeEdit
    price_change_asked = Signal(object)  # FeeEdit
    begins_changed = Signal(object)  # FeeEdit

    def __init__(
        self, fee: Recurring | None, choices: FeeChoices, *, today: date, first_due: date, is_extra: bool
    ) -> None:
        super().__init__()
        self.original = fee
        self.follows: FeeEdit | None = None
        self._today = today
        self._build(today, choices, is_extra=is_extra)
        self._fill(fee, choices, first_due)
        last = fee.last_due if fee is not None and fee.id is not None else None
        self._open(last is None or last >= today)

    # asking --------------------------------------------------------------------------

    def is_blank(self) -> bool:
        """Whether this is a new fee nobody typed anything into."""
        new = self.original is None or self.original.id is None
        return new and not self.amount.text().strip() and not self.label.text().strip()

    def fee(self, practice: str) -> Recurring:
        """What the fields say. Raises UserProblem, shown beside its field here."""
        self.form.clear_complaints()
        try:
            return self._read(practice)
        except UserProblem as problem:
            self._open(True)
            self.form.complain(problem)
            raise

    def next_due(self) -> date:
        """The next day this fee would be due from today on, for the price that follows it."""
        try:
            begins, frequency = self.first_due.day(), Frequency(self.frequency.key())
        except UserProblem:
            return self._today
        item = Recurring(label="", amount=1, frequency=frequency, first_due=begins)
        ahead = Period(max(begins, self._today), add_months(max(begins, self._today), 25))
        days = [day for day in due_days(item, ahead) if day > begins]
        return days[0] if days else add_months(first_of(self._today), 1)

    # doing ---------------------------------------------------------------------------

    def end_before(self, day: date) -> None:
        """Make the day before `day` the last one on which this fee is due."""
        self.last_due.set_day(day - timedelta(days=1))

    def copy_for_next_price(self) -> Recurring:
        """The same fee from its next due day on, with the amount left to type."""
        account, line = self.account.chosen_id(), self.line.chosen_id()
        return Recurring(
            label=self.label.text(),
            amount=0,
            frequency=Frequency(self.frequency.key()),
            first_due=self.next_due(),
            last_due=self.last_due.day_or_none(),
            account_id=account,
            category_id=line,
            provider_id=self.original.provider_id if self.original else None,
            person_id=self.person.chosen_id(),
        )

    # building ------------------------------------------------------------------------

    def _build(self, today: date, choices: FeeChoices, *, is_extra: bool) -> None:
        self._words = Label("", wrap=True)
        self.open_button = LinkButton("Edit")
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._words, 1)
        line.addWidget(self.open_button)
        self.label = QLineEdit()
        self.label.setPlaceholderText("Enrolment fee" if is_extra else "Membership fee")
        self.amount = MoneyEdit(placeholder="300.00")
        self.frequency = OptionEdit([(key.value, said) for key, said in FREQUENCIES.items()])
        self.first_due = DayEdit(today)
        self.last_due = DayEdit(today)
        self.last_due.setPlaceholderText("Goes on")
        self.account = ChoiceEdit(choices.accounts, placeholder="Not known")
        self.line = ChoiceEdit(choices.lines, placeholder="None")
        self.person = ChoiceEdit(choices.people, placeholder="Everyone")
        self.form = Form(columns=3)
        self.form.add("label", "What for", self.label)
        self.form.add("amount", "Amount", self.amount)
        self.form.add("frequency", "How often", self.frequency)
        self.form.add("first_due", "First due", self.first_due)
        self.form.add("last_due", "Last due", self.last_due)
        self.form.add("account_id", "Paid from", self.account)
        self.form.add("person_id", "For", self.person).setVisible(len(choices.people) > 1)
        self.form.add("category_id", "Budget line", self.line)
        self.change_button = LinkButton("Change price\u2026")
        self.change_button.setToolTip("End this price and begin another; what was paid stays as it was")
        self.remove_button = LinkButton("Remove fee")
        self.remove_button.setToolTip("Payments already made stay")
        actions = QHBoxLayout()
        actions.setSpacing(14)
        actions.addWidget(self.change_button)
        actions.addWidget(self.remove_button)
        actions.addStretch(1)
        self._fields = QWidget()
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(8)
        fields.addWidget(self.form)
        fields.addLayout(actions)
        self.body.addWidget(self._line)
        self.body.addWidget(self._fields)
        self.open_button.clicked.connect(self._on_open)
        self.change_button.clicked.connect(self._on_change_price)
        self.remove_button.clicked.connect(self._on_remove)
        self.first_due.edited.connect(self._on_begins)
        self.first_due.editingFinished.connect(self._on_begins)
        self.frequency.edited.connect(self._on_frequency)

    def _fill(self, fee: Recurring | None, choices: FeeChoices, first_due: date) -> None:
        if fee is None:
            self.first_due.set_day(first_due)
            self.account.choose(choices.account_id)
            self.line.choose(choices.line_id)
        else:
            self.label.setText(fee.label)
            self.label.setCursorPosition(0)
            self.amount.set_cents(fee.amount or None)
            self.frequency.choose(fee.frequency.value)
            self.first_due.set_day(fee.first_due)
            self.last_due.set_day(fee.last_due)
            self.account.choose(fee.account_id)
            self.line.choose(fee.category_id)
            self.person.choose(fee.person_id)
            last = f" to {day_text(fee.last_due)}" if fee.last_due else ""
            self._words.setText(f"{fee.label}: {price_words(fee)}, {day_text(fee.first_due)}{last}")
        self.change_button.setVisible(fee is not None and fee.id is not None)
        self._on_frequency()

    def _open(self, is_open: bool) -> None:
        self._fields.setVisible(is_open)
        self._line.setVisible(not is_open)

    def _read(self, practice: str) -> Recurring:
        frequency = Frequency(self.frequency.key())
        amount = self.amount.cents()
        if amount <= 0:
            raise UserProblem("The amount must be more than zero.", "Check it.", field="amount")
        first_due = self.first_due.day()
        last_due = None if frequency is Frequency.ONCE else self.last_due.day_or_none()
        if last_due is not None and last_due < first_due:
            raise UserProblem(
                "The last due date lies before the first.", "Check the dates.", field="last_due"
            )
        kind = "Enrolment fee" if frequency is Frequency.ONCE else "Membership fee"
        label = " ".join(self.label.text().split()) or f"{kind}, {practice}"
        changed = {
            "label": label,
            "amount": amount,
            "frequency": frequency,
            "first_due": first_due,
            "last_due": last_due,
            "account_id": self.account.chosen_id(),
            "category_id": self.line.chosen_id(),
            "person_id": self.person.chosen_id(),
        }
        if self.original is not None and self.original.id is not None:
            return replace(self.original, **changed)  # type: ignore[arg-type]
        month = first_of(self._today)
        # What was due before this month is history: it is not asked for.
        return Recurring(**changed, propose_from=month if first_due < month else None)  # type: ignore[arg-type]

    # signals -------------------------------------------------------------------------

    @Slot()
    def _on_open(self) -> None:
        self._open(True)
        self.amount.setFocus()

    @Slot()
    def _on_change_price(self) -> None:
        self.price_change_asked.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)

    @Slot()
    def _on_begins(self) -> None:
        self.begins_changed.emit(self)

    @Slot()
    def _on_frequency(self) -> None:
        once = self.frequency.key() == Frequency.ONCE.value
        self.form.field("last_due").setVisible(not once)
        self.form.field("first_due").set_label("Due" if once else "First due")


def day_so_far(edit: DayEdit, today: date) -> date | None:
    """The day a field shows, without complaining; None where it is empty or not readable yet."""
    try:
        return parse_day(edit.text(), today=today)
    except UserProblem:
        return None
