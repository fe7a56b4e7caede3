"""The workbook: the template, values and formulas, what LibreOffice makes of it, and bad luck."""

from __future__ import annotations

import errno
import itertools
import os
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exports.workbooks import OFFICE, formulas_of, recalculated, values_of
from tracker.dates import month_period
from tracker.errors import Cancelled, WorldProblem
from tracker.exports.xlsx_book import TEXT_LIMIT, clean_text
from tracker.facts import (
    Account,
    AccountKind,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    BudgetLine,
    Category,
    Claim,
    Network,
    OpeningBalance,
    Payment,
    Person,
    Plan,
)
from tracker.money import LARGEST
from tracker.services.bundle import Services
from tracker.services.payments import whole_to
from tracker.services.workbook import (
    EstimateDifferences,
    export_budget,
    read_estimates,
    workbook_facts,
)

JAN = date(2026, 1, 1)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONEY = '"$"#,##0.00;-"$"#,##0.00'


@pytest.fixture
def book_path(sample: Services, tmp_path: Path) -> Path:
    """The sample year as a workbook."""
    return export_budget(sample, 2026, tmp_path / "Budget 2026.xlsx")


def cents(value: object) -> int | None:
    """A cell's amount; a formula that is blank gives an empty text."""
    return None if value in (None, "") else round(float(str(value)) * 100)


def ids(services: Services) -> dict[str, int]:
    return {item.name: item.id or 0 for item in services.budget.categories()}


def estimate(services: Services, name: str, month: date, amount: int) -> None:
    services.budget.set_estimate(ids(services)[name], month, amount)


def pay(
    services: Services, day: date, amount: int, category: str, payee: str = "Lab", **more: object
) -> int:
    shares = whole_to(ids(services)[category], amount)
    draft = Payment(paid_on=day, amount=amount, allocations=shares, **more)  # type: ignore[arg-type]
    return services.payments.save(draft, payee=payee).new_id or 0


# the template --------------------------------------------------------------------------


def test_sheets_are_the_year_its_months_the_payments_and_the_deductible(book_path: Path) -> None:
    book = formulas_of(book_path)
    assert book.sheetnames == ["Year", *(f"{name} 2026" for name in MONTHS), "Payments", "Deductible"]
    assert book_path.name == "Budget 2026.xlsx"
    assert all(sheet.sheet_state == "visible" and not sheet.protection.sheet for sheet in book)


def test_month_has_the_template_with_values_and_live_differences(
    services: Services, tmp_path: Path
) -> None:
    estimate(services, "Concierge Membership Fee", JAN, 300_00)
    estimate(services, "Estimated Co-pays (Doctor Visits)", JAN, 50_00)
    pay(services, date(2026, 1, 15), 300_00, "Concierge Membership Fee")
    path = export_budget(services, 2026, tmp_path / "b.xlsx")
    sheet = formulas_of(path)["Jan 2026"]
    assert [cell.value for cell in sheet[1][:4]] == [
        "Category",
        "Estimated Cost",
        "Actual Cost",
        "Difference",
    ]
    assert [sheet.cell(row, 1).value for row in range(2, 10)] == [
        "Concierge Membership Fee",
        "Health Insurance Premium",
        "Estimated Co-pays (Doctor Visits)",
        "Estimated Co-pays (Specialist Visits)",
        "Estimated Prescription Costs",
        "Deductible Contribution (if applicable)",
        "Contingency Fund for Unforeseen Expenses",
        "Total Estimated Monthly Healthcare Expenses",
    ]
    assert (sheet["B2"].value, sheet["C2"].value) == (300, 300)
    assert (sheet["B3"].value, sheet["C4"].value) == (None, None)
    assert sheet["D2"].value == '=IF(C2="","",B2-C2)'
    assert sheet["B9"].value == '=IF(COUNT(B2:B8)=0,"",SUM(B2:B8))'
    assert sheet["D9"].value == '=IF(C9="","",N(B9)-C9)'
    assert {sheet.cell(row, column).number_format for row in range(2, 10) for column in (2, 3, 4)} == {
        MONEY
    }
    values = values_of(path)["Jan 2026"]
    assert (values["D2"].value, values["D4"].value, values["D9"].value) == (0, None, 50)


