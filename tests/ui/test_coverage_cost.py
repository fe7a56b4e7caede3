"""The cost card by keyboard: a question in a few fields, the answer while it is typed, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.coverage_kit import Desk, claim, desk_over, people, plan
from tracker.facts import (
    CopayScope,
    CostSharingRule,
    Need,
    Network,
    NetworkCheck,
    Stands,
)
from tracker.services.bundle import Services
from ui.dialogs.cost_why import CostWhy
from ui.models.coverage_choice import Choice
from ui.pages.coverage_cost import CostCard
from ui.pages.coverage_read import read_year
from ui.widgets.label import AmountLabel

RULES = (
    CostSharingRule(
        category="IMAGING",
        deductible="DED_IN",
        oop_max="OOP_IN",
        coinsurance=2000,
        prior_authorization=Need.YES,
    ),
    CostSharingRule(category="SPEC", oop_max="OOP_IN", copay=60_00),
    CostSharingRule(category="INPATIENT", oop_max="OOP_IN", copay=500_00, copay_scope=CopayScope.DAY),
    CostSharingRule(category="ER", oop_max="OOP_IN", copay=350_00, waive_copay_if_admitted=True),
    CostSharingRule(category="RX4", oop_max="OOP_IN", coinsurance=3000),
)

Shown = Callable[..., tuple[Desk, CostCard]]


@pytest.fixture
def shown(services: Services, qtbot: QtBot) -> Shown:
    """The card over a plan of which Eleanor has used $1,420 of the deductible."""

    def show(*names: str, network: Network = Network.IN, rules: bool = True) -> tuple[Desk, CostCard]:
        ids = people(services, "Eleanor", *names)
        made = plan(services, ids)
        if rules:
            services.plans.save_rules(made, RULES)
        claim(
            services, ids[0], date(2026, 3, 2), "Harbor Imaging", category="IMAGING",
            allowed=1_420_00, deductible=1_420_00,
        )  # fmt: skip
        desk = desk_over(services)
        card = CostCard(desk.context)
        desk.kept.append(card)
        qtbot.addWidget(card)
        year = read_year(services, made.id)
        assert year.filled is not None
        card.show_year(year, Choice(year.filled, network, ids[0], TODAY))
        card.show()
        with qtbot.waitActive(card):
            card.activateWindow()
        return desk, card

    return show


def fill(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type into a field as a person does, and leave it."""
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Tab)


def ask_for_the_mri(qtbot: QtBot, card: CostCard) -> None:
    fill(qtbot, card.service, "Imaging (MRI, CT, PET)")
    fill(qtbot, card.provider, "Harbor Imaging")
    fill(qtbot, card.amount, "1,200")
    fill(qtbot, card.day, "12/3/2026")


def test_the_mri_by_keyboard(shown: Shown, qtbot: QtBot) -> None:
    desk, card = shown()
    ask_for_the_mri(qtbot, card)
    answer = card.answer
    for words, figure in (
        ("Allowed amount", "$1,200.00"),
        ("Rest of your deductible", "$580.00"),
        ("Your 20% of $620.00", "$124.00"),
        ("Plan pays", "$496.00"),
        ("You pay", "$704.00"),
        ("Then your deductible is met", "$2,000 of $2,000"),
    ):
        assert answer.figure(words) == figure
    assert "Prior authorization is needed. None is on file for Harbor Imaging." in answer.warning.text()
    assert answer.warning.property("tone") == "warning"
    assert desk.problems == []


