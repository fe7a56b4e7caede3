"""The form for a price somebody named: how it is paid, for how many days, where and when."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.errors import UserProblem
from tracker.facts.prescriptions import Drug, DrugPrice, PaidThrough
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.drug_editor import whole
from ui.models.drug_rows import drug_name
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

WAYS = {
    PaidThrough.INSURANCE: "Through insurance",
    PaidThrough.CASH: "In cash, without insurance",
    PaidThrough.COUPON: "With a coupon or discount card",
}
ALLOWED = "Type the whole price your plan allows. Your part is worked out from your plan\u2019s rules."
PAID = "Type what you would pay. It counts toward no deductible and no out-of-pocket maximum."


class DrugPriceDialog(CommitDialog):
    """Adds a price of a drug, or changes the one at a place."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        drug: Drug,
        names: Mapping[int, str],
        place: int | None = None,
    ) -> None:
        super().__init__(
            "Price" if place is not None else "Add a price",
            parent,
            columns=2,
            width=520,
            sentence=drug_name(drug),
        )
        self._context = context
        self._drug = drug
        self._place = place
        self.through = OptionEdit([(item.value, words) for item, words in WAYS.items()])
        self.days = QLineEdit()
        self.price = MoneyEdit()
        self.pharmacy = ChoiceEdit(
            sorted(names.items(), key=lambda item: item[1].casefold()),
            allow_new=True,
            placeholder="Any pharmacy",
        )
        self.named_on = DayEdit(context.today)
        self.form.add("through", "How it is paid", self.through, wide=True)
        self.hint = Label("", "caption", wrap=True)
        self.form.add_line(self.hint)
        self.form.add("price", "Price", self.price)
        self.form.add("days", "For how many days", self.days)
        self.form.add("pharmacy", "Pharmacy", self.pharmacy)
        self.form.add("named_on", "Named on", self.named_on)
        if place is not None:
            self.remove_button = PlainButton("Remove")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)
        self.through.edited.connect(self._say)
        self._fill()
        self._say()

    def _fill(self) -> None:
        if self._place is None:
            self.days.setText(str(self._drug.days))
            self.pharmacy.choose(self._drug.pharmacy_id)
            self.named_on.set_day(self._context.today)
            return
        price = self._drug.prices[self._place]
        self.through.choose(price.through.value)
        self.days.setText(str(price.days))
        self.price.set_cents(price.price)
        self.pharmacy.choose(price.pharmacy_id)
        self.named_on.set_day(price.named_on)

    @Slot()
    def _say(self) -> None:
        insured = self.through.key() == PaidThrough.INSURANCE.value
        self.hint.setText(ALLOWED if insured else PAID)
        self._grow()

    def save(self) -> bool:
        price = self.price.cents()
        days = whole(self.days.text(), "days", "The days")
        if days is None:
            raise UserProblem("The days are missing.", "Type how long a fill lasts.", field="days")
        typed = DrugPrice(
            through=PaidThrough(self.through.key()),
            days=days,
            price=price,
            named_on=self.named_on.day_or_none(),
        )
        service, place, pharmacy = self._context.services.prescriptions, self._place, self.pharmacy.text()
        drug_id = self._drug.id or 0
        return self.commit(
            self._context,
            lambda: service.save_price(drug_id, typed, place=place, pharmacy=pharmacy),
            "Saving the price",
        )

    @Slot()
    def _on_remove(self) -> None:
        service, drug_id, place = self._context.services.prescriptions, self._drug.id or 0, self._place
        if place is not None:
            self.commit(self._context, lambda: service.remove_price(drug_id, place), "Removing the price")
