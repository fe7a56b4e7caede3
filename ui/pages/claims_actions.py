"""What can be done on the Claims page: its forms, and its changes of the ledger."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.dispute_steps import Step
from tracker.domain.claims.papers import Papers
from tracker.facts import (
    Bill,
    BillShare,
    Case,
    CaseKind,
    CaseStep,
    Claim,
    ClaimLink,
    Noun,
    Payment,
    StepOutcome,
    Turn,
    Visit,
)
from tracker.money import dollars
from ui.context import Context
from ui.models.claims_papers import Act, Does


class ClaimsActions(QObject):
    """Opens forms over the page; what they are about is handed in."""

    stored = Signal(str, int)
    """A claim, bill or visit was added or changed: which, and its id."""
    case_asked = Signal(int)

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner

    # adding ----------------------------------------------------------------------------

    @Slot()
    def add_eob(self) -> None:
        self.eob_form(None)

    @Slot()
    def add_bill(self) -> None:
        self.bill_form(None)

    @Slot()
    def add_visit(self) -> None:
        self.visit_form(None)

    @Slot()
    def log_call(self) -> None:
        self.call_form(None)

    def add_menu(self) -> QMenu:
        """Everything that can be added, and claims as files."""
        menu = QMenu(self._owner)
        for words, act in (
            ("Add EOB\u2026", self.add_eob),
            ("Add bill\u2026", self.add_bill),
            ("Add visit\u2026", self.add_visit),
            ("Log a call\u2026", self.log_call),
            ("Import EOBs\u2026", self.import_files),
            ("Export claims\u2026", self.export_tables),
        ):
            menu.addAction(words).triggered.connect(act)
        return menu

    @Slot()
    def import_files(self) -> None:
        """EOBs an insurer let the member download, and other files."""
        from ui.dialogs.import_window import ImportWindow

        ImportWindow(self._context, self._owner).open()

    @Slot()
    def export_tables(self) -> None:
        """Claims as files for a spreadsheet or an accountant."""
        from ui.dialogs.table_export import TableExportDialog

        TableExportDialog(self._context, self._owner, ("claims",)).open()

    # forms -----------------------------------------------------------------------------

    def eob_form(self, claim: Claim | None, prefill: Claim | None = None) -> None:
        from ui.dialogs.eob_editor import EobEditor

        editor = EobEditor(self._context, self._owner, claim=claim, prefill=prefill)
        editor.stored.connect(self._on_claim)
        editor.open()

    def bill_form(self, bill: Bill | None, claim: Claim | None = None) -> None:
        from ui.dialogs.bill_editor import BillEditor

        editor = BillEditor(self._context, self._owner, bill=bill, claim=claim)
        editor.stored.connect(self._on_bill)
        editor.open()

    def visit_form(self, visit: Visit | None) -> None:
        from ui.dialogs.visit_editor import VisitEditor

        editor = VisitEditor(self._context, self._owner, visit=visit)
        editor.stored.connect(self._on_visit)
        editor.open()

    def call_form(self, row: CareRow | None, case: Case | None = None) -> None:
        from ui.dialogs.call_log import CallDialog

        bill = row.bills[row.worst] if row and row.worst is not None else None
        CallDialog(
            self._context, self._owner, case=case, claim=row.claim if row else None, bill=bill
        ).open()

    def case_form(self, case: Case | None, prefill: Case | None = None) -> None:
        from ui.dialogs.case_editor import CaseEditor

        CaseEditor(self._context, self._owner, case=case, prefill=prefill).open()

    def letter(self, row: CareRow | None, case: Case | None = None) -> None:
        """Write a letter about a row or a case."""
        from ui.dialogs.letter_editor import LetterEditor

        bill = row.bills[row.worst] if row and row.worst is not None else None
        LetterEditor(
            self._context,
            self._owner,
            case=case or (row.case if row else None),
            claim=row.claim if row else None,
            bill=bill,
        ).open()

    # what a row offers -----------------------------------------------------------------

    def open_row(self, row: CareRow) -> None:
        """Open the form of a row's main paper."""
        if row.claim is not None:
            self.eob_form(row.claim)
        elif row.bills:
            self.bill_form(row.bills[0])
        elif row.visits:
            self.visit_form(row.visits[0])

    def pay(self, row: CareRow) -> None:
        """Record the payment of what is safe to pay on the row's bill."""
        from ui.dialogs.payment_editor import PaymentEditor

        if row.worst is None:
            return
        bill, found = row.bills[row.worst], row.verdicts[row.worst]
        proposed = Payment(
            paid_on=self._context.today,
            amount=found.pay,
            provider_id=bill.provider_id,
            person_id=bill.person_id,
            note=row.what,
            bills=(BillShare(bill_id=bill.id or 0, amount=found.pay),),
        )
        said = f"{row.title}. {' '.join(found.why)}"
        PaymentEditor(self._context, self._owner, prefill=proposed, sentence=said).open()

    def refund(self, row: CareRow) -> None:
        """Record money that came back for the row's bill."""
        from ui.dialogs.payment_editor import PaymentEditor

        if row.worst is None:
            return
        bill, found = row.bills[row.worst], row.verdicts[row.worst]
        proposed = Payment(
            paid_on=self._context.today,
            amount=-found.refund,
            provider_id=bill.provider_id,
            person_id=bill.person_id,
            note=row.what,
            bills=(BillShare(bill_id=bill.id or 0, amount=-found.refund),),
        )
        PaymentEditor(self._context, self._owner, prefill=proposed, sentence=f"{row.title}.").open()

    def dispute(self, row: CareRow) -> None:
        """Open a case about a row, with what is known of it."""
        self.case_form(None, dispute_of(row, self._context))

    def remove(self, row: CareRow) -> None:
        """Remove the row's main paper; it can be undone."""
        services = self._context.services
        if row.claim is not None:
            claim_id = row.claim.id or 0
            self._context.commit(self, lambda: services.claims.remove([claim_id]))
        elif row.bills:
            bill_id = row.bills[0].id or 0
            self._context.commit(self, lambda: services.care.remove_bills([bill_id]))
        elif row.visits:
            visit_id = row.visits[0].id or 0
            self._context.commit(self, lambda: services.care.remove_visits([visit_id]))

    def attach(self, row: CareRow, paths: list[Path]) -> None:
        """Attach files to the row's main paper."""
        noun, noun_id = main_paper(row)
        documents = self._context.services.documents
        self._context.commit(
            self,
            lambda: documents.attach(noun, noun_id, paths),
            complain=self._context.show_problem,
            label="Attaching",
        )

    # papers ----------------------------------------------------------------------------

    def act(self, act: Act, papers: Papers) -> None:
        """Do what a paper offers."""
        if act.does is Does.LINK:
            if act.link is not None:
                self.link(act.link)
            return
        number = act.noun_id
        match act.noun:
            case Noun.CLAIM:
                if number in papers.claim_by_id:
                    self.eob_form(papers.claim_by_id[number])
            case Noun.BILL:
                if number in papers.bill_by_id:
                    self.bill_form(papers.bill_by_id[number])
            case Noun.VISIT:
                if number in papers.visit_by_id:
                    self.visit_form(papers.visit_by_id[number])
            case Noun.PAYMENT:
                self.open_payment(number)
            case Noun.CALL:
                self._open_call(papers, number)
            case _:
                self.case_asked.emit(number)

    def link(self, link: ClaimLink) -> None:
        """Say that papers belong together, or that they do not."""
        papers = self._context.services.papers
        self._context.commit(self, lambda: papers.link(link))

    def record_step(self, case: Case, papers: Papers) -> None:
        """Record how the present step of a dispute ended."""
        from tracker.domain.claims.cases import standing_of
        from ui.dialogs.case_step import CaseStepDialog

        CaseStepDialog(self._context, self._owner, standing=standing_of(case, papers), papers=papers).open()

    def open_payment(self, payment_id: int) -> None:
        """Open the form of a payment."""
        payments = self._context.services.payments
        self._context.load(self, lambda: payments.get(payment_id), self._show_payment)

    def _open_call(self, papers: Papers, call_id: int) -> None:
        """Open the form of a call."""
        from ui.dialogs.call_log import CallDialog

        call = next((call for call in papers.calls if call.id == call_id), None)
        if call is not None:
            CallDialog(self._context, self._owner, call=call).open()

    def _show_payment(self, payment: Payment) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self._owner, payment=payment).open()

    @Slot(int)
    def _on_claim(self, claim_id: int) -> None:
        self.stored.emit("claim", claim_id)

    @Slot(int)
    def _on_bill(self, bill_id: int) -> None:
        self.stored.emit("bill", bill_id)

    @Slot(int)
    def _on_visit(self, visit_id: int) -> None:
        self.stored.emit("visit", visit_id)


