"""Sentences behind the figures of a prescription, under their headings, to read or copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

_SIDE = 20

ESTIMATE_ONLY = "Estimate, not a determination. Your plan decides what it pays. Not medical advice."


class DrugWhy(QDialog):
    """A title and groups of sentences."""

    def __init__(
        self,
        context: Context,
        title: str,
        groups: Sequence[tuple[str, Sequence[str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._context = context
        self._groups = [(heading, tuple(said)) for heading, said in groups if said]
        self._title = title
        self._build()

    @property
    def text(self) -> str:
        """All of it as plain text."""
        parts = [self._title]
        for heading, said in self._groups:
            parts += ["", heading, *said]
        return "\n".join([*parts, "", ESTIMATE_ONLY])

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 16, _SIDE, 8)
        head.addWidget(Label(breakable(self._title), "card_title", wrap=True))
        self._inside = ScrollInside()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(_SIDE, 4, _SIDE, 8)
        self.body.setSpacing(6)
        for heading, said in self._groups:
            if self.body.count():
                self.body.addSpacing(6)
            self.body.addWidget(Label(breakable(heading), "bold", wrap=True))
            for sentence in said:
                line = Label(breakable(sentence), wrap=True)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.body.addWidget(line)
        self.body.addWidget(Label(ESTIMATE_ONLY, "caption", wrap=True))
        self.body.addStretch(1)
        scroll = vertical_scroll(self._inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read to its end by keyboard
        scroll.setAccessibleName("Reasons")
        self.copy_button, self.close_button = PlainButton("Copy"), PrimaryButton("Close")
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
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
        width = min(theme().px(560), room.width() - 40)
        inside = max(self.body.totalHeightForWidth(width - 2), 0)
        return QSize(width, min(inside + theme().px(130), room.height() - 60))

    @Slot()
    def copy(self) -> None:
        """Put all of it on the clipboard as text."""
        QGuiApplication.clipboard().setText(self.text)
        self._context.shell.toast("Copied.")
