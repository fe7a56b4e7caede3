"""How the program looks: colours, fonts and distances, and the one object that applies them.

`theme()` belongs to the running QApplication, so nothing happens at import and tests can start over.
Widgets ask for a colour by the name of its token and repaint when `Theme.changed` comes, or simply
when Qt tells them that the style changed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from ui.stylesheet import stylesheet

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")
OVERRIDE = "CONCIERGE_LEDGER_THEME"

BASE_PX = 13
MARGIN_X, MARGIN_Y = 26, 20
CARD_PADDING = 16
GAP = 14
SMALL_RADIUS = 6
SIDEBAR_WIDTH = 199

Role = Literal["base", "bold", "caption", "caption_bold", "card_title", "figure", "title"]
_FONTS: dict[Role, tuple[int, QFont.Weight]] = {
    "base": (BASE_PX, QFont.Weight.Normal),
    "bold": (BASE_PX, QFont.Weight.DemiBold),
    "caption": (12, QFont.Weight.Normal),
    "caption_bold": (12, QFont.Weight.DemiBold),
    "card_title": (14, QFont.Weight.DemiBold),
    "figure": (24, QFont.Weight.DemiBold),
    "title": (22, QFont.Weight.DemiBold),
}
_DISPLAY = ("figure", "title")
"""Large single figures and titles stand in no column, and figures of one width look loose there."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour the program uses, as hex. Text tokens keep 4.5:1 on the grounds they appear on."""

    dark: bool
    ground: str
    sidebar: str
    card: str
    hairline: str
    text: str
    quiet: str
    faint: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    selection: str
    hover: str
    track: str
    segment_text: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    bad: str
    bad_soft: str
    second: str
    second_soft: str


LIGHT = Tokens(
    dark=False,
    ground="#F6F6F3",
    sidebar="#EFEEEA",
    card="#FFFFFF",
    hairline="#E3E1DB",
    text="#1F2421",
    quiet="#636965",
    faint="#6B716D",
    accent="#0F6B5C",
    on_accent="#FFFFFF",
    accent_hover="#0C5A4D",
    accent_soft="#E1EFEB",
    selection="#DDEAE6",
    hover="#F5F6F3",
    track="#E3E1DB",
    segment_text="#565C58",
    good="#2A7448",
    good_soft="#E4F2E9",
    warning="#945508",
    warning_soft="#FCEFDD",
    bad="#B3392F",
    bad_soft="#FBE7E5",
    second="#3B6FB6",
    second_soft="#EDF3FA",
)

DARK = Tokens(
    dark=True,
    ground="#171A19",
    sidebar="#121514",
    card="#1F2322",
    hairline="#303634",
    text="#E8EBE9",
    quiet="#9FA8A4",
    faint="#8A938F",
    accent="#4DB6A0",
    on_accent="#0E1A17",
    accent_hover="#62C5B0",
    accent_soft="#1E3833",
    selection="#243B36",
    hover="#252A28",
    track="#303634",
    segment_text="#A9B1AD",
    good="#63C08A",
    good_soft="#1E3527",
    warning="#E0A34A",
    warning_soft="#3A2D17",
    bad="#EE877D",
    bad_soft="#452523",
    second="#7EA8E6",
    second_soft="#22304A",
)


