"""What a table holds and how it is written, worked out from its headings and all of its cells."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.imports.table_amounts import AmountReader, DecimalMark, judge_marks
from tracker.imports.table_content import by_content, spoiled_columns
from tracker.imports.table_dates import days_in, judge_dates
from tracker.imports.table_directions import judge_direction, says_direction
from tracker.imports.table_fields import AMOUNTS, DAYS, Field, Holds
from tracker.imports.table_headings import by_headings, holds_of, plain, without_currency
from tracker.imports.table_layouts import Layout, layout_for
from tracker.imports.table_mapping import NOT_MOVED, Direction, Mapping
from tracker.imports.table_opening import Guess, Table
from tracker.imports.table_words import HOLDINGS, MONEY_WORDS


def guess_mapping(table: Table, *, holds: Holds | None = None) -> Mapping:
    """The mapping a person would most likely choose, with a sentence for each thing that was worked out.

    `holds` is what the person says the rows are; without it that is worked out too.
    """
    if table.refusal:
        return Mapping(refuse=table.refusal, guesses=table.guesses)
    layout = layout_for(table.headings) if table.has_headings else None
    if layout is not None and holds is not None and layout.holds is not holds:
        layout = None
    if layout is not None and layout.refuse:
        return Mapping(name=layout.name, holds=layout.holds, headings=table.headings, refuse=layout.refuse)
    if holds is None:
        holds = layout.holds if layout else holds_of(table.headings) if table.has_headings else Holds.MONEY
    found, says = _columns(table, holds, layout)
    if holds is Holds.MONEY and _lists_holdings(table, found):
        why = "It lists what investments are worth or were traded for, not money that moved."
        return Mapping(holds=holds, headings=table.headings, columns=_listed(table, found), refuse=why)
    days = [[day for cell in column for day in days_in(cell)] for column in _cells(table, found, DAYS)]
    dates = judge_dates(days, usual=layout.dates if layout else None)
    amounts = (cell for column in _cells(table, found, AMOUNTS) for cell in column)
    marks = judge_marks(amounts, usual=DecimalMark.POINT if layout else None)
    guesses = [
        *table.guesses,
        says,
        Guess(about="dates", says=dates.says, sure=dates.sure),
        Guess(about="decimals", says=marks.says, sure=marks.sure),
    ]
    direction = Direction.AS_WRITTEN
    if holds is Holds.MONEY:
        direction, guess = _direction(table, found, AmountReader(marks.mark), layout, certain=says.sure)
        guesses.append(guess)
    currency = _currency(table, found)
    if currency:
        guesses.append(
            Guess(about="currency", says=f"The amounts are in {currency}, as their heading says.")
        )
    return Mapping(
        name=layout.name if layout else "",
        holds=holds,
        headings=table.headings if table.has_headings else (),
        columns=_listed(table, found),
        dates=dates.order,
        decimals=marks.mark,
        direction=direction,
        not_moved=layout.not_moved if layout else NOT_MOVED,
        currency=currency,
        kind=layout.kind_of(table.name) if layout else "",
        institution=layout.institution if layout else "",
        account_kind=layout.account_kind if layout else "",
        guesses=tuple(guesses),
    )


def _columns(table: Table, holds: Holds, layout: Layout | None) -> tuple[dict[int, Field], Guess]:
    """What each column holds: by layout, then by heading, then by content."""
    if layout is not None:
        found = _by_layout(table, holds, layout)
        return found, Guess(about="columns", says=f"The columns are those of {layout.name}.")
    if not table.has_headings:
        found = {}
        certain = by_content(table, found)
        says = "The columns have no headings, so what they hold was told by their cells."
        if not certain:
            says += " Money out is taken to stand before money in."
        return found, Guess(about="columns", says=says, sure=False)
    found = by_headings(table.headings, holds)
    never: set[tuple[int, Field]] = set()
    for _ in range(4):
        wrong = spoiled_columns(table, found, AMOUNTS)
        if not wrong:
            break
        never |= wrong
        found = by_headings(table.headings, holds, never=never)
    sure = True
    says = "The headings say what the columns hold."
    if holds is Holds.MONEY:
        _say_direction(table, found)
        _share_words(table, found)
        before = set(found)
        certain = by_content(table, found) if not _lists_holdings(table, found) else True
        if set(found) - before:
            says, sure = (
                "Some columns were told by their cells, because no heading says what they hold.",
                False,
            )
        sure = sure and certain
    return found, Guess(about="columns", says=says, sure=sure)


def _by_layout(table: Table, holds: Holds, layout: Layout) -> dict[int, Field]:
    found: dict[int, Field] = {}
    settled = set()
    for place, heading in enumerate(table.headings):
        name = plain(heading)
        if name in layout.columns:
            settled.add(place)
            field = layout.columns[name]
            if field is not None:
                found[place] = field
    for place, field in by_headings(table.headings, holds).items():
        if place not in settled and field not in found.values():
            found[place] = field
    if layout.direction is not Direction.TWO_COLUMNS and Field.AMOUNT in found.values():
        found = {
            place: each for place, each in found.items() if each not in (Field.MONEY_IN, Field.MONEY_OUT)
        }
    return found


def _say_direction(table: Table, found: dict[int, Field]) -> None:
    """A column whose words are debit and credit says so by its cells, whatever it is called."""
    names = MONEY_WORDS[Field.DIRECTION]
    for place, heading in enumerate(table.headings):
        may_be = found.get(place) in (None, Field.KIND, Field.PAYEE, Field.MEMO)
        if may_be and plain(heading) in names:
            cells = [row[place] if place < len(row) else "" for row in table.rows[:2_000]]
            if says_direction(cells):
                found[place] = Field.DIRECTION
                break


def _share_words(table: Table, found: dict[int, Field]) -> None:
    """Words about the payment that have no place yet are its memo, or its payee where it has none."""
    for place, heading in enumerate(table.headings):
        if place not in found and plain(heading) in MONEY_WORDS[Field.PAYEE]:
            found[place] = Field.MEMO
    if not {Field.PAYEE, Field.PAID_BY, Field.PAID_TO} & set(found.values()):
        first = min((place for place, each in found.items() if each is Field.MEMO), default=None)
        if first is not None:
            found[first] = Field.PAYEE


def _lists_holdings(table: Table, found: dict[int, Field]) -> bool:
    names = {plain(heading) for heading in table.headings}
    moved = {Field.AMOUNT, Field.MONEY_IN, Field.MONEY_OUT} & set(found.values())
    return bool(names & HOLDINGS) and not moved


def _direction(
    table: Table, found: dict[int, Field], reader: AmountReader, layout: Layout | None, *, certain: bool
) -> tuple[Direction, Guess]:
    if layout is not None and layout.direction is not None:
        says = {
            Direction.AS_WRITTEN: "Negative amounts went out, as this layout always writes it.",
            Direction.REVERSED: "Positive amounts went out, as this layout always writes it.",
            Direction.BY_WORD: "A word in each row says whether money came in or went out.",
            Direction.TWO_COLUMNS: "Money in and money out have columns of their own.",
        }[layout.direction]
        return layout.direction, Guess(about="direction", says=says)
    guess = judge_direction(table, found, reader)
    sure = guess.sure and (certain or guess.direction is not Direction.TWO_COLUMNS)
    return guess.direction, Guess(about="direction", says=guess.says, sure=sure)


def _currency(table: Table, found: dict[int, Field]) -> str:
    """The currency that the heading of an amount names, where it is not the dollar."""
    named = {
        without_currency(table.headings[place])[1]
        for place, each in found.items()
        if each in AMOUNTS and each is not Field.BALANCE
    } - {"", "USD"}
    return min(named, default="")


def _cells(table: Table, found: dict[int, Field], wanted: Iterable[Field]) -> list[list[str]]:
    wanted = frozenset(wanted)
    places = sorted(found, key=lambda place: (found[place] is not Field.DATE, place))
    return [table.column(place) for place in places if found[place] in wanted]


def _listed(table: Table, found: dict[int, Field]) -> tuple[Field | None, ...]:
    return tuple(found.get(place) for place in range(table.width))
