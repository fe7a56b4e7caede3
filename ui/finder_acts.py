"""What Ctrl+K offers to do, beside the pages and facts it finds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.context import Context

Act = tuple[str, str, Callable[[], object]]


def table_acts(context: Context, window: QWidget) -> list[Act]:
    """Rules and history of imports, kept layouts, and tables out: a title, what it is, and how."""

    def rules() -> None:
        from ui.dialogs.import_rules import RuleList

        RuleList(context, window).open()

    def imports() -> None:
        context.shell.go_to("settings", "imports")

    def tables() -> None:
        from ui.dialogs.table_export import TableExportDialog

        TableExportDialog(context, window).open()

    return [
        ("Rules for imports", "What rows of files become; run again on old rows", rules),
        ("History of imports", "Show or take back what was imported", imports),
        ("Kept layouts of tables", "How columns of bank and claims files are read", imports),
        ("Export tables", "Payments, claims and accounts as CSV or Excel, also without names", tables),
    ]
