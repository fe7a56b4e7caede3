"""The last column of a Summary of Benefits and Coverage: limitations, exceptions and the like.

It is free text, so what has a meaning for the program is picked out clause by clause and everything
else is kept as the rule's note, word for word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.errors import UserProblem
from tracker.facts import CostSharingRule, Need
from tracker.imports.cms_phrases import UnclearPhrase
from tracker.money import Cents, dollars, from_decimal

LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """What the column says of one rule (1.6): limits per person and period, what is asked before."""

    visit_limit: int | None = None
    dollar_max: Cents | None = None
    penalty: Cents = 0
    prior_authorization: Need = Need.NO
    referral: Need = Need.NO
    waive_copay_if_admitted: bool = False
    note: str = ""


def exceptions_of(rule: CostSharingRule) -> Exceptions:
    return Exceptions(
        visit_limit=rule.visit_limit,
        dollar_max=rule.dollar_max,
        penalty=rule.no_authorization_penalty,
        prior_authorization=rule.prior_authorization,
        referral=rule.referral,
        waive_copay_if_admitted=rule.waive_copay_if_admitted,
        note=rule.note,
    )


def rule_with(said: Exceptions, base: CostSharingRule) -> CostSharingRule:
    """`base` with what the column says."""
    return replace(
        base,
        visit_limit=said.visit_limit,
        dollar_max=said.dollar_max,
        no_authorization_penalty=said.penalty,
        prior_authorization=said.prior_authorization,
        referral=said.referral,
        waive_copay_if_admitted=said.waive_copay_if_admitted,
        note=said.note,
    )


_DOLLARS = r"\$\s?(?:\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.\d\d)?"
_AMOUNT = rf"(?P<amount>{_DOLLARS})"
_YEAR = r"(?:(?: ?/ ?| per | a | each | )(?:calendar |benefit |plan )?(?:year|period)| annual(?:ly)?)"
_VISITS = r"(?:visit|exam|treatment|session|procedure|appointment)s?"
_AUTHORIZATION = r"(?:prior[ -]auth(?:orization)?|pre-?authorization|pre-?certification)"
_REFERRAL = r"(?:pcp |primary care )?referral"
_NEEDED = (
    r"(?: (?P<may>may be|is sometimes|sometimes))?(?: is)?(?: (?:required|needed))?(?P<some> for some)?"
)
_CLAUSES = tuple(
    (name, re.compile(pattern, re.ASCII))
    for name, pattern in (
        ("nothing", r"none|no limits?|no limitations?|n/a|-+(?:none-+)?"),
        (
            "visits",
            rf"(?:limit(?:ed)?(?: to| of)? |up to |max(?:imum)?(?: of)? )?(?P<count>\d{{1,5}}) {_VISITS}"
            rf"(?: (?:limit|max(?:imum)?))?(?:{_YEAR})?(?: (?:limit|max(?:imum)?))?",
        ),
        (
            "most",
            r"(?:(?:the )?plan pays (?:up to|at most)|limit(?:ed)?(?: to| of)?|max(?:imum)?(?: of)?) "
            rf"{_AMOUNT}(?:{_YEAR})?(?: (?:limit|max(?:imum)?))?"
            rf"|(?P<amount_too>{_DOLLARS})(?:{_YEAR})? (?:benefit )?(?:limit|max(?:imum)?)(?:{_YEAR})?"
            rf"|annual (?:benefit )?(?:limit|max(?:imum)?)(?: of|:)? (?P<amount_three>{_DOLLARS})",
        ),
        (
            "penalty",
            rf"{_AMOUNT} (?:penalty|reduction)(?: (?:without|for no|if no) {_AUTHORIZATION})?"
            rf"|without {_AUTHORIZATION} (?:you pay |the plan pays |benefits? (?:is|are) reduced by )"
            rf"(?P<amount_too>{_DOLLARS})(?: (?:more|less))?",
        ),
        (
            "no_authorization",
            rf"(?:no {_AUTHORIZATION}|{_AUTHORIZATION} (?:is )?not)(?: (?:required|needed))?",
        ),
        ("authorization", _AUTHORIZATION + _NEEDED),
        ("no_referral", rf"(?:no {_REFERRAL}|{_REFERRAL} (?:is )?not)(?: (?:required|needed))?"),
        ("referral", _REFERRAL + _NEEDED),
        (
            "admitted",
            r"(?:copay(?:ment)? |co-pay )?(?:is )?waived if (?:you are |you're )?(?:admitted|hospitalized)",
        ),
    )
)
_NOTE = re.compile(r"\bnote:\s*", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(r"(\s*;\s*|\s*\n\s*|\.\s+|,\s+(?!\d{3}\b))")
_FAR = re.compile(r"(?:^|[;,.]?\s+)out[- ]of[- ]network:\s*", re.IGNORECASE)
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2011": "-", "\u2019": "'"})


def read_exceptions(text: str) -> Exceptions:
    """What the column says; words without a meaning here become the note. Raises UnclearPhrase."""
    if len(text) > LONGEST:
        raise UnclearPhrase(f"This is longer than {LONGEST:,} letters. Keep what matters to you.")
    head, note = text, ""
    if marked := _NOTE.search(text):
        head, note = text[: marked.start()], text[marked.end() :].strip()
    found, kept = Exceptions(), ""
    between = ""
    for place, part in enumerate(_BETWEEN.split(head)):
        if place % 2:
            between = part
            continue
        said = _clause(part, found)
        if said is None:
            kept = f"{kept}{between}{part}" if kept else part.strip()
        else:
            found = said
    kept = " ".join(kept.split()).rstrip(" ;,")
    return replace(found, note="; ".join(item for item in (kept, note) if item))


def _clause(part: str, so_far: Exceptions) -> Exceptions | None:
    """The limits with one clause read, or None where it means nothing here."""
    plain = " ".join(part.translate(_DASHES).split()).casefold().strip(" .*")
    if not plain:
        return so_far
    for name, pattern in _CLAUSES:
        if found := pattern.fullmatch(plain):
            return _with(name, found.groupdict(), so_far)
    return None


def _with(name: str, said: dict[str, str | None], so_far: Exceptions) -> Exceptions:
    need = Need.SOMETIMES if said.get("may") or said.get("some") else Need.YES
    if name == "visits":
        return replace(so_far, visit_limit=int(said["count"] or 0))
    if name == "most":
        return replace(so_far, dollar_max=_amount(said))
    if name == "penalty":
        return replace(so_far, penalty=_amount(said))
    if name in ("authorization", "no_authorization"):
        return replace(so_far, prior_authorization=need if name == "authorization" else Need.NO)
    if name in ("referral", "no_referral"):
        return replace(so_far, referral=need if name == "referral" else Need.NO)
    if name == "admitted":
        return replace(so_far, waive_copay_if_admitted=True)
    return so_far


def _amount(said: dict[str, str | None]) -> Cents:
    digits = said["amount"] or said.get("amount_too") or said.get("amount_three") or ""
    try:
        return from_decimal(Decimal(digits.lstrip("$ ").replace(",", "")))
    except UserProblem as why:
        raise UnclearPhrase(str(why)) from None


def limit_words(said: Exceptions) -> str:
    """The column's words, which `read_exceptions` reads back to the same."""
    parts = []
    if said.visit_limit is not None:
        parts.append(f"{said.visit_limit} visit{'' if said.visit_limit == 1 else 's'} per year")
    if said.dollar_max is not None:
        parts.append(f"{dollars(said.dollar_max, whole=True)} maximum")
    for need, what in ((said.prior_authorization, "prior authorization"), (said.referral, "referral")):
        if need is not Need.NO:
            parts.append(what if need is Need.YES else f"{what} may be required")
    if said.penalty:
        parts.append(f"{dollars(said.penalty, whole=True)} penalty without prior authorization")
    if said.waive_copay_if_admitted:
        parts.append("copay waived if admitted")
    note = " ".join(said.note.split())
    if note:
        # A note that would be read as something else says that it is one.
        parts.append(note if read_exceptions(note) == Exceptions(note=note) else f"Note: {note}")
    return "; ".join(parts)


