"""Why a line of the allocation ledger is as it is, with the way to the payment or paper behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.dialogs.sentences_why import Groups, SentencesWhy
from ui.models.went_rows import NOT_ADVICE
from ui.widgets.buttons import PlainButton


class WentWhy(SentencesWhy):
    """`open_it` shows what the line is made of; the dialog closes first."""

    def __init__(
        self,
        headline: str,
        groups: Groups,
        open_words: str,
        open_it: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Where it went", headline, groups, parent, remark=NOT_ADVICE)
        self._open_it = open_it
        self.open_button = PlainButton(open_words)
        self.open_button.clicked.connect(self._on_open)
        self.foot.insertWidget(1, self.open_button)

    @Slot()
    def _on_open(self) -> None:
        self.accept()
        self._open_it()
