"""Preview, print and PDF of a document, as a page's buttons and Ctrl+P ask for them.

Everything about paper is imported when a person prints: most runs of the program do not.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tracker import file_names
from tracker.errors import LedgerError
from tracker.wording import count_of
from ui.context import Context
from ui.jobs import Job

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from ui.dialogs.print_preview import PrintPreview
    from ui.printing.document import Document, Paper

_LONGEST_NAME = 80


class Printing(QObject):
    """What can be done with a document on paper. `owner` is the page its dialogs belong to."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._folder = ""
        self._printer: QPrinter | None = None

    def paper(self) -> Paper:
        """The paper size of the person's settings."""
        program = self._owner.window().property("program")
        chosen = getattr(getattr(program, "settings", None), "paper", "letter")
        return "a4" if chosen == "a4" else "letter"

    def preview(self, document: Document) -> PrintPreview:
        """Show the very pages that would be printed."""
        from ui.dialogs.print_preview import PrintPreview

        shown = PrintPreview(self._context, document, self.paper(), self._owner)
        shown.print_requested.connect(partial(self.print, document))
        shown.save_requested.connect(partial(self.save, document))
        shown.open()
        return shown

    def print(self, document: Document, paper: Paper | None = None) -> QPrintDialog:
        """Ask for a printer and print. The dialog may choose another paper than the one given."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        from ui.printing.document import page_layout

        paper = paper or self.paper()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(paper))
        printer.setFullPage(True)
        printer.setDocName(document.title)
        self._printer = printer  # the dialog only borrows it
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle(f"Print {document.title}")
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(document.lay_out(paper).pages))
        dialog.accepted.connect(partial(self.print_to, document, printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own `open` wants a slot to call
        return dialog

    def print_to(self, document: Document, printer: QPrinter) -> int:
        """Paint the pages the printer was told to print; 0 where it refuses them, which is shown."""
        from ui.printing.document import paint_layout, paper_of

        printer.setFullPage(True)
        layout = document.lay_out(paper_of(printer.pageLayout().pageSize()))
        first, last = max(printer.fromPage(), 1) - 1, printer.toPage() - 1
        try:
            count = paint_layout(layout, printer, first=min(first, len(layout.pages) - 1), last=last)
        except LedgerError as problem:
            self._context.show_problem(problem)
            return 0
        where = printer.outputFileName() or printer.printerName()
        self._context.shell.toast(f"{_pages(count)} sent to {Path(where).name or 'the printer'}.")
        return count

    def save(self, document: Document, paper: Paper | None = None) -> QFileDialog:
        """Ask for a name and write a PDF. The kind of file may choose another paper."""
        from ui.printing.document import PAPERS

        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(
            self._owner, f"Save {document.title}", self._folder or places or QDir.homePath()
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        kinds: dict[str, Paper] = {f"PDF, {name} (*.pdf)": key for key, name in PAPERS.items()}
        chosen = paper or self.paper()
        dialog.setNameFilters(list(kinds))
        dialog.selectNameFilter(next(kind for kind, key in kinds.items() if key == chosen))
        dialog.selectFile(file_name(document.title))
        dialog.fileSelected.connect(
            lambda name: self.write(document, Path(name), kinds.get(dialog.selectedNameFilter(), chosen))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, document: Document, path: Path, paper: Paper) -> None:
        """Write the PDF beside the window; a toast tells when the file is there."""
        self._folder = str(path.parent)

        def work(_progress: object) -> int:
            from ui.printing.pdf import write_pdf

            return write_pdf(document, path, paper)

        def done(count: int) -> None:
            self._context.shell.toast(f"Saved {path.name}, {_pages(count).lower()}.")

        job = Job(f"Writing {path.name}", work, done, self._context.show_problem)
        self._context.jobs.run(job, owner=self._owner)


def file_name(title: str) -> str:
    """A title as the name of a file, on any system."""
    return f"{file_names.file_name(title, otherwise='Concierge Ledger', most=_LONGEST_NAME)}.pdf"


def _pages(count: int) -> str:
    return count_of(count, "page")
