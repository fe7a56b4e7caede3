"""The first screen: begin, look around, or open what is there. Also where a refused file leads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker import paths
from tracker.errors import LedgerError
from ui.jobs import Job, JobRunner
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

if TYPE_CHECKING:
    from ui.bootstrap import Program


class Welcome(QWidget):
    """Three ways in: a ledger of your own, the sample year, or what is already there."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._jobs = JobRunner(self)
        self.setWindowTitle(paths.APP_NAME)
        self.setProperty("program", program)
        self._build()
        self.begin_button.clicked.connect(program.on_new)
        self.sample_button.clicked.connect(self.open_sample)
        self.open_button.clicked.connect(program.on_open)
        self.restore_button.clicked.connect(program.on_restore)
        self.import_button.clicked.connect(program.on_import)
        self.begin_button.setFocus(Qt.FocusReason.ActiveWindowFocusReason)  # what Enter presses

    def say(self, problem: LedgerError) -> None:
        """Why a ledger was not opened, and what to do."""
        self.banner.say_problem(problem)
        self.open_button.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    @Slot()
    def open_sample(self) -> None:
        """Open the sample year, written the first time it is asked for."""
        from tracker.services.sample import write_sample

        today = self._program.today()
        target = paths.sample_ledger(today.year)
        self.sample_button.setEnabled(False)

        def write() -> Path:
            if not target.exists():
                write_sample(target, year=today.year, today=today)
            return target

        job: Job[Path] = Job(
            "Writing the sample year", lambda _: write(), self._on_sample, self._on_problem
        )
        self._jobs.run(job, owner=self)

    def _on_sample(self, target: Path) -> None:
        self.sample_button.setEnabled(True)
        self._program.open(target)

    def _on_problem(self, problem: Exception) -> None:
        from ui import problems

        self.sample_button.setEnabled(True)
        problems.show(problem, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._jobs.shut_down()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        screen = screen_room(self)
        width = min(theme().px(600), screen.width() - 40)
        # Room for one more line: with a scroll bar once there, the text would wrap earlier and keep it.
        high = self._rows.totalHeightForWidth(width) + theme().px(20)
        return QSize(width, min(high, screen.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(self.sizeHint())  # only now are the fonts known

    def _build(self) -> None:
        inside = ScrollInside()
        self._rows = rows = QVBoxLayout(inside)
        rows.setContentsMargins(40, 32, 40, 32)
        rows.setSpacing(12)
        rows.addWidget(Label(paths.APP_NAME, "title", wrap=True))
        rows.addWidget(
            Label(
                "What your concierge membership, your insurance and your care cost: planned, paid, "
                "and counted toward your deductible. Everything stays in one file on this computer.",
                "quiet",
                wrap=True,
            )
        )
        self.banner = Banner()
        rows.addWidget(self.banner)
        self.begin_button = PrimaryButton("Set up my ledger")
        self.sample_button = PlainButton("Explore with a sample year")
        self.open_button = PlainButton("Open a ledger\u2026")
        self.restore_button = PlainButton("Restore a backup\u2026")
        self.import_button = PlainButton("Import everything\u2026")
        for sentence, buttons in (
            (
                "About three minutes: you, your membership, your plan, last month's amounts.",
                [self.begin_button],
            ),
            (
                "Eleanor's year, filled in up to this month. Change anything; it is a copy.",
                [self.sample_button],
            ),
            (
                "A ledger you already have: the file itself, one of its backups, or all of it as exported.",
                [self.open_button, self.restore_button, self.import_button],
            ),
        ):
            card = Card()
            card.body.setSpacing(10)
            card.body.addWidget(Label(sentence, wrap=True))
            line = QWidget()
            flow = Flow(line)
            for button in buttons:
                flow.addWidget(button)
            card.body.addWidget(line)
            rows.addWidget(card)
        rows.addWidget(Label("Not legal, tax or medical advice.", "caption", wrap=True))
        rows.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(vertical_scroll(inside))