def test_pages_are_ready_to_print(book_path: Path) -> None:
    for sheet in formulas_of(book_path):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.print_area
        assert sheet.print_title_rows or sheet.print_title_cols
        assert sheet.freeze_panes
        assert "&P" in sheet.oddFooter.right.text
    month = formulas_of(book_path)["Mar 2026"]
    assert month.print_area.endswith("$D$11")  # the marks of the hidden column are not printed
    assert month.column_dimensions["E"].hidden


def test_nothing_personal_is_in_the_properties(book_path: Path) -> None:
    properties = formulas_of(book_path).properties
    assert (properties.title, properties.creator) == ("Budget 2026", "Concierge Ledger")
    assert properties.lastModifiedBy is None
    with zipfile.ZipFile(book_path) as packed:
        assert b"Concierge Ledger" in packed.read("docProps/app.xml")


def test_year_that_begins_in_july(services: Services, tmp_path: Path) -> None:
    services.budget.set_start_month(7)
    estimate(services, "Concierge Membership Fee", date(2027, 2, 1), 300_00)
    path = export_budget(services, 2026, tmp_path / "b.xlsx")
    names = formulas_of(path).sheetnames
    assert names[1:13] == [
        *(f"{name} 2026" for name in MONTHS[6:]),
        *(f"{name} 2027" for name in MONTHS[:6]),
    ]
    assert values_of(path)["Year"]["I14"].value == 300  # the eighth month of the estimates


def test_hidden_lines_appear_where_they_have_amounts(services: Services, tmp_path: Path) -> None:
    for name in ("Dental", "Unused"):
        services.budget.save_category(Category(name=name, hidden=True))
    pay(services, date(2026, 3, 3), 80_00, "Dental")
    sheet = formulas_of(export_budget(services, 2026, tmp_path / "b.xlsx"))["Mar 2026"]
    lines = [sheet.cell(row, 1).value for row in range(2, 12)]
    assert "Dental" in lines
    assert "Unused" not in lines


def test_ledger_without_any_line_or_plan(services: Services, tmp_path: Path) -> None:
    for item in services.budget.categories():
        services.budget.remove_category(item.id or 0)
    values = values_of(export_budget(services, 2026, tmp_path / "b.xlsx"))
    assert values["Jan 2026"]["A2"].value == "Total Estimated Monthly Healthcare Expenses"
    assert values["Jan 2026"]["B2"].value is None
    assert values["Deductible"]["A2"].value == "No plan of this year has a deductible."
    assert formulas_of(tmp_path / "b.xlsx")["Payments"].tables["Payments"].ref == "A1:H2"


# payments ------------------------------------------------------------------------------


def test_payments_are_a_table_of_dates_and_numbers(services: Services, tmp_path: Path) -> None:
    lines = ids(services)
    split = (
        Allocation(category_id=lines["Estimated Prescription Costs"], amount=20_00, note="pills"),
        Allocation(category_id=lines["Estimated Co-pays (Doctor Visits)"], amount=30_00),
    )
    draft = Payment(paid_on=date(2026, 2, 3), amount=60_00, allocations=split, note="one receipt")
    services.payments.save(draft, payee="Corner Pharmacy")
    sheet = formulas_of(export_budget(services, 2026, tmp_path / "b.xlsx"))["Payments"]
    assert sheet.tables["Payments"].ref == "A1:H4"
    rows = [[cell.value for cell in row] for row in sheet["A2:H4"]]
    assert [row[2:4] for row in rows] == [
        ["Estimated Prescription Costs", 20],
        ["Estimated Co-pays (Doctor Visits)", 30],
        [None, 10],  # what belongs to no line
    ]
    assert {row[1] for row in rows} == {"Corner Pharmacy"}
    assert rows[0][7] == "pills; one receipt"
    assert sheet["A2"].is_date
    assert sheet["A2"].value.date() == date(2026, 2, 3)
    assert sheet["D2"].number_format == MONEY


