"""The card with the network checks of a plan: who is in the network, who said so, and how long ago."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from ui.models.check_rows import CheckRow, check_rows, matches, stands_tone
from ui.models.coverage_choice import Choice
from ui.models.table import Column
from ui.pages.coverage_list import ListCard
from ui.pages.coverage_read import CoverageYear
from ui.window_state import WindowState


class NetworkChecksCard(ListCard[CheckRow]):
    """Every check of the plan, the latest first; those a later one replaced are quiet."""

    def __init__(
        self, add: Callable[[], object], state: WindowState, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Network checks",
            _columns(),
            lambda row: row.check.id or 0,
            state,
            add=("Add check", add),
            empty=(
                "No checks yet",
                "Ask your insurer whether a provider is in your network before you go, and keep the "
                "answer here with its day and reference number. The performing lab or imaging center "
                "decides, not the doctor who ordered.",
            ),
            matches=matches,
            parent=parent,
        )

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        self.show_rows(check_rows(year.checks, year.providers, choice.today))

    def count_words(self, shown: Sequence[CheckRow]) -> str:
        old = sum(row.warns for row in shown)
        return super().count_words(shown) + (f", {old:,} older than 90 days" if old else "")


def _columns() -> list[Column[CheckRow]]:
    def cut(text: Callable[[CheckRow], str], heading: str, stretch: int) -> Column[CheckRow]:
        return Column(heading, text, stretch=stretch, tooltip=text)

    return [
        cut(lambda row: row.provider, "Provider", 3),
        cut(lambda row: row.check.location, "Location", 2),
        Column("Status", lambda row: row.stands, tone=stands_tone),
        Column(
            "Checked on",
            lambda row: day_text(row.check.checked_on),
            order=lambda row: row.check.checked_on,
            tone=_age_tone,
        ),
        Column("Age", lambda row: row.age, order=_age, tone=_age_tone),
        Column("Source", lambda row: row.check.source, stretch=2, tooltip=_source_tip),
        cut(lambda row: row.check.reference, "Reference", 1),
    ]


def _age(row: CheckRow) -> int:
    return -row.check.checked_on.toordinal()


def _age_tone(row: CheckRow) -> str:
    if not row.is_latest:
        return "quiet"
    return "warning" if row.warns else ""


def _source_tip(row: CheckRow) -> str:
    return "\n".join(part for part in (row.check.source, row.check.note) if part)
