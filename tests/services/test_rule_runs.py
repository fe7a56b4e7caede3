"""Rules run again on payments that are there: seen first, one undo step, nothing left for a second run."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.importing.rule_runs import RuleRunner
from tracker.errors import Cancelled, UserProblem
from tracker.facts import Account, AccountKind, Allocation, Payment, Person, Role
from tracker.facts.accounts import Qualifies
from tracker.facts.importing import Entered, ImportRule
from tracker.services import rule_runs
from tracker.services.bundle import Services

DAY = date(2026, 3, 14)


class Home:
    """A small household to run rules in."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.line = {item.role: item.id or 0 for item in services.budget.categories()}
        self.person = services.people.save_person(Person(name="Eleanor")).new_id
        self.bank = services.accounts.save(Account(name="Checking", kind=AccountKind.BANK)).new_id
        self.fund = services.accounts.save(Account(name="Fund", kind=AccountKind.CONTINGENCY)).new_id

    def pay(self, amount: int, payee: str, *roles: Role, note: str = "", **more: object) -> int:
        parts = len(roles) or 1
        shares = tuple(Allocation(category_id=self.line[role], amount=amount // parts) for role in roles)
        given: dict[str, object] = {"account_id": self.bank, "allocations": shares, "note": note} | more
        payment = Payment(paid_on=DAY, amount=amount, **given)  # type: ignore[arg-type]
        return self.services.payments.save(payment, payee=payee).new_id or 0

    def facts(self) -> str:
        return repr(
            [self.services.payments.get(number) for number in sorted(self.services.payments.ids().ids)]
        ) + repr([(item.id, item.note) for item in self.services.expenses.all()])


@pytest.fixture
def home(services: Services) -> Home:
    return Home(services)


def pharmacy(home: Home, **more: object) -> ImportRule:
    given: dict[str, object] = {
        "name": "Pharmacy",
        "payee_has": "elm drug",
        "payee": "Elm Pharmacy",
        "category_id": home.line[Role.PRESCRIPTION],
        "person_id": home.person,
        "item": "prescription",
        "qualifies": Qualifies.YES,
    }
    return ImportRule(**(given | more))  # type: ignore[arg-type]


def test_a_run_is_seen_first_made_as_one_change_and_undone_as_one(home: Home) -> None:
    services = home.services
    first = home.pay(12_00, "ELM DRUG 0042")
    other = home.pay(13_00, "Quest Labs", Role.DEDUCTIBLE)
    before = home.facts()
    rules = [pharmacy(home)]
    (change,) = rule_runs.preview_rules(services, rules)
    assert home.facts() == before
    assert (change.before.id, change.before.payee, change.after.payee) == (
        first,
        "ELM DRUG 0042",
        "Elm Pharmacy",
    )
    assert change.rules == ("Pharmacy",)
    made = rule_runs.apply(services, [change])
    assert made.words == "Run rules on 1 payment"
    payment = services.payments.get(first)
    assert payment.allocations[0].category_id == home.line[Role.PRESCRIPTION]
    assert payment.allocations[0].amount == 12_00
    assert payment.person_id == home.person
    assert payment.note == "ELM DRUG 0042"  # nothing of what the bank wrote is lost
    (line,) = services.payments.lines([first])
    assert line.payee == "Elm Pharmacy"
    note = next(item.note for item in services.expenses.all() if item.id == first)
    assert note is not None
    assert (note.item, note.qualifies) == ("prescription", Qualifies.YES)
    assert services.payments.lines([other])[0].payee == "Quest Labs"
    assert rule_runs.preview_rules(services, rules) == []
    services.ledger.undo()
    assert home.facts() == before


def test_splits_transfers_refunds_and_rules_that_leave_out(home: Home) -> None:
    split = home.pay(12_00, "Elm Drug", Role.DEDUCTIBLE, Role.PRESCRIPTION)
    back = home.pay(-3_00, "Elm Drug")
    moved = Payment(
        paid_on=DAY, amount=5_00, account_id=home.bank, to_account_id=home.fund, note="elm drug"
    )
    home.services.payments.save(moved)
    changes = {item.before.id: item for item in rule_runs.preview_rules(home.services, [pharmacy(home)])}
    assert changes.keys() == {split, back}
    assert changes[split].after.shares == 2
    assert changes[split].after.category_id is None
    assert changes[back].after.item == ""
    rule_runs.apply(home.services, list(changes.values()))
    assert len(home.services.payments.get(split).allocations) == 2
    assert home.services.payments.get(back).allocations[0].amount == -3_00
    for rule in (
        pharmacy(home, leave_out=True),
        pharmacy(home, active=False),
        pharmacy(home, to_account_id=home.fund),
    ):
        assert rule_runs.preview_rules(home.services, [rule]) == []


def test_only_payments_without_a_line_and_only_those_as_seen(home: Home) -> None:
    filed = home.pay(12_00, "Elm Drug", Role.DEDUCTIBLE)
    bare = home.pay(13_00, "Elm Drug")
    seen = rule_runs.preview_rules(home.services, [pharmacy(home)], only_uncategorised=True)
    assert [item.before.id for item in seen] == [bare]
    both = rule_runs.preview_rules(home.services, [pharmacy(home)])
    home.services.payments.remove([filed])
    assert rule_runs.apply(home.services, both).words == "Run rules on 1 of 2 payments"
    with pytest.raises(UserProblem, match="changed meanwhile"):
        rule_runs.apply(home.services, both)
    with pytest.raises(UserProblem, match="Nothing is chosen"):
        rule_runs.apply(home.services, [])


def test_the_first_rule_that_fits_decides_and_amounts_count_without_sign(home: Home) -> None:
    cheap = home.pay(5_00, "Elm Drug")
    dear = home.pay(50_00, "Elm Drug")
    rules = [
        pharmacy(home, name="Dear", amount_from=20_00, payee="Dear", position=0),
        pharmacy(home, name="Any", payee="Any", money_out=True, position=1),
    ]
    payees = {item.before.id: item.after.payee for item in rule_runs.preview_rules(home.services, rules)}
    assert payees == {cheap: "Any", dear: "Dear"}
    assert {item.id for item in rule_runs.fits(home.services, rules[1])} == {cheap, dear}
    assert rule_runs.fits(home.services, replace(rules[1], money_out=False)) == []


def test_a_run_can_be_stopped(home: Home) -> None:
    home.pay(5_00, "Elm Drug")

    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        rule_runs.preview_rules(home.services, [pharmacy(home)], progress=stop)


texts = st.text(alphabet="abc ", max_size=4)
wordy = st.builds(
    ImportRule,
    name=st.just("r"),
    position=st.integers(0, 5),
    payee_has=texts,
    memo_has=texts,
    money_out=st.none() | st.booleans(),
    amount_to=st.none() | st.integers(0, 50),
    payee=texts,
    category_id=st.none() | st.integers(1, 3),
    person_id=st.none() | st.integers(1, 3),
    item=st.sampled_from(["", "x"]),
)
payments = st.builds(
    Entered,
    id=st.just(1),
    on=st.just(DAY),
    amount=st.integers(-99, 99).filter(bool),
    payee=texts,
    note=texts,
    shares=st.integers(0, 2),
)


@given(st.lists(wordy, max_size=6), payments)
def test_a_second_run_finds_nothing_to_do(rules: list[ImportRule], payment: Entered) -> None:
    runner = RuleRunner(rules)
    change = runner.change(payment)
    if change is None:
        return
    assert runner.change(change.after) is None
    assert (change.after.id, change.after.amount, change.after.on) == (
        payment.id,
        payment.amount,
        payment.on,
    )
    assert payment.payee.casefold() in f"{change.after.payee} {change.after.note}".casefold()
    if payment.shares > 1:
        assert change.after.shares == payment.shares


def test_fifty_thousand_payments_and_forty_rules_take_a_moment() -> None:
    rules = [
        ImportRule(name=f"r{n}", position=n, payee_has=f"word{n} clinic", category_id=1) for n in range(40)
    ]
    many = [Entered(n, DAY, -n, f"WORD{n % 400} CLINIC {n}", "some words of a bank") for n in range(50_000)]
    begun = time.perf_counter()
    runner = RuleRunner(rules)
    found = sum(runner.change(item) is not None for item in many)
    assert found > 1_000
    assert time.perf_counter() - begun < 5
