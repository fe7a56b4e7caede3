"""Every page and form without a mouse, without colours, and with text twice as large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import access_kit as kit
from tests.ui.coverage_kit import desk_over
from tracker.dates import month_period
from tracker.services import backups
from tracker.services.bundle import Services
from tracker.services.workbook import EstimateDifference, EstimateDifferences, ImportProblem
from tracker.storage.ledger import Ledger
from ui.bootstrap import Program
from ui.context import Context
from ui.dialogs.about import AboutDialog
from ui.dialogs.account_editor import AccountEditor
from ui.dialogs.budget_line_editor import LineEditor, LineList
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.fill_year import FillYear
from ui.dialogs.fund_editor import FundEditor
from ui.dialogs.membership_editor import MembershipEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.payments_behind import PaymentsBehind
from ui.dialogs.person_editor import PersonEditor
from ui.dialogs.plan_editor import PlanEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.provider_editor import ProviderEditor
from ui.dialogs.recategorise import Recategorise
from ui.dialogs.recurring_editor import RecurringEditor
from ui.dialogs.restore import RestoreDialog
from ui.dialogs.take_estimates import TakeEstimates
from ui.dialogs.wizard import Wizard
from ui.dialogs.workbook_differences import WorkbookDifferences
from ui.jobs import InlineRunner
from ui.main_window import MainWindow
from ui.models.budget_month import ESTIMATED
from ui.models.budget_year import YearView
from ui.models.table import RowTableModel
from ui.pages.budget import BudgetPage
from ui.pages.overview import OverviewPage
from ui.pages.settings import SECTIONS
from ui.printing.review_document import review_document
from ui.session import Session
from ui.theme import DARK, LIGHT, Theme, Tokens
from ui.welcome import Welcome
from ui.widgets.chart_dialogs import TableDialog
from ui.widgets.form_dialog import FormDialog
from ui.widgets.paint import PILL_TONES
from ui.window_state import WindowState

NOVEMBER = date(2026, 11, 1)
CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = ("overview", "budget", "spending", "coverage", "membership", "review", "settings")


EXPECTED = (QMainWindow, QDialog, Welcome)


class _Flashes(QObject):
    """Hears of every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, EXPECTED) and watched.windowType() != Qt.WindowType.ToolTip:
            self.shown.append(kit.describe(watched))
        return False


@pytest.fixture(autouse=True)
def flashes(qapp: QApplication) -> Iterator[None]:
    """A part shown before it has a parent is a window for a moment, and takes the keyboard away."""
    heard = _Flashes()
    qapp.installEventFilter(heard)
    yield
    qapp.removeEventFilter(heard)
    assert not heard.shown


