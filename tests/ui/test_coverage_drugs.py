"""The Prescriptions part of Coverage and its forms, driven by keyboard and mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.access_kit import name_of, stops
from tests.ui.coverage_kit import Desk, claim, desk_over, people, plan
from tracker.facts import Allocation, CopayScope, CostSharingRule, Payment, PlannedCare, Role
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough
from tracker.services.bundle import Services
from ui.dialogs.drug_editor import DrugEditor
from ui.dialogs.drug_estimates import EVEN, THIS, DrugEstimates
from ui.dialogs.drug_fill import NEW, NONE, DrugFillDialog
from ui.dialogs.drug_price import DrugPriceDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.sentences_why import SentencesWhy
from ui.pages.coverage import CoveragePage
from ui.pages.coverage_part_drugs import DrugsPart
from ui.pages.coverage_parts import DRUGS, PAY

RULES = (
    CostSharingRule(category="RX1", oop_max="OOP_IN", copay=15_00, copay_scope=CopayScope.FILL),
    CostSharingRule(category="RX2", deductible="DED_IN", oop_max="OOP_IN", coinsurance=1000),
    CostSharingRule(category="IMAGING", deductible="DED_IN", oop_max="OOP_IN", coinsurance=1000),
)
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


def household(desk: Desk, *, with_plan: bool = True) -> int:
    first, second = people(desk.services, "Eleanor Whitfield", "Sam Whitfield")
    if with_plan:
        desk.services.plans.save_rules(plan(desk.services, [first, second]), RULES)
    return first


def drug(desk: Desk, person_id: int, **more: object) -> int:
    values: dict[str, object] = {
        "person_id": person_id,
        "name": "Lisinopril",
        "strength": "10 mg",
        "category": "RX1",
        "refills_left": 3,
        "note": "One tablet in the morning",
        "prices": (
            DrugPrice(through=PaidThrough.INSURANCE, days=30, price=60_00),
            DrugPrice(through=PaidThrough.CASH, days=30, price=12_00),
        ),
        "fills": (DrugFill(filled_on=date(2026, 11, 1), days=30, paid=15_00),),
    }
    made = desk.services.prescriptions.save(
        Drug(**(values | more)),  # type: ignore[arg-type]
        pharmacy="Corner Pharmacy",
        prescriber="Dr. Hale",
    )
    return made.new_id or 0


def page_of(desk: Desk, qtbot: QtBot) -> tuple[CoveragePage, DrugsPart]:
    """The page at its Prescriptions part, as the window shows it."""
    page = CoveragePage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    desk.context.bus.committed.connect(page.on_committed)
    page.resize(1100, 900)
    page.show()
    page.arrive(("part", DRUGS))
    part = page.part(DRUGS)
    assert isinstance(part, DrugsPart)
    desk.kept.append(part)
    return page, part


def dialog_in(widget: QWidget, kind: type[D]) -> D:
    (found,) = [item for item in widget.findChildren(kind) if item.isVisible()]
    return found


# the part ------------------------------------------------------------------------------


def test_without_a_plan_and_without_drugs_there_is_a_way_to_begin(desk: Desk, qtbot: QtBot) -> None:
    people(desk.services, "Eleanor Whitfield")
    page, part = page_of(desk, qtbot)
    assert part.isVisible()
    assert not page.no_plan.isVisible()
    assert page.add_button.text() == "Add prescription"
    assert part.drugs.empty.isVisible()
    assert not part.year.isVisible()
    assert not page.print_page()
    page.primary_action()
    dialog_in(page, DrugEditor).reject()
    page.parts_chooser.segments.choose(PAY)
    page.show_part(PAY)
    assert page.no_plan.isVisible()


def test_a_drug_its_supply_and_the_cheapest_way(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    _page, part = page_of(desk, qtbot)
    (row,) = part.drugs._model.rows
    assert (row.name, row.who, row.tier) == ("Lisinopril 10 mg", "Eleanor", "Generic drugs")
    assert (row.last, row.left, row.refill) == ("Nov 1", "9", "Dec 1")
    assert (row.insurance, row.cash, row.cheapest) == ("$15.00", "$12.00", "Cash")
    assert part.detail.isVisible()
    assert part.detail.facts.value("Prescribed by") == "Dr. Hale"
    assert part.detail.headline.text() == (
        "Cheapest today: in cash, 30 days, for $12.00. It stays the cheapest until Dec 31, 2026."
    )
    rows = part.prices._model.rows
    assert [(item.through, item.pays, item.best) for item in rows] == [
        ("Insurance", "$15.00", ""),
        ("Cash", "$12.00", "Cheapest"),
    ]
    assert [(item.rest, item.next_year) for item in rows] == [(15_50, 182_50), (12_40, 146_00)]


def test_cheapest_for_the_year_differs_from_today_where_the_deductible_fills(
    desk: Desk, qtbot: QtBot
) -> None:
    eleanor = household(desk)
    drug(
        desk,
        eleanor,
        category="RX2",
        prices=(
            DrugPrice(through=PaidThrough.INSURANCE, days=30, price=420_00),
            DrugPrice(through=PaidThrough.CASH, days=30, price=300_00),
        ),
    )
    desk.services.coverage.save_planned(
        PlannedCare(
            person_id=eleanor,
            category="IMAGING",
            label="MRI",
            first_on=date(2026, 12, 10),
            allowed=3_000_00,
        )
    )
    page, part = page_of(desk, qtbot)
    (row,) = part.drugs._model.rows
    assert row.cheapest == "Cash today, insurance for the year"
    assert [item.best for item in part.prices._model.rows] == ["Cheapest for the year", "Cheapest today"]
    qtbot.mouseClick(part.detail.why_button, Qt.MouseButton.LeftButton)
    why = dialog_in(page, SentencesWhy)
    assert "costs $111.40 more for the drug itself, but what it adds to the limits saves" in why.text
    assert "Through insurance, step by step" in why.text
    why.reject()


def test_a_late_refill_is_said_in_words_too(desk: Desk, qtbot: QtBot) -> None:
    eleanor = household(desk)
    drug(desk, eleanor, fills=(DrugFill(filled_on=date(2026, 9, 1), days=30, paid=15_00),))
    _page, part = page_of(desk, qtbot)
    (row,) = part.drugs._model.rows
    assert (row.refill, row.tone) == ("Oct 1, 52 days ago", "warning")
    assert "By the fills entered, the supply ended on Oct 1, 2026." in part.detail.notes.text()


def test_without_a_plan_cash_is_compared_alone(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk, with_plan=False), fills=())
    _page, part = page_of(desk, qtbot)
    assert [row.pays for row in part.prices._model.rows] == ["Not known", "$12.00"]


def test_typing_filters_and_delete_removes(desk: Desk, qtbot: QtBot) -> None:
    eleanor = household(desk)
    drug(desk, eleanor)
    drug(desk, eleanor, name="Metformin")
    page, part = page_of(desk, qtbot)
    page.find_text("metf")
    assert [row.name for row in part.drugs._model.rows] == ["Metformin 10 mg"]
    page.find_text("")
    part.drugs.table.select_key(part.drugs._model.rows[0].key)
    part.drugs.table.setFocus()
    qtbot.keyClick(part.drugs.table, Qt.Key.Key_Delete)
    assert [row.name for row in part.drugs._model.rows] == ["Metformin 10 mg"]
    desk.context.undo()
    assert len(part.drugs._model.rows) == 2


def test_enter_on_a_month_lists_its_fills(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    december = part.year._model.rows[11]
    assert (december.count, december.expected, december.days) == (
        2,
        30_00,
        "Dec 1 Lisinopril, Dec 31 Lisinopril",
    )
    part.year.table.setFocus()
    part.year.table.go_to_cell(11, 0)
    qtbot.keyClick(part.year.table, Qt.Key.Key_Return)
    why = dialog_in(page, SentencesWhy)
    assert "Dec 1, 2026: Lisinopril 10 mg (Eleanor Whitfield), 30 days, $15.00 expected." in why.text
    why.reject()


def test_everything_is_named_for_a_screen_reader(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    _page, part = page_of(desk, qtbot)
    assert all(name_of(widget) for widget in stops(part))


# forms -----------------------------------------------------------------------------------


def test_a_prescription_is_entered_by_keyboard(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    page, part = page_of(desk, qtbot)
    page.primary_action()
    form = dialog_in(page, DrugEditor)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "no name" in form.form.field("name").complaint()
    qtbot.keyClicks(form.name, "Levothyroxine")
    qtbot.keyClicks(form.strength, "50 mcg")
    form.tier.set_text("Generic drugs")
    form.days.setText("many")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert "not a whole number" in form.form.field("days").complaint()
    assert form.name.text() == "Levothyroxine"
    form.days.setText("90")
    form.pharmacy.set_text("Mail Pharmacy")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    (row,) = part.drugs._model.rows
    assert (row.name, row.refill) == ("Levothyroxine 50 mcg", "No fill yet")
    (held,) = desk.services.prescriptions.all()
    assert (held.days, held.category, held.refills_left) == (90, "RX1", None)
    assert row.shown.pharmacy == "Mail Pharmacy"


def test_a_tier_that_is_none_is_refused(desk: Desk, qtbot: QtBot) -> None:
    household(desk)
    page, _part = page_of(desk, qtbot)
    page.primary_action()
    form = dialog_in(page, DrugEditor)
    form.name.setText("Levothyroxine")
    form.tier.set_text("Specialist visit")  # a service, but no tier of drugs
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    assert not desk.services.prescriptions.all()
    form.reject()


def test_an_edit_keeps_prices_and_fills(desk: Desk, qtbot: QtBot) -> None:
    number = drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    before = desk.services.prescriptions.get(number)
    qtbot.mouseClick(part.detail.edit_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugEditor)
    form.stopped_on.set_day(date(2026, 11, 20))
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert desk.services.prescriptions.get(number) == replace(before, stopped_on=date(2026, 11, 20))
    assert part.drugs._model.rows[0].refill == "Stopped"
    assert not part.detail.fill_button.isVisible()


def test_a_fill_with_its_payment_is_one_change(desk: Desk, qtbot: QtBot) -> None:
    number = drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    qtbot.mouseClick(part.detail.fill_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugFillDialog)
    assert (form.days.text(), form.refills_left.text(), form.payment.key()) == ("30", "2", NEW)
    assert form.paid.cents() == 15_00  # proposed: the copay
    form.filled_on.set_day(date(2026, 11, 20))
    form.paid.clear()
    qtbot.keyClicks(form.paid, "14.50")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    held = desk.services.prescriptions.get(number)
    assert (held.refills_left, held.fills[-1].paid) == (2, 14_50)
    paid = desk.services.payments.get(held.fills[-1].payment_id or 0)
    line = next(one for one in desk.services.budget.categories() if one.role is Role.PRESCRIPTION)
    assert paid.allocations == (Allocation(category_id=line.id or 0, amount=14_50),)
    assert paid.paid_on == date(2026, 11, 20)
    assert part.fills._model.rows[0].status == "Payment in the ledger"
    # Nov 1 lasts to Nov 30; the 30 days of Nov 20 begin on Dec 1.
    assert part.drugs._model.rows[0].refill == "Dec 31"
    desk.context.undo()
    assert len(desk.services.prescriptions.get(number).fills) == 1
    assert not desk.services.payments.ids().ids


def test_a_fill_is_tied_to_a_payment_and_an_eob_that_are_there(desk: Desk, qtbot: QtBot) -> None:
    eleanor = household(desk)
    number = drug(desk, eleanor)
    paid = desk.services.payments.save(
        Payment(paid_on=date(2026, 11, 20), amount=13_00), payee="Corner Pharmacy"
    ).new_id
    eob = claim(
        desk.services, eleanor, date(2026, 11, 20), "Corner Pharmacy", category="RX1", you_owe=13_00
    )
    page, part = page_of(desk, qtbot)
    qtbot.mouseClick(part.fills.add_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugFillDialog)
    form.payment.choose(str(paid))
    form.payment.edited.emit()
    assert not form.account.isVisible()
    assert form.paid.cents() == 13_00
    form.claim.choose(str(eob))
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    fill = desk.services.prescriptions.get(number).fills[-1]
    assert (fill.payment_id, fill.claim_id, fill.paid) == (paid, eob, 13_00)
    assert len(desk.services.payments.ids().ids) == 1


def test_a_fill_in_the_future_is_refused_and_nothing_typed_is_lost(desk: Desk, qtbot: QtBot) -> None:
    number = drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    qtbot.mouseClick(part.detail.fill_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugFillDialog)
    form.filled_on.set_day(date(2026, 11, 23))
    form.days.setText("45")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert "future" in form.form.field("filled_on").complaint()
    assert form.days.text() == "45"
    assert len(desk.services.prescriptions.get(number).fills) == 1
    form.reject()


def test_a_fill_without_a_payment_is_changed_and_removed(desk: Desk, qtbot: QtBot) -> None:
    number = drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    part.fills.table.select_key(1)
    qtbot.mouseClick(part.fills.edit_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugFillDialog)
    assert form.payment.key() == NONE
    form.days.setText("90")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert desk.services.prescriptions.get(number).fills[0].days == 90
    part.fills.table.select_key(1)
    part.fills.table.setFocus()
    qtbot.keyClick(part.fills.table, Qt.Key.Key_Return)
    form = dialog_in(page, DrugFillDialog)
    qtbot.mouseClick(form.remove_button, Qt.MouseButton.LeftButton)
    assert desk.services.prescriptions.get(number).fills == ()


def test_a_price_is_added_and_becomes_the_cheapest(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    qtbot.mouseClick(part.prices.add_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugPriceDialog)
    assert "Your part is worked out" in form.hint.text()
    form.through.choose(PaidThrough.COUPON.value)
    form.through.edited.emit()
    assert "counts toward no deductible" in form.hint.text()
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.form.field("price").complaint()
    qtbot.keyClicks(form.price, "18")
    form.days.setText("90")
    form.pharmacy.set_text("Warehouse Club")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert part.drugs._model.rows[0].cheapest == "Coupon, 90 days"
    assert part.prices._model.rows[-1].pharmacy == "Warehouse Club"
    part.prices.table.select_key(2)
    qtbot.mouseClick(part.prices.remove_button, Qt.MouseButton.LeftButton)
    assert part.drugs._model.rows[0].cheapest == "Cash"


def test_only_named_prices_can_be_changed(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk), prices=(DrugPrice(through=PaidThrough.CASH, days=30, price=12_00),))
    page, part = page_of(desk, qtbot)
    part.prices.table.select_key(0)  # the plan's copay, which nobody named
    assert not part.prices.remove_button.isEnabled()
    part.prices.table.setFocus()
    qtbot.keyClick(part.prices.table, Qt.Key.Key_Return)
    dialog_in(page, SentencesWhy).reject()
    part.prices.table.select_key(1)
    assert part.prices.edit_button.isEnabled()


def test_estimates_are_shown_before_they_are_set_in_one_change(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    line = next(one for one in desk.services.budget.categories() if one.role is Role.PRESCRIPTION)
    desk.services.budget.set_estimate(line.id or 0, date(2026, 11, 1), 100_00)
    page, part = page_of(desk, qtbot)
    qtbot.mouseClick(part.year.estimates_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugEstimates)
    rows = [(row.month, row.now, row.then) for row in form.proposals()]
    assert rows == [(date(2026, 11, 1), 100_00, 15_00), (date(2026, 12, 1), None, 30_00)]
    assert form.preview.text().startswith("2 estimates will be set, $45.00 in all.")
    form.spread.choose(EVEN)
    form.spread.edited.emit()
    assert [row.then for row in form.proposals()] == [22_50, 22_50]
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    months = part.year._model.rows
    assert [months[10].estimate, months[11].estimate] == [22_50, 22_50]
    desk.context.undo()
    months = part.year._model.rows
    assert [months[10].estimate, months[11].estimate] == [100_00, None]


def test_estimates_that_are_there_already_change_nothing(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    line = next(one for one in desk.services.budget.categories() if one.role is Role.PRESCRIPTION)
    for month, cents in ((11, 15_00), (12, 30_00)):
        desk.services.budget.set_estimate(line.id or 0, date(2026, month, 1), cents)
    page, part = page_of(desk, qtbot)
    part.drug_acts.set_estimates(next_year=False)
    form = dialog_in(page, DrugEstimates)
    assert form.year.key() == THIS
    assert not form.save_button.isEnabled()
    assert "Nothing would change" in form.preview.text()
    form.reject()


def test_the_next_year_is_proposed_whole(desk: Desk, qtbot: QtBot) -> None:
    drug(desk, household(desk))
    page, part = page_of(desk, qtbot)
    part.year.chooser.choose("next")
    part.year.chooser.changed.emit("next")
    qtbot.mouseClick(part.year.estimates_button, Qt.MouseButton.LeftButton)
    form = dialog_in(page, DrugEstimates)
    assert len(form.proposals()) == 12
    assert sum(row.then for row in form.proposals()) == 12 * 15_00
    form.reject()


def test_ctrl_p_prints_the_drug_list(desk: Desk, qtbot: QtBot) -> None:
    eleanor = household(desk)
    drug(desk, eleanor)
    drug(desk, eleanor, name="Ibuprofen", stopped_on=date(2026, 6, 1))
    page, _part = page_of(desk, qtbot)
    assert page.print_page()
    shown = dialog_in(page, PrintPreview)
    assert shown.windowTitle()
    shown.reject()


def test_long_names_and_large_amounts_break_nothing(desk: Desk, qtbot: QtBot) -> None:
    eleanor = household(desk)
    drug(
        desk,
        eleanor,
        name="\u05e9\u05dc\u05d5\u05dd \U0001f48a " + "x" * 180,
        prices=(DrugPrice(through=PaidThrough.CASH, days=400, price=999_999_999_999),),
        fills=(DrugFill(filled_on=date(2026, 11, 1), days=1, paid=999_999_999_999),),
    )
    page, part = page_of(desk, qtbot)
    assert part.detail.isVisible()
    assert not page._scroll.horizontalScrollBar().maximum()
    assert not desk.problems
