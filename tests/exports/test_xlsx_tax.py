"""The tax workbook: figures of the program as live formulas, text stays text, LibreOffice agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exports.workbooks import OFFICE, formulas_of, recalculated, values_of
from tests.services.untaxed_kit import account, copay, cover, hsa_of, person, put_in, take_out
from tracker.errors import WorldProblem
from tracker.exports.xlsx_tax import FORM, MEDICAL, write_tax
from tracker.exports.xlsx_tax_lists import EXPENSES, MILEAGE
from tracker.facts import AccountKind, MoneySource, Payment
from tracker.facts.taxes import FilingStatus, TaxFacts, Trip
from tracker.money import LARGEST
from tracker.services.bundle import Services
from tracker.services.tax_year import TaxYear, read_tax_year

FACTS = TaxFacts(
    year=2026, income=120_000_00, status=FilingStatus.SINGLE, other_itemized=20_000_00, federal_rate=2_200
)


def a_year(services: Services) -> TaxYear:
    """An HSA that paid for care and for nothing, own cash above the floor, and two drives."""
    owner = person(services, "=Ana")
    hsa, bank = hsa_of(services, owner, opening=900_00), account(services, AccountKind.BANK, name="+Bank")
    cover(services, owner)
    put_in(services, hsa, 1_000_00, MoneySource.OWN)
    care = copay(services, 250_00, account_id=bank)
    take_out(services, hsa, bank, 250_00, (care, 250_00))
    take_out(services, hsa, bank, 100_00)
    copay(services, 14_682_37, account_id=bank)
    services.payments.save(
        Payment(paid_on=date(2026, 4, 4), amount=12_00, note="=1+1"), payee="@Clinic & Co"
    )
    services.taxes.save_trip(Trip(driven_on=date(2026, 5, 5), tenths=860, purpose="-Physical therapy"))
    services.taxes.save_trip(Trip(driven_on=date(2026, 5, 6), tenths=1, parking=3_00, purpose="x" * 150))
    services.taxes.save_facts(FACTS)
    return read_tax_year(services, 2026)


def written(shown: TaxYear, folder: Path) -> Path:
    path = folder / "tax.xlsx"
    write_tax(shown, path)
    return path


def by_line(sheet: Any) -> dict[str, object]:
    """Amounts by the number of their line, else by their name."""
    return {str(row[0].value or row[1].value): row[2].value for row in sheet.iter_rows(min_row=4)}


def test_the_figures_are_those_of_the_program(services: Services, tmp_path: Path) -> None:
    shown = a_year(services)
    book = values_of(written(shown, tmp_path))
    found = by_line(book[MEDICAL])
    assert (found["1"], found["2"], found["3"], found["4"]) == (14_703.02, 120_000, 9_000, 5_703.02)
    assert found["All itemized deductions"] == 25_703.02
    assert found["Itemizing is more by (below zero: less)"] == 9_603.02
    forms = {row[0].value: row[2].value for row in book[FORM].iter_rows(min_row=4, max_row=24)}
    assert (forms["2"], forms["14a"], forms["15"], forms["16"], forms["17b"]) == (1_000, 350, 250, 100, 20)


def test_sums_floor_and_total_are_formulas(services: Services, tmp_path: Path) -> None:
    book = formulas_of(written(a_year(services), tmp_path))
    found = by_line(book[MEDICAL])
    for line in ("1a", "1d", "1", "3", "4", "All itemized deductions"):
        assert str(found[line]).startswith("="), line
    assert not str(found["2"]).startswith("=")
    assert str(book[MILEAGE]["F5"].value).startswith("=")


def test_what_people_typed_is_never_a_formula(services: Services, tmp_path: Path) -> None:
    book = formulas_of(written(a_year(services), tmp_path))
    cells = [cell for name in (FORM, EXPENSES, MILEAGE) for row in book[name].iter_rows() for cell in row]
    texts = {cell.value: cell for cell in cells if isinstance(cell.value, str)}
    for typed in ("=Ana", "@Clinic & Co, =1+1", "-Physical therapy", "+Bank"):
        assert texts[typed].data_type == "s"
        assert texts[typed].quotePrefix


@pytest.mark.parametrize("name", [FORM, MEDICAL, EXPENSES, MILEAGE])
def test_every_sheet_prints(services: Services, tmp_path: Path, name: str) -> None:
    sheet = formulas_of(written(a_year(services), tmp_path))[name]
    assert sheet.print_area
    assert sheet.page_setup.fitToWidth == 1
    assert all(column.width >= 8 for column in sheet.column_dimensions.values())


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("case", ["whole", "unknown", "empty", "largest"])
def test_libreoffice_calculates_the_same(services: Services, tmp_path: Path, case: str) -> None:
    if case == "empty":
        shown = read_tax_year(services, 2026)
    else:
        shown = a_year(services)
        facts = {"unknown": TaxFacts(year=2026), "largest": replace(FACTS, income=LARGEST)}.get(case, FACTS)
        if case == "largest":
            copay(services, LARGEST)
        services.taxes.save_facts(facts)
        shown = read_tax_year(services, 2026)
    path = written(shown, tmp_path)

    stored, again = values_of(path), values_of(recalculated(path, tmp_path))

    formulas = formulas_of(path)
    for name in (FORM, MEDICAL, EXPENSES, MILEAGE):
        for row in formulas[name].iter_rows():
            for cell in row:
                if not str(cell.value).startswith("=") or cell.data_type != "f":
                    continue
                before, after = stored[name][cell.coordinate].value, again[name][cell.coordinate].value
                if isinstance(before, int | float):
                    assert float(after) == pytest.approx(float(before), abs=0.006), (name, cell.coordinate)
                else:
                    assert (before or None) == (after or None), (name, cell.coordinate)


def test_an_unknown_income_leaves_the_lines_blank(services: Services, tmp_path: Path) -> None:
    a_year(services)
    services.taxes.save_facts(TaxFacts(year=2026))
    found = by_line(values_of(written(read_tax_year(services, 2026), tmp_path))[MEDICAL])
    assert (found["1"], found["2"], found["3"], found["4"]) == (14_703.02, None, None, None)


def test_the_sample_and_an_empty_ledger_can_be_written(
    sample: Services, services: Services, tmp_path: Path
) -> None:
    shown = read_tax_year(sample, 2026)
    book = values_of(written(shown, tmp_path))
    assert book[EXPENSES].max_row == 4 + len(shown.expenses) + 1
    assert written(read_tax_year(services, 2031), tmp_path).stat().st_size > 1_000


def test_a_folder_that_is_not_there_is_said(services: Services, tmp_path: Path) -> None:
    with pytest.raises(WorldProblem):
        written(read_tax_year(services, 2026), tmp_path / "gone")
