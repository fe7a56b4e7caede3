"""`replay CASES.json`: what it prints, and how it answers a file that is not right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.unit.adjudication_kit import SHARED, shared
from tracker.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
FILE: dict[str, Any] = {
    "note": "keys that nobody knows are left alone",
    "plans": {
        "P": {
            "description": "one deductible, then 20%",
            "cross": {},
            "buckets": {
                "DED": {
                    "ind": 10000,
                    "fam": None,
                    "mode": "self",
                    "individual_cap": None,
                    "colour": "blue",
                },
                "OOP": {"ind": 50000, "fam": None, "mode": "self"},
            },
            "rules": [
                {"category": "LAB", "tier": "IN", "ded": "DED", "oop": "OOP", "coins": 2000, "mood": 1},
                {"category": "PT", "oop": "OOP", "copay": 4000, "visit_limit": 20},
            ],
        }
    },
    "cases": [
        {
            "id": "one",
            "plan": "P",
            "before": [{"bucket": "DED", "person": "A", "cents": 9000}],
            "visits_before": {"PT": 20},
            "claims": [
                {"lines": [{"cat": "LAB", "billed": 9000, "allowed": 6000}]},
                {"reverse": 0},
                {
                    "lines": [
                        {"cat": "PT", "billed": 9000, "allowed": 8000},
                        {"cat": "LAB", "billed": 100, "allowed": 100},
                    ]
                },
            ],
            "expected": "not read",
            "after": 7,
        }
    ],
}


def written(folder: Path, content: Any) -> Path:
    path = folder / "cases.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `replay` on a file's content; gives the exit code, what was printed, what was complained."""

    def go(content: Any, *options: str) -> tuple[int, str, str]:
        code = main(["replay", *options, str(written(tmp_path, content))])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return go


