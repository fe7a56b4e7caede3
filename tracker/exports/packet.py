"""One page-numbered PDF of several: our own pages first, then everything that is attached.

Whatever cannot be added leaves a page with one sentence in its place, and is named to the member.
Knows no Qt: our own pages, pictures and running lines are made by a `Press`, each as a small PDF.
`pdf_pages` lays the pages of files onto those of the packet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from tracker.errors import Cancelled, LedgerError
from tracker.exports.pdf_pages import Sheaf, damaged, open_pdf

if TYPE_CHECKING:
    from pypdf import PdfReader

log = logging.getLogger(__name__)

MOST_BYTES = 60 * 1024 * 1024
"""A larger document is not added. The ledger itself takes files of up to 50 MB."""

MOST_BYTES_TOGETHER = 250 * 1024 * 1024
"""What all documents of a packet may have: they are held in memory while it is made."""

MOST_PAGES = 1_500
_MB = 1024 * 1024


class Progress(Protocol):
    """What is told while working; it raises Cancelled to stop."""

    def step(self, done: int, out_of: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Attached:
    """A document to append. `read` gives its bytes when its turn comes, and not before.

    `size` is in bytes; `about` says in a few words what it hangs on.
    """

    name: str
    size: int
    read: Callable[[], bytes]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the list of contents shows it; `first` is its first page, counted from 1."""

    name: str
    about: str
    first: int
    count: int
    problem: str = ""
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the packet, for its running line. `source` is the document it comes from, or empty."""

    width: float
    height: float
    number: int
    out_of: int
    source: str


class Press(Protocol):
    """Makes what needs type and pictures. Every answer is a PDF."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points, upright."""

    def front(self, entries: Sequence[Entry]) -> bytes:
        """The cover with the list of contents, and our other pages."""

    def picture(self, content: bytes) -> bytes | None:
        """A picture on one page; None where it is none that can be read."""

    def sorry(self, sentence: str) -> bytes:
        """A page that says why something is missing."""

    def running_lines(self, sheets: Sequence[Sheet]) -> bytes:
        """For every sheet a page of its size with the running line and nothing else."""


@dataclass(frozen=True, slots=True)
class Packet:
    """The finished file, its pages, and the documents in it."""

    content: bytes
    pages: int
    entries: tuple[Entry, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """For the member: what is missing, and what to do about it."""
        return tuple(f"{entry.problem} {entry.todo}".strip() for entry in self.entries if entry.problem)


@dataclass(slots=True)
class _Room:
    """What may still be added."""

    bytes: int = MOST_BYTES_TOGETHER
    pages: int = MOST_PAGES


@dataclass(slots=True)
class _Work:
    """A packet in the making."""

    press: Press
    sheaf: Sheaf
    entries: list[Entry] = field(default_factory=list)
    room: _Room = field(default_factory=_Room)


def make_packet(title: str, attached: Iterable[Attached], press: Press, progress: Progress) -> Packet:
    """Put a packet together. Raises Cancelled where `progress` does; no document can make it fail."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would quote damaged files in the log
    wanted = list(attached)
    work = _Work(press, Sheaf(press.size))
    steps = len(wanted) + 2
    for place, one in enumerate(wanted):

        def tick(at: int = place) -> None:
            progress.step(at, steps)

        tick()
        _append(work, one, tick)
    progress.step(len(wanted), steps)
    entries = _put_front(work)
    progress.step(len(wanted) + 1, steps)
    _number(work, entries)
    for entry in entries:
        work.sheaf.bookmark(entry.name, entry.first - 1)
    content = work.sheaf.written(title)
    progress.step(steps, steps)
    return Packet(content, work.sheaf.count, tuple(entries))


# documents ---------------------------------------------------------------------------


def _append(work: _Work, one: Attached, tick: Callable[[], None]) -> None:
    """Add a document, or a page that says why it is not there."""
    before = work.sheaf.count
    todo = ""
    try:
        problem = _added(work, one, tick)
    except Cancelled:
        raise
    except LedgerError as why:
        problem, todo = f"{one.name} could not be added: {why.what}", why.todo
    except Exception:  # noqa: BLE001 - a damaged file fails in as many ways as there are bytes
        log.info("a document could not be added to a packet")
        problem = damaged(one.name)
    if problem:
        _say(work, problem)
    count = work.sheaf.count - before
    work.room.pages -= count
    work.entries.append(Entry(one.name, one.about, before + 1, count, problem, todo))


def _added(work: _Work, one: Attached, tick: Callable[[], None]) -> str:
    """Add the pages of a document; a sentence where something of it is missing."""
    if one.size > MOST_BYTES:
        size, most = one.size // _MB, MOST_BYTES // _MB
        return f"{one.name} could not be added: it has {size:,} MB; {most} MB is the most."
    if one.size > work.room.bytes or work.room.pages <= 0:
        return f"{one.name} could not be added: the packet would become too large."
    content = one.read()
    work.room.bytes -= len(content)
    if b"%PDF-" in content[:1024]:
        return _pdf(work, one.name, content, tick)
    picture = work.press.picture(content)
    if picture is None:
        return f"{one.name} could not be added: it is neither a PDF nor a picture that can be read."
    work.sheaf.add(open_pdf(picture), one.name, fit=True)
    return ""


def _pdf(work: _Work, name: str, content: bytes, tick: Callable[[], None]) -> str:
    """Add a PDF page by page: one that cannot be read does not keep the others out."""
    reader = open_pdf(content)
    lost: list[int] = []
    count = len(reader.pages)
    for number in range(min(count, work.room.pages)):
        tick()
        try:
            work.sheaf.add_page(reader, number, name, fit=True)
        except Exception:  # noqa: BLE001 - as above
            lost.append(number + 1)
    work.sheaf.forget(reader)
    if len(lost) == count:
        return damaged(name)
    if lost:
        pages = ", ".join(map(str, lost))
        return f"{name} is damaged: page{'' if len(lost) == 1 else 's'} {pages} could not be added."
    if count > work.room.pages:
        return f"Only the first {work.room.pages:,} of the {count:,} pages of {name} are here."
    if b"%%EOF" not in content[-2048:]:
        return f"{name} is cut short: only what could still be read is here."
    return ""


def _say(work: _Work, sentence: str) -> None:
    work.sheaf.add(_own(work.press.sorry(sentence)), "")


def _own(content: bytes) -> PdfReader:
    return open_pdf(content)


# binding -----------------------------------------------------------------------------


def _put_front(work: _Work) -> list[Entry]:
    """Put our own pages before all others; gives the entries with the page numbers they then have."""

    def numbered(by: int) -> list[Entry]:
        return [replace(entry, first=entry.first + by) for entry in work.entries]

    # How many pages the front has may, by a digit, depend on the numbers it shows.
    count = 1
    for _try in range(4):
        front = _own(work.press.front(numbered(count)))
        if len(front.pages) == count:
            break
        count = len(front.pages)
    work.sheaf.add(front, "", at=0)
    return numbered(len(front.pages))


def _number(work: _Work, entries: Sequence[Entry]) -> None:
    """Put the running line on every page."""
    sheets = [
        Sheet(width, height, number, work.sheaf.count, source)
        for number, (width, height, source) in enumerate(work.sheaf.sheets(), start=1)
    ]
    work.sheaf.overlay(_own(work.press.running_lines(sheets)))
