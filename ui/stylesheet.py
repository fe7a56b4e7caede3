"""The one style sheet: what a palette cannot say, written from tokens and scaled pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Tokens

_ICONS = (Path(__file__).resolve().parent.parent / "resources" / "icons").as_posix()


def stylesheet(t: Tokens, px: Callable[[float], int]) -> str:
    """All rules for these colours; `px` turns pixels at 100 % text into pixels now."""
    return "".join(
        (_labels(t, px), _surfaces(t), _buttons(t, px), _fields(t, px), _lists(t, px), _bars(t, px))
    )


def _labels(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
Label {{ background: transparent; }}
Label[role="card_title"] {{ font-size: {px(14)}px; font-weight: 600; }}
Label[role="bold"] {{ font-weight: 600; }}
Label[role="quiet"] {{ color: {t.quiet}; }}
Label[role="caption"] {{ font-size: {px(12)}px; color: {t.faint}; }}
Label[role="field"] {{ font-size: {px(12)}px; color: {t.quiet}; }}
Label[tone="good"] {{ color: {t.good}; }}
Label[tone="warning"] {{ color: {t.warning}; }}
Label[tone="bad"] {{ color: {t.bad}; }}
Label[tone="accent"] {{ color: {t.accent}; }}
Label[tone="quiet"] {{ color: {t.quiet}; }}
Label[tone="faint"] {{ color: {t.faint}; }}
QToolTip {{ background: {t.card}; color: {t.text}; border: 1px solid {t.hairline}; padding: 4px 7px; }}
"""


def _surfaces(t: Tokens) -> str:
    return f"""
Card {{ background: {t.card}; border: 1px solid {t.hairline}; border-radius: 10px; }}
FigureCard[clickable="true"]:hover {{ border-color: {t.faint}; }}
FigureCard[ring="true"] {{ border: 2px solid {t.accent}; }}
Sidebar {{ background: {t.sidebar}; border: 0; border-right: 1px solid {t.hairline}; }}
QDialog, Popover {{ background: {t.card}; }}
Popover {{ border: 1px solid {t.hairline}; border-radius: 10px; }}
QScrollArea, QScrollArea > QWidget > QWidget[see_through="true"] {{ background: transparent; border: 0; }}
Banner {{ border-radius: 8px; border: 1px solid {t.hairline}; background: {t.card}; }}
Banner[tone="good"] {{ background: {t.good_soft}; border-color: {t.good_soft}; }}
Banner[tone="warning"] {{ background: {t.warning_soft}; border-color: {t.warning_soft}; }}
Banner[tone="bad"] {{ background: {t.bad_soft}; border-color: {t.bad_soft}; }}
Banner[tone="accent"] {{ background: {t.accent_soft}; border-color: {t.accent_soft}; }}
Toast {{ background: {t.text}; border-radius: 8px; }}
Toast Label {{ color: {t.ground}; }}
"""


def _buttons(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QPushButton {{ background: {t.card}; color: {t.text}; border: 1px solid {t.hairline}; border-radius: 6px;
  padding: {px(5)}px {px(13)}px; min-height: {px(18)}px; font-weight: 500; }}
PlainButton {{ outline: none; }}
QPushButton:hover {{ background: {t.hover}; border-color: {t.faint}; }}
QPushButton:pressed {{ background: {t.selection}; }}
QPushButton:disabled {{ color: {t.faint}; background: {t.ground}; }}
QPushButton[ring="true"] {{ border: 2px solid {t.accent}; padding: {px(5) - 1}px {px(13) - 1}px; }}
PrimaryButton {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
  font-weight: 600; }}
PrimaryButton:hover, PrimaryButton:pressed {{ background: {t.accent_hover};
  border-color: {t.accent_hover}; }}
PrimaryButton:disabled {{ background: {t.track}; color: {t.quiet}; border-color: {t.track}; }}
PrimaryButton[ring="true"] {{ border: 2px solid {t.text}; }}
IconButton {{ padding: {px(5)}px {px(8)}px; }}
IconButton[ring="true"] {{ padding: {px(5) - 1}px {px(8) - 1}px; }}
IconButton[bare="true"] {{ background: transparent; border-color: transparent;
  padding: {px(3)}px {px(5)}px; }}
IconButton[bare="true"]:hover {{ background: {t.selection}; }}
IconButton[bare="true"][ring="true"] {{ border: 2px solid {t.accent};
  padding: {max(0, px(3) - 1)}px {max(0, px(5) - 1)}px; }}
LinkButton {{ background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 1px 2px;
  color: {t.accent}; text-align: left; }}
LinkButton:hover, LinkButton:pressed {{ background: {t.accent_soft}; border-color: transparent; }}
LinkButton:disabled {{ color: {t.faint}; background: transparent; border-color: transparent; }}
LinkButton[ring="true"] {{ border: 2px solid {t.accent}; padding: 0 1px; }}
Label[bubble="true"] {{ background: {t.card}; border: 1px solid {t.bad}; border-radius: 4px;
  padding: 3px 7px; }}
