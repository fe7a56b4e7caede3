"""How a membership is said on screen: its kind, its term, its fees."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text, period_text
from tracker.domain.membership.agreement import last_covered
from tracker.domain.membership.year import FeeDue, FeeState, Price
from tracker.facts import Frequency, MembershipModel, Recurring
from tracker.money import Cents, dollars
from tracker.services.membership_years import MembershipShown
from tracker.wording import count_of
from ui.models.figures import ShownFigure
from ui.models.terms_words import terms_facts

MODELS = {
    MembershipModel.CONCIERGE: "Concierge",
    MembershipModel.HYBRID: "Hybrid",
    MembershipModel.DPC: "Direct primary care",
}
MODEL_SENTENCES = {
    MembershipModel.CONCIERGE: "The fee pays for access and more time; the practice bills no insurance.",
    MembershipModel.HYBRID: "The fee pays for what insurance leaves out; covered visits go to your plan.",
    MembershipModel.DPC: "The fee pays for primary care itself; nothing is billed to insurance.",
}
FREQUENCIES = {
    Frequency.MONTHLY: "Every month",
    Frequency.QUARTERLY: "Every three months",
    Frequency.SEMIANNUAL: "Twice a year",
    Frequency.ANNUAL: "Once a year",
    Frequency.ONCE: "Only once",
}
_STATES = {
    FeeState.SKIPPED: ("Skipped", "quiet"),
    FeeState.OVERDUE: ("Overdue", "bad"),
    FeeState.DUE: ("Due", "warning"),
    FeeState.UPCOMING: ("Upcoming", "quiet"),
    FeeState.HISTORY: ("Not recorded", "quiet"),
}
_PAST = (FeeState.OVERDUE, FeeState.HISTORY)
"""Due before today, and nobody recorded what became of it."""


def state_words(item: FeeDue) -> str:
    """`Paid Jan 15`, with the year where it is not that of the due; `Overdue`, `Skipped`."""
    if item.settlement is not None and item.settlement.paid_on is not None:
        paid_on = item.settlement.paid_on
        return f"Paid {day_text(paid_on, year=paid_on.year != item.due_on.year)}"
    return _STATES[item.state][0]


def state_tone(item: FeeDue) -> str:
    return "good" if item.state is FeeState.PAID else _STATES[item.state][1]


def term_words(shown: MembershipShown) -> str:
    """`Jan 15, 2026 to Jan 14, 2027`, with what happens at the end."""
    begins_on, ends_on = shown.membership.begins_on, shown.membership.ends_on
    if ends_on is None:
        return f"Since {day_text(begins_on)}, open"
    return f"{day_text(begins_on)} to {day_text(ends_on)}"


def renewal_words(shown: MembershipShown) -> str:
    """What happens at the end of the term, and until when it can be stopped."""
    held, ahead = shown.membership, shown.renewal
    last = last_covered(held)
    if last is not None and (shown.is_over or held.terms.cancelled_on is not None):
        return f"{'Ended' if shown.is_over else 'Ends'} {day_text(last)}"
    if ahead is None:
        return f"No end agreed; {count_of(held.notice_days, 'day')} notice"
    if not held.auto_renews:
        return "Ends unless you renew it"
    return f"Renews by itself on {day_text(ahead.renews_on)}"


def notice_words(shown: MembershipShown, today: date) -> str:
    """The last day to give notice, and how far away it is."""
    ahead = shown.renewal
    if ahead is None or not shown.membership.auto_renews:
        return ""
    left = (ahead.notice_by - today).days
    if left < 0:
        return f"The last day to stop it was {day_text(ahead.notice_by)}"
    away = "today" if not left else "tomorrow" if left == 1 else f"in {count_of(left, 'day')}"
    return f"Give notice by {day_text(ahead.notice_by)} ({away}) to stop it"


def monthly_words(yearly: Cents) -> str:
    """A yearly price per month, to the nearest cent."""
    about = "about " if yearly % 12 else ""
    return f"{about}{dollars((yearly + 6) // 12)} a month"


def price_words(price: Price | Recurring) -> str:
    """`$300.00 every month`."""
    return f"{dollars(price.amount)} {FREQUENCIES[price.frequency].lower()}"


def price_time(price: Price) -> str:
    """`Jan 15, 2025 to Jan 14, 2026`, `since Jan 15, 2026`."""
    if price.ended_on is None:
        return f"Since {day_text(price.began_on)}"
    return f"{day_text(price.began_on)} to {day_text(price.ended_on)}"


def year_words(shown: MembershipShown) -> str:
    return period_text(shown.year.period)


def agreement_facts(shown: MembershipShown, today: date) -> list[tuple[str, str]]:
    """What was agreed, by name; what was not said is empty."""
    held = shown.membership
    return [
        ("Practice", shown.practice),
        ("Physician", held.physician),
        ("Kind", f"{MODELS[held.model]}. {MODEL_SENTENCES[held.model]}"),
        ("Term", term_words(shown)),
        ("Renewal", renewal_words(shown)),
        ("Notice", notice_words(shown, today)),
        ("Covers", ", ".join(shown.people)),
        *terms_facts(held),
        ("Note", held.note),
    ]


def membership_figures(shown: MembershipShown, today: date) -> tuple[ShownFigure, ShownFigure, ShownFigure]:
    """The price, what is paid of this membership year, and when it renews or ends."""
    price = ShownFigure("Yearly price", dollars(shown.yearly), caption=monthly_words(shown.yearly))
    return price, _paid(shown), _end(shown, today)


def _paid(shown: MembershipShown) -> ShownFigure:
    paid, scheduled = shown.year.paid, shown.year.scheduled
    now = shown.number == shown.last_number and not shown.is_over
    return ShownFigure(
        "Paid this membership year" if now else f"Paid, {year_words(shown)}",
        dollars(paid),
        f"of {dollars(scheduled)}",
        _open_words(shown),
        share=paid / scheduled if scheduled else 1.0,
    )


def _open_words(shown: MembershipShown) -> str:
    """What of the year's fees is not paid: what was due already apart from what is still to come."""
    left = shown.year.scheduled - shown.year.paid
    due = sum(item.fee.amount for item in shown.year.fees if item.state in _PAST)
    if left <= 0:
        return "All paid"
    if not due:
        return f"{dollars(left)} to come"
    more = f", {dollars(left - due)} to come" if left > due else ""
    return f"{dollars(due)} due and not recorded{more}"


def _end(shown: MembershipShown, today: date) -> ShownFigure:
    held, ahead = shown.membership, shown.renewal
    last = last_covered(held)
    if last is not None and (shown.is_over or held.terms.cancelled_on is not None):
        caption = "You left" if held.terms.cancelled_on is not None else ""
        return ShownFigure("Ended" if shown.is_over else "Ends", day_text(last), caption=caption)
    if ahead is None:
        return ShownFigure("Renewal", "Open", caption=renewal_words(shown))
    if held.auto_renews:
        return ShownFigure("Renews", day_text(ahead.renews_on), caption=notice_words(shown, today))
    return ShownFigure("Ends", day_text(ahead.term_ends_on), caption="It does not renew by itself")


def fee_name(shown: MembershipShown, item: FeeDue) -> str:
    """The fee's name without the practice, which stands above, and the person it is for, if any."""
    name = item.fee.label.removesuffix(f", {shown.practice}") if shown.practice else item.fee.label
    person = shown.names.get(item.fee.person_id or 0, "")
    return f"{name}, {person}" if person else name


def fee_cents(item: FeeDue) -> Cents:
    """What was paid of it, or what it costs."""
    if item.state is FeeState.PAID and item.settlement:
        return item.settlement.amount
    return item.fee.amount
