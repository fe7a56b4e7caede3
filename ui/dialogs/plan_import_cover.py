"""Third step of taking a plan from the CMS files: who is covered, when, and the premium."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.facts import Household, Recurring
from ui.dialogs.plan_import_step import ImportStep
from ui.dialogs.plan_people import PeopleChecks
from ui.dialogs.plan_premium import PlanWords, PremiumFields
from ui.dialogs.so_far import day_so_far
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form


@dataclass(frozen=True, slots=True)
class Cover:
    """What the files cannot know. `newcomer` is the name of somebody to add, or empty."""

    person_ids: tuple[int, ...] = ()
    newcomer: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    premiums: tuple[Recurring, ...] = ()

    @property
    def count(self) -> int:
        return len(self.person_ids) + bool(self.newcomer)


class CoverStep(ImportStep):
    """People, dates and the premium of a new plan."""

    title = "Who is covered, and when"
    sentence = "With more than one person the family\u2019s limits are taken."

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._touched = False
        self.people = PeopleChecks()
        self.begins_on, self.ends_on = DayEdit(today), DayEdit(today)
        self.form = Form(columns=2)
        self.form.add("people", "Who is covered", self.people, wide=True)
        self.form.add("begins_on", "First day", self.begins_on)
        self.form.add("ends_on", "Last day", self.ends_on)
        self.premium = PremiumFields(self.form, today)
        self.rows.addWidget(self.form)
        self.rows.addStretch(1)
        self.begins_on.edited.connect(self._on_begins)
        self.ends_on.edited.connect(self._on_ends)

    def first_field(self) -> QWidget | None:
        return self.people

    def show_household(self, home: Household) -> None:
        """The people to choose from; the owner is covered until somebody says otherwise."""
        self.people.show_people(home.people, tuple(person.id or 0 for person in home.people[:1]))
        self.premium.show_household(home)

    def offer(self, begins_on: date, ends_on: date) -> None:
        """The file's dates; what was typed here stays."""
        if not self._touched:
            self.begins_on.set_day(begins_on)
            self.ends_on.set_day(ends_on)
            self.premium.follow(begins_on)

    def cover(self, plan_name: str) -> Cover:
        """What was filled in; raises UserProblem naming the field that is missing or wrong."""
        self.form.clear_complaints()
        if not self.people.count():
            raise UserProblem("Nobody is covered yet.", "Choose who the plan covers.", field="people")
        begins_on, ends_on = self.begins_on.day(), self.ends_on.day()
        if ends_on < begins_on:
            raise UserProblem("The plan ends before it begins.", "Check the dates.", field="ends_on")
        return Cover(
            person_ids=self.people.chosen(),
            newcomer=self.people.newcomer(),
            begins_on=begins_on,
            ends_on=ends_on,
            premiums=self.premium.premiums(PlanWords(plan_name, ends_on)),
        )

    @Slot()
    def _on_begins(self) -> None:
        self._touched = True
        day = day_so_far(self.begins_on, self._today)
        if day is not None:
            self.premium.follow(day)

    @Slot()
    def _on_ends(self) -> None:
        self._touched = True
