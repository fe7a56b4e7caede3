"""What the tests of accessibility see of a window: words that are cut, and words too faint to read.

Each question answers with sentences, one for each thing that is wrong; none is the right answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from tests.ui import access_kit as kit
from tests.ui.access_kit import describe, is_part, place
from ui.models.table import Index
from ui.theme import theme
from ui.widgets.card import TABLE_INSET
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate

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
        if not widget.isVisible() or is_part(widget):
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
    if widget.isWindow() or is_part(widget):
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


# all together ------------------------------------------------------------------------------


def wrong_in(root: QWidget) -> list[str]:
    """What a screen reader would miss, and what is cut."""
    checks = (
        kit.unnamed,
        kit.without_tooltip,
        kit.silent_charts,
        kit.nameless_tables,
        cut_words,
        cut_headings,
        sideways,
    )
    return [sentence for check in checks for sentence in check(root)]
