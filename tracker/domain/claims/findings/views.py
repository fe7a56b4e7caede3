"""What a detector may look at: one claim, bill or visit with everything around it that matters.

A view is all that a detector is given. Two equal views give equal findings, so that after an edit
only what has another view is asked about again (`run`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tracker.domain.claims.expected import Before, Expected
from tracker.domain.membership.included_care import Includes
from tracker.facts import (
    Bill,
    Case,
    Claim,
    CostSharingRule,
    Membership,
    NetworkCheck,
    Payment,
    Plan,
    Provider,
    ServiceCategory,
    Visit,
)
from tracker.facts.prescriptions import Drug
from tracker.money import Cents


class Logged(NamedTuple):
    """An entry of the care log: its visit, the EOBs that belong to it, and where it took place.

    `places` are provider and facility; two providers with the same NPI are the same place.
    """

    visit: Visit
    claims: tuple[int, ...]
    places: frozenset[int]


class Beside(NamedTuple):
    """Another EOB of the same person with care on the same day, and who billed it."""

    claim: Claim
    provider: Provider | None
    places: frozenset[int]


class PaysFirst(NamedTuple):
    """Which of a person's plans pays first, by which rule; `others` counts the plans beside it."""

    plan_id: int | None
    rule: str
    others: int


class AboutClaim(NamedTuple):
    """An EOB in force.

    `expected` is the engine's answer; `rules` are the plan's rules for its lines (for its totals where
    it has no lines). `log` are the person's entries of the care log from 90 days before it to a week
    after. `check` is the network check that stood on the day of care, `in_network` what would be owed
    in network where that is worth asking. `membership` is the one whose practice gave the care, `includes`
    what its matrix says. Where the care is a drug, `drugs` are the person's, `pharmacies` the names of
    those that named prices.
    """

    claim: Claim
    expected: Expected | None
    rules: tuple[CostSharingRule | None, ...]
    provider: Provider | None
    places: frozenset[int]
    beside: tuple[Beside, ...]
    bills: tuple[Bill, ...]
    visits: tuple[Visit, ...]
    log: tuple[Logged, ...]
    plan: Plan | None
    permits: tuple[Case, ...]
    check: NetworkCheck | None
    in_network: Cents | None
    pays_first: PaysFirst | None
    membership: Membership | None
    known_person: bool
    categories: Mapping[str, ServiceCategory]
    drugs: tuple[Drug, ...] = ()
    pharmacies: tuple[tuple[int, str], ...] = ()
    includes: Includes | None = None

    @property
    def before(self) -> Before:
        """What was left of the limits just before it."""
        return self.expected.before if self.expected else Before(None, None)

    @property
    def who(self) -> str:
        """Who billed, for a sentence."""
        return self.provider.name if self.provider else "the provider"

    def root(self, category: str) -> str:
        """The main category of a sub-category."""
        known = self.categories.get(category)
        return known.parent if known and known.parent else category

    def is_drug(self, category: str) -> bool:
        known = self.categories.get(category)
        return known is not None and known.drug


class AboutBill(NamedTuple):
    """A bill with the EOBs that hold for it and what was paid toward it.

    `beside` are the other bills of the same provider for the same person and day. `disputes` are open
    cases about it. `plan_pays` is whether a plan is meant to pay for the care.
    """

    bill: Bill
    paid: tuple[tuple[Payment, Cents], ...]
    claims: tuple[Claim, ...]
    provider: Provider | None
    places: frozenset[int]
    beside: tuple[Bill, ...]
    log: tuple[Logged, ...]
    visit: Visit | None
    disputes: tuple[Case, ...]
    plan_pays: bool
    membership: Membership | None
    categories: Mapping[str, ServiceCategory]
    includes: Includes | None = None

    @property
    def who(self) -> str:
        return self.provider.name if self.provider else "the provider"

    def root(self, category: str) -> str:
        """The main category of a sub-category."""
        known = self.categories.get(category)
        return known.parent if known and known.parent else category

    def is_drug(self, category: str) -> bool:
        known = self.categories.get(category)
        return known is not None and known.drug


class AboutVisit(NamedTuple):
    """A visit with the EOBs in force that belong to it, and claims that are still open.

    `covered` is whether a plan of the person is in force that day and pays for such care, `overdue`
    whether an EOB should have come by now.
    """

    visit: Visit
    eobs: tuple[Claim, ...]
    open_claims: tuple[Claim, ...]
    provider: Provider | None
    covered: bool
    self_paid: bool
    overdue: bool


class AboutLedger(NamedTuple):
    """The membership agreements, and every payment that was one of their fees."""

    memberships: tuple[Membership, ...]
    payments: tuple[Payment, ...]
    names: tuple[tuple[int, str], ...]
    today: date
