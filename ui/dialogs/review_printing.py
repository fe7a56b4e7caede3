"""Print, preview and PDF of the year in review, as a page's buttons ask for them.

The dialogs of the system are imported when one is wanted: most runs of the program print nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tracker.errors import LedgerError
from tracker.reports.year_review import YearReview
from ui.context import Context
from ui.jobs import Job
from ui.printing.document import PAPERS, Document, Paper, page_layout, paint_layout, paper_of
from ui.printing.review_document import review_document, year_name
from ui.printing.review_pdf import write_pdf

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from ui.dialogs.print_preview import PrintPreview


class ReviewPrinting(QObject):
    """What can be done with a year's review on paper. `owner` is the page its dialogs belong to."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._review: YearReview | None = None
        self._folder = ""
        self._printer: QPrinter | None = None

    def set_review(self, review: YearReview | None) -> None:
        """The year that is printed from now on."""
        self._review = review

    @property
    def is_ready(self) -> bool:
        return self._review is not None

    def document(self) -> Document:
        """The review as it is now, for paper."""
        assert self._review is not None
        return review_document(self._review)

    def paper(self) -> Paper:
        """The paper size of the person's settings."""
        program = self._owner.window().property("program")
        chosen = getattr(getattr(program, "settings", None), "paper", "letter")
        return "a4" if chosen == "a4" else "letter"

    @Slot()
    def preview(self) -> PrintPreview | None:
        """Show the very pages that would be printed."""
        if self._review is None:
            return None
        from ui.dialogs.print_preview import PrintPreview

        shown = PrintPreview(self._context, self.document(), self.paper(), self._owner)
        shown.print_requested.connect(self.print_on_paper)
        shown.save_requested.connect(self.save_on_paper)
        shown.open()
        return shown

    @Slot()
    def print(self) -> QPrintDialog | None:
        """Ask for a printer and print."""
        return self.print_on_paper(self.paper())

    @Slot(str)
    def print_on_paper(self, paper: Paper) -> QPrintDialog | None:
        """The same with the paper already chosen; the print dialog may choose another."""
        if self._review is None:
            return None
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        document = self.document()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(paper))
        printer.setFullPage(True)
        printer.setDocName(document.title)
        self._printer = printer  # the dialog only borrows it
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle("Print the year in review")
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(document.lay_out(paper).pages))
        dialog.accepted.connect(self._on_print)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own `open` wants a slot to call
        return dialog

    @Slot()
    def _on_print(self) -> None:
        if self._printer is not None and self._review is not None:
            self.print_to(self._printer)

    def print_to(self, printer: QPrinter) -> int:
        """Paint the pages the printer was told to print; 0 where it refuses them, which is shown."""
        printer.setFullPage(True)
        layout = self.document().lay_out(paper_of(printer.pageLayout().pageSize()))
        first, last = max(printer.fromPage(), 1) - 1, printer.toPage() - 1
        try:
            count = paint_layout(layout, printer, first=min(first, len(layout.pages) - 1), last=last)
        except LedgerError as problem:
            self._context.show_problem(problem)
            return 0
        where = printer.outputFileName() or printer.printerName()
        self._context.shell.toast(f"{_pages(count)} sent to {Path(where).name or 'the printer'}.")
        return count

    @Slot()
    def save(self) -> QFileDialog | None:
        """Ask for a name and write a PDF."""
        return self.save_on_paper(self.paper())

    @Slot(str)
    def save_on_paper(self, paper: Paper) -> QFileDialog | None:
        """The same with the paper already chosen; the kind of file may choose another."""
        if self._review is None:
            return None
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(
            self._owner, "Save the year in review", self._folder or places or QDir.homePath()
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        kinds: dict[str, Paper] = {f"PDF, {name} (*.pdf)": key for key, name in PAPERS.items()}
        dialog.setNameFilters(list(kinds))
        dialog.selectNameFilter(next(kind for kind, key in kinds.items() if key == paper))
        dialog.selectFile(f"Year in review {year_name(self._review)}.pdf")
        dialog.fileSelected.connect(
            lambda name: self.write(Path(name), kinds.get(dialog.selectedNameFilter(), paper))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, path: Path, paper: Paper) -> None:
        """Write the PDF beside the window; it is told when the file is there."""
        self._folder = str(path.parent)
        document = self.document()

        def work(_progress: object) -> int:
            layout = document.lay_out(paper)
            write_pdf(layout, path)
            return len(layout.pages)

        def done(count: int) -> None:
            self._context.shell.toast(f"Saved {path.name}, {_pages(count).lower()}.")

        job = Job(f"Writing {path.name}", work, done, self._context.show_problem)
        self._context.jobs.run(job, owner=self._owner)


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"
