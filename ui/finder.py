"""Ctrl+K: pages, payments, providers and EOBs by any of their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tracker.dates import MONTH_NAMES, day_text, month_text
from tracker.money import dollars
from tracker.services.bundle import Services
from tracker.storage.queries.payments import PaymentFilter
from ui.widgets.find_box import FoundItem

MOST_OF_A_KIND = 6

GoTo = Callable[..., object]


class LedgerFinder:
    """Looks a text up in the open ledger; each answer knows where it leads."""

    def __init__(
        self,
        services: Services,
        pages: Sequence[tuple[str, str]],
        go_to: GoTo,
        acts: Sequence[tuple[str, str, Callable[[], object]]] = (),
    ) -> None:
        """`pages` are keys and titles, `acts` what can be done: a title, what it is, and how."""
        self._services = services
        self._acts = [FoundItem(*act) for act in acts]
        self._pages = list(pages)
        self._go_to = go_to

    def search(self, text: str) -> Sequence[FoundItem]:
        """The best answers first; a page's name comes before the facts that contain the word."""
        wanted = text.strip().casefold()
        pages = [
            self._item(title, "Page", key)
            for key, title in self._pages
            if not wanted or wanted in title.casefold()
        ]
        if len(wanted) < 2:
            return pages
        acts = [act for act in self._acts if wanted in f"{act.title} {act.detail}".casefold()]
        return [
            *pages,
            *acts,
            *self._months(wanted),
            *self._claims(wanted),
            *self._payments(text),
            *self._providers(wanted),
        ]

    def _item(self, title: str, detail: str, page: str, target: object = None) -> FoundItem:
        def open_it() -> None:
            self._go_to(page, target)

        return FoundItem(title, detail, open_it)

    def _months(self, wanted: str) -> list[FoundItem]:
        today = self._services.ledger.today()
        return [
            self._item(f"Budget, {month_text(month)}", "Month", "budget", month)
            for number, name in enumerate(MONTH_NAMES, start=1)
            if name.casefold().startswith(wanted.split()[0])
            for month in (date(today.year, number, 1),)
        ]

    def _payments(self, text: str) -> list[FoundItem]:
        found = self._services.payments.ids(PaymentFilter(text=text), limit=MOST_OF_A_KIND + 1).ids
        lines = self._services.payments.lines(found[:MOST_OF_A_KIND])
        items = [
            self._item(
                f"{line.payee or line.to_account or 'Payment'} {dollars(line.amount)}",
                f"{day_text(line.paid_on)}  \u00b7  {line.category or 'No budget line'}",
                "spending",
                line.id,
            )
            for line in lines
        ]
        if len(found) > MOST_OF_A_KIND:
            title = f"All payments with \u201c{text.strip()}\u201d"
            items.append(self._item(title, "Spending", "spending", PaymentFilter(text=text)))
        return items

    def _claims(self, wanted: str) -> list[FoundItem]:
        items = []
        for line in self._services.claims.search(wanted.split(), limit=MOST_OF_A_KIND):
            owed = "" if line.claim.you_owe is None else f", you owe {dollars(line.claim.you_owe)}"
            detail = f"EOB of {day_text(line.claim.service_from)}{owed}"
            items.append(self._item(line.provider, detail, "claims", line.claim.id))
        return items

    def _providers(self, wanted: str) -> list[FoundItem]:
        found = [item for item in self._services.people.providers() if wanted in item.name.casefold()]
        return [
            self._item(item.name, "Everything paid", "spending", PaymentFilter(provider_id=item.id))
            for item in found[:MOST_OF_A_KIND]
        ]
