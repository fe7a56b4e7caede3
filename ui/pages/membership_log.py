"""The contact log: visits, calls and messages with what was promised, and visits still to be completed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.membership.log_rows import LogRow
from tracker.services.membership_included import IncludedFacts
from ui.context import Context
from ui.models import included_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.giving_way_table import GivingWayTable
from ui.widgets.label import Label

_GIVING_WAY = (("Asked", 940), ("Instead of", 800), ("Minutes", 600), ("Waited", 600))
"""The width at 100 % text that the table needs for each."""


class LogCard(Card):
    """Enter opens a contact, or completes a visit; Delete removes contacts, never visits."""

    reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Visits and contacts", parent=parent)
        self._context = context
        self._facts: IncludedFacts | None = None
        self.model: RowTableModel[LogRow] = RowTableModel(self._columns(), key=_key, parent=self)
        self.table = GivingWayTable(
            self.model,
            "Visits and contacts",
            _GIVING_WAY,
            row_height=34,
            sortable=True,
            state=context.state,
        )
        self.add_table(self.table)
        self.to_complete = Label("", "caption", wrap=True)
        self.body.addWidget(self.to_complete)
        self.below = QWidget()
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self.below)
        self.open_button, self.remove_button = PlainButton("Open\u2026"), PlainButton("Remove")
        flow.addWidget(self.open_button)
        flow.addWidget(self.remove_button)
        self.body.addWidget(self.below)
        self.empty = EmptyState(
            "No contacts in this year",
            "Enter each visit, call and message. Then you see what one costs you, whether promises are "
            "kept, and what the membership took the place of.",
            "Add a contact",
            self.add_contact,
        )
        self.body.addWidget(self.empty)
        self.table.opened.connect(self.open_row)
        self.table.delete_requested.connect(self._remove)
        self.table.selection_changed.connect(self._on_selection)
        self.table.row_reached.connect(self.reached)
        self.open_button.clicked.connect(self._on_open)
        self.remove_button.clicked.connect(self._on_remove)
        self._on_selection()

    def _columns(self) -> list[Column[LogRow]]:
        return [
            Column("Seen", self._seen, order=_moment),
            Column("How", lambda row: words.KINDS[row.judged.kind]),
            Column("Who", self._who),
            Column(
                "Minutes",
                lambda row: "" if row.minutes is None else str(row.minutes),
                order=lambda row: row.minutes,
                right=True,
            ),
            Column("Asked", words.asked_words, order=_asked),
            Column("Waited", words.waited_words, order=lambda row: row.waited, right=True),
            Column("Promise", words.promise_words, tone=words.promise_tone),
            Column("Instead of", self._instead),
            Column("What for", self._what, stretch=1, tone=lambda row: "" if row.contact else "quiet"),
            Column(
                "",
                lambda row: "" if row.contact else "Complete",
                tone=lambda _: "accent",
                on_open=self.open_row,
            ),
        ]

    def show_facts(self, facts: IncludedFacts) -> None:
        self._facts = facts
        has_any = bool(facts.log)
        self.model.set_rows(facts.log)
        several = len(facts.shown.membership.person_ids) > 1
        loose = sum(row.contact is None for row in facts.log)
        unused = {"Who": not several, "": not loose}
        self.table.left_out = frozenset(heading for heading, away in unused.items() if away)
        self.table.make_room()
        self.table.fit_height_to_rows()
        plural = "visits stand" if loose != 1 else "visit stands"
        self.to_complete.setText(
            f"{loose} {plural} only in your care log. Complete what was used and what it took the place of."
            if loose
            else ""
        )
        self.to_complete.setVisible(loose > 0)
        self.set_note(words.contacts_figure(facts).caption if has_any else "")
        for widget in (self.table, self.below):
            widget.setVisible(has_any)
        self.empty.setVisible(not has_any)

    # acting --------------------------------------------------------------------------

    @Slot()
    def add_contact(self) -> None:
        """Enter a new one."""
        from ui.dialogs.contact_editor import ContactEditor

        if self._facts is not None:
            ContactEditor(self._context, self, facts=self._facts).open()

    @Slot(object)
    def open_row(self, row: LogRow) -> None:
        """Change a contact, or complete a visit of the care log."""
        from ui.dialogs.contact_editor import ContactEditor

        if self._facts is not None:
            visit = row.visit if row.contact is None else None
            editor = ContactEditor(self._context, self, facts=self._facts, contact=row.contact, visit=visit)
            editor.open()

    @Slot(list)
    def _remove(self, rows: list[LogRow]) -> None:
        """Remove contacts; the toast offers to undo it. Visits stay in the care log."""
        ids = [row.contact.id for row in rows if row.contact and row.contact.id is not None]
        if ids:
            use = self._context.services.membership_use
            self._context.commit(self, lambda: use.remove_contacts(ids))
        elif rows:
            self._context.shell.toast("This visit stands in your care log; it is removed there.")

    @Slot()
    def _on_open(self) -> None:
        rows = self.table.selected_rows()
        if len(rows) == 1:
            self.open_row(rows[0])

    @Slot()
    def _on_remove(self) -> None:
        self._remove(self.table.selected_rows())

    @Slot()
    def _on_selection(self) -> None:
        rows = self.table.selected_rows()
        self.open_button.setEnabled(len(rows) == 1)
        self.remove_button.setEnabled(any(row.contact for row in rows))

    # cells ---------------------------------------------------------------------------

    def _seen(self, row: LogRow) -> str:
        return words.seen_cell(row, self._facts.shown.year.period.begin.year if self._facts else 0)

    def _who(self, row: LogRow) -> str:
        return self._facts.people.get(row.person_id or 0, "") if self._facts else ""

    def _instead(self, row: LogRow) -> str:
        if self._facts is None or row.contact is None or not row.contact.instead_of:
            return ""
        return words.category_name(self._facts.categories, row.contact.instead_of)

    def _what(self, row: LogRow) -> str:
        return words.used_words(row, self._facts.services if self._facts else ())


def _key(row: LogRow) -> int:
    """Contacts by their id, visits by theirs below zero."""
    if row.contact is not None:
        return row.contact.id or 0
    return -(row.visit.id or 0) if row.visit else 0


def _moment(row: LogRow) -> float:
    at = row.judged.seen_at
    return row.on.toordinal() + ((at.hour + at.minute / 60) / 24 if at else 0.0)


def _asked(row: LogRow) -> float | None:
    at = row.judged.requested_at
    return None if at is None else at.toordinal() + (at.hour + at.minute / 60) / 24
