"""The screen outlives every window that asked about it."""

from __future__ import annotations

import gc

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.widgets.screen_room import screen_room


def test_a_window_that_is_collected_leaves_the_screen_alone(qapp: QApplication) -> None:
    widget = QWidget()
    assert not screen_room(widget).isEmpty()
    widget.itself = widget  # so that only the collector can free it
    del widget
    gc.collect()
    screen = QGuiApplication.primaryScreen()
    assert isValid(screen)
    assert not screen.availableGeometry().isEmpty()
