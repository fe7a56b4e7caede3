"""Completing the receipt of an expense: whose care, who gave it, what it was for, and the file."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.facts import Noun, Payment
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.pool_rows import GAPS
from ui.widgets.attachments import Attachments
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.file_drop import dropped_paths
from ui.widgets.note_edit import NoteEdit


class ReceiptEditor(CommitDialog):
    """`gaps` are the parts that are missing; `description` is what the bill says where the payment
    says nothing.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        payment: Payment,
        gaps: tuple[str, ...],
        description: str = "",
    ) -> None:
        super().__init__("Complete the receipt", parent, sentence=_sentence(payment, gaps), width=440)
        self.setAcceptDrops(True)
        self._context = context
        self._payment = payment
        people = context.services.people.people()
        providers = context.services.people.providers()
        self.person = OptionEdit([("", "Not said"), *((str(one.id), one.name) for one in people)])
        self.provider = ChoiceEdit([(one.id or 0, one.name) for one in providers], allow_new=True)
        self.note = NoteEdit()
        self.documents = Attachments(context, Noun.PAYMENT, payment.id)
        self.form.add("person_id", "Patient", self.person)
        self.form.add("payee", "Provider", self.provider)
        hint = f"The bill says: {description}" if description and not payment.note else ""
        self.form.add("note", "What it was for", self.note, hint=hint)
        self.form.add(
            "documents", "Receipt or EOB", self.documents, hint="Keep it attached for as long as the HSA."
        )
        only = people[0].id if len(people) == 1 else None
        self.person.choose(str(payment.person_id or only or ""))
        self.provider.choose(payment.provider_id)
        self.note.set_text(payment.note)
        self.documents.resized.connect(self._fit_soon)
        self._focus(gaps)

    def save(self) -> bool:
        payment, provider_id = self._payment, self.provider.chosen_id()
        wanted = replace(
            payment,
            person_id=int(self.person.key()) if self.person.key() else None,
            provider_id=provider_id,
            note=self.note.text(),
        )
        payee = self.provider.text() if provider_id is None else ""
        if wanted == payment and not payee:
            self._store()
            return False
        payments = self._context.services.payments
        return self.commit(self._context, lambda: payments.save(wanted, payee=payee or None), "Saving")

    def _on_done(self, changes: Changes) -> None:
        self.changes = changes
        self._store()

    def _store(self) -> None:
        if self._payment.id is not None and self.documents.changed:
            self.documents.store(self._payment.id, self.accept, self.complain)
        else:
            self.accept()

    def _focus(self, gaps: tuple[str, ...]) -> None:
        fields: dict[str, QWidget] = {
            "patient": self.person,
            "provider": self.provider,
            "description": self.note,
            "document": self.documents,
        }
        first = next((fields[gap] for gap in gaps if gap in fields), self.documents)
        QTimer.singleShot(0, first, first.setFocus)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.documents.add_files(dropped_paths(event.mimeData()))
        event.acceptProposedAction()

    @Slot()
    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self._grow)


def _sentence(payment: Payment, gaps: tuple[str, ...]) -> str:
    paid = f"{dollars(payment.amount)} paid on {day_text(payment.paid_on)}."
    lacks = ", ".join(GAPS[gap] for gap in gaps)
    return f"{paid} Still missing: {lacks}." if lacks else paid
