"""What the form for a visit knows when it opens, and what it proposes from earlier visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.dates import Period
from tracker.facts import Household, Provider, ServiceCategory, Visit
from tracker.services.bundle import Services
from tracker.services.membership_models import bills_plan

_LOOK_BACK_DAYS = 800
"""Visits of about two years tell what is usual at a provider."""


@dataclass(frozen=True, slots=True)
class VisitKnown:
    """The household, the providers, the services by code, and the visits of about two years."""

    home: Household = field(default_factory=Household)
    providers: tuple[Provider, ...] = ()
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)
    recent: tuple[Visit, ...] = ()

    @property
    def last(self) -> Visit | None:
        """The visit entered last."""
        return max(self.recent, key=lambda item: item.id or 0, default=None)

    def last_of(self, provider_id: int | None) -> Visit | None:
        """The last visit at a provider that was entered."""
        theirs = (visit for visit in self.recent if visit.provider_id == provider_id)
        return max(theirs, key=lambda item: item.id or 0, default=None)

    def expects_claim(self, provider_id: int | None, category: str) -> bool:
        """Whether a claim is to be expected: not from a practice that bills no plan, nor for care no plan
        pays for."""
        kind = self.categories.get(category)
        if kind is not None and kind.never_covered:
            return False
        before = self.last_of(provider_id)
        if before is not None:
            return before.expects_claim
        theirs = [held for held in self.home.memberships if held.practice_id == provider_id]
        return not theirs or any(bills_plan(held) for held in theirs)

    def provider_name(self, provider_id: int | None) -> str:
        return next((item.name for item in self.providers if item.id == provider_id), "")


def read_known(services: Services, today: date) -> VisitKnown:
    """Read beside the window."""
    period = Period(today - timedelta(days=_LOOK_BACK_DAYS), today + timedelta(days=366))
    return VisitKnown(
        home=services.people.household(),
        providers=tuple(services.people.providers()),
        categories=services.coverage.categories(),
        recent=tuple(services.care.visits(period)),
    )
