"""A field for a percentage, held in basis points (20% is 2,000)."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.facts import ALL, percent
from tracker.money import BasisPoints
from ui.widgets.field import ParsedEdit

_RATE = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)\s?%?", re.ASCII)


class RateEdit(ParsedEdit):
    """Shows `20%`; accepts `20`, `12.5 %`. `most` is in basis points."""

    def __init__(
        self, parent: QWidget | None = None, *, placeholder: str = "0%", most: BasisPoints = ALL
    ) -> None:
        super().__init__(parent)
        self._most = most
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText(placeholder)

    def rate_or_none(self) -> BasisPoints | None:
        """The rate, None for an empty field; raises UserProblem for what is no percentage."""
        if not self.text().strip():
            return None
        try:
            return self._parsed()
        except UserProblem as problem:
            self.complain(problem)
            raise

    def so_far(self) -> BasisPoints | None:
        """The rate while typing; nobody complains."""
        try:
            return self._parsed() if self.text().strip() else None
        except UserProblem:
            return None

    def set_rate(self, rate: BasisPoints | None) -> None:
        """Show a rate without telling anybody."""
        self.setText("" if rate is None else percent(rate))
        self.setCursorPosition(0)
        self.complain(None)

    def _rewrite(self) -> None:
        self.setText(percent(self._parsed()))

    def _parsed(self) -> BasisPoints:
        field = self.objectName() or None
        found = _RATE.fullmatch(self.text().strip())
        if found is None:
            raise UserProblem("This is not a percentage.", "Type it like 20 or 12.5.", field=field)
        rate = int(Decimal(found[1]) * 100)
        if rate > self._most:
            raise UserProblem(
                f"{percent(rate)} is too much.", f"Use at most {percent(self._most)}.", field=field
            )
        return rate


class CountEdit(ParsedEdit):
    """A whole number of visits or days, zero or more."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "No limit") -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText(placeholder)

    def count_or_none(self) -> int | None:
        """The number, None for an empty field; raises UserProblem for anything else."""
        if not self.text().strip():
            return None
        try:
            return self._parsed()
        except UserProblem as problem:
            self.complain(problem)
            raise

    def so_far(self) -> int | None:
        """The number while typing; nobody complains."""
        try:
            return self._parsed() if self.text().strip() else None
        except UserProblem:
            return None

    def set_count(self, count: int | None) -> None:
        """Show a number without telling anybody."""
        self.setText("" if count is None else str(count))
        self.complain(None)

    def _rewrite(self) -> None:
        self.setText(str(self._parsed()))

    def _parsed(self) -> int:
        text = self.text().strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 5):
            raise UserProblem(
                "This is not a whole number.", "Type it like 30.", field=self.objectName() or None
            )
        return int(text)
