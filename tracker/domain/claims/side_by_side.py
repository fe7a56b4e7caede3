"""One claim three ways: as the plan's terms expect it, as its EOB states it, as the bill asks it.

Also what changed from one version of an EOB to the next (rulebook 3.1, 3.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.claims.expected import Expected
from tracker.domain.claims.row_check import difference
from tracker.domain.claims.verdict import TOLERANCE, Verdict, eob_owes
from tracker.domain.coverage.eob import discount
from tracker.domain.coverage.results import ClaimResult, LineResult
from tracker.facts import Bill, Claim, EobLine, percent
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True)
class Line:
    """One amount three ways, None where a side says nothing of it.

    `eob_differs` is against what is expected, `bill_differs` against the EOB. `total` marks what is
    owed in the end.
    """

    label: str
    expected: Cents | None = None
    eob: Cents | None = None
    bill: Cents | None = None
    eob_differs: bool = False
    bill_differs: bool = False
    total: bool = False

    @property
    def is_empty(self) -> bool:
        return self.expected is None and self.eob is None and self.bill is None


@dataclass(frozen=True, slots=True)
class ClaimLineView:
    """One line of an EOB with what the plan's terms make of it, where the lines were worked one by one."""

    place: int
    line: EobLine
    expected: Cents | None
    differs: bool


def side_by_side(
    claim: Claim | None,
    expected: Expected | None,
    bill: Bill | None,
    verdict: Verdict | None,
    *,
    alone: bool = True,
) -> tuple[Line, ...]:
    """The lines of the comparison, those without any amount left out.

    `alone` is False for a bill that is about other EOBs too: then its charges cannot be compared.
    """
    result = expected.result if expected else None
    sums = result.totals if result else None
    newest = bill.newest if bill else None
    owed = None
    if claim is not None:
        owed = claim.you_owe if claim.you_owe is not None else eob_owes(claim)
    apart = difference(claim, expected, owed) if claim is not None else None
    lines = [
        Line(
            "Billed",
            sums.billed if sums else None,
            claim.billed if claim else None,
            newest.charges if newest else None,
        ),
        Line("Allowed", None, claim.allowed if claim else None),
        Line(
            "Discount",
            None,
            discount(claim) if claim else None,
            newest.discount if newest else None,
        ),
        Line("Deductible", sums.deductible if sums else None, claim.deductible if claim else None),
        Line("Copay", sums.copay if sums else None, claim.copay if claim else None),
        Line(
            coinsurance_label(result),
            sums.coinsurance if sums else None,
            claim.coinsurance if claim else None,
        ),
        Line("Not covered", sums.not_covered if sums else None, claim.not_covered if claim else None),
        Line("Penalty", sums.penalty if sums else None, claim.penalty if claim else None),
        Line("Other insurer paid", None, claim.other_paid if claim else None),
        Line(
            "Plan paid",
            sums.plan_paid if sums else None,
            claim.plan_paid if claim else None,
            newest.plan_paid if newest else None,
        ),
        Line("Provider may add", None, claim.may_bill if claim else None),
    ]
    found = [_judged(line, compare_bill=alone) for line in lines if not _says_nothing(line)]
    found.append(
        Line(
            "You owe" if claim is not None else "The bill asks",
            sums.owes if sums else None,
            owed,
            bill.asks if bill else None,
            eob_differs=bool(apart),
            bill_differs=verdict is not None and verdict.over > 0,
            total=True,
        )
    )
    if verdict is not None and verdict.paid:
        found.append(Line("Paid so far", None, None, verdict.paid))
    return tuple(line for line in found if not line.is_empty)


def coinsurance_label(result: ClaimResult | None) -> str:
    """`Coinsurance 20%` where one rate holds for all lines that have one."""
    rates = {
        line.rule.coinsurance
        for line in (result.lines if result else ())
        if line.rule and line.rule.coinsurance
    }
    return f"Coinsurance {percent(rates.pop())}" if len(rates) == 1 else "Coinsurance"


def claim_lines(claim: Claim, expected: Expected | None) -> tuple[ClaimLineView, ...]:
    """The lines of an EOB in its own order."""
    worked: Sequence[LineResult] = ()
    if expected and expected.result and expected.by_line:
        worked = expected.result.lines
    found = []
    for place, line in enumerate(claim.lines):
        owes = worked[place].owes if place < len(worked) else None
        stated = line.you_owe
        if stated is None:
            parts = (line.deductible, line.copay, line.coinsurance, line.not_covered)
            stated = sum(part or 0 for part in parts) if any(part is not None for part in parts) else None
        differs = owes is not None and stated is not None and abs(owes - stated) > TOLERANCE
        found.append(ClaimLineView(place, line, owes, differs))
    return tuple(found)


_AMOUNTS = (
    ("billed", "Billed"),
    ("allowed", "Allowed"),
    ("deductible", "Deductible"),
    ("copay", "Copay"),
    ("coinsurance", "Coinsurance"),
    ("not_covered", "Not covered"),
    ("plan_paid", "Plan paid"),
    ("you_owe", "You owe"),
)


def what_changed(before: Claim, after: Claim) -> tuple[str, ...]:
    """How a corrected EOB differs from the one it replaces, an amount a sentence."""
    found = []
    for name, label in _AMOUNTS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            found.append(f"{label} {_or_nothing(was)}, now {_or_nothing(now)}.")
    if before.stage is not after.stage:
        found.append(f"It was {before.stage.value.replace('_', ' ')}, now {after.stage.value}.")
    if before.network is not after.network:
        found.append(f"Now {'in' if after.network == 'in' else 'out of'} network.")
    return tuple(found)


def version_day(claim: Claim) -> date | None:
    """The day printed on an EOB, as well as it is known."""
    return claim.eob_on or claim.processed_on or claim.got_on


def _or_nothing(amount: Cents | None) -> str:
    return "not stated" if amount is None else dollars(amount)


def _says_nothing(line: Line) -> bool:
    """A part that nobody has: no copay, nothing not covered."""
    return not (line.expected or line.eob or line.bill) and line.label not in (
        "Billed",
        "Allowed",
        "Plan paid",
    )


def _judged(line: Line, *, compare_bill: bool) -> Line:
    off = line.expected is not None and line.eob is not None and abs(line.expected - line.eob) > TOLERANCE
    billed = compare_bill and line.bill is not None and line.eob is not None
    return Line(
        line.label,
        line.expected,
        line.eob,
        line.bill,
        eob_differs=off,
        bill_differs=billed and abs((line.bill or 0) - (line.eob or 0)) > TOLERANCE,
    )
