"""The rows of the spending table: ids in order, and the lines of those that are looked at.

The model holds one number for each payment and fetches lines in parts around what the view asks
for, so that its speed and memory do not grow with the ledger.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from tracker.dates import day_text
from tracker.facts import PaymentLine
from tracker.money import dollars
from ui.models.table import Column, RowTableModel
from ui.widgets.money_edit import amount_text

PART = 200
"""Lines fetched at once: a few milliseconds, and more than a screen shows."""
_PARTS_KEPT = 24

Fetch = Callable[[Sequence[int]], list[PaymentLine]]
Edit = Callable[[PaymentLine, str], object]

SORTS = ("date", "payee", "category", "person", "account", "note", "", "amount")
"""What each column is sorted by; the paperclip by nothing."""
PAPERCLIP = SORTS.index("")


@dataclass(frozen=True, slots=True)
class Edits:
    """What typing into a cell does; each raises UserProblem to refuse."""

    day: Edit
    line: Edit
    note: Edit
    amount: Edit


class PaymentTableModel(RowTableModel[PaymentLine]):
    """Payments by id. `sort_asked` tells which order is wanted; whoever fills the model obeys."""

    sort_asked = Signal(str, bool)  # sort key, descending

    def __init__(self, fetch: Fetch, edits: Edits, parent: QObject | None = None) -> None:
        super().__init__(_columns(edits), key=lambda line: line.id, parent=parent)
        self._lines = _Lines(fetch)
        # Everything the base class does with its rows, it can do with these.
        self._shown = self._lines  # type: ignore[assignment]
        self.widest: tuple[str, ...] = ()
        """Amounts no other is longer than, so that the column never cuts one off."""

    def show_ids(self, ids: array[int], first: Sequence[PaymentLine] = ()) -> None:
        """Show these payments. `first` are lines at the top that were read with the ids."""
        if ids == self._lines.ids:
            self._lines.forget(first)
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._lines.ids = ids
        self._lines.forget(first)
        self.endResetModel()
        self.shown_changed.emit(len(ids))

    @property
    def ids(self) -> array[int]:
        """The ids shown, in order. Do not change them."""
        return self._lines.ids

    def key_at(self, place: int) -> int:
        return self._lines.ids[place]

    def index_of(self, key: int) -> QModelIndex:
        try:
            return self.index(self._lines.ids.index(key), 0)
        except ValueError:
            return QModelIndex()

    def places_of(self, keys: Sequence[int]) -> list[int]:
        """Where the payments of these ids stand, in ascending order; absent ones are left out."""
        wanted = set(keys)
        if len(wanted) >= len(self._lines.ids) and wanted.issuperset(self._lines.ids):
            return list(range(len(self._lines.ids)))
        return [place for place, key in enumerate(self._lines.ids) if key in wanted] if wanted else []

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = SORTS[column] if 0 <= column < len(SORTS) else ""
        if key or column < 0:
            self.sort_asked.emit(key or "date", not key or order == Qt.SortOrder.DescendingOrder)


class _Lines(Sequence[PaymentLine]):
    """A sequence of lines that are fetched when they are looked at; the latest parts are kept."""

    def __init__(self, fetch: Fetch) -> None:
        self.ids: array[int] = array("q")
        self._fetch = fetch
        self._parts: OrderedDict[int, list[PaymentLine]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: Any) -> Any:
        if place < 0 or place >= len(self.ids):
            raise IndexError(place)
        number, inside = divmod(place, PART)
        part = self._parts.get(number)
        if part is None:
            part = self._parts[number] = self._read(number)
            if len(self._parts) > _PARTS_KEPT:
                self._parts.popitem(last=False)
        else:
            self._parts.move_to_end(number)
        return part[inside]

    def forget(self, first: Sequence[PaymentLine] = ()) -> None:
        """Read everything again when it is looked at next, but for the lines at the top."""
        self._parts.clear()
        if len(first) == min(PART, len(self.ids)) and first:
            self._parts[0] = list(first)

    def _read(self, number: int) -> list[PaymentLine]:
        wanted = self.ids[number * PART : (number + 1) * PART]
        found = self._fetch(wanted)
        if len(found) == len(wanted):
            return found
        by_id = {line.id: line for line in found}  # some were removed a moment ago
        return [by_id.get(key) or _gone(key) for key in wanted]


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending places as ranges (first, last): selecting ranges is quick, selecting rows is not."""
    found: list[tuple[int, int]] = []
    begin = 0
    while begin < len(places):
        offset = places[begin] - begin
        # Within a run, place minus position is the same number.
        end = bisect_right(range(begin, len(places)), offset, key=lambda n: places[n] - n) + begin
        found.append((places[begin], places[end - 1]))
        begin = end
    return found


def payee_text(line: PaymentLine) -> str:
    """The payee, or where a transfer goes."""
    if not line.to_account:
        return line.payee
    return f"{line.payee}, to {line.to_account}" if line.payee else f"to {line.to_account}"


def line_text(line: PaymentLine) -> str:
    return f"Split: {line.category}" if line.split else line.category


def amount_words(line: PaymentLine) -> str:
    """The amount; money that came back has a minus and the word."""
    return f"refund {dollars(line.amount)}" if line.amount < 0 else dollars(line.amount)


def documents_text(line: PaymentLine) -> str:
    if not line.documents:
        return ""
    return "1 document" if line.documents == 1 else f"{line.documents} documents"


def _columns(edits: Edits) -> tuple[Column[PaymentLine], ...]:
    return (
        Column(
            "Date",
            lambda line: day_text(line.paid_on),
            edit=edits.day,
            edit_text=lambda line: day_text(line.paid_on),
            width=106,
        ),
        Column(
            "Payee",
            payee_text,
            tone=lambda line: "quiet" if line.to_account and not line.payee else "",
            width=140,
            stretch=3,
        ),
        Column(
            "Budget line",
            line_text,
            edit=edits.line,
            editable=lambda line: not line.split,
            width=160,
            stretch=3,
        ),
        Column("Person", lambda line: line.person, width=92, stretch=1),
        Column("Account", lambda line: line.account, width=112, stretch=1),
        Column(
            "Note",
            lambda line: " ".join(line.note.split()),
            edit=edits.note,
            editable=lambda line: "\n" not in line.note,  # on one line the breaks would be lost
            width=90,
            stretch=2,
        ),
        Column("", documents_text, tooltip=documents_text, width=30),
        Column(
            "Amount",
            amount_words,
            edit=edits.amount,
            editable=lambda line: not line.split,
            edit_text=lambda line: amount_text(abs(line.amount)),
            right=True,
        ),
    )


def _gone(payment_id: int) -> PaymentLine:
    """Stands for a payment that was removed between asking for ids and for lines."""
    return PaymentLine(
        id=payment_id,
        paid_on=date.min,
        amount=0,
        payee="Removed",
        person="",
        account="",
        to_account="",
        category="",
        split=True,
        repays_id=None,
        note="",
        documents=0,
    )
