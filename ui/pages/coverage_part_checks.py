"""The Checks part of Coverage: what was found out about the plan, and where it was read or who said it.

Each kind of check is a card of its own in this column.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.facts import CaseKind
from ui.context import Context
from ui.models.check_rows import CheckRow
from ui.models.coverage_choice import Choice
from ui.models.permit_rows import AskedRow, PermitRow
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_calls import CallsCard, PermitsCard
from ui.pages.coverage_checks import NetworkChecksCard
from ui.pages.coverage_parts import CoveragePart
from ui.pages.coverage_read import CoverageYear
from ui.pages.coverage_unchecked import UncheckedCard


class ChecksPart(CoveragePart):
    """Coverage checks and calls, authorizations, referrals, network checks, and providers not asked
    about."""

    ADD_TEXT = "Add check"

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        state = context.state
        self.calls = CallsCard(lambda: actions.open_case(CaseKind.COVERAGE_CHECK), state)
        self.authorizations = PermitsCard(
            CaseKind.AUTHORIZATION, lambda: actions.open_case(CaseKind.AUTHORIZATION), state
        )
        self.referrals = PermitsCard(CaseKind.REFERRAL, lambda: actions.open_case(CaseKind.REFERRAL), state)
        for card in (self.calls, self.authorizations, self.referrals):
            self.rows.addWidget(card)
            card.row_reached.connect(self.reached)
        self.calls.opened.connect(self._on_asked)
        self.calls.removal_asked.connect(self._on_remove_asked)
        for permits in (self.authorizations, self.referrals):
            permits.opened.connect(self._on_permit)
            permits.removal_asked.connect(self._on_remove_permits)
        self.checks = NetworkChecksCard(actions.add_check, state)
        self.unchecked = UncheckedCard(state)
        self.rows.addWidget(self.checks)
        self.rows.addWidget(self.unchecked)
        self.checks.opened.connect(self._on_opened)
        self.checks.removal_asked.connect(self._on_removal)
        self.checks.row_reached.connect(self.reached)
        self.unchecked.opened.connect(actions.add_check)

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        if choice is not None:
            for card in (self.calls, self.authorizations, self.referrals):
                card.show_year(year, choice)
            self.checks.show_year(year, choice)
            self.unchecked.show_year(year, choice)

    def add(self) -> None:
        self.acts.add_check()

    def find_text(self, text: str) -> None:
        self.checks.find_text(text)

    @Slot(object)
    def _on_opened(self, row: CheckRow) -> None:
        self.acts.edit_check(row.check)

    @Slot(list)
    def _on_removal(self, rows: list[CheckRow]) -> None:
        self.acts.remove_checks([row.check.id or 0 for row in rows])

    @Slot(object)
    def _on_asked(self, row: AskedRow) -> None:
        if row.call is not None:
            self.acts.log_call(row.call)
        else:
            self.acts.show_case(row.case)

    @Slot(list)
    def _on_remove_asked(self, rows: list[AskedRow]) -> None:
        self.acts.remove_asked(
            [row.call.id or 0 for row in rows if row.call], [row.case.id or 0 for row in rows if row.case]
        )

    @Slot(object)
    def _on_permit(self, row: PermitRow) -> None:
        self.acts.edit_case(row.case)

    @Slot(list)
    def _on_remove_permits(self, rows: list[PermitRow]) -> None:
        self.acts.remove_asked([], [row.case.id or 0 for row in rows])
