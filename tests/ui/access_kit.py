"""What the tests of accessibility ask of a window: names, the way of the Tab key, and cut words.

Each question answers with sentences, one for each thing that is wrong; none is the right answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.models.table import Index
from ui.theme import theme
from ui.widgets.card import TABLE_INSET
from ui.widgets.chart_view import ChartView
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate

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
        if button.isVisible() and not button.text().strip() and not button.toolTip() and not _inner(button)
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


def _inner(widget: QWidget) -> bool:
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


# words that are cut ------------------------------------------------------------------------


def cut_words(root: QWidget) -> list[str]:
    """Visible labels and buttons whose words do not fit, and that do not wrap or elide."""
    return [
        f"{describe(widget)} needs {needed} x {high} pixels and has {room.width()} x {room.height()}"
        for widget, needed, high, room in _measured(root)
        if needed > room.width() + 1 or high > room.height() + 1
    ]


def _measured(root: QWidget) -> Iterator[tuple[QWidget, int, int, QRect]]:
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or _inner(widget):
            continue
        if isinstance(widget, QLabel) and widget.text():
            metrics = QFontMetrics(widget.font())
            room = widget.contentsRect()
            if widget.wordWrap():
                widest = max(metrics.horizontalAdvance(word) for word in _pieces(widget.text()))
                yield widget, widest, widget.heightForWidth(widget.width()), widget.rect()
            else:
                lines = widget.text().split("\n")
                widest = max(metrics.horizontalAdvance(line) for line in lines)
                yield widget, widest, metrics.height() * len(lines), room
        elif isinstance(widget, QPushButton) and widget.text():
            option = QStyleOptionButton()
            widget.initStyleOption(option)
            room = widget.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, widget)
            metrics = QFontMetrics(widget.font())
            text = widget.text().replace("&&", "&")
            needed = metrics.horizontalAdvance(text)
            if not widget.icon().isNull():
                needed += widget.iconSize().width() + 4
            yield widget, needed, metrics.height(), room
        elif isinstance(widget, QAbstractButton) and widget.text():
            # Check boxes and the kit's own buttons say themselves what room they need.
            hint = widget.sizeHint()
            yield widget, hint.width(), hint.height(), widget.rect()
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            metrics = QFontMetrics(widget.font())
            needed = metrics.horizontalAdvance(widget.currentText()) + theme().px(11)
            yield widget, needed, metrics.height(), widget.rect()


def _pieces(text: str) -> list[str]:
    """What a line of wrapped text is not broken inside of."""
    return text.replace("\u200b", " ").replace("-", "- ").replace("/", "/ ").split() or [""]


def sideways(root: QWidget) -> list[str]:
    """Places that would have to be scrolled sideways: only tables may, inside themselves."""
    wrong = []
    for area in root.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None:
            over = max(inside.width(), inside.minimumSizeHint().width()) - area.viewport().width()
            if over > 0:
                wrong.append(f"{describe(inside)} is {over} pixels wider than its place")
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not _may_stick_out(widget):
            parent = widget.parentWidget()
            if parent is not None and widget.geometry().right() > parent.width():
                over = widget.geometry().right() - parent.width()
                wrong.append(f"{describe(widget)} sticks out {over} pixels at the right")
    return wrong


def _may_stick_out(widget: QWidget) -> bool:
    """Parts of tables may lie outside what is shown, and so may windows of their own."""
    if widget.isWindow() or _inner(widget):
        return True
    parent: QWidget | None = widget
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def tables(root: QWidget) -> list[LedgerTable]:
    return [table for table in root.findChildren(LedgerTable) if table.isVisible()]


def elided_cells(table: LedgerTable) -> list[Index]:
    """Cells of the first rows whose words are wider than their column."""
    model, found = table.rows_model, []
    for row in range(min(model.rowCount(), 12)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            delegate = table.itemDelegateForIndex(index)
            shown = isinstance(delegate, CellDelegate) and index.data() and not table.isColumnHidden(column)
            if shown and delegate.wide(index) > table.columnWidth(column):
                found.append(index)
    return found


def cut_headings(root: QWidget) -> list[str]:
    """Headings of columns that end in dots. A mark of sorting may take the room left over."""
    wrong = []
    for table in tables(root):
        header = table.horizontalHeader()
        metrics = QFontMetrics(theme().font("caption_bold"))
        for section in range(header.count()):
            words = str(table.model().headerData(section, Qt.Orientation.Horizontal) or "")
            room = header.sectionSize(section) - 2 * TABLE_INSET
            if not header.isSectionHidden(section) and metrics.horizontalAdvance(words) > room:
                wrong.append(f"{describe(table)}: the heading {words!r} is cut")
    return wrong


def tooltip_at(table: LedgerTable, index: Index) -> str:
    """What resting the pointer on a cell says."""
    box = table.visualRect(index)
    option = QStyleOptionViewItem()
    option.rect = box
    event = QHelpEvent(QEvent.Type.ToolTip, box.center(), table.viewport().mapToGlobal(box.center()))
    table.itemDelegateForIndex(index).helpEvent(event, table, option, index)
    return QToolTip.text()


# colours -----------------------------------------------------------------------------------


def luminance(colour: QColor) -> float:
    parts = []
    for part in colour.getRgbF()[:3]:
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor | str, other: QColor | str) -> float:
    """How far two colours are apart, from 1 to 21; words need 4.5."""
    low, high = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (high + 0.05) / (low + 0.05)


def _most_frequent(image: QImage, box: QRect) -> QColor:
    """The ground of some words: most of the pixels around them."""
    seen = Counter(
        image.pixel(x, y)
        for x in range(box.left(), box.right(), 3)
        for y in range(box.top(), box.bottom(), 2)
    )
    return QColor.fromRgb(seen.most_common(1)[0][0])


def faint_words(root: QWidget) -> list[str]:
    """Labels and buttons whose colour is too near the ground that is really painted under them."""
    image = root.grab().toImage()
    wrong = []
    for widget in root.findChildren(QWidget):
        words = isinstance(widget, QLabel | QPushButton) and widget.text()
        if not words or not widget.isVisible() or not widget.isEnabled():
            continue
        box = place(widget)
        if not root.rect().contains(box) or widget.visibleRegion().boundingRect() != widget.rect():
            continue  # scrolled away
        ground = _most_frequent(image, box)
        ink = widget.palette().color(widget.foregroundRole())
        if (found := contrast(ink, ground)) < 4.5:
            wrong.append(f"{describe(widget)} is {ink.name()} on {ground.name()}: {found:.2f}")
    return wrong
