"""Plain text in one of the program's roles; the style sheet knows size and colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Label(QLabel):
    """Text that is never read as markup, so a provider named `<b>` stays what it is.

    Roles: title, card_title, figure, bold, quiet, caption, field. Tones: good, warning, bad, accent,
    quiet, faint.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        tone: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Colour the text by meaning; an empty tone is the ordinary colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class AmountLabel(Label):
    """An amount at the right edge of its place."""

    def __init__(
        self, text: str = "", role: str = "", *, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, tone=tone, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
