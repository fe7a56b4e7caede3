"""The Leaving part, its form and the refund that is owed, by keyboard over real ledgers."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import Account, Frequency, Membership, MembershipTerms, Person, Recurring
from tracker.facts.membership import RefundKind
from tracker.services.bundle import Services
from tracker.services.membership_exit import record_leaving
from ui.dialogs.membership_editor import MembershipEditor
from ui.dialogs.membership_leave import LeaveEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.sentences_why import SentencesWhy
from ui.pages.membership import MembershipPage
from ui.pages.membership_part_leaving import LeavingPart
from ui.pages.overview import OverviewPage

BEGINS = date(2026, 3, 1)


@pytest.fixture
def harbor(services: Services) -> Membership:
    """A yearly fee of $3,600.00, paid on its first day."""
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    account = services.accounts.save(Account(name="Checking")).new_id
    fee = Recurring(
        label="Membership fee, Harbor",
        amount=3_600_00,
        frequency=Frequency.ANNUAL,
        first_due=BEGINS,
        account_id=account,
    )
    held = Membership(
        practice_id=0,
        begins_on=BEGINS,
        ends_on=date(2027, 2, 28),
        person_ids=(person,),
        fees=(fee,),
        terms=MembershipTerms(refund_kind=RefundKind.DAILY),
    )
    services.agreements.save_membership(held, practice="Harbor")
    (due,) = services.recurring.dues(until=BEGINS)
    services.recurring.record(due, paid_on=BEGINS)
    return services.agreements.memberships()[0]


def leaving_of(desk: Desk, qtbot: QtBot) -> tuple[MembershipPage, LeavingPart]:
    page = MembershipPage(desk.context)
    desk.kept.append(page)
    desk.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    part = page.show_part("leaving")
    assert isinstance(part, LeavingPart)
    return page, part


def type_day(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)


def dialog_in(widget: QWidget, kind: type[QDialog]) -> QDialog:
    (found,) = [item for item in widget.findChildren(kind) if item.isVisible()]
    return found


def test_the_refund_follows_the_day_that_is_typed(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    _, part = leaving_of(desk_over(services), qtbot)
    assert part.day.text() == "Dec 22, 2026"  # notice given today
    type_day(qtbot, part.day, "9/15/2026")
    assert part.headline.text() == "You get back $1,647.12"
    assert part.notice.text() == (
        "Notice for this day had to be given by Aug 16, 2026. "
        "Given today it ends the membership on Dec 22, 2026."
    )
    assert part.lines.figure("Paid for this membership year") == "$3,600.00"
    assert part.lines.figure("Value of the days used") == "$1,952.88"
    assert part.lines.figure("Leaving costs you") == "$0.00"
    shown = {row[0]: (row[1].refund, row[2]) for row in part.rules_card.model.rows}
    assert shown[RefundKind.DAILY] == (1_647_12, True)
    assert shown[RefundKind.WHOLE_MONTHS] == (1_500_00, False)
    assert "$" in part.chart.accessibleName()


def test_every_figure_says_why(services: Services, harbor: Membership, qtbot: QtBot) -> None:
    _, part = leaving_of(desk_over(services), qtbot)
    type_day(qtbot, part.day, "9/15/2026")
    part.why_button.setFocus()
    qtbot.keyClick(part.why_button, Qt.Key.Key_Space)
    why = dialog_in(part, SentencesWhy)
    assert isinstance(why, SentencesWhy)
    said = [label.text() for label in why.sentences]
    assert "167 of 365 days are unused: $1,647.12 of $3,600.00." in said
    assert "5 of 12 months are unused: $1,500.00 of $3,600.00." in said
    why.copy()
    assert "167 of 365 days" in QApplication.clipboard().text()
    why.close()


def test_a_day_that_cannot_be_is_said_beside_the_field(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    _, part = leaving_of(desk_over(services), qtbot)
    type_day(qtbot, part.day, "2/1/2026")
    assert part.form.field("leave_on").complaint() == (
        "The membership begins on Mar 1, 2026. Type a later day."
    )
    before = part.headline.text()
    type_day(qtbot, part.day, "nonsense")
    assert part.headline.text() == before
    type_day(qtbot, part.day, "9/15/2026")
    assert part.form.field("leave_on").complaint() == ""


def test_leaving_is_recorded_and_the_refund_owed_and_received(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    desk = desk_over(services)
    page, part = leaving_of(desk, qtbot)
    part.leave()
    form = dialog_in(part, LeaveEditor)
    assert isinstance(form, LeaveEditor)
    assert (form.notice_on.text(), form.cancelled_on.text()) == ("Nov 22, 2026", "Dec 22, 2026")
    type_day(qtbot, form.notice_on, "8/16/2026")
    assert form.cancelled_on.text() == "Sep 15, 2026"
    assert form.form.field("refund_stated").widget is form.refund_stated
    qtbot.keyClicks(form.refund_stated, "1500")
    qtbot.keyClick(form.refund_stated, Qt.Key.Key_Return)
    assert part.owed_card.isVisible()
    assert part.owed_card.lines.figure("Still owed to you") == "$1,647.12"
    assert part.owed_card.remark.text() == (
        "The practice says it gives back $1,500.00, $147.12 less than the agreement."
    )
    assert not part.leave_button.isVisible()
    assert part.day.text() == "Sep 15, 2026"
    agreement = page.show_part("agreement")
    assert "Sep 14, 2026" in agreement.renews.accessibleName()  # type: ignore[attr-defined]
    page.show_part("leaving")
    part.record_refund()
    payment = dialog_in(part, PaymentEditor)
    assert isinstance(payment, PaymentEditor)
    qtbot.keyClick(payment.fields.amount, Qt.Key.Key_Return)
    assert part.owed_card.lines.figure("Still owed to you") == "$0.00"
    assert not part.owed_card.record_button.isVisible()
    (refund,) = [one for one in services.payments.lines(services.payments.ids().ids) if one.amount < 0]
    assert refund.amount == -1_647_12
    assert refund.repays_id is not None


def test_a_refund_larger_than_the_fee_is_said_and_nothing_is_lost(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    _, part = leaving_of(desk_over(services), qtbot)
    part.leave()
    form = dialog_in(part, LeaveEditor)
    assert isinstance(form, LeaveEditor)
    qtbot.keyClicks(form.refund_stated, "4000")
    qtbot.keyClick(form.refund_stated, Qt.Key.Key_Return)
    assert form.isVisible()
    assert "larger than the fees you paid, $3,600.00" in form.form.field("refund_stated").complaint()
    assert form.refund_stated.text() in ("4000", "4,000.00")
    form.cancelled_on.setText("")
    form.save_button.click()
    assert "The day you leave on is missing" in form.form.field("cancelled_on").complaint()
    form.reject()


def test_staying_after_all_brings_the_fees_back(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    _, part = leaving_of(desk_over(services), qtbot)
    part.leave()
    dialog_in(part, LeaveEditor).save_button.click()  # type: ignore[attr-defined]
    assert services.agreements.memberships()[0].terms.cancelled_on == date(2026, 12, 22)
    part.leave()
    form = dialog_in(part, LeaveEditor)
    assert isinstance(form, LeaveEditor)
    form.stay_button.click()
    terms = services.agreements.memberships()[0].terms
    assert (terms.cancelled_on, terms.notice_on) == (None, None)
    assert part.leave_button.isVisible()


def test_the_overview_records_what_is_owed(services: Services, harbor: Membership, qtbot: QtBot) -> None:
    record_leaving(services, harbor.id or 0, notice_on=date(2026, 8, 16), cancelled_on=date(2026, 9, 15))
    desk = desk_over(services)
    page = OverviewPage(desk.context)
    desk.kept.append(page)
    desk.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    card = page.attention_card
    (item,) = [one for one in card.waiting if one.key.startswith("owed:")]
    assert item.what == "Harbor owes you $1,647.12 back"
    card._on_acted(type("Row", (), {"key": item.key})())
    payment = dialog_in(card, PaymentEditor)
    assert isinstance(payment, PaymentEditor)
    qtbot.keyClick(payment.fields.amount, Qt.Key.Key_Return)
    assert not [one for one in card.waiting if one.key.startswith("owed:")]


# the clauses in the form -----------------------------------------------------------------


def editor_over(desk: Desk, qtbot: QtBot, held: Membership | None = None) -> MembershipEditor:
    editor = MembershipEditor(desk.context, membership=held)
    qtbot.addWidget(editor)
    editor.open()
    return editor


def open_all(editor: MembershipEditor, qtbot: QtBot) -> None:
    for section in editor.clauses.sections:
        section.button.setFocus()
        qtbot.keyClick(section.button, Qt.Key.Key_Space)


def test_clauses_stay_closed_until_they_are_wanted(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    editor = editor_over(desk_over(services), qtbot, harbor)
    assert not editor.clauses.cancellation_fee.isVisible()
    open_all(editor, qtbot)
    for widget in (
        editor.clauses.cancellation_fee,
        editor.clauses.offer_amount,
        editor.clauses.contacts,
        editor.clauses.networks,
    ):
        assert widget.isVisible()


def test_clauses_are_typed_and_kept(services: Services, harbor: Membership, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(services), qtbot, harbor)
    open_all(editor, qtbot)
    fields = editor.clauses
    qtbot.keyClicks(fields.cancellation_fee, "100")
    qtbot.keyClick(fields.claw_back, Qt.Key.Key_Space)
    qtbot.keyClick(fields.to_month_end, Qt.Key.Key_Space)
    qtbot.keyClicks(fields.offer_amount, "325")
    fields.offer_months.choose("1")
    qtbot.keyClicks(fields.late_fee, "25")
    qtbot.keyClicks(fields.promised_hours, "24")
    qtbot.keyClicks(fields.promised_minutes, "30")
    qtbot.keyClicks(fields.contacts, "555-0140")
    fields.medicare.choose("opted_out")
    fields.bills_insurance.choose("no")
    qtbot.keyClicks(fields.networks, "BlueRiver PPO")
    qtbot.keyClick(fields.networks, Qt.Key.Key_Return)
    terms = services.agreements.memberships()[0].terms
    assert (terms.cancellation_fee, terms.claw_back, terms.to_month_end) == (100_00, True, True)
    assert (terms.offer_amount, terms.offer_months, terms.late_fee) == (325_00, 1, 25_00)
    assert (terms.promised_hours, terms.promised_minutes, terms.contacts) == (24, 30, "555-0140")
    assert (terms.medicare, terms.bills_insurance, terms.networks) == (
        "opted_out",
        False,
        "BlueRiver PPO",
    )


def test_saving_the_form_keeps_clauses_that_are_not_in_it(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    record_leaving(services, harbor.id or 0, notice_on=None, cancelled_on=date(2026, 9, 15))
    (held,) = services.agreements.memberships()
    editor = editor_over(desk_over(services), qtbot, held)
    editor.save_button.click()
    assert services.agreements.memberships() == [held]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("offer_amount", "325", "needs an amount and how often"),
        ("promised_hours", "soon", "The promise is a number of hours."),
        ("trial_days", "9000", "A trial period is a number of days."),
        ("late_fee", "a lot", "is not an amount"),
    ],
)
def test_a_clause_that_cannot_be_opens_its_section(
    services: Services, harbor: Membership, qtbot: QtBot, field: str, typed: str, said: str
) -> None:
    editor = editor_over(desk_over(services), qtbot, harbor)
    widget = getattr(editor.clauses, field)
    widget.setText(typed)
    editor.save_button.click()
    named = "offer_months" if field == "offer_amount" else field
    complaint = editor.form.field(named)
    assert said in complaint.complaint()
    assert complaint.isVisible()
    assert widget.text() == typed
    assert editor.isVisible()


def test_the_two_prices_and_the_clauses_stand_on_the_page(sample: Services, qtbot: QtBot) -> None:
    desk = desk_over(sample)
    page = MembershipPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    part = page.part("agreement")
    card = part.offer_card  # type: ignore[attr-defined]
    assert card.sentence.text() == "Paying once a year saves $300.00, 8.33%."
    assert card.lines.figure("Paying in parts is like borrowing at") == "19.48% a year"
    card.why_button.click()
    why = dialog_in(card, SentencesWhy)
    assert isinstance(why, SentencesWhy)
    assert any("19.48%" in label.text() for label in why.sentences)
    why.close()
    facts = part.agreement_card.facts  # type: ignore[attr-defined]
    assert facts.value("Refund") == "By the day, less a fee of $25.00"
    assert facts.value("Medicare").startswith("Participating.")
    assert part.prices_card.model.rows[0].change.rate == 909  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["agreement", "included", "worth", "leaving", "tax"])
def test_somebody_may_come_for_a_part(sample: Services, qtbot: QtBot, key: str) -> None:
    desk = desk_over(sample)
    page = MembershipPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    dpc = next(item for item in sample.agreements.memberships() if item.model.value == "dpc")
    page.arrive((key, dpc.id))
    assert page.parts_chooser.key() == key
    assert page.part(key).isVisible()
    assert page.chooser.key() == str(dpc.id)


def test_a_fee_nobody_recorded_is_said_where_the_sum_leaves_it_out(
    services: Services, harbor: Membership, qtbot: QtBot
) -> None:
    services.payments.remove(list(services.payments.ids().ids))
    desk = desk_over(services)
    page, part = leaving_of(desk, qtbot)
    assert part.headline.text() == "You get back $0.00"
    assert part.unrecorded.text().startswith("$3,600.00 of fees that were due is not recorded")
    qtbot.mouseClick(part.record_link, Qt.MouseButton.LeftButton)
    assert desk.shell.went[-1] == ("membership", ("part", "agreement"))
    (due,) = services.recurring.dues(until=BEGINS)
    services.recurring.record(due, paid_on=BEGINS)
    page.mark_stale()
    assert not part.unrecorded.isVisibleTo(part)
    assert not part.record_link.isVisibleTo(part)
