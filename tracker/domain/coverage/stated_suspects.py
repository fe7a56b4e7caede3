"""What could make an insurer's total differ from ours: one suspicion for each claim it may be.

Rulebook 1.2 (period, processed date), 1.8 (network and cross-credit), 1.11 (what counts), 1.12
(assistance), 1.15 (carry-over). Each suspicion says by how many cents our total would change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import counted
from tracker.domain.coverage.plan_year import PlanYear, order_key
from tracker.domain.coverage.replay import carried_over
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    Assistance,
    Claim,
    DeductibleCarryOver,
    Network,
    OpeningBalance,
)
from tracker.money import Cents, dollars

RECENT = timedelta(days=14)
"""A claim processed this short before may not be in the insurer's figure yet."""

BORDER = timedelta(days=31)
"""A service this near to the end of a period may be counted in the other one."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """One suspicion. `effect` is what our total changes by if it is true, `claims` whom it is about.

    `far_fetched` is 0 for what happens every week; the more, the less likely. `words` are a sentence.
    """

    effect: Cents
    words: str
    claims: tuple[Claim, ...] = ()
    far_fetched: int = 0


@dataclass(frozen=True)
class Scene:
    """What is looked into: `year` with every claim, `early` with those counted by `day`, `nearby`
    claims that count elsewhere here, `previous` the period before, `never` the codes of services that
    nobody covers."""

    year: PlanYear
    early: PlanYear
    limit: Accumulator
    person_id: int | None
    day: date
    nearby: tuple[Claim, ...] = ()
    previous: PlanYear | None = None
    never: frozenset[str] = frozenset()

    def of_person(self, claims: Iterable[Claim]) -> list[Claim]:
        return [claim for claim in claims if self.person_id in (None, claim.person_id)]


def suspects(scene: Scene) -> list[Suspect]:
    """Every suspicion that would change our total, the likely ones and the latest first."""
    found = [item for part in _KINDS for item in part(scene) if item.effect]
    return sorted(found, key=_order)


def _order(item: Suspect) -> tuple[int, int, int, str]:
    days = [claim.service_from.toordinal() for claim in item.claims]
    ids = [claim.id or 0 for claim in item.claims]
    return (item.far_fetched, -max(days, default=0), min(ids, default=0), item.words)


def _posted(year: PlanYear, scene: Scene, *, crossed: bool = False) -> dict[int | None, Cents]:
    """What each claim put into the limit, by its id; opening balances and carry-over under None."""
    sums: dict[int | None, Cents] = {}
    for posting in year.postings(scene.limit.name, scene.person_id):
        if posting.crossed == crossed:
            key = posting.claim.id if posting.claim else None
            sums[key] = sums.get(key, 0) + posting.amount
    return sums


def _later(scene: Scene) -> Iterator[Suspect]:
    """Claims that count here only after the day."""
    posted, known = _posted(scene.year, scene), {claim.id for claim in scene.early.claims}
    for claim in scene.of_person(scene.year.claims):
        if claim.id in known:
            continue
        amount, day = posted.get(claim.id, 0), day_text(order_key(claim)[0])
        if claim.processed_on is None:
            words = f"The EOB gives no processed date; here it counts from {day}."
        else:
            words = f"Processed {day}, after that day; your insurer may have counted it already."
        yield Suspect(amount, words, (claim,))


def _counted_here(scene: Scene) -> Iterator[Suspect]:
    """Claims that count here and may not at the insurer."""
    posted = _posted(scene.early, scene)
    seen: set[tuple[object, ...]] = set()
    for claim in sorted(scene.of_person(scene.early.claims), key=lambda item: item.id or 0):
        amount = posted.get(claim.id, 0)
        words, far_fetched = _doubt(claim, scene, seen)
        seen.add(_likeness(claim))
        yield Suspect(-amount, words, (claim,), far_fetched)


def _doubt(claim: Claim, scene: Scene, seen: Collection[tuple[object, ...]]) -> tuple[str, int]:
    """The likeliest reason why an insurer would not count a claim, and how far-fetched it is."""
    if _likeness(claim) in seen:
        return "Looks like a second copy of another EOB: same day, provider and amounts.", 0
    if claim.category in scene.never:
        return "Care that no plan counts, though its EOB gives amounts that do.", 0
    if claim.processed_on is None:
        return "The EOB gives no processed date; it may not have been processed by then.", 1
    if scene.day - claim.processed_on <= RECENT:
        return f"Processed {day_text(claim.processed_on)}, shortly before; the figure may be older.", 1
    period = scene.year.period
    if claim.service_from < period.begin + BORDER or (claim.service_to or claim.service_from) > (
        period.last_day - BORDER
    ):
        return "The service lies near the border of the period; it may count in the other one.", 2
    return "Counted here; your insurer may have voided or changed it, or never had it.", 4


def _likeness(claim: Claim) -> tuple[object, ...]:
    """Two EOBs alike in this are one and the same, or one replaces the other."""
    return (
        claim.person_id,
        claim.provider_id,
        claim.service_from,
        claim.billed,
        claim.allowed,
        claim.you_owe,
    )


def _elsewhere(scene: Scene) -> Iterator[Suspect]:
    """Claims that count toward another limit here: of the other network, of drugs, of another tier."""
    posted, crossed = _posted(scene.early, scene), _posted(scene.early, scene, crossed=True)
    away: list[Suspect] = []
    for claim in scene.of_person(scene.early.claims):
        amount = counted(claim, scene.limit.kind) - posted.get(claim.id, 0) - crossed.get(claim.id, 0)
        if amount <= 0 or claim.category in scene.never:
            continue
        network = Network.IN if claim.protected else claim.network
        if network is scene.limit.network:
            yield Suspect(amount, "Counted toward another limit here.", (claim,), 2)
            continue
        where = "out of network" if network is Network.OUT else "in network"
        words = f"Counted {where} here; your insurer may have it the other way."
        away.append(Suspect(amount, words, (claim,), 1))
    yield from away
    if len(away) > 1:
        yield Suspect(
            sum(item.effect for item in away),
            "All amounts of the other network together: your plan may credit them here too.",
            tuple(claim for item in away for claim in item.claims),
            1,
        )


def _crossed(scene: Scene) -> Iterator[Suspect]:
    """What came over from another limit, all together."""
    crossed = _posted(scene.early, scene, crossed=True)
    claims = tuple(claim for claim in scene.early.claims if claim.id in crossed)
    words = "Amounts counted over from another limit: your plan may not credit them here."
    yield Suspect(-sum(crossed.values()), words, claims, 1)


def _nearby(scene: Scene) -> Iterator[Suspect]:
    """Claims of another plan, or just outside the period."""
    own = {claim.id for claim in scene.year.claims}
    for claim in scene.of_person(scene.nearby):
        network = Network.IN if claim.protected else claim.network
        if claim.id in own or network is not scene.limit.network or order_key(claim)[0] > scene.day:
            continue
        if claim.service_from in scene.year.period:
            words = "It belongs to another plan here; your insurer may count it in this one."
        else:
            words = f"The service of {day_text(claim.service_from)} lies just outside the period here."
        yield Suspect(counted(claim, scene.limit.kind), words, (claim,), 2)


def _uncovered(scene: Scene) -> Iterator[Suspect]:
    """What is not covered never counts (1.11); an insurer may have counted it."""
    for claim in scene.of_person(scene.early.claims):
        if claim.not_covered and claim.network is scene.limit.network:
            words = f"Its {dollars(claim.not_covered)} that are not covered may have been counted."
            yield Suspect(claim.not_covered, words, (claim,), 2)


def _assistance(scene: Scene) -> Iterator[Suspect]:
    """Copay assistance that counts here and not there, or the other way round (1.12)."""
    posted = _posted(scene.early, scene)
    leaves_out = scene.year.plan.assistance is Assistance.NOT_COUNTED
    for claim in scene.of_person(scene.early.claims):
        if not claim.assistance or claim.network is not scene.limit.network:
            continue
        counts = claim.assistance_counts
        said = dollars(claim.assistance)
        if counts or (counts is None and not leaves_out):
            amount = min(claim.assistance, posted.get(claim.id, 0))
            yield Suspect(-amount, f"Copay assistance of {said} counts here; it may not.", (claim,), 1)
        else:
            amount = counted(claim, scene.limit.kind) - posted.get(claim.id, 0)
            yield Suspect(amount, f"Copay assistance of {said} does not count here; it may.", (claim,), 1)


def _opened(scene: Scene) -> Iterator[Suspect]:
    """Opening balances and what carried over."""
    opened = [item for item in scene.early.openings if _opens(item, scene)]
    for item in opened:
        words = f"The opening balance of {day_text(item.as_of)} may hold what EOBs here give too."
        yield Suspect(-item.amount, words, (), 2)
    carried = _posted(scene.early, scene).get(None, 0) - sum(item.amount for item in opened)
    yield Suspect(
        -carried, "Carried over from the period before: your insurer may not have done so.", (), 2
    )
    if carried or scene.limit.kind is not AccumulatorKind.DEDUCTIBLE or scene.previous is None:
        return
    before = scene.previous
    terms = replace(before.terms, carry_over=DeductibleCarryOver.ALWAYS)
    late = sum(
        item.amount
        for item in carried_over(terms, before.book, before.period)
        if item.name == scene.limit.name and scene.person_id in (None, int(item.person))
    )
    words = "The deductible of the last quarter of the period before may have been carried over."
    yield Suspect(late, words, (), 2)


def _opens(item: OpeningBalance, scene: Scene) -> bool:
    return item.name == scene.limit.name and scene.person_id in (None, item.person_id)


_KINDS = (_later, _counted_here, _elsewhere, _crossed, _nearby, _uncovered, _assistance, _opened)
