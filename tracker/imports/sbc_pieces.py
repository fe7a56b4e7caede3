"""The pieces that the phrases of a Summary of Benefits and Coverage are made of, as patterns.

They are tried in order at each place of a phrase in lower case; the first that fits is the piece.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from tracker.facts import CopayScope

_UNITS = {
    CopayScope.VISIT: "visit|office visit|session|exam|trip|transport|pair|encounter|appointment",
    CopayScope.DAY: "day",
    CopayScope.ADMISSION: "stay|admission|admit|hospital stay|confinement|delivery|pregnancy",
    CopayScope.FILL: "prescription|script|rx|fill|refill|30-day supply|30 day supply|drug",
    CopayScope.LINE: "service|test|procedure|item|scan|image|line",
}
SCOPE_OF = {word: scope for scope, words in _UNITS.items() for word in words.split("|")}
_UNIT = "|".join(sorted(SCOPE_OF, key=len, reverse=True))
_PER = rf"(?:\s?(?:/|\bper\b|\beach\b|\bfor each\b|\bevery\b|\ba\b)\s?(?P<{{0}}>{_UNIT})\b)"
_NUMBER = r"\$?\s?(?P<{0}>\d(?:[\d,]*\d)?(?:\.\d+)?)(?!\d|[.,]\d|\s?(?:%|percent))"
_PAY = r"co-?pay(?:ment)?s?\b"
_DEDUCTIBLE = r"(?:the |your |plan |annual )*(?:deductible|ded)\b\.?"


class Piece(Enum):
    """What a piece of a phrase is."""

    REFUSED = auto()
    UNCOUNTED = auto()
    CREDITS = auto()
    ADMITTED = auto()
    WITHOUT = auto()
    APPLIES = auto()
    AFTER = auto()
    BEFORE = auto()
    THEN = auto()
    DEDUCTIBLE = auto()
    FREE = auto()
    DAYS = auto()
    LEAST = auto()
    MOST = auto()
    RATE = auto()
    SWAP = auto()
    COPAY = auto()
    GLUE = auto()


def _amount(name: str) -> str:
    return _NUMBER.format(name)


def _per(name: str) -> str:
    return _PER.format(name)


_PIECES: tuple[tuple[Piece, str], ...] = (
    (Piece.REFUSED, r"not covered\b|no coverage\b|not a covered (?:service|benefit)\b"),
    (
        Piece.UNCOUNTED,
        r"(?:does not|doesn't|not) count(?:ed|s)? towards? (?:the |your )?"
        r"(?:out-of-pocket (?:limit|maximum|max)|oop(?: max(?:imum)?)?|oopm|moop)\b",
    ),
    (Piece.CREDITS, rf"{_PAY} counts? towards? {_DEDUCTIBLE}"),
    (Piece.ADMITTED, rf"(?:{_PAY} )?(?:is )?waived if (?:you are |you're )?(?:admitted|hospitalized)\b"),
    (
        Piece.WITHOUT,
        rf"{_DEDUCTIBLE} (?:does not apply|doesn't apply|(?:is )?waived|not applicable)\b"
        rf"|(?:with )?no {_DEDUCTIBLE}|not subject to {_DEDUCTIBLE}|without (?:a )?{_DEDUCTIBLE}",
    ),
    (Piece.APPLIES, rf"{_DEDUCTIBLE} applies\b|(?:is )?subject to {_DEDUCTIBLE}"),
    (
        Piece.AFTER,
        rf"(?:after|once) (?:you (?:meet|reach|pay) )?{_DEDUCTIBLE}(?: (?:is|has been) met| met)?",
    ),
    (Piece.BEFORE, rf"before {_DEDUCTIBLE}"),
    (Piece.THEN, rf"then {_DEDUCTIBLE}"),
    (Piece.DEDUCTIBLE, _DEDUCTIBLE),
    (
        Piece.FREE,
        r"no (?:charge|cost|cost[- ]sharing)\b|(?:covered|paid) in full\b|covered (?:at )?100%"
        r"|100% covered\b|plan pays 100%|free\b|nothing\b",
    ),
    (
        Piece.DAYS,
        r"(?:for )?days? 1\b(?:\s?(?:-|to|through|thru)\s?(?P<last>\d{1,3}))?(?!\d)"
        r"|(?:for )?(?:(?:the|up to|max(?:imum)?(?: of)?|first|a) )*(?P<days>\d{1,3})[ -]days?\b"
        r"(?! supply)(?: max(?:imum)?\b)?",
    ),
    (
        Piece.LEAST,
        r"(?:min(?:imum)?\b\.?|at least|(?:but )?(?:not|no) less than)\s?(?:of )?"
        rf"{_amount('least')}{_per('least_per')}?"
        rf"|{_amount('least_too')}{_per('least_too_per')}? min(?:imum)?\b",
    ),
    (
        Piece.MOST,
        r"(?:max(?:imum)?\b\.?|up to|at most|(?:but )?(?:not|no) more than)\s?(?:of )?(?:a )?"
        rf"{_amount('most')}{_per('most_per')}?"
        rf"(?: max(?:imum)?\b)?|{_amount('most_too')}{_per('most_too_per')}? max(?:imum)?\b",
    ),
    (
        Piece.RATE,
        r"(?P<rate>\d+(?:\.\d+)?)\s?(?:%|percent\b)(?:\s?co-?ins(?:urance)?\b\.?)?"
        r"(?: of (?:the )?(?:allowed (?:amount|charge)s?|costs?|charges?|rest|remaining costs?)\b)?",
    ),
    (Piece.SWAP, rf"after (?:an? |the )?(?=\$|{_PAY})"),
    (
        Piece.COPAY,
        rf"(?:{_PAY}(?: of)?:?\s?)?{_amount('copay')}(?:\s?{_PAY})?{_per('per')}?(?:\s?{_PAY})?",
    ),
    (
        Piece.GLUE,
        r"[\s,;()*+&:.]+|/|(?:then|and|plus|you (?:will )?pay|pay|first|only"
        r"|retail(?: pharmacy)?|up to a (?=30.day supply)|30[- ]day supply)\b",
    ),
)
SCANNERS = tuple((kind, re.compile(pattern, re.ASCII)) for kind, pattern in _PIECES)
