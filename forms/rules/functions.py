"""The functions that JavaRosa and Collect know, and how many arguments each takes.

A test asks JavaRosa itself about every row. Functions of XPath 1.0 that JavaRosa lacks
(``floor``, ``ceiling``, ``last``, ``substring``) are given with what to write instead.
"""

_MANY = range(1000)


def _counts(*ranges: int | range) -> frozenset[int]:
    return frozenset(
        count for each in ranges for count in ((each,) if isinstance(each, int) else each)
    )


_BY_COUNTS: tuple[tuple[frozenset[int], str], ...] = (
    (_counts(0), "true false pi today now random version current"),
    (
        _counts(1),
        "boolean number int string date date-time decimal-date-time decimal-time not "
        "boolean-from-string abs acos asin atan cos exp exp10 log log10 sin sqrt tan "
        "count-selected count count-non-empty sum once property area enclosed-area "
        "base64-decode instance jr:itext intersects",
    ),
    (
        _counts(2),
        "coalesce format-date format-date-time atan2 selected is-selected selected-at "
        "substring-before substring-after contains starts-with ends-with regex pow geofence "
        "jr:choice-name extract-signed",
    ),
    (_counts(3), "if translate"),
    (_counts(4), "pulldata"),
    (_counts(0, 1), "position string-length normalize-space uuid"),
    (_counts(1, 2), "round randomize"),
    (_counts(2, 3), "substr digest"),
    (_counts(3, 5, 7, 9, 11), "indexed-repeat"),
    (frozenset(_MANY), "concat"),
    (frozenset(_MANY[1:]), "join depend distance max min"),
    (frozenset(_MANY[2:]), "checklist"),
    (frozenset(_MANY[2::2]), "weighted-checklist"),
)
ARGUMENTS: dict[str, frozenset[int]] = {
    name: counts for counts, names in _BY_COUNTS for name in names.split()
}
INSTEAD = {
    "floor": "int(…)",
    "ceiling": "int(… + 0.999999)",
    "last": "count(…)",
    "substring": "substr(…, 0, 4)",
    "iif": "if(…, …, …)",
    "len": "string-length(…)",
    "isblank": "… = ''",
    "countif": "count(${x}[. = 'a'])",
    "average": "sum(…) div count(…)",
    "avg": "sum(…) div count(…)",
    "concatenate": "concat(…)",
    "year": "format-date(…, '%Y')",
    "month": "format-date(…, '%n')",
    "day": "format-date(…, '%e')",
    "lower": "translate(…, 'ABC', 'abc')",
    "upper": "translate(…, 'abc', 'ABC')",
}


def counts_in_words(name: str) -> str:
    """Write how many arguments a function takes: ``2``, ``1-2``, ``2+``."""
    counts = sorted(ARGUMENTS[name])
    if len(counts) > len(_MANY) // 3:
        return f"{counts[0]}+"
    if len(counts) > 1 and counts[-1] - counts[0] == len(counts) - 1:
        return f"{counts[0]}-{counts[-1]}"
    return ", ".join(map(str, counts))
