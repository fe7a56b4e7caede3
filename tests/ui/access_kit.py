"""What the tests of accessibility ask of a window: names, and the way of the Tab key.

Each question answers with sentences, one for each thing that is wrong; none is the right answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLineEdit,
    QMainWindow,
    QRadioButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from ui.welcome import Welcome
from ui.widgets.chart_view import ChartView

_WITH_PARTS = (QAbstractSpinBox, QLineEdit)
_TAB = Qt.FocusPolicy.TabFocus


def name_of(widget: QWidget) -> str:
    """What a screen reader says a widget is called."""
    found = QAccessible.queryAccessibleInterface(widget)
    return "" if found is None else found.text(QAccessible.Text.Name).strip()


def describe(widget: QWidget) -> str:
    """Enough of a widget to find it by."""
    words = name_of(widget) or widget.objectName()
    inside = type(widget.parentWidget()).__name__ if widget.parentWidget() else "-"
    return f"{type(widget).__name__} {words!r} in {inside}"


def stops(root: QWidget) -> list[QWidget]:
    """What Tab should reach inside `root`: visible, enabled and willing to take the focus by Tab."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusPolicy() & _TAB == _TAB
        and widget.focusProxy() is None
    ]


def first_of(root: QWidget) -> QWidget | None:
    """The stop that stands first where one begins to read."""
    found = stops(root)
    if not found:
        return None
    highest = min(found, key=lambda one: place(one).bottom())
    line = [one for one in found if place(one).top() <= place(highest).center().y()]
    return min(line, key=lambda one: place(one).left())


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def press_tab(window: QWidget, *, back: bool = False) -> QWidget | None:
    """Press Tab where the focus is and tell where it went."""
    where = QApplication.focusWidget() or window
    held = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(where, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, held)
    return QApplication.focusWidget()


def tab_round(window: QWidget, *, back: bool = False) -> list[QWidget]:
    """Where the focus goes from here, Tab by Tab, until it has been everywhere."""
    seen: list[QWidget] = []
    for _ in range(400):
        here = press_tab(window, back=back)
        if here is None or here in seen:
            break
        seen.append(here)
    return seen


# names -------------------------------------------------------------------------------------


def unnamed(root: QWidget) -> list[str]:
    """Stops of the Tab key that a screen reader could not name."""
    return [f"{describe(widget)} has no name" for widget in stops(root) if not name_of(widget)]


def without_tooltip(root: QWidget) -> list[str]:
    """Buttons that show only an icon and do not say in a tooltip what they do."""
    return [
        f"{describe(button)} shows an icon only and has no tooltip"
        for button in root.findChildren(QAbstractButton)
        if button.isVisible() and not button.text().strip() and not button.toolTip() and not is_part(button)
    ]


def silent_charts(root: QWidget) -> list[str]:
    """Charts without a sentence for a screen reader, or without a table to read instead."""
    wrong = []
    for chart in root.findChildren(ChartView):
        if not chart.isVisible():
            continue
        if not chart.accessibleDescription().strip():
            wrong.append(f"{describe(chart)} has no description")
        headings, rows = chart.table()
        if not headings or not rows or any(len(row) != len(headings) for row in rows):
            wrong.append(f"{describe(chart)} has no table behind it")
    return wrong


def nameless_tables(root: QWidget) -> list[str]:
    """Tables without a name, and tables whose cells end in dots and say the rest nowhere."""
    wrong = []
    for table in root.findChildren(QTableView):
        if table.isVisible():
            if not name_of(table):
                wrong.append(f"{describe(table)} has no name")
            if table.tabKeyNavigation():
                wrong.append(f"{describe(table)} keeps the Tab key")
    return wrong


def is_part(widget: QWidget) -> bool:
    """Whether Qt made a widget as a part of another: arrows of a spin box, the picture in a field."""
    return widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), _WITH_PARTS)


# the way of the Tab key --------------------------------------------------------------------


def out_of_reach(root: QWidget, order: Sequence[QWidget]) -> list[str]:
    """Stops that Tab passed by; of a group of radio buttons it reaches the chosen one."""
    return [
        f"Tab never reaches {describe(widget)}"
        for widget in stops(root)
        if widget not in order and not _stands_for_group(widget, order)
    ]


def _stands_for_group(widget: QWidget, order: Sequence[QWidget]) -> bool:
    if isinstance(widget, QRadioButton):
        return any(isinstance(one, QRadioButton) and one.parent() is widget.parent() for one in order)
    if isinstance(widget, QAbstractButton) and widget.group() is not None:
        return any(one in order for one in widget.group().buttons())
    return False


def backward_steps(order: Sequence[QWidget]) -> list[str]:
    """Steps against the way one reads: to the left on one line, or up in one column."""
    wrong = []
    for before, after in pairwise(order):
        if _scrolled_by(before) is not _scrolled_by(after):
            continue  # what one sees of a place that scrolls depends on where one is
        one, two = place(before), place(after)
        shared = min(one.bottom(), two.bottom()) - max(one.top(), two.top())
        same_line = shared > min(one.height(), two.height()) / 2
        across = min(one.right(), two.right()) - max(one.left(), two.left())
        if same_line and two.right() <= one.left():
            wrong.append(f"Tab goes left from {describe(before)} to {describe(after)}")
        elif two.bottom() <= one.top() and across > 0:
            wrong.append(f"Tab goes up from {describe(before)} to {describe(after)}")
    return wrong


def _scrolled_by(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def wrong_with_tab(root: QWidget, first: QWidget | None = None) -> list[str]:
    """What is wrong with the way of the Tab key from the first stop round to it again, and back."""
    start = first or first_of(root)
    if start is None:
        return []
    start.setFocus(Qt.FocusReason.TabFocusReason)
    order = [start, *(one for one in tab_round(root) if one is not start)]
    wrong = out_of_reach(root, order) + backward_steps(order)
    start.setFocus(Qt.FocusReason.TabFocusReason)
    back = {*tab_round(root, back=True), start}
    wrong += [f"Shift+Tab never reaches {describe(one)}" for one in order if one not in back]
    return wrong


# windows that come and go ------------------------------------------------------------------


_EXPECTED = (QMainWindow, QDialog, Welcome)


class Flashes(QObject):
    """Hears of every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, _EXPECTED) and watched.windowType() != Qt.WindowType.ToolTip:
            self.shown.append(describe(watched))
        return False


@contextmanager
def no_flashes(app: QApplication) -> Iterator[None]:
    """Fails where something that is not meant to be a window was one for a moment."""
    heard = Flashes()
    app.installEventFilter(heard)
    yield
    app.removeEventFilter(heard)
    assert not heard.shown


def settle() -> None:
    """Let layouts that wait for each other come to rest."""
    for _ in range(12):
        QApplication.processEvents()
