"""Laying the pages of PDF files onto the pages of one new file.

Each page becomes a picture-like object (a form XObject) on a page of our own, above a band for the
running line. So nothing that acts comes along (no scripts, no links, no forms to submit), a page that
ends in disorder disturbs no other, and what was filled into a form is drawn as it looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tracker.errors import WorldProblem

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

BAND = 34.0
"""Points at the foot of a page that belong to the running line."""

EDGE = 12.0
"""Points that stay white around a page that was fitted in."""

_MOST_SIDE = 20_000.0
_MOST_OBJECTS = 100_000
_OBJECT = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+obj\b")
_HIDDEN = 2 | 32
"""Flags of an annotation that is not to be seen."""

Matrix = tuple[float, float, float, float, float, float]


def open_pdf(content: bytes) -> PdfReader:
    """A reader over a file in memory. Raises WorldProblem for one that is protected.

    A file that was cut off loses its table of contents first; it is tried again with a new one. A
    damaged file raises whatever it may; one that was encrypted with an empty password opens.
    """
    try:
        return _opened(content)
    except WorldProblem:
        raise
    except Exception:  # noqa: BLE001 - a damaged file fails in as many ways as there are bytes
        return _opened(_mended(content))


def _opened(content: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))
        except DependencyError:  # newer ciphers need a library that the program does not bring
            opened = False
        if not opened:
            raise WorldProblem(
                "it is protected by a password.", "Open it, print it into a new PDF, and attach that one."
            )
    if not len(reader.pages):
        raise ValueError("no pages")
    return reader


def _mended(content: bytes) -> bytes:
    """The file with an end that makes its reader look for all objects anew."""
    highest = max((int(number) for number in _OBJECT.findall(content)), default=0)
    return content + b"\ntrailer\n<< /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (
        min(highest, _MOST_OBJECTS) + 1
    )


def damaged(name: str) -> str:
    return f"{name} could not be added: it is damaged."


class Sheaf:
    """The pages of the new file. `size` is its paper in points, upright."""

    def __init__(self, size: tuple[float, float]) -> None:
        from pypdf import PdfWriter

        self._writer = PdfWriter()
        self._size = size
        self._sources: list[str] = []
        self._drawn: list[list[bytes]] = []

    @property
    def count(self) -> int:
        return len(self._sources)

    def add(self, reader: PdfReader, source: str, *, fit: bool = False, at: int | None = None) -> None:
        """Add all pages of a file, at the end or from a place on."""
        for number in range(len(reader.pages)):
            self.add_page(reader, number, source, fit=fit, at=None if at is None else at + number)
        self.forget(reader)

    def add_page(
        self, reader: PdfReader, number: int, source: str, *, fit: bool = False, at: int | None = None
    ) -> None:
        """Add one page: as it is, or fitted above the band, lying where it is wider than high."""
        page = reader.pages[number]
        turned, width, height = _upright(page)
        if fit:
            paper = self._size if width <= height else (self._size[1], self._size[0])
            place = _fitted(width, height, paper)
        else:
            paper, place = (width, height), (1.0, 0.0, 0.0)
        # Everything that can fail comes before the new page, so that a failure leaves none behind.
        parts = self._parts_of(page)
        made = self._new_page(paper, at)
        scale, x, y = place
        drawn = [b"q", _cm((scale, 0.0, 0.0, scale, x, y)), _cm(turned)]
        for part, matrix in parts:
            drawn.append(self._draw(made, part, matrix))
        drawn.append(b"Q")
        index = self.count if at is None else at
        self._sources.insert(index, source)
        self._drawn.insert(index, drawn)

    def forget(self, reader: PdfReader) -> None:
        """Let go of a file: the writer remembers its objects by an address that another may get."""
        self._writer.reset_translation(reader)

    def overlay(self, reader: PdfReader) -> None:
        """Draw page by page of another file over the pages here."""
        for number, page in enumerate(reader.pages):
            _turned, _width, _height = _upright(page)
            for part, matrix in self._parts_of(page):
                self._drawn[number].append(self._draw(self._writer.pages[number], part, matrix))
        self.forget(reader)

    def sheets(self) -> Iterator[tuple[float, float, str]]:
        """Width, height and source of every page."""
        for page, source in zip(self._writer.pages, self._sources, strict=True):
            yield float(page.mediabox.width), float(page.mediabox.height), source

    def bookmark(self, title: str, number: int) -> None:
        """An entry of the outline for a page, counted from 0."""
        if 0 <= number < self.count:
            self._writer.add_outline_item(title=title, page_number=number)

    def written(self, title: str) -> bytes:
        """The whole file."""
        from pypdf.generic import NameObject, StreamObject

        for page, drawn in zip(self._writer.pages, self._drawn, strict=True):
            stream = StreamObject()
            stream.set_data(b"\n".join(drawn))
            page[NameObject("/Contents")] = self._writer._add_object(stream)
        self._writer.add_metadata({"/Title": title, "/Creator": "Concierge Ledger"})
        out = BytesIO()
        self._writer.write(out)
        return out.getvalue()

    # ours ----------------------------------------------------------------------------

    def _new_page(self, paper: tuple[float, float], at: int | None) -> PageObject:
        from pypdf.generic import DictionaryObject, NameObject

        width, height = paper
        if at is None:
            made = self._writer.add_blank_page(width, height)
        else:
            self._writer.insert_blank_page(width, height, at)
            made = self._writer.pages[at]  # what is answered is not the page that was put in
        made[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): DictionaryObject()})
        return made

    def _draw(self, page: PageObject, part: Any, matrix: Matrix) -> bytes:
        """Give a page an object to draw; answers with the operators that draw it."""
        from pypdf.generic import NameObject

        objects: Any = page["/Resources"]["/XObject"]  # type: ignore[index]
        name = f"/P{len(objects)}"
        objects[NameObject(name)] = part
        return b"q " + _cm(matrix) + b" " + name.encode() + b" Do Q"

    def _parts_of(self, page: PageObject) -> list[tuple[Any, Matrix]]:
        """The page and what stands on it as objects of the new file, each with where it goes."""
        found: list[tuple[Any, Matrix]] = [(self._as_object(page), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))]
        for look, matrix in _appearances(page):
            found.append((self._writer._add_object(look.clone(self._writer)), matrix))
        return found

    def _as_object(self, page: PageObject) -> Any:
        from pypdf.generic import (
            ArrayObject,
            DictionaryObject,
            FloatObject,
            NameObject,
            NumberObject,
            StreamObject,
        )

        stream = StreamObject()
        stream.set_data(_content_of(page))
        box = page.cropbox
        resources: Any = page.get("/Resources", DictionaryObject()).get_object()
        stream.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/FormType"): NumberObject(1),
                NameObject("/BBox"): ArrayObject(
                    FloatObject(side) for side in (box.left, box.bottom, box.right, box.top)
                ),
                NameObject("/Resources"): resources.clone(self._writer),
            }
        )
        if "/Group" in page:
            group: Any = page["/Group"]
            stream[NameObject("/Group")] = group.clone(self._writer)
        return self._writer._add_object(stream.flate_encode())


def _content_of(page: PageObject) -> bytes:
    """The operators of a page. Raises ValueError where the file names them but has them no more."""
    if "/Contents" not in page:
        return b""
    held: Any = page["/Contents"]
    parts = [part.get_object() for part in held] if isinstance(held, list) else [held]
    if any(not hasattr(part, "get_data") for part in parts):
        raise ValueError("the contents of a page are missing")
    return b"\n".join(part.get_data() for part in parts)


def _upright(page: PageObject) -> tuple[Matrix, float, float]:
    """How a page is turned to stand as it is shown, from its corner at zero, and its size then."""
    box = page.cropbox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    width, height = right - left, top - bottom
    if not (0 < width < _MOST_SIDE and 0 < height < _MOST_SIDE):
        raise ValueError("a page without a size")
    match (page.rotation or 0) % 360:
        case 90:
            return (0.0, -1.0, 1.0, 0.0, -bottom, right), height, width
        case 180:
            return (-1.0, 0.0, 0.0, -1.0, right, top), width, height
        case 270:
            return (0.0, 1.0, -1.0, 0.0, top, -left), height, width
        case _:
            return (1.0, 0.0, 0.0, 1.0, -left, -bottom), width, height


def _fitted(width: float, height: float, paper: tuple[float, float]) -> tuple[float, float, float]:
    """Scale and corner of a page in the room above the band; nothing is made larger."""
    across, up = paper[0] - 2 * EDGE, paper[1] - BAND - EDGE
    scale = min(across / width, up / height, 1.0)
    return scale, EDGE + (across - width * scale) / 2, BAND + up - height * scale


def _appearances(page: PageObject) -> Iterator[tuple[Any, Matrix]]:
    """How fields and notes on a page look, each with where it goes (PDF 32000, 12.5.5)."""
    held: Any = page.get("/Annots")
    for reference in held.get_object() if held is not None else ():
        note: Any = reference.get_object()
        if not hasattr(note, "get") or note.get("/Subtype") in ("/Popup", "/Link"):
            continue
        if int(note.get("/F", 0)) & _HIDDEN or "/AP" not in note or "/Rect" not in note:
            continue
        look: Any = note["/AP"].get("/N")
        look = look.get_object() if look is not None else None
        if look is not None and not hasattr(look, "get_data"):  # a look for each state of a box
            state = look.get(note.get("/AS", "/Off"))
            look = state.get_object() if state is not None else None
        if look is None or not hasattr(look, "get_data") or "/BBox" not in look:
            continue
        matrix = _onto(look, [float(side) for side in note["/Rect"]])
        if matrix is not None:
            yield look, matrix


def _onto(look: Any, rect: list[float]) -> Matrix | None:
    """What brings a look onto the rectangle of its note; None where either has no size."""
    a, b, c, d, e, f = (float(value) for value in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    x1, y1, x2, y2 = (float(value) for value in look["/BBox"])
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x1, x2) for y in (y1, y2)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    low, high = min(y for _, y in corners), max(y for _, y in corners)
    to_left, to_right = sorted((rect[0], rect[2]))
    to_low, to_high = sorted((rect[1], rect[3]))
    if right - left <= 0 or high - low <= 0 or to_right <= to_left or to_high <= to_low:
        return None
    sx, sy = (to_right - to_left) / (right - left), (to_high - to_low) / (high - low)
    return (sx, 0.0, 0.0, sy, to_left - left * sx, to_low - low * sy)


def _cm(matrix: Matrix) -> bytes:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix).encode() + b" cm"
