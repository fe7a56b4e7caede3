"""Whether text without a telling name looks like a table: its lines have the same number of cells."""

from __future__ import annotations

import re
from collections import Counter

_DELIMITERS = ",;\t|"
_LINES = 40
_QUOTED = re.compile(r'"[^"]*"')
_SHARE = 0.75


def looks_like_table(text: str) -> bool:
    """Whether most lines have as many of one delimiter as the others, and at least one."""
    lines = [line for line in _QUOTED.sub("", text[:20_000]).splitlines() if line.strip()][:_LINES]
    if len(lines) < 2:
        return False
    for delimiter in _DELIMITERS:
        count, times = Counter(line.count(delimiter) for line in lines).most_common(1)[0]
        if count and times >= max(2, len(lines) * _SHARE):
            return True
    return False