class Theme(QObject):
    """Applies light or dark to the application and answers for colours, fonts and scaled pixels."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = "system"
        self._percent = 100
        self._applied: tuple[Tokens, int] | None = None
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[Role, QFont] = {}
        self.pixmaps: dict[tuple[str, str, int, int, float], QPixmap] = {}  # kept by ui/icons.py
        self._family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
        self.tokens = self._chosen()
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def percent(self) -> int:
        """The size of text, 100 to 200 per cent."""
        return self._percent

    def apply(self, mode: str | None = None, percent: int | None = None) -> None:
        """Put the look on the application; without arguments, the current one. Cheap when equal.

        `mode` may come from a settings file: one that is unknown is taken as `system`.
        """
        known: Mode = next((one for one in MODES if one == mode), "system")
        wanted = known if mode else self._mode
        if wanted != self._mode:
            self._mode = wanted
            self._tell_system()
        if percent is not None:
            self._percent = min(200, max(100, percent))
        tokens = self._chosen()
        if self._applied == (tokens, self._percent):
            return
        first = self._applied is None
        self._applied = (tokens, self._percent)
        self.tokens = tokens
        self._colours.clear()
        self._fonts.clear()
        self.pixmaps.clear()
        if first and not self._app.property("ledger_fusion"):
            self._app.setStyle("Fusion")
        self._app.setPalette(self._palette())
        self._app.setFont(self.font("base"))
        self._app.setStyleSheet(stylesheet(tokens, self.px))
        self.changed.emit()

    def use_family(self, family: str) -> None:
        """Another typeface than the system's, for pictures that must look alike everywhere."""
        self._family = [family]
        self._applied = None if self._applied is None else (self._applied[0], 0)
        self.apply()

    def colour(self, token: str) -> QColor:
        """The colour of a token by name. Do not change the answer; it is shared."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(getattr(self.tokens, token))
        return found

    def font(self, role: Role = "base") -> QFont:
        """A font of the program's scale, with figures of one width. Do not change the answer."""
        found = self._fonts.get(role)
        if found is None:
            size, weight = _FONTS[role]
            found = QFont(self._family)
            found.setPixelSize(self.px(size))
            found.setWeight(weight)
            # Said either way: what a font leaves open, a painter takes from the widget it paints on.
            found.setFeature(QFont.Tag("tnum"), int(role not in _DISPLAY))
            self._fonts[role] = found
        return found

    def px(self, pixels: float) -> int:
        """Pixels at 100 % text as pixels now."""
        return round(pixels * self._percent / 100)

    def _chosen(self) -> Tokens:
        mode = os.environ.get(OVERRIDE, "") or self._mode
        if mode == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if mode == "dark" else LIGHT

    def _tell_system(self) -> None:
        """Title bars and native dialogs follow too, where the platform can."""
        hints = QGuiApplication.styleHints()
        if self._mode == "system":
            hints.unsetColorScheme()
        else:
            dark = self._mode == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    @Slot()
    def _on_system_changed(self) -> None:
        if self._applied is not None:
            self.apply()

    def _palette(self) -> QPalette:
        colours = {
            QPalette.ColorRole.Window: "ground",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "card",
            QPalette.ColorRole.AlternateBase: "ground",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.PlaceholderText: "faint",
            QPalette.ColorRole.Button: "card",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.ToolTipBase: "card",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.BrightText: "bad",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.Accent: "accent",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.LinkVisited: "accent",
            QPalette.ColorRole.Light: "card",
            QPalette.ColorRole.Midlight: "hover",
            QPalette.ColorRole.Mid: "hairline",
            QPalette.ColorRole.Dark: "faint",
            QPalette.ColorRole.Shadow: "faint",
        }
        palette = QPalette()
        for role, token in colours.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("faint"))
        return palette


def make_application(arguments: Sequence[str] = ("concierge-ledger",)) -> QApplication:
    """The application, in the style that Theme builds on.

    Asking for the style here, and not by `setStyle`, spares the start some milliseconds: what
    `setStyle` answers makes Python build every constant of QStyle.
    """
    # Whatever the system's language: a calendar in German beside English words would be odd.
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app = QApplication([*arguments, "-style", "Fusion"])
    app.setProperty("ledger_fusion", True)
    # On a Mac, Tab would pass over buttons and choices.
    app.styleHints().setTabFocusBehavior(Qt.TabFocusBehavior.TabFocusAllControls)
    return app


def theme() -> Theme:
    """The theme of the running application, made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme needs a running QApplication")
    found = app.property("ledger_theme")
    if isinstance(found, Theme):
        return found
    made = Theme(app)
    app.setProperty("ledger_theme", made)
    return made
