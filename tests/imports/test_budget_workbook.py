"""Edited estimates read back: round trips, edits of every kind, and files that are not let in."""

from __future__ import annotations

import io
import random
import struct
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.exports.workbooks import with_part
from tracker.dates import add_months
from tracker.errors import LedgerError, UserProblem
from tracker.facts import BudgetLine, Category
from tracker.money import LARGEST
from tracker.services.bundle import Services, services_over
from tracker.services.workbook import (
    EstimateDifference,
    EstimateDifferences,
    export_budget,
    read_estimates,
    take_estimates,
)
from tracker.storage.ledger import create

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
FEE = "Concierge Membership Fee"
PREMIUM = "Health Insurance Premium"


def ids(services: Services) -> dict[str, int]:
    return {item.name: item.id or 0 for item in services.budget.categories()}


@pytest.fixture
def filled(services: Services) -> Services:
    """Estimates of $100, $200 and so on in every month of 2026."""
    services.budget.apply(
        [
            BudgetLine(category_id=line, month=add_months(JAN, n), estimate=(place + 1) * 100_00)
            for n in range(12)
            for place, line in enumerate(ids(services).values())
        ],
        words_="Fill",
    )
    return services


@pytest.fixture
def path(filled: Services, tmp_path: Path) -> Path:
    return export_budget(filled, 2026, tmp_path / "Budget 2026.xlsx")


def edited(path: Path, change: Callable[[Any], object]) -> Path:
    """The workbook after a person changed something and saved it."""
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def in_words(found: EstimateDifferences) -> list[tuple[str, int, int | None, int | None]]:
    return [(one.category, one.month.month, one.now, one.then) for one in found.differences]


def whys(found: EstimateDifferences) -> list[str]:
    return [f"{problem.where}: {problem.why}" for problem in found.problems]


# round trips ---------------------------------------------------------------------------


def test_untouched_workbook_has_no_differences(filled: Services, path: Path) -> None:
    assert read_estimates(filled, path) == EstimateDifferences()


def test_sample_year_has_no_differences(sample: Services, tmp_path: Path) -> None:
    assert read_estimates(sample, export_budget(sample, 2026, tmp_path / "b.xlsx")) == EstimateDifferences()


amounts = st.one_of(st.none(), st.integers(0, 10_000_00), st.integers(0, LARGEST))
budgets = st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 11)), amounts, max_size=40)
names = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
        lambda text: bool(text.split())
    ),
    min_size=2,
    max_size=2,
    unique_by=lambda text: " ".join(text.split()).casefold(),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=budgets, after=budgets, own=names, start=st.integers(1, 12))
