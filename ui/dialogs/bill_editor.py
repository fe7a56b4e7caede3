"""The form for a bill: four fields, the verdict while typing, and the rest behind *More*."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.domain.claims.same_paper import SameBill, same_bill
from tracker.errors import UserProblem
from tracker.facts import Bill, Claim, Statement
from ui.context import Context
from ui.dialogs.bill_form import BillForm
from ui.dialogs.bill_known import BillKnown, Proposal, as_draft, known_words, read_known, verdict_words
from ui.dialogs.so_far import cents_so_far

_PROPOSED = frozenset({"eob", "person_id", "service_from", "category", "description"})
_THERE, _OTHER = "there", "other"


class BillEditor(BillForm):
    """Adds a bill, or a statement to one that is there, or changes one.

    `bill` is changed; `claim` is the EOB a new bill is for. `stored` tells the bill's id once it is in
    the ledger.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        bill: Bill | None = None,
        claim: Claim | None = None,
    ) -> None:
        title = "Change bill" if bill else "Add bill"
        super().__init__(title, parent, context, bill.id if bill else None)
        self._start = bill
        self._asked_claim = claim
        self._claim_id: int | None = None
        self._statements: list[Statement] = list(bill.statements) if bill else []
        self._at: int | None = None
        self._known = BillKnown()
        self._touched: set[str] = set()
        self._same: SameBill | None = None
        self._wire()
        if bill is not None:
            self.fill(bill)
            self._touched |= _PROPOSED
            self._show_statement(len(self._statements) - 1 if self._statements else None)
            if self.paper.says_more or bill.account_number or bill.note or bill.self_pay:
                self.more.show_all()
        context.load(self, lambda: read_known(context.services), self._show)

    # building ------------------------------------------------------------------------

    def _wire(self) -> None:
        paper = self.paper
        for resized in (self.more.resized, self.question.resized, paper.lines.resized):
            resized.connect(self._fit_soon)
        self.who.provider.edited.connect(self._on_provider)
        paper.amount.edited.connect(self._on_amount)
        self.eob.edited.connect(self._on_eob)
        self.who.person.edited.connect(lambda: self._on_touched("person_id"))
        self.service_from.edited.connect(lambda: self._on_touched("service_from"))
        self.service.edited.connect(lambda: self._on_touched("category"))
        self.description.textEdited.connect(lambda: self._on_touched("description"))
        for edit in (paper.stated_on, paper.credits["charges"], self.service_to):
            edit.edited.connect(self._refresh)
        self.account_number.textEdited.connect(self._refresh)
        for box in (self.self_pay, self.closed):
            box.toggled.connect(self._refresh)
        paper.lines.edited.connect(paper.say_sum)
        paper.credits["charges"].edited.connect(paper.say_sum)
        paper.lines.table.save_asked.connect(self.save_button.click)
        paper.lines.table.left.connect(self.attachments.add_button.setFocus)
        self.question.answered.connect(self._on_answer)
        self.history.opened.connect(self._on_open_statement)
        self.history.added.connect(self._on_add_statement)
        self.history.removed.connect(self._on_remove_statement)

    # showing -------------------------------------------------------------------------

    def _show(self, known: BillKnown) -> None:
        self._known = known
        papers = known.papers
        self.who.show_choices(papers.people, tuple(papers.providers.values()), self.form)
        self.service.set_categories(papers.categories)
        start = self._start
        if start is not None:
            self.who.provider.choose(start.provider_id)
            self.who.person.choose(start.person_id)
            self.service.choose_code(start.category)
            self._list_eobs()
            self._show_held_eob()
        else:
            self._begin_new()
        self.form.field("person_id").setVisible(self.who.only_person is None)
        self.save_button.setEnabled(True)
        self._refresh()
        self._fit_soon()

    def _begin_new(self) -> None:
        claim, papers = self._asked_claim, self._known.papers
        if claim is not None:
            self.who.provider.choose(claim.provider_id)
            self._list_eobs()
            self._touched.add("eob")
            self.eob.choose(claim.id)
            self._take(self._known.of_claim(claim))
            return
        last = max(papers.bills, key=lambda item: item.id or 0, default=None)
        self.who.person.choose(self.who.only_person or (last.person_id if last else None))
        self._on_provider()

    def _show_held_eob(self) -> None:
        """The EOB that holds for the bill, the first where there are several."""
        assert self._start is not None
        held = self._known.papers.claims_of(self._start)
        self._claim_id = held[0].id if held else None
        self.eob.choose(self._claim_id)
        if len(held) > 1:
            more = "one more EOB belongs" if len(held) == 2 else f"{len(held) - 1} more EOBs belong"
            self.form.field("eob").set_hint(f"And {more} to this bill.")

    def _list_eobs(self) -> None:
        known = self._known
        found = known.eobs_of(self.who.provider.chosen_id())
        asked = self._asked_claim
        held = known.papers.claims_of(self._start) if self._start else []
        extra = [claim for claim in ((asked,) if asked else held) if claim.id not in {c.id for c in found}]
        items = [(claim.id or 0, known.eob_text(claim)) for claim in (*extra, *found)]
        self.eob.set_items(items)

    # proposing -----------------------------------------------------------------------

    @Slot()
    def _on_provider(self) -> None:
        self._list_eobs()
        self._propose()
        self._refresh()

    @Slot()
    def _on_amount(self) -> None:
        self._propose()
        self._refresh()

    @Slot()
    def _on_eob(self) -> None:
        """An EOB chosen by hand says what it is about, unless something else was typed."""
        self._touched.add("eob")
        claim = self._chosen_eob()
        if claim is not None:
            self._take(self._known.of_claim(claim))
        self._refresh()

    def _on_touched(self, name: str) -> None:
        self._touched.add(name)
        self._refresh()

    def _propose(self) -> None:
        """Patient and day as on the provider's likely EOB, open bill or visit, until somebody says so."""
        if "eob" in self._touched:
            return
        amount = cents_so_far(self.paper.amount)
        found = self._known.proposal(self.who.provider.chosen_id(), amount)
        self.eob.choose(found.claim.id if found and found.claim else None)
        if found is not None:
            self._take(found)
            return
        self.form.field("service_from").set_hint("")
        if "service_from" not in self._touched:
            self.service_from.set_day(None)

    def _take(self, found: Proposal) -> None:
        if "person_id" not in self._touched:
            self.who.person.choose(found.person_id)
        if "service_from" not in self._touched:
            self.service_from.set_day(found.service_from)
            self.service_to.set_day(found.service_to)
            self.form.field("service_from").set_hint(found.why)
        if "category" not in self._touched:
            self.service.choose_code(found.category)
        if "description" not in self._touched:
            self.description.setText(found.description)

    def _chosen_eob(self) -> Claim | None:
        return self._known.papers.claim_by_id.get(self.eob.named_id() or 0) if self.eob.text() else None

    # judging while typing ------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        """Say what this bill looks like so far: known already, and what is safe to pay."""
        draft = self._so_far()
        if draft is None:
            self.verdict.setText("")
            self.verdict.hide()
            self.question.take_back()
            return
        self._ask_whether_known(draft)
        if not draft.statements:
            self.verdict.hide()
            return
        claims = self._known.eobs_for(as_draft(draft), self._chosen_eob())
        words, tone = verdict_words(self._known.verdict_of(draft, claims))
        changed = self.verdict.isHidden()
        self.verdict.setText(words)
        self.verdict.set_tone(tone)
        self.verdict.show()
        if changed:
            self._fit_soon()

    def _so_far(self) -> Bill | None:
        """The bill as typed so far, None while provider, patient or day are missing."""
        typed = self.paper.so_far()
        others = [item for place, item in enumerate(self._statements) if place != self._at]
        return self.read_so_far(self._start, [*others, typed] if typed else others)

    def _ask_whether_known(self, draft: Bill) -> None:
        if self._id is not None:
            return
        found = same_bill(draft, self._known.papers.bills)
        if found is None or found.bill.newest is None:
            self.question.take_back()
            return
        self.question.ask(
            (found.bill.id, found.statement is not None),
            known_words(found),
            ((_THERE, "Add it there"), (_OTHER, "It is another bill"))
            if found.statement is None
            else ((_THERE, "Open that bill"), (_OTHER, "Save it anyway")),
        )
        self._same = found

    @Slot(str)
    def _on_answer(self, answer: str) -> None:
        if answer == _THERE and self._same is not None:
            self._join(self._same)
        else:
            self.save_button.setFocus()

    def _join(self, same: SameBill) -> None:
        """Make what was typed the newest statement of a bill that is there, or show that bill."""
        bill = same.bill
        self._start, self._id = bill, bill.id
        self._statements = list(bill.statements)
        self.setWindowTitle("Add statement" if same.statement is None else "Change bill")
        if "description" not in self._touched:
            self.description.clear()  # what was only proposed gives way to what the bill says
        if "category" not in self._touched:
            self.service.choose_code("")
        self.fill_empty(bill)
        self._list_eobs()
        self._show_held_eob()
        self._touched |= _PROPOSED
        if same.statement is not None:
            self._show_statement(self._statements.index(same.statement))
        else:
            self.history.show_statements(self._statements, -1)
        self.paper.amount.setFocus()
        self._refresh()
        self._fit_soon()

    # statements ----------------------------------------------------------------------

    def _show_statement(self, place: int | None) -> None:
        self._at = place
        self.paper.show_statement(None if place is None else self._statements[place])
        self.history.show_statements(self._statements, -1 if place is None else place)

    def _keep_statement(self) -> bool:
        """Put what the fields say back among the statements; false where it cannot be read."""
        if self._at is None and self.paper.is_empty:
            return True
        try:
            typed = self.paper.statement()
        except UserProblem as problem:
            self.complain(problem)
            return False
        if self._at is None:
            self._statements.append(typed)
        else:
            self._statements[self._at] = typed
        return True

    @Slot(int)
    def _on_open_statement(self, place: int) -> None:
        if place != self._at and self._keep_statement():
            self._show_statement(place)
            self._refresh()
            self.paper.amount.setFocus()

    @Slot()
    def _on_add_statement(self) -> None:
        if self._keep_statement():
            self._show_statement(None)
            self._refresh()
            self._fit_soon()
            self.paper.amount.setFocus()

    @Slot(int)
    def _on_remove_statement(self, place: int) -> None:
        """A statement goes when the form is saved; the last one stays, for a bill has one."""
        if len(self._statements) == 1 and place == self._at:
            self.complain(UserProblem("A bill has at least one statement.", "Delete the bill instead."))
            return
        if place != self._at and not self._keep_statement():
            return
        kept = self._at if self._at is not None and self._at != place else None
        del self._statements[place]
        if kept is not None and kept > place:
            kept -= 1
        self._show_statement(kept if kept is not None else len(self._statements) - 1)
        self._refresh()

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        provider = self.who.provider_name()
        newcomer = self.who.newcomer()
        bill = self._draft()
        if self.question.open:
            self.question.remind()
            raise UserProblem("This bill looks known already.", "Answer the question first.")
        links = self._links(bill)
        care = self._context.services.care

        def save(new_id: int | None) -> Changes:
            mine = bill if new_id is None else replace(bill, person_id=new_id)
            return care.save_bill(mine, provider=provider, eobs=links)

        return self.commit_for(newcomer, save, "Saving the bill")

    def remove(self, row_id: int) -> Changes:
        return self._context.services.care.remove_bills([row_id])

    def _draft(self) -> Bill:
        """What the form says; what it does not show stays as it was."""
        statements = list(self._statements)
        if self._at is not None:
            statements[self._at] = self.paper.statement()
        elif not statements or not self.paper.is_empty:
            statements.append(self.paper.statement())
        return self.read(self._start, statements)

    def _links(self, bill: Bill) -> tuple[tuple[int, bool], ...]:
        """What the member said of the EOB: that it belongs here though that is not sure, or does not."""
        chosen = self.eob.chosen_id()
        said: list[tuple[int, bool]] = []
        if self._claim_id is not None and chosen != self._claim_id:
            said.append((self._claim_id, False))
        claim = self._known.papers.claim_by_id.get(chosen or 0)
        fresh = claim is not None and chosen != self._claim_id
        if claim and fresh and (bill.id is not None or self._known.needs_word(as_draft(bill), claim)):
            said.append((claim.id or 0, True))
        return tuple(said)
