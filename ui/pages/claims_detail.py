"""The detail of a row: three columns of amounts, the verdict, what can be done, and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.side_by_side import ClaimLineView, claim_lines, side_by_side
from tracker.facts import Document
from tracker.money import dollars
from ui.context import Context
from ui.models.claims_papers import facts_of, paper_lines
from ui.models.table import Column, RowTableModel
from ui.pages.claims_compare import Compare
from ui.pages.claims_documents import PaperDocuments
from ui.pages.claims_filed import Filed
from ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import breakable
from ui.widgets.file_drop import attachable_paths
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_MOST_LINES = 10


class DetailCard(Card):
    """Tells what is asked of it; the page does it. Files dropped here are attached to the row."""

    pay_asked = Signal()
    refund_asked = Signal()
    dispute_asked = Signal()
    letter_asked = Signal()
    why_asked = Signal()
    edit_asked = Signal()
    bill_asked = Signal()
    """A bill for the row's EOB is to be entered."""
    link_asked = Signal()
    act_asked = Signal(object)
    files_dropped = Signal(list)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Detail", parent=parent)
        self.setAcceptDrops(True)
        self.compare = Compare()
        self.body.addWidget(self.compare)
        self.lines_button = LinkButton("", "chevron-right")
        self.body.addWidget(self.lines_button)
        self._lines: RowTableModel[ClaimLineView] = RowTableModel(_line_columns(), _place, self)
        self.lines = LedgerTable(self._lines, "Lines of the EOB", row_height=30)
        self.lines.fit_height_to_rows(_MOST_LINES)
        self.add_table(self.lines)
        self.verdict = Label("", wrap=True)
        self.body.addWidget(self.verdict)
        self._add_buttons()
        self.filed = Filed()
        self.body.addWidget(self.filed)
        self.documents = PaperDocuments(context)
        self.body.addWidget(self.documents)
        self._open_lines = False
        self.lines_button.clicked.connect(self._on_lines)
        self.filed.asked.connect(self.act_asked)
        self.documents.attach_asked.connect(self.files_dropped)

    def show_row(self, papers: Papers, row: CareRow) -> None:
        """Show everything about a row, but its documents, which come when they are read."""
        place = row.worst
        bill = row.bills[place] if place is not None else None
        found = row.verdicts[place] if place is not None else None
        alone = bill is None or len(papers.matches.claims_of_bill(bill.id or 0)) < 2
        self.set_title(breakable(row.title))
        self.set_subtitle(breakable("  \u00b7  ".join(facts_of(papers, row))))
        lines = side_by_side(row.claim, row.expected, bill, found, alone=alone)
        several = len(row.bills) > 1
        self.compare.show_lines(lines, bill=f"Bill 1 of {len(row.bills)}" if several else "Bill")
        self._show_lines(row)
        self.verdict.setText(breakable(verdict_words(row)))
        self._show_buttons(row)
        self.filed.show_lines(paper_lines(papers, row))
        self.documents.show_documents([])

    def show_documents(self, documents: Sequence[Document]) -> None:
        self.documents.show_documents(documents)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if attachable_paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        paths: list[Path] = attachable_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    # ours ---------------------------------------------------------------------------

    def _add_buttons(self) -> None:
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        self.pay_button = PrimaryButton()
        self.refund_button = PrimaryButton()
        self.dispute_button = PlainButton()
        self.bill_button = PlainButton("Add its bill\u2026")
        self.letter_button = PlainButton("Write a letter\u2026")
        self.why_button = PlainButton("Why?")
        self.edit_button = PlainButton("Edit\u2026", "edit")
        self.link_button = PlainButton("Link a paper\u2026")
        for button, signal in (
            (self.pay_button, self.pay_asked),
            (self.refund_button, self.refund_asked),
            (self.dispute_button, self.dispute_asked),
            (self.bill_button, self.bill_asked),
            (self.letter_button, self.letter_asked),
            (self.why_button, self.why_asked),
            (self.edit_button, self.edit_asked),
            (self.link_button, self.link_asked),
        ):
            button.clicked.connect(signal)
            flow.addWidget(button)
        self.body.addWidget(line)

    def _show_buttons(self, row: CareRow) -> None:
        found = row.verdicts[row.worst] if row.worst is not None else None
        open_case = row.case is not None and row.case.closed_on is None
        self.pay_button.setVisible(found is not None and found.pay > 0)
        self.refund_button.setVisible(found is not None and found.refund > 0)
        if found is not None:
            self.pay_button.setText(f"Pay {dollars(found.pay)}")
            self.refund_button.setText("Record the refund")
        stake = (found.over or found.refund) if found is not None else 0
        self.dispute_button.setText(f"Dispute {dollars(stake)}" if stake else "Dispute")
        self.dispute_button.setVisible(not open_case and bool(stake or _is_wrong(row)))
        self.bill_button.setVisible(row.claim is not None and not row.bills)
        self.letter_button.setVisible(row.claim is not None or bool(row.bills))
        self.why_button.setVisible(row.claim is not None or bool(row.bills))
        self.link_button.setVisible(True)

    def _show_lines(self, row: CareRow) -> None:
        lines = claim_lines(row.claim, row.expected) if row.claim else ()
        several = len(lines) > 1 or any(view.line.reasons for view in lines)
        self.lines_button.setVisible(several)
        count = "1 line" if len(lines) == 1 else f"{len(lines):,} lines"
        self.lines_button.setText(f"{'Hide' if self._open_lines else 'Show'} the EOB's {count}")
        self.lines_button.set_icon("chevron-down" if self._open_lines else "chevron-right")
        shown = several and self._open_lines
        self._lines.set_rows(lines if shown else ())
        self.lines.setVisible(shown)
        self._row = row

    @Slot()
    def _on_lines(self) -> None:
        self._open_lines = not self._open_lines
        self._show_lines(self._row)


def verdict_words(row: CareRow) -> str:
    """The reasons of a row's check; of its bill's verdict where the check says another thing."""
    said = list(row.check.why)
    for found in row.verdicts:
        said += [sentence for sentence in found.why if sentence not in said]
    return " ".join(said)


def _is_wrong(row: CareRow) -> bool:
    return row.check.tone == "bad" or any(not finding.is_question for finding in row.findings)


def _place(view: ClaimLineView) -> int:
    return view.place


def _line_columns() -> list[Column[ClaimLineView]]:
    def amount(name: str) -> Column[ClaimLineView]:
        def text(view: ClaimLineView) -> str:
            cents = getattr(view.line, name)
            return "" if cents is None else dollars(cents)

        return Column(_HEADS[name], text, right=True)

    return [
        Column("Line", lambda view: view.line.description or view.line.code, stretch=3),
        Column("Code", lambda view: " ".join((view.line.code, view.line.modifiers)).strip()),
        *(amount(name) for name in ("billed", "allowed", "plan_paid")),
        Column(
            "You owe",
            lambda view: "" if view.line.you_owe is None else dollars(view.line.you_owe),
            right=True,
            tone=lambda view: "bad" if view.differs else "",
            tooltip=lambda view: (
                f"Expected {dollars(view.expected)}" if view.differs and view.expected is not None else ""
            ),
        ),
        Column(
            "Expected", lambda view: "" if view.expected is None else dollars(view.expected), right=True
        ),
        Column("Codes", lambda view: view.line.reasons),
    ]


_HEADS = {"billed": "Billed", "allowed": "Allowed", "plan_paid": "Plan paid"}
