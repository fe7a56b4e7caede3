"""The rows of an import away from the screen: ticks and edits that stay, sums, tabs, many of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.importing.rows import EobRow, MoneyRow, Proposed, RowState
from tracker.facts.found import Format, FoundEob, FoundFile, FoundMoney, FoundProblem
from tracker.services.import_preview import Preview
from ui.models.import_columns import look_rows
from ui.models.import_read import Judged, Names
from ui.models.import_rows import ImportRows
from ui.models.import_sheet import Kind, Own, Tab, keyed, sheets_of, tab_of, tickable

DAY = date(2026, 3, 2)


def row(place: int, file: int, amount: int = -10_00, **changes: object) -> MoneyRow:
    made = MoneyRow(
        place=place,
        file=file,
        found=FoundMoney(on=DAY, amount=amount, payee=f"Payee {place}"),
        state=RowState.NEW,
        proposed=Proposed(payee=f"Payee {place}", account_id=1),
        take=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def judged(counts: dict[str, int], own: Own | None = None) -> Judged:
    """Files by path, each with so many rows."""
    files, money = [], []
    for number, (path, count) in enumerate(counts.items()):
        files.append(FoundFile(name=path, format=Format.OFX, path=path))
        money += [row(len(money) + n, number) for n in range(count)]
    preview = Preview(files=tuple(files), money=tuple(money))
    return Judged(preview, Names(), sheets_of(preview, own or Own()), tuple("" for _ in money))


@given(
    before=st.lists(st.integers(0, 4), min_size=1, max_size=4),
    gone=st.integers(0, 3),
    ticks=st.lists(st.tuples(st.integers(0, 15), st.booleans()), max_size=8),
    known=st.booleans(),
)
def test_ticks_and_edits_stay_with_their_rows_whatever_files_come_and_go(
    before: list[int], gone: int, ticks: list[tuple[int, bool]], known: bool
) -> None:
    rows = ImportRows()
    counts = {f"file{n}": count for n, count in enumerate(before)}
    rows.show(judged(counts))
    for place, take in ticks:
        if place < rows.count(Kind.MONEY):
            rows.tick(Kind.MONEY, [place], take)
            rows.edit(Kind.MONEY, [place], payee=f"Mine {place}")
    held = {
        rows.key(Kind.MONEY, n): (rows.takes(Kind.MONEY, n), rows.money[n].proposed.payee.split()[0])
        for n in range(rows.count(Kind.MONEY))
    }
    counts.pop(f"file{gone}", None)
    counts = {"earlier": 2, **counts}
    # What the worker knew of the member's changes, all of them or none, makes no difference.
    rows.show(judged(counts, rows.own.copy() if known else None))
    for n in range(rows.count(Kind.MONEY)):
        key = rows.key(Kind.MONEY, n)
        found = rows.takes(Kind.MONEY, n), rows.money[n].proposed.payee.split()[0]
        assert found == held.get(key, (True, "Payee"))
    result = rows.result()
    assert [item.take for item in result.money] == [
        rows.takes(Kind.MONEY, n) for n in range(len(rows.money))
    ]
    assert rows.chosen(Kind.MONEY) == sum(item.take for item in result.money)


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.booleans()), max_size=20))
def test_sums_are_those_of_the_ticked_rows(items: list[tuple[int, bool]]) -> None:
    money = tuple(row(n, 0, amount) for n, (amount, _) in enumerate(items))
    preview = Preview(files=(FoundFile(name="a", format=Format.OFX, path="a"),), money=money)
    rows = ImportRows()
    rows.show(Judged(preview, Names(), sheets_of(preview, Own())))
    for n, (_, take) in enumerate(items):
        rows.tick(Kind.MONEY, [n], take)
    out, into = rows.chosen_sums()
    assert into - out == sum(amount for amount, take in items if take)
    assert out == -sum(amount for amount, take in items if take and amount < 0)


@pytest.mark.parametrize(
    ("one", "tab", "can"),
    [
        (row(0, 0), Tab.NEW, True),
        (row(0, 0, take=False), Tab.LEFT, True),
        (row(0, 0, state=RowState.LIKELY, take=False), Tab.DECIDE, True),
        (row(0, 0, state=RowState.CHANGED, take=False), Tab.CHANGED, True),
        (row(0, 0, state=RowState.KNOWN, take=False), Tab.KNOWN, False),
        (row(0, 0, amount=0), Tab.NEW, False),
        (row(0, 0, amount=5, take=False, proposed=Proposed(pair=1)), Tab.LEFT, False),
        (
            EobRow(
                place=0, file=0, found=FoundEob(id="1"), state=RowState.NEW, draft=None, needs_person=True
            ),
            Tab.DECIDE,
            False,
        ),
        (
            EobRow(place=0, file=0, found=FoundEob(id="1"), state=RowState.NEW, draft=None, take=False),
            Tab.LEFT,
            False,
        ),
    ],
)
def test_where_a_row_stands_and_whether_it_can_be_taken(
    one: MoneyRow | EobRow, tab: Tab, can: bool
) -> None:
    assert (tab_of(one), tickable(one)) == (tab, can)


def test_what_cannot_be_taken_is_never_ticked() -> None:
    preview = Preview(
        files=(FoundFile(name="a", format=Format.OFX, path="a"),),
        money=(row(0, 0, amount=0), row(1, 0, state=RowState.KNOWN, take=False)),
    )
    rows = ImportRows()
    rows.show(Judged(preview, Names(), sheets_of(preview, Own())))
    rows.tick(Kind.MONEY, [0, 1], True)
    assert [item.take for item in rows.result().money] == [False, False]


def test_eobs_have_keys_by_file() -> None:
    eobs = tuple(
        EobRow(place=n, file=file, found=FoundEob(id=str(n)), state=RowState.NEW, draft=None)
        for n, file in enumerate((0, 0, 2, 2, 2))
    )
    files = tuple(FoundFile(name=name, format=Format.FHIR, path=name) for name in "abc")
    keys = [key for key, _ in keyed(Preview(files=files, eobs=eobs))]
    assert keys == [("a", 0), ("a", 1), ("c", 0), ("c", 1), ("c", 2)]


def test_what_there_is_to_look_at_names_its_file_and_row() -> None:
    files = (
        FoundFile(
            name="a\nb.csv",
            format=Format.TABLE,
            path="a",
            money=(FoundMoney(on=DAY, amount=1),),
            problems=(FoundProblem(where="row 3", why="It was rounded."),),
        ),
        FoundFile(
            name="c", format=Format.UNKNOWN, path="c", problems=(FoundProblem(why="It is a photo."),)
        ),
    )
    rows = ImportRows()
    preview = Preview(files=files)
    rows.show(Judged(preview, Names(), sheets_of(preview, Own())))
    first, second = look_rows(rows)
    assert (first.file, first.where, first.why, first.lost) == (
        "a b.csv",
        "row 3",
        "It was rounded.",
        False,
    )
    assert second.lost
    assert rows.tabs(Kind.MONEY)[Tab.LOOK] == 2
