"""Cards of Coverage's checks: coverage checks and calls, prior authorizations, referrals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tracker.facts import CaseKind
from ui.models.coverage_choice import Choice
from ui.models.permit_rows import (
    AskedRow,
    PermitRow,
    asked_columns,
    asked_rows,
    permit_columns,
    permit_rows,
)
from ui.pages.coverage_list import ListCard
from ui.pages.coverage_read import CoverageYear
from ui.window_state import WindowState


class CallsCard(ListCard[AskedRow]):
    """What the insurer said, when, and under which reference."""

    def __init__(
        self, add: Callable[[], object], state: WindowState, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Coverage checks and calls",
            asked_columns(),
            lambda row: row.key,
            state,
            add=("Start a coverage check", add),
            empty=(
                "No calls yet",
                "Before care, ask your insurer whether it is covered, what it costs you and whether "
                "authorization is needed. A coverage check goes through eight steps; a call keeps what was "
                "said with its reference number.",
            ),
            small=True,
            parent=parent,
        )

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        self.show_rows(asked_rows(year.calls, year.cases, choice.plan, year.providers))


class PermitsCard(ListCard[PermitRow]):
    """Prior authorizations, or referrals, with what is left of them."""

    def __init__(
        self,
        kind: CaseKind,
        add: Callable[[], object],
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        referral = kind is CaseKind.REFERRAL
        self._kind = kind
        title = "Referrals" if referral else "Prior authorizations"
        words = "Add a referral" if referral else "Add an authorization"
        sentence = (
            "Some plans, mostly HMO and POS, pay a specialist only with a referral from your practice."
            if referral
            else "Number, codes, units and dates of what your plan approved before care. Claims are held "
            "against it; it is no promise of payment."
        )
        super().__init__(
            title,
            permit_columns(referral=referral),
            lambda row: row.case.id or 0,
            state,
            add=(words, add),
            empty=(f"No {title.lower()}", sentence),
            small=True,
            parent=parent,
        )

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        claims = choice.year.claims
        self.show_rows(
            permit_rows(year.cases, self._kind, claims, choice.plan, year.providers, choice.today)
        )
