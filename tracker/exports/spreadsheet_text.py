"""Words as cells of a spreadsheet that stay words, whatever they begin with.

Spreadsheet programs calculate a cell that begins with `=`, `+`, `-` or `@`, some of them also after spaces
and line ends, or where the sign is the wide one of East Asian keyboards. What leaves the ledger as a cell
goes through here, whoever wrote it: a payee's name comes from a bank's file.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = frozenset("=+-@\u2212")
_BREAKS = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+\-\u2212]?\s?\$?\s?\d[\d,]*(?:\.\d*)?\s?%?", re.ASCII)


def may_calculate(text: str) -> bool:
    """Whether a spreadsheet program could take a text for a formula."""
    if text.startswith(_BREAKS):
        return True
    for sign in text:
        if not (sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")):
            return unicodedata.normalize("NFKC", sign)[:1] in _SIGNS
    return False


def still_text(text: str) -> str:
    """Text on one line that stays text: an apostrophe keeps a spreadsheet from calculating it."""
    joined = " ".join(text.split())
    return f"'{joined}" if may_calculate(joined) else joined


def still_cell(text: str) -> str:
    """The same for a cell of a table, where an amount such as `-$12.50` stays one to calculate with."""
    joined = " ".join(text.split())
    return joined if _NUMBER.fullmatch(joined) else still_text(joined)