def test_payments_of_a_month_add_up_to_its_actuals(sample: Services, tmp_path: Path) -> None:
    """The column Budget Month says what counts where: refunds, transfers and the fund included."""
    path = export_budget(sample, 2026, tmp_path / "b.xlsx")
    added: dict[tuple[str, date], int] = {}
    for _day, _payee, line, amount, _person, _account, month, _note in values_of(path)[
        "Payments"
    ].iter_rows(min_row=2, values_only=True):
        if month is not None:
            key = line, month.date()
            added[key] = added.get(key, 0) + (cents(amount) or 0)
    year = sample.reports.budget_year(2026)
    wanted = {
        (row.category.name, row.month): row.actual
        for rows in year.grid.values()
        for row in rows
        if row.actual is not None
    }
    assert {key: amount for key, amount in added.items() if key[1] in year.months} == wanted


def test_refund_counts_in_the_month_of_its_expense(services: Services, tmp_path: Path) -> None:
    line = "Estimated Prescription Costs"
    expense = pay(services, date(2026, 12, 30), 50_00, line)
    pay(services, date(2027, 1, 9), -20_00, line, repays_id=expense)
    sheet = values_of(export_budget(services, 2026, tmp_path / "b.xlsx"))
    rows = list(sheet["Payments"].iter_rows(min_row=2, values_only=True))
    assert [(row[0].year, row[3], row[6].month) for row in rows] == [(2026, 50, 12), (2027, -20, 12)]
    assert sheet["Dec 2026"]["C6"].value == 30


def test_what_the_fund_pays_counts_in_no_month(services: Services, tmp_path: Path) -> None:
    fund = services.accounts.save(Account(name="Rainy days", kind=AccountKind.CONTINGENCY)).new_id
    line = "Contingency Fund for Unforeseen Expenses"
    pay(services, date(2026, 1, 5), 100_00, line, payee="", to_account_id=fund)
    pay(services, date(2026, 1, 6), 40_00, line, account_id=fund)
    values = values_of(export_budget(services, 2026, tmp_path / "b.xlsx"))
    rows = list(values["Payments"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[5], row[6] is None) for row in rows] == [
        ("Transfer", "To Rainy days", False),
        ("Lab", "Rainy days", True),
    ]
    assert values["Jan 2026"]["C8"].value == 100


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://example.org")', "#N/A", "1,225", "TRUE"]
)
def test_text_stays_text(services: Services, tmp_path: Path, text: str) -> None:
    services.budget.save_category(Category(name=text))
    pay(services, date(2026, 1, 5), 10_00, text, payee=text, note=text)
    book = formulas_of(export_budget(services, 2026, tmp_path / "b.xlsx"))
    found = [book["Jan 2026"]["A9"], book["Payments"]["B2"], book["Payments"]["H2"], book["Year"]["A11"]]
    assert {(cell.value, cell.data_type) for cell in found} == {(text, "s")}
    assert all(cell.quotePrefix for cell in found) == (text[0] in "=+-@")


