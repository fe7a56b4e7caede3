"""The member's own time, which a visit elsewhere would have taken: optional, at an own number (6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.membership.value import Avoided
from tracker.money import Cents, dollars

OWN_TIME = "Your own time"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTime:
    """What an hour is worth to the member in cents, and how many minutes each avoided visit saved."""

    hour: Cents = 0
    minutes: int = 60

    @property
    def each(self) -> Cents:
        """Cents a visit, half up."""
        return (2 * self.hour * self.minutes + 60) // 120

    def counted(self, avoided: Iterable[Avoided]) -> tuple[Avoided, ...]:
        """The avoided care with the time it saved as a kind of its own, where that is worth anything."""
        care = tuple(avoided)
        times = sum(item.count for item in care)
        if not self.each or not times:
            return care
        said = f"{self.minutes} minutes at {dollars(self.hour)} an hour are {dollars(self.each)} each time."
        return (*care, Avoided(label=OWN_TIME, count=times, each=self.each, why=said))


NO_TIME = OwnTime()
"""Time counts as nothing until the member says what it is worth."""
