"""Analysis tables that indicators are written over, each one readable SQL file beside this one.

They are made in two steps. The files in ``spans`` say what was so from which day until before
which; they are made once. The files here join them with the periods asked, a batch at a time.
All of it is SQL that sqlglot can turn into that of Spark: joins have the smaller side on the right,
dates are compared and subtracted with ``DATE_DIFF('day', …)`` only.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

# what every set of analysis tables is made of, and what only some of them need
REGISTERS = (
    *("club", "club_status", "member", "member_unlisted", "loan", "loan_event"),
    *("club_month", "club_month_expected", "inspection", "finding"),
)
MORE_REGISTERS = {
    "board": ("board_member", "board_training", "training", "training_club"),
    "trainings": ("training",),
    "actions": ("action",),
    "surveys": ("survey_weight", "member_survey"),
    "history": ("submission",),
    "movements": (),
}
SPANS = (
    *("club_base", "club_spans", "member_spans", "loan_base", "loan_moves", "loan_spans"),
    *("month_list", "fund_spans"),
)
# in the order in which they are made: a later one reads the earlier ones
TABLES = (
    *("members", "loans", "club_months", "inspections", "clubs", "communes", "findings"),
    *("board", "movements", "trainings", "actions", "surveys", "history"),
)
ORDER = ("club_state", "member_moves", "member_changes", *TABLES)
# what is read again and again is kept in memory, as many columns as are read; the others are
# computed where they are read
KEPT = (
    "club_state",
    "member_changes",
    "loans",
    "club_months",
    "inspections",
    "clubs",
    "communes",
    "board",
)
# what is so on the day of the cut-off, whatever the period began with: counted by day
BY_DAY = frozenset({"members"})
# of a table that is counted by day: what changes it, with a weight of 1 or -1
CHANGES = {"members": "member_changes"}
_PEOPLE = {
    "members": (
        "",
        "member_spans JOIN days ON member_spans.from_day <= days.cut_off "
        "AND member_spans.until_day > days.cut_off",
    ),
    "member_changes": ("weight, year_no, ", "member_moves"),
}
_NEEDS = {
    "members": ("member_moves", "member_changes"),
    "clubs": ("member_moves", "member_changes", "loans", "inspections"),
    "communes": ("member_moves", "member_changes", "loans", "inspections", "clubs"),
}
_AREAS = "income health home_care self_help rights awareness culture resources".split()
_STRANDS = ("strand_digital", "strand_green", "strand_startup", "strand_jobs")
_SOURCES = "members interest community families businesses charities authority production events"
_TICKED = frozenset(f"mobilised_{name}" for name in (*_SOURCES.split(), "goods"))


def needed(tables: Collection[str]) -> tuple[str, ...]:
    """Give tables and what they are made of, in the order in which they are made."""
    wanted = {each for table in tables for each in (table, *_NEEDS.get(table, ()))}
    return tuple(name for name in ORDER if name in wanted)


def registers(tables: Collection[str]) -> tuple[str, ...]:
    """Give the registers that analysis tables are made of."""
    more = {name for table in tables for name in MORE_REGISTERS.get(table, ())}
    return (*REGISTERS, *sorted(more - set(REGISTERS)))


def statements(
    names: Iterable[str],
    answers: Sequence[str],
    months: tuple[str, str] = ("0000-00", "9999-99"),
) -> Iterator[tuple[str, str]]:
    """Give name and SQL of analysis tables or spans.

    Args:
        names: of ``SPANS`` or ``ORDER``.
        answers: columns of the register ``club_month``, which follow the form.
        months: first and last that are asked for; reports of others are not read.
    """
    folder = Path(__file__).parent
    words = _words(answers) | {"first_month": months[0], "last_month": months[1]}
    for name in names:
        path = (folder / "spans" if name in SPANS else folder) / f"{name}.sql"
        if name in _PEOPLE:  # one text for both: they differ in where the people come from
            weight, people = _PEOPLE[name]
            words |= {"weight": weight, "people": people}
            path = folder / "members.sql"
        sql = path.read_text(encoding="utf-8")
        for word, text in words.items():
            sql = sql.replace(f"{{{word}}}", text)
        yield name, sql


def _words(columns: Sequence[str]) -> dict[str, str]:
    own = [name for name in columns if name not in ("club_code", "month")]
    bits = (
        "CASE WHEN "
        + " OR ".join(f"LIST_CONTAINS({strand}, '{area}')" for strand in _STRANDS)
        + f" THEN {2**place} ELSE 0 END"
        for place, area in enumerate(_AREAS)
    )
    return {
        "areas": "\n        + ".join(bits),
        "is_report": (
            "COALESCE(club_month._source, '') <> 'import'" if "_source" in own else "TRUE"
        ),
        "answers": ",\n    ".join(_answer(name) for name in own),
        "no_answers": ", ".join("NULL" for _ in own),
    }


def _answer(name: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if name not in _TICKED:
        return f"club_month.{quoted}"
    return (
        f"CASE WHEN club_month.mobilised_total IS NOT NULL THEN COALESCE(club_month.{name}, 0) "
        f"ELSE club_month.{name} END AS {name}"
    )
