"""The rest of an accumulator period worked through the engine three times: low, expected, high.

Low holds only planned care marked sure. Expected adds what is likely, and unplanned care at the
household's usual rate. High adds what may be, and the worst stretch of history again and again. Each
run begins where the book stands today (rulebook 2.5) and keeps every cent it adds to a limit, so that
any limit of any person can be read from it without working it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tracker.dates import day_text
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.plan_year import PlanYear, tier_of
from tracker.domain.coverage.planned import Occurrence, Usual, occurrences
from tracker.domain.coverage.results import ClaimResult, Credit
from tracker.domain.coverage.state import State
from tracker.domain.coverage.terms import PlanTerms
from tracker.domain.coverage.unplanned import CareGroup, Unplanned, share_of, size_of, unplanned_care
from tracker.domain.coverage.usual_amount import usual_amount
from tracker.facts import (
    IN,
    OUT,
    Claim,
    CostSharingRule,
    Likelihood,
    Network,
    PlanKind,
    PlannedCare,
    ServiceCategory,
)
from tracker.money import Cents

WEEK, FORTNIGHT = 7, 14
STEPS_BY_WEEK = 120
"""Up to so many days ahead, usual care is laid in weeks; beyond, in fortnights."""

USUAL_WORDS = "Other care, at your usual rate"


class Moved(NamedTuple):
    """Cents that one piece of care adds to a limit. `care` is None where it was not planned."""

    day: date
    person: str
    bucket: str
    cents: Cents
    words: str
    care: Occurrence | None


class PlannedCost(NamedTuple):
    """What one day of planned care should cost the member, worked in order with the rest of it.

    `result` is None where the amount is not known, or the plan has no rule for the service. `own` and
    `family` are the totals of every limit just after, by the limit's place in the plan's terms.
    """

    care: Occurrence
    result: ClaimResult | None
    own: tuple[Cents, ...] = ()
    family: tuple[Cents, ...] = ()


class Outlook(NamedTuple):
    """The three runs, what they were made of, and what could not be worked.

    `ahead` is planned care that has no EOB; `happened` what has. `unknown` are those ahead whose
    amount nobody knows, `without_rule` those that the plan has no rule for.
    """

    begin: State
    place: dict[str, int]
    low: tuple[Moved, ...]
    expected: tuple[Moved, ...]
    high: tuple[Moved, ...]
    ahead: tuple[Occurrence, ...]
    happened: tuple[Occurrence, ...]
    unknown: tuple[Occurrence, ...]
    without_rule: tuple[Occurrence, ...]
    usual: Unplanned | None
    worst: str
    """The stretch that high repeats, in words; empty where there is no history."""


def has_rules(terms: PlanTerms) -> bool:
    """Whether the engine can work care under a plan."""
    return terms.kind is not PlanKind.OTHER and bool(terms.rules)


def outlook_of(year: PlanYear, today: date) -> Outlook | None:
    """The rest of a plan's period from a day in it; None for a plan without rules. Kept by the year."""
    if today not in year.period or not has_rules(year.terms):
        return None
    found = year.outlooks.get(today)
    if not isinstance(found, Outlook):
        found = year.outlooks[today] = _Worker(year, today).work()
    return found


def days_of_planned(year: PlanYear, today: date) -> list[Occurrence]:
    """Planned care of a plan's people in its period, with the EOBs it became; it needs no rules."""
    people = set(year.plan.person_ids)
    return occurrences(
        [care for care in year.planned if care.person_id in people],
        (*year.history, *year.claims),
        period=year.period,
        today=today,
        usual=usual_of(year),
        parents=dict(year.terms.follows),
    )


def usual_of(year: PlanYear) -> Usual:
    """What the EOBs known with a plan year say a service usually costs."""
    claims = (*year.history, *year.claims)
    # Only who belongs to whom is asked of these.
    known = {
        code: ServiceCategory(code=code, name=code, parent=parent) for code, parent in year.terms.follows
    }

    def usual(care: PlannedCare) -> Cents | None:
        found = usual_amount(claims, care.category, care.provider_id, care.network, categories=known)
        return found.amount if found else None

    return usual


