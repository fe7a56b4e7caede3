"""What the part *Worth it* works with: value, break-even, the three models, the worksheet (6.4-6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.membership.log_rows import log_rows
from tracker.domain.membership.model_numbers import ModelYear
from tracker.domain.membership.own_time import NO_TIME, OwnTime
from tracker.domain.membership.value import MembershipValue, membership_value
from tracker.facts.membership import CareModel, DecisionAnswer
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.membership_care_share import CareShare, care_share, day_in_year
from tracker.services.membership_models import model_years, own_model
from tracker.services.membership_prices import PlanPrices
from tracker.services.membership_value import ValueFacts, value_facts
from tracker.services.membership_years import MembershipShown

_USUAL = ("PCP", "URGENT", "SPEC", "ER", "TELE")
"""Care that a membership may take the place of, to choose among for the break-even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedCare:
    """A kind of care and what one costs the member by the plan; `each` None where no plan tells."""

    code: str
    label: str
    each: Cents | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthFacts:
    """One membership year. `share` is the care share with the tax on it, `kinds` are for the break-even."""

    value: ValueFacts
    share: CareShare
    kinds: tuple[PricedCare, ...]
    models: tuple[ModelYear, ...]
    mine: CareModel
    answers: Mapping[str, DecisionAnswer]

    @property
    def shown(self) -> MembershipShown:
        return self.value.shown

    @property
    def tax_not_yet(self) -> Cents:
        """The tax untaxed money would save on the care share beyond what it has saved so far."""
        could = self.share.saving.saved if self.share.saving else 0
        return max(0, could - self.value.tax_saved)

    def worth(self, time: OwnTime = NO_TIME) -> MembershipValue:
        """What the year was worth, with the member's own time where it counts."""
        facts = self.value
        return membership_value(
            facts.fee, facts.contacts, avoided=time.counted(facts.avoided), tax_saved=facts.tax_saved
        )


def read_worth(services: Services, shown: MembershipShown) -> WorthFacts:
    """Everything of a membership year. Prices many days: ask off the UI thread."""
    membership, period = shown.membership, shown.year.period
    value = value_facts(services, membership.id or 0, shown.number)
    prices = PlanPrices(services)
    day = day_in_year(shown, services.ledger.today())
    person = next(iter(membership.person_ids), None)
    contacts = services.membership_use.contacts(membership.id)
    log = log_rows(membership, contacts, services.care.visits(period), period)
    return WorthFacts(
        value=value,
        share=care_share(services, shown),
        kinds=tuple(
            PricedCare(code=code, label=prices.name(code), each=prices.of(code, person, day))
            for code in _USUAL
        ),
        models=model_years(services, shown, log, day, prices),
        mine=own_model(membership),
        answers=services.membership_use.decision_answers(),
    )
