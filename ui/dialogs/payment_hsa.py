"""What a payment into or out of an HSA is: whose money, for which tax year (rulebook 5.1)."""

from __future__ import annotations

from datetime import date

from tracker.domain.accounts.hsa_contributions import contribution_deadline
from tracker.facts import Account, AccountKind, MoneySource, Payment
from ui.models.accounts_words import SOURCES
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form import Form

_IN = (
    MoneySource.OWN,
    MoneySource.PAYROLL,
    MoneySource.EMPLOYER,
    MoneySource.ROLLOVER,
    MoneySource.EARNINGS,
    MoneySource.REPAID,
)
_OUT = (MoneySource.FEE, MoneySource.EXCESS, MoneySource.ROLLOVER)
_DATED = (
    MoneySource.OWN,
    MoneySource.PAYROLL,
    MoneySource.EMPLOYER,
    MoneySource.REPAID,
    MoneySource.EXCESS,
)
"""What belongs to a tax year that may be another than the year it moved in."""

_HINTS = {
    MoneySource.PAYROLL: "Counts against the limit like your employer's own money.",
    MoneySource.EMPLOYER: "Counts against the limit. Leave From account empty.",
    MoneySource.ROLLOVER: "Does not count against the limit.",
    MoneySource.EARNINGS: "Does not count against the limit.",
    MoneySource.REPAID: "Money taken out by mistake that goes back: no contribution.",
    MoneySource.EXCESS: "What was put in above the limit, with its earnings.",
    MoneySource.FEE: "No distribution.",
}


class HsaFields:
    """Two fields that show where one of the accounts is an HSA."""

    def __init__(self, form: Form, accounts: tuple[Account, ...], start: Payment) -> None:
        self._form = form
        self._hsas = {item.id for item in accounts if item.kind is AccountKind.HSA}
        self._start = start
        self._into: bool | None = None
        self.source = OptionEdit()
        self.tax_year = OptionEdit()
        form.add("source", "What it is", self.source)
        form.add("tax_year", "For tax year", self.tax_year)

    def arrange(self, account_id: int | None, to_account_id: int | None, paid_on: date | None) -> None:
        """Show what the chosen accounts and day allow; what was chosen stays where it still can."""
        into = to_account_id in self._hsas
        out = account_id in self._hsas
        offered = into or out
        self._form.field("source").setVisible(offered)
        if not offered:
            self._form.field("tax_year").hide()
            self._into = None
            return
        if into is not self._into:
            self._into = into
            options = [(item.value, SOURCES[item]) for item in (_IN if into else _OUT)]
            self.source.set_options(options if into else [("", "For care, or your own use"), *options])
            first = MoneySource.ROLLOVER if into and out else None
            start = self._start.source or first
            self.source.choose(start.value if start else "")
        chosen = self.chosen_source()
        self._form.field("source").set_hint(_HINTS.get(chosen, "") if chosen else "")
        dated = chosen in _DATED
        self._form.field("tax_year").setVisible(dated)
        if dated and paid_on is not None:
            self._offer_years(paid_on)

    def chosen_source(self) -> MoneySource | None:
        """What was chosen; None for care or own use, and where no HSA is concerned."""
        key = self.source.key() if self._into is not None else ""
        return MoneySource(key) if key else None

    def chosen_year(self, paid_on: date) -> int | None:
        """The tax year; None where it is that of the payment, or does not matter."""
        if self.chosen_source() not in _DATED or not self.tax_year.key():
            return None
        year = int(self.tax_year.key())
        return None if year == paid_on.year else year

    def _offer_years(self, paid_on: date) -> None:
        """The year it is paid in, and until its filing day the year before."""
        kept = self.tax_year.key() or str(self._start.tax_year or "")
        years = [paid_on.year]
        if paid_on <= contribution_deadline(paid_on.year - 1) or kept == str(paid_on.year - 1):
            years.append(paid_on.year - 1)
        self.tax_year.set_options([(str(year), str(year)) for year in years])
        self.tax_year.choose(kept)
