"""`tax YEAR`: the worksheet as JSON, as text and as a workbook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, open_ledger
from tests.services.untaxed_kit import copay, cover, hsa_of, person, put_in
from tracker.cli import common
from tracker.cli.main import main
from tracker.facts import MoneySource
from tracker.facts.taxes import FilingStatus, TaxFacts, Trip
from tracker.services.bundle import services_over

RATE = [
    {
        "kind": "facts",
        "name": "federal_rate",
        "what": "Your federal tax rate, to say what untaxed money saved.",
    }
]


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "today", lambda: TODAY)


@pytest.fixture
def tax(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def go(path: Path, *words: str) -> str:
        assert main(["--ledger", str(path), "tax", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return go


@pytest.fixture
def home(empty_file: Path, tmp_path: Path) -> Path:
    """An HSA, $14,700.00 of care and driving, an income of $120,000.00."""
    path = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, path)
    ledger = open_ledger(path)
    services = services_over(ledger)
    owner = person(services)
    hsa = hsa_of(services, owner)
    cover(services, owner)
    put_in(services, hsa, 1_200_00, MoneySource.EMPLOYER)
    copay(services, 14_682_37)
    services.taxes.save_trip(Trip(driven_on=date(2026, 5, 5), tenths=860, purpose="Therapy"))
    services.taxes.save_facts(
        TaxFacts(year=2026, income=120_000_00, status=FilingStatus.SINGLE, other_itemized=20_000_00)
    )
    ledger.close()
    return path


def test_the_documented_shape(tax: Callable[..., str], home: Path) -> None:
    found: dict[str, Any] = json.loads(tax(home, "2026", "--json"))
    assert list(found) == [
        *("year", "today", "missing", "facts", "form_8889", "medical_deduction"),
        *("expenses", "mileage", "tax_saved"),
    ]
    assert (found["year"], found["today"], found["missing"]) == (2026, "2026-11-22", RATE)
    medical = found["medical_deduction"]
    lines = {line["line"]: line for line in medical["lines"]}
    assert [lines[number]["amount"] for number in ("1", "2", "3", "4")] == [
        "14700.00",
        "120000.00",
        "9000.00",
        "5700.00",
    ]
    assert (medical["deductible"], medical["beats_standard"]) == ("5700.00", True)
    for line in lines.values():
        if line["sources"]:
            assert sum(Decimal(item["amount"]) for item in line["sources"]) == Decimal(line["amount"])
    drive = lines["1d"]["sources"][0]
    assert (drive["date"], drive["amount"], drive["payment"], drive["trip"]) == (
        "2026-05-05",
        "17.63",
        None,
        1,
    )
    (form,) = found["form_8889"]
    assert (form["person"], form["complete"]) == ("Ana", True)
    eight = {line["line"]: line["amount"] for line in form["lines"]}
    assert (eight["1"], eight["3"], eight["9"], eight["12"]) == (None, "4400.00", "1200.00", "3200.00")
    assert found["mileage"]["trips"][0]["miles"] == "86"
    assert found["expenses"][0]["after_tax"] is None


def test_the_text_says_lines_and_what_is_missing(tax: Callable[..., str], home: Path) -> None:
    lines = tax(home, "2026").splitlines()
    assert lines[0] == "Form 8889, HSA of Ana"
    assert any(line.startswith("4 ") and line.endswith("$5,700.00") for line in lines)
    assert any("86 miles (20.5 cents a mile)" in line for line in lines)
    assert lines[-1].endswith("Not tax advice.")
    later = tax(home, "2031")
    assert "Still needed" in later
    assert "HSA limit, self-only coverage, 2031." in later
    assert "Not known" in later


def test_the_workbook(tax: Callable[..., str], home: Path, tmp_path: Path) -> None:
    out = tmp_path / "Taxes 2026.xlsx"
    assert tax(home, "2026", "--xlsx", str(out)).strip() == f"Wrote {out}."
    assert out.stat().st_size > 5_000
    both = tax(home, "2026", "--json", "--xlsx", str(out))
    assert json.loads(both)["year"] == 2026


def test_a_folder_that_is_not_there(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ledger", str(home), "tax", "2026", "--xlsx", str(tmp_path / "no" / "a.xlsx")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("words", [["tax"], ["tax", "26"], ["tax", "soon"], ["tax", "2026", "--pdf"]])
def test_wrong_usage(home: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ledger", str(home), *words]) == 2
    assert capsys.readouterr().err


def test_the_sample_and_an_empty_ledger(
    tax: Callable[..., str], sample_file: Path, empty_file: Path, tmp_path: Path
) -> None:
    for name, source in (("sample", sample_file), ("new", empty_file)):
        path = tmp_path / f"{name}.ledger"
        shutil.copyfile(source, path)
        found = json.loads(tax(path, "2026", "--json"))
        assert bool(found["expenses"]) is (name == "sample")
