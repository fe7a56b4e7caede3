"""The fields of an EOB in the order of a printed one: making them, showing an EOB, reading it back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.facts import Claim, Network, Noun
from ui.context import Context
from ui.dialogs.eob_amounts import EobAmounts
from ui.dialogs.eob_assistance import EobAssistance
from ui.dialogs.eob_codes import CodeWords
from ui.dialogs.eob_correction import EobCorrection
from ui.dialogs.eob_effect import EobEffect
from ui.dialogs.eob_lines import EobLines
from ui.dialogs.eob_more import NAMES, EobMore
from ui.dialogs.eob_service import NetworkEdit, ServiceEdit
from ui.dialogs.more_fields import MoreFields
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.paper_question import PaperQuestion
from ui.theme import theme
from ui.widgets.columns import Columns
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit

_PROTECTION = (
    "Emergency care, and care by a provider you did not choose at an in-network hospital, counts in "
    "network and may not be billed beyond your share (No Surprises Act)."
)
_WIDE = 990
"""Room for the lines: the width of a small screen."""


class EobForm(PaperDialog):
    """Fields only; what follows from what is the editor's business."""

    def __init__(self, title: str, parent: QWidget | None, context: Context, claim_id: int | None) -> None:
        super().__init__(title, parent, context, Noun.CLAIM, claim_id)
        self.patient, self.provider = self.who.person, self.who.provider
        self._make()
        self._lay_out()

    # asking -------------------------------------------------------------------------

    @property
    def is_protected(self) -> bool:
        """Whether the care is protected; only out of network is there anything to protect from."""
        return self.network.network is Network.OUT and self.protected.isChecked()

    def read(self, start: Claim | None) -> Claim:
        """What the form says; what it does not show stays as in `start`.

        Provider and plan are given by others. Raises UserProblem for what cannot be read.
        """
        day = self.service_from.day()
        shown = replace(
            start or Claim(person_id=0, provider_id=0, service_from=day),
            id=self._id,
            claim_number=self.claim_number.text(),
            person_id=self.patient.chosen_id() or 0,
            provider_id=self.provider.chosen_id() or 0,
            network=self.network.network,
            tier=self.network.tier,
            protected=self.is_protected,
            category=self.service.code(),
            description=self.description.text(),
            service_from=day,
            service_to=self.service_to.day_or_none(),
            processed_on=self.processed_on.day_or_none(),
            reasons=self.reasons.text(),
            note=self.note.text(),
            lines=self.lines.lines(),
        )
        shown = self.rest.apply(self.correction.apply(shown))
        return self.amounts.apply(self.assistance.apply(shown))

    # showing ------------------------------------------------------------------------

    def fill(self, claim: Claim) -> None:
        """Show an EOB, except for what is chosen from lists that are not known yet."""
        self.claim_number.setText(claim.claim_number)
        self.protected.setChecked(claim.protected)
        self.assistance.show_claim(claim)
        self.service_from.set_day(claim.service_from)
        self.service_to.set_day(claim.service_to)
        self.processed_on.set_day(claim.processed_on)
        self.description.setText(claim.description)
        self.reasons.setText(claim.reasons)
        for edit in (self.claim_number, self.description, self.reasons):
            edit.setCursorPosition(0)
        self.rest.show_claim(claim)
        self.note.set_text(claim.note)
        self.amounts.show_amounts(claim)
        self.lines.show_lines(claim.lines)
        self.amounts.follow_lines(claim.lines, fill=False)
        if self.rest.says_anything(claim) or claim.replaces_id is not None:
            self.more.show_all()

    def fill_empty(self, claim: Claim) -> None:
        """Show what an EOB says where nothing was typed; the rest of the form stays."""
        for edit, text in (
            (self.claim_number, claim.claim_number),
            (self.description, claim.description),
            (self.reasons, claim.reasons),
        ):
            if not edit.text().strip():
                edit.setText(text)
        for day, known in ((self.service_to, claim.service_to), (self.processed_on, claim.processed_on)):
            if not day.text().strip():
                day.set_day(known)
        if not self.service.text():
            self.service.choose_code(claim.category)
        if not self.note.text():
            self.note.set_text(claim.note)
        if claim.lines and not self.lines.lines_so_far():
            self.lines.show_lines(claim.lines)
        self.rest.fill_empty(claim)

    # making -------------------------------------------------------------------------

    def _make(self) -> None:
        today = self._context.today
        self.claim_number, self.description, self.reasons = QLineEdit(), QLineEdit(), QLineEdit()
        self.description.setPlaceholderText("As the EOB describes it")
        self.reasons.setPlaceholderText("Such as CO-45 PR-1, of the whole claim")
        self.service_from, self.service_to = DayEdit(today), DayEdit(today)
        self.processed_on = DayEdit(today)
        self.network = NetworkEdit()
        self.protected = QCheckBox("Protected from surprise billing")
        self.protected.setToolTip(_PROTECTION)
        self.service = ServiceEdit()
        self.lines = EobLines(today)
        self.amounts, self.effect = EobAmounts(), EobEffect()
        self.codes = CodeWords()
        self.question = PaperQuestion()
        self.correction = EobCorrection()
        self.note = NoteEdit(lines=2)

    def _lay_out(self) -> None:
        add = self.form.add
        add("claim_number", "Claim number", self.claim_number)
        add("person_id", "Patient", self.patient)
        add("provider", "Provider", self.provider)
        add("service_from", "Date of service", self.service_from)
        add("service_to", "Last day, if several", self.service_to)
        add("processed_on", "Processed on", self.processed_on)
        add("network", "Processed as", self.network)
        add("category", "Service", self.service)
        self.form.add_line(self.protected)
        self.protected.hide()
        add("description", "Description", self.description, wide=True)
        self.form.add_line(self.question)
        add("lines", "", self.lines, wide=True)
        sides = QWidget()
        row = Columns(sides, gap=24, same_height=False)
        row.add(self.amounts, 11, least=theme().px(270))
        row.add(self.effect, 10, least=theme().px(220))
        self.form.add_line(sides)
        self.assistance = EobAssistance(self.form)
        add("reasons", "Reason codes", self.reasons, wide=True)
        self.form.add_line(self.codes)
        self.more = MoreFields(self.form, "More fields", self)
        add("replaces_id", "This corrects an earlier EOB", self.correction, wide=True)
        self.rest = EobMore(self.form, self._context.today)
        self.more.hold(("replaces_id", *NAMES))
        add("documents", "Documents", self.attachments, wide=True)
        add("note", "Note", self.note, wide=True)
        for resized in (
            *(self.more.resized, self.question.resized, self.correction.resized),
            *(self.lines.resized, self.lines.opened),
        ):
            resized.connect(self._fit_soon)
        self.lines.opened.connect(self._on_lines_opened)
        self.lines.left.connect(self.amounts.begin)
        self.lines.paper.table.save_asked.connect(self.save_button.click)

    @Slot()
    def _on_lines_opened(self) -> None:
        self._width = _WIDE
