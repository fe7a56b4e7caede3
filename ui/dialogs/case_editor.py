"""The form for a case: each kind asks only for what it needs, and proposes its days by the law's clocks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.domain.claims.case_days import on_opening, with_days
from tracker.domain.claims.case_standing import CHECKLISTS, KIND_WORDS
from tracker.domain.claims.cases import opening_steps, standing_of
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.superbill import gate
from tracker.domain.coverage.periods import plan_for
from tracker.errors import UserProblem
from tracker.facts import (
    Case,
    CaseKind,
    Deadline,
    Noun,
    StepOutcome,
)
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.case_expected import ExpectedBack
from ui.dialogs.case_fields import CaseFields
from ui.dialogs.case_links import (
    LINKS_TO,
    CaseLink,
    charge_of,
    days_words,
    link_of,
    links_for,
    place_of,
    sentences,
    stake_of,
)
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.call_facts import Linked
from ui.models.coverage_words import short
from ui.widgets.attachments import Attachments
from ui.widgets.buttons import PlainButton
from ui.widgets.label import Label


class CaseEditor(CommitDialog):
    """Opens a case or changes one. `prefill` proposes a new one: its kind, what it hangs on, amounts."""

    stored = Signal(int)
    """The case's id, once it is in the ledger."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        case: Case | None = None,
        prefill: Case | None = None,
    ) -> None:
        self._context = context
        self._start = case or prefill or Case(kind=CaseKind.DISPUTE, title="", opened_on=context.today)
        title = f"Change {KIND_WORDS[case.kind].casefold()}" if case else "Open a case"
        super().__init__(title, parent, save_text="Save" if case else "Open case", columns=2, width=640)
        self._id = case.id if case else None
        self._papers: Papers | None = None
        self._links: list[Linked] = []
        self.fields = CaseFields(context, self.form)
        self.expected = ExpectedBack(context, self.form, self.fields, self)
        self.says = Label("", "caption", wrap=True)
        self.days = Label("", "caption", wrap=True)
        for part in (self.expected.use_button, self.says, self.days):
            self.form.add_line(part)
        self.attachments = Attachments(context, Noun.CASE, self._id)
        self.form.add("documents", "Documents", self.attachments, wide=True)
        if self._id is not None:
            self.delete_button = PlainButton("Delete", "trash")
            self.delete_button.clicked.connect(self._on_delete)
            self.add_button(self.delete_button)
        self.fields.show_case(self._start)
        self.fields.arrange(fixed=self._id is not None)
        self._wire()
        self.save_button.setEnabled(False)  # until the household is known
        context.load(self, context.services.papers.read, self._show_papers)

    def _wire(self) -> None:
        fields = self.fields
        fields.kind.edited.connect(self._on_kind)
        fields.linked.edited.connect(self._on_linked)
        for edit in (fields.charge, fields.allowed, fields.category, fields.person, fields.service_on):
            edit.edited.connect(self._on_price)
        for edit in (fields.received_on, fields.sent_on, fields.requested_on, fields.opened_on):
            edit.edited.connect(self._refresh)
        fields.filing_days.textEdited.connect(self._refresh)
        fields.level.edited.connect(self._refresh)
        fields.stands.edited.connect(self._refresh)
        fields.gate.edited.connect(self._refresh)
        fields.expedited.toggled.connect(self._refresh)
        self.expected.resized.connect(self._grow)
        self.attachments.resized.connect(self._grow)

    # showing -------------------------------------------------------------------------

    def _show_papers(self, papers: Papers) -> None:
        self._papers = papers
        fields, start = self.fields, self._start
        fields.person.set_items([(person.id or 0, person.name) for person in papers.people])
        named = sorted(
            ((number, one.name) for number, one in papers.providers.items()),
            key=lambda item: item[1].casefold(),
        )
        fields.provider.set_items(named)
        fields.facility.set_items(named)
        fields.category.set_categories(papers.categories)
        if start.person_id is not None:
            fields.person.choose(start.person_id)
        elif len(papers.people) == 1:
            fields.person.choose(papers.people[0].id)
        if start.provider_id is not None:
            fields.provider.choose(start.provider_id)
        if start.authorization is not None:
            fields.facility.choose(start.authorization.facility_id)
            fields.category.choose_code(start.authorization.category)
        self._offer_links()
        self._take_link(fill=self._id is None)
        self.save_button.setEnabled(True)
        self._on_price()
        self._grow()

    def _offer_links(self) -> None:
        """What a case of this kind can hang on; what is chosen stays where it still fits."""
        if self._papers is None:
            return
        self._links = links_for(self._papers, self.fields.chosen_kind())
        self.fields.linked.set_items([(place, item.words) for place, item in enumerate(self._links)])
        place = place_of(self._links, self._start)
        if place is not None and not self.fields.linked.text():
            self.fields.linked.choose(place)

    def _link(self) -> CaseLink:
        """What is chosen so far, with the EOB that belongs to a chosen bill."""
        papers = self._papers
        if papers is None:
            return CaseLink()
        try:
            place = self.fields.linked.chosen_id()
        except UserProblem:
            place = None
        chosen = self._links[place] if place is not None and place < len(self._links) else Linked("")
        return link_of(papers, chosen, self._start)

    def _take_link(self, *, fill: bool) -> None:
        """Take person, provider, amounts and day from what the case hangs on."""
        link, fields, papers = self._link(), self.fields, self._papers
        paper = link.bill or link.claim or link.visit
        if papers is None or paper is None:
            return
        if link.bill is not None or link.claim is not None:
            first = (link.bill or link.claim).service_from  # type: ignore[union-attr]
            category = (link.claim.category if link.claim else "") or (
                link.bill.category if link.bill else ""
            )
        else:
            assert link.visit is not None
            first, category = link.visit.visited_on, link.visit.category
        fields.service_on.set_day(first)
        fields.category.choose_code(category)
        if not fill:
            return
        fields.person.choose(paper.person_id)
        fields.provider.choose(paper.provider_id)
        if not fields.at_stake.text().strip():
            fields.at_stake.set_cents(stake_of(papers, self.fields.chosen_kind(), link))
        if not fields.charge.text().strip():
            fields.charge.set_cents(charge_of(link))

    # following what is typed ---------------------------------------------------------

    @Slot()
    def _on_kind(self) -> None:
        self.fields.arrange(fixed=False)
        self._offer_links()
        self._take_link(fill=True)
        self._on_price()
        self._grow()

    @Slot()
    def _on_linked(self) -> None:
        self._take_link(fill=True)
        self._on_price()

    @Slot()
    def _on_price(self) -> None:
        self.expected.ask(self._papers, self.fields.chosen_kind())
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Say what the facts mean: the threshold, the superbill's gaps, the days by the rules."""
        found = gate(self.fields.gate.ticked())
        self.fields.gate_words.setText(found.words)
        says = self._sentences()
        self.says.setText(" ".join(says))
        self.says.setVisible(bool(says))
        days = self._proposed() if self._id is None else ()
        self.days.setText(days_words(days))
        self.days.setVisible(bool(days))

    def _sentences(self) -> list[str]:
        papers, kind = self._papers, self.fields.chosen_kind()
        if papers is None:
            return []
        if kind is CaseKind.REIMBURSEMENT:
            return list(self.expected.speaks_against(papers, self._start))
        plan = self.expected.plan(papers, self._context.today)
        return sentences(papers, kind, self._link(), plan)

    def _proposed(self) -> tuple[Deadline, ...]:
        """The days of the case as it is typed so far; none while something cannot be read."""
        try:
            return self._days_of(self.fields.typed(self._start))
        except UserProblem:
            return ()

    def _days_of(self, case: Case) -> tuple[Deadline, ...]:
        papers, link = self._papers, self._link()
        provider = papers.providers.get(link.bill.provider_id) if papers and link.bill else None
        return on_opening(
            case,
            link.claim,
            link.bill,
            provider=provider.kind if provider else None,
            service_on=self.fields.service_on.day_or_none(),
            received_on=self.fields.received_on.day_or_none(),
        )

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        typed = self._judged()
        cases, provider = self._context.services.cases, self.fields.provider.text()
        return self.commit(self._context, lambda: cases.save(typed, provider=provider), "Saving the case")

    def _judged(self) -> Case:
        """The case to store: linked, named, with its first steps and days where it is new."""
        if self.fields.linked.text():
            self.fields.linked.chosen_id()  # complains about what is not in the list
        papers, link = self._papers, self._link()
        assert papers is not None
        typed = self.fields.typed(self._start)
        if self.fields.chosen_kind() in LINKS_TO:
            typed = replace(
                typed,
                claim_id=link.claim.id if link.claim else None,
                bill_id=link.bill.id if link.bill else None,
                visit_id=link.visit.id if link.visit else None,
            )
        day = self.fields.service_on.day_or_none() or typed.opened_on
        plan = plan_for(papers.plans, typed.person_id, day) if typed.person_id else None
        typed = replace(typed, plan_id=typed.plan_id or (plan.id if plan else None))
        if not typed.title.strip():
            typed = replace(typed, title=self._name(typed))
        if self._id is not None:
            # What begins to run by the change, such as the decision on a claim that was sent now.
            return with_days(typed, self._days_of(typed)) if _runs_anew(self._start, typed) else typed
        if not typed.steps:
            key = self.fields.start.key()
            found = StepOutcome(key) if key else None
            received = self.fields.received_on.day_or_none()
            typed = replace(typed, steps=opening_steps(typed, found=found, received_on=received))
        typed = with_days(typed, self._days_of(typed))
        return replace(typed, turn=standing_of(typed, papers, calls=()).turn)

    def _name(self, case: Case) -> str:
        """A title from what is known: `Dispute, Harbor Imaging $85.00`."""
        if case.kind in CHECKLISTS and not self.fields.provider.text():
            raise UserProblem("The title is missing.", "Say what it is about.", field="title")
        amount = case.at_stake or (case.submission.charge if case.submission else None)
        provider = short(self.fields.provider.text(), 120)
        name = KIND_WORDS[case.kind] + (f", {provider}" if provider else "")
        return f"{name} {dollars(amount)}" if amount else name

    def _on_done(self, changes: Changes) -> None:
        self._id = self._id or changes.new_id
        self.changes = changes
        if self._id is not None and self.attachments.changed:
            self.attachments.store(self._id, self._end, self.complain)
        else:
            self._end()

    def _end(self) -> None:
        if self._id is not None:
            self.stored.emit(self._id)
        self.accept()

    @Slot()
    def _on_delete(self) -> None:
        cases, number = self._context.services.cases, self._id
        if number is not None:
            self._context.commit(self, lambda: cases.remove([number]), then=lambda _: self.reject())


def _runs_anew(before: Case, after: Case) -> bool:
    """Whether something was sent or asked for that was not before."""
    sent, was = after.submission, before.submission
    if sent is not None and sent.sent_on is not None and (was is None or was.sent_on != sent.sent_on):
        return True
    asked, had = after.authorization, before.authorization
    return asked is not None and had is not None and asked.requested_on != had.requested_on
