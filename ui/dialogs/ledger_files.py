"""Choosing a ledger to open, and copying the open one to a place of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker import paths
from tracker.services import backups
from ui.context import Context
from ui.jobs import Job

FILTER = f"Ledger (*{paths.LEDGER_SUFFIX});;All files (*)"


def choose_ledger(
    parent: QWidget | None,
    chosen: Callable[[Path], object],
    *,
    title: str = "Open a ledger",
    folder: Path | None = None,
) -> QFileDialog:
    """Ask for a file that is there, without blocking; `chosen` gets it."""
    dialog = QFileDialog(parent, title, str(folder or _usual_folder()), FILTER)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_new_place(
    parent: QWidget | None, chosen: Callable[[Path], object], *, title: str, proposed: Path
) -> QFileDialog:
    """Ask for a name for a ledger, without blocking; an existing one is confirmed by the system."""
    dialog = QFileDialog(parent, title, str(proposed.parent), FILTER)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(paths.LEDGER_SUFFIX.lstrip("."))
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def back_up(context: Context, window: QWidget) -> QFileDialog:
    """Ask where to and copy the open ledger there beside the window's work."""
    ledger = context.services.ledger.path
    proposed = ledger.with_name(f"{ledger.stem} {context.today.isoformat()}{paths.LEDGER_SUFFIX}")
    return choose_new_place(
        window,
        lambda target: back_up_to(context, target),  # must not hold the window, the dialog's parent
        title="Back up to",
        proposed=proposed,
    )


def back_up_to(context: Context, target: Path) -> Job[Path]:
    """Copy the open ledger to a file, with progress that can be stopped, and say where it went."""
    ledger = context.services.ledger.path
    job: Job[Path] = Job(
        f"Backing up to {target.name}",
        lambda progress: backups.back_up(ledger, to=target, progress=progress.step),
        lambda made: context.shell.toast(f"Backed up to {made}"),
        context.show_problem,
    )
    return context.jobs.run(job, owner=context.bus)


def _usual_folder() -> Path:
    """Where ledgers usually lie; the nearest folder above it that is there."""
    wanted = paths.default_ledger().parent
    return next((folder for folder in (wanted, *wanted.parents) if folder.is_dir()), Path.home())
