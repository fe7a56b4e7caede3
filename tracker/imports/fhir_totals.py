"""The amounts of a whole claim: what the file states, and failing that what every line has.

A figure is looked for among the totals, then among the adjudications of the whole claim (where
institutional claims keep them), then, for what the plan paid, in the payment, then among Medicare's
own figures. Only where none of these states it and every line has it are the lines added, and the
remarks say so. Stated figures are never changed; lines that do not add to them are remarked on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tracker.imports.fhir_amounts import Figures, cents, figures_of, is_medicares, money, plan_paid, within
from tracker.imports.fhir_fields import Json, Remarks, obj, objs, shown
from tracker.imports.fhir_lines import Line
from tracker.money import Cents, dollars
from tracker.wording import joined

_TOLERANCE = Decimal("0.01")


def _one(*names: str) -> Callable[[Figures], Decimal | None]:
    def look(figures: Figures) -> Decimal | None:
        return next((figures[name] for name in names if name in figures), None)

    return look


@dataclass(frozen=True, slots=True)
class _Amount:
    """One amount of an EOB: its name there, its words, and where to find it."""

    name: str
    words: str
    look: Callable[[Figures], Decimal | None]


_AMOUNTS = (
    _Amount("billed", "billed", _one("submitted")),
    _Amount("allowed", "allowed", _one("eligible", "drugcost")),
    _Amount("deductible", "deductible", _one("deductible")),
    _Amount("copay", "copay", _one("copay")),
    _Amount("coinsurance", "coinsurance", _one("coinsurance")),
    _Amount("not_covered", "not covered", _one("noncovered")),
    _Amount("plan_paid", "plan paid", plan_paid),
    _Amount("other_paid", "other insurance paid", _one("priorpayerpaid")),
    _Amount("you_owe", "you owe", _one("memberliability")),
    _Amount("paid_by_you", "paid by you", _one("paidbypatient")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The amounts of a claim in cents, None where not told."""

    billed: Cents | None
    allowed: Cents | None
    deductible: Cents | None
    copay: Cents | None
    coinsurance: Cents | None
    not_covered: Cents | None
    plan_paid: Cents | None
    other_paid: Cents | None
    you_owe: Cents | None
    paid_by_you: Cents | None


def totals_of(eob: Json, lines: tuple[Line, ...], remarks: Remarks) -> Amounts:
    """The amounts of a claim. Raises NotTaken for other currencies and what is no number."""
    totals = figures_of(objs(eob.get("total")), remarks)
    header = figures_of(objs(eob.get("adjudication")), remarks)
    medicares = _medicares(eob, remarks)
    payment = money(obj(eob.get("payment")).get("amount"))
    parts = [line.figures for line in lines if not line.is_sum] or [line.figures for line in lines]
    found: dict[str, Cents | None] = {}
    added: list[str] = []
    for amount in _AMOUNTS:
        stated = amount.look(totals)
        if stated is None:
            stated = amount.look(header)
        if stated is None and amount.name == "plan_paid":
            stated = payment
        if stated is None:
            stated = amount.look(medicares)
        on_lines = [value for figures in parts if (value := amount.look(figures)) is not None]
        if stated is not None:
            _compare(amount, stated, on_lines, len(parts), remarks)
        elif on_lines and len(on_lines) == len(parts):
            stated = within(sum(on_lines, Decimal(0)))
            added.append(amount.words)
        found[amount.name] = cents(stated, remarks)
    if added:
        remarks.add(f"No total is stated for {joined(added)}: the lines were added.")
    _remark_on(eob, totals, found["billed"], remarks)
    return Amounts(**found)


def _medicares(eob: Json, remarks: Remarks) -> Figures:
    """Figures of the claim that Medicare keeps among the benefit balances."""
    kept = [
        part
        for balance in objs(eob.get("benefitBalance"))
        for part in objs(balance.get("financial"))
        if is_medicares(part.get("type"))
    ]
    return figures_of(kept, remarks, amount="usedMoney", kind="type")


def _compare(
    amount: _Amount, stated: Decimal, on_lines: list[Decimal], lines: int, remarks: Remarks
) -> None:
    if not on_lines:
        return
    together = sum(on_lines, Decimal(0))
    if len(on_lines) == lines:
        differs = abs(together - stated) > _TOLERANCE
    else:  # lines without the figure could only add to it
        differs = min(on_lines) >= 0 and together - stated > _TOLERANCE
    if differs:
        remarks.add(
            f"The lines do not add to the total {amount.words}: "
            f"they make {_dollars(together)}, the total says {_dollars(stated)}."
        )


def _remark_on(eob: Json, totals: Figures, billed: Cents | None, remarks: Remarks) -> None:
    if discount := totals.get("discount"):
        remarks.add(f"The file states a discount of {_dollars(discount)}.")
    if to_you := totals.get("paidtopatient"):
        remarks.add(f"The plan paid {_dollars(to_you)} of it to you.")
    payment = obj(eob.get("payment"))
    if adjusted := money(payment.get("adjustment")):
        why = shown(payment.get("adjustmentReason"))
        remarks.add(f"The payment was adjusted by {_dollars(adjusted)}{f' ({why})' if why else ''}.")
    if (billed or 0) < 0:
        remarks.add("Its amounts are negative: it takes back an earlier claim.")


def _dollars(amount: Decimal) -> str:
    return dollars(cents(amount, Remarks()) or 0)
