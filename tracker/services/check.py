"""Whether a ledger is whole: damage to the file, facts that contradict each other, loose ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from tracker.dates import FIRST_YEAR, LAST_YEAR, Period, day_text, period_text
from tracker.domain.coverage.eob import gap
from tracker.facts import ClaimLine, Household, Plan
from tracker.money import dollars
from tracker.storage.ledger import Ledger
from tracker.storage.queries import checks, household
from tracker.storage.queries import claims as claim_query
from tracker.wording import count_of


class Level(StrEnum):
    """DAMAGE should not be possible; NOTE is for the member to judge."""

    DAMAGE = "Damaged"
    NOTE = "Note"


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    words: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found, the damage first, and one sentence about all of it."""

    findings: tuple[Finding, ...]
    summary: str


def check(ledger: Ledger) -> CheckReport:
    """Look through the whole ledger. Reads everything and changes nothing."""
    connection = ledger.read()
    # A file with holes cannot be asked about its facts.
    holes = [Finding(Level.DAMAGE, f"The file: {words}.") for words in checks.damaged_pages(connection)]
    if holes:
        return CheckReport(tuple(holes), "The file is damaged; its facts were not looked at.")
    findings = list(_broken_rows(connection))
    if not findings:
        findings += _contradictions(connection)
        if not findings:
            findings += _loose_ends(connection)
    payments, claims, documents = checks.counts(connection)
    damaged = sum(finding.level is Level.DAMAGE for finding in findings)
    verdict = "nothing is damaged" if not damaged else f"{count_of(damaged, 'problem')} found"
    counted = ", ".join(
        (count_of(payments, "payment"), count_of(claims, "EOB"), count_of(documents, "document"))
    )
    return CheckReport(tuple(findings), f"Checked {counted}: {verdict}.")


def _broken_rows(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, row_id, target in checks.broken_links(connection):
        yield Finding(Level.DAMAGE, f"Row {row_id} of {table} points at a {target} that is not there.")
    for table, row_id, column, text in checks.unreadable_days(connection):
        yield Finding(
            Level.DAMAGE, f"Row {row_id} of {table} has {text[:30]!r} for {column}, which is no date."
        )


def _contradictions(connection: sqlite3.Connection) -> Iterator[Finding]:
    for day, payee, amount, given in checks.overspent_splits(connection):
        yield Finding(
            Level.DAMAGE,
            f"{_named(day, payee)}: the parts add to {dollars(given)}, the payment is {dollars(amount)}.",
        )
    for day, payee, amount, back in checks.overdrawn_refunds(connection):
        yield Finding(
            Level.DAMAGE,
            f"{_named(day, payee)}: {dollars(-back)} was given back of an expense of {dollars(amount)}.",
        )
    for name in checks.altered_documents(connection):
        yield Finding(Level.DAMAGE, f"The document {name} is not as it was stored.")


def _loose_ends(connection: sqlite3.Connection) -> Iterator[Finding]:
    home = household.household(connection)
    yield from overlapping(home)
    without = checks.claims_without_plan(connection)
    if without:
        service, provider = without[0]
        more = f" and {len(without) - 1} more" if len(without) > 1 else ""
        yield Finding(
            Level.NOTE,
            f"No plan covers the EOB of {provider}, {day_text(service)}{more}: they count nowhere.",
        )
    everything = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1))
    yield from open_sums(claim_query.lines(connection, everything))


def overlapping(home: Household) -> Iterator[Finding]:
    """Plans that cover the same person on the same days; claims then belong to the later one."""
    for first, second in combinations(sorted(home.plans, key=lambda plan: plan.begins_on), 2):
        shared = _shared_days(first, second)
        people = set(first.person_ids) & set(second.person_ids)
        if shared and people:
            yield Finding(Level.NOTE, f"{first.name} and {second.name} both cover {period_text(shared)}.")


def open_sums(lines: Sequence[ClaimLine]) -> Iterator[Finding]:
    """EOBs whose totals do not add up, oldest first."""
    for line in reversed(lines):
        off = gap(line.claim)
        if off is not None:
            yield Finding(
                Level.NOTE, f"EOB of {line.provider}, {day_text(line.claim.service_from)}: {off.words}"
            )


def _shared_days(first: Plan, second: Plan) -> Period | None:
    begin = max(first.period.begin, second.period.begin)
    end = min(first.period.end, second.period.end)
    return Period(begin, end) if begin < end else None


def _named(day: date, payee: str) -> str:
    return f"{payee or 'Payment'}, {day_text(day)}"
