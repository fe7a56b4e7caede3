"""Coverage: what the plan's limits are, how far they are filled, and the EOBs behind every figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from tracker.changes import Area
from tracker.dates import period_text
from tracker.domain.coverage.accumulators import Standing, standings
from tracker.domain.coverage.explain import explain, rule_sentences
from tracker.domain.coverage.periods import plan_for
from tracker.facts import Claim, Noun
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.coverage_choice import Choice
from ui.models.coverage_words import KINDS, NETWORKS, covered_words, short, whose
from ui.pages.coverage_chart import ProgressCard
from ui.pages.coverage_choosers import CoverageChoosers
from ui.pages.coverage_eobs import EobCard
from ui.pages.coverage_facts import PlanFacts
from ui.pages.coverage_figures import CoverageFigures
from ui.pages.coverage_read import OUTSIDE, CoverageYear, read_year
from ui.pages.coverage_target import told
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.page import Page

SMALL_PRINT = (
    "Estimate, not a determination. Your plan document and your administrator decide. "
    "Not tax, legal or medical advice."
)


class CoveragePage(Page):
    """One plan year at a time, for one person or the family, in network or out of it."""

    SHOWS = Area.PEOPLE | Area.PROVIDERS | Area.PLANS | Area.CLAIMS | Area.DOCUMENTS | Area.RECURRING
    help_text = (
        "What your plan's limits are and how far they are filled. Every total comes from the EOBs below: "
        "click a figure to see which claims add up to it, or a step of the chart to open the claim behind "
        "it. A claim belongs to the plan year of its service date. Enter opens an EOB, Delete removes it, "
        "and files dropped onto a row are attached to it."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Coverage", parent)
        self._context = context
        self._year: CoverageYear | None = None
        self._wanted: int | None = None
        self._pending: object = None
        self._job: Job[CoverageYear] | None = None
        self._is_loading = False
        self.printing = Printing(context, self)
        self._build()
        self._wire()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.choosers = CoverageChoosers(self._context.state, self)
        self.edit_button = PlainButton("Edit plan", "edit")
        self.add_button = PrimaryButton("Add EOB", "plus")
        for widget in (*self.choosers.widgets, self.edit_button, self.add_button):
            self.add_action_widget(widget)
        self.no_plan = Card()
        self.no_plan.body.addWidget(
            EmptyState(
                "No plan yet",
                "With your insurance plan here, every EOB you enter shows how far your deductible and your "
                "out-of-pocket maximum have filled, and what is left until your plan pays in full.",
                "Enter your plan",
                self.add_plan,
            )
        )
        self.body.addWidget(self.no_plan)
        self.figures = CoverageFigures()
        self.body.addWidget(self.figures)
        self.chart = ProgressCard()
        self.chart.with_maximum.setChecked(self._context.state.text("coverage/maximum") == "on")
        self.facts = PlanFacts()
        self.middle = self.add_row(self.chart, self.facts, weights=(66, 34))
        self.eobs = EobCard(self.primary_action, self._context.state)
        self.body.addWidget(self.eobs)
        self.small_print = Label(SMALL_PRINT, "caption", wrap=True)
        self.body.addWidget(self.small_print)
        self._arrange(None)

    def _wire(self) -> None:
        self.choosers.changed.connect(self._show_limits)
        self.choosers.plan_chosen.connect(self._go_to_plan)
        self.edit_button.clicked.connect(self.edit_plan)
        self.add_button.clicked.connect(self.primary_action)
        self.figures.asked.connect(self.show_why)
        self.chart.opened.connect(self.open_claim)
        self.chart.saved.connect(self._on_chart_saved)
        self.chart.save_failed.connect(self._context.show_problem)
        self.chart.switched.connect(self._on_maximum)
        self.facts.duplicate.clicked.connect(self.duplicate_plan)
        self.facts.add_plan.clicked.connect(self.add_plan)
        self.eobs.opened.connect(self.open_claim)
        self.eobs.removal_asked.connect(self.remove_claims)
        self.eobs.files_dropped.connect(self.attach_files)
        self.eobs.row_reached.connect(self._on_row_reached)

    # what the window asks ------------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Come here for something: a claim's id or ("claim", id) opens it, ("plan", id) shows a plan,
        ("next plan", id) duplicates one; an Attention opens what it is about.
        """
        self._pending = told(target)
        if self._year is not None and not self._stale:
            self._settle()

    def reload(self) -> None:
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        services, wanted = self._context.services, self._wanted
        self._is_loading = True
        self._job = self._context.load(self, lambda: read_year(services, wanted), self._show)

    def primary_action(self) -> None:
        """Add an EOB."""
        from ui.dialogs.eob_editor import EobEditor

        editor = EobEditor(self._context, self)
        editor.stored.connect(self._on_stored)
        editor.open()

    def find_text(self, text: str) -> None:
        self.eobs.find_text(text)

    # showing -------------------------------------------------------------------------

    def _show(self, year: CoverageYear) -> None:
        self._is_loading = False
        self._year = year
        self.choosers.show_year(year)
        self._arrange(year)
        plan = year.plan
        if plan is None:
            outside = "EOBs that no plan covers" if year.lines else ""
            self.set_subtitle(outside if year.home.plans else "")
        else:
            parts = (short(plan.name, 60), period_text(plan.period), covered_words(year.home, plan))
            self.set_subtitle("  \u00b7  ".join(parts))
            self.facts.show_plan(plan, year.home)
        self.eobs.show_lines(year.lines, plan, year.home)
        self._show_limits()
        self._settle()

    def _arrange(self, year: CoverageYear | None) -> None:
        """Only what there is something to show in."""
        has_plan = year is not None and year.plan is not None
        for part in (self.edit_button, self.middle):
            part.setVisible(has_plan)
        if not has_plan:
            self.figures.hide()
        no_plans = year is not None and not year.home.plans
        self.no_plan.setVisible(no_plans)
        self.eobs.setVisible(year is not None and (bool(year.home.plans) or bool(year.lines)))

    @Slot()
    def _show_limits(self) -> None:
        """Figures and chart for the chosen network and person."""
        year, choice = self._year, self._choice()
        if year is None or choice is None:
            return
        found = standings(choice.year)
        self.figures.show_standings(found, year.home, choice.network, choice.person_id)
        names = {line.claim.id or 0: line.provider for line in year.lines}
        self.chart.show_progress(choice, year.home, names)

    def _choice(self) -> Choice | None:
        """The plan year shown, for the chosen network and person; None where no plan is shown."""
        year, chosen = self._year, self.choosers
        if year is None or year.filled is None:
            return None
        return Choice(year.filled, chosen.network, chosen.person_id, self._context.today)

    # acting --------------------------------------------------------------------------

    def print_page(self) -> bool:
        """The plan year that is shown, or the EOBs outside every plan."""
        year, choice = self._year, self._choice()
        if year is None or (choice is None and not year.lines):
            return False
        from ui.printing.coverage_document import coverage_document, outside_document

        if choice is None:
            document = outside_document(year.lines, self._context.today, remark=SMALL_PRINT)
        else:
            document = coverage_document(choice, year.home, year.lines, remark=SMALL_PRINT)
        self.printing.preview(document)
        return True

    @Slot(int)
    def open_claim(self, claim_id: int) -> None:
        """Open the form of an EOB."""
        self._context.load(self, lambda: self._context.services.claims.get(claim_id), self._open_editor)

    def _open_editor(self, claim: Claim) -> None:
        from ui.dialogs.eob_editor import EobEditor

        self.eobs.select(claim.id or 0)
        editor = EobEditor(self._context, self, claim=claim)
        editor.stored.connect(self._on_stored)
        editor.open()

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
        who, where = whose(year.home, standing.person_id), NETWORKS[standing.network]
        counted = explain(filled, limit, standing.person_id)
        name = f"{KINDS[standing.kind].capitalize()}, {who}, {where}"
        dialog = WhyDialog(
            name, standing, rule_sentences(filled, limit, standing.person_id), counted, year.lines, self
        )
        dialog.claim_opened.connect(self.open_claim)
        dialog.open()

    @Slot()
    def edit_plan(self) -> None:
        from ui.dialogs.plan_editor import PlanEditor

        if self._year and self._year.plan:
            PlanEditor(self._context, self, plan=self._year.plan).open()

    @Slot()
    def add_plan(self) -> None:
        from ui.dialogs.plan_editor import PlanEditor

        editor = PlanEditor(self._context, self)
        editor.made.connect(self._go_to_plan)
        editor.open()

    @Slot()
    def duplicate_plan(self) -> None:
        from ui.dialogs.plan_editor import PlanEditor

        if self._year and self._year.plan:
            editor = PlanEditor(self._context, self, copy_of=self._year.plan)
            editor.made.connect(self._go_to_plan)
            editor.open()

    # settling ------------------------------------------------------------------------

    def _settle(self) -> None:
        """Do what somebody came here for, once the right plan year is shown."""
        pending, self._pending = self._pending, None
        if not isinstance(pending, tuple) or self._year is None:
            return
        what, number = pending
        if what == "claim":
            self._find_claim(number, self._open_editor)
        elif what == "show claim":
            self._find_claim(number, lambda claim: self.eobs.select(claim.id or 0))
        elif self._year.plan is None or self._year.plan.id != number:
            if any(plan.id == number for plan in self._year.home.plans):
                self._pending = pending
                self._go_to_plan(number)
        elif what == "next plan":
            self.duplicate_plan()

    def _find_claim(self, claim_id: int, then: Callable[[Claim], object]) -> None:
        """Show the plan year a claim belongs to, and then do something with it."""

        def found(claim: Claim) -> None:
            year = self._year
            if year is None:
                return
            if any(line.claim.id == claim_id for line in year.lines):
                then(claim)
                return
            plan = plan_for(year.home.plans, claim.person_id, claim.service_from, claim.plan_id)
            wanted = plan.id if plan and plan.id is not None else OUTSIDE
            if wanted != self._wanted:
                self._pending = ("claim" if then == self._open_editor else "show claim", claim_id)
                self._go_to_plan(wanted)

        self._context.load(self, lambda: self._context.services.claims.get(claim_id), found)

    @Slot(int)
    def _go_to_plan(self, plan_id: int) -> None:
        self._wanted = plan_id
        self.reload()

    @Slot(int)
    def _on_stored(self, claim_id: int) -> None:
        """An EOB was added or changed: show where it went."""
        self._pending = ("show claim", claim_id)
        if not self._is_loading:
            self._settle()

    @Slot(bool)
    def _on_maximum(self, shown: bool) -> None:
        self._context.state.keep_text("coverage/maximum", "on" if shown else "off")

    @Slot(object)
    def _on_chart_saved(self, path: Path) -> None:
        self._context.shell.toast(f"Saved {path.name}")

    @Slot(QRect)
    def _on_row_reached(self, row: QRect) -> None:
        """The page scrolls, not the table: bring the current row into view."""
        table = self.eobs.table.viewport()
        scroll = self.findChild(QScrollArea)
        if scroll is None or not table.isVisible():
            return
        inside = scroll.widget()
        centre = table.mapTo(inside, row.center()) if inside else QPoint()
        scroll.ensureVisible(0, centre.y(), 0, row.height())
