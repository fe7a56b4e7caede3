"""The Funds part of Accounts: is the contingency fund large enough, what was drawn, sinking funds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.services.fund_report import FundReport, read_funds
from ui.charts.balance import paint as paint_balance
from ui.charts.fund import as_table, fund_chart, reached_words, summary
from ui.context import Context
from ui.models import fund_words as words
from ui.pages.accounts_fund_actions import FundActions
from ui.pages.accounts_fund_answer import FundAnswerCard
from ui.pages.accounts_fund_draws import FundDrawsCard
from ui.pages.accounts_fund_methods import FundMethodsCard
from ui.pages.accounts_fund_scenarios import FundScenariosCard
from ui.pages.accounts_fund_sinking import Shown, SinkingDetailCard, SinkingFundsCard
from ui.pages.accounts_parts import AccountsPart
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.columns import side_by_side
from ui.widgets.figure_card import FigureCard
from ui.widgets.label import Label

if TYPE_CHECKING:
    from ui.printing.document import Document


class FundsPart(AccountsPart):
    """The contingency fund first, then the sinking funds; the selected one is shown below its list."""

    SHOWS = (
        Area.ACCOUNTS
        | Area.PAYMENTS
        | Area.RECURRING
        | Area.BUDGET
        | Area.PLANS
        | Area.CLAIMS
        | Area.BILLS
        | Area.MEMBERSHIPS
        | Area.PEOPLE
        | Area.PROVIDERS
    )
    ADD_TEXT = "Add fund"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.report: FundReport | None = None
        self._wanted: int | None = None
        self._is_filling = False
        self.acts = FundActions(context, self)
        state = context.state
        self.answer = FundAnswerCard()
        self.figures = [FigureCard("", clickable=True) for _ in range(4)]
        self._figure_row = side_by_side(*self.figures)
        self.methods = FundMethodsCard(state)
        self.chart_card = Card("Fund against exposure")
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme().px(200))
        self.chart_card.body.addWidget(self.chart, 1)
        self.scenarios = FundScenariosCard(state, self.acts.add_scenario, self.acts.why_scenario)
        self.draws = FundDrawsCard(state)
        self.sinking = SinkingFundsCard(state, self.acts.add_sinking)
        self.detail = SinkingDetailCard(state)
        self.detail.hide()
        for widget in (
            self.answer,
            self._figure_row,
            self.methods,
            side_by_side(self.chart_card, self.scenarios, weights=(50, 50)),
            self.draws,
            self.sinking,
            self.detail,
            Label(words.ESTIMATE_ONLY, "caption", wrap=True),
        ):
            self.rows.addWidget(widget)
        self._wire()

    def _wire(self) -> None:
        acts = self.acts
        for card in self.figures:
            card.opened.connect(acts.why_chosen)
        self.answer.why_asked.connect(acts.why_chosen)
        self.answer.target_asked.connect(acts.use_chosen_target)
        self.answer.sizing_asked.connect(acts.change_sizing)
        self.answer.edit_asked.connect(acts.edit_contingency)
        self.answer.deposit_asked.connect(acts.put_money_in)
        self.methods.method_chosen.connect(acts.choose_method)
        self.methods.target_chosen.connect(acts.use_target)
        self.methods.why_asked.connect(acts.why_method)
        self.scenarios.opened.connect(acts.edit_scenario)
        self.scenarios.removal_asked.connect(acts.remove_scenarios)
        self.draws.draw_asked.connect(acts.draw)
        self.draws.put_back_asked.connect(acts.put_back)
        self.draws.payment_opened.connect(acts.open_payment)
        self.sinking.opened.connect(lambda row: acts.edit_sinking(row[0]))
        self.sinking.removal_asked.connect(lambda rows: acts.close_sinking(rows[0][0]) if rows else None)
        self.sinking.table.selection_changed.connect(self._show_selected)
        self.detail.put_in_asked.connect(lambda: self._with_selected(acts.put_in_sinking))
        self.detail.pay_asked.connect(lambda: self._with_selected(acts.pay_from))
        self.detail.why_asked.connect(lambda: self._with_selected(acts.why_sinking))
        self.detail.payment_opened.connect(acts.open_payment)
        for reaching in (self.methods, self.scenarios, self.draws, self.sinking, self.detail):
            reaching.row_reached.connect(self._on_row_reached)

    # what the page asks --------------------------------------------------------------

    def reload(self) -> None:
        services = self.context.services
        self.load(lambda: read_funds(services), self._show)

    def add(self) -> bool:
        """A contingency fund where there is none yet, else a sinking fund."""
        if self.report is None:
            return False
        if self.report.contingency.started:
            self.acts.add_sinking()
        else:
            self.acts.edit_contingency()
        return True

    def arrive(self, target: object) -> None:
        """Select the sinking fund of an account's id."""
        if isinstance(target, int):
            self._wanted = target
            self._select()

    def print_part(self) -> Document | None:
        if self.report is None or self.report.is_empty:
            return None
        from ui.printing.fund_document import fund_document

        return fund_document(self.report)

    def selected(self) -> Shown | None:
        """The sinking fund that is shown below the list."""
        rows = self.sinking.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    # showing -------------------------------------------------------------------------

    def _show(self, report: FundReport) -> None:
        """Show all of it. A row that is selected here was not reached by anybody, so nothing scrolls."""
        self._is_filling = True
        try:
            self._fill(report)
        finally:
            self._is_filling = False
        self._select()
        self._show_selected()

    @Slot(object)
    def _on_row_reached(self, where: object) -> None:
        if not self._is_filling:
            self.reached.emit(where)

    def _fill(self, report: FundReport) -> None:
        self.report = report
        self.acts.show(report)
        fund = report.contingency
        self.answer.show_fund(fund, _others(report), report.known.sentence)
        for card, figure in zip(self.figures, words.fund_figures(fund), strict=True):
            card.show_figure(figure)
        self._figure_row.setVisible(fund.started)
        self.methods.show_fund(fund)
        self.scenarios.show_rows(fund.scenarios)
        self.draws.show_fund(fund)
        self.draws.setVisible(fund.started)
        self.chart_card.setVisible(fund.started)
        self._show_chart(report)
        self.sinking.show_rows(report.sinking)
        if report.sinking and not self.sinking.table.selected_rows() and self._wanted is None:
            short = next((item for item in report.sinking if item[0].short), report.sinking[0])
            self.sinking.table.select_key(short[0].account.id or 0)

    def _show_chart(self, report: FundReport) -> None:
        fund = report.contingency
        facts, account = fund.facts, fund.facts.account
        if not fund.started:
            return
        found = fund.chosen.target
        if account.target is None and found is not None:
            account = replace(account, target=found.amount)
        standing = facts.standing(account, facts.deposit)
        year, today, moved, come = facts.year, report.today, facts.movements, fund.could_come
        drawn = fund_chart(standing, moved, year=year, today=today, could_come=come)
        self.chart_card.set_subtitle(reached_words(standing))
        self.chart.show_chart(
            partial(paint_balance, chart=drawn),
            summary=summary(standing, today, come),
            table=as_table(standing, moved, year=year, today=today, could_come=come),
        )

    def _select(self) -> None:
        if self._wanted is not None and self.sinking.table.select_key(self._wanted):
            self._wanted = None
            index = self.sinking.table.currentIndex()
            if index.isValid():
                self.reached.emit((self.sinking.table.viewport(), self.sinking.table.visualRect(index)))

    @Slot()
    def _show_selected(self) -> None:
        shown = self.selected()
        self.detail.setVisible(shown is not None)
        if shown is not None:
            self.detail.show_fund(shown)

    def _with_selected(self, act: object) -> None:
        shown = self.selected()
        if shown is not None and callable(act):
            act(shown[0])


def _others(report: FundReport) -> str:
    if not report.others:
        return ""
    names = ", ".join(item.name for item in report.others)
    return f"Only this fund is sized here, not {names}. Close a fund you no longer use, on Balances."