def test_text_excel_refuses_is_cleaned_and_cut() -> None:
    assert clean_text("a\x00b\x0bc\ud800d\uffff\r\ne\tf") == "abcd\ne\tf"
    assert clean_text("x" * TEXT_LIMIT) == "x" * TEXT_LIMIT
    assert clean_text("x" * 40_000) == "x" * (TEXT_LIMIT - 1) + "\u2026"
    emoji = clean_text("\U0001f600" * 20_000)
    assert len(emoji.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    assert emoji.endswith("\U0001f600\u2026")


def test_names_that_are_strange_survive(services: Services, tmp_path: Path) -> None:
    names = ["\u05e8\u05d5\u05e4\u05d0 \u202e!", "\U0001f9b7 Dental", "_x000D_ & <b>'\"", "N" * 200]
    for name in names:
        services.budget.save_category(Category(name=name))
        pay(services, date(2026, 1, 5), LARGEST, name)
    path = export_budget(services, 2026, tmp_path / "b.xlsx")
    sheet = values_of(path)["Jan 2026"]
    held = [item.name for item in services.budget.categories()][7:]
    assert [sheet.cell(row, 1).value.replace("x005F_", "") for row in range(9, 13)] == held
    assert sheet["C13"].value == 4 * 9_999_999_999.99
    assert sheet.column_dimensions["C"].width > 19


# the deductible ------------------------------------------------------------------------


def add_claims(services: Services) -> None:
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    limit = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.SELF,
        individual=500_00,
    )
    services.plans.save(
        Plan(
            name="Gold",
            begins_on=JAN,
            ends_on=date(2026, 12, 31),
            person_ids=(person,),
            accumulators=(limit,),
        )
    )
    for day, amount in ((date(2026, 3, 1), 300_00), (date(2026, 2, 1), 120_00), (date(2026, 6, 1), 200_00)):
        claim = Claim(person_id=person, provider_id=0, service_from=day, deductible=amount)
        services.claims.save(claim, provider="Lab")


def test_deductible_runs_up_to_its_limit_by_service_date(services: Services, tmp_path: Path) -> None:
    add_claims(services)
    path = export_budget(services, 2026, tmp_path / "b.xlsx")
    values = values_of(path)["Deductible"]
    rows = [[cell.value for cell in row] for row in values["H2:L4"]]
    assert rows == [[120, 120, 120, 500, 380], [300, 300, 420, 500, 80], [200, 80, 500, 500, 0]]
    assert [values.cell(row, 3).value.month for row in (2, 3, 4)] == [2, 3, 6]
    sheet = formulas_of(path)["Deductible"]
    assert [sheet[f"J{row}"].value for row in (2, 3, 4)] == ["=SUM(I2)", "=J2+I3", "=J3+I4"]


def test_opening_balances_stand_first_with_whose_they_are(sample: Services, tmp_path: Path) -> None:
    """The year before the sample's has opening balances of two people and no EOB."""
    values = values_of(export_budget(sample, 2025, tmp_path / "b.xlsx"))["Deductible"]
    rows = [[cell.value for cell in row] for row in values["B2:L5"]]
    opening = "Opening balance of Dec 31, 2025"
    assert [(row[0].split(",")[0], row[3].split()[0], row[5], *row[6:]) for row in rows] == [
        ("Eleanor Whitfield", "Eleanor", opening, 1104.3, 1104.3, 1104.3, 1500, 395.7),
        ("Martin Whitfield", "Martin", opening, 326.5, 326.5, 326.5, 1500, 1173.5),
        ("Family", "Eleanor", opening, 1104.3, 1104.3, 1104.3, 3000, 1895.7),
        ("Family", "Martin", opening, 326.5, 326.5, 1430.8, 3000, 1569.2),
    ]
    assert [row[1].date() for row in rows] == [date(2025, 1, 1)] * 4
    assert values["B6"].value is None


def test_an_opening_balance_and_eobs_run_up_to_the_limit_together(
    services: Services, tmp_path: Path
) -> None:
    add_claims(services)
    (plan,) = services.plans.all()
    services.coverage.save_opening(
        OpeningBalance(
            plan_id=plan.id or 0, person_id=plan.person_ids[0], name="DED_IN", amount=100_00, as_of=JAN
        )
    )
    values = values_of(export_budget(services, 2026, tmp_path / "b.xlsx"))["Deductible"]
    counted = [[cell.value for cell in row] for row in values["H2:J5"]]
    assert counted == [[100, 100, 100], [120, 120, 220], [300, 280, 500], [200, 0, 500]]


