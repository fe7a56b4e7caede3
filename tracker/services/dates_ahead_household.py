"""Dates of the household: payments, memberships, plans, planned care, prescriptions, funds, reminders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.dates import Period, add_months, day_text
from tracker.domain.coverage.enrollment import open_enrollment
from tracker.domain.coverage.outlook import days_of_planned, planned_costs
from tracker.domain.coverage.planned import NEAR_DAYS, days_of
from tracker.domain.dates_ahead import OWN, DateAhead
from tracker.domain.membership.agreement import fees_until_left
from tracker.domain.membership.dates import membership_dates
from tracker.domain.prescriptions.refill import refill_dates
from tracker.domain.recurring import open_dues
from tracker.facts import Due, Frequency, Household, Plan, PlannedCare, Recurring
from tracker.facts.household_budget import Reminder
from tracker.facts.prescriptions import Drug
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.storage.queries import budget as budget_query
from tracker.wording import count_of

_NOT_HERE = frozenset({"due", "notice_reminder"})
"""Fees come with the other payments; reminders of a notice are alarms of its day."""


def household_dates(services: Services, period: Period) -> list[DateAhead]:
    """Everything of a period that papers and untaxed accounts do not say."""
    home = services.reports.household()
    dues = _open_dues(services, home, period)
    drugs = services.prescriptions.all()
    return [
        *(_due(item, home) for item in dues),
        *_memberships(home, services.ledger.today()),
        *_plans(home.plans, period),
        *_planned(services, home, period, drugs),
        *_refills(drugs, home, services.ledger.today()),
        *_funds(services, home, dues),
        *own_dates(services.household_budgets.reminders(), period),
    ]


# payments ----------------------------------------------------------------------------------


def _open_dues(services: Services, home: Household, period: Period) -> list[Due]:
    """What falls due and is neither paid nor skipped; nothing after a membership was left."""
    fees = {fee.id: fee for held in home.memberships for fee in fees_until_left(held)}
    items = [fees.get(item.id, item) for item in home.recurring]
    settled = budget_query.settled_dues(services.ledger.read(), since=period.begin)
    return open_dues(items, settled, period)


def _due(due: Due, home: Household) -> DateAhead:
    item = due.recurring
    page, target = _place_of(item, due.due_on)
    return DateAhead(
        key=f"due:{item.id}:{due.due_on}",
        on=due.due_on,
        what=item.label,
        detail=_how_often(item, home),
        amount=item.amount,
        kind="due",
        page=page,
        target=target,
    )


_OFTEN = {
    Frequency.ONCE: "Once",
    Frequency.MONTHLY: "Every month",
    Frequency.QUARTERLY: "Every three months",
    Frequency.SEMIANNUAL: "Twice a year",
    Frequency.ANNUAL: "Once a year",
}


def _how_often(item: Recurring, home: Household) -> str:
    """`Every month, to Harbor Concierge Medicine.`"""
    into = next((account.name for account in home.accounts if account.id == item.to_account_id), "")
    name = home.provider_names.get(item.provider_id or 0, "")
    where = f", into {into}" if into else f", to {name}" if name else ""
    return f"{_OFTEN[item.frequency]}{where}."


def _place_of(item: Recurring, on: date) -> tuple[str, object]:
    if item.membership_id is not None:
        return "membership", item.membership_id
    if item.plan_id is not None:
        return "coverage", ("plan", item.plan_id)
    if item.to_account_id is not None:
        return "accounts", item.to_account_id
    return "budget", on


# membership --------------------------------------------------------------------------------


def _memberships(home: Household, today: date) -> Iterator[DateAhead]:
    for held in home.memberships:
        practice = home.provider_names.get(held.practice_id, "your practice")
        for entry in membership_dates(held, practice, today):
            if entry.kind not in _NOT_HERE:
                yield replace(entry, page="membership", target=held.id)


# plans and planned care --------------------------------------------------------------------


def _plans(plans: Sequence[Plan], period: Period) -> Iterator[DateAhead]:
    """The end of plans with the enrollment for what follows, where nothing is entered yet."""
    for plan in plans:
        follows = next((item for item in plans if _follows(item, plan)), None)
        after = day_text(plan.ends_on + timedelta(days=1))
        yield DateAhead(
            key=f"plan:{plan.id}:end",
            on=plan.ends_on,
            what=f"{plan.name} ends",
            detail=f"{follows.name} begins on {after}; its limits start at zero."
            if follows
            else "No plan is entered from then on. Limits start again at zero.",
            kind="plan",
            page="coverage",
            target=("plan", plan.id),
        )
        found = open_enrollment(plan) if follows is None else None
        if found is None:
            continue
        stem = f"enrollment:{found.where}:{found.year}"
        for word, on in (("begins", found.begins_on), ("ends", found.ends_on)):
            if on in period:
                yield DateAhead(
                    key=f"{stem}:{word}",
                    on=on,
                    what=f"Open enrollment {word}, {found.where}",
                    detail=f"For coverage in {found.year}. {found.note}",
                    kind="enrollment",
                    page="coverage",
                    target=("plan", plan.id),
                )


def _follows(item: Plan, plan: Plan) -> bool:
    """Whether a plan goes on where another one ends, for somebody it covers."""
    if item.id == plan.id or plan.ends_on + timedelta(days=1) not in item.period:
        return False
    return not item.person_ids or not plan.person_ids or bool({*item.person_ids} & {*plan.person_ids})


def _planned(services: Services, home: Household, period: Period, drugs: Sequence[Drug]) -> list[DateAhead]:
    """The days of planned care that no EOB has come for, with what the plan's terms leave to pay.

    Care that is given several times a day is one entry; a drug of the list has its refill instead.
    """
    days: dict[tuple[int, date], list[int]] = defaultdict(list)
    planned = {care.id or 0: care for care in services.coverage.planned()}
    for number, care in planned.items():
        for place, day in enumerate(days_of(care), start=1):
            if day in period and not _is_refill(care, day, drugs, services.ledger.today()):
                days[number, day].append(place)
    if not days:
        return []
    costs, happened = _costs(services, home.plans, period)
    found = []
    for (number, day), places in days.items():
        ahead = [place for place in places if (number, place) not in happened]
        if ahead:
            known = [costs[number, place] for place in ahead if (number, place) in costs]
            found.append(_care(planned[number], day, ahead, known, home))
    return found


def _care(
    care: PlannedCare, day: date, places: Sequence[int], costs: Sequence[Cents], home: Household
) -> DateAhead:
    whole = len(costs) == len(places)
    name = home.person_name(care.person_id)
    said = [f"For {name}."] if len(home.people) > 1 and name else []
    if whole:
        said.append("The amount is what your plan's terms leave to you.")
    return DateAhead(
        key=f"care:{care.id}:{places[0]}",
        on=day,
        what=care.label if len(places) == 1 else f"{care.label}, {len(places)} times",
        detail=" ".join(said) or "Planned care.",
        amount=sum(costs) if whole else None,
        kind="care",
        page="coverage",
        target=("part", "progress"),
    )


def _is_refill(care: PlannedCare, day: date, drugs: Sequence[Drug], today: date) -> bool:
    """Whether planned care is the refill of a drug that is on the list of drugs itself."""
    return any(
        drug.person_id == care.person_id
        and drug.category == care.category
        and abs((on - day).days) <= NEAR_DAYS
        for on, drug in refill_dates(drugs, today)
    )


def _costs(
    services: Services, plans: Iterable[Plan], period: Period
) -> tuple[dict[tuple[int, int], Cents], set[tuple[int, int]]]:
    """By planned care and its number: what it should cost, and which of it has become an EOB."""
    costs: dict[tuple[int, int], Cents] = {}
    happened: set[tuple[int, int]] = set()
    today = services.ledger.today()
    for plan in plans:
        if plan.ends_on < period.begin or plan.begins_on >= period.end:
            continue
        year = services.coverage.year(plan, on=max(today, plan.begins_on))
        happened |= {
            (item.care.id or 0, item.number) for item in days_of_planned(year, today) if item.claim
        }
        for item in planned_costs(year, today):
            if item.result is not None:
                costs[item.care.care.id or 0, item.care.number] = item.result.owes
    return costs, happened


# prescriptions -----------------------------------------------------------------------------


def _refills(drugs: Sequence[Drug], home: Household, today: date) -> Iterator[DateAhead]:
    """The next refill of each drug; one that is late is today's. The one after it is another matter."""
    for on, drug in refill_dates(drugs, today):
        yield DateAhead(
            key=f"refill:{drug.id}:{len(drug.fills) + 1}",
            on=max(on, today),
            what=" ".join(filter(None, ("Refill", drug.name, drug.strength))),
            detail=_refill_words(drug, home, ended=on if on < today else None),
            kind="refill",
            page="coverage",
            target=("part", "drugs"),
        )


