"""Words of a person as the name of a file, on any system."""

from __future__ import annotations

import re

_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""What turns the direction of writing could show `fdp.exe` for the name that ends in `.pdf`."""

_DEVICE = re.compile("(con|prn|aux|nul|conin[$]|conout[$]|(com|lpt)[0-9¹²³])[ .]*", re.IGNORECASE)
"""Windows takes these for a device, whatever their ending and however they are capitalised."""

_LONGEST_ENDING = 12


def file_name(wanted: str, *, otherwise: str, most: int = 120) -> str:
    """The words without what a system refuses; `otherwise` where nothing is left.

    `most` is the room in bytes of UTF-8, the ending included: most systems give a name 255.
    """
    name = " ".join(_REFUSED.sub(" ", _TURNING.sub("", wanted)).split()).strip(" .") or otherwise
    if _DEVICE.fullmatch(name.partition(".")[0]):
        name = f"_{name}"
    if len(name.encode("utf-8", "replace")) <= most:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = most - len(f"{dot}{ending}".encode("utf-8", "replace"))
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").rstrip(" .") + dot + ending
