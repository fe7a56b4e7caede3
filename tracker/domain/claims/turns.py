"""Whose turn it is: who has to move before a case or a clock can go on."""

from __future__ import annotations

from enum import StrEnum


class Turn(StrEnum):
    """Who acts next. `NOBODY` once there is nothing left to do."""

    ME = "me"
    PROVIDER = "provider"
    INSURER = "insurer"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Turn.ME: "Your turn",
    Turn.PROVIDER: "The provider's turn",
    Turn.INSURER: "The insurer's turn",
    Turn.NOBODY: "Closed",
}
