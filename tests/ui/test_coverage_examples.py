"""The card with coverage examples, and the sentences behind each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tests.ui.coverage_kit import Desk, desk_over, people, plan
from tracker.facts import CostSharingRule, PlanKind
from tracker.services.bundle import Services
from ui.pages.coverage_example_why import ExampleWhy
from ui.pages.coverage_examples import ExamplesCard
from ui.pages.coverage_read import read_year
from ui.theme import Theme


def card_over(qtbot: QtBot, desk: Desk) -> ExamplesCard:
    card = ExamplesCard(desk.context)
    desk.kept.append(card)
    qtbot.addWidget(card)
    card.resize(1000, 320)
    card.show_year(read_year(desk.services, None), None)
    card.show()
    return card


def cells(card: ExamplesCard, row: int) -> list[str]:
    return [column.text(card.model.rows[row]) for column in card.model.columns]


def test_the_sample_plan_has_every_example(qtbot: QtBot, sample: Services) -> None:
    card = card_over(qtbot, desk_over(sample))
    assert [row.example.scenario.code for row in card.model.rows] == [
        "simple-fracture",
        "knee-mri",
        "thyroid-year",
        "hospital-stay",
    ]
    for row in card.model.rows:
        exact = row.example.exact
        assert sum(exact[:4]) == exact.total_patient_pays
    assert "our own" in card.caption.text()
    assert not card.nothing.isVisible()


def test_why_is_answered_claim_by_claim_from_the_keyboard(qtbot: QtBot, services: Services) -> None:
    desk = desk_over(services)
    held = plan(services, people(services, "Eleanor"))
    rules = [
        CostSharingRule(category="SPEC", copay=50_00, oop_max="OOP_IN"),
        CostSharingRule(category="PT", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2_000),
    ]
    services.plans.save_rules(held, rules)
    card = card_over(qtbot, desk)
    assert "Your plan has no rule for" in card.without.text()
    assert "ambulance" in card.without.text()
    assert cells(card, 1)[2:4] == ["$3,000.00", "$1,000.00"]
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    card.table.setFocus()
    card.table.go_to_cell(1, 0)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    (dialog,) = card.findChildren(ExampleWhy)
    headings = [heading for heading, _ in dialog.sentences]
    assert "Physical therapy 8 of 8, $125.00: you pay $125.00" in headings
    told = dict(dialog.sentences)["Specialist visit 1 of 2, $200.00: you pay $50.00"]
    assert any("copay $50.00" in sentence for sentence in told)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.area)
    qtbot.keyClick(dialog.area, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_plan_without_prices_says_what_to_do(qtbot: QtBot, services: Services) -> None:
    desk = desk_over(services)
    held = plan(services, people(services, "Eleanor"))
    card = card_over(qtbot, desk)
    assert "read it from the CMS plan files" in card.nothing.text()
    assert not card.table.isVisible()
    services.plans.save(
        replace(held, kind=PlanKind.OTHER), rules=[CostSharingRule(category="SPEC", copay=1_00)]
    )
    card.show_year(read_year(services, None), None)
    assert card.nothing.text()
    assert not card.table.isVisible()


def test_without_a_plan_there_is_no_card(qtbot: QtBot, services: Services) -> None:
    card = ExamplesCard(desk_over(services).context)
    qtbot.addWidget(card)
    card.show_year(read_year(services, None), None)
    assert card.isHidden()


@pytest.mark.parametrize("percent", [100, 200])
def test_it_fits_and_is_named(qtbot: QtBot, sample: Services, look: Theme, percent: int) -> None:
    look.apply(percent=percent)
    card = card_over(qtbot, desk_over(sample))
    dialog = card.explain(card.model.rows[0])
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    kit.settle()
    wrong = look_kit.wrong_in(dialog) + kit.wrong_with_tab(dialog)
    assert not wrong, "\n".join(wrong)
    dialog.reject()
