"""What a wizard asks of the table readers while a person chooses how a table is read.

A choice is answered from the first rows, so that it shows at once in a file of any length; `counted` reads
the whole file and belongs beside the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.imports.found import FoundEob, FoundMoney, Progress
from tracker.imports.table_amounts import AmountReader, judge_marks
from tracker.imports.table_dates import days_in, judge_dates
from tracker.imports.table_directions import judge_direction, word_of
from tracker.imports.table_fields import AMOUNTS, DAYS, SEVERAL, Field, Holds
from tracker.imports.table_mapping import IN_WORDS, OUT_WORDS, Direction, Mapping
from tracker.imports.table_opening import GUESSED, Guess, Opening, Table
from tracker.imports.table_reading import read_table
from tracker.money import Cents

SAMPLE = 2_000
"""Rows by which a choice is judged while the person chooses."""
PREVIEWED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """One row as it would be imported. `amount` in cents as banks sign it; for claims what you owe.

    `who` is the payee or the provider, `more` the memo or the claim number and the patient. `taken` is
    False where nothing would be imported of it; `why` then says so, else what to look at.
    """

    number: int
    on: date | None = None
    who: str = ""
    more: str = ""
    billed: Cents | None = None
    amount: Cents | None = None
    taken: bool = True
    why: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How the whole file reads: its rows, how many payments or claims come out, how many rows do not."""

    rows: int
    taken: int
    left: int


def first_rows(table: Table, most: int = SAMPLE) -> Table:
    """The same table with its first rows only."""
    return replace(table, rows=table.rows[:most], numbers=table.numbers[:most])


def with_column(mapping: Mapping, place: int, field: Field | None) -> Mapping:
    """Another field for one column."""
    columns = (*mapping.columns[:place], field, *mapping.columns[place + 1 :])
    return replace(mapping, columns=columns, name="", refuse="")


def chosen_twice(mapping: Mapping) -> dict[int, Field]:
    """Columns that hold what only one may hold and another before them holds already."""
    seen: set[Field] = set()
    twice = {}
    for place, field in enumerate(mapping.columns):
        if field is None or field in SEVERAL:
            continue
        if field in seen:
            twice[place] = field
        seen.add(field)
    return twice


def rejudged(table: Table, mapping: Mapping, *, settled: frozenset[str] = frozenset()) -> Mapping:
    """The mapping with dates, decimal mark and direction judged again for its columns.

    `settled` names the guesses (`dates`, `decimals`, `direction`) the person has answered; they stay.
    """
    sample = first_rows(table)
    says = {guess.about: guess for guess in mapping.guesses}
    if "dates" not in settled:
        days = [
            [day for cell in sample.column(place) for day in days_in(cell)] for place in _in(mapping, DAYS)
        ]
        order = judge_dates(days)
        mapping = replace(mapping, dates=order.order)
        says["dates"] = Guess(about="dates", says=order.says, sure=order.sure)
    if "decimals" not in settled:
        marks = judge_marks(cell for place in _in(mapping, AMOUNTS) for cell in sample.column(place))
        mapping = replace(mapping, decimals=marks.mark)
        says["decimals"] = Guess(about="decimals", says=marks.says, sure=marks.sure)
    if "direction" not in settled and mapping.holds is Holds.MONEY:
        found = {place: each for place, each in enumerate(mapping.columns) if each is not None}
        way = judge_direction(sample, found, AmountReader(mapping.decimals))
        mapping = replace(mapping, direction=way.direction)
        says["direction"] = Guess(about="direction", says=way.says, sure=way.sure)
    for about in settled & says.keys():
        says[about] = replace(says[about], says="", sure=True)
    return replace(mapping, guesses=tuple(says.values()))


def _in(mapping: Mapping, wanted: frozenset[Field]) -> list[int]:
    places = [place for place, each in enumerate(mapping.columns) if each in wanted]
    return sorted(places, key=lambda place: (mapping.columns[place] is not Field.DATE, place))


