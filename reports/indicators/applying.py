"""By which targets an area and a period are judged."""

from collections.abc import Collection
from datetime import date

from reports.indicators.definitions import Target
from reports.periods import Period


def applies(target: Target, period: Period, cut_off: date) -> bool:
    """Tell whether a target judges a period.

    A phase is judged by its own targets and by those of its decision that reach beyond it; a year
    or a range of months by the targets whose time covers its last day. What a province or a year
    wants for itself stands beside, whatever its decision. Nothing is judged by a target whose time
    has not come.
    """
    if target.start > cut_off:
        return False
    phase = period.phase
    if phase is None:
        return target.end >= cut_off
    inside = target.start >= phase.start and target.end <= phase.end
    around = target.start <= phase.start and target.end >= phase.end
    same = target.decision == phase.decision or target.level == "province"
    return same and (inside or around)


def concerns(target: Target, around: Collection[str]) -> bool:
    """Tell whether a target is of an area or of one around it.

    Args:
        target: a national one concerns every area, a province's own only what lies in it.
        around: codes of the area itself, of its commune, its province and ``VN``.
    """
    return target.area_code in around
