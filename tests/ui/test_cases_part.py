"""The cases on Claims: opening them by kind, the board and the list, steps, days, money, closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.cases_kit import Drawer, complaints, drawer, opened
from tests.ui.coverage_kit import Desk, desk_over
from tracker.domain.claims.cases import opening_steps
from tracker.domain.claims.dispute_steps import Step
from tracker.domain.claims.superbill import GATE
from tracker.facts import (
    Authorization,
    Authorized,
    BillShare,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    CaseStep,
    Deadline,
    Payment,
    StepOutcome,
    Submission,
    Turn,
)
from tracker.services.bundle import Services
from ui.dialogs.case_close import CloseCaseDialog
from ui.dialogs.case_deadline import DeadlineDialog
from ui.dialogs.case_editor import CaseEditor
from ui.dialogs.case_step import CaseStepDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.snooze import SnoozeDialog
from ui.pages.claims_case_board import MOST
from ui.pages.claims_cases import BOARD, LIST, CasesPart


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def papers(desk: Desk) -> Drawer:
    return drawer(desk)


@pytest.fixture
def part(desk: Desk, papers: Drawer, qtbot: QtBot) -> CasesPart:
    made = CasesPart(desk.context)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    return made


def new(kind: CaseKind, title: str = "", **more: object) -> Case:
    values: dict[str, object] = {"kind": kind, "title": title, "opened_on": TODAY}
    return Case(**(values | more))  # type: ignore[arg-type]


def show(part: CasesPart, desk: Desk) -> None:
    part.show_papers(desk.services.papers.read())
    QApplication.processEvents()


def form_of(owner: QWidget, kind: type[QWidget]) -> QWidget:
    """The form that is open over a widget."""
    found = [form for form in owner.findChildren(kind) if form.isVisible()]
    assert len(found) == 1
    return found[0]


def editor(desk: Desk, qtbot: QtBot, prefill: Case | None = None, case: Case | None = None) -> CaseEditor:
    made = CaseEditor(desk.context, prefill=prefill, case=case)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


# opening ---------------------------------------------------------------------------------


def test_the_mri_is_disputed_in_one_enter(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    form = editor(desk, qtbot, new(CaseKind.DISPUTE, bill_id=papers.bill))
    assert form.fields.provider.text() == "Harbor Imaging"
    assert form.fields.at_stake.text() == "85.00"
    qtbot.keyClick(form.fields.title, Qt.Key.Key_Return)
    (case,) = desk.services.cases.all()
    assert case.title == "Dispute, Harbor Imaging $85.00"
    assert (case.bill_id, case.claim_id, case.at_stake) == (papers.bill, papers.mri, 8_500)
    assert [step.leads_to for step in case.steps] == [2, 3]
    assert (case.turn, case.plan_id) == (Turn.ME, papers.plan)
    assert desk.services.papers.read().verdicts[papers.bill].words == "Disputed; pay $215.00"


def test_an_appeal_sets_its_day_by_the_receipt(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    form = editor(desk, qtbot, new(CaseKind.APPEAL, claim_id=papers.denied))
    assert "Internal appeal by May 9, 2027" in form.days.text()
    qtbot.keyClicks(form.fields.received_on, "11/22/2026")
    qtbot.keyClick(form.fields.received_on, Qt.Key.Key_Tab)
    assert "Internal appeal by May 21, 2027" in form.days.text()
    form.save_button.click()
    (case,) = desk.services.cases.all()
    assert [(day.label, day.do_by) for day in case.deadlines] == [("Internal appeal", date(2027, 5, 21))]
    assert case.steps[-1].leads_to == Step.APPEAL
    assert case.at_stake == 64_000


def test_an_estimate_dispute_says_whether_it_qualifies(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    bill = desk.services.care.bill(papers.bill)
    for estimate, words in ((145_000, "You can start a dispute"), (145_001, "A dispute needs $400")):
        desk.services.care.save_bill(
            replace(bill, estimate=estimate, self_pay=True), provider="Harbor Imaging"
        )
        form = editor(desk, qtbot, new(CaseKind.ESTIMATE_DISPUTE, bill_id=papers.bill))
        assert words in form.says.text()
        assert "Good-faith-estimate dispute by Mar 16, 2027" in form.days.text()
        form.reject()


def test_each_kind_asks_only_for_what_it_needs(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    form = editor(desk, qtbot)
    for kind, shown, hidden in (
        (CaseKind.DISPUTE, ("start", "at_stake"), ("level", "gate", "stands", "ticks")),
        (CaseKind.APPEAL, ("level", "expedited"), ("start", "gate", "ticks")),
        (CaseKind.REIMBURSEMENT, ("gate", "charge", "sent_on"), ("start", "stands", "at_stake")),
        (CaseKind.AUTHORIZATION, ("codes", "units", "facility_id"), ("gate", "linked", "ticks")),
        (CaseKind.REFERRAL, ("units", "requested_by"), ("codes", "facility_id")),
        (CaseKind.COVERAGE_CHECK, ("ticks", "planned_on"), ("stands", "at_stake")),
    ):
        form.fields.kind.choose(kind.value)
        form.fields.kind.edited.emit()
        for name in shown:
            assert not form.form.field(name).isHidden(), (kind, name)
        for name in hidden:
            assert form.form.field(name).isHidden(), (kind, name)


def test_the_lists_are_ticked_in_the_form(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    form = editor(desk, qtbot, new(CaseKind.APPOINTMENT))
    form.save_button.click()
    assert complaints(form) == ["The title is missing. Say what it is about."]
    form.fields.provider.set_text("Dr. Iyer")
    qtbot.mouseClick(form.fields.ticks.box("documents.card"), Qt.MouseButton.LeftButton)
    form.fields.planned_on.set_day(date(2026, 12, 3))
    form.save_button.click()
    (case,) = desk.services.cases.all()
    assert case.ticked == ("documents.card",)
    assert [(day.label, day.do_by) for day in case.deadlines] == [("Appointment", date(2026, 12, 3))]


def test_a_superbill_says_what_is_missing(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    form = editor(desk, qtbot, new(CaseKind.REIMBURSEMENT, bill_id=papers.bill))
    assert form.fields.gate_words.text().startswith("12 missing.")
    for field in GATE:
        if field.code not in ("codes", "licence", "referring"):
            form.fields.gate.box(field.code).click()
    assert form.fields.gate_words.text() == (
        "1 missing. From the practice: Procedure codes with modifiers and units."
    )
    form.fields.channel.choose("mail")
    form.save_button.click()
    assert complaints(form) == ["The day it was sent is missing. Type it."]
    form.fields.channel.choose("")
    form.fields.filing_days.setText("90")
    form._refresh()
    assert "Claim you send yourself by Jan 12, 2027" in form.days.text()
    form.save_button.click()
    (case,) = desk.services.cases.all()
    assert case.submission is not None
    assert (case.submission.charge, len(case.submission.gate)) == (185_000, 11)
    assert case.title == "Reimbursement, Harbor Imaging $1,850.00"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("units", "none", "That is a whole number"),
        ("units_used", "-1", "That is a whole number"),
        ("valid_to", "1/1/2025", "It ends before it begins"),
        ("codes", "x" * 201, "characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    desk: Desk, papers: Drawer, qtbot: QtBot, field: str, typed: str, words: str
) -> None:
    form = editor(desk, qtbot, new(CaseKind.AUTHORIZATION, "MRI"))
    form.fields.valid_from.set_day(date(2026, 1, 1))
    getattr(form.fields, field).setText(typed)
    form.save_button.click()
    assert words in " ".join(complaints(form))
    assert getattr(form.fields, field).text() == typed
    assert desk.services.cases.all() == []


def test_changing_a_case_keeps_its_steps_and_days(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    before = opened(desk, new(CaseKind.APPEAL, claim_id=papers.denied))
    form = editor(desk, qtbot, case=before)
    form.fields.title.setText("ER appeal")
    form.save_button.click()
    (after,) = desk.services.cases.all()
    assert after == replace(before, title="ER appeal")


# the board and the list ------------------------------------------------------------------


def test_an_empty_part_says_what_cases_are_for(part: CasesPart, desk: Desk) -> None:
    show(part, desk)
    assert part.empty_card.isVisible()
    assert not part.head.isVisible()
    part.empty.button.click()
    form_of(part, CaseEditor).close()


def test_the_board_goes_by_whose_turn_it_is(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    sent = Submission(charge=42_000, sent_on=date(2026, 11, 10), gate=tuple(f.code for f in GATE))
    opened(desk, new(CaseKind.REIMBURSEMENT, "Therapy", submission=sent))
    opened(
        desk,
        new(
            CaseKind.REFERRAL,
            "Cardiology",
            authorization=Authorization(requested_on=date(2026, 11, 20)),
        ),
    )
    done = opened(desk, new(CaseKind.COVERAGE_CHECK, "MRI"))
    desk.services.cases.close(done.id or 0, CaseOutcome.DONE, on=TODAY)
    show(part, desk)
    titles = {
        turn: [tile.row.title for tile in part.board.tiles(turn)]
        for turn in (Turn.ME, Turn.PROVIDER, Turn.INSURER, Turn.NOBODY)
    }
    assert titles == {
        Turn.ME: ["Dispute, Harbor Imaging $85.00"],
        Turn.PROVIDER: ["Cardiology"],
        Turn.INSURER: ["Therapy"],
        Turn.NOBODY: ["MRI"],
    }
    assert part.totals.text() == "At stake $85.00  \u00b7  Recovered $0.00"


def test_a_tile_opens_with_the_keyboard(part: CasesPart, desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    second = opened(desk, new(CaseKind.APPEAL, claim_id=papers.denied))
    show(part, desk)
    tile = next(tile for tile in part.board.tiles(Turn.ME) if tile.row.key == second.id)
    with qtbot.waitSignal(part.opened):
        qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert part.view.row is not None
    assert part.view.row.key == second.id


def test_a_long_column_leads_to_the_list(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    for number in range(MOST + 2):
        desk.services.cases.save(new(CaseKind.COVERAGE_CHECK, f"Check {number}"))
    show(part, desk)
    assert len(part.board.tiles(Turn.ME)) == MOST
    part.board.all_asked.emit()
    assert part.views.key() == LIST
    assert part.table.isVisible()
    assert len(part.model.rows) == MOST + 2


def test_the_list_filters_opens_and_removes(
    part: CasesPart, desk: Desk, papers: Drawer, qtbot: QtBot
) -> None:
    opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    opened(desk, new(CaseKind.APPEAL, claim_id=papers.denied))
    part.views.choose(LIST)
    show(part, desk)
    qtbot.keyClicks(part.filter, "appeal luke")
    assert [row.kind for row in part.model.rows] == ["Appeal"]
    part.filter.setText("nothing like it")
    assert part.no_match.isVisible()
    part.filter.clear()
    part.table.select_key(part.model.key_at(0))
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    assert len(desk.services.cases.all()) == 1
    desk.context.undo()
    assert len(desk.services.cases.all()) == 2


def test_a_case_asked_for_before_it_is_read_opens_when_it_is(
    part: CasesPart, desk: Desk, papers: Drawer
) -> None:
    opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    second = opened(desk, new(CaseKind.APPEAL, claim_id=papers.denied))
    part.open_case(second.id or 0)
    show(part, desk)
    assert part.view.row is not None
    assert part.view.row.key == second.id
    part.open_case(99_999)
    assert part.view.row.key == second.id


def test_odd_names_and_large_amounts_fit(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    title = "\u05e9\u05dc\u05d5\u05dd \U0001f9fe " + "x" * 190
    case = new(CaseKind.DISPUTE, title, at_stake=999_999_999_999)
    desk.services.cases.save(replace(case, steps=opening_steps(case)))
    show(part, desk)
    assert part.totals.text().startswith("At stake $9,999,999,999.99")
    (tile,) = part.board.tiles(Turn.ME)
    assert tile.minimumSizeHint().width() < 1_000
    assert tile.accessibleName() == title


# one case --------------------------------------------------------------------------------


def test_a_dispute_shows_all_eleven_steps_and_what_it_hangs_on(
    part: CasesPart, desk: Desk, papers: Drawer
) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    desk.services.cases.save_call(
        Call(called_on=TODAY, said="Wait", case_id=case.id, check_on=TODAY), organisation="Harbor Imaging"
    )
    show(part, desk)
    view = part.view
    texts = view.steps.texts()
    assert len(texts) == 11
    assert texts[0] == ("EOB and/or bill received", "Done Nov 22, 2026")
    assert texts[2] == ("Patient contacts concierge practice", "Now")
    assert view.about.texts() == [
        "Bill, Harbor Imaging asks $300.00",
        "EOB BR7741, Harbor Imaging",
    ]
    view.about.button(0, "Show").click()
    assert desk.shell.went == [("claims", ("bill", papers.bill))]
    assert view.calls.texts()[0].startswith("Nov 22, 2026, Harbor Imaging: Wait")
    view.calls.button(0, "Checked").click()
    assert desk.services.cases.calls()[0].checked


def test_the_next_step_moves_the_case_and_its_days(
    part: CasesPart, desk: Desk, papers: Drawer, qtbot: QtBot
) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    show(part, desk)
    qtbot.mouseClick(part.view.next_button, Qt.MouseButton.LeftButton)
    form = form_of(part, CaseStepDialog)
    assert isinstance(form, CaseStepDialog)
    assert form.way.words == "They have it: they review the bill."
    form.spoke_with.setText("Dana")
    form.promise.setText("A corrected bill")
    form.promised_by.set_day(date(2026, 12, 1))
    qtbot.keyClick(form.spoke_with, Qt.Key.Key_Return)
    show(part, desk)
    assert desk.services.cases.get(case.id or 0).turn is Turn.PROVIDER
    assert part.view.row is not None
    assert part.view.row.standing.follow_up_on == date(2026, 12, 1)
    assert part.view.log.texts() == ["Dana, promised A corrected bill, by Dec 1, 2026"]
    desk.context.undo()
    assert len(desk.services.cases.get(case.id or 0).steps) == 2


def test_a_skip_needs_its_reason(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    show(part, desk)
    part.view.next_button.click()
    form = form_of(part, CaseStepDialog)
    assert isinstance(form, CaseStepDialog)
    skip = next(way for way in form._ways if way.outcome is StepOutcome.SKIPPED and way.to == 10)
    form.what.choose(skip.key)
    form.what.edited.emit()
    form.save_button.click()
    assert form.form.field("reason").complaint() == "A reason is missing. Say in a few words why."
    form.reason.setText("The practice is closed")
    form.save_button.click()
    assert desk.services.cases.get(case.id or 0).steps[-1].leads_to == Step.APPEAL


def test_a_denial_puts_down_the_appeal_and_its_filing_the_decision(
    part: CasesPart, desk: Desk, papers: Drawer
) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    at_insurer = CaseStep(number=7, leads_to=8, done_on=TODAY)
    desk.services.cases.save(replace(case, steps=(*case.steps, at_insurer)))
    for outcome, labels in (
        (StepOutcome.DENIED, ["Internal appeal"]),
        (StepOutcome.FILED, ["Appeal decision"]),
    ):
        show(part, desk)
        part.view.next_button.click()
        form = form_of(part, CaseStepDialog)
        assert isinstance(form, CaseStepDialog)
        form.what.choose(next(way.key for way in form._ways if way.outcome is outcome))
        form.what.edited.emit()
        assert f"Puts down: {labels[0]}" in form.leads.text()
        form.save_button.click()
        show(part, desk)
        assert part.view.row is not None
        assert [day.label for day in part.view.row.standing.days] == labels


def test_the_last_step_closes_a_dispute(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    answered = CaseStep(number=4, leads_to=5, done_on=TODAY)
    desk.services.cases.save(replace(case, steps=(*case.steps, answered)))
    show(part, desk)
    part.view.next_button.click()
    form = form_of(part, CaseStepDialog)
    assert isinstance(form, CaseStepDialog)
    form.what.choose(next(way.key for way in form._ways if way.outcome is StepOutcome.EXPLAINED))
    form.save_button.click()
    shut = desk.services.cases.get(case.id or 0)
    assert (shut.outcome, shut.closed_on, shut.turn) == (CaseOutcome.DONE, TODAY, Turn.NOBODY)


def test_days_are_added_changed_and_ticked_off(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    case = opened(desk, new(CaseKind.APPEAL, claim_id=papers.denied))
    show(part, desk)
    part.view.days.button(0, "Change").click()
    form = form_of(part, DeadlineDialog)
    assert isinstance(form, DeadlineDialog)
    form.do_by.set_day(date(2027, 6, 1))
    form.save_button.click()
    assert "lies before" in form.form.field("last_day").complaint()
    form.last_day.set_day(date(2027, 6, 1))
    form.save_button.click()
    (day,) = desk.services.cases.get(case.id or 0).deadlines
    assert (day.do_by, day.last_day) == (date(2027, 6, 1), date(2027, 6, 1))
    assert day.why.startswith("You set this day. By the rule:")
    show(part, desk)
    part.view.days.button(0, "Done").click()
    (day,) = desk.services.cases.get(case.id or 0).deadlines
    assert day.done_on == TODAY
    show(part, desk)
    part.view.add_day.click()
    form = form_of(part, DeadlineDialog)
    assert isinstance(form, DeadlineDialog)
    form.save_button.click()
    assert form.isVisible()
    form.label.setText("Send the records")
    form.do_by.set_day(date(2026, 12, 1))
    form.save_button.click()
    assert len(desk.services.cases.get(case.id or 0).deadlines) == 2


def test_closing_counts_what_was_recovered(
    part: CasesPart, desk: Desk, papers: Drawer, qtbot: QtBot
) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    show(part, desk)
    part.view.close_button.click()
    form = form_of(part, CloseCaseDialog)
    assert isinstance(form, CloseCaseDialog)
    assert form.recovered.text() == "85.00"
    qtbot.keyClick(form.recovered, Qt.Key.Key_Return)
    assert desk.services.cases.get(case.id or 0).recovered == 8_500
    show(part, desk)
    assert part.totals.text().endswith("Recovered $85.00")
    part.open_case(case.id or 0)
    assert not part.view.next_button.isVisible()


def test_ticking_a_list_is_stored_at_once(
    part: CasesPart, desk: Desk, papers: Drawer, qtbot: QtBot
) -> None:
    case = opened(desk, new(CaseKind.COVERAGE_CHECK, "MRI"))
    show(part, desk)
    qtbot.mouseClick(part.view.ticks.box("contact"), Qt.MouseButton.LeftButton)
    assert desk.services.cases.get(case.id or 0).ticked == ("contact",)
    show(part, desk)
    assert part.view.stands.text() == "1 of 8 done"
    desk.context.undo()
    assert desk.services.cases.get(case.id or 0).ticked == ()


def test_money_back_in_parts_leaves_the_rest_open(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    sent = Submission(
        charge=30_000, expected=10_000, sent_on=date(2026, 11, 17), gate=tuple(f.code for f in GATE)
    )
    bill = desk.services.care.bill(papers.bill)
    desk.services.claims.remove([papers.mri])
    opened(desk, new(CaseKind.REIMBURSEMENT, "MRI", bill_id=bill.id, submission=sent))
    desk.services.payments.save(
        Payment(
            paid_on=date(2026, 11, 21),
            amount=-4_000,
            bills=(BillShare(bill_id=papers.bill, amount=-4_000),),
        ),
        payee="BlueRiver Health",
    )
    show(part, desk)
    facts = part.view.money
    assert facts.value("Status") == "Partly paid"
    assert (facts.value("Received"), facts.value("Still missing")) == ("$40.00", "$60.00")
    assert facts.value("Net cost") == "$260.00"


def test_a_claim_outside_its_authorization_is_said(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    given = Authorization(
        stands=Authorized.APPROVED,
        number="A-55120",
        codes="73721",
        units=1,
        valid_from=date(2026, 10, 20),
        valid_to=date(2026, 12, 1),
    )
    opened(desk, new(CaseKind.AUTHORIZATION, "MRI knee", person_id=papers.person, authorization=given))
    show(part, desk)
    assert part.view.given.value("Number") == "A-55120"
    (words,) = part.view.fits.texts()
    assert words == "The care of Oct 14, 2026 lies outside its days, Oct 20, 2026 to Dec 1, 2026."


def test_documents_are_attached_to_a_case(
    part: CasesPart, desk: Desk, papers: Drawer, tmp_path: Path
) -> None:
    case = opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    show(part, desk)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4")
    part.view.documents.attach_asked.emit([letter])
    show(part, desk)
    assert part.view.documents.names() == ["letter.pdf"]
    assert len(part.acts.documents_of(case.id or 0)) == 1


def test_lists_and_steps_are_printed(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    for prefill in (
        new(CaseKind.APPOINTMENT, "Dr. Iyer"),
        new(CaseKind.COVERAGE_CHECK, "MRI"),
        new(CaseKind.DISPUTE, bill_id=papers.bill),
    ):
        case = opened(desk, prefill)
        part.open_case(case.id or 0)
        show(part, desk)
        assert part.view.row is not None
        assert part.acts.print_case(part.view.row.standing)
        form_of(part, PrintPreview).close()
    assert desk.problems == []


def test_the_views_are_remembered_and_switch(part: CasesPart, desk: Desk, papers: Drawer) -> None:
    opened(desk, new(CaseKind.DISPUTE, bill_id=papers.bill))
    show(part, desk)
    assert part.board.isVisible()
    part.views.choose(LIST)
    part._on_view(LIST)
    assert part.list_card.isVisible()
    assert not part.board.isVisible()
    part.views.choose(BOARD)
    part._on_view(BOARD)
    assert part.board.isVisible()


# putting off -----------------------------------------------------------------------------


def test_an_item_is_put_off_with_a_reason_and_brought_back(
    desk: Desk, papers: Drawer, qtbot: QtBot
) -> None:
    service = desk.services.attention
    item = next(item for item in service.all() if item.key.startswith("over:"))
    form = SnoozeDialog(desk.context, None, key=item.key, what=item.what)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    form.save_button.click()
    assert "Say why it can wait" in form.form.field("reason").complaint()
    qtbot.keyClicks(form.reason, "Waiting for the corrected bill")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert item.key not in [each.key for each in service.all()]
    (off,) = service.put_off()
    assert off.until == TODAY + timedelta(days=7)
    desk.context.undo()
    assert item.key in [each.key for each in service.all()]
    assert service.put_off() == []


def test_estimates_know_the_authorization_on_file(desk: Desk, papers: Drawer) -> None:
    from tracker.domain.coverage.estimate_question import Authorization as OnFile
    from tracker.domain.coverage.estimate_question import Question

    asked = Question(person_id=papers.person, category="IMAGING", on=date(2026, 11, 25))
    given = Authorization(
        stands=Authorized.APPROVED,
        category="IMAGING",
        valid_from=date(2026, 11, 1),
        valid_to=date(2026, 11, 30),
    )
    answer = desk.services.estimates.answer
    assert answer(asked).question.authorization is OnFile.NONE
    opened(desk, new(CaseKind.AUTHORIZATION, "MRI", person_id=papers.person, authorization=given))
    assert answer(asked).question.authorization is OnFile.ON_FILE
    late = replace(asked, on=date(2026, 12, 1))
    assert answer(late).question.authorization is OnFile.NONE
    assert answer(replace(asked, category="LAB")).question.authorization is OnFile.NONE


def test_a_day_that_is_near_is_in_the_list(desk: Desk, papers: Drawer) -> None:
    case = new(CaseKind.APPEAL, "ER", claim_id=papers.denied)
    near = Deadline(label="Internal appeal", do_by=TODAY + timedelta(days=5))
    desk.services.cases.save(replace(case, steps=opening_steps(case), deadlines=(near,)))
    item = next(item for item in desk.services.attention.all() if item.key.startswith("day:"))
    assert (item.what, item.page) == ("Internal appeal by Nov 27, 2026", "claims")
    assert item.case_id is not None


def test_days_go_into_a_calendar_file(part: CasesPart, desk: Desk, papers: Drawer, tmp_path: Path) -> None:
    opened(desk, new(CaseKind.APPEAL, claim_id=papers.denied))
    show(part, desk)
    path = tmp_path / "days.ics"
    part.acts.write_calendar(path)
    assert b"Internal appeal" in path.read_bytes()
    assert desk.shell.said[-1] == "Saved days.ics, 1 day."
    part.acts.write_calendar(tmp_path / "nowhere" / "days.ics")
    assert len(desk.problems) == 1


def test_the_practice_is_asked_for_what_the_superbill_lacks(
    part: CasesPart, desk: Desk, papers: Drawer
) -> None:
    opened(desk, new(CaseKind.REIMBURSEMENT, "Therapy", submission=Submission(charge=42_000)))
    show(part, desk)
    part.view.missing_button.click()
    preview = form_of(part, PrintPreview)
    preview.close()
    assert desk.problems == []


def test_sending_a_claim_starts_the_insurers_clock(desk: Desk, papers: Drawer, qtbot: QtBot) -> None:
    desk.services.claims.remove([papers.mri])
    before = opened(
        desk, new(CaseKind.REIMBURSEMENT, bill_id=papers.bill, submission=Submission(charge=42_000))
    )
    assert [day.label for day in before.deadlines] == ["Claim you send yourself"]
    form = editor(desk, qtbot, case=before)
    form.fields.channel.choose("fax")
    form.fields.sent_on.set_day(date(2026, 11, 20))
    form.save_button.click()
    after = desk.services.cases.get(before.id or 0)
    assert [(day.label, day.do_by) for day in after.deadlines[1:]] == [
        ("Claim decision", date(2026, 12, 20))
    ]
