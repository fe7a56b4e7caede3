"""Saved profiles: kept as text, found again by the headings, refused when they are not ours."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.table_kit import amounts, whole
from tracker.errors import UserProblem
from tracker.imports.table_amounts import DecimalMark
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_layouts import layout_for, layouts
from tracker.imports.table_mapping import Direction, Mapping, fits, from_json, to_json
from tracker.imports.table_opening import Opening, open_table
from tracker.imports.table_reading import read_any_table

MARCH = b"Date,Who,Amount\n3/4/2026,a,1.00\n3/5/2026,b,2.00\n"
APRIL = b"Date,Who,Amount\n4/4/2026,c,3.00\n"

mappings = st.builds(
    Mapping,
    name=st.text(max_size=20),
    holds=st.sampled_from(Holds),
    headings=st.lists(st.text(max_size=10), max_size=4).map(tuple),
    columns=st.lists(st.none() | st.sampled_from(Field), max_size=6).map(tuple),
    dates=st.sampled_from(DateOrder),
    decimals=st.sampled_from(DecimalMark),
    direction=st.sampled_from(Direction),
    out_words=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    currency=st.text(max_size=3),
    opening=st.builds(
        Opening, delimiter=st.sampled_from(["", ";"]), headings_row=st.none() | st.integers(0, 9)
    ),
)


@given(mappings)
def test_a_profile_comes_back_as_it_was(mapping: Mapping) -> None:
    assert from_json(to_json(mapping)) == mapping


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"version": 2}', "[" * 50_000,
     to_json(Mapping()).replace('"money"', '"gold"'), to_json(Mapping()).replace('"month first"', "7"),
     json.dumps({**json.loads(to_json(Mapping())), "columns": [1]})],
)  # fmt: skip
def test_text_that_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(UserProblem, match="cannot be used"):
        from_json(text)


def test_what_was_chosen_once_is_used_for_the_next_file_of_the_source() -> None:
    _, _, mapping = whole(MARCH)
    chosen = replace(mapping, name="My card", direction=Direction.REVERSED, dates=DateOrder.DAY_FIRST)
    found, _, used = read_any_table(APRIL, "april.csv", profiles=[Mapping(), from_json(to_json(chosen))])
    assert used.name == found.layout == "My card"
    assert amounts(found) == [-300]
    assert used.is_sure


def test_a_profile_does_not_fit_other_headings_or_columns() -> None:
    _, table, mapping = whole(MARCH)
    assert fits(mapping, table)
    assert fits(mapping, open_table(b"DATE, who ,amount\n", "x.csv"))
    for other in (b"Date,Amount,Who\n3/4/2026,1.00,a\n", b"Date,Who\n3/4/2026,a\n", b"3/4/2026,a,1.00\n"):
        assert not fits(mapping, open_table(other, "x.csv"))


def test_without_headings_a_profile_fits_by_width_and_content() -> None:
    _, table, mapping = whole(b"3/14/2026,a,-1.00\n3/15/2026,b,-2.00\n")
    assert fits(mapping, table)
    assert fits(mapping, open_table(b"4/14/2026,c,-3.00\n", "x.csv"))
    assert not fits(mapping, open_table(b"a,4/14/2026,-3.00\n", "x.csv"))
    assert not fits(mapping, open_table(b"4/14/2026,c,-3.00,x\n", "x.csv"))


def test_a_profile_says_how_a_file_is_opened_where_guessing_fails() -> None:
    data = b"a:b\nDate,Who,Amount\n3/14/2026,a,-1.00\n"
    table = open_table(data, "x.csv", Opening(headings_row=1))
    profile = Mapping(
        name="odd",
        headings=table.headings,
        columns=(None, Field.PAYEE, Field.AMOUNT),
        opening=Opening(headings_row=1),
    )
    _, _, used = read_any_table(data, "x.csv", profiles=[profile])
    assert used.name == "odd"


def test_every_layout_is_found_by_its_own_headings() -> None:
    for layout in layouts():
        found = layout_for(sorted(layout.headings))
        assert found is not None
        assert found.name == layout.name
        assert layout.refuse or set(layout.columns) >= layout.headings - {
            "time",
            "time zone",
            "gross",
            "fee",
        }


def test_layouts_that_are_taken_hold_what_rows_need() -> None:
    for layout in layouts():
        held = set(layout.columns.values())
        if layout.refuse:
            assert not layout.columns
        elif layout.holds is Holds.CLAIMS:
            assert {Field.CLAIM_NUMBER, Field.SERVICE_FROM, Field.BILLED, Field.RESPONSIBILITY} <= held
        else:
            assert Field.DATE in held
            assert Field.AMOUNT in held or {Field.MONEY_IN, Field.MONEY_OUT} <= held
