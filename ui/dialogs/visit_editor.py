"""The form for a visit: an entry of the care log, and what was ordered there."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Noun, ServiceCategory, Visit
from ui.context import Context
from ui.dialogs.eob_service import ServiceEdit
from ui.dialogs.more_fields import MoreFields
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_lines import PaperLines
from ui.dialogs.visit_known import VisitKnown, read_known
from ui.dialogs.visit_orders import order_kinds, order_values, orders_of
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit

_CLAIM, _NO_CLAIM = "claim", "none"
_CLAIMS = (
    (_CLAIM, "Sends a claim to the plan"),
    (_NO_CLAIM, "Included in the membership, or no claim"),
)
_MORE = ("facility", "minutes", "until", "orders", "documents", "note")


class VisitEditor(PaperDialog):
    """Adds a visit or changes one. `stored` tells its id once it is in the ledger."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        visit: Visit | None = None,
        prefill: Visit | None = None,
    ) -> None:
        """`visit` is changed; `prefill` gives a new visit its first values."""
        title = "Change visit" if visit else "Add visit"
        super().__init__(title, parent, context, Noun.VISIT, visit.id if visit else None)
        self._start = visit or (replace(prefill, id=None) if prefill else None)
        self._known = VisitKnown()
        self._touched = self._start is not None
        self._claims_touched = self._start is not None
        self._add_fields()
        self._fill()
        context.load(self, lambda: read_known(context.services, context.today), self._show)

    # building ------------------------------------------------------------------------

    def _add_fields(self) -> None:
        today = self._context.today
        self.visited_on, self.until = DayEdit(today), DayEdit(today)
        self.service = ServiceEdit()
        self.description = QLineEdit()
        self.description.setPlaceholderText("What was done")
        self.claims = OptionEdit(_CLAIMS)
        self.preventive = QCheckBox("Preventive care")
        self.facility = ChoiceEdit(allow_new=True, placeholder="Where, if somewhere else")
        self.minutes = QLineEdit()
        self.minutes.setPlaceholderText("How long it took")
        self._services: dict[str, ServiceCategory] = {}
        self.orders = PaperLines(order_kinds(self._services), "What was ordered")
        self.note = NoteEdit(lines=2)
        add = self.form.add
        add("visited_on", "Day", self.visited_on)
        add("person_id", "Patient", self.who.person)
        add("provider", "Provider", self.who.provider)
        add("category", "Service", self.service)
        add("description", "Description", self.description)
        add("expects_claim", "The provider", self.claims)
        self.more = MoreFields(self.form, "More fields", self)
        add("facility", "Facility", self.facility)
        add("minutes", "Minutes", self.minutes)
        add("until", "Until, if several days", self.until)
        add("preventive", "", self.preventive)
        add("orders", "What was ordered, as on the requisition", self.orders, wide=True)
        add("documents", "Documents", self.attachments, wide=True)
        add("note", "Note", self.note, wide=True)
        self.more.hold(("preventive", *_MORE))
        self.more.resized.connect(self._fit_soon)
        self.orders.resized.connect(self._fit_soon)
        self.orders.table.save_asked.connect(self.save_button.click)
        self.orders.table.left.connect(self.attachments.add_button.setFocus)
        self.who.provider.edited.connect(self._on_provider)
        self.service.edited.connect(self._on_service)
        self.claims.edited.connect(self._on_claims)

    def _fill(self) -> None:
        start = self._start
        if start is None:
            self.visited_on.set_day(self._context.today)
            return
        self.visited_on.set_day(start.visited_on)
        self.until.set_day(start.until)
        self.description.setText(start.description)
        self.description.setCursorPosition(0)
        self.minutes.setText("" if start.minutes is None else f"{start.minutes:,}")
        self.claims.choose(_CLAIM if start.expects_claim else _NO_CLAIM)
        self.preventive.setChecked(start.preventive)
        self.note.set_text(start.note)
        rest = (start.until, start.facility_id, start.minutes, start.preventive, start.orders, start.note)
        self.more.show_all(any(part for part in rest))

    def _show(self, known: VisitKnown) -> None:
        self._known = known
        self.who.show_choices(known.home.people, known.providers, self.form)
        self.facility.set_items([(item.id or 0, item.name) for item in known.providers])
        self.service.set_categories(known.categories)
        self._services.update(known.categories)
        start = self._start
        if start is not None:
            self.who.person.choose(start.person_id)
            self.who.provider.choose(start.provider_id)
            self.facility.choose(start.facility_id)
            self.service.choose_code(start.category)
            self.orders.show_lines(order_values(start.orders))
        else:
            self.who.person.choose(self.who.only_person or (known.last.person_id if known.last else None))
        self.save_button.setEnabled(True)
        self._on_provider()
        self._fit_soon()

    # proposing -----------------------------------------------------------------------

    @Slot()
    def _on_provider(self) -> None:
        """The service is as at the last visit there, until somebody says otherwise."""
        before = self._known.last_of(self.who.provider.chosen_id())
        if not self._touched:
            self.service.choose_code(before.category if before else "")
        self._propose_claims()

    @Slot()
    def _on_service(self) -> None:
        self._touched = bool(self.service.text())
        self._propose_claims()

    @Slot()
    def _on_claims(self) -> None:
        self._claims_touched = True

    def _propose_claims(self) -> None:
        if not self._claims_touched:
            expects = self._known.expects_claim(self.who.provider.chosen_id(), self.service.code_so_far())
            self.claims.choose(_CLAIM if expects else _NO_CLAIM)

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        newcomer = self.who.newcomer()
        provider = self.who.provider_name()
        visit, facility = self._draft(), self.facility.text()
        care = self._context.services.care

        def save(new_id: int | None) -> Changes:
            mine = visit if new_id is None else replace(visit, person_id=new_id)
            return care.save_visit(mine, provider=provider, facility=facility)

        return self.commit_for(newcomer, save, "Saving the visit")

    def remove(self, row_id: int) -> Changes:
        return self._context.services.care.remove_visits([row_id])

    def _draft(self) -> Visit:
        """What the form says; what it does not show stays as it was."""
        return replace(
            self._start or Visit(person_id=0, provider_id=0, visited_on=self.visited_on.day()),
            id=self._id,
            person_id=self.who.person.chosen_id() or 0,
            provider_id=0,  # given by name
            visited_on=self.visited_on.day(),
            until=self.until.day_or_none(),
            category=self.service.code(),
            description=self.description.text(),
            minutes=self._minutes(),
            expects_claim=self.claims.key() == _CLAIM,
            preventive=self.preventive.isChecked(),
            note=self.note.text(),
            orders=orders_of(self.orders.lines()),
        )

    def _minutes(self) -> int | None:
        text = self.minutes.text().strip().replace(",", "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 6:
            raise UserProblem(
                f"\u201c{text[:30]}\u201d is not a number of minutes.", "Type it like 30.", field="minutes"
            )
        return int(text)