def test_the_deductible_goes_on_low_expected_and_high(sample: Services, tmp_path: Path) -> None:
    path = export_budget(sample, 2026, tmp_path / "b.xlsx")
    values, book = values_of(path)["Deductible"], formulas_of(path)
    notes = [str(row[0].value) for row in values["A1:A80"] if row[0].value]
    assert any(
        note.startswith("Eleanor Whitfield, in network: With the care you have planned") for note in notes
    )
    first = book["Deductible"]._charts[0]
    assert len(first.series) == 5
    days = first.series[-1].xVal.numRef.f.split("$")
    rows = range(int(days[2].rstrip(":")), int(days[4]) + 1)
    ahead = [[values.cell(row, column).value for column in (19, 20, 21)] for row in rows]
    assert ahead[0] == [1420, 1420, 1420]
    assert ahead[-1] == [1420, 2000, 2000]
    assert all(low <= expected <= high for low, expected, high in ahead)
    assert book["Deductible"].column_dimensions["R"].hidden


def test_year_and_deductible_have_charts_of_the_right_cells(services: Services, tmp_path: Path) -> None:
    add_claims(services)
    path = export_budget(services, 2026, tmp_path / "b.xlsx")
    book = load_workbook(path)
    (bars,) = book["Year"]._charts
    assert [series.val.numRef.f for series in bars.series] == ["'Year'!$B$21:$M$21", "'Year'!$B$11:$M$11"]
    assert book["Year"]["A11"].value == book["Year"]["A21"].value == "Total"
    (steps,) = book["Deductible"]._charts
    assert [series.yVal.numRef.f for series in steps.series] == [
        "'Deductible'!$O$2:$O$9",
        "'Deductible'!$Q$2:$Q$3",
    ]
    assert [cell[0].value for cell in values_of(path)["Deductible"]["O2:O9"]] == [
        0,
        0,
        120,
        120,
        420,
        420,
        500,
        500,
    ]


# results -------------------------------------------------------------------------------


def check_totals(values: object, services: Services) -> None:
    """Every figure of every sheet against the program's own."""
    year = services.reports.budget_year(2026)
    high = len(year.categories) + 3
    for column, month in enumerate(year.months, start=2):
        sheet = values[f"{MONTHS[month.month - 1]} {month.year}"]  # type: ignore[index]
        for row, line in enumerate(year.grid[month], start=2):
            shown = [cents(sheet.cell(row, place).value) for place in (2, 3, 4)]
            assert shown == [line.estimated, line.actual, line.difference]
            blocks = [cents(values["Year"].cell(2 + row + high * n - 0, column).value) for n in range(3)]  # type: ignore[index]
            assert blocks == [line.actual, line.estimated, line.difference]
        total = year.month_total(month)
        end = len(year.categories) + 2
        shown = [cents(sheet.cell(end, place).value) for place in (2, 3, 4)]
        assert shown == [total.estimated, total.actual, total.difference]
    for n, name in enumerate(("actual", "estimated", "difference")):
        sheet = values["Year"]  # type: ignore[index]
        for row, category in enumerate(year.categories, start=4):
            whole = getattr(year.category_total(category.id), name)
            assert cents(sheet.cell(row + high * n, 14).value) == whole
        end = 4 + len(year.categories) + high * n
        assert cents(sheet.cell(end, 14).value) == getattr(year.total, name)
        monthly = [cents(sheet.cell(end, column).value) for column in range(2, 14)]
        assert monthly == [getattr(year.month_total(month), name) for month in year.months]
    row = 2
    for run in workbook_facts(services, 2026).deductibles:
        total_ = 0
        for claim in run.claims:
            total_ += claim.counted
            sheet = values["Deductible"]  # type: ignore[index]
            assert cents(sheet.cell(row, 10).value) == total_
            left = None if run.limit is None else run.limit - total_
            assert cents(sheet.cell(row, 12).value) == left
            row += 1
        row += not run.claims


def test_stored_results_are_the_programs_own_figures(book_path: Path, sample: Services) -> None:
    """What a preview shows, which calculates nothing."""
    check_totals(values_of(book_path), sample)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_the_programs_own_figures(
    book_path: Path, sample: Services, tmp_path: Path
) -> None:
    saved = recalculated(book_path, tmp_path)
    values = values_of(saved)
    check_totals(values, sample)
    assert read_estimates(sample, saved) == EstimateDifferences()  # its marks survive another program
    stored = values_of(book_path)
    formulas = formulas_of(book_path)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    there = values[sheet.title][cell.coordinate].value
                    here = stored[sheet.title][cell.coordinate].value
                    same = there == here or cents_or_text(there) == cents_or_text(here)
                    assert same, (sheet.title, cell.coordinate, cell.value, there, here)


