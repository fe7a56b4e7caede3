"""The phrases of the CMS public use files: "$60.00 Copay after deductible", "30.00%", "No Charge".

Each phrase is read whole or not at all: what the few forms here do not say in full comes back as an
`UnclearPhrase` with the reason, never as a guess. What the forms mean is CMS's own: "after
deductible" is deductible first; a copay "before" or "with" deductible comes first, and the deductible
takes from what is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tracker.errors import UserProblem
from tracker.facts import ALL, CopayOrder, CopayScope
from tracker.money import BasisPoints, Cents, dollars, from_decimal


class UnclearPhrase(Exception):
    """A phrase that says nothing these forms know; `why` is a sentence for the member."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Deductible(StrEnum):
    """Where a copay or coinsurance stands to the deductible."""

    NOT_SUBJECT = "not subject"
    AFTER = "after"
    COPAY_FIRST = "copay first"


@dataclass(frozen=True, slots=True)
class Copay:
    amount: Cents
    deductible: Deductible = Deductible.NOT_SUBJECT
    scope: CopayScope = CopayScope.VISIT


@dataclass(frozen=True, slots=True)
class Coinsurance:
    rate: BasisPoints
    deductible: Deductible = Deductible.NOT_SUBJECT


@dataclass(frozen=True, slots=True)
class CostShare:
    """What both columns of a benefit say together, in the words of a cost-sharing rule (1.6)."""

    covered: bool = True
    subject_to_deductible: bool = False
    copay: Cents = 0
    order: CopayOrder = CopayOrder.AFTER
    scope: CopayScope = CopayScope.VISIT
    coinsurance: BasisPoints = 0


NOT_COVERED = CostShare(covered=False)

