"""Documents: copied into the ledger, named by their hash, taken out again to be opened."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import re
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tracker.changes import Changes
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import Document, Noun
from tracker.file_names import file_name
from tracker.services import rows, words
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import documents as query
from tracker.whole_file import reason_of

log = logging.getLogger(__name__)

LARGEST_BYTES = 50 * 1024 * 1024
_COPIES = "concierge-ledger-opened-"
_KEPT_SECONDS = 24 * 60 * 60
"""Copies made for the viewer are removed a day later: by then nobody reads them any more."""

_PROGRAM = re.compile(
    r"[.](app|bat|cmd|com|command|cpl|desktop|exe|hta|jar|jse?|lnk|ms[ip]|pif|ps1|reg|scpt|scr|sh|url|vb[es]"
    r"|workflow|ws[fh])",
    re.IGNORECASE,
)
"""What a system would run instead of showing it."""


class DocumentService:
    """Scans and receipts that hang on any fact."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def attached_to(self, noun: Noun, noun_id: int) -> list[Document]:
        return query.attached_to(self._ledger.read(), noun, noun_id)

    def attach(self, noun: Noun, noun_id: int, paths: Sequence[Path]) -> Changes:
        """Copy files into the ledger. The same bytes are stored once, however often attached.

        Raises UserProblem for a folder, an empty or a very large file; nothing is attached then.
        """
        contents = [(path, _bytes_of(path)) for path in paths]
        called = contents[0][0].name if len(contents) == 1 else f"{len(contents)} documents"
        with self._ledger.write(f"Attach {called}") as work:
            for path, content in contents:
                named = words.name(path.name, what="file name")
                work.new_id = put_document(work, self._ledger.today(), noun, noun_id, named, content)
        return work.changes

    def detach(self, document: Document) -> Changes:
        """Remove a document; its bytes stay until the ledger is compacted, so that undo works."""
        with self._ledger.write(f"Remove document, {document.name}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.document, [document.id])
        return work.changes

    def content(self, document: Document) -> bytes:
        """The bytes, checked against their hash; raises WorldProblem where they do not match."""
        content = query.content(self._ledger.read(), document.sha256)
        if content is None or hashlib.sha256(content).hexdigest() != document.sha256:
            raise WorldProblem(
                f"{document.name} no longer reads as it was stored.", "Restore a backup to get it back."
            )
        return content

    def open_copy(self, document: Document) -> Path:
        """Write the document to a private temporary folder for the system's viewer; gives the path.

        Raises UserProblem for a program, which a ledger from elsewhere may bring along.
        """
        name = file_name(document.name, otherwise="document")
        if _PROGRAM.fullmatch(Path(name).suffix):
            raise UserProblem(f"{name} is a program, not a document.", "It is not opened from here.")
        content = self.content(document)
        try:
            path = Path(tempfile.mkdtemp(prefix=_COPIES)) / name
            path.write_bytes(content)
            path.chmod(0o400)
        except OSError as why:
            raise WorldProblem(
                f"{document.name} could not be copied for viewing: {reason_of(why)}.",
                "Free some space and try again.",
            ) from why
        return path


def put_document(work: Work, today: date, noun: Noun, noun_id: int, name: str, content: bytes) -> int:
    """Store a document within a change under way; gives its id. The same bytes are stored once."""
    from tracker.storage import schema

    sha256 = hashlib.sha256(content).hexdigest()
    work.connection.exec_driver_sql(
        "INSERT INTO document_content(sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (sha256, content),
    )
    values = {
        "name": name,
        "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "size": len(content),
        "sha256": sha256,
        "added_on": today,
        f"{noun.value}_id": noun_id,
    }
    return rows.put(work.connection, schema.document, None, values)


def remove_old_copies() -> None:
    """Take away the documents that were copied for viewing a day ago or earlier, as far as that goes."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_COPIES}*"):
        try:
            if folder.is_symlink() or time.time() - folder.stat().st_mtime < _KEPT_SECONDS:
                continue
            for copy in folder.iterdir():
                copy.chmod(0o600)  # Windows removes nothing that is read-only
                copy.unlink()
            folder.rmdir()
        except OSError:  # still open in a viewer, or somebody else's
            log.info("a copy made for viewing could not be removed")


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UserProblem(f"{path.name} is not a file.", "Choose a file.")
        size = path.stat().st_size
        if size == 0:
            raise UserProblem(f"{path.name} is empty.", "Choose another file.")
        if size > LARGEST_BYTES:
            raise UserProblem(
                f"{path.name} has {size // 1024**2} MB; {LARGEST_BYTES // 1024**2} MB is the most.",
                "Scan it with a lower resolution.",
            )
        return path.read_bytes()
    except OSError as why:
        raise WorldProblem(
            f"{path.name} cannot be read: {why.strerror or why}.", "Check the file."
        ) from why
