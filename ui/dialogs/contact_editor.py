"""The form for a contact with the practice: when it took place, what it used, what it took the place of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import Visit
from tracker.facts.membership import ContactKind, Included, PracticeContact
from tracker.services.membership_included import IncludedFacts
from ui.context import Context
from ui.dialogs.call_time import read_minutes, read_time, time_text
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.eob_service import ServiceEdit
from ui.dialogs.so_far import day_so_far
from ui.models.coverage_words import short
from ui.models.included_words import KINDS, promise_words
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit
from ui.widgets.tick_list import TickItem, TickList

_NEAR = timedelta(days=3)
"""A visit of the care log no farther away may be the same one."""
_MOST_HOURS = 24 * 90


class ContactEditor(CommitDialog):
    """Adds a contact, changes one, or completes a visit of the care log.

    The list of services shows those the fee pays for; the others follow on request.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        facts: IncludedFacts,
        contact: PracticeContact | None = None,
        visit: Visit | None = None,
    ) -> None:
        """`visit` of the care log is completed; without it and `contact` it is a new one of today."""
        super().__init__(
            "Contact" if contact else "Complete a visit" if visit else "Add a contact",
            parent,
            columns=2,
            width=620,
            sentence="A visit, video visit, call or message with your practice.",
        )
        self._context = context
        self._facts = facts
        self._start = contact or _begin(facts, context.today, visit)
        self._shows_all = False
        self._add_fields(contact)
        self._fill(self._start)
        self._wire()
        self._say_promise()

    # building ------------------------------------------------------------------------

    def _add_fields(self, contact: PracticeContact | None) -> None:
        today, terms = self._context.today, self._facts.shown.membership.terms
        self.kind = OptionEdit([(kind.value, said) for kind, said in KINDS.items()])
        self.person = OptionEdit(_people(self._facts, self._start.person_id))
        self.seen_on, self.asked_on = DayEdit(today), DayEdit(today)
        self.seen_at, self.asked_at = QLineEdit(), QLineEdit()
        for edit in (self.seen_at, self.asked_at):
            edit.setPlaceholderText("Such as 2:05 PM")
        self.minutes, self.within_hours = QLineEdit(), QLineEdit()
        self.minutes.setPlaceholderText("How long it took")
        hours = terms.promised_hours
        self.within_hours.setPlaceholderText(
            f"{hours} by the agreement" if hours is not None else "As promised"
        )
        self.instead_of = ServiceEdit()
        self.instead_of.set_categories(self._facts.categories)
        self.visit = OptionEdit(self._visits())
        self.services = TickList(side_by_side=True)
        self.all_button = LinkButton("Show what is not included too")
        self.note = NoteEdit(lines=2)
        add = self.form.add
        add("kind", "How", self.kind)
        add("person_id", "Who", self.person)
        add("asked_on", "Asked on", self.asked_on)
        add("asked_at", "At", self.asked_at)
        add("seen_on", "Seen or answered on", self.seen_on)
        add("seen_at", "At", self.seen_at, hint=" ")
        add("minutes", "Minutes", self.minutes)
        add("within_hours", "Promised within, hours", self.within_hours, hint="Only where it differs.")
        add(
            "instead_of",
            "Took the place of",
            self.instead_of,
            hint="The care you would have needed without it, such as Urgent care. Your plan prices it.",
            wide=True,
        )
        add("visit_id", "In the care log", self.visit, wide=True)
        add("services", "Services it used", self.services, wide=True)
        self.form.add_line(self.all_button)
        add("note", "Note", self.note, wide=True)
        self.seen_at.setAccessibleName("Seen at")
        self.asked_at.setAccessibleName("Asked at")
        self.form.field("person_id").setVisible(self.person.count() > 1)
        if contact is not None:
            self.remove_button = PlainButton("Remove", "trash")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)

    def _fill(self, start: PracticeContact) -> None:
        self.kind.choose(start.kind.value)
        self.person.choose(str(start.person_id or ""))
        self.asked_on.set_day(start.asked_on)
        self.asked_at.setText(time_text(start.asked_at))
        self.seen_on.set_day(start.seen_on)
        self.seen_at.setText(time_text(start.seen_at))
        self.minutes.setText("" if start.minutes is None else str(start.minutes))
        self.within_hours.setText("" if start.within_hours is None else str(start.within_hours))
        self.instead_of.choose_code(start.instead_of)
        self.visit.choose(str(start.visit_id or ""))
        self.form.field("visit_id").setVisible(self.visit.count() > 1)
        self.note.set_text(start.note)
        self._show_services(start.services)

    def _wire(self) -> None:
        self.all_button.clicked.connect(self._on_all)
        self.visit.edited.connect(self._on_visit)
        self.kind.edited.connect(self._say_promise)
        for edit in (self.asked_on, self.seen_on, self.asked_at, self.seen_at, self.within_hours):
            edit.textChanged.connect(self._say_promise)

    # showing -------------------------------------------------------------------------

    def _show_services(self, ticked: tuple[str, ...]) -> None:
        """What the fee pays for and what is ticked; everything on request."""
        items = [
            TickItem(item.code, item.name)
            for item in self._facts.services
            if self._shows_all or item.state is Included.INCLUDED or item.code in ticked
        ]
        self.services.show_items(items, ticked)
        hidden = len(self._facts.services) - len(items)
        self.all_button.setVisible(hidden > 0)

    @Slot()
    def _on_all(self) -> None:
        self._shows_all = True
        self._show_services(self.services.ticked())
        QTimer.singleShot(0, self, self._grow)

    @Slot()
    def _on_visit(self) -> None:
        """A visit of the care log knows its day and how long it took."""
        chosen = next((item for item in self._near() if str(item.id) == self.visit.key()), None)
        if chosen is None:
            return
        self.seen_on.set_day(chosen.visited_on)
        if chosen.minutes is not None and not self.minutes.text().strip():
            self.minutes.setText(str(chosen.minutes))

    @Slot()
    def _say_promise(self) -> None:
        """Whether the promise was kept, as far as the fields can be read."""
        from tracker.domain.membership.log_rows import log_rows

        field = self.form.field("seen_at")
        try:
            draft = self._draft(day_so_far(self.seen_on, self._context.today))
        except UserProblem:
            field.set_hint(" ")
            return
        membership, period = self._facts.shown.membership, self._facts.shown.year.period
        draft = replace(draft, visit_id=None)
        rows = log_rows(membership, [draft], (), period) if draft.seen_on in period else []
        waited = rows[0].waited if rows else None
        early = waited is not None and waited.total_seconds() < 0
        field.set_hint(promise_words(rows[0]) or " " if rows and not early else " ")

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        self.asked_on.day_or_none()  # complains beside itself
        draft = self._draft(self.seen_on.day())
        use = self._context.services.membership_use
        return self.commit(self._context, lambda: use.save_contact(draft), "Saving the contact")

    def _draft(self, seen_on: date | None) -> PracticeContact:
        """What the fields say. Raises UserProblem for what cannot be read."""
        if seen_on is None:
            raise UserProblem("The day is missing.", "Type when it took place.", field="seen_on")
        person, visit = self.person.key(), self.visit.key()
        minutes, hours = read_minutes(self.minutes.text()), _hours(self.within_hours.text())
        return replace(
            self._start,
            kind=ContactKind(self.kind.key()),
            person_id=int(person) if person else None,
            asked_on=day_so_far(self.asked_on, self._context.today),
            asked_at=_time(self.asked_at, "asked_at"),
            seen_on=seen_on,
            seen_at=_time(self.seen_at, "seen_at"),
            minutes=minutes,
            within_hours=hours,
            services=self.services.ticked(),
            instead_of=self.instead_of.code(),
            visit_id=int(visit) if visit else None,
            note=self.note.text(),
        )

    @Slot()
    def _on_remove(self) -> None:
        which, use = self._start.id or 0, self._context.services.membership_use
        self.commit(self._context, lambda: use.remove_contacts([which]), "Removing the contact")

    # visits of the care log ----------------------------------------------------------

    def _near(self) -> list[Visit]:
        """The visits that may be the same: near in days and completed by no other contact."""
        found = []
        for row in self._facts.log:
            free = row.contact is None or row.contact.id == self._start.id
            if row.visit is not None and free and abs(row.on - self._start.seen_on) <= _NEAR:
                found.append(row.visit)
        return found

    def _visits(self) -> list[tuple[str, str]]:
        options = [("", "Not in the care log")]
        for visit in self._near():
            said = visit.description or "visit"
            options.append((str(visit.id), f"{day_text(visit.visited_on)}, {short(said, 50)}"))
        return options


