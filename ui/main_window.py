"""The window: pages at the left, one page at a time, and the keys that work everywhere.

It knows no noun of the ledger. Pages come from specs and are made when they are first visited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.bus import ChangeBus
from ui.jobs import JobRunner
from ui.undo import UndoActions
from ui.widgets.busy import BusyStrip
from ui.widgets.focus import ReadingOrderMixin, bring_into_view, place_of, stops
from ui.widgets.page import Page
from ui.widgets.screen_room import screen_room
from ui.widgets.sidebar import Sidebar
from ui.widgets.toast import ToastHost
from ui.window_menus import WindowMenus
from ui.window_state import WindowState

if TYPE_CHECKING:
    from ui.widgets.find_box import FindBox, Finder
    from ui.widgets.help_popover import HelpPopover

PRODUCT = "Concierge Ledger"
_TITLE_BAR = 40
"""Left for the title bar when a new window is fitted to a small screen, in pixels."""
_SETTLED_MS = 400
"""How long the window must stand still before its place and size are kept."""


@dataclass(frozen=True)
class PageSpec:
    """A page by key: its name and icon at the left, and how to make it."""

    key: str
    title: str
    icon: str
    factory: Callable[[], Page]


class MainWindow(ReadingOrderMixin, QMainWindow):
    """Navigation, shortcuts and menus. What the menus ask for is done by whoever connects."""

    undo_requested = Signal()
    redo_requested = Signal()
    new_ledger_requested = Signal()
    open_ledger_requested = Signal()
    backup_requested = Signal()
    restore_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()
    files_requested = Signal()
    """Files with payments or EOBs are to be imported."""
    tables_requested = Signal()
    """Payments, claims and accounts are to be written to files."""
    about_requested = Signal()
    find_requested = Signal()  # only while no finder was given
    page_changed = Signal(str)
    closing = Signal()

    def __init__(
        self,
        specs: Sequence[PageSpec],
        footer: Sequence[PageSpec] = (),
        *,
        state: WindowState | None = None,
        bus: ChangeBus | None = None,
        runner: JobRunner | None = None,
        finder: Finder | None = None,
        start_at: str = "",
    ) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in (*specs, *footer)}
        self._footer = {spec.key for spec in footer}
        self._pages: dict[str, Page] = {}
        self._key = ""
        self._state = state or WindowState()
        self._bus = bus
        self._finder = finder
        self._find_box: FindBox | None = None
        self._help: HelpPopover | None = None
        self.setWindowTitle(PRODUCT)
        # Kept when a drag is over, not only at the end: the program may be killed.
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._keep_geometry)
        self._build()
        self._add_actions()
        self.toasts = ToastHost(self)
        if runner is not None:
            self.busy.watch(runner)
        if not self._state.restore_geometry(self):
            room = screen_room(self).size() - QSize(0, _TITLE_BAR)
            self.resize(QSize(1320, 900).boundedTo(room))
        kept = start_at or self._state.text("window/page")
        self.go_to(kept if kept in self._specs else next(iter(self._specs)))

    # pages --------------------------------------------------------------------------

    @property
    def current_page(self) -> Page:
        return self._pages[self._key]

    @property
    def current_key(self) -> str:
        return self._key

    def page_keys(self) -> list[str]:
        """The keys of all pages, those at the bottom of the sidebar last."""
        return list(self._specs)

    def page(self, key: str) -> Page:
        """The page with this key, made at the first call."""
        if key not in self._pages:
            made = self._specs[key].factory()
            self._pages[key] = made
            self._stack.addWidget(made)
            if self._bus is not None:
                self._bus.committed.connect(made.on_committed)
        return self._pages[key]

    @Slot(str)
    def go_to(self, key: str) -> Page:
        """Show a page."""
        page = self.page(key)
        changed = key != self._key
        self._key = key
        self.sidebar.choose(key)
        first_visit = page.focusWidget() is None
        self._stack.setCurrentWidget(page)
        focus = self.focusWidget()
        if first_visit and page.isAncestorOf(focus):
            page.take_focus()  # Qt has chosen the first button, which Enter would press
        if changed:
            self._state.keep_text("window/page", key)
            self.page_changed.emit(key)
        return page

    def set_ledger_name(self, name: str) -> None:
        """The name of the open ledger, for the title bar."""
        self.setWindowTitle(f"{name} \u2013 {PRODUCT}" if name else PRODUCT)

    def set_finder(self, finder: Finder) -> None:
        self._finder = finder
        self._find_box = None

    @property
    def undo_actions(self) -> UndoActions:
        return self.menus.undo

    # the keys that work everywhere --------------------------------------------------

    @Slot()
    def add_main_thing(self) -> None:
        self.current_page.primary_action()

    @Slot()
    def print_current(self) -> None:
        if not self.current_page.print_page():
            self.toasts.show("This page has nothing to print.")

    @Slot()
    def explain_page(self) -> None:
        if self._help is None:
            from ui.widgets.help_popover import HelpPopover  # as below

            self._help = HelpPopover(self)
        page = self.current_page
        self._help.explain(self._specs[self._key].title, page.help_text or "Nothing to explain here.")

    @Slot()
    def open_find(self) -> None:
        if self._finder is None:
            self.find_requested.emit()
            return
        if self._find_box is None:
            # Not needed for the window to come up, so not imported before.
            from ui.widgets.find_box import FindBox

            self._find_box = FindBox(self._finder, self)
        self._find_box.open_box()

    @Slot()
    def switch_side(self) -> None:
        """F6: from the page to the list of pages, and back to where one was on the page."""
        page = self.current_page
        here: QWidget | None = self.focusWidget()
        if here is not None and page.isAncestorOf(here):
            self.sidebar.entry(self._key).setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        way = stops(page)
        last = place_of(page.focusWidget(), way)
        if not way:
            return
        back = way[last or 0]
        back.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(back)

    @property
    def find_box(self) -> FindBox | None:
        return self._find_box

    @property
    def help_popover(self) -> HelpPopover | None:
        return self._help

    # what Qt asks for ---------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(720, 480)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.focusWidget() is None:
            self.current_page.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.fit(self.width())
        self._settled.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._settled.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "sidebar"):
            self.sidebar.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settled.stop()
        self._keep_geometry()
        self.closing.emit()
        super().closeEvent(event)

    @Slot()
    def _keep_geometry(self) -> None:
        if self.isVisible():
            self._state.keep_geometry(self)

    # building -----------------------------------------------------------------------

    def _build(self) -> None:
        self.menus = WindowMenus(self)
        self.sidebar = Sidebar(PRODUCT)
        for place, spec in enumerate(self._specs.values()):
            bottom = spec.key in self._footer
            shortcut = f"Ctrl+{place + 1}" if place < 9 and not bottom else ""
            self.sidebar.add(spec.key, spec.title, spec.icon, shortcut, at_bottom=bottom)
        self.sidebar.chosen.connect(self.go_to)
        self._stack = QStackedWidget()
        self.busy = BusyStrip()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(self.busy)
        middle = QWidget()
        whole = QHBoxLayout(middle)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sidebar)
        whole.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _add_actions(self) -> None:
        menus = self.menus
        menus.undo.undo.triggered.connect(self.undo_requested)
        menus.undo.redo.triggered.connect(self.redo_requested)
        menus.add("File", "New ledger\u2026", self.new_ledger_requested.emit, "Ctrl+Shift+N")
        menus.add("File", "Open\u2026", self.open_ledger_requested.emit, "Ctrl+O")
        menus.add_separator("File")
        menus.add("File", "Back up\u2026", self.backup_requested.emit)
        menus.add("File", "Restore\u2026", self.restore_requested.emit)
        menus.add_separator("File")
        menus.add("File", "Import files\u2026", self.files_requested.emit, "Ctrl+I")
        menus.add("File", "Export tables\u2026", self.tables_requested.emit)
        menus.add_separator("File")
        menus.add("File", "Export everything\u2026", self.export_requested.emit)
        menus.add("File", "Import everything\u2026", self.import_requested.emit)
        menus.add_separator("File")
        menus.add("File", "Print\u2026", self.print_current, "Ctrl+P")
        menus.add_separator("File")
        quit_action = menus.add("File", "Quit", self.close, "Ctrl+Q")
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        menus.add("Edit", "Add", self.add_main_thing, "Ctrl+N")
        menus.add("Edit", "Find\u2026", self.open_find, "Ctrl+K")
        for place, spec in enumerate(self._specs.values()):
            shortcut = f"Ctrl+{place + 1}" if place < 9 and spec.key not in self._footer else ""
            action = menus.add("Go", spec.title, self._on_go, shortcut)
            action.setData(spec.key)
        menus.add("Help", "What is this page?", self.explain_page, "F1")
        about = menus.add("Help", f"About {PRODUCT}", self.about_requested.emit)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        native = menus.show_native()
        self.sidebar.menu_button.setVisible(not native)
        self.sidebar.menu_button.clicked.connect(self.open_menu)
        for key, act in ((Qt.Key.Key_F10, self.open_menu), (Qt.Key.Key_F6, self.switch_side)):
            action = QAction(self)
            action.setShortcut(key)
            action.triggered.connect(act)
            self.addAction(action)

    @Slot()
    def open_menu(self) -> None:
        self.menus.popup(self.sidebar.menu_button)

    @Slot()
    def _on_go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.go_to(str(action.data()))
