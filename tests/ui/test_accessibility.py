"""Every page without a mouse, without colours, and with text twice as large."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tracker.storage.ledger import Ledger
from ui.jobs import InlineRunner
from ui.main_window import MainWindow
from ui.models.budget_month import ESTIMATED
from ui.models.budget_year import YearView
from ui.models.table import RowTableModel
from ui.pages import accounts_parts, membership_parts
from ui.pages.accounts import AccountsPage
from ui.pages.budget import BudgetPage
from ui.pages.coverage import CoveragePage
from ui.pages.coverage_parts import PARTS
from ui.pages.membership import MembershipPage
from ui.pages.overview import OverviewPage
from ui.pages.settings import SECTIONS
from ui.session import Session
from ui.theme import DARK, LIGHT, Theme, Tokens
from ui.widgets.paint import PILL_TONES
from ui.window_state import WindowState

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = (
    "overview",
    "budget",
    "spending",
    "claims",
    "coverage",
    "membership",
    "accounts",
    "review",
    "settings",
)


@pytest.fixture(autouse=True)
def flashes(qapp: QApplication) -> Iterator[None]:
    """A part shown before it has a parent is a window for a moment, and takes the keyboard away."""
    with kit.no_flashes(qapp):
        yield


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


def views_of(window: MainWindow, key: str) -> Iterator[str]:
    """Go to a page and through the views it has, telling the name of each."""
    page = window.go_to(key)
    kit.settle()
    yield key
    if isinstance(page, BudgetPage):
        page.arrive(2026)
        for view in (YearView.ACTUAL, YearView.ESTIMATED, YearView.DIFFERENCE):
            page.year_view.views.choose(view)
            page.year_view.views.changed.emit(view)
            kit.settle()
            yield f"{key}, year, {view}"
    elif isinstance(page, CoveragePage):
        for part, _name in PARTS:
            page.arrive(("part", part))
            kit.settle()
            yield f"{key}, {part}"
    elif isinstance(page, MembershipPage):
        for part, _name in membership_parts.PARTS:
            page.arrive(("part", part))
            kit.settle()
            yield f"{key}, {part}"
    elif isinstance(page, AccountsPage):
        for part, _name in accounts_parts.PARTS:
            page.arrive(("part", part))
            kit.settle()
            yield f"{key}, {part}"
    elif key == "settings":
        for section, _name in SECTIONS[1:]:
            page.arrive(section)  # type: ignore[attr-defined]
            kit.settle()
            yield f"{key}, {section}"


# pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PAGES)
def test_a_page_is_named_and_reached_by_tab(window: MainWindow, key: str) -> None:
    found = []
    for view in views_of(window, key):
        wrong = look_kit.wrong_in(window) + kit.wrong_with_tab(window, window.sidebar.menu_button)
        found += [f"{view}: {sentence}" for sentence in wrong]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", PAGES)
def test_a_page_fits_with_large_text_in_a_small_window(window: MainWindow, look: Theme, key: str) -> None:
    look.apply(percent=200)
    window.resize(1024, 700)
    found = []
    for view in views_of(window, key):
        wrong = look_kit.wrong_in(window) + kit.wrong_with_tab(window, window.sidebar.menu_button)
        found += [f"{view}: {sentence}" for sentence in wrong]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", [key for key in PAGES if key != "settings"])
def test_a_cell_that_ends_in_dots_says_the_rest_in_a_tooltip(
    window: MainWindow, look: Theme, key: str
) -> None:
    look.apply(percent=200)
    window.resize(1024, 700)
    for view in views_of(window, key):
        for table in look_kit.tables(window):
            for index in look_kit.elided_cells(table):
                assert look_kit.tooltip_at(table, index), f"{view}: {index.data()!r} says the rest nowhere"
    QToolTip.hideText()


def test_these_are_all_the_pages(window: MainWindow) -> None:
    assert window.page_keys() == list(PAGES)


def test_what_tab_reaches_is_brought_into_view(window: MainWindow) -> None:
    window.go_to("review")
    kit.settle()
    window.sidebar.menu_button.setFocus()
    unseen = []
    for _ in range(len(kit.stops(window))):
        here = kit.press_tab(window)
        assert here is not None
        if here.visibleRegion().isEmpty():
            unseen.append(kit.describe(here))
    assert not unseen


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


@pytest.mark.parametrize("number", range(1, 9))
def test_another_page_keeps_the_amount_that_is_being_typed(window: MainWindow, number: int) -> None:
    page = begin_estimate(window, "321")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key(Qt.Key.Key_0 + number), CTRL)
    kit.settle()
    assert window.current_key == PAGES[number - 1]
    table = page.month_view.table
    if window.current_page is page:  # nothing happens: the cell stays open
        assert table.editor() is not None
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    assert table.model().index(0, table.column_of(ESTIMATED)).data() == "$321.00"


def test_an_amount_that_cannot_be_kept_is_still_there_on_the_way_back(window: MainWindow) -> None:
    page = begin_estimate(window, "12x")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_3, CTRL)
    kit.settle()
    assert window.current_key == "spending"
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_2, CTRL)
    kit.settle()
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
            found += [f"{view}: {sentence}" for sentence in look_kit.faint_words(window)]
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
    low = {(ink, on): look_kit.contrast(getattr(tokens, ink), getattr(tokens, on)) for ink, on in pairs}
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
