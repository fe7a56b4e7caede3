"""The form for what a plan makes you pay, typed from the paper by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import access_kit, access_look
from tests.ui.coverage_kit import LIMITS, Desk, claim, desk_over, limit, people, plan
from tracker.domain.coverage.categories import catalogue
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import (
    AccumulatorKind,
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Need,
    Network,
    NetworkTier,
    Plan,
    ServiceCategory,
)
from tracker.imports.sbc_rows import ADDED, ROWS, rows_for
from tracker.services.bundle import Services
from ui.dialogs.plan_rule_edit import PlanRuleEdit
from ui.dialogs.plan_rules import PlanRulesDialog
from ui.dialogs.service_categories import ServiceCategories, ServiceCategoryEditor, code_for
from ui.models.rule_sheet import RuleSheet
from ui.theme import Theme

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
ENTER, TAB, ESC, F2 = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_F2
OUTSIDE = (limit(network=Network.OUT), limit(AccumulatorKind.OOP_MAX, Network.OUT))
IN, OUT, LAST = 0, 1, 2


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def stored(desk: Desk) -> Plan:
    return plan(desk.services, people(desk.services, "Eleanor"), limits=(*LIMITS, *OUTSIDE))


@pytest.fixture
def dialogs(desk: Desk, qtbot: QtBot) -> Iterator[list[QDialog]]:
    made: list[QDialog] = []
    yield made
    for one in made:
        one.close()


def shown(form: QDialog, desk: Desk, qtbot: QtBot) -> None:
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it once more
    desk.kept.append(form)
    qtbot.addWidget(form)
    form.resize(1160, 860)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)


def opened(qtbot: QtBot, desk: Desk, of: Plan) -> PlanRulesDialog:
    form = PlanRulesDialog(desk.context, plan=of)
    shown(form, desk, qtbot)
    return form


def press(form: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or form, key, held)


def keys(form: QWidget, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget() or form, text)


def child(form: QWidget, kind: type[QDialog]) -> QDialog:
    return next(one for one in form.findChildren(kind) if one.isVisible())


def row_of(form: PlanRulesDialog, name: str) -> int:
    return next(row.place for row in form.sheet.rows if row.about.name == name)


def rules(desk: Desk, of: Plan) -> dict[tuple[str, str], CostSharingRule]:
    return {(rule.category, rule.tier): rule for rule in desk.services.plans.rules(of.id or 0)}


# typing ------------------------------------------------------------------------------


def test_a_column_is_typed_downwards_and_saved_with_ctrl_enter(
    qtbot: QtBot, desk: Desk, stored: Plan
) -> None:
    form = opened(qtbot, desk, stored)
    for text in ("$30 copay/visit", "$60", "No charge", "20%"):
        keys(form, text)
        press(form, ENTER)
    keys(form, "350 copay then 20% after deductible")
    press(form, TAB)
    press(form, ENTER, CTRL)
    assert not form.isVisible()
    found = rules(desk, stored)
    assert found["PCP", "IN"] == CostSharingRule(category="PCP", oop_max="OOP_IN", copay=30_00)
    assert found["SPEC", "IN"].copay == 60_00
    assert found["PREVENT", "IN"] == CostSharingRule(category="PREVENT", oop_max="OOP_IN")
    for code in ("LAB", "XRAY", "US"):  # one line of the form, three services to ask for
        assert found[code, "IN"].deductible == "DED_IN"
        assert found[code, "IN"].coinsurance == 2_000
    imaging = found["IMAGING", "IN"]
    assert (imaging.copay, imaging.copay_order) == (350_00, CopayOrder.BEFORE)
    assert len(found) == 7
    assert desk.shell.said == ["Change what BlueRiver PPO 2000 makes you pay"]
    desk.context.undo()  # one step
    assert rules(desk, stored) == {}


def test_after_the_last_row_comes_the_next_column(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    form = opened(qtbot, desk, stored)
    for _row in ROWS:
        press(form, ENTER)
    keys(form, "40%")
    press(form, TAB)
    assert form.sheet.rows[0].cells[OUT].text == "40%"
    for _row in ROWS[1:]:
        press(form, Qt.Key.Key_Down)
    keys(form, "prior authorization")
    press(form, Qt.Key.Key_Up)
    assert form.sheet.rows[0].limits.said == "Prior authorization needed"
    press(form, ENTER, CTRL)
    only = rules(desk, stored)["PCP", "OUT"]
    assert (only.deductible, only.oop_max) == ("DED_OUT", "OOP_OUT")
    assert only.prior_authorization is Need.YES


def test_what_a_cell_means_is_said_while_one_types(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    form = opened(qtbot, desk, stored)
    keys(form, "$350 copay then 20% after deductible")
    typing = form.table.shown_while_typing
    assert typing is not None
    assert typing[2].said == "$350 a visit first, then the deductible, then 20%"
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.accessibleDescription() == typing[2].said
    assert "Primary care visit" in editor.accessibleName()
    press(form, Qt.Key.Key_Backspace)
    keys(form, "x")
    assert "is not understood" in form.table.shown_while_typing[2].said  # type: ignore[index]


def test_a_cell_that_is_not_understood_keeps_its_text_and_stops_the_saving(
    qtbot: QtBot, desk: Desk, stored: Plan
) -> None:
    form = opened(qtbot, desk, stored)
    keys(form, "$30")
    press(form, ENTER)
    keys(form, "ask the plan " + "x" * 150)
    QApplication.focusWidget().insert("\U0001f9e1")  # type: ignore[union-attr]
    press(form, ENTER)
    press(form, ENTER, CTRL)
    assert form.isVisible()
    assert rules(desk, stored) == {}
    assert form.sheet.rows[1].cells[IN].wrong
    assert form.form._general.text().startswith("One cell is not understood.")
    editor = QApplication.focusWidget()  # back in the cell, with what was typed
    assert isinstance(editor, QLineEdit)
    assert editor.text().startswith("ask the plan")
    editor.selectAll()
    keys(form, "$60")
    press(form, ENTER, CTRL)
    assert not form.isVisible()
    assert rules(desk, stored)["SPEC", "IN"].copay == 60_00


@pytest.mark.parametrize("text", ["150%", "-$30", "0 or 20%", "$99999999999999"])
def test_amounts_that_cannot_be_are_refused_in_their_cell(
    qtbot: QtBot, desk: Desk, stored: Plan, text: str
) -> None:
    form = opened(qtbot, desk, stored)
    keys(form, text)
    press(form, ENTER)
    assert form.sheet.rows[0].cells[IN].wrong
    assert form.sheet.rows[0].cells[IN].said.endswith(".")
    with pytest.raises(UserProblem):
        form.sheet.rules()


def test_esc_leaves_the_cell_then_the_form_and_undo_brings_it_back(
    qtbot: QtBot, desk: Desk, stored: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = []
    monkeypatch.setattr(desk.shell, "toast", lambda text, undo=None: offered.append((text, undo)))
    form = opened(qtbot, desk, stored)
    keys(form, "$30")
    press(form, ENTER)
    keys(form, "$6")
    press(form, ESC)
    assert form.sheet.rows[1].cells[IN].text == ""
    press(form, ESC)
    assert not form.isVisible()
    ((text, back),) = offered
    assert text == "1 row was not saved, BlueRiver PPO 2000"
    known = set(QApplication.topLevelWidgets())
    back()
    (again,) = [one for one in QApplication.topLevelWidgets() if one not in known and one.isVisible()]
    assert isinstance(again, PlanRulesDialog)
    assert again.sheet.rows[0].cells[IN].text == "$30"
    again.save_button.click()
    assert rules(desk, stored)["PCP", "IN"].copay == 30_00


def test_a_full_disk_keeps_the_sheet(
    qtbot: QtBot, desk: Desk, stored: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(qtbot, desk, stored)
    keys(form, "$30")
    press(form, ENTER)

    def refuse(*_args: object) -> None:
        raise WorldProblem("The disk is full; the change was not saved.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.services.plans), "save_rules", refuse)
        form.save_button.click()
    assert form.isVisible()
    assert len(desk.problems) == 1
    form.save_button.click()
    assert not form.isVisible()
    assert len(rules(desk, stored)) == 1


def test_the_switch_for_copays_reads_what_was_typed_once_more(
    qtbot: QtBot, desk: Desk, stored: Plan
) -> None:
    form = opened(qtbot, desk, stored)
    keys(form, "$30")
    press(form, ENTER)
    keys(form, "$60; deductible does not apply")
    press(form, ENTER)
    form.skip.click()
    assert form.sheet.rows[0].cells[IN].said == "The deductible first, then $30 a visit"
    form.save_button.click()
    found = rules(desk, stored)
    assert (found["PCP", "IN"].deductible, found["SPEC", "IN"].deductible) == ("DED_IN", None)


def test_what_looks_wrong_is_said_under_the_table(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    lawful = replace(stored, aca_compliant=True)
    desk.services.plans.save(lawful, insurer="BlueRiver Health")
    for day in (2, 3, 4):
        claim(
            desk.services,
            stored.person_ids[0],
            date(2026, 3, day),
            category="PCP",
            billed=120_00,
            allowed=100_00,
            plan_paid=70_00,
            copay=30_00,
        )
    form = opened(qtbot, desk, desk.services.plans.get(stored.id or 0))
    assert form.warnings.text() == ""  # nothing typed, nothing wrong
    keys(form, "$60")
    press(form, ENTER)
    press(form, ENTER)
    keys(form, "20%")
    press(form, ENTER)
    said = form.warnings.text().splitlines()
    assert said[0] == "Preventive care in network costs something; by law it is free."
    assert said[1] == ("The copay of $60.00 for primary care visit is more than half of the usual $100.00.")
    assert "no in-network rule for specialist visit, urgent care" in said[2]
    form.save_button.click()
    assert not form.isVisible()  # warnings never refuse


def test_ctrl_d_repeats_the_cell_above_and_delete_clears(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    form = opened(qtbot, desk, stored)
    keys(form, "20%")
    press(form, ENTER)
    press(form, Qt.Key.Key_D, CTRL)
    press(form, ENTER)
    press(form, ENTER)  # an empty one between
    press(form, ESC)
    press(form, Qt.Key.Key_D, CTRL)
    texts = [row.cells[IN].text for row in form.sheet.rows[:4]]
    assert texts == ["20%", "20%", "", "20%"]
    press(form, Qt.Key.Key_Delete)
    assert form.sheet.rows[3].cells[IN].text == ""


def test_cells_of_a_spreadsheet_can_be_pasted(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    form = opened(qtbot, desk, stored)
    press(form, ESC)
    QApplication.clipboard().setText("$30\t40%\tprior authorization\textra\n$60\n")
    press(form, Qt.Key.Key_V, CTRL)
    assert [cell.text for cell in form.sheet.rows[0].cells] == ["$30", "40%", "prior authorization"]
    assert form.sheet.rows[1].cells[IN].text == "$60"
    press(form, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "$30"


# what is stored ----------------------------------------------------------------------

ODD = CostSharingRule(
    category="PT",
    deductible="DED_IN",
    oop_max="OOP_IN",
    copay=40_00,
    copay_scope=CopayScope.DAY,
    max_units=5,
    visit_limit=30,
    no_authorization_penalty=500_00,
    copay_credits="DED_IN",
    prior_authorization=Need.SOMETIMES,
    note="Ask Dana\nat the practice",
)


def test_rules_that_nobody_touches_stay_to_the_letter(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    before = [
        ODD,
        CostSharingRule(category="LAB", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2_000),
        CostSharingRule(category="XRAY", oop_max="OOP_IN", copay=50_00),
        CostSharingRule(category="COSMETIC", covered=False, note="never"),
    ]
    desk.services.plans.save_rules(stored, before)
    form = opened(qtbot, desk, stored)
    names = [row.about.name for row in form.sheet.rows]
    assert "Laboratory tests" in names
    assert "X-rays, Ultrasound" in names
    assert "Cosmetic care" in names
    form.table.edit_at(0, IN)
    keys(form, "$30")
    press(form, ENTER, CTRL)
    after = rules(desk, stored)
    for rule in before:
        assert after[rule.category, "IN"] == rule
    assert len(after) == len(before) + 1


def test_typing_over_a_cell_keeps_what_the_phrase_does_not_say(
    qtbot: QtBot, desk: Desk, stored: Plan
) -> None:
    desk.services.plans.save_rules(stored, [ODD])
    form = opened(qtbot, desk, stored)
    place = next(row.place for row in form.sheet.rows if "PT" in row.about.codes)
    assert form.sheet.rows[place].cells[IN].text == (
        "$40 copay/day (days 1-5) after deductible; copay counts toward the deductible"
    )
    form.table.edit_at(place, IN)
    keys(form, "$25")
    press(form, ENTER, CTRL)
    made = rules(desk, stored)["PT", "IN"]
    assert (made.copay, made.copay_scope, made.deductible) == (25_00, CopayScope.VISIT, None)
    assert (made.visit_limit, made.no_authorization_penalty, made.note) == (30, 500_00, ODD.note)


def test_clearing_a_cell_removes_its_rule(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    desk.services.plans.save_rules(stored, [CostSharingRule(category="PCP", copay=30_00)])
    form = opened(qtbot, desk, stored)
    press(form, Qt.Key.Key_Delete)
    press(form, ENTER, CTRL)
    assert rules(desk, stored) == {}


def test_a_plan_without_that_deductible_says_so_and_takes_none(
    qtbot: QtBot, desk: Desk, services: Services
) -> None:
    bare = plan(services, people(services, "Eleanor"), limits=())
    form = opened(qtbot, desk, bare)
    keys(form, "20%")
    press(form, ENTER)
    cell = form.sheet.rows[0].cells[IN]
    assert cell.tone == "warning"
    assert "No deductible is entered for this" in cell.said
    form.save_button.click()
    assert rules(desk, bare)["PCP", "IN"] == CostSharingRule(category="PCP", coinsurance=2_000)


def test_drugs_use_the_drug_deductible_and_tiers_their_own_limits(services: Services, desk: Desk) -> None:
    limits = (
        *LIMITS,
        *OUTSIDE,
        replace(LIMITS[0], name="", drugs=True),
        replace(LIMITS[0], name="", tier="IN2"),
    )
    tiered = Plan(
        name="Tiers",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        accumulators=limits,
        more_tiers=(NetworkTier(code="IN2", name="Tier 2"),),
    )
    sheet = RuleSheet(tiered, (), catalogue())
    assert [tier.code for tier in sheet.tiers] == ["IN", "IN2", "OUT"]
    generic = next(row.place for row in sheet.rows if row.about.codes == ("RX1",))
    for column in range(3):
        sheet.type(0, column, "20%")
        sheet.type(generic, column, "20%")
    found = {(rule.category, rule.tier): rule for rule in sheet.rules()}
    assert found["PCP", "IN"].deductible == "DED_IN"
    assert found["RX1", "IN"].deductible == "RXDED_IN"
    assert found["PCP", "IN2"].deductible == "DED_IN2"
    assert found["PCP", "IN2"].oop_max == "OOP_IN"  # a tier without its own shares the first's
    assert found["PCP", "OUT"].deductible == "DED_OUT"


def test_limitations_go_to_both_networks_unless_said_otherwise(stored: Plan) -> None:
    sheet = RuleSheet(stored, (), catalogue())
    sheet.type(0, LAST, "30 visits per year; out of network: prior authorization")
    sheet.type(0, IN, "$30; waived if admitted")
    sheet.type(0, OUT, "40%")
    near, far = sheet.rules()
    assert (near.visit_limit, near.prior_authorization) == (30, Need.NO)
    assert (far.visit_limit, far.prior_authorization) == (None, Need.YES)
    sheet.type(0, LAST, "referral")
    near, far = sheet.rules()
    assert near.referral is far.referral is Need.YES
    assert near.waive_copay_if_admitted  # its own cell says so
    assert not far.waive_copay_if_admitted
    again = RuleSheet(stored, sheet.rules(), catalogue())
    assert again.rows[0].limits.text == "referral; copay waived if admitted; out of network: referral"
    assert again.rules() == sheet.rules()


def test_the_price_by_mail_becomes_a_note(stored: Plan) -> None:
    sheet = RuleSheet(stored, (), catalogue())
    place = next(row.place for row in sheet.rows if row.about.codes == ("RX1",))
    sheet.type(place, IN, "Retail: $10 copay; Mail order: $25 copay")
    (rule,) = sheet.rules()
    assert (rule.copay, rule.copay_scope, rule.note) == (10_00, CopayScope.FILL, "Mail order: $25 copay")


def test_the_rows_are_those_of_the_form_and_their_services_are_known() -> None:
    known = {**catalogue(), **{item.code: item for item in ADDED}}
    codes = [code for row in ROWS for code in row.codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= known.keys()
    assert rows_for((), known) == list(ROWS)


# more than phrases -------------------------------------------------------------------


def test_f2_opens_every_field_of_a_rule(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    form = opened(qtbot, desk, stored)
    place = row_of(form, "Emergency room care")
    form.table.edit_at(place, IN)
    keys(form, "$350 copay then 20% after deductible")
    press(form, F2)
    fields = child(form, PlanRuleEdit)
    assert isinstance(fields, PlanRuleEdit)
    assert "$350 a visit first, then the deductible, then 20%" in fields.said.text()
    fields.admitted.click()
    fields.penalty.setFocus()
    qtbot.keyClicks(fields.penalty, "250")
    fields.least.selectAll()
    qtbot.keyClicks(fields.least, "90")
    qtbot.keyClicks(fields.most, "40")
    qtbot.keyClick(fields.most, ENTER)
    assert fields.isVisible()
    assert "is below the least" in fields.form.field("coinsurance_max").complaint()
    fields.most.selectAll()
    qtbot.keyClicks(fields.most, "400")
    qtbot.keyClick(fields.most, ENTER)
    assert not fields.isVisible()
    assert form.sheet.rows[place].limits.text == (
        "$250 penalty without prior authorization; copay waived if admitted"
    )
    form.save_button.click()
    made = rules(desk, stored)["ER", "IN"]
    assert made.waive_copay_if_admitted
    assert (made.no_authorization_penalty, made.coinsurance_min, made.coinsurance_max) == (
        250_00,
        90_00,
        400_00,
    )


@pytest.mark.parametrize(("edit", "typed"), [("coinsurance", "101"), ("visits", "-3"), ("copay", "abc")])
def test_a_field_that_cannot_be_read_says_so(
    qtbot: QtBot, desk: Desk, stored: Plan, edit: str, typed: str
) -> None:
    form = opened(qtbot, desk, stored)
    press(form, F2)
    fields = child(form, PlanRuleEdit)
    assert isinstance(fields, PlanRuleEdit)
    line = getattr(fields, edit)
    line.selectAll()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, ENTER)
    assert fields.isVisible()
    assert fields.form.field(line.objectName()).complaint()
    fields.reject()


def test_another_service_is_named_and_gets_a_row(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    form = opened(qtbot, desk, stored)
    form.another.click()
    chooser = child(form, ServiceCategories)
    assert isinstance(chooser, ServiceCategories)
    qtbot.keyClicks(chooser.search, "Acupuncture, first visit")
    chooser.add_link.click()
    editor = child(chooser, ServiceCategoryEditor)
    assert isinstance(editor, ServiceCategoryEditor)
    assert editor.name.text() == "Acupuncture, first visit"
    qtbot.keyClick(editor.name, ENTER)
    chosen = chooser.table.current_row()
    assert chosen is not None
    assert chosen.category.code == "ACUPUNCTURE_FIRST_VISIT"
    chooser.save_button.click()
    keys(form, "$25")
    press(form, ENTER, CTRL)
    assert rules(desk, stored)["ACUPUNCTURE_FIRST_VISIT", "IN"].copay == 25_00


def test_own_services_are_renamed_and_removed_but_not_while_used(
    qtbot: QtBot, desk: Desk, stored: Plan
) -> None:
    coverage = desk.services.coverage
    coverage.save_category(ServiceCategory(code="ACU", name="Acupuncture"))
    desk.services.plans.save_rules(stored, [CostSharingRule(category="ACU", copay=25_00)])
    chooser = ServiceCategories(desk.context)
    shown(chooser, desk, qtbot)
    qtbot.keyClicks(chooser.search, "acu")
    chooser.change_link.click()
    editor = child(chooser, ServiceCategoryEditor)
    assert isinstance(editor, ServiceCategoryEditor)
    editor.name.selectAll()
    qtbot.keyClicks(editor.name, "Urgent care")
    qtbot.keyClick(editor.name, ENTER)
    assert "is in the list already" in editor.form.field("name").complaint()
    editor.name.selectAll()
    qtbot.keyClicks(editor.name, "Needles")
    qtbot.keyClick(editor.name, ENTER)
    assert coverage.categories()["ACU"].name == "Needles"
    chooser.remove_link.click()
    assert "still used by 1" in chooser.form._general.text()
    desk.services.plans.save_rules(stored, [])
    chooser.remove_link.click()
    assert "ACU" not in coverage.categories()
    chooser.reject()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Acupuncture, first visit", "ACUPUNCTURE_FIRST_VISIT"),
        ("Caf\u00e9", "CAFE"),
        ("3D scan", "OWN_3D_SCAN"),
        ("\U0001f9e1", "OWN"),
        ("x" * 80, "X" * 28),
        ("Lab", "LAB_2"),
    ],
)
def test_a_code_is_made_from_a_name(name: str, code: str) -> None:
    assert code_for(name, ["LAB"]) == code
    assert ServiceCategory(code=code, name=name).code == code


# size, speed, access -----------------------------------------------------------------


def test_hundreds_of_services_can_be_typed_in(qtbot: QtBot, desk: Desk, stored: Plan) -> None:
    codes = [ServiceCategory(code=f"OWN_{n}", name=f"Own service {n}") for n in range(250)]
    many = [
        CostSharingRule(category=item.code, tier=tier, copay=10_00)
        for item in codes
        for tier in ("IN", "OUT")
    ]
    desk.services.plans.save_rules(stored, many, codes)
    form = opened(qtbot, desk, stored)
    assert form.model.rowCount() == len(ROWS) + 250
    form.table.edit_at(200, IN)
    keys(form, "$25")
    press(form, ENTER)
    form.save_button.click()
    assert len(rules(desk, stored)) == 500


@pytest.mark.parametrize("percent", [100, 200])
def test_the_forms_are_reached_by_tab_named_and_not_cut(
    qtbot: QtBot, desk: Desk, stored: Plan, look: Theme, percent: int
) -> None:
    look.apply(percent=percent)
    rule = CostSharingRule(category="PCP", oop_max="OOP_IN", copay=30_00)
    desk.services.plans.save_rules(stored, [rule])
    for form in (
        PlanRulesDialog(desk.context, plan=stored),
        PlanRuleEdit(None, stored, rule, ROWS[0], stored.tiers[0]),
        ServiceCategories(desk.context),
    ):
        with access_kit.no_flashes(QApplication.instance()):  # type: ignore[arg-type]
            shown(form, desk, qtbot)
            access_kit.settle()
        wrong = access_look.wrong_in(form) + access_kit.wrong_with_tab(form)
        assert not wrong, "\n".join(wrong)
        form.close()
