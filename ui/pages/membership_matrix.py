"""The matrix: what the fee includes, excludes or charges for, how often, and how much of it was used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.domain.membership.service_matrix import UseCount
from tracker.errors import UserProblem
from tracker.facts import ServiceCategory
from tracker.facts.membership import Included, MembershipService
from tracker.money import Cents, dollars, dollars_or_blank, parse_cents
from tracker.services.membership_included import IncludedFacts
from ui.context import Context
from ui.models import included_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.giving_way_table import GivingWayTable
from ui.widgets.label import Label
from ui.widgets.money_edit import amount_text

_MOST_A_YEAR = 366
_GIVING_WAY = (("Counts as", 820), ("Last used", 640), ("List price", 640), ("Extra fee", 480))
"""The width at 100 % text that the table needs for each; the form of the service has them all."""


class MatrixCard(Card):
    """Cells are typed into; the cell of the agreement opens four choices. Delete removes the row.

    `reached` carries the table's viewport and where its current row lies in it.
    """

    reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("What the membership includes", parent=parent)
        self._context = context
        self._facts: IncludedFacts | None = None
        self._categories: Mapping[str, ServiceCategory] = {}
        self.usual = Label("", "quiet", wrap=True)
        self.body.addWidget(self.usual)
        self.model: RowTableModel[UseCount] = RowTableModel(self._columns(), key=self._key, parent=self)
        self.table = GivingWayTable(
            self.model, "What the membership includes", _GIVING_WAY, row_height=34, state=context.state
        )
        self.add_table(self.table)
        self.add_row_button = PlainButton("Add a service\u2026", "plus")
        self.edit_button = PlainButton("Edit\u2026")
        self.remove_button = PlainButton("Remove")
        below = QWidget()
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(below)
        for button in (self.add_row_button, self.edit_button, self.remove_button):
            flow.addWidget(button)
        self.body.addWidget(below)
        self.add_row_button.clicked.connect(self.add_service)
        self.edit_button.clicked.connect(self._on_edit)
        self.remove_button.clicked.connect(self._on_remove)
        self.table.delete_requested.connect(self._remove)
        self.table.selection_changed.connect(self._on_selection)
        self.table.row_reached.connect(self.reached)
        self._on_selection()

    def _columns(self) -> list[Column[UseCount]]:
        return [
            Column("Service", lambda row: row.service.name, stretch=1, edit=self._rename),
            Column(
                "Agreement",
                lambda row: words.STATES[row.service.state],
                tone=lambda row: words.STATE_TONES[row.service.state],
                tooltip=lambda _: "Press Enter or click to choose",
                pill=True,
                on_open=self.choose_state,
            ),
            Column(
                "A year",
                lambda row: "" if row.service.per_year is None else str(row.service.per_year),
                right=True,
                edit=self._limit,
                tooltip=lambda _: "How often it is included in a year; empty for no limit",
            ),
            Column(
                "Used",
                lambda row: str(row.used) if row.used else "",
                right=True,
                on_open=self.show_why,
                tooltip=lambda row: row.why,
            ),
            Column(
                "Left",
                words.left_words,
                right=True,
                tone=lambda row: "bad" if row.beyond else "",
                on_open=self.show_why,
                tooltip=lambda row: row.why,
            ),
            Column("Last used", lambda row: day_text(row.last_on, year=False) if row.last_on else ""),
            Column(
                "Extra fee",
                lambda row: dollars_or_blank(row.service.extra_fee),
                right=True,
                edit=self._extra_fee,
                edit_text=lambda row: _typed(row.service.extra_fee),
            ),
            Column(
                "List price",
                lambda row: dollars_or_blank(row.service.list_price),
                right=True,
                edit=self._list_price,
                edit_text=lambda row: _typed(row.service.list_price),
                tooltip=lambda _: "What the practice asks others for it",
            ),
            Column(
                "Counts as",
                lambda row: words.category_name(self._categories, row.service.category),
                tone=lambda _: "quiet",
                on_open=self.edit_service,
                tooltip=lambda _: "The kind of care by which your plan knows it; opens the form",
            ),
        ]

    # showing -------------------------------------------------------------------------

    def show_facts(self, facts: IncludedFacts) -> None:
        self._facts = facts
        self._categories = facts.categories
        said = sum(item.state is not None for item in facts.services)
        self.set_note(f"{said} of {len(facts.services)} answered")
        self.usual.setText(words.USUAL_LIST if facts.is_usual else "")
        self.usual.setVisible(facts.is_usual)
        self.model.set_rows(facts.counts)
        self.table.fit_height_to_rows()

    def show_why(self, row: UseCount) -> None:
        """When a service was used, and how often it still may be."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self._facts is None:
            return
        days = [
            item for item in self._facts.log if item.contact and row.service.code in item.contact.services
        ]
        said = tuple(f"{words.KINDS[item.judged.kind]} on {words.seen_words(item)}." for item in days)
        SentencesWhy(row.service.name, row.why, [("Used", said)] if said else [], self).open()

    # changing ------------------------------------------------------------------------

    def choose_state(self, row: UseCount) -> None:
        """Open the four choices under the cell."""
        menu = self.state_menu(row)
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        index = self.model.index_of(self._key(row))
        box = self.table.visualRect(self.model.index(index.row(), 1))
        menu.popup(self.table.viewport().mapToGlobal(QPoint(box.left(), box.bottom())))

    def state_menu(self, row: UseCount) -> QMenu:
        """What an agreement can say of a service; the present answer is ticked."""
        menu = QMenu(self)
        menu.setAccessibleName(f"What the agreement says of {row.service.name}")
        for state, said in words.STATES.items():
            action = menu.addAction(said)
            action.setCheckable(True)
            action.setChecked(state is row.service.state)
            action.triggered.connect(lambda _checked=False, state=state: self._set_state(row, state))
            if state is row.service.state:
                menu.setActiveAction(action)
        return menu

    @Slot()
    def add_service(self) -> None:
        """Add a service of the agreement's own."""
        from ui.dialogs.service_row import ServiceRowEditor

        if self._facts is not None:
            ServiceRowEditor(self._context, self, facts=self._facts).open()

    def edit_service(self, row: UseCount) -> None:
        """Open the form with everything about a service."""
        from ui.dialogs.service_row import ServiceRowEditor

        if self._facts is not None:
            ServiceRowEditor(self._context, self, facts=self._facts, service=row.service).open()

    def _rename(self, row: UseCount, text: str) -> None:
        name = " ".join(text.split())
        if not name:
            raise UserProblem("The service has no name.", "Type one, or press Delete to remove the row.")
        if any(item.name.casefold() == name.casefold() for item in self._others(row)):
            raise UserProblem(f"{name} is there already.", "Type another name.")
        self._change(row, lambda item: replace(item, name=name))

    def _limit(self, row: UseCount, text: str) -> None:
        typed = text.strip()
        if typed and not (typed.isascii() and typed.isdigit() and int(typed) <= _MOST_A_YEAR):
            raise UserProblem(
                "How often it is included is a whole number.", f"Type 0 to {_MOST_A_YEAR}, or nothing."
            )
        limit = int(typed) if typed else None
        self._change(row, lambda item: replace(item, per_year=limit))

    def _extra_fee(self, row: UseCount, text: str) -> None:
        fee = _amount(text)

        def with_fee(item: MembershipService) -> MembershipService:
            """A fee for what is not included makes it a service with an extra fee."""
            charged = fee is not None and item.state is not Included.INCLUDED
            return replace(item, extra_fee=fee, state=Included.EXTRA_FEE if charged else item.state)

        self._change(row, with_fee)

    def _list_price(self, row: UseCount, text: str) -> None:
        price = _amount(text)
        self._change(row, lambda item: replace(item, list_price=price))

    def _set_state(self, row: UseCount, state: Included | None) -> None:
        self._change(row, lambda item: replace(item, state=state))

    def _change(self, row: UseCount, change: Callable[[MembershipService], MembershipService]) -> None:
        services = self._services()
        fresh = [change(item) if item.code == row.service.code else item for item in services]
        if fresh != services:
            self._save(fresh, quiet=True)

    def _save(self, fresh: Sequence[MembershipService], *, quiet: bool) -> None:
        if self._facts is None:
            return
        which, use = self._facts.shown.membership.id or 0, self._context.services.membership_use
        self._context.commit(self, lambda: use.save_matrix(which, fresh), quiet=quiet)

    def _services(self) -> list[MembershipService]:
        return list(self._facts.services) if self._facts else []

    def _others(self, row: UseCount) -> list[MembershipService]:
        return [item for item in self._services() if item.code != row.service.code]

    # acting --------------------------------------------------------------------------

    @Slot(list)
    def _remove(self, rows: list[UseCount]) -> None:
        """Take services off the list; the toast offers to undo it."""
        gone = {row.service.code for row in rows}
        left = [item for item in self._services() if item.code not in gone]
        if not left:
            self._context.shell.toast("The list keeps one service. Add another one before removing it.")
            return
        self._save(left, quiet=False)

    @Slot()
    def _on_edit(self) -> None:
        rows = self.table.selected_rows()
        if len(rows) == 1:
            self.edit_service(rows[0])

    @Slot()
    def _on_remove(self) -> None:
        if rows := self.table.selected_rows():
            self._remove(rows)

    @Slot()
    def _on_selection(self) -> None:
        count = len(self.table.selected_rows())
        self.edit_button.setEnabled(count == 1)
        self.remove_button.setEnabled(count > 0)

    def _key(self, row: UseCount) -> int:
        """Rows keep their key while others come and go: it is that of their code."""
        return hash(row.service.code)


def _amount(text: str) -> Cents | None:
    if not text.strip():
        return None
    cents = parse_cents(text)
    if cents < 0:
        raise UserProblem(f"{dollars(cents)} is below zero.", "Type zero or more.")
    return cents


def _typed(cents: Cents | None) -> str:
    return "" if cents is None else amount_text(cents)
