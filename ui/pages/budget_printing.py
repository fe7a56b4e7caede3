"""The budget on paper: a preview of the very pages, and printing or saving them from there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tracker.errors import LedgerError
from ui.context import Context
from ui.jobs import Job

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from ui.dialogs.print_preview import PrintPreview
    from ui.printing.document import Document, Paper


class BudgetPrinting(QObject):
    """What is behind the preview's buttons; `owner` is the page its dialogs belong to.

    Everything about paper is imported when a person prints: most runs of the program do not.
    """

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._document: Document | None = None
        self._printer: QPrinter | None = None

    def preview(self, document: Document) -> PrintPreview:
        """Show the pages of a document as they would be printed."""
        from ui.dialogs.print_preview import PrintPreview

        self._document = document
        shown = PrintPreview(self._context, document, self._paper(), self._owner)
        shown.print_requested.connect(self.print_on)
        shown.save_requested.connect(self.save_on)
        shown.open()
        return shown

    @Slot(str)
    def print_on(self, paper: Paper) -> QPrintDialog | None:
        """Ask for a printer and print."""
        if self._document is None:
            return None
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ui.printing.document import page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(paper))
        printer.setFullPage(True)
        printer.setDocName(self._document.title)
        self._printer = printer  # the dialog only borrows it
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle("Print the budget")
        dialog.accepted.connect(self._on_print)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own `open` wants a slot to call
        return dialog

    @Slot(str)
    def save_on(self, paper: Paper) -> QFileDialog | None:
        """Ask for a name and write a PDF."""
        if self._document is None:
            return None
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._owner, "Save as PDF", places or QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.selectFile(f"{self._document.title}.pdf")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), paper))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, path: Path, paper: Paper) -> None:
        """Write the PDF beside the window; a toast tells when it is there."""
        document = self._document
        if document is None:
            return

        def work(_progress: object) -> Path:
            from ui.printing.review_pdf import write_pdf

            write_pdf(document.lay_out(paper), path)
            return path

        def done(written: Path) -> None:
            self._context.shell.toast(f"Saved {written.name}.")

        job = Job(f"Writing {path.name}", work, done, self._context.show_problem)
        self._context.jobs.run(job, owner=self._owner)

    @Slot()
    def _on_print(self) -> None:
        if self._printer is None or self._document is None:
            return
        from ui.printing.document import paint_layout, paper_of

        layout = self._document.lay_out(paper_of(self._printer.pageLayout().pageSize()))
        try:
            paint_layout(layout, self._printer)
        except LedgerError as problem:
            self._context.show_problem(problem)
            return
        self._context.shell.toast(f"{self._document.title} sent to the printer.")

    def _paper(self) -> Paper:
        """The paper size of the person's settings."""
        program = self._owner.window().property("program")
        chosen = getattr(getattr(program, "settings", None), "paper", "letter")
        return "a4" if chosen == "a4" else "letter"