def words_in(table: Table, mapping: Mapping) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words of the column that says in or out: those for out, those for in, and those nobody knows."""
    place = mapping.place(Field.DIRECTION)
    if place is None:
        return (), (), ()
    seen = dict.fromkeys(word_of(cell) for cell in first_rows(table).column(place) if word_of(cell))
    out = tuple(word for word in seen if word in mapping.out_words)
    come_in = tuple(word for word in seen if word in mapping.in_words and word not in out)
    return out, come_in, tuple(word for word in seen if word not in out and word not in come_in)


def with_words(mapping: Mapping, out: Sequence[str], come_in: Sequence[str]) -> Mapping:
    """The mapping with the person's own words for out and in beside those that are always known."""
    outs, ins = [word_of(each) for each in out], [word_of(each) for each in come_in]
    return replace(
        mapping,
        out_words=tuple(
            dict.fromkeys((*filter(None, outs), *(word for word in OUT_WORDS if word not in ins)))
        ),
        in_words=tuple(
            dict.fromkeys((*filter(None, ins), *(word for word in IN_WORDS if word not in outs)))
        ),
    )


def preview_rows(table: Table, mapping: Mapping, most: int = PREVIEWED) -> list[SampleRow]:
    """The first rows as they would be imported; those that would not be are among them, with the reason."""
    found = read_table(first_rows(table, SAMPLE // 10), mapping)
    numbers = table.numbers[:most]
    shown = set(numbers)
    whys: dict[int, list[str]] = {}
    for problem in found.problems:
        number = _number(problem.where)
        if number in shown:
            whys.setdefault(number, []).append(problem.why)
    rows = {number: row for each in found.money if (number := (row := _of_money(each)).number) in shown}
    rows |= {number: row for each in found.eobs if (number := (row := _of_claim(each)).number) in shown}
    covered = {_number(part) for each in found.eobs for part in each.where.split(", ")} - rows.keys()
    for place, number in enumerate(numbers):
        said = " ".join(whys.get(number, ()))
        if number in rows:
            rows[number] = replace(rows[number], why=said)
        elif number not in covered or said:
            text = "  ".join(cell for cell in table.rows[place] if cell)
            rows[number] = SampleRow(number=number, taken=False, why=said, text=text[:200])
    return [rows[number] for number in numbers if number in rows]


def _number(where: str) -> int:
    """`row 12` is 12; 0 for what is about the whole file."""
    digits = where.removeprefix("row ").split(",")[0]
    return int(digits) if digits.isdigit() else 0


def _of_money(found: FoundMoney) -> SampleRow:
    return SampleRow(
        number=_number(found.where),
        on=found.on,
        who=found.payee,
        more=found.memo or found.kind,
        amount=found.amount,
    )


def _of_claim(found: FoundEob) -> SampleRow:
    return SampleRow(
        number=_number(found.where.split(", ")[0]),
        on=found.service_from,
        who=found.provider,
        more=" \u00b7 ".join(part for part in (found.id, found.patient, found.description) if part),
        billed=found.billed,
        amount=found.you_owe,
    )


def counted(table: Table, mapping: Mapping, *, progress: Progress | None = None) -> Counted:
    """How the whole file reads. Raises Cancelled out of `progress`."""
    found = read_table(table, mapping, progress=progress)
    taken = {_number(part) for each in found.eobs for part in each.where.split(", ")}
    taken |= {_number(each.where) for each in found.money}
    left = {_number(each.where) for each in found.problems} - taken - {0}
    return Counted(rows=len(table.rows), taken=len(found.money) + len(found.eobs), left=len(left))


def to_keep(table: Table, mapping: Mapping, name: str, opened_as: Opening) -> Mapping:
    """The mapping as it is kept for later files: with its name, and only those choices of opening made."""
    return replace(
        mapping,
        name=name,
        headings=table.headings if table.has_headings else (),
        opening=opened_as if opened_as != GUESSED else GUESSED,
        guesses=(),
    )


DIRECTIONS: dict[Direction, str] = {
    Direction.AS_WRITTEN: "Negative amounts went out",
    Direction.REVERSED: "Positive amounts went out",
    Direction.TWO_COLUMNS: "Out and in have columns of their own",
    Direction.BY_WORD: "A word in each row says so",
}
"""The ways of saying where money went, in the words of the wizard."""
