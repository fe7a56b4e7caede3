"""What a year of a membership was worth: its fees, contacts and visits, and care priced by the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.accounts.tax_savings import TaxRates, tax_saved
from tracker.domain.membership.contact_log import contacts_in, loose_visits
from tracker.domain.membership.value import Avoided, Contact, MembershipValue, membership_value
from tracker.errors import UserProblem
from tracker.facts import Membership, MembershipModel, Visit
from tracker.facts.membership import ContactKind, Included, MembershipService, PracticeContact
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.services.membership_prices import PlanPrices
from tracker.services.membership_years import MembershipShown, shown
from tracker.storage.queries import fee_pockets

_VISIT_CATEGORY = {ContactKind.VISIT: "PCP", ContactKind.VIDEO: "TELE"}
"""What a contact would have been without the membership, where nobody said otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFacts:
    """What the value of a membership year is worked out from.

    `fee` is what its year costs in cents, `avoided` the care the fee took the place of. `unpriced` names
    the care of which the plan's terms do not tell what it would have cost. `tax_saved` is what the part
    of the fee that an HSA, FSA or HRA paid saved at the member's own rates.
    """

    shown: MembershipShown
    fee: Cents
    contacts: tuple[Contact, ...]
    avoided: tuple[Avoided, ...]
    unpriced: tuple[str, ...] = ()
    tax_saved: Cents = 0
    tax_why: tuple[str, ...] = ()


def value_from(facts: ValueFacts) -> MembershipValue:
    """The value of what was gathered."""
    return membership_value(facts.fee, facts.contacts, avoided=facts.avoided, tax_saved=facts.tax_saved)


def value_facts(services: Services, membership_id: int, number: int | None = None) -> ValueFacts:
    """Everything the value of a membership year is worked out from.

    Raises UserProblem where the membership is not there any more.
    """
    held = shown(services, membership_id, number=number)
    if held is None:
        raise UserProblem("This membership is not there any more.", "Choose another one.")
    period, membership = held.year.period, held.membership
    use = services.membership_use
    contacts = [item for item in use.contacts(membership_id) if item.seen_on in period]
    visits = services.care.visits(period)
    pricing = _Pricing(services, membership, use.matrix(membership_id))
    avoided = pricing.avoided(contacts, loose_visits(membership, contacts, visits, period))
    saved, tax_why = _tax_saved(services, membership, period)
    return ValueFacts(
        shown=held,
        fee=held.year.scheduled,
        contacts=tuple(contacts_in(membership, contacts, visits, period)),
        avoided=tuple(avoided),
        unpriced=tuple(pricing.unpriced),
        tax_saved=saved,
        tax_why=tax_why,
    )


class _Pricing:
    """Prices the care a membership took the place of, each kind on its day by the plan of that day.

    A contact counts once: as the care it took the place of, else with the included services it used at
    the list price or what the plan would leave to pay, else as a plain visit where the practice bills
    the plan for none.
    """

    def __init__(
        self, services: Services, membership: Membership, matrix: Sequence[MembershipService]
    ) -> None:
        self._prices = PlanPrices(services)
        self._membership = membership
        self._matrix = {item.code: item for item in matrix}
        terms = membership.terms
        bills = terms.bills_insurance
        self._visits_billed = membership.model is MembershipModel.HYBRID if bills is None else bills

    @property
    def unpriced(self) -> list[str]:
        return self._prices.unpriced

    def avoided(self, contacts: Iterable[PracticeContact], visits: Iterable[Visit]) -> list[Avoided]:
        """The care that was avoided, one entry for each kind and price, in the order it first came."""
        counted: Counter[tuple[str, Cents]] = Counter()
        for contact in sorted(contacts, key=lambda item: item.seen_on):
            counted.update(self._of_contact(contact))
        for visit in sorted(visits, key=lambda item: item.visited_on):
            if not visit.expects_claim:
                category = "PREVENT" if visit.preventive else visit.category or "PCP"
                cents = self._prices.of(category, visit.person_id, visit.visited_on)
                if cents:
                    counted[self._prices.name(category), cents] += 1
        return [
            Avoided(
                label=label,
                count=count,
                each=each,
                why=f"{label} would have cost you {dollars(each)} each.",
            )
            for (label, each), count in counted.items()
        ]

    def _of_contact(self, contact: PracticeContact) -> list[tuple[str, Cents]]:
        person = self._person(contact)
        if contact.instead_of:
            cents = self._prices.of(contact.instead_of, person, contact.seen_on)
            return [(self._prices.name(contact.instead_of), cents)] if cents else []
        priced = [self._of_service(code, person, contact.seen_on) for code in contact.services]
        found = [item for item in priced if item is not None]
        if found or self._visits_billed or contact.kind not in _VISIT_CATEGORY:
            return [item for item in found if item[1]]
        category = _VISIT_CATEGORY[contact.kind]
        cents = self._prices.of(category, person, contact.seen_on)
        return [(self._prices.name(category), cents)] if cents else []

    def _of_service(self, code: str, person: int | None, on: date) -> tuple[str, Cents] | None:
        """An included service and its price; None where it has none of its own."""
        service = self._matrix.get(code)
        if service is None or service.state is not Included.INCLUDED:
            return None
        if service.list_price is not None:
            return service.name, service.list_price
        if not service.category:
            return None
        return service.name, self._prices.of(service.category, person, on) or 0

    def _person(self, contact: PracticeContact) -> int | None:
        if contact.person_id is not None:
            return contact.person_id
        return next(iter(self._membership.person_ids), None)


def _tax_saved(services: Services, membership: Membership, period: Period) -> tuple[Cents, tuple[str, ...]]:
    """The tax that untaxed money saved on the fees of a year, by the tax year in which it was paid."""
    ids = [fee.id for fee in membership.fees if fee.id is not None]
    by_year: Counter[int] = Counter()
    for _, due_on, paid_on, amount in fee_pockets.untaxed_parts(services.ledger.read(), ids):
        if due_on in period:
            by_year[paid_on.year] += amount
    total, why = 0, []
    for year, amount in sorted(by_year.items()):
        facts = services.taxes.facts(year)
        if facts.federal_rate is None or amount <= 0:
            continue
        rates = TaxRates(
            federal=facts.federal_rate,
            state=facts.state_rate,
            through_payroll=facts.through_payroll,
            above_wage_base=facts.above_wage_base,
        )
        saving = tax_saved(amount, rates)
        total += saving.saved
        why.append(saving.why)
    return total, tuple(why)
