"""The form for an EOB: its arithmetic while typing, what it counts toward, and saving it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, claim, desk_over, limit, people, plan
from tracker.domain.coverage.periods import ALL_TIME
from tracker.facts import (
    AccumulatorKind,
    Assistance,
    Claim,
    Network,
    NetworkTier,
    Noun,
    Plan,
    ServiceCategory,
)
from tracker.services.bundle import Services
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.widgets.choice_edit import OptionEdit

DAY = date(2026, 9, 9)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def eleanor(desk: Desk) -> int:
    """Eleanor, who is covered alone for 2026."""
    (person_id,) = people(desk.services, "Eleanor")
    plan(desk.services, [person_id])
    return person_id


def opened(qtbot: QtBot, desk: Desk, parent: QWidget | None = None, **how: Claim | None) -> EobEditor:
    editor = EobEditor(desk.context, parent, **how)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it once more
    desk.kept.append(editor)
    if parent is None:
        qtbot.addWidget(editor)
    editor.open()
    return editor


def retype(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def fill(qtbot: QtBot, editor: EobEditor, **amounts: str) -> None:
    for name, text in amounts.items():
        retype(qtbot, editor.amounts.edits[name], text)


def start(qtbot: QtBot, editor: EobEditor, provider: str = "Quest Labs", day: str = "9/9/2026") -> None:
    retype(qtbot, editor.provider.lineEdit(), provider)
    retype(qtbot, editor.service_from, day)


def press_save(qtbot: QtBot, editor: EobEditor) -> None:
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, edit: OptionEdit, words: str) -> None:
    """Pick an option by the keyboard, as a person does."""
    edit.setFocus()
    while edit.currentText() != words:
        before = edit.currentIndex()
        qtbot.keyClick(edit, Qt.Key.Key_Down)
        assert edit.currentIndex() != before, f"{words} is not offered"
        edit.activated.emit(edit.currentIndex())


def stored(desk: Desk) -> list[Claim]:
    return desk.services.claims.claims(ALL_TIME)


def test_an_eob_is_typed_from_top_to_bottom_and_saved_with_enter(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.claim_number, "0012-00")
    retype(qtbot, editor.processed_on, "9/20/2026")
    fill(qtbot, editor, billed="460", allowed="121.55", plan_paid="77.80", copay="15", coinsurance="28.75")
    assert editor.amounts.check.text() == "Adds up: you owe $43.75."
    qtbot.keyClick(editor.amounts.edits["coinsurance"], Qt.Key.Key_Return)
    assert not editor.isVisible()
    (made,) = stored(desk)
    assert made.claim_number == "0012-00"
    assert (made.person_id, made.service_from, made.processed_on) == (eleanor, DAY, date(2026, 9, 20))
    assert (made.billed, made.allowed, made.plan_paid) == (460_00, 121_55, 77_80)
    assert made.deductible is None
    assert made.plan_id == desk.services.plans.all()[0].id
    assert desk.shell.said == ["Add EOB, Quest Labs"]


def test_you_owe_proposes_the_sum_and_left_empty_stores_it(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    fill(qtbot, editor, copay="15", coinsurance="28.75")
    assert editor.amounts.edits["you_owe"].placeholderText() == "43.75"
    assert editor.amounts.edits["you_owe"].text() == ""
    press_save(qtbot, editor)
    assert stored(desk)[0].you_owe == 43_75


def test_nothing_known_stays_unknown_and_is_not_zero(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    press_save(qtbot, editor)
    assert stored(desk)[0].you_owe is None


def test_sums_that_do_not_close_are_said_and_block_nothing(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    fill(
        qtbot, editor, allowed="121.55", plan_paid="77.80", copay="15", coinsurance="27.20", you_owe="43.75"
    )
    assert editor.amounts.check.text() == "Allowed is $121.55; plan paid and your share add to $120.00."
    press_save(qtbot, editor)
    assert stored(desk)[0].you_owe == 43_75


def test_out_of_network_the_excess_may_come_on_top(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    fill(qtbot, editor, billed="500", allowed="300", plan_paid="200", deductible="100", you_owe="300")
    assert "its parts add to" in editor.amounts.check.text()
    editor.network.setCurrentIndex(1)
    editor.network.activated.emit(1)
    assert editor.amounts.check.text() == "Adds up: you owe $300.00."


def test_the_effect_on_the_deductible_follows_the_typing(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    claim(desk.services, eleanor, date(2026, 3, 3), deductible=1_420_00)
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    assert "Nothing of it counts" in editor.effect.lines.text()
    fill(qtbot, editor, deductible="41.12")
    assert "Your deductible:\n$1,420 \u2192 $1,461.12 of $2,000" in editor.effect.lines.text()
    assert "Your out-of-pocket maximum:" in editor.effect.lines.text()
    fill(qtbot, editor, deductible="700")
    assert "$120.00 of it lies beyond the limit" in editor.effect.warning.text()


def test_changing_an_eob_compares_with_the_year_without_it(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    claim_id = claim(desk.services, eleanor, DAY, deductible=100_00)
    editor = opened(qtbot, desk, claim=desk.services.claims.get(claim_id))
    fill(qtbot, editor, deductible="150")
    assert "$0 \u2192 $150 of $2,000" in editor.effect.lines.text()
    press_save(qtbot, editor)
    assert [item.deductible for item in stored(desk)] == [150_00]


def test_care_that_is_not_covered_says_that_it_does_not_count_and_why(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor, provider="Harbor Med Spa")
    fill(qtbot, editor, billed="250", allowed="0", plan_paid="0", not_covered="250")
    assert editor.effect.warning.text().startswith("Does not count. Your plan does not cover this care.")
    assert editor.effect.lines.text() == ""


def test_without_a_plan_on_that_day_nothing_counts(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor, day="12/28/2025")
    fill(qtbot, editor, deductible="10")
    assert "No plan covers Dec 28, 2025" in editor.effect.warning.text()


def test_each_person_falls_under_their_own_plan(qtbot: QtBot, desk: Desk) -> None:
    eleanor, sam = people(desk.services, "Eleanor", "Sam")
    plan(desk.services, [sam], name="Sam's plan")
    mine = plan(desk.services, [eleanor], name="My plan")
    editor = opened(qtbot, desk)
    retype(qtbot, editor.patient.lineEdit(), "Eleanor")
    start(qtbot, editor)
    fill(qtbot, editor, deductible="10")
    assert editor.effect.plan.text().startswith("My plan")
    press_save(qtbot, editor)
    assert stored(desk)[0].plan_id == mine.id


def test_a_new_eob_begins_with_what_was_entered_last(qtbot: QtBot, desk: Desk) -> None:
    eleanor, sam = people(desk.services, "Eleanor", "Sam")
    plan(desk.services, [eleanor, sam])
    claim(desk.services, eleanor, DAY, "Quest Labs")
    claim(desk.services, sam, date(2026, 2, 2), "Inlet Nutrition", network=Network.OUT)
    editor = opened(qtbot, desk)
    assert (editor.patient.text(), editor.provider.text()) == ("Sam", "Inlet Nutrition")
    assert editor.network.key() == "out"
    retype(qtbot, editor.provider.lineEdit(), "Quest Labs")
    assert editor.network.key() == "in"
    editor.reject()


def test_an_unknown_patient_is_refused_and_the_first_one_is_added(qtbot: QtBot, desk: Desk) -> None:
    editor = opened(qtbot, desk)
    retype(qtbot, editor.patient.lineEdit(), "Eleanor")
    start(qtbot, editor)
    press_save(qtbot, editor)
    assert [person.name for person in desk.services.people.people()] == ["Eleanor"]
    again = opened(qtbot, desk)
    retype(qtbot, again.patient.lineEdit(), "Elanor")
    press_save(qtbot, again)
    assert "is not in your household" in again.form.field("person_id").complaint()
    again.reject()
    assert len(stored(desk)) == 1


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("service_from", "2026-02-30", "not a day of the calendar"),
        ("service_from", "12/1/2026", "lies in the future"),
        ("service_to", "9/1/2026", "before the first"),
        ("processed_on", "9/1/2026", "before the service"),
        ("claim_number", "9" * 201, "200 is the most"),
        ("description", "\U0001f9ea" * 10_000, "200 is the most"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    qtbot: QtBot, desk: Desk, eleanor: int, field: str, text: str, words: str
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    edit = getattr(editor, field)
    edit.selectAll()
    edit.insert(text)
    press_save(qtbot, editor)
    assert words in editor.form.field(field).complaint()
    assert edit.text() == text
    assert stored(desk) == []
    editor.reject()


@pytest.mark.parametrize("typed", ["abc", "1.234,56", "1e9", "10000000000000", "-5"])
def test_an_amount_that_means_nothing_is_explained_under_the_amounts(
    qtbot: QtBot, desk: Desk, eleanor: int, typed: str
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    fill(qtbot, editor, copay=typed)
    press_save(qtbot, editor)
    assert editor.isVisible()
    assert editor.amounts.complaint.text()
    assert editor.focusWidget() is editor.amounts.edits["copay"]
    fill(qtbot, editor, copay="5")
    assert not editor.amounts.complaint.isVisible()
    press_save(qtbot, editor)
    assert stored(desk)[0].copay == 5_00


def test_names_of_every_kind_come_back_as_they_were_typed(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    name = 'Dr. "O\u2019Neill" & S\u00f6hne \U0001f9ea \u05de\u05e2\u05d1\u05d3\u05d4 <b>'
    editor = opened(qtbot, desk)
    editor.provider.set_text(name)
    retype(qtbot, editor.service_from, "9/9/2026")
    press_save(qtbot, editor)
    assert [provider.name for provider in desk.services.people.providers() if provider.name == name] == [
        name
    ]


def test_documents_are_attached_once_the_eob_is_stored(
    qtbot: QtBot, desk: Desk, eleanor: int, tmp_path: Path
) -> None:
    scan = tmp_path / "eob.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    editor.attachments.add_files([scan])
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert [item.name for item in desk.services.documents.attached_to(Noun.CLAIM, made.id or 0)] == [
        "eob.pdf"
    ]


def test_the_payment_opens_with_what_is_owed(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    window = QWidget()
    desk.kept.append(window)
    qtbot.addWidget(window)
    editor = opened(qtbot, desk, window)
    start(qtbot, editor)
    fill(qtbot, editor, deductible="41.12")
    editor.pays.click()
    press_save(qtbot, editor)
    (payment,) = window.findChildren(PaymentEditor)
    assert payment.fields.payee.text() == "Quest Labs"
    assert payment.fields.amount.cents() == 41_12
    payment.reject()


def test_saving_and_adding_another_opens_a_fresh_form(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    window = QWidget()
    desk.kept.append(window)
    qtbot.addWidget(window)
    editor = opened(qtbot, desk, window)
    start(qtbot, editor)
    fill(qtbot, editor, deductible="41.12")
    qtbot.mouseClick(editor.another, Qt.MouseButton.LeftButton)
    fresh = next(found for found in window.findChildren(EobEditor) if found is not editor)
    assert fresh.provider.text() == "Quest Labs"
    assert fresh.amounts.edits["deductible"].text() == ""
    fresh.reject()


def test_prefilled_values_start_a_new_eob(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    like = desk.services.claims.get(claim(desk.services, eleanor, DAY, copay=30_00, description="Visit"))
    editor = opened(qtbot, desk, prefill=replace(like, copay=35_00, you_owe=35_00))
    press_save(qtbot, editor)
    assert [item.description for item in stored(desk)] == ["Visit", "Visit"]


def test_deleting_can_be_undone(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    made = desk.services.claims.get(claim(desk.services, eleanor, DAY, copay=30_00))
    editor = opened(qtbot, desk, claim=made)
    qtbot.mouseClick(editor.delete_button, Qt.MouseButton.LeftButton)
    assert stored(desk) == []
    desk.context.undo()
    assert stored(desk) == [made]


def test_tab_goes_through_the_fields_in_the_order_of_a_printed_eob(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    names = []
    for _ in range(18):
        now = QApplication.focusWidget()
        assert now is not None
        holder = now.parentWidget() if isinstance(now.parentWidget(), QComboBox) else now
        assert holder is not None
        names.append(holder.objectName() or getattr(holder, "text", str)())
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert names == [
        *("claim_number", "person_id", "provider", "service_from", "service_to", "processed_on", "network"),
        *("category", "description", "Type its lines", "billed", "allowed", "plan_paid", "deductible"),
        *("copay", "coinsurance", "not_covered", "you_owe"),
    ]
    editor.reject()


def test_no_limit_out_of_network_is_said(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    plan(desk.services, [eleanor], limits=(limit(AccumulatorKind.OOP_MAX),))
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    editor.network.setCurrentIndex(1)
    editor.network.activated.emit(1)
    fill(qtbot, editor, coinsurance="20")
    assert "states no out-of-network limit" in editor.effect.warning.text()
    editor.reject()


def test_the_form_stays_whole_when_the_household_comes_late(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    before = editor.height()
    editor._show(editor._read())  # as it comes from beside the window, after the form was opened
    assert editor.height() >= before
    editor.reject()


def test_the_service_is_found_by_part_of_its_name_own_ones_too(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    desk.services.coverage.save_category(ServiceCategory(code="NUTRITION", name="Nutrition counseling"))
    editor = opened(qtbot, desk)
    start(qtbot, editor, provider="Inlet Nutrition")
    retype(qtbot, editor.service.lineEdit(), "couns")
    assert editor.service.completer().currentCompletion() == "Nutrition counseling"
    retype(qtbot, editor.service.lineEdit(), "nutrition counseling")
    press_save(qtbot, editor)
    assert stored(desk)[0].category == "NUTRITION"


def test_a_service_that_is_not_in_the_list_is_refused_and_stays_typed(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.service.lineEdit(), "Time travel")
    press_save(qtbot, editor)
    assert "is not in the list" in editor.form.field("category").complaint()
    assert editor.service.text() == "Time travel"
    assert stored(desk) == []
    editor.service.lineEdit().selectAll()
    qtbot.keyClick(editor.service.lineEdit(), Qt.Key.Key_Delete)
    press_save(qtbot, editor)
    assert stored(desk)[0].category == ""


def test_the_last_service_of_a_provider_is_proposed_until_one_is_chosen(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    claim(desk.services, eleanor, DAY, "Quest Labs", category="LAB")
    claim(desk.services, eleanor, DAY, "Seaside Cardiology", category="SPEC")
    claim(desk.services, eleanor, DAY, "Seaside Cardiology")
    editor = opened(qtbot, desk)
    assert (editor.provider.text(), editor.service.text()) == ("Seaside Cardiology", "Specialist visit")
    retype(qtbot, editor.provider.lineEdit(), "Quest Labs")
    assert editor.service.code() == "LAB"
    retype(qtbot, editor.service.lineEdit(), "Thyroid tests")
    retype(qtbot, editor.provider.lineEdit(), "Seaside Cardiology")
    assert editor.service.code() == "LAB_THY"
    editor.reject()


def test_changing_an_eob_keeps_what_the_form_shows_only_where_it_is_needed(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    made = claim(
        desk.services,
        eleanor,
        DAY,
        category="RX4",
        network=Network.OUT,
        protected=True,
        assistance=50_00,
        assistance_counts=False,
        copay=80_00,
    )
    before = desk.services.claims.get(made)
    editor = opened(qtbot, desk, claim=before)
    assert editor.protected.isVisible()
    assert editor.assistance.amount.isVisible()
    fill(qtbot, editor, copay="90")
    press_save(qtbot, editor)
    (after,) = stored(desk)
    assert after == replace(before, copay=90_00, you_owe=90_00)
    desk.context.undo()
    assert stored(desk) == [before]


def test_protection_from_surprise_billing_is_asked_out_of_network_only(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor, provider="Bayview Anesthesia")
    assert not editor.protected.isVisible()
    choose(qtbot, editor.network, "Out of network")
    assert editor.protected.isVisible()
    assert "No Surprises Act" in editor.protected.toolTip()
    fill(qtbot, editor, billed="500", allowed="300", plan_paid="0", deductible="300", you_owe="500")
    assert editor.amounts.check.text() == "Adds up: you owe $500.00."
    assert "states no out-of-network limit" in editor.effect.warning.text()
    qtbot.keyClick(editor.protected, Qt.Key.Key_Space)
    assert editor.amounts.check.text() == "You owe is $500.00; its parts add to $300.00."
    assert "Your deductible:\n$0 \u2192 $300 of $2,000" in editor.effect.lines.text()
    press_save(qtbot, editor)
    assert stored(desk)[0].protected


def test_protection_is_forgotten_where_the_provider_is_in_network_after_all(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    choose(qtbot, editor.network, "Out of network")
    editor.protected.click()
    editor.network.choose("in")
    editor.network.activated.emit(0)
    assert not editor.protected.isVisible()
    press_save(qtbot, editor)
    assert not stored(desk)[0].protected


def test_assistance_is_asked_for_drugs_only_and_whether_it_counts(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor, provider="Corner Street Pharmacy")
    assert not editor.assistance.amount.isVisible()
    retype(qtbot, editor.service.lineEdit(), "Specialty drugs")
    assert editor.assistance.amount.isVisible()
    fill(qtbot, editor, copay="250")
    retype(qtbot, editor.assistance.amount, "200")
    assert "terms do not say" in editor.effect.lines.text()
    assert "$0 \u2192 $250 of $6,000" in editor.effect.lines.text()
    choose(qtbot, editor.assistance.counting, "It does not count")
    assert "$200.00 of copay assistance does not count." in editor.effect.lines.text()
    assert "$0 \u2192 $50 of $6,000" in editor.effect.lines.text()
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert (made.assistance, made.assistance_counts) == (200_00, False)


def test_assistance_that_cannot_be_read_is_said_beside_its_field(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.service.lineEdit(), "Generic drugs")
    retype(qtbot, editor.assistance.amount, "some")
    press_save(qtbot, editor)
    assert editor.form.field("assistance").complaint()
    retype(qtbot, editor.assistance.amount, "-5")
    press_save(qtbot, editor)
    assert "cannot be negative" in editor.form.field("assistance").complaint()
    assert stored(desk) == []
    editor.reject()


def test_whether_assistance_counts_is_as_the_plan_says(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    (held,) = desk.services.plans.all()
    desk.services.plans.save(replace(held, assistance=Assistance.NOT_COUNTED), insurer="BlueRiver Health")
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.service.lineEdit(), "Generic drugs")
    fill(qtbot, editor, copay="250")
    retype(qtbot, editor.assistance.amount, "200")
    assert "does not count" in editor.effect.lines.text()
    press_save(qtbot, editor)
    assert stored(desk)[0].assistance_counts is None


def test_the_payment_is_what_the_manufacturer_left(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    window = QWidget()
    desk.kept.append(window)
    qtbot.addWidget(window)
    editor = opened(qtbot, desk, window)
    start(qtbot, editor)
    retype(qtbot, editor.service.lineEdit(), "Generic drugs")
    fill(qtbot, editor, copay="250")
    retype(qtbot, editor.assistance.amount, "200")
    editor.pays.click()
    press_save(qtbot, editor)
    (payment,) = window.findChildren(PaymentEditor)
    assert payment.fields.amount.cents() == 50_00
    payment.reject()


@pytest.fixture
def tiered(desk: Desk) -> Plan:
    """Eleanor's plan of 2026, with a tier of preferred hospitals beside the usual two."""
    (eleanor,) = people(desk.services, "Eleanor")
    held = plan(desk.services, [eleanor])
    tier = NetworkTier(code="PREFERRED", name="preferred")
    desk.services.plans.save(replace(held, more_tiers=(tier,)), insurer="BlueRiver Health")
    return desk.services.plans.get(held.id or 0)


def test_the_plans_further_tiers_are_offered_once_the_day_names_the_plan(
    qtbot: QtBot, desk: Desk, tiered: Plan
) -> None:
    editor = opened(qtbot, desk)
    assert [editor.network.itemText(n) for n in range(editor.network.count())] == [
        "In network",
        "Out of network",
    ]
    start(qtbot, editor, provider="Bayview Hospital")
    choose(qtbot, editor.network, "In network, preferred")
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert (made.network, made.tier) == (Network.IN, "PREFERRED")
    again = opened(qtbot, desk, claim=made)
    assert again.network.currentText() == "In network, preferred"
    press_save(qtbot, again)
    assert stored(desk) == [made]
    fresh = opened(qtbot, desk)
    start(qtbot, fresh, provider="Bayview Hospital", day="9/10/2026")
    assert fresh.network.currentText() == "In network, preferred"  # as on the hospital's last EOB
    retype(qtbot, fresh.service_from, "9/10/2025")
    assert fresh.network.currentText() == "In network"  # no plan of that day has the tier
    fresh.reject()
