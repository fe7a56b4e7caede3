"""The form for a letter: chosen, filled, edited, printed, kept with the case."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.dispute_kit import Dispute, dispute
from tracker.domain.claims.letters import LetterKind, blanks_in
from tracker.facts import Noun, StepOutcome, Turn
from tracker.services.bundle import Services
from ui.dialogs.letter_editor import LetterEditor
from ui.dialogs.print_preview import PrintPreview
from ui.printing.pdf import pdf_bytes
from ui.widgets.label import Label


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def mri(desk: Desk) -> Dispute:
    return dispute(desk.services)


def opened(qtbot: QtBot, desk: Desk, **about: object) -> LetterEditor:
    editor = LetterEditor(desk.context, None, **about)  # type: ignore[arg-type]
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it once more
    desk.kept.append(editor)
    qtbot.addWidget(editor)
    editor.open()
    return editor


def choose(qtbot: QtBot, editor: LetterEditor, kind: LetterKind) -> None:
    """Pick a letter by the keyboard."""
    box = editor.letter
    box.setFocus()
    wanted = box.findData(kind.value)
    while box.currentIndex() != wanted:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)
    box.activated.emit(wanted)


def retype(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def press_save(qtbot: QtBot, editor: LetterEditor) -> None:
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)


def words(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_letter_that_fits_is_there_at_once(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    assert editor.kind is LetterKind.BILLING_CORRECTION
    assert editor.letter.currentText() == "Billing correction (proposed)"
    assert "I do not dispute $215.00 and will pay it. I dispute $85.00." in editor.text.text()
    assert editor.blanks.text() == "To fill in: your address, your phone number, provider's address."
    assert editor.focusWidget() is editor.text


def test_one_letter_can_be_asked_for(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, bill=mri.bill, letter="itemized_bill")
    assert editor.kind is LetterKind.ITEMIZED_BILL
    assert editor.save_button.text() == "Save with the case"  # the open case about the bill


def test_a_bill_without_a_case_keeps_its_letter(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    desk.services.cases.remove([mri.case.id or 0])
    editor = opened(qtbot, desk, bill=mri.bill)
    assert editor.save_button.text() == "Save with the bill"
    assert editor.form.field("on").isHidden()
    press_save(qtbot, editor)
    assert [document.name for document in desk.services.documents.attached_to(Noun.BILL, 1)] == [
        f"{editor.letter.currentText().removesuffix(' (proposed)')}.pdf"
    ]


def test_saving_keeps_the_pdf_a_step_and_the_next_date(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    editor.text.go_to_blank()
    qtbot.keyClicks(editor.text, "12 Harbor Lane, Bayview")
    retype(qtbot, editor.on, "11/21/2026")
    retype(qtbot, editor.follow_up, "12/5/2026")
    press_save(qtbot, editor)
    assert desk.problems == []
    assert not editor.isVisible()
    (kept,) = desk.services.documents.attached_to(Noun.CASE, mri.case.id or 0)
    assert (kept.name, kept.media_type) == ("Billing correction.pdf", "application/pdf")
    text = words(desk.services.documents.content(kept))
    assert "12 Harbor Lane, Bayview" in text
    assert "I dispute $85.00." in text
    assert "[your phone number: ________]" in text
    case = mri.case_now()
    assert (case.steps[-1].outcome, case.steps[-1].done_on) == (StepOutcome.NOTED, date(2026, 11, 21))
    assert case.deadlines[-1].do_by == date(2026, 12, 5)
    assert case.turn is Turn.PROVIDER
    desk.services.ledger.undo()
    assert desk.services.documents.attached_to(Noun.CASE, mri.case.id or 0) == []
    assert mri.case_now() == mri.case


def test_the_case_is_left_alone_where_the_member_wants_that(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    qtbot.mouseClick(editor.noted, Qt.MouseButton.LeftButton, pos=editor.noted.rect().center())
    editor.noted.setChecked(False)
    assert not editor.on.isEnabled()
    press_save(qtbot, editor)
    assert len(desk.services.documents.attached_to(Noun.CASE, mri.case.id or 0)) == 1
    assert mri.case_now() == mri.case


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("on", "someday", "is not a date"),
        ("follow_up", "11/1/2026", "The follow-up lies before the letter."),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_it(
    qtbot: QtBot, desk: Desk, mri: Dispute, field: str, typed: str, said: str
) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    editor.text.go_to_blank()
    qtbot.keyClicks(editor.text, "12 Harbor Lane")
    retype(qtbot, editor.on if field == "on" else editor.follow_up, typed)
    press_save(qtbot, editor)
    assert editor.isVisible()
    assert said in editor.form.field(field).complaint()
    assert "12 Harbor Lane" in editor.text.text()
    assert desk.services.documents.attached_to(Noun.CASE, mri.case.id or 0) == []


def test_what_was_typed_stays_while_another_letter_is_looked_at(
    qtbot: QtBot, desk: Desk, mri: Dispute
) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    editor.text.go_to_blank()
    qtbot.keyClicks(editor.text, "12 Harbor Lane")
    choose(qtbot, editor, LetterKind.CLAIM_INQUIRY)
    assert "To member services:" in editor.text.text()
    choose(qtbot, editor, LetterKind.BILLING_CORRECTION)
    assert "12 Harbor Lane" in editor.text.text()
    qtbot.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert "12 Harbor Lane" not in editor.text.text()


def test_every_letter_can_be_chosen_and_printed(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    for kind in LetterKind:
        choose(qtbot, editor, kind)
        for paper in ("letter", "a4"):
            layout = editor.document().lay_out(paper)  # type: ignore[arg-type]
            assert 1 <= len(layout.pages) <= 2
        text = words(pdf_bytes(layout))
        for part in editor.text.text().split():
            assert part in text, (kind, part)
        assert "Concierge Ledger" not in text


def test_the_cursor_goes_from_blank_to_blank(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    for name in ("your address", "your phone number", "provider's address", "your address"):
        qtbot.mouseClick(editor.next_blank, Qt.MouseButton.LeftButton)
        assert editor.text.textCursor().selectedText() == f"[{name}: ________]"
    editor.text.insertPlainText("\U0001f3e0 12 Harbor Lane")  # one letter that Qt counts as two
    qtbot.mouseClick(editor.next_blank, Qt.MouseButton.LeftButton)
    assert editor.text.textCursor().selectedText() == "[your phone number: ________]"
    while blanks_in(editor.text.text()):
        editor.text.go_to_blank()
        qtbot.keyClicks(editor.text, "x")
    assert editor.blanks.text() == "Nothing is left to fill in."
    assert editor.next_blank.isHidden()


def test_an_empty_letter_is_not_kept(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    editor.text.selectAll()
    qtbot.keyClick(editor.text, Qt.Key.Key_Delete)
    press_save(qtbot, editor)
    assert editor.isVisible()
    assert desk.services.documents.attached_to(Noun.CASE, mri.case.id or 0) == []


def test_odd_names_stand_as_they_are(qtbot: QtBot, desk: Desk) -> None:
    odd = "{paid} <b>&amp; \u202eشركة\u202c \U0001f600 " + "long name " * 14
    held = dispute(desk.services, person="[x: ________]", provider=odd)
    editor = opened(qtbot, desk, case=held.case)
    assert "{paid} <b>&amp;" in editor.text.text()
    assert "\u202e" not in editor.text.text()
    press_save(qtbot, editor)
    assert desk.problems == []
    assert len(desk.services.documents.attached_to(Noun.CASE, held.case.id or 0)) == 1


def test_an_empty_ledger_has_a_letter_to_print_and_nothing_to_keep_it_with(
    qtbot: QtBot, desk: Desk
) -> None:
    editor = opened(qtbot, desk)
    assert desk.problems == []
    assert "[your name: ________]" in editor.text.text()
    assert editor.save_button.isHidden()
    assert editor.preview_button.isEnabled()


def test_a_case_that_is_gone_is_said_and_the_letter_stays(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    desk.services.cases.remove([mri.case.id or 0])
    press_save(qtbot, editor)
    assert editor.isVisible()
    assert editor.save_button.isEnabled()
    assert any("This case was removed." in label.text() for label in editor.form.findChildren(Label))


def test_the_preview_shows_the_letter(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    editor = opened(qtbot, desk, case=mri.case)
    qtbot.mouseClick(editor.preview_button, Qt.MouseButton.LeftButton)
    (shown,) = editor.findChildren(PrintPreview)
    assert shown.document.title == "Billing correction"
    shown.close()
