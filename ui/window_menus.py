"""The window's actions, their shortcuts, and the menus they stand in."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from ui.undo import UndoActions

Target = Callable[..., object]


class WindowMenus(QObject):
    """Holds every action. Shortcuts work at once; the menus are only built when they are opened."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.undo = UndoActions(self)
        window.addAction(self.undo.undo)
        window.addAction(self.undo.redo)
        self._file: list[QAction | None] = []
        self._edit: list[QAction | None] = [self.undo.undo, self.undo.redo, None]
        self._go: list[QAction | None] = []
        self._help: list[QAction | None] = []
        self._menu: QMenu | None = None

    def add(self, menu: str, text: str, target: Target, shortcut: str = "") -> QAction:
        """Add an action to File, Edit, Go or Help."""
        action = QAction(text, self)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(target)
        self._window.addAction(action)
        self._list(menu).append(action)
        return action

    def add_separator(self, menu: str) -> None:
        self._list(menu).append(None)

    def show_native(self) -> bool:
        """Put the menus where the system has a place of its own for them; False where it has none."""
        if sys.platform != "darwin":
            return False
        for title, actions in self._titled():
            _fill(self._window.menuBar().addMenu(title), actions)
        return True

    def popup(self, beside: QWidget) -> None:
        """Open the menu under its button."""
        if self._menu is None:
            self._menu = QMenu(self._window)
            for title, actions in self._titled():
                _fill(self._menu.addMenu(title), actions)
        self._menu.popup(beside.mapToGlobal(QPoint(0, beside.height() + 2)))

    @property
    def menu(self) -> QMenu | None:
        return self._menu

    def _titled(self) -> list[tuple[str, list[QAction | None]]]:
        return [("&File", self._file), ("&Edit", self._edit), ("&Go", self._go), ("&Help", self._help)]

    def _list(self, menu: str) -> list[QAction | None]:
        return {"File": self._file, "Edit": self._edit, "Go": self._go, "Help": self._help}[menu]


def _fill(menu: QMenu, actions: list[QAction | None]) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
