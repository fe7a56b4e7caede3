"""The Membership page and its form, over real ledgers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.domain.membership.year import FeeState
from tracker.facts import Account, Frequency, Membership, Noun, Payment, Person, Recurring
from tracker.services.bundle import Services
from ui.dialogs.membership_editor import MembershipEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.pages.membership import MembershipPage
from ui.pages.membership_part_agreement import AgreementPart

Opened = Callable[[Desk], MembershipPage]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """Shows the page as the window would."""

    def show(desk: Desk) -> MembershipPage:
        page = MembershipPage(desk.context)
        desk.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        page.resize(1100, 800)
        page.show()
        return page

    return show


def agreement(page: MembershipPage) -> AgreementPart:
    part = page.part("agreement")
    assert isinstance(part, AgreementPart)
    return part


def dialog_in(page: MembershipPage, kind: type[QDialog]) -> QDialog:
    found = [item for item in page.findChildren(kind) if item.isVisible()]
    assert len(found) == 1
    return found[0]


def editor_over(desk: Desk, qtbot: QtBot, held: Membership | None = None) -> MembershipEditor:
    editor = MembershipEditor(desk.context, membership=held)
    qtbot.addWidget(editor)
    editor.open()
    return editor


def harbor(services: Services) -> Membership:
    """The running membership of the sample."""
    return next(item for item in services.agreements.memberships() if item.auto_renews)


def test_an_empty_ledger_offers_to_add_a_membership(services: Services, opened: Opened) -> None:
    page = opened(desk_over(services))
    assert page.empty.isVisible()
    assert not agreement(page).schedule_card.isVisible()
    page.empty.button.click()
    dialog_in(page, MembershipEditor).close()


def test_the_sample_shows_price_payments_and_renewal(sample: Services, opened: Opened) -> None:
    page = opened(desk_over(sample))
    assert "$3,600.00" in agreement(page).price.accessibleName()
    assert agreement(page).price.accessibleDescription().endswith("$300.00 a month")
    assert "$3,300.00 of $3,600.00" in agreement(page).paid.accessibleName()
    assert "Jan 15, 2027" in agreement(page).renews.accessibleName()
    assert "Dec 16, 2026 (in 24 days)" in agreement(page).renews.accessibleDescription()
    assert agreement(page).agreement_card.facts.value("Physician") == "Dr. Amara Lindqvist"
    assert agreement(page).agreement_card.facts.value("Covers") == "Eleanor Whitfield"
    assert [row.state for row in agreement(page).model.rows[-2:]] == [FeeState.PAID, FeeState.UPCOMING]
    assert [row.price.amount for row in agreement(page).prices_card.model.rows] == [300_00, 275_00]


def test_the_chooser_and_a_target_show_another_membership(sample: Services, opened: Opened) -> None:
    page = opened(desk_over(sample))
    other = next(item for item in sample.agreements.memberships() if item.model.value == "dpc")
    page.arrive(other.id)
    assert agreement(page).agreement_card.facts.value("Practice") == "Cornerstone Virtual Care"
    assert page.chooser.key() == str(other.id)
    assert page.chooser.count() == 3


def test_a_due_fee_is_recorded_through_the_payment_form(
    sample: Services, opened: Opened, qtbot: QtBot
) -> None:
    desk = desk_over(sample)
    page = opened(desk)
    last = len(agreement(page).model.rows) - 1
    agreement(page).table.setFocus()
    agreement(page).table.go_to_cell(last, 0)
    qtbot.keyClick(agreement(page).table, Qt.Key.Key_Return)
    editor = dialog_in(page, PaymentEditor)
    qtbot.keyClick(editor.focusWidget() or editor, Qt.Key.Key_Return)
    assert agreement(page).model.rows[last].state is FeeState.PAID
    assert "$3,600.00 of $3,600.00" in agreement(page).paid.accessibleName()
    assert agreement(page).paid.accessibleDescription().endswith("All paid")


def test_skipping_can_be_taken_back_long_after(sample: Services, opened: Opened) -> None:
    page = opened(desk_over(sample))
    last = len(agreement(page).model.rows) - 1
    skip = agreement(page).model.columns[5].on_open
    assert skip is not None
    skip(agreement(page).model.rows[last])
    assert agreement(page).model.rows[last].state is FeeState.SKIPPED
    assert "of $3,300.00" in agreement(page).paid.accessibleName()
    assert agreement(page).model.columns[5].text(agreement(page).model.rows[last]) == "Propose again"
    skip(agreement(page).model.rows[last])
    assert agreement(page).model.rows[last].state is FeeState.UPCOMING


def test_a_refund_lowers_what_was_paid(sample: Services, opened: Opened) -> None:
    desk = desk_over(sample)
    page = opened(desk)
    paid = agreement(page).model.rows[0].settlement
    assert paid is not None
    changes = sample.payments.save(
        Payment(paid_on=date(2026, 11, 20), amount=-50_00, repays_id=paid.payment_id)
    )
    desk.context.bus.announce(changes)
    assert "$3,250.00" in agreement(page).paid.accessibleName()


def test_years_are_stepped_through(sample: Services, opened: Opened) -> None:
    page = opened(desk_over(sample))
    assert not page.earlier.isEnabled()
    page.later.click()
    assert agreement(page).model.rows[0].due_on == date(2027, 1, 15)
    assert agreement(page).paid.accessibleName().startswith("Paid, Jan 15, 2027 to Jan 14, 2028")
    assert not page.later.isEnabled()
    page.earlier.click()
    assert agreement(page).model.rows[0].due_on == date(2026, 1, 15)


def test_removing_is_undone(sample: Services, opened: Opened) -> None:
    desk = desk_over(sample)
    page = opened(desk)
    page.remove_button.click()
    assert page.chooser.count() == 2
    assert desk.shell.said == ["Remove membership"]
    desk.context.undo()
    assert page.chooser.count() == 3


def test_a_document_is_attached_at_once(sample: Services, opened: Opened, tmp_path: Path) -> None:
    page = opened(desk_over(sample))
    held = harbor(sample)
    paper = tmp_path / "agreement.pdf"
    paper.write_bytes(b"%PDF-1.4 agreement")
    assert agreement(page).agreement_card.documents is not None
    agreement(page).agreement_card.documents.add_files([paper])
    assert [item.name for item in sample.documents.attached_to(Noun.MEMBERSHIP, held.id or 0)] == [
        "agreement.pdf"
    ]
    assert agreement(page).agreement_card.documents.names() == ["agreement.pdf"]


def test_a_new_membership_by_keyboard(services: Services, opened: Opened, qtbot: QtBot) -> None:
    services.people.save_person(Person(name="Eleanor"))
    services.accounts.save(Account(name="Checking"))
    page = opened(desk_over(services))
    page.primary_action()
    editor = dialog_in(page, MembershipEditor)
    assert isinstance(editor, MembershipEditor)
    qtbot.keyClicks(editor.practice, "Harbor Concierge Medicine")
    fee = editor.fee_list.edits[0]
    qtbot.keyClicks(fee.amount, "300")
    qtbot.keyClick(fee.amount, Qt.Key.Key_Return)
    (made,) = services.agreements.memberships()
    assert (made.begins_on, made.ends_on) == (date(2026, 11, 1), date(2027, 10, 31))
    assert len(made.person_ids) == 1
    (kept,) = made.fees
    assert (kept.label, kept.amount) == ("Membership fee, Harbor Concierge Medicine", 300_00)
    assert kept.account_id is not None
    assert kept.category_id is not None
    assert agreement(page).agreement_card.facts.value("Practice") == "Harbor Concierge Medicine"
    assert len(agreement(page).model.rows) == 12


def test_what_was_due_before_this_month_is_not_asked_for(services: Services, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(services), qtbot)
    qtbot.keyClicks(editor.practice, "Harbor")
    editor.begins_on.setText("1/15/2026")
    editor.begins_on.editingFinished.emit()
    fee = editor.fee_list.edits[0]
    assert fee.first_due.text() == "Jan 15, 2026"
    fee.amount.setText("300")
    editor.save_button.click()
    (kept,) = services.agreements.memberships()[0].fees
    assert kept.propose_from == date(2026, 11, 1)


def test_a_price_change_keeps_what_was_paid(sample: Services, qtbot: QtBot) -> None:
    held = harbor(sample)
    editor = editor_over(desk_over(sample), qtbot, held)
    editor.fee_list.edits[0].change_button.click()
    new, old = editor.fee_list.edits
    assert new.first_due.text() == "Dec 15, 2026"
    assert old.last_due.text() == "Dec 14, 2026"
    new.first_due.setText("1/15/2027")
    new.first_due.editingFinished.emit()
    assert old.last_due.text() == "Jan 14, 2027"
    qtbot.keyClicks(new.amount, "325")
    editor.save_button.click()
    before, after = harbor(sample).fees
    assert (before.id, before.amount, before.last_due) == (held.fees[0].id, 300_00, date(2027, 1, 14))
    assert (after.amount, after.first_due, after.last_due) == (325_00, date(2027, 1, 15), None)
    assert after.provider_id == held.practice_id


def test_a_price_change_not_wanted_leaves_the_fee_as_it_was(sample: Services, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(sample), qtbot, harbor(sample))
    editor.fee_list.edits[0].change_button.click()
    editor.fee_list.edits[0].remove_button.click()
    (left,) = editor.fee_list.edits
    assert left.last_due.text() == ""
    assert left.change_button.isVisibleTo(editor)


def test_an_enrolment_fee_is_due_once(services: Services, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(services), qtbot)
    qtbot.keyClicks(editor.practice, "Harbor")
    editor.fee_list.edits[0].amount.setText("300")
    editor.fee_list.add_button.click()
    extra = editor.fee_list.edits[1]
    assert not extra.last_due.isVisibleTo(editor)
    extra.amount.setText("150")
    editor.save_button.click()
    fees = services.agreements.memberships()[0].fees
    assert {item.frequency for item in fees} == {Frequency.MONTHLY, Frequency.ONCE}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "is not an amount"),
        ("0", "more than zero"),
        ("1.234,56", "is not an amount"),
    ],
)
def test_a_bad_amount_is_said_beside_it(
    services: Services, qtbot: QtBot, typed: str, sentence: str
) -> None:
    editor = editor_over(desk_over(services), qtbot)
    qtbot.keyClicks(editor.practice, "Harbor")
    fee = editor.fee_list.edits[0]
    fee.amount.setText(typed)
    editor.save_button.click()
    assert sentence in fee.form.field("amount").complaint()
    assert editor.save_button.isEnabled()
    assert fee.amount.text() == typed
    assert services.agreements.memberships() == []
    editor.close()


def test_dates_and_notice_are_judged(services: Services, qtbot: QtBot) -> None:
    editor = editor_over(desk_over(services), qtbot)
    editor.save_button.click()
    assert "practice is missing" in editor.form.field("practice").complaint()
    qtbot.keyClicks(editor.practice, "Harbor")
    editor.ends_on.setText("2026-01-01")
    editor.save_button.click()
    assert "ends before it begins" in editor.form.field("ends_on").complaint()
    editor.ends_on.clear()
    editor.notice_days.setText("a month")
    editor.save_button.click()
    assert "number of days" in editor.form.field("notice_days").complaint()
    editor.close()


def test_an_ended_fee_is_one_line_until_it_is_opened(services: Services, qtbot: QtBot) -> None:
    services.agreements.save_membership(
        Membership(
            practice_id=0,
            begins_on=date(2025, 1, 1),
            fees=(
                Recurring(
                    label="Membership fee",
                    amount=275_00,
                    frequency=Frequency.MONTHLY,
                    first_due=date(2025, 1, 1),
                    last_due=date(2025, 12, 31),
                ),
            ),
        ),
        practice="Harbor",
    )
    editor = editor_over(desk_over(services), qtbot, services.agreements.memberships()[0])
    (fee,) = editor.fee_list.edits
    assert not fee.amount.isVisibleTo(editor)
    fee.open_button.click()
    assert fee.amount.isVisibleTo(editor)
    editor.close()


def test_names_of_any_kind_fit(services: Services, opened: Opened) -> None:
    long = "Praxis \U0001f3e5 \u05e8\u05d5\u05e4\u05d0 <b>" + "x" * 180
    services.agreements.save_membership(
        Membership(
            practice_id=0,
            physician=long,
            begins_on=date(2026, 1, 1),
            fees=(
                Recurring(
                    label=long,
                    amount=999_999_999_999,
                    frequency=Frequency.MONTHLY,
                    first_due=date(2026, 1, 1),
                ),
            ),
        ),
        practice=long,
    )
    page = opened(desk_over(services))
    assert agreement(page).agreement_card.width() <= page.width()
    assert agreement(page).model.rows[0].fee.amount == 999_999_999_999
