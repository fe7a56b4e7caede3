"""Workbooks as tables: dates and numbers exact, the fullest sheet, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from tests.imports.table_kit import amounts, read, reasons, whole
from tracker.errors import Cancelled
from tracker.imports.table_opening import Opening, open_table

HEAD = ["Date", "Payee", "Amount"]


def book(*sheets: list[list[object]]) -> bytes:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for place, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Sheet {place + 1}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part, old.read(part))
        for name, body in changes.items():
            new.writestr(name, body)
    return stream.getvalue()


def test_real_dates_and_numbers_stay_exact() -> None:
    data = book(
        [
            HEAD,
            [date(2026, 3, 4), "a", -0.1],
            [datetime(2026, 3, 5, 9, 30), "b", 0.1 + 0.2],  # noqa: DTZ001
            ["3/6/2026", "c", "7.00"],
        ]
    )
    found, table, _ = whole(data, "x.xlsx")
    assert [(each.on, each.amount) for each in found.money] == [
        (date(2026, 3, 4), -10),
        (date(2026, 3, 5), 30),
        (date(2026, 3, 6), 700),
    ]
    assert table.opening.sheet == "Sheet 1"
    assert found.money[0].where == "row 2"


def test_the_sheet_with_most_rows_is_read_and_another_can_be_chosen() -> None:
    data = book(
        [["Notes"], ["nothing"]], [HEAD, *[[date(2026, 3, day), "p", -1] for day in range(1, 6)]], []
    )
    found, table, _ = whole(data, "x.xlsx")
    assert (len(found.money), table.sheets) == (5, ("Sheet 1", "Sheet 2"))
    assert any("Sheet 2" in guess.says and not guess.sure for guess in table.guesses)
    assert open_table(data, "x.xlsx", Opening(sheet="Sheet 1")).opening.sheet == "Sheet 1"


def test_a_preamble_and_gaps_keep_the_rows_places() -> None:
    data = book([["First Bank"], [], ["Account", 12], [], HEAD, [], [date(2026, 3, 4), "a", -1]])
    assert [each.where for each in read(data, "x.xlsx").money] == ["row 7"]


def test_a_formula_without_a_value_says_what_to_do() -> None:
    found = read(book([HEAD, [date(2026, 3, 4), "a", -1], [date(2026, 3, 5), "b", "=C2*2"]]), "x.xlsx")
    assert amounts(found) == [-100]
    assert "open and save the workbook in your spreadsheet program" in reasons(found)[0]


def test_a_formula_with_its_value_is_read_as_the_value() -> None:
    data = book([HEAD, [date(2026, 3, 4), "a", -1], [date(2026, 3, 5), "b", "=C2*2"]])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        body = packed.read("xl/worksheets/sheet1.xml")
    body = re.sub(rb"(<f>C2\*2</f>)<v\s*(?:/>|></v>)", rb"\1<v>-2</v>", body)
    data = changed(data, {"xl/worksheets/sheet1.xml": body})
    assert amounts(read(data, "x.xlsx")) == [-100, -200]


def test_claim_numbers_in_a_workbook_stay_whole_or_are_a_problem() -> None:
    head = [
        "Claim Number",
        "Patient Name",
        "Service Date",
        "Provider",
        "Total Charges",
        "My Responsibility",
    ]
    rest = ["Ann", date(2026, 3, 14), "X", 10, 2]
    found = read(
        book([head, ["000123", *rest], [123456789012345, *rest], [1.2345678901234568e17, *rest]]), "x.xlsx"
    )
    assert [each.id for each in found.eobs] == ["000123", "123456789012345"]
    assert "was lost in Excel" in reasons(found)[0]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append([date(2026, 3, 4), "x", -1])
    sheet["B2"].value = "=1+1"
    sheet["B2"].data_type = "s"
    stream = io.BytesIO()
    made.save(stream)
    assert read(stream.getvalue(), "x.xlsx").money[0].payee == "=1+1"


def test_wrong_dimensions_lose_no_rows() -> None:
    data = book([HEAD, *[[date(2026, 3, day), "p", -1] for day in range(1, 9)]])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        body = packed.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:C9"' in body
    data = changed(data, {"xl/worksheets/sheet1.xml": body.replace(b'ref="A1:C9"', b'ref="A1"')})
    assert len(read(data, "x.xlsx").money) == 8


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"xl/vbaProject.bin": b"x"}, "contains macros"),
        ({"xl/extra.xml": b"\0" * 30_000_000}, "would unpack to more than a table can be"),
        ({"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "declarations"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c t="}, "damaged"),
        ({"xl/workbook.xml": b"nonsense"}, "damaged"),
    ],
)
def test_a_workbook_that_is_not_safe_to_read_is_refused(changes: dict[str, bytes], why: str) -> None:
    found = read(changed(book([HEAD, [date(2026, 3, 4), "a", -1]]), changes), "x.xlsx")
    assert found.is_empty
    assert why in reasons(found)[0]


def test_links_to_other_workbooks_are_never_followed() -> None:
    data = book([HEAD, [date(2026, 3, 4), "a", -1], [date(2026, 3, 5), "b", "='[other.xlsx]S'!A1"]])
    assert amounts(read(data, "x.xlsx")) == [-100]


def test_an_empty_workbook_and_cancelling() -> None:
    assert reasons(read(book([]), "x.xlsx")) == ["The workbook has no rows."]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    data = book([HEAD, *[[date(2026, 3, 1), "p", -1]] * 2_500])
    with pytest.raises(Cancelled):
        open_table(data, "x.xlsx", progress=stop)
