"""What was ordered at a visit, line by line: the requisition for a laboratory, an image, a referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.errors import UserProblem
from tracker.facts import OrderLine, ServiceCategory
from ui.models.paper_lines import CellKind, Values, text_kind


def order_kinds(categories: Mapping[str, ServiceCategory]) -> tuple[CellKind, ...]:
    """The columns of a requisition."""
    return (
        text_kind("text", "Ordered", stretch=3, width=240, also=("test", "order", "description", "text")),
        text_kind("code", "Code", also=("cpt", "cpt code", "procedure code")),
        category_kind(categories, stretch=2, width=170),
    )


def order_values(orders: Sequence[OrderLine]) -> list[Values]:
    """Orders as the lines of a table."""
    return [
        {name: value for name in ("text", "code", "category") if (value := getattr(order, name))}
        for order in orders
    ]


def orders_of(lines: Sequence[Values]) -> tuple[OrderLine, ...]:
    """The orders in the lines of a table; one that only has a code or service goes by that.

    No order is lost for want of words.
    """
    return tuple(
        OrderLine(
            text=line.get("text") or line.get("code") or line.get("category", ""),
            code=line.get("code", ""),
            category=line.get("category", ""),
        )
        for line in lines
    )


def category_kind(categories: Mapping[str, ServiceCategory], **more: object) -> CellKind:
    """A service category by its name, by a part that only one has, or by its code."""

    def read(text: str) -> str:
        typed = text.casefold()
        for found in categories.values():
            if typed in (found.name.casefold(), found.code.casefold()):
                return found.code
        near = [found for found in categories.values() if typed in found.name.casefold()]
        if len(near) == 1:
            return near[0].code
        shown = text if len(text) <= 30 else text[:29] + "\u2026"
        if near:
            names = ", ".join(found.name for found in near[:3])
            raise UserProblem(f"\u201c{shown}\u201d could be {names}.", "Type more of it.")
        raise UserProblem(f"\u201c{shown}\u201d is not in your list of services.", "Leave it empty.")

    def show(code: str) -> str:
        return categories[code].name if code in categories else code

    return CellKind("category", "Service", read, show, also=("category",), **more)  # type: ignore[arg-type]
