"""The Findings part of Claims: everything that looks wrong, what was decided, and what to do first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.claims.findings.finding import Evidence
from tracker.facts import Case, CaseKind, CaseStep, FindingState, Noun, StepOutcome, Turn
from tracker.money import dollars
from ui.context import Context
from ui.models.claims_findings import (
    VIEWS,
    WHOM,
    FindingRow,
    finding_columns,
    finding_rows,
    key,
)
from ui.models.table import RowTableModel
from ui.pages.claims_actions import ClaimsActions
from ui.pages.claims_read import ClaimsRead
from ui.theme import GAP, theme
from ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import Columns, Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label
from ui.widgets.section_chooser import SectionChooser
from ui.widgets.table import LedgerTable

_MOST_ROWS = 9


class FindingsPart(QWidget):
    """A list and the selected finding below it."""

    row_asked = Signal(str, int)
    """A claim, bill or visit to be shown among the papers."""
    case_asked = Signal(int)

    def __init__(self, context: Context, acts: ClaimsActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._acts = context, acts
        self._read: ClaimsRead | None = None
        self._rows: list[FindingRow] = []
        self._words: list[str] = []
        self._now: FindingRow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self._list_card())
        self.detail = self._detail_card()
        whole.addWidget(self.detail)
        self.views.changed.connect(self._show_rows)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.opened.connect(self._on_opened)

    # showing -------------------------------------------------------------------------

    def show_read(self, read: ClaimsRead) -> None:
        self._read = read
        self._rows = finding_rows(read.papers, read.findings)
        self._show_rows()

    def find_text(self, text: str) -> None:
        self._words = text.casefold().split()
        self._show_rows()

    def select(self, finding_key: str) -> bool:
        """Select a finding by its key."""
        row = next((row for row in self._rows if row.finding.key == finding_key), None)
        if row is None:
            return False
        if not self.table.select_key(row.place):
            self.views.choose("")
            self._show_rows()
            self.table.select_key(row.place)
        return True

    @property
    def shown(self) -> list[FindingRow]:
        """The findings listed, in their order."""
        return self.model.rows

    # building ------------------------------------------------------------------------

    def _list_card(self) -> Card:
        card = Card()
        card.setAccessibleName("Findings")
        self.views = SectionChooser(VIEWS, "Which findings")
        self.sums = Label("", "quiet", wrap=True)
        self.sums.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.sums.setContentsMargins(0, 6, 0, 0)  # on a line with the words of the segments
        self.head = QWidget()
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Columns(self.head, gap=12, same_height=False)
        line.add(self.views, 3, least=theme().px(300))
        line.add(self.sums, 2, least=theme().px(230))
        card.body.addWidget(self.head)
        self.model: RowTableModel[FindingRow] = RowTableModel(finding_columns(), key, self)
        self.table = LedgerTable(
            self.model, "Findings", row_height=34, sortable=True, state=self._context.state
        )
        self.table.setSelectionMode(LedgerTable.SelectionMode.SingleSelection)
        self.table.fit_height_to_rows(_MOST_ROWS)
        card.add_table(self.table)
        self.none = Label("", "quiet", wrap=True)
        card.body.addWidget(self.none)
        self.empty = EmptyState(
            "Nothing looks wrong",
            "Every EOB, bill, payment and visit is compared with the others, with your plan and with your "
            "membership. What does not fit is listed here, with what to do first.",
        )
        card.body.addWidget(self.empty)
        return card

    def _detail_card(self) -> Card:
        card = Card("Finding")
        self.what, self.first = Label("", wrap=True), Label("", wrap=True)
        self.whom = Label("", "caption", wrap=True)
        self.decided = Label("", "caption", wrap=True)
        self._evidence = QWidget()
        self._evidence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._links = Flow(self._evidence, gap=12)
        self.evidence: list[LinkButton] = []
        buttons = QWidget()
        buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(buttons)
        self.case_button = PrimaryButton("Open a case\u2026")
        self.see_case_button = PlainButton("Show the case")
        self.accept_button = PlainButton("Accept")
        self.dismiss_button = PlainButton("Dismiss\u2026")
        self.recovered_button = PlainButton("It came back\u2026")
        self.back_button = PlainButton("Put back")
        self.paper_button = PlainButton("Show the papers")
        for button, act in (
            (self.case_button, self._on_case),
            (self.see_case_button, self._on_see_case),
            (self.accept_button, self._on_accept),
            (self.dismiss_button, self._on_dismiss),
            (self.recovered_button, self._on_recovered),
            (self.back_button, self._on_back),
            (self.paper_button, self._on_paper),
        ):
            button.clicked.connect(act)
            flow.addWidget(button)
        for widget in (self.what, self.first, self.whom, self._evidence, self.decided, buttons):
            card.body.addWidget(widget)
        card.hide()
        return card

    @Slot()
    def _show_rows(self) -> None:
        view = self.views.key()
        rows = [
            row
            for row in self._rows
            if (not view or row.view == view) and all(word in row.searchable for word in self._words)
        ]
        self.model.set_rows(rows)
        self.head.setVisible(bool(self._rows))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not self._rows and self._read is not None and self._read.is_whole)
        self.none.setVisible(bool(self._rows) and not rows)
        self.none.setText("Nothing matches the filter." if self._words else "No findings here.")
        if self._read is not None:
            sums = self._read.sums()
            self.sums.setText(
                f"At stake {dollars(sums.at_stake)}   \u00b7   Recovered {dollars(sums.recovered)}"
            )
        if rows and not self.table.selected_rows():
            self.table.select_key(rows[0].place)
        self._show_one()

    def _show_one(self) -> None:
        chosen = self.table.selected_rows()
        row: FindingRow | None = chosen[0] if chosen and self.model.rows else None
        self._now = row
        self.detail.setVisible(row is not None)
        if row is None:
            return
        finding, note = row.finding, row.note
        self.detail.set_title(finding.title)
        self.detail.set_subtitle(row.about)
        self.what.setText(breakable(finding.what))
        self.first.setText(breakable(finding.first))
        self.whom.setText(f"{WHOM[finding.whom]}.")
        self.decided.setText(_decided(row))
        self.decided.setVisible(note is not None)
        for old in self.evidence:
            self._links.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.evidence = [self._link(item) for item in finding.evidence[:12]]
        self._evidence.setVisible(bool(self.evidence))
        has_case = note is not None and note.case_id is not None
        self.see_case_button.setVisible(has_case)
        self.case_button.setVisible(row.view == "open")
        self.accept_button.setVisible(row.state is FindingState.NEW)
        self.dismiss_button.setVisible(row.view == "open")
        self.recovered_button.setVisible(row.view == "open" and finding.at_stake > 0)
        self.back_button.setVisible(row.view == "over" or row.state is FindingState.ACCEPTED)
        self.paper_button.setVisible(any((finding.claim_id, finding.bill_id, finding.visit_id)))

    def _link(self, item: Evidence) -> LinkButton:
        button = LinkButton(item.words)
        button.setAccessibleName(f"Open {item.words}")
        button.clicked.connect(partial(self._on_evidence, item))
        self._links.addWidget(button)
        button.show()
        return button

    # acting --------------------------------------------------------------------------

    def _decide(self, row: FindingRow | None, state: FindingState, case_id: int | None = None) -> None:
        if row is None:
            return
        findings, key, amount = (
            self._context.services.findings,
            row.finding.key,
            row.finding.at_stake or None,
        )
        self._context.commit(self, lambda: findings.decide(key, state, amount=amount, case_id=case_id))

    @Slot()
    def _on_selection(self) -> None:
        self._show_one()

    @Slot(object)
    def _on_opened(self, _row: FindingRow) -> None:
        self._on_paper()

    @Slot()
    def _on_accept(self) -> None:
        self._decide(self._now, FindingState.ACCEPTED)

    @Slot()
    def _on_back(self) -> None:
        self._decide(self._now, FindingState.NEW)

    @Slot()
    def _on_dismiss(self) -> None:
        from ui.pages.claims_dismiss import DismissDialog

        if self._now is not None:
            DismissDialog(self._context, self, finding=self._now.finding).open()

    @Slot()
    def _on_recovered(self) -> None:
        from ui.pages.claims_dismiss import RecoveredDialog

        if self._now is not None:
            RecoveredDialog(self._context, self, finding=self._now.finding).open()

    @Slot()
    def _on_case(self) -> None:
        from ui.dialogs.case_editor import CaseEditor

        row = self._now
        if row is None or self._read is None:
            return
        editor = CaseEditor(self._context, self, case=None, prefill=case_of(row, self._read, self._context))
        editor.stored.connect(partial(self._on_case_made, row))
        editor.open()

    def _on_case_made(self, row: FindingRow, case_id: int) -> None:
        self._decide(row, FindingState.IN_DISPUTE, case_id)

    @Slot()
    def _on_see_case(self) -> None:
        if self._now is not None and self._now.note is not None and self._now.note.case_id is not None:
            self.case_asked.emit(self._now.note.case_id)

    @Slot()
    def _on_paper(self) -> None:
        if self._now is None:
            return
        finding = self._now.finding
        for what, number in (
            ("claim", finding.claim_id),
            ("bill", finding.bill_id),
            ("visit", finding.visit_id),
        ):
            if number is not None:
                self.row_asked.emit(what, number)
                return

    def _on_evidence(self, item: Evidence, _checked: bool = False) -> None:
        if item.noun in (Noun.CLAIM, Noun.BILL, Noun.VISIT):
            self.row_asked.emit(item.noun.value, item.noun_id)
        elif item.noun is Noun.CASE:
            self.case_asked.emit(item.noun_id)
        elif item.noun is Noun.PAYMENT:
            self._acts.open_payment(item.noun_id)
        elif item.noun is Noun.PLAN:
            self._context.shell.go_to("coverage", ("plan", item.noun_id))
        elif item.noun is Noun.MEMBERSHIP:
            self._context.shell.go_to("membership", item.noun_id)
        elif item.noun is Noun.PROVIDER:  # a pharmacy that named a price
            self._context.shell.go_to("coverage", ("part", "drugs"))


def case_of(row: FindingRow, read: ClaimsRead, context: Context) -> Case:
    """A new dispute about a finding: it was reviewed, so the next step is to call whom it says."""
    finding, papers, today = row.finding, read.papers, context.today
    claim = papers.claim_by_id.get(finding.claim_id or 0)
    bill = papers.bill_by_id.get(finding.bill_id or 0)
    visit = papers.visit_by_id.get(finding.visit_id or 0)
    about = claim or bill or visit
    insurer = finding.whom.value == "insurer"
    return Case(
        kind=CaseKind.DISPUTE,
        title=f"{finding.title}, {row.about}" if row.about else finding.title,
        opened_on=today,
        person_id=about.person_id if about else None,
        provider_id=about.provider_id if about else None,
        plan_id=claim.plan_id if claim else None,
        claim_id=finding.claim_id,
        bill_id=finding.bill_id,
        visit_id=finding.visit_id,
        turn=Turn.ME,
        at_stake=finding.at_stake or None,
        steps=(
            CaseStep(number=1, leads_to=2, done_on=today),
            CaseStep(
                number=2,
                outcome=StepOutcome.INSURANCE_ONLY if insurer else StepOutcome.FOUND,
                leads_to=6 if insurer else 3,
                done_on=today,
                amount=finding.at_stake or None,
                note=finding.what,
            ),
        ),
    )


def _decided(row: FindingRow) -> str:
    note = row.note
    if note is None:
        return ""
    from tracker.dates import day_text

    words = {
        FindingState.ACCEPTED: "You accepted it",
        FindingState.DISMISSED: "You dismissed it",
        FindingState.IN_DISPUTE: "In dispute since",
        FindingState.RECOVERED: "Recovered",
    }.get(note.state, "")
    joint = " " if note.state is FindingState.IN_DISPUTE else " on "
    reason = f": {note.reason}" if note.reason else ""
    return f"{words}{joint}{day_text(note.noted_on)}{reason}."
