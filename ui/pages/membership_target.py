"""What somebody comes to the Membership page for."""

from __future__ import annotations

from tracker.reports.attention import Attention
from ui.pages.membership_parts import PARTS

_KEYS = frozenset(key for key, _ in PARTS)


def told(target: object) -> tuple[str | None, int | None]:
    """The key of a part and the id of a membership, as far as a target says them.

    A target is an id, an item of the attention list, ("part", key), or (key, id).
    """
    if isinstance(target, int):
        return None, target
    if isinstance(target, Attention):
        return None, target.membership_id
    if isinstance(target, tuple) and len(target) == 2:
        first, second = target
        if first == "part" and second in _KEYS:
            return str(second), None
        if first in _KEYS and isinstance(second, int):
            return str(first), second
    return None, None
