"""About: what this is, which versions it runs on, and where its files lie."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker import __version__, paths
from ui.bootstrap import program_of
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.fact_list import FactList
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

ADVICE = "Not legal, tax or medical advice."


class AboutDialog(QDialog):
    """Closes with Enter or Esc. *Copy* puts the versions and places on the clipboard as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"About {paths.APP_NAME}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.facts = [*_versions(), *_places(parent)]
        self._build()

    def text(self) -> str:
        """Everything as lines of text, for a question to somebody else."""
        lines = [f"{paths.APP_NAME} {__version__}"]
        return "\n".join(lines + [f"{name}: {value}" for name, value in self.facts])

    def sizeHint(self) -> QSize:
        screen = screen_room(self)
        width = min(theme().px(520), screen.width() - 40)
        inside = self._rows.totalHeightForWidth(width - 2)
        around = self._head.totalHeightForWidth(width) + self._foot.sizeHint().height() + 54
        return QSize(width, min(inside + around, screen.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(self.sizeHint())  # only now are the fonts known

    def _build(self) -> None:
        self._inside = ScrollInside()
        self._rows = inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(22, 4, 22, 8)
        inside.setSpacing(12)
        inside.addWidget(
            Label(
                "What a concierge membership, insurance and care cost: planned, paid, and counted toward "
                "the deductible. Everything stays in one file on your computer; the program never uses "
                "the network.",
                wrap=True,
            )
        )
        inside.addWidget(Label(f"{ADVICE} It estimates; your plan decides.", "quiet", wrap=True))
        facts = FactList()
        facts.show_facts(self.facts)
        inside.addWidget(facts)
        inside.addStretch(1)
        self.copy_button = PlainButton("Copy", "copy")
        self.close_button = PrimaryButton("Close")
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.accept)
        self._foot = foot = QHBoxLayout()
        foot.setContentsMargins(22, 8, 22, 0)
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self._head = head = QVBoxLayout()
        head.setContentsMargins(22, 0, 22, 0)
        head.setSpacing(2)
        head.addWidget(Label(paths.APP_NAME, "title", wrap=True))
        head.addWidget(Label(f"Version {__version__}, free under the MIT licence", "quiet", wrap=True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 18, 0, 16)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(vertical_scroll(self._inside), 1)
        whole.addLayout(foot)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText("Copied")


def _versions() -> list[tuple[str, str]]:
    from tracker.services.machine import sqlite_version

    return [
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()} (PySide {pyside_version})"),
        ("SQLite", sqlite_version()),
        ("System", platform.platform(terse=True)),
    ]


def _places(parent: QWidget | None) -> list[tuple[str, str]]:
    program = program_of(parent) if parent is not None else None
    ledger: Path | None = program.session.ledger.path if program and program.session else None
    return [
        ("Ledger", str(ledger) if ledger else "None open"),
        ("Settings", str(paths.settings_file())),
        ("Log", str(paths.log_file())),
    ]