@pytest.fixture
def window(sample_ledger: Ledger, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window over the sample year."""
    made = Session(sample_ledger, WindowState(), runner=InlineRunner())
    made.window.resize(1320, 900)
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made.window
    made.window.close()
    shiboken6.delete(made.window)


def settle() -> None:
    """Let layouts that wait for each other come to rest."""
    for _ in range(12):
        QApplication.processEvents()


def views_of(window: MainWindow, key: str) -> Iterator[str]:
    """Go to a page and through the views it has, telling the name of each."""
    page = window.go_to(key)
    settle()
    yield key
    if isinstance(page, BudgetPage):
        page.arrive(2026)
        for view in (YearView.ACTUAL, YearView.ESTIMATED, YearView.DIFFERENCE):
            page.year_view.views.choose(view)
            page.year_view.views.changed.emit(view)
            settle()
            yield f"{key}, year, {view}"
    elif key == "settings":
        for section, _name in SECTIONS[1:]:
            page.arrive(section)  # type: ignore[attr-defined]
            settle()
            yield f"{key}, {section}"


def wrong_in(root: QWidget) -> list[str]:
    """What a screen reader would miss, and what is cut."""
    checks = (
        kit.unnamed,
        kit.without_tooltip,
        kit.silent_charts,
        kit.nameless_tables,
        kit.cut_words,
        kit.cut_headings,
        kit.sideways,
    )
    return [sentence for check in checks for sentence in check(root)]


def wrong_with_tab(root: QWidget, first: QWidget | None = None) -> list[str]:
    """What is wrong with the way of the Tab key from the first stop round to it again, and back."""
    start = first or kit.first_of(root)
    if start is None:
        return []
    start.setFocus(Qt.FocusReason.TabFocusReason)
    order = [start, *(one for one in kit.tab_round(root) if one is not start)]
    wrong = kit.out_of_reach(root, order) + kit.backward_steps(order)
    start.setFocus(Qt.FocusReason.TabFocusReason)
    back = {*kit.tab_round(root, back=True), start}
    wrong += [f"Shift+Tab never reaches {kit.describe(one)}" for one in order if one not in back]
    return wrong


# pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PAGES)
def test_a_page_is_named_and_reached_by_tab(window: MainWindow, key: str) -> None:
    found = []
    for view in views_of(window, key):
        wrong = wrong_in(window) + wrong_with_tab(window, window.sidebar.menu_button)
        found += [f"{view}: {sentence}" for sentence in wrong]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", PAGES)
def test_a_page_fits_with_large_text_in_a_small_window(window: MainWindow, look: Theme, key: str) -> None:
    look.apply(percent=200)
    window.resize(1024, 700)
    found = []
    for view in views_of(window, key):
        wrong = wrong_in(window) + wrong_with_tab(window, window.sidebar.menu_button)
        found += [f"{view}: {sentence}" for sentence in wrong]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", [key for key in PAGES if key != "settings"])
def test_a_cell_that_ends_in_dots_says_the_rest_in_a_tooltip(
    window: MainWindow, look: Theme, key: str
) -> None:
    look.apply(percent=200)
    window.resize(1024, 700)
    for view in views_of(window, key):
        for table in kit.tables(window):
            for index in kit.elided_cells(table):
                assert kit.tooltip_at(table, index), f"{view}: {index.data()!r} says the rest nowhere"
    QToolTip.hideText()


def test_these_are_all_the_pages(window: MainWindow) -> None:
    assert window.page_keys() == list(PAGES)


def test_what_tab_reaches_is_brought_into_view(window: MainWindow) -> None:
    window.go_to("review")
    settle()
    window.sidebar.menu_button.setFocus()
    unseen = []
    for _ in range(len(kit.stops(window))):
        here = kit.press_tab(window)
        assert here is not None
        if here.visibleRegion().isEmpty():
            unseen.append(kit.describe(here))
    assert not unseen


# forms -------------------------------------------------------------------------------------


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


def _latest(services: Services) -> object:
    return services.payments.get(services.payments.ids().ids[0])


def _march_claim(services: Services) -> object:
    return services.claims.claims(month_period(date(2026, 3, 1)))[0]


def _two(services: Services) -> list[int]:
    return list(services.payments.ids().ids[:2])


FORMS: dict[str, Make] = {
    "new payment": _form(PaymentEditor),
    "payment": _form(PaymentEditor, payment=_latest),
    "split payment": _form(PaymentEditor, split=lambda _: True),
    "new EOB": _form(EobEditor),
    "EOB": _form(EobEditor, claim=_march_claim),
    "new plan": _form(PlanEditor),
    "plan": _form(PlanEditor, plan=lambda services: services.agreements.plans()[0]),
    "new membership": _form(MembershipEditor),
    "membership": _form(MembershipEditor, membership=lambda services: services.agreements.memberships()[0]),
    "fund": _form(FundEditor),
    "person": _form(PersonEditor, person=lambda services: services.people.household().people[0]),
    "provider": _form(ProviderEditor),
    "account": _form(AccountEditor, account=lambda services: services.accounts.accounts()[0]),
    "recurring": _form(RecurringEditor, recurring=lambda services: services.recurring.all()[0]),
    "take estimates": _month_form(TakeEstimates),
    "fill year": _fill_year,
    "line": _form(LineEditor),
    "lines": _form(LineList),
    "recategorise": _form(Recategorise, ids=_two),
    "payments behind": _behind,
    "workbook": _form(WorkbookDifferences, found=_differences),
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
    settle()


def press(form: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or form, key)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_named_reached_by_tab_and_left_with_esc(
    opened: Callable[[str], QDialog], name: str
) -> None:
    form = opened(name)
    wrong = wrong_in(form) + wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    press(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_fits_with_large_text(opened: Callable[[str], QDialog], look: Theme, name: str) -> None:
    look.apply(percent=200)
    form = opened(name)
    wrong = wrong_in(form) + wrong_with_tab(form)
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
        found += [f"step {step + 1}: {one}" for one in wrong_in(wizard) + wrong_with_tab(wizard)]
        if step == 0:
            wizard.you.name.setText("Eleanor")
            wizard.on_next()
        elif step < 3:
            wizard.on_skip()
        settle()
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
    settle()
    wrong = wrong_in(shown) + wrong_with_tab(shown)
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
    wrong = wrong_in(form) + wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    press(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


# keys --------------------------------------------------------------------------------------


def begin_estimate(window: MainWindow, typed: str) -> BudgetPage:
    """Start typing over the first estimate of the month."""
    page = window.go_to("budget")
    assert isinstance(page, BudgetPage)
    table = page.month_view.table
    table.setFocus()
    table.go_to_cell(0, table.column_of(ESTIMATED))
    QTest.keyClicks(table, typed[0])
    editor = table.editor()
    assert editor is not None
    QTest.keyClicks(editor, typed[1:])
    return page


@pytest.mark.parametrize("number", range(1, 7))
def test_another_page_keeps_the_amount_that_is_being_typed(window: MainWindow, number: int) -> None:
    page = begin_estimate(window, "321")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key(Qt.Key.Key_0 + number), CTRL)
    settle()
    assert window.current_key == PAGES[number - 1]
    table = page.month_view.table
    if window.current_page is page:  # nothing happens: the cell stays open
        assert table.editor() is not None
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    assert table.model().index(0, table.column_of(ESTIMATED)).data() == "$321.00"


def test_an_amount_that_cannot_be_kept_is_still_there_on_the_way_back(window: MainWindow) -> None:
    page = begin_estimate(window, "12x")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_3, CTRL)
    settle()
    assert window.current_key == "spending"
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_2, CTRL)
    settle()
    editor = page.month_view.table.editor()
    assert editor is not None
    assert editor.text() == "12x"


def test_f6_goes_to_the_list_of_pages_and_back_to_the_same_place(window: MainWindow) -> None:
    page = window.go_to("overview")
    assert isinstance(page, OverviewPage)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.sidebar.entry("overview")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert window.current_key == "budget"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    here = QApplication.focusWidget()
    assert here is not None
    assert window.current_page.isAncestorOf(here)
    window.go_to("overview")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.table


# colours -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_are_painted_with_enough_contrast(window: MainWindow, look: Theme, mode: str) -> None:
    look.apply(mode)
    found = []
    for key in PAGES:
        for view in views_of(window, key):
            found += [f"{view}: {sentence}" for sentence in kit.faint_words(window)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_pills_buttons_rows_and_charts_can_be_read(tokens: Tokens) -> None:
    """Each ink on each ground that some painter of the kit puts it on."""
    grounds = {
        "text": "card ground hover selection good_soft warning_soft bad_soft accent_soft",
        "quiet": "card ground hover",
        "faint": "card ground hover",
        "second": "card",
        "on_accent": "accent accent_hover",
        "ground": "text",
    }
    # Toned words stand in cells, pointed at and selected, and in pills that are pressed.
    grounds |= dict.fromkeys(("good", "warning", "bad", "accent"), "card hover selection")
    pairs = [(ink, on) for ink, all_of_them in grounds.items() for on in all_of_them.split()]
    pairs += list(PILL_TONES.values())
    low = {(ink, on): kit.contrast(getattr(tokens, ink), getattr(tokens, on)) for ink, on in pairs}
    assert not {pair: ratio for pair, ratio in low.items() if ratio < 4.5}


def test_over_and_under_are_said_in_words(window: MainWindow) -> None:
    page = window.go_to("budget")
    assert isinstance(page, BudgetPage)
    page.arrive(date(2026, 6, 1))
    table = page.month_view.table
    told = table.rows_model
    column = table.column_of("Difference")
    shown = [str(told.index(row, column).data() or "") for row in range(told.rowCount())]
    toned = [told.index(row, column).data(RowTableModel.ToneRole) for row in range(told.rowCount())]
    assert any(tone == "bad" for tone in toned)
    for words, tone in zip(shown, toned, strict=True):
        if tone in ("bad", "good"):
            assert words.endswith("over" if tone == "bad" else "under")
