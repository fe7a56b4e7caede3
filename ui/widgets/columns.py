"""Layouts that give way: cards side by side while there is room, below each other when not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import GAP


class _GivingWay(QLayout):
    """What both layouts share: keeping items, and a height that depends on the width."""

    def __init__(self, parent: QWidget | None, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def minimumSize(self) -> QSize:
        widths = [item.minimumSize().width() for item in self._visible()]
        return QSize(max(widths, default=0), 0)

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        raise NotImplementedError


class Columns(_GivingWay):
    """Items of one row share the width by weight and have one height; rows break where needed.

    With four items of which three fit, two rows of two are made: rows are filled evenly.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = GAP, same_height: bool = True) -> None:
        super().__init__(parent, gap)
        self._weights: list[int] = []
        self._least: list[int] = []
        self._same_height = same_height

    def addItem(self, item: QLayoutItem) -> None:
        super().addItem(item)
        self._weights.append(1)
        self._least.append(0)

    def takeAt(self, index: int) -> QLayoutItem | None:
        taken = super().takeAt(index)
        if taken is not None:
            del self._weights[index], self._least[index]
        return taken

    def add(self, widget: QWidget, weight: int = 1, *, least: int = 0) -> None:
        """Add a widget; `least` is the width below which the row breaks instead."""
        self.addWidget(widget)
        self._weights[-1] = weight
        self._least[-1] = least

    def sizeHint(self) -> QSize:
        items = self._visible()
        width = sum(item.sizeHint().width() for item in items) + self.spacing() * max(0, len(items) - 1)
        return QSize(width, max((item.sizeHint().height() for item in items), default=0))

    def _need(self, item: QLayoutItem) -> int:
        ask = getattr(item.widget(), "least_width", None)
        own = int(ask()) if ask is not None else 0
        return max(item.minimumSize().width(), own, self._least[self._items.index(item)])

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        items = self._visible()
        most = 0
        for start in range(len(items)):
            used, count = 0, 0
            for item in items[start:]:
                used += self._need(item) + (self.spacing() if count else 0)
                if count and used > width:
                    break
                count += 1
            if start + count < len(items):
                most = count if not most else min(most, count)
        most = most or len(items) or 1
        rows = -(-len(items) // most)
        even = -(-len(items) // rows) if rows else 1
        return [items[start : start + even] for start in range(0, len(items), even)]

    def _place(self, rect: QRect, *, move: bool) -> int:
        top = rect.y()
        rows = self._rows(rect.width())
        # Height beyond what is needed goes to the rows, so that a chart in one of them can use it.
        spare = rect.height() - self._place(rect, move=False) if move and self._same_height else 0
        more = max(0, spare) // len(rows) if rows else 0
        for row in rows:
            widths = self._widths(row, rect.width())
            if len(rows) == 1:
                widths = _with_natural(row, widths)
            heights = [_height(item, width) for item, width in zip(row, widths, strict=True)]
            height = max(heights) + more
            if move:
                left = rect.x()
                for item, width, own in zip(row, widths, heights, strict=True):
                    item.setGeometry(QRect(left, top, width, height if self._same_height else own))
                    left += width + self.spacing()
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.y())

    def _widths(self, row: Sequence[QLayoutItem], width: int) -> list[int]:
        room = width - self.spacing() * (len(row) - 1)
        weights = [self._weights[self._items.index(item)] for item in row]
        least = [self._need(item) for item in row]
        whole, total = sum(weights), 0
        shares = []
        for weight in weights:
            begin = room * total // whole
            total += weight
            shares.append(room * total // whole - begin)
        lacking = [max(0, need - share) for need, share in zip(least, shares, strict=True)]
        if sum(lacking) and sum(least) <= room:
            # Somebody's share is too small: everybody gets the least, what is left goes by weight.
            spare = room - sum(least)
            shares = [need + spare * weight // whole for need, weight in zip(least, weights, strict=True)]
            shares[-1] += room - sum(shares)
        return shares


class Flow(_GivingWay):
    """Items at their own size, like words in a line, from the left or to the right."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, to_right: bool = False, line_gap: int = 6
    ) -> None:
        super().__init__(parent, gap)
        self._to_right = to_right
        self._line_gap = line_gap

    def set_to_right(self, to_right: bool) -> None:
        """Line up at the right edge, or at the left."""
        self._to_right = to_right

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._visible()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        return QSize(super().minimumSize().width(), 0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        top = rect.y()
        for line in self._lines(rect.width()):
            sizes = [item.sizeHint() for item in line]
            used = sum(size.width() for size in sizes) + self.spacing() * (len(line) - 1)
            height = max(size.height() for size in sizes)
            if move:
                left = rect.x() + (max(0, rect.width() - used) if self._to_right else 0)
                for item, size in zip(line, sizes, strict=True):
                    middle = top + (height - size.height()) // 2
                    width = min(size.width(), rect.width())
                    item.setGeometry(QRect(QPoint(left, middle), QSize(width, size.height())))
                    left += size.width() + self.spacing()
            top += height + self._line_gap
        return max(0, top - self._line_gap - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._visible():
            need = item.sizeHint().width()
            if lines and used + self.spacing() + need <= width:
                lines[-1].append(item)
                used += self.spacing() + need
            else:
                lines.append([item])
                used = need
        return lines


def _with_natural(row: Sequence[QLayoutItem], shares: list[int]) -> list[int]:
    """Move a little width to items that name a natural width from those with more than theirs."""
    asks = [getattr(item.widget(), "natural_width", None) for item in row]
    if not all(asks) or len(row) < 2:
        return shares
    wanted = [int(ask()) for ask in asks if ask is not None]
    lacking = sum(max(0, want - share) for want, share in zip(wanted, shares, strict=True))
    spare = [max(0, share - want) for want, share in zip(wanted, shares, strict=True)]
    if not lacking or sum(spare) < lacking:
        return shares
    # Those that give, give evenly in proportion to what they can spare.
    moved = [
        max(want, share) - lacking * room // sum(spare)
        for want, share, room in zip(wanted, shares, spare, strict=True)
    ]
    moved[-1] += sum(shares) - sum(moved)
    return moved


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)  # its minimum height is that of its smallest width
    return max(item.sizeHint().height(), item.minimumSize().height())


def side_by_side(*widgets: QWidget, weights: Sequence[int] = (), gap: int = GAP) -> QWidget:
    """A row of cards that breaks when it becomes too narrow."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    row = Columns(holder, gap=gap)
    for place, widget in enumerate(widgets):
        row.add(widget, weights[place] if weights else 1)
    return holder


def flow_of(*widgets: QWidget) -> QWidget:
    """Widgets beside each other at their own size; they wrap where there is no room."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    flow = Flow(holder)
    for widget in widgets:
        flow.addWidget(widget)
    return holder