def planned_costs(year: PlanYear, today: date) -> list[PlannedCost]:
    """What planned care ahead should cost, by day. Care that only may be moves no later total."""
    if not has_rules(year.terms):
        return [PlannedCost(item, None) for item in days_of_planned(year, today) if item.claim is None]
    worker = _Worker(year, today)
    state = year.book.state.copy()
    found = []
    for item in worker.ahead:
        entry = worker.entry(item)
        if entry is None:
            found.append(PlannedCost(item, None))
            continue
        held = state if item.care.likelihood is not Likelihood.MAYBE else state.copy()
        result = worker.engine.adjudicate(entry, held)
        own = tuple(held.own_totals(entry.person))
        found.append(PlannedCost(item, result, own, tuple(held.family)))
    return found


class _Worker:
    """Works the three runs of one year from one day."""

    def __init__(self, year: PlanYear, today: date) -> None:
        self._year, self._today = year, today
        terms = year.terms
        # Limits that run on beyond the contract are worked as if it went on unchanged.
        self.engine = Adjudicator(_open_ended(terms))
        self._last = year.period.last_day
        days = days_of_planned(year, today)
        self.ahead = [item for item in days if item.claim is None]
        self._happened = [item for item in days if item.claim is not None]
        self._usual = unplanned_care(year, today=today, parents=dict(terms.follows))

    def work(self) -> Outlook:
        known = [item for item in self.ahead if item.allowed is not None]
        possible = [item for item in known if self._rule(item) is not None]
        sure = [item for item in possible if item.care.likelihood is Likelihood.SURE]
        likely = [item for item in possible if item.care.likelihood is not Likelihood.MAYBE]
        stretch = self._usual.worst((self._last - self._today).days) if self._usual else None
        return Outlook(
            begin=self._year.book.state,
            place=self.engine.place,
            low=tuple(self._run(sure)),
            expected=tuple(self._run(likely, self._slices())),
            high=tuple(self._run(possible, self._repeated())),
            ahead=tuple(self.ahead),
            happened=tuple(self._happened),
            unknown=tuple(item for item in self.ahead if item.allowed is None),
            without_rule=tuple(item for item in known if self._rule(item) is None),
            usual=self._usual,
            worst=stretch.words if stretch else "",
        )

    def entry(self, item: Occurrence) -> ClaimInput | None:
        """Planned care as a claim; None where its amount is not known or no rule prices it."""
        if item.allowed is None or self._rule(item) is None:
            return None
        line = ClaimLine(
            category=item.care.category, billed=item.allowed, allowed=item.allowed, tier=_tier(item)
        )
        return ClaimInput(key=0, lines=(line,), person=str(item.care.person_id))

    def _rule(self, item: Occurrence) -> CostSharingRule | None:
        return self.engine.rule_for(item.care.category, _tier(item))

    # what happens, in order ----------------------------------------------------------

    def _slices(self) -> list[tuple[date, int]]:
        """The last day and the length of each part of the rest of the period: weeks, else fortnights."""
        rest = (self._last - self._today).days
        if self._usual is None or rest <= 0:
            return []
        length = WEEK if rest <= STEPS_BY_WEEK else FORTNIGHT
        ends = [*range(length, rest, length), rest]
        return [
            (self._today + timedelta(days=end), end - begin)
            for begin, end in zip([0, *ends], ends, strict=False)
        ]

    def _repeated(self) -> list[tuple[date, Claim]]:
        """The claims of the worst stretch, laid one stretch after the other to the period's end."""
        rest = (self._last - self._today).days
        stretch = self._usual.worst(rest) if self._usual and rest > 0 else None
        if stretch is None:
            return []
        first = self._today + timedelta(days=1)
        return [
            (day, claim)
            for begin in range(0, rest, stretch.days)
            for after, claim in stretch.claims
            if (day := first + timedelta(days=begin + after)) <= self._last
        ]

    def _run(
        self, planned: Sequence[Occurrence], more: Iterable[tuple[date, int | Claim]] = ()
    ) -> Iterator[Moved]:
        """Work planned care, slices of usual care and single claims by day; on a day, what is planned
        comes first. Care whose day is past is taken to be processed today."""
        state = self._year.book.state.copy()
        events: list[tuple[date, int, Occurrence | int | Claim]] = [
            (max(item.day, self._today), 0, item) for item in planned
        ]
        events += [(day, 1, what) for day, what in more]
        events.sort(key=lambda event: event[:2])
        prepared = self._prepared() if self._usual else []
        for day, _order, what in events:
            if isinstance(what, Occurrence):
                yield from self._planned(day, what, state)
            elif isinstance(what, Claim):
                yield from self._again(day, what, state)
            else:
                yield from self._slice(day, what, prepared, state)

    def _planned(self, day: date, item: Occurrence, state: State) -> Iterator[Moved]:
        entry = self.entry(item)
        if entry is not None:
            for credit in self.engine.adjudicate(entry, state).credits:
                yield Moved(day, entry.person, credit.bucket, credit.cents, item.care.label, item)

    def _again(self, day: date, claim: Claim, state: State) -> Iterator[Moved]:
        """A claim of history once more, at the plan's terms of today."""
        person, tier = str(claim.person_id), tier_of(claim, self._year.terms)
        words = f"Other care, as on {day_text(claim.service_from)}"
        if self.engine.rule_for(claim.category, tier, protected=claim.protected) is None:
            group = CareGroup(
                claim.person_id, claim.category, tier, claim.protected, 1,
                size_of(claim), claim.deductible or 0, share_of(claim),
            )  # fmt: skip
            credits = self._as_stated(group, state)
        else:
            entry = _entry(person, claim.category, tier, claim.protected, size_of(claim))
            credits = list(self.engine.adjudicate(entry, state).credits)
        for credit in credits:
            yield Moved(day, person, credit.bucket, credit.cents, words, None)

    def _prepared(self) -> list[tuple[CareGroup, ClaimInput | None]]:
        groups = self._usual.groups if self._usual else ()
        return [
            (
                group,
                _entry(str(group.person_id), group.category, group.tier, group.protected, group.allowed)
                if self.engine.rule_for(group.category, group.tier, protected=group.protected)
                else None,
            )
            for group in groups
        ]

    def _slice(
        self, day: date, days: int, groups: Sequence[tuple[CareGroup, ClaimInput | None]], state: State
    ) -> Iterator[Moved]:
        """The usual care of some days. A part of a claim moves the same part of what the whole would:
        a fifth of a specialist visit is a fifth of its copay, not a copay."""
        assert self._usual is not None
        for group, entry in groups:
            part = group.times * days
            while part > 0:
                taken = min(part, self._usual.days)
                part -= taken
                trial = state.copy()
                if entry is not None:
                    credits = list(self.engine.adjudicate(entry, trial).credits)
                else:
                    credits = self._as_stated(group, trial)
                for credit in credits:
                    cents = (credit.cents * taken + self._usual.days // 2) // self._usual.days
                    if cents:
                        person = str(group.person_id)
                        state.add(self.engine.place[credit.bucket], person, cents)
                        yield Moved(day, person, credit.bucket, cents, USUAL_WORDS, None)

    def _as_stated(self, group: CareGroup, state: State) -> list[Credit]:
        """What care without a rule of the plan adds: what its EOBs gave, as far as there is room."""
        posting, person = self._year.adjudicator, str(group.person_id)
        rule = self._year.rule_of(group.category, group.tier, protected=group.protected)
        credits: list[Credit] = []
        if rule is None:
            return credits
        for bucket, cents in ((rule.deductible, group.deductible), (rule.oop_max, group.share)):
            if bucket is not None and cents:
                room = posting.remaining(state, bucket, person)
                credits += posting.post(bucket, cents if room is None else min(cents, room), person, state)
        return credits


def _tier(item: Occurrence) -> str:
    return IN if item.care.network is Network.IN else OUT


def _entry(person: str, category: str, tier: str, protected: bool, allowed: Cents) -> ClaimInput:
    line = ClaimLine(category=category, billed=allowed, allowed=allowed, tier=tier, protected=protected)
    return ClaimInput(key=0, lines=(line,), person=person)


def _open_ended(terms: PlanTerms) -> PlanTerms:
    return replace(terms, begins_on=None, ends_on=None)
