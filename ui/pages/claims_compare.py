"""Expected from your plan, EOB, bill: three columns of amounts beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tracker.domain.claims.side_by_side import Line
from tracker.money import Cents, dollars, dollars_or_blank
from ui.widgets.label import AmountLabel, Label

HEADINGS = ("Expected from your plan", "EOB", "Bill")
DIFFERS = "differs"


class Compare(QWidget):
    """What differs is in the tone of what is wrong, and says so to screen readers and in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        for column, weight in enumerate((4, 5, 4, 4)):
            self._grid.setColumnStretch(column, weight)
        self.headings = [AmountLabel(text, "caption") for text in HEADINGS]
        for column, heading in enumerate(self.headings, start=1):
            heading.setWordWrap(True)
            self._grid.addWidget(heading, 0, column)
        self._rows: list[tuple[Label, AmountLabel, AmountLabel, AmountLabel]] = []
        self._shown: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line], *, bill: str = "Bill") -> None:
        """Show these; `bill` heads the last column. A column in which nothing stands has no heading."""
        self._shown = tuple(lines)
        sides = (
            [line.expected for line in lines],
            [line.eob for line in lines],
            [line.bill for line in lines],
        )
        for heading, text, amounts in zip(self.headings, (*HEADINGS[:2], bill), sides, strict=True):
            heading.setText(text if any(amount is not None for amount in amounts) else "")
        self.hide()  # every part shown on its own would lay out the whole page
        while len(self._rows) < len(lines):
            self._add_row()
        for place, row in enumerate(self._rows):
            shown = place < len(lines)
            for part in row:
                part.setVisible(shown)
            if shown:
                self._fill(row, lines[place])
        self.setVisible(bool(lines))
        self.setAccessibleName("Expected from your plan, EOB and bill")
        self.setAccessibleDescription("; ".join(said(line) for line in lines))

    def text(self, label: str) -> tuple[str, str, str]:
        """What stands in a row, by the beginning of its name."""
        for name, *amounts in self._rows:
            if not name.isHidden() and name.text().startswith(label):
                return amounts[0].text(), amounts[1].text(), amounts[2].text()
        return "", "", ""

    def tone(self, label: str, column: int) -> str:
        """The tone of an amount: column 0 is expected, 1 the EOB, 2 the bill."""
        for name, *amounts in self._rows:
            if not name.isHidden() and name.text().startswith(label):
                return str(amounts[column].property("tone") or "")
        return ""

    def _add_row(self) -> None:
        row = (Label("", "quiet"), AmountLabel(), AmountLabel(), AmountLabel())
        place = len(self._rows) + 1
        for column, part in enumerate(row):
            self._grid.addWidget(part, place, column)
        self._rows.append(row)

    def _fill(self, row: tuple[Label, AmountLabel, AmountLabel, AmountLabel], line: Line) -> None:
        name, expected, eob, bill = row
        name.setText(line.label)
        marks = (False, line.eob_differs, line.bill_differs)
        for part, amount, wrong in zip(
            (expected, eob, bill), (line.expected, line.eob, line.bill), marks, strict=True
        ):
            part.setText(dollars_or_blank(amount))
            part.setToolTip(_why(line, amount) if wrong else "")
            part.set_tone("bad" if wrong else "")
            part.set_role("bold" if line.total else "")
        name.set_role("bold" if line.total else "quiet")


def said(line: Line) -> str:
    """A row in words: `You owe: expected $215.00, EOB $215.00, bill $300.00, differs`."""
    parts = [
        f"{name} {dollars(amount)}" + (f", {DIFFERS}" if wrong else "")
        for name, amount, wrong in (
            ("expected", line.expected, False),
            ("EOB", line.eob, line.eob_differs),
            ("bill", line.bill, line.bill_differs),
        )
        if amount is not None
    ]
    return f"{line.label}: {', '.join(parts)}"


def _why(line: Line, amount: Cents | None) -> str:
    other = line.expected if amount is line.eob and line.eob_differs else line.eob
    if amount is None or other is None:
        return ""
    apart = amount - other
    return f"{dollars(abs(apart))} {'more' if apart > 0 else 'less'}"
