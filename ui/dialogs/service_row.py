"""The form for one service of a membership: what the agreement says of it, and the care it counts as."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts.membership import Included, MembershipService
from tracker.money import Cents
from tracker.services.membership_included import IncludedFacts
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.eob_service import ServiceEdit
from ui.dialogs.rate_edit import CountEdit
from ui.models.included_words import STATES
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.money_edit import MoneyEdit

_OWN = "own"
"""Before the number of a service the member added, so that its code is like no other."""


class ServiceRowEditor(CommitDialog):
    """Adds a service at the end of the list, or changes one where it stands."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        facts: IncludedFacts,
        service: MembershipService | None = None,
    ) -> None:
        super().__init__("Service" if service else "Add a service", parent, columns=2, width=560)
        self._context = context
        self._facts = facts
        self._service = service
        self.name = QLineEdit()
        self.state = OptionEdit([(state.value if state else "", said) for state, said in STATES.items()])
        self.per_year = CountEdit()
        self.extra_fee = MoneyEdit(placeholder="None")
        self.list_price = MoneyEdit(placeholder="Not known")
        self.category = ServiceEdit()
        self.category.set_categories(facts.categories)
        add = self.form.add
        add("services", "Service", self.name, wide=True)
        add("state", "The agreement says", self.state)
        add("per_year", "Times a year", self.per_year)
        add("extra_fee", "Extra fee, each time", self.extra_fee)
        add("list_price", "List price", self.list_price, hint="What the practice asks others for it.")
        add(
            "category",
            "Counts as",
            self.category,
            hint="The kind of care by which bills and your plan know it: it finds what was billed although "
            "it is included.",
            wide=True,
        )
        self._fill(service or MembershipService(code="", name="", state=Included.INCLUDED))

    def _fill(self, start: MembershipService) -> None:
        self.name.setText(start.name)
        self.name.setCursorPosition(0)
        self.state.choose(start.state.value if start.state else "")
        self.per_year.set_count(start.per_year)
        self.extra_fee.set_cents(start.extra_fee)
        self.list_price.set_cents(start.list_price)
        self.category.choose_code(start.category)

    def save(self) -> bool:
        name = " ".join(self.name.text().split())
        if not name:
            raise UserProblem("The service has no name.", "Type one.", field="services")
        state = self.state.key()
        made = MembershipService(
            code=self._service.code if self._service else _free_code(self._facts),
            name=name,
            state=Included(state) if state else None,
            per_year=self.per_year.count_or_none(),
            extra_fee=_not_below(self.extra_fee.cents_or_none(), "extra_fee"),
            list_price=_not_below(self.list_price.cents_or_none(), "list_price"),
            category=self.category.code(),
        )
        rows = list(self._facts.services)
        if self._service is None:
            rows.append(made)
        else:
            rows = [made if item.code == made.code else item for item in rows]
        return self.commit(self._context, lambda: self._store(rows), "Saving the service")

    def _store(self, rows: list[MembershipService]) -> Changes:
        which = self._facts.shown.membership.id or 0
        return self._context.services.membership_use.save_matrix(which, rows)


def _free_code(facts: IncludedFacts) -> str:
    """A code that neither the list nor a contact uses: one removed earlier keeps its uses to itself."""
    taken = {item.code for item in facts.services}
    taken |= {code for row in facts.log if row.contact for code in row.contact.services}
    number = 1
    while f"{_OWN}{number}" in taken:
        number += 1
    return f"{_OWN}{number}"


def _not_below(cents: Cents | None, field: str) -> Cents | None:
    if cents is not None and cents < 0:
        raise UserProblem("The amount is below zero.", "Type zero or more.", field=field)
    return cents
