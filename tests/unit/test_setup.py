"""The first-run answers become a ledger, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.dates import add_months
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import (
    AccountKind,
    AccumulatorKind,
    AccumulatorMode,
    Frequency,
    Network,
    PlanKind,
    Role,
)
from tracker.services.bundle import Services, services_over
from tracker.services.setup import (
    TEMPLATE_AMOUNTS,
    Answers,
    LimitAnswers,
    MembershipAnswers,
    PlanAnswers,
    set_up,
    start_ledger,
)

IN = (AccumulatorKind.DEDUCTIBLE, Network.IN)


def membership(
    fee: int = 300_00, frequency: Frequency = Frequency.MONTHLY, next_due: date = date(2026, 11, 15)
) -> MembershipAnswers:
    return MembershipAnswers(practice="Harbor", fee=fee, frequency=frequency, next_due=next_due)


def plan(*, covers_all: bool = False, limit: LimitAnswers | None = None) -> PlanAnswers:
    return PlanAnswers(
        name="BlueRiver PPO",
        insurer="BlueRiver Health",
        kind=PlanKind.PPO,
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        premium=450_00,
        covers_all=covers_all,
        limits={IN: limit} if limit else {},
    )


def test_a_name_is_enough(services: Services) -> None:
    set_up(services, Answers(names=("Eleanor",)))
    home = services.people.household()
    assert [person.name for person in home.people] == ["Eleanor"]
    assert [item.kind for item in home.accounts] == [AccountKind.BANK, AccountKind.CONTINGENCY]
    assert (home.memberships, home.plans) == ((), ())
    assert services.reports.budget_month(TODAY).total.estimated is None


def test_the_template_fills_this_month_and_a_year_ahead(services: Services) -> None:
    set_up(services, Answers(names=("Eleanor",), estimates=TEMPLATE_AMOUNTS))
    assert services.reports.budget_month(TODAY).total.estimated == 1_225_00
    assert services.reports.budget_month(add_months(TODAY, 11)).total.estimated == 1_225_00
    assert services.reports.budget_month(add_months(TODAY, 12)).total.estimated is None
    assert services.reports.budget_month(add_months(TODAY, -1)).total.estimated is None


def test_only_dues_from_this_month_on_are_proposed(services: Services) -> None:
    set_up(services, Answers(names=("Eleanor",), membership=membership(), plan=plan()))
    dues = services.recurring.dues(until=date(2026, 12, 31))
    assert [(due.recurring.label, due.due_on) for due in dues] == [
        ("BlueRiver PPO premium", date(2026, 11, 1)),
        ("Harbor membership", date(2026, 11, 15)),
        ("BlueRiver PPO premium", date(2026, 12, 1)),
        ("Harbor membership", date(2026, 12, 15)),
    ]


@pytest.mark.parametrize("next_due", [date(2026, 11, 15), date(2027, 2, 1), date(2024, 3, 1)])
def test_a_membership_has_begun_by_today(services: Services, next_due: date) -> None:
    set_up(services, Answers(names=("Eleanor",), membership=membership(next_due=next_due)))
    (made,) = services.agreements.memberships()
    assert made.begins_on <= TODAY
    assert made.begins_on <= made.fees[0].first_due


@pytest.mark.parametrize(
    ("limit", "mode"),
    [
        (LimitAnswers(individual=2_000_00), AccumulatorMode.SELF),
        (LimitAnswers(individual=2_000_00, family=4_000_00), AccumulatorMode.EMBEDDED),
    ],
)
def test_two_amounts_make_an_embedded_limit(
    services: Services, limit: LimitAnswers, mode: AccumulatorMode
) -> None:
    set_up(services, Answers(names=("Eleanor",), plan=plan(limit=limit)))
    (accumulator,) = services.plans.all()[0].accumulators
    assert (accumulator.mode, accumulator.individual, accumulator.family) == (
        mode,
        limit.individual,
        limit.family,
    )


@pytest.mark.parametrize(("covers_all", "covered"), [(False, 1), (True, 3)])
def test_a_plan_covers_you_or_everybody(services: Services, covers_all: bool, covered: int) -> None:
    set_up(services, Answers(names=("Eleanor", "Martin", "Sofia"), plan=plan(covers_all=covers_all)))
    assert len(services.plans.all()[0].person_ids) == covered


def test_the_fund_begins_with_what_is_set_aside(services: Services) -> None:
    answers = Answers(
        names=("Eleanor",),
        estimates={Role.CONTINGENCY: 100_00},
        fund_balance=600_00,
        fund_target=2_400_00,
    )
    set_up(services, answers)
    fund = services.reports.fund()
    assert fund is not None
    assert (fund.balance, fund.monthly, fund.missing) == (600_00, 100_00, 1_800_00)
    (deposit,) = services.recurring.all()
    assert deposit.to_account_id == fund.account.id


def test_a_ledger_is_started_in_a_new_folder(tmp_path: Path) -> None:
    target = tmp_path / "Concierge Ledger" / "My ledger.ledger"
    start_ledger(target, Answers(names=("Eleanor",)), clock=lambda: TODAY)
    opened = open_ledger(target)
    assert [person.name for person in services_over(opened).people.people()] == ["Eleanor"]
    assert opened.next_undo is None
    opened.close()


@pytest.mark.parametrize(
    "answers",
    [
        Answers(names=("x" * 300,)),
        Answers(names=("Eleanor",), membership=membership(fee=0)),
        Answers(names=("Eleanor",), fund_target=-1),
    ],
)
def test_a_refused_answer_leaves_nothing_behind(tmp_path: Path, answers: Answers) -> None:
    with pytest.raises(UserProblem):
        start_ledger(tmp_path / "My ledger.ledger", answers, clock=lambda: TODAY)
    assert list(tmp_path.iterdir()) == []


def test_another_ledger_of_that_name_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "My ledger.ledger"
    start_ledger(target, Answers(names=("Eleanor",)), clock=lambda: TODAY)
    before = target.read_bytes()
    with pytest.raises(WorldProblem, match="already there"):
        start_ledger(target, Answers(names=("Martin",)), clock=lambda: TODAY)
    assert target.read_bytes() == before
