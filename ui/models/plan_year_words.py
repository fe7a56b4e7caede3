"""How plan years of FSAs and HRAs are said: figures, facts, what is lost unless, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.answers import Verdict
from tracker.facts.accounts import AfterYear, FsaKind
from tracker.money import dollars
from tracker.services.fsa_year import FsaShown
from tracker.services.hra_year import HraShown
from tracker.wording import count_of
from ui.models.accounts_words import AFTER, FSA_KINDS, HRA_KINDS, HRA_PAYS
from ui.models.figures import ShownFigure

Groups = list[tuple[str, Sequence[str]]]

VERDICTS = {
    Verdict.YES: "Yes",
    Verdict.NO: "No",
    Verdict.ASK: "Ask",
    Verdict.PART: "A part",
    Verdict.LETTER: "With a letter",
}


def days_words(day: date, today: date) -> str:
    """`39 days from today`, `today`, `12 days ago`."""
    days = (day - today).days
    if not days:
        return "today"
    count = count_of(abs(days), "day")
    return f"{count} from today" if days > 0 else f"{count} ago"


# FSA ---------------------------------------------------------------------------------------


def fsa_figures(shown: FsaShown, today: date) -> tuple[ShownFigure, ShownFigure, ShownFigure]:
    """What is left, what is lost unless, and until when claims are taken."""
    year, now = shown.year, shown.standing
    used = now.spent + now.spent_in_grace
    begun = today >= year.begins_on
    when = f"or care until {day_text(year.spend_by)}, {days_words(year.spend_by, today)}."
    left = ShownFigure(
        label="Left to use",
        figure=dollars(now.available),
        of=f"of {dollars(year.usable)}",
        caption=("All of it from the first day, f" if begun and not used else "F") + when,
        share=used / year.usable if year.usable else None,
        invitation="Why?",
    )
    file_by = ShownFigure(
        label="Claims until",
        figure=day_text(year.file_by),
        caption=f"{days_words(year.file_by, today)[0].upper()}{days_words(year.file_by, today)[1:]}, "
        "the end of the run-out.",
    )
    return left, lost_figure(shown, today), file_by


def lost_figure(shown: FsaShown, today: date) -> ShownFigure:
    """What becomes of the rest if nothing more is claimed."""
    lost, year = shown.lost, shown.year
    label = "Lost" if is_over(shown, today) else "Lost unless you act"
    if lost is None:
        return ShownFigure(label=label, figure="Not known", caption=" ".join(shown.asks), invitation="Why?")
    kept = f" {dollars(lost.carried_over)} is carried over." if lost.carried_over else ""
    if not lost.forfeited:
        caption = f"Nothing is lost.{kept}"
    elif is_over(shown, today):
        caption = f"Claims ended on {day_text(year.file_by)}.{kept}"
    elif today <= year.spend_by:
        caption = f"On {day_text(year.spend_by)}, unless you use or claim it.{kept}"
    else:
        caption = f"Unless you claim care given until {day_text(year.spend_by)}.{kept}"
    return ShownFigure(
        label=label,
        figure=dollars(lost.forfeited),
        caption=caption,
        colour="warning" if lost.forfeited else "accent",
        invitation="Why?",
    )


def is_over(shown: FsaShown, today: date) -> bool:
    """Whether nothing can be claimed of the year any more."""
    return today > shown.year.file_by


def loses_sentence(shown: FsaShown, today: date) -> str:
    """`You lose $116.25 on Dec 31, 2026 unless ...`, in one sentence."""
    lost, plan, year = shown.lost, shown.plan, shown.year
    if lost is None:
        return " ".join(shown.asks)
    if not lost.forfeited:
        return "You lose nothing of this plan year."
    if is_over(shown, today):
        return f"{dollars(lost.forfeited)} was lost."
    when = f"on {day_text(year.spend_by)}" if today <= year.spend_by else f"after {day_text(year.file_by)}"
    said = f"You lose {dollars(lost.forfeited)} {when} unless you use it."
    if plan is not None and plan.uses:
        ready = f" Claims for {dollars(plan.unclaimed)} you have already spent" if plan.unclaimed else ""
        ahead = f"planned care of {dollars(plan.planned)}" if plan.planned else ""
        both = " and ".join(part for part in (ready, ahead) if part).strip()
        both = both[0].upper() + both[1:]
        rest = (
            f"then {dollars(plan.at_risk)} is still at risk" if plan.at_risk else "then nothing is at risk"
        )
        said += f" {both} would use it: {rest}."
    return said


def refused_sentence(shown: FsaShown) -> str:
    """What the plan year cannot pay, and why; empty where nothing stands against it."""
    return " ".join(
        f"{claim.label or 'A payment'}, {dollars(claim.reimbursed)}: {why}" for claim, why in shown.refused
    )


def fsa_why(shown: FsaShown) -> Groups:
    """What is behind the figures of a plan year."""
    groups: Groups = [("Left to use", shown.standing.why)]
    if shown.lost is not None:
        groups.append(("If nothing more is claimed", shown.lost.why))
    if shown.plan is not None:
        groups.append(("With what you can still claim", shown.plan.why))
    if shown.asks:
        groups.append(("Not known", shown.asks))
    groups.append(
        (
            "Sources",
            (
                "Election and carry-over limits: the yearly IRS revenue procedures. Uniform coverage: "
                "Treas. Reg. 1.125-5(d) (proposed). Grace period: IRS Notice 2005-42. Carry-over: IRS "
                "Notice 2013-71. Care counts on the day it is given, IRS Publication 969.",
            ),
        )
    )
    return groups


def fsa_facts(shown: FsaShown) -> list[tuple[str, str]]:
    """What was agreed for the plan year."""
    year = shown.year
    over = year.after is AfterYear.CARRY_OVER
    return [
        ("Account", shown.account.name),
        ("Plan year", f"{day_text(year.begins_on)} to {day_text(year.ends_on)}"),
        ("Election", dollars(year.election)),
        ("Carried in", dollars(year.carried_in) if year.carried_in else ""),
        ("Kind", FSA_KINDS[year.kind]),
        ("After the year", AFTER[year.after]),
        (
            "Carries over",
            (
                f"At most {dollars(year.carry_over_most)}, the plan's own cap"
                if year.carry_over_most is not None
                else "The most the law allows"
            )
            if over
            else "",
        ),
        ("Care until", day_text(year.spend_by)),
        ("Claims until", day_text(year.file_by) + ("" if year.run_out_ends_on else ", 90 days after")),
        (
            "HSA",
            "A general-purpose FSA ends HSA eligibility" if year.kind is FsaKind.GENERAL else "Allowed",
        ),
    ]


# HRA ---------------------------------------------------------------------------------------


def hra_figures(shown: HraShown, today: date) -> tuple[ShownFigure, ShownFigure, ShownFigure]:
    """What is left, what was put in, and when it expires."""
    now, year = shown.standing, shown.year
    whole = year.credit + year.carried_in
    left = ShownFigure(
        label="Left to use",
        figure=dollars(now.available),
        of=f"of {dollars(now.credited)}",
        caption=f"For care until {day_text(year.ends_on)}, {days_words(year.ends_on, today)}.",
        share=now.reimbursed / now.credited if now.credited else None,
        invitation="Why?",
    )
    put_in = ShownFigure(
        label="Put in by your employer",
        figure=dollars(now.credited),
        of=f"of {dollars(whole)}" if now.credited != whole else "",
        caption="By twelfths, month by month." if year.by_month else "At the start of the plan year.",
    )
    if now.expires_on is not None:
        figure, caption = day_text(now.expires_on), "What is not claimed by then is lost."
    elif year.keeps_rest:
        figure, caption = "Kept", "What is left goes to the next plan year."
    else:
        figure, caption = "Not known", "Ask your employer what happens to what is left."
    return left, put_in, ShownFigure(label="Claims until", figure=figure, caption=caption)


def hra_facts(shown: HraShown) -> list[tuple[str, str]]:
    """What the plan document says."""
    year = shown.year
    rest = {True: "Goes to the next plan year", False: "Is lost", None: "Not known"}
    return [
        ("Account", shown.account.name),
        ("Kind", HRA_KINDS[year.kind]),
        ("Plan year", f"{day_text(year.begins_on)} to {day_text(year.ends_on)}"),
        ("Employer gives", dollars(year.credit) + (", by twelfths" if year.by_month else "")),
        ("Carried in", dollars(year.carried_in) if year.carried_in else ""),
        ("Pays", "After the deductible only" if year.post_deductible else ""),
        ("File by", day_text(year.file_by) if year.file_by else ""),
        ("What is left", rest[year.keeps_rest]),
        ("HSA", "Ends HSA eligibility while it runs" if shown.ends_hsa else "Allowed beside an HSA"),
    ]


def hra_why(shown: HraShown) -> Groups:
    """What is behind the figures, and what it may pay."""
    groups: Groups = [("Left to use", shown.standing.why)]
    for what, answer in shown.answers:
        said = [f"{VERDICTS[answer.verdict]}. {answer.sentence}", f"Source: {answer.source}."]
        if answer.ask:
            said.append(answer.ask)
        groups.append((f"May it pay {HRA_PAYS[what][0].lower()}{HRA_PAYS[what][1:]}?", said))
    return groups
