"""One limit of a plan in a form: who shares it, each person's amount, the family's."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.errors import UserProblem
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Network
from tracker.money import Cents
from ui.dialogs.so_far import cents_so_far
from ui.models.coverage_words import MODE_SENTENCES, MODES
from ui.theme import theme
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns
from ui.widgets.form import FormField
from ui.widgets.money_edit import MoneyEdit


class LimitEdit(QWidget):
    """Amounts left empty mean that the plan states no such limit. `edited` is the person's only."""

    edited = Signal()
    complained = Signal(str)

    def __init__(
        self,
        kind: AccumulatorKind,
        network: Network,
        name: str,
        parent: QWidget | None = None,
        *,
        drugs: bool = False,
        tier: str = "",
    ) -> None:
        """`drugs` makes it one that only drugs count toward; `tier` belongs to a further network tier."""
        super().__init__(parent)
        self.kind, self.network, self.drugs, self.tier = kind, network, drugs, tier
        self.setObjectName(f"{kind}_{network}{'_drugs' if drugs else ''}{'_tier' if tier else ''}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(name)
        self.mode_edit = OptionEdit([(mode.value, words) for mode, words in MODES.items()])
        self.individual = MoneyEdit(placeholder="No limit")
        self.family = MoneyEdit(placeholder="No limit")
        self._mode_touched = False
        row = Columns(self, gap=12, same_height=False)
        self._fields: dict[str, FormField] = {}
        for key, label, edit, weight, least in (
            ("mode", name, self.mode_edit, 5, 170),
            ("individual", "Each person", self.individual, 3, 110),
            ("family", "Family", self.family, 3, 110),
        ):
            edit.setObjectName(f"{self.objectName()}_{key}")
            edit.setAccessibleName(f"{name}, shared how" if key == "mode" else f"{name}, {label.lower()}")
            self._fields[key] = FormField(label, edit)
            row.add(self._fields[key], weight, least=theme().px(least))
        self.setFocusProxy(self.mode_edit)
        self.mode_edit.edited.connect(self._on_mode)
        self.individual.edited.connect(self._on_edited)
        self.family.edited.connect(self._on_edited)
        self._arrange()

    @property
    def mode(self) -> AccumulatorMode:
        return AccumulatorMode(self.mode_edit.key())

    def suggest_mode(self, mode: AccumulatorMode) -> None:
        """Show a mode that fits who is covered, unless the person chose one."""
        if not self._mode_touched:
            self.mode_edit.choose(mode.value)
            self._arrange()

    def show_limit(self, limit: Accumulator | None) -> None:
        """Show a stored limit without telling anybody."""
        self._mode_touched = limit is not None
        if limit is not None:
            self.mode_edit.choose(limit.mode.value)
        self.individual.set_cents(limit.individual if limit else None)
        self.family.set_cents(limit.family if limit else None)
        self._arrange()

    def limit(self) -> Accumulator | None:
        """The limit, or None where no amount is given; raises UserProblem naming this limit."""
        mode = self.mode
        try:
            individual = None if mode is AccumulatorMode.AGGREGATE else self.individual.cents_or_none()
            family = None if mode is AccumulatorMode.SELF else self.family.cents_or_none()
        except UserProblem as problem:
            raise UserProblem(problem.what, problem.todo, field=self.objectName()) from problem
        return self._made(individual, family)

    def limit_so_far(self) -> Accumulator | None:
        """The same while typing: what cannot be read yet is left out."""
        individual, family = cents_so_far(self.individual), cents_so_far(self.family)
        if self.mode is AccumulatorMode.AGGREGATE:
            individual = None
        if self.mode is AccumulatorMode.SELF:
            family = None
        return self._made(individual, family)

    def set_name(self, name: str) -> None:
        """Another name for the limit, where its tier's name is typed."""
        self.setAccessibleName(name)
        self._fields["mode"].set_label(name)

    def sentence(self) -> str:
        """What the chosen mode means."""
        return MODE_SENTENCES[self.mode]

    def focus_on_amount(self) -> None:
        """Put the cursor where the amount in question is typed."""
        first = self.family if self.mode is AccumulatorMode.AGGREGATE else self.individual
        wrong = [edit for edit in (self.individual, self.family) if edit.invalid]
        if (
            not wrong
            and first is self.individual
            and first.text().strip()
            and not self._fields["family"].isHidden()
        ):
            first = self.family
        (wrong[0] if wrong else first).setFocus()

    def _made(self, individual: Cents | None, family: Cents | None) -> Accumulator | None:
        if individual is None and family is None:
            return None
        return Accumulator(
            kind=self.kind,
            network=self.network,
            mode=self.mode,
            individual=individual,
            family=family,
            drugs=self.drugs,
            tier=self.tier,
        )

    def fits(self, limit: Accumulator) -> bool:
        """Whether a stored limit is the one this field is for."""
        return (limit.kind, limit.network, limit.drugs, limit.tier) == (
            self.kind,
            self.network,
            self.drugs,
            self.tier,
        )

    def _arrange(self) -> None:
        """Only the amounts the mode has are shown; what was typed in the others stays."""
        mode = self.mode
        self._fields["individual"].setVisible(mode is not AccumulatorMode.AGGREGATE)
        self._fields["family"].setVisible(mode is not AccumulatorMode.SELF)
        self.mode_edit.setToolTip(self.sentence())
        self.updateGeometry()

    @Slot()
    def _on_mode(self) -> None:
        self._mode_touched = True
        self._arrange()
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self.complained.emit("")
        self.edited.emit()
