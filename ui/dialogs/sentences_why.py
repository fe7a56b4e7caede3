"""Why a figure is what it is: the sentences behind it, under headings, to read and copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.fact_list import breakable
from ui.widgets.focus import ReadingOrderMixin
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

_SIDE = 20

Groups = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with its sentences in order; a heading without sentences is not shown."""


class SentencesWhy(ReadingOrderMixin, QDialog):
    """`headline` is the figure in words; `remark` stands small below all sentences.

    Made anew for each question and gone when closed. Classes made of this one add to `head`, `foot` and,
    in `add_groups`, to what stands between.
    """

    def __init__(
        self, title: str, headline: str, groups: Groups, parent: QWidget | None = None, *, remark: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.text = _as_text(headline, groups, remark)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(_SIDE, 16, _SIDE, 8)
        self.head.setSpacing(3)
        self.heading = Label(breakable(headline), "card_title", wrap=True)
        self.head.addWidget(self.heading)
        inside = ScrollInside()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(_SIDE, 4, _SIDE, 8)
        self.body.setSpacing(6)
        self.sentences: list[Label] = []
        self.add_groups(groups)
        if remark:
            self.body.addWidget(Label(breakable(remark), "caption", wrap=True))
        self.body.addStretch(1)
        scroll = vertical_scroll(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read to its end by keyboard
        scroll.setAccessibleName("Reasons")
        self.copy_button = PlainButton("Copy", "copy")
        self.copy_button.clicked.connect(self.copy)
        self.close_button = PrimaryButton("Close")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(_SIDE, 8, _SIDE, 16)
        self.foot.setSpacing(8)
        self.foot.addWidget(self.copy_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.head)
        whole.addWidget(scroll, 1)
        whole.addLayout(self.foot)
        self.close_button.setFocus()

    def sizeHint(self) -> QSize:
        """As high as the text needs, never higher than the screen; beyond that it scrolls inside."""
        room = screen_room(self)
        width = min(theme().px(560), room.width() - 40)
        around = self.head.totalHeightForWidth(width) + self.foot.sizeHint().height()
        inside = max(self.body.totalHeightForWidth(width - 2), 0)
        return QSize(width, min(inside + around + theme().px(10), room.height() - 60))

    @Slot()
    def copy(self) -> None:
        """Put all of it on the clipboard as text; the button says that it is there."""
        QGuiApplication.clipboard().setText(self.text)
        self.copy_button.setText("Copied")

    def add_groups(self, groups: Groups) -> None:
        """Headings and their sentences, each of which can be selected with the mouse."""
        for name, said in groups:
            if not said:
                continue
            if name:
                self.add_heading(name)
            self.sentences += [self.add_line(sentence) for sentence in said]

    def add_heading(self, text: str) -> None:
        if self.body.count():
            self.body.addSpacing(6)
        self.body.addWidget(Label(breakable(text), "bold", wrap=True))

    def add_line(self, text: str, *, role: str = "", tone: str = "") -> Label:
        label = Label(_whole_amounts(breakable(text)), role, tone=tone, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label)
        return label


def _whole_amounts(sentence: str) -> str:
    """A minus stays with its amount where a line breaks."""
    return sentence.replace("-$", "-\u2060$")


def _as_text(headline: str, groups: Groups, remark: str) -> str:
    lines = [headline]
    for name, said in groups:
        if said:
            lines += ["", *([name] if name else []), *said]
    return "\n".join([*lines, "", remark] if remark else lines)
