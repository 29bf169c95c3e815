"""What is known of the trainings of an area and period, and of the boards they were for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.register_rows import RegisterRows

TABLES = ("training", "training_club", "training_record", "board_member", "board_training")
SOURCES = ("state", "association", "project", "donors", "clubs", "participants", "other")
BODIES = (
    *("commune_committee", "commune_association", "commune_social", "province_committee"),
    *("province_association", "province_social", "centre_association", "centre_social"),
    *("centre_other", "other"),
)
# a training counts where it was held; each with what the form says of it besides
_KEPT = {
    "recorded": """
        SELECT training.*, {columns}
        FROM training
        LEFT JOIN training_record AS record USING (_source, _id) CROSS JOIN asked
        WHERE training.starts_on BETWEEN period_start AND cut_off
            AND area IN ('VN', training.province_code, training.commune_code)
    """,
    "held": """
        SELECT * REPLACE (CASE WHEN cost_known = 'none' THEN 0 ELSE cost_total END AS cost_total)
        FROM recorded
    """,
    "seats": """
        SELECT DISTINCT board_code, club_code, province_code, commune_code
        FROM board_member JOIN here USING (club_code) CROSS JOIN asked
        WHERE active AND since <= cut_off AND (until IS NULL OR until > cut_off)
    """,
    "trained": """
        SELECT board_code, bool_or(kind = 'initial') AS initial,
            bool_or(kind = 'refresher' AND year = year(cut_off)) AS refresher
        FROM board_training CROSS JOIN asked WHERE on_date <= cut_off GROUP BY board_code
    """,
    # a board may have come without its members being named: then the club is known, not who came
    "came": """
        SELECT DISTINCT training_club.club_code FROM training_club CROSS JOIN asked
        WHERE starts_on <= cut_off AND board_count > 0 AND club_code IS NOT NULL
    """,
}
_SUMS = """
    count(*) AS sessions, sum(days) AS days, sum(hours) AS hours,
    sum(participants_total) AS participants, sum(participants_women) AS women,
    sum(officials_total) AS officials, sum(officials_women) AS officials_women,
    sum(board_total) AS board, sum(board_women) AS board_women,
    sum(members_total) AS members, sum(members_women) AS members_women,
    sum(others_count) AS others, sum(others_women) AS others_women,
    sum(cost_total) AS cost, count(*) FILTER (WHERE cost_total IS NULL) AS without_cost,
    sum(participants_total * days) FILTER (WHERE cost_total IS NOT NULL) AS paid_days,
    count(*) FILTER (WHERE kind = 'initial') AS initial,
    count(*) FILTER (WHERE kind = 'refresher') AS refresher
"""
_THEMES = """
    SELECT theme, count(*) AS sessions, sum(participants_total) AS participants
    FROM (SELECT *, unnest(themes) AS theme FROM held)
    GROUP BY theme ORDER BY sessions DESC, theme
"""
_BOARDS = """
    count(DISTINCT club_code) AS clubs, count(*) AS seats,
    count(*) FILTER (WHERE initial) AS initial, count(*) FILTER (WHERE refresher) AS refresher
    FROM seats LEFT JOIN trained USING (board_code)
"""
_NOBODY = """
    SELECT here.* FROM here LEFT JOIN (
        SELECT DISTINCT club_code FROM seats JOIN trained USING (board_code)
    ) AS named USING (club_code)
    WHERE active AND named.club_code IS NULL AND club_code NOT IN (SELECT club_code FROM came)
    ORDER BY commune_code, club_code
"""


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """The trainings of an area and period.

    Args:
        total: sums over all of them.
        levels, kinds, years, provinces: sums by level and kind, by kind, by year and level, by
            the province where they were held.
        themes, sources, bodies: sessions and people by theme, money by source, officials by body.
        boards: members of boards in office at the cut-off, of clubs in operation; who was trained.
        areas: the same by area below.
        untrained: clubs in operation of which nobody came to any training on record.
    """

    total: Mapping[str, Any]
    levels: Sequence[Mapping[str, Any]]
    years: Sequence[Mapping[str, Any]]
    provinces: Sequence[Mapping[str, Any]]
    themes: Sequence[Mapping[str, Any]]
    sources: Sequence[Mapping[str, Any]]
    bodies: Sequence[Mapping[str, Any]]
    boards: Mapping[str, Any]
    areas: Sequence[Mapping[str, Any]]
    untrained: Sequence[Mapping[str, Any]]


def read_trainings(rows: RegisterRows, below: str) -> TrainingRows:
    """Read the trainings.

    Args:
        below: column of the areas below: ``province_code`` or ``commune_code``.
    """
    asked = {"cost_known": "VARCHAR"}
    asked |= dict.fromkeys((f"cost_{each}" for each in SOURCES), "BIGINT")
    asked |= dict.fromkeys((f"officials_{each}" for each in BODIES), "BIGINT")
    there = rows.columns("training_record")  # a programme may ask for fewer
    columns = ", ".join(
        f"record.{part}" if part in there else f"CAST(NULL AS {kind}) AS {part}"
        for part, kind in asked.items()
    )
    for name, sql in _KEPT.items():
        rows.keep(name, sql.format(columns=columns))
    # all columns are written in this file
    summed = "SELECT {by}, " + _SUMS + " FROM held GROUP BY {by} ORDER BY {by}"  # noqa: S608
    return TrainingRows(
        total=rows.row(f"SELECT {_SUMS} FROM held"),  # noqa: S608 - written above
        levels=rows.rows(summed.format(by="level, kind")),
        years=rows.rows(summed.format(by="year, level")),
        provinces=rows.rows(summed.format(by="province_code")),
        themes=rows.rows(_THEMES),
        sources=_parts(rows, "cost", SOURCES),
        bodies=_parts(rows, "officials", BODIES),
        boards=rows.row(f"SELECT {_BOARDS}"),
        areas=rows.rows(f"SELECT {below} AS code, {_BOARDS} GROUP BY code"),
        untrained=rows.rows(_NOBODY),
    )


def _parts(rows: RegisterRows, stem: str, parts: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    """Add up the form's columns of one kind: money by source, officials by body."""
    wanted = " UNION ALL ".join(
        f"SELECT '{part}' AS part, sum({stem}_{part}) AS amount, "  # noqa: S608 - written above
        f"count({stem}_{part}) AS sessions FROM held"
        for part in parts
    )
    found = "SELECT * FROM ({}) WHERE sessions > 0 ORDER BY amount DESC, part"
    return rows.rows(found.format(wanted))
