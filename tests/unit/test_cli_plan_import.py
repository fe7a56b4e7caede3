"""`plan import` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.imports.cms_folder import PLAN_ID, write_folder
from tracker.cli.main import main
from tracker.services.bundle import Services


@pytest.fixture
def place(sample: Services) -> str:
    """The sample's file, closed, as a script finds it."""
    sample.ledger.close()
    return str(sample.ledger.path)


def run(place: str, folder: Path, *arguments: str) -> int:
    return main(["--ledger", place, "plan", "import", str(folder), *arguments])


def test_a_plan_is_taken_and_told(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = ({"BenefitName": "Specialist Visit", "CopayInnTier1": "$60.00", "CoinsOutofNet": "Ask us"},)
    folder = write_folder(tmp_path / "cms", benefits=odd)
    assert run(place, folder, "--plan-id", PLAN_ID, "--person", "eleanor") == 0
    said = capsys.readouterr()
    assert "Added Silver 1, Example Health (12345TX0010001-01)." in said.out
    assert "Jan 1, 2026 to Dec 31, 2026, HMO, covers Eleanor Whitfield." in said.out
    assert "1 of what the files say was not understood" in said.out
    assert "Specialist Visit, out of network (\u201cAsk us\u201d):" in said.out
    assert "would also be covered by BlueRiver PPO 2000" in said.err


def test_the_same_as_json_into_a_plan_that_is_there(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path / "cms")
    assert run(place, folder, "--plan-id", PLAN_ID, "--into", "blueriver ppo 2000", "--json") == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["plan"], read["plan_id"], read["type"]) == ("BlueRiver PPO 2000", PLAN_ID, "HMO")
    assert read["people"] == ["Eleanor Whitfield", "Martin Whitfield"]
    assert read["limits"][0] == {
        "name": "DED_IN",
        "kind": "deductible",
        "network": "in",
        "mode": "embedded",
        "individual": "2000.00",
        "family": "4000.00",
    }
    assert read["not_understood"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--plan-id", "12345TX0010007-01"], 1, "ids most like it are 12345TX0010001."),
        (["--plan-id", "12345TX0010001-04"], 1, "Choose one of 12345TX0010001-01"),
        (["--plan-id", "!"], 1, "is not a plan id"),
        (["--plan-id", PLAN_ID, "--person", "Zed"], 1, "Name one of Eleanor Whitfield, Martin Whitfield."),
        (["--plan-id", PLAN_ID, "--person", "Whitfield"], 1, "Several people are called"),
        (["--plan-id", PLAN_ID, "--into", "none such"], 1, "Name one of BlueRiver PPO 2000"),
        (["--plan-id", PLAN_ID, "--into", "1", "--begins", "2026-01-01"], 1, "keeps its dates and people"),
        (["--plan-id", PLAN_ID, "--begins", "1/1/2026"], 2, "is not a day such as"),
        ([], 2, "--plan-id"),
    ],
)
def test_what_cannot_be_taken(
    arguments: list[str],
    code: int,
    says: str,
    place: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = write_folder(tmp_path / "cms")
    assert run(place, folder, *arguments) == code
    assert says in capsys.readouterr().err


def test_an_empty_ledger_asks_who_is_covered(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, place = write_folder(tmp_path / "cms"), str(services.ledger.path)
    services.ledger.close()
    assert run(place, folder, "--plan-id", PLAN_ID) == 1
    assert "--person" in capsys.readouterr().err
    assert (
        run(place, folder, "--plan-id", PLAN_ID, "--person", "Ada", "--family", "--begins", "2026-03-01")
        == 0
    )
    said = capsys.readouterr().out
    assert "Mar 1, 2026 to Dec 31, 2026, HMO, covers Ada." in said
    assert "$4,000.00" in said


def test_wrong_files_are_named(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path / "cms")
    (folder / "one.csv").unlink()
    assert run(place, folder, "--plan-id", PLAN_ID) == 1
    assert "There is no Plan Attributes file in cms." in capsys.readouterr().err
    assert run(place, tmp_path / "nowhere", "--plan-id", PLAN_ID) == 1
    assert "nowhere is not there" in capsys.readouterr().err
