"""Who gives or bills care, or insures it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.facts import Provider, ProviderKind
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.household_words import PROVIDERS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.note_edit import NoteEdit


class ProviderEditor(CommitDialog):
    """Name, kind, NPI, telephone and a note."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, provider: Provider | None = None
    ) -> None:
        super().__init__("Provider" if provider else "Add a provider", parent, columns=2, width=460)
        self._context = context
        self._provider = provider
        self.name = QLineEdit()
        self.kind = OptionEdit([(kind.value, words) for kind, words in PROVIDERS.items()])
        self.npi = QLineEdit()
        self.phone = QLineEdit()
        self.note = NoteEdit()
        self.form.add("name", "Name", self.name, wide=True)
        self.form.add("kind", "Kind", self.kind, wide=True)
        self.form.add("npi", "NPI", self.npi, hint="Ten digits, on the bill or the EOB.")
        self.form.add("phone", "Phone", self.phone)
        self.form.add("note", "Note", self.note, wide=True)
        start = provider or Provider(name="", kind=ProviderKind.DOCTOR)
        for field, text in ((self.name, start.name), (self.npi, start.npi), (self.phone, start.phone)):
            field.setText(text)
            field.setCursorPosition(0)
        self.kind.choose(start.kind.value)
        self.note.set_text(start.note)

    def save(self) -> bool:
        people = self._context.services.people
        typed = Provider(
            id=self._provider.id if self._provider else None,
            name=self.name.text(),
            kind=ProviderKind(self.kind.key()),
            npi=self.npi.text(),
            phone=self.phone.text(),
            note=self.note.text(),
        )
        return self.commit(self._context, lambda: people.save_provider(typed), "Saving the provider")
