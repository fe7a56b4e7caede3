"""The insurer's stated total against ours, and exactly which claims could explain the difference.

Our total as of a day holds the claims processed by that day, an estimated day where the EOB gives none
(rulebook 2.2). Where they differ, a few claims whose amounts make up the difference to the cent are
looked for among everything that could count otherwise (`stated_suspects`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import standing
from tracker.domain.coverage.plan_year import PlanYear, order_key
from tracker.domain.coverage.small_sets import Part, nearest, small_sets
from tracker.domain.coverage.stated_suspects import Scene, Suspect, suspects
from tracker.facts import Accumulator, Claim, StatedTotal
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True)
class Explanation:
    """Suspicions that make up the difference together, or all but `off` cents of it."""

    suspects: tuple[Suspect, ...]
    off: Cents = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """`difference` is what the insurer counts more than we do, or less.

    `explanations` fit to the cent, the smallest first; `nearest` is the closest where none does.
    """

    stated: StatedTotal
    limit: Accumulator
    ours: Cents
    difference: Cents
    explanations: tuple[Explanation, ...] = ()
    nearest: Explanation | None = None

    @property
    def ask(self) -> str:
        """What to ask the insurer; empty where both agree."""
        if not self.difference:
            return ""
        return (
            f"Ask your insurer which claims make up its {dollars(self.stated.amount)} of "
            f"{day_text(self.stated.stated_on)}, and when each was processed, and compare them with the "
            "EOBs here."
        )


def as_of(year: PlanYear, day: date) -> PlanYear:
    """The year as it stood on a day: with what was processed and opened by then."""
    return replace(
        year,
        claims=tuple(claim for claim in year.claims if order_key(claim)[0] <= day),
        openings=tuple(item for item in year.openings if item.as_of <= day),
    )


def explain_gap(
    stated: StatedTotal,
    year: PlanYear,
    *,
    nearby: Iterable[Claim] = (),
    previous: PlanYear | None = None,
    never: Iterable[str] = (),
) -> Gap | None:
    """Our total beside the insurer's; None where the plan has no such limit, or the day lies outside
    the period.

    `nearby` are claims of other plans, or just outside the period, `previous` the period before,
    `never` the codes of services that no plan covers.
    """
    limit = next((item for item in year.plan.accumulators if item.name == stated.name), None)
    if limit is None or stated.stated_on < year.period.begin:
        return None
    early = as_of(year, stated.stated_on)
    now = standing(early, limit, stated.person_id)
    difference = stated.amount - now.used
    if not difference:
        return Gap(stated, limit, now.used, 0)
    scene = Scene(
        year=year,
        early=early,
        limit=limit,
        person_id=stated.person_id,
        day=stated.stated_on,
        nearby=tuple(nearby),
        previous=previous,
        never=frozenset(never),
    )
    found = suspects(scene)
    parts = [Part(item.effect, _keys(item, place), item.far_fetched) for place, item in enumerate(found)]
    target = difference - now.beyond  # what EOBs give beyond the limit would have to go first
    exact = small_sets(parts, target)
    explanations = tuple(Explanation(tuple(found[place] for place in places)) for places in exact.sets)
    close = None
    if not explanations and (best := nearest(parts, target)) is not None:
        close = Explanation(tuple(found[place] for place in best.places), best.off)
    return Gap(stated, limit, now.used, difference, explanations, close)


def _keys(item: Suspect, place: int) -> frozenset[int]:
    """A claim cannot be suspected of two things at once; what is about no claim stands alone."""
    return frozenset(claim.id or 0 for claim in item.claims) or frozenset({-place - 1})
