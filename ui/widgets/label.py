"""Plain text in one of the program's roles; the style sheet knows size and colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import theme


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
        self._display = role == "title" or role == "figure"
        if role:
            self.setProperty("role", role)
        self._set_display_font()
        if tone:
            self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_display_font()

    def _set_display_font(self) -> None:
        # A style sheet cannot switch the features of a font, and these two roles have others.
        if self._display:
            self.setFont(theme().font("title" if self.property("role") == "title" else "figure"))

    def set_role(self, role: str) -> None:
        """Show it as another kind of text."""
        if (self.property("role") or "") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_tone(self, tone: str) -> None:
        """Colour the text by meaning; an empty tone is the ordinary colour."""
        if (self.property("tone") or "") != tone:
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
