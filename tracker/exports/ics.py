"""Dates ahead as a calendar file (iCalendar, RFC 5545) for any calendar program.

An event's UID follows from the ledger and the key of its matter, so that a calendar which takes the file
again replaces what it took before: SEQUENCE and LAST-MODIFIED say that the new one is later. A matter
that is done since is left out. A cancellation for it would take a record of what was exported where,
which the ledger does not keep; delete such an event in the calendar.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.domain.date_kinds import kind_of
from tracker.domain.dates_ahead import DateAhead
from tracker.money import dollars

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_REMIND_AT = timedelta(hours=9)
"""Reminders come in the morning: a day of the calendar begins at midnight."""

_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts the seconds since then: later exports have higher numbers, and it fits 32 bits."""


def calendar(
    entries: Iterable[DateAhead], *, made_at: datetime, ledger: str = "", private: bool = False
) -> bytes:
    """The entries as events of the whole day, with reminders by their kind.

    `ledger` is the mark that tells ledgers apart (see `services.workbook.ledger_mark`). `private` leaves
    only what sort of date it is: no names, no amounts. Events are private to the calendar's owner and
    leave the day free either way.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Concierge Ledger//Dates ahead//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", "Concierge Ledger")
    for entry in entries:
        made.add_component(_event(entry, made_at.astimezone(UTC), ledger, private))
    content: bytes = made.to_ical()
    return content


def uid(key: str, ledger: str = "") -> str:
    """The identity of a matter in calendars; it says nothing about what the matter is."""
    name = hashlib.sha256(f"{ledger}\0{key}".encode("utf-8", "backslashreplace")).hexdigest()
    return f"{name[:32]}@concierge-ledger"


def title_of(entry: DateAhead, *, private: bool = False) -> str:
    """The headline of an event, with its amount where it does not say it already."""
    if private:
        return kind_of(entry.kind).name
    what = _clean(entry.what) or kind_of(entry.kind).name
    amount = dollars(entry.amount) if entry.amount else ""
    return f"{what}, {amount}" if amount and amount not in what else what


def _event(entry: DateAhead, made_at: datetime, ledger: str, private: bool) -> Event:
    from icalendar import Event

    kind, title = kind_of(entry.kind), title_of(entry, private=private)
    event = Event()
    event.add("uid", uid(entry.key, ledger))
    event.add("dtstamp", made_at)
    event.add("last-modified", made_at)
    event.add("sequence", max(0, int((made_at - _COUNTED_FROM).total_seconds())))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", title)
    if not private:
        if detail := _clean(entry.detail):
            event.add("description", detail)
        event.add("categories", [kind.group.value])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in kind.remind:
        event.add_component(_alarm(days, title))
    return event


def _alarm(days: int, title: str) -> Alarm:
    """A reminder at nine in the morning, so many days before."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _REMIND_AT - timedelta(days=days))
    return alarm


def _clean(text: str) -> str:
    """One line, without what RFC 5545 does not allow in a text or UTF-8 cannot say."""
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text
        if unicodedata.category(letter) != "Cs"
    )
    return " ".join(kept.split())
