"""Tells every page, once, what a committed change touched."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tracker.changes import Changes


class ChangeBus(QObject):
    """One signal. Pages compare `Changes.areas` with what they show."""

    committed = Signal(object)  # Changes

    def announce(self, changes: Changes) -> None:
        """Tell everybody; an empty change (undo at the beginning of history) is told to nobody."""
        if changes.areas:
            self.committed.emit(changes)