def test_it_prints_every_claim_and_what_is_used_after(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run(FILE)
    assert (code, err) == (0, "")
    (case,) = json.loads(out)["cases"]
    assert set(case) == {"id", "claims", "after"}
    lab, void, later = case["claims"]
    assert void is None
    assert lab["lines"] == [
        {
            "cat": "LAB",
            "tier": "IN",
            "billed": 9000,
            "allowed": 6000,
            "writeoff": 3000,
            "balance": 0,
            "noncovered": 0,
            "penalty": 0,
            "ded": 1000,
            "copay": 0,
            "coins": 1000,
            "plan": 4000,
            "assist": 0,
            "owes": 2000,
            "cash": 2000,
        }
    ]
    assert later["total"] == {
        "writeoff": 0,
        "balance": 0,
        "noncovered": 9000,
        "penalty": 0,
        "ded": 100,
        "copay": 0,
        "coins": 0,
        "plan": 0,
        "owes": 9100,
        "allowed": 100,
        "cash": 9100,
    }
    assert "assist" not in later["lines"][0]
    assert case["after"] == [
        {"bucket": "DED", "person": "A", "cents": 9100},
        {"bucket": "OOP", "person": "A", "cents": 100},
    ]


def test_explanations_come_when_asked_for(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run(FILE, "--explain")
    lines = [line for claim in json.loads(out)["cases"][0]["claims"] if claim for line in claim["lines"]]
    assert lines[0]["why"][1] == "Deductible: $90.00 of $100.00 used before, so $10.00, left $50.00."
    assert lines[1]["why"][0] == "All 20 visits for physical therapy are used up, so $90.00 is not covered."


def test_a_byte_order_mark_and_an_empty_list_are_fine(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run(b'\xef\xbb\xbf{"plans": {}, "cases": []}')[:2] == (0, '{"cases": []}\n')


def at(*path: Any, value: Any) -> Any:
    """The file with one thing changed; `...` takes it out."""
    content = deepcopy(FILE)
    place = content
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return content


CASE, CLAIM, RULE = ("cases", 0), ("cases", 0, "claims", 0), ("plans", "P", "rules", 0)
LINE, BUCKET = (*CLAIM, "lines", 0), ("plans", "P", "buckets", "DED")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is not text"),
        (b"{", "is not valid JSON at line 1, column 2"),
        (b'{"plans": NaN}', "is not valid JSON"),
        (b"[" * 100_000, "nested too deeply"),
        ([], "is a list where an object with fields is meant"),
        ({}, "has no plans"),
        (at("cases", value=...), "has no cases"),
        (at(*CASE, value=3), "Case 1 is a number where an object"),
        (at(*CASE, "id", value=...), "Case 1 has no id"),
        (at(*CASE, "plan", value="Q"), "Case one names the plan Q, which is not in the file"),
        (at(*CASE, "claims", value={}), "Case one has claims {} where a list is meant"),
        (at(*CLAIM, "lines", value=[]), "Case one, claim 1 has no lines"),
        (at(*CLAIM, "lines", value=...), "Case one, claim 1 has no lines"),
        (at(*CLAIM, "units", value=0), "Case one, claim 1: A claim is for at least one day or fill"),
        (at(*CLAIM, "tier", value="GOLD"), "Case one: P has no network tier GOLD"),
        (at(*CLAIM, "admitted", value="yes"), "has admitted 'yes' where true or false is meant"),
        (at(*LINE, "cat", value=...), "Case one, claim 1, line 1 has no cat"),
        (at(*LINE, "billed", value=...), "line 1 has no billed"),
        (at(*LINE, "billed", value=-5), "has billed -5 where an amount in whole cents from 0 is meant"),
        (at(*LINE, "billed", value=90.5), "has billed 90.5 where an amount in whole cents"),
        (at(*LINE, "billed", value=True), "has billed True where an amount"),
        (at(*LINE, "billed", value="90"), "has billed '90' where an amount"),
        (at(*LINE, "billed", value=10**18), "where an amount in whole cents"),
        (at(*LINE, "allowed", value=...), "Case one: What the plan allows for LAB is not known"),
        (at(*LINE, "denial", value="XX"), "has denial 'XX' where one of CO, PR is meant"),
        (at(*CASE, "claims", 1, "reverse", value=9), "Case one: Claim 10 cannot be voided"),
        (at(*CASE, "claims", 1, "reverse", value=2), "Case one: Claim 3 cannot be voided"),
        (at(*CASE, "before", 0, "bucket", value="X"), "Case one: P has no bucket X"),
        (at(*CASE, "visits_before", "PT", value=-1), "visits used before cannot be -1"),
        (at(*RULE, "coins", value=12_000), "Plan P: The coinsurance of LAB (IN) is 120%"),
        (at(*RULE, "coins", value="20%"), "Plan P, rule 1 has coins '20%' where a whole number is meant"),
        (at(*RULE, "ded", value="NONE"), "names NONE, which P does not have"),
        (
            at(*RULE, "ded", value="OOP"),
            "bucket OOP is used as a deductible and as an out-of-pocket maximum",
        ),
        (at(*RULE, "category", value="PT"), "The rule for PT (IN) is there twice"),
        (at(*RULE, "copay_order", value="during"), "where one of after, before is meant"),
        (at(*BUCKET, "mode", value=...), "Plan P, bucket DED has no mode"),
        (at(*BUCKET, "mode", value="solo"), "where one of self, embedded, aggregate is meant"),
        (at(*BUCKET, "ind", value=None), "The deductible DED has no individual limit"),
        (at("plans", "P", "cross", value={"X": ["DED"]}), "names X, which is not one of its buckets"),
        (at("plans", "P", "cross", value={"DED": ["OOP"]}), "DED cannot also credit OOP"),
        (at("plans", "P", "cross", value={"DED": [{}]}), "DED cannot also credit {}"),
    ],
)
def test_a_bad_file_prints_one_sentence_and_nothing_else(
    run: Callable[..., tuple[int, str, str]], content: Any, said: str
) -> None:
    code, out, err = run(content)
    assert (code, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1
    assert "went wrong inside" not in err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(tmp_path / "none.json")]) == 1
    assert main(["replay", str(tmp_path)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "none.json is not there. Choose another file."
    assert said[1].endswith("is a folder. Choose a case file.")


def test_it_loads_no_database_and_no_window(tmp_path: Path) -> None:
    code = (
        "import sys; from tracker.cli.main import main; main(sys.argv[1:]);"
        "print(*sorted({'sqlalchemy', 'sqlite3', 'PySide6', 'ui'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "replay", str(written(tmp_path, FILE))],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert json.loads(done.stdout)["cases"][0]["id"] == "one"


def test_the_rulebook_s_file_comes_out_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Every key of every line and total, and every accumulator, of every case."""
    cases = shared("adjudication_cases.json")["cases"]
    assert main(["replay", str(SHARED / "adjudication_cases.json")]) == 0
    printed = json.loads(capsys.readouterr().out)["cases"]
    assert printed == [{"id": c["id"], "claims": c["expected"], "after": c["after"]} for c in cases]
