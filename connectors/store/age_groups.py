"""One year of birth for all of an age group, in place of the person's own."""

# the groups in which forms and reports count: least age, and the age that stands for it
_GROUPS = ((80, 85), (70, 75), (60, 65), (55, 57), (31, 45), (16, 23), (0, 10))


def born_in_group(born: str, year: int) -> str:
    """Give the year of birth that stands for an age group; empty where none was said.

    Counts by age stay what they are.

    Args:
        born: as it was said.
        year: in which the age counts.
    """
    if not born.isdigit():
        return ""
    age = year - int(born)
    return next((str(year - usual) for least, usual in _GROUPS if age >= least), "")
