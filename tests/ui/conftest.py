"""Tests of the screen run without one, and leave no window behind."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("CONCIERGE_LEDGER_THEME", None)

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.garbage import GarbageCollector, collect_what_is_due
from ui.theme import Theme, theme


@pytest.fixture(scope="session", autouse=True)
def garbage(qapp: QApplication) -> Iterator[GarbageCollector]:
    """Cycles are collected on the UI thread only, as in the program itself."""
    collector = GarbageCollector()
    yield collector
    collector.stop()


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 % for every test, and a check that no window outlives its test."""
    found = theme()
    found.apply("light", 100)
    yield found
    found.apply("light", 100)
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    collect_what_is_due()
    assert not left, f"windows left open: {left}"
