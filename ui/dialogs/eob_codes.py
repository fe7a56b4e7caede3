"""The reason codes of an EOB in quiet words, as they are typed."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.claims.reason_codes import OWING_RULE, decode
from tracker.imports.reason_codes_file import reason_codes
from ui.widgets.label import Label

_MOST = 6


class CodeWords(Label):
    """A line for each code; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__("", "caption", wrap=True)
        self.setAccessibleName("What the reason codes mean")
        self.hide()

    def say(self, texts: Iterable[str]) -> bool:
        """Decode the codes of these texts, each once; true where that changed the number of lines."""
        found = {one.code: one for text in texts if text for one in decode(text, reason_codes())}
        lines = [f"{code}: {one.words}" for code, one in found.items()]
        if len(lines) > _MOST:
            lines = [*lines[:_MOST], f"And {len(lines) - _MOST} more."]
        if any(one.reason.group in ("CO", "PI") for one in found.values()):
            lines.append(OWING_RULE)
        before = self.text().count("\n"), self.isHidden()
        self.setText("\n".join(lines))
        self.setVisible(bool(lines))
        return before != (self.text().count("\n"), self.isHidden())
