"""The six parts of the Accounts page. Each is made, and filled, when it is first looked at."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area
from ui.context import Context
from ui.jobs import Job
from ui.theme import GAP

if TYPE_CHECKING:
    from ui.printing.document import Document

T = TypeVar("T")

BALANCES, HSA, FSA, WHERE, FUNDS, TAXES = "balances", "hsa", "fsa", "where", "funds", "taxes"
PARTS = (
    (BALANCES, "Balances"),
    (HSA, "HSA"),
    (FSA, "FSA and HRA"),
    (WHERE, "Where it went"),
    (FUNDS, "Funds"),
    (TAXES, "Taxes"),
)
_CLASSES = {
    BALANCES: ("accounts_part_balances", "BalancesPart"),
    HSA: ("accounts_part_hsa", "HsaPart"),
    FSA: ("accounts_part_fsa", "FsaPart"),
    WHERE: ("accounts_part_where", "WherePart"),
    FUNDS: ("accounts_part_funds", "FundsPart"),
    TAXES: ("accounts_part_taxes", "TaxesPart"),
}


class AccountsPart(QWidget):
    """A column of cards. It reads what it shows by itself, when the page tells it to.

    A part overrides `reload`, which reads through `load` and then shows; and, where it has any, `add`,
    `print_part` and `arrive`. `reached` carries a widget and a rectangle to bring into view.
    """

    SHOWS: Area = Area.EVERYTHING
    """A change in one of these areas reloads the part."""

    ADD_TEXT = "Add account"
    """What Ctrl+N and the button in the head add; empty for nothing."""

    BY_YEAR = False
    """Whether it shows one calendar year, in `year`: then the page offers to go to another."""

    reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.year = context.today.year
        self._jobs: dict[str, Job[Any]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(GAP)

    def reload(self) -> None:
        """Read what is shown, of `year` where the part is by year, and show it."""

    def load(self, read: Callable[[], T], show: Callable[[T], object], *, what: str = "part") -> None:
        """Read beside the UI thread; a newer reading of the same `what` replaces the one under way."""
        if what in self._jobs:
            self._jobs[what].cancel()
        self._jobs[what] = self.context.load(self, read, show)

    def add(self) -> bool:
        """Add the part's main thing; False where that is an account, which the page adds."""
        return False

    def print_part(self) -> Document | None:
        """What to print, or None where there is nothing to print."""
        return None

    def arrive(self, target: object) -> None:
        """Show something of the part, such as the account with an id."""


def make_part(key: str, context: Context, parent: QWidget) -> AccountsPart:
    """Build a part by its key; its code is loaded then, unless it already is."""
    module, name = _CLASSES[key]
    made = getattr(importlib.import_module(f"ui.pages.{module}"), name)(context, parent)
    assert isinstance(made, AccountsPart)
    return made
