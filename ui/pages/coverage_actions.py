"""What can be done on the Coverage page: its forms, and its changes of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tracker.dates import add_months
from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.explain import explain, rule_sentences
from tracker.facts import (
    Call,
    Case,
    CaseKind,
    Claim,
    NetworkCheck,
    Noun,
    OpeningBalance,
    Plan,
    StatedTotal,
    Topic,
)
from ui.context import Context
from ui.models.coverage_words import limit_name, whose
from ui.pages.coverage_read import CoverageYear


class CoverageActions(QObject):
    """Opens forms over the page. The plan they are about is that of the year told last."""

    plan_made = Signal(int)
    """A plan was added: the page goes to it."""
    stored = Signal(int)
    """An EOB was added or changed, by id."""
    opened = Signal(int)
    """The form of an EOB opens, by id."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._year: CoverageYear | None = None

    def show_year(self, year: CoverageYear) -> None:
        """Act on this year from now on."""
        self._year = year

    @property
    def plan(self) -> Plan | None:
        return self._year.plan if self._year else None

    # plans -----------------------------------------------------------------------------

    @Slot()
    def add_plan(self) -> None:
        """Enter a plan by hand."""
        self._plan_form()

    @Slot()
    def edit_plan(self) -> None:
        """Change the plan that is shown: its people, premium and limits."""
        from ui.dialogs.plan_editor import PlanEditor

        if self.plan:
            PlanEditor(self._context, self._owner, plan=self.plan).open()

    @Slot()
    def edit_rules(self) -> None:
        """Change what the plan that is shown makes the member pay."""
        from ui.dialogs.plan_rules import PlanRulesDialog

        if self.plan:
            PlanRulesDialog(self._context, self._owner, plan=self.plan).open()

    @Slot()
    def import_plan(self) -> None:
        """Add a plan from the CMS files."""
        self._import(None)

    @Slot()
    def import_rules(self) -> None:
        """Take what the plan that is shown makes the member pay from the CMS files."""
        self._import(self.plan)

    @Slot()
    def duplicate_plan(self) -> None:
        """Start next year's plan as a copy of the one that is shown."""
        if self.plan:
            self._plan_form(self.plan)

    def plan_menu(self) -> QMenu:
        """Everything that can be done with plans; what needs one is left out where there is none."""
        menu = QMenu(self._owner)
        if self.plan:
            following = add_months(self.plan.begins_on, 12).year
            _add(menu, "Edit plan\u2026", self.edit_plan)
            _add(menu, "Edit what you pay\u2026", self.edit_rules)
            _add(menu, "Take what you pay from the CMS files\u2026", self.import_rules)
            menu.addSeparator()
            _add(menu, f"Duplicate for {following}\u2026", self.duplicate_plan)
        _add(menu, "Add a plan\u2026", self.add_plan)
        _add(menu, "Add a plan from the CMS files\u2026", self.import_plan)
        return menu

    def pop_up_plans(self, button: QWidget) -> None:
        """Open the menu of plans under a button."""
        menu = self.plan_menu()
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _plan_form(self, copy_of: Plan | None = None) -> None:
        from ui.dialogs.plan_editor import PlanEditor

        editor = PlanEditor(self._context, self._owner, copy_of=copy_of)
        editor.made.connect(self.plan_made)
        editor.open()

    def _import(self, into: Plan | None) -> None:
        from ui.dialogs.plan_import import PlanImportDialog

        dialog = PlanImportDialog(self._context, self._owner, into=into)
        dialog.made.connect(self.plan_made)
        dialog.open()

    @Slot(object)
    def show_why(self, standing: Standing) -> None:
        """The claims behind a figure."""
        from ui.pages.coverage_why import WhyDialog

        year = self._year
        filled = year.filled if year else None
        limits = filled.plan.accumulators if filled else ()
        limit = next((item for item in limits if item.name == standing.name), None)
        if year is None or filled is None or limit is None:
            return
        name = f"{limit_name(limit, filled.plan)}, {whose(year.home, standing.person_id)}"
        counted = explain(filled, limit, standing.person_id)
        rule = rule_sentences(filled, limit, standing.person_id)
        dialog = WhyDialog(name, standing, rule, counted, year.lines, self._owner)
        dialog.claim_opened.connect(self.open_claim)
        dialog.open()

    # EOBs ------------------------------------------------------------------------------

    @Slot()
    def add_eob(self) -> None:
        self._eob_form(None)

    @Slot(int)
    def open_claim(self, claim_id: int) -> None:
        """Open the form of an EOB."""
        self._context.load(self, lambda: self._context.services.claims.get(claim_id), self.open_eob)

    def open_eob(self, claim: Claim) -> None:
        self.opened.emit(claim.id or 0)
        self._eob_form(claim)

    @Slot(list)
    def remove_claims(self, ids: list[int]) -> None:
        claims = self._context.services.claims
        self._context.commit(self, lambda: claims.remove(ids))

    @Slot(int, list)
    def attach_files(self, claim_id: int, paths: list[Path]) -> None:
        documents = self._context.services.documents
        self._context.commit(
            self,
            lambda: documents.attach(Noun.CLAIM, claim_id, paths),
            complain=self._context.show_problem,
            label="Attaching",
        )

    def _eob_form(self, claim: Claim | None) -> None:
        from ui.dialogs.eob_editor import EobEditor

        editor = EobEditor(self._context, self._owner, claim=claim)
        editor.stored.connect(self.stored)
        editor.open()

    # network checks --------------------------------------------------------------------

    def add_check(self, provider_id: int | None = None) -> None:
        """Enter what was found out about a provider's network status."""
        from ui.dialogs.network_check import NetworkCheckDialog

        if self._year and self.plan:
            NetworkCheckDialog(
                self._context,
                self._owner,
                plan=self.plan,
                providers=self._year.providers,
                provider_id=provider_id,
            ).open()

    def edit_check(self, check: NetworkCheck) -> None:
        from ui.dialogs.network_check import NetworkCheckDialog

        if self._year and self.plan:
            NetworkCheckDialog(
                self._context, self._owner, plan=self.plan, providers=self._year.providers, check=check
            ).open()

    def remove_checks(self, ids: list[int]) -> None:
        coverage = self._context.services.coverage
        self._context.commit(self, lambda: coverage.remove_checks(ids))

    # calls, authorizations, referrals ------------------------------------------------------

    def log_call(self, call: Call | None = None) -> None:
        """Log a call to the insurer, or open one."""
        from ui.dialogs.call_log import CallDialog

        insurer = self.plan.insurer_id if self.plan else None
        start = (
            None
            if call
            else Call(
                called_on=self._context.today,
                topic=Topic.VERIFICATION,
                provider_id=insurer,
                plan_id=self.plan.id if self.plan else None,
            )
        )
        CallDialog(self._context, self._owner, call=call, prefill=start).open()

    def open_case(self, kind: CaseKind) -> None:
        """Open a case of a kind under the plan that is shown."""
        from ui.dialogs.case_editor import CaseEditor

        plan_id = self.plan.id if self.plan else None
        prefill = Case(kind=kind, title="", opened_on=self._context.today, plan_id=plan_id)
        CaseEditor(self._context, self._owner, prefill=prefill).open()

    def edit_case(self, case: Case) -> None:
        from ui.dialogs.case_editor import CaseEditor

        CaseEditor(self._context, self._owner, case=case).open()

    def show_case(self, case: Case | None) -> None:
        """Go to a case on the Claims page, with its steps."""
        if case is not None:
            self._context.shell.go_to("claims", ("case", case.id or 0))

    def remove_asked(self, calls: list[int], cases: list[int]) -> None:
        """Remove calls, and cases."""
        service = self._context.services.cases
        if calls:
            self._context.commit(self, lambda: service.remove_calls(calls))
        if cases:
            self._context.commit(self, lambda: service.remove(cases))

    # the insurer's totals and opening balances -------------------------------------------

    def edit_stated(self, stated: StatedTotal | None = None) -> None:
        """Enter or change a total the insurer states."""
        from ui.dialogs.stated_total import StatedTotalDialog

        if self._year and self.plan:
            StatedTotalDialog(
                self._context, self._owner, plan=self.plan, home=self._year.home, stated=stated
            ).open()

    def remove_stated(self, ids: list[int]) -> None:
        coverage = self._context.services.coverage
        self._context.commit(self, lambda: coverage.remove_stated(ids))

    def edit_opening(self, opening: OpeningBalance | None = None) -> None:
        """Enter or change what was used before the first EOB here."""
        from ui.dialogs.openings import OpeningDialog

        year = self._year
        if year and year.filled:
            OpeningDialog(
                self._context,
                self._owner,
                year=year.filled,
                home=year.home,
                categories=year.categories,
                opening=opening,
            ).open()

    def remove_openings(self, ids: list[int]) -> None:
        coverage = self._context.services.coverage
        self._context.commit(self, lambda: coverage.remove_openings(ids))


def _add(menu: QMenu, words: str, act: Callable[[], object]) -> QAction:
    action = menu.addAction(words)
    action.triggered.connect(lambda _checked=False: act())
    return action
