"""What one can do with payments on the Spending page, by menu, key or mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from tracker.changes import Changes
from tracker.dates import parse_day
from tracker.errors import UserProblem
from tracker.exports.payment_rows import payment_rows
from tracker.facts import Document, Noun, Payment, PaymentLine
from tracker.money import parse_cents
from ui.context import Context
from ui.dialogs.payment_editor import PaymentEditor
from ui.models.payments import Edits
from ui.widgets.attachments import open_with_system


class SpendingActions(QObject):
    """Opens forms and makes changes. `owner` is the page: forms open over it, jobs end with it."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._lines: dict[str, int] = {}
        self.edits = Edits(self._edit_day, self._edit_line, self._edit_note, self._edit_amount)

    def know_lines(self, lines: dict[str, int]) -> None:
        """The budget lines by name, for typing them into a cell."""
        self._lines = lines

    # forms --------------------------------------------------------------------------

    @Slot()
    def add(self) -> PaymentEditor:
        return self._opened(PaymentEditor(self._context, self._owner))

    @Slot(object)
    def edit(self, line: PaymentLine) -> None:
        self._with(
            line.id, lambda found: self._opened(PaymentEditor(self._context, self._owner, payment=found))
        )

    def split(self, payment_id: int) -> None:
        self._with(
            payment_id,
            lambda found: self._opened(
                PaymentEditor(self._context, self._owner, payment=found, split=True)
            ),
        )

    def add_another(self, payment_id: int) -> None:
        """Propose the same payment for today."""

        def propose(found: Payment) -> None:
            fresh = replace(
                found, id=None, paid_on=self._context.today, repays_id=None, recurring_id=None, due_on=None
            )
            self._opened(PaymentEditor(self._context, self._owner, prefill=fresh))

        self._with(payment_id, propose)

    def refund(self, payment_id: int) -> None:
        """Propose what is left of an expense as its refund."""

        def propose(found: Payment) -> None:
            back = sum(other.amount for other in self._context.services.payments.refunds_of(payment_id))
            fresh = Payment(
                paid_on=self._context.today,
                amount=-(found.amount + back) or -found.amount,
                provider_id=found.provider_id,
                account_id=found.account_id,
                person_id=found.person_id,
                repays_id=payment_id,
            )
            self._opened(PaymentEditor(self._context, self._owner, prefill=fresh))

        self._with(payment_id, propose)

    def recategorise(self, ids: Sequence[int]) -> None:
        if ids:
            from ui.dialogs.recategorise import Recategorise

            Recategorise(self._context, self._owner, ids).open()

    @Slot()
    def import_files(self) -> None:
        """Files of banks, cards, custodians and insurers."""
        from ui.dialogs.import_window import ImportWindow

        ImportWindow(self._context, self._owner).open()

    @Slot()
    def export_tables(self) -> None:
        """Payments as files for a spreadsheet or an accountant."""
        from ui.dialogs.table_export import TableExportDialog

        TableExportDialog(self._context, self._owner, ("payments",)).open()

    # changes ------------------------------------------------------------------------

    @Slot(object)
    def remove(self, ids: list[int]) -> None:
        """Without a question: the toast offers to undo it."""
        payments = self._context.services.payments
        self._context.commit(self._owner, lambda: payments.remove(ids), label="Removing payments")

    @Slot(int, list)
    def attach(self, payment_id: int, paths: list[Path]) -> None:
        documents = self._context.services.documents
        self._context.commit(
            self._owner, lambda: documents.attach(Noun.PAYMENT, payment_id, paths), label="Attaching"
        )

    def choose_files(self, payment_id: int) -> None:
        chooser = QFileDialog(self._owner, "Attach files")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(lambda names: self.attach(payment_id, [Path(name) for name in names]))
        chooser.open()

    def open_document(self, document: Document) -> None:
        documents = self._context.services.documents
        self._context.load(
            self._owner,
            lambda: documents.open_copy(document),
            lambda path: open_with_system(self._context, path),
        )

    # the clipboard ------------------------------------------------------------------

    def copy(self, ids: Sequence[int]) -> None:
        """Rows with headings for a spreadsheet."""
        if not ids:
            return
        payments = self._context.services.payments

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            count = len(ids)
            self._context.shell.toast(f"Copied {count:,} {'row' if count == 1 else 'rows'}")

        self._context.load(self._owner, lambda: payment_rows(payments.lines(ids)), copied, label="Copying")

    @Slot()
    def paste_clipboard(self) -> None:
        self.paste(QGuiApplication.clipboard().text())

    @Slot(str)
    def paste(self, text: str) -> None:
        """Read rows of a spreadsheet and show what would be added."""
        from ui.pages.spending_paste import PasteDialog, preview_of

        context = self._context
        context.load(
            self._owner,
            lambda: preview_of(context, context.services, text),
            lambda preview: PasteDialog(context, self._owner, text, preview).open(),
            label="Reading rows",
        )

    # the menu -----------------------------------------------------------------------

    def menu(self, lines: Sequence[PaymentLine], ids: Sequence[int]) -> QMenu:
        """The actions for the selected payments; `lines` are known only where it is one."""
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(ids) == 1 and lines:
            line = lines[0]
            _add(menu, "Open\u2026", lambda: self.edit(line), "Return")
            _add(menu, "Add another like this\u2026", lambda: self.add_another(line.id))
            if line.amount > 0 and not line.to_account:
                _add(menu, "Add refund\u2026", lambda: self.refund(line.id))
            _add(menu, "Split\u2026", lambda: self.split(line.id))
            menu.addSeparator()
        if ids:
            _add(menu, "Change budget line\u2026", lambda: self.recategorise(ids))
        if len(ids) == 1:
            _add(menu, "Attach files\u2026", lambda: self.choose_files(ids[0]))
            if lines and lines[0].documents:
                self._add_documents(menu, ids[0])
        menu.addSeparator()
        if ids:
            _add(menu, "Copy", lambda: self.copy(ids), "Ctrl+C")
        _add(menu, "Paste rows\u2026", self.paste_clipboard, "Ctrl+V")
        if ids:
            menu.addSeparator()
            words = "Delete" if len(ids) == 1 else f"Delete {len(ids):,} payments"
            _add(menu, words, lambda: self.remove(list(ids)), "Del")
        return menu

    def _add_documents(self, menu: QMenu, payment_id: int) -> None:
        found = self._context.services.documents.attached_to(Noun.PAYMENT, payment_id)
        for document in found:
            name = menu.fontMetrics().elidedText(document.name, Qt.TextElideMode.ElideMiddle, 260)
            _add(menu, f"Show {name}".replace("&", "&&"), partial(self.open_document, document))

    # editing in place ---------------------------------------------------------------

    def _edit_day(self, line: PaymentLine, text: str) -> None:
        day = parse_day(text, today=self._context.today)
        if day != line.paid_on:
            self._change(line.id, lambda found: replace(found, paid_on=day))

    def _edit_note(self, line: PaymentLine, text: str) -> None:
        if text.strip() != line.note:
            self._change(line.id, lambda found: replace(found, note=text))

    def _edit_amount(self, line: PaymentLine, text: str) -> None:
        typed = parse_cents(text)
        if typed == 0:
            raise UserProblem("The amount is zero.", "Delete the payment instead.")
        if line.amount > 0 > typed:
            raise UserProblem("This is an expense.", "Use Add refund for money that came back.")
        amount = -abs(typed) if line.amount < 0 else typed
        if amount != line.amount:
            self._change(line.id, lambda found: _with_amount(found, amount))

    def _edit_line(self, line: PaymentLine, text: str) -> None:
        category_id = self._named(text)
        if text.strip().casefold() == line.category.casefold():
            return
        payments, ids = self._context.services.payments, [line.id]
        self._context.commit(self._owner, lambda: payments.recategorise(ids, category_id), quiet=True)

    def _named(self, text: str) -> int | None:
        """The budget line a cell names: in full, or by a part that only one line contains."""
        typed = " ".join(text.casefold().split())
        if not typed:
            return None
        exact = [number for name, number in self._lines.items() if name.casefold() == typed]
        part = [number for name, number in self._lines.items() if typed in name.casefold()]
        found = exact or part
        if len(found) != 1:
            said = "Several budget lines contain" if found else "No budget line is called"
            raise UserProblem(f"{said} \u201c{text.strip()[:40]}\u201d.", "Choose one from the list.")
        return found[0]

    def _change(self, payment_id: int, changed: Callable[[Payment], Payment]) -> None:
        payments = self._context.services.payments

        def act() -> Changes:
            return payments.save(changed(payments.get(payment_id)))

        self._context.commit(self._owner, act, quiet=True)

    # ours ---------------------------------------------------------------------------

    def _with(self, payment_id: int, use: Callable[[Payment], object]) -> None:
        """Read a payment, then use it; one that was removed meanwhile is said to be."""
        payments = self._context.services.payments
        self._context.load(self._owner, lambda: payments.get(payment_id), use)

    def _opened(self, editor: PaymentEditor) -> PaymentEditor:
        editor.open()
        return editor


def _with_amount(payment: Payment, amount: int) -> Payment:
    """Another amount; one budget line takes all of it."""
    shares = tuple(replace(share, amount=amount) for share in payment.allocations[:1])
    return replace(payment, amount=amount, allocations=shares)


def _add(menu: QMenu, words: str, act: Callable[[], object], key: str = "") -> None:
    action = menu.addAction(words)
    action.triggered.connect(lambda _checked=False: act())
    if key:
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
        # Shown only: the table has the key already.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
