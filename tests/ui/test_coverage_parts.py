"""The parts of the Coverage page: what you pay, checks, the insurer's totals, opening balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.coverage_kit import LIMITS, Desk, claim, desk_over, limit, people, plan
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    CostSharingRule,
    Counting,
    Need,
    Network,
    NetworkCheck,
    NetworkTier,
    OpeningBalance,
    Plan,
    PlanKind,
    Stands,
    StatedTotal,
)
from tracker.services.bundle import Services
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.network_check import NetworkCheckDialog
from ui.dialogs.openings import OpeningDialog
from ui.dialogs.plan_import import PlanImportDialog
from ui.dialogs.plan_rules import PlanRulesDialog
from ui.dialogs.stated_total import StatedTotalDialog
from ui.pages.coverage import CoveragePage
from ui.pages.coverage_part_checks import ChecksPart
from ui.pages.coverage_part_pay import PayPart
from ui.pages.coverage_part_progress import ProgressPart
from ui.pages.coverage_parts import CHECKS, PAY, PROGRESS
from ui.pages.coverage_why import WhyDialog
from ui.widgets.buttons import LinkButton
from ui.widgets.figure_card import FigureCard
from ui.window_state import WindowState

RULES = (
    CostSharingRule(category="PCP", oop_max="OOP_IN", copay=25_00),
    CostSharingRule(category="SPEC", oop_max="OOP_IN", copay=75_00, referral=Need.YES),
    CostSharingRule(
        category="IMAGING",
        deductible="DED_IN",
        oop_max="OOP_IN",
        coinsurance=2_000,
        prior_authorization=Need.YES,
    ),
    CostSharingRule(category="PT", oop_max="OOP_IN", copay=40_00, visit_limit=30),
)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def covered(desk: Desk) -> Plan:
    """Eleanor and Sam under a plan with rules."""
    made = plan(desk.services, people(desk.services, "Eleanor Whitfield", "Sam Whitfield"))
    desk.services.plans.save_rules(made, RULES)
    return made


def shown(qtbot: QtBot, desk: Desk, state: WindowState | None = None) -> CoveragePage:
    context = replace(desk.context, state=state) if state else desk.context
    page = CoveragePage(context)
    desk.kept.append(page)
    desk.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(1121, 900)
    page.show()
    return page


def pay(page: CoveragePage) -> PayPart:
    found = page.show_part(PAY)
    assert isinstance(found, PayPart)
    return found


def checks(page: CoveragePage) -> ChecksPart:
    found = page.show_part(CHECKS)
    assert isinstance(found, ChecksPart)
    return found


def progress(page: CoveragePage) -> ProgressPart:
    found = page.show_part(PROGRESS)
    assert isinstance(found, ProgressPart)
    return found


def opened(page: CoveragePage, kind: type) -> object:
    """The one dialog of a kind that is open."""
    (found,) = [item for item in page.findChildren(kind) if item.isVisible()]
    return found


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def figures(page: CoveragePage) -> list[str]:
    return [card.accessibleName() for card in page.figures.findChildren(FigureCard) if card.isVisible()]


# parts ---------------------------------------------------------------------------------------


def test_what_you_pay_comes_first_and_the_part_is_remembered(
    qtbot: QtBot, desk: Desk, covered: Plan, tmp_path: Path
) -> None:
    state = WindowState(tmp_path / "state.ini")
    page = shown(qtbot, desk, state)
    assert pay(page).isVisible()
    assert len(figures(page)) == 4
    segment = page.parts_chooser.segments._group.button(2)
    click(qtbot, segment)
    assert checks(page).isVisible()
    assert not page.figures.isVisible()
    assert not page.choosers.network_edit.isVisible()
    again = shown(qtbot, desk, state)
    assert again.part(CHECKS).isVisible()
    assert again.add_button.text() == "Add check"


def test_without_a_plan_no_part_is_shown_or_made_ahead(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    QApplication.processEvents()
    assert page.no_plan.isVisible()
    assert not any(page.part(key).isVisible() for key in (PAY, PROGRESS, CHECKS))
    assert page.add_button.geometry().right() <= page.add_button.parentWidget().width()
    click(qtbot, page.no_plan.findChild(LinkButton))
    files = opened(page, PlanImportDialog)
    assert isinstance(files, PlanImportDialog)
    files.reject()


def test_parts_are_chosen_with_the_arrow_keys(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    with qtbot.waitActive(page):
        page.activateWindow()
    first = page.parts_chooser.segments._group.button(0)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert page.part(PROGRESS).isVisible()
    assert not page.part(PAY).isVisible()


def test_coming_for_an_eob_or_a_part_opens_the_right_one(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    wanted = claim(desk.services, covered.person_ids[0], date(2026, 2, 2), deductible=10_00)
    page = shown(qtbot, desk)
    page.arrive(("part", CHECKS))
    assert page.part(CHECKS).isVisible()
    page.arrive(wanted)
    editor = opened(page, EobEditor)
    assert isinstance(editor, EobEditor)
    editor.reject()
    assert page.part(PROGRESS).isVisible()
    page.arrive(("part", "elsewhere"))
    assert page.part(PROGRESS).isVisible()


def test_what_is_made_ahead_is_filled_when_it_is_looked_at(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    qtbot.waitUntil(lambda: len(page._parts) == 3)
    assert not page.part(PROGRESS).isVisible()
    claim(desk.services, covered.person_ids[0], date(2026, 2, 2), deductible=10_00)
    page.mark_stale()
    assert len(progress(page).eobs.table.rows_model.rows) == 1


# what you pay --------------------------------------------------------------------------------


def services_shown(page: CoveragePage) -> list[str]:
    return [row.name for row in pay(page).pay.table.rows_model.rows]


def test_the_plans_rules_are_listed_and_filtered(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    card = pay(page).pay
    said = {row.code: (row.you_pay, row.deductible, row.needs) for row in card.table.rows_model.rows}
    assert said["SPEC"] == ("$75 copay", "does not apply", "referral")
    assert said["IMAGING"] == ("20%", "applies first", "prior auth.")
    assert said["PT"][2] == "0 of 30 visits"
    qtbot.keyClicks(card.filter, "prior")
    assert services_shown(page) == ["Imaging (MRI, CT, PET)"]
    card.filter.clear()
    card.table.typed.emit("s")
    assert card.filter.text() == "s"
    page.find_text("nothing of the kind")
    assert card.nothing.isVisible()


def test_a_long_list_begins_with_what_many_ask_about(
    qtbot: QtBot, desk: Desk, covered: Plan, tmp_path: Path
) -> None:
    codes = list(desk.services.coverage.categories())[:30]
    desk.services.plans.save_rules(covered, [CostSharingRule(category=code, copay=5_00) for code in codes])
    state = WindowState(tmp_path / "state.ini")
    page = shown(qtbot, desk, state)
    card = pay(page).pay
    assert "Anesthesia" not in services_shown(page)
    assert card.all_button.text() == "Show all 30 services"
    qtbot.keyClicks(card.filter, "anesthesia")
    assert services_shown(page) == ["Anesthesia"]
    card.filter.clear()
    click(qtbot, card.all_button)
    assert len(services_shown(page)) == 30
    assert "Anesthesia" in services_shown(shown(qtbot, desk, state))


def test_a_row_asks_what_it_will_cost(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    part = pay(page)
    assert not part.pay.ask_button.isEnabled()
    part.pay.table.selectRow(2)
    click(qtbot, part.pay.ask_button)
    assert part.cost.service.text() == "Imaging (MRI, CT, PET)"
    part.pay.table.setFocus()
    part.pay.table.selectRow(1)
    qtbot.keyClick(part.pay.table, Qt.Key.Key_Return)
    assert part.cost.service.text() == "Specialist visit"


def test_without_rules_the_card_offers_two_ways(qtbot: QtBot, desk: Desk) -> None:
    plan(desk.services, people(desk.services, "Eleanor"))
    page = shown(qtbot, desk)
    card = pay(page).pay
    assert card.empty.isVisible()
    assert not card.table.isVisible()
    assert not card.edit_button.isVisible()
    click(qtbot, card.empty.button)
    rules = opened(page, PlanRulesDialog)
    assert isinstance(rules, PlanRulesDialog)
    rules.reject()
    click(qtbot, card.empty.link)
    files = opened(page, PlanImportDialog)
    assert isinstance(files, PlanImportDialog)
    files.reject()


def test_the_pencil_edits_the_rules_and_the_card_follows(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    click(qtbot, pay(page).pay.edit_button)
    rules = opened(page, PlanRulesDialog)
    assert isinstance(rules, PlanRulesDialog)
    rules.reject()
    changes = desk.services.plans.save_rules(covered, RULES[:1])
    desk.context.bus.announce(changes)
    assert services_shown(page) == ["Primary care visit"]


def test_out_of_network_without_rules_says_so(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    click(qtbot, page.choosers.network_edit._group.button(1))
    assert pay(page).pay.nothing.text().startswith("Your plan has no rules out of network here.")


def test_further_tiers_are_a_choice_and_have_figures(qtbot: QtBot, desk: Desk) -> None:
    tier = NetworkTier(code="T1", name="Preferred")
    own = replace(limit(), tier="T1", name="DED_T1", individual=500_00)
    drugs = replace(limit(), drugs=True, name="RXDED_IN", individual=250_00)
    made = plan(desk.services, people(desk.services, "Eleanor", "Sam"), limits=LIMITS)
    changed = replace(made, accumulators=(*LIMITS, own, drugs), more_tiers=(tier,))
    desk.services.plans.save(
        changed,
        rules=[CostSharingRule(category="PCP", copay=25_00), CostSharingRule(category="PCP", tier="T1")],
    )
    page = shown(qtbot, desk)
    card = pay(page).pay
    assert card.tier_edit.isVisible()
    assert [row.you_pay for row in card.table.rows_model.rows] == ["$25 copay"]
    card.tier_edit.choose("T1")
    card.tier_edit.activated.emit(card.tier_edit.currentIndex())
    assert [row.you_pay for row in card.table.rows_model.rows] == ["No charge"]
    assert "Preferred deductible, you: $0 of $500" in figures(page)
    assert "Drug deductible, family: $0 of $4,000" in figures(page)
    click(qtbot, page.figures.more[0])
    why = opened(page, WhyDialog)
    assert isinstance(why, WhyDialog)
    why.reject()


def test_the_menu_of_plans_reaches_every_way_to_one(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    words = [action.text() for action in page.acts.plan_menu().actions() if action.text()]
    assert words == [
        "Edit plan\u2026",
        "Edit what you pay\u2026",
        "Take what you pay from the CMS files\u2026",
        "Duplicate for 2027\u2026",
        "Add a plan\u2026",
        "Add a plan from the CMS files\u2026",
    ]


def test_what_looks_odd_is_counted_and_opened_on_a_click(qtbot: QtBot, desk: Desk) -> None:
    low = limit(AccumulatorKind.OOP_MAX, individual=1_000_00, family=9_000_00)
    made = plan(desk.services, people(desk.services, "Eleanor"), limits=(LIMITS[0], low))
    desk.services.plans.save(replace(made, kind=PlanKind.OTHER))
    desk.services.plans.save_rules(made, RULES)
    page = shown(qtbot, desk)
    facts = progress(page).facts
    assert facts.hints_button.text() == "Show 1 thing to check"
    assert facts.hints.count() == 0
    click(qtbot, facts.hints_button)
    assert facts.hints.itemAt(0).widget().text() == (
        "The out-of-pocket maximum in network, $1,000.00, is below its deductible, $2,000.00."
    )
    assert facts.hints_button.text() == "Hide 1 thing to check"


def test_a_period_apart_from_the_plan_year_is_chosen(qtbot: QtBot, desk: Desk) -> None:
    made = plan(
        desk.services,
        people(desk.services, "Eleanor"),
        begins_on=date(2026, 7, 1),
        ends_on=date(2027, 6, 30),
    )
    desk.services.plans.save(replace(made, accumulator_start=(1, 1)))
    claim(desk.services, made.person_ids[0], date(2026, 8, 8), deductible=70_00)
    page = shown(qtbot, desk)
    edit = page.choosers.period_edit
    assert edit.isVisible()
    assert [edit.itemText(place) for place in range(edit.count())] == [
        "Jan 1 to Dec 31, 2026",
        "Jan 1 to Dec 31, 2027",
    ]
    assert figures(page)[0] == "Deductible, you: $70 of $2,000"
    edit.setCurrentIndex(1)
    edit.activated.emit(1)
    assert figures(page)[0] == "Deductible, you: $0 of $2,000"
    assert not progress(page).eobs.table.isVisible()


# checks --------------------------------------------------------------------------------------


def test_a_network_check_is_added_changed_and_removed(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    part = checks(page)
    assert part.checks.empty.isVisible()
    page.primary_action()
    form = opened(page, NetworkCheckDialog)
    assert isinstance(form, NetworkCheckDialog)
    click(qtbot, form.save_button)
    assert form.form.field("provider").complaint()
    form.provider.set_text("Harbor Imaging")
    form.checked_on.setText("8/20/2026")
    form.stands.choose("out")
    qtbot.keyClicks(form.reference, "R-88")
    click(qtbot, form.save_button)
    (row,) = part.checks.table.rows_model.rows
    assert (row.provider, row.stands, row.age, row.warns) == (
        "Harbor Imaging",
        "Out of network",
        "94 days ago",
        True,
    )
    part.checks.table.selectRow(0)
    part.checks.table.setFocus()
    qtbot.keyClick(part.checks.table, Qt.Key.Key_Return)
    form = opened(page, NetworkCheckDialog)
    assert isinstance(form, NetworkCheckDialog)
    assert form.reference.text() == "R-88"
    form.checked_on.setText("11/25/2026")
    click(qtbot, form.save_button)
    assert "future" in form.form.field("checked_on").complaint()
    form.checked_on.setText("11/20/2026")
    click(qtbot, form.save_button)
    assert part.checks.table.rows_model.rows[0].age == "2 days ago"
    part.checks.table.selectRow(0)
    click(qtbot, part.checks.remove_button)
    assert part.checks.empty.isVisible()
    desk.context.undo()
    assert len(part.checks.table.rows_model.rows) == 1


def test_providers_never_checked_begin_a_check(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    claim(desk.services, covered.person_ids[0], date(2026, 2, 2), "Quest Labs")
    claim(desk.services, covered.person_ids[0], date(2026, 3, 3), "Harbor Imaging")
    page = shown(qtbot, desk)
    part = checks(page)
    assert [row.provider for row in part.unchecked.table.rows_model.rows] == [
        "Harbor Imaging",
        "Quest Labs",
    ]
    part.unchecked.table.setFocus()
    part.unchecked.table.selectRow(1)
    qtbot.keyClick(part.unchecked.table, Qt.Key.Key_Return)
    form = opened(page, NetworkCheckDialog)
    assert isinstance(form, NetworkCheckDialog)
    assert form.provider.text() == "Quest Labs"
    click(qtbot, form.save_button)
    assert [row.provider for row in part.unchecked.table.rows_model.rows] == ["Harbor Imaging"]
    page.find_text("nobody")
    assert part.checks.no_match.isVisible()


def test_checks_of_two_hundred_letters_and_other_scripts(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    name = "\u05de\u05e8\u05db\u05d6 \U0001f3e5 " + "x" * 100
    check = NetworkCheck(
        plan_id=covered.id or 0, provider_id=0, stands=Stands.UNKNOWN, checked_on=TODAY, note="y" * 200
    )
    desk.services.coverage.save_check(check, provider=name)
    page = shown(qtbot, desk)
    (row,) = checks(page).checks.table.rows_model.rows
    assert row.provider == name
    assert row.stands == "Not known"


# the insurer's totals and opening balances ---------------------------------------------------


def stated(desk: Desk, made: Plan, amount: int, day: date = date(2026, 9, 30)) -> None:
    desk.services.coverage.save_stated(
        StatedTotal(
            plan_id=made.id or 0,
            person_id=made.person_ids[0],
            name="DED_IN",
            amount=amount,
            stated_on=day,
        )
    )


def test_a_stated_total_is_compared_and_explained(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    eleanor = covered.person_ids[0]
    claim(desk.services, eleanor, date(2026, 2, 2), "Quest Labs", deductible=100_00)
    late = claim(
        desk.services,
        eleanor,
        date(2026, 9, 9),
        "Harbor Imaging",
        deductible=30_00,
        processed_on=date(2026, 10, 5),
    )
    page = shown(qtbot, desk)
    card = progress(page).stated
    click(qtbot, card.empty.button)
    form = opened(page, StatedTotalDialog)
    assert isinstance(form, StatedTotalDialog)
    form.amount.setText("130")
    form.stated_on.setText("9/30/2025")
    click(qtbot, form.save_button)
    assert "had not begun" in form.form.field("stated_on").complaint()
    form.stated_on.setText("9/30/2026")
    click(qtbot, form.save_button)
    (row,) = card.table.rows_model.rows
    assert (row.limit, row.whose, row.difference) == ("Deductible in network", "You", "$30.00 more")
    assert card.verdict.text().startswith("One explanation fits to the cent. Ask your insurer")
    (suspect,) = card.suspects.rows_model.rows
    assert (suspect.provider, suspect.claims[0].id) == ("Harbor Imaging", late)
    card.suspects.setFocus()
    card.suspects.selectRow(0)
    qtbot.keyClick(card.suspects, Qt.Key.Key_Return)
    editor = opened(page, EobEditor)
    assert isinstance(editor, EobEditor)
    assert editor.provider.text() == "Harbor Imaging"
    editor.reject()


def test_totals_that_agree_and_totals_that_nothing_explains(
    qtbot: QtBot, desk: Desk, covered: Plan
) -> None:
    claim(desk.services, covered.person_ids[0], date(2026, 2, 2), "Quest Labs", deductible=100_00)
    stated(desk, covered, 100_00)
    stated(desk, covered, 95_00, date(2026, 9, 29))
    page = shown(qtbot, desk)
    card = progress(page).stated
    assert [row.difference for row in card.table.rows_model.rows] == ["none", "$5.00 less"]
    assert "Nothing here explains it exactly" in card.verdict.text() or "No EOB here" in card.verdict.text()
    card.table.selectRow(0)
    assert card.verdict.text() == "Your insurer and the EOBs here agree."
    assert not card.suspects.isVisible()
    qtbot.keyClick(card.table, Qt.Key.Key_Delete)
    assert len(card.table.rows_model.rows) == 1


def test_a_total_of_a_limit_that_was_removed_stays_to_be_removed(
    qtbot: QtBot, desk: Desk, covered: Plan
) -> None:
    stated(desk, covered, 100_00)
    desk.services.plans.save(replace(covered, accumulators=(LIMITS[1],)))
    page = shown(qtbot, desk)
    (row,) = progress(page).stated.table.rows_model.rows
    assert (row.limit, row.difference) == ("A limit that was removed", "cannot compare")
    assert not progress(page).stated.verdict.isVisible()


def test_whose_total_follows_the_limit(qtbot: QtBot, desk: Desk) -> None:
    alone = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE, network=Network.IN, mode=LIMITS[0].mode.SELF, individual=1_000_00
    )
    plan(desk.services, people(desk.services, "Eleanor", "Sam"), limits=(alone, LIMITS[1]))
    page = shown(qtbot, desk)
    progress(page).acts.edit_stated()
    form = opened(page, StatedTotalDialog)
    assert isinstance(form, StatedTotalDialog)
    assert [form.person.itemText(place) for place in range(form.person.count())] == ["You", "Sam"]
    form.limit.choose("OOP_IN")
    form.limit.activated.emit(1)
    assert form.person.itemText(2) == "Family"
    form.reject()


def test_an_opening_balance_stands_in_every_total_and_its_why(
    qtbot: QtBot, desk: Desk, covered: Plan
) -> None:
    page = shown(qtbot, desk)
    card = progress(page).openings
    click(qtbot, card.add_button)
    form = opened(page, OpeningDialog)
    assert isinstance(form, OpeningDialog)
    form.amount.setText("420")
    form.as_of.setText("3/1/2026")
    click(qtbot, form.save_button)
    (row,) = card.table.rows_model.rows
    assert (row.what, row.whose, row.used) == ("Deductible in network", "You", "$420.00")
    assert figures(page)[0] == "Deductible, you: $420 of $2,000"
    click(qtbot, page.figures.cards[AccumulatorKind.DEDUCTIBLE, False])
    why = opened(page, WhyDialog)
    assert isinstance(why, WhyDialog)
    assert why.table.rows_model.rows[0].words == "Opening balance of Mar 1, 2026"
    why.reject()
    card.table.selectRow(0)
    click(qtbot, card.edit_button)
    form = opened(page, OpeningDialog)
    assert isinstance(form, OpeningDialog)
    form.as_of.setText("3/1/2025")
    click(qtbot, form.save_button)
    assert "outside the plan" in form.form.field("as_of").complaint()
    form.reject()
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Delete)
    assert figures(page)[0] == "Deductible, you: $0 of $2,000"


def test_an_opening_balance_can_be_of_visits(qtbot: QtBot, desk: Desk, covered: Plan) -> None:
    page = shown(qtbot, desk)
    progress(page).acts.edit_opening()
    form = opened(page, OpeningDialog)
    assert isinstance(form, OpeningDialog)
    place = form.of.findText("Physical therapy: visits")
    form.of.setCurrentIndex(place)
    form.of.activated.emit(place)
    assert form.visits.isVisible()
    assert not form.amount.isVisible()
    form.visits.setText("four")
    click(qtbot, form.save_button)
    assert "no number of visits" in form.form.field("visits").complaint()
    form.visits.setText("4")
    click(qtbot, form.save_button)
    (opening,) = desk.services.coverage.openings(covered.id or 0)
    assert (opening.counting, opening.name, opening.amount) == (Counting.VISITS, "PT", 4)
    assert progress(page).openings.table.rows_model.rows[0].used == "4 visits"
    needs = {row.code: row.needs for row in pay(page).pay.table.rows_model.rows}
    assert needs["PT"] == "4 of 30 visits"


def test_a_plan_without_limits_asks_for_no_totals(qtbot: QtBot, desk: Desk) -> None:
    made = plan(desk.services, people(desk.services, "Eleanor"), limits=())
    page = shown(qtbot, desk)
    part = progress(page)
    assert not part.stated.isVisible()
    assert not part.openings.isVisible()
    changes = desk.services.plans.save_rules(made, [CostSharingRule(category="PT", visit_limit=20)])
    desk.context.bus.announce(changes)
    assert part.openings.isVisible()


def test_openings_of_another_period_are_not_listed(desk: Desk, qtbot: QtBot, covered: Plan) -> None:
    opening = OpeningBalance(
        plan_id=covered.id or 0,
        person_id=covered.person_ids[0],
        name="DED_IN",
        amount=9_999_999_99,
        as_of=date(2026, 1, 1),
    )
    desk.services.coverage.save_opening(opening)
    page = shown(qtbot, desk)
    assert progress(page).openings.table.rows_model.rows[0].used == "$9,999,999.99"
    assert figures(page)[0] == "Deductible, you: $2,000 of $2,000"
