"""From SQLite's text and integers to dates and facts."""

from __future__ import annotations

from datetime import date


def day(text: str) -> date:
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
