"""What a plan makes the member pay, service by service, in the few words of a table (rulebook 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import (
    IN,
    OUT,
    Accumulator,
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Need,
    Network,
    NetworkTier,
    Plan,
    ServiceCategory,
    percent,
)
from tracker.money import Cents, dollars

NOT_COVERED = "Not covered"
NO_CHARGE = "No charge"

USUAL = (
    *("PREVENT", "PCP", "SPEC", "TELE", "URGENT", "ER", "LAB", "XRAY", "IMAGING"),
    *("INPATIENT", "OUTSURG", "PT", "MH", "RX1", "RX2"),
)
"""Services most people ask about: what a long list shows first."""

FEW = 18
"""A list up to this long is shown whole."""

_SCOPES = {
    CopayScope.VISIT: "",
    CopayScope.LINE: " per service",
    CopayScope.DAY: " per day",
    CopayScope.ADMISSION: " per stay",
    CopayScope.FILL: " per fill",
}


@dataclass(frozen=True, slots=True)
class PayRow:
    """One service. `under` marks a sub-category that stands below its parent.

    `more` are further sentences for a tooltip and for paper; `words` is what the filter looks into.
    `warns` where a prior authorization is needed, or no visit is left; `is_usual` what many ask about.
    """

    number: int
    code: str
    name: str
    you_pay: str
    deductible: str
    needs: str
    under: bool = False
    warns: bool = False
    is_usual: bool = True
    more: str = ""
    words: str = ""


def tier_choices(plan: Plan, network: Network) -> list[NetworkTier]:
    """The tiers a network has: further ones are all contracted and belong to the plan's network."""
    main = IN if network is Network.IN else OUT
    further = plan.more_tiers if network is Network.IN else ()
    return [tier for tier in plan.tiers if tier.code == main] + list(further)


def pay_rows(
    year: PlanYear,
    categories: Mapping[str, ServiceCategory],
    tier: str = IN,
    person_id: int | None = None,
) -> list[PayRow]:
    """The plan's rules of a tier in the order of the list of services, sub-categories below their own.

    Visits and plan dollars used are those of the person; of nobody where None.
    """
    rules = {rule.category: rule for rule in year.terms.rules if rule.tier == tier}
    found: list[PayRow] = []
    for code, under in _in_order(categories, rules):
        category = categories.get(code) or ServiceCategory(code=code, name=code)
        followers = [
            item.name for item in categories.values() if item.parent == code and item.code not in rules
        ]
        found.append(_row(len(found), rules[code], category, year, person_id, followers, under))
    return found


def you_pay(rule: CostSharingRule, *, drug: bool = False) -> str:
    """`$75 copay`, `$250 copay + 20%`, `30%, at least $50, at most $150 per fill`."""
    if not rule.covered:
        return NOT_COVERED
    copay = copay_words(rule) if rule.copay else ""
    rate = coinsurance_words(rule, drug=drug) if rule.coinsurance else ""
    if copay and rate:
        return f"{copay} + {rate}"
    if copay or rate:
        return copay or rate
    return f"{NO_CHARGE} after deductible" if rule.deductible else NO_CHARGE


def copay_words(rule: CostSharingRule) -> str:
    """`$500 copay per day, first 3 days`."""
    said = f"{money(rule.copay)} copay{_SCOPES[rule.copay_scope]}"
    if rule.copay_scope is CopayScope.DAY and rule.max_units:
        said += ", first day" if rule.max_units == 1 else f", first {rule.max_units} days"
    return said


def coinsurance_words(rule: CostSharingRule, *, drug: bool = False) -> str:
    """`20%`, with its least and most where there are some."""
    said = percent(rule.coinsurance)
    ends = []
    if rule.coinsurance_min:
        ends.append(f"at least {money(rule.coinsurance_min)}")
    if rule.coinsurance_max is not None:
        ends.append(f"at most {money(rule.coinsurance_max)}")
    if not ends:
        return said
    per = " per fill" if drug or rule.copay_scope is CopayScope.FILL else ""
    return f"{', '.join([said, *ends])}{per}"


