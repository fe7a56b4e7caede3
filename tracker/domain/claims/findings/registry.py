"""The twenty-five detectors of rulebook 3.6, in its order. Each says its own name, severity, whom to
ask and what to do first."""

from __future__ import annotations

from tracker.domain.claims.findings.amounts import (
    DeductibleMet,
    MaximumExceeded,
    NotByTheRule,
)
from tracker.domain.claims.findings.arithmetic import DoesNotAddUp
from tracker.domain.claims.findings.authorizations import DeniedThoughAuthorized
from tracker.domain.claims.findings.benefits import (
    CoveredByTheDocument,
    LimitMiscounted,
    PreventiveCharged,
    WrongOrderOfPlans,
)
from tracker.domain.claims.findings.bills import AboveEstimate, AsksTooMuch, NotCredited, TooEarly
from tracker.domain.claims.findings.care import NoEob, NotOrdered, NotReceived, OtherDayOrProvider
from tracker.domain.claims.findings.coding import FacilityFee, LevelTooHigh
from tracker.domain.claims.findings.drugs import DrugAboveTier
from tracker.domain.claims.findings.duplicates import Duplicate
from tracker.domain.claims.findings.finding import Detector
from tracker.domain.claims.findings.membership import IncludedCare, MembershipFee
from tracker.domain.claims.findings.network import WrongNetwork
from tracker.domain.claims.findings.people import WrongPatient

DETECTORS: tuple[Detector, ...] = (
    AsksTooMuch(),
    Duplicate(),
    NotReceived(),
    WrongPatient(),
    OtherDayOrProvider(),
    WrongNetwork(),
    DeductibleMet(),
    DeniedThoughAuthorized(),
    PreventiveCharged(),
    NotByTheRule(),
    MaximumExceeded(),
    CoveredByTheDocument(),
    DoesNotAddUp(),
    NotOrdered(),
    IncludedCare(),
    MembershipFee(),
    NoEob(),
    TooEarly(),
    NotCredited(),
    AboveEstimate(),
    LimitMiscounted(),
    WrongOrderOfPlans(),
    LevelTooHigh(),
    FacilityFee(),
    DrugAboveTier(),
)

BY_ID = {detector.id: detector for detector in DETECTORS}


def _asks(method: str) -> tuple[Detector, ...]:
    return tuple(one for one in DETECTORS if getattr(type(one), method) is not getattr(Detector, method))


OF_CLAIM = _asks("of_claim")
OF_BILL = _asks("of_bill")
OF_VISIT = _asks("of_visit")
OF_LEDGER = _asks("of_ledger")
