"""Communes, from the words."""

from typing import Any

import pandas as pd

from tests.reports.oracle.registry import Target, is_true, oracle
from tests.reports.oracle.tally import Parts, count, distinct, total
from tests.reports.oracle.truth import Truth


@oracle("delta_communes", "delta_communes_later", "mountain_communes", "mountain_minority_communes")
def _enough(now: Truth, target: Target | None) -> Parts:
    """Communes of the target's kinds that have as many clubs up to standard as it asks for."""
    assert target is not None
    known = now.areas[is_true(now.areas["classified"])]
    wanted = now.areas[now.areas.apply(lambda row: _is_of(row, target), axis=1).astype(bool)]
    return Parts(count(wanted[wanted["good"] >= target.threshold_min]), count(wanted), count(known),
                 count(now.areas),
                 remark=count(now.areas[~is_true(now.areas["classified"])]))  # fmt: skip


def _is_of(area: Any, target: Target) -> bool:
    """Each commune is in one of the targets of its time only; hard places come before the delta.

    Until 2030 minority areas are in none of them by that alone, after it they go with mountains.
    """
    hard = area["group"] == "mountain"
    after_2030 = target.start.year > 2030
    if target.area_kind == "delta":
        return area["group"] == "delta" and not (after_2030 and "minority" in area["kinds"])
    return hard or (after_2030 and "minority" in area["kinds"])


@oracle("villages_with_club")
def _villages(now: Truth, _: Target | None) -> Parts:
    """Where the number of villages is known; clubs never serve more than the commune has."""
    known = now.areas[now.areas["villages"].notna()]
    served = [min(0 if pd.isna(some) else int(some), int(every))
              for some, every in zip(known["served"], known["villages"], strict=True)]  # fmt: skip
    known = known.assign(reached=pd.Series(served, known.index, dtype=object))
    unknown = now.areas[now.areas["villages"].isna()]
    return Parts(total(known, "reached"), total(known, "villages"), count(known), count(now.areas),
                 remark=count(unknown))  # fmt: skip


@oracle("communes_with_club")
def _reached(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.areas[now.areas["clubs"] > 0]))


@oracle("communes_share")
def _share_reached(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.areas[now.areas["clubs"] > 0]), count(now.areas))


@oracle("provinces_with_club")
def _provinces(now: Truth, _: Target | None) -> Parts:
    return Parts(distinct(now.areas[now.areas["clubs"] > 0], "province"))


@oracle("communes_unclassified")
def _unclassified(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.areas[~is_true(now.areas["classified"])]))


@oracle("communes_midland")
def _midland(now: Truth, _: Target | None) -> Parts:
    kinds = now.areas["kinds"].map(lambda kinds: "midland" in kinds).astype(bool)
    return Parts(count(now.areas[kinds]))
