"""The rest of a form behind *More*: there for those who want it, out of the way for the others."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.widgets.buttons import LinkButton
from ui.widgets.form import Form


class MoreFields(QObject):
    """A link that shows and hides what was added to a form after it.

    `resized` comes when fields have appeared or gone.
    """

    resized = Signal()

    def __init__(self, form: Form, words: str, owner: QWidget, *, less: str = "Fewer fields") -> None:
        """`less` is what the link says while the fields are shown."""
        super().__init__(owner)
        self._form = form
        self._words, self._less = words, less
        self._names: set[str] = set()
        self._parts: list[QWidget] = []
        self._shown = False
        self.button = LinkButton(words, "chevron-down")
        self.button.clicked.connect(self.toggle)
        form.add_line(self.button)

    def hold(self, names: Iterable[str], lines: Iterable[QWidget] = ()) -> None:
        """Take these fields, and lines that are no fields, into what is hidden."""
        for name in names:
            self._names.add(name)
            field = self._form.field(name)
            around = field.parentWidget()
            part = field if around is self._form or around is None else around
            if part not in self._parts:
                self._parts.append(part)
        self._parts += lines
        self._arrange()

    @property
    def shown(self) -> bool:
        return self._shown

    def show_all(self, shown: bool = True) -> None:
        """Show the fields, or put them away."""
        if shown != self._shown:
            self._shown = shown
            self._arrange()
            self.resized.emit()

    def show_for(self, name: str | None) -> None:
        """Show the fields where one of them is about to complain."""
        if name in self._names:
            self.show_all()

    @Slot()
    def toggle(self) -> None:
        self.show_all(not self._shown)

    def _arrange(self) -> None:
        for part in self._parts:
            part.setVisible(self._shown)
        self.button.setText(self._less if self._shown else self._words)
        self.button.set_icon("chevron-up" if self._shown else "chevron-down")
