"""Year in review: what happened in a budget year, what changes, and the checklist; on screen and paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area, Changes
from tracker.dates import FIRST_YEAR, LAST_YEAR, budget_year_of, years_name
from tracker.errors import LedgerError
from tracker.facts import ReviewNote
from tracker.money import dollars
from tracker.reports.pursued import together
from tracker.reports.year_review import YearReview
from tracker.reports.year_words import DISCLAIMER, headlines, notice_sentences, span_words, summary
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.review_lines import who_paid_note
from ui.models.table import RowTableModel
from ui.pages import review_tables as tables
from ui.pages.budget_cards import YearChartCard
from ui.pages.review_cards import FundCard, LimitsCard
from ui.pages.review_checklist import ChecklistCard
from ui.pages.review_parts import PartsCards, Way
from ui.printing.document import Document
from ui.printing.review_document import review_document
from ui.widgets.buttons import IconButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import breakable
from ui.widgets.figure_card import FigureCard
from ui.widgets.label import Label
from ui.widgets.page import Page
from ui.widgets.table import LedgerTable

_COLOURS = ("accent", "accent", "accent", "second", "good")


class ReviewPage(Page):
    """One budget year at a time, and the same year as pages to print."""

    SHOWS = Area.EVERYTHING & ~(Area.DOCUMENTS | Area.PREFERENCES)
    help_text = (
        "The whole year on one page: what was paid against the plan, how the deductible filled, who "
        "paid what, what the membership was worth, accounts and taxes, what changes, and a checklist for "
        "the next year. Comments and ticks are kept with "
        "the year. Print it, look at the pages first with Preview, or save them as a PDF for your "
        "spouse or accountant."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Year in review", parent)
        self._context = context
        self._year: int | None = None
        self._review: YearReview | None = None
        self._loading: Job[YearReview] | None = None
        self.printing = Printing(context, self)
        self._build()
        self._wire()
        self._show_parts(None)

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.earlier = IconButton("chevron-left", "Year before")
        self.later = IconButton("chevron-right", "Year after")
        self.preview_button = PlainButton("Preview", "search")
        self.save_button = PlainButton("Save PDF\u2026", "export")
        self.print_button = PrimaryButton("Print\u2026", "print")
        for button in (
            self.earlier,
            self.later,
            self.preview_button,
            self.save_button,
            self.print_button,
        ):
            self.add_action_widget(button)
        self.figures = [FigureCard(name) for name in ("Spent", "Fixed", "Deductible", "Limit", "Fund")]
        figures = self.add_row(*self.figures)
        self.words_card = Card("In short")
        self.words = Label("", wrap=True)
        self.ahead = Label("", "quiet", wrap=True)
        self.words_card.body.addWidget(self.words)
        self.words_card.body.addWidget(self.ahead)
        self.body.addWidget(self.words_card)
        self.year_chart = YearChartCard("Month by month")
        self.paid_card = Card("Who paid what")
        self.paid_table = self._table(self.paid_card, tables.source_model(), "Who paid what")
        self.nobody = Label("Nothing was paid in this year.", "quiet", wrap=True)
        self.paid_words = Label("", "caption", wrap=True)
        self.paid_card.body.addWidget(self.paid_words)
        self.paid_card.body.addWidget(self.nobody)
        self.paid_card.body.addStretch(1)
        money = side_by_side(self.year_chart, self.paid_card, weights=(58, 42))
        self.body.addWidget(money)
        self.budget_card = Card("Budget against actual", "The difference counts the months begun")
        self.budget_table = self._table(self.budget_card, tables.budget_model(), "Budget against actual")
        self.body.addWidget(self.budget_card)
        self.limits_card = LimitsCard()
        self.fund_card = FundCard()
        charts = side_by_side(self.limits_card, self.fund_card, weights=(58, 42))
        self.body.addWidget(charts)
        self.cost_card = Card("Premiums and membership", "Due and paid in the year")
        self.cost_table = self._table(self.cost_card, tables.cost_model(), "Premiums and membership")
        self.body.addWidget(self.cost_card)
        self.parts = PartsCards()
        self.body.addWidget(self.parts)
        self.pursued_card = Card("Disputes and money recovered")
        self.pursued_table = self._table(self.pursued_card, tables.pursued_model(), "Disputes")
        self.body.addWidget(self.pursued_card)
        self.past_card = Card("What changed")
        self.past_table = self._table(self.past_card, tables.change_model(), "What changed")
        self.future_card = Card("What changes next")
        self.future_table = self._table(self.future_card, tables.change_model(), "What changes next")
        self.body.addWidget(self.past_card)
        self.body.addWidget(self.future_card)
        self.checklist = ChecklistCard()
        self.body.addWidget(self.checklist)
        self.disclaimer = Label(DISCLAIMER, "caption", wrap=True)
        self.body.addWidget(self.disclaimer)
        self.empty = EmptyState(
            "Nothing in this year",
            "The review fills itself from your budget, payments, plan and EOBs.",
            "Open the budget",
            self._open_budget,
        )
        self.body.addWidget(self.empty, 1)
        self._always = (figures, self.words_card, money, self.budget_card, charts, self.checklist)

    def _table(self, card: Card, model: RowTableModel, name: str) -> LedgerTable:
        model.setParent(self)
        table = LedgerTable(model, name, row_height=30, state=self._context.state)
        card.add_table(table)
        return table

    def _wire(self) -> None:
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.preview_button.clicked.connect(self._on_preview)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self.print_page)
        self.year_chart.month_opened.connect(self._open_month)
        self.year_chart.told.connect(self._context.shell.toast)
        self.year_chart.failed.connect(self._context.show_problem)
        self.limits_card.claim_opened.connect(self._open_claim)
        self.parts.opened.connect(self._open_way)
        self.checklist.changed.connect(self._on_note)
        for view in (self.limits_card.chart, self.fund_card.chart):
            view.saved.connect(self._on_chart_saved)
            view.save_failed.connect(self._on_chart_failed)

    # loading -------------------------------------------------------------------------

    @property
    def year(self) -> int:
        """The budget year shown: at first the one under way."""
        if self._year is None:
            start = self._context.services.people.household().budget_start_month
            self._year = budget_year_of(self._context.today, start)
        return self._year

    def arrive(self, target: object) -> None:
        """Show a year."""
        if isinstance(target, int):
            self._go_to_year(target)

    def reload(self) -> None:
        if self._loading:
            self._loading.cancel()  # an older answer must not overwrite a newer one
        year, reports = self.year, self._context.services.reports
        self._loading = self._context.load(self, lambda: reports.review(year), self._show)

    def on_committed(self, changes: Changes) -> None:
        """A note alone changes the checklist alone; everything else reads the year again."""
        if changes.areas == Area.REVIEW and not self._stale:
            self._reload_notes()
        else:
            super().on_committed(changes)

    def _reload_notes(self) -> None:
        year, service = self.year, self._context.services.review

        def show(notes: dict[str, ReviewNote]) -> None:
            if self._review is None or self._review.year != year:
                return
            items = tuple(replace(item, note=notes.get(item.key)) for item in self._review.checklist)
            self._review = replace(self._review, checklist=items)
            self.checklist.show_notes(notes)

        self._context.load(self, lambda: service.notes(year), show)

    def _show(self, review: YearReview) -> None:
        self._review = review
        self.set_title(f"Year in review {years_name(review.budget.period)}")
        self.set_subtitle(span_words(review))
        self._show_parts(review)
        if review.is_empty:
            return
        for card, headline, colour in zip(self.figures, headlines(review), _COLOURS, strict=True):
            share = None
            if headline.used is not None and headline.whole:
                share = headline.used / headline.whole
            is_over = card is self.figures[0] and share is not None and share > 1
            card.set_label(headline.label)
            card.set(
                headline.figure,
                headline.of,
                share=share,
                colour="bad" if is_over else colour,
                caption=breakable(headline.caption),
            )
        self.words.setText(breakable(" ".join(summary(review))))
        self.ahead.setText(breakable(" ".join(notice_sentences(review))))
        self.ahead.setVisible(bool(self.ahead.text()))
        self.year_chart.show_year(review.budget)
        self.limits_card.show_review(review)
        self.fund_card.show_review(review)
        self._fill(self.budget_table, tables.budget_rows(review))
        self._fill(self.paid_table, tables.source_rows(review))
        self._fill(self.cost_table, tables.cost_rows(review))
        self._fill(self.pursued_table, list(review.pursued))
        self._fill(self.past_table, tables.past_rows(review))
        self._fill(self.future_table, tables.future_rows(review))
        self.checklist.show_items(review.checklist, review.year)

    def _show_parts(self, review: YearReview | None) -> None:
        """Hide what has nothing to say; before anything is read, everything."""
        has_any = review is not None and not review.is_empty
        self.empty.setVisible(review is not None and review.is_empty)
        for part in (*self._always, self.disclaimer):
            part.setVisible(has_any)
        self.parts.show_review(review)
        sources = tables.source_rows(review) if review else []
        self.paid_words.setText(who_paid_note(review.who_paid) if review else "")
        self.paid_words.setVisible(bool(sources))
        self.paid_table.setVisible(bool(sources))
        self.nobody.setVisible(not sources)
        costs = tables.cost_rows(review) if review else []
        past = tables.past_rows(review) if review else []
        future = tables.future_rows(review) if review else []
        for card, rows in (
            (self.cost_card, costs),
            (self.pursued_card, list(review.pursued) if review else []),
            (self.past_card, past),
            (self.future_card, future),
        ):
            card.setVisible(has_any and bool(rows))
        if review is not None:
            year = review.year
            at_stake, back = together(review.pursued)
            self.pursued_card.set_note(f"{dollars(at_stake)} at stake, {dollars(back)} came back")
            self.past_card.set_note(f"{year - 1} and {year}")
            self.future_card.set_note(f"{year} and {year + 1}, as far as it is entered")
        for button in (self.preview_button, self.save_button, self.print_button):
            button.setEnabled(review is not None)
        self.earlier.setEnabled(self._year is None or self._year > FIRST_YEAR + 1)
        self.later.setEnabled(self._year is None or self._year < LAST_YEAR - 2)

    def _fill(self, table: LedgerTable, rows: list) -> None:
        table.rows_model.set_rows(rows)
        table.fit_height_to_rows()

    # acting --------------------------------------------------------------------------

    def document(self) -> Document | None:
        """The review as it is now, for paper; None before it is read."""
        return None if self._review is None else review_document(self._review)

    @Slot()
    def print_page(self) -> bool:
        """Ctrl+P."""
        return (found := self.document()) is not None and bool(self.printing.print(found))

    def primary_action(self) -> None:
        """Ctrl+N leads to what a review is made of."""
        self._open_budget()

    @Slot()
    def _on_preview(self) -> None:
        if (found := self.document()) is not None:
            self.printing.preview(found)

    @Slot()
    def _on_save(self) -> None:
        if (found := self.document()) is not None:
            self.printing.save(found)

    @Slot()
    def _on_earlier(self) -> None:
        self._go_to_year(self.year - 1)

    @Slot()
    def _on_later(self) -> None:
        self._go_to_year(self.year + 1)

    def _go_to_year(self, year: int) -> None:
        self._year = max(FIRST_YEAR + 1, min(year, LAST_YEAR - 2))
        self.mark_stale()

    @Slot(object)
    def _on_note(self, note: ReviewNote) -> None:
        service = self._context.services.review
        self._context.commit(self, lambda: service.set_note(note), quiet=True)

    @Slot(object)
    def _on_chart_saved(self, path: object) -> None:
        self._context.shell.toast(f"Chart saved as {getattr(path, 'name', path)}.")

    @Slot(object)
    def _on_chart_failed(self, problem: LedgerError) -> None:
        self._context.show_problem(problem)

    @Slot()
    def _open_budget(self) -> None:
        self._context.shell.go_to("budget")

    @Slot(object)
    def _open_way(self, way: Way) -> None:
        self._context.shell.go_to(way.page, way.target)

    @Slot(object)
    def _open_month(self, month: object) -> None:
        self._context.shell.go_to("budget", month)

    @Slot(object)
    def _open_claim(self, claim_id: object) -> None:
        self._context.shell.go_to("coverage", claim_id)
