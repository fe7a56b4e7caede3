"""The Funds part of Accounts and its forms, driven by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.services.fund_kit import Home, move_in
from tests.ui.access_kit import name_of, stops
from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.session_kit import session_over
from tracker.facts import AccountKind, Frequency, Role
from tracker.facts.household_budget import FundPlan, FundScenario, TargetMethod
from tracker.services.bundle import Services
from tracker.services.sinking_funds import sinking_funds
from tracker.storage.ledger import Ledger
from ui.dialogs.fund_editor import FundEditor
from ui.dialogs.fund_scenario import ScenarioEditor
from ui.dialogs.fund_sizing import FundSizingDialog
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.sentences_why import SentencesWhy
from ui.dialogs.sinking_editor import SinkingEditor
from ui.models.fund_words import FUNDED, counted_words
from ui.pages.accounts import AccountsPage
from ui.pages.accounts_part_funds import FundsPart
from ui.pages.accounts_parts import FUNDS
from ui.pages.overview import OverviewPage

D = TypeVar("D", bound=QDialog)
DUE = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _leave_no_dialog(qtbot: QtBot) -> Iterator[None]:
    """Close what a test left open, as a person would."""
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.close()


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def home(services: Services) -> Home:
    return move_in(services)


def page_of(desk: Desk, qtbot: QtBot) -> tuple[AccountsPage, FundsPart]:
    """The page at its Funds part, as the window shows it."""
    page = AccountsPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    desk.context.bus.committed.connect(page.on_committed)
    page.resize(1100, 900)
    page.show()
    page.arrive(("part", FUNDS))
    part = page.part(FUNDS)
    assert isinstance(part, FundsPart)
    qtbot.waitUntil(lambda: part.report is not None)
    return page, part


def opened(parent: QWidget, kind: type[D], qtbot: QtBot) -> D:
    """The dialog of a kind that was opened over a widget."""
    qtbot.waitUntil(lambda: any(item.isVisible() for item in parent.findChildren(kind)))
    return next(item for item in parent.findChildren(kind) if item.isVisible())


def press(widget: QWidget, qtbot: QtBot) -> None:
    """Activate a button as the keyboard does."""
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Space)


def sized(home: Home) -> None:
    """The fund of rulebook E06: $400.00 of $1,120.00, four months to go."""
    home.plan(used=1_720_00)
    account = home.fund(opening=400_00)
    home.services.untaxed.save_fund_plan(FundPlan(account_id=account.id or 0, not_covered=300_00, months=4))


# is it large enough -----------------------------------------------------------------------------


def test_the_answer_stands_on_top_with_its_reason(desk: Desk, home: Home, qtbot: QtBot) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    assert part.answer.headline.text() == (
        "Not yet: your fund holds $400.00 and has to hold $1,120.00, so $720.00 is missing."
    )
    assert "25% of it is $820.00" in part.answer.reason.text()
    assert part.answer.deposits.text() == (
        "It takes $180.00 a month for 4 months; nothing goes in every month yet."
    )
    names = [card.accessibleName() for card in part.figures]
    assert names[0] == "In the fund: $400.00 of $1,120.00"
    assert names[2] == "Needed a month: $180.00"

    qtbot.keyClick(part.figures[0], Qt.Key.Key_Return)
    why = opened(part, SentencesWhy, qtbot)
    said = [label.text() for label in why.sentences]
    assert any("$5,000.00, of which $1,720.00 is used" in sentence for sentence in said)
    assert "$1,120.00 less $400.00 leaves $720.00: $180.00 a month for 4 months." in said


def test_ways_stand_side_by_side_and_the_simulation_shows_no_figure(
    desk: Desk, home: Home, qtbot: QtBot
) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    table = part.methods.table
    rows = [[table.model().index(row, column).data() for column in (0, 2, 4)] for row in range(4)]
    assert rows == [
        ["Exposure and probability", "$1,120.00", "$180.00"],
        ["Your scenarios", "\u2013", ""],
        ["Simulated years", "\u2013", ""],
        ["Full exposure", "$3,280.00", "$720.00"],
    ]


def test_a_way_becomes_the_target_by_keyboard_and_back_by_one_undo(
    desk: Desk, home: Home, qtbot: QtBot
) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    part.methods.table.setFocus()
    for _ in range(3):
        qtbot.keyClick(part.methods.table, Qt.Key.Key_Down)
    shown = part.methods.selected()
    assert shown is not None
    assert shown.method is TargetMethod.FULL
    press(part.methods.target_button, qtbot)

    fund = part.report.contingency if part.report else None
    assert fund is not None
    assert (fund.plan.method, fund.facts.account.target) == (TargetMethod.FULL, 3_280_00)
    assert not part.answer.target_button.isVisibleTo(part)
    assert not part.methods.choose_button.isEnabled()
    desk.services.ledger.undo()
    assert desk.services.untaxed.fund_plans()[fund.plan.account_id].method is TargetMethod.EXPOSURE
    assert desk.services.accounts.accounts()[1].target is None


def test_choosing_a_way_leaves_what_the_fund_aims_at(desk: Desk, home: Home, qtbot: QtBot) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    part.methods.table.select_key(3)
    press(part.methods.choose_button, qtbot)
    (plan,) = desk.services.untaxed.fund_plans().values()
    assert plan.method is TargetMethod.FULL
    assert desk.services.accounts.accounts()[1].target is None
    assert part.answer.saved.text() == "The fund has no target yet. Full exposure gives $3,280.00."


def test_a_fund_can_be_started_from_a_target(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.plan()
    page, part = page_of(desk, qtbot)
    assert part.answer.headline.text().startswith("You have no contingency fund yet;")
    assert not part.draws.isVisibleTo(part)
    press(part.methods.target_button, qtbot)
    fund = next(item for item in desk.services.accounts.accounts() if item.kind is AccountKind.CONTINGENCY)
    assert (fund.name, fund.target) == ("Contingency fund", 820_00)
    assert part.draws.isVisibleTo(part)
    page.primary_action()
    opened(part, SinkingEditor, qtbot).reject()


def test_an_empty_ledger_says_what_funds_are_for(desk: Desk, qtbot: QtBot) -> None:
    page, part = page_of(desk, qtbot)
    assert part.answer.reason.text() == "No plan is in force. Enter your plan on Coverage."
    assert part.scenarios.empty.isVisibleTo(part)
    assert part.sinking.empty.isVisibleTo(part)
    assert not page.print_page()
    page.primary_action()
    assert opened(part, FundEditor, qtbot).save_button.text() == "Start the fund"


# numbers ----------------------------------------------------------------------------------------


def test_the_numbers_are_changed_by_keyboard(desk: Desk, home: Home, qtbot: QtBot) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    press(part.answer.sizing_button, qtbot)
    dialog = opened(part, FundSizingDialog, qtbot)
    dialog.probability.setFocus()
    dialog.probability.selectAll()
    qtbot.keyClicks(dialog.probability, "50")
    dialog.months.selectAll()
    qtbot.keyClicks(dialog.months, "10")
    assert dialog.answer.text() == (
        "$1,940.00 less $400.00 leaves $1,540.00: $154.00 a month for 10 months."
    )
    qtbot.keyClick(dialog.months, Qt.Key.Key_Return)
    (plan,) = desk.services.untaxed.fund_plans().values()
    assert (plan.probability, plan.months, plan.due_on) == (5_000, 10, date(2027, 9, 22))
    assert "$154.00 a month for 10 months" in part.answer.deposits.text()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("months", "0"),
        ("repay_months", "241"),
        ("not_covered", "-5"),
        ("balance_bills", "x"),
        ("probability", "101"),
    ],
)
def test_numbers_that_make_no_sense_are_said_beside_the_field(
    desk: Desk, home: Home, qtbot: QtBot, field: str, typed: str
) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    part.acts.change_sizing()
    dialog = opened(part, FundSizingDialog, qtbot)
    widget = getattr(dialog, field)
    widget.setText(typed)
    qtbot.keyClick(dialog.save_button, Qt.Key.Key_Space)
    assert dialog.form.field(field).complaint()
    assert widget.text() == typed
    assert desk.services.untaxed.fund_plans()[2].months == 4


# what may happen --------------------------------------------------------------------------------


def test_a_scenario_of_ones_own_cost(desk: Desk, home: Home, qtbot: QtBot) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    part.scenarios.add_button.click()
    dialog = opened(part, ScenarioEditor, qtbot)
    qtbot.keyClicks(dialog.label, "Crown")
    qtbot.keyClicks(dialog.probability, "25")
    qtbot.keyClick(dialog.probability, Qt.Key.Key_Return)
    assert dialog.form.field("category").complaint() == (
        "What would it cost? Type an amount, or choose the service."
    )
    qtbot.keyClicks(dialog.cost, "780")
    assert not dialog.form.field("category").isEnabled()
    qtbot.keyClick(dialog.cost, Qt.Key.Key_Return)
    (made,) = desk.services.untaxed.fund_scenarios()
    assert (made.label, made.probability, made.cost) == ("Crown", 2_500, 780_00)
    assert part.methods.table.model().index(1, 2).data() == "$195.00"


def test_a_scenario_priced_by_the_plan_explains_itself(sample: Services, qtbot: QtBot) -> None:
    desk = desk_over(sample)
    _, part = page_of(desk, qtbot)
    part.scenarios.table.setFocus()
    qtbot.keyClick(part.scenarios.table, Qt.Key.Key_Home)
    press(part.scenarios.why_button, qtbot)
    why = opened(part, SentencesWhy, qtbot)
    assert why.heading.text() == "Emergency room visit: $874.00"
    assert any("You $874.00" in label.text() for label in why.sentences)
    why.accept()

    qtbot.keyClick(part.scenarios.table, Qt.Key.Key_Return)
    dialog = opened(part, ScenarioEditor, qtbot)
    assert dialog.service.code() == "ER"
    dialog.probability.setText("20%")
    qtbot.keyClick(dialog.probability, Qt.Key.Key_Return)
    assert sample.untaxed.fund_scenarios()[0].probability == 2_000
    assert len(sample.untaxed.fund_scenarios()) == 4

    qtbot.keyClick(part.scenarios.table, Qt.Key.Key_Delete)
    assert sample.untaxed.fund_scenarios()[0].label == "MRI"


# drawing and putting back -----------------------------------------------------------------------


def test_drawing_pays_from_the_fund_and_counts_no_second_time(desk: Desk, home: Home, qtbot: QtBot) -> None:
    sized(home)
    _, part = page_of(desk, qtbot)
    press(part.draws.draw_button, qtbot)
    dialog = opened(part, PaymentEditor, qtbot)
    dialog.fields.payee.set_text("Harbor Imaging")
    dialog.fields.amount.setText("90")
    dialog.fields.line.choice.choose(home.line(Role.CONTINGENCY))
    qtbot.keyClick(dialog.fields.amount, Qt.Key.Key_Return)

    assert part.report is not None
    assert part.report.contingency.owed == 90_00
    assert home.actual(Role.CONTINGENCY, date(2026, 11, 1)) is None
    assert part.draws.sentence.text() == ("$90.00 is to be put back: $15.00 a month until May 2027.")
    (move,) = part.report.contingency.moves
    assert counted_words(move) == FUNDED

    press(part.draws.put_back_button, qtbot)
    back = opened(part, PaymentEditor, qtbot)
    assert back.fields.amount.text() == "15.00"
    qtbot.keyClick(back.fields.amount, Qt.Key.Key_Return)
    assert part.report.contingency.owed == 75_00
    assert home.actual(Role.CONTINGENCY, date(2026, 11, 1)) == 15_00


def test_a_draw_opens_its_payment(sample: Services, qtbot: QtBot) -> None:
    desk = desk_over(sample)
    _, part = page_of(desk, qtbot)
    part.draws.table.setFocus()
    qtbot.keyClick(part.draws.table, Qt.Key.Key_Home)
    qtbot.keyClick(part.draws.table, Qt.Key.Key_Return)
    dialog = opened(part, PaymentEditor, qtbot)
    assert dialog.fields.payee.text() == "Stride at Home Physical Therapy"


# sinking funds ----------------------------------------------------------------------------------


def test_a_sinking_fund_is_started_by_keyboard(desk: Desk, home: Home, qtbot: QtBot) -> None:
    fee = home.fee(3_600_00, DUE)
    _, part = page_of(desk, qtbot)
    part.sinking.empty.button.click()  # type: ignore[attr-defined]
    dialog = opened(part, SinkingEditor, qtbot)
    assert dialog.due_on.text() == "Mar 1, 2027"
    assert dialog.line.text() == "Concierge Membership Fee"
    qtbot.keyClicks(dialog.opening, "450")
    assert dialog.answer.text() == (
        "$3,600.00 less $450.00 leaves $3,150.00 by Mar 1, 2027: 4 deposits of $787.50."  # E04
    )
    qtbot.keyClick(dialog.opening, Qt.Key.Key_Return)

    (fund,) = sinking_funds(
        desk.services.ledger.read(), desk.services.people.household(), desk.context.today
    )
    assert fund.deposit is not None
    assert (fund.account.name, fund.target, fund.account.target) == (
        "For Annual retainer",
        3_600_00,
        None,
    )
    assert (fund.deposit.amount, fund.deposit.frequency) == (787_50, Frequency.MONTHLY)
    assert (fund.deposit.first_due, fund.deposit.last_due) == (date(2026, 12, 1), DUE)
    assert (fund.deposit.category_id, fund.deposit.account_id) == (home.line(Role.MEMBERSHIP), home.bank)
    assert (fund.plan.recurring_id, fund.short) == (fee.id, 0)
    assert part.detail.sentence.text() == ("The deposits set up bring the $3,600.00 needed on Mar 1, 2027.")


def test_a_fund_for_the_deductible_keeps_its_line(desk: Desk, home: Home, qtbot: QtBot) -> None:
    home.plan(used=900_00)
    _, part = page_of(desk, qtbot)
    part.acts.add_sinking()
    dialog = opened(part, SinkingEditor, qtbot)
    dialog.aim.setFocus()
    assert dialog.aim.currentText() == "The deductible, $1,100.00"
    assert not dialog.line.isEnabled()
    assert dialog.form.field("target")._hint.text() == (
        "Empty follows what is left of it, $1,100.00 today."
    )
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    (row,) = part.report.sinking if part.report else ()
    assert row[0].target == 1_100_00
    assert row[0].line is not None
    assert row[0].line.role is Role.DEDUCTIBLE


@pytest.mark.parametrize(
    ("field", "typed", "complains", "said"),
    [
        ("due_on", "", "due_on", "When is the money needed? Type the day."),
        ("due_on", "2026-01-05", "due_on", "Jan 5, 2026 has passed. Type a day to come."),
        ("due_on", "2026-11-25", "due_on", "no deposit is left before the due day"),
        ("amount", "-5", "amount", "What goes in cannot be negative."),
        ("target", "abc", "target", ""),
        ("account", "", "account_id", "Where does the money come from?"),
        ("line", "", "category_id", "The deposits need a budget line"),
    ],
)
def test_a_bad_field_is_said_beside_it_and_nothing_is_lost(
    desk: Desk, home: Home, qtbot: QtBot, field: str, typed: str, complains: str, said: str
) -> None:
    home.fee(3_600_00, DUE)
    _, part = page_of(desk, qtbot)
    part.acts.add_sinking()
    dialog = opened(part, SinkingEditor, qtbot)
    dialog.aim.setCurrentIndex(dialog.aim.findText("Annual retainer", Qt.MatchFlag.MatchStartsWith))
    dialog.aim.edited.emit()
    dialog.name.setText("My fund")
    widget = getattr(dialog, field)
    (widget.set_text if field in ("account", "line") else widget.setText)(typed)
    qtbot.keyClick(dialog.save_button, Qt.Key.Key_Space)
    assert said in dialog.form.field(complains).complaint()
    assert dialog.form.field(complains).complaint()
    assert dialog.name.text() == "My fund"
    assert all(item.kind is not AccountKind.SINKING for item in desk.services.accounts.accounts())


def test_a_missed_deposit_is_made_up(desk: Desk, home: Home, qtbot: QtBot) -> None:
    fee = home.fee(3_600_00, DUE)
    fund = home.fund(AccountKind.SINKING, 450_00, name="Retainer")
    plan = FundPlan(
        account_id=fund.id or 0, due_on=DUE, category_id=home.line(Role.MEMBERSHIP), recurring_id=fee.id
    )
    desk.services.untaxed.save_fund_plan(plan)
    from tracker.facts import Recurring

    desk.services.recurring.save(
        Recurring(
            label="Deposit",
            amount=630_00,
            frequency=Frequency.MONTHLY,
            first_due=date(2026, 11, 1),
            last_due=DUE,
            account_id=home.bank,
            to_account_id=fund.id,
            category_id=home.line(Role.MEMBERSHIP),
        )
    )
    _, part = page_of(desk, qtbot)
    assert part.detail.sentence.text() == "Underfunded: $630.00 will be missing on Mar 1, 2027."
    assert "The deposit of $630.00 of Nov 1, 2026 was not made." in part.detail.reason.text()

    press(part.detail.put_in_button, qtbot)
    dialog = opened(part, PaymentEditor, qtbot)
    assert dialog.fields.line.choice.text() == "Concierge Membership Fee"
    dialog.fields.amount.setText("630")
    qtbot.keyClick(dialog.fields.amount, Qt.Key.Key_Return)
    assert home.actual(Role.MEMBERSHIP, date(2026, 11, 1)) == 630_00
    assert part.report is not None
    assert part.report.sinking[0][0].short == 0

    # or by larger deposits from now on
    desk.services.ledger.undo()
    part.reload()
    part.sinking.table.setFocus()
    qtbot.keyClick(part.sinking.table, Qt.Key.Key_Return)
    editor = opened(part, SinkingEditor, qtbot)
    assert editor.amount.text() == "630.00"
    editor.amount.clear()
    qtbot.keyClick(editor.amount, Qt.Key.Key_Return)
    found = part.report.sinking[0][0]
    assert found.deposit is not None
    assert (found.deposit.amount, found.deposit.first_due, found.short) == (787_50, date(2026, 12, 1), 0)


def test_the_fee_is_paid_from_its_fund(desk: Desk, home: Home, qtbot: QtBot) -> None:
    fee = home.fee(1_200_00, date(2026, 11, 20))
    fund = home.fund(AccountKind.SINKING, 1_200_00, name="Retainer")
    plan = FundPlan(
        account_id=fund.id or 0,
        due_on=date(2026, 11, 20),
        category_id=home.line(Role.MEMBERSHIP),
        recurring_id=fee.id,
    )
    desk.services.untaxed.save_fund_plan(plan)
    _, part = page_of(desk, qtbot)
    press(part.detail.pay_button, qtbot)
    dialog = opened(part, PaymentEditor, qtbot)
    assert dialog.form.field("account_id")._hint.text().startswith("Paid from the fund")
    dialog.fields.payee.set_text("Harbor Concierge")
    qtbot.keyClick(dialog.fields.amount, Qt.Key.Key_Return)

    assert desk.services.recurring.dues(until=desk.context.today) == []
    assert home.actual(Role.MEMBERSHIP, date(2026, 11, 1)) is None
    assert part.report is not None
    (row,) = part.report.sinking
    assert row[0].due_on == date(2027, 11, 20)
    table = part.detail.moves_table
    assert [table.model().index(0, column).data() for column in (1, 2, 3, 4)] == [
        "Paid from it",
        "Harbor Concierge",
        FUNDED,
        "-$1,200.00",
    ]


def test_deposits_without_a_line_are_warned_of(desk: Desk, home: Home, qtbot: QtBot) -> None:
    fund = home.fund(AccountKind.SINKING, name="Retainer", target=100_00)
    home.pay(date(2026, 11, 3), 40_00, None, to_account_id=fund.id)
    _, part = page_of(desk, qtbot)
    assert part.detail.uncounted.text().startswith("A deposit of $40.00 names no budget line")


def test_a_fund_is_closed_and_brought_back(desk: Desk, home: Home, qtbot: QtBot) -> None:
    fund = home.fund(AccountKind.SINKING, 5_00, name="Retainer", target=100_00)
    _, part = page_of(desk, qtbot)
    press(part.sinking.remove_button, qtbot)
    assert part.report is not None
    assert part.report.sinking == ()
    assert not part.detail.isVisibleTo(part)
    desk.services.ledger.undo()
    part.reload()
    assert part.report.sinking[0][0].account.id == fund.id


# around it --------------------------------------------------------------------------------------


def test_the_overview_warns_and_leads_here(sample_ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(sample_ledger, qtbot) as session:
        overview = session.window.findChild(OverviewPage)
        assert overview is not None
        card = overview.attention_card
        item = next(item for item in card.waiting if item.account_id is not None)
        assert item.what == "For Cornerstone's yearly fee will be $60.00 short on Jan 2, 2027"
        card._on_more()
        row = next(row for row in card.list.items() if row.key == item.key)
        card.list.acted.emit(row)
        page = session.window.findChild(AccountsPage)
        assert page is not None
        part = page.part(FUNDS)
        assert isinstance(part, FundsPart)
        assert part.isVisible()
        shown = part.selected()
        assert shown is not None
        assert shown[0].account.id == item.account_id


def test_it_prints_with_long_names_and_large_amounts(desk: Desk, home: Home, qtbot: QtBot) -> None:
    sized(home)
    odd = "\U0001f4b0 \u05e7\u05e8\u05df " + "long " * 38
    home.fund(AccountKind.SINKING, 1, name=odd.strip()[:190], target=9_999_999_999_99)
    desk.services.untaxed.save_fund_scenarios(
        [FundScenario(label=odd.strip()[:190], probability=1, cost=9_999_999_999_99)]
    )
    page, part = page_of(desk, qtbot)
    assert page.print_page()
    preview = opened(page, PrintPreview, qtbot)
    preview.reject()
    assert part.report is not None
    from ui.printing.fund_document import fund_document

    assert fund_document(replace(part.report, others=())) is not None


def test_every_stop_of_the_part_has_a_name(sample: Services, qtbot: QtBot) -> None:
    desk = desk_over(sample)
    page, _ = page_of(desk, qtbot)
    assert [widget for widget in stops(page) if not name_of(widget)] == []
