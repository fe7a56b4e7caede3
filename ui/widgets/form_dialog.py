"""The base of every form that opens over a page: title, fields, Save and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.focus import ReadingOrderMixin
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

_SIDE = 20


class FormDialog(ReadingOrderMixin, QDialog):
    """Enter saves, Esc leaves. Use `open()`; `saved` and `finished` tell how it ended.

    Subclasses fill `self.form` and override `save()`, which raises UserProblem to complain, returns
    False to stay open (work under way: call `accept()` or `complain()` later), and otherwise closes.
    """

    saved = Signal()

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        save_text: str = "Save",
        columns: int = 1,
        sentence: str = "",
        width: int = 460,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = width
        self.form = Form(columns)
        self._build(title, sentence, save_text)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)

    def save(self) -> bool | None:
        """Do it. Raise UserProblem to complain; return False to stay open for now."""
        return None

    def complain(self, problem: UserProblem) -> None:
        """Show what is wrong in the form, with everything typed still there."""
        self.save_button.setEnabled(True)
        self.form.complain(problem)
        self._grow()

    def add_button(self, button: QWidget) -> None:
        """Another button at the left of Save and Cancel, such as *Delete*."""
        self._buttons.insertWidget(0, button)

    def accept(self) -> None:
        self.saved.emit()
        super().accept()

    def sizeHint(self) -> QSize:
        """As high as its fields, never higher than the screen; beyond that it scrolls inside."""
        width = theme().px(self._width)
        screen = screen_room(self)
        width = min(width, screen.width() - 40)
        inside = self.body.totalHeightForWidth(width - 2)
        if inside < 0:  # nothing in the form breaks its lines
            inside = self.body.totalSizeHint().height()
        rest = self._foot.sizeHint().height() + self._head.totalHeightForWidth(width)
        return QSize(width, min(inside + rest + 4, screen.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.resize(self.sizeHint())
        first = self.form.first_field()
        if isinstance(first, QWidget) and self.focusWidget() in (None, self.save_button):
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_save()  # from inside a field of several lines, where Enter is a new line
        else:
            super().keyPressEvent(event)

    def _grow(self) -> None:
        """Make room for what has appeared, where the screen allows it."""
        # From the innermost out: a layout learns of a child's new size only when the child was laid out.
        for part in reversed(self._inside.findChildren(QWidget)):
            if (layout := part.layout()) is not None:
                layout.activate()
        self.body.activate()
        if self.sizeHint().height() > self.height():
            self.resize(self.width(), self.sizeHint().height())

    def _build(self, title: str, sentence: str, save_text: str) -> None:
        self._head = QVBoxLayout()
        self._head.setContentsMargins(_SIDE, 16, _SIDE, 10)
        self._head.setSpacing(3)
        self._head.addWidget(Label(title, "card_title", wrap=True))
        if sentence:
            self._head.addWidget(Label(sentence, "quiet", wrap=True))
        self._inside = ScrollInside()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(_SIDE, 2, _SIDE, 4)
        self.body.setSpacing(12)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        scroll = vertical_scroll(self._inside)
        self.save_button = PrimaryButton(save_text)
        self.save_button.setDefault(True)
        self.cancel_button = PlainButton("Cancel")
        self._foot = QWidget()
        self._buttons = QHBoxLayout(self._foot)
        self._buttons.setContentsMargins(_SIDE, 10, _SIDE, 16)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.cancel_button)
        self._buttons.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._foot)

    @Slot()
    def _on_save(self) -> None:
        if not self.save_button.isEnabled():
            return
        self.form.clear_complaints()
        # Before saving, not after: work that ends at once may already have complained.
        self.save_button.setEnabled(False)
        try:
            done = self.save()
        except UserProblem as problem:
            self.complain(problem)
            return
        except BaseException:
            self.save_button.setEnabled(True)
            raise
        if done is not False:
            self.accept()
