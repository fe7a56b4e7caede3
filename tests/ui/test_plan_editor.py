"""The form for a plan, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import LIMITS, Desk, desk_over, limit, people, plan
from tracker.errors import WorldProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    CobMethod,
    Coordination,
    CostSharingRule,
    DeductibleCarryOver,
    Frequency,
    Network,
    NetworkTier,
    OonMethod,
    OonPricing,
    PeriodRule,
    Plan,
    PlanKind,
    Recurring,
    Role,
)
from tracker.services.bundle import Services
from ui.dialogs.plan_editor import PlanEditor
from ui.dialogs.plan_limits import LimitEdit
from ui.dialogs.plan_more import MoreTerms
from ui.dialogs.plan_rules import PlanRulesDialog
from ui.models.plan_copy import next_year
from ui.widgets.choice_edit import OptionEdit


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


def opened(qtbot: QtBot, desk: Desk, **how: Plan | None) -> PlanEditor:
    editor = PlanEditor(desk.context, **how)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it once more
    desk.kept.append(editor)
    qtbot.addWidget(editor)
    editor.open()
    return editor


def retype(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def limit_edit(editor: PlanEditor, kind: AccumulatorKind, network: Network = Network.IN) -> LimitEdit:
    return next(edit for edit in editor.limits if edit.kind is kind and edit.network is network)


def press_save(qtbot: QtBot, editor: PlanEditor) -> None:
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)


def test_a_plan_for_one_person_is_typed_and_saved_with_enter(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "BlueRiver PPO 2000")
    editor.insurer.lineEdit().setFocus()
    qtbot.keyClicks(editor.insurer.lineEdit(), "BlueRiver Health")
    deductible = limit_edit(editor, AccumulatorKind.DEDUCTIBLE)
    assert deductible.mode is AccumulatorMode.SELF
    assert not deductible.family.isVisible()
    qtbot.keyClicks(deductible.individual, "2,000")
    qtbot.keyClicks(editor.premium.amount, "450")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert not editor.isVisible()
    (stored,) = desk.services.plans.all()
    assert (stored.name, stored.kind, stored.person_ids) == ("BlueRiver PPO 2000", PlanKind.PPO, (eleanor,))
    assert (stored.begins_on, stored.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [(item.kind, item.individual, item.family) for item in stored.accumulators] == [
        (AccumulatorKind.DEDUCTIBLE, 2_000_00, None)
    ]
    home = desk.services.people.household()
    (premium,) = stored.premiums
    assert (premium.amount, premium.frequency) == (450_00, Frequency.MONTHLY)
    assert (premium.first_due, premium.last_due) == (date(2026, 1, 1), date(2026, 12, 31))
    assert premium.propose_from == date(2026, 11, 1)
    assert premium.provider_id == stored.insurer_id
    assert home.provider_names[stored.insurer_id or 0] == "BlueRiver Health"
    line = next(item for item in home.categories if item.id == premium.category_id)
    assert line.role is Role.PREMIUM
    assert desk.shell.said == ["Add plan, BlueRiver PPO 2000"]


def test_past_premiums_are_proposed_only_when_asked_for(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    assert not editor.premium.past_dues.isVisible()
    qtbot.keyClicks(editor.name, "Plan")
    qtbot.keyClicks(editor.premium.amount, "450")
    assert editor.premium.past_dues.isVisible()
    editor.premium.past_dues.click()
    press_save(qtbot, editor)
    (stored,) = desk.services.plans.all()
    assert stored.premiums[0].propose_from is None
    assert len(desk.services.recurring.dues(until=desk.context.today)) == 11


def test_two_people_share_an_embedded_limit_until_another_mode_is_chosen(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor", "Sam")
    editor = opened(qtbot, desk)
    deductible = limit_edit(editor, AccumulatorKind.DEDUCTIBLE)
    list(editor.people.boxes.values())[1].click()
    assert deductible.mode is AccumulatorMode.EMBEDDED
    assert deductible.family.isVisible()
    assert "Embedded: a person is done" in editor.modes.text()
    deductible.mode_edit.choose("aggregate")
    deductible.mode_edit.activated.emit(2)
    assert not deductible.individual.isVisible()
    list(editor.people.boxes.values())[1].click()
    assert deductible.mode is AccumulatorMode.AGGREGATE
    assert limit_edit(editor, AccumulatorKind.OOP_MAX).mode is AccumulatorMode.SELF


def test_the_last_day_and_the_first_due_follow_the_first_day(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    retype(qtbot, editor.begins_on, "7/1/2026")
    assert editor.ends_on.text() == "Jun 30, 2027"
    assert editor.premium.first_due.text() == "Jul 1, 2026"
    retype(qtbot, editor.ends_on, "12/31/2026")
    retype(qtbot, editor.begins_on, "8/1/2026")
    assert editor.ends_on.day() == date(2026, 12, 31)


def test_a_family_amount_below_the_individual_one_is_refused_beside_the_limit(
    qtbot: QtBot, desk: Desk
) -> None:
    people(desk.services, "Eleanor", "Sam")
    editor = opened(qtbot, desk)
    list(editor.people.boxes.values())[1].click()
    qtbot.keyClicks(editor.name, "Plan")
    deductible = limit_edit(editor, AccumulatorKind.DEDUCTIBLE)
    qtbot.keyClicks(deductible.individual, "4000")
    qtbot.keyClicks(deductible.family, "2000")
    press_save(qtbot, editor)
    assert editor.isVisible()
    assert "is less than the individual one" in editor.form.field("deductible_in").complaint()
    assert editor.focusWidget() is deductible.family
    retype(qtbot, deductible.family, "8000")
    assert editor.form.field("deductible_in").complaint() == ""
    press_save(qtbot, editor)
    assert not editor.isVisible()


@pytest.mark.parametrize(
    ("typed", "field"), [("abc", "premium"), ("0", "premium"), ("1.234,56", "premium")]
)
def test_an_amount_that_means_nothing_stays_and_is_explained(
    qtbot: QtBot, desk: Desk, typed: str, field: str
) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "Plan")
    qtbot.keyClicks(editor.premium.amount, typed)
    press_save(qtbot, editor)
    assert editor.form.field("premium").complaint()
    assert editor.premium.amount.text() in (typed, "0.00")
    assert desk.services.plans.all() == []
    editor.reject()


@pytest.mark.parametrize(
    ("field", "text"),
    [("begins_on", "2026-02-30"), ("ends_on", "1/1/2020"), ("name", "x" * 201), ("name", "")],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    qtbot: QtBot, desk: Desk, field: str, text: str
) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "Plan")
    edit = getattr(editor, field)
    edit.selectAll()
    edit.insert(text) if text else edit.clear()
    press_save(qtbot, editor)
    assert editor.form.field(field).complaint()
    assert editor.save_button.isEnabled()
    editor.reject()


def test_nobody_covered_is_refused(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "Plan")
    next(iter(editor.people.boxes.values())).click()
    press_save(qtbot, editor)
    assert "Nobody is covered" in editor.form.field("people").complaint()
    editor.reject()


def test_in_an_empty_household_the_plan_brings_its_first_person(qtbot: QtBot, desk: Desk) -> None:
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.people.new_name, "Eleanor")
    press_save(qtbot, editor)  # the name of the plan is missing: the person must not be added twice
    assert editor.form.field("name").complaint()
    qtbot.keyClicks(editor.name, "Plan")
    press_save(qtbot, editor)
    (eleanor,) = desk.services.people.people()
    assert (eleanor.name, eleanor.position) == ("Eleanor", 0)
    assert desk.services.plans.all()[0].person_ids == (eleanor.id,)


def test_odd_plans_are_warned_about_and_still_saved(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    plan(desk.services, [eleanor], limits=())
    editor = opened(qtbot, desk)
    assert "Eleanor would also be covered by BlueRiver PPO 2000" in editor.warnings.text()
    qtbot.keyClicks(limit_edit(editor, AccumulatorKind.DEDUCTIBLE).individual, "5000")
    qtbot.keyClicks(limit_edit(editor, AccumulatorKind.OOP_MAX).individual, "3000")
    assert "is below its deductible" in editor.warnings.text()
    qtbot.keyClicks(editor.name, "Second")
    press_save(qtbot, editor)
    assert len(desk.services.plans.all()) == 2


def test_changing_a_plan_keeps_what_the_form_does_not_show(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    made = plan(desk.services, [eleanor])
    premium = Recurring(
        label="BlueRiver PPO 2000 premium",
        amount=450_00,
        frequency=Frequency.MONTHLY,
        first_due=date(2026, 1, 1),
        last_due=date(2026, 12, 31),
        propose_from=date(2026, 3, 1),
    )
    dental = replace(premium, label="Dental rider", amount=20_00)
    desk.services.plans.save(
        replace(made, note="From the broker", premiums=(premium, dental)), insurer="BlueRiver Health"
    )
    (stored,) = desk.services.plans.all()
    editor = opened(qtbot, desk, plan=stored)
    retype(qtbot, editor.premium.amount, "475")
    retype(qtbot, editor.name, "BlueRiver Gold")
    press_save(qtbot, editor)
    (changed,) = desk.services.plans.all()
    assert [item.id for item in changed.premiums] == [item.id for item in stored.premiums]
    assert [item.amount for item in changed.premiums] == [475_00, 20_00]
    assert changed.premiums[0].label == "BlueRiver Gold premium"
    assert changed.premiums[0].propose_from == date(2026, 3, 1)
    assert changed.note == "From the broker"
    assert [item.individual for item in changed.accumulators] == [item.individual for item in LIMITS]


def test_duplicating_moves_every_date_a_year_and_stores_a_new_plan(qtbot: QtBot, desk: Desk) -> None:
    people_ids = people(desk.services, "Eleanor", "Sam")
    old = plan(desk.services, people_ids, begins_on=date(2025, 7, 1), ends_on=date(2026, 6, 30))
    editor = opened(qtbot, desk, copy_of=old)
    assert editor.begins_on.text() == "Jul 1, 2026"
    assert editor.ends_on.text() == "Jun 30, 2027"
    assert editor.warnings.text() == ""
    press_save(qtbot, editor)
    newest, oldest = desk.services.plans.all()
    assert newest.id != oldest.id
    assert newest.person_ids == oldest.person_ids
    assert len(newest.accumulators) == len(oldest.accumulators)


def test_a_leap_year_plan_still_ends_on_the_last_of_february() -> None:
    ends = Plan(name="P", begins_on=date(2027, 3, 1), ends_on=date(2028, 2, 29))
    assert (next_year(ends).begins_on, next_year(ends).ends_on) == (date(2028, 3, 1), date(2029, 2, 28))


def test_a_full_disk_keeps_everything_typed_and_save_can_be_pressed_again(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "Plan")

    def refuse(*_args: object, **_more: object) -> None:
        raise WorldProblem("The disk is full; the change was not saved.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.services.plans), "save", refuse)
        press_save(qtbot, editor)
    assert editor.isVisible()
    assert editor.name.text() == "Plan"
    assert [str(problem) for problem in desk.problems] == [
        "The disk is full; the change was not saved. Free some space."
    ]
    press_save(qtbot, editor)
    assert len(desk.services.plans.all()) == 1


def test_deleting_a_plan_can_be_undone(qtbot: QtBot, desk: Desk) -> None:
    made = plan(desk.services, people(desk.services, "Eleanor"))
    editor = opened(qtbot, desk, plan=made)
    qtbot.mouseClick(editor.delete_button, Qt.MouseButton.LeftButton)
    assert desk.services.plans.all() == []
    desk.context.undo()
    assert desk.services.plans.all() == [made]


def test_escape_leaves_without_a_change(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "Plan")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert desk.services.plans.all() == []


def test_the_form_stays_whole_when_the_household_comes_late(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    before = editor.height()
    editor._show(editor._read())  # as it comes from beside the window, after the form was opened
    assert editor.height() >= before
    editor.reject()


# every term ----------------------------------------------------------------------------


def choose(edit: OptionEdit, key: str) -> None:
    """Choose an option as a person does."""
    edit.choose(key)
    edit.activated.emit(edit.currentIndex())


def limit_named(editor: PlanEditor, name: str) -> LimitEdit:
    return next(edit for edit in editor.limits if edit.objectName() == name)


def test_rare_terms_are_folded_away_and_all_kept(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    old = plan(desk.services, [eleanor], begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    editor = opened(qtbot, desk)
    assert editor.more.form.isHidden()
    qtbot.keyClicks(editor.name, "Everything")
    for kind in AccumulatorKind:
        for network in Network:
            qtbot.keyClicks(limit_edit(editor, kind, network).individual, "5000")
    editor.limit_fields.own_drugs.click()
    qtbot.keyClicks(limit_named(editor, "deductible_in_drugs").individual, "200")
    editor.more.link.click()
    qtbot.keyClicks(editor.more.tier, "Tier 2 of Harbor")
    qtbot.keyClicks(limit_named(editor, "deductible_in_tier").individual, "6000")
    choose(editor.more.cross, "one")
    choose(editor.more.runs, "other")
    retype(qtbot, editor.more.start, "7/1/2026")
    choose(editor.more.continues, str(old.id))
    choose(editor.more.carry_over, "q4_if_not_met")
    choose(editor.more.assistance, "not_counted")
    choose(editor.more.oon_method, "pct_medicare")
    retype(qtbot, editor.more.rate, "140")
    choose(editor.more.period_rule, "discharge")
    editor.limit_fields.hsa.click()
    press_save(qtbot, editor)
    stored = desk.services.plans.all()[0]
    assert {item.name: item.credits for item in stored.accumulators} == {
        "DED_IN": (),
        "OOP_IN": (),
        "DED_OUT": ("DED_IN",),
        "OOP_OUT": ("OOP_IN",),
        "DED_IN2": (),
        "RXDED_IN": (),
    }
    assert stored.more_tiers == (NetworkTier(code="IN2", name="Tier 2 of Harbor"),)
    assert stored.accumulator_start == (7, 1)
    assert stored.continues_id == old.id
    assert stored.carry_over is DeductibleCarryOver.IF_NOT_MET
    assert stored.assistance is Assistance.NOT_COUNTED
    assert stored.oon_pricing == OonPricing(OonMethod.PCT_MEDICARE, 14_000)
    assert stored.period_rule is PeriodRule.DISCHARGE
    assert stored.hsa_qualified
    assert stored.aca_compliant
    again = opened(qtbot, desk, plan=stored)
    assert not again.more.form.isHidden()
    press_save(qtbot, again)
    assert desk.services.plans.all()[0] == stored


def test_terms_that_nobody_touches_come_back_the_same(qtbot: QtBot, desk: Desk) -> None:
    (eleanor,) = people(desk.services, "Eleanor")
    made = plan(desk.services, [eleanor])
    odd = replace(
        made,
        accumulators=(
            *(replace(item, cap=5_000_00) for item in made.accumulators),
            limit(network=Network.OUT),
            Accumulator(
                kind=AccumulatorKind.DEDUCTIBLE,
                network=Network.OUT,
                mode=AccumulatorMode.SELF,
                individual=100_00,
                drugs=True,
                credits=("DED_IN",),
            ),
        ),
        more_tiers=(NetworkTier(code="T7", name="Seven"), NetworkTier(code="T8", name="Eight")),
        coordination=Coordination(subscriber_id=eleanor, rank=2, has_clause=False),
        filed_id="73836AK0750001-01",
    )
    desk.services.plans.save(odd, insurer="BlueRiver Health")
    stored = desk.services.plans.all()[0]
    press_save(qtbot, opened(qtbot, desk, plan=stored))
    again = desk.services.plans.all()[0]
    assert replace(again, accumulators=()) == replace(stored, accumulators=())
    by_name = {item.name: replace(item, id=None) for item in stored.accumulators}
    assert {item.name: replace(item, id=None) for item in again.accumulators} == by_name


@pytest.mark.parametrize(
    ("kind", "letter", "letters"), [(PlanKind.MEDICARE, "", False), (PlanKind.MEDIGAP, "G", True)]
)
def test_medicare_needs_no_limits_and_medigap_a_letter(
    qtbot: QtBot, desk: Desk, kind: PlanKind, letter: str, letters: bool
) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "At 65")
    qtbot.keyClicks(limit_edit(editor, AccumulatorKind.DEDUCTIBLE).individual, "5")
    choose(editor.kind, kind.value)
    assert not any(edit.isVisible() for edit in editor.limits)
    assert editor.medigap.isVisible() is letters
    if letters:
        choose(editor.medigap, letter)
    press_save(qtbot, editor)
    (stored,) = desk.services.plans.all()
    assert (stored.kind, stored.medigap, stored.accumulators) == (kind, letter, ())
    assert not stored.aca_compliant


def test_the_flags_follow_the_kind_until_they_are_chosen(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    assert (editor.limit_fields.aca.isChecked(), editor.limit_fields.hsa.isChecked()) == (True, False)
    choose(editor.kind, PlanKind.HDHP.value)
    assert editor.limit_fields.hsa.isChecked()
    choose(editor.kind, PlanKind.OTHER.value)
    assert (editor.limit_fields.aca.isChecked(), editor.limit_fields.hsa.isChecked()) == (False, False)
    editor.limit_fields.hsa.click()
    choose(editor.kind, PlanKind.PPO.value)
    assert editor.limit_fields.hsa.isChecked()
    editor.reject()


def test_the_law_is_compared_while_typing(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor", "Sam")
    editor = opened(qtbot, desk)
    list(editor.people.boxes.values())[1].click()
    most = limit_edit(editor, AccumulatorKind.OOP_MAX)
    choose(most.mode_edit, "aggregate")
    qtbot.keyClicks(most.family, "21000")
    assert "no one person pays more than $10,600" in editor.limit_fields.law.text()
    assert editor.warnings.text() == ""
    qtbot.keyClicks(most.family, "9")
    assert "is above the ACA limit of 2026, $21,200.00" in editor.warnings.text()
    editor.limit_fields.aca.click()
    assert editor.warnings.text() == ""
    assert not editor.limit_fields.law.isVisible()
    editor.limit_fields.aca.click()
    retype(qtbot, editor.begins_on, "1/1/2031")
    assert "The limits of 2031 are not known here" in editor.warnings.text()
    editor.reject()


def test_which_plan_pays_first_is_asked_only_beside_another(qtbot: QtBot, desk: Desk) -> None:
    eleanor, sam = people(desk.services, "Eleanor", "Sam")
    plan(desk.services, [eleanor, sam], limits=())
    editor = opened(qtbot, desk)
    assert editor.order.box.isVisible()
    retype(qtbot, editor.begins_on, "1/1/2027")
    assert not editor.order.box.isVisible()
    retype(qtbot, editor.begins_on, "7/1/2026")
    assert "not said which pays first" in editor.warnings.text()
    choose(editor.order.subscriber, str(eleanor))
    assert "pays first" not in editor.warnings.text()
    choose(editor.order.rank, "2")
    choose(editor.order.method, "maintenance")
    editor.order.large.click()
    retype(qtbot, editor.order.since, "3/1/2020")
    qtbot.keyClicks(editor.name, "Second")
    press_save(qtbot, editor)
    stored = next(item for item in desk.services.plans.all() if item.name == "Second")
    assert stored.coordination == Coordination(
        subscriber_id=eleanor,
        method=CobMethod.MAINTENANCE,
        large_employer=False,
        covered_since=date(2020, 3, 1),
        rank=2,
    )


@pytest.mark.parametrize(
    ("set_up", "field", "said"),
    [
        (lambda more: choose(more.oon_method, "pct_medicare"), "rate", "missing or not believable"),
        (lambda more: choose(more.runs, "other"), "accumulator_start", "date is missing"),
    ],
)
def test_a_rare_term_that_cannot_be_read_is_unfolded_and_explained(
    qtbot: QtBot, desk: Desk, set_up: Callable[[MoreTerms], None], field: str, said: str
) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    qtbot.keyClicks(editor.name, "Plan")
    set_up(editor.more)
    press_save(qtbot, editor)
    assert not editor.more.form.isHidden()
    assert said in editor.more.form.field(field).complaint()
    assert desk.services.plans.all() == []
    assert editor.rules_button.isEnabled()
    editor.reject()


def test_a_drug_limit_that_contradicts_itself_is_explained_at_its_place(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor", "Sam")
    editor = opened(qtbot, desk)
    list(editor.people.boxes.values())[1].click()
    qtbot.keyClicks(editor.name, "Plan")
    editor.limit_fields.own_drugs.click()
    qtbot.keyClicks(limit_named(editor, "deductible_in_drugs").individual, "200")
    press_save(qtbot, editor)
    assert "needs the family amount" in editor.form.field("deductible_in_drugs").complaint()
    editor.reject()


# rules with the plan -------------------------------------------------------------------

RULES = [
    CostSharingRule(category="PCP", oop_max="OOP_IN", copay=30_00),
    CostSharingRule(category="LAB", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2_000),
]


def test_the_next_year_takes_the_rules_along(qtbot: QtBot, desk: Desk) -> None:
    old = plan(desk.services, people(desk.services, "Eleanor"))
    desk.services.plans.save_rules(old, RULES)
    editor = opened(qtbot, desk, copy_of=old)
    limit_edit(editor, AccumulatorKind.DEDUCTIBLE).individual.clear()
    limit_edit(editor, AccumulatorKind.DEDUCTIBLE).family.clear()
    press_save(qtbot, editor)
    made = desk.services.plans.all()[0]
    assert made.continues_id == old.id
    assert {rule.category: rule.deductible for rule in desk.services.plans.rules(made.id or 0)} == {
        "PCP": None,
        "LAB": None,  # that deductible is gone
    }
    assert len(desk.services.plans.rules(old.id or 0)) == 2
    desk.context.undo()
    assert desk.services.plans.all() == [old]


def test_rules_of_a_tier_that_is_taken_away_go_with_it(qtbot: QtBot, desk: Desk) -> None:
    made = plan(desk.services, people(desk.services, "Eleanor"))
    tiered = replace(made, more_tiers=(NetworkTier(code="IN2", name="Tier 2"),))
    desk.services.plans.save(
        tiered, insurer="BlueRiver Health", rules=[*RULES, CostSharingRule(category="PCP", tier="IN2")]
    )
    stored = desk.services.plans.all()[0]
    editor = opened(qtbot, desk, plan=stored)
    editor.more.tier.clear()
    press_save(qtbot, editor)
    assert sorted(rule.category for rule in desk.services.plans.rules(stored.id or 0)) == ["LAB", "PCP"]


def test_a_new_plan_can_go_on_to_what_you_pay(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor")
    editor = opened(qtbot, desk)
    known = set(QApplication.topLevelWidgets())
    qtbot.mouseClick(editor.rules_button, Qt.MouseButton.LeftButton)
    assert editor.form.field("name").complaint()  # nothing is opened before the plan is there
    qtbot.keyClicks(editor.name, "Plan")
    qtbot.mouseClick(editor.rules_button, Qt.MouseButton.LeftButton)
    (stored,) = desk.services.plans.all()
    (form,) = [one for one in QApplication.topLevelWidgets() if one not in known and one.isVisible()]
    assert isinstance(form, PlanRulesDialog)
    assert form.sheet.plan == stored
    form.reject()
    again = opened(qtbot, desk, plan=stored)
    assert not again.rules_button.isVisible()
    again.reject()
