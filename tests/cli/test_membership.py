"""`membership`: each membership with its dates, its value and what leaving brings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.cli import common
from tracker.cli.main import main
from tracker.facts import Frequency, Membership, MembershipTerms, Person, Recurring
from tracker.facts.membership import RefundKind
from tracker.services.bundle import services_over
from tracker.services.membership_exit import record_leaving

Ask = Callable[..., str]


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "today", lambda: TODAY)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def go(path: Path, *words: str) -> str:
        assert main(["--ledger", str(path), "membership", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return go


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """A year of $3,600.00 from Mar 1, paid, with a refund by the day."""
    made = Path(shutil.copyfile(empty_file, tmp_path / "home.ledger"))
    ledger = open_ledger(made)
    services = services_over(ledger)
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    begins = date(2026, 3, 1)
    fee = Recurring(label="Fee", amount=3_600_00, frequency=Frequency.ANNUAL, first_due=begins)
    held = Membership(
        practice_id=0,
        begins_on=begins,
        ends_on=date(2027, 2, 28),
        person_ids=(person,),
        fees=(fee,),
        terms=MembershipTerms(
            refund_kind=RefundKind.DAILY, offer_amount=325_00, offer_months=1, cancellation_fee=0
        ),
    )
    services.agreements.save_membership(held, practice="Harbor")
    (due,) = services.recurring.dues(until=begins)
    services.recurring.record(due, paid_on=begins)
    ledger.close()
    return made


def test_what_comes_back_on_a_day_as_text_and_as_json(path: Path, ask: Ask) -> None:
    said = ask(path, "--leave", "2026-09-15")
    assert "Leaving on Sep 15, 2026 brings back $1,647.12; notice by Aug 16, 2026." in said
    assert "Renews on Mar 1, 2027; give notice by Jan 30, 2027." in said
    assert "Paying in parts is like borrowing at 17.88% a year." in said
    (found,) = json.loads(ask(path, "--json", "--leave", "2026-09-15"))["memberships"]
    assert found["leaving"]["refund"] == "1647.12"
    assert found["leaving"]["by_rule"]["whole_months"] == {"refund": "1500.00", "exit_cost": "147.12"}
    assert (found["renews_on"], found["notice_by"]) == ("2027-03-01", "2027-01-30")
    assert found["value"]["per_visit"] is None
    assert found["at_once_or_in_parts"]["discount"] == "300.00"
    assert found["owed"] is None


def test_without_a_day_it_is_the_next_one_can_leave_on(path: Path, ask: Ask) -> None:
    (found,) = json.loads(ask(path, "--json"))["memberships"]
    assert found["leaving"]["on"] == "2026-12-22"


def test_what_is_owed_back_is_said(path: Path, ask: Ask) -> None:
    ledger = open_ledger(path)
    services = services_over(ledger)
    (held,) = services.agreements.memberships()
    record_leaving(services, held.id or 0, notice_on=None, cancelled_on=date(2026, 9, 15))
    ledger.close()
    assert "Left on Sep 15, 2026: $1,647.12 is still owed to you." in ask(path)
    (found,) = json.loads(ask(path, "--json"))["memberships"]
    assert found["is_over"]
    assert found["owed"]["owed"] == "1647.12"
    assert found["renews_on"] is None


def test_the_sample_prints_every_membership(sample_file: Path, tmp_path: Path, ask: Ask) -> None:
    copy = Path(shutil.copyfile(sample_file, tmp_path / "sample.ledger"))
    said = ask(copy)
    assert said.startswith("Harbor Concierge Medicine\n")
    assert "Next fee: $300.00 on Dec 15, 2026." in said
    assert said.count("Harbor Concierge Medicine") == 2
    found = json.loads(ask(copy, "--json"))["memberships"]
    assert [item["is_over"] for item in found] == [False, False, True]
    physical = next(item for item in found[0]["included"] if "physical" in item["service"])
    assert (physical["used"], physical["left"]) == (1, 0)


def test_an_empty_ledger_and_a_bad_day(
    empty_file: Path, tmp_path: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copyfile(empty_file, tmp_path / "empty.ledger"))
    assert ask(copy) == "No membership yet.\n"
    assert main(["--ledger", str(copy), "membership", "--leave", "soon"]) == 2
    assert "is not a day such as 2026-09-15" in capsys.readouterr().err


def test_a_day_before_it_begins_is_not_taken_for_another(path: Path, ask: Ask) -> None:
    said = ask(path, "--leave", "2026-03-01")
    assert "It begins on Mar 1, 2026; ask for a later day to leave it." in said
    (found,) = json.loads(ask(path, "--leave", "2020-01-01", "--json"))["memberships"]
    assert found["leaving"] is None
    (found,) = json.loads(ask(path, "--leave", "2026-09-15", "--json"))["memberships"]
    assert (found["leaving"]["refund"], found["leaving"]["not_recorded"]) == ("1647.12", "0.00")
