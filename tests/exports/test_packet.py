"""A packet in one PDF: every page numbered, every document in its place, none able to spoil it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.exports.pdf_kit import LETTER, PlainPress, form, pdf, texts
from tracker.errors import Cancelled, WorldProblem
from tracker.exports import packet as packet_module
from tracker.exports.packet import Attached, Packet, make_packet
from tracker.exports.pdf_pages import BAND

TITLE = "MRI billed $85.00 over"
PNG = b"\x89PNG\r\n\x1a\n and so on"


@dataclass
class Steps:
    """Progress that keeps what it was told, and stops where it is told to."""

    stop_at: int = -1
    seen: list[tuple[int, int]] = field(default_factory=list)

    def step(self, done: int, out_of: int) -> None:
        self.seen.append((done, out_of))
        if len(self.seen) == self.stop_at:
            raise Cancelled


def attached(name: str, content: bytes, about: str = "Case") -> Attached:
    return Attached(name, len(content), lambda: content, about)


def made(*documents: Attached, press: PlainPress | None = None) -> Packet:
    return make_packet(TITLE, documents, press or PlainPress(), Steps())


def test_every_page_has_its_number_and_source() -> None:
    packet = made(attached("eob.pdf", pdf("One", "Two")), attached("photo.png", PNG))
    pages = texts(packet.content)
    assert packet.pages == len(pages) == 5
    for number, page in enumerate(pages, start=1):
        assert f"{number} of 5" in page
    assert "One 3 of 5 eob.pdf" in pages[2]
    assert "Two 4 of 5 eob.pdf" in pages[3]
    assert "A picture 5 of 5 photo.png" in pages[4]
    assert packet.problems == ()


def test_the_contents_name_the_pages_that_follow() -> None:
    press = PlainPress(front_pages=3)
    packet = made(attached("a.pdf", pdf("A", "A")), attached("b.pdf", pdf("B")), press=press)
    assert [(entry.name, entry.first, entry.count) for entry in packet.entries] == [
        ("a.pdf", 4, 2),
        ("b.pdf", 6, 1),
    ]
    assert press.asked[-1] == list(packet.entries)
    assert "a.pdf on 4; b.pdf on 6" in texts(packet.content)[0]


def test_the_outline_leads_to_each_document() -> None:
    packet = made(attached("a.pdf", pdf("A", "A")), attached("b.pdf", pdf("B")))
    read = PdfReader(io.BytesIO(packet.content))
    found = [(item.title, read.get_destination_page_number(item)) for item in read.outline]  # type: ignore[union-attr, arg-type]
    assert found == [("a.pdf", 2), ("b.pdf", 4)]
    assert read.metadata is not None
    assert read.metadata.title == TITLE


def test_without_documents_it_is_our_own_pages() -> None:
    assert made().pages == 2


def test_large_and_small_pages_come_onto_the_paper() -> None:
    packet = made(
        attached("poster.pdf", pdf("Poster", size=(3000, 2000))),
        attached("receipt.pdf", pdf("Receipt", size=(220, 600))),
        attached("turned.pdf", pdf("Turned", rotate=90)),
    )
    sizes = [
        (float(page.mediabox.width), float(page.mediabox.height))
        for page in PdfReader(io.BytesIO(packet.content)).pages
    ]
    lying = (LETTER[1], LETTER[0])
    assert sizes[2:] == [lying, LETTER, lying]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_no_page_reaches_into_the_band(rotate: int) -> None:
    """The text of a page lies above the running line however the page is turned."""
    packet = made(attached("a.pdf", pdf("Text", rotate=rotate)))
    page = PdfReader(io.BytesIO(packet.content)).pages[2]
    places: dict[str, tuple[float, float]] = {}

    def visit(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            x, y = place[4], place[5]
            a, b, c, d, e, f = matrix
            places[text.strip()] = (a * x + c * y + e, b * x + d * y + f)

    page.extract_text(visitor_text=visit)
    x, y = next(place for text, place in places.items() if "Text" in text)
    assert 0 < x < float(page.mediabox.width)
    assert BAND <= y < float(page.mediabox.height)


# what cannot be added ----------------------------------------------------------------


def test_a_protected_document_leaves_a_sentence_in_its_place() -> None:
    packet = made(
        attached("before.pdf", pdf("Before")),
        attached("contract.pdf", pdf("Secret", password="pass")),
        attached("after.pdf", pdf("After")),
    )
    pages = texts(packet.content)
    assert "contract.pdf could not be added: it is protected by a password. 4 of 5" in pages[3]
    assert "After" in pages[4]
    assert packet.problems == (
        "contract.pdf could not be added: it is protected by a password. "
        "Open it, print it into a new PDF, and attach that one.",
    )
    assert "Secret" not in " ".join(pages)


def test_a_document_that_opens_without_a_password_is_added() -> None:
    """Insurers often forbid changing a PDF; reading it needs no password then."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(pdf("Open")))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    packet = made(attached("eob.pdf", out.getvalue()))
    assert packet.problems == ()
    assert "Open" in texts(packet.content)[2]


def test_a_cipher_the_program_does_not_know_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf.errors import DependencyError

    def refuse(*_: object) -> None:
        raise DependencyError("cryptography")

    monkeypatch.setattr(PdfReader, "decrypt", refuse)
    packet = made(attached("contract.pdf", pdf("Secret", password="pass")))
    assert "protected by a password" in packet.problems[0]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 and nothing else",
        b"%PDF-",
        pdf("Cut")[:120],
        b"%PDF-1.7\n" + bytes(range(256)) * 20,
        pdf("Odd").replace(b"/MediaBox", b"/MidiaBox"),
    ],
)
def test_a_damaged_document_leaves_a_sentence_in_its_place(content: bytes) -> None:
    packet = made(attached("scan.pdf", content), attached("after.pdf", pdf("After")))
    assert packet.entries[0].problem.startswith("scan.pdf ")
    assert "After" in texts(packet.content)[-1]


