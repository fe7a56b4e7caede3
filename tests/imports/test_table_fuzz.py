"""Damaged tables: whatever the bytes, the reader answers soon and leaves nothing out in silence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.table_kit import read
from tracker.imports.found import FoundFile
from tracker.money import LARGEST

MONEY = (
    b'Date,Payee,Amount,Balance\n3/14/2026,"Dr A, MD",-45.00,955.00\n3/15/2026,Lab,"(1,200.50)",-245.50\n'
)
CLAIMS = (
    b"Claim Number,Patient Name,Service Date,Provider,Total Charges,My Responsibility\n"
    b'00123,Ann,3/14/2026,"Dr X, MD","$1,000.00",200.00\n00124,Ann,3/15/2026,Lab,10.00,2.00\n'
)
BARE = b"24.03.2026;Apotheke;-1.234,56;EUR\n25.03.2026;Arzt;+12,00;EUR\n"
PIECES = (
    b'"', b"'", b",", b";", b"\t", b"|", b"\r", b"\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"=", b"(",
    b"-", b"$", b"\xe2\x82\xac", b"9" * 50, b"1E+11", b"99/99/9999", b"Total", b"sep=;\n", b"Date,Amount\n",
    b" to ", b"\xd8\x00",
)  # fmt: skip


def check(found: FoundFile) -> None:
    assert found.money or found.eobs or found.problems
    assert all(0 < abs(each.amount) <= LARGEST and 1900 <= each.on.year <= 2100 for each in found.money)
    assert all(each.why for each in found.problems)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from([MONEY, CLAIMS, BARE])))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 4)):
            case 0:
                data[place:place] = draw(st.sampled_from(PIECES))
            case 1:
                del data[place : place + draw(st.integers(1, 30))]
            case 2:
                data[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case 3:
                data = data[:place]
            case _:
                data += data[place : place + 80] * draw(st.integers(1, 4))
    encoding = draw(st.sampled_from(["", "", "utf-16", "utf-16-be", "utf-32"]))
    return bytes(data).decode("latin-1").encode(encoding) if encoding else bytes(data)


@given(damaged())
@settings(max_examples=300, deadline=2_000)
def test_a_damaged_table_is_answered(data: bytes) -> None:
    check(read(data))


@given(st.binary(max_size=600))
@settings(max_examples=200, deadline=2_000)
def test_any_bytes_are_answered(data: bytes) -> None:
    check(read(data))


@given(st.text(alphabet="\"',;|\t\n\r =-$().0123456789aDE/", max_size=400))
@settings(max_examples=300, deadline=2_000)
def test_any_marks_of_a_table_are_answered(text: str) -> None:
    check(read(text))


@pytest.mark.parametrize(
    "data",
    [
        b"a," * 500_000,
        b'"' * 1_000_000,
        b'"a\n' * 100_000,
        (b'2026-01-01,"x,1.00\n' + b"2026-01-01,x,1.00\n" * 70) * 500,
        b"1" * 1_000_000,
        (b"1.00," * 2_000 + b"\n") * 50,
        b"Date,Amount\n2026-01-01," + b"(" * 500_000,
        b"Date," + b"A" * 500_000 + b",Amount\n2026-01-01,x,1\n",
    ],
    ids=["cells", "quotes", "open quotes", "stray quotes", "digits", "wide", "brackets", "long heading"],
)
def test_hostile_tables_take_no_time(data: bytes) -> None:
    begun = time.process_time()
    check(read(data))
    assert time.process_time() - begun < 3


def test_fifty_thousand_rows_are_read_soon() -> None:
    rows = "".join(
        f'{1 + number % 12:02}/{1 + number % 28:02}/2025,"Store, {number % 3000}",words,REF{number:08},'
        f'"{(number * 7919 % 400_000 - 200_000) / 100 + 0.005:,.2f}"\n'
        for number in range(50_000)
    )
    data = f"Date,Description,Memo,Reference,Amount\n{rows}".encode()
    begun = time.process_time()
    found = read(data)
    assert time.process_time() - begun < 5
    assert len(found.money) + len(found.problems) == 50_000
    assert len(found.money) > 49_900
