"""How long an insurer has had a claim, and when that is too long (rulebook 3.3).

A clean electronic claim is usually decided in 30 to 45 days, a complicated one in 60 or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WATCH_AFTER, AMBER_AFTER, RED_AFTER = 30, 45, 60
"""Days of age up to which a claim is normal, worth watching, and worth a call."""


class Age(StrEnum):
    NORMAL = "normal"
    WATCH = "watch"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Ageing:
    """The age of a claim in days and what to do about it.

    `since` is the day it was submitted, or the day of service where that is not known (`assumed`).
    """

    since: date
    days: int
    level: Age
    assumed: bool
    words: str
    todo: str


def ageing(submitted_on: date | None, service_on: date | None, today: date) -> Ageing | None:
    """The age of an undecided claim; None where neither day is known. A day ahead has age 0."""
    since = submitted_on or service_on
    if since is None:
        return None
    days = max(0, (today - since).days)
    level = (
        Age.RED
        if days > RED_AFTER
        else Age.AMBER
        if days > AMBER_AFTER
        else Age.WATCH
        if days > WATCH_AFTER
        else Age.NORMAL
    )
    assumed = submitted_on is None
    return Ageing(since, days, level, assumed, _words(since, days, assumed, today), _TODO[level])


def _words(since: date, days: int, assumed: bool, today: date) -> str:
    if since > today:
        return (
            "The day of service is still ahead." if assumed else "The day it is submitted is still ahead."
        )
    count = "1 day" if days == 1 else f"{days} days"
    if assumed:
        return f"{count} since the day of service. The day it was submitted is not known."
    return f"{count} since it was submitted."


_TODO = {
    Age.NORMAL: "Nothing to do yet: most claims are decided within 30 to 45 days.",
    Age.WATCH: "Watch for the EOB. It should come by day 45.",
    Age.AMBER: "Call the insurer: is the claim there, is anything missing, when will it be decided?",
    Age.RED: (
        "Escalate: ask for a supervisor and a date in writing. Many states have a prompt-pay law; "
        "an employer's self-funded plan has 30 days and may take 15 more."
    ),
}
