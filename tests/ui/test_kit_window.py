"""The window: pages on first visit, keys that work everywhere, a shape that comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tracker.changes import Area, Changes
from ui.bus import ChangeBus
from ui.jobs import InlineRunner
from ui.main_window import MainWindow, PageSpec
from ui.theme import Theme
from ui.widgets.buttons import PlainButton
from ui.widgets.find_box import FoundItem
from ui.widgets.page import Page
from ui.widgets.screen_room import screen_room
from ui.window_state import WindowState

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYS = [
    "overview",
    "budget",
    "spending",
    "claims",
    "coverage",
    "membership",
    "accounts",
    "compare",
    "review",
]


class PlainPage(Page):
    SHOWS = Area.BUDGET
    help_text = "Planned against paid."

    def __init__(self, title: str, log: list[str]) -> None:
        super().__init__(title)
        self.log = log
        self.line = QLineEdit()
        self.body.addWidget(self.line)
        log.append(f"made {title}")

    def reload(self) -> None:
        self.log.append(f"reloaded {self.title()}")

    def primary_action(self) -> None:
        self.log.append(f"added on {self.title()}")

    def print_page(self) -> bool:
        self.log.append(f"printed {self.title()}")
        return self.title() != "budget"


class Names:
    """Finds pages by name."""

    def __init__(self, opened: list[str]) -> None:
        self.opened = opened

    def search(self, text: str) -> Sequence[FoundItem]:
        return [FoundItem(key, "Page", self._opener(key)) for key in KEYS if text and text in key]

    def _opener(self, key: str) -> Callable[[], None]:
        def go() -> None:
            self.opened.append(key)

        return go


@pytest.fixture
def log() -> list[str]:
    return []


def make(log: list[str], file: Path | None = None, bus: ChangeBus | None = None) -> MainWindow:
    specs = [PageSpec(key, key.title(), key, lambda key=key: PlainPage(key, log)) for key in KEYS]
    footer = [PageSpec("settings", "Settings", "settings", lambda: PlainPage("settings", log))]
    return MainWindow(
        specs, footer, state=WindowState(file), bus=bus, runner=InlineRunner(), finder=Names(log)
    )


@pytest.fixture
def window(qtbot: QtBot, log: list[str]) -> MainWindow:
    made = make(log)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_pages_are_made_on_their_first_visit(window: MainWindow, log: list[str], qtbot: QtBot) -> None:
    assert log == ["made overview", "reloaded overview"]
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert (window.current_key, window.current_page.title()) == ("budget", "budget")
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert log.count("made budget") == 1
    assert log.count("reloaded budget") == 1


def test_the_sidebar_goes_by_mouse_and_arrows(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.sidebar.entry("claims"), Qt.MouseButton.LeftButton)
    assert window.current_key == "claims"
    window.sidebar.entry("claims").setFocus()
    qtbot.keyClick(window.sidebar.entry("claims"), Qt.Key.Key_Down)
    assert window.current_key == "coverage"
    assert window.sidebar.entry("coverage").isChecked()
    qtbot.mouseClick(window.sidebar.entry("settings"), Qt.MouseButton.LeftButton)
    assert window.current_page.title() == "settings"


def test_keys_reach_the_page(window: MainWindow, log: list[str], qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert log[-2:] == ["added on overview", "printed overview"]
    assert window.toasts.text == ""
    window.go_to("budget")
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert "nothing to print" in window.toasts.text


def test_undo_and_redo_ask_only_when_there_is_something(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.undo_requested):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    window.undo_actions.set_words("adding an expense", "editing a bill")
    with qtbot.waitSignal(window.undo_requested):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    with qtbot.waitSignal(window.redo_requested):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)


def test_undo_in_a_field_undoes_typing(window: MainWindow, qtbot: QtBot) -> None:
    window.undo_actions.set_words("adding an expense", "")
    page = window.current_page
    assert isinstance(page, PlainPage)
    page.line.setFocus()
    qtbot.keyClicks(page.line, "abc")
    with qtbot.assertNotEmitted(window.undo_requested):
        qtbot.keyClick(page.line, Qt.Key.Key_Z, CONTROL)
    assert page.line.text() == ""


def test_help_explains_the_page_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current_page
    assert isinstance(page, PlainPage)
    page.line.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help_popover is not None
    assert window.help_popover.isVisible()
    assert window.help_popover.text() == "Planned against paid."
    qtbot.keyClick(window.help_popover, Qt.Key.Key_Escape)
    assert window.help_popover.isHidden()
    assert page.line.hasFocus()


def test_find_goes_where_the_arrows_point(window: MainWindow, log: list[str], qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    box = window.find_box
    assert box is not None
    assert box.line.hasFocus()
    qtbot.keyClicks(box.line, "c")
    assert [box.results.item(row).text() for row in range(box.results.count())][:2] == [
        "claims",
        "coverage",
    ]
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert log[-1] == "coverage"
    assert box.isHidden()


def test_find_says_when_nothing_matches_and_escape_leaves(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    box = window.find_box
    assert box is not None
    qtbot.keyClicks(box.line, "zzz")
    assert box.nothing.isVisible()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_menus_hold_everything_once(window: MainWindow) -> None:
    window.open_menu()
    menu = window.menus.menu
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert texts == ["&File", "&Edit", "&Go", "&Help"]
    inside = [
        entry.text() for action in menu.actions() for entry in action.menu().actions() if entry.text()
    ]
    for wanted in ("New ledger…", "Open…", "Back up…", "Restore…", "Print…", "Quit", "Undo", "Find…"):
        assert inside.count(wanted) == 1
    menu.close()


def test_commits_reach_pages_through_the_bus(qtbot: QtBot, log: list[str]) -> None:
    bus = ChangeBus()
    window = make(log, bus=bus)
    qtbot.addWidget(window)
    window.show()
    log.clear()
    bus.announce(Changes("Set estimate", Area.BUDGET))
    assert log == ["reloaded overview"]


def test_the_window_comes_back_where_it_was(qtbot: QtBot, log: list[str], tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    first = make(log, file)
    qtbot.addWidget(first)
    first.resize(760, 620)
    first.show()
    first.go_to("claims")
    with qtbot.waitSignal(first.closing):
        first.close()
    second = make(log, file)
    qtbot.addWidget(second)
    assert second.current_key == "claims"
    assert second.size() == first.size()


def test_a_killed_window_comes_back_too(qtbot: QtBot, log: list[str], tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    killed = make(log, file)
    qtbot.addWidget(killed)
    killed.resize(770, 630)
    killed.show()
    killed.go_to("claims")
    qtbot.waitUntil(lambda: b"geometry" in (file.read_bytes() if file.exists() else b""))
    second = make(log, file)
    qtbot.addWidget(second)
    assert second.current_key == "claims"
    assert second.size() == killed.size()


def test_a_page_opened_by_key_does_not_stand_on_a_button(window: MainWindow, qtbot: QtBot) -> None:
    button = PlainButton("Paste rows")
    window.page("budget").add_action_widget(button)
    assert window.current_page.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.current_page.isAncestorOf(window.focusWidget())
    assert not button.hasFocus()
    button.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert button.hasFocus()  # a page visited before is found as it was left


def test_a_new_window_fits_the_screen(window: MainWindow) -> None:
    room = screen_room(window)
    assert window.width() <= room.width()
    assert window.height() < room.height()


def test_unknown_remembered_pages_are_forgotten(qtbot: QtBot, log: list[str], tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    WindowState(file).keep_text("window/page", "gone")
    window = make(log, file)
    qtbot.addWidget(window)
    assert window.current_key == "overview"


@pytest.mark.parametrize(("percent", "narrow"), [(100, False), (200, True)])
def test_the_sidebar_leaves_the_page_room(
    qtbot: QtBot, look: Theme, log: list[str], percent: int, narrow: bool
) -> None:
    look.apply(percent=percent)
    window = make(log)
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    assert (window.width(), window.height()) == (1024, 700)
    entry = window.sidebar.entry("review")
    assert bool(entry.toolTip()) is narrow
    assert entry.accessibleName() == "Review"
    assert window.current_page.width() >= (900 if narrow else 760)
    if not narrow:
        assert entry.width() >= entry.sizeHint().width()


def test_everything_can_be_reached_by_tab(window: MainWindow, qtbot: QtBot) -> None:
    seen: set[QObject] = set()
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.add(focused)
    page = window.current_page
    assert isinstance(page, PlainPage)
    assert page.line in seen
    assert window.sidebar.menu_button in seen
    assert any(window.sidebar.entry(key) in seen for key in KEYS)
