"""The nouns of care and what it costs: visits, EOBs, bills, cases and calls."""

from __future__ import annotations

from tracker.facts import (
    Authorized,
    CaseKind,
    CaseOutcome,
    ClaimStage,
    EobVersion,
    FindingState,
    Network,
    PaidTo,
    StepOutcome,
    Topic,
    Turn,
)
from tracker.ledger_form.kinds import Flag, Texts, Time
from tracker.ledger_form.parts import Children, Field, Noun
from tracker.ledger_form.wording import (
    ID,
    amount,
    day,
    flag,
    known,
    known_day,
    known_link,
    known_number,
    known_text,
    known_word,
    link,
    number,
    text,
    word,
)

_EOB_AMOUNTS = (
    amount("billed"),
    amount("allowed"),
    amount("plan_paid"),
    amount("deductible"),
    amount("copay"),
    amount("coinsurance"),
    amount("not_covered"),
    amount("you_owe"),
)

_LINE_BEGINS = (text("description"), text("code"), text("modifiers"), number("units", 1), day("service_on"))

_LISTED = Texts("\n")

_VISITS = Noun(
    "visits",
    "visit",
    (
        ID,
        known_link("person_id", "people"),
        known_link("provider_id", "providers"),
        link("facility_id", "providers"),
        known_day("visited_on"),
        day("until"),
        text("category"),
        text("description"),
        number("minutes"),
        flag("expects_claim", default=True),
        flag("preventive"),
        text("note"),
        Children(
            "orders",
            "visit_id",
            Noun("orders", "order_line", (text("text"), text("code"), text("category"))),
        ),
    ),
    says="Care received on a day, with what was ordered there.",
)

_CLAIMS = Noun(
    "claims",
    "claim",
    (
        ID,
        text("claim_number"),
        known_link("person_id", "people"),
        known_link("provider_id", "providers"),
        link("plan_id", "plans"),
        word("network", Network.IN),
        text("tier"),
        flag("protected"),
        text("category"),
        text("description"),
        known_day("service_from"),
        day("service_to"),
        day("processed_on"),
        *_EOB_AMOUNTS,
        amount("assistance", 0),
        Field("assistance_counts", Flag()),
        text("note"),
        text("eob_number"),
        word("version", EobVersion.ORIGINAL),
        link("replaces_id", "claims"),
        word("stage", ClaimStage.PROCESSED),
        day("submitted_on"),
        day("received_on"),
        day("eob_on"),
        day("got_on"),
        text("member_number"),
        link("rendering_id", "providers"),
        link("facility_id", "providers"),
        link("visit_id", "visits"),
        amount("other_paid"),
        amount("penalty"),
        amount("may_bill"),
        word("paid_to", PaidTo.PROVIDER),
        text("payment_reference"),
        day("appeal_by"),
        text("reasons"),
        text("record_id"),
        link("import_id", "imports"),
        Children(
            "lines",
            "claim_id",
            Noun("lines", "eob_line", (*_LINE_BEGINS, text("category"), *_EOB_AMOUNTS, text("reasons"))),
        ),
    ),
    says="EOBs, each version an entry of its own; a corrected one names the one it replaces_id.",
)

_BILLS = Noun(
    "bills",
    "bill",
    (
        ID,
        known_link("provider_id", "providers"),
        known_link("person_id", "people"),
        text("account_number"),
        known_day("service_from"),
        day("service_to"),
        text("description"),
        text("category"),
        link("visit_id", "visits"),
        flag("self_pay"),
        amount("estimate"),
        day("estimate_on"),
        day("hold_requested_on"),
        flag("closed"),
        text("note"),
        Children(
            "statements",
            "bill_id",
            Noun(
                "statements",
                "statement",
                (
                    known_day("stated_on"),
                    day("got_on"),
                    day("due_on"),
                    known("amount"),
                    amount("charges"),
                    amount("plan_paid"),
                    amount("discount"),
                    amount("paid_by_you"),
                    flag("threatens"),
                    Children(
                        "lines",
                        "statement_id",
                        Noun("lines", "statement_line", (*_LINE_BEGINS, known("amount"))),
                    ),
                ),
            ),
        ),
    ),
    says="What providers ask, each with all its statements, oldest first.",
)

