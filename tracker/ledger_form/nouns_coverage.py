"""The nouns of insurance: plans with their terms, and what is known around them."""

from __future__ import annotations

from tracker.facts import (
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    CobMethod,
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Counting,
    DeductibleCarryOver,
    Likelihood,
    Need,
    Network,
    OonMethod,
    OonPricing,
    PeriodRule,
    PlanKind,
    ServiceCategory,
    Stands,
)
from tracker.ledger_form.kinds import Amount, Link, MonthDay, Texts, Word
from tracker.ledger_form.parts import Children, Field, Group, Measured, Noun, Row, Values
from tracker.ledger_form.wording import (
    ID,
    amount,
    day,
    flag,
    known,
    known_day,
    known_link,
    known_text,
    known_word,
    link,
    name,
    not_flag,
    number,
    rate,
    text,
    text_or_none,
    word,
)


def _plan_holds(row: Row) -> None:
    if row["oon_method"]:
        OonPricing(OonMethod(row["oon_method"]), row["oon_rate"] or 0)


def _rule_holds(row: Row) -> None:
    CostSharingRule(**{key: row[key] for key in _RULE_SUMS}, category=row["category"], tier=row["tier"])


def _category_holds(row: Row) -> None:
    ServiceCategory(code=row["code"], name=row["name"], parent=row["parent"])


_RULE_SUMS = (
    "copay",
    "coinsurance",
    "coinsurance_min",
    "coinsurance_max",
    "dollar_max",
    "no_authorization_penalty",
    "visit_limit",
    "max_units",
)

_ACCUMULATOR = Noun(
    "accumulators",
    "accumulator",
    (
        known_word("kind", AccumulatorKind),
        known_word("network", Network),
        known_word("mode", AccumulatorMode),
        amount("individual"),
        amount("family"),
        text("name"),
        text("tier"),
        flag("drugs"),
        amount("cap"),
        Field("credits", Texts(" "), default=""),
    ),
)

_RULE = Noun(
    "rules",
    "cost_rule",
    (
        known_text("category"),
        known_text("tier"),
        flag("covered", default=True),
        text_or_none("deductible"),
        text_or_none("oop_max"),
        amount("copay", 0),
        word("copay_order", CopayOrder.AFTER),
        word("copay_scope", CopayScope.VISIT),
        number("max_units"),
        rate("coinsurance"),
        amount("coinsurance_min", 0),
        amount("coinsurance_max"),
        flag("waive_copay_if_admitted"),
        number("visit_limit"),
        amount("dollar_max"),
        amount("no_authorization_penalty", 0),
        text_or_none("copay_credits"),
        word("prior_authorization", Need.NO),
        word("referral", Need.NO),
        text("note"),
    ),
    holds=_rule_holds,
)

_PLAN = Noun(
    "plans",
    "plan",
    (
        ID,
        name(),
        link("insurer_id", "providers"),
        word("kind", PlanKind.PPO),
        known_day("begins_on"),
        known_day("ends_on"),
        text("member_number"),
        text("note"),
        Values("person_ids", "plan_person", "plan_id", Field("person_id", Link("people"), required=True)),
        Children("accumulators", "plan_id", _ACCUMULATOR),
        Field("accumulator_start", MonthDay(), default=""),
        link("continues_id", "plans"),
        word("period_rule", PeriodRule.ADMISSION),
        word("carry_over", DeductibleCarryOver.NONE),
        word("assistance", Assistance.ASK),
        flag("aca_compliant"),
        flag("hsa_qualified"),
        Group(
            "oon_pricing",
            (
                Field("method", Word(OonMethod), "oon_method", default=""),
                rate("rate", None, column="oon_rate"),
            ),
            unless="oon_method",
        ),
        Children(
            "more_tiers", "plan_id", Noun("more_tiers", "network_tier", (known_text("code"), text("name")))
        ),
        Group(
            "coordination",
            (
                link("subscriber_id", "people"),
                word("method", CobMethod.STANDARD, column="cob_method"),
                not_flag("has_clause", "no_cob_clause"),
                not_flag("active_employment", "not_active_employment"),
                not_flag("large_employer", "small_employer"),
                day("covered_since"),
                number("rank", column="cob_rank"),
            ),
        ),
        text("medigap"),
        text("filed_id"),
        Children("rules", "plan_id", _RULE),
    ),
    says="Insurance plans with their limits and cost-sharing rules. Their premiums are entries of"
    " `recurring` with a plan_id.",
    holds=_plan_holds,
)

COVERAGE = (
    Noun(
        "service_categories",
        "service_category",
        (
            known_text("code"),
            name(),
            text("short"),
            text_or_none("parent"),
            flag("never_covered"),
            flag("drug"),
            text("codes"),
        ),
        says="Kinds of care the member added to the usual ones.",
        holds=_category_holds,
    ),
    _PLAN,
    Noun(
        "opening_balances",
        "opening_balance",
        (
            ID,
            known_link("plan_id", "plans"),
            known_link("person_id", "people"),
            text("name"),
            word("counting", Counting.BUCKET),
            Measured("amount", "counting", Counting.VISITS.value, Amount()),
            known_day("as_of"),
            text("note"),
        ),
        says="What was used of a limit before the first EOB entered.",
    ),
    Noun(
        "stated_totals",
        "stated_total",
        (
            ID,
            known_link("plan_id", "plans"),
            link("person_id", "people"),
            text("name"),
            known("amount"),
            known_day("stated_on"),
            text("note"),
        ),
        says="What the insurer said was used of a limit; no person_id is the family.",
    ),
    Noun(
        "network_checks",
        "network_check",
        (
            ID,
            known_link("plan_id", "plans"),
            known_link("provider_id", "providers"),
            text("location"),
            known_word("stands", Stands),
            known_day("checked_on"),
            text("source"),
            text("reference"),
            text("note"),
        ),
        says="What was found out about a provider's network status.",
    ),
    Noun(
        "planned_care",
        "planned_care",
        (
            ID,
            known_link("person_id", "people"),
            text("category"),
            link("provider_id", "providers"),
            text("label"),
            known_day("first_on"),
            number("times", 1),
            number("every_months", 1),
            amount("allowed"),
            word("network", Network.IN),
            word("likelihood", Likelihood.LIKELY),
            text("note"),
        ),
        says="Care that is expected.",
    ),
)
