"""The text of an OFX file: which encoding, where the header ends, what is not let in.

The header's word on the encoding is often wrong (`USASCII` over UTF-8 or Latin-1), so it is only a
hint to `tracker.imports.decoded`. Comments go; CDATA becomes plain text. A document type or entity
declaration is never needed in OFX and is how XML is used to attack a reader: such a file is refused
before anything else is looked at. No XML parser is used, so nothing could be expanded or fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.errors import UserProblem
from tracker.imports.decoded import decoded

_HEAD = 4096
_CHARSET = re.compile(r"CHARSET\s*:\s*([A-Z0-9_.-]+)", re.IGNORECASE)
_ENCODING = re.compile(r"ENCODING\s*:\s*([A-Z0-9_-]+)", re.IGNORECASE)
_XML = re.compile(r"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Z0-9_.-]+)[\"']", re.IGNORECASE)
_VERSION = re.compile(r"VERSION\s*(?::\s*|=\s*[\"'])(\d)(\d)(\d)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:ISO[-_ ]?)?8859[-_](\d{1,2})|(?:WINDOWS-|CP)?(\d{3,4})", re.IGNORECASE)
_NAMED = {"UTF-8": "utf-8", "UTF8": "utf-8", "SHIFT_JIS": "shift_jis", "GB2312": "gb18030", "BIG5": "big5"}
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.IGNORECASE)
_ROOT = re.compile(r"<OFX\b[^<>]{0,500}>", re.IGNORECASE)
_PARTS = re.compile(r"<(?:[A-Z0-9]+MSGSR[SQ]V\d|STMTTRN|(?:CC|INV)?STMTRS)>", re.IGNORECASE)
_OLDER = re.compile(r"<OFC>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfxText:
    """The text from `<OFX>` on, without comments; `version` such as `1.0.2`, empty where it is not said."""

    text: str
    version: str
    replaced: int


def ofx_text(data: bytes) -> OfxText:
    """Read the bytes of an OFX file. Raises UserProblem where it is none, or is one that is refused."""
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    read = decoded(data, _declared(head))
    text = _without_comments(read.text)
    if _DECLARES.search(text):
        raise UserProblem(
            "It declares a document type or entities, which no statement needs and attacks use.",
            "Download the statement again from the bank.",
        )
    root = _ROOT.search(text)
    begin = root or _PARTS.search(text)
    if _OLDER.search(text, 0, begin.start() if begin else len(text)):
        raise UserProblem(
            "It is an OFC file, a format from before 1997.", "Choose OFX or QFX where the bank offers it."
        )
    if begin is None:
        raise UserProblem(
            "It is not an OFX file: it has no <OFX> in it.",
            "Choose the file the bank offers as OFX or QFX.",
        )
    version = _VERSION.search(head)
    return OfxText(text[begin.start() :], ".".join(version.groups()) if version else "", read.replaced)


def _declared(head: str) -> str:
    """The codec that a header names, of those a bank may use; empty where it says no more than ASCII."""
    for pattern in (_XML, _CHARSET, _ENCODING):
        found = pattern.search(head)
        if found is None:
            continue
        name = found[1].upper()
        if name in _NAMED:
            return _NAMED[name]
        numbered = _NUMBERED.fullmatch(name)
        if numbered and numbered[1]:
            # What calls itself Latin-1 has the quotes and dashes of Windows where Latin-1 has nothing.
            return "cp1252" if numbered[1] == "1" else f"iso8859_{int(numbered[1])}"
        if numbered:
            return f"cp{numbered[2]}"
    return ""


def _without_comments(text: str) -> str:
    """Leave out `<!-- -->`, turn CDATA into escaped text; one that never ends is kept as it is."""
    if "<!--" not in text and "<![CDATA[" not in text:
        return text
    pieces: list[str] = []
    begin = place = 0
    ends = {"<!--": "-->", "<![CDATA[": "]]>"}
    while (place := text.find("<!", place)) >= 0:
        mark = next((one for one in ends if text.startswith(one, place)), None)
        stop = text.find(ends[mark], place + len(mark)) if mark else -1
        if mark is None or stop < 0:
            if mark:
                del ends[mark]  # there is no further end to look for
            place += 2
            continue
        pieces.append(text[begin:place])
        if mark != "<!--":
            inside = text[place + len(mark) : stop]
            pieces.append(inside.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        begin = place = stop + 3
    pieces.append(text[begin:])
    return "".join(pieces)
