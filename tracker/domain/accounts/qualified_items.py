"""The table behind the classifier: what each kind of expense is for tax (rulebook 5.3; IRS Pub. 502).

It starts the member off and is overridden with a note. Words are plain; `more` are other words by
which the kind is found.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.accounts.answers import Verdict

PUB_502 = "IRS Publication 502"
SINCE_2020 = "IRC 223(d)(2)(A), 106(f), as changed in 2020"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One kind of expense. `deduction` is the answer for Schedule A where it differs."""

    code: str
    name: str
    verdict: Verdict
    why: str = "It is care for a disease or an injury, or prevents one."
    source: str = PUB_502
    more: str = ""
    deduction: Verdict | None = None


_LETTER = "It counts when a doctor writes that a diagnosed disease needs it."
_AMENITY = "It is for comfort, looks or general health, not for a disease."


def _yes(code: str, name: str, more: str = "", why: str = "") -> Item:
    if why:
        return Item(code=code, name=name, verdict=Verdict.YES, why=why, more=more)
    return Item(code=code, name=name, verdict=Verdict.YES, more=more)


def _letter(code: str, name: str, more: str = "") -> Item:
    return Item(code=code, name=name, verdict=Verdict.LETTER, why=_LETTER, more=more)


def _no(code: str, name: str, more: str = "", why: str = _AMENITY) -> Item:
    return Item(code=code, name=name, verdict=Verdict.NO, why=why, more=more)


ITEMS = (
    _yes("cost_sharing", "Copays, coinsurance and deductibles", "copay visit doctor specialist medical"),
    _yes("dental", "Dental care", "dentist tooth crown filling orthodontia"),
    _yes("vision", "Eye exams, glasses and contact lenses", "optometrist lasik eyeglasses"),
    _yes("mental", "Mental health care", "therapy therapist psychologist psychiatrist counseling"),
    _yes("drugs", "Prescription drugs and insulin", "pharmacy medication medicine rx"),
    Item(
        code="otc",
        name="Over-the-counter medicines and menstrual products",
        verdict=Verdict.YES,
        why="HSA and FSA pay for them since 2020; the tax deduction does not count them.",
        source=SINCE_2020,
        more="ibuprofen allergy cold tampon pads first aid",
        deduction=Verdict.NO,
    ),
    _yes("lab", "Laboratory tests", "blood panel test"),
    _yes("imaging", "Imaging", "x-ray mri ct scan ultrasound mammogram"),
    _yes("physical", "Physical exam", "annual checkup wellness visit"),
    _yes("hospital", "Hospital and surgery", "emergency room admission operation"),
    _yes("ambulance", "Ambulance"),
    _yes("equipment", "Medical equipment", "crutches walker wheelchair cpap oxygen dme brace"),
    _yes("hearing", "Hearing aids and batteries"),
    _yes("rehab", "Physical therapy, chiropractic and acupuncture", "occupational pt ot"),
    _yes("fertility", "Fertility treatment", "ivf"),
    _yes("smoking", "Programs to stop smoking"),
    _yes("vaccine", "Vaccines", "flu shot immunization"),
    _yes(
        "travel",
        "Travel to care",
        "mileage driving parking toll bus taxi",
        "Miles count at the year's rate.",
    ),
    _yes("guide_dog", "Guide or service animal"),
    Item(
        code="home",
        name="Home changes for a disability",
        verdict=Verdict.PART,
        why="Only the part that does not raise the value of the home.",
        more="ramp grab bars stair lift",
    ),
    Item(
        code="mobile_therapy",
        name="Therapy sessions at home",
        verdict=Verdict.PART,
        why="The care part where it is medically necessary; the travel or convenience fee does not count.",
        more="mobile concierge physical therapy house call",
    ),
    _letter("weight_loss", "Weight-loss program or drugs", "semaglutide wegovy ozempic glp-1"),
    _letter("massage", "Massage"),
    _letter("gym", "Gym for a diagnosed disease", "fitness exercise"),
    _letter("supplements", "Supplements and vitamins"),
    _letter("nutrition", "Nutritional counseling", "dietitian"),
    _letter("genetic", "Genetic tests for a diagnosis"),
    _letter("skin", "Skin treatment for a disease", "dermatology acne eczema"),
    _letter("air", "Air purifier or filter"),
    _letter("food", "Special food", "gluten"),
    Item(
        code="compounded",
        name="Compounded semaglutide",
        verdict=Verdict.ASK,
        why="It counts only if prescribed for a disease, and insurance usually pays nothing.",
        more="weight loss",
    ),
    _no(
        "cosmetic",
        "Cosmetic surgery and procedures",
        "botox peel laser hair removal teeth whitening med-spa facial",
        "It counts only for a deformity, an injury or a disfiguring disease.",
    ),
    _no("club", "Health club dues", "gym membership fitness"),
    _no("wellness", "General wellness", "spa retreat coaching"),
    _no("toiletries", "Toiletries", "toothpaste soap shampoo cosmetics"),
    _no("missed", "Missed-visit fees", "no-show cancellation", "No care was given."),
    _no("convenience", "Travel or convenience fee of a therapist", "house call surcharge"),
    _no("finance", "Interest and finance charges", "late fee", "It pays for credit, not for care."),
)
"""Premiums and practice fees are asked for by themselves: their answers depend on more."""
