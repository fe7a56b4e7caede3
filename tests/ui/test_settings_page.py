"""The Settings page, section by section, over real ledgers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import (
    Account,
    AccountKind,
    Frequency,
    Payment,
    Person,
    Provider,
    ProviderKind,
    Recurring,
)
from tracker.services.bundle import Services
from ui.dialogs.account_editor import AccountEditor
from ui.dialogs.person_editor import PersonEditor
from ui.dialogs.provider_editor import ProviderEditor
from ui.dialogs.recurring_editor import TRANSFER, RecurringEditor
from ui.pages.settings import SECTIONS, SettingsPage
from ui.pages.settings_accounts import AccountsSection
from ui.pages.settings_backups import BackupsSection
from ui.pages.settings_budget import BudgetSection
from ui.pages.settings_history import PAGE, HistorySection
from ui.pages.settings_look import LookSection
from ui.pages.settings_people import PeopleSection
from ui.pages.settings_providers import ProvidersSection
from ui.pages.settings_recurring import RecurringSection
from ui.theme import theme

S = TypeVar("S")
D = TypeVar("D", bound=QDialog)
Opened = Callable[[Desk, str], SettingsPage]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """Shows a section as the window would."""

    def show(desk: Desk, section: str) -> SettingsPage:
        page = SettingsPage(desk.context)
        desk.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        page.resize(1100, 800)
        page.show()
        page.arrive(section)
        return page

    return show


def section_of(page: SettingsPage, kind: type[S]) -> S:
    assert isinstance(page.section, kind)
    return page.section


def form_in(page: SettingsPage, kind: type[D]) -> D:
    (found,) = [item for item in page.findChildren(kind) if item.isVisible()]
    return found


# the page ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key, _words in SECTIONS])
def test_every_section_shows_with_and_without_facts(
    sample: Services, services: Services, opened: Opened, key: str
) -> None:
    for held in (sample, services):
        desk = desk_over(held)
        page = opened(desk, key)
        assert page.section.isVisible()
        assert desk.problems == []


def test_sections_become_a_list_where_they_do_not_fit(services: Services, opened: Opened) -> None:
    page = opened(desk_over(services), "household")
    assert page.chooser.segments.isVisible()
    theme().apply("light", 200)
    page.resize(700, 600)
    QApplication.processEvents()
    assert not page.chooser.segments.isVisible()
    assert page.chooser.list.isVisible()
    page.chooser.list.choose("budget")
    page.chooser.list.edited.emit()
    assert isinstance(page.section, BudgetSection)


def test_only_the_section_that_is_shown_reads_again(sample: Services, opened: Opened) -> None:
    desk = desk_over(sample)
    page = opened(desk, "household")
    people = section_of(page, PeopleSection)
    page.arrive("accounts")
    desk.context.bus.announce(sample.people.save_person(Person(name="Sofia", position=2)))
    assert people.stale
    assert len(people.model.rows) == 2
    page.arrive("household")
    assert len(people.model.rows) == 3


# household ---------------------------------------------------------------------------


def test_people_are_added_changed_and_put_in_order(
    services: Services, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(desk_over(services), "household")
    people = section_of(page, PeopleSection)
    assert people.empty.isVisible()
    for name, born in (("Martin", "9/2/1967"), ("Eleanor", "")):
        page.primary_action()
        form = form_in(page, PersonEditor)
        qtbot.keyClicks(form.name, name)
        qtbot.keyClicks(form.birth_date, born)
        qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert [row.name for row in people.model.rows] == ["Martin", "Eleanor"]
    assert people.model.columns[2].text(people.model.rows[0]) == "59"
    people.table.go_to_cell(1, 0)
    assert not people.down_button.isEnabled()
    people.up_button.click()
    assert [row.name for row in services.people.people()] == ["Eleanor", "Martin"]
    assert people.model.columns[3].text(people.model.rows[0]) == "You"


def test_a_birth_date_to_come_is_refused(services: Services, opened: Opened) -> None:
    page = opened(desk_over(services), "household")
    page.primary_action()
    form = form_in(page, PersonEditor)
    form.name.setText("Sofia")
    form.birth_date.setText("1/1/2069")
    form.save_button.click()
    assert "future" in form.form.field("birth_date").complaint()
    form.close()


def test_somebody_with_claims_stays_and_why_is_said(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_over(sample), "household")
    people = section_of(page, PeopleSection)
    people.table.go_to_cell(0, 0)
    qtbot.keyClick(people.table, Qt.Key.Key_Delete)
    assert "Eleanor Whitfield still has" in people.banner.text()
    assert "claims" in people.banner.text()
    assert len(people.model.rows) == 2


# providers ---------------------------------------------------------------------------


def test_providers_are_filtered_by_any_word(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_over(sample), "providers")
    providers = section_of(page, ProvidersSection)
    qtbot.keyClicks(providers.filter, "harbor practice")
    assert [row.name for row in providers.model.rows] == ["Harbor Concierge Medicine"]


def test_a_provider_in_use_stays_and_another_goes(sample: Services, opened: Opened) -> None:
    made = sample.people.save_provider(Provider(name="Nobody Clinic")).new_id or 0
    desk = desk_over(sample)
    page = opened(desk, "providers")
    providers = section_of(page, ProvidersSection)
    providers.table.select_key(made)
    providers.remove_button.click()
    assert desk.shell.said == ["Remove provider, Nobody Clinic"]
    providers.filter.setText("meridian")
    providers.table.go_to_cell(0, 0)
    providers.remove_button.click()
    assert "Meridian Labs still has" in providers.banner.text()


def test_a_provider_is_changed(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_over(sample), "providers")
    providers = section_of(page, ProvidersSection)
    providers.filter.setText("lumen")
    providers.table.go_to_cell(0, 0)
    qtbot.keyClick(providers.table, Qt.Key.Key_Return)
    form = form_in(page, ProviderEditor)
    form.npi.setText("12345")
    form.save_button.click()
    assert "ten digits" in form.form.field("npi").complaint()
    form.npi.setText("1538192761")
    form.kind.choose(ProviderKind.SPECIALIST.value)
    form.save_button.click()
    (changed,) = [item for item in sample.people.providers() if item.name.startswith("Lumen")]
    assert (changed.npi, changed.kind) == ("1538192761", ProviderKind.SPECIALIST)
    assert changed.note


# accounts ----------------------------------------------------------------------------


def test_balances_stand_beside_the_accounts(sample: Services, opened: Opened) -> None:
    page = opened(desk_over(sample), "accounts")
    accounts = section_of(page, AccountsSection)
    fund = next(row for row in accounts.model.rows if row.account.kind is AccountKind.CONTINGENCY)
    assert accounts.model.columns[4].text(fund) == "$1,620.00"


def test_an_account_in_use_is_closed_instead_of_removed(sample: Services, opened: Opened) -> None:
    page = opened(desk_over(sample), "accounts")
    accounts = section_of(page, AccountsSection)
    accounts.table.go_to_cell(0, 0)
    accounts.remove_button.click()
    assert "still has" in accounts.banner.text()
    name = accounts.model.rows[0].account.name
    accounts.close_button.click()
    closed = next(row for row in accounts.model.rows if row.account.name == name)
    assert closed.account.closed
    accounts.table.select_key(closed.account.id or 0)
    assert accounts.close_button.text() == "Open again"


def test_a_new_account(services: Services, opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_over(services), "accounts")
    page.primary_action()
    form = form_in(page, AccountEditor)
    assert not form.form.field("target").isVisible()
    qtbot.keyClicks(form.name, "HSA")
    form.kind.choose(AccountKind.HSA.value)
    form.opening.setText("1,000 + 150")
    form.opened_on.setText("nov 22")
    form.save_button.click()
    (made,) = services.accounts.accounts()
    assert (made.kind, made.opening, made.opened_on) == (AccountKind.HSA, 1_150_00, date(2026, 11, 22))


# recurring ---------------------------------------------------------------------------


def test_fees_and_premiums_lead_to_where_they_belong(sample: Services, opened: Opened) -> None:
    desk = desk_over(sample)
    page = opened(desk, "recurring")
    recurring = section_of(page, RecurringSection)
    fee = next(row for row in recurring.model.rows if row.owner == "Membership")
    recurring.table.select_key(fee.item.id or 0)
    assert recurring.edit_button.text() == "Go to membership"
    assert not recurring.remove_button.isEnabled()
    recurring.edit_button.click()
    assert desk.shell.went == [("membership", fee.item.membership_id)]


def test_a_recurring_payment_to_somebody_new(services: Services, opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_over(services), "recurring")
    page.primary_action()
    form = form_in(page, RecurringEditor)
    qtbot.keyClicks(form.payee, "Brook Mail Pharmacy")
    qtbot.keyClicks(form.amount, "30")
    form.frequency.choose(Frequency.QUARTERLY.value)
    form.first_due.setText("2/12/2026")
    qtbot.keyClick(form.amount, Qt.Key.Key_Return)
    (made,) = services.recurring.all()
    (payee,) = services.people.providers()
    assert (made.label, made.amount, made.provider_id) == ("Brook Mail Pharmacy", 30_00, payee.id)
    assert made.propose_from == date(2026, 11, 1)
    shown = section_of(page, RecurringSection).model.rows[0]
    assert shown.next_due == date(2027, 2, 12)


def test_a_transfer_needs_its_account(services: Services, opened: Opened) -> None:
    services.accounts.save(Account(name="Checking"))
    page = opened(desk_over(services), "recurring")
    page.primary_action()
    form = form_in(page, RecurringEditor)
    form.kind.choose(TRANSFER)
    form.kind.changed.emit(TRANSFER)
    assert not form.form.field("payee").isVisible()
    form.amount.setText("100")
    form.save_button.click()
    assert "needs the account" in form.form.field("to_account_id").complaint()
    form.to_account.set_text("Checking")
    form.save_button.click()
    (made,) = services.recurring.all()
    assert (made.label, made.provider_id) == ("Checking", None)
    assert made.to_account_id is not None


def test_changing_keeps_what_the_form_does_not_show(services: Services, opened: Opened) -> None:
    services.recurring.save(
        Recurring(
            label="Prescriptions",
            amount=30_00,
            frequency=Frequency.MONTHLY,
            first_due=date(2026, 1, 5),
            propose_from=date(2026, 6, 1),
        )
    )
    page = opened(desk_over(services), "recurring")
    recurring = section_of(page, RecurringSection)
    recurring.edit(recurring.model.rows[0])
    form = form_in(page, RecurringEditor)
    form.amount.setText("35")
    form.save_button.click()
    (changed,) = services.recurring.all()
    assert (changed.amount, changed.propose_from) == (35_00, date(2026, 6, 1))


# budget and look ---------------------------------------------------------------------


def test_the_first_month_of_the_budget_year(services: Services, opened: Opened) -> None:
    desk = desk_over(services)
    page = opened(desk, "budget")
    budget = section_of(page, BudgetSection)
    budget.start.choose("7")
    budget.start.edited.emit()
    assert services.people.household().budget_start_month == 7
    desk.context.undo()
    assert budget.start.key() == "1"


def test_the_look_changes_at_once(services: Services, opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_over(services), "look")
    look = section_of(page, LookSection)
    look.mode.choose("dark")
    look.mode.changed.emit("dark")
    assert theme().tokens.dark
    look.text_size.choose("150")
    look.text_size.edited.emit()
    assert theme().percent == 150


# backups and history -----------------------------------------------------------------


def test_a_backup_by_hand_appears_in_the_list(services: Services, opened: Opened) -> None:
    desk = desk_over(services)
    page = opened(desk, "backups")
    copies = section_of(page, BackupsSection)
    assert copies.empty.isVisible()
    copies.add_button.click()
    assert [row.reason for row in copies.model.rows] == ["by hand"]
    assert desk.shell.said[0].startswith("Backed up as home ")
    copies.copy_button.click()
    assert QApplication.clipboard().text() == str(services.ledger.path)


def test_the_history_tells_of_undo_and_is_filtered(services: Services, opened: Opened) -> None:
    desk = desk_over(services)
    page = opened(desk, "history")
    history = section_of(page, HistorySection)
    desk.context.bus.announce(
        services.payments.save(Payment(paid_on=date(2026, 11, 3), amount=41_12), payee="Quest Labs")
    )
    desk.context.undo()
    assert [(row.words, row.kind) for row in history.model.rows] == [
        ("Add expense, Quest Labs $41.12", "undone"),
        ("Add expense, Quest Labs $41.12", "done"),
    ]
    history.filter.setText("nothing like it")
    assert history.count.text() == "0 of 2 changes"


def test_older_changes_follow_as_one_scrolls(services: Services, opened: Opened) -> None:
    for number in range(PAGE + 40):
        services.budget.set_start_month(number % 2 + 1)
    page = opened(desk_over(services), "history")
    history = section_of(page, HistorySection)
    assert len(history.model.rows) == PAGE
    assert "earlier ones follow" in history.count.text()
    QApplication.processEvents()
    bar = history.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(history.model.rows) == PAGE + 40
    assert history.count.text() == f"{PAGE + 40} changes"
