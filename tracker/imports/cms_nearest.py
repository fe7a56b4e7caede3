"""Plan ids like one that is not in the files: a slip of the key is found quicker when named."""

from __future__ import annotations

from difflib import SequenceMatcher

from tracker.errors import UserProblem
from tracker.imports.cms_plans import CmsPlan, PlanFiles, list_plans, read_plan, variants

_MOST = 4
_ALIKE = 0.7


def read_or_name_nearest(files: PlanFiles, plan_id: str, *, family: bool = False) -> CmsPlan:
    """Read a plan as `read_plan` does; for an id that is nowhere, the problem names those most like it."""
    try:
        return read_plan(files, plan_id, family=family)
    except UserProblem:
        if not files.plans or not files.benefits or variants(files, plan_id):
            raise
        near = nearest(files, plan_id)
        if not near:
            raise
        raise UserProblem(
            f"There is no plan {plan_id.strip()[:30]} in these files.",
            f"The ids most like it are {', '.join(near)}.",
            field="plan_id",
        ) from None


def nearest(files: PlanFiles, plan_id: str) -> list[str]:
    """Ids of the files that differ little from another one, the most alike first."""
    wanted = plan_id.strip().upper().partition("-")[0]
    alike: dict[str, float] = {}
    for choice in list_plans(files):
        if choice.component not in alike:
            match = SequenceMatcher(None, wanted, choice.component, autojunk=False)
            quick = match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE
            alike[choice.component] = match.ratio() if quick else 0.0
    found = sorted((-ratio, component) for component, ratio in alike.items() if ratio >= _ALIKE)
    return [component for _, component in found[:_MOST]]
