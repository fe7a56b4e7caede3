"""What the tests of the Coverage page and its forms share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network, Person, Plan
from tracker.services.bundle import Services
from ui.bus import ChangeBus
from ui.context import Context
from ui.jobs import InlineRunner


@dataclass
class StandInShell:
    """Remembers what a page asked of the window."""

    said: list[str] = field(default_factory=list)
    went: list[tuple[str, object]] = field(default_factory=list)

    def go_to(self, page: str, target: object = None) -> None:
        self.went.append((page, target))

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.said.append(text)


@dataclass
class Desk:
    """A context without threads, and everything it said."""

    context: Context
    shell: StandInShell
    problems: list[BaseException]
    kept: list[object] = field(default_factory=list)
    """Windows of the test: held until it is over, so that none is collected while it paints itself."""

    @property
    def services(self) -> Services:
        return self.context.services


def desk_over(services: Services) -> Desk:
    shell, problems = StandInShell(), []
    context = Context(
        services=services, bus=ChangeBus(), jobs=InlineRunner(), shell=shell, show_problem=problems.append
    )
    return Desk(context, shell, problems)


def limit(
    kind: AccumulatorKind = AccumulatorKind.DEDUCTIBLE,
    network: Network = Network.IN,
    mode: AccumulatorMode = AccumulatorMode.EMBEDDED,
    individual: int | None = 2_000_00,
    family: int | None = 4_000_00,
) -> Accumulator:
    return Accumulator(kind=kind, network=network, mode=mode, individual=individual, family=family)


LIMITS = (
    limit(),
    limit(AccumulatorKind.OOP_MAX, individual=6_000_00, family=12_000_00),
)


def people(services: Services, *names: str) -> list[int]:
    """Add people; the first becomes the owner."""
    made = [
        services.people.save_person(Person(name=name, position=place)) for place, name in enumerate(names)
    ]
    return [changes.new_id or 0 for changes in made]


def plan(
    services: Services,
    person_ids: list[int],
    *,
    limits: tuple[Accumulator, ...] = LIMITS,
    begins_on: date = date(2026, 1, 1),
    ends_on: date = date(2026, 12, 31),
    name: str = "BlueRiver PPO 2000",
) -> Plan:
    """Add a plan and give it back as stored."""
    made = services.plans.save(
        Plan(
            name=name,
            begins_on=begins_on,
            ends_on=ends_on,
            person_ids=tuple(person_ids),
            accumulators=limits,
        ),
        insurer="BlueRiver Health",
    )
    return next(item for item in services.plans.all() if item.id == made.new_id)


def claim(
    services: Services, person_id: int, day: date, provider: str = "Quest Labs", **amounts: object
) -> int:
    """Add an EOB; gives its id."""
    values: dict[str, object] = {
        "person_id": person_id,
        "provider_id": 0,
        "service_from": day,
        "processed_on": day,
    }
    return services.claims.save(Claim(**(values | amounts)), provider=provider).new_id or 0  # type: ignore[arg-type]
