"""Whether two payees are the same: banks cut, capitalise and number the names they print."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.8
"""From this likeness on two names count as one."""

_NOISE_WORDS = """
    pos debit credit card purchase payment ach web online recurring visa mastercard checkcard check
    transfer pmt autopay bill tst sq sp inc llc pllc ltd corp co the of and
"""
_NOISE = frozenset(_NOISE_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=20_000)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: no numbers, no signs, no words every statement has."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign))
    found = tuple(word for word in _WORD.findall(folded) if len(word) > 1)
    return tuple(word for word in found if word not in _NOISE) or found


@lru_cache(maxsize=50_000)
def likeness(one: str, two: str) -> float:
    """From 0, nothing in common, to 1. A name cut short is like the whole; an empty one is like none."""
    ones, twos = plain_words(one), plain_words(two)
    if not ones or not twos:
        return 0.0
    if ones == twos:
        return 1.0
    shorter, longer = sorted((set(ones), set(twos)), key=len)
    shared = sum(any(_same_word(word, other) for other in longer) for word in shorter)
    by_words = shared / len(shorter) if len(shorter) > 1 or len("".join(shorter)) >= 5 else 0.0
    by_letters = SequenceMatcher(None, " ".join(ones)[:80], " ".join(twos)[:80], autojunk=False).ratio()
    return max(by_letters, 0.95 * by_words)


def alike(one: str, two: str) -> bool:
    """Whether two names count as one."""
    return likeness(one, two) >= ALIKE


def beginnings(name: str) -> frozenset[str]:
    """The first letters of a name's words: two names without a shared one are not worth comparing."""
    return frozenset(word[:4] for word in plain_words(name))


def _same_word(one: str, two: str) -> bool:
    """Equal, or one the beginning of the other where enough of it is left."""
    short, long = sorted((one, two), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short))
