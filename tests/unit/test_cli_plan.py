"""`plan list` and `plan example` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.imports.cms_folder import PLAN_ID, write_folder
from tracker.cli.main import main


def test_plans_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_folder(tmp_path))
    assert main(["plan", "list", folder, "--state", "TX"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{PLAN_ID}   TX  Example Health: Silver 1 (Standard Silver On Exchange Plan)",
        "1 plan.",
    ]
    assert main(["plan", "list", folder, "--name", "gold", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"plans": []}


def test_an_example_says_what_it_could_not_price(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write_folder(tmp_path))
    assert main(["plan", "example", folder, "--plan-id", PLAN_ID]) == 0
    said = capsys.readouterr()
    assert "The patient pays" in said.out
    assert "Ambulance: the plan's file has no readable rule" in said.err
    assert main(["plan", "example", folder, "--plan-id", PLAN_ID, "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["filed"] is None
    assert "Ambulance" in read["without_rule"]
    assert float(read["exact"]["total_patient_pays"]) <= 2800


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--plan-id", "99999TX0010001-01"], 1, "There is no plan 99999TX0010001-01"),
        (["--plan-id", PLAN_ID, "--scenario", "having-a-baby"], 1, "not published"),
        (["--plan-id", PLAN_ID, "--scenario", "flu"], 2, "invalid choice"),
        ([], 2, "--plan-id"),
    ],
)
def test_what_cannot_be_worked(
    arguments: list[str], code: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write_folder(tmp_path))
    assert main(["plan", "example", folder, *arguments]) == code
    assert says in capsys.readouterr().err


def test_a_dental_plan_has_no_medical_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_folder(tmp_path, plan={"DentalOnlyPlan": "Yes"}))
    assert main(["plan", "example", folder, "--plan-id", PLAN_ID]) == 1
    assert "is a dental plan" in capsys.readouterr().err


@pytest.mark.parametrize("scenario", ["knee-mri", "thyroid-year", "hospital-stay"])
def test_an_example_of_our_own_says_so(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write_folder(tmp_path))
    assert main(["plan", "example", folder, "--plan-id", PLAN_ID, "--scenario", scenario]) == 0
    assert "are our own; no insurer files it." in capsys.readouterr().out


def test_an_id_that_is_nowhere_names_those_like_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write_folder(tmp_path))
    assert main(["plan", "example", folder, "--plan-id", "12345TX0010002"]) == 1
    assert "The ids most like it are 12345TX0010001." in capsys.readouterr().err
