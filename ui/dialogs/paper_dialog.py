"""What the forms for visits, EOBs and bills share: whose paper it is, its documents, saving, deleting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Noun
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.more_fields import MoreFields
from ui.dialogs.newcomers import Newcomers
from ui.dialogs.paper_who import PROVIDER, PaperWho
from ui.widgets.attachments import Attachments
from ui.widgets.buttons import PlainButton


class PaperDialog(CommitDialog):
    """A form with the fields every paper has. Subclasses lay them out and say what to save."""

    stored = Signal(int)
    """The paper's id, once it and its documents are in the ledger."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None,
        context: Context,
        noun: Noun,
        row_id: int | None,
        *,
        width: int = 640,
        provider_words: str = "Who gave the care",
    ) -> None:
        super().__init__(title, parent, columns=2, width=width)
        self._context = context
        self._id = row_id
        self._newcomers = Newcomers(context.services)
        self.who = PaperWho(provider_words)
        self.attachments = Attachments(context, noun, row_id)
        self.attachments.resized.connect(self._fit_soon)
        if row_id is not None:
            self.delete_button = PlainButton("Delete", "trash")
            self.delete_button.clicked.connect(self._on_delete)
            self.add_button(self.delete_button)
        self.save_button.setEnabled(False)  # until the household is known

    more: MoreFields
    """The rest of the fields; subclasses make it where it stands in the form."""

    def remove(self, row_id: int) -> Changes:
        """Take the paper out of the ledger, beside the window."""
        raise NotImplementedError

    def commit_for(self, newcomer: str, save: Callable[[int | None], Changes], label: str) -> bool:
        """Save, adding the first person of an empty household before; `save` gets that person's id."""
        return self.commit(self._context, lambda: self._newcomers.save_with(newcomer, save), label)

    def complain(self, problem: UserProblem) -> None:
        field = PROVIDER if problem.field == "payee" else problem.field
        self.more.show_for(field)
        super().complain(UserProblem(problem.what, problem.todo, field=field))

    def _on_done(self, changes: Changes) -> None:
        """The paper is stored; its documents follow. From here on Save changes what was just added."""
        self.changes = changes
        self._id = changes.new_id if self._id is None else self._id
        if self.attachments.changed and self._id is not None:
            self.attachments.store(self._id, self._on_stored, self.complain)
        else:
            self._on_stored()

    def _on_stored(self) -> None:
        self.accept()
        if self._id is not None:
            self.stored.emit(self._id)

    @Slot()
    def _on_delete(self) -> None:
        row_id = self._id
        if row_id is not None:
            self._context.commit(self, lambda: self.remove(row_id), then=self._on_deleted)

    def _on_deleted(self, changes: Changes) -> None:
        self.changes = changes
        self.reject()

    @Slot()
    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        """Follow the fields that came or went, within the screen."""
        self._grow()
        wanted = self.sizeHint()
        if self.isVisible() and wanted != self.size():
            self.resize(wanted)
