"""The days of cases as a calendar file (iCalendar, RFC 5545) for any calendar program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from tracker.dates import day_text
from tracker.domain.claims.clocks import REMINDER_DAYS
from tracker.facts import Case

_FOLD = 74
"""Octets of a line before it goes on in the next one."""


def calendar(cases: Iterable[Case], *, made_at: datetime) -> bytes:
    """Every open day of these cases as an event of the whole day, with its reminders.

    A day keeps its identity while it is moved, so that importing again replaces it.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concierge Ledger//Cases//EN"]
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for case in cases:
        for deadline in case.deadlines:
            if deadline.done_on is None:
                about = case.title or case.kind.value.replace("_", " ")
                last = deadline.last_day
                words = f"Legal last day {day_text(last)}. " if last and last != deadline.do_by else ""
                lines += _event(
                    f"{case.id}:{deadline.label}",
                    deadline.do_by,
                    f"{deadline.label}: {about}",
                    f"{words}{deadline.why}".strip(),
                    stamp,
                )
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(key: str, day: date, title: str, words: str, stamp: str) -> list[str]:
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{name}@concierge-ledger",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
    ]
    lines += [f"DESCRIPTION:{_escaped(words)}"] if words else []
    for before in (days for days in REMINDER_DAYS if days <= 14):
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(title)}",
            f"TRIGGER:-P{before}D",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never within a letter."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode("utf-8")) > _FOLD:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
