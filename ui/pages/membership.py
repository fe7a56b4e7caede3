"""Membership: what was agreed, what it includes, what it was worth, what leaving brings, and taxes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area, Changes
from tracker.services.membership_years import MembershipChoice, MembershipShown, choices, shown
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models import membership_words as words
from ui.models.coverage_words import short
from ui.pages.coverage_head import PartsLine
from ui.pages.membership_parts import AGREEMENT, LEAVING, PARTS, MembershipPart, make_part
from ui.pages.membership_target import told
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.year_steps import YearSteps

if TYPE_CHECKING:
    from tracker.services.membership_sheet import MembershipSheet

_Read = tuple[list[MembershipChoice], MembershipShown | None]


class MembershipPage(Page):
    """One membership at a time, in five parts; with several, a chooser stands beside them."""

    SHOWS = (
        Area.MEMBERSHIPS | Area.RECURRING | Area.PAYMENTS | Area.PEOPLE | Area.PROVIDERS | Area.DOCUMENTS
    )
    help_text = (
        "Agreement is what you agreed with your practice: the term, the day by which you can stop it, and "
        "every fee of the membership year with what became of it. Record a fee when you pay it, or skip "
        "one the practice waived. When the price changes, edit the membership and choose Change price, so "
        "that what you paid before stays as it was. Included and Worth it say what the fee buys, Leaving "
        "what you get back on a day and why, Fee and tax which money may pay it."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Membership", parent)
        self._context = context
        self._chosen: int | None = None
        self._number: int | None = None
        self._shown: MembershipShown | None = None
        self._loading: Job[_Read] | None = None
        self._parts: dict[str, MembershipPart] = {}
        self._filled: set[str] = set()
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._make_ahead)
        self.printing = Printing(context, self)
        self._build()
        self._wire()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.remove_button = PlainButton("Remove", "trash")
        self.edit_button = PlainButton("Edit", "edit")
        self.add_button = PrimaryButton("Add membership", "plus")
        for widget in (self.remove_button, self.edit_button, self.add_button):
            self.add_action_widget(widget)
        self.chooser = OptionEdit()
        self.chooser.setAccessibleName("Membership")
        self.chooser.setMinimumContentsLength(32)
        self.years = YearSteps()
        self.earlier, self.later = self.years.earlier, self.years.later
        self.head = PartsLine(PARTS, (self.chooser, self.years), "Part of Membership")
        self.parts_chooser = self.head.chooser
        kept = self._context.state.text("membership/part")
        self.parts_chooser.choose(kept if kept in dict(PARTS) else AGREEMENT)
        self.body.addWidget(self.head)
        self._parts_at = self.body.count()
        self.empty = EmptyState(
            "No membership yet",
            "With the agreement here, you see what it costs, which fee is due, and when to stop it.",
            "Add your membership",
            self.add_membership,
        )
        self.body.addWidget(self.empty, 1)
        self._arrange()
        self.empty.hide()

    def _wire(self) -> None:
        self.chooser.edited.connect(self._on_chosen)
        self.parts_chooser.changed.connect(self._on_part)
        self.add_button.clicked.connect(self.primary_action)
        self.edit_button.clicked.connect(self.edit)
        self.remove_button.clicked.connect(self.remove)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)

    # parts ---------------------------------------------------------------------------

    def part(self, key: str) -> MembershipPart:
        """A part by its key; made when it is first asked for."""
        if key not in self._parts:
            made = make_part(key, self._context, self)
            made.reached.connect(self.reveal)
            made.edit_asked.connect(self.edit)
            self._parts[key] = made
            self.body.insertWidget(self._parts_at, made)
            made.hide()  # until it is filled
        return self._parts[key]

    def show_part(self, key: str) -> MembershipPart:
        """Go to a part."""
        self.parts_chooser.choose(key)
        part = self._fill(key)
        if part.isHidden():
            self.show_top()
        self._arrange()
        return part

    @Slot()
    def _make_ahead(self) -> None:
        """Make one part in a turn of its own, so that no step takes long."""
        waiting = [key for key, _ in PARTS if key not in self._parts]
        if waiting and self._shown is not None:
            self.part(waiting[0])
            self._ahead.start()

    def _fill(self, key: str) -> MembershipPart:
        """Let a part show the membership, unless it already does."""
        part = self.part(key)
        if self._shown is not None and key not in self._filled:
            self._filled.add(key)
            part.show_membership(self._shown)
        return part

    # loading -------------------------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Show a membership by its id, or a part by ("part", key) or (key of a part, membership id)."""
        part, wanted = told(target)
        if part is not None:
            self.show_part(part)
        if wanted is not None:
            self._chosen, self._number = wanted, None
            self.mark_stale()

    @Slot(object)
    def on_committed(self, changes: Changes) -> None:
        for part in self._parts.values():
            part.forget(changes.areas)
        if any(changes.areas & part.READS for part in self._parts.values()):
            self.mark_stale()
        else:
            super().on_committed(changes)

    def reload(self) -> None:
        if self._loading:
            self._loading.cancel()
        services, wanted, number = self._context.services, self._chosen, self._number

        def read() -> _Read:
            found = choices(services)
            known = [item.id for item in found]
            which = wanted if wanted in known else (known[0] if known else None)
            same = number if which == wanted else None
            return found, (shown(services, which, number=same) if which is not None else None)

        self._loading = self._context.load(self, read, self._show)

    def _show(self, read: _Read) -> None:
        found, held = read
        self._shown = held
        self._chosen = held.membership.id if held else None
        self._filled.clear()
        self.chooser.set_options([(str(item.id), _choice_words(item)) for item in found])
        self.chooser.choose(str(self._chosen))
        self.chooser.setVisible(len(found) > 1)
        if held is not None:
            names = (held.practice, held.membership.physician)
            self.set_subtitle("  \u00b7  ".join(short(name, 60) for name in names if name))
            last = held.last_number + (0 if held.is_over else 1)
            self.years.show_year(
                words.year_words(held), has_earlier=held.number > 0, has_later=held.number < last
            )
            self._fill(self.parts_chooser.key())
        else:
            self.set_subtitle("")
        self._arrange()
        self._ahead.start()

    def _arrange(self) -> None:
        """Only what there is something to show in."""
        key, has_any = self.parts_chooser.key(), self._shown is not None
        for widget in (self.head, self.remove_button, self.edit_button, self.add_button):
            widget.setVisible(has_any)
        for name, part in self._parts.items():
            part.setVisible(has_any and name == key and name in self._filled)
        kind = self._parts.get(key)
        self.years.setVisible(kind is not None and kind.BY_YEAR)
        self.add_button.setText(kind.ADD_TEXT if kind is not None else MembershipPart.ADD_TEXT)
        self.empty.setVisible(not has_any)

    # choosing ------------------------------------------------------------------------

    @Slot(str)
    def _on_part(self, key: str) -> None:
        self._context.state.keep_text("membership/part", key)
        self.show_part(key)

    @Slot()
    def _on_chosen(self) -> None:
        self._chosen, self._number = int(self.chooser.key()), None
        self.mark_stale()

    @Slot()
    def _on_earlier(self) -> None:
        self._go_to_year(-1)

    @Slot()
    def _on_later(self) -> None:
        self._go_to_year(1)

    def _go_to_year(self, step: int) -> None:
        if self._shown is not None:
            self._number = self._shown.number + step
            self.mark_stale()

    # acting --------------------------------------------------------------------------

    def print_page(self) -> bool:
        """The part that is shown where it has a paper of its own, else the membership in the year that is
        shown, and leaving on the day that was looked at."""
        if self._shown is None:
            return False
        part = self._parts.get(self.parts_chooser.key())
        if part is not None and (document := part.document()) is not None:
            self.printing.preview(document)
            return True
        services, which, number = self._context.services, self._shown.membership.id or 0, self._number
        on = self._leaving_day()

        def read() -> MembershipSheet:
            from tracker.services.membership_sheet import membership_sheet

            return membership_sheet(services, which, number=number, leave_on=on)

        self._context.load(self, read, self._print)
        return True

    def _print(self, sheet: MembershipSheet) -> None:
        from ui.printing.membership_document import membership_document

        self.printing.preview(membership_document(sheet, self._context.today))

    def _leaving_day(self) -> date | None:
        """The day in the Leaving part, where somebody has looked at it."""
        from ui.pages.membership_part_leaving import LeavingPart

        part = self._parts.get(LEAVING)
        found = part.found if isinstance(part, LeavingPart) and LEAVING in self._filled else None
        return found.on if found else None

    @Slot()
    def primary_action(self) -> None:
        """Add what the part that is shown is for: a membership, unless it has something of its own."""
        part = self._parts.get(self.parts_chooser.key())
        if self._shown is None or part is None or not part.add():
            self.add_membership()

    @Slot()
    def add_membership(self) -> None:
        from ui.dialogs.membership_editor import MembershipEditor

        editor = MembershipEditor(self._context, self)
        editor.added.connect(self.arrive)
        editor.open()

    @Slot()
    def edit(self) -> None:
        """Change the membership that is shown."""
        from ui.dialogs.membership_editor import MembershipEditor

        if self._shown is not None:
            MembershipEditor(self._context, self, membership=self._shown.membership).open()

    @Slot()
    def remove(self) -> None:
        """Remove the membership that is shown; the toast offers to undo it."""
        if self._shown is None or self._shown.membership.id is None:
            return
        wanted, agreements = self._shown.membership.id, self._context.services.agreements
        self._context.commit(self, lambda: agreements.remove_membership(wanted))


def _choice_words(item: MembershipChoice) -> str:
    years = str(item.begins_on.year)
    if item.ended_on is not None and item.ended_on.year != item.begins_on.year:
        years += f" to {item.ended_on.year}"
    ended = ", ended" if item.ended_on else ""
    return f"{short(item.practice, 28)}, {years}{ended}"
