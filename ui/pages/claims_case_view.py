"""One case opened: where it stands, its steps, its days, what it hangs on, calls, documents, money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.claims.case_standing import CHECKLISTS, CaseStanding
from tracker.domain.claims.papers import Papers
from tracker.facts import Call, CaseKind, CaseOutcome, Deadline, Document, Turn
from ui.context import Context
from ui.dialogs.case_kinds import tick_items
from ui.models.call_facts import call_words
from ui.models.case_facts import (
    authorization_facts,
    bill_words,
    claim_words,
    day_line,
    money_facts,
    noted,
)
from ui.models.case_rows import CaseRow, day_words, facts_line
from ui.pages.claims_case_actions import CaseActions
from ui.pages.claims_case_steps import CaseSteps
from ui.pages.claims_documents import PaperDocuments
from ui.theme import GAP, theme
from ui.widgets.action_lines import Act, ActionLine, ActionLines
from ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import Columns, Flow
from ui.widgets.fact_list import FactList
from ui.widgets.file_drop import attachable_paths
from ui.widgets.label import Label
from ui.widgets.tick_list import TickList

MOST_CALLS = 5
_STEP_TITLES = {
    CaseKind.COVERAGE_CHECK: "Eight steps to verify coverage",
    CaseKind.APPOINTMENT: "Before the appointment",
}


class CaseView(QWidget):
    """Shows a row of the cases; everything done here goes through `acts`."""

    closed = Signal()

    def __init__(self, context: Context, acts: CaseActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.acts = acts
        self._row: CaseRow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAcceptDrops(True)
        self._build()
        self._wire()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        self.head = Card(" ")
        self.stands = Label("", "bold", wrap=True)
        self.todo = Label("", "quiet", wrap=True)
        self.note = Label("", wrap=True)
        self.next_button = PrimaryButton("Next step")
        self.call_button = PlainButton("Log a call", "phone")
        self.letter_button = PlainButton("Write a letter")
        self.packet_button = PlainButton("Packet")
        self.print_button = PlainButton("Print", "print")
        self.edit_button = PlainButton("Edit", "edit")
        self.close_button = PlainButton("Close case")
        self.reopen_button = PlainButton("Open again")
        self.buttons = QWidget()
        self.buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self.buttons)
        for button in (
            self.next_button,
            self.call_button,
            self.letter_button,
            self.packet_button,
            self.print_button,
            self.edit_button,
            self.close_button,
            self.reopen_button,
        ):
            flow.addWidget(button)
        for part in (self.stands, self.todo, self.note, self.buttons):
            self.head.body.addWidget(part)
        whole.addWidget(self.head)
        self.steps_card = Card("Steps")
        self.steps, self.ticks = CaseSteps(), TickList()
        self.log = ActionLines()
        self.log_heading = Label("What happened", "bold")
        for part in (self.steps, self.ticks, self.log_heading, self.log):
            self.steps_card.body.addWidget(part)
        self.days_card = Card("Days")
        self.days = ActionLines()
        self.no_days = Label("No day is put down.", "quiet", wrap=True)
        self.add_day = LinkButton("Add a day", "plus")
        for part in (self.days, self.no_days, self.add_day):
            self.days_card.body.addWidget(part)
        self.money_card = Card("Money")
        self.money, self.money_button = FactList(), PlainButton("Record money back")
        self.missing_button = PlainButton("Print what is missing", "print")
        beside = QWidget()
        beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Flow(beside)
        line.addWidget(self.money_button)
        line.addWidget(self.missing_button)
        self.money_card.body.addWidget(self.money)
        self.money_card.body.addWidget(beside)
        self.given_card, self.given = Card("Authorization"), FactList()
        self.fits = ActionLines()
        self.given_card.body.addWidget(self.given)
        self.given_card.body.addWidget(self.fits)
        self.about_card, self.about = Card("About"), ActionLines()
        self.about_card.body.addWidget(self.about)
        self.calls_card, self.calls = Card("Calls"), ActionLines()
        self.no_calls = Label("No call is logged for this case.", "quiet", wrap=True)
        self.calls_card.body.addWidget(self.calls)
        self.calls_card.body.addWidget(self.no_calls)
        self.documents_card = Card("Documents")
        self.documents = PaperDocuments(self._context)
        self.documents_card.body.addWidget(self.documents)
        right = QWidget()
        right.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for card in (
            self.days_card,
            self.money_card,
            self.given_card,
            self.about_card,
            self.calls_card,
            self.documents_card,
        ):
            column.addWidget(card)
        column.addStretch(1)
        sides = QWidget()
        sides.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        columns = Columns(sides, same_height=False)
        columns.add(self.steps_card, least=theme().px(300))
        columns.add(right, least=theme().px(300))
        whole.addWidget(sides)

    def _wire(self) -> None:
        self.next_button.clicked.connect(self._on_next)
        self.call_button.clicked.connect(self._on_call)
        self.letter_button.clicked.connect(self._on_letter)
        self.packet_button.clicked.connect(self._on_packet)
        self.print_button.clicked.connect(self._on_print)
        self.edit_button.clicked.connect(self._on_edit)
        self.close_button.clicked.connect(self._on_close)
        self.reopen_button.clicked.connect(self._on_reopen)
        self.add_day.clicked.connect(self._on_add_day)
        self.money_button.clicked.connect(self._on_money)
        self.missing_button.clicked.connect(self._on_missing)
        self.ticks.edited.connect(self._on_ticked)
        self.documents.attach_asked.connect(self._on_attach)

    # showing -------------------------------------------------------------------------

    @property
    def row(self) -> CaseRow | None:
        return self._row

    def show_row(self, row: CaseRow, papers: Papers) -> None:
        """Show a case as it is now."""
        self._row = row
        standing, case = row.standing, row.standing.case
        is_open = not standing.is_closed
        self.head.set_title(row.title)
        self.head.set_subtitle(facts_line(row))
        self.stands.setText(row.stands)
        self.todo.setText(self._todo_words(row))
        self.todo.setVisible(bool(self.todo.text()))
        self.note.setText(case.note)
        self.note.setVisible(bool(case.note))
        is_list = case.kind in CHECKLISTS
        self.next_button.setVisible(is_open and not is_list)
        self.letter_button.setVisible(is_open)
        self.packet_button.setVisible(not is_list)
        self.print_button.setVisible(is_list or standing.dispute is not None)
        self.close_button.setVisible(is_open)
        self.reopen_button.setVisible(not is_open and standing.dispute is None)
        self._show_steps(row)
        self._show_days(row, papers)
        self._show_money(row, papers)
        self._show_about(row, papers)
        self._show_calls(row, papers)
        case_id = case.id or 0
        self._context.load(self, lambda: self.acts.documents_of(case_id), self._show_documents)

    def _todo_words(self, row: CaseRow) -> str:
        standing = row.standing
        words = standing.todo
        if standing.follow_up_on is not None:
            due = "Follow up now; it was due" if standing.follow_up_due else "Follow up on"
            words = f"{words} {due} {day_text(standing.follow_up_on)}.".strip()
        return words

    def _show_steps(self, row: CaseRow) -> None:
        standing, kind = row.standing, row.standing.case.kind
        is_list = kind in CHECKLISTS
        self.steps_card.set_title(_STEP_TITLES.get(kind, "Steps"))
        self.steps.setVisible(not is_list)
        self.ticks.setVisible(is_list)
        if is_list:
            self.ticks.show_items(tick_items(kind), standing.case.ticked)
            self.ticks.setEnabled(not standing.is_closed)
        else:
            self.steps.show_steps(standing.steps)
        lines = [ActionLine(words, head) for head, words in noted(standing)]
        self.log.show_lines(lines)
        self.log.setVisible(bool(lines))
        self.log_heading.setVisible(bool(lines))

    def _show_days(self, row: CaseRow, papers: Papers) -> None:
        case = row.standing.case
        open_ones = row.standing.days
        ordered = sorted(case.deadlines, key=lambda each: (each not in open_ones, each.do_by))
        lines = []
        for deadline in ordered:
            text, detail = day_line(deadline)
            waits = deadline in row.standing.days
            detail = detail if waits or deadline.done_on else f"{detail}. Settled"
            tone = day_words(deadline, papers.today)[1] if waits else "quiet"
            acts = self._day_acts(deadline) if not row.standing.is_closed else ()
            lines.append(ActionLine(text, detail, tone, deadline.why, acts))
        self.days.show_lines(lines)
        self.days.setVisible(bool(lines))
        self.no_days.setVisible(not lines)
        self.add_day.setVisible(not row.standing.is_closed)

    def _day_acts(self, deadline: Deadline) -> tuple[Act, ...]:
        acts = self.acts
        change: Act = ("Change", lambda: acts.edit_day(self._standing.case, deadline))
        if deadline.done_on is not None:
            return (change,)
        return (("Done", lambda: acts.day_done(self._standing.case, deadline)), change)

    def _show_money(self, row: CaseRow, papers: Papers) -> None:
        facts = money_facts(row.standing)
        self.money.show_facts(facts)
        self.money_card.setVisible(bool(facts))
        found = row.standing.progress
        lacks = (
            found is not None and not found.gate.is_complete and row.standing.case.submission is not None
        )
        self.money_button.setVisible(not row.standing.is_closed)
        self.missing_button.setVisible(lacks and not row.standing.is_closed)
        given = authorization_facts(row.standing, papers)
        self.given.show_facts(given)
        self.given_card.setVisible(bool(given))
        self.given_card.set_title(row.kind)
        misfits = self.acts.misfits(row.standing, papers)
        self.fits.show_lines([ActionLine(words, tone="warning") for words in misfits])
        self.fits.setVisible(bool(misfits))

    def _show_about(self, row: CaseRow, papers: Papers) -> None:
        lines = []
        case = row.standing.case
        bill = papers.bill_by_id.get(case.bill_id or 0)
        if bill is not None:
            show = (("Show", partial(self.acts.show_paper, "bill", bill.id or 0)),)
            lines.append(ActionLine(*bill_words(bill, papers), actions=show))
        for claim in row.standing.claims:
            go = (("Show", partial(self.acts.show_paper, "claim", claim.id or 0)),)
            lines.append(ActionLine(*claim_words(claim, papers), actions=go))
        visit = papers.visit_by_id.get(case.visit_id or 0)
        if visit is not None:
            to_visit = (("Show", partial(self.acts.show_paper, "visit", visit.id or 0)),)
            head = f"Visit, {papers.provider_name(visit.provider_id)}"
            lines.append(ActionLine(head, day_text(visit.visited_on), actions=to_visit))
        self.about.show_lines(lines)
        self.about_card.setVisible(bool(lines))

    def _show_calls(self, row: CaseRow, papers: Papers) -> None:
        names = dict(papers.providers)
        lines = []
        for call in row.standing.calls[:MOST_CALLS]:
            acts: list[Act] = [("Open", partial(self.acts.open_call, call))]
            if call.check_on and not call.checked:
                acts.insert(0, ("Checked", partial(self.acts.call_checked, call, papers)))
            lines.append(ActionLine(call_words(call, names), _call_detail(call), actions=tuple(acts)))
        self.calls.show_lines(lines)
        self.calls.setVisible(bool(lines))
        self.no_calls.setVisible(not lines)

    def _show_documents(self, documents: Sequence[Document]) -> None:
        self.documents.show_documents(documents)

    @property
    def _standing(self) -> CaseStanding:
        assert self._row is not None
        return self._row.standing

    # acting --------------------------------------------------------------------------

    @Slot()
    def _on_next(self) -> None:
        self.acts.next_step(self._standing)

    @Slot()
    def _on_call(self) -> None:
        self.acts.log_call(self._standing.case)

    @Slot()
    def _on_letter(self) -> None:
        self.acts.write_letter(self._standing.case)

    @Slot()
    def _on_packet(self) -> None:
        self.acts.make_packet(self._standing.case)

    @Slot()
    def _on_print(self) -> None:
        self.acts.print_case(self._standing)

    @Slot()
    def _on_edit(self) -> None:
        self.acts.edit(self._standing.case)

    @Slot()
    def _on_close(self) -> None:
        self.acts.close(self._standing)

    @Slot()
    def _on_reopen(self) -> None:
        case = self._standing.case
        self.acts.save(replace(case, outcome=CaseOutcome.OPEN, closed_on=None, turn=Turn.ME))

    @Slot()
    def _on_add_day(self) -> None:
        self.acts.edit_day(self._standing.case, None)

    @Slot()
    def _on_money(self) -> None:
        self.acts.money_back(self._standing)

    @Slot()
    def _on_missing(self) -> None:
        self.acts.print_missing(self._standing.case)

    @Slot()
    def _on_ticked(self) -> None:
        self.acts.save(replace(self._standing.case, ticked=self.ticks.ticked()))

    @Slot(list)
    def _on_attach(self, paths: list[Path]) -> None:
        if self._row is not None:
            self.acts.attach(self._row.key, paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if attachable_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := attachable_paths(event.mimeData()):
            self._on_attach(paths)
            event.acceptProposedAction()


def _call_detail(call: Call) -> str:
    return " ".join(call.about.split())
