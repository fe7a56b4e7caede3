"""Everything in a ledger as one JSON file, and back: the same facts, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import open_ledger
from tests.exports.ledger_kit import exported, exported_again, imported, stored
from tests.exports.whole_household import fill
from tracker.errors import Cancelled, UserProblem, WorldProblem
from tracker.facts import Category, Noun, Payment, Person
from tracker.services.bundle import Services, services_over
from tracker.services.data_exchange import export_everything
from tracker.storage import backup
from tracker.storage.ledger import Ledger, create


@pytest.fixture(scope="module")
def full_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with at least one of everything, to copy and never to change."""
    folder = tmp_path_factory.mktemp("full")
    shutil.copyfile(empty_file, folder / "full.ledger")
    ledger = open_ledger(folder / "full.ledger")
    fill(services_over(ledger), folder)
    ledger.close()
    return folder / "full.ledger"


@pytest.fixture
def full(full_file: Path, tmp_path: Path) -> Iterator[Services]:
    """Everything a person can do, over a copy of it."""
    shutil.copyfile(full_file, tmp_path / "full.ledger")
    ledger = open_ledger(tmp_path / "full.ledger")
    yield services_over(ledger)
    ledger.close()


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


# there and back ----------------------------------------------------------------------------------


def test_the_sample_comes_back_byte_for_byte(sample_ledger: Ledger, tmp_path: Path) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    again = exported_again(out, tmp_path)
    assert again.read_bytes() == out.read_bytes()
    assert stored(tmp_path / "again.ledger") == stored(sample_ledger.path)


def test_one_of_everything_comes_back(full: Services, tmp_path: Path) -> None:
    out = exported(full.ledger, tmp_path / "out.json")
    found = read(out)
    assert [name for name, entries in found["nouns"].items() if not entries] == []
    again = exported_again(out, tmp_path)
    assert again.read_bytes() == out.read_bytes()
    assert stored(tmp_path / "again.ledger") == stored(full.ledger.path)


def test_an_empty_ledger_comes_back(ledger: Ledger, tmp_path: Path) -> None:
    out = exported(ledger, tmp_path / "out.json")
    assert not (tmp_path / "out files").exists()
    assert exported_again(out, tmp_path).read_bytes() == out.read_bytes()


def test_lines_of_the_budget_stay_as_the_member_made_them(ledger: Ledger, tmp_path: Path) -> None:
    """The template of a new ledger is not added to those of the file."""
    budget = services_over(ledger).budget
    budget.remove_category(budget.categories()[0].id or 0)
    budget.save_category(Category(name="Teeth", position=3))
    out = exported(ledger, tmp_path / "out.json")
    imported(out, tmp_path / "new.ledger")
    assert stored(tmp_path / "new.ledger")["category"] == stored(ledger.path)["category"]


def test_what_was_imported_can_be_used_at_once(sample_ledger: Ledger, tmp_path: Path) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    imported(out, tmp_path / "new.ledger")
    ledger = open_ledger(tmp_path / "new.ledger")
    try:
        services = services_over(ledger)
        before = services.people.people()
        added = services.people.save_person(Person(name="Nora", position=2))
        assert added.new_id not in {person.id for person in before}
        ledger.undo()
        assert services.people.people() == before
    finally:
        ledger.close()


# the form ----------------------------------------------------------------------------------------


def test_amounts_days_words_and_what_is_not_known(full: Services, tmp_path: Path) -> None:
    found = read(exported(full.ledger, tmp_path / "out.json"))
    assert (found["format"], found["version"]) == ("concierge-ledger", 1)
    assert found["exported_on"] == "2026-11-22"
    nouns = found["nouns"]
    refund = next(item for item in nouns["payments"] if item["repays_id"])
    assert refund["amount"].startswith("-")
    assert refund["paid_on"] == "2026-05-02"
    (plan,) = nouns["plans"]
    assert plan["accumulator_start"] == "07-01"
    assert plan["oon_pricing"] == {"method": "pct_medicare", "rate": 14000}
    assert plan["coordination"]["has_clause"] is False
    assert plan["coordination"]["rank"] == 2
    assert plan["accumulators"][0]["credits"] == ["DED_OUT"]
    assert plan["person_ids"] == [1, 2]
    visits, dollars = nouns["opening_balances"]
    assert (visits["counting"], visits["amount"]) == ("visits", 7)
    assert (dollars["counting"], dollars["amount"]) == ("bucket", "12.34")
    case = nouns["cases"][0]
    assert case["submission"]["gate"] == ["npi", "codes"]
    assert case["authorization"]["units_used"] == 3
    assert nouns["calls"][0]["began_at"] == "09:05"
    assert nouns["calls"][1]["began_at"] is None
    assert nouns["documents"][0]["noun"] == "payment"
    assert nouns["recurring"][0]["skips"] == ["2026-03-01"]
    assert nouns["claims"][0]["allowed"] is None
    assert nouns["history"][0]["kind"] == "done"


