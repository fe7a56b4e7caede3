"""What the program says does not follow the language or the habits of the system."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime

import pytest

from tracker.dates import MONTH_NAMES, clock_text


@pytest.mark.parametrize(
    ("hour", "minute", "text"),
    [(0, 5, "12:05 AM"), (9, 0, "9:00 AM"), (12, 30, "12:30 PM"), (15, 59, "3:59 PM")],
)
def test_the_time_of_day(hour: int, minute: int, text: str) -> None:
    assert clock_text(datetime(2026, 11, 22, hour, minute, tzinfo=UTC)) == text


def test_the_months_are_spelt_as_in_english() -> None:
    with calendar.different_locale("C"):
        assert list(MONTH_NAMES) == list(calendar.month_name)[1:]
