"""Everything about funds at once: is the contingency fund large enough, draws, sinking funds (7.3, 7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.changes import Changes
from tracker.dates import add_months
from tracker.domain.accounts.contingency import monthly_deposit
from tracker.domain.accounts.contingency_targets import (
    CostScenario,
    Exposure,
    Funding,
    FundTarget,
    TargetMethod,
    by_exposure,
    by_full_exposure,
    by_scenarios,
    draw_words,
    funding,
    outstanding,
    repayment,
)
from tracker.domain.accounts.fund_answer import FundAnswer, fund_answer, months_left
from tracker.facts import Account, AccountKind, Household
from tracker.facts.household_budget import FundPlan
from tracker.money import LARGEST, Cents, dollars
from tracker.services.bundle import Services
from tracker.services.fund import FundFacts, read_fund
from tracker.services.fund_exposure import (
    ExposureShown,
    ScenarioShown,
    exposure_by_day,
    price_scenarios,
    read_exposure,
)
from tracker.services.fund_known import KnownMoney, read_known
from tracker.services.fund_moves import FundMove, draws_of, read_moves
from tracker.services.sinking_changes import put_account
from tracker.services.sinking_funds import SinkingFund, moves_of, sinking_funds
from tracker.services.untaxed import put_fund_plan
from tracker.storage.ledger import Ledger

WITH_SIMULATION = "Comes with simulated years; without them there is no figure."
"""What stands in place of the quantile's target (rulebook 7.4, method 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodShown:
    """One method's target, and how far the fund is; `target` None where it cannot be said, see `asks`."""

    method: TargetMethod
    target: FundTarget | None
    funding: Funding | None
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContingencyFund:
    """The contingency fund as of today; `facts.account.id` is None where there is none yet.

    `monthly` is what recurring deposits put in, `months` how long filling it may take. `owed` was drawn
    and is not put back; `repay` is the plan to put it back: months (their first day) and amounts.
    """

    facts: FundFacts
    plan: FundPlan
    exposure: ExposureShown
    scenarios: tuple[ScenarioShown, ...]
    methods: tuple[MethodShown, ...]
    answer: FundAnswer
    monthly: Cents
    months: int
    moves: tuple[FundMove, ...]
    owed: Cents
    repay: tuple[tuple[date, Cents], ...]
    repay_words: tuple[str, ...]
    could_come: tuple[tuple[date, Cents], ...] = ()
    """What could still come, day by day through the budget year: the fund is charted against it."""

    @property
    def started(self) -> bool:
        return self.facts.account.id is not None

    @property
    def chosen(self) -> MethodShown:
        """The method the member picked."""
        return next(item for item in self.methods if item.method is self.plan.method)

    @property
    def target_differs(self) -> bool:
        """Whether the account's own target is another than the chosen method's."""
        found = self.chosen.target
        return self.started and found is not None and self.facts.account.target != found.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class FundReport:
    """`others` are further contingency funds that are open; only the first is sized. `known` is money
    that is sure to go or come soon."""

    contingency: ContingencyFund
    others: tuple[Account, ...]
    sinking: tuple[tuple[SinkingFund, tuple[FundMove, ...]], ...]
    home: Household
    today: date
    known: KnownMoney

    @property
    def is_empty(self) -> bool:
        return not self.contingency.started and not self.sinking and not self.contingency.scenarios


def read_funds(services: Services) -> FundReport:
    """Gather it all."""
    today, home = services.ledger.today(), services.people.household()
    connection = services.ledger.read()
    kept = [item for item in home.accounts if item.kind is AccountKind.CONTINGENCY and not item.closed]
    saving = sinking_funds(connection, home, today)
    return FundReport(
        contingency=contingency_fund(services, home),
        others=tuple(kept[1:]),
        sinking=tuple((fund, tuple(moves_of(connection, home, fund, today))) for fund in saving),
        home=home,
        today=today,
        known=read_known(services, home, (fund.plan.recurring_id for fund in saving)),
    )