_AMOUNT = r"\$\s?(?P<amount>\d[\d,]*(?:\.\d+)?)"
_COPAY = re.compile(
    rf"{_AMOUNT}(?:\s(?:copay(?:ment)?))?(?:\s?per (?P<per>day|stay|admission|visit))?"
    r"(?:\s(?P<how>after|before|with) deductible)?",
    re.ASCII,
)
_COINSURANCE = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s?%(?:\scoinsurance)?(?:\s(?P<how>after) deductible)?", re.ASCII
)
_LIMIT = re.compile(_AMOUNT + r"(?: per (?:person|group))?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
_FREE, _FREE_AFTER = "no charge", "no charge after deductible"
_SILENT = ("", "not applicable", "n/a")
_SCOPES = {
    None: CopayScope.VISIT,
    "visit": CopayScope.VISIT,
    "day": CopayScope.DAY,
    "stay": CopayScope.ADMISSION,
    "admission": CopayScope.ADMISSION,
}
_HOW = {
    None: Deductible.NOT_SUBJECT,
    "after": Deductible.AFTER,
    "before": Deductible.COPAY_FIRST,
    "with": Deductible.COPAY_FIRST,
}


def is_silent(text: str) -> bool:
    """Whether a cell says nothing: blank, or "Not Applicable"."""
    return _plain(text) in _SILENT


def read_cost_share(copay_cell: str, coinsurance_cell: str) -> CostShare | None:
    """What the copay and the coinsurance column say together; None where both say nothing.

    Raises UnclearPhrase for words of another form, and for columns that contradict each other.
    """
    copays: list[Copay] = []
    rates: list[Coinsurance] = []
    refused = 0
    for cell, into_copay in ((copay_cell, True), (coinsurance_cell, False)):
        for part in _parts(cell):
            if part == "not covered":
                refused += 1
            elif part in (_FREE, _FREE_AFTER):
                how = Deductible.AFTER if part == _FREE_AFTER else Deductible.NOT_SUBJECT
                if into_copay:
                    copays.append(Copay(0, how))
                else:
                    rates.append(Coinsurance(0, how))
            elif isinstance(found := _read(part, cell), Copay):
                copays.append(found)
            else:
                rates.append(found)
    if refused:
        if copays or rates:
            raise UnclearPhrase("One column says it is not covered, the other names a price.")
        return NOT_COVERED
    if len(copays) > 1 or len(rates) > 1:
        raise UnclearPhrase("It names two copays, or two percentages.")
    return _together(copays[0] if copays else None, rates[0] if rates else None)


def _together(copay: Copay | None, coinsurance: Coinsurance | None) -> CostShare | None:
    """One rule of a copay and a percentage.

    A plain zero (`$0.00`, `0.00%`, "No Charge") beside something else says nothing of its own; filers
    put it where another column has the price.
    """
    if copay is not None and coinsurance is not None:
        if copay == Copay(0):
            copay = None
        elif coinsurance == Coinsurance(0):
            coinsurance = None
    if copay is None and coinsurance is None:
        return None
    if copay is None:
        assert coinsurance is not None
        return CostShare(
            subject_to_deductible=coinsurance.deductible is not Deductible.NOT_SUBJECT,
            coinsurance=coinsurance.rate,
        )
    first = copay.deductible is Deductible.COPAY_FIRST
    subject = copay.deductible is not Deductible.NOT_SUBJECT
    rate: BasisPoints = 0
    if coinsurance is not None:
        rate = coinsurance.rate
        after = coinsurance.deductible is Deductible.AFTER
        if subject and not after:
            raise UnclearPhrase("The copay is subject to the deductible, the percentage is not.")
        # A copay without deductible beside "20% after deductible": the copay comes first (1.6).
        first, subject = first or (after and not subject), subject or after
    return CostShare(
        subject_to_deductible=subject,
        copay=copay.amount,
        order=CopayOrder.BEFORE if first else CopayOrder.AFTER,
        scope=copay.scope,
        coinsurance=rate,
    )


def _parts(cell: str) -> list[str]:
    """The phrases of a cell: usually one, now and then two joined by "and" or a slash."""
    plain = _plain(cell)
    if plain in _SILENT:
        return []
    parts = re.split(r"\s*(?:\band\b|/|;)\s*", plain) if "$" in plain and "%" in plain else [plain]
    return [part for part in parts if part not in _SILENT]


def _read(part: str, cell: str) -> Copay | Coinsurance:
    if found := _COPAY.fullmatch(part):
        return Copay(_cents(found["amount"]), _HOW[found["how"]], _SCOPES[found["per"]])
    if found := _COINSURANCE.fullmatch(part):
        return Coinsurance(_rate(found["rate"]), _HOW[found["how"]])
    raise UnclearPhrase(f"\u201c{_shown(cell)}\u201d is not one of the phrases these files use.")


def read_dollar_limit(cell: str) -> Cents | None:
    """A deductible or maximum: `$4,500`, `$9000 per group`; None for blank or "not applicable"."""
    plain = _plain(cell)
    if plain in _SILENT or plain.endswith("not applicable"):
        return None
    found = _LIMIT.fullmatch(plain)
    if found is None:
        raise UnclearPhrase(f"\u201c{_shown(cell)}\u201d is not an amount in dollars.")
    return _cents(found["amount"])


def read_count(cell: str) -> int | None:
    """A whole number of visits or days, `45.0` as well as `45`; None for blank or part of one."""
    try:
        number = Decimal(_plain(cell) or "x")
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= 100_000 or number != number.to_integral_value():
        return None
    return int(number)


def _plain(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def _shown(cell: str) -> str:
    plain = " ".join(cell.split())
    return plain if len(plain) <= 60 else plain[:59] + "\u2026"


def _cents(digits: str) -> Cents:
    if not _GROUPED.fullmatch(digits):
        raise UnclearPhrase(f"\u201c{_shown(digits)}\u201d is not an amount in dollars.")
    try:
        return from_decimal(Decimal(digits.replace(",", "")))
    except UserProblem as why:
        raise UnclearPhrase(why.what) from None


def _rate(digits: str) -> BasisPoints:
    points = Decimal(digits) * 100
    if points > ALL:
        raise UnclearPhrase(f"{_shown(digits)}% is more than 100%.")
    if points != points.to_integral_value():
        raise UnclearPhrase(f"{_shown(digits)}% is finer than a hundredth of a percent.")
    return int(points)


def spoken(share: CostShare) -> str:
    """What was understood, in the words of a Summary of Benefits and Coverage."""
    if not share.covered:
        return "Not covered"
    parts = []
    if share.copay:
        per = {CopayScope.DAY: " per day", CopayScope.ADMISSION: " per stay", CopayScope.FILL: " per fill"}
        parts.append(f"{dollars(share.copay, whole=True)} copay{per.get(share.scope, '')}")
    if share.coinsurance:
        parts.append(f"{Decimal(share.coinsurance) / 100:g}% coinsurance")
    if not share.subject_to_deductible:
        return " and ".join(parts) or "No charge"
    if share.order is CopayOrder.BEFORE and share.copay:
        rest = f", then {parts[1]}" if len(parts) > 1 else ""
        return f"{parts[0]}, then the deductible{rest}"
    return f"{' and '.join(parts) or 'No charge'} after deductible"
