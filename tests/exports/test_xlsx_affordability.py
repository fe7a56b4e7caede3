"""The workbook of an affordability answer: values, live formulas, and what LibreOffice makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exports.workbooks import OFFICE, formulas_of, recalculated, values_of
from tracker.errors import WorldProblem
from tracker.exports.xlsx_affordability import SHEET, write_affordability
from tracker.facts.household_budget import HouseholdBudget, HouseholdLine
from tracker.imports.limits_file import yearly_limits
from tracker.money import LARGEST
from tracker.reports.affordability import Known, LedgerFigures, affordability_report

LEDGER = LedgerFigures(
    membership_year=Known(amount=3_600_00),
    premium=Known(amount=450_00),
    oop_max_year=Known(amount=5_000_00),
    expected=Known(amount=4_500_00),
)
HOME = HouseholdBudget(
    name="=Our, household",
    as_of=date(2026, 1, 10),
    income=6_200_00,
    savings=100_00,
    note="@note",
    lines=(
        HouseholdLine(label="+Housing", amount=2_400_00),
        HouseholdLine(label="Food", amount=1_500_00),
        HouseholdLine(label="-Travel", amount=600_00, discretionary=True, cut=200_00),
        HouseholdLine(label="Eating out", amount=300_00, discretionary=True),
    ),
)


def written(budget: HouseholdBudget, folder: Path, ledger: LedgerFigures = LEDGER) -> Path:
    path = folder / "afford.xlsx"
    write_affordability(affordability_report(budget, ledger, yearly_limits()), path)
    return path


def table(book: Any) -> dict[str, list[object]]:
    """The figures of each row by its name; the last of a name wins."""
    return {str(row[0].value): [cell.value for cell in row[1:4]] for row in book[SHEET].iter_rows()}


def test_the_results_are_those_of_the_program(tmp_path: Path) -> None:
    found = table(values_of(written(HOME, tmp_path)))

    assert found["Free before health"] == [1_400, 1_400, 1_400]  # E07
    assert found["Health costs, a month"] == [1_225, None, 1_266.67]
    assert found["Left after health"] == [175, None, 133.33]  # E08
    assert found["Share of net income"] == [19.76, None, 20.43]
    assert found["Left with the cuts"] == [375, None, 333.33]


def test_everything_that_follows_is_a_formula(tmp_path: Path) -> None:
    sheet = formulas_of(written(HOME, tmp_path))[SHEET]

    starts = [row for row in sheet.iter_rows() if row[0].value == "Three years side by side, a month"]
    (first,) = starts
    cells = [
        cell.value
        for row in sheet.iter_rows(min_row=first[0].row + 1, max_row=first[0].row + 9)
        for cell in row[1:4]
    ]
    assert len(cells) == 27
    assert all(str(cell).startswith("=") for cell in cells)


def test_what_people_typed_is_never_a_formula(tmp_path: Path) -> None:
    sheet = formulas_of(written(HOME, tmp_path))[SHEET]

    texts = {cell.value: cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for typed in ("=Our, household", "+Housing", "-Travel", "@note"):
        assert texts[typed].data_type == "s"
        assert texts[typed].quotePrefix


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "budget",
    [
        HOME,
        replace(HOME, p80=7_000_00, income=3_333_33),
        replace(HOME, income=0, lines=()),
        replace(HOME, income=LARGEST, membership_year=LARGEST, own_limit=2_000),
    ],
)
def test_libreoffice_calculates_the_same(budget: HouseholdBudget, tmp_path: Path) -> None:
    path = written(budget, tmp_path)

    again = table(values_of(recalculated(path, tmp_path)))

    for name, figures in table(values_of(path)).items():
        for stored, calculated in zip(figures, again.get(name, [None] * 3), strict=True):
            if isinstance(stored, int | float):
                assert float(str(calculated)) == pytest.approx(float(stored), abs=0.006), name
            elif name != "Three years side by side, a month":
                assert (stored or None) == (calculated or None), name


def test_a_figure_that_is_not_known_stays_blank(tmp_path: Path) -> None:
    found = table(values_of(written(HOME, tmp_path, LedgerFigures())))

    assert found["Membership, a year"][0] is None
    assert found["Health costs, a month"] == [None, None, None]
    assert found["Free before health"] == [1_400, 1_400, 1_400]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldProblem):
        written(HOME, tmp_path / "gone")
