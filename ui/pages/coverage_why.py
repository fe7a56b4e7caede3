"""Why a total stands where it stands: the rule in words and the claims that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.explain import Counted
from tracker.facts import ClaimLine
from tracker.money import dollars
from ui.models.table import Column, RowTableModel
from ui.theme import theme
from ui.widgets.buttons import PrimaryButton
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.table import LedgerTable


class WhyDialog(QDialog):
    """Enter or a double click on a claim opens it."""

    claim_opened = Signal(int)

    def __init__(
        self,
        name: str,
        standing: Standing,
        rule: Sequence[str],
        counted: Sequence[Counted],
        lines: Sequence[ClaimLine],
        parent: QWidget | None = None,
    ) -> None:
        """`name` says whose limit it is, `rule` how it works, `counted` what is behind it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self._lines = {line.claim.id: line for line in lines}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(8)
        out_of = "" if standing.limit is None else f" of {dollars(standing.limit)}"
        self.heading = Label(f"{name}: {dollars(standing.used)}{out_of}", "card_title", wrap=True)
        whole.addWidget(self.heading)
        self.rule = Label(" ".join(rule), "quiet", wrap=True)
        whole.addWidget(self.rule)
        self._model: RowTableModel[Counted] = RowTableModel(
            self._columns(family=standing.person_id is None), _key, self
        )
        self._model.set_rows(counted)
        self.table = LedgerTable(self._model, f"Claims that count: {name}", row_height=30)
        self.table.opened.connect(self._on_opened)
        self.table.setVisible(bool(counted))
        whole.addWidget(self.table, 1)
        self.note = Label(_note(standing, counted), "caption", wrap=True)
        self.note.setVisible(bool(self.note.text()))
        whole.addWidget(self.note)
        close = PrimaryButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(close)
        whole.addLayout(below)

    def sizeHint(self) -> QSize:
        screen = screen_room(self)
        rows = min(14, max(1, len(self._model.rows)))
        high = theme().px(200) + rows * theme().px(30)
        return QSize(min(theme().px(760), screen.width() - 40), min(high, screen.height() - 60))

    def _columns(self, *, family: bool) -> list[Column[Counted]]:
        columns = [
            Column[Counted]("Processed", _processed),
            Column[Counted]("Service", lambda row: day_text(row.claim.service_from) if row.claim else ""),
        ]
        if family:
            columns.append(Column[Counted]("Patient", self._name_of(lambda line: line.person), stretch=2))
        return [
            *columns,
            Column[Counted]("Provider", self._name_of(lambda line: line.provider), stretch=3),
            Column[Counted]("On the EOB", lambda row: dollars(row.stated), right=True),
            Column[Counted]("Counted", lambda row: dollars(row.amount), right=True),
            Column[Counted]("Total", lambda row: dollars(row.total), right=True, bold=lambda _row: True),
        ]

    def _name_of(self, part: Callable[[ClaimLine], str]) -> Callable[[Counted], str]:
        def name(row: Counted) -> str:
            line = self._lines.get(row.claim.id) if row.claim else None
            return part(line) if line else row.words

        return name

    @Slot(object)
    def _on_opened(self, row: Counted) -> None:
        if row.claim is not None and row.claim.id is not None:
            self.claim_opened.emit(row.claim.id)


def _key(row: Counted) -> int:
    return (row.claim.id or 0) if row.claim else -row.total


def _processed(row: Counted) -> str:
    if row.claim is None:
        return ""
    return "Not given" if row.claim.processed_on is None else day_text(row.claim.processed_on)


def _note(standing: Standing, counted: Sequence[Counted]) -> str:
    """What the list cannot say by itself."""
    if not counted:
        return "No EOB counts toward it yet."
    notes = []
    if any(row.order_estimated for row in counted):
        notes.append("Where the EOB gives no processed date, 30 days after the service are assumed.")
    if standing.beyond:
        notes.append(
            f"The EOBs give {dollars(standing.beyond)} more than the limit. Check them or ask your insurer."
        )
    return " ".join(notes)
