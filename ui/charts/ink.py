"""The colours, the type and the strokes a chart is drawn with; no drawing function knows any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication

BASE_SIZE = 13.0
"""The type size, in logical units, at which a chart's own measures (line widths, gaps) are given."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours as `#RRGGBB`; `size` is the base type size in the painter's logical units.

    `ground` None leaves the page as it is. An empty `family` is the program's own font.
    `is_patterned` draws series apart by hatching and line style as well as by colour.
    """

    text: str
    quiet: str
    faint: str
    grid: str
    accent: str
    accent_soft: str
    second: str
    good: str
    bad: str
    warning: str
    ground: str | None = None
    family: str = ""
    size: float = BASE_SIZE
    is_patterned: bool = False

    @classmethod
    def from_tokens(cls, tokens: Any, font: QFont) -> Ink:
        """The ink of a theme: colours from its tokens, family and size from the font on screen."""
        return cls(
            text=_hex(tokens.text),
            quiet=_hex(tokens.quiet),
            faint=_hex(tokens.faint),
            grid=_hex(tokens.hairline),
            accent=_hex(tokens.accent),
            accent_soft=_hex(tokens.accent_soft),
            second=_hex(tokens.second),
            good=_hex(tokens.good),
            bad=_hex(tokens.bad),
            warning=_hex(tokens.warning),
            ground=_hex(tokens.card),
            family=_family(font),
            size=float(QFontInfo(font).pixelSize()),
        )

    @classmethod
    def paper(cls, family: str = "", size: float = 9.0) -> Ink:
        """For print: readable without colour. `size` is in points when the painter counts in points."""
        return cls(
            text="#000000",
            quiet="#333333",
            faint="#555555",
            grid="#CFCFCF",
            accent="#1A1A1A",
            accent_soft="#E6E6E6",
            second="#666666",
            good="#1A1A1A",
            bad="#000000",
            warning="#444444",
            ground="#FFFFFF",
            family=family,
            size=size,
            is_patterned=True,
        )

    def without_ground(self) -> Ink:
        return replace(self, ground=None)


def _hex(color: object) -> str:
    """Tokens may be names, `#RRGGBB` or QColor."""
    return QColor(color).name()  # type: ignore[call-overload, no-any-return, unused-ignore]


def _family(font: QFont) -> str:
    """Empty for the program's own font: some systems forbid asking for that one by name."""
    family = font.family()
    return "" if family == QGuiApplication.font().family() else family
