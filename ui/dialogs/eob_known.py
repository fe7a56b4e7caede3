"""What the EOB form knows when it opens, and what it proposes from the EOBs entered before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.dates import Period
from tracker.domain.coverage.periods import ALL_TIME
from tracker.facts import Claim, Household, Provider, ServiceCategory, Visit
from tracker.services.bundle import Services

LOOK_BACK_DAYS = 400
"""Claims of about a year tell which patient, provider, network and service came last."""


@dataclass(frozen=True, slots=True)
class EobKnown:
    """The household, the providers, the service categories by code, all EOBs (without their lines) and
    those of about a year, the visits, and the EOB that is being changed as it is stored.
    """

    home: Household = field(default_factory=Household)
    providers: tuple[Provider, ...] = ()
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)
    recent: tuple[Claim, ...] = ()
    claims: tuple[Claim, ...] = ()
    visits: tuple[Visit, ...] = ()
    stored: Claim | None = None

    @property
    def names(self) -> dict[int, str]:
        """The providers' names."""
        return {item.id or 0: item.name for item in self.providers}

    def likely_corrected(self, person_id: int | None, provider_id: int | None) -> list[Claim]:
        """All EOBs, those of the patient and provider first, the latest care first."""
        return sorted(
            self.claims,
            key=lambda one: (one.person_id == person_id, one.provider_id == provider_id, one.service_from),
            reverse=True,
        )

    @property
    def last(self) -> Claim | None:
        """The EOB entered last: they come in bundles."""
        return max(self.recent, key=_entered, default=None)

    def last_of(self, provider_id: int | None) -> Claim | None:
        """The provider's EOB that was entered last."""
        theirs = (claim for claim in self.recent if claim.provider_id == provider_id)
        return max(theirs, key=_entered, default=None)

    def service_of(self, provider_id: int | None) -> str:
        """The service on the provider's last EOB that names one, else empty."""
        theirs = (item for item in self.recent if item.provider_id == provider_id and item.category)
        last = max(theirs, key=_entered, default=None)
        return last.category if last else ""

    def is_drug(self, code: str) -> bool:
        found = self.categories.get(code)
        return found is not None and found.drug


def read_known(services: Services, today: date, claim_id: int | None = None) -> EobKnown:
    """Read beside the window. `claim_id` is the EOB that is being changed: lists hold it without lines."""
    recent = Period(today - timedelta(days=LOOK_BACK_DAYS), today + timedelta(days=1))
    claims = tuple(services.claims.claims(ALL_TIME))
    return EobKnown(
        home=services.people.household(),
        providers=tuple(services.people.providers()),
        categories=services.coverage.categories(),
        recent=tuple(claim for claim in claims if claim.service_from in recent),
        claims=claims,
        visits=tuple(services.care.visits()),
        stored=services.claims.get(claim_id) if claim_id is not None else None,
    )


def _entered(claim: Claim) -> int:
    return claim.id or 0