def test_any_budget_comes_back_and_any_edit_is_found(
    before: dict[tuple[int, int], int | None],
    after: dict[tuple[int, int], int | None],
    own: list[str],
    start: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = create(Path(folder) / "a.ledger", clock=lambda: date(2026, 11, 22))
        try:
            services = services_over(ledger)
            for name in own:
                if " ".join(name.split()).casefold() not in {key.casefold() for key in ids(services)}:
                    services.budget.save_category(Category(name=name))
            services.budget.set_start_month(start)
            lines = list(ids(services).values())
            begin = date(2026, start, 1)

            def key(place: tuple[int, int]) -> tuple[int, date]:
                return lines[place[0] % len(lines)], add_months(begin, place[1])

            held = {key(place): amount for place, amount in before.items() if amount is not None}
            services.budget.apply(
                [BudgetLine(category_id=c, month=m, estimate=amount) for (c, m), amount in held.items()],
                words_="Fill",
            )
            path = export_budget(services, 2026, Path(folder) / "b.xlsx")
            assert read_estimates(services, path) == EstimateDifferences()
            wanted = {key(place): amount for place, amount in after.items()}
            book = load_workbook(path)
            for (category_id, month), amount in wanted.items():
                sheet = book[f"{month:%b} {month.year}"]
                value = None if amount is None else Decimal(amount) / 100
                sheet.cell(2 + lines.index(category_id), 2).value = value
            book.save(path)
            found = read_estimates(services, path)
            assert found.problems == ()
            assert {(one.category_id, one.month): (one.now, one.then) for one in found.differences} == {
                place: (held.get(place), amount)
                for place, amount in wanted.items()
                if held.get(place) != amount
            }
            if found.differences:
                take_estimates(services, found)
                assert read_estimates(services, path) == EstimateDifferences()
        finally:
            ledger.close()


# edits ---------------------------------------------------------------------------------


def test_edits_are_differences_and_nothing_is_applied(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        book["Jan 2026"]["B2"] = 325.5
        book["Feb 2026"]["B3"] = "$1,225.00"
        book["Mar 2026"]["B4"] = 0
        book["Apr 2026"]["B5"] = None
        book["May 2026"]["B6"] = "  "

    found = read_estimates(filled, edited(path, change))
    assert in_words(found) == [
        (FEE, 1, 100_00, 325_50),
        (PREMIUM, 2, 200_00, 1_225_00),
        ("Estimated Co-pays (Doctor Visits)", 3, 300_00, 0),
        ("Estimated Co-pays (Specialist Visits)", 4, 400_00, None),
        ("Estimated Prescription Costs", 5, 500_00, None),
    ]
    assert found.problems == ()
    assert filled.budget.lines(filled.reports.budget_year(2026).period)[0].estimate == 100_00


def test_taking_is_one_change(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        book["Jan 2026"]["B2"] = 325
        book["Feb 2026"]["B2"] = None

    found = read_estimates(filled, edited(path, change))
    changes = take_estimates(filled, found)
    assert changes.words == "Take 2 estimates from a workbook"
    assert read_estimates(filled, path).differences == ()
    filled.ledger.undo()
    assert read_estimates(filled, path) == found


def test_taking_what_changed_meanwhile_is_refused(filled: Services, path: Path) -> None:
    found = read_estimates(filled, edited(path, lambda book: book["Jan 2026"].__setitem__("B2", 325)))
    filled.budget.set_estimate(ids(filled)[FEE], JAN, 111_00)
    with pytest.raises(UserProblem, match="changed since"):
        take_estimates(filled, found)
    gone = EstimateDifference(9_999, "Gone", JAN, None, 1_00)
    with pytest.raises(UserProblem, match="changed since"):
        take_estimates(filled, [gone])
    with pytest.raises(UserProblem, match="nothing to take"):
        take_estimates(filled, [])


def test_rows_may_be_moved_added_and_sorted(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Jan 2026"]
        sheet["B2"] = 111
        rows = [[cell.value for cell in row[:5]] for row in sheet["A2:E8"]]
        random.Random(4).shuffle(rows)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.insert_rows(1, amount=3)
        sheet["A1"] = "Our budget"
        sheet.insert_rows(7)
        sheet.insert_cols(1)

    assert in_words(read_estimates(filled, edited(path, change))) == [(FEE, 1, 100_00, 111_00)]


def test_visible_columns_sorted_without_the_hidden_one(filled: Services, path: Path) -> None:
    """The names say which row is which; the marks beside them now speak of other rows."""

    def change(book: Any) -> None:
        sheet = book["Jan 2026"]
        rows = [[cell.value for cell in row] for row in sheet["A2:C8"]]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value

    assert read_estimates(filled, edited(path, change)) == EstimateDifferences()


def test_sheets_and_lines_may_be_renamed(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        book["Jan 2026"].title = "First month"
        book["First month"]["A2"] = "Dr. Harbor"
        book["First month"]["B2"] = 5

    assert in_words(read_estimates(filled, edited(path, change))) == [(FEE, 1, 100_00, 5_00)]


def test_line_renamed_in_the_ledger_is_found(filled: Services, path: Path) -> None:
    line = filled.budget.categories()[0]
    filled.budget.save_category(Category(id=line.id, name="Retainer", role=line.role))
    filled.budget.save_category(Category(name=FEE))  # another line takes the old name
    edited(path, lambda book: book["Jan 2026"].__setitem__("B2", 5))
    found = read_estimates(filled, path)
    assert in_words(found) == [("Retainer", 1, 100_00, 5_00)]
    assert found.problems == ()


def test_marks_of_another_ledger_are_not_believed(filled: Services, path: Path, tmp_path: Path) -> None:
    other = create(tmp_path / "other.ledger", clock=lambda: date(2026, 11, 22))
    try:
        there = services_over(other)
        line = there.budget.categories()[0]
        there.budget.save_category(Category(id=line.id, name="Something else"))
        found = read_estimates(there, path)
        assert "Something else" not in {one.category for one in found.differences}
        assert f"Jan 2026, row 2: There is no budget line called \u201c{FEE}\u201d." in whys(found)[0]
    finally:
        other.close()


def test_sheet_copied_into_another_workbook(filled: Services, tmp_path: Path) -> None:
    """Without any mark, the names of sheets and lines are enough."""
    book = Workbook()
    for name in ("February 2026", "2026-03", "Notes", "Sept. 2026"):
        sheet = book.create_sheet(name)
        sheet.append(["Our healthcare"])
        sheet.append(["  category", "Estimated  cost "])
        sheet.append([FEE.upper(), "300"])
        sheet.append(["Total", 300])
    book.save(tmp_path / "own.xlsx")
    found = read_estimates(filled, tmp_path / "own.xlsx")
    assert in_words(found) == [(FEE, month, 100_00, 300_00) for month in (2, 3, 9)]
    assert whys(found) == [
        "Workbook: January 2026, April 2026, May 2026, June 2026, July 2026, August 2026, October 2026,"
        " November 2026 and December 2026 are missing; the other months were read."
    ]


def test_missing_sheets_are_named_and_the_rest_is_read(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        del book["Mar 2026"]
        del book["Year"]
        book["Jan 2026"]["B2"] = 1

    found = read_estimates(filled, edited(path, change))
    assert in_words(found) == [(FEE, 1, 100_00, 1_00)]
    assert whys(found) == ["Workbook: March 2026 is missing; the other months were read."]


def test_second_sheet_of_a_month_is_left_out(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        copy = book.copy_worksheet(book["Jan 2026"])
        copy.title = "Jan 2026 (2)"
        copy["B2"] = 9
        book.move_sheet(copy, -20)

    found = read_estimates(filled, edited(path, change))
    assert found.differences == ()
    assert whys(found) == ["Jan 2026 (2): It is a second January 2026; only Jan 2026 was read."]


def test_sheet_copied_for_a_new_month_belongs_to_its_name(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        book.copy_worksheet(book["Dec 2026"]).title = "Jan 2027"

    found = read_estimates(filled, edited(path, change))
    assert {one.month for one in found.differences} == {date(2027, 1, 1)}
    assert len(found.differences) == 7


def test_missing_column_leaves_the_month_out(filled: Services, path: Path) -> None:
    found = read_estimates(filled, edited(path, lambda book: book["Jan 2026"].__setitem__("B1", "Plan")))
    assert found.differences == ()
    assert whys(found) == ["Jan 2026: It has no column called Estimated Cost; this month was left out."]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("abc", "\u201cabc\u201d is not an amount in dollars."),
        ("1.234,56", "is not an amount in dollars."),
        ("1e9", "is not an amount in dollars."),
        ("NaN", "is not an amount in dollars."),
        (-5, "An estimate cannot be negative."),
        ("(12.50)", "An estimate cannot be negative."),
        (10.005, "10.005 has parts of a cent."),
        (1e13, "That is more than $9,999,999,999.99."),
        (10**15, "That is more than $9,999,999,999.99."),
        (True, "It is true or false"),
        (date(2026, 1, 1), "It is a date"),
        ("#REF!", "It is an error (#REF!)."),
        ("=1/3", "It is a formula without a value; open and save the workbook"),
    ],
)
def test_cell_that_is_no_estimate_is_a_problem(
    filled: Services, path: Path, value: object, why: str
) -> None:
    found = read_estimates(filled, edited(path, lambda book: book["Jan 2026"].__setitem__("B2", value)))
    assert found.differences == ()
    (only,) = whys(found)
    assert only.startswith(f"Jan 2026, row 2: {FEE}: ")
    assert why in only


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        (1225, 1_225_00),
        (0.1 + 0.2, 30),
        ("1,225", 1_225_00),
        ("$ 12.5", 12_50),
        ("12.5+7.25", 19_75),
        (9_999_999_999.99, LARGEST),
        ("-0", 0),
    ],
)
def test_cell_that_is_an_estimate(filled: Services, path: Path, value: object, cents: int) -> None:
    found = read_estimates(filled, edited(path, lambda book: book["Jan 2026"].__setitem__("B2", value)))
    assert in_words(found) == [(FEE, 1, 100_00, cents)]


def test_formula_with_a_value_is_read_as_the_value(filled: Services, path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        body = packed.read("xl/worksheets/sheet2.xml")
    body = body.replace(b"<v>100</v>", b"<f>C2*2</f><v>408.33</v>", 1)
    changed = with_part(path, tmp_path / "c.xlsx", "xl/worksheets/sheet2.xml", body)
    assert in_words(read_estimates(filled, changed)) == [(FEE, 1, 100_00, 408_33)]


def test_lines_nobody_knows_and_lines_named_twice(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Jan 2026"]
        sheet.insert_rows(4, amount=4)
        sheet["A4"], sheet["B4"] = "Massage", 80
        sheet["A5"], sheet["B5"] = FEE, 5
        sheet["A6"], sheet["B6"] = PREMIUM, 200
        sheet["B7"] = 3

    found = read_estimates(filled, edited(path, change))
    assert found.differences == ()
    assert whys(found) == [
        "Jan 2026, row 4: There is no budget line called \u201cMassage\u201d."
        " Add it on the Budget page first.",
        "Jan 2026, row 7: There is an amount without the name of a budget line.",
        f"Jan 2026: {FEE} appears in rows 2 and 5 with different amounts; none was taken.",
    ]


def test_no_month_at_all(filled: Services, tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Payments")
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(UserProblem, match="no sheet of a month"):
        read_estimates(filled, tmp_path / "own.xlsx")


# files that are not let in -------------------------------------------------------------


def refused(services: Services, path: Path) -> str:
    """The sentence, after checking that it is one and that nothing changed."""
    before = services.ledger.next_undo
    with pytest.raises(UserProblem) as caught:
        read_estimates(services, path)
    assert services.ledger.next_undo == before
    assert caught.value.what.endswith(".")
    assert caught.value.todo
    return str(caught.value)


def test_what_is_no_workbook(filled: Services, tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    for body in (b"", b"Category,Estimated Cost\n", b"%PDF-1.7", b"PK\x05\x06" + b"\0" * 18):
        path.write_bytes(body)
        assert "not an Excel workbook" in refused(filled, path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "hello")
    assert "not an Excel workbook" in refused(filled, path)
    assert "is not there" in refused(filled, tmp_path / "gone.xlsx")
    assert "is a folder" in refused(filled, tmp_path)


def test_other_formats_are_named(filled: Services, path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.xls"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    old.write_bytes(ole + b"\0" * 600 + "Workbook".encode("utf-16-le"))
    assert "old format (.xls)" in refused(filled, old)
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(ole + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "protected with a password" in refused(filled, locked)
    binary = with_part(path, tmp_path / "b.xlsb", "xl/workbook.bin", b"\0")
    assert "binary workbook (.xlsb)" in refused(filled, binary)
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "<x/>")
    assert "OpenDocument" in refused(filled, tmp_path / "a.ods")


def test_macros_are_refused_under_any_name(filled: Services, path: Path, tmp_path: Path) -> None:
    macros = with_part(path, tmp_path / "m.xlsx", "xl/vbaProject.bin", b"\0")
    assert "contains macros" in refused(filled, macros)
    renamed = tmp_path / "m.xlsm"
    renamed.write_bytes(path.read_bytes())
    assert "contains macros" in refused(filled, renamed)
    with zipfile.ZipFile(path) as packed:
        types = packed.read("[Content_Types].xml")
    types = types.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    typed = with_part(path, tmp_path / "t.xlsx", "[Content_Types].xml", types)
    assert "contains macros" in refused(filled, typed)


def test_zip_level_password(filled: Services, path: Path) -> None:
    body = bytearray(path.read_bytes())
    place = body.find(b"PK\x01\x02")
    flags = struct.unpack_from("<H", body, place + 8)[0]
    struct.pack_into("<H", body, place + 8, flags | 1)
    path.write_bytes(bytes(body))
    assert "protected with a password" in refused(filled, path)


def test_bombs_are_refused_before_they_unpack(filled: Services, path: Path, tmp_path: Path) -> None:
    zeros = with_part(path, tmp_path / "ratio.xlsx", "xl/worksheets/sheet3.xml", b" " * 30_000_000)
    assert zeros.stat().st_size < 200_000
    assert "unpack to more than a budget can be" in refused(filled, zeros)
    many = tmp_path / "many.xlsx"
    many.write_bytes(path.read_bytes())
    with zipfile.ZipFile(many, "a") as packed:
        for n in range(2_100):
            packed.writestr(f"xl/extra{n}.xml", "<x/>")
    assert "unpack to more than a budget can be" in refused(filled, many)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_entities_are_refused(filled: Services, path: Path, tmp_path: Path, coding: str) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    for name in (
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
        "docProps/core.xml",
    ):
        bad = with_part(path, tmp_path / "e.xlsx", name, laughs.encode(coding))
        assert "declarations that no spreadsheet program writes" in refused(filled, bad)


def test_sheet_without_end_is_read_only_so_far(filled: Services, path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Jan 2026"]
        for row in range(15, 4_000):
            sheet.cell(row, 1).value = "note"
        sheet["XFD1"] = "far away"
        sheet["B1048576"] = 5

    found = read_estimates(filled, edited(path, change))
    assert found.differences == ()
    assert whys(found) == ["Jan 2026: Only its first 2,000 rows were read."]


def test_one_damaged_sheet_leaves_the_others(filled: Services, path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        body = packed.read("xl/worksheets/sheet3.xml")
    edited(path, lambda book: book["Jan 2026"].__setitem__("B2", 1))
    for bad in (body[: len(body) // 2], body.replace(b"<v>100</v>", b"<v>NaN</v>", 1), b"<nothing/>"):
        found = read_estimates(
            filled, with_part(path, tmp_path / "d.xlsx", "xl/worksheets/sheet3.xml", bad)
        )
        assert in_words(found) == [(FEE, 1, 100_00, 1_00)]
        assert len(found.problems) == 1
        assert found.problems[0].where == "Feb 2026"


def test_file_cut_anywhere_is_refused_with_a_sentence(filled: Services, path: Path, tmp_path: Path) -> None:
    body = path.read_bytes()
    cut = tmp_path / "cut.xlsx"
    for length in range(0, len(body), 1_000):
        cut.write_bytes(body[:length])
        refused(filled, cut)


def test_damage_anywhere_is_a_sentence_and_never_a_crash(filled: Services, path: Path) -> None:
    """Bytes changed inside the parts, so that the zip itself is whole."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    chance = random.Random(7)
    for _ in range(120):
        name = chance.choice([name for name in parts if not name.startswith("xl/charts")])
        body = bytearray(parts[name])
        for _ in range(chance.choice((1, 3, 30))):
            body[chance.randrange(len(body))] = chance.randrange(256)
        if chance.random() < 0.3:
            del body[chance.randrange(len(body)) :]
        with_part_bytes(path, parts | {name: bytes(body)})
        try:
            found = read_estimates(filled, path)
        except LedgerError as problem:
            assert problem.what  # noqa: PT017 - either outcome is fine, a crash is not
        else:
            assert all(one.then is None or 0 <= one.then <= LARGEST for one in found.differences)


def with_part_bytes(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
