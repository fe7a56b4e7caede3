"""How much room the screen has on which a window is, or will be."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def screen_room(widget: QWidget) -> QRect:
    """The part of the widget's screen that windows may use, in the screen's coordinates.

    `QWidget.screen()` must not be asked: the binding takes the screen for a child of the widget and
    deletes it together with the widget, after which nearly anything ends the program.
    """
    window = widget.window()
    found = QGuiApplication.screenAt(window.mapToGlobal(window.rect().center()))
    return (found or QGuiApplication.primaryScreen()).availableGeometry()
