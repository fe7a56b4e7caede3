"""The three care models with the member's own numbers: typed in, or what the ledger gives (6.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tracker.domain.membership.care_models import CareModel
from tracker.domain.membership.log_rows import LogRow
from tracker.domain.membership.model_numbers import ModelYear, model_year
from tracker.domain.membership.value import VISITS
from tracker.facts import Membership, MembershipModel, Role
from tracker.facts.accounts import Pocket
from tracker.facts.membership import ContactKind, ModelNumbers, ModelUse
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.membership_prices import PlanPrices
from tracker.services.membership_years import MembershipShown

_OTHER_CARE = frozenset({Role.COPAY_DOCTOR, Role.COPAY_SPECIALIST, Role.PRESCRIPTION, Role.DEDUCTIBLE})
"""Budget lines of care besides membership and premium."""

_NOT_OWN = (Pocket.INSURER, Pocket.SECONDARY, Pocket.HRA)
"""Whose money is not the member's. An HSA or FSA is: what it paid back did cost the member."""

_PHYSICAL = "physical"
"""The yearly physical in the matrix every agreement starts with."""

_MODEL_OF = {
    MembershipModel.CONCIERGE: CareModel.CONCIERGE,
    MembershipModel.HYBRID: CareModel.CONCIERGE,
    MembershipModel.DPC: CareModel.DPC,
}


def own_model(membership: Membership) -> CareModel:
    """The column of the comparison an agreement belongs to."""
    return _MODEL_OF[membership.model]


def bills_plan(membership: Membership) -> bool:
    """Whether the practice bills covered visits to the plan; a hybrid one does unless it says otherwise."""
    said = membership.terms.bills_insurance
    return membership.model is MembershipModel.HYBRID if said is None else said


def model_years(
    services: Services, shown: MembershipShown, log: Sequence[LogRow], day: date, prices: PlanPrices
) -> tuple[ModelYear, ...]:
    """The years under concierge, direct primary care and traditional care, in this order.

    Without own numbers: the visits of the year at what the plan would have left to pay, other care as it
    was paid, and the fee of the member's own model. The fee of the other kind of practice is not known.
    """
    typed = services.membership_use.care_models()
    membership = shown.membership
    person = next(iter(membership.person_ids), None)
    elsewhere = visits_of(membership, log, prices, instead=True)
    here = visits_of(membership, log, prices, instead=False)
    other = other_care(services, shown)
    mine = own_model(membership)
    found = []
    for model in CareModel:
        own = typed.get(model)
        is_mine = model is mine
        numbers = own or ModelNumbers(
            model=model,
            fee=shown.year.scheduled if is_mine else 0,
            other=other,
            bills_insurance=is_mine and bills_plan(membership),
            uses=elsewhere if model is CareModel.TRADITIONAL else here,
        )
        found.append(
            model_year(
                numbers,
                lambda category: prices.of(category or "PCP", person, day),
                is_own=own is not None,
                fee_known=own is not None or is_mine or model is CareModel.TRADITIONAL,
            )
        )
    return tuple(found)


def visits_of(
    membership: Membership, log: Sequence[LogRow], prices: PlanPrices, *, instead: bool
) -> tuple[ModelUse, ...]:
    """The visits of a year by kind and what the plan would leave to pay for each.

    With `instead` as they would have been without the membership: then a message or a call counts too
    where it took the place of something, and an urgent care visit that was avoided is one.
    """
    counted: Counter[tuple[str, Cents | None]] = Counter()
    for row in reversed(log):
        avoided = row.contact.instead_of if row.contact is not None and instead else ""
        category = avoided or _visit_kind(row)
        if category:
            person = row.person_id or next(iter(membership.person_ids), None)
            counted[category, prices.of(category, person, row.on)] += 1
    return tuple(
        ModelUse(label=prices.name(category), category=category, times=times, each=each)
        for (category, each), times in counted.items()
    )


def other_care(services: Services, shown: MembershipShown) -> Cents:
    """What the people of a membership paid for care elsewhere in its year, less what came back."""
    total = 0
    for expense in services.expenses.all():
        if expense.paid_on not in shown.year.period or expense.payee == shown.practice:
            continue
        if expense.person and shown.people and expense.person not in shown.people:
            continue
        share = sum(part.amount for part in expense.shares if part.role in _OTHER_CARE)
        back = expense.given_back + sum(expense.of(pocket) for pocket in _NOT_OWN)
        total += max(0, share - back)
    return total


def _visit_kind(row: LogRow) -> str:
    """The service category of a visit to the practice; empty for a call or a message."""
    if row.judged.kind not in VISITS:
        return ""
    if row.visit is not None:
        return "PREVENT" if row.visit.preventive else row.visit.category or "PCP"
    if row.contact is not None and _PHYSICAL in row.contact.services:
        return "PREVENT"
    return "TELE" if row.judged.kind is ContactKind.VIDEO else "PCP"
