"""Cases as rows: whose turn it is, where each stands, its next day, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.case_days import APPOINTMENT
from tracker.domain.claims.case_standing import OUTCOME_WORDS, CaseStanding
from tracker.domain.claims.papers import Papers
from tracker.facts import CaseOutcome, Deadline, Turn
from tracker.money import dollars, dollars_or_blank
from ui.models.coverage_words import short
from ui.models.table import Column

TURNS = (Turn.ME, Turn.PROVIDER, Turn.INSURER, Turn.NOBODY)
SOON_DAYS = 14
_WHOSE = {Turn.ME: "You", Turn.PROVIDER: "Provider", Turn.INSURER: "Insurer", Turn.NOBODY: "Closed"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. `next_words` is its nearest day or follow-up; its tone says whether that presses."""

    key: int
    standing: CaseStanding
    title: str
    kind: str
    provider: str
    person: str
    turn: Turn
    stands: str
    short_stands: str
    next_on: date | None
    next_words: str
    next_tone: str
    words: str
    """Everything to find it by, case folded."""


def case_rows(papers: Papers, found: Mapping[int, CaseStanding]) -> list[CaseRow]:
    """Open cases first, the most pressing at the top; closed ones after them, the latest first."""
    people = {person.id: person.name for person in papers.people}
    rows = [_row(standing, papers, people.get(standing.case.person_id, "")) for standing in found.values()]
    return sorted(rows, key=_order)


def board(rows: Iterable[CaseRow]) -> dict[Turn, list[CaseRow]]:
    """The rows by whose turn it is, each in its order."""
    columns: dict[Turn, list[CaseRow]] = {turn: [] for turn in TURNS}
    for row in rows:
        columns[row.turn].append(row)
    return columns


def matches(row: CaseRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) is found in the row."""
    return all(word in row.words for word in words)


def case_columns() -> list[Column[CaseRow]]:
    """The columns of the list."""
    return [
        Column("Case", lambda row: row.title, lambda row: row.title.casefold(), stretch=6, tooltip=_title),
        Column("Kind", lambda row: row.kind, stretch=2, tooltip=lambda row: row.kind),
        Column("Turn", lambda row: _WHOSE[row.turn], lambda row: TURNS.index(row.turn), tone=turn_tone),
        Column("Where it stands", lambda row: row.short_stands, stretch=6, tooltip=lambda row: row.stands),
        Column(
            "Next day",
            lambda row: day_text(row.next_on) if row.next_on else "",
            lambda row: row.next_on,
            tone=lambda row: row.next_tone,
            tooltip=lambda row: row.next_words,
        ),
        Column(
            "At stake",
            lambda row: dollars_or_blank(row.standing.case.at_stake),
            lambda row: row.standing.case.at_stake,
            right=True,
        ),
        Column(
            "Recovered",
            lambda row: dollars_or_blank(row.standing.recovered or None),
            lambda row: row.standing.recovered,
            right=True,
        ),
    ]


def turn_tone(row: CaseRow) -> str:
    """Colour beside the words."""
    return {Turn.ME: "accent", Turn.NOBODY: "quiet"}.get(row.turn, "")


def day_words(deadline: Deadline, today: date) -> tuple[str, str]:
    """A day in words with its tone: `Internal appeal by May 21, 2027`."""
    left = (deadline.do_by - today).days
    last = deadline.last_day or deadline.do_by
    if today > last:
        return f"{deadline.label}: last day was {day_text(last)}", "bad"
    if left < 0:
        return f"{deadline.label}: last day {day_text(last)}", "bad"
    at = "on" if deadline.label == APPOINTMENT else "by"
    when = "today" if left == 0 else f"{at} {day_text(deadline.do_by)}"
    return f"{deadline.label} {when}", "warning" if left <= SOON_DAYS else ""


def facts_line(row: CaseRow) -> str:
    """What stands under a case's title: kind, day, amounts."""
    case = row.standing.case
    parts = [row.kind, f"opened {day_text(case.opened_on)}"]
    parts += [short(row.provider, 60)] if row.provider else []
    parts += [short(row.person, 40)] if row.person else []
    if case.at_stake:
        parts.append(f"{dollars(case.at_stake)} at stake")
    if row.standing.recovered:
        parts.append(f"{dollars(row.standing.recovered)} recovered")
    return "  \u00b7  ".join(parts)


def _row(standing: CaseStanding, papers: Papers, person: str) -> CaseRow:
    case = standing.case
    provider = papers.provider_name(case.provider_id)
    next_on, words, tone = _next(standing, papers.today)
    title = case.title or standing.kind_words
    ended = OUTCOME_WORDS[case.outcome] if case.outcome is not CaseOutcome.OPEN else ""
    texts = [title, standing.kind_words, provider, person, standing.words, words, ended, case.note]
    if case.authorization:
        texts += [case.authorization.number, case.authorization.codes]
    return CaseRow(
        key=case.id or 0,
        standing=standing,
        title=title,
        kind=standing.kind_words,
        provider=provider,
        person=person,
        turn=standing.turn,
        stands=standing.words,
        short_stands=standing.words.removesuffix(f" {standing.turn.words}."),
        next_on=next_on,
        next_words=words,
        next_tone=tone,
        words=" ".join(texts).casefold(),
    )


def _next(standing: CaseStanding, today: date) -> tuple[date | None, str, str]:
    day, ask = standing.next_day, standing.follow_up_on
    if day is not None and (ask is None or day.do_by <= ask or not standing.follow_up_due):
        return day.do_by, *day_words(day, today)
    if ask is None:
        return None, "", ""
    if standing.follow_up_due:
        return ask, f"Follow up, due {day_text(ask)}", "warning"
    return ask, f"Follow up {day_text(ask)}", ""


def _order(row: CaseRow) -> tuple[int, int, str]:
    if row.standing.is_closed:
        return 1, -(row.standing.case.closed_on or row.standing.case.opened_on).toordinal(), row.title
    return 0, (row.next_on or date.max).toordinal(), row.title


def _title(row: CaseRow) -> str:
    return "\n".join(part for part in (row.title, row.provider, row.person) if part)
