"""The yearly limits of the program together with those the member typed in."""

from __future__ import annotations

import sqlite3

from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.own_limits import with_own
from tracker.storage.queries import taxes as query


def read_limits(connection: sqlite3.Connection) -> Limits:
    """All years: what the program knows, with the member's own amounts in their place."""
    from tracker.imports.limits_file import yearly_limits

    return with_own(yearly_limits(), query.own_limits(connection))
