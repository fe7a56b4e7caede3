"""The card with what the plan makes you pay for each service."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tracker.facts import Network
from ui.models.coverage_choice import Choice
from ui.models.coverage_words import NETWORKS, short
from ui.models.pay_rows import FEW, NOT_COVERED, PayRow, matches, pay_rows, tier_choices
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_empty import TwoWays
from ui.pages.coverage_read import CoverageYear
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_UNDER = "\u2003"
"""Before the name of a sub-category, so that it stands below its parent."""


class PayCard(Card):
    """Rows are opened with Enter or a double click: `asked` carries the code of the service."""

    asked = Signal(str)
    edit_asked = Signal()
    import_asked = Signal()
    row_reached = Signal(object)
    """The table's viewport and where its current row lies in it, to bring that into view."""

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("What you pay", parent=parent)
        self._year: CoverageYear | None = None
        self._choice: Choice | None = None
        self._state = state
        self._count = 0
        self._shows_all = state.text("coverage/services") == "all"
        self._build(state)
        self._wire()
        self._fit()

    def _build(self, state: WindowState) -> None:
        self.edit_button = IconButton("edit", "Edit what you pay", bare=True)
        self.add_header_widget(self.edit_button)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter services")
        self.filter.setAccessibleName("Filter services")
        self.filter.setClearButtonEnabled(True)
        self.tier_edit = OptionEdit()
        self.tier_edit.setAccessibleName("Network tier")
        self._controls = QWidget()
        self._controls.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self._controls)
        for widget in (self.filter, self.tier_edit):
            flow.addWidget(widget)
        self.body.addWidget(self._controls)
        self._model: RowTableModel[PayRow] = RowTableModel(_columns(), lambda row: row.number, self)
        self.table = LedgerTable(self._model, "What you pay", state=state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.nothing = Label("", "quiet", wrap=True)
        self.body.addWidget(self.nothing)
        self.ask_button = PlainButton("What will it cost?")
        self.ask_button.setToolTip("Ask for the selected service")
        self.all_button = LinkButton("Show all services")
        self._below = QWidget()
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        below = Flow(self._below)
        below.addWidget(self.ask_button)
        below.addWidget(self.all_button)
        self.body.addWidget(self._below)
        self.empty = TwoWays(
            "No rules yet",
            "Copy them once from your plan's Summary of Benefits and Coverage. From then on you see what "
            "each service costs you, and what the next one will.",
            ("Enter what you pay", self.edit_asked.emit),
            ("Take it from the CMS files", self.import_asked.emit),
        )
        self.body.addWidget(self.empty)

    def _wire(self) -> None:
        self.edit_button.clicked.connect(self.edit_asked)
        self.filter.textChanged.connect(self._filter)
        self.tier_edit.edited.connect(self._show)
        self.ask_button.clicked.connect(self._on_ask)
        self.all_button.clicked.connect(self._on_all)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._on_selection)
        self.table.typed.connect(self._on_typed)
        self.table.row_reached.connect(self.row_reached)
        theme().changed.connect(self._fit)

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        self._year, self._choice = year, choice
        tiers = tier_choices(choice.plan, choice.network)
        self.tier_edit.set_options(
            [(tier.code, short(tier.name[:1].upper() + tier.name[1:], 30)) for tier in tiers]
        )
        self.tier_edit.setVisible(len(tiers) > 1)
        self._show()

    def least_width(self) -> int:
        """Room to read the rules without cutting most of them; with less, cards go below each other."""
        return max(super().least_width(), theme().px(540) if not self.table.isHidden() else 0)

    def tier(self) -> str:
        """The network tier that is shown."""
        return self.tier_edit.key()

    def find_text(self, text: str) -> None:
        self.filter.setText(text)

    @Slot()
    def _show(self) -> None:
        year, choice = self._year, self._choice
        if year is None or choice is None:
            return
        rows = pay_rows(choice.year, year.categories, self.tier(), choice.person_id)
        self._count = len(rows)
        self._model.set_rows(rows)
        self._filter()

    def _say(self) -> None:
        choice = self._choice
        assert choice is not None
        shown, any_rules = len(self._model.rows), bool(choice.year.terms.rules)
        where = NETWORKS[choice.network]
        if self.filter.text().strip() and self._count:
            self.set_note(f"{shown:,} of {self._count:,}")
        else:
            self.set_note(where if self._count else "")
        self._controls.setVisible(self._count > 0 or not self.tier_edit.isHidden())
        self.filter.setVisible(self._count > 0)
        self._below.setVisible(shown > 0)
        self.all_button.setVisible(self._count > FEW and not self.filter.text().strip())
        words = "Show fewer services" if self._shows_all else f"Show all {self._count:,} services"
        self.all_button.setText(words)
        self.edit_button.setVisible(any_rules)
        self.table.setVisible(shown > 0)
        self.empty.setVisible(not any_rules)
        self.nothing.setVisible(any_rules and not shown)
        if self._count:
            self.nothing.setText("No service matches the filter.")
        elif choice.network is Network.OUT:
            self.nothing.setText("Your plan has no rules out of network here. Enter them with the pencil.")
        else:
            self.nothing.setText("No rules are entered for this tier. Enter them with the pencil.")
        self._on_selection()

    @Slot()
    def _filter(self) -> None:
        """What is typed looks into all services; nothing typed shows those many ask about."""
        words = self.filter.text().casefold().split()
        if words:
            self._model.set_filter(lambda row: matches(row, words))
        elif self._shows_all or self._count <= FEW:
            self._model.set_filter(None)
        else:
            self._model.set_filter(lambda row: row.is_usual)
        if self._choice is not None:
            self._say()

    @Slot()
    def _on_all(self) -> None:
        self._shows_all = not self._shows_all
        self._state.keep_text("coverage/services", "all" if self._shows_all else "usual")
        self._filter()

    @Slot()
    def _on_selection(self) -> None:
        self.ask_button.setEnabled(len(self.table.selected_rows()) == 1)

    @Slot()
    def _on_ask(self) -> None:
        rows = self.table.selected_rows()
        if len(rows) == 1:
            self._on_opened(rows[0])

    @Slot(object)
    def _on_opened(self, row: PayRow) -> None:
        self.asked.emit(row.code)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(200))


def _columns() -> list[Column[PayRow]]:
    return [
        Column("Service", _name, stretch=6, tooltip=_service_tip),
        Column("You pay", lambda row: row.you_pay, stretch=6, tooltip=_pay_tip, tone=_pay_tone),
        Column("Deductible", lambda row: row.deductible, stretch=5, tooltip=lambda row: row.deductible),
        Column(
            "Needs",
            lambda row: row.needs,
            width=150,
            stretch=5,
            tooltip=lambda row: row.needs,
            tone=lambda row: "warning" if row.warns else "",
        ),
    ]


def _name(row: PayRow) -> str:
    return f"{_UNDER if row.under else ''}{row.name}"


def _service_tip(row: PayRow) -> str:
    return "\n".join(part for part in (row.name, row.more) if part)


def _pay_tip(row: PayRow) -> str:
    return "\n".join(part for part in (row.you_pay, row.more) if part)


def _pay_tone(row: PayRow) -> str:
    return "quiet" if row.you_pay == NOT_COVERED else ""
