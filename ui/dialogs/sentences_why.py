"""Why a figure is what it is: the sentences behind it, under headings, to read and copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

_SIDE = 20

Groups = Sequence[tuple[str, Sequence[str]]]
"""Headings, each with its sentences in order."""


class SentencesWhy(QDialog):
    """`headline` is the figure in words; `remark` stands small below all sentences."""

    def __init__(
        self, title: str, headline: str, groups: Groups, parent: QWidget | None = None, *, remark: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._text = _as_text(headline, groups, remark)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 16, _SIDE, 8)
        self.heading = Label(breakable(headline), "card_title", wrap=True)
        head.addWidget(self.heading)
        inside = ScrollInside()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(_SIDE, 4, _SIDE, 8)
        self.body.setSpacing(6)
        self.sentences: list[Label] = []
        for name, said in groups:
            self._add_group(name, said)
        if remark:
            self.body.addWidget(Label(breakable(remark), "caption", wrap=True))
        self.body.addStretch(1)
        scroll = vertical_scroll(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read to its end by keyboard
        scroll.setAccessibleName("Reasons")
        self.copy_button = PlainButton("Copy")
        self.copy_button.clicked.connect(self.copy)
        self.close_button = PrimaryButton("Close")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.foot = foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 8, _SIDE, 16)
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
        width = min(theme().px(540), room.width() - 40)
        inside = max(self.body.totalHeightForWidth(width - 2), 0)
        return QSize(width, min(inside + theme().px(130), room.height() - 60))

    @Slot()
    def copy(self) -> None:
        """Put all of it on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._text)

    def _add_group(self, name: str, said: Sequence[str]) -> None:
        if not said:
            return
        if name:
            if self.body.count():
                self.body.addSpacing(6)
            self.body.addWidget(Label(breakable(name), "bold", wrap=True))
        for sentence in said:
            label = Label(breakable(sentence), wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.sentences.append(label)
            self.body.addWidget(label)


def _as_text(headline: str, groups: Groups, remark: str) -> str:
    lines = [headline]
    for name, said in groups:
        if said:
            lines += ["", *([name] if name else []), *said]
    return "\n".join([*lines, "", remark] if remark else lines)
