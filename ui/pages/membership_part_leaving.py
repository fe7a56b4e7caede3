"""The Leaving part of Membership: what comes back if you leave on a day, and why; and leaving itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.changes import Area
from tracker.dates import day_text, parse_day
from tracker.domain.membership.leaving import (
    Leaving,
    LeavingFacts,
    leaving_on,
    year_ahead,
)
from tracker.domain.membership.owed import Owed
from tracker.domain.membership.refund import CHECK_STATE
from tracker.errors import UserProblem
from tracker.facts import Payment
from tracker.services.membership_exit import leaving_facts, owed_to_me
from tracker.services.membership_sheet import usual_day
from tracker.services.membership_years import MembershipShown
from ui.charts.balance import paint as paint_line
from ui.charts.refund import refund_chart, refund_summary, refund_table
from ui.context import Context
from ui.jobs import Job
from ui.models import leaving_words as words
from ui.pages.membership_leaving_tables import RulesCard, UsedCard
from ui.pages.membership_owed import OwedCard
from ui.pages.membership_parts import AGREEMENT, MembershipPart
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.columns import side_by_side
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.sum_lines import SumLines

NOT_ADVICE = "Not legal advice: the agreement and your state decide."


@dataclass(frozen=True)
class _Read:
    facts: LeavingFacts
    ahead: list[Leaving]
    owed: Owed | None


class LeavingPart(MembershipPart):
    """The sum follows the day that is typed. Nothing is kept until leaving is recorded."""

    READS = Area.PEOPLE | Area.PLANS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._held: MembershipShown | None = None
        self._facts: LeavingFacts | None = None
        self._owed: Owed | None = None
        self._job: Job[_Read] | None = None
        self.found: Leaving | None = None
        self.owed_card = OwedCard()
        self.owed_card.hide()
        self._build_sum()
        self.rules_card, self.used_card = RulesCard(), UsedCard()
        self._build_chart()
        self.rows.addWidget(self.owed_card)
        self.rows.addWidget(side_by_side(self.sum_card, self.rules_card, weights=(45, 55)))
        self.rows.addWidget(side_by_side(self.chart_card, self.used_card, weights=(60, 40)))
        self.rows.addWidget(Label(f"{CHECK_STATE} {NOT_ADVICE}", "caption", wrap=True))
        self._wire()

    # building ------------------------------------------------------------------------

    def _build_sum(self) -> None:
        self.sum_card = Card("If you leave")
        self.day = DayEdit(self.context.today)
        self.form = Form()
        self.form.add("leave_on", "Leave on", self.day, hint="The first day that is no longer covered.")
        self.headline = Label("", "figure", wrap=True)
        self.notice = Label("", "quiet", wrap=True)
        self.lines = SumLines()
        self.unrecorded = Label("", tone="warning", wrap=True)
        self.record_link = LinkButton("Go to the fees in Agreement")
        self.rule_link = LinkButton("Enter what the agreement says about refunds", "edit")
        self.why_button = PlainButton("Why?")
        self.leave_button = PlainButton("I am leaving\u2026")
        said = (self.unrecorded, self.record_link)
        for widget in (self.form, self.headline, self.notice, *said, self.lines, self.rule_link):
            self.sum_card.body.addWidget(widget)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.why_button)
        below.addWidget(self.leave_button)
        below.addStretch(1)
        self.sum_card.body.addLayout(below)

    def _build_chart(self) -> None:
        self.chart_card = Card("What comes back over the coming year")
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme().px(190))
        self.chart_card.body.addWidget(self.chart)

    def _wire(self) -> None:
        self.day.textChanged.connect(self._show_day)
        self.why_button.clicked.connect(self.show_why)
        self.leave_button.clicked.connect(self.leave)
        self.rule_link.clicked.connect(self.edit_asked)
        self.record_link.clicked.connect(self.show_fees)
        self.owed_card.refund_asked.connect(self.record_refund)
        self.owed_card.change_asked.connect(self.leave)

    # showing -------------------------------------------------------------------------

    def show_membership(self, held: MembershipShown) -> None:
        same = self._held is not None and self._held.membership.id == held.membership.id
        self._held = held
        if self._job:
            self._job.cancel()
        services, which = self.context.services, held.membership.id or 0

        def read() -> _Read:
            facts = leaving_facts(services, which)
            return _Read(facts, year_ahead(facts), owed_to_me(services, which))

        self._job = self.context.load(self, read, partial(self._show, keep_day=same))

    def _show(self, read: _Read, *, keep_day: bool) -> None:
        before = self._facts.membership.terms.cancelled_on if self._facts else None
        self._facts, self._owed = read.facts, read.owed
        terms = read.facts.membership.terms
        self.owed_card.show_owed(
            read.owed, is_over=terms.cancelled_on is not None and terms.cancelled_on <= self.context.today
        )
        self.leave_button.setVisible(terms.cancelled_on is None)
        self.rule_link.setVisible(terms.refund_kind is None)
        chart = refund_chart(read.ahead)
        self.chart_card.setVisible(chart is not None and terms.cancelled_on is None)
        if chart is not None:
            self.chart.show_chart(
                partial(paint_line, chart=chart),
                summary=refund_summary(read.ahead),
                table=refund_table(read.ahead),
            )
        if not keep_day or not self.day.text().strip() or terms.cancelled_on != before:
            assert self._held is not None
            self.day.set_day(usual_day(self._held, self.context.today))
        self._show_day()

    @Slot()
    def _show_day(self) -> None:
        """The sum for the day in the field, as far as it can be read."""
        if self._facts is None:
            return
        field = self.form.field("leave_on")
        try:
            on = parse_day(self.day.text(), today=self.context.today)
        except UserProblem:
            return  # the field says it when it is left
        begins = self._facts.membership.begins_on
        if on <= begins:
            field.complain(f"The membership begins on {day_text(begins)}. Type a later day.")
            return
        field.complain("")
        self._show_found(leaving_on(self._facts, on))

    def _show_found(self, found: Leaving) -> None:
        facts = self._facts
        assert facts is not None
        self.found = found
        self.headline.setText(words.headline(found))
        said, late = words.notice_sentence(found, facts.membership, self.context.today)
        self.notice.setText(said)
        self.notice.set_tone("warning" if late else "")
        self.unrecorded.setText(words.unrecorded_sentence(found))
        self.unrecorded.setVisible(bool(found.unrecorded))
        self.record_link.setVisible(bool(found.unrecorded))
        self.lines.show_lines(words.sum_lines(found, facts.membership))
        self.rules_card.show_rules(found, facts.membership)
        self.used_card.show_used(found)

    # acting --------------------------------------------------------------------------

    @Slot()
    def show_why(self) -> None:
        """The arithmetic in sentences, that of the agreement first."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self.found is not None:
            title = f"Leaving on {day_text(self.found.on)}"
            SentencesWhy(
                title,
                f"{title}: {words.headline(self.found)[:1].lower()}{words.headline(self.found)[1:]}",
                words.why_groups(self.found),
                self,
                remark=f"{CHECK_STATE} {NOT_ADVICE}",
            ).open()

    @Slot()
    def show_fees(self) -> None:
        """Where a fee that was due is recorded."""
        self.context.shell.go_to("membership", ("part", AGREEMENT))

    @Slot()
    def leave(self) -> None:
        """Record that notice was given, or change what was recorded."""
        from ui.dialogs.membership_leave import LeaveEditor

        if self._facts is not None:
            on = self.found.on if self.found is not None else None
            LeaveEditor(self.context, self, facts=self._facts, on=on).open()

    @Slot()
    def record_refund(self) -> None:
        """Record what came back, as a refund of the fee."""
        from ui.dialogs.payment_editor import PaymentEditor

        if self._owed is not None and self._held is not None:
            proposed = Payment(
                paid_on=self.context.today,
                amount=-self._owed.next_refund,
                provider_id=self._held.membership.practice_id,
                repays_id=self._owed.fee_payment_id,
            )
            PaymentEditor(self.context, self, prefill=proposed).open()
