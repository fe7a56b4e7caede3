"""The Papers part of Claims: all care in a table, and below it everything about the selected row."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.claims.care_row import CareRow, kept, row_of
from tracker.facts import Case, Document, Noun
from ui.context import Context
from ui.jobs import Job
from ui.models.claims_papers import Act
from ui.models.claims_rows import GROUPS
from ui.pages.claims_actions import ClaimsActions
from ui.pages.claims_detail import DetailCard
from ui.pages.claims_next import NextCard
from ui.pages.claims_read import ClaimsRead
from ui.pages.claims_table import CareCard
from ui.theme import GAP
from ui.widgets.columns import side_by_side

_GROUP = "claims/group"


class PapersPart(QWidget):
    """Shows what was read; filters and selection stay with it."""

    case_asked = Signal(int)
    finding_asked = Signal(str)
    typed = Signal(str)

    def __init__(self, context: Context, acts: ClaimsActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._acts = context, acts
        self._read: ClaimsRead | None = None
        self._words: list[str] = []
        self._person: int | None = None
        self._year: int | None = None
        self._shown: CareRow | None = None
        self._wanted: int | None = None
        self._documents: Job[list[Document]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.card = CareCard(context.today, acts.add_eob, acts.import_files, context.state)
        kept_group = context.state.text(_GROUP)
        if kept_group in dict(GROUPS):
            self.card.groups.choose(kept_group)
        self.detail, self.next = DetailCard(context), NextCard()
        self.below = side_by_side(self.detail, self.next, weights=(3, 2))
        self.below.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.card)
        whole.addWidget(self.below)
        self._wire()

    # showing -------------------------------------------------------------------------

    def show_read(self, read: ClaimsRead) -> None:
        """Show what was read; the selected row stays selected, or the first that needs the member is."""
        self._read = read
        self._shown = None
        self._show_rows()

    def choose(self, *, person_id: int | None, year: int | None) -> None:
        """Show only the care of a person, or of a year."""
        self._person, self._year = person_id, year
        self._show_rows()

    def find_text(self, text: str) -> None:
        """Show only rows in which every word occurs."""
        self._words = text.casefold().split()
        self._show_rows()

    def select(self, *, claim_id: int = 0, bill_id: int = 0, visit_id: int = 0) -> CareRow | None:
        """Select the row of a claim, bill or visit, taking away a filter that hides it."""
        if self._read is None:
            return None
        row = row_of(self._read.rows, claim_id=claim_id, bill_id=bill_id, visit_id=visit_id)
        if row is None and claim_id:
            row = self._row_of_version(claim_id)
        if row is not None and not self.card.select(row.key):
            self.card.groups.choose("")
            self._show_rows()
            self.card.select(row.key)
        return row

    @property
    def row(self) -> CareRow | None:
        """The row whose detail is shown."""
        return self._shown

    @property
    def rows(self) -> list[CareRow]:
        """The rows shown, in their order."""
        return self.card.model.rows

    # ours ----------------------------------------------------------------------------

    def _row_of_version(self, claim_id: int) -> CareRow | None:
        """The row of the EOB that replaced this one."""
        read = self._read
        if read is None or claim_id not in read.papers.claim_by_id:
            return None
        last = read.papers.versions_of(read.papers.claim_by_id[claim_id])[-1]
        return row_of(read.rows, claim_id=last.id or 0)

    def _show_rows(self) -> None:
        read = self._read
        if read is None:
            return
        group = self.card.groups.key()
        keep = kept(words=self._words, group=group, person_id=self._person, year=self._year)
        rows = [row for row in read.rows if keep(row)] if keep else list(read.rows)
        self.card.show_rows(rows, short_names(read))
        self.card.show_state(shown=len(rows), every=len(read.rows))
        every = kept(person_id=self._person, year=self._year)
        counted = [row for row in read.rows if every(row)] if every else None
        self.card.sums.show_sums(read.sums(counted))
        self._select_something()

    def _select_something(self) -> None:
        row = self.card.current()
        if row is None and self.card.model.rows:
            first = next(
                (r for r in self.card.model.rows if r.group == "needs_you"), self.card.model.rows[0]
            )
            self.card.select(first.key)
            row = self.card.current()
        self._show_row(row)

    @Slot(object)
    def _on_selected(self, row: CareRow | None) -> None:
        if row is not None:
            self._show_row(row)

    def _show_row(self, row: CareRow | None) -> None:
        if self._read is None or (row is self._shown and row is not None):
            return
        self._shown = row
        if row is None:
            self.below.hide()
            return
        self.detail.show_row(self._read.papers, row)
        self.next.show_row(self._read.papers, row)
        self.below.show()  # once filled: every part shown on its own would lay out all of them again
        self._load_documents(row)

    def _load_documents(self, row: CareRow) -> None:
        if self._documents is not None:
            self._documents.cancel()
        about = [(Noun.CLAIM, row.claim.id or 0)] if row.claim else []
        about += [(Noun.BILL, bill.id or 0) for bill in row.bills]
        about += [(Noun.VISIT, visit.id or 0) for visit in row.visits]
        documents = self._context.services.documents

        def read() -> list[Document]:
            return [found for noun, number in about for found in documents.attached_to(noun, number)]

        self._documents = self._context.load(self, read, self.detail.show_documents)

    def _wire(self) -> None:
        card, detail, beside, acts = self.card, self.detail, self.next, self._acts
        card.selected.connect(self._on_selected)
        card.opened.connect(acts.open_row)
        card.group_chosen.connect(self._on_group)
        card.typed.connect(self.typed)
        card.table.delete_requested.connect(self._on_delete)
        detail.pay_asked.connect(self._on_pay)
        detail.refund_asked.connect(self._on_refund)
        detail.dispute_asked.connect(self._on_dispute)
        detail.letter_asked.connect(self._on_letter)
        detail.why_asked.connect(self._on_why)
        detail.edit_asked.connect(self._on_edit)
        detail.bill_asked.connect(self._on_bill)
        detail.link_asked.connect(self._on_link)
        detail.act_asked.connect(self._on_act)
        detail.files_dropped.connect(self._on_files)
        beside.record_asked.connect(self._on_record)
        beside.case_asked.connect(self.case_asked)
        beside.dispute_asked.connect(self._on_dispute)
        beside.letter_asked.connect(self._on_letter)
        beside.call_asked.connect(self._on_call)
        beside.finding_asked.connect(self.finding_asked)

    @Slot(str)
    def _on_group(self, key: str) -> None:
        self._context.state.keep_text(_GROUP, key)
        self._show_rows()

    @Slot(list)
    def _on_delete(self, rows: list[CareRow]) -> None:
        self._acts.remove(rows[0])

    @Slot()
    def _on_pay(self) -> None:
        if self._shown is not None:
            self._acts.pay(self._shown)

    @Slot()
    def _on_refund(self) -> None:
        if self._shown is not None:
            self._acts.refund(self._shown)

    @Slot()
    def _on_dispute(self) -> None:
        if self._shown is not None:
            self._acts.dispute(self._shown)

    @Slot()
    def _on_letter(self) -> None:
        self._acts.letter(self._shown)

    @Slot()
    def _on_call(self) -> None:
        self._acts.call_form(self._shown, self._shown.case if self._shown else None)

    @Slot(object)
    def _on_record(self, case: Case) -> None:
        if self._read is not None:
            self._acts.record_step(case, self._read.papers)

    @Slot()
    def _on_edit(self) -> None:
        if self._shown is not None:
            self._acts.open_row(self._shown)

    @Slot()
    def _on_bill(self) -> None:
        if self._shown is not None:
            self._acts.bill_form(None, self._shown.claim)

    @Slot()
    def _on_link(self) -> None:
        from ui.pages.claims_link import LinkDialog

        if self._shown is not None and self._read is not None:
            LinkDialog(self._context, self, papers=self._read.papers, row=self._shown).open()

    @Slot(object)
    def _on_act(self, act: Act) -> None:
        if self._read is not None:
            self._acts.act(act, self._read.papers)

    @Slot(list)
    def _on_files(self, paths: list[Path]) -> None:
        if self._shown is not None:
            self._acts.attach(self._shown, paths)

    @Slot()
    def _on_why(self) -> None:
        from tracker.imports.reason_codes_file import reason_codes
        from ui.dialogs.sentences_why import SentencesWhy
        from ui.models.claims_why import ESTIMATE_ONLY, why_parts

        if self._shown is not None and self._read is not None:
            parts = why_parts(self._read.papers, self._shown, reason_codes())
            groups = [(part.heading, part.sentences) for part in parts]
            SentencesWhy("Claim", self._shown.title, groups, self, remark=ESTIMATE_ONLY).open()


def short_names(read: ClaimsRead) -> dict[int, str]:
    """First names where they tell people apart, else whole names."""
    whole = {person.id or 0: person.name for person in read.papers.people}
    first = {number: (name.split() or [name])[0] for number, name in whole.items()}
    return first if len(set(first.values())) == len(first) else whole
