"""Dates ahead as a calendar file: what any calendar program reads, and takes again without duplicates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.date_kinds import KINDS
from tracker.domain.dates_ahead import DateAhead
from tracker.exports.ics import calendar, title_of, uid

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
DAY = DateAhead(
    key="case:1:Internal appeal",
    on=date(2027, 5, 21),
    what="Internal appeal: ER, St. Luke's",
    detail="The legal last day is Jun 1, 2027. 180 days; later.",
    amount=1_234_50,
    kind="deadline",
)


def lines(*entries: DateAhead, private: bool = False, ledger: str = "") -> list[str]:
    """The lines of the file, put together again where they were folded."""
    content = calendar(entries, made_at=NOW, ledger=ledger, private=private)
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).events


def test_what_rfc_5545_asks_of_a_file_is_there() -> None:
    found = lines(DAY)
    assert found[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concierge Ledger//Dates ahead//EN"]
    assert found[-2:] == ["END:VCALENDAR", ""]
    assert not [line for line in found if line.startswith("METHOD")]  # PUBLISH would ask for an ORGANIZER
    for once in ("UID:", "DTSTAMP:20261122T153000Z", "LAST-MODIFIED:20261122T153000Z", "SEQUENCE:"):
        assert len([line for line in found if line.startswith(once)]) == 1, once


def test_an_event_is_a_whole_day_and_leaves_it_free() -> None:
    found = lines(DAY)
    assert "DTSTART;VALUE=DATE:20270521" in found
    assert "DTEND;VALUE=DATE:20270522" in found
    assert "TRANSP:TRANSPARENT" in found
    assert "CLASS:PRIVATE" in found
    assert "SUMMARY:Internal appeal: ER\\, St. Luke's\\, $1\\,234.50" in found
    assert "DESCRIPTION:The legal last day is Jun 1\\, 2027. 180 days\\; later." in found


def test_it_reminds_at_nine_in_the_morning_by_the_kind_of_date() -> None:
    triggers = [line for line in lines(DAY) if line.startswith("TRIGGER")]
    assert triggers == [
        "TRIGGER:-P59DT15H",
        "TRIGGER:-P29DT15H",
        "TRIGGER:-P13DT15H",
        "TRIGGER:-P6DT15H",
        "TRIGGER:-P1DT15H",
    ]
    bill = [line for line in lines(replace(DAY, kind="bill")) if line.startswith("TRIGGER")]
    assert bill == ["TRIGGER:-P6DT15H", "TRIGGER:-PT15H"]
    assert not [line for line in lines(replace(DAY, kind="answer")) if line.startswith("TRIGGER")]


def test_taken_again_it_replaces_what_was_there() -> None:
    moved = replace(DAY, on=date(2027, 4, 1), what="Appeal the ER", amount=None)
    (before,) = events(calendar([DAY], made_at=NOW, ledger="a"))
    (after,) = events(calendar([moved], made_at=NOW + timedelta(days=3), ledger="a"))
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt
    assert after["sequence"] < 2**31


def test_two_ledgers_do_not_replace_each_other() -> None:
    assert uid(DAY.key, "a") != uid(DAY.key, "b")
    (one,) = events(calendar([DAY], made_at=NOW, ledger="a"))
    (two,) = events(calendar([DAY], made_at=NOW, ledger="b"))
    assert one["uid"] != two["uid"]


def test_private_says_only_what_sort_of_date_it_is() -> None:
    content = calendar([DAY], made_at=NOW, private=True).decode("utf-8")
    (event,) = events(content.encode())
    assert event["summary"] == "Deadline"
    for told in ("Luke", "1,234", "1\\,234", "legal", "Cases"):
        assert told not in content
    assert event["uid"] == events(calendar([DAY], made_at=NOW))[0]["uid"]


def test_an_amount_the_words_say_already_is_not_said_twice() -> None:
    assert title_of(replace(DAY, what="Denied: $1,234.50")) == "Denied: $1,234.50"
    assert title_of(replace(DAY, amount=0)) == "Internal appeal: ER, St. Luke's"
    assert title_of(replace(DAY, what=" \n", amount=None)) == "Deadline"


@pytest.mark.parametrize(
    "on", [date(2027, 3, 14), date(2026, 11, 1), date(2028, 2, 29), date(2026, 12, 31)]
)
def test_days_are_days_whatever_the_clocks_do(on: date) -> None:
    """No time and no zone: clocks that change in spring and autumn move nothing."""
    (event,) = events(calendar([replace(DAY, on=on)], made_at=NOW))
    assert event["dtstart"].dt == on
    assert event["dtend"].dt == on + timedelta(days=1)
    assert not isinstance(event["dtstart"].dt, datetime)


_TEXT = st.text(max_size=300)
_ENTRIES = st.lists(
    st.builds(
        DateAhead,
        key=_TEXT,
        on=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        what=_TEXT,
        detail=_TEXT,
        amount=st.none() | st.integers(-(10**12), 10**12),
        kind=st.sampled_from([*KINDS, "something else"]),
    ),
    max_size=6,
    unique_by=lambda entry: entry.key,
)


@given(entries=_ENTRIES)
def test_any_text_comes_back_as_one_event_each(entries: list[DateAhead]) -> None:
    content = calendar(entries, made_at=NOW, ledger="mark")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
        assert not any(byte < 32 for byte in line)
    assert content.count(b"BEGIN:VEVENT") == len(entries)
    read = events(content)
    assert [event["dtstart"].dt for event in read] == [entry.on for entry in entries]
    assert [str(event["summary"]) for event in read] == [title_of(entry) for entry in entries]
    ids = [str(event["uid"]) for event in read]
    assert len(set(ids)) == len(entries)
    again = events(calendar(reversed(entries), made_at=NOW + timedelta(hours=1), ledger="mark"))
    assert sorted(ids) == sorted(str(event["uid"]) for event in again)
