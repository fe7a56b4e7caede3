"""The five parts of the Membership page. Each is made, and filled, when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area
from tracker.services.membership_years import MembershipShown
from ui.context import Context
from ui.theme import GAP

if TYPE_CHECKING:
    from ui.printing.document import Document

AGREEMENT, INCLUDED, WORTH, LEAVING, TAX = "agreement", "included", "worth", "leaving", "tax"
PARTS = (
    (AGREEMENT, "Agreement"),
    (INCLUDED, "Included"),
    (WORTH, "Worth it"),
    (LEAVING, "Leaving"),
    (TAX, "Fee and tax"),
)


class MembershipPart(QWidget):
    """A column of cards about one membership. `reached` carries a widget and a rectangle to bring into
    view. What a part reads beyond the membership itself it loads when it is shown one.
    """

    ADD_TEXT = "Add membership"
    """What Ctrl+N and the button in the head add."""

    BY_YEAR = False
    """Whether it shows one year of the membership: then the page offers to go to another."""

    READS = Area.NONE
    """What it shows beyond what the page does: a change there shows the membership anew."""

    reached = Signal(object)
    edit_asked = Signal()
    """What it shows is changed in the form of the membership, which the page opens."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(GAP)

    def show_membership(self, held: MembershipShown) -> None:
        """Show a membership in one of its years."""

    def forget(self, areas: Area) -> None:
        """Something changed in these areas: what was kept of it is not to be trusted any more."""

    def add(self) -> bool:
        """Add the part's main thing; False where that is a membership, which the page adds."""
        return False

    def document(self) -> Document | None:
        """What it shows, on paper; None where the page prints the membership's own document."""
        return None


def make_part(key: str, context: Context, parent: QWidget) -> MembershipPart:
    """Build a part by its key."""
    if key == AGREEMENT:
        from ui.pages.membership_part_agreement import AgreementPart

        return AgreementPart(context, parent)
    if key == INCLUDED:
        from ui.pages.membership_part_included import IncludedPart

        return IncludedPart(context, parent)
    if key == WORTH:
        from ui.pages.membership_part_worth import WorthPart

        return WorthPart(context, parent)
    if key == LEAVING:
        from ui.pages.membership_part_leaving import LeavingPart

        return LeavingPart(context, parent)
    from ui.pages.membership_part_tax import TaxPart

    return TaxPart(context, parent)
