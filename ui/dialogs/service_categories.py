"""The list of services (rulebook 1.7): choose one for the plan, add, rename or remove one's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from tracker.changes import Changes
from tracker.domain.coverage.categories import SEEDED
from tracker.errors import UserProblem
from tracker.facts import ServiceCategory
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.table import Column, RowTableModel
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form_dialog import FormDialog
from ui.widgets.table import LedgerTable

_SEEDED = frozenset(category.code for category in SEEDED)
_LONGEST_CODE = 28


def code_for(name: str, taken: Iterable[str]) -> str:
    """A code made from a name: `Acupuncture, first visit` gives `ACUPUNCTURE_FIRST_VISIT`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    stem = re.sub(r"[^A-Z0-9]+", "_", plain).strip("_")
    stem = (stem if stem[:1].isalpha() else f"OWN_{stem}").strip("_")[:_LONGEST_CODE].rstrip("_")
    used, code, number = set(taken), stem, 2
    while code in used:
        code, number = f"{stem[: _LONGEST_CODE - 3]}_{number}", number + 1
    return code


@dataclass(frozen=True, slots=True)
class _Line:
    key: int
    category: ServiceCategory
    belongs_to: str
    own: bool


class ServiceCategories(FormDialog):
    """Enter takes the chosen service; `chosen` gives its code."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "Services",
            parent,
            save_text="Use this service",
            width=620,
            sentence="Choose a service for the plan, or add one of your own.",
        )
        self._context = context
        self._known: dict[str, ServiceCategory] = {}
        self._own: set[str] = set()
        self._seen: str | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type part of the name")
        self.form.add("search", "Find", self.search)
        self.model: RowTableModel[_Line] = RowTableModel(
            (
                Column("Service", lambda line: line.category.name, stretch=3, width=220),
                Column("Belongs to", lambda line: line.belongs_to, tone=lambda _: "quiet", stretch=2),
                Column("", _kind_words, tone=lambda _: "quiet"),
            ),
            key=lambda line: line.key,
        )
        self.table = LedgerTable(self.model, "Services", row_height=30)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.setMinimumHeight(theme().px(240))
        self.form.add_line(self.table)
        self.add_link = LinkButton("New service\u2026", "plus")
        self.change_link = LinkButton("Change\u2026")
        self.remove_link = LinkButton("Remove")
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for link in (self.add_link, self.change_link, self.remove_link):
            row.addWidget(link)
        row.addStretch(1)
        self.form.add_line(links)
        self.search.textEdited.connect(self._on_find)
        self.search.installEventFilter(self)
        self.table.opened.connect(self._on_save)
        self.table.selection_changed.connect(self._on_selected)
        self.add_link.clicked.connect(self.add)
        self.change_link.clicked.connect(self.change)
        self.remove_link.clicked.connect(self.remove)
        self._load()

    # showing -------------------------------------------------------------------------

    def _load(self) -> None:
        coverage = self._context.services.coverage
        self._context.load(self, lambda: (coverage.categories(), coverage.own_categories()), self._show)

    def _show(self, read: tuple[dict[str, ServiceCategory], list[ServiceCategory]]) -> None:
        self._known, own = read
        self._own = {item.code for item in own}
        lines = []
        for key, item in enumerate(sorted(self._known.values(), key=lambda one: one.name.casefold())):
            parent = self._known[item.parent].name if item.parent in self._known else ""
            lines.append(_Line(key, item, parent, item.code in self._own))
        self.model.set_rows(lines)
        place = next((line.key for line in lines if line.category.code == self._seen), None)
        if place is not None:
            self.table.select_key(place)
        elif self.table.current_row() is None and self.model.rows:
            self.table.go_to_cell(0, 0)
        self._on_selected()

    @Slot(str)
    def _on_find(self, text: str) -> None:
        wanted = text.strip().casefold()
        self.model.set_filter(lambda line: wanted in line.category.name.casefold())
        self.table.go_to_cell(0, 0)
        self._on_selected()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field into the list."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and watched is self.search
        ):
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_selected(self) -> None:
        line = self._line()
        self.save_button.setEnabled(line is not None)
        self.change_link.setEnabled(line is not None)
        self.remove_link.setEnabled(line is not None and line.own)
        renamed = line is not None and line.own and line.category.code in _SEEDED
        self.remove_link.setText("Give its first name back" if renamed else "Remove")

    def _line(self) -> _Line | None:
        line = self.table.current_row()
        return line if isinstance(line, _Line) else None

    # doing ---------------------------------------------------------------------------

    def save(self) -> None:
        line = self._line()
        if line is None:
            raise UserProblem("No service is chosen.", "Choose one, or add your own.", field="search")
        self.chosen.emit(line.category.code)

    @Slot()
    def add(self) -> None:
        """A service of one's own; what was typed to find it becomes its name."""
        self._open(ServiceCategoryEditor(self._context, self, known=self._known, name=self.search.text()))

    @Slot()
    def change(self) -> None:
        line = self._line()
        if line is not None:
            self._open(
                ServiceCategoryEditor(self._context, self, known=self._known, category=line.category)
            )

    @Slot()
    def remove(self) -> None:
        line = self._line()
        if line is None:
            return
        coverage, code = self._context.services.coverage, line.category.code
        self._context.commit(
            self,
            lambda: coverage.remove_category(code),
            then=lambda _changes: self._load(),
            complain=self.complain,
            label="Removing the service",
        )

    def _open(self, editor: ServiceCategoryEditor) -> None:
        editor.kept.connect(self._on_kept)
        editor.open()

    @Slot(str)
    def _on_kept(self, code: str) -> None:
        self._seen = code
        self.search.clear()
        self.model.set_filter(None)
        self._load()
        self.save_button.setFocus()


