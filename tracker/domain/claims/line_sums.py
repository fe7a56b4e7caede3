"""The lines of an EOB while they are typed: their sums against the totals, and what is odd in a line.

Nothing is corrected here: an EOB says what it says (rulebook 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_NEVER_EMPTY = ("billed", "allowed", "plan_paid")


def sums(lines: Sequence[EobLine]) -> dict[str, Cents]:
    """Each amount over all lines; one that no line states is left out.

    Where only some lines state what you owe, the others owe their parts.
    """
    found: dict[str, Cents] = {}
    for name in AMOUNTS:
        stated = [amount for line in lines if (amount := getattr(line, name)) is not None]
        if stated:
            found[name] = sum(stated)
    if "you_owe" in found:
        found["you_owe"] = sum(_owed(line) for line in lines)
    return found


def off_by(totals: Mapping[str, Cents | None], lines: Sequence[EobLine]) -> dict[str, Cents]:
    """By how much each total differs from its lines (positive: the total is more), where it does.

    A cent a line is rounding, no difference. An empty share in a line is none; what was billed,
    allowed or paid is only compared where every line states it.
    """
    found = {}
    for name, added in sums(lines).items():
        total = totals.get(name)
        if total is None or (name in _NEVER_EMPTY and any(getattr(line, name) is None for line in lines)):
            continue
        if abs(total - added) > TOLERANCE * max(1, len(lines)):
            found[name] = total - added
    return found


def _owed(line: EobLine) -> Cents:
    if line.you_owe is not None:
        return line.you_owe
    return sum(part or 0 for part in (line.deductible, line.copay, line.coinsurance, line.not_covered))


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
