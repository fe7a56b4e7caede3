"""The form for one drive for care: who, when, how far, parking and tolls (rulebook 5.3)."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.domain.accounts.mileage_log import cost_or_none, miles_text
from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import Person
from tracker.facts.taxes import Trip
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

_MILES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,6})?(?:\.(\d))?", re.ASCII)


class TripEditor(CommitDialog):
    """Adds a drive, or changes one. What it counts is said while one types."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        people: list[Person],
        limits: Limits,
        trip: Trip | None = None,
    ) -> None:
        super().__init__(
            "Drive" if trip else "Add a drive",
            parent,
            columns=2,
            width=520,
            sentence="There and back together. Only drives to and from medical care count.",
        )
        self._context = context
        self._limits = limits
        self._trip = trip
        self.driven_on = DayEdit(context.today)
        self.person = ChoiceEdit([(item.id or 0, item.name) for item in people], placeholder="Anybody")
        self.miles = QLineEdit()
        self.miles.setPlaceholderText("86 or 20.5")
        self.parking = MoneyEdit()
        self.purpose = QLineEdit()
        self.purpose.setPlaceholderText("Where to and why")
        self.form.add("driven_on", "Day", self.driven_on)
        self.form.add("tenths", "Miles", self.miles)
        self.form.add("parking", "Parking and tolls", self.parking)
        self.form.add("person_id", "For whom", self.person)
        self.form.add("purpose", "Where to and why", self.purpose, wide=True)
        self.counts = Label("", "quiet", wrap=True)
        self.form.add_line(self.counts)
        if trip is not None:
            self.remove_button = PlainButton("Remove")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)
        self._fill(trip, people)
        self.miles.textChanged.connect(self._say)
        self.parking.textChanged.connect(self._say)
        self.driven_on.textChanged.connect(self._say)
        self._say()

    def _fill(self, trip: Trip | None, people: list[Person]) -> None:
        if trip is None:
            self.driven_on.set_day(self._context.today)
            self.person.choose(people[0].id if people else None)
            return
        self.driven_on.set_day(trip.driven_on)
        self.person.choose(trip.person_id)
        self.miles.setText(miles_text(trip.tenths))
        self.parking.set_cents(trip.parking or None)
        self.purpose.setText(trip.purpose)
        self.purpose.setCursorPosition(0)

    def _typed(self) -> Trip:
        return Trip(
            id=self._trip.id if self._trip else None,
            person_id=self.person.chosen_id(),
            driven_on=self.driven_on.day(),
            tenths=tenths(self.miles.text()),
            parking=self.parking.cents_or_none() or 0,
            purpose=self.purpose.text().strip(),
        )

    @Slot()
    def _say(self) -> None:
        """What the drive counts, as far as it can be read; nobody complains while one types."""
        from tracker.dates import parse_day
        from tracker.money import parse_cents

        try:
            day = parse_day(self.driven_on.text(), today=self._context.today)
            typed = self.parking.text().strip()
            trip = Trip(
                driven_on=day, tenths=tenths(self.miles.text()), parking=parse_cents(typed) if typed else 0
            )
        except UserProblem:
            self.counts.setText("")
            self._grow()
            return
        cost = cost_or_none(trip, self._limits)
        unknown = f"The mileage rate of {day.year} is not known; type it in under yearly limits."
        self.counts.setText(cost.why if cost else unknown)
        self._grow()

    def save(self) -> bool:
        trip, taxes = self._typed(), self._context.services.taxes
        return self.commit(self._context, lambda: taxes.save_trip(trip), "Saving the drive")

    @Slot()
    def _on_remove(self) -> None:
        taxes, trip = self._context.services.taxes, self._trip
        if trip is not None and trip.id is not None:
            number = trip.id
            self.commit(self._context, lambda: taxes.remove_trips([number]), "Removing the drive")


def open_trip(context: Context, owner: QWidget, trip_id: int | None) -> None:
    """Read what the form needs, then open it; None adds a drive."""
    services = context.services

    def read() -> tuple[list[Person], Limits, Trip | None]:
        trips = services.taxes.trips()
        return (
            services.people.people(),
            services.taxes.limits(),
            next((item for item in trips if item.id == trip_id), None) if trip_id is not None else None,
        )

    def show(found: tuple[list[Person], Limits, Trip | None]) -> None:
        people, limits, trip = found
        TripEditor(context, owner, people=people, limits=limits, trip=trip).open()

    context.load(owner, read, show)


def tenths(text: str) -> int:
    """Miles as typed, in tenths of a mile. Raises UserProblem for anything else."""
    typed = text.strip()
    if not typed:
        raise UserProblem("The miles are missing.", "Type them like 86 or 20.5.", field="tenths")
    found = _MILES.fullmatch(typed)
    if found is None or typed in (".", ","):
        raise UserProblem(
            f"\u201c{typed[:20]}\u201d are not miles to a tenth.",
            "Type them like 86 or 20.5.",
            field="tenths",
        )
    return int(Decimal(typed.replace(",", "")) * 10)
