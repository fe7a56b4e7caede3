"""Which import brought a stated balance, so that it goes when the import is taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("account_statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_account_statement_import_id"), ["import_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_account_statement_import_id"),
            "import_batch",
            ["import_id"],
            ["id"],
            ondelete="SET NULL",
        )
