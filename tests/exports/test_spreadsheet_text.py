"""No text that leaves the ledger as a cell is calculated by a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.exports.payment_rows import payment_rows
from tracker.exports.spreadsheet_text import may_calculate, still_cell, still_text
from tracker.exports.table_out import Holds, OutColumn, OutTable, as_csv
from tracker.exports.table_xlsx import as_workbook
from tracker.facts import PaymentLine

BEGINNINGS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\u2212",
    "\ufe66",
    "\uff1d",
)
BEFORE = ("", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e", "\t ", "\r\n")

dangerous = st.builds(
    lambda before, sign, rest: before + sign + rest,
    st.sampled_from(BEFORE),
    st.sampled_from(BEGINNINGS),
    st.text(max_size=20).map(lambda rest: f"cmd|' /C calc'!A0{rest}"),
)


def calculated(cell: str) -> bool:
    """What a spreadsheet would take for a formula, told in another way than the program tells it."""
    bare = cell.lstrip(
        "".join(chr(n) for n in range(0x3001) if chr(n).isspace() or unicodedata.category(chr(n)) == "Cf")
    )
    bare = bare.lstrip("\ufeff\u200b\u202e")
    return bool(bare) and unicodedata.normalize("NFKC", bare[0])[0] in "=+-@\u2212"


@given(dangerous)
def test_what_begins_like_a_formula_becomes_text(text: str) -> None:
    for made in (still_text(text), still_cell(text)):
        assert not calculated(made)
        assert "\n" not in made
        assert "\t" not in made


@given(st.text(max_size=30))
def test_no_text_at_all_is_calculated(text: str) -> None:
    assert not may_calculate(still_text(text))
    assert " ".join(still_text(text).removeprefix("'").split()) == " ".join(
        text.removeprefix("'").split()
    ) or (still_text(text) == " ".join(text.split()))


@pytest.mark.parametrize("text", ["-$12.50", "+5", "\u221275.00", "-3 %", "$1,225.00", "-0.5", "12"])
def test_amounts_in_a_table_stay_amounts(text: str) -> None:
    assert still_cell(text) == text


@pytest.mark.parametrize("text", ["-2+3", "+1 555 0100", "=1", "-A1", "-1e5(", "@SUM(A1)", "-1,2-cmd|x"])
def test_what_only_begins_like_an_amount_is_text(text: str) -> None:
    assert still_cell(text) == f"'{text}"


values = st.tuples(
    st.one_of(st.text(max_size=15), dangerous),
    st.none() | st.dates(),
    st.none() | st.integers(-(10**12), 10**12),
    st.none() | st.integers(0, 10**9),
)
COLUMNS = (
    OutColumn("Text"),
    OutColumn("Day", Holds.DAY),
    OutColumn("Amount", Holds.MONEY),
    OutColumn("Number", Holds.NUMBER),
)


@given(st.lists(values, max_size=6))
def test_a_csv_file_reads_back_equal(rows: list[tuple[str, date | None, int | None, int | None]]) -> None:
    text = as_csv(OutTable("T", COLUMNS, rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["Text", "Day", "Amount", "Number"]
    assert len(read) == len(rows) + 1
    for found, (words, day, amount, number) in zip(read[1:], rows, strict=True):
        assert found[0] == still_text(words.replace("\x00", ""))
        assert not calculated(found[0])
        assert (date.fromisoformat(found[1]) if found[1] else None) == day
        assert (round(float(found[2]) * 100) if found[2] else None) == amount
        assert (int(found[3]) if found[3] else None) == number


@given(st.lists(dangerous, min_size=1, max_size=4))
def test_payment_rows_keep_names_text(names: list[str]) -> None:
    lines = [
        PaymentLine(
            id=1, paid_on=date(2026, 3, 14), amount=-12_50, payee=name, person=name, account=name,
            to_account=name, category=name, split=False, repays_id=None, note=name, documents=0,
        )
        for name in names
    ]  # fmt: skip
    rows = [row.split("\t") for row in payment_rows(lines).rstrip("\n").split("\n")][1:]
    assert len(rows) == len(names)
    for row in rows:
        assert len(row) == 8
        assert row[-1] == "-12.50"
        assert not any(calculated(cell) for cell in row[1:-1])


def test_a_workbook_keeps_text_as_text_and_amounts_as_numbers() -> None:
    from openpyxl import load_workbook

    rows = [(f"{sign}1+1", date(2026, 3, 14), -12_50, 7) for sign in ("=", " +", "\uff1d", "@", "x")]
    sheet = load_workbook(io.BytesIO(as_workbook([OutTable("Payments", COLUMNS, rows)], "Tables")))[
        "Payments"
    ]
    assert sheet.max_row == 6
    for row in sheet.iter_rows(min_row=2):
        assert row[0].data_type == "s"
        assert row[0].quotePrefix == (row[0].value != "x1+1")
        assert row[2].value == -12.5
        assert row[1].value.date() == date(2026, 3, 14)
        assert row[3].value == 7
    assert sheet.freeze_panes == "A2"
