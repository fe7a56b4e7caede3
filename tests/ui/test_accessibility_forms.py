"""Every form without a mouse and with text twice as large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tests.ui.coverage_kit import desk_over
from tracker.dates import month_period
from tracker.facts import Account, AccountKind, Case, CaseKind, Payment, Plan
from tracker.services import backups
from tracker.services.account_balances import read_balances
from tracker.services.bundle import Services
from tracker.services.fund_report import read_funds
from tracker.services.hsa_year import read_hsa_year
from tracker.services.membership_exit import leaving_facts
from tracker.services.membership_included import read_included
from tracker.services.membership_tax import read_fee_tax
from tracker.services.membership_worth import read_worth
from tracker.services.membership_years import MembershipShown, shown
from tracker.services.workbook import EstimateDifference, EstimateDifferences, ImportProblem
from tracker.storage.ledger import Ledger
from ui.bootstrap import Program
from ui.context import Context
from ui.dialogs.about import AboutDialog
from ui.dialogs.account_editor import AccountEditor
from ui.dialogs.account_statement import StatementDialog
from ui.dialogs.administrator_answer import AdministratorEditor
from ui.dialogs.budget_line_editor import LineEditor, LineList
from ui.dialogs.call_log import CallDialog
from ui.dialogs.care_model_editor import CareModelEditor
from ui.dialogs.care_statement import CareStatementEditor
from ui.dialogs.case_editor import CaseEditor
from ui.dialogs.contact_editor import ContactEditor
from ui.dialogs.cover_editor import CoverEditor
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.family_limit import FamilyLimitDialog
from ui.dialogs.fill_year import FillYear
from ui.dialogs.fsa_year_editor import FsaYearEditor
from ui.dialogs.fund_editor import FundEditor
from ui.dialogs.fund_scenario import ScenarioEditor
from ui.dialogs.fund_sizing import FundSizingDialog
from ui.dialogs.hra_year_editor import HraYearEditor
from ui.dialogs.membership_editor import MembershipEditor
from ui.dialogs.membership_leave import LeaveEditor
from ui.dialogs.missing_limits import MissingLimitsDialog
from ui.dialogs.network_check import NetworkCheckDialog
from ui.dialogs.openings import OpeningDialog
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.payments_behind import PaymentsBehind
from ui.dialogs.person_editor import PersonEditor
from ui.dialogs.plan_editor import PlanEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.provider_editor import ProviderEditor
from ui.dialogs.recategorise import Recategorise
from ui.dialogs.recurring_editor import RecurringEditor
from ui.dialogs.repaid_editor import RepaidEditor
from ui.dialogs.restore import RestoreDialog
from ui.dialogs.service_row import ServiceRowEditor
from ui.dialogs.sinking_editor import SinkingEditor
from ui.dialogs.snooze import SnoozeDialog
from ui.dialogs.stated_total import StatedTotalDialog
from ui.dialogs.take_estimates import TakeEstimates
from ui.dialogs.tax_rates import TaxRatesDialog
from ui.dialogs.wizard import Wizard
from ui.dialogs.workbook_differences import WorkbookDifferences
from ui.jobs import InlineRunner
from ui.printing.review_document import review_document
from ui.theme import Theme
from ui.welcome import Welcome
from ui.widgets.chart_dialogs import TableDialog
from ui.widgets.form_dialog import FormDialog

NOVEMBER = date(2026, 11, 1)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def flashes(qapp: QApplication) -> Iterator[None]:
    """A part shown before it has a parent is a window for a moment, and takes the keyboard away."""
    with kit.no_flashes(qapp):
        yield


def _differences(services: Services) -> EstimateDifferences:
    first, second = services.budget.categories()[:2]
    return EstimateDifferences(
        (
            EstimateDifference(first.id or 0, first.name, NOVEMBER, 300_00, 310_00),
            EstimateDifference(second.id or 0, second.name, NOVEMBER, 450_00, None),
        ),
        (ImportProblem("November, B9", "The amount cannot be read."),),
    )


Make = Callable[[Context, Path], QDialog]


def _form(kind: Callable[..., QDialog], **what: Callable[[Services], object]) -> Make:
    """A form over the sample; what it is opened with comes from the services."""

    def make(context: Context, _folder: Path) -> QDialog:
        return kind(context, None, **{name: read(context.services) for name, read in what.items()})

    return make


def _behind(context: Context, _folder: Path) -> QDialog:
    ids = [line.id or 0 for line in context.services.budget.categories()]
    period = month_period(NOVEMBER)
    return PaymentsBehind(context, None, title="Paid", category_ids=ids, period=period)


def _month_form(kind: Callable[..., QDialog]) -> Make:
    def make(context: Context, _folder: Path) -> QDialog:
        return kind(context, None, context.services.reports.budget_month(NOVEMBER))

    return make


def _fill_year(context: Context, folder: Path) -> QDialog:
    line = context.services.budget.categories()[0].id or 0
    context.services.budget.set_estimate(line, date(2026, 12, 1), 1_00)
    return _month_form(FillYear)(context, folder)


def _preview(context: Context, _folder: Path) -> QDialog:
    return PrintPreview(context, review_document(context.services.reports.review(2026)), "letter")


def _chart_table(context: Context, _folder: Path) -> QDialog:
    return TableDialog("A chart", (["Day", "Amount"], [["Nov 1, 2026", "$1.00"]]), None)


def _accounts(kind: AccountKind) -> Callable[[Services], list[Account]]:
    return lambda services: [item for item in services.accounts.accounts() if item.kind is kind]


def _to_hsa(services: Services) -> Payment:
    (hsa,) = _accounts(AccountKind.HSA)(services)
    return Payment(paid_on=NOVEMBER, amount=100_00, to_account_id=hsa.id)


def _from_hsa(services: Services) -> Payment:
    year = read_hsa_year(services, 2026)
    assert year is not None
    return services.payments.get(year.taken[-1].payment_id)


def _first_plan(services: Services) -> Plan:
    return services.plans.all()[0]


def _membership(services: Services) -> MembershipShown:
    found = shown(services, services.agreements.memberships()[0].id or 0)
    assert found is not None
    return found


def _latest(services: Services) -> object:
    return services.payments.get(services.payments.ids().ids[0])


def _march_claim(services: Services) -> object:
    return services.claims.claims(month_period(date(2026, 3, 1)))[0]


def _new_case(kind: CaseKind, services: Services) -> object:
    return Case(kind=kind, title="", opened_on=services.ledger.today())


def _two(services: Services) -> list[int]:
    return list(services.payments.ids().ids[:2])


FORMS: dict[str, Make] = {
    "new payment": _form(PaymentEditor),
    "payment": _form(PaymentEditor, payment=_latest),
    "split payment": _form(PaymentEditor, split=lambda _: True),
    "new EOB": _form(EobEditor),
    "EOB": _form(EobEditor, claim=_march_claim),
    "new plan": _form(PlanEditor),
    "plan": _form(PlanEditor, plan=lambda services: services.plans.all()[0]),
    "new membership": _form(MembershipEditor),
    "membership": _form(MembershipEditor, membership=lambda services: services.agreements.memberships()[0]),
    "leaving": _form(
        LeaveEditor,
        facts=lambda services: leaving_facts(services, services.agreements.memberships()[0].id or 0),
    ),
    "contact": _form(ContactEditor, facts=lambda services: read_included(services, _membership(services))),
    "service": _form(
        ServiceRowEditor, facts=lambda services: read_included(services, _membership(services))
    ),
    "care model": _form(
        CareModelEditor, year=lambda services: read_worth(services, _membership(services)).models[0]
    ),
    "tax rates": _form(TaxRatesDialog, facts=lambda services: services.taxes.facts(2026)),
    "care statement": _form(
        CareStatementEditor, facts=lambda services: read_fee_tax(services, _membership(services))
    ),
    "administrator": _form(
        AdministratorEditor, facts=lambda services: read_fee_tax(services, _membership(services))
    ),
    "fund": _form(FundEditor),
    "fund sizing": _form(FundSizingDialog, fund=lambda services: read_funds(services).contingency),
    "scenario": _form(
        ScenarioEditor,
        scenarios=lambda services: services.untaxed.fund_scenarios(),
        categories=lambda services: services.coverage.categories(),
    ),
    "new sinking fund": _form(SinkingEditor),
    "sinking fund": _form(SinkingEditor, fund=lambda services: read_funds(services).sinking[0][0]),
    "person": _form(PersonEditor, person=lambda services: services.people.household().people[0]),
    "provider": _form(ProviderEditor),
    "account": _form(AccountEditor, account=lambda services: services.accounts.accounts()[0]),
    "statement": _form(StatementDialog, shown=lambda services: read_balances(services)[0]),
    "money into an HSA": _form(PaymentEditor, prefill=_to_hsa),
    "money out of an HSA": _form(PaymentEditor, payment=_from_hsa),
    "expenses paid back": _form(RepaidEditor, payment=_from_hsa),
    "other coverage": _form(CoverEditor, person_id=lambda services: services.people.people()[0].id),
    "limits typed in": _form(
        MissingLimitsDialog, year=lambda _: 2030, names=lambda _: ("hsa.self_only", "hsa.family")
    ),
    "family limit": _form(
        FamilyLimitDialog,
        facts=lambda services: services.taxes.facts(2026),
        owner=lambda services: services.people.people()[0],
        spouse=lambda services: services.people.people()[1],
    ),
    "FSA year": _form(FsaYearEditor, accounts=_accounts(AccountKind.FSA)),
    "HRA year": _form(HraYearEditor, accounts=_accounts(AccountKind.HRA)),
    "recurring": _form(RecurringEditor, recurring=lambda services: services.recurring.all()[0]),
    "take estimates": _month_form(TakeEstimates),
    "fill year": _fill_year,
    "line": _form(LineEditor),
    "lines": _form(LineList),
    "recategorise": _form(Recategorise, ids=_two),
    "payments behind": _behind,
    "workbook": _form(WorkbookDifferences, found=_differences),
    "network check": _form(
        NetworkCheckDialog,
        plan=_first_plan,
        providers=lambda services: {one.id or 0: one.name for one in services.people.providers()},
    ),
    "stated total": _form(
        StatedTotalDialog, plan=_first_plan, home=lambda services: services.people.household()
    ),
    "opening balance": _form(
        OpeningDialog,
        year=lambda services: services.coverage.year(_first_plan(services)),
        home=lambda services: services.people.household(),
        categories=lambda services: services.coverage.categories(),
    ),
    "call": _form(CallDialog),
    **{
        kind.value: _form(CaseEditor, prefill=partial(_new_case, kind))
        for kind in (CaseKind.APPEAL, CaseKind.REIMBURSEMENT, CaseKind.AUTHORIZATION, CaseKind.APPOINTMENT)
    },
    "put off": lambda context, _folder: SnoozeDialog(context, None, key="due:1", what="Fee: $300.00"),
    "about": lambda _context, _folder: AboutDialog(),
    "preview": _preview,
    "chart as table": _chart_table,
}


@pytest.fixture
def opened(sample: Services, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[str], QDialog]]:
    """Opens a form by name; whatever went wrong in it fails the test."""
    desk = desk_over(sample)

    def make(name: str) -> QDialog:
        form = FORMS[name](desk.context, tmp_path)
        desk.kept.append(form)
        show(form, qtbot)
        return form

    yield make
    assert desk.problems == []


def show(form: QDialog, qtbot: QtBot) -> None:
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot deletes it
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    kit.settle()


def press(form: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or form, key)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_named_reached_by_tab_and_left_with_esc(
    opened: Callable[[str], QDialog], name: str
) -> None:
    form = opened(name)
    wrong = look_kit.wrong_in(form) + kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    press(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_fits_with_large_text(opened: Callable[[str], QDialog], look: Theme, name: str) -> None:
    look.apply(percent=200)
    form = opened(name)
    wrong = look_kit.wrong_in(form) + kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(FORMS.keys() - {"about", "preview", "chart as table"}))
def test_enter_saves_a_form_from_its_first_field(
    opened: Callable[[str], QDialog], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(name)
    assert isinstance(form, FormDialog)
    asked: list[bool] = []
    monkeypatch.setattr(form, "save", lambda: asked.append(True))
    fields = [one for one in kit.stops(form) if isinstance(one, QLineEdit)]
    if fields:
        fields[0].setFocus()
        press(form, Qt.Key.Key_Return)
    else:
        QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Return, CTRL)
    assert asked == [True]


@pytest.mark.parametrize("percent", [100, 200])
def test_the_wizard_step_by_step(qtbot: QtBot, tmp_path: Path, look: Theme, percent: int) -> None:
    look.apply(percent=percent)
    wizard = Wizard(Program(tmp_path / "settings.json", None), None, folder=tmp_path)
    show(wizard, qtbot)
    found = []
    for step in range(4):
        found += [
            f"step {step + 1}: {one}" for one in look_kit.wrong_in(wizard) + kit.wrong_with_tab(wizard)
        ]
        if step == 0:
            wizard.you.name.setText("Eleanor")
            wizard.on_next()
        elif step < 3:
            wizard.on_skip()
        kit.settle()
    assert not found, "\n".join(found)
    press(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_welcome(qtbot: QtBot, tmp_path: Path, look: Theme, percent: int) -> None:
    look.apply(percent=percent)
    shown = Welcome(Program(tmp_path / "settings.json", None))
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    kit.settle()
    wrong = look_kit.wrong_in(shown) + kit.wrong_with_tab(shown)
    assert not wrong, "\n".join(wrong)
    shown.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_restoring(qtbot: QtBot, sample_ledger: Ledger, tmp_path: Path, look: Theme, percent: int) -> None:
    backups.back_up(sample_ledger.path, now=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    look.apply(percent=percent)
    program = Program(tmp_path / "settings.json", None)
    program.settings = replace(program.settings, last_ledger=str(sample_ledger.path))
    form = RestoreDialog(program, None, runner=InlineRunner())
    show(form, qtbot)
    assert form.restore_button.isEnabled()
    wrong = look_kit.wrong_in(form) + kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    press(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
