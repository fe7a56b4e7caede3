"""A plan's rules for each service, more of its terms, and what is learned and planned around it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "service_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("short", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("never_covered", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("drug", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("codes", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_category")),
        sa.UniqueConstraint("code", name=op.f("uq_service_category_code")),
    )
    op.create_table(
        "planned_care",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("every_months", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=True),
        sa.Column("network", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("likelihood", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_planned_care_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_planned_care_provider_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_care")),
    )
    with op.batch_alter_table("planned_care", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_care_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_planned_care_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "cost_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("tier", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("covered", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("deductible", sa.Text(), nullable=True),
        sa.Column("oop_max", sa.Text(), nullable=True),
        sa.Column("copay", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("copay_order", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("copay_scope", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("max_units", sa.Integer(), nullable=True),
        sa.Column("coinsurance", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("coinsurance_min", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("coinsurance_max", sa.Integer(), nullable=True),
        sa.Column("waive_copay_if_admitted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("visit_limit", sa.Integer(), nullable=True),
        sa.Column("dollar_max", sa.Integer(), nullable=True),
        sa.Column("no_authorization_penalty", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("copay_credits", sa.Text(), nullable=True),
        sa.Column("prior_authorization", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("referral", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_cost_rule_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_rule")),
        sa.UniqueConstraint("plan_id", "category", "tier", name=op.f("uq_cost_rule_plan_id")),
    )
    with op.batch_alter_table("cost_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_rule_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "network_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("stands", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reference", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_network_check_plan_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_network_check_provider_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_check")),
    )
    with op.batch_alter_table("network_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_check_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_check_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "network_tier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_network_tier_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_tier")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_network_tier_plan_id")),
    )
    with op.batch_alter_table("network_tier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_tier_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "opening_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("counting", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_opening_balance_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_opening_balance_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_balance")),
    )
    with op.batch_alter_table("opening_balance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_balance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opening_balance_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "stated_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stated_total_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_stated_total_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_total")),
    )
    with op.batch_alter_table("stated_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stated_total_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stated_total_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("accumulator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("tier", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("drugs", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("cap", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("credits", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_accumulator_plan_id"), type_="unique")

    # Rules call limits by name; those there were get the usual ones.
    op.execute(
        "UPDATE accumulator SET name = CASE kind WHEN 'deductible' THEN 'DED_' ELSE 'OOP_' END"
        " || CASE network WHEN 'in' THEN 'IN' ELSE 'OUT' END"
    )
    with op.batch_alter_table("accumulator", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_accumulator_plan_id"), ["plan_id", "name"])

    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tier", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(
            sa.Column("protected", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("category", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(
            sa.Column("assistance", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("assistance_counts", sa.Integer(), nullable=True))

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("accumulator_start", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("continues_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("period_rule", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("carry_over", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("assistance", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("aca_compliant", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("hsa_qualified", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("oon_method", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("oon_rate", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("medigap", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("filed_id", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("subscriber_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("cob_method", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("no_cob_clause", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("not_active_employment", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("small_employer", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("covered_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("cob_rank", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_plan_continues_id"), ["continues_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_subscriber_id"), ["subscriber_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_plan_continues_id"), "plan", ["continues_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_plan_subscriber_id"), "person", ["subscriber_id"], ["id"], ondelete="SET NULL"
        )
