"""Everything in the ledger as one JSON file: where to, and writing it beside the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Context
from ui.jobs import Job, Progress

if TYPE_CHECKING:
    from tracker.services.data_exchange import Exported

KIND = "Exported ledger (*.json)"


def choose_export(context: Context, window: QWidget) -> QFileDialog:
    """Ask where to, without blocking; the system's dialog confirms overwriting."""
    ledger = context.services.ledger.path
    dialog = QFileDialog(window, "Export everything", str(ledger.parent), KIND)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("json")
    dialog.selectFile(f"{ledger.stem} {context.today.isoformat()}.json")
    dialog.fileSelected.connect(lambda name: export_to(context, Path(name)))  # must not hold the window
    dialog.open()
    return dialog


def export_to(context: Context, target: Path) -> Job[Exported]:
    """Write every fact and the attached files, with progress that can be stopped; say where they are."""
    ledger = context.services.ledger

    def work(progress: Progress) -> Exported:
        from tracker.services.data_exchange import export_everything

        return export_everything(ledger, target, progress=progress.step)

    def finished(made: Exported) -> None:
        words = f"Exported everything to {made.path.name}"
        if made.folder is not None:
            words += f"; attached files are in the folder {made.folder.name} beside it"
        context.shell.toast(f"{words}.")

    job: Job[Exported] = Job(f"Exporting {target.name}", work, finished, context.show_problem)
    return context.jobs.run(job, owner=context.bus)
