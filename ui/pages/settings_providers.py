"""Settings: who gives, bills or insures care."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.changes import Area, Changes
from tracker.facts import Provider
from ui.models.household_words import PROVIDERS
from ui.models.table import Column
from ui.pages.settings_section import ListSection


class ProvidersSection(ListSection[Provider]):
    """Found by typing any part of the name, kind, NPI, telephone or note."""

    SHOWS = Area.PROVIDERS
    FILLS = True
    FILTERS = True
    TITLE = "Providers"
    SENTENCE = "Whoever you pay and whoever sends an EOB is added by name as you go."
    ADD_TEXT = "Add provider"
    EMPTY = ("No providers yet", "They appear as you record payments and EOBs.")

    def columns(self) -> list[Column[Provider]]:
        return [
            Column("Name", lambda row: row.name, order=lambda row: row.name.casefold(), stretch=3),
            Column("Kind", lambda row: PROVIDERS[row.kind]),
            Column("NPI", lambda row: row.npi, order=lambda row: row.npi or None),
            Column("Phone", lambda row: row.phone, order=lambda row: row.phone or None),
            Column("Note", _note, stretch=1),
        ]

    def key(self, row: Provider) -> int:
        return row.id or 0

    def words(self, row: Provider) -> str:
        return " ".join((row.name, PROVIDERS[row.kind], row.npi, row.phone, row.note))

    def read(self) -> Sequence[Provider]:
        return self._context.services.people.providers()

    def add(self) -> None:
        from ui.dialogs.provider_editor import ProviderEditor

        ProviderEditor(self._context, self).open()

    def edit(self, row: Provider) -> None:
        from ui.dialogs.provider_editor import ProviderEditor

        ProviderEditor(self._context, self, provider=row).open()

    def remove(self, row: Provider) -> Callable[[], Changes]:
        people = self._context.services.people
        return lambda: people.remove_provider(row.id or 0)


def _note(row: Provider) -> str:
    return " ".join(row.note.split())
