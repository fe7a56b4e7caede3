"""Keeping that notice was given, the day on which a membership ends, and what the practice gives back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.dates import day_text, parse_day
from tracker.domain.membership.leaving import LeavingFacts, leaving_on, rule_of
from tracker.domain.membership.refund import RefundKind, effective_day
from tracker.errors import UserProblem
from tracker.money import dollars
from tracker.services.membership_exit import record_leaving
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.buttons import PlainButton
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit


class LeaveEditor(CommitDialog):
    """Until the person types a day of their own, the end follows from the notice."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        facts: LeavingFacts,
        on: date | None = None,
    ) -> None:
        """`on` is the day that was looked at; it is proposed where notice given today still reaches it."""
        terms = facts.membership.terms
        super().__init__(
            "Leaving the membership",
            parent,
            columns=2,
            sentence="From the day you leave on, no fee is due. Undo takes it back.",
            width=520,
        )
        self._context = context
        self._facts = facts
        self._end_is_own = terms.cancelled_on is not None
        today = context.today
        self.notice_on, self.cancelled_on = DayEdit(today), DayEdit(today)
        self.refund_stated = MoneyEdit()
        self.form.add("notice_on", "Notice given on", self.notice_on)
        self.form.add("cancelled_on", "Leave on", self.cancelled_on, hint=" ")
        self.form.add("refund_stated", "The practice says it gives back", self.refund_stated, hint=" ")
        self.refund_stated.setPlaceholderText("Not said yet")
        self.notice_on.set_day(terms.notice_on if self._end_is_own else terms.notice_on or today)
        earliest = self._end_of_notice()
        proposed = terms.cancelled_on or (max(on, earliest) if on and earliest else on or earliest)
        self.cancelled_on.set_day(proposed)
        self.refund_stated.set_cents(terms.refund_stated)
        if self._end_is_own:
            self.stay_button = PlainButton("Stay a member")
            self.stay_button.clicked.connect(self._on_stay)
            self.add_button(self.stay_button)
        self.notice_on.textChanged.connect(self._on_notice)
        self.cancelled_on.textChanged.connect(self._say)
        self.cancelled_on.edited.connect(self._on_own_end)
        self.refund_stated.textChanged.connect(self._say)
        self._say()

    # showing what follows ------------------------------------------------------------

    @Slot()
    def _on_notice(self) -> None:
        end = self._end_of_notice()
        if end is not None and not self._end_is_own:
            self.cancelled_on.set_day(end)
        self._say()

    @Slot()
    def _on_own_end(self) -> None:
        self._end_is_own = True

    @Slot()
    def _say(self) -> None:
        """What the agreement says of the notice, and what it gives back on that day."""
        end, on = self._end_of_notice(), self._so_far(self.cancelled_on)
        said = ["The first day that is no longer covered."]
        if end is not None and on is not None and on < end:
            said.append(f"By the agreement, that notice ends it on {day_text(end)}.")
        self.form.field("cancelled_on").set_hint(" ".join(said))
        refund = leaving_on(self._facts, on).refund if on is not None else None
        ours = f"By the agreement it is {dollars(refund.refund)}." if refund is not None else ""
        self.form.field("refund_stated").set_hint(ours)

    def _end_of_notice(self) -> date | None:
        """When notice on the day typed ends the membership; None while no day can be read."""
        given = self._so_far(self.notice_on)
        rule = rule_of(self._facts.membership, RefundKind.NONE)
        return effective_day(rule, given) if rule is not None and given is not None else None

    def _so_far(self, edit: DayEdit) -> date | None:
        try:
            return parse_day(edit.text(), today=self._context.today)
        except UserProblem:
            return None

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        notice_on, cancelled_on = self.notice_on.day_or_none(), self.cancelled_on.day_or_none()
        if cancelled_on is None:
            raise UserProblem(
                "The day you leave on is missing.",
                "Type the first day that is no longer covered.",
                field="cancelled_on",
            )
        stated = self.refund_stated.cents_or_none()

        def act() -> Changes:
            return record_leaving(
                self._context.services,
                self._facts.membership.id or 0,
                notice_on=notice_on,
                cancelled_on=cancelled_on,
                refund_stated=stated,
            )

        return self.commit(self._context, act, "Saving")

    @Slot()
    def _on_stay(self) -> None:
        """Take the leaving back: fees are due again."""
        services, which = self._context.services, self._facts.membership.id or 0
        self.commit(
            self._context,
            lambda: record_leaving(services, which, notice_on=None, cancelled_on=None),
            "Saving",
        )
