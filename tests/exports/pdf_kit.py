"""Small PDFs for the tests, made by hand, and a press that needs no Qt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tracker.exports.packet import Entry, Sheet

LETTER = (612.0, 792.0)


def pdf(*pages: str, size: tuple[float, float] = LETTER, rotate: int = 0, password: str = "") -> bytes:
    """A PDF with a line of text on each page."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(*size)
        _write(writer, page, text, 20, size[1] / 2)
        if rotate:
            page.rotate(rotate)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _bytes(writer)


def form(text: str) -> bytes:
    """A PDF with a filled field, a button that runs a script, and a link to elsewhere."""
    writer = PdfWriter()
    page = writer.add_blank_page(*LETTER)
    look = StreamObject()
    look.set_data(f"BT /F1 12 Tf 2 4 Td ({text}) Tj ET".encode("latin-1"))
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers(0, 0, 100, 20),
            NameObject("/Resources"): _fonts(writer),
        }
    )
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    field_ = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): _numbers(100, 600, 300, 640),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
            NameObject("/A"): script,
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(field_)])
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    return _bytes(writer)


def texts(content: bytes) -> list[str]:
    """The words of every page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@dataclass
class PlainPress:
    """Our own pages as a line of text each; keeps what it was asked for."""

    size: tuple[float, float] = LETTER
    front_pages: int = 2
    asked: list[list[Entry]] = field(default_factory=list)

    def front(self, entries: Sequence[Entry]) -> bytes:
        self.asked.append(list(entries))
        contents = "; ".join(f"{entry.name} on {entry.first}" for entry in entries)
        return pdf(f"Contents: {contents}", *["More"] * (self.front_pages - 1), size=self.size)

    def picture(self, content: bytes) -> bytes | None:
        return pdf("A picture", size=(300, 200)) if content.startswith(b"\x89PNG") else None

    def sorry(self, sentence: str) -> bytes:
        return pdf(sentence, size=self.size)

    def running_lines(self, sheets: Sequence[Sheet]) -> bytes:
        writer = PdfWriter()
        for sheet in sheets:
            page = writer.add_blank_page(sheet.width, sheet.height)
            _write(writer, page, f"{sheet.number} of {sheet.out_of} {sheet.source}", 40, 10)
        return _bytes(writer)


def _write(writer: PdfWriter, page: DictionaryObject, text: str, x: float, y: float) -> None:
    stream = StreamObject()
    safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    stream.set_data(f"BT /F1 12 Tf {x} {y} Td ({safe}) Tj ET".encode("latin-1", "replace"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = _fonts(writer)


def _fonts(writer: PdfWriter) -> DictionaryObject:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    return DictionaryObject({NameObject("/Font"): fonts})


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject(NumberObject(v) if isinstance(v, int) else FloatObject(v) for v in values)


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
