"""Last step of taking a plan from the CMS files: what was read, and what is to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.facts import IN, OUT
from tracker.imports.cms_answers import (
    LEAVE_OUT,
    NOT_COVERED,
    OpenItem,
    Place,
    Remark,
    check_answer,
)
from tracker.wording import count_of
from ui.dialogs.plan_import_step import ImportStep
from ui.models.plan_import_rows import LimitRow, PriceRow, limit_rows, price_rows
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton, Segmented
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

if TYPE_CHECKING:
    from tracker.imports.cms_draft import PlanDraft

_HOW = (
    "Press Enter on a line and type what your plan\u2019s papers say, such as \u201c$40 copay after "
    "deductible\u201d, \u201c20%\u201d, \u201cNo charge\u201d or \u201cNot covered\u201d."
)
_UNSAID = (
    "The files do not say which services need prior authorization, nor what a stay, a visit or a drug "
    "costs in all. Look these up in your plan\u2019s document."
)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to fill in, with the answer so far; None where there is none."""

    key: int
    item: OpenItem
    answer: str | None

    @property
    def taken(self) -> str:
        nothing = "No limit" if self.item.amount else "Left out"
        return (self.item.taken if self.answer is None else self.answer) or nothing


class CheckStep(ImportStep):
    """Four views of what was read. `answers` are the member's; `answered` tells that one changed."""

    title = "What was read"
    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: dict[Place, str] = {}
        self._items: list[OpenItem] = []
        self.summary = Label("", "bold", wrap=True)
        self.warnings = Label("", tone="warning", wrap=True)
        self.view = Segmented(
            [
                ("prices", "Prices"),
                ("limits", "Limits"),
                ("open", "To fill in"),
                ("remarks", "Notes"),
            ],
            "What to look at",
        )
        self.prices = _table(_price_columns(), "What you pay")
        self.limits = _table(_limit_columns(), "Limits")
        self.open = _table(self._open_columns(), "To fill in")
        self.remarks = _table(_remark_columns(), "Notes")
        self._stack = QStackedWidget()
        for page in (self.prices, self.limits, self._open_page(), self._remarks_page()):
            self._stack.addWidget(page)
        self.rows.addWidget(self.summary)
        self.rows.addWidget(self.warnings)
        self.rows.addWidget(self.view)
        self.rows.addWidget(self._stack, 1)
        self.view.changed.connect(self._on_view)
        self.open.opened.connect(self._on_opened)
        self.open.selectionModel().currentChanged.connect(self._on_current)
        self.not_covered.clicked.connect(self._on_not_covered)
        self.leave_out.clicked.connect(self._on_leave_out)
        self.as_it_was.clicked.connect(self._on_as_it_was)

    def first_field(self) -> QWidget | None:
        return self.open if self.view.key() == "open" else self.view

    def begin(self, draft: PlanDraft) -> None:
        """Show a draft from its beginning: what is to be filled in comes first."""
        self.show_draft(draft)
        self.show_view("open" if draft.open else "prices")

    def forget(self) -> None:
        """Forget all answers: they belong to another plan."""
        self.answers = {}

    def show_view(self, view: str) -> None:
        """Show prices, limits, open or remarks."""
        self.view.choose(view)
        self._on_view(view)

    def show_draft(self, draft: PlanDraft) -> None:
        """What the plan would be with the answers so far."""
        self._items = list(draft.open)
        tiers = [tier.code for tier in draft.plan.tiers]
        self.prices.setColumnHidden(2, len(tiers) < 3)
        self.prices.rows_model.set_rows(price_rows(draft))
        self.limits.rows_model.set_rows(limit_rows(draft))
        self.remarks.rows_model.set_rows([_Remark(key, one) for key, one in enumerate(draft.remarks)])
        self._show_items()
        left = sum(1 for row in self._rows() if row.answer is None)
        self.warnings.setText("\n".join(draft.warnings))
        self.warnings.setVisible(bool(draft.warnings))
        self.summary.setText(_summary(draft, left, len(self._items)))
        self.summary.set_tone("warning" if left else "")

    # ours ----------------------------------------------------------------------------

    def _open_page(self) -> QWidget:
        page, rows = _page()
        self.how = Label(_HOW, "quiet", wrap=True)
        self.why = Label("", wrap=True)
        self.nothing_open = Label("Everything in the files was understood.", "quiet")
        self.not_covered = PlainButton("Not covered")
        self.leave_out = PlainButton("Leave out")
        self.as_it_was = PlainButton("As before")
        self.not_covered.setToolTip("The plan pays nothing for the selected lines")
        self.leave_out.setToolTip("The plan gets no rule for the selected lines; you can add one later")
        self.as_it_was.setToolTip("Take back what you said for the selected lines")
        self._buttons = QWidget()
        flow = Flow(self._buttons)
        for button in (self.not_covered, self.leave_out, self.as_it_was):
            flow.addWidget(button)
        rows.addWidget(self.how)
        rows.addWidget(self.nothing_open)
        rows.addWidget(self.open, 1)
        rows.addWidget(self.why)
        rows.addWidget(self._buttons)
        return page

    def _remarks_page(self) -> QWidget:
        page, rows = _page()
        rows.addWidget(Label(_UNSAID, "quiet", wrap=True))
        rows.addWidget(self.remarks, 1)
        return page

    def _open_columns(self) -> tuple[Column[_Item], ...]:
        return (
            Column("Service", lambda row: row.item.service, width=150, stretch=3, tooltip=_why),
            Column("Where", lambda row: row.item.tier, width=110),
            Column("The file says", lambda row: row.item.phrase or "nothing", width=130, stretch=3),
            Column(
                "Take",
                lambda row: row.taken,
                width=150,
                stretch=3,
                tone=lambda row: "warning" if row.answer is None else "",
                edit=self._on_typed,
                edit_text=lambda row: row.answer or row.item.phrase,
            ),
        )

    def _rows(self) -> list[_Item]:
        return [_Item(key, item, self.answers.get(item.place)) for key, item in enumerate(self._items)]

    def _show_items(self) -> None:
        rows = self._rows()
        self.open.rows_model.set_rows(rows)
        for part in (self.how, self.open, self.why, self._buttons):
            part.setVisible(bool(rows))
        self._on_current()
        self.nothing_open.setVisible(not rows)

    def _on_typed(self, row: _Item, text: str) -> None:
        self._answer([row], check_answer(row.item, text))

    def _answer(self, rows: Iterable[_Item], answer: str | None) -> None:
        for row in rows:
            if answer is None:
                self.answers.pop(row.item.place, None)
            elif answer != NOT_COVERED or not row.item.amount:
                self.answers[row.item.place] = answer
        self._show_items()
        self.answered.emit()

    @Slot(str)
    def _on_view(self, view: str) -> None:
        self._stack.setCurrentIndex(("prices", "limits", "open", "remarks").index(view))

    @Slot()
    def _on_current(self) -> None:
        """Say in whole why the line is asked that the keyboard stands on."""
        row = self.open.current_row()
        self.why.setText(_why(row) if isinstance(row, _Item) else "Choose a line to see why it is asked.")

    @Slot(object)
    def _on_opened(self, row: _Item) -> None:
        place = self.open.rows_model.index_of(row.key).row()
        self.open.go_to_cell(place, len(self.open.rows_model.columns) - 1, by_keyboard=True)
        self.open.edit(self.open.currentIndex())

    @Slot()
    def _on_not_covered(self) -> None:
        self._answer(self.open.selected_rows(), NOT_COVERED)

    @Slot()
    def _on_leave_out(self) -> None:
        self._answer(self.open.selected_rows(), LEAVE_OUT)

    @Slot()
    def _on_as_it_was(self) -> None:
        self._answer(self.open.selected_rows(), None)