def main_paper(row: CareRow) -> tuple[Noun, int]:
    """The paper a row is named after."""
    if row.claim is not None:
        return Noun.CLAIM, row.claim.id or 0
    if row.bills:
        return Noun.BILL, row.bills[0].id or 0
    return Noun.VISIT, row.visits[0].id or 0


def dispute_of(row: CareRow, context: Context) -> Case:
    """A new dispute about a row: the papers were received and compared, so the next step is to call."""
    today, claim = context.today, row.claim
    place = row.worst
    bill = row.bills[place] if place is not None else None
    found = row.verdicts[place] if place is not None else None
    stake = (found.over or found.refund) if found is not None else 0
    stake = stake or max((finding.at_stake for finding in row.findings), default=0)
    got = bill.newest.got_on or bill.newest.stated_on if bill and bill.newest else None
    got = min(got or today, today)
    insurer_only = bill is None and claim is not None
    outcome = StepOutcome.INSURANCE_ONLY if insurer_only else StepOutcome.FOUND
    then = Step.CONTACT_INSURER if insurer_only else Step.CONTACT_PRACTICE
    compared = found.why if found is not None else row.check.why
    return Case(
        kind=CaseKind.DISPUTE,
        title=f"{row.title}: {dollars(stake)}" if stake else row.title,
        opened_on=today,
        person_id=row.person_id,
        provider_id=bill.provider_id if bill else (claim.provider_id if claim else None),
        plan_id=claim.plan_id if claim else None,
        claim_id=claim.id if claim else None,
        bill_id=bill.id if bill else None,
        visit_id=row.visits[0].id if row.visits else None,
        turn=Turn.ME,
        at_stake=stake or None,
        steps=(
            CaseStep(number=Step.RECEIVED, leads_to=Step.REVIEW, done_on=got, note=f"By {day_text(got)}"),
            CaseStep(
                number=Step.REVIEW,
                outcome=outcome,
                leads_to=then,
                done_on=today,
                amount=stake or None,
                note=" ".join(compared),
            ),
        ),
    )
