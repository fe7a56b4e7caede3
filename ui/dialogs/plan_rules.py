"""The form for what a plan makes you pay, in the order of a Summary of Benefits and Coverage."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tracker.dates import Period, add_months
from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.validate import rule_warnings
from tracker.errors import UserProblem
from tracker.facts import CostSharingRule, Plan, ServiceCategory
from tracker.money import Cents
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.plan_rules_table import RuleModel, RuleTable, rule_columns
from ui.models.coverage_words import short
from ui.models.plan_warnings import typical_allowed
from ui.models.rule_sheet import RuleSheet
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room

_MOST_WARNINGS = 3
_SENTENCE = (
    "Type what the paper prints; the small line says how it was understood. Enter goes down, Ctrl+D "
    "repeats the cell above, F2 opens all fields."
)
_SKIP_HINT = (
    "Unless the cell says so. A percentage comes after the deductible unless its cell says otherwise."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the form needs to know; `typical` are usual allowed amounts by service, from EOBs."""

    rules: list[CostSharingRule]
    categories: dict[str, ServiceCategory]
    limits: Limits
    typical: dict[str, Cents]


class PlanRulesDialog(CommitDialog):
    """One row a service, one cell for each network; what is not understood is said in its cell."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        plan: Plan,
        draft: RuleSheet | None = None,
    ) -> None:
        """`draft` is a sheet that was left without saving."""
        super().__init__(
            f"What you pay, {short(plan.name, 60)}",
            parent,
            sentence=_SENTENCE,
            save_text="Save what you pay",
            width=1160,
        )
        self._context = context
        self._plan = plan
        self._known: _Read | None = None
        self.sheet = draft or RuleSheet(plan, (), {})
        self._draft = draft
        self._build_fields()
        self.save_button.setEnabled(False)  # until the rules are known
        context.load(self, self._read, self._show)

    # building ------------------------------------------------------------------------

    def _build_fields(self) -> None:
        self.skip = QCheckBox("Copays: the deductible does not apply")
        self.skip.setChecked(self.sheet.copays_skip)
        self.skip.setToolTip("How a plain \u201c$30 copay\u201d is read")
        self.skip.toggled.connect(self._on_skip)
        self.form.add("copays_skip", "", self.skip, hint=_SKIP_HINT)
        self.model = RuleModel(
            rule_columns(self.sheet.tiers, lambda: self.sheet), key=lambda row: row.place
        )
        self.table = RuleTable(self.sheet, self.model)
        self.table.fields_asked.connect(self.open_fields)
        self.table.save_asked.connect(self._on_save)
        self.table.changed.connect(self._refresh)
        last = self.body.count() - 1
        self.body.takeAt(last)  # the stretch under the fields: here the table takes what is left
        self.body.addWidget(self.table, 1)
        self.warnings = Label("", tone="warning", wrap=True)
        self.warnings.hide()
        self.body.addWidget(self.warnings)
        self.another = LinkButton("Another service\u2026", "plus")
        self.another.clicked.connect(self.choose_service)
        self.fields = LinkButton("All fields\u2026")
        self.fields.setToolTip("Every term of this service (F2)")
        self.fields.clicked.connect(self._on_fields)
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.another)
        row.addWidget(self.fields)
        row.addStretch(1)
        self.body.addWidget(links)

    def sizeHint(self) -> QSize:
        """As much of the screen as shows the whole sheet."""
        room = screen_room(self)
        rows = self.model.rowCount() if hasattr(self, "model") else 30
        high = (rows + 6) * (self.table.row_pixels() if hasattr(self, "table") else 40)
        return QSize(min(theme().px(self._width), room.width() - 40), min(high, room.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.save_button.isEnabled():
            self._begin()

    # showing -------------------------------------------------------------------------

    def _read(self) -> _Read:
        from tracker.imports.limits_file import yearly_limits

        services, plan = self._context.services, self._plan
        before = Period(add_months(plan.begins_on, -12), plan.period.end)
        return _Read(
            services.plans.rules(plan.id or 0),
            services.coverage.categories(),
            yearly_limits(),
            typical_allowed(services.claims.claims(before)),
        )

    def _show(self, read: _Read) -> None:
        self._known = read
        if self._draft is None:
            skip = self.skip.isChecked()
            self._put(RuleSheet(self._plan, read.rules, read.categories, copays_skip=skip))
        else:
            self.table.put_sheet()
        self.save_button.setEnabled(True)
        self._refresh()
        if self.isVisible():
            self._begin()

    def _put(self, sheet: RuleSheet) -> None:
        self.sheet = self.table.sheet = sheet
        self.table.put_sheet()

    def _begin(self) -> None:
        """Ready to type at the top; where there is something already, to look around first."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if any(row.cells[0].text for row in self.sheet.rows):
            self.table.go_to_cell(0, 1, by_keyboard=True)
        else:
            self.table.edit_at(0, 0)

    @Slot()
    def _refresh(self) -> None:
        """What looks wrong so far (rulebook 1.16)."""
        found = self._warnings()
        more = len(found) - _MOST_WARNINGS
        shown = found[:_MOST_WARNINGS] + ([f"And {more} more."] if more > 0 else [])
        self.warnings.setText("\n".join(shown))
        self.warnings.setToolTip("\n".join(found) if more > 0 else "")
        self.warnings.setVisible(bool(shown))

    def _warnings(self) -> list[str]:
        rules = self.sheet.rules_so_far()
        if self._known is None or not rules:
            return []
        known = self._known
        return rule_warnings(self._plan, rules, known.limits, self.sheet.categories, known.typical)

    # doing ---------------------------------------------------------------------------

    @Slot(bool)
    def _on_skip(self, skip: bool) -> None:
        self.sheet.set_copays_skip(skip)
        self.table.put_sheet()
        self._refresh()

    @Slot()
    def _on_fields(self) -> None:
        index = self.table.currentIndex()
        self.open_fields(max(index.row(), 0), max(index.column() - 1, 0))

    @Slot(int, int)
    def open_fields(self, place: int, column: int) -> None:
        """Every field of one rule; the column of the limitations opens the first network's."""
        from ui.dialogs.plan_rule_edit import PlanRuleEdit

        column = min(column, self.sheet.last_column - 1)
        row, tier = self.sheet.rows[place], self.sheet.tiers[column]
        editor = PlanRuleEdit(self, self._plan, self.sheet.rule_at(place, column), row.about, tier)
        editor.taken.connect(lambda rule: self._take_rule(place, column, rule))
        editor.finished.connect(lambda: self.table.setFocus())
        editor.open()

    def _take_rule(self, place: int, column: int, rule: CostSharingRule) -> None:
        self.sheet.put_rule(place, column, rule)
        self.table.put_sheet()
        self._refresh()

    @Slot()
    def choose_service(self) -> None:
        """A row for one more service, from the list or new to it."""
        from ui.dialogs.service_categories import ServiceCategories

        chooser = ServiceCategories(self._context, self)
        chooser.chosen.connect(self._on_service)
        chooser.open()

    @Slot(str)
    def _on_service(self, code: str) -> None:
        self.sheet.categories |= self._context.services.coverage.categories()
        place = self.sheet.add(code)
        self.table.put_sheet()
        self.table.edit_at(place, 0)

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        try:
            rules = self.sheet.rules()
        except UserProblem:
            wrong = self.sheet.first_wrong()
            if wrong is not None:
                self.table.setFocus()
                self.table.edit_at(*wrong)
            raise
        plan, plans, added = self._plan, self._context.services.plans, self.sheet.new_categories()
        return self.commit(
            self._context, lambda: plans.save_rules(plan, rules, added), "Saving what you pay"
        )

    def reject(self) -> None:
        """Leave; what was typed can be had back for a while."""
        count = self.sheet.changed
        super().reject()
        if count:
            context, parent, plan, sheet = self._context, self.parentWidget(), self._plan, self.sheet
            rows = "1 row was" if count == 1 else f"{count} rows were"
            context.shell.toast(
                f"{rows} not saved, {plan.name}",
                lambda: PlanRulesDialog(context, parent, plan=plan, draft=sheet).open(),
            )
