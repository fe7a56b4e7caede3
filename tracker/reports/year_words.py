"""The year in five figures and a few honest sentences, for screen, paper and command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import MONTH_NAMES, Period, day_text, month_text, period_text
from tracker.domain.budget.month import Total
from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.eob import discount
from tracker.facts import AccumulatorKind, Role
from tracker.money import Cents, dollars
from tracker.reports.budget import difference_words
from tracker.reports.year_review import YearReview
from tracker.wording import count_of

DISCLAIMER = (
    "An estimate from what was entered, not a determination of benefits: your plan decides what it "
    "covers and pays. Not legal, tax or medical advice."
)


@dataclass(frozen=True, slots=True)
class YearHeadline:
    """One of the five figures: what it is, how much, of how much, and what follows from it.

    `used` and `whole` are the two amounts in cents where a share can be drawn, else None.
    """

    label: str
    figure: str
    of: str = ""
    caption: str = ""
    used: Cents | None = None
    whole: Cents | None = None


def span_words(review: YearReview) -> str:
    """`Jan 1 to Dec 31, 2026`; of a year that is not over `Jan 1 to Nov 22, 2026`."""
    period = review.budget.period
    if review.today in period:
        return period_text(Period(period.begin, min(period.end, _after(review))))
    return period_text(period)


def _after(review: YearReview) -> date:
    return review.today + timedelta(days=1)


def headlines(review: YearReview) -> tuple[YearHeadline, ...]:
    """Spent, premiums and membership, deductible, out-of-pocket maximum, contingency fund."""
    return (
        _spent(review),
        _fixed(review),
        _limit(review, AccumulatorKind.DEDUCTIBLE, "Deductible, in network"),
        _limit(review, AccumulatorKind.OOP_MAX, "Out-of-pocket maximum"),
        _fund(review),
    )


def through_words(review: YearReview) -> str:
    """` to November` while the year runs, empty once it is over: what sums up to now are called."""
    if review.is_complete or not review.months_begun:
        return ""
    return f" to {MONTH_NAMES[review.budget.months[review.months_begun - 1].month - 1]}"


def _spent(review: YearReview) -> YearHeadline:
    part = review.whole.to_date
    if part.actual is None and part.estimated is None:
        return YearHeadline("Spent against planned", "Nothing yet")
    planned = part.estimated
    return YearHeadline(
        "Spent against planned",
        dollars(part.actual or 0),
        f"of {dollars(planned)} planned" if planned is not None else "",
        _verdict(review, part) if planned is not None else "nothing was planned",
        part.actual or 0,
        planned,
    )


def _verdict(review: YearReview, part: Total) -> str:
    """`$120.29 under, to November`."""
    through = through_words(review)
    return (difference_words(part.difference) or "nothing paid") + (f",{through}" if through else "")


def _fixed(review: YearReview) -> YearHeadline:
    premiums, fees = review.role_paid(Role.PREMIUM), review.role_paid(Role.MEMBERSHIP)
    due = sum(item.due for item in (*review.premiums, *review.memberships))
    return YearHeadline(
        "Premiums and membership",
        dollars(premiums + fees),
        f"of {dollars(due)} due" if due else "",
        f"{dollars(premiums, whole=True)} premiums, {dollars(fees, whole=True)} membership",
        premiums + fees,
        due or None,
    )


def _limit(review: YearReview, kind: AccumulatorKind, label: str) -> YearHeadline:
    plan = review.main_plan
    if plan is None:
        return YearHeadline(label, "No plan")
    standing = plan.main(kind)
    if standing is None or standing.limit is None:
        return YearHeadline(label, "None", caption="the plan states none")
    left = standing.remaining or 0
    return YearHeadline(
        label,
        dollars(standing.used, whole=True),
        f"of {dollars(standing.limit, whole=True)}",
        f"{_whose(review, standing)}, {dollars(left, whole=True) + ' to go' if left else 'met'}",
        standing.used,
        standing.limit,
    )


def _whose(review: YearReview, standing: Standing) -> str:
    if standing.person_id is None:
        return "family"
    return review.household.person_name(standing.person_id)


def _fund(review: YearReview) -> YearHeadline:
    label, balance = "Contingency fund", review.fund_balance
    if review.fund is None or balance is None:
        return YearHeadline(label, "Not started")
    target = review.fund.account.target
    if target is None:
        return YearHeadline(label, dollars(balance, whole=True), caption="no target set")
    missing = max(0, target - balance)
    return YearHeadline(
        label,
        dollars(balance, whole=True),
        f"of {dollars(target, whole=True)} target",
        f"{dollars(missing, whole=True)} to go" if missing else "target reached",
        balance,
        target,
    )


def summary(review: YearReview) -> list[str]:
    """The year in plain sentences, each from facts of the ledger and left out where there are none."""
    found = [_spent_sentence(review), _fixed_sentence(review), _over_sentence(review)]
    found += [_limit_sentence(review), _care_sentence(review), _fund_sentence(review)]
    return [sentence for sentence in found if sentence]


def _spent_sentence(review: YearReview) -> str:
    part = review.whole.to_date
    if part.actual is None:
        return ""
    words = f"From {span_words(review)}, {dollars(part.actual)} was paid"
    if part.estimated is None:
        return f"{words}; nothing was planned."
    verdict = difference_words(part.difference)
    if part.difference:
        return f"{words}: {verdict} the {dollars(part.estimated)} planned{through_words(review)}."
    return f"{words}, as planned."


def _over_sentence(review: YearReview) -> str:
    lines = [(item.to_date.difference or 0, item.name) for item in review.line_totals]
    over, under = min(lines, default=(0, "")), max(lines, default=(0, ""))
    parts = []
    if over[0] < 0:
        parts.append(f"{over[1]} went over most, by {dollars(-over[0])}")
    if under[0] > 0:
        parts.append(f"{under[1]} stayed under most, by {dollars(under[0])}")
    return f"{'; '.join(parts)}." if parts else ""


def _fixed_sentence(review: YearReview) -> str:
    premiums, fees = review.role_paid(Role.PREMIUM), review.role_paid(Role.MEMBERSHIP)
    if not premiums and not fees:
        return ""
    words = f"Of this, {dollars(premiums)} went to premiums and {dollars(fees)} to membership fees"
    saved = review.role_paid(Role.CONTINGENCY)
    return f"{words}; {dollars(saved)} was put aside in the contingency fund." if saved else f"{words}."


def _limit_sentence(review: YearReview) -> str:
    plan = review.main_plan
    standing = plan.main(AccumulatorKind.DEDUCTIBLE) if plan else None
    if plan is None or standing is None or standing.limit is None:
        return ""
    if not review.claims:
        return f"No EOB of {plan.plan.name} was entered."
    whose = "the family's" if standing.person_id is None else f"{_whose(review, standing)}'s"
    left = standing.remaining or 0
    rest = f"{dollars(left)} is left" if left else "it is met"
    return (
        f"Under {plan.plan.name}, {dollars(standing.used)} of {whose} {dollars(standing.limit)} "
        f"in-network deductible was counted; {rest}."
    )


def _care_sentence(review: YearReview) -> str:
    if not review.claims:
        return ""
    count = len(review.claims)
    billed = sum(line.claim.billed or 0 for line in review.claims)
    owed = sum(line.claim.you_owe or 0 for line in review.claims)
    paid = sum(line.claim.plan_paid or 0 for line in review.claims)
    off = sum(discount(line.claim) or 0 for line in review.claims)
    return (
        f"{count_of(count, 'EOB')} came in for {dollars(billed)} billed: the plan paid "
        f"{dollars(paid)}, {dollars(off)} was written off, and your share was {dollars(owed)}."
    )


def _fund_sentence(review: YearReview) -> str:
    fund, balance = review.fund, review.fund_balance
    if fund is None or balance is None:
        return ""
    words = (
        f"The contingency fund held {dollars(balance)}"
        if review.is_complete
        else (f"The contingency fund holds {dollars(balance)}")
    )
    target = fund.account.target
    if target is None:
        return f"{words}."
    if balance >= target:
        return f"{words}; its target of {dollars(target)} is reached."
    if fund.reached_on and not review.is_complete:
        month = month_text(fund.reached_on)
        return (
            f"{words}; {dollars(fund.monthly)} a month reaches its target of {dollars(target)} in {month}."
        )
    return f"{words} of its {dollars(target)} target."


def notice_sentences(review: YearReview) -> list[str]:
    """Renewals ahead, with the last day on which notice still stops them."""
    found = []
    for term in review.terms:
        if term.renewal is None:
            continue
        name, next_term = term.practice or "The membership", term.renewal
        if term.membership.auto_renews:
            by = day_text(next_term.notice_by)
            found.append(f"{name} renews on {day_text(next_term.renews_on)}; notice by {by} stops it.")
        else:
            found.append(f"{name} ends on {day_text(next_term.term_ends_on)}.")
    return found
