"""The contingency fund through a ledger: methods, the answer, targets, draws (rulebook 7.4, E06)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import TODAY
from tests.services.fund_kit import move_in
from tests.ui.coverage_kit import claim, limit, plan
from tracker.errors import UserProblem
from tracker.facts import AccountKind, AccumulatorKind, AccumulatorMode, Frequency, Recurring, Role
from tracker.facts.household_budget import FundPlan, FundScenario, TargetMethod
from tracker.services.bundle import Services
from tracker.services.fund_moves import FundMoveKind
from tracker.services.fund_report import (
    WITH_SIMULATION,
    ContingencyFund,
    contingency_fund,
    fund_lines,
    reach_day,
    read_funds,
    save_sizing,
)


def _fund(services: Services) -> ContingencyFund:
    return contingency_fund(services, services.people.household())


def test_exposure_times_probability_as_in_the_rulebook(services: Services) -> None:
    home = move_in(services)
    home.plan(used=1_720_00)
    account = home.fund(opening=400_00)
    services.untaxed.save_fund_plan(FundPlan(account_id=account.id or 0, not_covered=300_00, months=4))

    found = _fund(services)

    assert found.chosen.target is not None
    assert found.chosen.funding is not None
    assert found.chosen.target.amount == 1_120_00  # E06
    assert found.chosen.funding.deposits == (180_00,) * 4
    assert found.answer.enough is False
    assert found.answer.headline == (
        "Not yet: your fund holds $400.00 and has to hold $1,120.00, so $720.00 is missing."
    )
    assert found.answer.reason.startswith(
        "By exposure and probability: $5,000.00 less $1,720.00 used leaves $3,280.00; 25% of it is $820.00."
    )
    assert found.answer.deposits == (
        "It takes $180.00 a month for 4 months; nothing goes in every month yet."
    )
    assert found.could_come[-1][1] == 3_280_00 + 300_00


@pytest.mark.parametrize(
    ("monthly", "said"),
    [
        (180_00, "$180.00 goes in now, which is enough."),
        (100_00, "$100.00 goes in now, $80.00 too little."),
    ],
)
def test_it_says_whether_the_recurring_deposit_is_enough(
    services: Services, monthly: int, said: str
) -> None:
    home = move_in(services)
    home.plan()
    account = home.fund(opening=400_00)
    services.untaxed.save_fund_plan(FundPlan(account_id=account.id or 0, not_covered=300_00, months=4))
    services.recurring.save(
        Recurring(
            label="Deposit",
            amount=monthly,
            frequency=Frequency.MONTHLY,
            first_due=date(2026, 12, 1),
            account_id=home.bank,
            to_account_id=account.id,
            category_id=home.line(Role.CONTINGENCY),
        )
    )
    assert _fund(services).answer.deposits.endswith(said)


def test_every_method_stands_beside_the_others(services: Services) -> None:
    home = move_in(services)
    home.plan(used=2_000_00)
    home.fund(opening=5_000_00)
    services.untaxed.save_fund_scenarios([FundScenario(label="Crown", probability=2_500, cost=780_00)])

    found = {item.method: item for item in _fund(services).methods}

    amounts = {method: item.target.amount for method, item in found.items() if item.target}
    assert amounts == {
        TargetMethod.EXPOSURE: 750_00,
        TargetMethod.SCENARIOS: 195_00,
        TargetMethod.FULL: 3_000_00,
    }
    assert found[TargetMethod.QUANTILE].asks == WITH_SIMULATION
    assert _fund(services).answer.headline.startswith("Yes: your fund holds $5,000.00")


def test_scenarios_are_priced_by_the_plan_as_it_stands(sample: Services) -> None:
    found = {item.scenario.label: item for item in _fund(sample).scenarios}
    er = found["Emergency room visit"]
    assert (er.cost, er.share) == (874_00, 131_10)
    assert any("You $874.00" in sentence for _, said in er.why for sentence in said)
    assert found["Crown at the dentist"].why[0][0] == "Your own figure"


def test_no_target_exceeds_what_could_still_come(services: Services) -> None:
    home = move_in(services)
    home.plan(used=4_900_00)
    account = home.fund()
    services.untaxed.save_fund_plan(
        FundPlan(account_id=account.id or 0, balance_bills=50_00, method=TargetMethod.SCENARIOS)
    )
    services.untaxed.save_fund_scenarios(
        [FundScenario(label="Everything", probability=10_000, cost=90_000_00)]
    )
    assert [item.target.amount for item in _fund(services).methods if item.target] == [
        75_00,
        150_00,
        100_00,
    ]


def test_without_a_plan_it_asks_and_shows_no_figure(services: Services) -> None:
    home = move_in(services)
    home.fund(opening=400_00)
    services.untaxed.save_fund_scenarios([FundScenario(label="ER", probability=1_000, category="ER")])

    found = _fund(services)

    assert [item.target for item in found.methods] == [None] * 4
    assert found.answer.enough is None
    assert found.answer.reason == "No plan is in force. Enter your plan on Coverage."
    assert "ER is not counted" in found.methods[1].asks


def test_own_costs_need_no_plan(services: Services) -> None:
    move_in(services).fund()
    services.untaxed.save_fund_scenarios([FundScenario(label="Crown", probability=5_000, cost=800_00)])
    target = _fund(services).methods[1].target
    assert target is not None
    assert target.amount == 400_00


def test_every_plan_in_force_and_drugs_limits_count(services: Services) -> None:
    home = move_in(services)
    home.plan(used=1_000_00)
    plan(
        services,
        [home.person],
        name="Drug plan",
        limits=(
            limit(AccumulatorKind.OOP_MAX, mode=AccumulatorMode.SELF, individual=2_100_00, family=None),
        ),
    )
    plan(services, [home.person], name="Dental", limits=())
    shown = _fund(services).exposure
    assert shown.known is not None
    assert shown.known.oop_max == 5_000_00 + 2_100_00
    assert "Dental" in shown.asks
    assert any("Drug plan" in sentence for sentence in shown.why)


def test_a_family_is_bound_by_what_is_less(services: Services) -> None:
    from tests.ui.coverage_kit import people

    home = move_in(services)
    (second,) = people(services, "Martin")
    oop = limit(AccumulatorKind.OOP_MAX, individual=3_000_00, family=5_000_00)
    plan(services, [home.person, second], limits=(oop,))
    claim(services, home.person, date(2026, 2, 2), coinsurance=3_000_00, allowed=3_000_00)
    claim(services, second, date(2026, 4, 2), coinsurance=500_00, allowed=500_00)
    (part,) = _fund(services).exposure.plans
    assert (part.limit, part.used, part.parts[0].whose) == (5_000_00, 3_500_00, "the family")
    assert part.remaining_by_day() == [
        (date(2026, 1, 1), 5_000_00),
        (date(2026, 2, 2), 2_000_00),
        (date(2026, 4, 2), 1_500_00),
    ]


def test_one_person_fills_their_own_limit_of_a_family_plan(services: Services) -> None:
    home = move_in(services)
    plan(
        services,
        [home.person],
        limits=(limit(AccumulatorKind.OOP_MAX, individual=6_000_00, family=12_000_00),),
    )
    (part,) = _fund(services).exposure.plans
    assert (part.limit, part.parts[0].whose) == (6_000_00, "Eleanor")


def test_a_method_becomes_the_target_in_one_step(services: Services) -> None:
    home = move_in(services)
    home.plan()
    account = home.fund(opening=400_00)
    before = _fund(services)
    full = before.methods[3]
    assert full.target is not None

    save_sizing(
        services.ledger,
        account,
        FundPlan(account_id=account.id or 0, method=TargetMethod.FULL),
        target=full.target.amount,
    )

    after = _fund(services)
    assert (after.plan.method, after.facts.account.target) == (TargetMethod.FULL, 3_280_00)
    assert not after.target_differs
    services.ledger.undo()
    assert _fund(services).plan == before.plan
    assert _fund(services).facts.account == before.facts.account


def test_sizing_can_start_the_fund(services: Services) -> None:
    home = move_in(services)
    home.plan()
    found = _fund(services)
    assert not found.started
    assert found.answer.headline == ("You have no contingency fund yet; it would have to hold $820.00.")
    save_sizing(services.ledger, found.facts.account, found.plan, target=820_00)
    assert fund_lines(services) == [("Contingency fund", 0, 820_00)]


def test_months_run_down_to_the_day_it_was_to_be_reached(services: Services) -> None:
    home = move_in(services)
    home.plan()
    account = home.fund()
    plan_ = FundPlan(account_id=account.id or 0, months=4)
    save_sizing(services.ledger, account, plan_, reach_by=reach_day(4, date(2026, 9, 1)))
    assert _fund(services).months == 1  # until Jan 1, 2027
    save_sizing(services.ledger, account, plan_, reach_by=reach_day(4, TODAY))
    assert _fund(services).months == 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"months": 0}, "months"),
        ({"probability": 10_001}, "probability"),
        ({"not_covered": -1}, "not_covered"),
    ],
)
def test_numbers_that_make_no_sense_change_nothing(
    services: Services, change: dict[str, int], field: str
) -> None:
    account = move_in(services).fund()
    plan_ = FundPlan(account_id=account.id or 0, **change)  # type: ignore[arg-type]
    with pytest.raises(UserProblem) as found:
        save_sizing(services.ledger, account, plan_, target=100)
    assert found.value.field == field
    assert _fund(services).facts.account.target is None


def test_draws_and_what_puts_them_back(services: Services) -> None:
    home = move_in(services)
    account = home.fund(opening=1_000_00)
    services.untaxed.save_fund_plan(FundPlan(account_id=account.id or 0, repay_months=3))
    home.pay(date(2026, 8, 3), 500_00, Role.CONTINGENCY, payee="Harbor Imaging", account_id=account.id)
    home.put_in(date(2026, 10, 1), 100_00, account)

    found = _fund(services)

    assert found.owed == 400_00
    assert [amount for _, amount in found.repay] == [133_34, 133_33, 133_33]
    assert found.repay[0][0] == date(2026, 12, 1)
    assert found.repay_words[0] == "$500.00 drawn on Aug 3, 2026 for Harbor Imaging."
    assert [move.kind for move in found.moves] == [FundMoveKind.PAID, FundMoveKind.PUT_BACK]

    home.put_in(date(2026, 11, 1), 600_00, account)
    after = _fund(services)
    assert (after.owed, after.repay) == (0, ())
    assert after.moves[-1].put_back == 400_00  # the rest is a deposit


def test_recurring_deposits_are_no_repayment(services: Services) -> None:
    home = move_in(services)
    account = home.fund(opening=1_000_00)
    item = services.recurring.save(
        Recurring(
            label="Deposit",
            amount=50_00,
            frequency=Frequency.MONTHLY,
            first_due=date(2026, 11, 1),
            account_id=home.bank,
            to_account_id=account.id,
            category_id=home.line(Role.CONTINGENCY),
        )
    ).new_id
    home.pay(date(2026, 10, 3), 80_00, Role.CONTINGENCY, account_id=account.id)
    (due,) = [due for due in services.recurring.dues(until=TODAY) if due.recurring.id == item]
    services.recurring.record(due, paid_on=date(2026, 11, 1))
    assert _fund(services).owed == 80_00


def test_refunds_and_money_between_funds(services: Services) -> None:
    home = move_in(services)
    account = home.fund(opening=1_000_00)
    other = home.fund(AccountKind.SINKING, name="Fee")
    home.pay(date(2026, 5, 1), 300_00, Role.CONTINGENCY, payee="Lab", account_id=account.id)
    home.pay(date(2026, 6, 1), -120_00, Role.CONTINGENCY, payee="Lab", account_id=account.id)
    home.pay(date(2026, 7, 1), 200_00, None, account_id=account.id, to_account_id=other.id)
    home.pay(date(2026, 8, 1), 40_00, None, account_id=account.id, to_account_id=home.bank)

    found = _fund(services)

    assert found.owed == 300_00 - 120_00 + 40_00
    assert [move.kind for move in found.moves] == [
        FundMoveKind.PAID,
        FundMoveKind.CAME_BACK,
        FundMoveKind.MOVED,
        FundMoveKind.TAKEN_OUT,
    ]


def test_the_whole_report_of_the_sample(sample: Services) -> None:
    report = read_funds(sample)
    assert report.contingency.answer.enough is False
    assert report.contingency.owed == 180_00
    ((fund, moves),) = report.sinking
    assert (fund.short, moves) == (60_00, ())
    assert fund_lines(sample) == [("Contingency fund", 1_620_00, 2_400_00)]


def test_what_is_known_to_come_is_no_part_of_the_target(sample: Services) -> None:
    known = read_funds(sample).known
    assert known.sentence == (
        "Known already, so not part of the target: $295.00 of bills to pay, $750.00 of fees due within "
        "31 days, $25.00 owed back to you."
    )
    assert "Lumen Med Spa: $145.00 is safe to pay." in known.why
    assert "Corner Street Pharmacy owes you $25.00." in known.why


def test_a_fee_that_its_own_fund_pays_is_not_named_again(sample: Services) -> None:
    premium = next(item for item in sample.recurring.all() if item.amount == 450_00)
    (fund, _), *_ = read_funds(sample).sinking
    sample.untaxed.save_fund_plan(replace(fund.plan, recurring_id=premium.id))
    assert [amount for _, amount in read_funds(sample).known.fees] == [300_00]


def test_nothing_known_says_nothing(services: Services) -> None:
    move_in(services)
    assert read_funds(services).known.sentence == ""
