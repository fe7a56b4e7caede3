"""What was pursued in a year and what came back: disputes, appeals, claims filed by the member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.claims.case_standing import KIND_WORDS, OUTCOME_WORDS
from tracker.facts import Case, FindingNote, FindingState
from tracker.money import Cents

RECOVERED_ALONE = "Put right without a case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursued:
    """One thing that was pursued; `place` tells them apart.

    `at_stake` is None once it is closed, or where no money hangs on it.
    """

    place: int
    what: str
    kind: str
    opened_on: date
    ended: str
    at_stake: Cents | None
    recovered: Cents | None


def pursued_in(period: Period, cases: Iterable[Case], notes: Mapping[str, FindingNote]) -> list[Pursued]:
    """The cases with money that were open or closed in a period, oldest first, then what came back
    without a case."""
    found = [
        Pursued(
            place=case.id or 0,
            what=case.title,
            kind=KIND_WORDS[case.kind],
            opened_on=case.opened_on,
            ended=OUTCOME_WORDS[case.outcome],
            at_stake=case.at_stake if case.closed_on is None else None,
            recovered=case.recovered,
        )
        for case in sorted(cases, key=lambda case: (case.opened_on, case.id or 0))
        if (case.at_stake or case.recovered)
        and case.opened_on < period.end
        and (case.closed_on is None or case.closed_on >= period.begin)
    ]
    alone = [
        note
        for note in notes.values()
        if note.state is FindingState.RECOVERED and note.case_id is None and note.noted_on in period
    ]
    if alone:
        found.append(
            Pursued(
                place=-1,
                what=RECOVERED_ALONE,
                kind="",
                opened_on=min(note.noted_on for note in alone),
                ended="",
                at_stake=None,
                recovered=sum(note.amount or 0 for note in alone),
            )
        )
    return found


def together(found: Iterable[Pursued]) -> tuple[Cents, Cents]:
    """What is still at stake, and what came back."""
    known = list(found)
    return sum(item.at_stake or 0 for item in known), sum(item.recovered or 0 for item in known)
