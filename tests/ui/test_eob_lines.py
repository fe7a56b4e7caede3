"""An EOB's lines by keyboard, corrections, the same EOB twice, and everything else a paper prints."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import paper_kit as kit
from tests.ui.coverage_kit import Desk, claim, desk_over, people, plan
from tests.ui.paper_kit import ENTER, SPACE, TAB, Hand, press_save, retype
from tracker.domain.coverage.periods import ALL_TIME
from tracker.facts import (
    Claim,
    ClaimLink,
    ClaimStage,
    EobLine,
    EobVersion,
    Network,
    NetworkTier,
    PaidTo,
    Visit,
)
from tracker.services import rows
from tracker.services.bundle import Services
from ui.dialogs.eob_editor import EobEditor

DAY = date(2026, 9, 9)
SECONDS_A_KEY = 0.28
"""What somebody who types without being a typist takes for a key, thinking not counted."""


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def eleanor(desk: Desk) -> int:
    (person_id,) = people(desk.services, "Eleanor")
    held = plan(desk.services, [person_id])
    desk.services.plans.save(
        replace(
            held, member_number="BR-0042-1177", more_tiers=(NetworkTier(code="PREF", name="preferred"),)
        ),
        insurer="BlueRiver Health",
    )
    return person_id


def opened(qtbot: QtBot, desk: Desk, **how: Claim | None) -> EobEditor:
    return kit.show(qtbot, desk, EobEditor(desk.context, None, **how))


def stored(desk: Desk) -> list[Claim]:
    found = desk.services.claims.claims(ALL_TIME)
    return [desk.services.claims.get(one.id or 0) for one in found]


def start(qtbot: QtBot, editor: EobEditor, provider: str = "Quest Labs", day: str = "9/9/2026") -> None:
    retype(qtbot, editor.provider.lineEdit(), provider)
    retype(qtbot, editor.service_from, day)


def typed_lines(qtbot: QtBot, editor: EobEditor, *rows: tuple[str | Qt.Key, ...]) -> Hand:
    editor.lines.button.setFocus()
    hand = Hand(qtbot)
    hand.type(SPACE)
    for row in rows:
        hand.type(*row, ENTER)
    return hand


# lines ----------------------------------------------------------------------------------


def test_a_four_line_eob_takes_less_than_a_minute_of_keys(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    claim(desk.services, eleanor, date(2026, 8, 1), "Quest Labs", category="LAB")
    editor = opened(qtbot, desk)
    hand = Hand(qtbot)
    begun = time.perf_counter()
    hand.type("BR0909E1", TAB, TAB, TAB, "9/9", TAB, TAB, "9/20", TAB, TAB, TAB, "Labs", TAB, SPACE)
    hand.type("Lipid panel", TAB, "80061", TAB, "112", TAB, "45.10", TAB, "10", TAB, TAB, TAB, TAB)
    hand.type("35.10", ENTER)
    hand.type("Liver panel", TAB, "80076", TAB, "98", TAB, "31.20", TAB, "31.20", TAB, TAB, TAB, TAB)
    hand.type("0", ENTER)
    hand.type("TSH", TAB, "84443", TAB, "120", TAB, "52.10", TAB, TAB, TAB, "8.42", TAB, TAB)
    hand.type("43.68", ENTER)
    hand.type("Vitamin D", TAB, "82306", TAB, "82", TAB, "0", TAB, TAB, TAB, TAB, "82", TAB, "0", ENTER)
    hand.type(ENTER)  # the empty line: on to the totals, which the lines have filled
    assert QApplication.focusWidget() is editor.amounts.edits["billed"]
    assert editor.amounts.check.text() == "Adds up: you owe $131.62."
    hand.type(ENTER)
    machine = time.perf_counter() - begun
    assert not editor.isVisible()
    assert hand.keys * SECONDS_A_KEY + machine < 60, hand.keys
    assert machine / hand.keys < 0.05  # the window never lags behind the fingers
    made = stored(desk)[-1]
    assert (made.claim_number, made.category) == ("BR0909E1", "LAB")
    assert (made.billed, made.allowed, made.plan_paid) == (412_00, 128_40, 78_78)
    assert (made.deductible, made.copay, made.coinsurance) == (41_20, None, 8_42)
    assert (made.not_covered, made.you_owe) == (82_00, 131_62)
    assert made.lines[2] == EobLine(
        description="TSH", code="84443", billed=120_00, allowed=52_10, coinsurance=8_42, plan_paid=43_68
    )
    desk.context.undo()
    assert len(stored(desk)) == 1


def test_totals_that_were_typed_stay_and_are_marked(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.amounts.edits["billed"], "413.55")
    typed_lines(qtbot, editor, ("Panel", TAB, "80061", TAB, "200"), ("TSH", TAB, TAB, "212"))
    assert editor.amounts.edits["billed"].text() == "413.55"
    assert editor.amounts.off["billed"].text() == "Off by $1.55"
    assert editor.amounts.off["billed"].isVisible()
    retype(qtbot, editor.amounts.edits["billed"], "412")
    assert not editor.amounts.off["billed"].isVisible()
    retype(qtbot, editor.amounts.edits["billed"], "413.55")
    press_save(qtbot, editor)
    assert stored(desk)[0].billed == 413_55  # marked, never corrected


def test_totals_follow_the_lines_until_somebody_types_them(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    typed_lines(qtbot, editor, ("Panel", TAB, TAB, "200"))
    assert editor.amounts.edits["billed"].text() == "200.00"
    editor.lines.paper.table.go_to_cell(0, 6)
    qtbot.keyClick(editor.lines.paper.table, Qt.Key.Key_Delete)
    assert editor.amounts.edits["billed"].text() == ""
    editor.lines.paper.table.go_to_cell(0, 6)
    Hand(qtbot).type("300", ENTER)
    retype(qtbot, editor.amounts.edits["billed"], "310")
    editor.lines.paper.table.type_into(0, 6)
    Hand(qtbot).type("305", ENTER)
    assert editor.amounts.edits["billed"].text() == "310.00"
    assert editor.amounts.off["billed"].text() == "Off by $5.00"
    editor.reject()


def test_reversals_and_odd_lines_are_accepted_and_marked(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    typed_lines(
        qtbot,
        editor,
        ("Panel", TAB, "80061", TAB, "112", TAB, "45.10", TAB, "15", TAB, TAB, TAB, TAB, "35.10"),
        ("Panel", TAB, "80061", TAB, "-112", TAB, "(45.10)", TAB, "-10", TAB, TAB, TAB, TAB, "-35.10"),
        ("Panel", TAB, "80061", TAB, "120"),
    )
    said = editor.lines.paper.said.text()
    assert "Line 1: allowed is $45.10; plan paid and your share add to $50.10." in said
    assert "Line 2 is a reversal." in said
    press_save(qtbot, editor)
    made = stored(desk)[0]
    assert [line.billed for line in made.lines] == [112_00, -112_00, 120_00]
    assert (made.billed, made.deductible) == (120_00, 5_00)


def test_a_cell_that_means_nothing_stays_open_with_its_sentence(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    typed_lines(qtbot, editor, ("Panel", TAB, TAB, "1e5"))
    table = editor.lines.paper.table
    assert table.editing
    press_save(qtbot, editor)
    assert "cannot be read yet" in editor.form.field("lines").complaint()
    assert stored(desk) == []
    assert table.editing
    editor.reject()


def test_control_enter_saves_from_inside_a_cell(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    typed_lines(qtbot, editor, ("Panel", TAB, TAB, "112"))
    Hand(qtbot).type("TSH")
    where = QApplication.focusWidget()
    assert where is not None
    qtbot.keyClick(where, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert [line.description for line in stored(desk)[0].lines] == ["Panel", "TSH"]


def test_lines_pasted_under_their_headings(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    editor.lines.button.click()
    QApplication.clipboard().setText(
        "Service date\tCPT\tDescription\tModifiers\tAmount billed\tAllowed amount\tYou may owe\n"
        "9/9/2026\t80061\tLipid panel\t90\t$112.00\t$45.10\t10\n"
        "9/9/2026\t84443\tTSH\t\t$120.00\tpending\t(5.00)\n"
    )
    table = editor.lines.paper.table
    table.setFocus()
    editor.lines.paper.table.closePersistentEditor(table.currentIndex())
    table.pasted.emit([line.split("\t") for line in QApplication.clipboard().text().splitlines()])
    assert not table.isColumnHidden(4)  # the day is needed now
    assert "Pasted row 2, allowed" in editor.form.field("lines").complaint()
    press_save(qtbot, editor)
    assert stored(desk)[0].lines == (
        EobLine(
            description="Lipid panel",
            code="80061",
            modifiers="90",
            service_on=DAY,
            billed=112_00,
            allowed=45_10,
            you_owe=10_00,
        ),
        EobLine(description="TSH", code="84443", service_on=DAY, billed=120_00, you_owe=-5_00),
    )


def test_reason_codes_are_said_in_quiet_words(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    assert not editor.codes.isVisible()
    retype(qtbot, editor.reasons, "co45 PR-1")
    words = editor.codes.text()
    assert "CO-45: " in words
    assert "PR-1: " in words
    assert "CO and PI never increase what you owe; PR does." in words
    typed_lines(qtbot, editor, ("Panel", *[TAB] * 10, "banana N130"))
    assert "\u201cbanana\u201d is not a reason code" in editor.codes.text()
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert (made.reasons, made.lines[0].reasons) == ("co45 PR-1", "banana N130")


# the same EOB twice, corrections --------------------------------------------------------


def test_the_same_eob_is_said_before_it_is_saved_again(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    claim(desk.services, eleanor, DAY, claim_number="1E5", you_owe=43_75)
    editor = opened(qtbot, desk)
    start(qtbot, editor, day="9/10/2026")
    retype(qtbot, editor.claim_number, "100000")
    assert not editor.question.isVisible()  # 1E5 is no number
    retype(qtbot, editor.claim_number, "1e5")
    assert editor.question.banner.text() == (
        "Claim 1E5 is in the ledger already: Quest Labs, Sep 9, 2026, you owe $43.75."
    )
    press_save(qtbot, editor)
    assert len(stored(desk)) == 1
    assert editor.isVisible()
    editor.question.buttons["anyway"].click()
    press_save(qtbot, editor)
    assert [one.claim_number for one in stored(desk)] == ["1E5", "1e5"]
    assert [one.version for one in stored(desk)] == [EobVersion.ORIGINAL] * 2


def test_the_same_amounts_on_the_same_day_are_said_too(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    claim(desk.services, eleanor, DAY, billed=112_00, you_owe=43_75)
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.amounts.edits["you_owe"], "43.76")
    assert not editor.question.isVisible()
    retype(qtbot, editor.amounts.edits["you_owe"], "43.75")
    assert editor.question.isVisible()
    editor.reject()


def test_a_corrected_version_in_one_step_with_what_it_changes(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    first = claim(
        desk.services, eleanor, DAY, claim_number="7", plan_paid=20_00, copay=43_75, you_owe=43_75
    )
    bill = kit.bill(desk, eleanor, DAY, "Quest Labs", (date(2026, 10, 1), 43_75))
    desk.services.papers.link(ClaimLink(claim_id=first, bill_id=bill.id))
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.claim_number, "7")
    retype(qtbot, editor.amounts.edits["plan_paid"], "33.75")
    retype(qtbot, editor.amounts.edits["copay"], "30")
    assert "$0 \u2192 $30 of $6,000" not in editor.effect.lines.text()  # on top of the first
    editor.question.buttons["corrects"].click()
    assert "You owe $43.75, now $30.00." in editor.correction.changes.text()
    assert "$0 \u2192 $30 of $6,000" in editor.effect.lines.text()
    press_save(qtbot, editor)
    before, after = stored(desk)
    assert (after.version, after.replaces_id) == (EobVersion.ADJUSTMENT, before.id)
    papers = desk.services.papers.read()
    assert [one.id for one in papers.in_force] == [after.id]
    assert list(papers.matches.claims_of_bill(bill.id or 0)) == [after.id]  # the word on links goes on
    desk.context.undo()
    assert [one.id for one in stored(desk)] == [first]


def test_an_earlier_eob_is_chosen_and_taken_back_by_keyboard(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    claim(desk.services, eleanor, date(2026, 3, 3), "Inlet Clinic", you_owe=5_00)
    first = claim(desk.services, eleanor, DAY, billed=112_00, copay=43_75, you_owe=43_75)
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.amounts.edits["billed"], "-112")
    retype(qtbot, editor.amounts.edits["copay"], "-43.75")
    press_save(qtbot, editor)
    assert "void" in editor.amounts.complaint.text()
    editor.more.show_all()
    retype(qtbot, editor.correction.earlier.lineEdit(), "Sep 9")
    editor.note.setFocus()
    assert editor.correction.chosen_id() == first
    editor.correction.void.setFocus()
    Hand(qtbot).type(SPACE)
    assert editor.correction.changes.text() == "The EOB of $43.75 counts no more."
    assert "A void EOB counts toward nothing." in editor.effect.lines.text()
    press_save(qtbot, editor)
    made = stored(desk)[-1]
    assert (made.version, made.replaces_id, made.billed) == (EobVersion.VOID, first, -112_00)
    assert [one.you_owe for one in desk.services.papers.read().in_force] == [5_00]


def test_the_decision_on_an_open_claim_changes_that_claim(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    number = claim(
        desk.services,
        eleanor,
        DAY,
        claim_number="77",
        stage=ClaimStage.SUBMITTED,
        processed_on=None,
        submitted_on=DAY + timedelta(days=1),
        note="Sent by fax",
        lines=(EobLine(description="Panel", code="80061"),),
    )
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.claim_number, "77")
    retype(qtbot, editor.amounts.edits["copay"], "30")
    assert "not decided yet" in editor.question.banner.text()
    editor.question.buttons["decides"].click()
    press_save(qtbot, editor)
    (made,) = stored(desk)
    assert (made.id, made.stage, made.you_owe) == (number, ClaimStage.PROCESSED, 30_00)
    assert (made.submitted_on, made.note) == (DAY + timedelta(days=1), "Sent by fax")
    assert made.lines == (EobLine(description="Panel", code="80061"),)


def test_an_eob_is_not_offered_to_correct_itself_or_what_corrects_it(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    first = claim(desk.services, eleanor, DAY, you_owe=1_00)
    second = claim(desk.services, eleanor, DAY, you_owe=2_00, replaces_id=first)
    other = claim(desk.services, eleanor, date(2026, 3, 3), "Inlet Clinic", you_owe=3_00)
    offered = {
        number: set(opened(qtbot, desk, claim=desk.services.claims.get(number)).correction._claims)
        for number in (first, second)
    }
    assert offered == {first: {other}, second: {first, other}}
    for form in desk.kept:
        form.reject()  # type: ignore[attr-defined]


# the rest -------------------------------------------------------------------------------


def an_import(desk: Desk) -> int:
    """Some import, as the one that brought an EOB."""
    with desk.services.ledger.write("Import") as work:
        from tracker.storage import schema

        values = {"at": "2026-03-20T10:00:00+00:00", "note": ""}
        work.new_id = rows.put(work.connection, schema.import_batch, None, values)
    return work.new_id


def whole_claim(desk: Desk, eleanor: int) -> Claim:
    """An EOB in which every field says something."""
    earlier = claim(desk.services, eleanor, DAY, "Bayview Hospital", you_owe=1_00)
    visit = desk.services.care.save_visit(
        Visit(person_id=eleanor, provider_id=0, visited_on=DAY), provider="Dr. Iyer", facility="Bay Clinic"
    )
    names = {one.name: one.id for one in desk.services.people.providers()}
    number = claim(
        desk.services,
        eleanor,
        DAY,
        "Bayview Hospital",
        claim_number="0012",
        network=Network.OUT,
        protected=True,
        category="RX4",
        description="Infusion",
        service_to=DAY + timedelta(days=1),
        processed_on=DAY + timedelta(days=9),
        billed=500_00,
        allowed=300_00,
        plan_paid=100_00,
        deductible=50_00,
        copay=25_00,
        coinsurance=75_00,
        not_covered=10_00,
        you_owe=165_00,
        assistance=20_00,
        assistance_counts=False,
        note="Two\nlines",
        eob_number="E-9",
        version=EobVersion.ADJUSTMENT,
        replaces_id=earlier,
        stage=ClaimStage.DENIED,
        submitted_on=DAY + timedelta(days=2),
        received_on=DAY + timedelta(days=3),
        eob_on=DAY + timedelta(days=10),
        got_on=DAY + timedelta(days=14),
        member_number="BR-0042-1177-01",
        rendering_id=names["Dr. Iyer"],
        facility_id=names["Bay Clinic"],
        visit_id=visit.new_id,
        other_paid=40_00,
        penalty=5_00,
        may_bill=200_00,
        paid_to=PaidTo.MEMBER,
        payment_reference="CHK 5",
        appeal_by=date(2027, 3, 18),
        reasons="CO-45",
        record_id="eob-1",
        import_id=an_import(desk),
        lines=(
            EobLine(
                description="Infusion",
                code="96365",
                modifiers="59",
                units=3,
                service_on=DAY,
                category="RX4",
                billed=500_00,
                allowed=300_00,
                plan_paid=100_00,
                deductible=50_00,
                copay=25_00,
                coinsurance=75_00,
                not_covered=10_00,
                you_owe=160_00,
                reasons="PR-1",
            ),
            EobLine(description="Reversal", billed=-5_00),
        ),
    )
    return desk.services.claims.get(number)


def test_saving_an_eob_loses_no_field(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    held = whole_claim(desk, eleanor)
    bare = Claim(person_id=0, provider_id=0, service_from=DAY)
    same = {one.name for one in fields(Claim) if getattr(held, one.name) == getattr(bare, one.name)}
    assert same == {"service_from", "tier"}  # a tier is one of the contracted networks
    editor = opened(qtbot, desk, claim=held)
    assert editor.more.shown
    assert editor.lines.shown
    press_save(qtbot, editor)
    assert stored(desk)[-1] == held
    again = opened(qtbot, desk, claim=held)
    retype(qtbot, again.description, "Infusion, second")
    press_save(qtbot, again)
    assert stored(desk)[-1] == replace(held, description="Infusion, second")


def test_an_eob_known_from_a_list_keeps_its_lines(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    held = whole_claim(desk, eleanor)
    listed = next(one for one in desk.services.claims.claims(ALL_TIME) if one.id == held.id)
    assert listed.lines == ()
    editor = opened(qtbot, desk, claim=listed)
    press_save(qtbot, editor)
    assert stored(desk)[-1] == held


def test_the_tier_of_a_plan_stays_as_well(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    held = desk.services.claims.get(
        claim(desk.services, eleanor, DAY, tier="PREF", copay=5_00, you_owe=5_00)
    )
    editor = opened(qtbot, desk, claim=held)
    press_save(qtbot, editor)
    assert stored(desk) == [held]


def test_another_member_number_is_said_and_saved(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    editor.more.show_all()
    hint = editor.form.field("member_number")._hint
    retype(qtbot, editor.rest.member_number, "br 0042 1177")
    assert not hint.isVisible()
    retype(qtbot, editor.rest.member_number, "BR-0042-1178")
    assert hint.text() == "BlueRiver PPO 2000 has BR-0042-1177. Is this EOB yours?"
    press_save(qtbot, editor)
    assert stored(desk)[0].member_number == "BR-0042-1178"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("received_on", "9/9/2026", "before it was submitted"),
        ("got_on", "12/1/2026", "lies in the future"),
        ("eob_on", "9/1/2026", "before the service"),
        ("appeal_by", "2026-02-30", "not a day of the calendar"),
        ("penalty", "-5", "cannot be negative"),
        ("may_bill", "abc", "is not an amount"),
        ("visit_id", "nowhere", "is not in the list"),
        ("eob_number", "9" * 201, "200 is the most"),
    ],
)
def test_what_cannot_be_saved_behind_more_is_shown_beside_its_field(
    qtbot: QtBot, desk: Desk, eleanor: int, field: str, text: str, words: str
) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    editor.rest.days["submitted_on"].set_day(DAY + timedelta(days=1))
    edit = editor.form.field(field).widget
    edit = getattr(edit, "lineEdit", lambda found=edit: found)()
    edit.selectAll()
    edit.insert(text)
    press_save(qtbot, editor)
    assert words in editor.form.field(field).complaint()
    assert editor.form.field(field).isVisible()
    assert edit.text() == text
    assert stored(desk) == []
    editor.reject()


def test_what_is_not_decided_counts_toward_nothing_yet(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    retype(qtbot, editor.amounts.edits["copay"], "30")
    assert "$30" in editor.effect.lines.text()
    editor.rest.stage.choose(ClaimStage.PENDED.value)
    editor.rest.stage.activated.emit(2)
    assert editor.effect.lines.text() == "It counts once the insurer has decided."
    press_save(qtbot, editor)
    assert stored(desk)[0].stage is ClaimStage.PENDED


def test_other_insurance_and_a_penalty_belong_to_the_sums(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    start(qtbot, editor)
    for name, text in {"allowed": "100", "plan_paid": "50", "copay": "20"}.items():
        retype(qtbot, editor.amounts.edits[name], text)
    assert "add to $70.00" in editor.amounts.check.text()
    editor.more.show_all()
    retype(qtbot, editor.rest.amounts["other_paid"], "30")
    assert editor.amounts.check.text() == "Adds up: you owe $20.00."
    editor.reject()


def test_a_closed_form_with_an_open_cell_leaves_nothing_behind(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    typed_lines(qtbot, editor, ("Panel", TAB, TAB, "112"))
    Hand(qtbot).type("abc")
    editor.reject()
    assert stored(desk) == []
    assert desk.problems == []
