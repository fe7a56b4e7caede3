"""Files that are not text and that nothing is read from: each by the bytes it begins with."""

from __future__ import annotations

OUR_MARK = b"CLDG"
"""What a ledger of this program carries in the head of its database."""

_PAPER = "Attach it to the claim or payment it belongs to and enter its figures."
_UNPACK = "Unpack it and choose the files in it."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE_OLE: tuple[tuple[str, str], ...] = (
    (
        "EncryptedPackage",
        "The workbook is protected with a password. Remove it in your spreadsheet program, then try again.",
    ),
    ("WordDocument", f"It is a Word document. {_PAPER}"),
    ("__nameid_version1.0", "It is an Outlook message. Save what is attached to it, and choose that."),
)
_OLD_WORKBOOK = (
    "It is a workbook in the old format (.xls). Save it in a spreadsheet program as .xlsx and choose that."
)

_BEGINNINGS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM"), f"It is a picture. {_PAPER}"),
    (
        (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"),
        f"It is an archive. {_UNPACK}",
    ),
    (
        (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
        "It is a program, not data. Nothing was read.",
    ),
)
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif")


def binary_kind(data: bytes) -> str:
    """What a file is and what to do instead, in two sentences; empty where it may be text."""
    if b"%PDF-" in data[:1024]:
        return (
            "It is a PDF, and its figures cannot be read safely. Download the same as CSV, QFX or EOB data"
            " (JSON), or attach it to the claim it belongs to and enter its figures."
        )
    if data.startswith(_OLE):
        return next((why for word, why in _INSIDE_OLE if word.encode("utf-16-le") in data), _OLD_WORKBOOK)
    if data.startswith(b"SQLite format 3\x00"):
        if data[68:72] == OUR_MARK:
            return "It is a ledger of this program. Open it, or put it back with `restore`."
        return "It is a database. Export what you need from its program as CSV and choose that."
    is_image = data[4:8] == b"ftyp" and data[8:12] in _PICTURE_BRANDS
    if is_image or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return f"It is a picture. {_PAPER}"
    if data[257:262] == b"ustar":
        return f"It is an archive. {_UNPACK}"
    for marks, why in _BEGINNINGS:
        # Two letters alone could begin a text: then there is a zero byte soon after.
        if any(data.startswith(mark) and (len(mark) > 2 or b"\x00" in data[:64]) for mark in marks):
            return why
    return ""
