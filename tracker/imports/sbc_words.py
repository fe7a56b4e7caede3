"""A cost share in the words of a Summary of Benefits and Coverage, and as it was understood."""

from __future__ import annotations

from tracker.facts import CopayOrder, CopayScope, percent
from tracker.imports.sbc_share import Share
from tracker.money import dollars

_PER = {
    CopayScope.VISIT: "/visit",
    CopayScope.LINE: "/service",
    CopayScope.DAY: "/day",
    CopayScope.ADMISSION: "/stay",
    CopayScope.FILL: "/prescription",
}
_EACH = {
    CopayScope.VISIT: "a visit",
    CopayScope.LINE: "for each service",
    CopayScope.DAY: "a day",
    CopayScope.ADMISSION: "a stay",
    CopayScope.FILL: "a fill",
}


def phrase(share: Share, *, copays_skip: bool = True) -> str:
    """The phrase that `read_share` reads back to the same share, told the same about copays."""
    if not share.covered:
        return "Not covered"
    copay, rate = _copay(share), _rate(share)
    if share.deductible:
        words = _with_deductible(share, copay, rate)
    elif not copay and not rate:
        words = "No charge"
    elif not rate and copays_skip:
        words = copay
    else:
        words = f"{', then '.join(part for part in (copay, rate) if part)}; deductible does not apply"
    if share.copay_credits:
        words += "; copay counts toward the deductible"
    if not share.counts:
        words += "; does not count toward the out-of-pocket maximum"
    return words


def _with_deductible(share: Share, copay: str, rate: str) -> str:
    if not copay:
        return rate or "No charge after deductible"
    if share.copay_order is CopayOrder.BEFORE:
        return f"{copay}, then {rate} after deductible" if rate else f"{copay}, then the deductible"
    return f"{copay} after deductible{', then ' + rate if rate else ''}"


def _copay(share: Share) -> str:
    if not share.copay:
        return ""
    days = ""
    if share.copay_scope is CopayScope.DAY and share.max_units is not None:
        last = share.max_units
        days = " (day 1)" if last == 1 else f" (days 1-{last})" if last else " (up to 0 days)"
    return f"{dollars(share.copay, whole=True)} copay{_PER[share.copay_scope]}{days}"


def _rate(share: Share) -> str:
    if not share.coinsurance:
        return ""
    ends = []
    if share.coinsurance_min:
        ends.append(f"min {dollars(share.coinsurance_min, whole=True)}")
    if share.coinsurance_max is not None:
        ends.append(f"max {dollars(share.coinsurance_max, whole=True)}")
    return f"{percent(share.coinsurance)} coinsurance" + (f" ({', '.join(ends)})" if ends else "")


def understood(share: Share) -> str:
    """What a cell means, in the order in which the money is taken: `the deductible, then 20%`."""
    if not share.covered:
        return "Not covered: you pay all of it"
    copay, rate = _copay_words(share), _rate_words(share)
    if not share.deductible:
        steps = [part for part in (copay, rate) if part]
        words = f"{', then '.join(steps)}, without the deductible" if steps else "You pay nothing"
    elif copay and share.copay_order is CopayOrder.BEFORE:
        words = f"{copay} first, then the deductible{', then ' + rate if rate else ''}"
    else:
        words = ", then ".join(
            ["The deductible first", *[part for part in (copay, rate) if part]]
            if copay or rate
            else ["The deductible first", "nothing"]
        )
    more = []
    if share.waive_copay_if_admitted:
        more.append("no copay if you are admitted")
    if share.copay_credits:
        more.append("the copay counts toward the deductible")
    if not share.counts:
        more.append("does not count toward the out-of-pocket maximum")
    if share.aside:
        more.append(f"noted, not counted: {share.aside}")
    return "; ".join([words, *more])


def _copay_words(share: Share) -> str:
    if not share.copay:
        return ""
    days = ""
    if share.copay_scope is CopayScope.DAY and share.max_units is not None:
        days = f" for {share.max_units} day{'' if share.max_units == 1 else 's'}"
    return f"{dollars(share.copay, whole=True)} {_EACH[share.copay_scope]}{days}"


def _rate_words(share: Share) -> str:
    if not share.coinsurance:
        return ""
    ends = []
    if share.coinsurance_min:
        ends.append(f"at least {dollars(share.coinsurance_min, whole=True)}")
    if share.coinsurance_max is not None:
        ends.append(f"at most {dollars(share.coinsurance_max, whole=True)}")
    return percent(share.coinsurance) + (f" ({' and '.join(ends)})" if ends else "")
