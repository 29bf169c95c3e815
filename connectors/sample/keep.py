"""The sample in the store: drawn once a year, kept for as long as its answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from connectors.sample.design import Drawn
from connectors.store.raw import RawStore

_COLUMNS = (
    "year", "code", "stratum", "club", "member", "weight", "club_chance", "member_chance", "place",
    "state", "replaces",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draw:
    """How a year's sample was drawn.

    Args:
        seed: draws the same sample again from the same registers.
        as_of: cut-off date of the registers.
        clubs, members: who might have been drawn.
        counted: members of these clubs who are only counted and could not be.
    """

    year: int
    seed: str
    drawn_on: date
    as_of: date
    clubs: int
    members: int
    counted: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """Somebody in a sample.

    Args:
        code: of this place in the sample, such as 2026-0001.
        place: order within the club.
        state: asked, reserve or replaced.
        replaces: code of the one in whose place this one is asked.
    """

    year: int
    code: str
    stratum: str
    club: str
    member: str
    weight: float
    club_chance: float
    member_chance: float
    place: int
    state: str
    replaces: str | None


def last_year(store: RawStore) -> int | None:
    """Give the newest year of which there is a sample."""
    (year,) = store.connection.execute("SELECT max(year) FROM sample_draw").fetchone()
    return None if year is None else int(year)


def draw_of(store: RawStore, year: int) -> Draw | None:
    """Give how a year's sample was drawn; None when it was not."""
    row = store.connection.execute(
        "SELECT year, seed, drawn_on, as_of, clubs, members, counted FROM sample_draw"
        " WHERE year = ?",
        (year,),
    ).fetchone()
    if row is None:
        return None
    year, seed, drawn_on, as_of, *counts = row
    return Draw(year, seed, date.fromisoformat(drawn_on), date.fromisoformat(as_of), *counts)


def sampled(store: RawStore, year: int) -> list[Sampled]:
    """Give everybody in a year's sample, reserves too, by code."""
    rows = store.connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM sample WHERE year = ? ORDER BY code",  # noqa: S608 ours
        (year,),
    )
    return [Sampled(*row) for row in rows]


def keep_sample(store: RawStore, how: Draw, drawn: Iterable[Drawn]) -> None:
    """Keep a sample, in the place of the one of that year."""
    ordered = sorted(drawn, key=lambda each: (each.club, each.place))
    rows = [
        (how.year, f"{how.year}-{number:04d}", each.stratum, each.club, each.member, each.weight,
         each.club_chance, each.member_chance, each.place,
         "reserve" if each.reserve else "asked", None)
        for number, each in enumerate(ordered, start=1)
    ]  # fmt: skip
    with store.transaction() as connection:
        for table in ("sample", "sample_draw"):
            connection.execute(f"DELETE FROM {table} WHERE year = ?", (how.year,))  # noqa: S608 ours
        connection.execute(
            "INSERT INTO sample_draw VALUES (?, ?, ?, ?, ?, ?, ?)",
            (how.year, how.seed, how.drawn_on.isoformat(), how.as_of.isoformat(), how.clubs,
             how.members, how.counted),
        )  # fmt: skip
        marks = ", ".join("?" * len(_COLUMNS))
        connection.executemany(
            f"INSERT INTO sample ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 ours
            rows,
        )


def keep_replacement(store: RawStore, gone: Sampled, reserve: Sampled) -> None:
    """Let a reserve be asked in somebody's place."""
    with store.transaction() as connection:
        set_ = "UPDATE sample SET state = ?, replaces = ? WHERE year = ? AND code = ?"
        connection.execute(set_, ("replaced", gone.replaces, gone.year, gone.code))
        connection.execute(set_, ("asked", gone.code, reserve.year, reserve.code))
