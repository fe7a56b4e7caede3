"""The form for an EOB, its fields in the order of a printed one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.changes import Changes
from tracker.domain.coverage.periods import plan_for
from tracker.errors import UserProblem
from tracker.facts import Claim, Network, Noun, Payment, Plan
from tracker.money import Cents
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.eob_amounts import EobAmounts
from ui.dialogs.eob_assistance import EobAssistance
from ui.dialogs.eob_effect import EobEffect
from ui.dialogs.eob_known import EobKnown, read_known
from ui.dialogs.eob_service import NetworkEdit, ServiceEdit
from ui.dialogs.eob_years import EobYears
from ui.dialogs.newcomers import Newcomers
from ui.dialogs.so_far import day_so_far
from ui.theme import theme
from ui.widgets.attachments import Attachments
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.columns import Columns
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit

_PROTECTION = (
    "Emergency care, and care by a provider you did not choose at an in-network hospital, counts in "
    "network and may not be billed beyond your share (No Surprises Act)."
)


class EobEditor(CommitDialog):
    """Adds an EOB or changes one. Sums that do not close are said, and saved: the EOB is what it is."""

    stored = Signal(int)
    """The EOB's id, once it is in the ledger."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        claim: Claim | None = None,
        prefill: Claim | None = None,
    ) -> None:
        """`claim` is changed; `prefill` gives a new EOB its first values."""
        super().__init__("Change EOB" if claim else "Add EOB", parent, columns=2, width=640)
        self._context = context
        self._start = claim or (replace(prefill, id=None) if prefill else None)
        self._claim_id = claim.id if claim else None
        self._known = EobKnown()
        self._network_touched = self._service_touched = self._start is not None
        self._years = EobYears(context, self, self._refresh)
        self._newcomers = Newcomers(context.services)
        self._again = False
        self._add_fields()
        self._fill()
        self._wire()
        self.save_button.setEnabled(False)  # until the household is known
        context.load(self, self._read, self._show)

    # building ------------------------------------------------------------------------

    def _add_fields(self) -> None:
        today = self._context.today
        self.patient = ChoiceEdit(allow_new=True, placeholder="Who received the care")
        self.provider = ChoiceEdit(allow_new=True, placeholder="Who gave the care")
        self.claim_number = QLineEdit()
        self.network = NetworkEdit()
        self.protected = QCheckBox("Protected from surprise billing")
        self.protected.setToolTip(_PROTECTION)
        self.service = ServiceEdit()
        self.service_from, self.service_to = DayEdit(today), DayEdit(today)
        self.processed_on = DayEdit(today)
        self.description = QLineEdit()
        self.description.setPlaceholderText("As the EOB describes it")
        self.amounts, self.effect = EobAmounts(), EobEffect()
        self.attachments = Attachments(self._context, Noun.CLAIM, self._claim_id)
        self.note = NoteEdit(lines=2)
        add = self.form.add
        add("person_id", "Patient", self.patient)
        add("provider", "Provider", self.provider)
        add("claim_number", "Claim number", self.claim_number)
        add("network", "The provider is", self.network)
        self.form.add_line(self.protected)
        self.protected.hide()
        add("service_from", "Date of service", self.service_from)
        add("service_to", "Last day, if several", self.service_to)
        add("processed_on", "Processed on", self.processed_on)
        add("category", "Service", self.service)
        add("description", "Description", self.description, wide=True)
        sides = QWidget()
        row = Columns(sides, gap=24, same_height=False)
        row.add(self.amounts, 11, least=theme().px(270))
        row.add(self.effect, 10, least=theme().px(220))
        self.form.add_line(sides)
        self.assistance = EobAssistance(self.form)
        add("documents", "Documents", self.attachments, wide=True)
        add("note", "Note", self.note, wide=True)
        self.pays = QCheckBox("Also record the payment")
        if self._claim_id is None:
            self.form.add_line(self.pays)
            self.another = PlainButton("Save and add another")
            self.another.clicked.connect(self._on_another)
            self.add_button(self.another)
        else:
            self.delete_button = PlainButton("Delete", "trash")
            self.delete_button.clicked.connect(self._on_delete)
            self.add_button(self.delete_button)

    def _wire(self) -> None:
        assistance = (self.assistance.amount, self.assistance.counting)
        for edit in (self.patient, self.service_from, self.amounts, *assistance):
            edit.edited.connect(self._refresh)
        self.protected.toggled.connect(self._refresh)
        self.service.edited.connect(self._on_service)
        self.provider.edited.connect(self._on_provider)
        self.network.edited.connect(self._on_network)
        self.attachments.resized.connect(self._grow)

    # showing -------------------------------------------------------------------------

    def _fill(self) -> None:
        start = self._start
        if start is None:
            return
        self.claim_number.setText(start.claim_number)
        self.protected.setChecked(start.protected)
        self.assistance.show_claim(start)
        self.service_from.set_day(start.service_from)
        self.service_to.set_day(start.service_to)
        self.processed_on.set_day(start.processed_on)
        self.description.setText(start.description)
        self.description.setCursorPosition(0)
        self.amounts.show_amounts(start)
        self.note.set_text(start.note)

    def _read(self) -> EobKnown:
        return read_known(self._context.services, self._context.today)

    def _show(self, known: EobKnown) -> None:
        self._known = known
        self.patient.set_items([(item.id or 0, item.name) for item in known.home.people])
        self.provider.set_items([(item.id or 0, item.name) for item in known.providers])
        self.service.set_categories(known.categories)
        if not known.home.people:
            self.form.field("person_id").set_hint("Your name; it begins your household.")
        last = self._start or known.last
        if last is not None:
            self.patient.choose(last.person_id)
            self.provider.choose(last.provider_id)
        elif len(known.home.people) == 1:
            self.patient.choose(known.home.people[0].id)
        if self._start is not None:
            self._offer_tiers()
            self.network.choose_place(self._start.network, self._start.tier)
            self.service.choose_code(self._start.category)
        self.save_button.setEnabled(True)
        self._on_provider()
        self._grow()

    @Slot()
    def _on_provider(self) -> None:
        """Network and service are as on a provider's last EOB, until somebody says otherwise."""
        self._offer_tiers()
        provider_id = self.provider.chosen_id()
        if not self._network_touched:
            last = self._known.last_of(provider_id)
            self.network.choose_place(last.network if last else Network.IN, last.tier if last else "")
        if not self._service_touched:
            self.service.choose_code(self._known.service_of(provider_id))
        self._refresh()

    @Slot()
    def _on_network(self) -> None:
        self._network_touched = True
        self._refresh()

    @Slot()
    def _on_service(self) -> None:
        self._service_touched = bool(self.service.text())
        self._refresh()

    def _offer_tiers(self) -> bool:
        """The tiers of the plan as far as it is known; true where there are others than before."""
        claim = self._so_far()
        plan = self._plan_of(claim) if claim else None
        return self.network.show_tiers(plan.more_tiers if plan else ())

    @Slot()
    def _refresh(self) -> None:
        """Check the sums and show what the EOB as typed so far would do."""
        if self._offer_tiers():
            self._on_provider()  # the proposal may be one of the tiers; comes back here
            return
        self._show_rare()
        claim = self._so_far()
        plan = self._plan_of(claim) if claim else None
        self.amounts.follow(self.network.network, protected=self._is_protected())
        year = self._years.of(plan, claim.service_from) if plan and claim else None
        if plan and not year:
            return  # once the year is read this is done again
        self.effect.show_effect(claim, year, self._known.home)

    def _show_rare(self) -> None:
        """What only some EOBs need: protection out of network, assistance with a drug."""
        out = self.network.network is Network.OUT
        shown = self.assistance.show_for(drug=self._known.is_drug(self.service.code_so_far()))
        if shown or out == self.protected.isHidden():
            self.protected.setVisible(out)
            self._grow()

    def _is_protected(self) -> bool:
        return self.network.network is Network.OUT and self.protected.isChecked()

    def _so_far(self) -> Claim | None:
        """The claim as typed so far, or None while nothing can be said about it."""
        day = day_so_far(self.service_from, self._context.today)
        person_id = self._person_so_far()
        if day is None or person_id is None:
            return None
        bare = Claim(
            id=self._claim_id,
            person_id=person_id,
            provider_id=0,
            network=self.network.network,
            tier=self.network.tier,
            protected=self._is_protected(),
            category=self.service.code_so_far(),
            service_from=day,
        )
        return self.amounts.apply_so_far(self.assistance.apply_so_far(bare))

    def _person_so_far(self) -> int | None:
        named = self.patient.text().casefold()
        if any(person.name.casefold() == named for person in self._known.home.people):
            return self.patient.chosen_id()
        return None

    def _plan_of(self, claim: Claim) -> Plan | None:
        tied = self._start.plan_id if self._start else None
        return plan_for(self._known.home.plans, claim.person_id, claim.service_from, tied)

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        newcomer = self._newcomer()
        provider = self.provider.text()
        if not provider:
            raise UserProblem("The provider is missing.", "Type who gave the care.", field="provider")
        claim = self._draft()
        claims = self._context.services.claims

        def save(new_id: int | None) -> Changes:
            mine = claim if new_id is None else replace(claim, person_id=new_id)
            return claims.save(mine, provider=provider)

        return self.commit(
            self._context, lambda: self._newcomers.save_with(newcomer, save), "Saving the EOB"
        )

    def complain(self, problem: UserProblem) -> None:
        self._again = False
        field = "provider" if problem.field == "payee" else problem.field
        if field in self.amounts.edits:
            self.save_button.setEnabled(True)
            self.amounts.complain(problem)
        else:
            super().complain(UserProblem(problem.what, problem.todo, field=field))

    def _newcomer(self) -> str:
        """The name of the first person of an empty household; else the patient is one of it."""
        named = self.patient.text()
        if not named:
            raise UserProblem("The patient is missing.", "Choose who received the care.", field="person_id")
        if not self._known.home.people:
            return named
        if self.patient.chosen_id() is None:
            raise UserProblem(
                f"\u201c{named}\u201d is not in your household.",
                "Choose one of the list.",
                field="person_id",
            )
        return ""

    def _draft(self) -> Claim:
        """What the form says; raises UserProblem for what cannot be read."""
        claim = Claim(
            id=self._claim_id,
            claim_number=self.claim_number.text(),
            person_id=self.patient.chosen_id() or 0,
            provider_id=0,  # given by name
            network=self.network.network,
            tier=self.network.tier,
            protected=self._is_protected(),
            category=self.service.code(),
            description=self.description.text(),
            service_from=self.service_from.day(),
            service_to=self.service_to.day_or_none(),
            processed_on=self.processed_on.day_or_none(),
            note=self.note.text(),
        )
        plan = self._plan_of(claim)
        return self.amounts.apply(self.assistance.apply(replace(claim, plan_id=plan.id if plan else None)))

    def _on_done(self, changes: Changes) -> None:
        """The EOB is stored; its documents follow, then whatever was asked for after it."""
        self.changes = changes
        self._claim_id = changes.new_id if self._claim_id is None else self._claim_id
        if self.attachments.changed and self._claim_id is not None:
            self.attachments.store(self._claim_id, self._on_stored, self.complain)
        else:
            self._on_stored()

    def _on_stored(self) -> None:
        claim = self._draft()
        owed = (claim.you_owe or 0) - claim.assistance
        parent = self.parent()
        window = parent if isinstance(parent, QWidget) else None
        if self._again:
            EobEditor(self._context, window).open()
        if self.pays.isChecked() and owed > 0:
            self._open_payment(owed, window)
        self.accept()
        if self._claim_id is not None:
            self.stored.emit(self._claim_id)

    def _open_payment(self, owed: Cents, window: QWidget | None) -> None:
        """The payment of what this EOB says is owed, to be completed and saved on its own."""
        from ui.dialogs.payment_editor import PaymentEditor

        payment = Payment(
            paid_on=self._context.today,
            amount=owed,
            person_id=self.patient.chosen_id() or self._newcomers.id_of(self.patient.text()),
            note=self.description.text(),
        )
        PaymentEditor(self._context, window, prefill=payment, payee=self.provider.text()).open()

    def _on_gave_up(self) -> None:
        self._again = False
        super()._on_gave_up()

    @Slot()
    def _on_another(self) -> None:
        self._again = True
        self.save_button.click()

    @Slot()
    def _on_delete(self) -> None:
        claim_id, claims = self._claim_id, self._context.services.claims
        if claim_id is not None:
            self._context.commit(self, lambda: claims.remove([claim_id]), then=self._on_deleted)

    def _on_deleted(self, changes: Changes) -> None:
        self.changes = changes
        self.done(0)
