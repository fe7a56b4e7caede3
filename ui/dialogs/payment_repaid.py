"""Which expenses a payment from an HSA, FSA, HRA or fund pays back, to read inside its form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.facts import PaymentLine
from tracker.facts.accounts import Repaid
from tracker.money import dollars
from ui.context import Context
from ui.widgets.buttons import LinkButton
from ui.widgets.fact_list import breakable
from ui.widgets.label import AmountLabel, Label

FIELD = "repaid"
"""What the service calls this part of a payment when it complains."""

_MOST = 8


class RepaidList(QWidget):
    """Read only; `change_asked` wants the form in which expenses are chosen."""

    change_asked = Signal()
    resized = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        self._rows = QWidget()
        self._rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.rest = Label("", "caption", wrap=True)
        self.change_button = LinkButton("Choose its expenses\u2026")
        self.change_button.clicked.connect(self.change_asked)
        self.setFocusProxy(self.change_button)
        foot = QHBoxLayout()
        foot.addWidget(self.change_button)
        foot.addStretch(1)
        whole.addWidget(self._rows)
        whole.addWidget(self.rest)
        whole.addLayout(foot)
        self.texts: list[str] = []
        """What is listed, from top to bottom."""
        self._show([], ())

    def show_parts(self, parts: Sequence[Repaid]) -> None:
        """List these; the expenses are read beside the window."""
        payments, ids = self._context.services.payments, [part.expense_id for part in parts]
        self._context.load(self, lambda: payments.lines(ids), lambda lines: self._show(lines, parts))

    def _show(self, lines: Sequence[PaymentLine], parts: Sequence[Repaid]) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        known = {line.id: line for line in lines}
        self.texts = []
        for place, part in enumerate(parts[:_MOST]):
            line = known.get(part.expense_id)
            words, amount = Label(breakable(_words(line)), wrap=True), AmountLabel(dollars(part.amount))
            amount.setAccessibleName(f"{_words(line)}: {dollars(part.amount)}")
            self._grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(amount, place, 1, Qt.AlignmentFlag.AlignTop)
            self.texts.append(f"{_words(line)}: {dollars(part.amount)}")
        more = len(parts) - _MOST
        self.rest.setText(f"And {more:,} more." if more > 0 else "")
        self.rest.setVisible(more > 0)
        self._rows.setVisible(bool(parts))
        self.change_button.setText("Change\u2026" if parts else "Choose its expenses\u2026")
        self.change_button.setAccessibleName("Choose the expenses it pays back")
        self.resized.emit()


def _words(line: PaymentLine | None) -> str:
    if line is None:
        return "An expense that was removed"
    name = ", ".join(text for text in (line.payee, " ".join(line.note.split())) if text) or "Payment"
    return f"{name}, {day_text(line.paid_on)}"
