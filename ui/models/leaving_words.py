"""How leaving a membership is said: the sum of a refund, its rules, and what notice still reaches."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.domain.membership.leaving import Leaving
from tracker.domain.membership.owed import Owed
from tracker.domain.membership.refund import Refund, RefundKind
from tracker.facts import Membership
from tracker.money import dollars
from ui.widgets.sum_lines import SumLine

RULES = {
    RefundKind.DAILY: "By the day",
    RefundKind.WHOLE_MONTHS: "By whole months",
    RefundKind.TRIAL: "Only in the trial period",
    RefundKind.NONE: "Nothing comes back",
}
RULE_SENTENCES = {
    RefundKind.DAILY: "Unused days out of all days of the term.",
    RefundKind.WHOLE_MONTHS: "Months that have not begun, out of all of them.",
    RefundKind.TRIAL: "All of it until the trial period ends, nothing after.",
    RefundKind.NONE: "The fee is kept, whenever you leave.",
}


def headline(found: Leaving) -> str:
    """`You get back $1,647.12`; without a known rule what can be said of all of them."""
    if found.refund is None:
        return "The refund rule is not entered"
    return f"You get back {dollars(found.refund.refund)}"


def sum_lines(found: Leaving, membership: Membership) -> list[SumLine]:
    """From what was paid to what comes back, and what leaving costs."""
    terms, own = membership.terms, found.refund
    lines = [SumLine("Paid for this membership year", dollars(found.any_refund.paid))]
    if found.ahead:
        lines.append(SumLine("of it still to be paid until then", dollars(found.ahead)))
    if own is not None:
        lines.append(SumLine("Unused by the agreement's rule", dollars(own.unused)))
        if terms.claw_back:
            lines.append(SumLine("Services used, at list price", dollars(-found.services_used)))
        if terms.cancellation_fee:
            lines.append(SumLine("Cancellation fee", dollars(-terms.cancellation_fee)))
        lines.append(SumLine("You get back", dollars(own.refund), strong=True))
    lines.append(SumLine("Value of the days used", dollars(found.any_refund.used_value)))
    if own is not None:
        lines.append(_exit_line(own))
    return lines


def exit_words(refund: Refund) -> str:
    """What leaving costs: `$452.88`, or in words where even used days come back."""
    cost = refund.exit_cost
    return dollars(cost) if cost >= 0 else f"{dollars(-cost)} in your favor"


def notice_sentence(found: Leaving, membership: Membership, today: date) -> tuple[str, bool]:
    """What notice still reaches that day, and whether it is too late for it."""
    terms = membership.terms
    if terms.cancelled_on is not None:
        given = f" Notice was given on {day_text(terms.notice_on)}." if terms.notice_on else ""
        verb = "You left" if terms.cancelled_on <= today else "You leave"
        return f"{verb} on {day_text(terms.cancelled_on)}.{given}", False
    if found.notice_by < today:
        return (
            f"Notice for this day had to be given by {day_text(found.notice_by)}. "
            f"Given today it ends the membership on {day_text(found.next_day)}.",
            True,
        )
    when = "today" if found.notice_by == today else f"by {day_text(found.notice_by)}"
    return f"Give notice {when} to leave on this day.", False


def unrecorded_sentence(found: Leaving) -> str:
    """What the sum leaves out because nobody recorded it; empty where there is nothing."""
    if not found.unrecorded:
        return ""
    return (
        f"{dollars(found.unrecorded)} of fees that were due is not recorded, so nothing of it is counted. "
        "If you paid it, record it in Agreement."
    )


def why_groups(found: Leaving) -> list[tuple[str, tuple[str, ...]]]:
    """The arithmetic of the agreement's rule first, then that of the others."""
    groups = [("By your agreement" if found.refund else "What is known", found.why)]
    groups += [
        (RULES[kind], refund.why) for kind, refund in found.by_rule.items() if refund != found.refund
    ]
    return groups


def owed_lines(item: Owed) -> list[SumLine]:
    """What is to come back, what the practice says, and what is still owed."""
    lines = []
    if item.ours is not None:
        lines.append(SumLine("By the agreement", dollars(item.ours)))
    if item.stated is not None:
        lines.append(SumLine("The practice says", dollars(item.stated)))
    lines.append(SumLine("Came back so far", dollars(item.received)))
    lines.append(SumLine("Still owed to you", dollars(item.left), strong=True))
    return lines


def _exit_line(refund: Refund) -> SumLine:
    words = "Leaving costs you" if refund.exit_cost >= 0 else "More comes back than was unused"
    return SumLine(words, dollars(abs(refund.exit_cost)))
