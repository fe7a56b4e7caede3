"""The documents of one fact inside its form: add by button or by dropping, open, remove.

Nothing is written before the form is saved. Files wait here by path and removals by id, so that
Cancel leaves the ledger as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import Document, Noun
from tracker.whole_file import reason_of
from ui.context import Context
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.field import mark
from ui.widgets.file_drop import dropped_paths
from ui.widgets.label import Label

_NAME_WIDTH = 300


class Attachments(QWidget):
    """A list of documents. Call `store` once the fact they belong to has an id."""

    edited = Signal()
    complained = Signal(str)
    resized = Signal()

    def __init__(
        self, context: Context, noun: Noun, noun_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._noun = noun
        self._kept: list[Document] = []
        self._removed: list[Document] = []
        self._waiting: list[Path] = []
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        whole.addLayout(self._list)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.add_button = LinkButton("Add a file\u2026", "paperclip")
        self.add_button.clicked.connect(self._on_add)
        self.setFocusProxy(self.add_button)
        line.addWidget(self.add_button)
        line.addWidget(Label("or drop it here", "caption"))
        line.addStretch(1)
        whole.addLayout(line)
        if noun_id is not None:
            context.load(self, lambda: context.services.documents.attached_to(noun, noun_id), self._show)

    # asking -------------------------------------------------------------------------

    @property
    def changed(self) -> bool:
        """Whether `store` has anything to do."""
        return bool(self._waiting or self._removed)

    def names(self) -> list[str]:
        """What is listed, from top to bottom."""
        return [document.name for document in self._kept] + [path.name for path in self._waiting]

    # doing --------------------------------------------------------------------------

    def add_files(self, paths: Sequence[Path]) -> None:
        """Put files on the list; a folder or an empty file is refused in a sentence."""
        for path in paths:
            problem = _unfit(path)
            if problem is not None:
                self.complain(problem)
                return
        self.complain(None)
        self._waiting += [path for path in paths if path not in self._waiting]
        self._rebuild()
        self.edited.emit()

    def store(
        self, noun_id: int, then: Callable[[], object], complain: Callable[[UserProblem], object]
    ) -> None:
        """Attach and remove what was asked for, each as one undoable change, then call `then`."""
        documents = self._context.services.documents

        def attach() -> None:
            paths = list(self._waiting)
            if not paths:
                then()
                return
            self._context.commit(
                self,
                lambda: documents.attach(self._noun, noun_id, paths),
                then=attached,
                complain=refused,
                gave_up=lambda: refused(None),
                quiet=True,
            )

        def attached(_changes: Changes) -> None:
            self._waiting.clear()
            then()

        def refused(problem: UserProblem | None) -> None:
            self._rebuild()
            said = problem or UserProblem("The documents were not changed.", "Save again.")
            complain(UserProblem(said.what, said.todo, field=self.objectName() or None))

        def remove_next() -> None:
            if not self._removed:
                attach()
                return
            document = self._removed[0]
            self._context.commit(
                self,
                lambda: documents.detach(document),
                then=removed,
                complain=refused,
                gave_up=lambda: refused(None),
            )

        def removed(_changes: Changes) -> None:
            self._removed.pop(0)
            remove_next()

        remove_next()

    def complain(self, problem: UserProblem | None) -> None:
        """Say why a file was refused; the form shows it under the list."""
        sentence = str(problem) if problem else ""
        mark(self, sentence)
        self.complained.emit(sentence)

    # dropping -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(dropped_paths(event.mimeData()))
        event.acceptProposedAction()

    # ours ---------------------------------------------------------------------------

    def _show(self, documents: list[Document]) -> None:
        self._kept = documents
        self._rebuild()

    def _rebuild(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for document in self._kept:
            self._list.addWidget(_Row(document.name, document.size, document, self))
        for path in self._waiting:
            self._list.addWidget(_Row(path.name, _size_of(path), path, self))
        self.resized.emit()

    def open_one(self, what: Document | Path) -> None:
        """Show a document with the system's viewer."""
        if isinstance(what, Path):
            self._open_path(what)
            return
        documents = self._context.services.documents
        self._context.load(self, lambda: documents.open_copy(what), self._open_path)

    def remove_one(self, what: Document | Path) -> None:
        """Take a document off the list."""
        if isinstance(what, Path):
            self._waiting.remove(what)
        else:
            self._kept.remove(what)
            self._removed.append(what)
        self._rebuild()
        self.add_button.setFocus()
        self.edited.emit()

    def _open_path(self, path: Path) -> None:
        open_with_system(self._context, path)

    @Slot()
    def _on_add(self) -> None:
        chooser = QFileDialog(self, "Add files")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self._on_chosen)
        chooser.open()

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        self.add_files([Path(name) for name in names])


class _Row(QWidget):
    """One document: its name opens it, the cross takes it off the list."""

    def __init__(self, name: str, size: int, what: Document | Path, owner: Attachments) -> None:
        super().__init__(owner)
        self._what = what
        self._owner = owner
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        open_it = LinkButton("", "paperclip")
        room = theme().px(_NAME_WIDTH)
        open_it.setText(
            open_it.fontMetrics()
            .elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            .replace("&", "&&")  # a button would underline the next letter
        )
        open_it.setToolTip(name)
        open_it.setAccessibleName(f"Open {name}")
        open_it.clicked.connect(self._on_open)
        line.addWidget(open_it)
        line.addWidget(Label(size_text(size), "caption"))
        line.addStretch(1)
        remove = IconButton("close", f"Remove {name}", bare=True)
        remove.clicked.connect(self._on_remove)
        line.addWidget(remove)

    @Slot()
    def _on_open(self) -> None:
        self._owner.open_one(self._what)

    @Slot()
    def _on_remove(self) -> None:
        self._owner.remove_one(self._what)


def open_with_system(context: Context, path: Path) -> None:
    """Open a file with the program the system has for it, or say that there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.show_problem(
            WorldProblem(
                f"This computer has no program that opens {path.name}.",
                "Install a viewer for it and try again.",
            )
        )


def size_text(size: int) -> str:
    """A size in bytes as people say it: `48 KB`, `2.1 MB`."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB"
    return f"{max(1, round(size / 1024)):,} KB"


def _unfit(path: Path) -> UserProblem | None:
    """Why a file cannot be attached, as far as that is known without reading it."""
    try:
        if not path.is_file():
            return UserProblem(f"{path.name} is not a file.", "Choose a file.")
        if path.stat().st_size == 0:
            return UserProblem(f"{path.name} is empty.", "Choose another file.")
    except OSError as why:
        return UserProblem(f"{path.name} cannot be read: {reason_of(why)}.", "Check who may read it.")
    return None


def _size_of(path: Path) -> int:
    """The bytes of a file that waits to be attached; 0 where it is gone, which attaching will say."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
