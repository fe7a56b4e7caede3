"""People who are added by name while a membership, a plan or an EOB is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tracker.changes import Area, Changes
from tracker.facts import Person
from tracker.services.bundle import Services


class Newcomers:
    """A person is a fact of their own: where the rest is refused, a second try must not add them again."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._made: dict[str, int] = {}

    def id_of(self, name: str) -> int | None:
        """Who was added under a name, or None."""
        return self._made.get(name)

    def save_with(self, name: str, save: Callable[[int | None], Changes]) -> Changes:
        """Add the person of that name, then save what is theirs too; an empty name adds nobody."""
        if not name:
            return save(None)
        if name not in self._made:
            people = self._services.people
            made = people.save_person(Person(name=name, position=len(people.people())))
            self._made[name] = made.new_id or 0
        saved = save(self._made[name])
        return replace(saved, areas=saved.areas | Area.PEOPLE)
