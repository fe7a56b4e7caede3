"""Settings: everything that falls due again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.changes import Area, Changes
from tracker.dates import Period, add_months, day_text
from tracker.domain.recurring import due_days
from tracker.facts import Recurring
from tracker.money import dollars
from ui.models.membership_words import FREQUENCIES
from ui.models.table import Column
from ui.pages.settings_section import ListSection


@dataclass(frozen=True, slots=True)
class RecurringRow:
    """A recurring payment with names instead of ids; `next_due` None once it is over."""

    item: Recurring
    line: str
    owner: str
    next_due: date | None


class RecurringSection(ListSection[RecurringRow]):
    """Fees and premiums stand here too; they are changed where they belong."""

    SHOWS = Area.RECURRING | Area.MEMBERSHIPS | Area.PLANS | Area.BUDGET | Area.ACCOUNTS
    TITLE = "Recurring payments"
    SENTENCE = (
        "They propose themselves when due. Membership fees and premiums are changed with their "
        "membership or plan."
    )
    ADD_TEXT = "Add recurring payment"
    EMPTY = ("Nothing recurring yet", "Fees and premiums come with your membership and plan.")

    def columns(self) -> list[Column[RecurringRow]]:
        return [
            Column("What for", lambda row: row.item.label, stretch=2),
            Column("Amount", lambda row: dollars(row.item.amount), right=True),
            Column("How often", lambda row: FREQUENCIES[row.item.frequency]),
            Column(
                "Next due",
                lambda row: day_text(row.next_due) if row.next_due else "Ended",
                tone=lambda row: "" if row.next_due else "quiet",
            ),
            Column("Budget line", lambda row: row.line, stretch=1, tone=lambda _: "quiet"),
            Column("Belongs to", lambda row: row.owner, tone=lambda _: "quiet"),
        ]

    def key(self, row: RecurringRow) -> int:
        return row.item.id or 0

    def read(self) -> Sequence[RecurringRow]:
        services, today = self._context.services, self._context.today
        lines = {line.id: line.name for line in services.budget.categories()}
        rows = [
            RecurringRow(item, lines.get(item.category_id, ""), _owner(item), _next_due(item, today))
            for item in services.recurring.all()
        ]
        return sorted(rows, key=lambda row: (row.next_due is None, row.next_due or today))

    def add(self) -> None:
        from ui.dialogs.recurring_editor import RecurringEditor

        RecurringEditor(self._context, self).open()

    def edit(self, row: RecurringRow) -> None:
        if row.item.membership_id is not None:
            self._context.shell.go_to("membership", row.item.membership_id)
        elif row.item.plan_id is not None:
            self._context.shell.go_to("coverage")
        else:
            from ui.dialogs.recurring_editor import RecurringEditor

            RecurringEditor(self._context, self, recurring=row.item).open()

    def remove(self, row: RecurringRow) -> Callable[[], Changes] | None:
        if row.owner:
            return None
        recurring = self._context.services.recurring
        return lambda: recurring.remove(row.item.id or 0)

    def selection_shown(self, row: RecurringRow | None) -> None:
        owned = row is not None and bool(row.owner)
        self.edit_button.setText(f"Go to {row.owner.lower()}" if row is not None and owned else "Edit")
        self.remove_button.setEnabled(row is not None and not owned)


def _owner(item: Recurring) -> str:
    if item.membership_id is not None:
        return "Membership"
    return "Plan" if item.plan_id is not None else ""


def _next_due(item: Recurring, today: date) -> date | None:
    return next(iter(due_days(item, Period(today, add_months(max(today, item.first_due), 13)))), None)
