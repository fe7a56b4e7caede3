"""Which pages there are, in the order of the sidebar. A page's code is loaded at its first visit."""

from __future__ import annotations

import importlib

from tracker.reports.overview import Overview
from ui.context import Context
from ui.main_window import PageSpec
from ui.widgets.page import Page


def page_specs(context: Context, first: Overview | None) -> list[PageSpec]:
    """The sidebar's entries. `first` is the Overview's data where it was read before the window."""

    def overview() -> Page:
        from ui.pages.overview import OverviewPage

        return OverviewPage(context, first=first)

    def budget() -> Page:
        from ui.pages.budget import BudgetPage

        return BudgetPage(context)

    def spending() -> Page:
        from ui.pages.spending import SpendingPage

        return SpendingPage(context)

    def claims() -> Page:
        from ui.pages.claims import ClaimsPage

        return ClaimsPage(context)

    def coverage() -> Page:
        from ui.pages.coverage import CoveragePage

        return CoveragePage(context)

    def membership() -> Page:
        from ui.pages.membership import MembershipPage

        return MembershipPage(context)

    def accounts() -> Page:
        from ui.pages.accounts import AccountsPage

        return AccountsPage(context)

    def review() -> Page:
        from ui.pages.review import ReviewPage

        return ReviewPage(context)

    return [
        PageSpec("overview", "Overview", "overview", overview),
        PageSpec("budget", "Budget", "budget", budget),
        PageSpec("spending", "Spending", "spending", spending),
        PageSpec("claims", "Claims", "claims", claims),
        PageSpec("coverage", "Coverage", "coverage", coverage),
        PageSpec("membership", "Membership", "membership", membership),
        PageSpec("accounts", "Accounts", "accounts", accounts),
        PageSpec("review", "Year in review", "review", review),
    ]


def load_code() -> None:
    """Load the code of every page, beside the window and before anyone asks for it.

    A page's first visit then only builds its widgets.
    """
    parts = ("coverage_part_pay", "coverage_part_progress", "coverage_part_checks")
    agreement = tuple(
        f"membership_part_{key}" for key in ("agreement", "included", "worth", "leaving", "tax")
    )
    money = tuple(f"accounts_part_{key}" for key in ("balances", "hsa", "fsa", "where", "funds", "taxes"))
    pages = (
        "budget",
        "budget_afford_view",
        "spending",
        "claims",
        "coverage",
        *parts,
        "membership",
        *agreement,
        "accounts",
        *money,
        "review",
        "settings",
    )
    for name in pages:
        importlib.import_module(f"ui.pages.{name}")


def footer_specs(context: Context) -> list[PageSpec]:
    """What stands at the bottom of the sidebar."""

    def settings() -> Page:
        from ui.pages.settings import SettingsPage

        return SettingsPage(context)

    return [PageSpec("settings", "Settings", "settings", settings)]
