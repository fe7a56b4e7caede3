"""All that paper and the command line say of one membership, gathered in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period
from tracker.domain.membership.agreement import last_covered
from tracker.domain.membership.cost import Instalments
from tracker.domain.membership.leaving import Leaving, first_leaving_day, leaving_on
from tracker.domain.membership.offer import offered
from tracker.domain.membership.owed import Owed
from tracker.domain.membership.service_matrix import ServiceUse, UseCount, use_count
from tracker.domain.membership.value import MembershipValue
from tracker.domain.membership.year import FeeDue, FeeState
from tracker.facts.membership import Included
from tracker.services.bundle import Services
from tracker.services.membership_exit import leaving_facts, owed_to_me
from tracker.services.membership_value import ValueFacts, value_facts, value_from
from tracker.services.membership_years import MembershipShown

_OPEN = (FeeState.OVERDUE, FeeState.DUE, FeeState.UPCOMING)


@dataclass(frozen=True, kw_only=True)
class MembershipSheet:
    """One membership in one of its years. `leaving` is on the day that was asked for, by default the
    first on which one can leave; `uses` are the services that are included or cost extra.
    """

    shown: MembershipShown
    value_facts: ValueFacts
    value: MembershipValue
    leaving: Leaving
    owed: Owed | None
    offer: Instalments | None
    uses: tuple[UseCount, ...]
    next_due: FeeDue | None


def membership_sheet(
    services: Services, membership_id: int, *, number: int | None = None, leave_on: date | None = None
) -> MembershipSheet:
    """Gather it. Raises UserProblem where the membership is not there any more."""
    found = value_facts(services, membership_id, number)
    held, today = found.shown, services.ledger.today()
    facts = leaving_facts(services, membership_id)
    return MembershipSheet(
        shown=held,
        value_facts=found,
        value=value_from(found),
        leaving=leaving_on(facts, leave_on or usual_day(held, today)),
        owed=owed_to_me(services, membership_id),
        offer=offered(held.membership, today),
        uses=uses_in(services, membership_id, held.year.period),
        next_due=next((item for item in held.year.fees if item.state in _OPEN), None),
    )


def usual_day(held: MembershipShown, today: date) -> date:
    """The day on which it was left, the day after an agreement that is over, else the first possible."""
    last = last_covered(held.membership)
    if last is not None and (held.is_over or held.membership.terms.cancelled_on is not None):
        return last + timedelta(days=1)
    return first_leaving_day(held.membership, today)


def uses_in(services: Services, membership_id: int, year: Period) -> tuple[UseCount, ...]:
    """How often each service that is included or costs extra was used in a membership year."""
    use = services.membership_use
    uses = [
        ServiceUse(code=code, on=item.seen_on)
        for item in use.contacts(membership_id)
        for code in item.services
    ]
    return tuple(
        use_count(service, uses, year)
        for service in use.matrix(membership_id)
        if service.state in (Included.INCLUDED, Included.EXTRA_FEE)
    )