def cents_or_text(value: object) -> object:
    """Amounts to the cent; blank and an empty text alike."""
    if isinstance(value, int | float):
        return round(value * 100)
    return value or ""


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_strange_texts_and_large_amounts(services: Services, tmp_path: Path) -> None:
    add_claims(services)
    lines = []
    for place, name in enumerate(("=1+1", "\U0001f9b7 _x000D_ <b>", "Totals & more")):
        made = services.budget.save_category(Category(name=name)).new_id or 0
        lines.append(BudgetLine(category_id=made, month=JAN, estimate=LARGEST - place))
        pay(services, date(2026, 1, 5), LARGEST - place, name, payee="=cmd()", note="\t=2+2\nsecond")
    services.budget.apply(lines, words_="Estimates")
    path = export_budget(services, 2026, tmp_path / "b.xlsx")
    values = values_of(recalculated(path, tmp_path))
    check_totals(values, services)
    assert values["Jan 2026"]["A9"].value == "=1+1"
    assert values["Payments"]["B2"].value == "=cmd()"


# writing -------------------------------------------------------------------------------


def test_replaces_an_older_file_and_leaves_nothing_beside_it(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "out" / "b.xlsx"
    path.parent.mkdir()
    path.write_text("old")
    assert export_budget(services, 2026, path) == path
    assert zipfile.is_zipfile(path)
    assert [item.name for item in path.parent.iterdir()] == ["b.xlsx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_full_disk_leaves_the_old_file(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "b.xlsx").write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(WorldProblem, match="disk is full"):
        export_budget(services, 2026, folder / "b.xlsx")
    assert [item.read_text() for item in folder.iterdir()] == ["old"]


def test_folder_that_is_missing_and_name_that_is_taken(services: Services, tmp_path: Path) -> None:
    with pytest.raises(WorldProblem, match="There is no folder"):
        export_budget(services, 2026, tmp_path / "gone" / "b.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(WorldProblem, match="is a folder"):
        export_budget(services, 2026, tmp_path / "folder.xlsx")


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may write everywhere")
def test_folder_that_is_read_only(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(WorldProblem, match="could not be written"):
            export_budget(services, 2026, folder / "b.xlsx")
    finally:
        folder.chmod(stat.S_IRWXU)


def test_progress_runs_to_its_end_and_can_stop_at_any_step(sample: Services, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_budget(sample, 2026, tmp_path / "b.xlsx", progress=lambda *step: told.append(step))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    for stop in range(len(told)):
        left = [stop]

        def cancel(_done: int, _total: int, left: list[int] = left) -> None:
            if not left[0]:
                raise Cancelled
            left[0] -= 1

        folder = tmp_path / f"stop{stop}"
        folder.mkdir()
        with pytest.raises(Cancelled):
            export_budget(sample, 2026, folder / "b.xlsx", progress=cancel)
        assert list(folder.iterdir()) == []


def test_many_payments_are_written_with_progress(services: Services, tmp_path: Path) -> None:
    lines = list(ids(services).values())
    drafts = [
        (
            Payment(
                paid_on=date(2026, 1 + n % 12, 1 + n % 28),
                amount=100 + n,
                allocations=whole_to(lines[n % 7], 100 + n),
            ),
            f"Payee {n % 40}",
        )
        for n in range(1_000)
    ]
    services.payments.add_many(drafts)
    told: list[tuple[int, int]] = []
    path = export_budget(services, 2026, tmp_path / "b.xlsx", progress=lambda *step: told.append(step))
    assert values_of(path)["Payments"].max_row == 1_001
    assert [done for done, _ in told[:-1]] == sorted(done for done, _ in told[:-1])
    assert max(b[0] - a[0] for a, b in itertools.pairwise(told)) <= 250
    assert services.budget.lines(month_period(JAN)) == []  # exporting changes nothing
