"""The call log's form, made to be filled while one talks (rulebook 3.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from tracker.changes import Changes
from tracker.domain.claims.about import About, about
from tracker.domain.claims.papers import Papers
from tracker.errors import UserProblem
from tracker.facts import Bill, Call, Case, CaseKind, Claim, Noun, Provider, ProviderKind, Topic
from ui.context import Context
from ui.dialogs.call_beside import CallBeside
from ui.dialogs.call_links import TOPIC_OF, is_linked, new_call, with_link
from ui.dialogs.call_time import read_minutes, read_time, time_text
from ui.dialogs.call_timer import CallTimer, Clock
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.printing import Printing
from ui.models.call_facts import TOPICS, Linked, linkable
from ui.theme import theme
from ui.widgets.attachments import Attachments
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.columns import Columns
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit

_AHEAD = (7, 14, 30)


class CallDialog(CommitDialog):
    """Logs a call or changes one. It opens at once; the facts beside it follow when they are read."""

    stored = Signal(int)
    """The call's id, once it is in the ledger."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        call: Call | None = None,
        case: Case | None = None,
        claim: Claim | None = None,
        bill: Bill | None = None,
        prefill: Call | None = None,
        clock: Clock = datetime.now,
    ) -> None:
        """`call` is changed; a new one belongs to what is given, or begins as `prefill` says."""
        super().__init__(
            "Call" if call else "Log a call", parent, save_text="Save call", columns=2, width=860
        )
        self._context = context
        self._call = call
        self._id = call.id if call else None
        self._start = call or prefill or new_call(context.today, case, claim, bill)
        self._linked: list[Linked] = []
        self._papers: Papers | None = None
        self._about: About | None = None
        self.printing = Printing(context, self)
        self._asked_for_check = call is not None
        self._providers: dict[int, Provider] = {}
        self._add_fields(clock)
        self._fill()
        self._wire()
        context.load(self, context.services.papers.read, self._show_papers)

    # building ------------------------------------------------------------------------

    def _add_fields(self, clock: Clock) -> None:
        today = self._context.today
        self.timer = CallTimer(clock)
        self.organisation = ChoiceEdit(allow_new=True, placeholder="Insurer, practice, billing office")
        self.phone, self.spoke_with, self.reference = QLineEdit(), QLineEdit(), QLineEdit()
        self.spoke_with.setPlaceholderText("Name, and where they work")
        self.topic = OptionEdit([(topic.value, words) for topic, words in TOPICS.items()])
        self.about = ChoiceEdit(placeholder="A case, bill, EOB, visit or plan")
        self.asked = QLineEdit()
        self.asked.setPlaceholderText("What you asked about")
        self.said, self.promise = NoteEdit(lines=4), NoteEdit(lines=2)
        self.check_on = DayEdit(today)
        self.called_on = DayEdit(today)
        self.began_at, self.minutes = QLineEdit(), QLineEdit()
        self.began_at.setPlaceholderText("Such as 2:05 PM")
        self.attachments = Attachments(self._context, Noun.CALL, self._id)
        self.form.add_line(self.timer)
        add = self.form.add
        add("organisation", "Who you call", self.organisation)
        add("phone", "Phone", self.phone)
        add("spoke_with", "Spoke with", self.spoke_with)
        add("reference", "Reference number", self.reference, hint="Ask for it before you hang up.")
        add("topic", "Topic", self.topic)
        add("linked", "Belongs to", self.about)
        add("asked", "Asked about", self.asked, wide=True)
        add("said", "What was said", self.said, wide=True)
        add("promise", "What was promised", self.promise, wide=True)
        add("check_on", "Check again on", self.check_on)
        self.ahead = [LinkButton(f"In {days} days") for days in _AHEAD]
        add("ahead", "", self._ahead_line())
        add("called_on", "Day of the call", self.called_on)
        add("began_at", "Began at", self.began_at)
        add("minutes", "Minutes", self.minutes)
        add("documents", "Documents", self.attachments)
        self.beside = CallBeside()
        self.beside.print_button.clicked.connect(self.print_sheet)
        sides = QWidget()
        sides.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        columns = Columns(sides, gap=28, same_height=False)
        self.body.removeWidget(self.form)
        columns.add(self.form, 8, least=theme().px(330))
        columns.add(self.beside, 5, least=theme().px(230))
        self.body.insertWidget(0, sides)
        if self._id is not None:
            self.delete_button = PlainButton("Delete", "trash")
            self.delete_button.clicked.connect(self._on_delete)
            self.add_button(self.delete_button)

    def _ahead_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button, days in zip(self.ahead, _AHEAD, strict=True):
            button.clicked.connect(lambda _checked=False, days=days: self._check_in(days))
            row.addWidget(button)
        row.addStretch(1)
        return line

    def _wire(self) -> None:
        self.timer.started.connect(self._on_started)
        self.timer.stopped.connect(self._on_stopped)
        self.organisation.edited.connect(self._on_organisation)
        self.about.edited.connect(self._on_linked)
        self.attachments.resized.connect(self._grow)

    def _fill(self) -> None:
        call = self._start
        for field, text in (
            (self.phone, call.phone),
            (self.spoke_with, call.spoke_with),
            (self.reference, call.reference),
            (self.asked, " ".join(call.about.split())),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self.topic.choose(call.topic.value)
        self.said.set_text(call.said)
        self.promise.set_text(call.promise)
        self.check_on.set_day(call.check_on)
        self.called_on.set_day(call.called_on)
        self.began_at.setText(time_text(call.began_at))
        self.minutes.setText("" if call.minutes is None else str(call.minutes))

    # facts ---------------------------------------------------------------------------

    def _show_papers(self, papers: Papers) -> None:
        self._papers = papers
        self._providers = dict(papers.providers)
        typed = self.organisation.text()
        self.organisation.set_items(
            sorted(((number, one.name) for number, one in papers.providers.items()), key=_by_name)
        )
        call = self._start
        if not typed and call.provider_id is not None:
            self.organisation.choose(call.provider_id)
            self._on_organisation()
        self._linked = linkable(papers)
        self.about.set_items([(place, item.words) for place, item in enumerate(self._linked)])
        place = next((n for n, item in enumerate(self._linked) if is_linked(item, call)), None)
        if place is not None and not self.about.text():
            self.about.choose(place)
        self._show_facts()
        self._grow()

    def _show_facts(self) -> None:
        papers = self._papers
        if papers is None:
            return
        linked = self._chosen_link()
        found = self._about_of(papers, linked)
        if found is not None and linked is not None and linked.plan_id is None:
            calls = list(found.calls)
        else:  # about nothing yet: what was said to the same organisation
            provider = self._organisation_id()
            calls = [call for call in papers.calls if provider and call.provider_id == provider]
        self._about = found
        self.beside.show_about(found, calls, papers.providers, self._id)

    def _about_of(self, papers: Papers, linked: Linked | None) -> About | None:
        if linked is None:
            plan = next((plan for plan in papers.plans if papers.today in plan.period), None)
            return self._plan_alone(papers, plan.id) if plan else None
        if linked.plan_id is not None:
            return self._plan_alone(papers, linked.plan_id)
        if linked.visit is not None:
            visit = linked.visit
            stand_in = Case(
                kind=CaseKind.COVERAGE_CHECK,
                title="",
                opened_on=papers.today,
                person_id=visit.person_id,
                provider_id=visit.provider_id,
                visit_id=visit.id,
            )
            return replace(about(papers, case=stand_in), case=None)
        return about(papers, case=linked.case, claim=linked.claim, bill=linked.bill)

    def _plan_alone(self, papers: Papers, plan_id: int | None) -> About:
        """What to say where nothing but the plan is known."""
        owner = min(papers.people, key=lambda person: person.position, default=None)
        stand_in = Case(
            kind=CaseKind.COVERAGE_CHECK,
            title="",
            opened_on=papers.today,
            plan_id=plan_id,
            person_id=owner.id if owner else None,
        )
        found = about(papers, case=stand_in)
        numbered = [claim for claim in papers.in_force if claim.plan_id == plan_id and claim.member_number]
        return replace(found, case=None, versions=tuple(numbered[-1:]))

    def _chosen_link(self) -> Linked | None:
        """What the call belongs to, as far as it is chosen."""
        try:
            place = self.about.chosen_id()
        except UserProblem:
            return None
        return self._linked[place] if place is not None and place < len(self._linked) else None

    def _organisation_id(self) -> int | None:
        return self.organisation.chosen_id() if self.organisation.text() else None

    @Slot()
    def print_sheet(self) -> None:
        """The sheet to have beside the telephone, previewed."""
        if self._about is None:
            return
        from ui.printing.call_sheet_document import Called, call_sheet_document

        called = self._providers.get(self._organisation_id() or 0)
        insurer = called is None or called.kind is ProviderKind.INSURER
        whom = Called.INSURER if insurer else Called.PROVIDER
        self.printing.preview(call_sheet_document(self._about, whom))

    # while talking -------------------------------------------------------------------

    @Slot()
    def _on_started(self) -> None:
        if not self.began_at.text().strip():
            self.began_at.setText(time_text(self.timer.began_at))
        if not self.called_on.text().strip():
            self.called_on.set_day(self._context.today)

    @Slot()
    def _on_stopped(self) -> None:
        self.minutes.setText(str(self.timer.minutes))

    @Slot()
    def _on_organisation(self) -> None:
        known = self._providers.get(self._organisation_id() or 0)
        if known is not None and known.phone and not self.phone.text().strip():
            self.phone.setText(known.phone)
        self._show_facts()

    @Slot()
    def _on_linked(self) -> None:
        linked = self._chosen_link()
        if linked is not None and linked.case is not None and self._call is None:
            self.topic.choose(TOPIC_OF[linked.case.kind].value)
        self._show_facts()

    def _check_in(self, days: int) -> None:
        self.check_on.set_day(self._context.today + timedelta(days=days))
        self.form.field("check_on").complain("")

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        self.timer.stop()
        typed = self._typed()
        if typed.check_on is None and not self._asked_for_check:
            self._asked_for_check = True
            raise UserProblem(
                "When will you check on it?",
                "Type a day, or save again without one.",
                field="check_on",
            )
        cases, organisation = self._context.services.cases, self.organisation.text()
        return self.commit(
            self._context, lambda: cases.save_call(typed, organisation=organisation), "Saving the call"
        )

    def _typed(self) -> Call:
        """What the fields say. Raises UserProblem naming the field that cannot be read."""
        call = self._start
        place = self.about.chosen_id()
        if self._linked:
            linked = self._linked[place] if place is not None else Linked("")
            call = with_link(call, linked)
        return replace(
            call,
            id=self._id,
            called_on=self.called_on.day(),
            began_at=read_time(self.began_at.text()),
            minutes=read_minutes(self.minutes.text()),
            provider_id=None if self._papers else call.provider_id,
            phone=self.phone.text(),
            spoke_with=self.spoke_with.text(),
            reference=self.reference.text(),
            topic=Topic(self.topic.key()),
            about=self.asked.text(),
            said=self.said.text(),
            promise=self.promise.text(),
            check_on=self.check_on.day_or_none(),
            checked=call.checked and call.check_on == self.check_on.day_or_none(),
        )

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
            self._context.commit(self, lambda: cases.remove_calls([number]), then=lambda _: self.reject())


def _by_name(item: tuple[int, str]) -> str:
    return item[1].casefold()
