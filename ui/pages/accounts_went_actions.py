"""What can be done with the allocation ledger: explain, open, put HSA money back, save as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.domain.accounts.claimed_twice import Twice
from tracker.facts import AccountKind, MoneySource, Payment
from tracker.reports.where_it_went import WentKind, WentLine
from tracker.services.bundle import Services
from tracker.services.where_it_went import explain
from ui.context import Context
from ui.dialogs.sentences_why import Groups
from ui.models.went_rows import title_of


class WentActions(QObject):
    """`owner` is the part its dialogs belong to."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._folder = ""

    @Slot(object)
    def explain(self, line: WentLine) -> None:
        """Where every dollar of a line went, with its bill and EOB."""
        services = self._context.services
        self._context.load(
            self._owner, lambda: explain(services, line), lambda groups: self._show_why(line, groups)
        )

    def _show_why(self, line: WentLine, groups: Groups) -> None:
        from ui.dialogs.went_why import WentWhy

        words = "Open payment" if line.kind is WentKind.PAYMENT else "Show in Claims"
        WentWhy(title_of(line), groups, words, lambda: self.open_line(line), self._owner).open()

    @Slot(object)
    def open_line(self, line: WentLine) -> None:
        """The payment in its form; an EOB or a bill on the Claims page."""
        if line.kind is WentKind.PAYMENT:
            self.open_payment(line.id)
        else:
            self._context.shell.go_to("claims", (line.kind.value, line.id))

    def open_payment(self, payment_id: int) -> None:
        """A payment in its form."""
        from ui.dialogs.payment_editor import PaymentEditor

        payments = self._context.services.payments
        self._context.load(
            self._owner,
            lambda: payments.get(payment_id),
            lambda payment: PaymentEditor(self._context, self._owner, payment=payment).open(),
        )

    @Slot(object)
    def put_back(self, item: Twice) -> None:
        """Propose the transfer that puts a mistaken distribution back into its HSA."""
        from ui.dialogs.payment_editor import PaymentEditor

        services = self._context.services
        self._context.load(
            self._owner,
            lambda: repayment(services, item),
            lambda prefill: PaymentEditor(
                self._context, self._owner, prefill=prefill, sentence=item.todo
            ).open(),
        )

    # files -----------------------------------------------------------------------------

    def export(self, year: int, lines: Sequence[WentLine]) -> QFileDialog:
        """Ask for a name and write the lines as CSV."""
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._folder or places or QDir.homePath()
        dialog = QFileDialog(self._owner, "Export where it went", folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilter("CSV (*.csv)")
        dialog.selectFile(f"Where it went {year}.csv")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), lines))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, path: Path, lines: Sequence[WentLine]) -> None:
        """Write the file beside the window; a toast tells when it is there."""
        self._folder = str(path.parent)

        def work() -> int:
            from tracker.exports.went_csv import went_csv
            from tracker.whole_file import write_whole

            write_whole(path, went_csv(lines))
            return len(lines)

        def told(count: int) -> None:
            rows = "1 row" if count == 1 else f"{count:,} rows"
            self._context.shell.toast(f"Saved {path.name}, {rows}.")

        self._context.load(self._owner, work, told, label=f"Writing {path.name}")


def repayment(services: Services, item: Twice) -> Payment:
    """The transfer into the HSA that puts back what it paid too much, to be looked at and saved."""
    accounts = [account for account in services.accounts.accounts() if not account.closed]
    bank = next((account.id for account in accounts if account.kind is AccountKind.BANK), None)
    hsa = next((account.id for account in accounts if account.kind is AccountKind.HSA), None)
    return Payment(
        paid_on=services.ledger.today(),
        amount=item.amount,
        account_id=bank,
        to_account_id=item.account_id or hsa,
        source=MoneySource.REPAID,
        tax_year=item.year,
        note=f"Mistaken distribution put back: {item.label}",
    )
