"""Days of cases as a calendar file: what any calendar program reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker.exports.ics import calendar
from tracker.facts import Case, CaseKind, Deadline

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
DAY = Deadline(
    label="Internal appeal",
    do_by=date(2027, 5, 21),
    last_day=date(2027, 6, 1),
    why="You received the denial; 180 days, later.",
)
CASE = Case(
    id=1, kind=CaseKind.APPEAL, title="ER, St. Luke's", opened_on=date(2026, 11, 22), deadlines=(DAY,)
)


def lines(*cases: Case) -> list[str]:
    """The lines of the file, put together again where they were folded."""
    return calendar(cases, made_at=NOW).decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_day_is_an_event_of_the_whole_day_with_reminders() -> None:
    found = lines(CASE)
    assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "DTSTART;VALUE=DATE:20270521" in found
    assert "DTEND;VALUE=DATE:20270522" in found
    assert "DTSTAMP:20261122T153000Z" in found
    assert "SUMMARY:Internal appeal: ER\\, St. Luke's" in found
    assert (
        "DESCRIPTION:Legal last day Jun 1\\, 2027. You received the denial\\; 180 days\\, later." in found
    )
    assert [line for line in found if line.startswith("TRIGGER")] == [
        "TRIGGER:-P14D",
        "TRIGGER:-P7D",
        "TRIGGER:-P2D",
    ]
    assert found[-2:] == ["END:VCALENDAR", ""]


def test_what_is_done_is_left_out_and_a_moved_day_keeps_its_identity() -> None:
    done = replace(CASE, deadlines=(replace(DAY, done_on=date(2026, 12, 1)),))
    assert "BEGIN:VEVENT" not in lines(done)
    moved = replace(CASE, deadlines=(replace(DAY, do_by=date(2027, 4, 1)),))
    (before,) = (line for line in lines(CASE) if line.startswith("UID:"))
    assert before in lines(moved)


@given(title=st.text(max_size=200), why=st.text(max_size=400))
def test_no_line_is_too_long_and_nothing_breaks_out(title: str, why: str) -> None:
    title, why = (text.encode("utf-8", "ignore").decode() for text in (title, why))
    content = calendar([replace(CASE, title=title, deadlines=(replace(DAY, why=why),))], made_at=NOW)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    text = content.decode("utf-8")
    assert text.count("BEGIN:VEVENT") >= 1
    assert "\n" not in text.replace("\r\n", "")
