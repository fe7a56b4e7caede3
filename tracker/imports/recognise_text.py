"""Text that no reader is for: each kind by its marks, with a sentence on what to do instead."""

from __future__ import annotations

import re
from collections.abc import Callable

CHOOSE = "Choose EOB data (JSON), a bank file (QFX, OFX, QIF) or a table (CSV, XLSX)."
AS_TABLE = "Open it in a spreadsheet program, save it as .xlsx or .csv, and choose that."
_BANK_FILE = "Download it from your bank as QFX, OFX or CSV and choose that."

_WEB_PAGE = re.compile(
    r"(?:<!--(?:(?!-->).)*-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|table)\b", re.I | re.S
)
_MARKUP = re.compile(r"<[?!a-z]", re.I)
_MT940 = re.compile(r"\{1:|:20:")
_EMAIL = re.compile(
    r"(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+):? "
    r"[\s\S]{0,4000}?^Subject:",
    re.M | re.I,
)


def text_kind(head: str) -> str:
    """What text is and what to do instead, from its beginning; empty where it is of no known kind."""
    return next((why for is_it, why in _KINDS if is_it(head)), "")


def is_markup(head: str) -> bool:
    """Whether text begins with a tag, as XML and HTML do."""
    return _MARKUP.match(head) is not None


def _starts(*words: str) -> Callable[[str], bool]:
    return lambda head: head.startswith(words)


def _markup_with(*marks: str) -> Callable[[str], bool]:
    return lambda head: is_markup(head) and any(mark in head for mark in marks)


_KINDS: tuple[tuple[Callable[[str], object], str], ...] = (
    (
        _markup_with("urn:schemas-microsoft-com:office:spreadsheet"),
        f"It is a workbook in an old XML format. {AS_TABLE}",
    ),
    (
        _WEB_PAGE.match,
        "It is a web page, whatever its name says: a site often answers with one when you are signed out."
        f" Sign in and download the file again. If it shows a table: {AS_TABLE[0].lower()}{AS_TABLE[1:]}",
    ),
    (
        _markup_with("http://hl7.org/fhir"),
        "It is FHIR data as XML, and only JSON is read. Ask your insurer for the same as JSON.",
    ),
    (
        _markup_with("urn:hl7-org:v3", "ClinicalDocument"),
        "It is a summary of your health record, without amounts. Ask your insurer for claims data (JSON).",
    ),
    (
        _markup_with("urn:iso:std:iso:20022"),
        f"It is a bank statement in the format ISO 20022. {_BANK_FILE}",
    ),
    (
        _starts("ISA*", "ISA|", "ISA~"),
        "It is an X12 file, meant for insurers and providers. Ask your insurer for claims as JSON or CSV.",
    ),
    (
        _starts("{\\rtf"),
        "It is a text document (RTF). Attach it to the claim or payment it belongs to.",
    ),
    (_starts("BEGIN:VCARD", "BEGIN:VCALENDAR"), f"It is a calendar or an address card. {CHOOSE}"),
    (_MT940.match, f"It is a bank statement in the format MT940. {_BANK_FILE}"),
    (_EMAIL.match, "It is an email. Save what is attached to it, and choose that."),
)
