"""The print preview: the very pages that are printed or saved, to leaf through and to zoom."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.jobs import Job
from ui.printing.document import PAPERS, Document, Layout, Paper
from ui.theme import theme
from ui.widgets.buttons import IconButton, PlainButton, PrimaryButton, Segmented
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.pages_view import PagesView
from ui.widgets.screen_room import screen_room


class PrintPreview(QDialog):
    """`print_requested` and `save_requested` carry the paper that is shown."""

    print_requested = Signal(str)
    save_requested = Signal(str)

    def __init__(
        self, context: Context, document: Document, paper: Paper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(document.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._document = document
        self._paper: Paper = paper
        self._laying: Job[Layout] | None = None
        self._build()
        self._wire()
        self._lay_out()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.papers = Segmented([(key, name) for key, name in PAPERS.items()], "Paper")
        self.papers.choose(self._paper)
        self.earlier = IconButton("chevron-left", "Previous page")
        self.place = Label("", "quiet")
        self.later = IconButton("chevron-right", "Next page")
        self.smaller = IconButton("minus", "Smaller")
        self.percent = Label("", "quiet")
        self.larger = IconButton("plus", "Larger")
        self.whole_width = PlainButton("Fit width")
        self.whole_page = PlainButton("Fit page")
        self.save_button = PlainButton("Save PDF\u2026", "export")
        self.print_button = PrimaryButton("Print\u2026", "print")
        self.close_button = PlainButton("Close")
        self.pages = PagesView()
        bar = QWidget()
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        controls = Flow(bar)
        controls.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.papers,
            self.earlier,
            self.place,
            self.later,
            self.smaller,
            self.percent,
            self.larger,
            self.whole_width,
            self.whole_page,
            self.save_button,
            self.print_button,
            self.close_button,
        ):
            controls.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 12)
        whole.setSpacing(10)
        whole.addWidget(bar)
        whole.addWidget(self.pages, 1)

    def _wire(self) -> None:
        self.papers.changed.connect(self._on_paper)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.smaller.clicked.connect(self.pages.zoom_out)
        self.larger.clicked.connect(self.pages.zoom_in)
        self.whole_width.clicked.connect(self.pages.fit_width)
        self.whole_page.clicked.connect(self.pages.fit_page)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.close_button.clicked.connect(self.reject)
        self.pages.page_changed.connect(self._say_place)
        self.pages.zoom_changed.connect(self._say_zoom)
        QShortcut(QKeySequence.StandardKey.Print, self, self._on_print)
        QShortcut(QKeySequence.StandardKey.Save, self, self._on_save)

    # showing -------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """What is shown."""
        return self._document

    @property
    def paper(self) -> Paper:
        """The paper that is shown."""
        return self._paper

    def sizeHint(self) -> QSize:
        """Large, but never larger than the screen."""
        room = screen_room(self)
        return QSize(
            min(theme().px(940), room.width() - 60),
            min(theme().px(860), room.height() - 60),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.resize(self.sizeHint())
            self.pages.setFocus()

    def _lay_out(self) -> None:
        if self._laying:
            self._laying.cancel()
        document, paper = self._document, self._paper
        self._laying = self._context.load(self, lambda: document.lay_out(paper), self._show)

    def _show(self, layout: Layout) -> None:
        self.pages.show_layout(layout)
        self._say_place()
        self._say_zoom()

    @Slot()
    def _say_place(self) -> None:
        page, count = self.pages.page, self.pages.count
        self.place.setText(f"Page {page + 1} of {count}" if count else "")
        self.earlier.setEnabled(page > 0)
        self.later.setEnabled(page < count - 1)

    @Slot()
    def _say_zoom(self) -> None:
        self.percent.setText(f"{round(self.pages.zoom * 100)} %")

    # acting --------------------------------------------------------------------------

    @Slot(str)
    def _on_paper(self, key: str) -> None:
        self._paper = "a4" if key == "a4" else "letter"
        self._lay_out()

    @Slot()
    def _on_earlier(self) -> None:
        self.pages.go_to(self.pages.page - 1)

    @Slot()
    def _on_later(self) -> None:
        self.pages.go_to(self.pages.page + 1)

    @Slot()
    def _on_print(self) -> None:
        self.print_requested.emit(self._paper)

    @Slot()
    def _on_save(self) -> None:
        self.save_requested.emit(self._paper)
