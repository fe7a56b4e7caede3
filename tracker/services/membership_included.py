"""What a membership includes and how it was used in one of its years (rulebook 6.1, 6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.coverage.categories import catalogue
from tracker.domain.membership.log_rows import LogRow, log_rows
from tracker.domain.membership.service_matrix import STARTING_MATRIX, ServiceUse, UseCount, use_count
from tracker.domain.membership.value import Promises, membership_value
from tracker.facts import ServiceCategory
from tracker.facts.membership import MembershipService
from tracker.services.bundle import Services
from tracker.services.membership_years import MembershipShown
from tracker.storage.queries import coverage as coverage_query


@dataclass(frozen=True, slots=True, kw_only=True)
class IncludedFacts:
    """The matrix with the uses of a membership year, and its contacts, the latest first.

    `is_usual` while the rows are those every agreement starts with. `access` counts promises to be seen
    in time, `length` those of how long a visit takes. `people` are names by id.
    """

    shown: MembershipShown
    counts: tuple[UseCount, ...]
    is_usual: bool
    log: tuple[LogRow, ...]
    access: Promises
    length: Promises
    people: Mapping[int, str]
    categories: Mapping[str, ServiceCategory]

    @property
    def services(self) -> tuple[MembershipService, ...]:
        return tuple(item.service for item in self.counts)


def read_included(services: Services, shown: MembershipShown) -> IncludedFacts:
    """Everything the part *Included* shows of a membership year."""
    period, membership = shown.year.period, shown.membership
    use = services.membership_use
    contacts = use.contacts(membership.id)
    matrix = use.matrix(membership.id or 0)
    uses = [ServiceUse(code=code, on=item.seen_on) for item in contacts for code in item.services]
    log = log_rows(membership, contacts, services.care.visits(period), period)
    kept = membership_value(0, [row.judged for row in log])
    return IncludedFacts(
        shown=shown,
        counts=tuple(use_count(item, uses, period) for item in matrix),
        is_usual=matrix == STARTING_MATRIX,
        log=tuple(log),
        access=kept.access,
        length=kept.length,
        people={person.id or 0: person.name for person in services.people.people()},
        categories=catalogue(coverage_query.categories(services.ledger.read())),
    )
