"""The lines of an EOB while they are typed: their sums against the totals, and what is odd in a line.

Nothing is corrected here: an EOB says what it says (rulebook 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracker.domain.coverage.eob import TOLERANCE, Gap, gap
from tracker.facts import Claim, EobLine, Network
from tracker.money import Cents

_ANY_DAY = date(2000, 1, 1)
AMOUNTS = (
    "billed",
    "allowed",
    "deductible",
    "copay",
    "coinsurance",
    "not_covered",
    "plan_paid",
    "you_owe",
)
"""What a line and the totals both state, in the order of a printed EOB."""


def sums(lines: Iterable[EobLine]) -> dict[str, Cents]:
    """Each amount over all lines; one that no line states is left out."""
    found: dict[str, Cents] = {}
    for line in lines:
        for name in AMOUNTS:
            if (amount := getattr(line, name)) is not None:
                found[name] = found.get(name, 0) + amount
    return found


def off_by(totals: Mapping[str, Cents | None], lines: Sequence[EobLine]) -> dict[str, Cents]:
    """By how much each total differs from its lines (positive: the total is more), where it does.

    A cent a line is rounding, no difference.
    """
    found = {}
    for name, added in sums(lines).items():
        total = totals.get(name)
        if total is not None and abs(total - added) > TOLERANCE * max(1, len(lines)):
            found[name] = total - added
    return found


def line_gap(line: EobLine, network: Network, *, protected: bool) -> Gap | None:
    """The first sum within a line that does not close, None where they do or a figure is missing.

    A reversal is judged as what it takes back.
    """
    sign = -1 if is_reversal(line) else 1
    amounts = {name: amount for name in AMOUNTS if (amount := getattr(line, name)) is not None}
    return gap(
        Claim(
            person_id=0,
            provider_id=0,
            service_from=_ANY_DAY,
            network=network,
            protected=protected,
            **{name: sign * amount for name, amount in amounts.items()},
        )
    )


def is_reversal(line: EobLine) -> bool:
    """Whether a line takes something back: it states negative amounts and no positive ones."""
    stated = [amount for name in AMOUNTS if (amount := getattr(line, name))]
    return bool(stated) and all(amount < 0 for amount in stated)


def has_negative(line: EobLine) -> bool:
    """Whether any amount of a line is below zero."""
    return any((getattr(line, name) or 0) < 0 for name in AMOUNTS)