def test_memberships_accounts_taxes_and_drugs(full: Services, tmp_path: Path) -> None:
    """Unknown is null and "no" is false; clauses and letters lie in their membership."""
    nouns = read(exported(full.ledger, tmp_path / "out.json"))["nouns"]
    (held,) = nouns["memberships"]
    assert (held["refund_kind"], held["refund_stated"], held["late_fee"]) == (
        "whole_months",
        "0.00",
        "25.00",
    )
    assert (held["bills_visits"], held["within_office_care"]) == (False, False)
    assert [item["state"] for item in held["services"]] == ["included", "extra_fee", None]
    assert [(item["share"], item["amount"]) for item in held["care_statements"]] == [
        (3500, None),
        (None, "105.00"),
    ]
    seen, bare = nouns["practice_contacts"]
    assert (seen["asked_at"], seen["seen_at"], seen["services"]) == (
        "20:15",
        "09:00",
        ["physical", "travel"],
    )
    assert (bare["asked_on"], bare["minutes"]) == (None, None)
    given, put_in = nouns["payments"][-2:]
    assert given["repaid"] == [{"expense_id": nouns["expense_notes"][-1]["payment_id"], "amount": "50.00"}]
    assert (put_in["tax_year"], put_in["source"]) == (2026, "own")
    assert nouns["hra_years"][0]["never_pays"] == ["practice_fees"]
    assert nouns["tax_facts"][0]["other_itemized"] == "0.00"
    assert nouns["trips"][0]["tenths"] == 184
    (drug,) = nouns["drugs"]
    assert [price["price"] for price in drug["prices"]] == ["40.00", "0.00"]
    assert [fill["days"] for fill in drug["fills"]] == [90, 30]


def test_one_entry_to_a_line_in_utf_8(full: Services, tmp_path: Path) -> None:
    text = exported(full.ledger, tmp_path / "out.json").read_text(encoding="utf-8")
    assert "Zoë 👩‍⚕️ עמיר" in text
    count = sum(len(entries) for entries in json.loads(text)["nouns"].values())
    assert sum(line.startswith(("{", '{"')) for line in text.splitlines()) == count + 1


# attached files ----------------------------------------------------------------------------------


def test_attached_files_lie_beside_named_by_their_hash(full: Services, tmp_path: Path) -> None:
    out = exported(full.ledger, tmp_path / "out.json")
    names = sorted(path.name for path in (tmp_path / "out files").iterdir())
    documents = read(out)["nouns"]["documents"]
    assert len(documents) == 3
    assert len(names) == 2  # two of them have the same bytes
    assert {name.split(" ")[0] for name in names} == {item["sha256"] for item in documents}
    assert sorted(name.split(" ", 1)[1] for name in names) == ["receipt.txt", "téléphone.txt"]


def test_without_attachments_they_are_only_listed(full: Services, tmp_path: Path) -> None:
    out = exported(full.ledger, tmp_path / "out.json", attachments=False)
    assert not (tmp_path / "out files").exists()
    assert read(out)["attachments"] is False
    made = imported(out, tmp_path / "new.ledger")
    assert (made.documents, made.documents_left_out) == (0, 3)
    assert stored(tmp_path / "new.ledger")["document"] == []


def test_a_later_export_of_the_same_name_leaves_no_old_file(full: Services, tmp_path: Path) -> None:
    out = exported(full.ledger, tmp_path / "out.json")
    folder = tmp_path / "out files"
    (folder / "mine.txt").write_text("of the person")
    document = full.documents.attached_to(Noun.CALL, 1)[0]
    full.documents.detach(document)
    exported(full.ledger, out)
    assert {path.name.split(" ")[-1] for path in folder.iterdir()} == {"mine.txt", "receipt.txt"}


def test_a_document_that_lost_its_bytes_is_named(full: Services, tmp_path: Path) -> None:
    with full.ledger.write("break") as work:
        work.connection.exec_driver_sql("UPDATE document_content SET content = x'00'")
    with pytest.raises(WorldProblem, match=r"receipt\.txt no longer reads as it was stored"):
        exported(full.ledger, tmp_path / "out.json")
    assert sorted(path.name for path in tmp_path.glob("out*")) == []
    exported(full.ledger, tmp_path / "out.json", attachments=False)


# writing -----------------------------------------------------------------------------------------


