"""Spouses and one family limit (rulebook 5.1; IRC 223(b)(5)).

Where either spouse has family coverage in a month, both are treated as having it, and the two share
one family limit in any split they agree on. Each one's catch-up belongs in the own HSA.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.hsa_eligibility import Tier
from tracker.domain.accounts.hsa_limits import (
    HsaLimit,
    YearAmounts,
    amounts_of,
    has_catch_up,
    last_month_sentence,
    months_sentence,
)
from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import percent
from tracker.money import BasisPoints, Cents, dollars

EQUALLY: BasisPoints = 5_000
WHOLE: BasisPoints = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spouse:
    """One spouse's eligible months, January to December, and birth date."""

    months: tuple[Tier | None, ...]
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    """A spouse's year in twelfths of cents: own months, and the family part by months."""

    months: tuple[Tier | None, ...]
    own: int
    family: Cents
    catch_up: Cents


def couple_limits(
    limits: Limits, year: int, first: Spouse, second: Spouse, *, first_share: BasisPoints = EQUALLY
) -> tuple[HsaLimit, HsaLimit]:
    """The limits of two spouses. `first_share` of the family limit goes to the first.

    A family month in which only one of them is eligible is wholly that one's. The family parts of
    the two never exceed one family limit. Raises UserProblem for a share that is none, or a year
    whose amounts are not known.
    """
    if not 0 <= first_share <= WHOLE:
        raise UserProblem("A share is a percentage from 0 to 100.", "Check the split.", field="first_share")
    amounts = amounts_of(limits, year)
    ones, twos = _treated(first.months, second.months)
    shared = sum(a is b is Tier.FAMILY for a, b in zip(ones, twos, strict=True))
    pool = amounts.family * shared // 12
    part = pool * first_share // WHOLE
    one = _parts(amounts, ones, twos, part, first.birth_date)
    two = _parts(amounts, twos, ones, pool - part, second.birth_date)
    whole = amounts.family * first_share // WHOLE
    return (
        _limit(amounts, one, two, first_share, whole),
        _limit(amounts, two, one, WHOLE - first_share, amounts.family - whole),
    )


def _treated(
    first: Sequence[Tier | None], second: Sequence[Tier | None]
) -> tuple[tuple[Tier | None, ...], tuple[Tier | None, ...]]:
    """The tiers once family coverage of one counts for both."""
    ones: list[Tier | None] = []
    twos: list[Tier | None] = []
    for a, b in zip(first, second, strict=True):
        family = Tier.FAMILY in (a, b)
        ones.append(Tier.FAMILY if family and a else a)
        twos.append(Tier.FAMILY if family and b else b)
    return tuple(ones), tuple(twos)


def _parts(
    amounts: YearAmounts,
    months: tuple[Tier | None, ...],
    others: tuple[Tier | None, ...],
    shared: Cents,
    birth_date: date | None,
) -> _Parts:
    alone = sum(a is Tier.FAMILY and b is None for a, b in zip(months, others, strict=True))
    own = amounts.self_only * sum(tier is Tier.SELF for tier in months)
    return _Parts(
        months=months,
        own=own,
        family=shared + amounts.family * alone // 12,
        catch_up=amounts.catch_up if has_catch_up(birth_date, amounts.year) else 0,
    )


def _limit(
    amounts: YearAmounts, me: _Parts, other: _Parts, share: BasisPoints, december: Cents
) -> HsaLimit:
    """One spouse's limit. `december` is the share of a whole family limit."""
    eligible = sum(tier is not None for tier in me.months)
    caught = me.catch_up * eligible // 12
    by_months = (me.own + me.catch_up * eligible) // 12 + me.family
    why = [months_sentence(amounts, me.months, me.catch_up, by_months)]
    if Tier.FAMILY in me.months and share != WHOLE:
        why.append(f"Of the family limit you share, {percent(share)} is yours by agreement.")
    last: Cents | None = None
    if me.months[11] is not None:
        # What the other one's months already hold of the family limit cannot be given out again.
        room = amounts.family - other.family
        wanted = december if other.months[11] is not None else amounts.family
        base = min(wanted, room) if me.months[11] is Tier.FAMILY else amounts.self_only
        last = base + me.catch_up
        why.append(last_month_sentence(amounts.year, last, by_months))
        caught = me.catch_up if last > by_months else caught
    if me.catch_up:
        why.append(f"Catch-up of {dollars(caught)} may only go into your own HSA.")
    return HsaLimit(
        year=amounts.year,
        months=me.months,
        by_months=by_months,
        by_last_month=last,
        catch_up=caught,
        before_split=_before_split(amounts, me.months),
        why=tuple(why),
    )


def _before_split(amounts: YearAmounts, months: Sequence[Tier | None]) -> Cents:
    """The limit of the months before it is shared, without catch-up: line 3 of Form 8889."""
    return max(sum(amounts.of(tier) for tier in months) // 12, amounts.of(months[11]))
