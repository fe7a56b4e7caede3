"""The small bar that changes several selected rows of an import at once."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from ui.models.import_read import Names
from ui.models.import_sheet import Kind
from ui.theme import theme
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.columns import Columns, Flow
from ui.widgets.form import FormField
from ui.widgets.label import Label


class SeveralBar(QWidget):
    """`changed` carries the fields to change, `ticked` whether to take the rows."""

    changed = Signal(dict)
    ticked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.count = Label("", "bold")
        self.payee = ChoiceEdit(allow_new=True, placeholder="As it is")
        self.line = ChoiceEdit(placeholder="As it is")
        self.person = ChoiceEdit(placeholder="As it is")
        self.change_button = PlainButton("Change")
        self.take_button = PlainButton("Take them")
        self.leave_button = PlainButton("Leave them out")
        fields = QWidget()
        fields.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(fields, gap=12, same_height=False)
        self._fields = {
            "payee": FormField("Payee", self.payee),
            "category_id": FormField("Budget line", self.line),
            "person_id": FormField("Person", self.person),
        }
        for field in self._fields.values():
            row.add(field, least=theme().px(150))
        buttons = QWidget()
        buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(buttons)
        for button in (self.change_button, self.take_button, self.leave_button):
            flow.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        for part in (self.count, fields, buttons):
            whole.addWidget(part)
        self.change_button.clicked.connect(self._on_change)
        self.take_button.clicked.connect(self._on_take)
        self.leave_button.clicked.connect(self._on_leave)

    def show_rows(self, kind: Kind, count: int, names: Names) -> None:
        """Say how many rows are selected, and offer what can be changed of them."""
        self.count.setText(f"{count:,} rows selected")
        money = kind is Kind.MONEY
        self._fields["payee"].setVisible(money)
        self._fields["category_id"].setVisible(money)
        self._fields["person_id"].setVisible(len(names.people) > 1 or not money)

    def offer(self, names: Names) -> None:
        """What there is to choose from."""
        self.payee.set_items([(number, name) for number, name in enumerate(names.payees)])
        self.line.set_items(list(names.lines.items()))
        self.person.set_items(list(names.people.items()))
        for edit in (self.payee, self.line, self.person):
            edit.set_text("")

    @Slot()
    def _on_change(self) -> None:
        fields: dict[str, object] = {}
        try:
            if self.payee.text() and not self._fields["payee"].isHidden():
                fields["payee"] = self.payee.text()
            if self.line.text() and not self._fields["category_id"].isHidden():
                fields["category_id"] = self.line.chosen_id()
            if self.person.text() and not self._fields["person_id"].isHidden():
                fields["person_id"] = self.person.chosen_id()
        except UserProblem:
            return  # the field says which name is not in the list
        if fields:
            self.changed.emit(fields)

    @Slot()
    def _on_take(self) -> None:
        self.ticked.emit(True)

    @Slot()
    def _on_leave(self) -> None:
        self.ticked.emit(False)