def _begin(facts: IncludedFacts, today: date, visit: Visit | None) -> PracticeContact:
    """A new contact: today, or as the care log says."""
    membership = facts.shown.membership
    person = visit.person_id if visit else next(iter(membership.person_ids), None)
    return PracticeContact(
        membership_id=membership.id or 0,
        person_id=person,
        kind=ContactKind.VIDEO if visit and visit.category == "TELE" else ContactKind.VISIT,
        seen_on=visit.visited_on if visit else today,
        minutes=visit.minutes if visit else None,
        services=("physical",) if visit and visit.preventive and _has_physical(facts) else (),
        visit_id=visit.id if visit else None,
    )


def _has_physical(facts: IncludedFacts) -> bool:
    return any(item.code == "physical" for item in facts.services)


def _people(facts: IncludedFacts, chosen: int | None) -> list[tuple[str, str]]:
    """Those the membership covers, and who is entered already."""
    covered = {*facts.shown.membership.person_ids, *([chosen] if chosen else [])}
    found = [(str(key), name) for key, name in facts.people.items() if key in covered or not covered]
    return found or [("", "Not said")]


def _time(edit: QLineEdit, field: str) -> time | None:
    try:
        return read_time(edit.text())
    except UserProblem as problem:
        raise UserProblem(problem.what, problem.todo, field=field) from problem


def _hours(text: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()) or int(typed) > _MOST_HOURS:
        raise UserProblem(
            "The promise is a whole number of hours.", "Type it like 24.", field="within_hours"
        )
    return int(typed)
