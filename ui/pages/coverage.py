"""Coverage: what your plan makes you pay, how its limits fill, and what was found out about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.dates import period_text
from tracker.domain.coverage.accumulators import standings
from tracker.domain.coverage.periods import plan_for
from tracker.facts import Claim
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.coverage_choice import Choice
from ui.models.coverage_words import covered_words, short
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_choosers import CoverageChoosers
from ui.pages.coverage_empty import TwoWays
from ui.pages.coverage_figures import CoverageFigures
from ui.pages.coverage_head import PartsLine
from ui.pages.coverage_parts import CHECKS, DRUGS, PARTS, PAY, PROGRESS, CoveragePart, make_part
from ui.pages.coverage_read import OUTSIDE, CoverageYear, read_year
from ui.pages.coverage_target import told
from ui.widgets.buttons import IconButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.page import Page

SMALL_PRINT = (
    "Estimate, not a determination. Your plan document and your administrator decide. "
    "Not tax, legal or medical advice."
)


class CoveragePage(Page):
    """One plan year at a time, for one person or the family, in network or out of it, in four parts.

    Prescriptions are those of every plan.
    """

    SHOWS = (
        Area.PEOPLE
        | Area.PROVIDERS
        | Area.PLANS
        | Area.CLAIMS
        | Area.DOCUMENTS
        | Area.RECURRING
        | Area.CASES
        | Area.PRESCRIPTIONS
        | Area.BUDGET
    )
    help_text = (
        "What you pay lists each service with your plan's rule for it; Enter on a row asks what it will "
        "cost you. Progress shows how far your limits are filled: every total comes from the EOBs there. "
        "Click a figure to see which claims add up to it, or a step of the chart to open the claim behind "
        "it. A claim belongs to the plan year of its service date. Checks keeps what you were told about "
        "who is in your network. Prescriptions keeps what you take, when it runs out, and which way to "
        "fill it is cheapest today and for the year. In every list Enter opens, Delete removes, and files "
        "dropped onto an EOB are attached to it."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Coverage", parent)
        self._context = context
        self._year: CoverageYear | None = None
        self._wanted: int | None = None
        self._on: date | None = None
        self._pending: object = None
        self._job: Job[CoverageYear] | None = None
        self._is_loading = False
        self._parts: dict[str, CoveragePart] = {}
        self._filled: set[str] = set()
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._make_ahead)
        self.printing = Printing(context, self)
        self.acts = CoverageActions(context, self)
        self._build()
        self._wire()
        self._arrange(None)

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        state = self._context.state
        self.choosers = CoverageChoosers(state, self)
        self.edit_button = PlainButton("Edit plan", "edit")
        self.plan_menu_button = IconButton("menu", "More about plans: add, duplicate, CMS files")
        self.call_button = PlainButton("Log a call", "phone")
        self.add_button = PrimaryButton("Add EOB", "plus")
        network, *others = self.choosers.widgets
        for widget in (network, self.edit_button, self.plan_menu_button, self.call_button, self.add_button):
            self.add_action_widget(widget)
        self.head = PartsLine(PARTS, others)
        self.parts_chooser = self.head.chooser
        kept = state.text("coverage/part")
        self.parts_chooser.choose(kept if kept in dict(PARTS) else PAY)
        self.body.addWidget(self.head)
        self.no_plan = Card()
        self.no_plan.body.addWidget(
            TwoWays(
                "No plan yet",
                "With your insurance plan here you see what each service costs you, how far your "
                "deductible and your out-of-pocket maximum have filled, and what is left until your plan "
                "pays in full.",
                ("Enter your plan", self.add_plan),
                ("Take it from the CMS files", self.acts.import_plan),
            )
        )
        self.body.addWidget(self.no_plan)
        self.figures = CoverageFigures()
        self.body.addWidget(self.figures)
        self._parts_at = self.body.count()
        self.small_print = Label(SMALL_PRINT, "caption", wrap=True)
        self.body.addWidget(self.small_print)

    def _wire(self) -> None:
        self.choosers.changed.connect(self._show_choice)
        self.choosers.plan_chosen.connect(self._go_to_plan)
        self.choosers.period_chosen.connect(self._go_to_period)
        self.parts_chooser.changed.connect(self._on_part)
        self.edit_button.clicked.connect(self.acts.edit_plan)
        self.plan_menu_button.clicked.connect(self._on_plan_menu)
        self.add_button.clicked.connect(self.primary_action)
        self.call_button.clicked.connect(self._on_call)
        self.figures.asked.connect(self.acts.show_why)
        self.acts.plan_made.connect(self._go_to_plan)
        self.acts.stored.connect(self._on_stored)
        self.acts.opened.connect(self._on_opened)

    # parts ---------------------------------------------------------------------------

    def part(self, key: str) -> CoveragePart:
        """A part by its key; made when it is first asked for."""
        if key not in self._parts:
            made = make_part(key, self._context, self.acts, self)
            made.reached.connect(self.reveal)
            self._parts[key] = made
            self.body.insertWidget(self._parts_at, made)
            made.hide()  # until it is filled
        return self._parts[key]

    @Slot()
    def _make_ahead(self) -> None:
        """Make one part in a turn of its own, the shown one first, so that no step takes long."""
        if self._year is not None and self._year.plan is None:
            return
        first = self._key() if self._year is not None else self.parts_chooser.key()
        ahead = (first,) if self._year is None else (first, *dict(PARTS))
        waiting = [key for key in ahead if key not in self._parts]
        if waiting:
            self.part(waiting[0])
        if len(waiting) > 1:
            self._ahead.start()

    def show_part(self, key: str) -> CoveragePart:
        """Go to a part."""
        self.parts_chooser.choose(key)
        part = self._fill(key)
        if part.isHidden():
            self.show_top()
        self._arrange(self._year)
        return part

    def _key(self) -> str:
        """The part that is shown: where no plan is, there are only the list of EOBs and prescriptions."""
        has_plan = self._year is not None and self._year.plan is not None
        chosen = self.parts_chooser.key()
        return chosen if has_plan or chosen == DRUGS else PROGRESS

    def _fill(self, key: str) -> CoveragePart:
        """Let a part show the year, unless it already does."""
        part = self.part(key)
        if self._year is not None and key not in self._filled:
            self._filled.add(key)
            part.show_year(self._year, self._choice())
        return part

    # what the window asks ------------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Come here for something: a claim's id or ("claim", id) opens it, ("plan", id) shows a plan,
        ("next plan", id) duplicates one, ("part", key) shows a part; an Attention opens what it is about.
        """
        self._pending = told(target)
        if self._year is not None and not self._stale:
            self._settle()

    def reload(self) -> None:
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        services, wanted, on = self._context.services, self._wanted, self._on
        self._is_loading = True
        self._ahead.start()
        self._job = self._context.load(self, lambda: read_year(services, wanted, on), self._show)

    @Slot()
    def _on_call(self) -> None:
        self.acts.log_call()

    @Slot()
    def primary_action(self) -> None:
        """Add an EOB, or what the part that is shown is for."""
        self.part(self._key()).add()

    def find_text(self, text: str) -> None:
        self._fill(self._key()).find_text(text)

    # showing -------------------------------------------------------------------------

    def _show(self, year: CoverageYear) -> None:
        self._is_loading = False
        self._year = year
        self.acts.show_year(year)
        self.choosers.show_year(year)
        plan = year.plan
        if plan is None:
            outside = "EOBs that no plan covers" if year.lines else ""
            self.set_subtitle(outside if year.home.plans else "")
        else:
            parts = (short(plan.name, 60), period_text(plan.period), covered_words(year.home, plan))
            self.set_subtitle("  \u00b7  ".join(parts))
        self._show_choice()
        self._settle()
        self._ahead.start()

    def _arrange(self, year: CoverageYear | None) -> None:
        """Only what there is something to show in."""
        has_plan = year is not None and year.plan is not None
        shown = self._key()
        limits = has_plan and shown not in (CHECKS, DRUGS)
        self.edit_button.setVisible(limits)
        self.call_button.setVisible(has_plan and shown == CHECKS)
        self.parts_chooser.setVisible(year is not None)
        self.head.setVisible(year is not None)
        self.head.controls.setVisible(year is not None and bool(year.home.plans) and shown != DRUGS)
        self.plan_menu_button.setVisible(year is not None)
        self.no_plan.setVisible(year is not None and not year.home.plans and shown != DRUGS)
        self.figures.setVisible(limits and self.figures.has_figures)
        for key, part in self._parts.items():
            part.setVisible(key == shown and key in self._filled)
        self.choosers.show_for(limits=limits)
        words = self._parts[shown].ADD_TEXT if shown in self._parts else CoveragePart.ADD_TEXT
        self.add_button.setText(words)

    @Slot()
    def _show_choice(self) -> None:
        """Figures and the part for the chosen network and person."""
        year, choice = self._year, self._choice()
        self._filled.clear()
        if year is None:
            return
        if choice is not None:
            found = standings(choice.year)
            self.figures.show_standings(found, year.home, choice)
        else:
            self.figures.show_nothing()
        if choice is not None or year.lines or self._key() == DRUGS:
            self._fill(self._key())
        self._arrange(year)

    def _choice(self) -> Choice | None:
        """The plan year shown, for the chosen network and person; None where no plan is shown."""
        year, chosen = self._year, self.choosers
        if year is None or year.filled is None:
            return None
        return Choice(year.filled, chosen.network, chosen.person_id, self._context.today)

    # acting --------------------------------------------------------------------------

    def print_page(self) -> bool:
        """All of the plan year that is shown, or the EOBs outside every plan."""
        year, choice = self._year, self._choice()
        if self._key() == DRUGS:
            return self._print_drugs()
        if year is None or (choice is None and not year.lines):
            return False
        from ui.printing.coverage_document import coverage_document, outside_document

        if choice is None:
            document = outside_document(year.lines, self._context.today, remark=SMALL_PRINT)
        else:
            document = coverage_document(choice, year, remark=SMALL_PRINT)
        self.printing.preview(document)
        return True

    def _print_drugs(self) -> bool:
        """The drug list, as one takes it to the doctor."""
        from ui.pages.coverage_part_drugs import DrugsPart

        part = self._parts.get(DRUGS)
        shown = part.shown if isinstance(part, DrugsPart) else None
        if shown is None or not shown.drugs:
            return False
        from ui.printing.drug_document import drug_document

        self.printing.preview(drug_document(shown))
        return True

    @Slot()
    def add_plan(self) -> None:
        self.acts.add_plan()

    @Slot()
    def _on_plan_menu(self) -> None:
        self.acts.pop_up_plans(self.plan_menu_button)

    @Slot(str)
    def _on_part(self, key: str) -> None:
        self._context.state.keep_text("coverage/part", key)
        self.show_part(key)

    # settling ------------------------------------------------------------------------

    def _settle(self) -> None:
        """Do what somebody came here for, once the right plan year is shown."""
        pending, self._pending = self._pending, None
        if not isinstance(pending, tuple) or self._year is None:
            return
        what, about = pending
        if what == "part":
            if about in dict(PARTS) and (self._year.plan is not None or about == DRUGS):
                self.show_part(str(about))
        elif not isinstance(about, int):
            return
        elif what == "claim":
            self._find_claim(about, self.acts.open_eob)
        elif what == "show claim":
            self._find_claim(about, self._select_claim)
        elif self._year.plan is None or self._year.plan.id != about:
            if any(plan.id == about for plan in self._year.home.plans):
                self._pending = pending
                self._go_to_plan(about)
        elif what == "next plan":
            self.acts.duplicate_plan()

    def _find_claim(self, claim_id: int, then: Callable[[Claim], object]) -> None:
        """Show the plan year a claim belongs to, and then do something with it."""

        def found(claim: Claim) -> None:
            year = self._year
            if year is None:
                return
            if any(line.claim.id == claim_id for line in year.lines):
                self._show_eobs()
                then(claim)
                return
            plan = plan_for(year.home.plans, claim.person_id, claim.service_from, claim.plan_id)
            wanted = plan.id if plan and plan.id is not None else OUTSIDE
            on = claim.service_from if plan else None
            if (wanted, on) != (self._wanted, self._on):
                self._pending = ("show claim" if then == self._select_claim else "claim", claim_id)
                self._wanted, self._on = wanted, on
                self.reload()

        self._context.load(self, lambda: self._context.services.claims.get(claim_id), found)

    def _show_eobs(self) -> None:
        """The part with the EOBs: somebody came for one of them."""
        if self._key() != PROGRESS:
            self.show_part(PROGRESS)

    def _select_claim(self, claim: Claim) -> None:
        from ui.pages.coverage_part_progress import ProgressPart

        part = self._fill(PROGRESS)
        assert isinstance(part, ProgressPart)
        part.eobs.select(claim.id or 0)

    @Slot(int)
    def _go_to_plan(self, plan_id: int) -> None:
        self._wanted, self._on = plan_id, None
        self.reload()

    @Slot(object)
    def _go_to_period(self, day: date) -> None:
        self._wanted = self._year.plan.id if self._year and self._year.plan else None
        self._on = day
        self.reload()

    @Slot(int)
    def _on_stored(self, claim_id: int) -> None:
        """An EOB was added or changed: show where it went."""
        self._pending = ("show claim", claim_id)
        if not self._is_loading:
            self._settle()

    @Slot(int)
    def _on_opened(self, claim_id: int) -> None:
        """Select the EOB whose form opens, where its list is looked at."""
        from ui.pages.coverage_part_progress import ProgressPart

        part = self._parts.get(PROGRESS)
        if isinstance(part, ProgressPart) and part.isVisible():
            part.eobs.select(claim_id)
