"""The fields of a case: each kind has only those it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from tracker.domain.claims.authorizations import STANDS_WORDS
from tracker.domain.claims.case_days import APPOINTMENT
from tracker.domain.claims.case_standing import KIND_WORDS
from tracker.domain.claims.clocks import LONGEST
from tracker.domain.claims.reimbursement import CHANNELS
from tracker.errors import UserProblem
from tracker.facts import (
    Authorization,
    Authorized,
    Case,
    CaseKind,
    Deadline,
    StepOutcome,
    Submission,
)
from ui.context import Context
from ui.dialogs.case_kinds import (
    LABELS,
    LEVELS,
    SHOWN,
    STARTS,
    TITLE_HINT,
    USUAL,
    days_hint,
    gate_items,
    tick_items,
)
from ui.dialogs.eob_service import ServiceEdit
from ui.theme import theme
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.columns import Columns
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit
from ui.widgets.tick_list import TickList


class CaseFields:
    """Makes the fields in a form, shows those of a kind, and reads them back."""

    def __init__(self, context: Context, form: Form) -> None:
        self._form = form
        today = context.today
        self.kind = OptionEdit([(kind.value, words) for kind, words in KIND_WORDS.items()])
        self.title = QLineEdit()
        self.linked = ChoiceEdit(placeholder="A bill, EOB or visit")
        self.person = ChoiceEdit(placeholder="Who received the care")
        self.provider = ChoiceEdit(allow_new=True)
        self.at_stake = MoneyEdit()
        self.start = OptionEdit(STARTS)
        self.level = OptionEdit(LEVELS)
        self.received_on = DayEdit(today)
        self.expedited = QCheckBox(USUAL["expedited"])
        self.service_on = DayEdit(today)
        self.category = ServiceEdit()
        self.charge, self.allowed, self.expected = MoneyEdit(), MoneyEdit(placeholder=""), MoneyEdit()
        self.gate = TickList(side_by_side=True)
        self.gate_words = Label("", "caption", wrap=True)
        self.filing_days = QLineEdit("365")
        self.channel = OptionEdit((("", "Not sent yet"), *CHANNELS))
        self.sent_on, self.proof = DayEdit(today), QLineEdit()
        self.proof.setPlaceholderText("Tracking or confirmation number")
        self.stands = OptionEdit([(stands.value, words) for stands, words in STANDS_WORDS.items()])
        self.number, self.codes = QLineEdit(), QLineEdit()
        self.codes.setPlaceholderText("Such as 73721 73722")
        self.units, self.units_used = QLineEdit(), QLineEdit()
        self.facility = ChoiceEdit(placeholder="Where, if elsewhere")
        self.valid_from, self.valid_to = DayEdit(today), DayEdit(today)
        self.requested_by = QLineEdit()
        self.requested_on, self.decided_on = DayEdit(today), DayEdit(today)
        self.planned_on = DayEdit(today)
        self.ticks = TickList()
        self.opened_on = DayEdit(today)
        self.note = NoteEdit()
        self._add()
        self.opened_on.set_day(today)
        self.start.choose(StepOutcome.FOUND.value)

    def _add(self) -> None:
        hints = {"received_on": "Else the letter\u2019s own day.", "filing_days": days_hint()}
        self._block(
            ("kind", "What is it", self.kind),
            ("title", "Title", self.title),
            ("linked", "About", self.linked),
            ("person_id", "Patient", self.person),
            ("provider", "Provider", self.provider),
            ("at_stake", "At stake", self.at_stake),
            ("level", "Level", self.level),
            ("received_on", "Denial received on", self.received_on),
            ("service_on", "Date of service", self.service_on),
            ("category", "Service", self.category),
            ("charge", "Charge", self.charge),
            ("allowed", "Plan\u2019s allowed amount, if known", self.allowed),
            ("expected", "Expected back", self.expected),
            ("filing_days", "Days your plan gives to send it", self.filing_days),
            ("codes", "Procedure codes", self.codes),
            ("stands", "It is", self.stands),
            ("number", "Number", self.number),
            ("units", "Units", self.units),
            ("units_used", "Units used", self.units_used),
            ("facility_id", "Facility", self.facility),
            ("requested_by", "Asked for by", self.requested_by),
            ("requested_on", "Asked for on", self.requested_on),
            ("decided_on", "Decided on", self.decided_on),
            ("valid_from", "Valid from", self.valid_from),
            ("valid_to", "Valid to", self.valid_to),
            ("planned_on", "Planned for", self.planned_on),
            hints=hints,
        )
        add = self._form.add
        add("start", "Where it begins", self.start, wide=True)
        add("gate", "Found on the superbill", self.gate, wide=True)
        self._form.add_line(self.gate_words)
        self._block(
            ("channel", "Sent by", self.channel),
            ("sent_on", "Sent on", self.sent_on),
            ("proof", "Proof of sending", self.proof),
            ("opened_on", "Opened on", self.opened_on),
        )
        add("ticks", "", self.ticks, wide=True)
        add("expedited", "", self.expedited, wide=True)
        add("note", "Note", self.note, wide=True)

    def _block(self, *fields: tuple[str, str, QWidget], hints: Mapping[str, str] | None = None) -> None:
        """Fields two in a row, whichever of them are shown: what a kind does not need leaves no gap."""
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(holder, gap=12, same_height=False)
        self._form.add_line(holder)
        for name, label, widget in fields:
            made = self._form.add(name, label, widget, hint=(hints or {}).get(name, ""), wide=True)
            row.add(made, least=theme().px(210))

    def chosen_kind(self) -> CaseKind:
        return CaseKind(self.kind.key())

    def arrange(self, *, fixed: bool) -> None:
        """Show only the fields of the kind; `fixed` where it can no longer be changed."""
        kind = self.chosen_kind()
        self._form.field("kind").setVisible(not fixed)
        shown = SHOWN[kind]
        for name in {name for names in SHOWN.values() for name in names}:
            self._form.field(name).setVisible(name in shown)
        self._form.field("start").setVisible("start" in shown and not fixed)
        self._form.field("received_on").setVisible("received_on" in shown and not fixed)
        self.gate_words.setVisible("gate" in shown)
        for name, words in USUAL.items():
            said = LABELS.get(kind, {}).get(name, words)
            if name == "expedited":
                self.expedited.setText(said)
            else:
                self._form.field(name).set_label(said)
        self.title.setPlaceholderText(TITLE_HINT.get(kind, "Left empty, it is named for you"))
        if kind in (CaseKind.COVERAGE_CHECK, CaseKind.APPOINTMENT):
            self.ticks.show_items(tick_items(kind), self.ticks.ticked())
        self.gate.show_items(gate_items(), self.gate.ticked())

    def show_case(self, case: Case) -> None:
        """Fill everything that stands in a case; names follow when the papers are read."""
        self.kind.choose(case.kind.value)
        self.opened_on.set_day(case.opened_on)
        self.at_stake.set_cents(case.at_stake)
        self.level.choose(str(case.level))
        self.expedited.setChecked(case.expedited)
        self.note.set_text(case.note)
        given, sent = case.authorization or Authorization(), case.submission
        for field, text in (
            (self.title, case.title),
            (self.number, given.number),
            (self.codes, given.codes),
            (self.requested_by, given.requested_by),
            (self.proof, sent.proof if sent else ""),
            (self.units, "" if given.units is None else str(given.units)),
            (self.units_used, str(given.units_used or "")),
            (self.filing_days, str(sent.filing_days if sent else 365)),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self.stands.choose(given.stands.value)
        for day, value in (
            (self.valid_from, given.valid_from),
            (self.valid_to, given.valid_to),
            (self.requested_on, given.requested_on),
            (self.decided_on, given.decided_on),
        ):
            day.set_day(value)
        self.gate.show_items(gate_items(), sent.gate if sent else ())
        if sent is not None:
            self.charge.set_cents(sent.charge or None)
            self.expected.set_cents(sent.expected)
            self.channel.choose(sent.channel)
            self.sent_on.set_day(sent.sent_on)
        planned = next((each.do_by for each in case.deadlines if each.label == APPOINTMENT), None)
        self.planned_on.set_day(planned)
        self.ticks.show_items(tick_items(case.kind), case.ticked)

    def typed(self, start: Case) -> Case:
        """The case as the fields say. Raises UserProblem naming what is missing or cannot be read."""
        kind = self.chosen_kind()
        made = replace(
            start,
            kind=kind,
            title=self.title.text(),
            opened_on=self.opened_on.day(),
            person_id=self.person.chosen_id(),
            at_stake=self.at_stake.cents_or_none() if "at_stake" in SHOWN[kind] else start.at_stake,
            level=int(self.level.key()) if kind is CaseKind.APPEAL else 1,
            expedited=self.expedited.isChecked() and "expedited" in SHOWN[kind],
            note=self.note.text(),
            ticked=self.ticks.ticked() if "ticks" in SHOWN[kind] else (),
            authorization=self._authorization(kind),
            submission=self._submission() if kind is CaseKind.REIMBURSEMENT else None,
        )
        if "planned_on" in SHOWN[kind]:
            made = _with_plan(made, self.planned_on.day_or_none())
        return made

    def _authorization(self, kind: CaseKind) -> Authorization | None:
        if kind not in (CaseKind.AUTHORIZATION, CaseKind.REFERRAL):
            return None
        own = kind is CaseKind.AUTHORIZATION
        return Authorization(
            stands=Authorized(self.stands.key()),
            number=self.number.text(),
            category=self.category.code() if own else "",
            codes=self.codes.text() if own else "",
            units=whole(self.units.text(), "units"),
            units_used=whole(self.units_used.text(), "units_used") or 0,
            facility_id=self.facility.chosen_id() if own else None,
            valid_from=self.valid_from.day_or_none(),
            valid_to=self.valid_to.day_or_none(),
            requested_by=self.requested_by.text(),
            requested_on=self.requested_on.day_or_none(),
            decided_on=self.decided_on.day_or_none() if own else None,
        )

    def _submission(self) -> Submission:
        if not self.charge.text().strip():
            raise UserProblem("The charge is missing.", "Type what you were charged.", field="charge")
        sent_on = self.sent_on.day_or_none()
        if sent_on is None and self.channel.key():
            raise UserProblem("The day it was sent is missing.", "Type it.", field="sent_on")
        return Submission(
            charge=abs(self.charge.cents()),
            expected=self.expected.cents_or_none(),
            channel=self.channel.key(),
            sent_on=sent_on,
            proof=self.proof.text(),
            filing_days=whole(self.filing_days.text(), "filing_days", most=LONGEST) or 365,
            gate=self.gate.ticked(),
        )


def _with_plan(case: Case, day: date | None) -> Case:
    """The case with the day of its care as one of its days, exactly once."""
    others = tuple(each for each in case.deadlines if each.label != APPOINTMENT)
    if day is None:
        return replace(case, deadlines=others)
    kept = next((each for each in case.deadlines if each.label == APPOINTMENT), None)
    if kept is not None and kept.do_by == day:
        return case
    return replace(case, deadlines=(*others, Deadline(label=APPOINTMENT, do_by=day)))


def whole(text: str, field: str, *, most: int = 100_000) -> int | None:
    """A whole number above zero, None for nothing. Raises UserProblem for anything else."""
    typed = text.strip().replace(",", "")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) <= most:
        raise UserProblem(f"That is a whole number up to {most:,}.", "Type it like 12.", field=field)
    return int(typed)
