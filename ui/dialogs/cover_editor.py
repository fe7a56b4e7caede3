"""The form for coverage the ledger has no plan for (rulebook 5.1)."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.facts.accounts import Cover, CoverageKind, Tier
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.accounts_words import COVERAGES, TIERS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit

_QUALIFIED = (CoverageKind.HDHP, CoverageKind.EXCHANGE_PLAN)
_HARMLESS = (
    CoverageKind.LIMITED_FSA,
    CoverageKind.POST_DEDUCTIBLE_HRA,
    CoverageKind.DENTAL_VISION,
    CoverageKind.PREVENTIVE,
    CoverageKind.TELEHEALTH,
    CoverageKind.SPECIFIC_ILLNESS,
)


class CoverEditor(CommitDialog):
    """Adds coverage of a person, or changes it."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        cover: Cover | None = None,
        person_id: int | None = None,
    ) -> None:
        super().__init__(
            "Other coverage" if cover else "Add other coverage",
            parent,
            columns=2,
            width=500,
            sentence="For coverage that is not on the Coverage page. It decides which months count for "
            "an HSA.",
        )
        self._context = context
        self._cover = cover
        people = context.services.people.people()
        self.kind = OptionEdit([(kind.value, words) for kind, words in COVERAGES.items()])
        self.person = OptionEdit([(str(item.id), item.name) for item in people])
        self.tier = OptionEdit([(tier.value, words) for tier, words in TIERS.items()])
        self.begins_on = DayEdit(context.today)
        self.ends_on = DayEdit(context.today)
        self.name = QLineEdit()
        self.form.add("kind", "What it is", self.kind, hint=" ", wide=True)
        self.form.add("person_id", "Whose", self.person)
        self.form.add("tier", "Whom it covers", self.tier)
        self.form.add("begins_on", "First day", self.begins_on)
        self.form.add("ends_on", "Last day", self.ends_on, hint="Empty while it goes on.")
        self.form.add("name", "Name", self.name, hint="Such as the insurer's.", wide=True)
        self.form.field("person_id").setVisible(len(people) > 1)
        start = cover or Cover(kind=CoverageKind.HDHP, begins_on=context.today.replace(month=1, day=1))
        self.kind.choose(start.kind.value)
        self.person.choose(str(start.person_id or person_id or ""))
        self.tier.choose(start.tier.value)
        self.begins_on.set_day(start.begins_on)
        self.ends_on.set_day(start.ends_on)
        self.name.setText(start.name)
        self.name.setCursorPosition(0)
        self.kind.edited.connect(self._show_kind)
        self._show_kind()

    @Slot()
    def _show_kind(self) -> None:
        kind = CoverageKind(self.kind.key())
        if kind in _QUALIFIED:
            said = "HSA-qualified: its months count."
        elif kind in _HARMLESS:
            said = "Allowed beside an HSA."
        else:
            said = "Ends HSA eligibility while it lasts."
        if kind is CoverageKind.EXCHANGE_PLAN:
            said = "HSA-qualified from January 2026 (IRS Notice 2026-5)."
        self.form.field("kind").set_hint(said)
        self.form.field("tier").setVisible(kind in _QUALIFIED)

    def save(self) -> bool:
        untaxed, kind = self._context.services.untaxed, CoverageKind(self.kind.key())
        typed = Cover(
            id=self._cover.id if self._cover else None,
            person_id=int(self.person.key()) if self.person.key() else None,
            kind=kind,
            begins_on=self.begins_on.day(),
            ends_on=self.ends_on.day_or_none(),
            tier=Tier(self.tier.key()) if kind in _QUALIFIED else Tier.SELF,
            name=self.name.text().strip(),
        )
        return self.commit(self._context, lambda: untaxed.save_cover(typed), "Saving the coverage")
