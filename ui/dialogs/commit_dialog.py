"""A form whose Save is one change of the ledger, made beside the window."""

from __future__ import annotations

from collections.abc import Callable

from tracker.changes import Changes
from ui.context import Context
from ui.widgets.form_dialog import FormDialog


class CommitDialog(FormDialog):
    """Closes when the change is made; until then, and where it fails, everything typed stays."""

    changes: Changes | None = None
    """What was done, once it was: its `new_id` is the row to select."""

    def commit(self, context: Context, act: Callable[[], Changes], label: str) -> bool:
        """Make the change; the answer is what `save` returns to stay open until it is made."""
        context.commit(
            self,
            act,
            then=self._on_done,
            complain=self.complain,
            gave_up=self._on_gave_up,
            label=label,
        )
        return False

    def _on_done(self, changes: Changes) -> None:
        self.changes = changes
        self.accept()

    def _on_gave_up(self) -> None:
        self.save_button.setEnabled(True)
