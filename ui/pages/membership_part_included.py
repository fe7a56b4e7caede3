"""The Included part of Membership: the matrix with its uses, the contact log, and who bills whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.domain.membership.value import VISITS, Promises, promise_words
from tracker.services.membership_included import IncludedFacts, read_included
from tracker.services.membership_years import MembershipShown
from ui.context import Context
from ui.jobs import Job
from ui.models import included_words as words
from ui.pages.membership_log import LogCard
from ui.pages.membership_matrix import MatrixCard
from ui.pages.membership_parts import MembershipPart
from ui.pages.membership_who_bills import WhoBillsCard
from ui.widgets.columns import side_by_side
from ui.widgets.figure_card import FigureCard

if TYPE_CHECKING:
    from ui.printing.document import Document


class IncludedPart(MembershipPart):
    """One year of a membership at a time; Ctrl+N adds a contact."""

    ADD_TEXT = "Add contact"
    BY_YEAR = True
    READS = Area.VISITS | Area.PLANS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.facts: IncludedFacts | None = None
        self._job: Job[IncludedFacts] | None = None
        self.contacts = FigureCard("Contacts this year")
        self.access = FigureCard("Seen in time", clickable=True)
        self.length = FigureCard("Visits long enough", clickable=True)
        self.rows.addWidget(side_by_side(self.contacts, self.access, self.length))
        self.matrix = MatrixCard(context)
        self.log = LogCard(context)
        self.who_bills = WhoBillsCard(context)
        for card in (self.matrix, self.log, self.who_bills):
            self.rows.addWidget(card)
        self.matrix.reached.connect(self.reached)
        self.log.reached.connect(self.reached)
        self.access.opened.connect(self.show_access)
        self.length.opened.connect(self.show_length)

    def show_membership(self, held: MembershipShown) -> None:
        if self._job:
            self._job.cancel()
        services = self.context.services
        self._job = self.context.load(self, lambda: read_included(services, held), self._show)

    def _show(self, facts: IncludedFacts) -> None:
        self.facts = facts
        terms = facts.shown.membership.terms
        promised = terms.promised_hours is not None or terms.reply_hours is not None
        self.contacts.show_figure(words.contacts_figure(facts))
        self.access.show_figure(
            words.promise_figure(
                "Seen in time",
                facts.access,
                "Enter when you asked" if promised else "No promise is entered",
            )
        )
        self.length.show_figure(
            words.promise_figure(
                "Visits long enough",
                facts.length,
                "Enter the minutes" if terms.promised_minutes is not None else "No promise is entered",
            )
        )
        self.matrix.show_facts(facts)
        self.log.show_facts(facts)
        self.who_bills.show_facts(facts)

    def add(self) -> bool:
        self.log.add_contact()
        return self.facts is not None

    def document(self) -> Document | None:
        if self.facts is None:
            return None
        from ui.printing.included_document import included_document

        return included_document(self.facts, self.context.today)

    @Slot()
    def show_access(self) -> None:
        """Every contact whose promise to be there in time can be checked."""
        if self.facts is not None:
            rows = [row for row in self.facts.log if row.judged.access_met is not None]
            self._why("Seen in time", self.facts.access, [words.access_sentence(row) for row in rows])

    @Slot()
    def show_length(self) -> None:
        """Every visit whose promised length can be checked."""
        if self.facts is not None:
            visits = [row for row in self.facts.log if row.judged.kind in VISITS]
            rows = [row for row in visits if row.judged.length_met is not None]
            self._why("Visits long enough", self.facts.length, [words.length_sentence(row) for row in rows])

    def _why(self, title: str, promises: Promises, said: list[str]) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        SentencesWhy(
            title,
            promise_words(promises, title),
            [("Each contact", said)] if said else [],
            self,
            remark="A contact counts once its promise and what became of it are both known.",
        ).open()