@dataclass(frozen=True, slots=True)
class _Remark:
    key: int
    remark: Remark


def _table(columns: Sequence[Column[Any]], name: str) -> LedgerTable:
    model: RowTableModel[Any] = RowTableModel(columns, key=lambda row: row.key)
    return LedgerTable(model, name, row_height=30)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(8)
    return page, rows


def _price_columns() -> tuple[Column[PriceRow], ...]:
    return (
        Column("Service", lambda row: row.service, width=160, stretch=3),
        Column("In network", lambda row: row.tiers.get(IN, "Left out"), width=150, stretch=2),
        Column("In network, tier 2", lambda row: row.tiers.get("IN2", "Left out"), width=140, stretch=2),
        Column("Out of network", lambda row: row.tiers.get(OUT, "Left out"), width=130, stretch=2),
        Column(
            "The file says",
            lambda row: " ".join(part for part in (row.said, row.limit) if part),
            width=150,
            stretch=3,
            tone=lambda _row: "quiet",
        ),
    )


def _limit_columns() -> tuple[Column[LimitRow], ...]:
    return (
        Column("Limit", lambda row: row.name, width=200, stretch=3),
        Column("Each person", lambda row: row.person or "None", right=True, width=110),
        Column("Family", lambda row: row.family or "None", right=True, width=110),
        Column("Who fills it", lambda row: row.how, width=160, stretch=2, tone=lambda _row: "quiet"),
    )


def _remark_columns() -> tuple[Column[_Remark], ...]:
    return (
        Column("About", lambda row: row.remark.about, width=170, stretch=3),
        Column("The file says", lambda row: row.remark.phrase, width=130, stretch=2),
        Column("What to know", lambda row: row.remark.why, width=220, stretch=4),
    )


def _why(row: _Item) -> str:
    item = row.item
    where = f", {item.tier}" if item.tier else ""
    said = (
        f" The file says \u201c{item.phrase}\u201d." if item.phrase and item.phrase not in item.why else ""
    )
    return f"{item.service}{where}: {item.why}{said}"


def _summary(draft: PlanDraft, left: int, asked: int) -> str:
    services = len({rule.category for rule in draft.rules})
    words = f"{count_of(services, 'service')} were read."
    if services == 1:
        words = "1 service was read."
    if left:
        whole = f"{left:,} of {asked:,} lines" if left < asked else count_of(left, "line")
        it = "it is" if left == 1 else "they are"
        words += f" {whole} could not be understood: fill in what you know, or {it} taken as shown."
    return words
