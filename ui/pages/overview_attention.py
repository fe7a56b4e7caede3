"""Needs attention: dues and renewals at once, bills, cases and calls as soon as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tracker.facts import Payment, Snooze
from tracker.reports.attention import Action, Attention, Refund, in_order
from ui.context import Context
from ui.jobs import Job
from ui.widgets.attention_list import AttentionList, AttentionRow
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState

MOST_ATTENTION = 4
_ICONS = {
    Action.RECORD: "clock",
    Action.REVIEW: "refresh",
    Action.CHECK: "warning",
    Action.PLAN: "calendar",
    Action.PAY: "spending",
    Action.DISPUTE: "warning",
    Action.ASK: "phone",
    Action.APPEAL: "warning",
    Action.FOLLOW_UP: "phone",
    Action.OPEN: "calendar",
    Action.CONFIRM: "claims",
    Action.LOOK: "search",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the papers needs the member, and what was put off."""

    items: tuple[Attention, ...]
    put_off: tuple[Snooze, ...]


class AttentionCard(Card):
    """The first few, and all of them when asked. Each has one action and can be put off with a reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Needs attention", parent=parent)
        self._context = context
        self._first: tuple[Attention, ...] = ()
        self._of_papers: tuple[Attention, ...] = ()
        self._put_off: tuple[Snooze, ...] = ()
        self._shows_all = False
        self._stale = True
        self._job: Job[Waiting] | None = None
        self.list = AttentionList()
        self.all_done = EmptyState(
            "Nothing needs you now", "Dues, bills, deadlines and calls to follow up appear here."
        )
        self.more, self.put_off = LinkButton(""), LinkButton("", "clock")
        self.put_off.hide()
        self.body.addWidget(self.list)
        self.body.addWidget(self.more)
        self.body.addWidget(self.put_off)
        self.body.addWidget(self.all_done, 1)
        self.body.addStretch(1)
        self.list.acted.connect(self._on_acted)
        self.list.put_off.connect(self._on_put_off)
        self.more.clicked.connect(self._on_more)
        self.put_off.clicked.connect(self._on_show_put_off)

    @property
    def waiting(self) -> list[Attention]:
        """Everything that needs the member, as far as it is read."""
        return in_order([*self._first, *self._of_papers])

    def show_items(self, items: Iterable[Attention]) -> None:
        """Show what is known without the papers; these are asked for after the next paint."""
        self._first, self._shows_all, self._stale = tuple(items), False, True
        self._show()
        self._read_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_soon()

    def _read_soon(self) -> None:
        if self._stale and self.isVisible():
            QTimer.singleShot(0, self, self._read)

    @Slot()
    def _read(self) -> None:
        if not self._stale:
            return
        self._stale = False
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        service = self._context.services.attention
        self._job = self._context.load(
            self, lambda: Waiting(tuple(service.later()), tuple(service.put_off())), self._take
        )

    def _take(self, waiting: Waiting) -> None:
        self._of_papers, self._put_off = waiting.items, waiting.put_off
        self._show()

    def _show(self) -> None:
        waiting = self.waiting
        items = waiting if self._shows_all else waiting[:MOST_ATTENTION]
        self.list.set_items([_row(item) for item in items])
        self.list.setVisible(bool(items))
        self.all_done.setVisible(not items)
        self.set_note(str(len(waiting)) if waiting else "")
        hidden = len(waiting) - len(items)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {hidden} more")
        self.put_off.setVisible(bool(self._put_off))
        self.put_off.setText(f"{len(self._put_off)} put off")

    # acting --------------------------------------------------------------------------

    def _item(self, row: AttentionRow) -> Attention | None:
        return next((item for item in self.waiting if item.key == row.key), None)

    @Slot(object)
    def _on_acted(self, row: AttentionRow) -> None:
        item = self._item(row)
        if item is None:
            return
        if item.due is not None:
            from ui.dialogs.payment_editor import PaymentEditor

            PaymentEditor.for_due(self._context, self, item.due).open()
        elif item.refund is not None:
            self._record_refund(item.refund)
        elif item.membership_id is not None:
            self._context.shell.go_to("membership", item.membership_id)
        elif item.account_id is not None:
            self._context.shell.go_to("accounts", ("funds", item.account_id))
        elif item.call_id is not None and item.case_id is None:
            self._open_call(item.call_id)
        else:
            self._context.shell.go_to(item.page, item)

    def _record_refund(self, refund: Refund) -> None:
        """Record money that came back; the amount owed is proposed."""
        from ui.dialogs.payment_editor import PaymentEditor

        proposed = Payment(
            paid_on=self._context.today,
            amount=-refund.amount,
            provider_id=refund.provider_id,
            repays_id=refund.repays_id,
        )
        PaymentEditor(self._context, self, prefill=proposed).open()

    def _open_call(self, call_id: int) -> None:
        from ui.dialogs.call_log import CallDialog

        self._context.load(
            self,
            lambda: self._context.services.cases.call(call_id),
            lambda call: CallDialog(self._context, self, call=call).open(),
        )

    @Slot(object)
    def _on_put_off(self, row: AttentionRow) -> None:
        from ui.dialogs.snooze import SnoozeDialog

        item = self._item(row)
        if item is not None:
            SnoozeDialog(self._context, self, key=item.key, what=item.what).open()

    @Slot()
    def _on_show_put_off(self) -> None:
        from ui.dialogs.snooze import put_off_menu

        menu = put_off_menu(self._context, self, self._put_off)
        menu.popup(self.put_off.mapToGlobal(self.put_off.rect().bottomLeft()))

    @Slot()
    def _on_more(self) -> None:
        self._shows_all = True
        self._show()


def _row(item: Attention) -> AttentionRow:
    return AttentionRow(
        item.key, item.tone, _ICONS[item.action], item.what, item.detail, item.action.value, waits=True
    )
