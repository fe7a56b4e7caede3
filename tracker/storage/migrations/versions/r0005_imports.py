"""Imports with their files, rules and profiles; what came with which import."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "import_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_profile")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("layout", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("size", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("taken", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("known", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("left_out", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_batch.id"], name=op.f("fk_import_file_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "import_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_import_account_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_account")),
        sa.UniqueConstraint("source", name=op.f("uq_import_account_source")),
    )
    with op.batch_alter_table("import_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_account_account_id"), ["account_id"], unique=False)

    op.create_table(
        "import_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("active", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("payee_has", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("memo_has", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount_from", sa.Integer(), nullable=True),
        sa.Column("amount_to", sa.Integer(), nullable=True),
        sa.Column("money_out", sa.Integer(), nullable=True),
        sa.Column("payee", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("to_account_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("qualifies", sa.Text(), nullable=True),
        sa.Column("leave_out", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_import_rule_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_import_rule_category_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_import_rule_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["to_account_id"],
            ["account.id"],
            name=op.f("fk_import_rule_to_account_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rule")),
    )
    with op.batch_alter_table("import_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_rule_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_rule_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_rule_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_rule_to_account_id"), ["to_account_id"], unique=False)

    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("record_id", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_claim_import_id"), ["import_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_claim_import_id"), "import_batch", ["import_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bank_id", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_payment_import_id"), ["import_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_payment_import_id"), "import_batch", ["import_id"], ["id"], ondelete="SET NULL"
        )
