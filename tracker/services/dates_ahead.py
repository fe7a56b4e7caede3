"""One computed list of the dates ahead: payments, renewals, refills, deadlines, accounts, reminders.

Nothing of it is stored but the member's own reminders. Reading takes a moment: ask off the UI thread.
"""

from __future__ import annotations

from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.dates_ahead import DateAhead, each_once, in_day_order, within
from tracker.services.bundle import Services
from tracker.services.dates_ahead_household import household_dates
from tracker.services.dates_ahead_papers import paper_dates
from tracker.services.dates_ahead_untaxed import untaxed_dates

MONTHS_AHEAD = 12


def dates_ahead(
    services: Services, *, until: date | None = None, since: date | None = None
) -> list[DateAhead]:
    """Every date from `since` (today) up to and including `until` (twelve months on), in order of day.

    Each matter is one entry, and its key stays the same while its day, amount or words change. What is
    overdue is not ahead: the attention list has it. A last day before the first gives no entries.
    """
    first = since or services.ledger.today()
    last = until or add_months(first, MONTHS_AHEAD)
    if last < first:
        return []
    period = Period(first, last + timedelta(days=1))
    found = [
        *household_dates(services, period),
        *paper_dates(services),
        *untaxed_dates(services),
    ]
    return in_day_order(each_once(within(found, period)))
