"""Adding an EOB or changing one: what is proposed, checked and said while it is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.changes import Changes
from tracker.domain.claims.eob_dates import judge_days
from tracker.domain.claims.same_paper import SameEob, same_eob
from tracker.domain.coverage.periods import plan_for
from tracker.errors import UserProblem
from tracker.facts import Claim, Network, Payment, Plan
from tracker.money import Cents
from ui.context import Context
from ui.dialogs.eob_amounts import NOTHING
from ui.dialogs.eob_form import EobForm
from ui.dialogs.eob_known import EobKnown, read_known
from ui.dialogs.eob_twice import CORRECTS, DECIDES, answers, question
from ui.dialogs.eob_years import EobYears
from ui.dialogs.so_far import day_so_far
from ui.widgets.buttons import PlainButton


class EobEditor(EobForm):
    """Sums that do not close are said, and saved: the EOB is what it is.

    `stored` tells its id once it is in the ledger. `claim` is changed, as it is stored when the form
    opens; what the form does not show stays. `prefill` gives a new EOB its first values.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        claim: Claim | None = None,
        prefill: Claim | None = None,
    ) -> None:
        super().__init__("Change EOB" if claim else "Add EOB", parent, context, claim.id if claim else None)
        self._start = claim or (replace(prefill, id=None) if prefill else None)
        self._known = EobKnown()
        self._same: SameEob | None = None
        self._network_touched = self._service_touched = self._start is not None
        self._years = EobYears(context, self, self._refresh)
        self._again = False
        self.pays = QCheckBox("Also record the payment")
        if claim is None:
            self.form.add_line(self.pays)
            self.another = PlainButton("Save and add another")
            self.another.clicked.connect(self._on_another)
            self.add_button(self.another)
        self._wire()
        if self._start is not None:
            self.fill(self._start)
        context.load(self, self._read, self._show)

    def _wire(self) -> None:
        assistance, rest = self.assistance, self.rest
        for edited in (
            *(self.patient.edited, self.service_from.edited, self.service_to.edited, self.amounts.edited),
            *(assistance.amount.edited, assistance.counting.edited, self.correction.edited),
            *(rest.stage.edited, *(edit.edited for edit in rest.amounts.values())),
        ):
            edited.connect(self._refresh)
        self.claim_number.textEdited.connect(self._refresh)
        self.rest.member_number.textEdited.connect(self._refresh)
        self.reasons.textEdited.connect(self._say_codes)
        self.protected.toggled.connect(self._refresh)
        self.service.edited.connect(self._on_service)
        self.provider.edited.connect(self._on_provider)
        self.network.edited.connect(self._on_network)
        self.lines.edited.connect(self._on_lines)
        self.question.answered.connect(self._on_answer)

    # showing -------------------------------------------------------------------------

    def _read(self) -> EobKnown:
        return read_known(self._context.services, self._context.today, self._id)

    def _show(self, known: EobKnown) -> None:
        first = not self._known.providers and not self._known.home.people
        self._known = known
        self.who.show_choices(known.home.people, known.providers, self.form)
        self.service.set_categories(known.categories)
        self.lines.set_categories(known.categories)
        self.rest.show_choices(known.providers, known.visits, known.categories)
        if known.stored is not None and known.stored != self._start:
            self._start = known.stored  # the list it was chosen from may know it without its lines
            self.fill(known.stored)
        last = self._start or known.last
        if last is not None:
            self.patient.choose(last.person_id)
            self.provider.choose(last.provider_id)
        else:
            self.patient.choose(self.who.only_person)
        if self._start is not None and first:
            self._show_chosen(self._start)
        self._offer_corrected()
        self.save_button.setEnabled(True)
        self._on_provider()
        self._say_codes()
        self._mark_lines()
        self._fit_soon()

    def _show_chosen(self, start: Claim) -> None:
        """What an EOB names of the lists that are known now."""
        self._offer_tiers()
        self.network.choose_place(start.network, start.tier)
        self.service.choose_code(start.category)
        self.rest.show_links(start)
        self.correction.show_claim(start)
        self._offer_corrected()
        self.correction.show_claim(start)

    def _offer_corrected(self) -> None:
        person_id, provider_id = self.who.person_so_far(), self.provider.chosen_id()
        found = self._known.likely_corrected(person_id, provider_id)
        self.correction.offer(found, self._known.names, self._id)

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
        self._offer_corrected()
        self._refresh()

    @Slot()
    def _on_network(self) -> None:
        self._network_touched = True
        self._refresh()

    @Slot()
    def _on_service(self) -> None:
        self._service_touched = bool(self.service.text())
        self._refresh()

    @Slot()
    def _on_lines(self) -> None:
        """Totals nobody typed follow the lines."""
        self.amounts.follow_lines(self.lines.lines_so_far())
        self._say_codes()
        self._refresh()

    @Slot()
    def _say_codes(self) -> None:
        texts = [self.reasons.text(), *(line.reasons for line in self.lines.lines_so_far())]
        if self.codes.say(texts):
            self._fit_soon()

    def _mark_lines(self) -> None:
        if self.lines.shown:
            self.lines.mark_odd(self.network.network, protected=self.is_protected)

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
        self.amounts.follow(
            self.network.network, protected=self.is_protected, rest=self.rest.apply_so_far(NOTHING)
        )
        self._mark_lines()
        self._ask_whether_known(claim)
        self.correction.show_changes(claim)
        self.rest.warn_of_member(plan)
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

    def _ask_whether_known(self, claim: Claim | None) -> None:
        """An EOB that is in the ledger already is said before it is saved again."""
        found = same_eob(claim, self._known.claims) if claim and self._id is None else None
        self._same = found
        if found is None:
            self.question.take_back()
        else:
            self.question.ask(
                (found.claim.id, found.by), question(found, self._known.names), answers(found)
            )

    @Slot(str)
    def _on_answer(self, answer: str) -> None:
        if self._same is None or answer not in (CORRECTS, DECIDES):
            return
        claim = self._same.claim
        if answer == CORRECTS:
            self.more.show_all()
            self.correction.choose(claim.id or 0)
            self._refresh()
            self._fit_soon()
        else:
            claims, number = self._context.services.claims, claim.id or 0
            self._context.load(self, lambda: claims.get(number), self._decide)

    def _decide(self, claim: Claim) -> None:
        """What is typed is the decision on a claim that was open: from here on that one is changed."""
        self._id, self._start = claim.id, claim
        self.fill_empty(claim)
        self.setWindowTitle("Change EOB")
        self._refresh()
        self._fit_soon()

    def _so_far(self) -> Claim | None:
        """The claim as typed so far, or None while nothing can be said about it."""
        day = day_so_far(self.service_from, self._context.today)
        person_id = self.who.person_so_far()
        if day is None or person_id is None:
            return None
        last = day_so_far(self.service_to, self._context.today)
        bare = Claim(
            id=self._id,
            claim_number=self.claim_number.text(),
            person_id=person_id,
            provider_id=self.provider.chosen_id() or 0,
            network=self.network.network,
            tier=self.network.tier,
            protected=self.is_protected,
            category=self.service.code_so_far(),
            service_from=day,
            service_to=last if last and last >= day else None,
        )
        bare = self.rest.apply_so_far(self.correction.apply_so_far(bare))
        return self.amounts.apply_so_far(self.assistance.apply_so_far(bare))

    def _plan_of(self, claim: Claim) -> Plan | None:
        tied = self._start.plan_id if self._start else None
        return plan_for(self._known.home.plans, claim.person_id, claim.service_from, tied)

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        newcomer = self.who.newcomer()
        provider = self.who.provider_name()
        claim = self._draft()
        if self.question.open:
            self.question.remind()
            raise UserProblem("This EOB is in the ledger already.", "Say first which it is.")
        judge_days(claim, self._context.today)
        claims = self._context.services.claims

        def save(new_id: int | None) -> Changes:
            mine = claim if new_id is None else replace(claim, person_id=new_id)
            return claims.save(mine, provider=provider)

        return self.commit_for(newcomer, save, "Saving the EOB")

    def remove(self, row_id: int) -> Changes:
        return self._context.services.claims.remove([row_id])

    def complain(self, problem: UserProblem) -> None:
        self._again = False
        if problem.field in self.amounts.edits:
            self.save_button.setEnabled(True)
            self.amounts.complain(problem)
        else:
            super().complain(problem)

    def _draft(self) -> Claim:
        """What the form says; raises UserProblem for what cannot be read."""
        claim = self.read(self._start)
        plan = self._plan_of(claim)
        held = self._start if self._id is not None else None
        return replace(
            claim,
            plan_id=plan.id if plan else None,
            record_id=held.record_id if held else "",
            import_id=held.import_id if held else None,
        )

    def _on_stored(self) -> None:
        claim = self._draft()
        owed = (claim.you_owe or 0) - claim.assistance
        parent = self.parent()
        window = parent if isinstance(parent, QWidget) else None
        if self._again:
            EobEditor(self._context, window).open()
        if self.pays.isChecked() and owed > 0:
            self._open_payment(owed, window)
        super()._on_stored()

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
