"""Second step of taking a plan from the CMS files: which plan, and which variant of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QSizePolicy, QWidget

from tracker.wording import count_of
from ui.dialogs.plan_import_step import ImportStep
from ui.models.plan_import_rows import PlanGroup, PlanList
from ui.models.table import Column, RowTableModel
from ui.theme import theme
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns
from ui.widgets.form import FormField
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

if TYPE_CHECKING:
    from tracker.imports.cms_plans import PlanChoice

MOST_SHOWN = 100
_SHOWN_ISSUERS = 400
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class ChooseStep(ImportStep):
    """A list that follows what is typed; the variant is chosen below it and explained in words."""

    title = "Your plan"
    sentence = "The plan id stands on your enrollment papers; otherwise look for state, insurer and name."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = PlanList((), {}, several_years=False)
        self._wanted = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Plan id, or words of the plan\u2019s name")
        self.search.setClearButtonEnabled(True)
        self.state = OptionEdit([("", "Every state")])
        self.issuer = OptionEdit([("", "Every insurer")])
        top = QWidget()
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(top, gap=12, same_height=False)
        row.add(FormField("Plan id or name", self.search), 4, least=theme().px(220))
        row.add(FormField("State", self.state), 2, least=theme().px(110))
        row.add(FormField("Insurer", self.issuer), 3, least=theme().px(160))
        self.model: RowTableModel[PlanGroup] = RowTableModel(_columns(), key=lambda group: group.key)
        self.table = LedgerTable(self.model, "Plans in the files", row_height=30)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(theme().px(120))
        self.count = Label("", "caption", wrap=True)
        self.variant = OptionEdit()
        self.variant_field = FormField("Which variant", self.variant)
        self.explained = Label("", "quiet", wrap=True)
        self.rows.addWidget(top)
        self.rows.addWidget(self.table, 1)
        for part in (self.count, self.variant_field, self.explained):
            self.rows.addWidget(part)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.state.edited.connect(self._on_state)
        self.issuer.edited.connect(self._filter)
        self.table.selection_changed.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_typed)
        self.variant.edited.connect(self._on_variant)
        self._show_variants(None)

    @property
    def ready(self) -> bool:
        return self.choice() is not None

    def first_field(self) -> QWidget | None:
        return self.search

    def choice(self) -> PlanChoice | None:
        """The variant that is chosen, or None."""
        rows = self.table.selected_rows()
        if len(rows) != 1:
            return None
        variants = rows[0].variants
        return next((one for one in variants if one.plan_id == self.variant.key()), None)

    def want(self, plan_id: str) -> None:
        """Begin with this id where the plan that is changed was read from such files before."""
        self._wanted = plan_id

    def show_plans(self, plans: PlanList) -> None:
        """The plans of the files."""
        self._list = plans
        self.state.set_options([("", "Every state"), *((state, state) for state in plans.states)])
        self._offer_issuers()
        self.table.setColumnHidden(0, not plans.several_years)
        if self._wanted and plans.has(self._wanted):
            self.search.setText(self._wanted)
        self._wanted = ""
        self._filter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the line that searches goes to the list, Enter takes the first plan."""
        # The kind of event comes first: while the dialog is taken apart, `search` may be gone already.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and watched is self.search
            and event.key() in _DOWN
            and self.model.rowCount()
        ):
            if not self.table.selected_rows():
                self.table.go_to_cell(0, 1, by_keyboard=True)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    # ours ----------------------------------------------------------------------------

    @Slot()
    def _on_state(self) -> None:
        self._offer_issuers()
        self._filter()

    def _offer_issuers(self) -> None:
        shown = self._list.issuers.get(self.state.key(), ())
        if len(shown) > _SHOWN_ISSUERS:  # all of a nation: the name, typed, finds them better
            shown = ()
        self.issuer.set_options([("", "Every insurer"), *((name, name) for name in shown)])

    @Slot()
    def _filter(self) -> None:
        found, count = self._list.fitting(
            state=self.state.key(),
            issuer=self.issuer.key(),
            typed=self.search.text(),
            most=MOST_SHOWN,
        )
        before = self.choice()
        self.model.set_rows(found)
        if len(found) == 1:
            self.table.go_to_cell(0, 1)
            self._show_variants(found[0])
        elif self.table.current_row() is None or not self.table.selected_rows():
            self._show_variants(None)
        self.count.setText(_count_words(len(found), count, len(self._list.groups)))
        if self.choice() != before:
            self.changed.emit()

    @Slot(list)
    def _on_selected(self, rows: list[PlanGroup]) -> None:
        self._show_variants(rows[0] if len(rows) == 1 else None)
        self.changed.emit()

    @Slot(object)
    def _on_opened(self, _row: object) -> None:
        if self.ready:
            self.go_on.emit()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.search.setText(self.search.text() + text)
        self.search.setFocus()

    def _show_variants(self, group: PlanGroup | None) -> None:
        from tracker.imports.cms_variants import variant_name

        variants = group.variants if group else ()
        self.variant.set_options([(one.plan_id, variant_name(one)) for one in variants])
        before, typed = self.variant.key(), self.search.text().strip().upper()
        standard = next((one.plan_id for one in variants if one.plan_id.endswith("-01")), "")
        exact = next((one.plan_id for one in variants if one.plan_id == typed), "")
        kept = before if any(one.plan_id == before for one in variants) else ""
        self.variant.choose(exact or kept or standard)
        self.variant_field.setVisible(len(variants) > 0)
        self.variant.setEnabled(len(variants) > 1)
        self._explain()

    @Slot()
    def _on_variant(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        from tracker.imports.cms_variants import variant_sentence

        choice = self.choice()
        said = variant_sentence(choice) if choice else ""
        self.explained.setText(f"{choice.plan_id}. {said}".strip() if choice else "")
        self.explained.setVisible(bool(self.explained.text()))


def _columns() -> tuple[Column[PlanGroup], ...]:
    return (
        Column("Year", lambda group: str(group.choice.year or ""), width=50),
        Column("Plan", lambda group: group.choice.name, width=180, stretch=4),
        Column("Insurer", lambda group: group.choice.issuer, width=100, stretch=2),
        Column("State", lambda group: group.choice.state, width=50),
        Column("Kind", lambda group: group.kind, width=110, stretch=1),
        Column("Plan id", lambda group: group.choice.component, width=140),
    )


def _count_words(shown: int, count: int, whole: int) -> str:
    if not whole:
        return ""
    if not count:
        return "No plan fits. Check the id, or type fewer words."
    if shown < count:
        return f"The first {shown:,} of {count:,} plans. Type more of the name or the id to see others."
    return f"{count_of(count, 'plan')}."