BusyStrip {{ background: {t.card}; border: 0; border-top: 1px solid {t.hairline}; }}
Toast LinkButton {{ color: {t.ground}; font-weight: 600; text-decoration: underline; }}
Toast LinkButton:hover {{ background: transparent; }}
"""


def _fields(t: Tokens, px: Callable[[float], int]) -> str:
    fields = "QLineEdit, QComboBox, QPlainTextEdit, QSpinBox"
    focused = ", ".join(f"{name}:focus" for name in fields.split(", "))
    return f"""
{fields} {{ background: {t.ground}; color: {t.text}; border: 1px solid {t.hairline}; border-radius: 6px;
  padding: {px(4)}px {px(9)}px; min-height: {px(20)}px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
{focused} {{ border: 2px solid {t.accent}; padding: {px(4) - 1}px {px(9) - 1}px; background: {t.card}; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"]
  {{ border: 1px solid {t.bad}; }}
QLineEdit[invalid="true"]:focus, QComboBox[invalid="true"]:focus {{ border: 2px solid {t.bad}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ color: {t.faint};
  background: {t.ground}; }}
QLineEdit[read_only="true"] {{ background: transparent; }}
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus {{ border: 2px solid {t.accent}; border-radius: 4px;
  background: {t.card}; padding: 0 {px(6)}px; min-height: 0; }}
QLineEdit[cell="true"][invalid="true"] {{ border-color: {t.bad}; }}
QComboBox:!editable {{ padding-left: {px(11)}px; }}
QComboBox:!editable:focus {{ padding-left: {px(11) - 1}px; }}
QComboBox QLineEdit {{ background: transparent; border: 0; padding: 0; min-height: 0; }}
QComboBox QLineEdit:focus {{ border: 0; padding: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {px(22)}px; }}
QComboBox::down-arrow {{ image: none; }}
QCheckBox, QRadioButton {{ spacing: {px(7)}px; background: transparent; min-height: {px(20)}px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px;
  background: {t.card}; border: 1px solid {t.faint}; border-radius: 3px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
  image: url("{_ICONS}/tick-{"dark" if t.dark else "light"}.svg"); }}
QCheckBox::indicator:indeterminate {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QRadioButton::indicator {{ border-radius: {px(14) // 2 + 1}px; }}
QRadioButton::indicator:checked {{ width: {px(6)}px; height: {px(6)}px; background: {t.on_accent};
  border: {px(14) // 2 - px(6) // 2 + 1}px solid {t.accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:unchecked:focus {{ border: 2px solid {t.accent};
  width: {px(14) - 2}px; height: {px(14) - 2}px; }}
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus {{ border-color: {t.text}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.faint}; }}
"""


def _lists(t: Tokens, px: Callable[[float], int]) -> str:
    # Qt gives a list of completions 6 px besides its rows: more padding would make one row scroll.
    return f"""
QTableView, QListView {{ background: transparent; border: 0; outline: 0; gridline-color: {t.hairline};
  selection-background-color: {t.selection}; selection-color: {t.text}; }}
QHeaderView, QHeaderView::section {{ background: transparent; border: 0; }}
QComboBox QAbstractItemView, QAbstractItemView#completions {{ background: {t.card}; color: {t.text};
  border: 1px solid {t.hairline}; padding: 3px; outline: 0;
  selection-background-color: {t.selection}; selection-color: {t.text}; }}
QAbstractItemView#completions {{ padding: 2px; }}
QComboBox QAbstractItemView::item, QAbstractItemView#completions::item {{ min-height: {px(24)}px;
  padding: 0 {px(6)}px; border-radius: 4px; color: {t.text}; }}
QComboBox QAbstractItemView::item:selected, QAbstractItemView#completions::item:selected
  {{ background: {t.selection}; color: {t.text}; }}
QMenu {{ background: {t.card}; color: {t.text}; border: 1px solid {t.hairline}; padding: 5px; }}
QMenu::item {{ padding: {px(5)}px {px(22)}px {px(5)}px {px(10)}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.selection}; }}
QMenu::item:disabled {{ color: {t.faint}; }}
QMenu::separator {{ height: 1px; background: {t.hairline}; margin: 5px 4px; }}
_CalendarPopup {{ background: {t.card}; border: 1px solid {t.hairline}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {t.card}; }}
QCalendarWidget QToolButton {{ color: {t.text}; background: transparent; border: 0; border-radius: 4px;
  padding: {px(4)}px {px(6)}px; font-weight: 600; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QToolButton:hover {{ background: {t.selection}; }}
QCalendarWidget QAbstractItemView {{ background: {t.card}; color: {t.text};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t.faint}; }}
"""


def _bars(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {t.track}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {px(30)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(30)}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: 0; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QSplitter::handle {{ background: transparent; }}
"""
