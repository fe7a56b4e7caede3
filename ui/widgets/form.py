"""Fields with their names above and complaints below, in one column or two."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from ui.theme import theme
from ui.widgets.columns import Columns
from ui.widgets.field import mark
from ui.widgets.label import Label

_EDIT_SIGNALS = ("edited", "textEdited", "activated", "toggled", "changed", "textChanged")


class FormField(QWidget):
    """One field of a form: its name, the widget, a hint, and what is wrong with it."""

    def __init__(self, label: str, widget: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.widget = widget
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        self._label = Label(label, "field", wrap=True)
        self._hint = Label(hint, "caption", wrap=True)
        self._complaint = Label("", "field", tone="bad", wrap=True)
        for part in (self._label, widget, self._hint, self._complaint):
            rows.addWidget(part)
        # Not before they have a parent: what is shown without one is a window for a moment.
        self._label.setVisible(bool(label))
        self._hint.setVisible(bool(hint))
        self._complaint.hide()
        if label and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self._label.setBuddy(widget)
        if label and not widget.accessibleName():
            widget.setAccessibleName(label)
        self._listen()

    def least_width(self) -> int:
        """What the field needs beside others; a row of fields breaks before it is cut."""
        ask = getattr(self.widget, "least_width", None)
        return int(ask()) if ask is not None else 0

    def complain(self, sentence: str) -> None:
        """Say what is wrong, beside the field; an empty sentence takes it back."""
        mark(self.widget, sentence)
        self._show(sentence)

    def complaint(self) -> str:
        return self._complaint.text()

    def set_label(self, label: str) -> None:
        """Another name for the field, where its meaning changes with another field."""
        self._label.setText(label)
        self.widget.setAccessibleName(label)

    def set_hint(self, hint: str, tone: str = "") -> None:
        self._hint.setText(hint)
        self._hint.set_tone(tone)
        self._hint.setVisible(bool(hint))

    def _listen(self) -> None:
        complained = getattr(self.widget, "complained", None)
        if isinstance(complained, SignalInstance):
            complained.connect(self._show)
        for name in _EDIT_SIGNALS:
            signal = getattr(self.widget, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(self._on_edited)
                return

    @Slot(str)
    def _show(self, sentence: str) -> None:
        self._complaint.setText(sentence)
        self._complaint.setVisible(bool(sentence))

    @Slot()
    def _on_edited(self) -> None:
        if self._complaint.text():
            self.complain("")


class Form(QWidget):
    """Adds fields by name; a UserProblem that names a field is shown beside that field."""

    edited = Signal()

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._columns = columns
        self._row: Columns | None = None
        self._in_row = 0
        self._fields: dict[str, FormField] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        self._general = Label("", tone="bad", wrap=True)
        self._general.hide()
        self._rows.addWidget(self._general)

    def add(
        self, name: str, label: str, widget: QWidget, *, hint: str = "", wide: bool = False
    ) -> FormField:
        """Add a field. `name` is what a UserProblem calls it; `wide` takes a line of its own."""
        if not widget.objectName():
            widget.setObjectName(name)
        field = FormField(label, widget, hint)
        self._fields[name] = field
        if wide or self._columns == 1:
            self._row = None
            self._rows.addWidget(field)
            return field
        if self._row is None or self._in_row == self._columns:
            holder = QWidget()
            holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self._row = Columns(holder, gap=12, same_height=False)
            self._in_row = 0
            self._rows.addWidget(holder)
        self._row.add(field, least=theme().px(150))
        self._in_row += 1
        return field

    def add_line(self, widget: QWidget) -> None:
        """Add something that is no field: a sentence, a table, a rule."""
        self._row = None
        self._rows.addWidget(widget)

    def field(self, name: str) -> FormField:
        return self._fields[name]

    def complain(self, field: str | UserProblem | None, problem: UserProblem | str = "") -> None:
        """Show a sentence beside the field it is about and put the cursor there.

        `complain(problem)` takes the field from the problem; one that is about no field of this form
        is shown above the fields.
        """
        if isinstance(field, UserProblem):
            self.complain(field.field, field)
            return
        found = self._fields.get(field or "")
        if found is None:
            self._general.setText(str(problem))
            self._general.setVisible(bool(str(problem)))
            return
        found.complain(str(problem))
        found.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_complaints(self) -> None:
        self._general.hide()
        for field in self._fields.values():
            field.complain("")

    def first_field(self) -> QObject | None:
        return next((field.widget for field in self._fields.values()), None)
