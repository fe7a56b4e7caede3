"""What a file is: by its content first, by its name where the content leaves it open.

A file that no reader is for is refused here with a sentence that says what it is and what to do instead.
Banks and insurers name files wrongly (a web page called `.csv`, a CSV called `.xls`), so a name never
overrules what is inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from tracker.imports.decoded import decoded
from tracker.imports.found import Format
from tracker.imports.recognise_binary import binary_kind
from tracker.imports.recognise_table import looks_like_table
from tracker.imports.recognise_text import AS_TABLE, CHOOSE, is_markup, text_kind
from tracker.imports.unpacked import GZIP, zip_names
from tracker.ledger_form import FORMAT as LEDGER_FORMAT

HEAD = 1 << 16
"""Bytes looked at; every mark of a format stands in them."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is; `why` is empty where there is a reader for it, else why nothing is taken."""

    format: Format
    why: str = ""


_EMPTY = "The file is empty. Download it again."

_OFX_NAMES = (".ofx", ".qfx", ".qbo", ".ofc", ".aso")
_TABLE_NAMES = (".csv", ".tsv", ".tab")
_JSON_NAMES = (".json", ".ndjson", ".jsonl")
_JOURNAL_NAMES = (".beancount", ".bean", ".ledger", ".journal", ".hledger", ".lgr")

_OTHER_NAMES = (".md", ".rst", ".py", ".js", ".yml", ".yaml", ".toml", ".ini", ".log")
_WIDTHS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

_OFX = re.compile(r"^[ \t]*(?:OFXHEADER[ \t]*[:=]|<\?OFX\s|<OFX[\s>])", re.M | re.I)
_OFX_WITHIN = re.compile(r"<\??OFX[\s>]|<OFXHEADER>", re.I)
_QIF = re.compile(r"^[ \t]*!(?:type|account|option|clear)\b", re.M | re.I)
_JSON = re.compile(r"\{\s*(?:[\"}]|$)|\[\s*(?:[\[{\"\]]|$)")
_OUR_JSON = re.compile(rf'"format"\s*:\s*"{re.escape(LEDGER_FORMAT)}"')


def recognise(data: bytes, name: str) -> Recognised:
    """What a file is, by its bytes and its name."""
    if not data.strip(b"\x00 \t\r\n"):
        return Recognised(Format.UNKNOWN, _EMPTY)
    if data.startswith(GZIP):
        return Recognised(Format.ZIP)
    if data.startswith(b"PK"):
        found = _packed(data, name)
        if found is not None:
            return found
    why = binary_kind(data)
    if why:
        return Recognised(Format.UNKNOWN, why)
    return _text(data, name)


def _packed(data: bytes, name: str) -> Recognised | None:
    """A zip, or one of the many formats that are zips with a fixed inside."""
    names = zip_names(data)
    if not names:
        if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
            return None
        if _suffix(name) in (".xlsx", ".xlsm") or b"[Content_Types].xml" in data[:HEAD]:
            return Recognised(
                Format.TABLE, "The workbook is damaged or was cut off. Download it again, or save it anew."
            )
        return Recognised(Format.ZIP)
    if "[content_types].xml" in names:
        if any(inside.startswith("xl/") for inside in names):
            if "xl/workbook.bin" in names:
                return Recognised(Format.UNKNOWN, f"It is a binary workbook (.xlsb). {AS_TABLE}")
            return Recognised(Format.TABLE)
        what = "a Word document" if "word/document.xml" in names else "an Office document, but no workbook"
        return Recognised(Format.UNKNOWN, f"It is {what}. Attach it to the claim or payment it belongs to.")
    if "mimetype" in names and "content.xml" in names:
        return Recognised(Format.UNKNOWN, f"It is an OpenDocument file. {AS_TABLE}")
    if any(inside.endswith(".iwa") for inside in names) or "index.zip" in names:
        return Recognised(
            Format.UNKNOWN,
            "It is a document of Apple Numbers or Pages. Export it there as Excel or CSV and choose that.",
        )
    return Recognised(Format.ZIP)