_CLAIM_LINKS = Noun(
    "claim_links",
    "claim_link",
    (
        known_link("claim_id", "claims"),
        link("bill_id", "bills"),
        link("visit_id", "visits"),
        flag("linked", default=True),
    ),
    says="The member's word on whether an EOB belongs to a bill or to a visit; exactly one is given.",
)

_STEP = Noun(
    "steps",
    "case_step",
    (
        known_number("number"),
        word("outcome", StepOutcome.WENT_ON),
        known_number("leads_to"),
        known_day("done_on"),
        text("reason"),
        text("spoke_with"),
        text("reference"),
        text("promise"),
        day("promised_by"),
        amount("amount"),
        text("note"),
    ),
)

_DEADLINE = Noun(
    "deadlines",
    "deadline",
    (text("label"), known_day("do_by"), day("last_day"), day("done_on"), text("why")),
)

_AUTHORIZATION = Noun(
    "authorization",
    "authorization",
    (
        word("stands", Authorized.REQUESTED),
        text("number"),
        text("category"),
        text("codes"),
        number("units"),
        number("units_used", 0),
        link("facility_id", "providers"),
        day("valid_from"),
        day("valid_to"),
        text("requested_by"),
        day("requested_on"),
        day("decided_on"),
    ),
)

_SUBMISSION = Noun(
    "submission",
    "submission",
    (
        known("charge"),
        amount("expected"),
        text("channel"),
        day("sent_on"),
        text("proof"),
        number("filing_days", 365),
        Field("gate", _LISTED, default=""),
    ),
)

_CASES = Noun(
    "cases",
    "case_file",
    (
        ID,
        known_word("kind", CaseKind),
        text("title"),
        known_day("opened_on"),
        link("person_id", "people"),
        link("provider_id", "providers"),
        link("plan_id", "plans"),
        link("claim_id", "claims"),
        link("bill_id", "bills"),
        link("visit_id", "visits"),
        number("level", 1),
        flag("expedited"),
        word("turn", Turn.ME),
        word("outcome", CaseOutcome.OPEN),
        day("closed_on"),
        amount("at_stake"),
        amount("recovered"),
        text("note"),
        Children("steps", "case_id", _STEP),
        Children("deadlines", "case_id", _DEADLINE),
        Children("authorization", "case_id", _AUTHORIZATION, single=True),
        Children("submission", "case_id", _SUBMISSION, single=True),
        Field("ticked", _LISTED, default=""),
    ),
    says="What is pursued, with its steps and deadlines.",
)

_CALLS = Noun(
    "calls",
    "call",
    (
        ID,
        known_day("called_on"),
        Field("began_at", Time(), default=""),
        number("minutes"),
        link("provider_id", "providers"),
        text("phone"),
        text("spoke_with"),
        text("reference"),
        word("topic", Topic.OTHER),
        text("about"),
        text("said"),
        text("promise"),
        day("check_on"),
        flag("checked"),
        link("case_id", "cases"),
        link("claim_id", "claims"),
        link("bill_id", "bills"),
        link("plan_id", "plans"),
        link("visit_id", "visits"),
    ),
    says="Telephone calls as they were noted.",
)

_FINDING_NOTES = Noun(
    "finding_notes",
    "finding_note",
    (
        known_text("key"),
        known_word("state", FindingState),
        text("reason"),
        amount("amount"),
        link("case_id", "cases"),
        known_day("noted_on"),
    ),
    says="What was decided on a finding; key names the detector and what it is about.",
)

_SNOOZES = Noun(
    "snoozes",
    "snooze",
    (known_text("key"), known_day("until"), text("reason")),
    says="Items of the attention list put off until a day.",
)

CARE = (_VISITS, _CLAIMS, _BILLS, _CLAIM_LINKS, _CASES, _CALLS, _FINDING_NOTES, _SNOOZES)