@pytest.mark.parametrize("before", [b"startxref", b"xref\n0"])
def test_a_document_that_is_cut_short_says_so(before: bytes) -> None:
    whole = pdf("First")
    packet = made(attached("eob.pdf", whole[: whole.rindex(before)]))
    assert packet.problems == ("eob.pdf is cut short: only what could still be read is here.",)
    pages = texts(packet.content)
    assert "First" in pages[2]
    assert "eob.pdf is cut short" in pages[3]


def test_one_damaged_page_does_not_take_the_others_along(monkeypatch: pytest.MonkeyPatch) -> None:
    real = packet_module.Sheaf.add_page

    def failing(self: object, reader: object, number: int, source: str, **how: object) -> None:
        if source == "bills.pdf" and number == 1:
            raise RecursionError
        real(self, reader, number, source, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(packet_module.Sheaf, "add_page", failing)
    packet = made(attached("bills.pdf", pdf("One", "Two", "Three")))
    assert packet.problems == ("bills.pdf is damaged: page 2 could not be added.",)
    pages = " ".join(texts(packet.content))
    assert "One" in pages
    assert "Three" in pages


def test_contents_decide_and_not_the_name() -> None:
    packet = made(attached("photo.pdf", PNG), attached("scan.png", pdf("A PDF")))
    assert packet.problems == ()
    pages = texts(packet.content)
    assert "A picture" in pages[2]
    assert "A PDF" in pages[3]


def test_other_files_are_only_named() -> None:
    packet = made(attached("notes.docx", b"PK\x03\x04 something"))
    assert packet.problems == (
        "notes.docx could not be added: it is neither a PDF nor a picture that can be read.",
    )


def test_a_file_of_200_mb_is_not_even_read() -> None:
    def read() -> bytes:
        raise AssertionError("it was read")

    packet = made(Attached("film.pdf", 200 * 1024 * 1024, read))
    assert packet.problems == ("film.pdf could not be added: it has 200 MB; 60 MB is the most.",)


def test_together_they_may_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    one = pdf("One")
    monkeypatch.setattr(packet_module._Room, "__init__", _room(len(one) + 10, 100))
    packet = made(attached("a.pdf", one), attached("b.pdf", one))
    assert packet.problems == ("b.pdf could not be added: the packet would become too large.",)


def test_a_document_of_too_many_pages_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packet_module._Room, "__init__", _room(10**9, 3))
    packet = made(attached("long.pdf", pdf(*"abcde")), attached("b.pdf", pdf("B")))
    assert packet.problems == (
        "Only the first 3 of the 5 pages of long.pdf are here.",
        "b.pdf could not be added: the packet would become too large.",
    )


def _room(size: int, pages: int):  # type: ignore[no-untyped-def]
    def init(self: packet_module._Room) -> None:
        self.bytes, self.pages = size, pages

    return init


def test_a_document_that_cannot_be_read_any_more_is_said() -> None:
    def read() -> bytes:
        raise WorldProblem("it no longer reads as it was stored.", "Restore a backup.")

    packet = made(Attached("eob.pdf", 10, read))
    assert packet.problems == (
        "eob.pdf could not be added: it no longer reads as it was stored. Restore a backup.",
    )


# what does not come along ------------------------------------------------------------


def test_what_was_filled_in_stays_and_what_acts_does_not() -> None:
    packet = made(attached("form.pdf", form("Eleanor")))
    assert "Eleanor" in texts(packet.content)[2]
    read = PdfReader(io.BytesIO(packet.content))
    assert "/Annots" not in read.pages[2]
    assert "/AA" not in read.pages[2]
    assert b"JavaScript" not in packet.content
    assert b"app.alert" not in packet.content


# stopping ----------------------------------------------------------------------------


def test_progress_comes_to_its_end() -> None:
    steps = Steps()
    make_packet(TITLE, [attached("a.pdf", pdf("A", "B"))], PlainPress(), steps)
    assert steps.seen[-1] == (3, 3)
    assert steps.seen == sorted(steps.seen)


@pytest.mark.parametrize("stop_at", [1, 2, 3, 4])
def test_it_can_be_stopped_anywhere(stop_at: int) -> None:
    documents = [attached("a.pdf", pdf("A", "B")), attached("b.pdf", pdf("B"))]
    with pytest.raises(Cancelled):
        make_packet(TITLE, documents, PlainPress(), Steps(stop_at))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_damage_can_make_it_fail(data: st.DataObject) -> None:
    """Bytes of a good PDF replaced, taken out or cut off: there is always a packet."""
    content = bytearray(pdf("One", "Two"))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(("change", "remove", "cut"))):
            case "change":
                content[place] = data.draw(st.integers(0, 255))
            case "remove":
                del content[place : place + data.draw(st.integers(1, 40))]
            case _:
                del content[max(place, 1) :]
        if not content:
            content = bytearray(b"%PDF-")
    packet = made(attached("scan.pdf", bytes(content)), attached("after.pdf", pdf("After")))
    pages = texts(packet.content)
    assert len(pages) == packet.pages
    assert "After" in pages[-1]
