"""Two fields of an EOB that choose the plan's rule: the service, and where the provider stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from tracker.facts import Network, NetworkTier, ServiceCategory
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit

_PLACES = ((Network.IN.value, "In network"), (Network.OUT.value, "Out of network"))
_TIER = "tier "
"""Before the code of a further tier, so that no code is taken for one of the usual two."""


class ServiceEdit(ChoiceEdit):
    """One of the service categories, found by any part of its name; empty where it is not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(placeholder="Such as Specialist visit", parent=parent)
        self._codes: list[str] = []

    def set_categories(self, categories: Mapping[str, ServiceCategory]) -> None:
        """Offer these, the member's own among them, by name."""
        found = sorted(categories.values(), key=lambda item: item.name.casefold())
        self._codes = [item.code for item in found]
        self.set_items([(place, item.name) for place, item in enumerate(found)])

    def choose_code(self, code: str) -> None:
        """Show a category without telling anybody; an unknown one empties the field."""
        self.choose(self._codes.index(code) if code in self._codes else None)

    def code(self) -> str:
        """The chosen category, empty for none. Raises UserProblem for a name that is not in the list."""
        place = self.chosen_id()
        return "" if place is None else self._codes[place]

    def code_so_far(self) -> str:
        """The same while typing; a name that is not complete yet is none."""
        place = self._place_of(self.text()) if self.text() else None
        return "" if place is None else self._codes[place]


class NetworkEdit(OptionEdit):
    """In network, out of network, or one of the plan's further tiers, which are all contracted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_PLACES, parent)

    def show_tiers(self, tiers: Sequence[NetworkTier]) -> bool:
        """Offer a plan's further tiers too; true where that changes what can be chosen.

        What was chosen stays while it is there, else the provider is in network.
        """
        more = [(_TIER + tier.code, f"In network, {tier.name}") for tier in tiers]
        wanted = [_PLACES[0], *more, _PLACES[1]]
        if wanted == [(str(self.itemData(n)), self.itemText(n)) for n in range(self.count())]:
            return False
        self.set_options(wanted)
        return True

    def choose_place(self, network: Network, tier: str) -> None:
        """Show where a provider stands; a tier that is not offered counts as in network."""
        self.choose(_TIER + tier if tier else network.value)

    @property
    def network(self) -> Network:
        return Network.OUT if self.key() == Network.OUT.value else Network.IN

    @property
    def tier(self) -> str:
        """The code of a further tier, else empty."""
        return self.key().removeprefix(_TIER) if self.key().startswith(_TIER) else ""
