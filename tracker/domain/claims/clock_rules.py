"""The rules behind the clocks of rulebook 3.8 as one table: how long, from what, and by which law."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.facts import Turn


class ClockKind(StrEnum):
    """Which clock it is; stored with a case's deadlines."""

    INTERNAL_APPEAL = "internal_appeal"
    INFORMATION = "information"
    EXTERNAL_REVIEW = "external_review"
    CLAIM_DECISION = "claim_decision"
    APPEAL_DECISION = "appeal_decision"
    EXTERNAL_DECISION = "external_decision"
    MEDICARE_APPEAL = "medicare_appeal"
    MEDICARE_CLAIM = "medicare_claim"
    MEMBER_CLAIM = "member_claim"
    ESTIMATE_DELIVERY = "estimate_delivery"
    ESTIMATE_DISPUTE = "estimate_dispute"
    FINANCIAL_ASSISTANCE = "financial_assistance"
    COLLECTION_PAUSE = "collection_pause"


class Care(StrEnum):
    """What a decision is about: care already given, care still to come, or care that cannot wait."""

    AFTER = "post_service"
    BEFORE = "pre_service"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """How one clock runs.

    `months`, or else `days` (`span` in the law's words), from the event; `more_days` is an extension
    the other side, or you, may have. `first_of_next`: a month without such a day gives the first of
    the next one.
    """

    kind: ClockKind
    name: str
    turn: Turn
    event: str
    source: str
    letter_event: str = ""
    days: int = 0
    span: str = ""
    months: int = 0
    first_of_next: bool = False
    more_days: int = 0
    more_words: str = ""
    next_business_day: bool = False
    note: str = ""


def rule_of(kind: ClockKind, care: Care = Care.AFTER) -> ClockRule:
    """The rule of a clock; the decision clocks have one for each kind of care."""
    return _RULES.get((kind, care)) or _RULES[(kind, Care.AFTER)]


_ERISA = "29 CFR 2560.503-1"
_MARKET = "45 CFR 147.136"
_EXTEND = "The insurer may once take"

_ALL = (
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.INTERNAL_APPEAL,
            name="Internal appeal",
            turn=Turn.ME,
            event="You received the denial",
            letter_event="The denial was written",
            days=180,
            source=f"{_ERISA}(h)(3)(i)",
            note="Individual plans have one internal level; an employer's plan may have two.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.INFORMATION,
            name="Information the insurer asked for",
            turn=Turn.ME,
            event="You received the request",
            letter_event="The request was written",
            days=45,
            source=f"{_ERISA}(f)",
            note="45 days is the least the law gives; the letter may give more.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.EXTERNAL_REVIEW,
            name="External review request",
            turn=Turn.ME,
            event="You received the final denial",
            letter_event="The final denial was written",
            months=4,
            first_of_next=True,
            next_business_day=True,
            source=f"{_MARKET}(d)(2)(i); a state's own process: (c)(2)(vi)",
            note=(
                "For medical judgement, experimental care, cancelled coverage and surprise bills, not for "
                "care the contract plainly excludes. A state's process gives at least four months too."
            ),
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.CLAIM_DECISION,
            name="Claim decision",
            turn=Turn.INSURER,
            event="The claim was submitted",
            days=30,
            more_days=15,
            more_words=_EXTEND,
            source=f"{_ERISA}(f)(2)(iii)(B)",
        ),
    ),
    (
        Care.BEFORE,
        ClockRule(
            kind=ClockKind.CLAIM_DECISION,
            name="Prior authorization decision",
            turn=Turn.INSURER,
            event="It was asked for",
            days=15,
            more_days=15,
            more_words=_EXTEND,
            source=f"{_ERISA}(f)(2)(iii)(A)",
        ),
    ),
    (
        Care.URGENT,
        ClockRule(
            kind=ClockKind.CLAIM_DECISION,
            name="Urgent prior authorization decision",
            turn=Turn.INSURER,
            event="It was asked for",
            days=3,
            span="72 hours",
            source=f"{_ERISA}(f)(2)(i)",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.APPEAL_DECISION,
            name="Appeal decision",
            turn=Turn.INSURER,
            event="You filed the appeal",
            days=60,
            source=f"{_ERISA}(i)(2)(iii); {_MARKET}(b)",
            note="Two levels get 30 days each. Individual plans have one level only.",
        ),
    ),
    (
        Care.BEFORE,
        ClockRule(
            kind=ClockKind.APPEAL_DECISION,
            name="Appeal decision before care",
            turn=Turn.INSURER,
            event="You filed the appeal",
            days=30,
            source=f"{_ERISA}(i)(2)(ii); {_MARKET}(b)",
            note="Two levels get 15 days each. Individual plans have one level only.",
        ),
    ),
    (
        Care.URGENT,
        ClockRule(
            kind=ClockKind.APPEAL_DECISION,
            name="Urgent appeal decision",
            turn=Turn.INSURER,
            event="You filed the appeal",
            days=3,
            span="72 hours",
            source=f"{_ERISA}(i)(2)(i)",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.EXTERNAL_DECISION,
            name="External review decision",
            turn=Turn.INSURER,
            event="You asked for the review",
            days=45,
            source=f"{_MARKET}(d)(2)(iii)",
        ),
    ),
    (
        Care.URGENT,
        ClockRule(
            kind=ClockKind.EXTERNAL_DECISION,
            name="Expedited external review decision",
            turn=Turn.INSURER,
            event="You asked for the review",
            days=3,
            span="72 hours",
            source=f"{_MARKET}(d)",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.MEDICARE_APPEAL,
            name="Medicare redetermination request",
            turn=Turn.ME,
            event="The notice was written",
            days=120,
            source="42 CFR 405.942",
            note="It counts on the day the contractor receives it.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.MEDICARE_CLAIM,
            name="Claim to Medicare",
            turn=Turn.PROVIDER,
            event="The service was",
            months=12,
            source="42 CFR 424.44",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.MEMBER_CLAIM,
            name="Claim you send yourself",
            turn=Turn.ME,
            event="The service was",
            days=365,
            more_words="Where sending it sooner was not reasonably possible the plan gives",
            source="Your plan document",
            note="Plans give 90, 180 or 365 days. Check yours.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.ESTIMATE_DELIVERY,
            name="Good-faith estimate",
            turn=Turn.PROVIDER,
            event="",
            source="45 CFR 149.610(b)",
            note="For care you pay without insurance.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.ESTIMATE_DISPUTE,
            name="Good-faith-estimate dispute",
            turn=Turn.ME,
            event="The first bill came",
            days=120,
            source="45 CFR 149.620",
            note="It costs $25. The provider may not collect the bill while it runs.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.FINANCIAL_ASSISTANCE,
            name="Hospital financial assistance",
            turn=Turn.ME,
            event="The first bill came",
            days=240,
            source="26 CFR 1.501(r)-6",
            note="Non-profit hospitals only. For the first 120 days they may not start harsh collection.",
        ),
    ),
    (
        Care.AFTER,
        ClockRule(
            kind=ClockKind.COLLECTION_PAUSE,
            name="Pause before hospital collection",
            turn=Turn.PROVIDER,
            event="The first bill came",
            days=120,
            source="26 CFR 1.501(r)-6",
            note="Non-profit hospitals only: no lawsuit, garnishment or credit report before this day.",
        ),
    ),
)
_RULES = {(rule.kind, care): rule for care, rule in _ALL}
