"""The steps of the first-run wizard, each a form that gives its answers; the plan's is in `wizard_plan`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tracker.dates import first_of
from tracker.errors import UserProblem
from tracker.facts import Frequency, Role
from tracker.money import Cents
from tracker.services import words
from tracker.services.setup import (
    TEMPLATE_AMOUNTS,
    Answers,
    MembershipAnswers,
)
from tracker.storage.creation import TEMPLATE
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.scroll_inside import ScrollInside

FREQUENCIES = (
    (Frequency.MONTHLY, "Every month"),
    (Frequency.QUARTERLY, "Every three months"),
    (Frequency.SEMIANNUAL, "Twice a year"),
    (Frequency.ANNUAL, "Once a year"),
)


class Step(QScrollArea):
    """One step: its title, a sentence, a form, and the answers in it."""

    title = ""
    sentence = ""

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = ScrollInside()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self.form = Form(columns)
        self._rows.addWidget(self.form)
        self._rows.addStretch(1)
        self.setWidget(inside)
        self._names: set[str] = set()

    def add(self, name: str, label: str, widget: QWidget, *, hint: str = "", wide: bool = False) -> None:
        self.form.add(name, label, widget, hint=hint, wide=wide)
        self._names.add(name)

    def has_field(self, name: str) -> bool:
        return name in self._names

    def check(self) -> None:
        """Raise UserProblem where an answer cannot be used."""
        self.form.clear_complaints()
        self.answers()

    def answers(self) -> dict[str, Any]:
        """The part of Answers this step asks for."""
        raise NotImplementedError


class YouStep(Step):
    title = "About you"
    sentence = "Your name stands on the printed review. Nothing leaves this computer."

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.name = QLineEdit()
        self.name.setPlaceholderText("Eleanor Hart")
        self.others = QLineEdit()
        self.others.setPlaceholderText("Martin, Sofia")
        self.choose_path = PlainButton()
        self.add("name", "Your name", self.name)
        self.add(
            "others",
            "Others in your household",
            self.others,
            hint="First names, separated by commas. Leave it empty if there is only you.",
        )
        self.add(
            "path", "Where your ledger is kept", self.choose_path, hint="One file. Backups lie beside it."
        )
        self._show_path()

    def path(self) -> Path:
        return self._path

    @Slot(str)
    def set_path(self, path: str) -> None:
        self._path = Path(path)
        self._show_path()

    def answers(self) -> dict[str, Any]:
        names = self.names()
        if not names or not self.name.text().strip():
            raise UserProblem("Your name is missing.", "Type it, or just a first name.", field="name")
        if os.path.exists(self._path):
            raise UserProblem(f"{self._path.name} is already there.", "Choose another file.", field="path")
        return {"names": names}

    def names(self) -> tuple[str, ...]:
        """Everybody in the household, you first; raises UserProblem for a name that is too long."""
        others = self.others.text().split(",")
        cleaned = [
            words.one_line(self.name.text(), what="name", field="name"),
            *(words.one_line(other, what="name", field="others") for other in others),
        ]
        return tuple(name for name in cleaned if name)

    def _show_path(self) -> None:
        self.choose_path.setText(f"{self._path.parent.name}/{self._path.name}")
        self.choose_path.setToolTip(str(self._path))


class MembershipStep(Step):
    title = "Your membership"
    sentence = "The fee you pay the practice for belonging to it, apart from insurance."

    def __init__(self, today: date) -> None:
        super().__init__()
        self.practice = QLineEdit()
        self.practice.setPlaceholderText("Harbor Concierge Medicine")
        self.fee = MoneyEdit(placeholder="300.00")
        self.frequency = OptionEdit([(key.value, said) for key, said in FREQUENCIES])
        self.next_due = DayEdit(today)
        self.next_due.set_day(first_of(today))
        self.add("practice", "Practice", self.practice)
        self.add("fee", "Membership fee", self.fee)
        self.add("frequency", "How often", self.frequency)
        self.add("next_due", "A day it is due", self.next_due, hint="The others follow from it.")

    def answers(self) -> dict[str, Any]:
        if not self.practice.text().strip():
            raise UserProblem(
                "The practice is missing.", "Type its name, or skip this step.", field="practice"
            )
        practice = words.name(self.practice.text(), what="name", field="practice")
        fee = self.fee.cents()
        if fee <= 0:
            raise UserProblem("The fee must be more than zero.", "Check it.", field="fee")
        return {
            "membership": MembershipAnswers(
                practice=practice,
                fee=fee,
                frequency=Frequency(self.frequency.key()),
                next_due=self.next_due.day(),
            )
        }


class BudgetStep(Step):
    title = "Last month's amounts"
    sentence = (
        "What each line cost last month, as well as you remember. They become your estimates for a year "
        "from this month on; change them any time."
    )

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.amounts: dict[Role, MoneyEdit] = {}
        self.template_button = PlainButton("Use the template's amounts")
        self.template_button.setToolTip("A usual month, for every line that is still empty")
        self.template_button.clicked.connect(self._use_template)
        self.form.add_line(self.template_button)
        for name, role in TEMPLATE:
            edit = MoneyEdit()
            self.add(role.value, name, edit)
            self.amounts[role] = edit
        self.form.add_line(Label("Contingency fund", "card_title"))
        self.balance = MoneyEdit()
        self.target = MoneyEdit(placeholder="2,400.00")
        self.add("fund_balance", "Already set aside", self.balance)
        self.add("fund_target", "Target", self.target)

    def offer(self, known: Answers) -> None:
        """Fill in what the steps before already say; what was typed here stays."""
        if known.membership and not self.amounts[Role.MEMBERSHIP].text():
            months = {
                Frequency.MONTHLY: 1,
                Frequency.QUARTERLY: 3,
                Frequency.SEMIANNUAL: 6,
                Frequency.ANNUAL: 12,
            }[known.membership.frequency]
            self.amounts[Role.MEMBERSHIP].set_cents(known.membership.fee // months)
        if known.plan and known.plan.premium and not self.amounts[Role.PREMIUM].text():
            self.amounts[Role.PREMIUM].set_cents(known.plan.premium)

    @Slot()
    def _use_template(self) -> None:
        for role, edit in self.amounts.items():
            if not edit.text():
                edit.set_cents(TEMPLATE_AMOUNTS[role])
        next(iter(self.amounts.values())).setFocus()  # on the button, Enter would press it again

    def answers(self) -> dict[str, Any]:
        estimates: dict[Role, Cents] = {}
        for role, edit in self.amounts.items():
            amount = edit.cents_or_none()
            if amount is not None and amount < 0:
                raise UserProblem("An estimate cannot be negative.", "Type 0 or more.", field=role.value)
            if amount is not None:
                estimates[role] = amount
        target = self.target.cents_or_none()
        if target is not None and target < 0:
            raise UserProblem("The target cannot be negative.", "Check it.", field="fund_target")
        return {
            "estimates": estimates,
            "fund_balance": self.balance.cents_or_none() or 0,
            "fund_target": target,
        }
