"""Claims: what was billed, what the plan allowed, what you owe, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.pages.claims_actions import ClaimsActions
from ui.pages.claims_head import ClaimsHead
from ui.pages.claims_papers import PapersPart
from ui.pages.claims_read import ClaimsRead, read_claims, with_findings
from ui.pages.claims_target import told
from ui.widgets.buttons import IconButton, PlainButton, PrimaryButton
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.pages.claims_cases import CasesPart
    from ui.pages.claims_findings import FindingsPart

PAPERS, CASES, FINDINGS = "papers", "cases", "findings"
PARTS = ((PAPERS, "Papers"), (CASES, "Cases"), (FINDINGS, "Findings"))

SUBTITLE = "What was billed, what the plan allowed, what you owe"


class ClaimsPage(Page):
    """Papers with their verdicts, cases with their steps, and what was found, in three parts."""

    SHOWS = (
        Area.PEOPLE
        | Area.PROVIDERS
        | Area.PLANS
        | Area.MEMBERSHIPS
        | Area.CLAIMS
        | Area.VISITS
        | Area.BILLS
        | Area.CASES
        | Area.PAYMENTS
        | Area.DOCUMENTS
        | Area.PRESCRIPTIONS
    )
    help_text = (
        "Each row is a piece of care: its EOB, its bills and its visit. Check says in a few words whether "
        "the bill is right and what is safe to pay today; below you see why, beside what your plan should "
        "have made of it. Papers are linked by themselves where provider, day, code and amount agree; you "
        "can link or unlink them by hand. Where something is wrong, open a case and follow its steps. In "
        "the table Enter opens, Delete removes, and typing filters. Files dropped on the detail are "
        "attached. Findings lists everything that looks wrong, with what to do first."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Claims", parent)
        self._context = context
        self._read: ClaimsRead | None = None
        self._pending: object = None
        self._job: Job[ClaimsRead] | None = None
        self.acts = ClaimsActions(context, self)
        self.printing = Printing(context, self)
        self._cases: CasesPart | None = None
        self._case_shown: int | None = None
        self._filled: set[str] = set()
        self.set_subtitle(SUBTITLE)
        self.bill_button = PlainButton("Add bill", "plus")
        self.add_button = PrimaryButton("Add EOB", "plus")
        self.menu_button = IconButton("menu", "More: visit, call, export")
        self.import_button = PlainButton("Import EOBs\u2026", "import")
        for widget in (self.menu_button, self.import_button, self.bill_button, self.add_button):
            self.add_action_widget(widget)
        self.head = ClaimsHead(PARTS)
        self.parts = self.head.parts
        remembered = context.state.text("claims/part")
        self.parts.choose(remembered if remembered in dict(PARTS) else PAPERS)
        self.body.addWidget(self.head)
        self.papers = PapersPart(context, self.acts)
        self.body.addWidget(self.papers)
        self._findings: FindingsPart | None = None
        self._wire()
        self._arrange()

    def _wire(self) -> None:
        self.bill_button.clicked.connect(self.acts.add_bill)
        self.add_button.clicked.connect(self.primary_action)
        self.import_button.clicked.connect(self.acts.import_files)
        self.menu_button.clicked.connect(self._on_menu)
        self.parts.changed.connect(self._on_part)
        self.head.filter.textChanged.connect(self._on_filter)
        self.head.filter.left.connect(self._on_filter_left)
        self.head.chosen.connect(self._on_chosen)
        self.papers.typed.connect(self._on_typed)
        self.papers.case_asked.connect(self.open_case)
        self.papers.finding_asked.connect(self.show_finding)
        self.acts.stored.connect(self._on_stored)
        self.acts.case_asked.connect(self.open_case)

    # what the window asks ------------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Come here for something: a claim's id; ("claim" | "bill" | "visit" | "case", id);
        ("part", key); ("finding", key); or an Attention about one of them.
        """
        self._pending = told(target)
        if self._read is not None and not self._stale:
            self._settle()

    def reload(self) -> None:
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        services, hurry = self._context.services, self._read is None
        self._job = self._context.load(self, lambda: read_claims(services, hurry=hurry), self._show)

    @Slot()
    def primary_action(self) -> None:
        """Add an EOB, or in the part of cases a case."""
        if self.parts.key() == CASES:
            self.cases.acts.open_new()
        else:
            self.acts.add_eob()

    def take_focus(self) -> None:
        if self.papers.card.table.isVisible():
            self.papers.card.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def find_text(self, text: str) -> None:
        if self.parts.key() == CASES:
            self.cases.find_text(text)
            return
        self.head.filter.setText(text)
        self.head.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_page(self) -> bool:
        """The rows that are shown, and everything about the selected one; or the findings."""
        read = self._read
        if self.parts.key() == CASES:
            return self._print_case()
        if read is None or not read.rows:
            return False
        from ui.printing.claims_document import claims_document, findings_document

        if self.parts.key() == FINDINGS:
            document = findings_document(read, self.findings.shown, self._context.today)
        else:
            document = claims_document(read, self.papers.rows, self.papers.row, self._context.today)
        self.printing.preview(document)
        return True

    def _print_case(self) -> bool:
        """The case that is opened, as its own kind prints it."""
        row = next((row for row in self.cases.rows if row.key == self._case_shown), None)
        return row is not None and self.cases.acts.print_case(row.standing)

    # parts ---------------------------------------------------------------------------

    @property
    def findings(self) -> FindingsPart:
        """The part of findings; made when it is first asked for."""
        if self._findings is None:
            from ui.pages.claims_findings import FindingsPart

            made = FindingsPart(self._context, self.acts, self)
            made.hide()
            made.row_asked.connect(self._on_row_asked)
            made.case_asked.connect(self.open_case)
            made.find_text(self.head.filter.text())
            self.body.addWidget(made)
            self._findings = made
        return self._findings

    def show_part(self, key: str) -> None:
        """Go to a part."""
        self.parts.choose(key)
        self._fill(key)
        self._arrange()

    @property
    def cases(self) -> CasesPart:
        """The part of cases; made when it is first asked for."""
        if self._cases is None:
            from ui.pages.claims_cases import CasesPart

            self._cases = CasesPart(self._context, self)
            self._cases.hide()
            self._cases.opened.connect(self._on_case_shown)
            self.body.addWidget(self._cases)
        return self._cases

    @Slot(int)
    def open_case(self, case_id: int) -> None:
        """Show a case in the part of cases."""
        self.show_part(CASES)
        self.cases.open_case(case_id)

    @Slot(str)
    def show_finding(self, key: str) -> None:
        """Show a finding in their list."""
        self.show_part(FINDINGS)
        self.findings.select(key)

    def _arrange(self) -> None:
        shown = self.parts.key()
        self.papers.setVisible(shown == PAPERS)
        if self._findings is not None:
            self._findings.setVisible(shown == FINDINGS)
        if self._cases is not None:
            self._cases.setVisible(shown == CASES)
        read = self._read
        self.head.setVisible(read is not None)
        has_list = read is not None and not read.is_empty and shown != CASES
        self.head.show_filters(has_list, several=shown == PAPERS)
        self.add_button.setText("Open a case" if shown == CASES else "Add EOB")

    def _fill(self, key: str) -> None:
        """Let a part show what was read, unless it already does."""
        read = self._read
        if read is None or key in self._filled:
            return
        self._filled.add(key)
        if key == PAPERS:
            self.papers.show_read(read)
        elif key == FINDINGS:
            self.findings.show_read(read)
        else:
            self.cases.show_papers(read.papers)

    # showing -------------------------------------------------------------------------

    def _show(self, read: ClaimsRead) -> None:
        self._read = read
        self._filled.clear()
        self.head.show_choices(read)
        self.papers.choose(person_id=self.head.person_id, year=self.head.year)
        self._fill(self.parts.key())
        self._arrange()
        self._settle()
        if not read.is_whole:
            services = self._context.services
            self._job = self._context.load(self, lambda: with_findings(services, read.papers), self._show)

    def _settle(self) -> None:
        """Do what somebody came here for."""
        pending, self._pending = self._pending, None
        if not isinstance(pending, tuple):
            return
        what, about = pending
        if what == "part" and about in dict(PARTS):
            self.show_part(str(about))
        elif what == "finding":
            self.show_finding(str(about))
        elif what == "case" and isinstance(about, int):
            self.open_case(about)
        elif what in ("claim", "bill", "visit") and isinstance(about, int):
            self._show_paper(what, about)

    def _show_paper(self, what: str, about: int) -> None:
        self.show_part(PAPERS)
        if self.head.filter.text() or self.head.person_id or self.head.year:
            self.head.clear()
        row = self.papers.select(**{f"{what}_id": about})
        if row is not None and self.papers.card.table.isVisible():
            self.papers.card.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the person does ------------------------------------------------------------

    @Slot(int)
    def _on_case_shown(self, case_id: int) -> None:
        self._case_shown = case_id

    @Slot(str)
    def _on_part(self, key: str) -> None:
        self._context.state.keep_text("claims/part", key)
        self.show_part(key)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self.papers.find_text(text)
        if self._findings is not None:
            self._findings.find_text(text)

    @Slot()
    def _on_filter_left(self) -> None:
        self.papers.card.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_chosen(self) -> None:
        self.papers.choose(person_id=self.head.person_id, year=self.head.year)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.head.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.filter.setText(text)

    @Slot()
    def _on_menu(self) -> None:
        menu = self.acts.add_menu()
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    @Slot(str, int)
    def _on_stored(self, what: str, number: int) -> None:
        """Show what was just added or changed, at once where it has been read again already."""
        self._pending = what, number
        papers = self._read.papers if self._read is not None else None
        if papers is None:
            return
        known = {"claim": papers.claim_by_id, "bill": papers.bill_by_id, "visit": papers.visit_by_id}
        if number in known[what]:
            self._settle()

    @Slot(str, int)
    def _on_row_asked(self, what: str, number: int) -> None:
        self._show_paper(what, number)