def contingency_fund(services: Services, home: Household) -> ContingencyFund:
    """The contingency fund with every method's target."""
    today, connection = services.ledger.today(), services.ledger.read()
    facts = read_fund(services)
    number = facts.account.id
    plan = services.untaxed.fund_plans().get(number or 0) or FundPlan(account_id=number or 0)
    exposure = read_exposure(connection, home, plan, today)
    scenarios = price_scenarios(services, home, today)
    months = months_left(plan.months, plan.due_on, today)
    methods = _methods(plan, exposure, scenarios, facts.balance, months)
    deposits = [*facts.others, *([facts.deposit] if facts.deposit else [])]
    monthly = monthly_deposit(deposits, today)
    moves = read_moves(connection, home, number, today) if number is not None else []
    draws = draws_of(moves)
    repay = repayment(draws, months=plan.repay_months, today=today)
    chosen = next(item for item in methods if item.method is plan.method)
    return ContingencyFund(
        facts=facts,
        plan=plan,
        exposure=exposure,
        scenarios=scenarios,
        methods=methods,
        answer=fund_answer(
            chosen.target, chosen.funding, monthly=monthly, asks=chosen.asks, started=number is not None
        ),
        monthly=monthly,
        months=months,
        moves=tuple(moves),
        owed=outstanding(draws),
        repay=repay,
        repay_words=draw_words(draws, repay),
        could_come=tuple(
            exposure_by_day(connection, home, plan.not_covered + plan.balance_bills, facts.year, today)
        ),
    )


def fund_lines(services: Services) -> list[tuple[str, Cents, Cents | None]]:
    """Name, balance and target of every open contingency fund."""
    balances = services.accounts.balances()
    return [
        (item.name, balances[item.id], item.target)
        for item in services.accounts.accounts()
        if item.kind is AccountKind.CONTINGENCY and not item.closed and item.id is not None
    ]


def _methods(
    plan: FundPlan,
    exposure: ExposureShown,
    scenarios: Sequence[ScenarioShown],
    balance: Cents,
    months: int,
) -> tuple[MethodShown, ...]:
    known = exposure.known
    found: list[tuple[TargetMethod, FundTarget | None, str]] = [
        (TargetMethod.EXPOSURE, by_exposure(known, plan.probability) if known else None, exposure.asks),
        (TargetMethod.SCENARIOS, *_scenario_target(known, plan, scenarios)),
        (TargetMethod.QUANTILE, None, WITH_SIMULATION),
        (TargetMethod.FULL, by_full_exposure(known) if known else None, exposure.asks),
    ]
    return tuple(
        MethodShown(
            method=method,
            target=target,
            funding=funding(target.amount, balance, months) if target else None,
            asks=asks,
        )
        for method, target, asks in found
    )


def _scenario_target(
    known: Exposure | None, plan: FundPlan, scenarios: Sequence[ScenarioShown]
) -> tuple[FundTarget | None, str]:
    """The scenarios' target, those without a cost left out and named; without a plan nothing caps it."""
    priced = [
        CostScenario(label=item.scenario.label, probability=item.scenario.probability, cost=item.cost or 0)
        for item in scenarios
        if item.cost is not None
    ]
    left_out = [
        f"{item.scenario.label} is not counted. {item.asks}" for item in scenarios if item.cost is None
    ]
    if not priced:
        return None, " ".join(left_out) or "Add what may happen below."
    within = known or Exposure(oop_max=LARGEST, oop_used=0)
    target = by_scenarios(within, priced)
    listed = "" if known is None else f" Together {dollars(target.amount)}."
    return replace(target, why=(*target.why, *([listed.strip()] if listed else []))), " ".join(left_out)


# changing ---------------------------------------------------------------------------------------


def save_sizing(
    ledger: Ledger,
    account: Account,
    plan: FundPlan,
    *,
    target: Cents | None = None,
    reach_by: date | None = None,
) -> Changes:
    """Keep how the contingency fund is sized and, with `target`, what it aims at: one change.

    An account without an id is started. Raises UserProblem as `save_fund_plan` does.
    """
    from tracker.services.untaxed import check_fund_plan

    check_fund_plan(plan)
    words = "Change how the fund is sized" if target is None else f"Aim at {dollars(target)} in the fund"
    with ledger.write(words) as work:
        number = account.id
        if number is None or target is not None:
            number = put_account(work, account if target is None else replace(account, target=target))
        put_fund_plan(work, replace(plan, account_id=number, due_on=reach_by or plan.due_on))
        work.new_id = number
    return work.changes


def reach_day(months: int, today: date) -> date:
    """The day a target is to be reached, so many months from today."""
    return add_months(today, months)