def understood_limits(said: Exceptions) -> str:
    """How the column was understood; empty where it says nothing."""
    parts = []
    if said.visit_limit is not None:
        count = said.visit_limit
        parts.append(f"{count} visit{'' if count == 1 else 's'} a person and year")
    if said.dollar_max is not None:
        parts.append(f"the plan pays at most {dollars(said.dollar_max, whole=True)}")
    for need, what in (
        (said.prior_authorization, "prior authorization"),
        (said.referral, "a referral"),
    ):
        if need is not Need.NO:
            parts.append(f"{what} {'needed' if need is Need.YES else 'sometimes needed'}")
    if said.penalty:
        parts.append(f"{dollars(said.penalty, whole=True)} less paid without authorization")
    if said.waive_copay_if_admitted:
        parts.append("no copay if you are admitted")
    if said.note:
        parts.append("the rest is a note" if parts else "A note, not counted")
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def split_tiers(text: str) -> tuple[str, str | None]:
    """The words for every tier, and those for out of network alone where the cell gives them apart."""
    found = _FAR.search(text)
    if found is None:
        return text, None
    return text[: found.start()], text[found.end() :]


def joined_tiers(near: str, far: str) -> str:
    """Both in one cell."""
    return near if near == far else f"{near or 'none'}; out of network: {far or 'none'}"
