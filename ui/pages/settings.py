"""Settings: the household's facts that have no page of their own, and how the program behaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area, Changes
from ui.context import Context
from ui.pages.settings_section import Section
from ui.widgets.page import Page
from ui.widgets.section_chooser import SectionChooser

SECTIONS = (
    ("household", "Household"),
    ("providers", "Providers"),
    ("accounts", "Accounts"),
    ("recurring", "Recurring"),
    ("budget", "Budget"),
    ("imports", "Imports"),
    ("look", "Look"),
    ("backups", "Backups"),
    ("history", "History"),
)


class SettingsPage(Page):
    """One section at a time, made at its first visit."""

    SHOWS = Area.EVERYTHING
    help_text = (
        "The people of your household, the providers and accounts your payments name, and what recurs. "
        "Look and paper are kept for this computer; everything else is part of the ledger and can be "
        "undone. Backups are made by themselves; restore one here when something went wrong. "
        "The history lists every change ever made."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Settings", parent)
        self._context = context
        self._sections: dict[str, Section] = {}
        self.chooser = SectionChooser(SECTIONS, "Section")
        self.chooser.changed.connect(self._on_chosen)
        self.body.addWidget(self.chooser)
        kept = context.state.text("settings/section")
        self.chooser.choose(kept if kept in dict(SECTIONS) else SECTIONS[0][0])
        self._show_section()

    # what the window asks for --------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Show a section by its key."""
        if isinstance(target, str) and target in dict(SECTIONS):
            self.chooser.choose(target)
            self._on_chosen()

    def primary_action(self) -> None:
        self.section.add()

    def reload(self) -> None:
        self.section.refresh()

    @Slot(object)
    def on_committed(self, changes: Changes) -> None:
        for section in self._sections.values():
            if changes.areas & section.SHOWS:
                section.stale = True
        super().on_committed(changes)

    # sections ------------------------------------------------------------------------

    @property
    def section(self) -> Section:
        """The section that is shown."""
        key = self.chooser.key()
        if key not in self._sections:
            made = _MAKERS[key](self._context)
            self._sections[key] = made
            self.body.addWidget(made, int(made.FILLS))
        return self._sections[key]

    @Slot()
    def _on_chosen(self) -> None:
        self._context.state.keep_text("settings/section", self.chooser.key())
        self._show_section()
        if self.isVisible():
            self.section.refresh()
        else:
            self.mark_stale()

    def _show_section(self) -> None:
        shown = self.section
        for section in self._sections.values():
            section.setVisible(section is shown)
            self.body.setStretchFactor(section, int(section.FILLS and section is shown))
        self._share_height()


def _household(context: Context) -> Section:
    from ui.pages.settings_people import PeopleSection

    return PeopleSection(context)


def _providers(context: Context) -> Section:
    from ui.pages.settings_providers import ProvidersSection

    return ProvidersSection(context)


def _accounts(context: Context) -> Section:
    from ui.pages.settings_accounts import AccountsSection

    return AccountsSection(context)


def _recurring(context: Context) -> Section:
    from ui.pages.settings_recurring import RecurringSection

    return RecurringSection(context)


def _budget(context: Context) -> Section:
    from ui.pages.settings_budget import BudgetSection

    return BudgetSection(context)


def _imports(context: Context) -> Section:
    from ui.pages.settings_imports import ImportsSection

    return ImportsSection(context)


def _look(context: Context) -> Section:
    from ui.pages.settings_look import LookSection

    return LookSection(context)


def _backups(context: Context) -> Section:
    from ui.pages.settings_backups import BackupsSection

    return BackupsSection(context)


def _history(context: Context) -> Section:
    from ui.pages.settings_history import HistorySection

    return HistorySection(context)


_MAKERS: dict[str, Callable[[Context], Section]] = {
    "household": _household,
    "providers": _providers,
    "accounts": _accounts,
    "recurring": _recurring,
    "budget": _budget,
    "imports": _imports,
    "look": _look,
    "backups": _backups,
    "history": _history,
}
