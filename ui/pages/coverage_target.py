"""What somebody comes to the Coverage page for."""

from __future__ import annotations

from tracker.reports.attention import Action, Attention


def told(target: object) -> tuple[str, int | str] | None:
    """What a target means, as a word and an id, or the key of a part."""
    if isinstance(target, Attention):
        if target.claim_id is not None:
            return ("claim", target.claim_id)
        if target.plan_id is not None:
            return ("next plan" if target.action is Action.PLAN else "plan", target.plan_id)
        return None
    if isinstance(target, int):
        return ("claim", target)
    if isinstance(target, tuple) and len(target) == 2 and isinstance(target[1], int | str):
        return (str(target[0]), target[1])
    return None
