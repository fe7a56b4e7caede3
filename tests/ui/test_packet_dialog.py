"""The form for a packet, and our own pages and pictures in it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.exports.pdf_kit import pdf, texts
from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.dispute_kit import Dispute, dispute
from tracker.domain.claims.letter_sent import with_letter
from tracker.domain.claims.letters import LetterKind
from tracker.errors import Cancelled
from tracker.exports.packet import Attached, Packet, make_packet
from tracker.facts import Case, CaseKind, Noun, Submission
from tracker.services.bundle import Services
from tracker.services.packets import PacketKind
from ui.dialogs import packet as packet_dialog
from ui.dialogs.packet import PacketDialog, packet_for
from ui.printing.document import Paper
from ui.printing.packet_document import PacketFront
from ui.printing.packet_press import PacketPress
from ui.widgets.form_dialog import FormDialog


class Silent:
    def step(self, done: int, out_of: int) -> None: ...


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def mri(desk: Desk) -> Dispute:
    return dispute(desk.services)


def opened(qtbot: QtBot, desk: Desk, case: Case) -> PacketDialog:
    dialog = PacketDialog(desk.context, None, case=case)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    desk.kept.append(dialog)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def picture(path: Path, kind: str, size: tuple[int, int] = (300, 200)) -> Path:
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(20, 120, 200, 128 if kind == "PNG" else 255))
    assert image.save(str(path), kind)  # type: ignore[call-overload, unused-ignore]
    return path


def attach(mri: Dispute, *paths: Path) -> None:
    mri.services.documents.attach(Noun.CASE, mri.case.id or 0, list(paths))


def press(mri: Dispute, paper: Paper = "letter", kind: PacketKind = PacketKind.EVIDENCE) -> PacketPress:
    papers = mri.services.packets.read(mri.case_now())
    return PacketPress(PacketFront(kind, papers), paper)


def made(mri: Dispute, *documents: tuple[str, bytes], paper: Paper = "letter") -> Packet:
    attached = [Attached(name, len(content), lambda held=content: held) for name, content in documents]
    return make_packet(mri.case.title, attached, press(mri, paper), Silent())


# our pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_cover_timeline_and_call_log_are_real_text(qtbot: QtBot, mri: Dispute, paper: Paper) -> None:
    mri.services.cases.save(
        with_letter(mri.case, LetterKind.BILLING_CORRECTION, "Billing correction", mri.case.opened_on, None)
    )
    packet = made(mri, ("eob.pdf", pdf("The EOB")), paper=paper)
    pages = texts(packet.content)
    assert packet.pages == len(pages) == 3
    for said in ("MRI billed $85.00 over", "Evidence packet", "BR-", "BR0914E1", "BI-77", "$215.00"):
        assert said.removeprefix("BR-") in pages[0]
    assert "eob.pdf" in pages[0]
    assert "Sep 14, 2026 Visit Bayview: MRI of the knee" in pages[1]
    assert "EOB of claim BR0914E1: billed $1,430.00" in pages[1]
    assert "Oct 8, 2026 Bill Bill, Bayview BI-77 $300.00" in pages[1]
    assert "Letter sent: Billing correction." in pages[1]
    assert "R-4471" in pages[1]
    assert "Promised: A corrected bill within two weeks" in pages[1]
    for number, page in enumerate(pages, start=1):
        assert f"{number} of 3" in page
        assert "MRI billed $85.00 over" in page
    assert "Page 1 of" not in pages[0]
    size = pypdf.PdfReader(io.BytesIO(packet.content)).pages[2].mediabox
    assert float(size.height) == pytest.approx(792 if paper == "letter" else 841.9, abs=1)


def test_a_claim_packet_says_what_is_claimed(qtbot: QtBot, mri: Dispute) -> None:
    case = replace(
        mri.case, kind=CaseKind.REIMBURSEMENT, submission=Submission(charge=1_430_00, filing_days=365)
    )
    mri.services.cases.save(case)
    papers = mri.services.packets.read(mri.case_now())
    front = PacketFront(PacketKind.CLAIM, papers, with_timeline=False, with_calls=False)
    packet = make_packet(case.title, [], PacketPress(front, "letter"), Silent())
    (page,) = texts(packet.content)
    assert "Claim packet" in page
    assert "Charge $1,430.00" in page
    assert "To be sent by September 14, 2027" in page
    assert "Timeline" not in page


def test_odd_and_long_titles_stay_on_their_line(qtbot: QtBot, mri: Dispute) -> None:
    title = "\u202eعقد \U0001f600 " + "a very long title " * 10
    mri.services.cases.save(replace(mri.case, title=title.strip()))
    packet = made(mri, (f"{'n' * 200}.pdf", pdf("Text")))
    assert packet.pages == 3
    assert "3 of 3" in texts(packet.content)[2]


# pictures ----------------------------------------------------------------------------


def test_pictures_come_in_whatever_their_name(qtbot: QtBot, mri: Dispute, tmp_path: Path) -> None:
    jpeg = picture(tmp_path / "a.jpg", "JPEG", (4000, 3000)).read_bytes()
    png = picture(tmp_path / "b.png", "PNG", (200, 900)).read_bytes()
    packet = made(mri, ("bill.pdf", jpeg), ("scan.jpg", png))
    assert packet.problems == ()
    pages = pypdf.PdfReader(io.BytesIO(packet.content)).pages
    lying, standing = pages[-2].mediabox, pages[-1].mediabox
    assert lying.width > lying.height
    assert standing.width < standing.height
    assert len(packet.content) < 2_000_000


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n cut", b"<svg/>", b"GIF89a", b"\xff\xd8\xff\xe0"])
def test_a_damaged_picture_leaves_a_sentence(qtbot: QtBot, mri: Dispute, content: bytes) -> None:
    packet = made(mri, ("scan.png", content))
    assert packet.problems == (
        "scan.png could not be added: it is neither a PDF nor a picture that can be read.",
    )
    assert "scan.png could not be added" in texts(packet.content)[-1]


def test_a_picture_that_claims_to_be_huge_is_not_read(qtbot: QtBot, mri: Dispute, tmp_path: Path) -> None:
    content = bytearray(picture(tmp_path / "a.png", "PNG").read_bytes())
    content[16:24] = (60_000).to_bytes(4, "big") * 2  # the width and height in its head
    packet = made(mri, ("scan.png", bytes(content)))
    assert packet.problems[0].startswith("scan.png could not be added: ")


# the form ----------------------------------------------------------------------------


def test_it_lists_the_documents_of_all_papers(
    qtbot: QtBot, desk: Desk, mri: Dispute, tmp_path: Path
) -> None:
    (tmp_path / "eob.pdf").write_bytes(pdf("EOB"))
    (tmp_path / "bill.pdf").write_bytes(pdf("Bill"))
    mri.services.documents.attach(Noun.CLAIM, mri.claim.id or 0, [tmp_path / "eob.pdf"])
    mri.services.documents.attach(
        Noun.BILL, mri.bill.id or 0, [tmp_path / "bill.pdf", tmp_path / "eob.pdf"]
    )
    dialog = opened(qtbot, desk, mri.case)
    assert [(item.document.name, item.about) for item in dialog.chosen()] == [
        ("eob.pdf", "EOB BR0914E1"),
        ("bill.pdf", "Bill of Bayview"),
    ]
    box, _item = dialog.boxes[0]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert [item.document.name for item in dialog.chosen()] == ["bill.pdf"]


def test_it_writes_the_file_and_closes(qtbot: QtBot, desk: Desk, mri: Dispute, tmp_path: Path) -> None:
    (tmp_path / "eob.pdf").write_bytes(pdf("EOB"))
    attach(mri, tmp_path / "eob.pdf")
    dialog = opened(qtbot, desk, mri.case)
    dialog.write(tmp_path / "packet.pdf")
    assert desk.problems == []
    assert not dialog.isVisible()
    assert desk.shell.said[-1] == "Saved packet.pdf, 3 pages."
    page = texts((tmp_path / "packet.pdf").read_bytes())[2]
    assert page == "EOB MRI billed $85.00 over \u00b7 eob.pdf 3 of 3"


def test_what_could_not_be_added_is_listed_and_the_form_stays(
    qtbot: QtBot, desk: Desk, mri: Dispute, tmp_path: Path
) -> None:
    (tmp_path / "contract.pdf").write_bytes(pdf("Secret", password="pass"))
    attach(mri, tmp_path / "contract.pdf")
    dialog = opened(qtbot, desk, mri.case)
    dialog.write(tmp_path / "packet.pdf")
    assert dialog.isVisible()
    assert (tmp_path / "packet.pdf").exists()
    (label,) = dialog.problems
    assert label.text().startswith("contract.pdf could not be added: it is protected by a password.")
    assert label.isVisible()
    assert dialog.words.text() == "Saved packet.pdf, 3 pages. Not everything could be added:"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_folder_that_takes_no_file_is_said(
    qtbot: QtBot, desk: Desk, mri: Dispute, tmp_path: Path
) -> None:
    dialog = opened(qtbot, desk, mri.case)
    dialog.write(tmp_path / "nowhere" / "packet.pdf")
    assert "There is no folder" in str(desk.problems[0])
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


def test_stopping_writes_nothing(
    qtbot: QtBot, desk: Desk, mri: Dispute, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, desk, mri.case)

    def stopped(*_: object) -> Packet:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # Esc stops the work before it closes the form
        raise Cancelled

    monkeypatch.setattr(packet_dialog, "make_packet", stopped)
    dialog.write(tmp_path / "packet.pdf")
    assert dialog.isVisible()
    assert not (tmp_path / "packet.pdf").exists()
    assert desk.problems == []


def test_saving_asks_for_a_name(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    dialog = opened(qtbot, desk, mri.case)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    (chooser,) = dialog.findChildren(QFileDialog)
    assert Path(chooser.selectedFiles()[0]).name == "Evidence packet, MRI billed $85.00 over.pdf"
    chooser.reject()
    assert dialog.save_button.isEnabled()


def test_a_reimbursement_begins_as_a_claim_packet(qtbot: QtBot, desk: Desk, mri: Dispute) -> None:
    owner = FormDialog("Owner")
    qtbot.addWidget(owner)
    desk.kept.append(owner)
    dialog = packet_for(desk.context, owner, replace(mri.case, kind=CaseKind.REIMBURSEMENT))
    assert dialog.kind.key() == "claim"
    assert not dialog.timeline.isChecked()
    assert not dialog.calls.isChecked()
    dialog.close()