def _refill_words(drug: Drug, home: Household, *, ended: date | None) -> str:
    name = home.person_name(drug.person_id)
    said = [f"For {name}."] if len(home.people) > 1 and name else []
    if ended is not None:
        said.append(f"By the fills entered, the supply ended on {day_text(ended)}.")
    if drug.refills_left == 0:
        said.append("No refill is left: ask for a new prescription before.")
    elif drug.refills_left is not None:
        said.append(f"{count_of(drug.refills_left, 'refill')} left.")
    return " ".join(said) or "The supply ends by the fills entered."


# funds and reminders -----------------------------------------------------------------------


def _funds(services: Services, home: Household, dues: Iterable[Due]) -> Iterator[DateAhead]:
    """When a fund's money is needed; not where the payment it saves for is listed itself."""
    listed = {(due.recurring.id, due.due_on) for due in dues}
    accounts = {item.id: item for item in home.accounts if not item.closed}
    balances: dict[int, Cents] | None = None
    for plan in services.untaxed.fund_plans().values():
        account = accounts.get(plan.account_id)
        if account is None or plan.due_on is None or (plan.recurring_id, plan.due_on) in listed:
            continue
        balances = services.accounts.balances() if balances is None else balances
        held = balances.get(plan.account_id, 0)
        words = f"It holds {dollars(held)}."
        if account.target is not None:
            missing = max(0, account.target - held)
            words = f"It holds {dollars(held)} of {dollars(account.target)}" + (
                f"; {dollars(missing)} is missing." if missing else "."
            )
        yield DateAhead(
            key=f"fund:{plan.account_id}",
            on=plan.due_on,
            what=f"Money needed: {account.name}",
            detail=words,
            amount=account.target,
            kind="fund",
            page="accounts",
            target=("part", "funds"),
        )


def own_dates(reminders: Iterable[Reminder], period: Period) -> Iterator[DateAhead]:
    """The member's own reminders; a yearly one on its day of every year, Feb 29 on the last of February."""
    for item in reminders:
        first = item.falls_on
        years = range(max(0, period.begin.year - first.year), period.last_day.year - first.year + 1)
        for number in years if item.yearly else (0,):
            on = add_months(first, 12 * number)
            if on in period:
                yield DateAhead(
                    key=f"reminder:{item.id}:{on.year}" if item.yearly else f"reminder:{item.id}",
                    on=on,
                    what=item.label,
                    detail=" ".join(item.note.split()),
                    kind=OWN,
                    page="overview",
                    target=("reminder", item.id),
                )
