"""Opening a file as a table: encodings, separators, headings wherever they stand, and what is no table."""

from __future__ import annotations

import pytest

from tests.imports.table_kit import amounts, read, reasons, whole
from tracker.errors import Cancelled
from tracker.imports.table_opening import Opening, open_table
from tracker.imports.table_text import MOST_LINES

TWO = "Date,Payee,Amount\n2026-03-01,Caf\u00e9 Zo\u00eb,-4.50\n2026-03-02,\u0160koda,-5.00\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_each_encoding_gives_the_same_rows(encoding: str) -> None:
    assert [each.payee for each in read(TWO.encode(encoding)).money] == ["Caf\u00e9 Zo\u00eb", "\u0160koda"]


def test_an_encoding_can_be_given() -> None:
    data = TWO.encode("cp1250")
    assert open_table(data, "x.csv", Opening(encoding="cp1250")).rows[1][1] == "\u0160koda"
    assert open_table(data, "x.csv", Opening(encoding="no-such-code")).rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_separator_is_found(delimiter: str) -> None:
    text = TWO.replace(",", delimiter)
    table = open_table(text.encode(), "x.csv")
    assert table.opening.delimiter == delimiter
    assert table.headings == ("Date", "Payee", "Amount")


def test_commas_before_the_cents_do_not_separate_cells() -> None:
    found, table, mapping = whole("Date;Payee;Amount\n24.03.2026;A;-1.234,50\n25.03.2026;B;7,00\n")
    assert (table.opening.delimiter, mapping.decimals.value) == (";", ",")
    assert amounts(found) == [-123450, 700]


def test_a_line_for_excel_that_names_the_separator_is_heeded() -> None:
    assert amounts(read("sep=;\nDate;Payee;Amount\n2026-03-01;a,b,c;-1.00\n")) == [-100]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_ends_of_lines_are_read(end: str) -> None:
    found = read(TWO.replace("\n", end))
    assert [each.where for each in found.money] == ["row 2", "row 3"]


def test_mixed_ends_of_lines_and_a_missing_last_one_are_read() -> None:
    assert amounts(
        read("Date,Payee,Amount\r\n2026-03-01,a,1.00\r2026-03-02,b,2.00\n2026-03-03,c,-3.00")
    ) == [
        100,
        200,
        -300,
    ]


def test_single_quotation_marks_around_cells_are_read() -> None:
    text = "'Date','Payee','Amount'\n'2026-03-01','a, b','-1.00'\n'2026-03-02','c','-2.00'\n"
    assert [each.payee for each in read(text).money] == ["a, b", "c"]


def test_text_over_several_lines_stays_one_cell_and_rows_keep_their_places() -> None:
    found = read('Date,Payee,Amount\n2026-03-01,"one\ntwo",-1.00\n2026-03-02,b,-2.00\n')
    assert [(each.payee, each.where) for each in found.money] == [("one two", "row 2"), ("b", "row 4")]


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows() -> None:
    rows = "".join(f"2026-03-01,p{number},-1.00\n" for number in range(MOST_LINES * 2))
    found = read(f'Date,Payee,Amount\n2026-03-01,"open,-1.00\n{rows}')
    assert len(found.money) == MOST_LINES * 2 + 1
    assert reasons(found) == [
        "This row is not well formed; a quotation mark may be missing. Check what was read of it."
    ]


def test_headings_below_a_preamble_are_found_and_what_is_above_is_said() -> None:
    table = open_table(
        b"First Bank\nAccount: 1234\n\nFrom 1/1/2026 to 3/31/2026\n\n"
        b"Date,Description,Amount\n1/31/2026,a,-1.00\n",
        "x.csv",
    )
    assert table.headings == ("Date", "Description", "Amount")
    assert table.opening.headings_row == 6
    assert any("3 rows above them are passed over" in guess.says for guess in table.guesses)


def test_headings_in_words_nobody_lists_are_found_above_dates() -> None:
    table = open_table(b"Wann,Wer,Wieviel\n24.03.2026,a,-1.00\n", "x.csv")
    assert table.has_headings
    assert not next(guess for guess in table.guesses if guess.about == "headings").sure


def test_headings_can_be_chosen_or_denied() -> None:
    data = b"a,b,c\nDate,Payee,Amount\n2026-03-01,x,-1.00\n"
    assert open_table(data, "x.csv", Opening(headings_row=1)).headings == ("a", "b", "c")
    assert not open_table(data, "x.csv", Opening(headings_row=0)).has_headings


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t", "The file is empty."),
        (b"%PDF-1.7 ...", "It is a PDF"),
        (b"\x89PNG\r\n", "It is a picture"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "It is a web page"),
        (b"<html><body>", "It is a web page"),
        (b'{"resourceType": "Bundle"}', "a file of another kind"),
        (b"OFXHEADER:100\nDATA:OFXSGML", "a file of another kind"),
        (bytes(range(256)) * 20, "It is not a text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format (.xls)"),
        (b"PK\x03\x04 not really", "damaged and cannot be read"),
        (b"just one line of words", "No column holds"),
        (b"Date,Payee,Amount\n", "There are headings but no rows under them."),
        (b"," * 500, "The file has no rows."),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, why: str) -> None:
    found = read(data)
    assert found.is_empty
    assert len(found.problems) == 1
    assert why in found.problems[0].why


def test_characters_that_cannot_be_read_are_counted() -> None:
    table = open_table(TWO.encode("utf-16")[:-1], "x.csv")
    assert "could not be read" in table.problems[0].why


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.imports.table_opening.MOST_ROWS", 10)
    assert "more than 10 rows" in reasons(read("Date,Amount\n" + "2026-03-01,-1.00\n" * 12))[0]


def test_opening_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        open_table(b"Date,Amount\n" + b"2026-03-01,-1.00\n" * 3_000, "x.csv", progress=stop)
