"""The documents of a row's papers: open by name, attach by button or by dropping."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.facts import Document
from ui.context import Context
from ui.theme import theme
from ui.widgets.attachments import open_with_system, size_text
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label

_NAME_WIDTH = 260


class PaperDocuments(QWidget):
    """What is attached is opened with the system's viewer; it is removed in the form of its paper."""

    attach_asked = Signal(list)
    """Paths of files."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        whole.addLayout(self._list)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.add_button = LinkButton("Attach a file\u2026", "paperclip")
        self.add_button.clicked.connect(self._on_add)
        line.addWidget(self.add_button)
        line.addWidget(Label("or drop it on this card", "caption"))
        line.addStretch(1)
        whole.addLayout(line)
        self._shown: list[Document] = []

    def show_documents(self, documents: Sequence[Document]) -> None:
        """List these."""
        if list(documents) == self._shown:
            return
        self._shown = list(documents)
        while (item := self._list.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for document in self._shown:
            self._list.addWidget(self._row(document))

    def names(self) -> list[str]:
        return [document.name for document in self._shown]

    def _row(self, document: Document) -> QWidget:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        button = LinkButton("", "paperclip")
        room = theme().px(_NAME_WIDTH)
        shown = button.fontMetrics().elidedText(document.name, Qt.TextElideMode.ElideMiddle, room)
        button.setText(shown.replace("&", "&&"))  # a button would underline the next letter
        button.setToolTip(document.name)
        button.setAccessibleName(f"Open {document.name}")
        button.clicked.connect(partial(self._on_open, document))
        line.addWidget(button)
        line.addWidget(Label(f"{document.noun.value}, {size_text(document.size)}", "caption"))
        line.addStretch(1)
        return holder

    def _on_open(self, document: Document, _checked: bool = False) -> None:
        documents = self._context.services.documents
        self._context.load(self, lambda: documents.open_copy(document), self._open_path)

    def _open_path(self, path: Path) -> None:
        open_with_system(self._context, path)

    @Slot()
    def _on_add(self) -> None:
        chooser = QFileDialog(self, "Attach files")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self._on_chosen)
        chooser.open()

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        self.attach_asked.emit([Path(name) for name in names])
