"""A small household with payments, and the context a page or form gets in tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tracker.facts import Account, AccountKind, Allocation, Payment, Person, Role
from tracker.services.bundle import Services
from ui.bus import ChangeBus
from ui.context import Context
from ui.jobs import InlineRunner, JobRunner
from ui.window_state import WindowState


@dataclass
class HeardShell:
    """Stands in for the window: remembers what it was asked."""

    went: list[tuple[str, object]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    undo: Callable[[], object] | None = None

    def go_to(self, page: str, target: object = None) -> None:
        self.went.append((page, target))

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.said.append(text)
        self.undo = undo


@dataclass
class Home:
    """A context, and everything by name."""

    context: Context
    shell: HeardShell
    problems: list[BaseException]
    lines: dict[Role, int]
    bank: int = 0
    hsa: int = 0
    fund: int = 0
    people: tuple[int, ...] = ()

    @property
    def services(self) -> Services:
        return self.context.services

    def pay(self, day: date, amount: int, payee: str, role: Role | None = None, **more: object) -> int:
        """Add an expense (or with a negative amount a refund) and give its id."""
        share = (Allocation(category_id=self.lines[role], amount=amount),) if role else ()
        given: dict[str, object] = {"account_id": self.bank, "allocations": share} | more
        made = Payment(paid_on=day, amount=amount, **given)  # type: ignore[arg-type]
        return self.services.payments.save(made, payee=payee).new_id or 0

    def all(self) -> list[Payment]:
        """Every payment, the newest first."""
        return [self.services.payments.get(number) for number in self.services.payments.ids().ids]

    def payee_of(self, payment: Payment) -> str:
        return self.services.payments.lines([payment.id or 0])[0].payee


def move_in(
    services: Services,
    *,
    people: tuple[str, ...] = ("Eleanor", "Robert"),
    runner: JobRunner | None = None,
    state: WindowState | None = None,
) -> Home:
    """A home with two people and three accounts, and nothing paid yet."""
    shell, problems = HeardShell(), list[BaseException]()
    context = Context(
        services, ChangeBus(), runner or InlineRunner(), shell, problems.append, state or WindowState()
    )
    lines = {line.role: line.id or 0 for line in services.budget.categories()}
    home = Home(context, shell, problems, lines)
    home.people = tuple(services.people.save_person(Person(name=name)).new_id or 0 for name in people)
    for name, kind in (
        ("bank", AccountKind.BANK),
        ("hsa", AccountKind.HSA),
        ("fund", AccountKind.CONTINGENCY),
    ):
        shown = {"bank": "Checking", "hsa": "HSA", "fund": "Contingency fund"}[name]
        setattr(home, name, services.accounts.save(Account(name=shown, kind=kind)).new_id)
    return home
