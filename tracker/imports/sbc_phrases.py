"""The phrases a Summary of Benefits and Coverage prints: "$30 copay/visit", "20% coinsurance".

A phrase is read whole or not at all: whatever is left over comes back as an `UnclearPhrase` that names
it, never as a guess. What the words mean is rulebook 1.6's plain reading: a percentage is taken after
the deductible unless the phrase says otherwise, a copay stands instead of the deductible (or, where
the reader is told so, after it), and a copay beside "20% after deductible" comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, auto

from tracker.errors import UserProblem
from tracker.facts import ALL, CopayOrder, CopayScope
from tracker.imports.cms_phrases import UnclearPhrase
from tracker.imports.sbc_pieces import SCANNERS, SCOPE_OF, Piece
from tracker.imports.sbc_share import Share
from tracker.money import BasisPoints, Cents, from_decimal

LONGEST = 300
"""More than any cell of the form prints."""

_MAIL = re.compile(r"\b(?:mail[- ]?order|home delivery|mail)\b", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?", re.ASCII)
_TYPOGRAPHY = str.maketrans({"\u2019": "'", "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u00a0": " "})


class _Mark(Enum):
    """Where a price stands to the deductible."""

    SKIPS = auto()
    AFTER = auto()
    FIRST = auto()


@dataclass(slots=True)
class _Price:
    """A copay, a percentage, or nothing at all, as it stands in the phrase."""

    kind: Piece
    amount: int = 0
    scope: CopayScope | None = None
    mark: _Mark | None = None
    led: bool = False
    """Whether the mark came from words at the beginning, for everything that follows."""


@dataclass(slots=True)
class _Read:
    """What was seen so far."""

    prices: list[_Price] = field(default_factory=list)
    lead: _Mark | None = None
    days: int | None = None
    least: Cents | None = None
    most: Cents | None = None
    refused: bool = False
    counts: bool = True
    credits: bool = False
    admitted: bool = False
    swap: bool = False

    def add(self, price: _Price) -> None:
        price.mark, price.led = self.lead, self.lead is not None
        self.prices.append(price)

    def mark_all(self, mark: _Mark) -> None:
        if not self.prices:
            self.lead = mark
        for price in self.prices:
            price.mark = price.mark or mark


def read_share(text: str, *, drug: bool = False, copays_skip: bool = True) -> Share | None:
    """What a cell says; None where it is blank.

    `copays_skip` says that a copay stands instead of the deductible unless the cell says otherwise.
    A copay without a unit is per fill for a `drug`, else per visit. Raises UnclearPhrase.
    """
    plain = " ".join(text.translate(_TYPOGRAPHY).split())
    if not plain:
        return None
    if len(plain) > LONGEST:
        raise UnclearPhrase(f"This is longer than {LONGEST} letters. Type only what you pay.")
    kept, aside = _without_mail_order(plain)
    read = _Read()
    lower, at = kept.casefold(), 0
    while at < len(lower):
        at = _take(lower, at, read)
    return replace(_meaning(read, drug=drug, copays_skip=copays_skip).plain(), aside=aside)


def _without_mail_order(text: str) -> tuple[str, str]:
    """The price at the counter, and the one by mail, which the program only notes."""
    if not _MAIL.search(text.casefold()):
        return text, ""
    parts = [part.strip(" /,;") for part in re.split(r"\s*[;/]\s+|\s+/\s*|,\s+|\s+and\s+|\n", text)]
    mail = [part for part in parts if _MAIL.search(part.casefold())]
    kept = [part for part in parts if part and part not in mail]
    if not kept:
        raise UnclearPhrase("It names only the price by mail. Type what you pay at the counter.")
    return "; ".join(kept), "; ".join(mail)


def _take(text: str, at: int, read: _Read) -> int:
    """Read the piece at a place; gives the place behind it."""
    for kind, scanner in SCANNERS:
        found = scanner.match(text, at)
        if found is None or found.end() == at:
            continue
        # Words end where words end: "nothingness" is not "nothing".
        if found.end() < len(text) and text[found.end() - 1].isalpha() and text[found.end()].isalpha():
            continue
        _note(kind, found.groupdict(), read)
        return found.end()
    rest = text[at:]
    shown = rest if len(rest) <= 40 else rest[:39] + "\u2026"
    raise UnclearPhrase(f"\u201c{shown}\u201d is not understood.")


def _note(kind: Piece, said: dict[str, str | None], read: _Read) -> None:
    """Remember what a piece says."""
    if kind is Piece.COPAY:
        per = said.get("per")
        read.add(_Price(kind, _cents(said["copay"] or ""), SCOPE_OF[per] if per else None))
    elif kind is Piece.RATE:
        read.add(_Price(kind, _rate(said["rate"] or "")))
    elif kind is Piece.FREE:
        read.add(_Price(kind))
    elif kind is Piece.DAYS:
        read.days = int(said["last"] or said["days"] or 1)
    elif kind is Piece.LEAST:
        read.least = _once(read.least, said["least"] or said["least_too"] or "", "two least amounts")
    elif kind is Piece.MOST:
        read.most = _once(read.most, said["most"] or said["most_too"] or "", "two most amounts")
    elif kind is Piece.REFUSED:
        read.refused = True
    elif kind is Piece.UNCOUNTED:
        read.counts = False
    elif kind is Piece.CREDITS:
        read.credits = True
    elif kind is Piece.ADMITTED:
        read.admitted = True
    elif kind is Piece.SWAP:
        read.swap = True
    elif kind is not Piece.GLUE:
        _place_deductible(kind, read)


def _place_deductible(kind: Piece, read: _Read) -> None:
    last = read.prices[-1] if read.prices else None
    if kind is Piece.WITHOUT:
        read.mark_all(_Mark.SKIPS)
    elif kind is Piece.APPLIES:
        read.mark_all(_Mark.AFTER)
    elif kind is Piece.AFTER and last is not None:
        if last.mark not in (None, _Mark.AFTER):
            raise UnclearPhrase("It says two things about the deductible.")
        last.mark = _Mark.AFTER
    elif last is None:
        if kind is Piece.BEFORE:
            raise UnclearPhrase("It does not say what you pay before the deductible.")
        read.lead = _Mark.AFTER
    elif kind is Piece.DEDUCTIBLE or last.kind is not Piece.COPAY or last.mark is not None:
        raise UnclearPhrase(
            "It is not clear which comes first. Write \u201c$50 copay after deductible\u201d or "
            "\u201c$50 copay, then the deductible\u201d."
        )
    else:
        last.mark = _Mark.FIRST
        if kind is Piece.THEN:
            read.lead = _Mark.AFTER


def _meaning(read: _Read, *, drug: bool, copays_skip: bool) -> Share:
    """The rule in what was seen; raises UnclearPhrase where pieces contradict each other."""
    if read.refused:
        if read.prices or read.lead:
            raise UnclearPhrase("It says it is not covered and names a price.")
        return Share(covered=False)
    copay = _only([price for price in read.prices if price.kind is Piece.COPAY], "two copays")
    rate = _only([price for price in read.prices if price.kind is Piece.RATE], "two percentages")
    free = _only([price for price in read.prices if price.kind is Piece.FREE], "no charge twice")
    if copay is None and rate is None and free is None:
        if read.lead is not None:
            raise UnclearPhrase("It does not say what you pay after the deductible.")
        raise UnclearPhrase("It names no price.")
    if free is not None and (copay or rate):
        if rate or copay is None or read.days is None:
            raise UnclearPhrase("It says there is no charge and names a price.")
        free = None  # "days 1-5, then no charge" says it twice
    if rate is None and (read.least is not None or read.most is not None):
        raise UnclearPhrase("A least or most amount belongs to a percentage, and there is none.")
    if read.most is not None and read.most < (read.least or 0):
        raise UnclearPhrase("The most is less than the least.")
    if copay and rate and not read.swap and read.prices.index(rate) < read.prices.index(copay):
        raise UnclearPhrase("Write the copay first: the percentage is taken of what it leaves.")
    if copay is not None and not copay.amount and rate is not None:
        copay = None  # "$0 copay, then 20%"
    share = _placed(copay, rate, free, copays_skip)
    if read.days is not None:
        if copay is None or copay.scope not in (None, CopayScope.DAY):
            raise UnclearPhrase("The days belong to a copay per day, and there is none.")
        copay.scope = CopayScope.DAY
    scope = copay.scope if copay else None
    return replace(
        share,
        copay_scope=scope or (CopayScope.FILL if drug and copay else CopayScope.VISIT),
        max_units=read.days,
        coinsurance_min=read.least or 0,
        coinsurance_max=read.most,
        waive_copay_if_admitted=read.admitted,
        counts=read.counts,
        copay_credits=read.credits,
    )


def _placed(copay: _Price | None, rate: _Price | None, free: _Price | None, copays_skip: bool) -> Share:
    """Prices with the deductible at its place."""
    usual = _Mark.SKIPS if copays_skip else _Mark.AFTER
    if free is not None:
        return Share(deductible=free.mark is _Mark.AFTER)
    if rate is None:
        assert copay is not None
        mark = copay.mark or usual
        order = CopayOrder.BEFORE if mark is _Mark.FIRST else CopayOrder.AFTER
        return Share(deductible=mark is not _Mark.SKIPS, copay=copay.amount, copay_order=order)
    if copay is None:
        return Share(deductible=rate.mark is not _Mark.SKIPS, coinsurance=rate.amount)
    said_after = rate.mark is _Mark.AFTER and not rate.led
    mark = copay.mark or (_Mark.FIRST if said_after else usual)
    if rate.mark is _Mark.SKIPS:
        if mark is not _Mark.SKIPS:
            raise UnclearPhrase("The deductible applies to the copay but not to the percentage.")
        return Share(copay=copay.amount, coinsurance=rate.amount)
    order = CopayOrder.AFTER if mark is _Mark.AFTER else CopayOrder.BEFORE
    return Share(deductible=True, copay=copay.amount, copay_order=order, coinsurance=rate.amount)


def _only(prices: list[_Price], what: str) -> _Price | None:
    if len(prices) > 1:
        raise UnclearPhrase(f"It names {what}.")
    return prices[0] if prices else None


def _once(before: Cents | None, digits: str, what: str) -> Cents:
    if before is not None:
        raise UnclearPhrase(f"It names {what}.")
    return _cents(digits)


def _cents(digits: str) -> Cents:
    if not _GROUPED.fullmatch(digits):
        raise UnclearPhrase(f"\u201c{digits[:30]}\u201d is not an amount in dollars.")
    try:
        return from_decimal(Decimal(digits.replace(",", "")))
    except UserProblem as why:
        raise UnclearPhrase(str(why)) from None


def _rate(digits: str) -> BasisPoints:
    points = Decimal(digits) * 100 if len(digits) < 20 else Decimal(ALL + 1)
    if points > ALL:
        raise UnclearPhrase(f"{digits[:12]}% is more than 100%.")
    if points != points.to_integral_value():
        raise UnclearPhrase(f"{digits[:12]}% is finer than a hundredth of a percent.")
    return int(points)
