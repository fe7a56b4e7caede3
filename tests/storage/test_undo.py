"""Undo and redo over everything a service can do: exact, without limit, and kept in the history."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.changes import Area
from tracker.errors import Bug, LedgerError, UserProblem
from tracker.facts import (
    Account,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    BudgetLine,
    CarryOver,
    Category,
    Claim,
    Frequency,
    Membership,
    Network,
    Noun,
    Payment,
    Person,
    Plan,
    Provider,
    Recurring,
    ReviewNote,
)
from tracker.services.bundle import Services, services_over
from tracker.storage.ledger import AREA_OF_TABLE, Ledger

ODD_NAMES = (
    'O\'Brien "Bob"',
    "100% %s %(x)s :name ?",
    "\U0001f4b0\U0001f469\u200d\u2695\ufe0f",
    "\u05e9\u05dc\u05d5\u05dd \u202eabc",
    "a;b--c/*d*/",
    "x" * 200,
    "\\ \\n \\x00",
    "caf\u00e9 / cafe\u0301",
)

Dump = dict[str, list[tuple[Any, ...]]]


def dump(ledger: Ledger) -> Dump:
    """Every undoable table, row by row with its id and the type of every value."""
    return {
        table: [
            tuple((type(value).__name__, value) for value in row)
            for row in ledger.read().execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")
        ]
        for table in AREA_OF_TABLE
    }


@contextmanager
def copy_of(source: Path, folder: Path) -> Iterator[Ledger]:
    path = folder / "copy.ledger"
    shutil.copyfile(source, path)
    ledger = open_ledger(path)
    try:
        yield ledger
    finally:
        ledger.close()


class Member:
    """Somebody who does one thing after the other, seeded, with odd names and large amounts."""

    def __init__(self, services: Services, seed: int) -> None:
        self.to = services
        self.chance = random.Random(seed)

    def act(self) -> str:
        """Do one thing; gives its name. Refusals are part of life and change nothing."""
        choices = [
            self.add_person,
            self.add_provider,
            self.add_payment,
            self.add_payment,
            self.change_payment,
            self.refund,
            self.remove_payments,
            self.recategorise,
            self.add_claim,
            self.remove_claim,
            self.estimate,
            self.copy_month,
            self.add_line,
            self.reorder,
            self.remove_line,
            self.add_membership,
            self.remove_membership,
            self.add_plan,
            self.remove_plan,
            self.remove_person,
            self.settle_due,
            self.attach,
            self.note,
            self.start_month,
            self.add_account,
        ]
        chosen = self.chance.choice(choices)
        try:
            chosen()
        except UserProblem:
            return f"{chosen.__name__} refused"
        return chosen.__name__

    def name(self) -> str:
        return f"{self.chance.choice(ODD_NAMES)[:190]} {self.chance.randint(1, 9)}"

    def day(self) -> date:
        return TODAY - timedelta(days=self.chance.randint(0, 700))

    def pick(self, rows: list[Any]) -> Any:
        if not rows:
            raise UserProblem("There is nothing yet.")
        return self.chance.choice(rows)

    def payment_id(self) -> int:
        return int(self.pick(list(self.to.payments.ids().ids)))

    def add_person(self) -> None:
        self.to.people.save_person(Person(name=self.name(), birth_date=date(1970, 1, 1)))

    def add_provider(self) -> None:
        self.to.people.save_provider(Provider(name=self.name(), npi="1234567890", note="line\nline"))

    def add_account(self) -> None:
        self.to.accounts.save(Account(name=self.name(), opening=self.chance.randint(-5, 10**11)))

    def add_payment(self) -> None:
        amount = self.chance.randint(2, 999_999_999_999)
        one, two = self.chance.sample(self.to.budget.categories(), 2)
        parts = (
            Allocation(category_id=one.id or 0, amount=amount // 2, note=self.name()),
            Allocation(category_id=two.id or 0, amount=1),
        )
        self.to.payments.save(
            Payment(paid_on=self.day(), amount=amount, note=self.name(), allocations=parts),
            payee=self.name(),
        )

    def change_payment(self) -> None:
        held = self.to.payments.get(self.payment_id())
        self.to.payments.save(replace(held, note=self.name(), paid_on=self.day()))

    def refund(self) -> None:
        held = self.to.payments.get(self.payment_id())
        self.to.payments.save(
            Payment(paid_on=TODAY, amount=-self.chance.randint(1, 10_000), repays_id=held.id)
        )

    def remove_payments(self) -> None:
        self.to.payments.remove([self.payment_id() for _ in range(self.chance.randint(1, 3))])

    def recategorise(self) -> None:
        category = self.pick([None, *self.to.budget.categories()])
        self.to.payments.recategorise([self.payment_id()], category.id if category else None)

    def add_claim(self) -> None:
        person = self.pick(self.to.people.people())
        service = self.day()
        self.to.claims.save(
            Claim(
                person_id=person.id,
                provider_id=0,
                service_from=service,
                processed_on=service,
                billed=self.chance.choice([None, 0, 99_999]),
                deductible=self.chance.randint(0, 9_999),
                description=self.name(),
            ),
            provider=self.name(),
        )

    def claims(self) -> list[int]:
        return [row[0] for row in self.to.ledger.read().execute("SELECT id FROM claim")]

    def remove_claim(self) -> None:
        self.to.claims.remove([self.pick(self.claims())])

    def estimate(self) -> None:
        category = self.pick(self.to.budget.categories())
        amount = self.chance.choice([None, 0, 12_345])
        self.to.budget.set_estimate(category.id, self.day(), amount)

    def copy_month(self) -> None:
        self.to.budget.copy_month(self.day().replace(day=1), [self.day().replace(day=1) for _ in range(3)])

    def add_line(self) -> None:
        self.to.budget.save_category(Category(name=self.name(), carry_over=CarryOver.BOTH))

    def reorder(self) -> None:
        ids = [item.id or 0 for item in self.to.budget.categories()]
        self.chance.shuffle(ids)
        self.to.budget.reorder(ids)

    def remove_line(self) -> None:
        self.to.budget.remove_category(self.pick(self.to.budget.categories()[7:]).id)

    def fee(self) -> Recurring:
        return Recurring(
            label=self.name(),
            amount=self.chance.randint(1, 99_999),
            frequency=self.chance.choice(list(Frequency)),
            first_due=self.day(),
            category_id=self.to.budget.categories()[0].id,
        )

    def add_membership(self) -> None:
        person = self.pick(self.to.people.people())
        begins = self.day()
        self.to.agreements.save_membership(
            Membership(
                practice_id=0, begins_on=begins, person_ids=(person.id,), fees=(self.fee(), self.fee())
            ),
            practice=self.name(),
        )

    def remove_membership(self) -> None:
        self.to.agreements.remove_membership(self.pick(self.to.agreements.memberships()).id)

    def add_plan(self) -> None:
        people = tuple(person.id or 0 for person in self.to.people.people())
        begins = self.day()
        limits = tuple(
            Accumulator(
                kind=kind,
                network=network,
                mode=AccumulatorMode.EMBEDDED,
                individual=200_000,
                family=400_000,
            )
            for kind in AccumulatorKind
            for network in Network
        )
        self.to.plans.save(
            Plan(
                name=self.name(),
                begins_on=begins,
                ends_on=begins + timedelta(days=364),
                person_ids=people,
                accumulators=limits,
                premiums=(self.fee(),),
            ),
            insurer=self.name(),
        )

    def remove_plan(self) -> None:
        self.to.plans.remove(self.pick(self.to.plans.all()).id)

    def remove_person(self) -> None:
        self.to.people.remove_person(self.pick(self.to.people.people()).id)

    def settle_due(self) -> None:
        due = self.pick(self.to.recurring.dues(until=TODAY))
        if self.chance.random() < 0.5:
            self.to.recurring.record(due, paid_on=TODAY)
        else:
            self.to.recurring.skip(due)

    def attach(self) -> None:
        path = self.to.ledger.path.with_name("receipt 100% '\u05e9'.txt")
        path.write_bytes(bytes([self.chance.randint(0, 3)]))
        self.to.documents.attach(Noun.PAYMENT, self.payment_id(), [path])

    def note(self) -> None:
        self.to.review.set_note(ReviewNote(year=2026, item="premiums", comment=self.name()))

    def start_month(self) -> None:
        self.to.budget.set_start_month(self.chance.randint(1, 12))


@pytest.mark.parametrize("seed", range(6))
def test_undoing_everything_and_doing_it_again_is_exact(
    seed: int, empty_file: Path, tmp_path: Path
) -> None:
    with copy_of(empty_file, tmp_path) as ledger:
        member = Member(services_over(ledger), seed)
        states = [dump(ledger)]
        words = []
        for _ in range(60):
            member.act()
            if ledger.next_undo is not None and dump(ledger) != states[-1]:
                states.append(dump(ledger))
                words.append(ledger.next_undo)
        for state, said in zip(reversed(states[:-1]), reversed(words), strict=True):
            assert ledger.next_undo == said
            assert ledger.undo().words == said
            assert dump(ledger) == state
        assert ledger.undo().words == ""
        assert ledger.next_undo is None
        for state, said in zip(states[1:], words, strict=True):
            assert ledger.redo().words == said
            assert dump(ledger) == state
        assert ledger.redo().words == ""
        assert ledger.read().execute("PRAGMA foreign_key_check").fetchall() == []
        assert len(states) > 20


@pytest.mark.parametrize("seed", range(4))
def test_going_back_and_forth_at_will_follows_a_simple_model(
    seed: int, empty_file: Path, tmp_path: Path
) -> None:
    """A list of states and a place in it: what undo and redo mean, without the log."""
    with copy_of(empty_file, tmp_path) as ledger:
        member = Member(services_over(ledger), seed + 100)
        chance = random.Random(seed)
        states, place = [dump(ledger)], 0
        for _ in range(80):
            move = chance.random()
            if move < 0.25:
                ledger.undo()
                place = max(0, place - 1)
            elif move < 0.45:
                ledger.redo()
                place = min(len(states) - 1, place + 1)
            else:
                before = ledger.next_undo, len(_history(ledger))
                member.act()
                now = dump(ledger)
                if len(_history(ledger)) != before[1]:
                    states = [*states[: place + 1], now]
                    place += 1
            assert dump(ledger) == states[place]


def _history(ledger: Ledger) -> list[tuple[str, str]]:
    return ledger.read().execute("SELECT kind, words FROM change_history ORDER BY id").fetchall()


def test_a_failed_change_leaves_no_trace(services: Services) -> None:
    services.people.save_person(Person(name="Eleanor"))
    before, said, history = dump(services.ledger), services.ledger.next_undo, _history(services.ledger)
    with pytest.raises(UserProblem):
        services.payments.add_many(
            [(Payment(paid_on=TODAY, amount=100), "New one"), (Payment(paid_on=TODAY, amount=0), "Zero")]
        )
    with pytest.raises(ZeroDivisionError):
        _break_off(services.ledger)
    assert dump(services.ledger) == before
    assert services.ledger.next_undo == said
    assert _history(services.ledger) == history
    services.ledger.undo()
    assert services.people.people() == []


def _break_off(ledger: Ledger) -> None:
    with ledger.write("Break off") as work:
        work.connection.exec_driver_sql("DELETE FROM category")
        _ = 1 / 0


def test_a_change_that_breaks_a_link_is_our_fault_and_saves_nothing(services: Services) -> None:
    before = dump(services.ledger)
    with pytest.raises(Bug, match="broken"), services.ledger.write("Point nowhere") as work:
        work.connection.exec_driver_sql(
            "INSERT INTO allocation(payment_id, category_id, amount) VALUES (999, 999, 1)"
        )
    assert dump(services.ledger) == before


def test_a_change_that_changes_nothing_is_no_step(services: Services) -> None:
    with services.ledger.write("Look only"):
        pass
    assert services.ledger.next_undo is None
    assert _history(services.ledger) == []


def test_a_new_change_ends_what_could_be_done_again(services: Services) -> None:
    services.people.save_person(Person(name="One"))
    services.ledger.undo()
    services.people.save_person(Person(name="Two"))
    assert services.ledger.next_redo is None
    assert services.ledger.redo().areas is Area.NONE


def test_undo_gives_back_what_a_cascade_took(sample: Services) -> None:
    before = dump(sample.ledger)
    plan = sample.plans.all()[0]
    sample.plans.remove(plan.id or 0)
    after = dump(sample.ledger)
    assert len(after["accumulator"]) == len(before["accumulator"]) - 4
    assert after["claim"] != before["claim"]  # they belong to no plan now
    changes = sample.ledger.undo()
    assert dump(sample.ledger) == before
    assert Area.PLANS in changes.areas
    assert Area.CLAIMS in changes.areas


def test_undo_brings_a_removed_payment_back_with_its_document_and_its_refund(sample: Services) -> None:
    before = dump(sample.ledger)
    ids = list(sample.payments.ids().ids)
    sample.payments.remove(ids)
    assert dump(sample.ledger)["document"] != before["document"]
    sample.ledger.undo()
    assert dump(sample.ledger) == before


def test_the_history_keeps_what_was_undone(services: Services) -> None:
    services.people.save_person(Person(name="O'Brien 100%"))
    services.ledger.undo()
    services.ledger.redo()
    assert _history(services.ledger) == [
        ("done", "Add person, O'Brien 100%"),
        ("undone", "Add person, O'Brien 100%"),
        ("redone", "Add person, O'Brien 100%"),
    ]
    newest = services.history.entries(limit=2)
    assert [entry.kind for entry in newest] == ["redone", "undone"]
    older = services.history.entries(before=newest[-1].id)
    assert [entry.kind for entry in older] == ["done"]


def test_undo_ends_with_the_run_and_the_history_does_not(services: Services, tmp_path: Path) -> None:
    services.people.save_person(Person(name="Eleanor"))
    path = services.ledger.path
    services.ledger.close()
    again = open_ledger(path)
    try:
        assert again.undo().words == ""
        assert [words for _, words in _history(again)] == ["Add person, Eleanor"]
    finally:
        again.close()


def test_ids_are_the_same_after_undo_and_redo(services: Services) -> None:
    made = services.people.save_person(Person(name="Eleanor")).new_id
    services.ledger.undo()
    services.ledger.redo()
    assert [person.id for person in services.people.people()] == [made]


def test_what_was_added_after_an_undo_does_not_take_its_place_in_a_redo(services: Services) -> None:
    services.people.save_person(Person(name="One"))
    services.people.save_person(Person(name="Two"))
    services.ledger.undo()
    services.ledger.undo()
    services.ledger.redo()
    assert [person.name for person in services.people.people()] == ["One"]
    assert services.ledger.next_redo == "Add person, Two"


def test_a_thousand_changes_can_be_taken_back(services: Services) -> None:
    category = services.budget.categories()[0].id or 0
    before = dump(services.ledger)
    for number in range(300):
        services.budget.set_estimate(category, date(2026, 1, 1), number)
    for _ in range(300):
        assert services.ledger.undo().words
    assert dump(services.ledger) == before


def test_a_bulk_change_is_one_step(services: Services) -> None:
    category = services.budget.categories()[0].id or 0
    lines = [
        BudgetLine(category_id=category, month=date(year, month, 1), estimate=1)
        for year in range(2000, 2100)
        for month in range(1, 13)
    ]
    before = dump(services.ledger)
    services.budget.apply(lines, words_="Fill a century")
    assert len(dump(services.ledger)["budget_line"]) == 1_200
    services.ledger.undo()
    assert dump(services.ledger) == before


def test_a_replay_that_fails_can_be_tried_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.people.save_person(Person(name="Eleanor"))
    after = dump(services.ledger)
    broken: Callable[..., None] = lambda *_: (_ for _ in ()).throw(RuntimeError("power"))  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "_note_history", broken)
        with pytest.raises(RuntimeError):
            services.ledger.undo()
    assert dump(services.ledger) == after
    services.ledger.undo()
    assert services.people.people() == []
    services.ledger.redo()
    assert dump(services.ledger) == after


def test_a_ledger_opened_for_reading_cannot_be_changed(sample_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(sample_file, tmp_path / "copy.ledger")
    ledger = open_ledger(tmp_path / "copy.ledger", read_only=True)
    try:
        with pytest.raises(LedgerError, match="reading only"):
            services_over(ledger).people.save_person(Person(name="x"))
    finally:
        ledger.close()
