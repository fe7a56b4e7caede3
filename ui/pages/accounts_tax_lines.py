"""The cards with lines of forms: Form 8889 of an HSA owner, and the medical deduction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.accounts.hsa_sheet import HsaSheet
from tracker.domain.accounts.tax_sheet import SheetLine
from tracker.money import dollars
from tracker.services.tax_deducted import why_not_marked
from tracker.services.tax_year import TaxYear
from ui.models.table import Column, RowTableModel
from ui.models.tax_rows import LineRow, line_rows, medical_lines, medical_verdict
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

RETURN_LINES = ("2", "9", "13", "14a", "15", "16", "17b", "20", "21")
"""What a return asks for most; the others lead to them."""
_NARROW = 560
"""The width at 100 % text below which the table does not say what a line is made of."""


class LinesTable(LedgerTable):
    """Lines of a form; Enter tells why and what each is made of."""

    def __init__(self, name: str, state: WindowState, parent: QWidget | None = None) -> None:
        columns = [
            Column[LineRow]("Line", lambda row: row.number, order=lambda row: row.place),
            Column[LineRow](
                "What it is",
                lambda row: row.line.label,
                stretch=1,
                width=130,
                tooltip=lambda row: " ".join((f"{row.line.label}.", *row.line.why)),
            ),
            Column[LineRow]("Made of", lambda row: row.made_of, tone=lambda _row: "quiet"),
            Column[LineRow](
                "Amount",
                lambda row: row.amount,
                right=True,
                order=lambda row: row.line.amount,
                tone=lambda row: "quiet" if row.line.amount is None else "",
            ),
        ]
        self.lines_model: RowTableModel[LineRow] = RowTableModel(
            columns, lambda row: row.place, bold=lambda row: row.bold
        )
        super().__init__(self.lines_model, name, parent, row_height=28, state=state)
        self.lines_model.setParent(self)
        self.setSelectionMode(LedgerTable.SelectionMode.SingleSelection)
        self.fit_height_to_rows()

    def show_lines(self, lines: Sequence[SheetLine], *, bold: Sequence[str]) -> None:
        self.lines_model.set_rows(line_rows(lines, bold=bold))
        self.make_room()

    def make_room(self) -> None:
        """Leave out what a line is made of where there is no room for it."""
        narrow = self.width() * 100 // theme().percent < _NARROW
        self._widths.put_away(frozenset({2}) if narrow else frozenset())
        self._widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)


class LinesCard(Card):
    """A card around such a table. `line_opened` carries the SheetLine."""

    line_opened = Signal(object)
    row_reached = Signal(object)

    def __init__(self, title: str, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(title, "Open a line to see what it is made of", parent)
        self.table = LinesTable(title, state)
        self.table.opened.connect(lambda row: self.line_opened.emit(row.line))
        self.table.row_reached.connect(self.row_reached)
        self.add_table(self.table)


class FormCard(LinesCard):
    """Form 8889 of one owner."""

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Form 8889", state, parent)
        self.remarks = Label("", wrap=True)
        self.tax = Label("", "caption", wrap=True)
        self.body.addWidget(self.remarks)
        self.body.addWidget(self.tax)

    def show_form(self, form: HsaSheet, *, alone: bool) -> None:
        self.set_title("Form 8889, HSA" if alone else breakable(f"Form 8889, HSA of {form.person}"))
        self.table.show_lines(form.lines, bold=RETURN_LINES)
        said = list(form.remarks)
        if not form.is_complete:
            said.insert(0, "The limit is not known, so the lines that need it are blank.")
        self.remarks.setText(" ".join(said))
        self.remarks.set_tone("warning" if said else "")
        self.remarks.setVisible(bool(said))
        self.tax.setText(" ".join(form.tax.why) if form.without_care else "")
        self.tax.setVisible(bool(form.without_care))


class MedicalCard(LinesCard):
    """Schedule A, lines 1 to 4, set against the standard deduction; marks the year as deducted."""

    mark_asked = Signal()
    unmark_asked = Signal()
    before_tax_asked = Signal()

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Medical deduction", state, parent)
        self.verdict = Label("", "bold", wrap=True)
        self.why = Label("", "caption", wrap=True)
        self.premiums = Label("", "caption", wrap=True)
        self.premiums_button = LinkButton("They come out of pay before tax")
        self.marked = Label("", wrap=True)
        self.mark_button = PlainButton("")
        self.unmark_button = PlainButton("Take the marks back")
        self._buttons = QWidget()
        self._buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self._buttons)
        flow.addWidget(self.mark_button)
        flow.addWidget(self.unmark_button)
        for part in (self.verdict, self.why, self.premiums):
            self.body.addWidget(part)
        self.body.addWidget(self.premiums_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.marked)
        self.body.addWidget(self._buttons)
        self.mark_button.clicked.connect(self.mark_asked)
        self.unmark_button.clicked.connect(self.unmark_asked)
        self.premiums_button.clicked.connect(self.before_tax_asked)

    def show_year(self, shown: TaxYear) -> None:
        sheet = shown.medical
        self.table.show_lines(medical_lines(sheet), bold=("1", "4"))
        said, tone = medical_verdict(sheet)
        self.verdict.setText(said)
        self.verdict.set_tone(tone)
        self.why.setText(" ".join(sheet.why) if sheet.expenses else "")
        self.why.setVisible(bool(self.why.text()))
        self._show_premiums(shown)
        self._show_marks(shown)

    def _show_premiums(self, shown: TaxYear) -> None:
        amount = next(part.amount for part in shown.medical.parts if part.number == "1b") or 0
        self.premiums.setText(
            f"{dollars(amount)} of premiums count as paid with taxed money. Premiums taken out of pay "
            "before tax do not count."
        )
        self.premiums.setVisible(amount > 0)
        self.premiums_button.setVisible(amount > 0)

    def _show_marks(self, shown: TaxYear) -> None:
        year, why = shown.year, why_not_marked(shown.medical)
        self.mark_button.setText(f"Mark as deducted on the return of {year}")
        self.mark_button.setVisible(not why and shown.marked != shown.deductible_payments)
        self.unmark_button.setVisible(shown.marked > 0)
        self._buttons.setVisible(not self.mark_button.isHidden() or not self.unmark_button.isHidden())
        self.marked.setText(_marked_words(shown, why))
        self.marked.setVisible(bool(self.marked.text()))


def _marked_words(shown: TaxYear, why: str) -> str:
    """What is marked on the year's return, or what marking means, or why there is nothing to mark."""
    if shown.marked:
        said = f"{dollars(shown.marked)} is marked as deducted on the return of {shown.year}."
        if why:
            return f"{said} {why} Take the marks back, unless the return was filed so."
        if shown.marked != shown.deductible_payments:
            return f"{said} The worksheet now has {dollars(shown.deductible_payments)} of payments."
        return f"{said} No HSA, FSA or HRA may pay it back."
    if why:
        return ""  # the verdict above says it
    return (
        f"Marking says that the {dollars(shown.deductible_payments)} of payments on line 1 were deducted, "
        "so that no HSA, FSA or HRA pays them back. Mark it once the return is filed."
    )
