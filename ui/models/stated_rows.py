"""The insurer's stated totals as rows, and what could explain a difference, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.coverage.stated_gap import Explanation, Gap
from tracker.domain.coverage.stated_suspects import Suspect
from tracker.facts import (
    Claim,
    ClaimLine,
    Household,
    Plan,
    StatedTotal,
)
from tracker.money import Cents, dollars
from tracker.wording import count_of
from ui.models.coverage_words import limit_name, whose_cell


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One stated total beside ours. `gap` is None where the plan has no such limit or day any more."""

    stated: StatedTotal
    limit: str
    whose: str
    gap: Gap | None

    @property
    def difference(self) -> str:
        """`none`, `$30.00 more` or `$30.00 less` at the insurer."""
        if self.gap is None:
            return "cannot compare"
        return difference_words(self.gap.difference)

    @property
    def found(self) -> str:
        """How many explanations there are, in a word or two."""
        if self.gap is None or not self.gap.difference:
            return ""
        count = len(self.gap.explanations)
        if count:
            return count_of(count, "explanation")
        return "no exact fit"


@dataclass(frozen=True, slots=True)
class SuspectRow:
    """A claim, or a few taken together, in one explanation. `explanation` counts from 1."""

    number: int
    explanation: int
    claims: tuple[Claim, ...]
    provider: str
    service: str
    effect: Cents
    words: str


def stated_rows(
    stated: Sequence[StatedTotal], gaps: Mapping[int, Gap | None], plan: Plan, home: Household
) -> list[StatedRow]:
    """The latest first; those whose total is worked out."""
    limits = {item.name: item for item in plan.accumulators}
    found = []
    for item in sorted(stated, key=lambda item: (item.stated_on, item.id or 0), reverse=True):
        if (item.id or 0) in gaps:
            limit = limits.get(item.name)
            name = limit_name(limit, plan) if limit else "A limit that was removed"
            found.append(StatedRow(item, name, whose_cell(home, item.person_id), gaps[item.id or 0]))
    return found


def suspect_rows(gap: Gap, lines: Sequence[ClaimLine]) -> list[SuspectRow]:
    """What could explain a difference, one row for each suspicion; the nearest where nothing fits."""
    names = {line.claim.id: line.provider for line in lines}
    shown: Sequence[Explanation] = gap.explanations or ((gap.nearest,) if gap.nearest else ())
    found: list[SuspectRow] = []
    for count, explanation in enumerate(shown, start=1):
        for item in explanation.suspects:
            found.append(_suspect_row(len(found), count, item, names))
    return found


def verdict(gap: Gap) -> str:
    """What was found about a difference, and what to ask, in sentences."""
    if not gap.difference:
        return "Your insurer and the EOBs here agree."
    count = len(gap.explanations)
    if count:
        one = "One explanation fits" if count == 1 else f"{count} explanations fit"
        return f"{one} to the cent. {gap.ask}"
    if gap.nearest is None:
        return f"No EOB here explains it: one may be missing. {gap.ask}"
    off = dollars(abs(gap.nearest.off))
    return (
        f"Nothing here explains it exactly; the nearest is off by {off}. An EOB may be missing. {gap.ask}"
    )


def difference_words(cents: Cents) -> str:
    """`none`, `$30.00 more` or `$30.00 less` at the insurer."""
    if not cents:
        return "none"
    return f"{dollars(abs(cents))} {'more' if cents > 0 else 'less'}"


def _suspect_row(
    number: int, explanation: int, item: Suspect, names: Mapping[int | None, str]
) -> SuspectRow:
    if len(item.claims) == 1:
        provider, service = names.get(item.claims[0].id, ""), day_text(item.claims[0].service_from)
    else:
        provider, service = f"{len(item.claims):,} EOBs" if item.claims else "", ""
    return SuspectRow(number, explanation, item.claims, provider, service, item.effect, item.words)


def people_options(home: Household, plan: Plan) -> list[tuple[str, str]]:
    """Whose total it is: each person the plan covers."""
    return [(str(person_id), whose_cell(home, person_id)) for person_id in plan.person_ids]
