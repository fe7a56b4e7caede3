"""What can be done with a case on the Claims page: its forms, and its changes of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.domain.claims import authorizations
from tracker.domain.claims.about import about
from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.case_steps import Reimbursed
from tracker.domain.claims.papers import Papers
from tracker.facts import (
    BillShare,
    Call,
    Case,
    CaseKind,
    Deadline,
    Document,
    Noun,
    Payment,
)
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.printing import Printing


class CaseActions(QObject):
    """Opens forms over the page. `stored` carries the case to show afterwards."""

    stored = Signal(int)

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._papers: Papers | None = None
        self.printing = Printing(context, owner)

    def show_papers(self, papers: Papers) -> None:
        """Act on these from now on."""
        self._papers = papers

    # forms ---------------------------------------------------------------------------

    def open_new(self, prefill: Case | None = None) -> None:
        """Open a case."""
        from ui.dialogs.case_editor import CaseEditor

        editor = CaseEditor(self._context, self._owner, prefill=prefill)
        editor.stored.connect(self.stored)
        editor.open()

    def edit(self, case: Case) -> None:
        from ui.dialogs.case_editor import CaseEditor

        editor = CaseEditor(self._context, self._owner, case=case)
        editor.stored.connect(self.stored)
        editor.open()

    def next_step(self, standing: CaseStanding) -> None:
        """Record what happened. A claim the member has not sent yet is sent in its form."""
        papers = self._papers
        if papers is None:
            return
        if standing.case.kind is CaseKind.REIMBURSEMENT and standing.number <= Reimbursed.SEND:
            self.edit(standing.case)
            return
        from ui.dialogs.case_step import CaseStepDialog

        dialog = CaseStepDialog(self._context, self._owner, standing=standing, papers=papers)
        dialog.stored.connect(self.stored)
        dialog.open()

    def close(self, standing: CaseStanding) -> None:
        from ui.dialogs.case_close import CloseCaseDialog

        dialog = CloseCaseDialog(self._context, self._owner, standing=standing)
        dialog.stored.connect(self.stored)
        dialog.open()

    def edit_day(self, case: Case, deadline: Deadline | None) -> None:
        """Add a day, or change one."""
        from ui.dialogs.case_deadline import DeadlineDialog

        DeadlineDialog(self._context, self._owner, case=case, deadline=deadline).open()

    def log_call(self, case: Case | None = None) -> None:
        from ui.dialogs.call_log import CallDialog

        CallDialog(self._context, self._owner, case=case).open()

    def open_call(self, call: Call) -> None:
        from ui.dialogs.call_log import CallDialog

        CallDialog(self._context, self._owner, call=call).open()

    def write_letter(self, case: Case) -> None:
        from ui.dialogs.letter_editor import LetterEditor

        papers = self._papers
        claim = papers.claim_by_id.get(case.claim_id or 0) if papers else None
        bill = papers.bill_by_id.get(case.bill_id or 0) if papers else None
        LetterEditor(self._context, self._owner, case=case, claim=claim, bill=bill).open()

    def make_packet(self, case: Case) -> None:
        """Put everything about a case into one PDF."""
        from ui.dialogs.packet import PacketDialog

        PacketDialog(self._context, self._owner, case=case).open()

    def money_back(self, standing: CaseStanding) -> None:
        """Record a payment that came back: tied to the bill it repays, or as a step where there is none."""
        papers, case = self._papers, standing.case
        if papers is None:
            return
        bill = papers.bill_by_id.get(case.bill_id or 0)
        if bill is None:
            from ui.dialogs.case_step import CaseStepDialog

            CaseStepDialog(self._context, self._owner, standing=standing, papers=papers).open()
            return
        from ui.dialogs.payment_editor import PaymentEditor

        found = standing.progress
        amount = (found.outstanding or 0) if found else 0
        paid = [payment for payment, share in papers.paid_on(bill) if share > 0]
        back = Payment(
            paid_on=self._context.today,
            amount=-amount,
            person_id=bill.person_id,
            repays_id=paid[-1].id if paid else None,
            bills=(BillShare(bill_id=bill.id or 0, amount=-amount),) if amount else (),
        )
        PaymentEditor(self._context, self._owner, prefill=back).open()

    def print_missing(self, case: Case) -> None:
        """The request to the practice for what the superbill lacks."""
        from ui.printing.superbill_document import superbill_request

        if self._papers is not None:
            self.printing.preview(superbill_request(about(self._papers, case=case), case))

    def save_calendar(self) -> QFileDialog | None:
        """Ask for a name and write the days of all open cases as a calendar file."""
        papers = self._papers
        if papers is None:
            return None
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._owner, "Save days for a calendar", places or QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.setNameFilters(["Calendar (*.ics)"])
        dialog.selectFile("Claims days.ics")
        dialog.fileSelected.connect(lambda name: self.write_calendar(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write_calendar(self, path: Path) -> None:
        """Write it beside the window; a toast tells when the file is there."""
        if self._papers is None:
            return
        services = self._context.services

        def write() -> int:
            from tracker.services.calendar_file import write_calendar
            from tracker.services.dates_ahead_papers import case_dates

            return write_calendar(services, path, case_dates(services))

        self._context.load(
            self,
            write,
            lambda count: self._context.shell.toast(f"Saved {path.name}, {count_of(count, 'day')}."),
            label=f"Writing {path.name}",
        )

    # changes -------------------------------------------------------------------------

    def save(self, case: Case) -> None:
        """Store a case as it is given, beside the window."""
        cases = self._context.services.cases
        self._context.commit(
            self, lambda: cases.save(case), complain=self._context.show_problem, quiet=False
        )

    def day_done(self, case: Case, deadline: Deadline) -> None:
        """Tick a day off, today."""
        done = replace(deadline, done_on=self._context.today)
        self.save(
            replace(case, deadlines=tuple(done if each is deadline else each for each in case.deadlines))
        )

    def call_checked(self, call: Call, papers: Papers) -> None:
        """What was to be checked after a call is checked."""
        cases, name = self._context.services.cases, papers.provider_name(call.provider_id)
        self._context.commit(
            self,
            lambda: cases.save_call(replace(call, checked=True), organisation=name),
            complain=self._context.show_problem,
        )

    def remove(self, ids: list[int]) -> None:
        cases = self._context.services.cases
        self._context.commit(self, lambda: cases.remove(ids))

    def attach(self, case_id: int, paths: list[Path]) -> None:
        documents = self._context.services.documents
        self._context.commit(
            self,
            lambda: documents.attach(Noun.CASE, case_id, paths),
            complain=self._context.show_problem,
            label="Attaching",
        )

    # what is shown -------------------------------------------------------------------

    def documents_of(self, case_id: int) -> Sequence[Document]:
        return self._context.services.documents.attached_to(Noun.CASE, case_id)

    def show_paper(self, what: str, number: int) -> None:
        """Go to an EOB, a bill or a visit."""
        self._context.shell.go_to("claims", (what, number))

    def misfits(self, standing: CaseStanding, papers: Papers) -> list[str]:
        """How claims differ from what was authorized."""
        case = standing.case
        if standing.held is None:
            return []
        return [
            each.words
            for claim in papers.in_force
            if authorizations.about(case, claim)
            for each in authorizations.mismatches(case, claim)
        ]

    def print_case(self, standing: CaseStanding) -> bool:
        """The list, or the eleven steps, on paper."""
        papers, case = self._papers, standing.case
        if papers is None:
            return False
        found = about(papers, case=case)
        if case.kind is CaseKind.APPOINTMENT:
            from ui.printing.checklist_document import specialist_document

            document = specialist_document(papers.today, found)
        elif case.kind is CaseKind.COVERAGE_CHECK:
            from ui.printing.checklist_document import verification_document

            document = verification_document(papers.today, found)
        elif standing.dispute is not None:
            from ui.printing.steps_document import steps_document

            document = steps_document(found, case)
        else:
            return False
        self.printing.preview(document)
        return True
