"""Typing into the cells of an import: payee, budget line, person, patient, provider."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tracker.errors import UserProblem
from ui.models.import_columns import Edits
from ui.models.import_rows import ImportRows
from ui.models.import_sheet import Kind

_LONGEST_NAME = 200


class CellEdits:
    """Changes rows; `refresh` paints them again, `ask_person` makes EOBs those of a person."""

    def __init__(
        self,
        rows: ImportRows,
        refresh: Callable[[], object],
        ask_person: Callable[[list[int], int], object],
    ) -> None:
        self._rows = rows
        self._refresh = refresh
        self._ask_person = ask_person

    def edits(self, toggle: Callable[[int], object]) -> Edits:
        """What the columns are made with."""
        return Edits(toggle, self._payee, self._line, self._person, self._patient, self._provider)

    def _payee(self, place: int, text: str) -> None:
        self._rows.edit(Kind.MONEY, [place], payee=_name(text))
        self._refresh()

    def _line(self, place: int, text: str) -> None:
        chosen = _chosen(text, self._rows.names.lines.items(), "a budget line")
        self._rows.edit(Kind.MONEY, [place], category_id=chosen)
        self._refresh()

    def _person(self, place: int, text: str) -> None:
        chosen = _chosen(text, self._rows.names.people.items(), "a person here")
        self._rows.edit(Kind.MONEY, [place], person_id=chosen)
        self._refresh()

    def _patient(self, place: int, text: str) -> None:
        chosen = _chosen(text, self._rows.names.people.items(), "a person here")
        if chosen is None:
            raise UserProblem("An EOB is for somebody.", "Choose a person.")
        self._ask_person([place], chosen)

    def _provider(self, place: int, text: str) -> None:
        if not text.strip():
            raise UserProblem("The provider is missing.", "Type who gave the care.")
        self._rows.edit(Kind.EOBS, [place], provider=_name(text))
        self._refresh()


def _name(text: str) -> str:
    """A name on one line. Raises UserProblem where it is too long."""
    cleaned = " ".join(text.split())
    if len(cleaned) > _LONGEST_NAME:
        raise UserProblem(f"A name has up to {_LONGEST_NAME} letters.", "Type a shorter one.")
    return cleaned


def _chosen(text: str, names: Iterable[tuple[int, str]], what: str) -> int | None:
    """The id of what was typed, None for nothing. Raises UserProblem for a name that is not known."""
    wanted = text.strip().casefold()
    if not wanted:
        return None
    for number, name in names:
        if name.casefold() == wanted:
            return number
    raise UserProblem(f"\u201c{text.strip()[:60]}\u201d is not {what}.", "Choose one of the list.")
