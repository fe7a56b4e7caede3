"""Why an estimate says what it says: step by step, with the facts it used, to copy or print."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.reports.estimate_sheet import ESTIMATE_ONLY, EstimateSheet
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.fact_list import FactList, breakable
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

_SIDE = 20


class CostWhy(QDialog):
    """The sentences of each plan in order, what to beware of, and the facts that were used."""

    def __init__(self, context: Context, sheet: EstimateSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(sheet.title)
        self._context = context
        self._sheet = sheet
        self.printing = Printing(context, self)
        self._build()

    def _build(self) -> None:
        sheet = self._sheet
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 16, _SIDE, 8)
        head.setSpacing(3)
        self.heading = Label(sheet.headline, "card_title", wrap=True)
        head.addWidget(self.heading)
        head.addWidget(Label(breakable(f"{sheet.title}. {sheet.asked}"), "quiet", wrap=True))
        self._inside = ScrollInside()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(_SIDE, 4, _SIDE, 8)
        self.body.setSpacing(6)
        self.steps: list[Label] = []
        for heading, sentences in sheet.why:
            self._title(heading)
            for number, said in enumerate(sentences, start=1):
                self.steps.append(self._line(f"{number}.  {said}"))
        if sheet.other is not None:
            self._title(f"In the other order: {sheet.other.headline}")
            for heading, sentences in sheet.other.why:
                self._line(f"{heading}: {' '.join(sentences)}")
        if sheet.warnings or sheet.notes:
            self._title("Before you go")
            for said in sheet.warnings:
                self._line(said, tone="warning")
            for said in sheet.notes:
                self._line(said, role="quiet")
        if sheet.facts:
            self._title("What was used")
            self.facts = FactList()
            self.facts.show_facts(sheet.facts)
            self.body.addWidget(self.facts)
        self.body.addWidget(Label(ESTIMATE_ONLY, "caption", wrap=True))
        self.body.addStretch(1)
        self._scroll = vertical_scroll(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # read to its end by keyboard
        self._scroll.setAccessibleName("Reasons")
        self.copy_button = PlainButton("Copy")
        self.print_button = PlainButton("Print\u2026", "print")
        self.close_button = PrimaryButton("Close")
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self.print_button.clicked.connect(self.print_sheet)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 8, _SIDE, 16)
        foot.setSpacing(8)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.print_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)
        self.close_button.setFocus()

    def _title(self, text: str) -> None:
        if self.body.count():
            self.body.addSpacing(6)
        self.body.addWidget(Label(breakable(text), "bold", wrap=True))

    def _line(self, text: str, *, role: str = "", tone: str = "") -> Label:
        label = Label(breakable(text), role, tone=tone, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label)
        return label

    def sizeHint(self) -> QSize:
        """As high as the text needs, never higher than the screen; beyond that it scrolls inside."""
        room = screen_room(self)
        width = min(theme().px(560), room.width() - 40)
        inside = max(self.body.totalHeightForWidth(width - 2), 0)
        return QSize(width, min(inside + theme().px(150), room.height() - 60))

    @Slot()
    def copy(self) -> None:
        """Put the whole sheet on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._sheet.text)
        self._context.shell.toast("Estimate copied.")

    @Slot()
    def print_sheet(self) -> None:
        """Show the one-page sheet as it would be printed."""
        from ui.printing.cost_document import cost_document

        self.printing.preview(cost_document(self._sheet, self._context.today))
