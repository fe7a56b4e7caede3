"""What is done about a mistake of our own while a file is read: it is logged, and the file is refused."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger(__name__)

OUR_FAULT = (
    "The program could not read it, which is its own fault and is written in its log. The other files were"
    " read; choose this one in another format if you can."
)
_FRAMES = -20
"""The innermost calls only: a recursion has a thousand."""


def log_fault(doing: str, why: Exception) -> None:
    """Log where an error arose, without its own words, which may quote the file."""
    place = "".join(traceback.format_tb(why.__traceback__, limit=_FRAMES))
    log.error("%s failed with %s:\n%s", doing, type(why).__name__, place)
