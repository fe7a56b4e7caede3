"""What the wizard for a table asks: columns chosen, guesses made again, first rows, words, what is kept."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.imports.table_kit import amounts, whole
from tracker.imports.table_amounts import DecimalMark
from tracker.imports.table_choosing import (
    chosen_twice,
    counted,
    preview_rows,
    rejudged,
    to_keep,
    with_column,
    with_words,
    words_in,
)
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_guess import guess_mapping
from tracker.imports.table_mapping import Direction, from_json, to_json
from tracker.imports.table_opening import GUESSED, Opening, open_table
from tracker.imports.table_reading import read_any_table, read_table

ODD = 'When,Whom,How much,Side\n14.3.2026,Quest,"1,50",Abgang\n15.3.2026,Elm,"2,00",Zugang\nx,y,z,\n'
CLAIMS = (
    "Claim Number,Service Date,Provider,Billed,You Owe\n"
    "A1,3/14/2026,Harbor,500.00,200.00\nA1,3/14/2026,Harbor,50.00,20.00\nA2,3/15/2026,Quest,50.00,20.00\n"
)


def test_a_field_of_two_columns_is_told_apart_from_words_of_several() -> None:
    _, table, mapping = whole("Date,Posted,Amount\n3/14/2026,3/15/2026,-1.00\n")
    both = with_column(mapping, 1, Field.DATE)
    assert chosen_twice(both) == {1: Field.DATE}
    moved = with_column(both, 0, None)
    assert chosen_twice(moved) == {}
    assert read_table(table, moved).money[0].on.day == 15
    assert chosen_twice(with_column(with_column(mapping, 0, Field.MEMO), 1, Field.MEMO)) == {}


def test_guesses_follow_the_columns_but_not_over_an_answer() -> None:
    _, table, mapping = whole(ODD)
    named = with_column(with_column(mapping, 0, Field.DATE), 2, Field.AMOUNT)
    judged = rejudged(table, named)
    assert judged.dates is DateOrder.DAY_FIRST
    assert judged.decimals is DecimalMark.COMMA
    told = rejudged(table, replace(named, dates=DateOrder.MONTH_FIRST), settled=frozenset({"dates"}))
    assert told.dates is DateOrder.MONTH_FIRST
    assert all(guess.sure for guess in told.guesses if guess.about == "dates")


def test_words_for_out_and_in_are_the_persons() -> None:
    _, table, mapping = whole(ODD)
    for place, field in enumerate((Field.DATE, Field.PAYEE, Field.AMOUNT, Field.DIRECTION)):
        mapping = with_column(mapping, place, field)
    mapping = rejudged(
        table, replace(mapping, direction=Direction.BY_WORD), settled=frozenset({"direction"})
    )
    assert words_in(table, mapping) == ((), (), ("abgang", "zugang"))
    mapping = with_words(mapping, ["Abgang"], [" Zugang "])
    assert words_in(table, mapping) == (("abgang",), ("zugang",), ())
    assert amounts(read_table(table, mapping)) == [-150, 200]
    turned = with_words(mapping, ["Zugang"], ["Abgang", "debit"])
    assert amounts(read_table(table, turned)) == [150, -200]
    assert "debit" not in turned.out_words


def test_the_first_rows_show_what_is_left_out_and_why() -> None:
    text = "Date,Payee,Amount\n3/14/2026,Quest,-1.00\n3/15/2026,Elm,two\n3/16/2026,Elm,-2.005\n"
    _, table, mapping = whole(text)
    rows = preview_rows(table, mapping)
    assert [(row.number, row.taken, row.amount) for row in rows] == [
        (2, True, -100), (3, False, None), (4, True, -201),
    ]  # fmt: skip
    assert "two" in rows[1].why
    assert "rounded" in rows[2].why
    assert rows[1].text == "3/15/2026  Elm  two"
    found = counted(table, mapping)
    assert (found.rows, found.taken, found.left) == (3, 2, 1)


def test_lines_of_one_claim_are_one_row() -> None:
    _, table, mapping = whole(CLAIMS)
    assert mapping.holds is Holds.CLAIMS
    rows = preview_rows(table, mapping)
    assert [(row.number, row.who) for row in rows if row.taken] == [(2, "Harbor"), (4, "Quest")]
    assert counted(table, mapping).left == 0


def test_what_rows_are_can_be_said() -> None:
    _, table, _ = whole("Number,Service Date,Charge,What I owe\nA1,3/14/2026,5.00,1.00\n")
    for holds in Holds:
        assert guess_mapping(table, holds=holds).holds is holds
    assert guess_mapping(open_table(CLAIMS.encode(), "x.csv"), holds=Holds.MONEY).holds is Holds.MONEY


def test_a_kept_layout_reads_the_next_file_as_chosen() -> None:
    data = b"made by a bank\nWhen|Whom|How much\n4/3/2026|Quest|5.00\n"
    opened_as = Opening(delimiter="|", headings_row=2)
    table = open_table(data, "march.csv", opened_as)
    mapping = guess_mapping(table)
    for place, field in enumerate((Field.DATE, Field.PAYEE, Field.AMOUNT)):
        mapping = with_column(mapping, place, field)
    mapping = replace(mapping, dates=DateOrder.DAY_FIRST, direction=Direction.REVERSED)
    kept = from_json(to_json(to_keep(table, mapping, "My bank", opened_as)))
    found, _, used = read_any_table(data.replace(b"5.00", b"7.00"), "april.csv", profiles=[kept])
    assert used.name == found.layout == "My bank"
    assert used.opening == opened_as
    assert (amounts(found), found.money[0].on.month) == ([-700], 3)
    assert to_keep(table, mapping, "", GUESSED).opening == GUESSED


def test_a_table_keeps_what_it_takes_to_open_it_again() -> None:
    data = b"top\n\nDate;Payee;Amount\n3/14/2026;Quest;1.00\n"
    table = open_table(data, "x.csv")
    assert table.data == data
    assert list(table.above_numbers) == [1]
    assert "data" not in repr(table)


cells = st.text(alphabet="ab1/.-,;\u20ac ", max_size=8)


@given(
    st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=12),
    st.lists(st.none() | st.sampled_from(Field), min_size=5, max_size=5),
    st.sampled_from(Direction),
)
def test_no_choice_breaks_the_preview(
    rows: list[list[str]], fields: list[Field | None], direction: Direction
) -> None:
    text = "\n".join("|".join(row) for row in rows)
    table = open_table(text.encode(), "x.csv", Opening(delimiter="|"))
    mapping = guess_mapping(table)
    for place in range(len(mapping.columns)):
        mapping = with_column(mapping, place, fields[place % 5])
    mapping = rejudged(table, replace(mapping, direction=direction), settled=frozenset({"direction"}))
    shown = preview_rows(table, mapping)
    assert len({row.number for row in shown}) == len(shown) <= 20
    found = counted(table, mapping)
    assert found.rows == len(table.rows)
    assert found.left <= found.rows
