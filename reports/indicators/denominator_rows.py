"""Reads the sheets ``denominators`` and ``regions``: facts about areas with source and date."""

from collections.abc import Collection
from datetime import date

from programme.area_kinds import KINDS
from programme.problem import Text
from reports.indicators.definitions import AreaFact, Region
from reports.indicators.sheets import SheetRow, Sheets, nearest

DENOMINATOR_COLUMNS = ("area_code", "kinds", "villages", "source", "as_of")
REGION_COLUMNS = ("region", "label_vi", "label_en", "provinces", "priority")
_COMMUNE_DIGITS = 5


def area_facts_of(sheets: Sheets, areas: Collection[str] | None) -> tuple[AreaFact, ...]:
    """Read what is written of communes, the oldest first."""
    facts = [_fact(row, areas) for row in sheets.rows("denominators", DENOMINATOR_COLUMNS)]
    return tuple(sorted(facts, key=lambda fact: (fact.area_code, fact.as_of or date.min)))


def regions_of(sheets: Sheets, areas: Collection[str] | None) -> tuple[Region, ...]:
    """Read the groups of provinces that plans name; a province is in one of them at most."""
    return tuple(_region(row, areas) for row in sheets.rows("regions", REGION_COLUMNS))


def _region(row: SheetRow, areas: Collection[str] | None) -> Region:
    provinces = tuple(row.text("provinces", required=True).replace(",", " ").split())
    for code in provinces:
        row.known_area("provinces", code, areas)
        row.once("provinces", code)
    return Region(
        code=row.text("region", required=True),
        label=row.both("label", required=True),
        provinces=provinces,
        priority=row.one_of("priority", ("yes", "no")) == "yes",
    )


def _fact(row: SheetRow, areas: Collection[str] | None) -> AreaFact:
    code = row.area_in("area_code", areas)
    if code and len(code) != _COMMUNE_DIGITS:
        row.problem(
            "denominator-commune",
            Text(vi=f"«{code}» không phải mã xã", en=f"“{code}” is no commune"),
            Text(vi="hãy ghi mã xã 5 số, dạng chữ", en="write the 5 digits of a commune, as text"),
            "area_code",
        )
    villages = row.number_in("villages")
    as_of = row.date_in("as_of") if row.text("as_of", required=True) else date.min
    row.once("area_code", f"{code} {as_of}")
    return AreaFact(
        code,
        _kinds(row),
        None if villages is None else int(villages),
        row.text("source", required=True),
        as_of,
    )


def _kinds(row: SheetRow) -> tuple[str, ...]:
    kinds = tuple(row.text("kinds").replace(",", " ").replace("+", " ").split())
    check_kinds(row, "kinds", kinds)
    return tuple(kind for kind in kinds if kind in KINDS)


def check_kinds(row: SheetRow, column: str, kinds: Collection[str]) -> None:
    """Tell every word that is no kind of area."""
    for kind in kinds:
        if kind not in KINDS:
            near = nearest(kind, KINDS)
            row.problem(
                "area-kind-unknown",
                Text(
                    vi=f"không có loại địa bàn «{kind}»{near.vi}", en=f"no kind “{kind}”{near.en}"
                ),
                Text(vi="dùng: " + ", ".join(KINDS), en="use: " + ", ".join(KINDS)),
                column,
            )
