"""`claims`: every bill and claim, its verdict, deadlines and sums, as JSON and as text."""

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
from tracker.cli import common
from tracker.cli.main import main
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Bill,
    BillShare,
    Case,
    CaseKind,
    Claim,
    CostSharingRule,
    Deadline,
    Network,
    Payment,
    Person,
    Plan,
    Statement,
    Turn,
)
from tracker.services.bundle import Services, services_over

MRI = date(2026, 9, 9)


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "today", lambda: TODAY)


@pytest.fixture
def claims(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def go(path: Path, *words: str) -> str:
        assert main(["--ledger", str(path), "claims", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return go


@pytest.fixture
def mri(empty_file: Path, tmp_path: Path) -> Path:
    """The MRI of the pictures: the EOB leaves $215.00, the bill asks $300.00; and a bill without EOB."""
    path = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, path)
    ledger = open_ledger(path)
    try:
        _enter(services_over(ledger))
    finally:
        ledger.close()
    return path


def _enter(services: Services) -> None:
    person = services.people.save_person(Person(name="Eleanor Whitfield")).new_id or 0
    limit = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.SELF,
        individual=2_000_00,
    )
    services.plans.save(
        Plan(
            name="PPO",
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            person_ids=(person,),
            accumulators=(limit,),
        ),
        rules=(CostSharingRule(category="IMAGING", deductible="DED_IN", coinsurance=2_000),),
    )
    claim = Claim(
        claim_number="1E5",
        person_id=person,
        provider_id=0,
        category="IMAGING",
        service_from=MRI,
        processed_on=date(2026, 9, 20),
        billed=1_100_00,
        allowed=715_00,
        plan_paid=500_00,
        you_owe=215_00,
    )
    services.claims.save(claim, provider="Harbor Imaging")
    asks = Statement(stated_on=date(2026, 10, 1), amount=300_00, charges=1_100_00)
    bill = Bill(provider_id=0, person_id=person, service_from=MRI, statements=(asks,))
    first = services.care.save_bill(bill, provider="Harbor Imaging").new_id
    other = Bill(
        provider_id=0,
        person_id=person,
        service_from=date(2026, 11, 2),
        statements=(Statement(stated_on=date(2026, 11, 10), amount=80_00),),
    )
    services.care.save_bill(other, provider="Tidewater Clinic with a very long name that goes on")
    services.cases.save(
        Case(
            kind=CaseKind.REIMBURSEMENT,
            title="MRI asked twice",
            opened_on=date(2026, 10, 5),
            bill_id=first,
            turn=Turn.PROVIDER,
            at_stake=85_00,
            recovered=10_00,
            deadlines=(
                Deadline(label="Call back", do_by=date(2026, 12, 1), last_day=date(2026, 12, 8)),
                Deadline(label="Sent", do_by=date(2026, 10, 9), done_on=date(2026, 10, 8)),
            ),
        )
    )


def test_the_documented_shape(claims: Callable[..., str], mri: Path) -> None:
    found: dict[str, Any] = json.loads(claims(mri, "--json"))
    assert list(found) == ["today", "bills", "claims", "cases", "findings", "at_stake", "recovered"]
    assert found["today"] == "2026-11-22"
    waiting, bill = found["bills"]
    assert bill == {
        "id": 1,
        "provider": "Harbor Imaging",
        "person": "Eleanor Whitfield",
        "service_from": "2026-09-09",
        "asks": "300.00",
        "eob_owes": "215.00",
        "paid": "0.00",
        "verdict": "overbilled",
        "safe_to_pay": "215.00",
        "over": "85.00",
        "refund": "0.00",
        "why": bill["why"],
        "claims": [1],
    }
    assert "That is $85.00 more than you owe." in bill["why"]
    assert (waiting["verdict"], waiting["eob_owes"], waiting["safe_to_pay"]) == ("hold", None, "0.00")
    assert waiting["claims"] == []
    assert found["claims"] == [
        {
            "id": 1,
            "number": "1E5",
            "provider": "Harbor Imaging",
            "person": "Eleanor Whitfield",
            "service_from": "2026-09-09",
            "network": "in",
            "stage": "processed",
            "billed": "1100.00",
            "allowed": "715.00",
            "plan_paid": "500.00",
            "you_owe": "215.00",
            "expected_owes": "715.00",
            "bills": [1],
        }
    ]
    assert found["cases"] == [
        {
            "id": 1,
            "kind": "reimbursement",
            "title": "MRI asked twice",
            "turn": "provider",
            "outcome": "open",
            "at_stake": "85.00",
            "recovered": "10.00",
            "deadlines": [
                {"label": "Call back", "do_by": "2026-12-01", "last_day": "2026-12-08", "done_on": None},
                {"label": "Sent", "do_by": "2026-10-09", "last_day": None, "done_on": "2026-10-08"},
            ],
        }
    ]
    for item in found["findings"]:
        assert list(item) == ["detector", "title", "what", "severity", "at_stake", "state", "first"]
        assert Decimal(item["at_stake"]) >= 0
    assert Decimal(found["at_stake"]) >= 85
    assert found["recovered"] == "10.00"


def test_what_was_paid_counts(claims: Callable[..., str], mri: Path) -> None:
    ledger = open_ledger(mri)
    services_over(ledger).payments.save(
        Payment(paid_on=date(2026, 10, 20), amount=215_00, bills=(BillShare(bill_id=1, amount=215_00),)),
        payee="Harbor Imaging",
    )
    ledger.close()
    bill = json.loads(claims(mri, "--json"))["bills"][1]
    assert (bill["asks"], bill["paid"], bill["safe_to_pay"]) == ("300.00", "215.00", "0.00")
    assert (bill["verdict"], bill["over"]) == ("overbilled", "85.00")


def test_the_text_lines_up(claims: Callable[..., str], mri: Path) -> None:
    lines = claims(mri).splitlines()
    assert lines[0].split() == ["Bills", "Asks", "You", "owe", "Pay", "now", "Verdict"]
    assert lines[1].endswith("$0.00  Hold until the EOB")
    assert lines[2].split()[0] == "2026-09-09"
    assert lines[2].endswith("$300.00      $215.00      $215.00  Bill $85.00 over")
    assert lines[1].index("$0.00") + 5 == lines[2].index("$215.00  Bill") + 7 == lines[0].index("  Verdict")
    assert "Open cases" in lines
    assert "MRI asked twice  [The provider's turn]" in lines
    assert "  2026-12-01  Call back, last day 2026-12-08" in lines
    assert not any("Sent" in line for line in lines)
    assert lines[-1].endswith("Recovered: $10.00.")


def test_an_empty_ledger(claims: Callable[..., str], empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    shutil.copyfile(empty_file, path)
    assert claims(path).splitlines()[0] == "No bills or EOBs are entered yet."
    found = json.loads(claims(path, "--json"))
    assert (found["bills"], found["claims"], found["at_stake"]) == ([], [], "0.00")


def test_the_sample(claims: Callable[..., str], sample_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.ledger"
    shutil.copyfile(sample_file, path)
    found = json.loads(claims(path, "--json"))
    assert len(found["claims"]) > 20
    labs = next(item for item in found["claims"] if item["you_owe"] == "43.75")
    assert (labs["provider"], labs["billed"], labs["allowed"]) == ("Meridian Labs", "460.00", "121.55")
    days = [item["service_from"] for item in found["claims"]]
    assert days == sorted(days, reverse=True)
