"""The Claims page as a person uses it: by keyboard, by mouse, with the papers of the picture."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.claims_kit import Papers, add_bill, enter_the_picture
from tests.ui.coverage_kit import Desk, desk_over, people
from tests.ui.session_kit import session_over
from tracker.facts import (
    Bill,
    Call,
    Claim,
    ClaimStage,
    EobVersion,
    FindingState,
    Noun,
    Statement,
    StepOutcome,
    Turn,
    Visit,
)
from tracker.reports.attention import Action, Attention
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from ui.dialogs.case_editor import CaseEditor
from ui.dialogs.case_step import CaseStepDialog
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.sentences_why import SentencesWhy
from ui.pages.claims import CASES, FINDINGS, PAPERS, ClaimsPage
from ui.pages.claims_dismiss import DismissDialog, RecoveredDialog
from ui.pages.claims_link import LinkDialog
from ui.window_state import WindowState


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def picture(desk: Desk) -> Papers:
    return enter_the_picture(desk.services)


def shown(qtbot: QtBot, desk: Desk, width: int = 1121) -> ClaimsPage:
    page = ClaimsPage(desk.context)
    desk.kept.append(page)
    desk.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(width, 900)
    page.show()
    return page


def checks(page: ClaimsPage) -> list[tuple[str, str]]:
    return [(row.provider, row.check.words) for row in page.papers.rows]


def open_one(page: ClaimsPage, kind: type[QWidget]) -> QWidget:
    found = [each for each in page.findChildren(kind) if each.isVisible()]
    assert len(found) == 1, f"{len(found)} {kind.__name__} open"
    return found[0]


def click(button: QWidget) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# the table ------------------------------------------------------------------------------


def test_an_empty_ledger_says_what_the_page_is_for(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor Whitfield")
    page = shown(qtbot, desk)
    card = page.papers.card
    assert card.empty.isVisible()
    assert not card.table.isVisible()
    assert not page.papers.below.isVisible()
    click(card.empty.button)
    open_one(page, EobEditor).close()
    assert page.print_page() is False


def test_the_rows_of_the_picture(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    assert checks(page) == [
        ("Quest Labs", "Matches"),
        ("Harbor Imaging", "Bill $85.00 over"),
        ("Mobile PT of Portland", "47 days waiting"),
        ("Dr. Iyer, Cardiology", "Matches"),
        ("St. Luke's ER", "Paid"),
        ("Glow Med Spa", "Not covered"),
    ]
    model = page.papers.card.model
    texts = [[column.text(row) for column in model.columns] for row in model.rows]
    assert texts[1] == [
        "Oct 14",
        "Harbor Imaging",
        "Eleanor",
        "MRI knee",
        "$1,850.00",
        "$715.00",
        "$215.00",
        "Bill $85.00 over",
    ]
    assert [row[5] for row in texts] == [
        "$168.40",
        "$715.00",
        "not decided",
        "$182.00",
        "$1,120.00",
        "not covered",
    ]
    sums = {name: label.text() for name, label in page.papers.card.sums.values.items()}
    assert sums == {"Safe to pay today": "$815.00", "At stake": "$85.00", "Recovered": "$0.00"}


def test_the_first_row_that_needs_you_is_shown(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    assert page.papers.row is not None
    assert page.papers.row.provider == "Harbor Imaging"
    assert page.papers.detail._title.text() == "MRI knee, Harbor Imaging, Oct 14"


def test_arrow_keys_show_each_row(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.take_focus()
    table = page.papers.card.table
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert page.papers.row is not None
    assert page.papers.row.provider == "Mobile PT of Portland"
    assert page.papers.next.todo.labels[0].text().startswith("Call the insurer")
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert page.papers.row.provider == "Quest Labs"


def test_typing_filters_and_escape_takes_it_away(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.activateWindow()
    page.take_focus()
    QTest.keyClicks(page.papers.card.table, "h")
    words = page.head.filter
    QTest.keyClicks(words, "arbor 215")
    assert checks(page) == [("Harbor Imaging", "Bill $85.00 over")]
    assert page.papers.card.count.text() == "1 of 6"
    QTest.keyClicks(words, " nobody")
    assert page.papers.card.no_match.isVisible()
    assert not page.papers.below.isVisible()
    QTest.keyClick(words, Qt.Key.Key_Escape)
    assert len(page.papers.rows) == 6
    assert page.papers.below.isVisible()


def test_groups_filter_and_are_remembered(
    qtbot: QtBot, desk: Desk, picture: Papers, tmp_path: Path
) -> None:
    object.__setattr__(desk.context, "state", WindowState(tmp_path / "window.ini"))
    page = shown(qtbot, desk)
    groups = page.papers.card.groups.segments
    click(groups._group.button(1))
    assert [name for name, _words in checks(page)] == [
        "Harbor Imaging",
        "Mobile PT of Portland",
        "Glow Med Spa",
    ]
    click(groups._group.button(3))
    assert page.papers.card.no_match.isVisible()
    click(groups._group.button(4))
    assert checks(page) == [("St. Luke's ER", "Paid")]
    again = shown(qtbot, desk)
    assert checks(again) == [("St. Luke's ER", "Paid")]


def test_missing_papers_are_listed(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    old = Visit(person_id=picture.eleanor, provider_id=0, visited_on=TODAY - timedelta(days=46))
    desk.services.care.save_visit(old, provider="Riverside Family Doctors")
    page = shown(qtbot, desk)
    click(page.papers.card.groups.segments._group.button(5))
    assert checks(page) == [("Riverside Family Doctors", "EOB missing")]


def test_person_and_year_can_be_chosen(qtbot: QtBot, desk: Desk) -> None:
    eleanor, sam = people(desk.services, "Eleanor Whitfield", "Sam Whitfield")
    for person, day in ((eleanor, date(2026, 5, 5)), (sam, date(2026, 6, 6)), (sam, date(2025, 7, 7))):
        add_bill(desk.services, person, "Quest Labs", day, Statement(stated_on=day, amount=10_00))
    page = shown(qtbot, desk)
    assert page.head.person_edit.isVisible()
    assert page.head.year_edit.isVisible()
    page.head.person_edit.choose(str(sam))
    page.head.person_edit.edited.emit()
    assert len(page.papers.rows) == 2
    page.head.year_edit.choose("2025")
    page.head.year_edit.edited.emit()
    assert [row.service_on for row in page.papers.rows] == [date(2025, 7, 7)]
    page.arrive(("bill", 1))  # which the filters hide
    assert page.papers.row is not None
    assert page.papers.row.person_id == eleanor


def test_columns_sort(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    table = page.papers.card.table
    table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert [row.you_owe for row in page.papers.rows] == [600_00, 250_00, 215_00, 75_00, 41_12, None]
    assert page.papers.row is not None
    assert page.papers.row.provider == "Harbor Imaging"


def test_a_narrow_table_leaves_columns_out(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk, width=700)
    table = page.papers.card.table
    hidden = [
        column.heading
        for place, column in enumerate(page.papers.card.model.columns)
        if table.isColumnHidden(place)
    ]
    assert hidden == ["Person", "Billed", "Allowed"]


def test_enter_opens_and_delete_removes(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.take_focus()
    table = page.papers.card.table
    QTest.keyClick(table, Qt.Key.Key_Return)
    open_one(page, EobEditor).close()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert desk.shell.said == ["Remove 1 EOB"]
    assert ("Harbor Imaging", "Hold until the EOB") in checks(page)
    desk.context.undo()
    assert ("Harbor Imaging", "Bill $85.00 over") in checks(page)


# the detail -----------------------------------------------------------------------------


def test_three_columns_and_what_differs(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    compare = page.papers.detail.compare
    assert [heading.text() for heading in compare.headings] == ["Expected from your plan", "EOB", "Bill"]
    assert compare.text("Billed") == ("$1,850.00", "$1,850.00", "$1,850.00")
    assert compare.text("Allowed") == ("", "$715.00", "")
    assert compare.text("Discount") == ("", "$1,135.00", "$1,050.00")
    assert compare.text("Deductible") == ("$90.00", "$90.00", "")
    assert compare.text("Coinsurance 20%") == ("$125.00", "$125.00", "")
    assert compare.text("Plan paid") == ("$500.00", "$500.00", "$500.00")
    assert compare.text("You owe") == ("$215.00", "$215.00", "$300.00")
    assert compare.tone("You owe", 1) == ""
    assert compare.tone("You owe", 2) == "bad"
    assert "You owe: expected $215.00, EOB $215.00, bill $300.00, differs" in (
        compare.accessibleDescription()
    )
    assert page.papers.detail.verdict.text() == (
        "The EOB says you owe $215.00. The bill of Nov 2, 2026 asks $300.00. "
        "That is $85.00 more than you owe. Safe to pay today: $215.00."
    )
    facts = page.papers.detail._subtitle.text()
    assert "CPT 73721" in facts
    assert "prior authorization A-55120 on file" in facts
    assert "in network" in facts


def test_paying_what_is_safe(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    button = page.papers.detail.pay_button
    assert button.text() == "Pay $215.00"
    click(button)
    editor = open_one(page, PaymentEditor)
    assert isinstance(editor, PaymentEditor)
    assert editor.fields.amount.text() == "215.00"
    assert editor.fields.payee.text() == "Harbor Imaging"
    click(editor.save_button)
    ((payment, amount),) = desk.services.care.paid()[picture.mri_bill]
    assert (payment.amount, amount) == (215_00, 215_00)
    assert ("Harbor Imaging", "Bill $85.00 over") in checks(page)
    assert not button.isVisible()
    lines = page.papers.detail.filed.lines()
    assert [line.words for line in lines if line.section == "Payments"] == ["Paid $215.00 on Nov 22, 2026"]


def test_disputing_opens_a_case_at_its_third_step(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    button = page.papers.detail.dispute_button
    assert button.text() == "Dispute $85.00"
    click(button)
    editor = open_one(page, CaseEditor)
    assert isinstance(editor, CaseEditor)
    click(editor.save_button)
    (case,) = (case for case in desk.services.cases.all() if case.kind == "dispute")
    assert (case.bill_id, case.claim_id, case.at_stake) == (picture.mri_bill, picture.mri, 85_00)
    assert ("Harbor Imaging", "Disputed; pay $215.00") in checks(page)
    beside = page.papers.next
    assert beside._title.text() == "Dispute"
    texts = beside.steps.texts()
    assert len(texts) == 11
    assert texts[0] == ("EOB and/or bill received", "Nov 2")
    assert texts[1] == ("Patient reviews for discrepancy", "Nov 22")
    assert texts[2] == ("Patient contacts concierge practice", "next")
    assert all(said == "" for _name, said in texts[3:])
    assert "Ask again by Dec 6, 2026" in beside.follow.text()
    click(beside.record_button)
    dialog = open_one(page, CaseStepDialog)
    assert isinstance(dialog, CaseStepDialog)
    dialog.spoke_with.setText("Ana")
    dialog.reference.setText("R-12")
    dialog.promise.setText("a corrected bill")
    dialog.promised_by.setText("12/4/2026")
    click(dialog.save_button)
    step = desk.services.cases.get(case.id or 0).steps[-1]
    assert (step.number, step.outcome, step.spoke_with) == (3, StepOutcome.WENT_ON, "Ana")
    assert beside.steps.texts()[3] == ("Practice reviews billing", "next")
    assert desk.services.cases.get(case.id or 0).turn is Turn.PROVIDER
    assert "Promised: a corrected bill by Dec 4, 2026." in beside.follow.text()


def test_why_has_the_arithmetic_and_the_reason_codes(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    click(page.papers.detail.why_button)
    dialog = open_one(page, SentencesWhy)
    assert isinstance(dialog, SentencesWhy)
    parts = {part.partition("\n")[0]: part for part in dialog.text.split("\n\n")}
    assert "Safe to pay today: $215.00." in parts["The check"]
    assert "20% of $625.00 = $125.00." in parts["By your plan's terms"]
    assert "PR-1" in parts["Reason codes"]
    assert "CO and PI never increase what you owe; PR does." in parts["Reason codes"]
    click(dialog.copy_button)
    assert QGuiApplication.clipboard().text() == dialog.text
    assert dialog.copy_button.text() == "Copied"
    dialog.close()


def test_the_lines_of_an_eob_open(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    detail = page.papers.detail
    assert not detail.lines.isVisible()
    detail.lines_button.setFocus()
    QTest.keyClick(detail.lines_button, Qt.Key.Key_Return)
    assert detail.lines.isVisible()
    (line,) = detail._lines.rows
    assert (line.line.code, line.expected, line.differs) == ("73721", 215_00, False)
    assert detail.lines_button.text() == "Hide the EOB's 1 line"


def test_papers_say_why_they_belong_together(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    lines = page.papers.detail.filed.lines()
    (bill,) = (line for line in lines if line.section == "Bill")
    assert bill.words == "Bill H-7781 of Nov 2, 2026"
    assert "Due Dec 2, 2026." in bill.detail
    assert "Linked by 100 points: same provider, same day, same code, same amount billed." in bill.detail
    assert page.papers.detail.filed.sections() == ["EOB", "Bill", "Cases"]


def test_unlinking_and_linking_by_hand(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    filed = page.papers.detail.filed
    (unlink,) = (act for line in filed.lines() for act in line.acts if act.words == "Unlink")
    filed.asked.emit(unlink)
    assert ("Harbor Imaging", "Hold until the EOB") in checks(page)
    page.arrive(("claim", picture.mri))
    click(page.papers.detail.link_button)
    dialog = open_one(page, LinkDialog)
    assert isinstance(dialog, LinkDialog)
    click(dialog.save_button)
    assert dialog.form.field("paper").complaint().startswith("Choose a paper.")
    dialog.choice.choose(1)
    assert dialog.choice.text() == "Bill of Harbor Imaging, Oct 14, 2026, $300.00"
    click(dialog.save_button)
    assert ("Harbor Imaging", "Bill $85.00 over") in checks(page)
    assert "You linked the EOB and this bill." in " ".join(line.detail for line in filed.lines())


def test_accepting_a_proposed_link(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    day = date(2026, 9, 22)
    number = add_bill(
        desk.services,
        picture.eleanor,
        "Dr. Iyer, Cardiology",
        day,
        Statement(stated_on=date(2026, 10, 9), amount=75_00),
    )
    page = shown(qtbot, desk)
    assert ("Dr. Iyer, Cardiology", "Link its EOB?") in checks(page)
    page.arrive(("bill", number))
    (line,) = (line for line in page.papers.detail.filed.lines() if line.section == "Perhaps belongs here")
    assert line.detail == "60 points: same provider, same day."
    page.papers.detail.filed.asked.emit(line.acts[0])
    assert ("Dr. Iyer, Cardiology", "Pay $75.00") in checks(page)
    assert ("Dr. Iyer, Cardiology", "Link its EOB?") not in checks(page)


def test_versions_of_an_eob_say_what_changed(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    first = desk.services.claims.get(picture.mri)
    corrected = Claim(
        person_id=first.person_id,
        provider_id=first.provider_id,
        service_from=first.service_from,
        processed_on=date(2026, 11, 10),
        category="IMAGING",
        billed=1_850_00,
        allowed=715_00,
        plan_paid=525_00,
        deductible=90_00,
        coinsurance=100_00,
        you_owe=190_00,
        version=EobVersion.ADJUSTMENT,
        replaces_id=picture.mri,
    )
    desk.services.claims.save(corrected, provider="Harbor Imaging")
    page = shown(qtbot, desk)
    page.arrive(("claim", picture.mri))  # its row is that of the version that holds
    words = [line.words for line in page.papers.detail.filed.lines() if line.section == "EOB"]
    assert words == ["EOB of Oct 14, 2026, replaced", "EOB of Nov 10, 2026"]
    said = next(line.detail for line in page.papers.detail.filed.lines() if line.words == words[1])
    assert "You owe $215.00, now $190.00." in said


def test_calls_about_a_bill_are_listed(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    desk.services.cases.save_call(
        Call(called_on=date(2026, 11, 18), spoke_with="Ana", said="They look.", bill_id=picture.mri_bill),
        organisation="Harbor Imaging",
    )
    page = shown(qtbot, desk)
    (line,) = (line for line in page.papers.detail.filed.lines() if line.section == "Calls")
    assert (line.words, line.detail) == ("Call of Nov 18, 2026 with Ana", "They look.")


def test_files_dropped_on_the_detail_are_attached(
    qtbot: QtBot, desk: Desk, picture: Papers, tmp_path: Path
) -> None:
    paper = tmp_path / "eob.pdf"
    paper.write_bytes(b"%PDF-1.4 test")
    page = shown(qtbot, desk)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.papers.detail.dropEvent(drop)
    (document,) = desk.services.documents.attached_to(Noun.CLAIM, picture.mri)
    assert document.name == "eob.pdf"
    assert page.papers.detail.documents.names() == ["eob.pdf"]


def test_care_that_never_counts_can_be_paid_and_says_why(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.arrive(("bill", picture.botox_bill))
    assert "never counts toward the deductible" in page.papers.detail.verdict.text()
    assert page.papers.detail.pay_button.text() == "Pay $600.00"
    assert page.papers.detail.compare.text("The bill asks") == ("", "", "$600.00")


def test_a_paper_that_was_added_is_shown(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.papers.card.groups.choose("settled")
    page.papers._on_group("settled")
    bill = Bill(
        person_id=picture.eleanor,
        provider_id=0,
        service_from=date(2026, 11, 1),
        statements=(Statement(stated_on=date(2026, 11, 5), amount=20_00),),
    )
    changes = desk.services.care.save_bill(bill, provider="Northside Dermatology")
    desk.context.bus.announce(changes)
    page.acts.stored.emit("bill", changes.new_id or 0)
    assert page.papers.row is not None
    assert page.papers.row.provider == "Northside Dermatology"
    assert page.papers.card.groups.key() == ""


def test_a_question_is_no_money_at_stake(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    """With a care log begun, every EOB without a visit is asked about; that alone is no loss."""
    visit = Visit(person_id=picture.eleanor, provider_id=0, visited_on=date(2026, 8, 1))
    desk.services.care.save_visit(visit, provider="Riverside Family Doctors")
    page = shown(qtbot, desk)
    page.show_part(FINDINGS)
    assert any(row.finding.detector == "D3" for row in page.findings.shown)
    assert page.papers.card.sums.values["At stake"].text() == "$85.00"
    assert ("Quest Labs", "Matches") in checks(page)


# findings -------------------------------------------------------------------------------


def test_findings_are_decided_on(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    click(page.parts.segments._group.button(2))
    part = page.findings
    assert part.isVisible()
    row = part.shown[0]
    assert (row.finding.detector, row.finding.at_stake) == ("D1", 85_00)
    assert "At stake $85.00" in part.sums.text()
    click(part.accept_button)
    key = row.finding.key
    assert desk.services.cases.finding_notes()[key].state is FindingState.ACCEPTED
    part.select(key)
    click(part.dismiss_button)
    dialog = open_one(page, DismissDialog)
    assert isinstance(dialog, DismissDialog)
    click(dialog.save_button)
    assert dialog.form.field("reason").complaint().startswith("Say why")
    dialog.reason.setText("agreed on the telephone")
    click(dialog.save_button)
    assert key not in [each.finding.key for each in part.shown]
    assert "At stake $0.00" in part.sums.text()
    part.select(key)
    assert "agreed on the telephone" in part.decided.text()
    click(part.back_button)
    part.select(key)
    click(part.recovered_button)
    back = open_one(page, RecoveredDialog)
    assert isinstance(back, RecoveredDialog)
    assert back.amount.text() == "85.00"
    click(back.save_button)
    assert "Recovered $85.00" in part.sums.text()


def test_a_case_opened_from_a_finding_is_tied_to_it(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.show_part(FINDINGS)
    key = page.findings.shown[0].finding.key
    click(page.findings.case_button)
    editor = open_one(page, CaseEditor)
    assert isinstance(editor, CaseEditor)
    click(editor.save_button)
    note = desk.services.cases.finding_notes()[key]
    assert note.state is FindingState.IN_DISPUTE
    assert note.case_id is not None
    page.findings.select(key)
    click(page.findings.see_case_button)
    assert page.parts.key() == CASES
    assert page.cases.isVisible()


def test_evidence_leads_to_the_papers(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    page.show_part(FINDINGS)
    click(page.findings.evidence[0])
    assert page.parts.key() == PAPERS
    assert page.papers.row is not None
    assert page.papers.row.provider == "Harbor Imaging"


# coming here, printing ------------------------------------------------------------------


@pytest.mark.parametrize("early", [True, False])
def test_arriving_for_a_paper(qtbot: QtBot, desk: Desk, picture: Papers, early: bool) -> None:
    page = ClaimsPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    if not early:
        page.show()
    page.arrive(picture.specialist)
    page.show()
    assert page.papers.row is not None
    assert page.papers.row.provider == "Dr. Iyer, Cardiology"
    page.arrive(("bill", picture.botox_bill))
    assert page.papers.row.provider == "Glow Med Spa"
    item = Attention(
        day=TODAY, amount=None, what="", detail="", action=Action.CHECK, tone="bad", claim_id=picture.labs
    )
    page.arrive(item)
    assert page.papers.row.provider == "Quest Labs"
    page.arrive(("part", FINDINGS))
    assert page.findings.isVisible()
    page.arrive(("case", 1))
    assert page.parts.key() == CASES
    page.arrive("nothing of the kind")
    page.arrive(("claim", 9_999))


def test_printing_the_rows_and_the_chosen_one(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    page = shown(qtbot, desk)
    assert page.print_page()
    preview = open_one(page, PrintPreview)
    preview.close()
    from ui.printing.claims_document import claims_document

    read = page._read
    assert read is not None
    document = claims_document(read, page.papers.rows, page.papers.row, TODAY)
    for paper in ("letter", "a4"):
        assert 1 <= len(document.lay_out(paper).pages) <= 3
    page.show_part(FINDINGS)
    assert page.print_page()
    open_one(page, PrintPreview).close()


def test_any_text_and_the_largest_amounts(qtbot: QtBot, desk: Desk, picture: Papers) -> None:
    long = "\u05e9\u05dc\u05d5\u05dd \U0001fa7b " + "Kniegelenk" * 18
    claim = Claim(
        person_id=picture.eleanor,
        provider_id=0,
        service_from=date(2026, 11, 20),
        description=long[:200],
        claim_number="1E5",
        billed=999_999_999_999,
        allowed=999_999_999_999,
        you_owe=999_999_999_999,
        coinsurance=999_999_999_999,
        plan_paid=0,
        stage=ClaimStage.PROCESSED,
    )
    made = desk.services.claims.save(
        claim, provider=("\u0639\u0644\u064a\u0643\u0645 " + "Harbor " * 30)[:150]
    )
    page = shown(qtbot, desk)
    page.arrive(made.new_id)
    assert page.papers.row is not None
    assert page.papers.row.you_owe == 999_999_999_999
    assert page.width() == 1121
    page.find_text("1e5")
    assert len(page.papers.rows) == 1
    assert page.print_page()
    open_one(page, PrintPreview).close()


def test_the_whole_way_by_keyboard_in_the_window(qtbot: QtBot, ledger: Ledger, services: Services) -> None:
    """From Ctrl+4 to the payment that is safe, without the mouse."""
    enter_the_picture(services)
    with session_over(ledger, qtbot) as session:
        window = session.window
        QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        page = window.go_to("claims")
        assert isinstance(page, ClaimsPage)
        assert window.page_keys()[3] == "claims"
        assert page.papers.card.table.hasFocus()
        pay = page.papers.detail.pay_button
        for _ in range(40):
            if pay.hasFocus():
                break
            QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        assert pay.hasFocus()
        QTest.keyClick(pay, Qt.Key.Key_Return)
        editor = open_one(page, PaymentEditor)
        assert isinstance(editor, PaymentEditor)
        QTest.keyClick(editor.fields.amount, Qt.Key.Key_Return)
        assert not pay.isVisible()