def test_amounts_stand_at_the_right_and_the_total_is_bold(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    ask_for_the_mri(qtbot, card)
    labels = {label.accessibleName(): label for label in card.answer.findChildren(AmountLabel)}
    total = labels["You pay: $704.00"]
    assert total.property("role") == "bold"
    shown_ = [label for label in labels.values() if label.isVisible()]
    assert len({label.mapTo(card, label.rect().topRight()).x() for label in shown_}) == 1
    assert all(label.alignment() & Qt.AlignmentFlag.AlignRight for label in shown_)


def test_the_answer_follows_every_key(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    card.ask("IMAGING")
    card.amount.setFocus()
    qtbot.keyClicks(card.amount, "10")
    assert card.answer.figure("You pay") == "$10.00"
    qtbot.keyClicks(card.amount, "00")
    assert card.answer.figure("You pay") == "$664.00"


def test_what_cannot_be_read_says_so_and_is_kept(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    card.ask("IMAGING", allowed=100_00)
    fill(qtbot, card.amount, "12 apples")
    assert card.amount.text() == "12 apples"
    assert "is not an amount in dollars" in card.form.field("allowed").complaint()
    assert card.answer.figure("You pay") == ""
    assert card.why_button.isHidden()
    fill(qtbot, card.amount, "12")
    assert card.answer.figure("You pay") == "$12.00"
    assert card.form.field("allowed").complaint() == ""


def test_the_usual_amount_stands_in_the_empty_field(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    fill(qtbot, card.service, "Imaging (MRI, CT, PET)")
    assert card.amount.placeholderText() == "1,420.00"
    assert card.answer.figure("Allowed amount") == "$1,420.00"
    assert "from 1 EOB of this service" in card.answer.note.text()


def test_a_missing_amount_is_asked_for(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    fill(qtbot, card.service, "Specialty drugs")
    assert "Type the amount" in card.answer.sentence.text()
    assert card.answer.figure("You pay") == ""
    fill(qtbot, card.amount, "100")
    assert card.answer.figure("You pay") == "$30.00"


def test_a_copay_needs_no_amount(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    fill(qtbot, card.service, "specialist visit")
    assert card.answer.figure("You pay") == "$60.00"


def test_only_fields_that_matter_are_shown(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    field = card.form.field
    assert field("person").isHidden()
    assert card.authorized.isHidden()
    card.ask("INPATIENT")
    assert not field("units").isHidden()
    card.units.setFocus()
    qtbot.keyClick(card.units, Qt.Key.Key_Down)
    qtbot.keyClick(card.units, Qt.Key.Key_Down)
    assert card.answer.figure("Copay, 3 days at $500") == "$1,500.00"
    card.ask("ER")
    assert field("units").isHidden()
    assert card.answer.figure("You pay") == "$350.00"
    card.admitted.setFocus()
    qtbot.keyClick(card.admitted, Qt.Key.Key_Space)
    assert card.answer.figure("You pay") == "$0.00"
    card.ask("RX4", allowed=100_00)
    fill(qtbot, card.assistance, "10")
    assert card.answer.figure("Left to pay in cash") == "$20.00"


def test_an_authorization_on_file_takes_the_warning_away(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown()
    card.ask("IMAGING", allowed=1_200_00)
    assert "Prior authorization is needed" in card.answer.warning.text()
    card.authorized.setFocus()
    qtbot.keyClick(card.authorized, Qt.Key.Key_Space)
    assert "Prior authorization" not in card.answer.warning.text()


def test_for_another_person(shown: Shown, qtbot: QtBot) -> None:
    _desk, card = shown("Martin")
    card.ask("IMAGING", allowed=1_200_00)
    assert not card.form.field("person").isHidden()
    assert card.answer.figure("You pay") == "$704.00"
    card.person.setFocus()
    qtbot.keyClick(card.person, Qt.Key.Key_Down)
    assert card.answer.figure("You pay") == "$1,200.00"
    assert card.answer.figure("Martin\u2019s deductible then") == "$1,200 of $2,000"


def test_out_of_network_asks_what_is_billed(shown: Shown) -> None:
    _desk, card = shown(network=Network.OUT)
    card.ask("IMAGING")
    assert not card.form.field("billed").isHidden()
    assert "out of network" in card.answer.warning.text() or card.answer.sentence.text()


def test_a_plan_without_rules_says_what_to_do(shown: Shown) -> None:
    _desk, card = shown(rules=False)
    card.ask("IMAGING", allowed=10_00)
    assert "is not entered yet" in card.answer.warning.text()
    assert card.why_button.isHidden()


def test_the_network_check_is_among_the_facts(shown: Shown, services: Services) -> None:
    _desk, card = shown()
    own = services.plans.all()[0]
    services.coverage.save_check(
        NetworkCheck(plan_id=own.id or 0, provider_id=0, stands=Stands.OUT, checked_on=date(2026, 11, 1)),
        provider="Harbor Imaging",
    )
    card.ask("IMAGING", provider="Harbor Imaging", allowed=1_200_00)
    assert "says that Harbor Imaging is out of network" in card.answer.warning.text()


def test_an_older_answer_never_overwrites_a_newer_one(shown: Shown) -> None:
    desk, card = shown()
    waiting = []
    runner = desk.context.jobs
    runner._start = waiting.append  # type: ignore[method-assign]
    card.ask("IMAGING", allowed=1_200_00)
    card.ask("IMAGING", allowed=100_00)
    from ui.jobs import _Task

    for job in reversed(waiting):
        _Task(job, runner._on_news).run()
    assert card.answer.figure("You pay") == "$100.00"


# why --------------------------------------------------------------------------------------


def test_why_lists_the_steps_and_the_facts(shown: Shown, qtbot: QtBot) -> None:
    desk, card = shown()
    ask_for_the_mri(qtbot, card)
    card.why_button.setFocus()
    qtbot.keyClick(card.why_button, Qt.Key.Key_Return)
    dialog = card.findChild(CostWhy)
    assert dialog is not None
    desk.kept.append(dialog)
    steps = [label.text() for label in dialog.sentences]
    assert steps[0] == "1.  Allowed $1,200.00."
    assert "3.  20% of $620.00 = $124.00." in steps
    assert dialog.heading.text() == "You pay $704.00"
    assert dialog.facts.value("Last EOB processed") == "Mar 2, 2026"
    qtbot.keyClick(dialog.copy_button, Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert "You pay: $704.00" in copied
    assert "Estimate, not a determination" in copied
    assert dialog.copy_button.text() == "Copied"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_sheet_prints_on_one_page(shown: Shown, qtbot: QtBot) -> None:
    desk, card = shown()
    ask_for_the_mri(qtbot, card)
    card.show_why()
    dialog = card.findChild(CostWhy)
    assert dialog is not None
    desk.kept.append(dialog)
    qtbot.keyClick(dialog.print_button, Qt.Key.Key_Return)
    from ui.dialogs.print_preview import PrintPreview

    preview = dialog.findChild(PrintPreview)
    assert preview is not None
    desk.kept.append(preview)
    assert len(preview.document.lay_out("letter").pages) == 1
    assert preview.document.title == "What will it cost: Imaging (MRI, CT, PET)"
    preview.reject()
    dialog.reject()
