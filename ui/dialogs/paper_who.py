"""The two names every paper about care begins with: who received the care, and who gave it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.errors import UserProblem
from tracker.facts import Person, Provider
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.form import Form

PERSON, PROVIDER = "person_id", "provider"
"""What the fields are called when something is wrong with them."""


class PaperWho:
    """Two fields of a form. The first person of an empty household is added by name."""

    def __init__(self, provider_words: str = "Who gave the care") -> None:
        self._provider_words = provider_words
        self._people: Sequence[Person] = ()
        self.person = ChoiceEdit(allow_new=True, placeholder="Who received the care")
        self.provider = ChoiceEdit(allow_new=True, placeholder=provider_words)

    def show_choices(self, people: Sequence[Person], providers: Sequence[Provider], form: Form) -> None:
        """Offer the household and the providers; what is typed stays."""
        self._people = people
        self.person.set_items([(item.id or 0, item.name) for item in people])
        self.provider.set_items([(item.id or 0, item.name) for item in providers])
        form.field(PERSON).set_hint("" if people else "Your name; it begins your household.")

    @property
    def only_person(self) -> int | None:
        """The one person of a household of one: there is nothing to ask."""
        return self._people[0].id if len(self._people) == 1 else None

    def person_so_far(self) -> int | None:
        """The person who is named in full, for looking while somebody types."""
        named = self.person.text().casefold()
        if any(person.name.casefold() == named for person in self._people):
            return self.person.chosen_id()
        return None

    def newcomer(self) -> str:
        """The name of the first person of an empty household; else the person is one of it.

        Raises UserProblem for a name that is missing or not in the household.
        """
        named = self.person.text()
        if not named:
            raise UserProblem("The patient is missing.", "Choose who received the care.", field=PERSON)
        if not self._people:
            return named
        if self.person.chosen_id() is None:
            raise UserProblem(
                f"\u201c{named}\u201d is not in your household.", "Choose one of the list.", field=PERSON
            )
        return ""

    def provider_name(self) -> str:
        """Raises UserProblem where it is missing."""
        name = self.provider.text()
        if not name:
            raise UserProblem(
                "The provider is missing.", f"Type {self._provider_words.lower()}.", field=PROVIDER
            )
        return name