def _text(data: bytes, name: str) -> Recognised:
    head = decoded(data[:HEAD]).text.lstrip("\ufeff\x00 \t\r\n\v\f")
    suffix = _suffix(name)
    if _is_garbled(head):
        return Recognised(
            Format.UNKNOWN,
            "It is neither text nor a format that is known here. Check that it is the file you meant.",
        )
    if _JSON.match(head) or (suffix in _JSON_NAMES and head[:1] in "[{"):
        return _json(data, head)
    is_ofx = _OFX.match(head) if suffix in _OTHER_NAMES else _OFX.search(head)
    if is_ofx or (head.startswith("<") and _OFX_WITHIN.search(head)):
        return Recognised(Format.OFX)
    if _QIF.search(head):
        return Recognised(Format.QIF)
    why = text_kind(head)
    if why:
        return Recognised(Format.UNKNOWN, why)
    if _holds(data, '"resourceType"'):  # FHIR with something in front of it
        return Recognised(Format.FHIR)
    return _by_name(head, suffix)


def _json(data: bytes, head: str) -> Recognised:
    if _OUR_JSON.search(head[:4096]):
        return Recognised(
            Format.UNKNOWN,
            "It is a whole ledger. Read it into an empty one in Settings, or with `data import`.",
        )
    if _holds(data, '"resourceType"'):
        return Recognised(Format.FHIR)
    return Recognised(
        Format.UNKNOWN,
        "It is JSON, but not EOB data (FHIR). Ask your insurer for your claims as FHIR R4, or as CSV.",
    )


def _by_name(head: str, suffix: str) -> Recognised:
    is_table = looks_like_table(head)
    if suffix in _TABLE_NAMES or (is_table and suffix not in (*_JOURNAL_NAMES, *_OTHER_NAMES)):
        if _is_plan_file(head):
            return Recognised(
                Format.UNKNOWN,
                "It is a CMS plan file. Take a plan out of it on the Coverage page, or with `plan import`.",
            )
        return Recognised(Format.TABLE)
    if suffix in _OFX_NAMES:
        return Recognised(Format.OFX)
    if is_markup(head):
        return Recognised(Format.UNKNOWN, f"It is XML of a kind that is not read here. {CHOOSE}")
    if suffix == ".qif":
        return Recognised(Format.QIF)
    if suffix in _JSON_NAMES:
        return Recognised(Format.UNKNOWN, "Its name says JSON, but it holds other text. Download it again.")
    if suffix in _JOURNAL_NAMES:
        return Recognised(
            Format.UNKNOWN,
            "It is the journal of another program. Export the account there as CSV and choose that.",
        )
    if suffix in (".xls", ".xlsx"):
        return Recognised(Format.UNKNOWN, f"Its name says workbook, but it is other text. {AS_TABLE}")
    return Recognised(Format.UNKNOWN, f"It is text, but no table, bank file or EOB data. {CHOOSE}")


def _suffix(name: str) -> str:
    return PurePath(name).suffix.casefold()


def _holds(data: bytes, words: str) -> bool:
    """Whether the words stand anywhere in a file, in whatever width of letters."""
    return any(words.encode(coding) in data for coding in _WIDTHS)


def _is_garbled(text: str) -> bool:
    """Text has hardly any control characters; a damaged line may have a few."""
    sample = text[:4096]
    odd = sum((letter < " " and letter not in "\t\r\n\f\v\x1a") or letter == "\ufffd" for letter in sample)
    return odd * 20 > len(sample)


def _is_plan_file(head: str) -> bool:
    columns = {cell.strip(' "\r').casefold() for cell in head.split("\n", 1)[0].split(",")}
    return "planid" in columns and bool(
        columns & {"planmarketingname", "benefitname", "standardcomponentid"}
    )
