"""Asking a service for what it has to refuse: one clear sentence, the field, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tracker.errors import UserProblem
from tracker.storage.ledger import Ledger


def rows_of(ledger: Ledger) -> str:
    """Everything the ledger holds, as text."""
    return "\n".join(ledger.read().iterdump())


def refused(
    ledger: Ledger, act: Callable[[], Any], *, match: str | None = None, field: str | None
) -> UserProblem:
    """The problem of an act that has to be refused; the ledger is as before.

    Every refusal says what is wrong in sentences that end, and what to do next.
    """
    before = rows_of(ledger)
    with pytest.raises(UserProblem, match=match) as problem:
        act()
    assert problem.value.field == field
    assert str(problem.value).rstrip().endswith((".", "?"))
    assert "!" not in str(problem.value)
    assert rows_of(ledger) == before
    return problem.value
