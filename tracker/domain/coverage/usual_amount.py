"""The usual allowed amount of a service, learned from past EOBs; never guessed where there are none.

The nearest EOBs count: the same service of the same provider, then the same service in the same network,
then the service it belongs to. The median of the newest few is taken, so that one odd EOB moves little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.coverage.plan_year import counts_in
from tracker.facts import Claim, Network, ServiceCategory
from tracker.money import Cents, dollars

NEWEST = 7
"""At most so many EOBs: prices of years ago say little about the next one."""


class Likeness(StrEnum):
    """How near the EOBs are to what is asked."""

    PROVIDER = "provider"
    SERVICE = "service"
    WIDER = "wider"


@dataclass(frozen=True, slots=True)
class UsualAmount:
    """The median allowed amount of `count` EOBs, with their range in cents and days of service."""

    amount: Cents
    likeness: Likeness
    count: int
    least: Cents
    most: Cents
    oldest_on: date
    newest_on: date
    claim_ids: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """`3 EOBs of this provider, $1,150.00 to $1,240.00, the last on Mar 2, 2026`."""
        of = {
            Likeness.PROVIDER: " of this provider",
            Likeness.SERVICE: " of this service",
            Likeness.WIDER: " of similar services",
        }[self.likeness]
        when = day_text(self.newest_on)
        if self.count == 1:
            return f"1 EOB{of}, on {when}"
        span = "" if self.least == self.most else f", {dollars(self.least)} to {dollars(self.most)}"
        return f"{self.count} EOBs{of}{span}, the last on {when}"


def usual_amount(
    claims: Iterable[Claim],
    category: str,
    provider_id: int | None = None,
    network: Network | None = None,
    *,
    categories: Mapping[str, ServiceCategory],
    newest: int = NEWEST,
) -> UsualAmount | None:
    """What is usually allowed for a service in a network (None: any); None where no EOB tells.

    An EOB without an allowed amount, or that allowed nothing, tells nothing. Care protected from surprise
    bills is priced as in network.
    """
    telling = [
        claim
        for claim in claims
        if claim.allowed and claim.category and network in (None, counts_in(claim))
    ]
    root = _root(category, categories)
    ways: tuple[tuple[Likeness, Callable[[Claim], bool]], ...] = (
        (
            Likeness.PROVIDER,
            lambda claim: (
                provider_id is not None and (claim.category, claim.provider_id) == (category, provider_id)
            ),
        ),
        (Likeness.SERVICE, lambda claim: claim.category == category),
        (Likeness.WIDER, lambda claim: _root(claim.category, categories) == root),
    )
    for likeness, fits in ways:
        found = [claim for claim in telling if fits(claim)]
        if found:
            return _summed_up(likeness, found, newest)
    return None


def _summed_up(likeness: Likeness, found: list[Claim], newest: int) -> UsualAmount:
    found = sorted(found, key=lambda claim: (claim.service_from, claim.id or 0), reverse=True)[:newest]
    amounts = sorted(claim.allowed or 0 for claim in found)
    return UsualAmount(
        amount=median(amounts),
        likeness=likeness,
        count=len(found),
        least=amounts[0],
        most=amounts[-1],
        oldest_on=found[-1].service_from,
        newest_on=found[0].service_from,
        claim_ids=tuple(claim.id for claim in found if claim.id is not None),
    )


def median(amounts: list[Cents]) -> Cents:
    """The middle of amounts in order; of two middle ones what lies between, half a cent up."""
    half, odd = divmod(len(amounts), 2)
    return amounts[half] if odd else (amounts[half - 1] + amounts[half] + 1) // 2


def _root(code: str, categories: Mapping[str, ServiceCategory]) -> str:
    """The main category a code belongs to."""
    known = categories.get(code)
    return known.parent if known is not None and known.parent is not None else code
