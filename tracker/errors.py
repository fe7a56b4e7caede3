"""Everything this program raises on purpose, in three families.

A problem carries two plain sentences: what happened, and what to do about it. Screen and
command line show the same words, so they are written once, where the problem is found.
"""

from __future__ import annotations


class LedgerError(Exception):
    """Base class. `what` says what happened, `todo` what the person can do next (may be empty)."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what} {self.todo}".strip()


class UserProblem(LedgerError):
    """The person at the keyboard can fix it; `field` names the input to put the cursor in."""

    def __init__(self, what: str, todo: str = "", *, field: str | None = None) -> None:
        super().__init__(what, todo)
        self.field = field


class WorldProblem(LedgerError):
    """The machine got in the way: a full disk, a locked or damaged file. Nothing was lost."""


class Bug(LedgerError):
    """We broke a promise to ourselves. Logged, and never shown as the person's fault."""


class Cancelled(LedgerError):
    """Somebody asked long work to stop. Shown to nobody."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")
