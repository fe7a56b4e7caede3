"""The nouns around a membership: its clauses, what it includes, contacts, statements, the decision."""

from __future__ import annotations

from tracker.facts.membership import (
    CareModel,
    ContactKind,
    Included,
    MedicareStatus,
    PaidBy,
    PaysFor,
    RefundKind,
    TaxPocket,
)
from tracker.ledger_form.kinds import Flag, Rate, Texts, Time, Word
from tracker.ledger_form.parts import Children, Field, Noun
from tracker.ledger_form.wording import (
    ID,
    amount,
    day,
    flag,
    known_day,
    known_link,
    known_text,
    known_word,
    link,
    number,
    text,
    word,
)


def _answer(name: str) -> Field:
    """Yes, no, or nobody has asked yet."""
    return Field(name, Flag())


MEMBERSHIP_TERMS = (
    Field("medicare", Word(MedicareStatus)),
    text("networks"),
    text("renewal_clause"),
    text("payment_method"),
    amount("late_fee"),
    amount("offer_amount"),
    number("offer_months"),
    Field("refund_kind", Word(RefundKind)),
    flag("claw_back"),
    amount("cancellation_fee", 0),
    number("trial_days", 0),
    flag("to_month_end"),
    day("notice_on"),
    day("cancelled_on"),
    amount("refund_stated"),
    number("promised_hours"),
    number("reply_hours"),
    number("promised_minutes"),
    text("contacts"),
    Field("pays_for", Word(PaysFor)),
    word("paid_by", PaidBy.MEMBER),
    _answer("bills_insurance"),
    _answer("bills_visits"),
    _answer("primary_care_only"),
    _answer("primary_care_practitioners"),
    _answer("within_office_care"),
)
"""The clauses stand in the membership itself."""

MEMBERSHIP_PARTS = (
    Children(
        "services",
        "membership_id",
        Noun(
            "services",
            "membership_service",
            (
                known_text("code"),
                text("name"),
                Field("state", Word(Included)),
                number("per_year"),
                amount("extra_fee"),
                text("category"),
                amount("list_price"),
            ),
        ),
    ),
    Children(
        "care_statements",
        "membership_id",
        Noun(
            "care_statements",
            "care_statement",
            (
                known_day("stated_on"),
                Field("share", Rate()),
                amount("amount"),
                flag("received", default=True),
                text("document"),
            ),
        ),
    ),
    Children(
        "administrator_answers",
        "membership_id",
        Noun(
            "administrator_answers",
            "administrator_answer",
            (known_word("pocket", TaxPocket), known_day("said_on"), flag("agreed"), text("said")),
        ),
    ),
)

USED = (
    Noun(
        "practice_contacts",
        "practice_contact",
        (
            ID,
            known_link("membership_id", "memberships"),
            link("person_id", "people"),
            word("kind", ContactKind.VISIT),
            day("asked_on"),
            Field("asked_at", Time()),
            known_day("seen_on"),
            Field("seen_at", Time()),
            number("minutes"),
            number("within_hours"),
            Field("services", Texts("\n"), default=""),
            text("instead_of"),
            link("visit_id", "visits"),
            text("note"),
        ),
        says="Each time the practice was reached, with the services of the membership that were used.",
    ),
    Noun(
        "decision_answers",
        "decision_answer",
        (known_text("code"), number("weight"), text("note")),
        says="Answers to the decision worksheet; weight is 0 to 3.",
    ),
    Noun(
        "care_models",
        "care_model",
        (
            known_word("model", CareModel),
            amount("fee", 0),
            amount("other", 0),
            amount("avoided", 0),
            flag("bills_insurance"),
            Children(
                "uses",
                "care_model_id",
                Noun(
                    "uses",
                    "care_model_use",
                    (text("label"), text("category"), number("times", 1), amount("each")),
                ),
            ),
        ),
        says="Own numbers for a year of each way of having a doctor.",
    ),
)
