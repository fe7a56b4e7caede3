"""The card with coverage the ledger has no plan for, which decides about HSA months too."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.facts.accounts import Cover, Tier
from tracker.services.hsa_year import HsaYear
from ui.context import Context
from ui.models.accounts_words import COVERAGES, TIERS
from ui.models.table import Column
from ui.pages.coverage_list import ListCard


class CoversCard(ListCard[Cover]):
    """Added, changed and removed here; plans of the Coverage page count by themselves."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "Other coverage",
            _columns(),
            lambda row: row.id or 0,
            context.state,
            add=("Add coverage", self.add),
            empty=(
                "",
                "Plans of the Coverage page count by themselves. Add what is not there: Medicare, TRICARE, "
                "a spouse's plan or FSA, an earlier HDHP.",
            ),
            small=True,
            parent=parent,
        )
        self._context = context
        self._person_id: int | None = None
        self.opened.connect(self._on_open)
        self.removal_asked.connect(self._on_remove_asked)

    def show_year(self, shown: HsaYear) -> None:
        """Show the other coverage of the person."""
        self._person_id = shown.person.id
        self.set_title(f"Other coverage of {shown.person.name}")
        self.show_rows(shown.covers)

    @Slot()
    def add(self) -> None:
        """Add coverage."""
        self._edit(None)

    def _edit(self, cover: Cover | None) -> None:
        from ui.dialogs.cover_editor import CoverEditor

        CoverEditor(self._context, self, cover=cover, person_id=self._person_id).open()

    @Slot(object)
    def _on_open(self, row: Cover) -> None:
        self._edit(row)

    @Slot(list)
    def _on_remove_asked(self, rows: list[Cover]) -> None:
        untaxed, ids = self._context.services.untaxed, [row.id or 0 for row in rows]
        self._context.commit(self, lambda: untaxed.remove_covers(ids))


def _columns() -> list[Column[Cover]]:
    return [
        Column("Coverage", lambda row: COVERAGES[row.kind], stretch=2, tooltip=_tip),
        Column("Name", lambda row: row.name, stretch=2, tooltip=lambda row: row.name),
        Column("Whom", lambda row: "" if row.tier is Tier.SELF else TIERS[row.tier]),
        Column("From", lambda row: day_text(row.begins_on), order=lambda row: row.begins_on),
        Column(
            "Until",
            lambda row: day_text(row.ends_on) if row.ends_on else "Open",
            order=lambda row: row.ends_on,
        ),
    ]


def _tip(row: Cover) -> str:
    return COVERAGES[row.kind]
