"""Settings: who is in the household."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.changes import Area, Changes
from tracker.dates import day_text
from tracker.facts import Person
from tracker.services.household_order import reorder_people
from ui.context import Context
from ui.models.household_words import age_on
from ui.models.table import Column
from ui.pages.settings_section import ListSection


class PeopleSection(ListSection[Person]):
    """The people in their order; the first is whom the program calls you."""

    SHOWS = Area.PEOPLE
    TITLE = "Household"
    SENTENCE = "Everybody whose care you keep here. The first is you: your name stands on what is printed."
    ADD_TEXT = "Add person"
    EMPTY = ("Nobody yet", "Add yourself first, then whoever else your plan covers.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.up_button = self.add_action("Move up", lambda row: self._move(row, -1))
        self.down_button = self.add_action("Move down", lambda row: self._move(row, 1))
        self.selection_shown(self.selected())

    def columns(self) -> list[Column[Person]]:
        return [
            Column("Name", lambda row: row.name, stretch=1),
            Column("Birth date", lambda row: day_text(row.birth_date) if row.birth_date else ""),
            Column("Age", self._age, right=True),
            Column(
                "", lambda row: "You" if self._is_first(row) else "", tone=lambda _: "accent", pill=True
            ),
        ]

    def key(self, row: Person) -> int:
        return row.id or 0

    def read(self) -> Sequence[Person]:
        return self._context.services.people.people()

    def add(self) -> None:
        from ui.dialogs.person_editor import PersonEditor

        PersonEditor(self._context, self).open()

    def edit(self, row: Person) -> None:
        from ui.dialogs.person_editor import PersonEditor

        PersonEditor(self._context, self, person=row).open()

    def remove(self, row: Person) -> Callable[[], Changes]:
        people = self._context.services.people
        return lambda: people.remove_person(row.id or 0)

    def selection_shown(self, row: Person | None) -> None:
        if not hasattr(self, "down_button"):
            return
        rows = self.model.rows
        place = rows.index(row) if row in rows else -1
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(0 <= place < len(rows) - 1)

    def _move(self, row: Person, step: int) -> None:
        ids = [person.id or 0 for person in self.model.rows]
        place = ids.index(row.id or 0)
        ids.insert(place + step, ids.pop(place))
        ledger = self._context.services.ledger
        self.commit(lambda: reorder_people(ledger, ids))

    def _age(self, row: Person) -> str:
        return str(age_on(row.birth_date, self._context.today)) if row.birth_date else ""

    def _is_first(self, row: Person) -> bool:
        rows = self.model.rows
        return bool(rows) and rows[0].id == row.id
