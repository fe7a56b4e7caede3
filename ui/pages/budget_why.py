"""Why a figure of the budget or of affordability is what it is: sentences to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.models.budget_accrual import Part
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.fact_list import breakable
from ui.widgets.focus import ReadingOrderMixin
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

_SIDE = 20


class BudgetWhy(ReadingOrderMixin, QDialog):
    """Headings with their sentences below each other; `note` is a quiet remark at the end."""

    def __init__(
        self,
        context: Context,
        title: str,
        parts: Sequence[Part],
        parent: QWidget | None = None,
        *,
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._context, self._title, self.parts = context, title, tuple(parts)
        self._inside = ScrollInside()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(_SIDE, 4, _SIDE, 8)
        self.body.setSpacing(6)
        for heading, sentences in self.parts:
            if self.body.count():
                self.body.addSpacing(6)
            self.body.addWidget(Label(breakable(heading), "bold", wrap=True))
            for sentence in sentences:
                label = Label(breakable(_whole_amounts(sentence)), wrap=True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.body.addWidget(label)
        if note:
            self.body.addWidget(Label(note, "caption", wrap=True))
        self.body.addStretch(1)
        scroll = vertical_scroll(self._inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read to its end by keyboard
        scroll.setAccessibleName("Reasons")
        self.copy_button, self.close_button = PlainButton("Copy", "copy"), PrimaryButton("Close")
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.accept)
        head, foot = QVBoxLayout(), QHBoxLayout()
        head.setContentsMargins(_SIDE, 16, _SIDE, 8)
        head.addWidget(Label(breakable(title), "card_title", wrap=True))
        foot.setContentsMargins(_SIDE, 8, _SIDE, 16)
        foot.setSpacing(8)
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        self.close_button.setFocus()

    def sizeHint(self) -> QSize:
        """As high as the text needs, never higher than the screen; beyond that it scrolls inside."""
        room = screen_room(self)
        width = min(theme().px(560), room.width() - 40)
        inside = max(self.body.totalHeightForWidth(width - 2), 0)
        return QSize(width, min(inside + theme().px(120), room.height() - 60))

    def text(self) -> str:
        """Everything, as it is copied."""
        return "\n\n".join("\n".join((heading, *sentences)) for heading, sentences in self.parts)

    @Slot()
    def copy(self) -> None:
        """Put everything on the clipboard as text."""
        QGuiApplication.clipboard().setText(f"{self._title}\n\n{self.text()}")
        self._context.shell.toast("Reasons copied.")


def _whole_amounts(sentence: str) -> str:
    """A minus stays with its amount where a line breaks."""
    return sentence.replace("-$", "-\u2060$")
