"""The form for a bill: four fields, what it proposes and says, its statements and lines."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui import paper_kit as kit
from tests.ui.coverage_kit import Desk, claim, desk_over, people, plan
from tests.ui.paper_kit import ENTER, TAB, Hand, press_save, retype
from tracker.facts import Bill, BillShare, Claim, Payment, Statement, StatementLine, Visit
from tracker.services.bundle import Services
from ui.dialogs.bill_editor import BillEditor

DAY = date(2026, 10, 14)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def eleanor(desk: Desk) -> int:
    (person_id,) = people(desk.services, "Eleanor")
    plan(desk.services, [person_id])
    return person_id


@pytest.fixture
def mri(desk: Desk, eleanor: int) -> Claim:
    """The EOB of the MRI: billed 1,850.00, the member owes 215.00."""
    number = claim(
        desk.services,
        eleanor,
        DAY,
        "Harbor Imaging",
        description="MRI knee",
        billed=1_850_00,
        allowed=715_00,
        plan_paid=500_00,
        deductible=90_00,
        coinsurance=125_00,
        you_owe=215_00,
    )
    return desk.services.claims.get(number)


def opened(qtbot: QtBot, desk: Desk, bill: Bill | None = None, claim: Claim | None = None) -> BillEditor:
    return kit.show(qtbot, desk, BillEditor(desk.context, None, bill=bill, claim=claim))


def stored(desk: Desk) -> list[Bill]:
    return desk.services.care.bills()


def four(qtbot: QtBot, editor: BillEditor, provider: str, amount: str, stated: str, due: str = "") -> None:
    retype(qtbot, editor.who.provider.lineEdit(), provider)
    retype(qtbot, editor.paper.amount, amount)
    retype(qtbot, editor.paper.stated_on, stated)
    if due:
        retype(qtbot, editor.paper.due_on, due)


def test_four_fields_by_keyboard_are_a_bill_and_say_what_is_safe_to_pay(
    qtbot: QtBot, desk: Desk, mri: Claim
) -> None:
    editor = opened(qtbot, desk)
    hand = Hand(qtbot)
    hand.type("Harbor Imaging", TAB, "300", TAB, "11/10/2026", TAB, "12/10/2026")
    assert editor.verdict.text() == (
        "Your EOB says $215.00; this asks $85.00 more. Safe to pay today: $215.00."
    )
    told: list[int] = []
    editor.stored.connect(told.append)
    hand.type(ENTER)
    assert not editor.isVisible()
    (made,) = stored(desk)
    assert told == [made.id]
    assert (made.person_id, made.service_from, made.description) == (mri.person_id, DAY, "MRI knee")
    assert made.statements == (
        Statement(stated_on=date(2026, 11, 10), due_on=date(2026, 12, 10), amount=300_00),
    )
    assert hand.keys < 60
    verdict = desk.services.papers.read().verdicts[made.id or 0]
    assert (verdict.pay, verdict.over) == (215_00, 85_00)  # the EOB shown in the form holds
    desk.context.undo()
    assert stored(desk) == []
    assert desk.services.papers.read().links == ()


def test_without_an_eob_it_says_to_wait_and_asks_for_the_day(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Bayview Hospital", "1,200", "11/1/2026")
    press_save(qtbot, editor)
    assert "date is missing" in editor.form.field("service_from").complaint()
    assert stored(desk) == []
    retype(qtbot, editor.service_from, "10/2/2026")
    # A provider who is new has no bills and no EOBs: the verdict needs a known one.
    press_save(qtbot, editor)
    assert stored(desk)[0].service_from == date(2026, 10, 2)


def test_a_bill_that_no_eob_came_for_is_held(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    desk.services.care.save_visit(
        Visit(person_id=eleanor, provider_id=0, visited_on=DAY, description="Stitches"),
        provider="Bayview Hospital",
    )
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Bayview Hospital", "1,200", "11/1/2026")
    assert editor.service_from.text() == "Oct 14, 2026"
    assert "From the visit of Oct 14, 2026." in editor.form.field("service_from")._hint.text()
    assert editor.verdict.text().startswith("There is no EOB for it yet")
    editor.self_pay.setChecked(True)
    assert "there is no EOB to wait for" in editor.verdict.text()
    editor.reject()


def test_the_eob_of_the_same_amount_is_the_likely_one(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    claim(
        desk.services,
        mri.person_id,
        date(2026, 11, 2),
        "Harbor Imaging",
        description="X-ray",
        you_owe=40_00,
    )
    editor = opened(qtbot, desk)
    retype(qtbot, editor.who.provider.lineEdit(), "Harbor Imaging")
    assert editor.description.text() == "X-ray"  # the latest that no bill came for
    retype(qtbot, editor.paper.amount, "215")
    assert (editor.description.text(), editor.service_from.text()) == ("MRI knee", "Oct 14, 2026")
    editor.reject()


def test_an_eob_chosen_by_hand_wins_over_what_is_likely(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    other = claim(desk.services, mri.person_id, date(2026, 9, 1), "Radiology Group", you_owe=215_00)
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "215", "11/10/2026")
    retype(qtbot, editor.eob.lineEdit(), "Radiology")
    editor.paper.amount.setFocus()
    assert editor.service_from.text() == "Sep 1, 2026"
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert list(desk.services.papers.read().matches.claims_of_bill(made.id or 0)) == [other]


def test_a_bill_for_a_given_eob(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    editor = opened(qtbot, desk, claim=mri)
    assert editor.who.provider.text() == "Harbor Imaging"
    retype(qtbot, editor.paper.amount, "215")
    retype(qtbot, editor.paper.stated_on, "11/10/2026")
    assert editor.verdict.text() == "Your EOB says $215.00. Safe to pay today: $215.00."
    press_save(qtbot, editor)
    papers = desk.services.papers.read()
    assert [one.id for one in papers.claims_of(papers.bills[0])] == [mri.id]


def test_what_was_paid_counts_in_the_verdict(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 10, 30), 215_00))
    desk.services.payments.save(
        Payment(
            paid_on=date(2026, 11, 2),
            amount=215_00,
            bills=(BillShare(bill_id=held.id or 0, amount=215_00),),
        ),
        payee="Harbor Imaging",
    )
    editor = opened(qtbot, desk, bill=held)
    editor.eob.choose(mri.id)
    editor._on_eob()
    assert (
        editor.verdict.text() == "Your EOB says $215.00, of which you paid $215.00. Nothing is left to pay."
    )
    editor.reject()


# statements -----------------------------------------------------------------------------


def test_a_reminder_is_recognised_and_added_to_its_bill(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(
        desk,
        mri.person_id,
        DAY,
        "Harbor Imaging",
        (date(2026, 10, 30), 300_00),
        account_number="HI-77",
        note="Called on Nov 3",
    )
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "300", "11/20/2026")
    assert editor.question.banner.text() == (
        "This looks like a new statement of the bill of Oct 30, 2026: add it there?"
    )
    press_save(qtbot, editor)
    assert len(stored(desk)[0].statements) == 1  # asked first
    assert QApplication.focusWidget() is editor.question.buttons["there"]
    qtbot.keyClick(editor.question.buttons["there"], Qt.Key.Key_Return)
    assert editor.windowTitle() == "Add statement"
    assert editor.history.isVisible()
    assert editor.account_number.text() == "HI-77"
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert made.id == held.id
    assert [one.stated_on for one in made.statements] == [date(2026, 10, 30), date(2026, 11, 20)]
    assert replace(made, statements=held.statements) == held
    desk.context.undo()
    assert stored(desk) == [held]


def test_another_bill_of_the_same_day_is_another_bill(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 10, 30), 300_00))
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "80", "11/20/2026")
    editor.question.buttons["other"].click()
    assert not editor.question.isVisible()
    retype(qtbot, editor.paper.amount, "85")
    assert not editor.question.isVisible()  # it was answered
    press_save(qtbot, editor)
    assert sorted(one.asks for one in stored(desk)) == [85_00, 300_00]


def test_account_numbers_tell_bills_apart_and_together(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 10, 30), 300_00), account_number="1E5")
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "80", "11/20/2026")
    assert editor.question.isVisible()
    retype(qtbot, editor.account_number, "100000")
    assert not editor.question.isVisible()
    retype(qtbot, editor.account_number, "1-e5")
    retype(qtbot, editor.service_from, "6/1/2026")
    assert editor.question.isVisible()
    editor.reject()


def test_the_very_same_statement_is_said(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 10, 30), 300_00))
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "300", "10/30/2026")
    assert "is in the ledger already" in editor.question.banner.text()
    editor.question.buttons["there"].click()
    assert editor.windowTitle() == "Change bill"
    press_save(qtbot, editor)
    assert stored(desk) == [held]


def test_statements_are_shown_changed_added_and_removed(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(
        desk,
        mri.person_id,
        DAY,
        "Harbor Imaging",
        (date(2026, 9, 30), 300_00),
        (date(2026, 10, 30), 310_00),
    )
    editor = opened(qtbot, desk, bill=held)
    assert editor.paper.amount.cents() == 310_00  # the newest
    editor.history.table.setFocus()
    assert [row.statement.amount for row in editor.history.model.rows] == [310_00, 300_00]
    editor.history.table.go_to_cell(1, 0)
    qtbot.keyClick(editor.history.table, Qt.Key.Key_Return)
    assert editor.paper.amount.cents() == 300_00
    retype(qtbot, editor.paper.amount, "290")
    editor.history.add_button.click()
    retype(qtbot, editor.paper.amount, "320")
    retype(qtbot, editor.paper.stated_on, "11/15/2026")
    editor.history.table.select_key(1)
    qtbot.keyClick(editor.history.table, Qt.Key.Key_Delete)
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert [(one.stated_on, one.amount) for one in made.statements] == [
        (date(2026, 9, 30), 290_00),
        (date(2026, 11, 15), 320_00),
    ]


def test_an_unreadable_statement_stays_in_the_fields(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 9, 30), 300_00))
    editor = opened(qtbot, desk, bill=held)
    retype(qtbot, editor.paper.stated_on, "someday")
    editor.history.add_button.click()
    assert "is not a date" in editor.form.field("stated_on").complaint()
    assert editor.paper.stated_on.text() == "someday"
    editor.reject()


def test_the_last_statement_cannot_go(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 9, 30), 300_00))
    editor = opened(qtbot, desk, bill=held)
    editor.history.table.go_to_cell(0, 0)
    qtbot.keyClick(editor.history.table, Qt.Key.Key_Delete)
    press_save(qtbot, editor)
    assert stored(desk) == [held]


# the rest -------------------------------------------------------------------------------


def test_changing_one_thing_keeps_all_the_rest(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    visit = desk.services.care.save_visit(
        Visit(person_id=mri.person_id, provider_id=0, visited_on=DAY), provider="Harbor Imaging"
    )
    whole = Bill(
        person_id=mri.person_id,
        provider_id=0,
        account_number="0012",
        service_from=DAY,
        service_to=DAY + timedelta(days=1),
        description="MRI",
        category="IMAGING",
        visit_id=visit.new_id,
        self_pay=True,
        estimate=900_00,
        estimate_on=date(2026, 10, 1),
        hold_requested_on=date(2026, 11, 1),
        closed=True,
        note="Two\nlines",
        statements=(
            Statement(
                stated_on=date(2026, 10, 30),
                got_on=date(2026, 11, 2),
                due_on=date(2026, 11, 30),
                amount=300_00,
                charges=1_850_00,
                plan_paid=500_00,
                discount=1_050_00,
                paid_by_you=10_00,
                threatens=True,
                lines=(
                    StatementLine(
                        description="MRI knee",
                        code="73721",
                        modifiers="RT",
                        units=2,
                        service_on=DAY,
                        amount=1_850_00,
                    ),
                    StatementLine(description="Reversal", amount=-50_00),
                ),
            ),
        ),
    )
    made = desk.services.care.save_bill(whole, provider="Harbor Imaging")
    held = desk.services.care.bill(made.new_id or 0)
    editor = opened(qtbot, desk, bill=held)
    assert editor.more.shown
    press_save(qtbot, editor)
    assert stored(desk) == [held]
    again = opened(qtbot, desk, bill=held)
    retype(qtbot, again.paper.amount, "310")
    press_save(qtbot, again)
    (changed,) = stored(desk)
    (statement,) = held.statements
    assert changed == replace(held, statements=(replace(statement, amount=310_00),))


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("due_on", "10/1/2026", "due before it was written"),
        ("stated_on", "2026-02-30", "not a day of the calendar"),
        ("got_on", "11/1/2026", "before it was written"),
        ("service_to", "10/1/2026", "before the first"),
        ("charges", "-5", "cannot be negative"),
        ("estimate", "abc", "is not an amount"),
        ("account_number", "9" * 201, "200 is the most"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    qtbot: QtBot, desk: Desk, mri: Claim, field: str, text: str, words: str
) -> None:
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "300", "11/10/2026")
    edit = editor.form.field(field).widget
    edit.selectAll()  # type: ignore[attr-defined]
    edit.insert(text)  # type: ignore[attr-defined]
    press_save(qtbot, editor)
    assert words in editor.form.field(field).complaint()
    assert editor.form.field(field).isVisible()
    assert edit.text() == text  # type: ignore[attr-defined]
    assert stored(desk) == []
    editor.reject()


@pytest.mark.parametrize("missing", ["provider", "amount", "stated_on"])
def test_each_of_the_four_that_is_needed_is_asked_for(
    qtbot: QtBot, desk: Desk, mri: Claim, missing: str
) -> None:
    editor = opened(qtbot, desk)
    given = {"provider": "Harbor Imaging", "amount": "300", "stated_on": "11/10/2026"}
    four(qtbot, editor, *((given | {missing: ""}).values()))
    retype(qtbot, editor.service_from, "10/14/2026")
    press_save(qtbot, editor)
    assert "missing" in editor.form.field(missing).complaint()
    assert stored(desk) == []
    editor.reject()


def test_the_first_person_of_an_empty_household_is_added_with_the_bill(qtbot: QtBot, desk: Desk) -> None:
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "300", "11/10/2026")
    retype(qtbot, editor.who.person.lineEdit(), "Eleanor")
    retype(qtbot, editor.service_from, "10/14/2026")
    press_save(qtbot, editor)
    assert [one.name for one in desk.services.people.people()] == ["Eleanor"]
    assert stored(desk)[0].asks == 300_00


def test_deleting_can_be_undone(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    held = kit.bill(desk, mri.person_id, DAY, "Harbor Imaging", (date(2026, 9, 30), 300_00))
    editor = opened(qtbot, desk, bill=held)
    qtbot.mouseClick(editor.delete_button, Qt.MouseButton.LeftButton)
    assert stored(desk) == []
    desk.context.undo()
    assert stored(desk) == [held]


# lines ----------------------------------------------------------------------------------


def test_four_hundred_lines_are_pasted_at_once_and_add_up(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "4,000", "11/10/2026")
    editor.more.show_all()
    retype(qtbot, editor.paper.credits["charges"], "4,001.55")
    rows = [f"10/14/2026\t{73000 + n}\tSupply no. {n}\t1\t$10.00" for n in range(400)]
    QApplication.clipboard().setText("\n".join(["Date\tCPT\tWhat\tQty\tPrice of it", *rows]))
    table = editor.paper.lines.table
    table.setFocus()
    begun = time.perf_counter()
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert time.perf_counter() - begun < 0.5
    assert editor.paper.lines.said.text() == (
        "400 lines, $4,000.00. Off by $1.55 from the charges of $4,001.55."
    )
    press_save(qtbot, editor)
    (statement,) = stored(desk)[0].statements
    assert len(statement.lines) == 400
    assert statement.lines[399] == StatementLine(
        description="Supply no. 399", code="73399", service_on=DAY, amount=10_00
    )


def test_lines_are_typed_like_into_a_spreadsheet(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "300", "11/10/2026")
    editor.more.show_all()
    editor.paper.lines.begin()
    hand = Hand(qtbot)
    hand.type("10/14", TAB, "MRI knee", TAB, "73721", TAB, TAB, "1850", ENTER)
    hand.type(TAB, "Reversal", TAB, TAB, TAB, "(50)", ENTER, ENTER)
    assert "1 of them is negative: a reversal or a credit" in editor.paper.lines.said.text()
    press_save(qtbot, editor)
    assert stored(desk)[0].statements[0].lines == (
        StatementLine(description="MRI knee", code="73721", service_on=DAY, amount=1_850_00),
        StatementLine(description="Reversal", amount=-50_00),
    )


def test_a_line_without_an_amount_is_said_and_stays(qtbot: QtBot, desk: Desk, mri: Claim) -> None:
    editor = opened(qtbot, desk)
    four(qtbot, editor, "Harbor Imaging", "300", "11/10/2026")
    editor.more.show_all()
    editor.paper.lines.begin()
    Hand(qtbot).type(TAB, "MRI knee", ENTER)
    press_save(qtbot, editor)
    assert "Line 1 has no amount" in editor.form.field("lines").complaint()
    assert editor.paper.lines.lines_so_far() == [{"description": "MRI knee"}]
    editor.reject()


def test_names_and_amounts_of_every_kind(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    name = 'Dr. "O\u2019Neill" & S\u00f6hne \U0001f9ea \u05de\u05e2\u05d1\u05d3\u05d4 <b>'
    editor = opened(qtbot, desk)
    editor.who.provider.set_text(name)
    retype(qtbot, editor.paper.amount, "9,999,999,999.99")
    retype(qtbot, editor.paper.stated_on, "today")
    retype(qtbot, editor.service_from, "yesterday")
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert made.asks == 999_999_999_999
    assert made.newest is not None
    assert made.newest.stated_on == TODAY
    assert name in {one.name for one in desk.services.people.providers()}
