"""What can be done with a year's taxes: forms, reasons, marks, drives, limits, and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.domain.accounts.tax_sheet import SheetLine
from tracker.facts.taxes import OwnLimit
from tracker.services import tax_deducted
from tracker.services.tax_year import ExpenseShown, TaxYear
from ui.context import Context
from ui.jobs import Job, Progress
from ui.models.tax_rows import NOT_ADVICE, ExpenseRow, expense_reasons

_KIND = "Excel workbook (*.xlsx)"


class TaxActions(QObject):
    """Acts on the year told last; `owner` is the part its dialogs belong to."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._shown: TaxYear | None = None
        self._folder = ""

    def show(self, shown: TaxYear) -> None:
        """Act on this year from now on."""
        self._shown = shown

    # forms ---------------------------------------------------------------------------

    def edit_facts(self, field: str = "") -> None:
        """The year's tax facts, beginning with one of them."""
        from ui.dialogs.tax_facts import TaxFactsDialog

        if self._shown is not None:
            TaxFactsDialog(self._context, self._shown.facts, self._owner, field=field).open()

    def add_limit(self, name: str = "") -> None:
        self.edit_limit(None, name)

    def edit_limit(self, limit: OwnLimit | None, name: str = "") -> None:
        from ui.dialogs.own_limit import OwnLimitDialog

        if self._shown is not None:
            OwnLimitDialog(self._context, self._shown.year, self._owner, name=name, limit=limit).open()

    def remove_limit(self, limit: OwnLimit) -> None:
        taxes = self._context.services.taxes
        self._context.commit(self, lambda: taxes.remove_own_limit(limit.year, limit.name))

    def add_drive(self) -> None:
        self.edit_drive(None)

    def edit_drive(self, trip_id: int | None) -> None:
        from ui.dialogs.trip_editor import open_trip

        open_trip(self._context, self._owner, trip_id)

    def remove_drives(self, ids: Sequence[int]) -> None:
        taxes = self._context.services.taxes
        self._context.commit(self, lambda: taxes.remove_trips(ids))

    def say(self, rows: Sequence[ExpenseRow]) -> None:
        """The member's own word on one or several expenses."""
        from ui.dialogs.expense_note import ExpenseNoteDialog

        if self._shown is not None and rows:
            expenses = [row.shown.expense for row in rows]
            ExpenseNoteDialog(self._context, expenses, self._shown.year, self._owner).open()

    def open_payment(self, payment_id: int) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        payments = self._context.services.payments
        self._context.load(
            self._owner,
            lambda: payments.get(payment_id),
            lambda payment: PaymentEditor(self._context, self._owner, payment=payment).open(),
        )

    def add_payment(self) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self._owner).open()

    # marks ---------------------------------------------------------------------------

    @Slot()
    def mark(self) -> None:
        """The whole worksheet was deducted on the return of its year."""
        self._commit(tax_deducted.mark_deducted, "Marking what was deducted")

    @Slot()
    def unmark(self) -> None:
        self._commit(tax_deducted.unmark_deducted, "Taking the marks back")

    @Slot()
    def premiums_before_tax(self) -> None:
        self._commit(tax_deducted.premiums_before_tax, "Changing what counts of premiums")

    def _commit(self, act: object, label: str) -> None:
        if self._shown is not None and callable(act):
            services, year = self._context.services, self._shown.year
            self._context.commit(self, lambda: act(services, year), label=label)

    # reasons -------------------------------------------------------------------------

    def show_line(self, form: str, line: SheetLine) -> None:
        from ui.dialogs.tax_line import TaxLineDialog

        TaxLineDialog(self._context, line, form, self._owner).open()

    def explain(self, item: ExpenseShown, name: str) -> None:
        """Why each pocket may have what it may of an expense."""
        self._why("What counts", name, expense_reasons(item))

    def show_why(self, told: tuple[str, tuple[str, ...]]) -> None:
        name, why = told
        self._why("Why", name, [("", why)])

    def show_sources(self) -> None:
        if self._shown is not None:
            self._why(
                "Where the limits come from", f"Limits of {self._shown.year}", [("", self._shown.sources)]
            )

    def _why(self, title: str, headline: str, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        SentencesWhy(title, headline, groups, self._owner, remark=NOT_ADVICE).open()

    # the workbook --------------------------------------------------------------------

    @Slot()
    def export(self) -> QFileDialog | None:
        """Ask where the workbook goes. The dialog confirms overwriting."""
        if self._shown is None:
            return None
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._folder or places or QDir.homePath()
        dialog = QFileDialog(self._owner, "Export to Excel", folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_KIND)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"Taxes {self._shown.year}.xlsx")
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def _on_file(self, name: str) -> None:
        if self._shown is not None:
            self._folder = str(Path(name).parent)
            self.write(Path(name), self._shown)

    def write(self, path: Path, shown: TaxYear) -> None:
        """Write the file beside the window; a toast tells when it is there."""

        def work(_progress: Progress) -> Path:
            from tracker.exports.xlsx_tax import write_tax

            write_tax(shown, path)
            return path

        def told(written: Path) -> None:
            self._context.shell.toast(f"Exported to {written.name}.")

        self._context.jobs.run(
            Job(f"Exporting {path.name}", work, told, self._context.show_problem), owner=self._owner
        )