class StopAt:
    """Progress that is stopped at its n-th step."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.seen: list[tuple[int, int]] = []

    def __call__(self, done: int, out_of: int) -> None:
        self.seen.append((done, out_of))
        self.left -= 1
        if self.left == 0:
            raise Cancelled


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_an_export_that_is_stopped_leaves_nothing(full: Services, tmp_path: Path, steps: int) -> None:
    with pytest.raises(Cancelled):
        export_everything(full.ledger, tmp_path / "out.json", progress=StopAt(steps))
    assert list(tmp_path.glob("*out*")) == []


def test_an_export_that_is_stopped_keeps_the_one_before(full: Services, tmp_path: Path) -> None:
    out = exported(full.ledger, tmp_path / "out.json")
    before = out.read_bytes()
    full.people.save_person(Person(name="Nora", position=2))
    with pytest.raises(Cancelled):
        export_everything(full.ledger, out, progress=StopAt(5))
    assert out.read_bytes() == before
    assert imported(out, tmp_path / "new.ledger").documents == 2


def test_progress_goes_up_to_the_whole(full: Services, tmp_path: Path) -> None:
    seen = StopAt(-1)
    export_everything(full.ledger, tmp_path / "out.json", progress=seen)
    done = [step for step, _whole in seen.seen]
    assert done == sorted(done)
    assert seen.seen[-1][0] == seen.seen[-1][1]
    seen = StopAt(-1)
    imported(tmp_path / "out.json", tmp_path / "new.ledger", progress=seen)
    assert seen.seen[-1][0] == seen.seen[-1][1]


def test_an_export_never_takes_the_place_of_a_ledger(full: Services, tmp_path: Path) -> None:
    create(tmp_path / "other.ledger").close()
    for path in (full.ledger.path, tmp_path / "other.ledger"):
        with pytest.raises(UserProblem, match="is a ledger; an export cannot take its place"):
            export_everything(full.ledger, path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a read-only folder")
def test_a_folder_that_may_not_be_written_to(full: Services, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(WorldProblem):
        export_everything(full.ledger, folder / "out.json")


def test_a_folder_that_is_not_there(full: Services, tmp_path: Path) -> None:
    with pytest.raises(WorldProblem):
        export_everything(full.ledger, tmp_path / "nowhere" / "out.json")


def test_an_export_is_of_one_moment(full: Services, tmp_path: Path) -> None:
    """What is written meanwhile is not half in it."""
    done: list[bool] = []

    def write_between(_done: int, _whole: int) -> None:
        if not done:
            done.append(True)
            other.people.save_person(Person(name="Late", position=9))

    other = full
    reader = open_ledger(full.ledger.path, read_only=True)
    try:
        export_everything(reader, tmp_path / "out.json", progress=write_between)
    finally:
        reader.close()
    assert "Late" not in (tmp_path / "out.json").read_text(encoding="utf-8")
    assert "Late" in [person.name for person in full.people.people()]


# the place it goes to ----------------------------------------------------------------------------


def test_an_empty_ledger_is_filled_and_its_copy_kept(
    sample_ledger: Ledger, empty_file: Path, tmp_path: Path
) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    target = tmp_path / "mine.ledger"
    shutil.copyfile(empty_file, target)
    made = imported(out, target)
    assert made.before is not None
    assert made.before.parent == backup.folder_of(target)
    assert stored(target) == stored(sample_ledger.path)


def test_a_ledger_with_facts_is_left_alone(sample_ledger: Ledger, tmp_path: Path) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    target = tmp_path / "mine.ledger"
    ledger = create(target)
    services_over(ledger).payments.save(Payment(paid_on=date(2026, 1, 5), amount=100), payee="Someone")
    ledger.close()
    before = stored(target)
    with pytest.raises(UserProblem, match=r"mine\.ledger already has facts"):
        imported(out, target)
    assert stored(target) == before


def test_a_template_that_was_changed_is_a_fact(sample_ledger: Ledger, tmp_path: Path) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    ledger = create(tmp_path / "mine.ledger")
    budget = services_over(ledger).budget
    budget.save_category(replace(budget.categories()[0], name="Fee"))
    ledger.close()
    with pytest.raises(UserProblem, match="already has facts"):
        imported(out, tmp_path / "mine.ledger")


def test_a_ledger_that_is_open_elsewhere_is_left_alone(
    sample_ledger: Ledger, ledger: Ledger, tmp_path: Path
) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    with pytest.raises(WorldProblem):
        imported(out, ledger.path)


@pytest.mark.parametrize("steps", [1, 2, 7])
def test_an_import_that_is_stopped_leaves_nothing(
    sample_ledger: Ledger, tmp_path: Path, steps: int
) -> None:
    out = exported(sample_ledger, tmp_path / "out.json")
    with pytest.raises(Cancelled):
        imported(out, tmp_path / "there" / "new.ledger", progress=StopAt(steps))
    assert list((tmp_path / "there").iterdir()) == []


@pytest.fixture(autouse=True)
def nothing_half_written(tmp_path: Path) -> Iterator[None]:
    """Whatever happens, no part of a file is left over."""
    yield
    assert [path.name for path in tmp_path.rglob("*") if ".part" in path.name] == []
    assert [path.name for path in tmp_path.rglob(".import-*")] == []