def _kind_words(line: _Line) -> str:
    if line.category.never_covered:
        return "never covered"
    return "your own" if line.own and line.category.code not in _SEEDED else ""


class ServiceCategoryEditor(CommitDialog):
    """Name, what it belongs to, whether it is a drug or never covered."""

    kept = Signal(str)
    """The code of what was added or changed."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        known: Mapping[str, ServiceCategory],
        category: ServiceCategory | None = None,
        name: str = "",
    ) -> None:
        super().__init__("Change service" if category else "New service", parent, width=420)
        self._context, self._known, self._category = context, known, category
        self._code = ""
        self.name = QLineEdit(category.name if category else " ".join(name.split()))
        mains = [
            item
            for item in sorted(known.values(), key=lambda one: one.name.casefold())
            if item.parent is None and item.code != (category.code if category else "")
        ]
        self.parent_edit = OptionEdit([("", "Nothing"), *[(item.code, item.name) for item in mains]])
        self.drug = QCheckBox("A drug: copays are for each fill")
        self.never = QCheckBox("No health plan covers it")
        self.form.add("name", "Name", self.name)
        self.form.add(
            "parent",
            "Belongs to",
            self.parent_edit,
            hint="It follows that service\u2019s terms without its own.",
        )
        self.form.add("drug", "", self.drug)
        self.form.add("never_covered", "", self.never)
        if category is not None:
            self.parent_edit.choose(category.parent or "")
            self.drug.setChecked(category.drug)
            self.never.setChecked(category.never_covered)

    def save(self) -> bool:
        name = " ".join(self.name.text().split())
        if not name:
            raise UserProblem("A service needs a name.", "Type one.", field="name")
        same = next(
            (item for item in self._known.values() if item.name.casefold() == name.casefold()), None
        )
        if same is not None and (self._category is None or same.code != self._category.code):
            raise UserProblem(f"{same.name} is in the list already.", "Choose it there.", field="name")
        old = self._category
        made = ServiceCategory(
            code=old.code if old else code_for(name, self._known),
            name=name,
            parent=self.parent_edit.key() or None,
            drug=self.drug.isChecked(),
            never_covered=self.never.isChecked(),
            codes=old.codes if old else "",
        )
        if old is not None and old.name == name:
            made = replace(made, short=old.short)
        self._code = made.code
        coverage = self._context.services.coverage
        return self.commit(self._context, lambda: coverage.save_category(made), "Saving the service")

    def _on_done(self, changes: Changes) -> None:
        super()._on_done(changes)
        self.kept.emit(self._code)