def deductible_words(rule: CostSharingRule, limits: Mapping[str, Accumulator]) -> str:
    """Whether the deductible comes first; empty where nothing is covered."""
    if not rule.covered:
        return ""
    limit = limits.get(rule.deductible or "")
    if limit is None:
        return "does not apply"
    name = "drug deductible " if limit.drugs else ""
    if rule.copay and rule.copay_order is CopayOrder.BEFORE:
        return f"{name}applies after the copay"
    return f"{name}applies first"


def needs_words(
    rule: CostSharingRule, *, visits: int | None = None, plan_paid: Cents | None = None
) -> list[str]:
    """`prior auth.`, `12 of 30 visits`, `referral`; visits and dollars used where they are known."""
    if not rule.covered:
        return []
    found = []
    if rule.prior_authorization is not Need.NO:
        found.append(_with_sometimes("prior auth.", rule.prior_authorization))
    if rule.visit_limit is not None:
        noun = "visit" if rule.visit_limit == 1 else "visits"
        used = "" if visits is None else f"{visits} of "
        found.append(f"{used}{rule.visit_limit} {noun}")
    if rule.dollar_max is not None:
        most = money(rule.dollar_max)
        used = "up to" if plan_paid is None else f"{money(plan_paid)} of"
        found.append(f"plan pays {used} {most}")
    if rule.referral is not Need.NO:
        found.append(_with_sometimes("referral", rule.referral))
    return found


def matches(row: PayRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) is found in the service, its sub-services, or what is said."""
    return all(word in row.words for word in words)


def money(amount: Cents) -> str:
    """Whole dollars without cents, as plans print them: `$75`, `$12.50`."""
    return dollars(amount, whole=amount % 100 == 0)


def _row(
    number: int,
    rule: CostSharingRule,
    category: ServiceCategory,
    year: PlanYear,
    person_id: int | None,
    followers: Sequence[str],
    under: bool,
) -> PayRow:
    limits = {item.name: item for item in year.plan.accumulators}
    visits = paid = None
    if person_id is not None:
        visits = year.visits(rule.category, person_id)
        paid = year.book.state.dollars.get((rule.category, str(person_id)), 0)
    needs = ", ".join(needs_words(rule, visits=visits, plan_paid=paid))
    pays, first = you_pay(rule, drug=category.drug), deductible_words(rule, limits)
    used_up = rule.visit_limit is not None and visits is not None and visits >= rule.visit_limit
    more = " ".join(_more(rule, followers))
    return PayRow(
        number=number,
        code=rule.category,
        name=category.name,
        you_pay=pays,
        deductible=first,
        needs=needs,
        under=under,
        warns=rule.covered and (rule.prior_authorization is not Need.NO or used_up),
        is_usual=rule.category in USUAL or bool(visits),
        more=more,
        words=" ".join((category.name, category.code, pays, first, needs, more)).casefold(),
    )


def _more(rule: CostSharingRule, followers: Sequence[str]) -> Iterator[str]:
    """What does not fit into the columns, as sentences."""
    if rule.covered and rule.waive_copay_if_admitted:
        yield "No copay if you are admitted."
    if rule.covered and rule.no_authorization_penalty:
        yield f"Without prior authorization your plan pays {money(rule.no_authorization_penalty)} less."
    if followers:
        yield f"Also for: {', '.join(followers)}."
    if rule.note:
        yield rule.note


def _in_order(
    categories: Mapping[str, ServiceCategory], rules: Mapping[str, CostSharingRule]
) -> Iterator[tuple[str, bool]]:
    """Codes that have a rule, and whether they stand below a parent that has one too."""
    children: dict[str, list[str]] = {}
    for code, category in categories.items():
        if category.parent is not None:
            children.setdefault(category.parent, []).append(code)
    for code, category in categories.items():
        if category.parent is not None:
            continue
        if code in rules:
            yield code, False
        for child in children.get(code, []):
            if child in rules:
                yield child, code in rules
    for code in rules:
        if code not in categories:
            yield code, False


def _with_sometimes(what: str, need: Need) -> str:
    return f"{what} sometimes" if need is Need.SOMETIMES else what
