"""People, accounts, agreements, claims, recurring payments, documents, the budget's lines."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tracker.dates import Period, budget_year, month_period
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import (
    Account,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
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
from tracker.services.budget import Spread
from tracker.services.bundle import Services
from tracker.services.documents import LARGEST_BYTES

YEAR = budget_year(1, 2026)


def fee(amount: int = 30_000, frequency: Frequency = Frequency.MONTHLY, **more: object) -> Recurring:
    return Recurring(
        label="Fee",
        amount=amount,
        frequency=frequency,
        first_due=more.pop("first_due", date(2026, 1, 15)),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def plan(year: int = 2026, **more: object) -> Plan:
    return Plan(
        name=f"PPO {year}",
        begins_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        **more,  # type: ignore[arg-type]
    )


def claim(person: int, day: date = date(2026, 3, 1), **more: object) -> Claim:
    return Claim(person_id=person, provider_id=0, service_from=day, **more)  # type: ignore[arg-type]


@pytest.fixture
def eleanor(services: Services) -> int:
    return services.people.save_person(Person(name="Eleanor")).new_id or 0


# people and providers --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (Person(name="  "), "name"),
        (Person(name="x" * 201), "name"),
        (Person(name="x", birth_date=TODAY + timedelta(days=1)), "birth_date"),
        (Person(name="x", birth_date=date(1899, 1, 1)), "birth_date"),
    ],
)
def test_a_person_needs_a_name_and_a_birthday_that_was(
    services: Services, person: Person, field: str
) -> None:
    with pytest.raises(UserProblem) as refused:
        services.people.save_person(person)
    assert refused.value.field == field


@pytest.mark.parametrize("npi", ["123", "12345678901", "12345abcde", "\u0661" * 10])
def test_an_npi_has_ten_digits(services: Services, npi: str) -> None:
    with pytest.raises(UserProblem, match="ten digits"):
        services.people.save_provider(Provider(name="Lab", npi=npi))


def test_what_is_in_use_is_not_removed(services: Services, eleanor: int) -> None:
    services.claims.save(claim(eleanor), provider="Lab")
    lab = services.people.providers()[0].id or 0
    with pytest.raises(UserProblem, match="Eleanor still has 1 claims"):
        services.people.remove_person(eleanor)
    with pytest.raises(UserProblem, match="Lab still has"):
        services.people.remove_provider(lab)
    bank = services.accounts.save(Account(name="Bank")).new_id or 0
    services.payments.save(Payment(paid_on=TODAY, amount=1, account_id=bank))
    with pytest.raises(UserProblem, match="still has 1 payments"):
        services.accounts.remove(bank)


def test_a_target_is_not_negative(services: Services) -> None:
    with pytest.raises(UserProblem) as refused:
        services.accounts.save(Account(name="Fund", target=-1))
    assert refused.value.field == "target"


# agreements --------------------------------------------------------------------------------


def test_a_membership_comes_back_with_its_people_and_fees(services: Services, eleanor: int) -> None:
    made = services.agreements.save_membership(
        Membership(
            practice_id=0,
            physician="Dr. Lindqvist",
            begins_on=date(2026, 1, 15),
            ends_on=date(2027, 1, 14),
            person_ids=(eleanor, eleanor),
            fees=(fee(), fee(25_000, Frequency.ONCE)),
        ),
        practice="Harbor",
    )
    (held,) = services.agreements.memberships()
    assert held.id == made.new_id
    assert held.person_ids == (eleanor,)
    assert [(item.amount, item.frequency) for item in held.fees] == [
        (30_000, Frequency.MONTHLY),
        (25_000, Frequency.ONCE),
    ]
    assert {item.provider_id for item in held.fees} == {held.practice_id}
    assert services.agreements.save_membership(held, practice="Harbor").words == "Change membership, Harbor"
    assert services.agreements.memberships() == [held]


def test_changing_the_fees_keeps_the_dues_that_were_settled(services: Services) -> None:
    services.agreements.save_membership(
        Membership(practice_id=0, begins_on=date(2026, 1, 15), fees=(fee(),)), practice="Harbor"
    )
    first = services.recurring.dues(until=TODAY)[0]
    services.recurring.record(first, paid_on=first.due_on)
    (held,) = services.agreements.memberships()
    dearer = replace(held, fees=(replace(held.fees[0], amount=32_500),))
    services.agreements.save_membership(dearer, practice="Harbor")
    dues = services.recurring.dues(until=TODAY)
    assert first.due_on not in [due.due_on for due in dues]
    assert {due.recurring.amount for due in dues} == {32_500}
    services.agreements.remove_membership(held.id or 0)
    assert services.recurring.all() == []
    assert len(services.payments.ids().ids) == 1


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ({"mode": AccumulatorMode.AGGREGATE, "individual": 1, "family": None}, "needs the family"),
        (
            {"mode": AccumulatorMode.EMBEDDED, "individual": None, "family": 1},
            "individual amount is missing",
        ),
        ({"mode": AccumulatorMode.EMBEDDED, "individual": 5, "family": None}, "needs the family"),
        ({"mode": AccumulatorMode.EMBEDDED, "individual": 500, "family": 400}, "less than"),
        (
            {"mode": AccumulatorMode.SELF, "individual": None, "family": None},
            "individual amount is missing",
        ),
        ({"mode": AccumulatorMode.SELF, "individual": -1, "family": None}, "cannot be negative"),
    ],
)
def test_a_limit_has_to_agree_with_its_mode(services: Services, limit: dict[str, object], why: str) -> None:
    wrong = Accumulator(kind=AccumulatorKind.DEDUCTIBLE, network=Network.IN, **limit)  # type: ignore[arg-type]
    with pytest.raises(UserProblem, match=why) as refused:
        services.plans.save(plan(accumulators=(wrong,)))
    assert refused.value.field == "deductible_in"
    assert services.plans.all() == []


def test_dates_out_of_order_are_refused(services: Services) -> None:
    with pytest.raises(UserProblem, match="ends before it begins"):
        services.plans.save(replace(plan(), ends_on=date(2025, 1, 1)))
    with pytest.raises(UserProblem, match="ends before it begins"):
        services.agreements.save_membership(
            Membership(practice_id=0, begins_on=TODAY, ends_on=date(2020, 1, 1)), practice="x"
        )
    with pytest.raises(UserProblem, match="lies before the first"):
        services.recurring.save(fee(last_due=date(2025, 1, 1)))
    with pytest.raises(UserProblem, match="more than zero"):
        services.recurring.save(fee(0))


# claims ---------------------------------------------------------------------------------------


def test_a_claim_belongs_to_the_plan_of_its_service_date(services: Services, eleanor: int) -> None:
    for year in (2025, 2026):
        services.plans.save(plan(year, person_ids=(eleanor,)))
    ids = {held.begins_on.year: held.id for held in services.plans.all()}
    made = services.claims.save(claim(eleanor, processed_on=date(2026, 5, 1)), provider="Lab").new_id or 0
    assert services.claims.get(made).plan_id == ids[2026]
    moved = replace(services.claims.get(made), service_from=date(2025, 12, 28))
    services.claims.save(moved, provider="Lab")
    assert services.claims.get(made).plan_id == ids[2025]
    before_all = replace(services.claims.get(made), service_from=date(2024, 12, 28))
    services.claims.save(before_all, provider="Lab")
    assert services.claims.get(made).plan_id is None


def test_where_two_plans_meet_the_persons_own_or_the_one_named_counts(
    services: Services, eleanor: int
) -> None:
    martin = services.people.save_person(Person(name="Martin")).new_id or 0
    hers = services.plans.save(plan(person_ids=(eleanor,))).new_id
    his = services.plans.save(replace(plan(person_ids=(martin,)), name="His")).new_id

    def plan_of(draft: Claim) -> int | None:
        made = services.claims.save(draft, provider="Lab").new_id or 0
        return services.claims.get(made).plan_id

    assert plan_of(claim(eleanor)) == hers
    assert plan_of(claim(martin)) == his
    assert plan_of(claim(eleanor, plan_id=his)) == his


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, "service_from"),
        ({"service_to": date(2026, 2, 1)}, "service_to"),
        ({"processed_on": date(2026, 2, 1)}, "processed_on"),
        ({"billed": -1}, "billed"),
        ({"you_owe": -1}, "you_owe"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(
    services: Services, eleanor: int, more: dict[str, object], field: str
) -> None:
    with pytest.raises(UserProblem) as refused:
        services.claims.save(claim(eleanor, **more), provider="Lab")
    assert refused.value.field == field
    with pytest.raises(UserProblem):
        services.claims.save(claim(eleanor), provider=" ")


def test_an_eob_that_does_not_add_up_is_still_what_the_eob_says(services: Services, eleanor: int) -> None:
    services.claims.save(claim(eleanor, deductible=100, you_owe=999), provider="Lab")
    (line,) = services.claims.lines(YEAR)
    assert (line.provider, line.person, line.claim.you_owe) == ("Lab", "Eleanor", 999)


def test_a_plan_that_goes_leaves_its_claims(services: Services, eleanor: int) -> None:
    made = services.plans.save(plan(person_ids=(eleanor,))).new_id or 0
    services.claims.save(claim(eleanor), provider="Lab")
    services.plans.remove(made)
    (line,) = services.claims.lines(YEAR)
    assert line.claim.plan_id is None


# dues -------------------------------------------------------------------------------------------


def test_dues_wait_until_recorded_or_skipped(services: Services) -> None:
    category = services.budget.categories()[0].id
    services.recurring.save(fee(category_id=category))
    dues = services.recurring.dues(until=TODAY)
    assert [due.due_on.month for due in dues] == list(range(1, 12))
    services.recurring.record(dues[0], paid_on=date(2026, 1, 20), amount=29_000)
    services.recurring.skip(dues[1])
    assert len(services.recurring.dues(until=TODAY)) == 9
    (found,) = services.budget.sums(month_period(date(2026, 1, 1)))
    assert found.actual == 29_000
    services.ledger.undo()
    assert services.recurring.dues(until=TODAY)[0] == dues[1]


def test_dues_of_long_ago_do_not_bury_the_new(services: Services) -> None:
    services.recurring.save(fee(first_due=date(2001, 1, 15)))
    assert len(services.recurring.dues(until=TODAY)) <= 14


# the budget's estimates ------------------------------------------------------------------------------


def test_an_estimate_is_set_changed_and_taken_away(services: Services) -> None:
    category = services.budget.categories()[1].id or 0
    month = date(2026, 3, 1)
    services.budget.set_estimate(category, date(2026, 3, 17), 45_000)
    changes = services.budget.set_estimate(category, month, 46_000)
    assert changes.words == "Set Health Insurance Premium, March 2026: $460.00"
    assert [(line.month, line.estimate) for line in services.budget.lines(YEAR)] == [(month, 46_000)]
    services.budget.set_estimate(category, month, 0)
    assert services.budget.lines(YEAR)[0].estimate == 0  # nothing planned is not "no estimate"
    services.budget.set_estimate(category, month, None)
    assert services.budget.lines(YEAR) == []
    with pytest.raises(UserProblem, match="cannot be negative"):
        services.budget.set_estimate(category, month, -1)


def test_a_month_is_copied_onto_others(services: Services) -> None:
    first, second = (item.id or 0 for item in services.budget.categories()[:2])
    january, march = date(2026, 1, 1), date(2026, 3, 1)
    services.budget.set_estimate(first, january, 100)
    services.budget.set_estimate(second, march, 7)
    services.budget.copy_month(january, [date(2026, 2, 1), march])
    held = {(line.category_id, line.month.month): line.estimate for line in services.budget.lines(YEAR)}
    assert held == {(first, 1): 100, (first, 2): 100, (first, 3): 100, (second, 3): 7}
    with pytest.raises(UserProblem, match="no estimates to copy"):
        services.budget.copy_month(date(2026, 9, 1), [january])


def test_estimates_follow_from_what_was_agreed(services: Services) -> None:
    membership, premium = (item.id or 0 for item in services.budget.categories()[:2])
    with pytest.raises(UserProblem, match="names a budget line"):
        services.budget.take_estimates(YEAR.months(), spread=Spread.AS_PAID)
    services.recurring.save(
        fee(100_000, Frequency.ANNUAL, category_id=membership, first_due=date(2026, 3, 10))
    )
    services.recurring.save(fee(45_000, category_id=premium, first_due=date(2026, 1, 1)))

    def taken(spread: Spread) -> dict[int, list[int]]:
        services.budget.take_estimates(YEAR.months(), spread=spread)
        found: dict[int, list[int]] = {membership: [], premium: []}
        for line in services.budget.lines(YEAR):
            found[line.category_id].append(line.estimate)
        return found

    paid = taken(Spread.AS_PAID)
    assert paid == {membership: [0, 0, 100_000] + [0] * 9, premium: [45_000] * 12}
    spread = taken(Spread.TWELFTHS)
    assert spread[membership] == [0, 0] + [8_334] * 4 + [8_333] * 6
    year_of_it = [date(2026, 3, 1), *YEAR.months()[3:], date(2027, 1, 1), date(2027, 2, 1)]
    services.budget.take_estimates(year_of_it, spread=Spread.TWELFTHS)
    whole = services.budget.lines(Period(date(2026, 3, 1), date(2027, 3, 1)))
    assert sum(line.estimate for line in whole if line.category_id == membership) == 100_000


def test_lines_of_ones_own(services: Services) -> None:
    dental = services.budget.save_category(Category(name="Dental")).new_id or 0
    assert services.budget.categories()[-1].name == "Dental"
    with pytest.raises(UserProblem, match="already a line called dental"):
        services.budget.save_category(Category(name="dental"))
    services.budget.set_carry_over(dental, CarryOver.BOTH)
    order = [item.id or 0 for item in services.budget.categories()]
    services.budget.reorder([dental, *order[:-1]])
    first = services.budget.categories()[0]
    assert (first.id, first.carry_over) == (dental, CarryOver.BOTH)
    services.budget.reorder([order[2], order[0]])
    assert [item.id for item in services.budget.categories()] == [
        order[2],
        order[0],
        dental,
        order[1],
        *order[3:-1],
    ]
    services.payments.save(
        Payment(paid_on=TODAY, amount=5, allocations=()),
    )
    services.payments.recategorise(list(services.payments.ids().ids), dental)
    with pytest.raises(UserProblem, match="Dental still has 1 payments"):
        services.budget.remove_category(dental)


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_begins_in_a_month(services: Services, month: int) -> None:
    with pytest.raises(UserProblem):
        services.budget.set_start_month(month)
    services.budget.set_start_month(7)
    assert services.reports.budget_month(date(2026, 3, 1)).year.year == 2025


# documents and notes --------------------------------------------------------------------------------


def test_a_document_is_kept_once_and_comes_back_byte_for_byte(
    services: Services, eleanor: int, tmp_path: Path
) -> None:
    content = bytes(range(256)) * 50
    paths = [tmp_path / "a%20'b.pdf", tmp_path / "\u05e9\u05dc.pdf"]
    for path in paths:
        path.write_bytes(content)
    services.documents.attach(Noun.PERSON, eleanor, paths)
    first, second = services.documents.attached_to(Noun.PERSON, eleanor)
    assert (first.name, first.size, first.media_type) == ("a%20'b.pdf", len(content), "application/pdf")
    assert first.sha256 == second.sha256 == hashlib.sha256(content).hexdigest()
    assert services.ledger.read().execute("SELECT count(*) FROM document_content").fetchone() == (1,)
    shown = services.documents.open_copy(first)
    assert shown.read_bytes() == content
    assert stat.S_IMODE(shown.parent.stat().st_mode) == 0o700
    services.documents.detach(first)
    services.ledger.undo()
    assert services.documents.content(services.documents.attached_to(Noun.PERSON, eleanor)[0]) == content


@pytest.mark.parametrize("name", ["../../evil.pdf", "..", "C:\\x\\evil.pdf", ".hidden", "a" * 190 + ".pdf"])
def test_a_document_never_leaves_its_folder(
    services: Services, eleanor: int, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"x")
    services.documents.attach(Noun.PERSON, eleanor, [path])
    (held,) = services.documents.attached_to(Noun.PERSON, eleanor)
    shown = services.documents.open_copy(replace(held, name=name))
    assert shown.parent.name.startswith("concierge-ledger-")
    assert shown.read_bytes() == b"x"


def test_what_cannot_be_attached(
    services: Services, eleanor: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_bytes(b"x" * 1000)
    empty.touch()
    for bad, why in ((empty, "is empty"), (tmp_path, "is not a file"), (tmp_path / "no", "is not a file")):
        with pytest.raises(UserProblem, match=why):
            services.documents.attach(Noun.PERSON, eleanor, [good, bad])
    assert services.documents.attached_to(Noun.PERSON, eleanor) == []
    monkeypatch.setattr("tracker.services.documents.LARGEST_BYTES", 999)
    with pytest.raises(UserProblem, match="is the most"):
        services.documents.attach(Noun.PERSON, eleanor, [good])
    assert LARGEST_BYTES > 10**7


def test_altered_bytes_are_noticed(services: Services, eleanor: int, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"original")
    services.documents.attach(Noun.PERSON, eleanor, [path])
    with closing(sqlite3.connect(services.ledger.path)) as other, other:
        other.execute("UPDATE document_content SET content = ?", (b"forged",))
    (held,) = services.documents.attached_to(Noun.PERSON, eleanor)
    with pytest.raises(WorldProblem, match="no longer reads as it was stored"):
        services.documents.content(held)


def test_a_note_of_the_review_is_changed_in_place(services: Services) -> None:
    services.review.set_note(ReviewNote(year=2026, item="premiums", comment="ask\nagain"))
    services.review.set_note(ReviewNote(year=2026, item="premiums", comment="done", done=True))
    assert services.review.notes(2026) == {
        "premiums": ReviewNote(year=2026, item="premiums", comment="done", done=True)
    }
    assert services.review.notes(2025) == {}
