"""`estimate` on the command line: names found by a part, amounts, text, JSON, and clear refusals."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tracker.cli import common
from tracker.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    sample_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """`estimate` over a copy of the sample year, on a fixed day."""
    path = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, path)
    monkeypatch.setattr(common, "today", lambda: TODAY)

    def go(*words: str) -> tuple[int, str, str]:
        code = main(["--ledger", str(path), "estimate", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return go


MRI = ("imaging", "--provider", "harbor im", "--amount", "1200", "--date", "2026-12-03")


def as_json(run: Run, *words: str) -> dict[str, Any]:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_mri_as_text(run: Run) -> None:
    code, out, err = run(*MRI)
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[:2] == ["Imaging (MRI, CT, PET)", "Harbor Imaging, Dec 3, 2026, Eleanor Whitfield"]
    for row in (
        "Allowed amount $1,200.00",
        "Rest of your deductible $580.00",
        "Your 20% of $620.00 $124.00",
        "Plan pays $496.00",
        "You pay $704.00",
        "Then your deductible is met $2,000 of $2,000",
    ):
        assert row in lines
    assert any(line.startswith("! Prior authorization is needed. None is on file") for line in lines)
    assert "20% of $620.00 = $124.00." in lines
    amounts = [line for line in out.splitlines() if line.endswith((".00", " of $2,000"))]
    assert len({len(line) for line in amounts}) == 1, "amounts end in one column"


def test_the_mri_as_json(run: Run) -> None:
    found = as_json(run, *MRI)
    assert (found["you_pay"], found["plan_pays"], found["missing"]) == ("704.00", "496.00", None)
    first = found["plans"][0]
    assert (first["deductible"], first["coinsurance"], first["allowed"]) == ("580.00", "124.00", "1200.00")
    deductible = found["accumulators"][0]
    assert (deductible["person"], deductible["before"], deductible["after"], deductible["limit"]) == (
        "Eleanor Whitfield",
        "1420.00",
        "2000.00",
        "2000.00",
    )
    assert {item["about"] for item in found["warnings"]} >= {"authorization"}
    assert next(i["at_stake"] for i in found["warnings"] if i["about"] == "authorization") == "496.00"


def test_the_usual_amount_stands_in_for_one_that_is_not_given(run: Run) -> None:
    found = as_json(run, "SPEC")
    assert found["plans"][0]["amount_from"] == "usual"
    assert found["usual"]["amount"] == found["plans"][0]["allowed"]
    assert found["usual"]["eobs"] > 1


def test_for_somebody_else(run: Run) -> None:
    assert as_json(run, "PT", "--person", "martin")["person"] == "Martin Whitfield"


def test_out_of_network_between_two_methods(run: Run) -> None:
    found = as_json(run, "SPEC", "--out-of-network", "--billed", "9000", "--amount", "4500")
    assert found["plans"][0]["network"] == "OUT"
    assert found["plans"][0]["balance_bill"] == "4500.00"


def test_days_of_a_stay(run: Run) -> None:
    one = as_json(run, "INPATIENT", "--amount", "9000")
    five = as_json(run, "INPATIENT", "--amount", "9000", "--days", "5")
    assert one["you_pay"] == five["you_pay"]  # coinsurance, not a copay a day


def test_a_day_after_the_last_plan(run: Run) -> None:
    code, out, _err = run("IMAGING", "--amount", "1200", "--date", "2027-02-03")
    assert code == 0
    assert "No plan is entered for Feb 3, 2027." in out


def test_a_day_before_every_plan(run: Run) -> None:
    found = as_json(run, "IMAGING", "--amount", "1200", "--date", "2020-02-03")
    assert (found["you_pay"], found["plan_pays"], found["plans"]) == ("1200.00", "0.00", [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("visit",), "Primary care visit (PCP); Specialist visit (SPEC)"),
        (("nothing at all",), "Use one of: Ambulance (AMB)"),
        (("",), "Use one of: Ambulance (AMB)"),
        (("SPEC", "--person", "Zoe"), "Use one of: Eleanor Whitfield; Martin Whitfield."),
        (("SPEC", "--person", "whitfield"), "Use one of: Eleanor Whitfield; Martin Whitfield."),
        (("SPEC", "--provider", "Nowhere Clinic"), "Use one of: Bayview Hospital"),
        (("DME",), "What is allowed for durable medical equipment is not known yet."),
        (("SPEC", "--days", "0"), "Care is for 1 to 366 days or fills."),
    ],
)
def test_what_is_not_clear_is_one_line_with_what_to_do(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_json_says_what_is_missing_too(run: Run) -> None:
    code, out, _err = run("DME", "--json")
    assert code == 1
    assert json.loads(out)["missing"].startswith("What is allowed for durable medical equipment")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("SPEC", "--amount", "abc"),
        ("SPEC", "--amount", "-5"),
        ("SPEC", "--date", "2026-02-30"),
        ("SPEC", "--date", "12/3"),
        ("SPEC", "--days", "two"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage: concierge-ledger estimate" in err
