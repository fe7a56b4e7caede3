"""The member's word on which papers belong together, as a part of any change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.facts import ClaimLink

if TYPE_CHECKING:
    from sqlalchemy import Connection


def put_link(connection: Connection, link: ClaimLink) -> None:
    """Keep what was said of an EOB and a bill or visit; it replaces what was said before."""
    from tracker.storage import schema

    table = schema.claim_link
    connection.execute(
        table.delete().where(
            table.c.claim_id == link.claim_id,
            table.c.bill_id.is_not_distinct_from(link.bill_id),
            table.c.visit_id.is_not_distinct_from(link.visit_id),
        )
    )
    connection.execute(
        table.insert().values(
            claim_id=link.claim_id,
            bill_id=link.bill_id,
            visit_id=link.visit_id,
            linked=int(link.linked),
        )
    )


def carry_links(connection: Connection, earlier_id: int, claim_id: int) -> None:
    """A corrected EOB belongs to the bills and visits that the one it corrects was said to belong to."""
    connection.exec_driver_sql(
        "INSERT INTO claim_link (claim_id, bill_id, visit_id, linked)"
        " SELECT ?, bill_id, visit_id, linked FROM claim_link WHERE claim_id = ?",
        (claim_id, earlier_id),
    )
