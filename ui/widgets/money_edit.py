"""A field for an amount: accepts what people type, including small sums, and holds whole cents."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.money import Cents, dollars, parse_cents
from ui.widgets.field import ParsedEdit


class MoneyEdit(ParsedEdit):
    """Shows `1,225.00`; `12.5+7.25` becomes `19.75` when left, with the sum in the tooltip."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "0.00") -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText(placeholder)

    def cents(self) -> Cents:
        """The amount; raises UserProblem when there is none or it cannot be read."""
        try:
            return parse_cents(self.text(), field=self.objectName() or None)
        except UserProblem as problem:
            self.complain(problem)
            raise

    def cents_or_none(self) -> Cents | None:
        """The amount, or None for an empty field; raises UserProblem when it cannot be read."""
        return self.cents() if self.text().strip() else None

    def set_cents(self, cents: Cents | None) -> None:
        """Show an amount without telling anybody."""
        self.setText("" if cents is None else amount_text(cents))
        self.setCursorPosition(0)
        self.setToolTip("")
        self.complain(None)

    def _rewrite(self) -> None:
        typed = self.text().strip()
        shown = amount_text(parse_cents(typed))
        if shown != typed:
            arithmetic = any(sign in typed[1:] for sign in "+-\u2212")
            self.setToolTip(f"{typed} = {shown}" if arithmetic else "")
            self.setText(shown)


def amount_text(cents: Cents) -> str:
    """An amount as a field shows it: grouped, two places, no dollar sign."""
    return dollars(cents).replace("$", "")
