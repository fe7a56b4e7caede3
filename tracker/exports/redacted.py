"""Names and words taken out of what goes to somebody else, such as an accountant.

People become *Person A*, providers *Provider 1*, each the same throughout one export. Amounts, days, budget
lines and accounts stay; within their words the names of people and providers are replaced too, and single
words of them that tell who it is ("Cornerstone", not "clinic"). Notes,
descriptions and numbers that identify are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

LEFT_OUT = "Left out"
_SHORTEST = 3
"""Letters of a single word of a person's name that is looked for within other words."""
_TELLING = 4
"""The same for a provider's name, where the word says more than what sort of place it is."""

_COMMON_WORDS = """
    account accounts annual associates bank budget cards care center centers centre checking city claims
    clinic clinics community concierge contingency contribution copay copays cost costs county credit
    dental dentistry dermatology direct doctor doctors drug drugs emergency estimated expense expenses
    family fees from fund general group health healthcare home hospital imaging insurance internal joint
    laboratory labs life mail medical medicine membership mental mutual national network north office
    online orthopedics partners pediatrics personal pharmacy physical physicians plan practice premium
    prescription primary radiology rehab retainer savings school service services shared sleep south
    specialist specialists spending state store surgery surgical system that therapy this union united
    university urgent valley virtual vision visit visits walk welfare wellness west with women work yearly
    your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ANY_PROVIDER = "a provider"


class Redactor:
    """Replaces names for one export. `people` and `providers` are all names that may occur within words."""

    def __init__(self, people: Iterable[str], providers: Iterable[str]) -> None:
        self._people = {name.casefold(): f"Person {_letters(place)}" for place, name in enumerate(people)}
        self._providers: dict[str, str] = {}
        self._next = count(1)
        self._by_name: dict[str, tuple[str, str]] = {}
        for name in providers:
            self._by_name.setdefault(name.casefold(), ("provider", name))
        whole = tuple(self._by_name)
        for name in whole:
            for word in set(re.findall(r"[^\W\d_]+", name)) - _COMMON:
                if len(word) >= _TELLING and word not in whole:
                    shared = word in self._by_name
                    self._by_name[word] = ("some", "") if shared else ("provider", name)
        for name in self._people:
            self._by_name[name] = ("person", name)
            for word in re.findall(r"\w+", name):
                if len(word) >= _SHORTEST:
                    held = self._by_name.get(word, ("some", ""))
                    self._by_name[word] = held if held[0] == "person" else ("person", name)
        self._names = _pattern(self._by_name)

    def person(self, name: str) -> str:
        """The person's letter; empty for nobody."""
        if not name:
            return ""
        return self._people.setdefault(name.casefold(), f"Person {_letters(len(self._people))}")

    def provider(self, name: str) -> str:
        """The provider's number, in the order of their first appearance; empty for nobody."""
        if not name:
            return ""
        key = name.casefold()
        if key not in self._providers:
            self._providers[key] = f"Provider {next(self._next)}"
        return self._providers[key]

    def kept(self, text: str) -> str:
        """Words that stay, such as an account's name, without the names in them."""
        return self._names.sub(self._alias, text) if self._names else text

    def left_out(self, text: str) -> str:
        """What is not given out, with a word that there was something."""
        return LEFT_OUT if text else ""

    def _alias(self, found: re.Match[str]) -> str:
        kind, name = self._by_name[found[0].casefold()]
        if kind == "some":
            return _ANY_PROVIDER
        return self.person(name) if kind == "person" else self.provider(name)


class Unchanged(Redactor):
    """Gives everything as it is."""

    def __init__(self) -> None:
        super().__init__((), ())

    def person(self, name: str) -> str:
        return name

    def provider(self, name: str) -> str:
        return name

    def kept(self, text: str) -> str:
        return text

    def left_out(self, text: str) -> str:
        return text


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names as words of their own, in any case, the longest first."""
    ordered = sorted((name for name in names if name.strip()), key=len, reverse=True)
    if not ordered:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


def _letters(place: int) -> str:
    """A, B ... Z, AA, AB ..."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
