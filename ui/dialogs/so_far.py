"""What a field says while somebody is still typing in it: unreadable is the same as not there yet."""

from __future__ import annotations

from datetime import date

from tracker.dates import parse_day
from tracker.errors import UserProblem
from tracker.money import Cents, parse_cents
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit


def cents_so_far(edit: MoneyEdit) -> Cents | None:
    """The amount, or None; nobody complains."""
    try:
        return parse_cents(edit.text()) if edit.text().strip() else None
    except UserProblem:
        return None


def day_so_far(edit: DayEdit, today: date) -> date | None:
    """The day, or None; nobody complains."""
    try:
        return parse_day(edit.text(), today=today) if edit.text().strip() else None
    except UserProblem:
        return None
