"""Clauses of memberships, untaxed accounts and their years, taxes, prescriptions, affordability."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "care_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("fee", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("other", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("avoided", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("bills_insurance", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_model")),
        sa.UniqueConstraint("model", name=op.f("uq_care_model_model")),
    )
    op.create_table(
        "decision_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_answer")),
        sa.UniqueConstraint("code", name=op.f("uq_decision_answer_code")),
    )
    op.create_table(
        "fund_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=True),
        sa.Column("network", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_scenario")),
    )
    op.create_table(
        "household_budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("income", sa.Integer(), nullable=False),
        sa.Column("gross_year", sa.Integer(), nullable=True),
        sa.Column("membership_year", sa.Integer(), nullable=True),
        sa.Column("premium", sa.Integer(), nullable=True),
        sa.Column("oop_max_year", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("p80", sa.Integer(), nullable=True),
        sa.Column("savings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("employer_premium", sa.Integer(), nullable=True),
        sa.Column("own_limit", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_budget")),
    )
    op.create_table(
        "own_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_limit")),
        sa.UniqueConstraint("year", "name", name=op.f("uq_own_limit_year")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.Column("yearly", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_table(
        "tax_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("income", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("federal_rate", sa.Integer(), nullable=True),
        sa.Column("state_rate", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("through_payroll", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("above_wage_base", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("other_itemized", sa.Integer(), nullable=True),
        sa.Column("married_with_family", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("family_share", sa.Integer(), server_default=sa.text("5000"), nullable=False),
        sa.Column("dependent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("disabled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_facts")),
        sa.UniqueConstraint("year", name=op.f("uq_tax_facts_year")),
    )
    op.create_table(
        "care_model_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("care_model_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("times", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("each", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["care_model_id"],
            ["care_model.id"],
            name=op.f("fk_care_model_use_care_model_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_model_use")),
    )
    with op.batch_alter_table("care_model_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_care_model_use_care_model_id"), ["care_model_id"], unique=False
        )

    op.create_table(
        "drug",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("strength", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("days", sa.Integer(), server_default=sa.text("30"), nullable=False),
        sa.Column("refills_left", sa.Integer(), nullable=True),
        sa.Column("pharmacy_id", sa.Integer(), nullable=True),
        sa.Column("prescriber_id", sa.Integer(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_drug_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pharmacy_id"], ["provider.id"], name=op.f("fk_drug_pharmacy_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["prescriber_id"], ["provider.id"], name=op.f("fk_drug_prescriber_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug")),
    )
    with op.batch_alter_table("drug", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_pharmacy_id"), ["pharmacy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_prescriber_id"), ["prescriber_id"], unique=False)

    op.create_table(
        "household_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_budget_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("discretionary", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cut", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_budget_id"],
            ["household_budget.id"],
            name=op.f("fk_household_line_household_budget_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_line")),
    )
    with op.batch_alter_table("household_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_line_household_budget_id"), ["household_budget_id"], unique=False
        )

    op.create_table(
        "other_cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("tier", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_other_cover_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_cover")),
    )
    with op.batch_alter_table("other_cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_other_cover_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("driven_on", sa.Date(), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.Column("parking", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("purpose", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_trip_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip")),
    )
    with op.batch_alter_table("trip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trip_person_id"), ["person_id"], unique=False)

    op.create_table(
        "account_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_statement_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_statement")),
    )
    with op.batch_alter_table("account_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_statement_account_id"), ["account_id"], unique=False)

    op.create_table(
        "administrator_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("pocket", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("said", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_administrator_answer_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrator_answer")),
    )
    with op.batch_alter_table("administrator_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_administrator_answer_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "care_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("received", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("document", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_care_statement_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_statement")),
    )
    with op.batch_alter_table("care_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_care_statement_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "drug_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drug_id", sa.Integer(), nullable=False),
        sa.Column("through", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("pharmacy_id", sa.Integer(), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["drug_id"], ["drug.id"], name=op.f("fk_drug_price_drug_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pharmacy_id"], ["provider.id"], name=op.f("fk_drug_price_pharmacy_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_price")),
    )
    with op.batch_alter_table("drug_price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_price_drug_id"), ["drug_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_price_pharmacy_id"), ["pharmacy_id"], unique=False)

    op.create_table(
        "fsa_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("carried_in", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("after", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("carry_over_most", sa.Integer(), nullable=True),
        sa.Column("run_out_ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_fsa_year_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fsa_year")),
    )
    with op.batch_alter_table("fsa_year", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fsa_year_account_id"), ["account_id"], unique=False)

    op.create_table(
        "hra_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("credit", sa.Integer(), nullable=False),
        sa.Column("by_month", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("carried_in", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("family", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("post_deductible", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pays", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("never_pays", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("file_by", sa.Date(), nullable=True),
        sa.Column("keeps_rest", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_hra_year_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hra_year")),
    )
    with op.batch_alter_table("hra_year", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hra_year_account_id"), ["account_id"], unique=False)

    op.create_table(
        "membership_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("per_year", sa.Integer(), nullable=True),
        sa.Column("extra_fee", sa.Integer(), nullable=True),
        sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("list_price", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_membership_service_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_service")),
        sa.UniqueConstraint("membership_id", "code", name=op.f("uq_membership_service_membership_id")),
    )
    with op.batch_alter_table("membership_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_service_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "practice_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.Text(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("within_hours", sa.Integer(), nullable=True),
        sa.Column("services", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("instead_of", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_practice_contact_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_contact_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_practice_contact_visit_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_contact")),
    )
    with op.batch_alter_table("practice_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_contact_membership_id"), ["membership_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_practice_contact_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_contact_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "fund_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("probability", sa.Integer(), server_default=sa.text("2500"), nullable=False),
        sa.Column("not_covered", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("balance_bills", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("months", sa.Integer(), server_default=sa.text("12"), nullable=False),
        sa.Column("repay_months", sa.Integer(), server_default=sa.text("6"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("recurring_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_fund_plan_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_fund_plan_category_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recurring_id"], ["recurring.id"], name=op.f("fk_fund_plan_recurring_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_plan")),
        sa.UniqueConstraint("account_id", name=op.f("uq_fund_plan_account_id")),
    )
    with op.batch_alter_table("fund_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_plan_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fund_plan_recurring_id"), ["recurring_id"], unique=False)

    op.create_table(
        "drug_fill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drug_id", sa.Integer(), nullable=False),
        sa.Column("filled_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("through", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_drug_fill_claim_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["drug_id"], ["drug.id"], name=op.f("fk_drug_fill_drug_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_drug_fill_payment_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_fill")),
    )
    with op.batch_alter_table("drug_fill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_fill_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_fill_drug_id"), ["drug_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_fill_payment_id"), ["payment_id"], unique=False)

    op.create_table(
        "expense_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("qualifies", sa.Text(), nullable=True),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("incurred_on", sa.Date(), nullable=True),
        sa.Column("deducted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("deducted_year", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_expense_note_payment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense_note")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_expense_note_payment_id")),
    )
    op.create_table(
        "payment_repaid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("expense_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expense_id"], ["payment.id"], name=op.f("fk_payment_repaid_expense_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_repaid_payment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_repaid")),
        sa.UniqueConstraint("payment_id", "expense_id", name=op.f("uq_payment_repaid_payment_id")),
    )
    with op.batch_alter_table("payment_repaid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_repaid_expense_id"), ["expense_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_repaid_payment_id"), ["payment_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_account_person_id"), ["person_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_account_person_id"), "person", ["person_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("medicare", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("networks", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(
            sa.Column("renewal_clause", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("payment_method", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("late_fee", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offer_amount", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offer_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("refund_kind", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("claw_back", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("cancellation_fee", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("trial_days", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("to_month_end", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("notice_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("refund_stated", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("promised_hours", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reply_hours", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("promised_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("contacts", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("pays_for", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("paid_by", sa.Text(), server_default=sa.text("'member'"), nullable=False)
        )
        batch_op.add_column(sa.Column("bills_insurance", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("bills_visits", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("primary_care_only", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("primary_care_practitioners", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("within_office_care", sa.Integer(), nullable=True))

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tax_year", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=True))
