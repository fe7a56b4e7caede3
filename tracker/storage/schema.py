"""The tables as they are today. Imported only to write, to create and to compare with migrations.

Reading goes through `tracker.storage.queries` in plain SQL, so that the window shows its first
page before SQLAlchemy is loaded.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=text("''"))


def _cents(name: str, *, known: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=not known)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _flag(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _link(name: str, target: str, *, required: bool = False, on_delete: str = "RESTRICT") -> Column[int]:
    return Column(
        name, Integer, ForeignKey(f"{target}.id", ondelete=on_delete), nullable=not required, index=True
    )


def _membership_terms() -> list[Column[Any]]:
    """The clauses of an agreement, as columns of its own row."""
    return [
        Column("medicare", Text),
        _text("networks"),
        _text("renewal_clause"),
        _text("payment_method"),
        _cents("late_fee"),
        _cents("offer_amount"),
        Column("offer_months", Integer),
        Column("refund_kind", Text),
        _flag("claw_back"),
        _count("cancellation_fee"),
        _count("trial_days"),
        _flag("to_month_end"),
        Column("notice_on", Date),
        Column("cancelled_on", Date),
        _cents("refund_stated"),
        Column("promised_hours", Integer),
        Column("reply_hours", Integer),
        Column("promised_minutes", Integer),
        _text("contacts"),
        Column("pays_for", Text),
        Column("paid_by", Text, nullable=False, server_default=text("'member'")),
        Column("bills_insurance", Integer),
        Column("bills_visits", Integer),
        Column("primary_care_only", Integer),
        Column("primary_care_practitioners", Integer),
        Column("within_office_care", Integer),
    ]


person = Table(
    "person",
    metadata,
    _id(),
    _text("name"),
    Column("birth_date", Date),
    Column("position", Integer, nullable=False, server_default=text("0")),
)

provider = Table(
    "provider",
    metadata,
    _id(),
    _text("name"),
    _text("kind"),
    _text("npi"),
    _text("phone"),
    _text("note"),
)
Index("ix_provider_name", provider.c.name)

membership = Table(
    "membership",
    metadata,
    _id(),
    _link("practice_id", "provider", required=True),
    _text("physician"),
    _text("model"),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date),
    _flag("auto_renews"),
    Column("notice_days", Integer, nullable=False, server_default=text("30")),
    _text("note"),
    *_membership_terms(),
    CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="term"),
)

membership_service = Table(
    "membership_service",
    metadata,
    _id(),
    _link("membership_id", "membership", required=True, on_delete="CASCADE"),
    _text("code"),
    _text("name"),
    Column("state", Text),
    Column("per_year", Integer),
    _cents("extra_fee"),
    _text("category"),
    _cents("list_price"),
    UniqueConstraint("membership_id", "code"),
)

care_statement = Table(
    "care_statement",
    metadata,
    _id(),
    _link("membership_id", "membership", required=True, on_delete="CASCADE"),
    Column("stated_on", Date, nullable=False),
    Column("share", Integer),
    _cents("amount"),
    Column("received", Integer, nullable=False, server_default=text("1")),
    _text("document"),
)

administrator_answer = Table(
    "administrator_answer",
    metadata,
    _id(),
    _link("membership_id", "membership", required=True, on_delete="CASCADE"),
    _text("pocket"),
    Column("said_on", Date, nullable=False),
    _flag("agreed"),
    _text("said"),
)

practice_contact = Table(
    "practice_contact",
    metadata,
    _id(),
    _link("membership_id", "membership", required=True, on_delete="CASCADE"),
    _link("person_id", "person", on_delete="SET NULL"),
    _text("kind"),
    Column("asked_on", Date),
    Column("asked_at", Text),
    Column("seen_on", Date, nullable=False),
    Column("seen_at", Text),
    Column("minutes", Integer),
    Column("within_hours", Integer),
    _text("services"),
    _text("instead_of"),
    _link("visit_id", "visit", on_delete="SET NULL"),
    _text("note"),
)

decision_answer = Table(
    "decision_answer",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    Column("weight", Integer),
    _text("note"),
)

care_model = Table(
    "care_model",
    metadata,
    _id(),
    Column("model", Text, nullable=False, unique=True),
    _count("fee"),
    _count("other"),
    _count("avoided"),
    _flag("bills_insurance"),
)

care_model_use = Table(
    "care_model_use",
    metadata,
    _id(),
    _link("care_model_id", "care_model", required=True, on_delete="CASCADE"),
    _text("label"),
    _text("category"),
    Column("times", Integer, nullable=False, server_default=text("1")),
    _cents("each"),
)

membership_person = Table(
    "membership_person",
    metadata,
    _id(),
    _link("membership_id", "membership", required=True, on_delete="CASCADE"),
    _link("person_id", "person", required=True, on_delete="CASCADE"),
    UniqueConstraint("membership_id", "person_id"),
)

plan = Table(
    "plan",
    metadata,
    _id(),
    _text("name"),
    _link("insurer_id", "provider"),
    _text("kind"),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    _text("member_number"),
    _text("note"),
    _text("accumulator_start"),
    _link("continues_id", "plan", on_delete="SET NULL"),
    _text("period_rule"),
    _text("carry_over"),
    _text("assistance"),
    _flag("aca_compliant"),
    _flag("hsa_qualified"),
    _text("oon_method"),
    Column("oon_rate", Integer),
    _text("medigap"),
    _text("filed_id"),
    _link("subscriber_id", "person", on_delete="SET NULL"),
    _text("cob_method"),
    _flag("no_cob_clause"),
    _flag("not_active_employment"),
    _flag("small_employer"),
    Column("covered_since", Date),
    Column("cob_rank", Integer),
    CheckConstraint("ends_on >= begins_on", name="period"),
)

plan_person = Table(
    "plan_person",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _link("person_id", "person", required=True, on_delete="CASCADE"),
    UniqueConstraint("plan_id", "person_id"),
)

accumulator = Table(
    "accumulator",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _text("kind"),
    _text("network"),
    _text("mode"),
    _cents("individual"),
    _cents("family"),
    _text("name"),
    _text("tier"),
    _flag("drugs"),
    _cents("cap"),
    _text("credits"),
    UniqueConstraint("plan_id", "name"),
)

network_tier = Table(
    "network_tier",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _text("code"),
    _text("name"),
    UniqueConstraint("plan_id", "code"),
)

cost_rule = Table(
    "cost_rule",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _text("category"),
    _text("tier"),
    Column("covered", Integer, nullable=False, server_default=text("1")),
    Column("deductible", Text),
    Column("oop_max", Text),
    _count("copay"),
    _text("copay_order"),
    _text("copay_scope"),
    Column("max_units", Integer),
    _count("coinsurance"),
    _count("coinsurance_min"),
    _cents("coinsurance_max"),
    _flag("waive_copay_if_admitted"),
    Column("visit_limit", Integer),
    _cents("dollar_max"),
    _count("no_authorization_penalty"),
    Column("copay_credits", Text),
    _text("prior_authorization"),
    _text("referral"),
    _text("note"),
    UniqueConstraint("plan_id", "category", "tier"),
)

service_category = Table(
    "service_category",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    _text("name"),
    _text("short"),
    Column("parent", Text),
    _flag("never_covered"),
    _flag("drug"),
    _text("codes"),
)

opening_balance = Table(
    "opening_balance",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _link("person_id", "person", required=True, on_delete="CASCADE"),
    _text("name"),
    _text("counting"),
    Column("amount", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    _text("note"),
)

stated_total = Table(
    "stated_total",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _link("person_id", "person", on_delete="CASCADE"),
    _text("name"),
    _cents("amount", known=True),
    Column("stated_on", Date, nullable=False),
    _text("note"),
)

network_check = Table(
    "network_check",
    metadata,
    _id(),
    _link("plan_id", "plan", required=True, on_delete="CASCADE"),
    _link("provider_id", "provider", required=True, on_delete="CASCADE"),
    _text("location"),
    _text("stands"),
    Column("checked_on", Date, nullable=False),
    _text("source"),
    _text("reference"),
    _text("note"),
)

planned_care = Table(
    "planned_care",
    metadata,
    _id(),
    _link("person_id", "person", required=True, on_delete="CASCADE"),
    _text("category"),
    _link("provider_id", "provider", on_delete="SET NULL"),
    _text("label"),
    Column("first_on", Date, nullable=False),
    Column("times", Integer, nullable=False, server_default=text("1")),
    Column("every_months", Integer, nullable=False, server_default=text("1")),
    _cents("allowed"),
    _text("network"),
    _text("likelihood"),
    _text("note"),
)

account = Table(
    "account",
    metadata,
    _id(),
    _text("name"),
    _text("kind"),
    _text("institution"),
    Column("opening", Integer, nullable=False, server_default=text("0")),
    Column("opened_on", Date),
    _cents("target"),
    _flag("closed"),
    _link("person_id", "person", on_delete="SET NULL"),
)

fsa_year = Table(
    "fsa_year",
    metadata,
    _id(),
    _link("account_id", "account", required=True, on_delete="CASCADE"),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    _cents("election", known=True),
    _text("kind"),
    _count("carried_in"),
    _text("after"),
    _cents("carry_over_most"),
    Column("run_out_ends_on", Date),
)

hra_year = Table(
    "hra_year",
    metadata,
    _id(),
    _link("account_id", "account", required=True, on_delete="CASCADE"),
    _text("kind"),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    _cents("credit", known=True),
    _flag("by_month"),
    _count("carried_in"),
    _flag("family"),
    _flag("post_deductible"),
    _text("pays"),
    _text("never_pays"),
    Column("file_by", Date),
    Column("keeps_rest", Integer),
)

other_cover = Table(
    "other_cover",
    metadata,
    _id(),
    _link("person_id", "person", required=True, on_delete="CASCADE"),
    _text("kind"),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date),
    _text("tier"),
    _text("name"),
)

account_statement = Table(
    "account_statement",
    metadata,
    _id(),
    _link("account_id", "account", required=True, on_delete="CASCADE"),
    Column("stated_on", Date, nullable=False),
    Column("balance", Integer, nullable=False),
    _text("note"),
    _link("import_id", "import_batch", on_delete="SET NULL"),
)

fund_plan = Table(
    "fund_plan",
    metadata,
    _id(),
    Column(
        "account_id", Integer, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    _text("method"),
    Column("probability", Integer, nullable=False, server_default=text("2500")),
    _count("not_covered"),
    _count("balance_bills"),
    Column("months", Integer, nullable=False, server_default=text("12")),
    Column("repay_months", Integer, nullable=False, server_default=text("6")),
    Column("due_on", Date),
    _link("category_id", "category", on_delete="SET NULL"),
    _link("recurring_id", "recurring", on_delete="SET NULL"),
)

fund_scenario = Table(
    "fund_scenario",
    metadata,
    _id(),
    _text("label"),
    Column("probability", Integer, nullable=False),
    _cents("cost"),
    _text("category"),
    _cents("allowed"),
    _text("network"),
)

tax_facts = Table(
    "tax_facts",
    metadata,
    _id(),
    Column("year", Integer, nullable=False, unique=True),
    _cents("income"),
    Column("status", Text),
    Column("federal_rate", Integer),
    _count("state_rate"),
    _flag("through_payroll"),
    _flag("above_wage_base"),
    _cents("other_itemized"),
    _flag("married_with_family"),
    Column("family_share", Integer, nullable=False, server_default=text("5000")),
    _flag("dependent"),
    _flag("disabled"),
    _text("note"),
)

own_limit = Table(
    "own_limit",
    metadata,
    _id(),
    Column("year", Integer, nullable=False),
    _text("name"),
    Column("amount", Integer, nullable=False),
    UniqueConstraint("year", "name"),
)

trip = Table(
    "trip",
    metadata,
    _id(),
    _link("person_id", "person", on_delete="SET NULL"),
    Column("driven_on", Date, nullable=False),
    Column("tenths", Integer, nullable=False),
    _count("parking"),
    _text("purpose"),
)

drug = Table(
    "drug",
    metadata,
    _id(),
    _link("person_id", "person", required=True, on_delete="CASCADE"),
    _text("name"),
    _text("strength"),
    _text("category"),
    Column("days", Integer, nullable=False, server_default=text("30")),
    Column("refills_left", Integer),
    _link("pharmacy_id", "provider", on_delete="SET NULL"),
    _link("prescriber_id", "provider", on_delete="SET NULL"),
    Column("stopped_on", Date),
    _text("note"),
)

drug_price = Table(
    "drug_price",
    metadata,
    _id(),
    _link("drug_id", "drug", required=True, on_delete="CASCADE"),
    _text("through"),
    Column("days", Integer, nullable=False),
    _cents("price", known=True),
    _link("pharmacy_id", "provider", on_delete="SET NULL"),
    Column("named_on", Date),
)

drug_fill = Table(
    "drug_fill",
    metadata,
    _id(),
    _link("drug_id", "drug", required=True, on_delete="CASCADE"),
    Column("filled_on", Date, nullable=False),
    Column("days", Integer, nullable=False),
    _cents("paid", known=True),
    _text("through"),
    _link("payment_id", "payment", on_delete="SET NULL"),
    _link("claim_id", "claim", on_delete="SET NULL"),
    _text("note"),
)

household_budget = Table(
    "household_budget",
    metadata,
    _id(),
    _text("name"),
    Column("as_of", Date, nullable=False),
    _cents("income", known=True),
    _cents("gross_year"),
    _cents("membership_year"),
    _cents("premium"),
    _cents("oop_max_year"),
    _cents("expected"),
    _cents("p80"),
    _count("savings"),
    _cents("employer_premium"),
    Column("own_limit", Integer),
    _text("note"),
)

household_line = Table(
    "household_line",
    metadata,
    _id(),
    _link("household_budget_id", "household_budget", required=True, on_delete="CASCADE"),
    _text("label"),
    _cents("amount", known=True),
    _flag("discretionary"),
    _count("cut"),
)

reminder = Table(
    "reminder",
    metadata,
    _id(),
    _text("label"),
    Column("falls_on", Date, nullable=False),
    _flag("yearly"),
    _text("note"),
)

category = Table(
    "category",
    metadata,
    _id(),
    _text("name"),
    _text("role"),
    Column("position", Integer, nullable=False, server_default=text("0")),
    _flag("hidden"),
    _text("carry_over"),
)

budget_line = Table(
    "budget_line",
    metadata,
    _id(),
    _link("category_id", "category", required=True, on_delete="CASCADE"),
    Column("month", Date, nullable=False),
    _cents("estimate", known=True),
    UniqueConstraint("month", "category_id"),
    CheckConstraint("substr(month, 9) = '01'", name="first_day"),
)

recurring = Table(
    "recurring",
    metadata,
    _id(),
    _text("label"),
    _cents("amount", known=True),
    _text("frequency"),
    Column("first_due", Date, nullable=False),
    Column("last_due", Date),
    Column("propose_from", Date),
    _link("provider_id", "provider"),
    _link("person_id", "person", on_delete="SET NULL"),
    _link("account_id", "account", on_delete="SET NULL"),
    _link("to_account_id", "account", on_delete="SET NULL"),
    _link("category_id", "category", on_delete="SET NULL"),
    _link("membership_id", "membership", on_delete="CASCADE"),
    _link("plan_id", "plan", on_delete="CASCADE"),
)

recurring_skip = Table(
    "recurring_skip",
    metadata,
    _id(),
    _link("recurring_id", "recurring", required=True, on_delete="CASCADE"),
    Column("due_on", Date, nullable=False),
    UniqueConstraint("recurring_id", "due_on"),
)

import_batch = Table(
    "import_batch",
    metadata,
    _id(),
    Column("at", Text, nullable=False),
    _text("note"),
)

import_file = Table(
    "import_file",
    metadata,
    _id(),
    _link("import_id", "import_batch", required=True, on_delete="CASCADE"),
    _text("name"),
    Column("sha256", Text, nullable=False, index=True),
    _text("format"),
    _text("layout"),
    _count("size"),
    _count("taken"),
    _count("known"),
    _count("left_out"),
)

import_rule = Table(
    "import_rule",
    metadata,
    _id(),
    _count("position"),
    _text("name"),
    Column("active", Integer, nullable=False, server_default=text("1")),
    _link("account_id", "account", on_delete="CASCADE"),
    _text("payee_has"),
    _text("memo_has"),
    _cents("amount_from"),
    _cents("amount_to"),
    Column("money_out", Integer),
    _text("payee"),
    _link("category_id", "category", on_delete="SET NULL"),
    _link("person_id", "person", on_delete="SET NULL"),
    _link("to_account_id", "account", on_delete="SET NULL"),
    Column("source", Text),
    _text("item"),
    Column("qualifies", Text),
    _flag("leave_out"),
)

import_profile = Table(
    "import_profile",
    metadata,
    _id(),
    _text("name"),
    Column("mapping", Text, nullable=False),
)

import_account = Table(
    "import_account",
    metadata,
    _id(),
    Column("source", Text, nullable=False, unique=True),
    _link("account_id", "account", required=True, on_delete="CASCADE"),
)

payment = Table(
    "payment",
    metadata,
    _id(),
    Column("paid_on", Date, nullable=False, index=True),
    _cents("amount", known=True),
    _link("provider_id", "provider"),
    _link("person_id", "person", on_delete="SET NULL"),
    _link("account_id", "account"),
    _link("to_account_id", "account"),
    _link("repays_id", "payment", on_delete="SET NULL"),
    Column("recurring_id", Integer, ForeignKey("recurring.id", ondelete="SET NULL")),
    Column("due_on", Date),
    _text("note"),
    Column("tax_year", Integer),
    Column("source", Text),
    _text("bank_id"),
    _link("import_id", "import_batch", on_delete="SET NULL"),
)
Index("ix_payment_recurring_id", payment.c.recurring_id, payment.c.due_on)

payment_repaid = Table(
    "payment_repaid",
    metadata,
    _id(),
    _link("payment_id", "payment", required=True, on_delete="CASCADE"),
    _link("expense_id", "payment", required=True, on_delete="CASCADE"),
    _cents("amount", known=True),
    UniqueConstraint("payment_id", "expense_id"),
)

expense_note = Table(
    "expense_note",
    metadata,
    _id(),
    Column(
        "payment_id", Integer, ForeignKey("payment.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    _text("item"),
    Column("qualifies", Text),
    _cents("eligible"),
    Column("incurred_on", Date),
    _count("deducted"),
    Column("deducted_year", Integer),
    _text("note"),
)

allocation = Table(
    "allocation",
    metadata,
    _id(),
    _link("payment_id", "payment", required=True, on_delete="CASCADE"),
    _link("category_id", "category", required=True),
    _cents("amount", known=True),
    _text("note"),
)

claim = Table(
    "claim",
    metadata,
    _id(),
    _text("claim_number"),
    _link("person_id", "person", required=True),
    _link("provider_id", "provider", required=True),
    _link("plan_id", "plan", on_delete="SET NULL"),
    _text("network"),
    _text("tier"),
    _flag("protected"),
    _text("category"),
    _text("description"),
    Column("service_from", Date, nullable=False, index=True),
    Column("service_to", Date),
    Column("processed_on", Date),
    _cents("billed"),
    _cents("allowed"),
    _cents("plan_paid"),
    _cents("deductible"),
    _cents("copay"),
    _cents("coinsurance"),
    _cents("not_covered"),
    _cents("you_owe"),
    _count("assistance"),
    Column("assistance_counts", Integer),
    _text("note"),
    _text("eob_number"),
    _text("version"),
    _link("replaces_id", "claim", on_delete="SET NULL"),
    _text("stage"),
    Column("submitted_on", Date),
    Column("received_on", Date),
    Column("eob_on", Date),
    Column("got_on", Date),
    _text("member_number"),
    _link("rendering_id", "provider", on_delete="SET NULL"),
    _link("facility_id", "provider", on_delete="SET NULL"),
    _link("visit_id", "visit", on_delete="SET NULL"),
    _cents("other_paid"),
    _cents("penalty"),
    _cents("may_bill"),
    _text("paid_to"),
    _text("payment_reference"),
    Column("appeal_by", Date),
    _text("reasons"),
    _text("record_id"),
    _link("import_id", "import_batch", on_delete="SET NULL"),
    CheckConstraint("service_to IS NULL OR service_to >= service_from", name="service"),
)

visit = Table(
    "visit",
    metadata,
    _id(),
    _link("person_id", "person", required=True),
    _link("provider_id", "provider", required=True),
    _link("facility_id", "provider", on_delete="SET NULL"),
    Column("visited_on", Date, nullable=False, index=True),
    Column("until", Date),
    _text("category"),
    _text("description"),
    Column("minutes", Integer),
    Column("expects_claim", Integer, nullable=False, server_default=text("1")),
    _flag("preventive"),
    _text("note"),
)

order_line = Table(
    "order_line",
    metadata,
    _id(),
    _link("visit_id", "visit", required=True, on_delete="CASCADE"),
    _text("text"),
    _text("code"),
    _text("category"),
)

eob_line = Table(
    "eob_line",
    metadata,
    _id(),
    _link("claim_id", "claim", required=True, on_delete="CASCADE"),
    _text("description"),
    _text("code"),
    _text("modifiers"),
    Column("units", Integer, nullable=False, server_default=text("1")),
    Column("service_on", Date),
    _text("category"),
    _cents("billed"),
    _cents("allowed"),
    _cents("plan_paid"),
    _cents("deductible"),
    _cents("copay"),
    _cents("coinsurance"),
    _cents("not_covered"),
    _cents("you_owe"),
    _text("reasons"),
)

bill = Table(
    "bill",
    metadata,
    _id(),
    _link("provider_id", "provider", required=True),
    _link("person_id", "person", required=True),
    _text("account_number"),
    Column("service_from", Date, nullable=False, index=True),
    Column("service_to", Date),
    _text("description"),
    _text("category"),
    _link("visit_id", "visit", on_delete="SET NULL"),
    _flag("self_pay"),
    _cents("estimate"),
    Column("estimate_on", Date),
    Column("hold_requested_on", Date),
    _flag("closed"),
    _text("note"),
)

statement = Table(
    "statement",
    metadata,
    _id(),
    _link("bill_id", "bill", required=True, on_delete="CASCADE"),
    Column("stated_on", Date, nullable=False),
    Column("got_on", Date),
    Column("due_on", Date),
    _cents("amount", known=True),
    _cents("charges"),
    _cents("plan_paid"),
    _cents("discount"),
    _cents("paid_by_you"),
    _flag("threatens"),
)

statement_line = Table(
    "statement_line",
    metadata,
    _id(),
    _link("statement_id", "statement", required=True, on_delete="CASCADE"),
    _text("description"),
    _text("code"),
    _text("modifiers"),
    Column("units", Integer, nullable=False, server_default=text("1")),
    Column("service_on", Date),
    _cents("amount", known=True),
)

payment_bill = Table(
    "payment_bill",
    metadata,
    _id(),
    _link("payment_id", "payment", required=True, on_delete="CASCADE"),
    _link("bill_id", "bill", required=True, on_delete="CASCADE"),
    _cents("amount", known=True),
)

claim_link = Table(
    "claim_link",
    metadata,
    _id(),
    _link("claim_id", "claim", required=True, on_delete="CASCADE"),
    _link("bill_id", "bill", on_delete="CASCADE"),
    _link("visit_id", "visit", on_delete="CASCADE"),
    Column("linked", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("(bill_id IS NULL) <> (visit_id IS NULL)", name="one_end"),
)

case_file = Table(
    "case_file",
    metadata,
    _id(),
    _text("kind"),
    _text("title"),
    Column("opened_on", Date, nullable=False),
    _link("person_id", "person", on_delete="SET NULL"),
    _link("provider_id", "provider", on_delete="SET NULL"),
    _link("plan_id", "plan", on_delete="SET NULL"),
    _link("claim_id", "claim", on_delete="SET NULL"),
    _link("bill_id", "bill", on_delete="SET NULL"),
    _link("visit_id", "visit", on_delete="SET NULL"),
    Column("level", Integer, nullable=False, server_default=text("1")),
    _flag("expedited"),
    _text("turn"),
    _text("outcome"),
    Column("closed_on", Date),
    _cents("at_stake"),
    _cents("recovered"),
    _text("note"),
    _text("ticked"),
)

case_step = Table(
    "case_step",
    metadata,
    _id(),
    _link("case_id", "case_file", required=True, on_delete="CASCADE"),
    Column("number", Integer, nullable=False),
    _text("outcome"),
    Column("leads_to", Integer, nullable=False),
    Column("done_on", Date, nullable=False),
    _text("reason"),
    _text("spoke_with"),
    _text("reference"),
    _text("promise"),
    Column("promised_by", Date),
    _cents("amount"),
    _text("note"),
)

deadline = Table(
    "deadline",
    metadata,
    _id(),
    _link("case_id", "case_file", required=True, on_delete="CASCADE"),
    _text("label"),
    Column("do_by", Date, nullable=False),
    Column("last_day", Date),
    Column("done_on", Date),
    _text("why"),
)

authorization = Table(
    "authorization",
    metadata,
    _id(),
    Column("case_id", Integer, ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False, unique=True),
    _text("stands"),
    _text("number"),
    _text("category"),
    _text("codes"),
    Column("units", Integer),
    _count("units_used"),
    _link("facility_id", "provider", on_delete="SET NULL"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    _text("requested_by"),
    Column("requested_on", Date),
    Column("decided_on", Date),
)

submission = Table(
    "submission",
    metadata,
    _id(),
    Column("case_id", Integer, ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False, unique=True),
    _cents("charge", known=True),
    _cents("expected"),
    _text("channel"),
    Column("sent_on", Date),
    _text("proof"),
    Column("filing_days", Integer, nullable=False, server_default=text("365")),
    _text("gate"),
)

call = Table(
    "call",
    metadata,
    _id(),
    Column("called_on", Date, nullable=False, index=True),
    _text("began_at"),
    Column("minutes", Integer),
    _link("provider_id", "provider", on_delete="SET NULL"),
    _text("phone"),
    _text("spoke_with"),
    _text("reference"),
    _text("topic"),
    _text("about"),
    _text("said"),
    _text("promise"),
    Column("check_on", Date),
    _flag("checked"),
    _link("case_id", "case_file", on_delete="SET NULL"),
    _link("claim_id", "claim", on_delete="SET NULL"),
    _link("bill_id", "bill", on_delete="SET NULL"),
    _link("plan_id", "plan", on_delete="SET NULL"),
    _link("visit_id", "visit", on_delete="SET NULL"),
)

finding_note = Table(
    "finding_note",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    _text("state"),
    _text("reason"),
    _cents("amount"),
    _link("case_id", "case_file", on_delete="SET NULL"),
    Column("noted_on", Date, nullable=False),
)

snooze = Table(
    "snooze",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("until", Date, nullable=False),
    _text("reason"),
)

document_content = Table(
    "document_content",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

_OWNERS = (
    "person",
    "provider",
    "membership",
    "plan",
    "claim",
    "payment",
    "account",
    "visit",
    "bill",
    "case",
    "call",
)
_TABLE_OF = {"case": "case_file"}

document = Table(
    "document",
    metadata,
    _id(),
    _text("name"),
    _text("media_type"),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, ForeignKey("document_content.sha256"), nullable=False, index=True),
    Column("added_on", Date, nullable=False),
    *(_link(f"{owner}_id", _TABLE_OF.get(owner, owner), on_delete="CASCADE") for owner in _OWNERS),
    CheckConstraint(
        " + ".join(f"({owner}_id IS NOT NULL)" for owner in _OWNERS) + " = 1", name="one_owner"
    ),
)

review_note = Table(
    "review_note",
    metadata,
    _id(),
    Column("year", Integer, nullable=False),
    _text("item"),
    _text("comment"),
    _flag("done"),
    UniqueConstraint("year", "item"),
)

preference = Table(
    "preference",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    _text("value"),
)

change_history = Table(
    "change_history",
    metadata,
    _id(),
    _text("at"),
    _text("words"),
    _text("kind"),
)
