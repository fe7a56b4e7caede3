"""The Accounts page by keyboard: balances and statements, the HSA's year, FSA and HRA, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.services.untaxed_kit import (
    account,
    copay,
    cover,
    hsa_of,
    person,
    put_in,
    take_out,
)
from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.session_kit import session_over
from tracker.facts import AccountKind, MoneySource, Payment
from tracker.facts.accounts import AccountStatement, AfterYear, FsaYear, Tier
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from ui.dialogs.account_editor import AccountEditor
from ui.dialogs.account_statement import StatementDialog
from ui.dialogs.cover_editor import CoverEditor
from ui.dialogs.family_limit import FamilyLimitDialog
from ui.dialogs.fsa_year_editor import FsaYearEditor
from ui.dialogs.hra_year_editor import HraYearEditor
from ui.dialogs.missing_limits import MissingLimitsDialog
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.repaid_editor import RepaidEditor
from ui.dialogs.sentences_why import SentencesWhy
from ui.pages.accounts import AccountsPage
from ui.pages.accounts_part_balances import BalancesPart
from ui.pages.accounts_part_fsa import FsaPart
from ui.pages.accounts_part_hsa import HsaPart
from ui.pages.accounts_parts import BALANCES, FSA, HSA, PARTS
from ui.printing.document import Document

CTRL = Qt.KeyboardModifier.ControlModifier
Form = TypeVar("Form", bound=QDialog)


@pytest.fixture
def page_over(qtbot: QtBot) -> Iterator[Callable[[Services], tuple[AccountsPage, Desk]]]:
    """The page over services, shown; nothing may have gone wrong in it."""
    desks: list[Desk] = []

    def make(services: Services) -> tuple[AccountsPage, Desk]:
        desk = desk_over(services)
        page = AccountsPage(desk.context)
        desk.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        desk.kept.append(page)
        page.resize(1120, 800)
        page.show()
        desks.append(desk)
        return page, desk

    yield make
    for desk in desks:
        assert desk.problems == []


@pytest.fixture
def page(services: Services, page_over: Callable[[Services], tuple[AccountsPage, Desk]]) -> AccountsPage:
    return page_over(services)[0]


def form_in(widget: QWidget, kind: type[Form]) -> Form:
    """The one open form of a kind."""
    found = [one for one in widget.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def balances(page: AccountsPage) -> BalancesPart:
    part = page.show_part(BALANCES)
    assert isinstance(part, BalancesPart)
    return part


def hsa(page: AccountsPage) -> HsaPart:
    part = page.show_part(HSA)
    assert isinstance(part, HsaPart)
    return part


def fsa(page: AccountsPage) -> FsaPart:
    part = page.show_part(FSA)
    assert isinstance(part, FsaPart)
    return part


def type_in(widget: QWidget, text: str) -> None:
    widget.setFocus()
    if hasattr(widget, "selectAll"):
        widget.selectAll()
    QTest.keyClicks(widget, text)


def enter(dialog: QWidget) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)


# the frame ---------------------------------------------------------------------------------


def test_ctrl_7_leads_to_six_parts(ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(ledger, qtbot) as session:
        window = session.window
        QTest.keyClick(window, Qt.Key.Key_7, CTRL)
        assert window.current_key == "accounts"
        page = window.current_page
        assert isinstance(page, AccountsPage)
        seen = []
        for key, _words in PARTS:
            assert page.parts_chooser.key() == key
            seen.append(page.part(key).isVisible())
            chosen = page.parts_chooser.segments.findChildren(QWidget)[len(seen) - 1]
            chosen.setFocus()
            QTest.keyClick(chosen, Qt.Key.Key_Right)
        assert seen == [True] * 6


def test_a_target_leads_to_a_part_its_thing_and_a_year(
    sample: Services, page_over: Callable[[Services], tuple[AccountsPage, Desk]]
) -> None:
    page, _ = page_over(sample)
    page.arrive((HSA, None, 2025))
    assert page.parts_chooser.key() == HSA
    assert page.part(HSA).year == 2025
    card = next(item for item in sample.accounts.accounts() if item.kind is AccountKind.CARD)
    page.arrive(card.id)
    shown = balances(page).selected()
    assert shown is not None
    assert shown.account == card


def test_an_empty_ledger_offers_what_fills_it(page: AccountsPage) -> None:
    part = balances(page)
    assert part.accounts.empty.isVisible()
    hsa_part = hsa(page)
    assert hsa_part.empty.isVisible()
    assert not hsa_part.limit.isVisible()
    hsa_part.empty.button.click()
    editor = form_in(page, AccountEditor)
    assert editor.kind.key() == AccountKind.HSA.value
    editor.reject()
    assert fsa(page).empty.button.text() == "Add your FSA"


# balances and statements -------------------------------------------------------------------


def test_balances_of_the_sample(
    sample: Services, page_over: Callable[[Services], tuple[AccountsPage, Desk]]
) -> None:
    page, _ = page_over(sample)
    part = balances(page)
    held = {row.account.kind: row for row in part.accounts.table.rows_model.rows}
    assert held[AccountKind.FSA].usable == 316_25
    assert held[AccountKind.HSA].owner == "Eleanor Whitfield"
    chosen = part.selected()
    assert chosen is not None
    assert chosen.checks[0].gap == -4_50  # the one that differs is shown first
    assert "$4.50 less than here" in part.statements.sentence.text()
    assert part.statements.moves_table.isVisible()


def test_a_statement_is_typed_and_agrees(services: Services, page: AccountsPage) -> None:
    bank = account(services, AccountKind.BANK, name="Checking", opening=100_00)
    copay(services, 10_00, date(2026, 9, 1), account_id=bank)
    copay(services, 5_00, date(2026, 10, 2), account_id=bank)
    part = balances(page)
    page.reload()
    part.reload()
    part.statements.empty.button.click()  # type: ignore[attr-defined]
    form = form_in(page, StatementDialog)
    type_in(form.stated_on, "9/30/2026")
    type_in(form.balance, "85")
    assert form.answer.text() == "This ledger has $90.00 on that day. $5.00 less than here."
    type_in(form.balance, "90")
    assert form.answer.text().endswith("Agrees.")
    enter(form)
    (statement,) = services.untaxed.statements(bank)
    assert (statement.stated_on, statement.balance) == (date(2026, 9, 30), 90_00)
    part.reload()
    assert (
        part.statements.sentence.text() == "On Sep 30, 2026 the statement and this ledger agree on $90.00."
    )
    assert not part.statements.moves_table.isVisible()


def test_what_differs_names_the_movement_that_explains_it(services: Services, page: AccountsPage) -> None:
    bank = account(services, AccountKind.BANK, opening=100_00)
    for amount in (10_00, 20_00, 20_00):
        copay(services, amount, date(2026, 9, 5), account_id=bank)
    services.untaxed.save_statement(
        AccountStatement(account_id=bank, stated_on=date(2026, 9, 30), balance=70_00)
    )
    part = balances(page)
    part.reload()
    marks = [part.statements.moves.columns[3].text(row) for row in part.statements.moves.rows]
    assert sorted(marks) == ["", "Just the difference", "Just the difference"]


def test_a_statement_of_tomorrow_is_refused_beside_its_day(services: Services, page: AccountsPage) -> None:
    account(services, AccountKind.BANK)
    part = balances(page)
    part.reload()
    part.statements.enter()
    form = form_in(page, StatementDialog)
    type_in(form.stated_on, "11/23/2026")
    type_in(form.balance, "1")
    enter(form)
    assert form.form.field("stated_on").complaint() == "That day has not come yet. Check the date."
    form.reject()


def test_a_used_account_keeps_its_kind_and_says_why(services: Services, page: AccountsPage) -> None:
    card = account(services, AccountKind.CARD, name="Visa")
    used = account(services, AccountKind.CONTINGENCY, name="Fund")
    copay(services, 5_00, account_id=used)
    part = balances(page)
    part.reload()
    part.accounts.table.select_key(used)
    part.accounts.edit_button.click()
    form = form_in(page, AccountEditor)
    assert form.kind.count() == 1
    assert "add another account" in form.form.field("kind")._hint.text()
    form.reject()
    part.accounts.table.select_key(card)
    part.accounts.edit_button.click()
    form = form_in(page, AccountEditor)
    assert form.kind.count() == 7
    form.reject()


def test_an_account_is_closed_opened_again_and_not_removed_while_used(
    services: Services, page: AccountsPage
) -> None:
    bank = account(services, AccountKind.BANK)
    copay(services, 5_00, account_id=bank)
    part = balances(page)
    part.reload()
    part.accounts.table.select_key(bank)
    part.close_button.click()
    assert services.accounts.accounts()[0].closed
    part.reload()
    assert part.close_button.text() == "Open again"
    QTest.keyClick(part.accounts.table, Qt.Key.Key_Delete)
    assert "This account" in part.accounts.banner.text()
    assert len(services.accounts.accounts()) == 1


# HSA ---------------------------------------------------------------------------------------


@pytest.fixture
def ana(services: Services) -> int:
    """Ana with an HSA, self-only until April and a family plan from May."""
    number = person(services, "Ana")
    hsa_of(services, number, name="Ana's HSA")
    cover(services, number, Tier.SELF, (1, 4))
    cover(services, number, Tier.FAMILY, (5, 12))
    return number


def of_kind(services: Services, kind: AccountKind) -> int:
    return next(item.id or 0 for item in services.accounts.accounts() if item.kind is kind)


def test_the_months_are_walked_with_arrows_and_say_why_with_sources(
    services: Services, ana: int, page: AccountsPage
) -> None:
    part = hsa(page)
    first = part.months.buttons[0]
    assert [button.text() for button in part.months.buttons[3:5]] == ["Self-only", "Family"]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Left)
    last = part.months.buttons[11]
    assert last.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert first.focusPolicy() is Qt.FocusPolicy.ClickFocus
    QTest.keyClick(last, Qt.Key.Key_Return)
    why = form_in(page, SentencesWhy)
    said = [label.text() for label in why.sentences]
    assert "Source: IRC 223(c)(1)(A)(i)." in said
    why.accept()
    assert part.months.words.text().splitlines() == [
        "January to April: self-only coverage counts.",
        "May to December: family coverage counts.",
    ]


def test_the_limit_is_a_sum_with_each_source(services: Services, ana: int, page: AccountsPage) -> None:
    number = of_kind(services, AccountKind.HSA)
    put_in(services, number, 1_200_00, MoneySource.EMPLOYER)
    put_in(services, number, 300_00, MoneySource.OWN)
    part = hsa(page)
    lines = part.limit.lines
    assert lines.figure("By the last-month rule") == "$8,750.00"
    assert lines.figure("From the employer") == "-$1,200.00"
    assert lines.figure("May still go in") == "$7,250.00"
    assert "10%" in part.limit.testing.text()
    QTest.keyClick(part.room, Qt.Key.Key_Return)
    why = form_in(page, SentencesWhy)
    assert why.heading.text() == "$7,250.00 may still go in for 2026."
    why.accept()


def test_an_excess_is_said_with_its_excise(services: Services, ana: int, page: AccountsPage) -> None:
    put_in(services, of_kind(services, AccountKind.HSA), 9_000_00)
    part = hsa(page)
    assert part.room.accessibleName().endswith("$250.00 too much")
    assert "$15.00 is due" in part.room.accessibleDescription()


def test_money_is_put_in_with_its_source(services: Services, ana: int, page: AccountsPage) -> None:
    hsa(page)
    page.primary_action()
    form = form_in(page, PaymentEditor)
    assert form.fields.hsa.source.key() == MoneySource.OWN.value
    type_in(form.fields.amount, "250")
    form.fields.hsa.source.choose(MoneySource.EMPLOYER.value)
    form.fields.hsa.source.edited.emit()
    assert [form.fields.hsa.tax_year.itemText(n) for n in range(form.fields.hsa.tax_year.count())] == [
        "2026"
    ]
    type_in(form.fields.paid_on, "2/3/2026")
    years = form.fields.hsa.tax_year
    assert [years.itemText(n) for n in range(years.count())] == ["2026", "2025"]
    years.choose("2025")
    form.fields.amount.setFocus()
    enter(form)
    (stored,) = (services.payments.get(number) for number in services.payments.ids().ids)
    assert (stored.source, stored.tax_year, stored.amount) == (MoneySource.EMPLOYER, 2025, 250_00)
    part = hsa(page)
    part.reload()
    assert part.deposits.table.rows_model.rowCount() == 0
    page.arrive((HSA, None, 2025))
    assert part.deposits.table.rows_model.rowCount() == 1


def test_after_the_filing_day_the_year_before_is_not_offered(
    services: Services, ana: int, qtbot: QtBot
) -> None:
    number = of_kind(services, AccountKind.HSA)
    desk = desk_over(services)
    for day, offered in ((date(2026, 4, 15), ["2026", "2025"]), (date(2026, 4, 16), ["2026"])):
        form = PaymentEditor(desk.context, prefill=Payment(paid_on=day, amount=1_00, to_account_id=number))
        qtbot.addWidget(form)
        years = form.fields.hsa.tax_year
        assert [years.itemText(n) for n in range(years.count())] == offered


def test_a_payment_without_an_hsa_asks_nothing_about_one(
    services: Services, ana: int, qtbot: QtBot
) -> None:
    bank = account(services, AccountKind.BANK)
    form = PaymentEditor(
        desk_over(services).context, prefill=Payment(paid_on=date(2026, 5, 1), amount=1_00, account_id=bank)
    )
    qtbot.addWidget(form)
    form.show()
    assert not form.form.field("source").isVisible()
    assert not form.form.field("tax_year").isVisible()
    form.reject()


def test_limits_of_an_unknown_year_are_typed_and_then_it_works(
    services: Services, ana: int, page: AccountsPage
) -> None:
    page.arrive((HSA, None, 2029))
    part = hsa(page)
    assert part.asks.isVisible()
    part.asks.acted.emit()
    form = form_in(page, MissingLimitsDialog)
    enter(form)
    assert form.form.field("hsa.self_only").complaint().startswith("No amount was typed.")
    for name, amount in (("hsa.self_only", "4,700"), ("hsa.family", "9,400"), ("hsa_catch_up", "1000")):
        type_in(form.amounts[name], amount)
    enter(form)
    assert len(services.taxes.own_limits()) == 3
    assert not part.asks.isVisible()
    assert part.limit.isVisible()
    services.ledger.undo()
    assert services.taxes.own_limits() == []  # one change, undone at once


def test_coverage_that_is_typed_changes_the_months(
    services: Services, ana: int, page: AccountsPage
) -> None:
    part = hsa(page)
    part.covers.add_button.click()
    form = form_in(page, CoverEditor)
    form.kind.choose("medicare")
    form.kind.edited.emit()
    assert form.form.field("kind")._hint.text() == "Ends HSA eligibility while it lasts."
    type_in(form.begins_on, "11/1/2026")
    enter(form)
    part.reload()
    assert [button.text() for button in part.months.buttons[9:]] == ["Family", "No", "No"]
    assert part.covers.table.rows_model.rowCount() == 3


def test_spouses_share_the_family_limit(services: Services, ana: int, page: AccountsPage) -> None:
    leo = person(services, "Leo")
    cover(services, leo, Tier.FAMILY, (5, 12))
    part = hsa(page)
    part.reload()
    part.limit.split_button.click()
    form = form_in(page, FamilyLimitDialog)
    form.shared.setChecked(True)
    type_in(form.share, "70")
    assert form.form.field("family_share")._hint.text() == "30% is left for Leo."
    enter(form)
    facts = services.taxes.facts(2026)
    assert (facts.married_with_family, facts.family_share) == (True, 7_000)
    part.reload()
    assert part.limit.lines.figure("By the last-month rule") == "$6,125.00"


def test_a_missing_first_day_is_asked_for(services: Services, page: AccountsPage) -> None:
    hsa_of(services, person(services), opened_on=None, name="Old HSA")
    part = hsa(page)
    assert part.opened.text().startswith("When was Old HSA opened?")
    part.opened.acted.emit()
    form = form_in(page, AccountEditor)
    type_in(form.opened_on, "3/1/2023")
    enter(form)
    part.reload()
    assert not part.opened.isVisible()


# tying -------------------------------------------------------------------------------------


def test_a_distribution_is_tied_to_what_it_paid_and_no_dollar_goes_twice(
    services: Services, ana: int, page: AccountsPage
) -> None:
    number, bank = of_kind(services, AccountKind.HSA), account(services, AccountKind.BANK)
    one, two = copay(services, 100_00), copay(services, 40_00, date(2026, 5, 1))
    moved = take_out(services, number, bank, 120_00)
    part = hsa(page)
    assert part.taken.table.rows_model.rows[0].untied == 120_00
    part.taken.table.select_key(moved)
    part.taken.tie_button.click()
    form = form_in(page, RepaidEditor)
    table = form.table
    column = len(table.rows_model.columns) - 1
    place = next(n for n, row in enumerate(form.model.rows) if row.expense_id == one)
    table.setFocus()
    table.go_to_cell(place, column)
    QTest.keyClicks(table, "1")
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "01")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert table.editing  # refused, and what was typed is still there
    assert editor.text() == "101"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    form.fill_button.click()
    assert form.sum.text() == "All of $120.00 is tied to expenses."
    form.save_button.click()
    parts = {part_.expense_id: part_.amount for part_ in services.payments.get(moved).repaid}
    assert parts == {one: 100_00, two: 20_00}
    part.reload()
    (row,) = part.taken.table.rows_model.rows
    assert (row.qualified, row.taxable) == (120_00, 0)


def test_what_others_paid_back_is_not_offered_again(services: Services, ana: int, qtbot: QtBot) -> None:
    number, bank = of_kind(services, AccountKind.HSA), account(services, AccountKind.BANK)
    one, two = copay(services, 100_00), copay(services, 40_00)
    take_out(services, number, bank, 100_00, (one, 100_00))
    second = take_out(services, number, bank, 50_00, (two, 10_00))
    desk = desk_over(services)
    form = RepaidEditor(desk.context, payment=services.payments.get(second))
    qtbot.addWidget(form)
    assert [(row.expense_id, row.open, row.now) for row in form.model.rows] == [(two, 40_00, 10_00)]


def test_care_before_the_hsa_is_said_and_not_proposed(services: Services, qtbot: QtBot) -> None:
    number = hsa_of(services, person(services), opened_on=date(2026, 4, 1))
    bank = account(services, AccountKind.BANK)
    copay(services, 100_00, date(2026, 3, 1))
    moved = take_out(services, number, bank, 50_00, on=date(2026, 6, 1))
    form = RepaidEditor(desk_over(services).context, payment=services.payments.get(moved))
    qtbot.addWidget(form)
    form.show()
    form.fill_button.click()
    assert form.sum.text() == "$0.00 of $50.00 is tied; $50.00 is tied to nothing."
    form.table.select_key(form.model.rows[0].expense_id)
    assert form.remark.text() == "The care was given before the HSA was established."


# FSA and HRA -------------------------------------------------------------------------------


def test_the_sample_says_what_is_lost_and_a_claim_uses_it(
    sample: Services, page_over: Callable[[Services], tuple[AccountsPage, Desk]]
) -> None:
    page, desk = page_over(sample)
    part = fsa(page)
    assert part.fsa.sentence.text() == (
        "You lose $116.25 on Dec 31, 2026 unless you use it. Claims for $316.25 you have already spent "
        "would use it: then nothing is at risk."
    )
    table = part.fsa.uses_table
    use = table.rows_model.rows[0]
    column = next(n for n, one in enumerate(table.rows_model.columns) if one.on_open)
    table.setFocus()
    table.go_to_cell(0, column)
    QTest.keyClick(table, Qt.Key.Key_Return)
    (newest,) = (
        payment
        for payment in map(sample.payments.get, sample.payments.ids(limit=5).ids)
        if payment.note.startswith("Claim: ")
    )
    assert [(one.expense_id, one.amount) for one in newest.repaid] == [(use.expense.expense_id, use.amount)]
    assert newest.to_account_id is not None
    assert desk.shell.said
    assert part.fsa.left.accessibleName().startswith("Left to use: $276.25")
    sample.ledger.undo()
    part.reload()
    assert part.fsa.left.accessibleName().startswith("Left to use: $316.25")


def test_a_plan_year_is_entered_and_gives_grace_or_carry_over_never_both(
    services: Services, page: AccountsPage
) -> None:
    person(services)
    account(services, AccountKind.FSA)
    part = fsa(page)
    part.empty.button.click()
    form = form_in(page, FsaYearEditor)
    assert [form.after.itemText(n).split()[0] for n in range(form.after.count())] == [
        "Neither:",
        "Grace",
        "Carry-over",
    ]
    form.after.choose(AfterYear.GRACE.value)
    form.after.edited.emit()
    assert form.form.field("after")._hint.text() == "Care counts until Mar 15, 2027."
    assert not form.form.field("carry_over_most").isVisible()
    type_in(form.election, "4,000")
    enter(form)
    assert "limit for 2026 is $3,400.00" in form.form.field("election").complaint()
    assert form.election.text() == "4,000"
    type_in(form.election, "3400")
    enter(form)
    (year,) = services.untaxed.fsa_years()
    assert (year.election, year.after) == (3_400_00, AfterYear.GRACE)
    part.reload()
    assert part.fsa.isVisible()
    part._remove()
    assert services.untaxed.fsa_years() == []


def test_the_next_plan_year_follows_and_an_unknown_limit_is_asked_for(
    services: Services, page: AccountsPage
) -> None:
    number = account(services, AccountKind.FSA)
    services.untaxed.save_fsa_year(
        FsaYear(
            account_id=number,
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            election=500_00,
            after=AfterYear.CARRY_OVER,
        )
    )
    part = fsa(page)
    part.add_fsa_button.click()
    form = form_in(page, FsaYearEditor)
    assert form.begins_on.day() == date(2027, 1, 1)
    assert form.form.field("limit").isVisible()
    type_in(form.election, "600")
    enter(form)
    assert "limit for 2027 is not known" in form.form.field("limit").complaint()
    type_in(form.limit, "3,500")
    enter(form)
    assert [year.election for year in services.untaxed.fsa_years()] == [500_00, 600_00]


def test_an_hra_says_what_its_document_says(services: Services, page: AccountsPage) -> None:
    person(services)
    account(services, AccountKind.HRA)
    part = fsa(page)
    page.primary_action()
    form = form_in(page, HraYearEditor)
    type_in(form.credit, "1,200")
    form.by_month.setChecked(True)
    for what, edit in form.pays.items():
        edit.choose({"premiums": "no", "cost_sharing": "yes"}.get(what.value, ""))
    enter(form)
    part.reload()
    said = {row[0].value: row[1].verdict.value for row in part.hra.answers.rows}
    assert said == {
        "premiums": "no",
        "cost_sharing": "yes",
        "dental_vision": "ask",
        "practice_fees": "ask",
        "other_care": "ask",
    }
    assert part.hra.left.accessibleName().startswith("Left to use: $1,100.00")
    QTest.keyClick(part.hra.left, Qt.Key.Key_Return)
    form_in(page, SentencesWhy).accept()


def test_what_an_hra_paid_is_recorded_and_tied(services: Services, page: AccountsPage) -> None:
    person(services)
    hra, bank = account(services, AccountKind.HRA), account(services, AccountKind.BANK)
    expense = copay(services, 80_00)
    page.show_part(FSA)
    page.primary_action()
    form = form_in(page, HraYearEditor)
    type_in(form.credit, "500")
    enter(form)
    part = fsa(page)
    part.reload()
    part.hra.pay_button.click()
    payment = form_in(page, PaymentEditor)
    assert (payment.fields.account.key(), payment.fields.to_account.key()) == (str(hra), str(bank))
    type_in(payment.fields.amount, "80")
    enter(payment)
    tie = form_in(page, RepaidEditor)
    tie.fill_button.click()
    tie.save_button.click()
    part.reload()
    assert [(one.id, amount) for one, amount in part.hra.paid.rows] == [(expense, 80_00)]


# scrolling ---------------------------------------------------------------------------------


def test_every_part_begins_at_its_top(
    sample: Services, page_over: Callable[[Services], tuple[AccountsPage, Desk]]
) -> None:
    page, _ = page_over(sample)
    page.resize(800, 500)
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    for key, _title in PARTS:
        page.show_part(key)
        QApplication.processEvents()
        assert bar.value() == 0, key
        bar.setValue(bar.maximum())


# paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_part_prints(
    sample: Services, page_over: Callable[[Services], tuple[AccountsPage, Desk]], paper: Any
) -> None:
    page, _ = page_over(sample)
    documents = [page.show_part(key).print_part() for key in (BALANCES, HSA, FSA)]
    part = fsa(page)
    hra = next(item for item in sample.accounts.accounts() if item.kind is AccountKind.HRA)
    part.arrive(hra.id)
    documents.append(part.print_part())
    for document in documents:
        assert isinstance(document, Document)
        assert 1 <= len(document.lay_out(paper).pages) <= 4
    assert isinstance(documents[1], Document)
    assert len(documents[1].lay_out(paper).pages) <= 2  # twelve months with one answer are one row


def test_an_empty_part_has_nothing_to_print(page: AccountsPage) -> None:
    for key in (BALANCES, HSA, FSA):
        page.show_part(key)
        assert not page.print_page()
