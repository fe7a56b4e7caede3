"""`accounts` on the command line: balances, HSA, pool, FSA and HRA, funds; as text and as JSON."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tests.services.untaxed_kit import cover, hsa_of, person, put_in
from tracker.cli import common
from tracker.cli.main import main
from tracker.facts import MoneySource
from tracker.services.bundle import Services, services_over

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`accounts` over a ledger file, on a fixed day."""
    monkeypatch.setattr(common, "today", lambda: TODAY)

    def go(path: Path, *words: str) -> tuple[int, str, str]:
        code = main(["--ledger", str(path), "accounts", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return go


@pytest.fixture
def sample_copy(sample_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, path)
    return path


@pytest.fixture
def with_hsa(empty_file: Path, tmp_path: Path) -> Path:
    """A ledger with an HSA, self-only all year, $1,200.00 from the employer."""
    path = tmp_path / "hsa.ledger"
    shutil.copyfile(empty_file, path)
    ledger = open_ledger(path)
    services: Services = services_over(ledger)
    ana = person(services, "Ana")
    hsa = hsa_of(services, ana)
    cover(services, ana)
    put_in(services, hsa, 1_200_00, MoneySource.EMPLOYER)
    put_in(services, hsa, 500_00, on=date(2026, 2, 1), tax_year=2025)
    ledger.close()
    return path


def test_the_sample_as_json(run: Run, sample_copy: Path) -> None:
    code, out, err = run(sample_copy, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["date"], found["year"]) == ("2026-11-22", 2026)
    by_kind = {item["kind"]: item for item in found["accounts"]}
    assert by_kind["bank"]["statement"] == {
        "date": "2026-10-31",
        "stated": "2655.50",
        "ledger": "2660.00",
        "difference": "-4.50",
    }
    assert (by_kind["fsa"]["balance"], by_kind["fsa"]["usable"]) == (None, "316.25")
    assert by_kind["card"]["statement"] is None
    (hsa,) = found["hsa"]
    assert (hsa["limit"], hsa["room"], hsa["taken_out"], hsa["taxable"]) == (
        "0.00",
        "0.00",
        "455.00",
        "0.00",
    )
    assert {month["answer"] for month in hsa["months"]} == {"no"}
    (fsa,) = found["fsa"]
    assert (fsa["left"], fsa["lost_unless_used"], fsa["unclaimed"], fsa["at_risk"]) == (
        "316.25",
        "116.25",
        "316.25",
        "0.00",
    )
    (hra,) = found["hra"]
    assert (hra["left"], hra["may_pay"]["premiums"]) == ("300.00", "no")
    assert [(fund["kind"], fund["target"]) for fund in found["funds"]] == [
        ("contingency", "2400.00"),
        ("sinking", "180.00"),
    ]
    assert set(found["pool"]) == {"available", "proven", "unproven", "receipts", "receipts_complete"}


def test_the_sample_as_text(run: Run, sample_copy: Path) -> None:
    code, out, err = run(sample_copy)
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for wanted in (
        "Joint checking $1,910.00",
        "statement of Oct 31, 2026 differs by -$4.50",
        "Health FSA $316.25",
        "to use by Dec 31, 2026",
        "Contingency fund $1,620.00 $2,400.00",
        "Lost on Dec 31, 2026 unless used $116.25",
    ):
        assert wanted in lines


def test_room_and_limit_of_a_year(run: Run, with_hsa: Path) -> None:
    (hsa,) = json.loads(run(with_hsa, "--json")[1])["hsa"]
    assert (hsa["limit"], hsa["contributed"], hsa["room"]) == ("4400.00", "1200.00", "3200.00")
    assert (hsa["through_employer"], hsa["own"], hsa["deadline"]) == ("1200.00", "0.00", "2027-04-15")
    (before,) = json.loads(run(with_hsa, "--json", "--year", "2025")[1])["hsa"]
    assert (before["contributed"], before["limit"], before["excess"]) == ("500.00", "0.00", "500.00")
    assert "Too much" in run(with_hsa, "--year", "2025")[1]


def test_a_year_without_limits_says_so_and_has_null_figures(run: Run, with_hsa: Path) -> None:
    (hsa,) = json.loads(run(with_hsa, "--json", "--year", "2029")[1])["hsa"]
    assert hsa["asks"]
    assert (hsa["limit"], hsa["room"], hsa["deadline"]) == (None, None, None)


def test_an_empty_ledger(run: Run, empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.ledger"
    shutil.copyfile(empty_file, path)
    assert run(path) == (0, "No accounts yet.\n", "")
    found = json.loads(run(path, "--json")[1])
    assert (found["accounts"], found["hsa"], found["pool"], found["funds"]) == ([], [], None, [])


@pytest.mark.parametrize("year", ["26", "twenty", "3000"])
def test_a_year_that_is_none_is_wrong_usage(run: Run, sample_copy: Path, year: str) -> None:
    code, out, err = run(sample_copy, "--year", year)
    assert (code, out) == (2, "")
    assert "is not a year" in err
