"""Writing dates ahead as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tracker.domain.dates_ahead import DateAhead
from tracker.errors import UserProblem
from tracker.services.bundle import Services
from tracker.services.workbook import ledger_mark
from tracker.whole_file import write_whole


def write_calendar(
    services: Services, path: Path, entries: Sequence[DateAhead], *, private: bool = False
) -> int:
    """Write entries as an iCalendar file; gives how many. `private` leaves out names and amounts.

    Raises UserProblem where there is nothing to write, WorldProblem where the file cannot be written.
    """
    from tracker.exports.ics import calendar

    if not entries:
        raise UserProblem("There are no dates to write.", "Choose a later last day, or other dates.")
    made = calendar(entries, made_at=datetime.now(UTC), ledger=ledger_mark(services), private=private)
    write_whole(path, made)
    return len(entries)
