"""Analysis tables that indicators are written over, each one readable SQL file beside this one."""

from pathlib import Path

# in the order in which they are made: a later one reads the earlier ones
TABLES = ("members", "loans", "club_months", "inspections", "clubs", "communes", "findings")
_ORDER = ("club_state", *TABLES)


def statements() -> tuple[tuple[str, str], ...]:
    """Give name and SQL of every analysis table, in the order in which they are made."""
    folder = Path(__file__).parent
    return tuple((name, (folder / f"{name}.sql").read_text(encoding="utf-8")) for name in _ORDER)
