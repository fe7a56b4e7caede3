"""What the agreement with a practice says, and its documents."""

from __future__ import annotations

from PySide6.QtCore import Slot

from tracker.facts import Noun
from tracker.services.membership_years import MembershipShown
from ui.context import Context
from ui.models import membership_words as words
from ui.widgets.attachments import Attachments
from ui.widgets.card import Card
from ui.widgets.fact_list import FactList
from ui.widgets.label import Label


class AgreementCard(Card):
    """Documents are attached and removed at once, each as a change that can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__("Agreement")
        self._context = context
        self._membership_id: int | None = None
        self._listed: int | None = None
        self.facts = FactList()
        self.documents: Attachments | None = None
        self.body.addWidget(self.facts)
        self.body.addWidget(Label("Documents", "quiet"))

    def show_membership(self, held: MembershipShown) -> None:
        """Show what was agreed."""
        self.facts.show_facts(words.agreement_facts(held, self._context.today))
        self._membership_id = held.membership.id
        self._show_documents()

    def forget_documents(self) -> None:
        """They have changed: list them anew when the membership is shown next."""
        self._listed = None

    def _show_documents(self) -> None:
        """List the documents anew only where they may be others, so that the focus stays."""
        if self.documents is not None:
            if self._listed == self._membership_id:
                return
            self.body.removeWidget(self.documents)
            self.documents.hide()
            self.documents.deleteLater()
        self._listed = self._membership_id
        self.documents = Attachments(self._context, Noun.MEMBERSHIP, self._membership_id)
        self.documents.edited.connect(self._store_documents)
        self.body.addWidget(self.documents)

    @Slot()
    def _store_documents(self) -> None:
        if self.documents is not None and self._membership_id is not None:
            self.documents.store(self._membership_id, _nothing, self._context.show_problem)


def _nothing() -> None:
    """Nothing is left to do: the change that was announced reloads the page."""
