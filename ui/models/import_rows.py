"""The rows of an import while the member looks at them: ticked, edited, counted and filtered.

Rows are numbers, the places of `Preview.money` and `Preview.eobs`, so that fifty thousand of them are
counted, ticked and filtered at once. When everything is judged again, after a rule or an account was
chosen, the member's own ticks and edits stay with their rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tracker.domain.importing.rows import EobRow, MoneyRow
from tracker.money import Cents
from tracker.services.import_preview import Preview
from ui.models.import_read import Judged, Names
from ui.models.import_sheet import Kind, Own, RowKey, Sheet, Tab, sheets_of, tab_of, tickable


class ImportRows:
    """Everything about the rows that does not need a screen."""

    def __init__(self) -> None:
        self.preview = Preview(files=())
        self.names = Names()
        self.widest = ("", "")
        self.own = Own()
        self._sheets = {kind: Sheet(kind) for kind in Kind}
        self._words: Sequence[str] = ()

    def show(self, judged: Judged) -> None:
        """Show what was judged, with the member's own ticks and edits over it."""
        self.preview, self.names = judged.preview, judged.names
        self.widest, self._words = judged.widest, judged.words
        fresh = judged.sheets[Kind.MONEY].turn == self.own.turn
        self._sheets = judged.sheets if fresh else sheets_of(judged.preview, self.own)

    # asking --------------------------------------------------------------------------

    @property
    def money(self) -> list[MoneyRow]:
        """The rows of money. Do not change the list."""
        return self._sheets[Kind.MONEY].rows

    @property
    def eobs(self) -> list[EobRow]:
        """The EOBs. Do not change the list."""
        return self._sheets[Kind.EOBS].rows

    def row(self, kind: Kind, place: int) -> MoneyRow | EobRow:
        return self.money[place] if kind is Kind.MONEY else self.eobs[place]

    def takes(self, kind: Kind, place: int) -> bool:
        return bool(self._sheets[kind].takes[place])

    def count(self, kind: Kind) -> int:
        return len(self._sheets[kind].rows)

    def chosen(self, kind: Kind) -> int:
        """How many rows of a kind are ticked."""
        return self._sheets[kind].takes.count(1)

    def chosen_sums(self) -> tuple[Cents, Cents]:
        """What goes out and what comes in over the ticked rows, both positive cents."""
        out = into = 0
        for row, take in zip(self.money, self._sheets[Kind.MONEY].takes, strict=True):
            if take:
                amount = row.found.amount
                if amount < 0:
                    out -= amount
                else:
                    into += amount
        return out, into

    def tabs(self, kind: Kind) -> dict[Tab, int]:
        """How many rows stand under each tab; those without any are left out, New and All are not."""
        counts = self._sheets[kind].counts
        found = {tab: counts[tab] for tab in Tab if counts[tab] or tab is Tab.NEW}
        found[Tab.ALL] = self.count(kind)
        problems = self.preview.problems
        return {**found, Tab.LOOK: problems} if problems else found

    def places(self, kind: Kind, tab: Tab, words: Sequence[str] = ()) -> list[int]:
        """The rows under a tab in which every word occurs, in the order of the files."""
        if tab is Tab.LOOK:
            return []
        tabs = self._sheets[kind].tabs
        found = list(range(len(tabs))) if tab is Tab.ALL else [n for n, at in enumerate(tabs) if at is tab]
        for word in words:
            found = [place for place in found if word in self.said(kind, place)]
        return found

    def said(self, kind: Kind, place: int) -> str:
        """What one may look for in a row, in small letters."""
        if kind is Kind.MONEY:
            return self._words[place]
        row = self.eobs[place]
        return f"{row.found.id}\n{row.found.patient}\n{row.provider}\n{row.found.description}".casefold()

    def key(self, kind: Kind, place: int) -> RowKey:
        """By what a row is known when everything is judged again."""
        sheet = self._sheets[kind]
        file = sheet.rows[place].file
        return self.preview.files[file].path, place - sheet.starts[file]

    def same_patient(self, place: int) -> list[int]:
        """The EOBs of a patient nobody of the household is, this one among them."""
        patient = self.eobs[place].found.patient
        return [
            n for n, row in enumerate(self.eobs) if row.found.patient == patient and row.needs_person
        ] or [place]

    # what the member does ------------------------------------------------------------

    def tick(self, kind: Kind, places: Iterable[int], take: bool) -> None:
        """Take rows or leave them out, as far as they can be taken."""
        sheet, held = self._sheets[kind], self.own.takes[kind]
        rows, takes, starts = sheet.rows, sheet.takes, sheet.starts
        paths = [file.path for file in self.preview.files]
        for place in places:
            if bool(takes[place]) != take and (not take or tickable(rows[place])):
                takes[place] = take
                file = rows[place].file
                held[(paths[file], place - starts[file])] = take
        self.own.turn += 1

    def edit(self, kind: Kind, places: Iterable[int], **fields: Any) -> None:
        """Change what rows would become: fields of `Proposed`, or the `provider` of EOBs."""
        sheet, held = self._sheets[kind], self.own.edits[kind]
        for place in places:
            key = self.key(kind, place)
            held[key] = held.get(key, {}) | fields
            sheet.put(place, fields)
        self.own.turn += 1

    def put_eobs(self, fresh: Iterable[EobRow]) -> None:
        """Put EOBs in the place of those that were judged without knowing whose they are."""
        sheet = self._sheets[Kind.EOBS]
        for row in fresh:
            place = row.place
            sheet.rows[place] = row
            sheet.put(place, self.own.edits[Kind.EOBS].get(self.key(Kind.EOBS, place), {}))
            key = self.key(Kind.EOBS, place)
            sheet.takes[place] = self.own.takes[Kind.EOBS].get(key, row.take) and tickable(row)
            sheet.tabs[place] = tab_of(row)
        sheet.counts = Counter(sheet.tabs)

    def result(self) -> Preview:
        """The preview as the member wants it taken."""
        money, eobs = self._sheets[Kind.MONEY], self._sheets[Kind.EOBS]
        return replace(
            self.preview,
            money=tuple(_taken(row, take) for row, take in zip(money.rows, money.takes, strict=True)),
            eobs=tuple(_taken(row, take) for row, take in zip(eobs.rows, eobs.takes, strict=True)),
        )


def _taken(row: Any, take: int) -> Any:
    return row if row.take == bool(take) else replace(row, take=bool(take))
