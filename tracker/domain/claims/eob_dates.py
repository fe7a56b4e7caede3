"""The days of an EOB in the only order they can have (rulebook 3.1, 3.3)."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import Claim

_IN_ORDER = (
    ("submitted_on", "was submitted"),
    ("received_on", "was received by the insurer"),
    ("processed_on", "was processed"),
    ("eob_on", "was put into an EOB"),
    ("got_on", "came to you"),
)


def judge_days(claim: Claim, today: date) -> None:
    """Raises UserProblem naming the first field whose day cannot be.

    Each day that is known comes after those before it; none but the appeal's last day lies ahead.
    """
    known = [(name, words, day) for name, words in _IN_ORDER if (day := getattr(claim, name)) is not None]
    for name, words, day in known:
        if day > today:
            raise UserProblem(f"It {words} on a day that lies in the future.", "Check the day.", field=name)
        if day < claim.service_from and name != "submitted_on":
            raise UserProblem(
                f"It {words} before the service of {day_text(claim.service_from)}.",
                "Check the days.",
                field=name,
            )
    for (_, before_words, before), (name, words, day) in combinations(known, 2):
        if day < before:
            raise UserProblem(
                f"It {words} before it {before_words}, on {day_text(before)}.",
                "Check the days.",
                field=name,
            )
    decided = claim.eob_on or claim.processed_on
    if claim.appeal_by and decided and claim.appeal_by < decided:
        raise UserProblem(
            f"An appeal cannot end before the decision of {day_text(decided)}.",
            "Check the day.",
            field="appeal_by",
        )
