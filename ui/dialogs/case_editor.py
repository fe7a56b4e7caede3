"""The form for a case: each kind asks only for what it needs, and proposes its days by the law's clocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.claims import reimbursement
from tracker.domain.claims.case_days import on_opening, with_days
from tracker.domain.claims.cases import CHECKLISTS, KIND_WORDS, opening_steps, standing_of
from tracker.domain.claims.estimate_threshold import estimate_excess
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.superbill import gate
from tracker.domain.claims.verdict import eob_owes
from tracker.domain.coverage.estimate_answer import Estimate
from tracker.domain.coverage.estimate_question import Question
from tracker.domain.coverage.periods import plan_for
from tracker.errors import UserProblem
from tracker.facts import (
    Bill,
    Case,
    CaseKind,
    Claim,
    Deadline,
    Noun,
    Plan,
    PlanKind,
    StepOutcome,
    Submission,
    Visit,
)
from tracker.money import Cents, dollars
from ui.context import Context
from ui.dialogs.case_fields import CaseFields
from ui.dialogs.commit_dialog import CommitDialog
from ui.jobs import Job
from ui.models.call_facts import Linked, linkable
from ui.models.coverage_words import short
from ui.widgets.attachments import Attachments
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.label import Label

_LINKS_TO = {
    CaseKind.DISPUTE: (Bill, Claim),
    CaseKind.APPEAL: (Claim, Bill),
    CaseKind.ESTIMATE_DISPUTE: (Bill,),
    CaseKind.REIMBURSEMENT: (Bill, Claim, Visit),
    CaseKind.COVERAGE_CHECK: (Visit, Claim),
}


@dataclass(frozen=True, slots=True)
class _Link:
    """What a case hangs on."""

    claim: Claim | None = None
    bill: Bill | None = None
    visit: Visit | None = None


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
        self._suggested: Cents | None = None
        self._asking: Job[Estimate] | None = None
        self.fields = CaseFields(context, self.form)
        self.use_expected = LinkButton("")
        self.use_expected.hide()
        self.says = Label("", "caption", wrap=True)
        self.days = Label("", "caption", wrap=True)
        for part in (self.use_expected, self.says, self.days):
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
        self.use_expected.clicked.connect(self._on_use)
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
        kinds = _LINKS_TO.get(self.fields.chosen_kind(), ())
        self._links = [
            item
            for item in linkable(self._papers)
            if isinstance(item.bill or item.claim or item.visit, kinds or Case) and kinds
        ]
        self.fields.linked.set_items([(place, item.words) for place, item in enumerate(self._links)])
        start = self._start
        place = next(
            (
                place
                for place, item in enumerate(self._links)
                if (item.bill is not None and item.bill.id == start.bill_id)
                or (item.claim is not None and item.claim.id == start.claim_id and start.bill_id is None)
                or (item.visit is not None and item.visit.id == start.visit_id)
            ),
            None,
        )
        if place is not None and not self.fields.linked.text():
            self.fields.linked.choose(place)

    def _link(self) -> _Link:
        """What is chosen so far, with the EOB that belongs to a chosen bill."""
        papers = self._papers
        if papers is None:
            return _Link()
        try:
            place = self.fields.linked.chosen_id()
        except UserProblem:
            place = None
        chosen = self._links[place] if place is not None and place < len(self._links) else Linked("")
        if chosen.bill is not None:
            claims = papers.claims_of(chosen.bill)
            wanted = next((one for one in claims if one.id == self._start.claim_id), None)
            return _Link(wanted or next(iter(claims), None), chosen.bill)
        if chosen.claim is not None:
            bills = papers.bills_of(chosen.claim)
            wanted_bill = next((one for one in bills if one.id == self._start.bill_id), None)
            return _Link(chosen.claim, wanted_bill)
        return _Link(visit=chosen.visit)

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
            fields.at_stake.set_cents(self._stake(link))
        if not fields.charge.text().strip():
            fields.charge.set_cents(_charge(link))

    def _stake(self, link: _Link) -> Cents | None:
        """What hangs on it: what a bill asks too much, or what a denied claim leaves to you."""
        papers, kind = self._papers, self.fields.chosen_kind()
        if papers is None:
            return None
        if link.bill is not None:
            if kind is CaseKind.ESTIMATE_DISPUTE:
                estimate = link.bill.estimate
                return None if estimate is None else max(0, (_charge(link) or 0) - estimate) or None
            found = papers.verdicts[link.bill.id or 0]
            if found.over or found.refund:
                return found.over or found.refund
            return None
        owed = eob_owes(link.claim) if link.claim else None
        return owed if owed and kind is CaseKind.APPEAL else None

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
        """Ask the engine what the plan would pay of the charge."""
        if self._asking:
            self._asking.cancel()
            self._asking = None
        self._suggested = None
        self.use_expected.hide()
        self._name_allowed()
        if self.fields.chosen_kind() is CaseKind.REIMBURSEMENT and self._papers is not None:
            try:
                asked = self._question()
            except UserProblem:
                asked = None
            if asked is not None:
                services = self._context.services
                self._asking = self._context.load(
                    self, lambda: services.estimates.answer(asked), self._show_expected
                )
        self._refresh()

    def _name_allowed(self) -> None:
        """Call the field by what the plan's pricing needs: Medicare's fee, its own figure."""
        try:
            day = self.fields.service_on.day_or_none() or self._context.today
        except UserProblem:
            return
        needs = self._figure_needed(self._person(), day)
        words = f"{needs[0].upper()}{needs[1:]}" if needs else "Plan\u2019s allowed amount, if known"
        self.form.field("allowed").set_label(words)

    def _question(self) -> Question | None:
        fields = self.fields
        person, day = fields.person.chosen_id(), fields.service_on.day_or_none()
        if person is None or day is None or not fields.charge.text().strip():
            return None
        typed, needs = fields.allowed.cents_or_none(), self._figure_needed(person, day)
        draft = Case(
            kind=CaseKind.REIMBURSEMENT,
            title="",
            opened_on=day,
            person_id=person,
            submission=Submission(charge=abs(fields.charge.cents())),
        )
        return reimbursement.question(
            draft,
            category=fields.category.code(),
            on=day,
            provider=fields.provider.text(),
            allowed=None if needs else typed,
            figure=typed if needs else None,
        )

    def _figure_needed(self, person_id: int | None, day: date) -> str:
        """What the plan's way of pricing out of network starts from, in words; empty where nothing is."""
        plan = self._plan(person_id, day)
        return (plan.oon_pricing.needs or "") if plan is not None and plan.oon_pricing else ""

    def _show_expected(self, found: Estimate) -> None:
        back = reimbursement.back(found, found.question.billed or 0)
        field = self.form.field("expected")
        if back is None:
            asks = found.asks.what if found.asks else "The plan\u2019s rules do not say it."
            field.set_hint(f"{asks} Type what you expect, or leave it empty.")
            return
        field.set_hint(back.words)
        self._suggested = back.plan_pays
        if not self.fields.expected.text().strip():
            self.fields.expected.set_cents(back.plan_pays)
        try:
            differs = self.fields.expected.cents_or_none() != back.plan_pays
        except UserProblem:
            differs = True
        self.use_expected.setText(f"Expect {dollars(back.plan_pays)}, as worked out")
        self.use_expected.setVisible(differs)
        self._grow()

    @Slot()
    def _on_use(self) -> None:
        self.fields.expected.set_cents(self._suggested)
        self.use_expected.hide()

    @Slot()
    def _refresh(self) -> None:
        """Say what the facts mean: the threshold, the superbill's gaps, the days by the rules."""
        found = gate(self.fields.gate.ticked())
        self.fields.gate_words.setText(found.words)
        says = self._sentences()
        self.says.setText(" ".join(says))
        self.says.setVisible(bool(says))
        days = self._proposed() if self._id is None else ()
        self.days.setText(_days_words(days))
        self.days.setVisible(bool(days))

    def _sentences(self) -> list[str]:
        papers, kind, link = self._papers, self.fields.chosen_kind(), self._link()
        if papers is None:
            return []
        if kind is CaseKind.ESTIMATE_DISPUTE:
            if link.bill is None:
                return ["Choose the bill. It must be $400 or more above its good-faith estimate."]
            if link.bill.estimate is None:
                return ["The bill has no good-faith estimate yet; enter it with the bill."]
            sent = bool(papers.claims_of(link.bill)) and not link.bill.self_pay
            return [estimate_excess(link.bill.estimate, _charge(link) or 0, sent_to_insurance=sent).words]
        if kind is CaseKind.REIMBURSEMENT:
            return list(self._speaks_against())
        if kind is CaseKind.REFERRAL:
            plan = self._plan(self._person(), self._context.today)
            if plan is not None and plan.kind in (PlanKind.HMO, PlanKind.POS):
                return [f"{short(plan.name)} is a plan of the kind that wants a referral."]
        if kind is CaseKind.AUTHORIZATION:
            return ["An authorization is no promise of payment."]
        return []

    def _speaks_against(self) -> tuple[str, ...]:
        papers = self._papers
        assert papers is not None
        try:
            day = self.fields.service_on.day_or_none() or papers.today
            provider = self.fields.provider.chosen_id()
        except UserProblem:
            return ()
        draft = replace(self._start, kind=CaseKind.REIMBURSEMENT, provider_id=provider)
        code = self.fields.category.code_so_far()
        return reimbursement.not_fileable(
            draft,
            plan=self._plan(self._person(), day),
            category=papers.categories.get(code),
            checks=papers.checks,
            emergency=code in ("ER", "AMB"),
        )

    def _person(self) -> int | None:
        try:
            return self.fields.person.chosen_id()
        except UserProblem:
            return None

    def _plan(self, person_id: int | None, day: date) -> Plan | None:
        if self._papers is None or person_id is None:
            return None
        return plan_for(self._papers.plans, person_id, day)

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
        if self.fields.chosen_kind() in _LINKS_TO:
            typed = replace(
                typed,
                claim_id=link.claim.id if link.claim else None,
                bill_id=link.bill.id if link.bill else None,
                visit_id=link.visit.id if link.visit else None,
            )
        day = self.fields.service_on.day_or_none() or typed.opened_on
        plan = self._plan(typed.person_id, day)
        typed = replace(typed, plan_id=typed.plan_id or (plan.id if plan else None))
        if not typed.title.strip():
            typed = replace(typed, title=self._name(typed))
        if self._id is not None:
            return typed
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


def _charge(link: _Link) -> Cents | None:
    """What the care was charged: the bill's whole charge, else what it asked, else what the EOB says."""
    if link.bill is not None and link.bill.statements:
        charges = [each.charges for each in link.bill.statements if each.charges is not None]
        return charges[-1] if charges else max(each.amount for each in link.bill.statements)
    return link.claim.billed if link.claim else None


def _days_words(days: tuple[Deadline, ...]) -> str:
    """What will be put down, before it is: `Days by the rules: Internal appeal by May 21, 2027.`"""
    said = [
        f"{each.label} by {day_text(each.do_by)}"
        + (f" (last day {day_text(each.last_day)})" if each.last_day not in (None, each.do_by) else "")
        for each in days
        if each.last_day is not None
    ]
    return f"Days by the rules, yours to change: {'; '.join(said)}." if said else ""
