"""What the columns of a table hold where no heading says it, by what their cells look like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.imports.table_amounts import OTHER_CODES, AmountReader, judge_marks, like_amount, like_money
from tracker.imports.table_dates import days_in, like_day
from tracker.imports.table_directions import balance_sign, says_direction
from tracker.imports.table_fields import DAYS, Field
from tracker.imports.table_opening import Table
from tracker.money import Cents

_SAMPLE = 2_000
_CODES = OTHER_CODES | {"USD"}


@dataclass(slots=True)
class _Column:
    place: int
    cells: list[str]
    filled: list[str]

    def share(self, fits: Callable[[str], bool]) -> float:
        """How many of the filled cells fit, as a share of one."""
        return sum(1 for cell in self.filled if fits(cell)) / len(self.filled) if self.filled else 0.0

    @property
    def coverage(self) -> float:
        return len(self.filled) / len(self.cells) if self.cells else 0.0


def _columns(rows: Sequence[Sequence[str]], places: Iterable[int]) -> list[_Column]:
    """Some columns of these rows, with their filled cells."""
    found = []
    for place in places:
        cells = [row[place] if place < len(row) else "" for row in rows]
        found.append(_Column(place, cells, [cell for cell in cells if cell]))
    return found


def by_content(table: Table, found: dict[int, Field]) -> bool:
    """Find the columns of payments that no heading named, adding them to `found`.

    Returns False where money in and money out were told apart by nothing but their order.
    """
    rows = [row for row in table.rows[:_SAMPLE] if len(row) > 1]
    if Field.DATE not in found.values():
        _take_date([each for each in _columns(rows, range(table.width)) if each.place not in found], found)
    on = next((place for place, each in found.items() if each is Field.DATE), None)
    if on is not None:
        # Notices and closing lines have no date; they would only blur what the columns hold.
        rows = [row for row in rows if on < len(row) and like_day(row[on])]
    free = [each for each in _columns(rows, range(table.width)) if each.place not in found and each.filled]
    certain = True
    if not {Field.AMOUNT, Field.MONEY_IN, Field.MONEY_OUT} & set(found.values()):
        certain = _take_amounts(free, found)
    if table.has_headings:
        return certain  # what the file names otherwise is something else
    one_amount = Field.AMOUNT in found.values()
    for column in list(free):
        if column.coverage >= 0.8 and column.share(lambda cell: cell.upper() in _CODES) >= 0.8:
            _take(free, found, column, Field.CURRENCY)
        elif says_direction(column.cells) and Field.DIRECTION not in found.values() and one_amount:
            _take(free, found, column, Field.DIRECTION)
    for field in (Field.PAYEE, Field.MEMO):
        words = [column for column in free if column.share(_has_letters) >= 0.5]
        most = max((_wordiness(column) for column in words), default=0.0)
        first = next((column for column in words if _wordiness(column) >= most / 2), None)
        if first is not None:
            _take(free, found, first, field)
    return certain


def _take(free: list[_Column], found: dict[int, Field], column: _Column, field: Field) -> None:
    found[column.place] = field
    free.remove(column)


def _begins_with_day(cell: str) -> bool:
    return like_day(days_in(cell)[0])


def _nonzero(column: _Column) -> _Column:
    """The column without its zeros, which banks write with and without cents."""
    return _Column(column.place, column.cells, [cell for cell in column.filled if cell.strip("0.,$ -")])


def _take_date(free: list[_Column], found: dict[int, Field]) -> None:
    for column in free:
        if column.coverage >= 0.5 and column.share(like_day) >= 0.5 and not _of_money(column):
            found[column.place] = Field.DATE
            return


def _of_money(column: _Column) -> bool:
    return column.share(like_money) >= 0.5 and column.share(like_day) < 0.9


def _take_amounts(free: list[_Column], found: dict[int, Field]) -> bool:
    numbers = [
        column for column in free if column.share(like_amount) >= 0.8 and column.share(like_day) < 0.8
    ]
    money = [column for column in numbers if _nonzero(column).share(like_money) >= 0.5]
    wide = [column for column in numbers if column in money or all(len(cell) < 7 for cell in column.filled)]
    if not money and not wide:
        return True
    reader = AmountReader(judge_marks(cell for column in money or wide for cell in column.cells).mark)
    read = {column.place: [reader.read(cell).cents for cell in column.cells] for column in wide}
    pair = _pair(money, read) or (_pair(wide, read) if not money else None)
    if pair is not None:
        return _take_pair(free, found, wide, pair, read)
    candidates = money or wide
    fullest = max(column.coverage for column in candidates)
    full = [column for column in candidates if column.coverage >= fullest * 0.8]
    signed = [column for column in full if any((value or 0) < 0 for value in read[column.place])]
    chosen = (signed or full)[0]
    _take(free, found, chosen, Field.AMOUNT)
    _take_balance(free, found, candidates, read[chosen.place], read)
    return True


def _pair(
    columns: Sequence[_Column], read: dict[int, list[Cents | None]]
) -> tuple[_Column, _Column] | None:
    """Two columns of which each row fills one: money in and money out."""
    for place, one in enumerate(columns):
        for two in columns[place + 1 :]:
            rows = list(zip(read[one.place], read[two.place], strict=True))
            filled = [(first, second) for first, second in rows if first or second]
            both = sum(1 for first, second in filled if first and second)
            sides = any(first for first, _ in filled) and any(second for _, second in filled)
            few = both <= len(rows) // 50  # each row with both will be a problem of its own
            if sides and few and len(filled) >= len(rows) * 0.8 and _leaves_gaps(one, two):
                return one, two
    return None


def _leaves_gaps(one: _Column, two: _Column) -> bool:
    def blank(cells: list[str]) -> int:
        return sum(1 for cell in cells if not cell.strip("0.,$ -"))

    return blank(one.cells) + blank(two.cells) >= len(one.cells) * 0.5


def _take_pair(
    free: list[_Column],
    found: dict[int, Field],
    numbers: Sequence[_Column],
    pair: tuple[_Column, _Column],
    read: dict[int, list[Cents | None]],
) -> bool:
    """Which of the two is money out: the running balance tells, or signs; else it is the first."""
    one, two = pair
    moved = [
        abs(second or 0) - abs(first or 0)
        for first, second in zip(read[one.place], read[two.place], strict=True)
    ]
    rest = [column for column in numbers if column not in pair]
    sign = next((sign for column in rest if (sign := balance_sign(moved, read[column.place]))), 0)
    certain = bool(sign)
    if not sign:
        first_negative = any((value or 0) < 0 for value in read[one.place])
        second_negative = any((value or 0) < 0 for value in read[two.place])
        certain = first_negative != second_negative
        sign = -1 if second_negative and not first_negative else 1
    out, come_in = (one, two) if sign > 0 else (two, one)
    _take(free, found, out, Field.MONEY_OUT)
    _take(free, found, come_in, Field.MONEY_IN)
    _take_balance(free, found, rest, [sign * value for value in moved], read)
    return certain


def _take_balance(
    free: list[_Column],
    found: dict[int, Field],
    candidates: Sequence[_Column],
    moved: Sequence[Cents | None],
    read: dict[int, list[Cents | None]],
) -> None:
    for column in candidates:
        if column in free and balance_sign(moved, read[column.place]):
            _take(free, found, column, Field.BALANCE)
            return


def _has_letters(cell: str) -> bool:
    return any(mark.isalpha() for mark in cell)


def _wordiness(column: _Column) -> float:
    """Long and varied words are payees; a word that is in every row is not."""
    letters = sum(sum(mark.isalpha() for mark in cell[:60]) for cell in column.filled) / len(column.filled)
    varied = len(set(column.filled)) / len(column.filled)
    return letters * (varied + 0.2) * column.coverage


def spoiled_columns(
    table: Table, found: dict[int, Field], amounts: frozenset[Field]
) -> set[tuple[int, Field]]:
    """Columns whose cells are not what their headings promise."""
    wrong = set()
    for column in _columns(table.rows[:_SAMPLE], sorted(found)):
        field = found[column.place]
        fits = _begins_with_day if field in DAYS else like_amount if field in amounts else None
        if fits is not None and column.filled and column.share(fits) < 0.5:
            wrong.add((column.place, field))
        if not column.filled and field in (Field.DATE, Field.AMOUNT) and table.rows:
            wrong.add((column.place, field))
        if field is Field.ID and column.filled and len(set(column.filled)) < len(column.filled) * 0.9:
            wrong.add((column.place, field))
    return wrong
