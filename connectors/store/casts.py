"""From the text of an answer to its type, in DuckDB SQL; what does not fit becomes NULL.

Numbers are looked at as text first: a cast of ``'3.7'`` to a whole number would round in silence.
"""

from collections.abc import Callable, Iterator

from forms.schema import Column
from forms.tables import GEOPOINT_PARTS, columns_of

VND_PER_THOUSAND = 1000
TEXT_KINDS = frozenset({"text", "select_one", "image", "audio", "file"})

# 18 digits always fit a BIGINT; 15 do when typed in thousand đồng and kept in đồng
_WHOLE = r"^[+-]?[0-9]{1,18}(\.0+)?$"
_WHOLE_THOUSANDS = r"^[+-]?[0-9]{1,15}(\.0+)?$"
_THOUSANDS = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,3}0*)?$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}.*)?$"
_TIME = r"^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?$"
_TIME_ITSELF = r"^[0-9:.]+"


def identifier(name: str) -> str:
    """Write a name so that DuckDB takes it as it is."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def typed(column: Column, text: str) -> Iterator[tuple[str, str]]:
    """Give the name and the SQL of each typed column of a question.

    Args:
        column: the question.
        text: SQL of the trimmed answer, NULL when empty.
    """
    if column.kind == "geopoint":
        yield from _geopoint(column, text)
    else:
        yield column.name, _scalar(column, text)


def may_not_fit(column: Column) -> bool:
    """Tell whether there are texts that are no value of a question's type."""
    return column.kind not in TEXT_KINDS and column.kind != "select_multiple"


def _scalar(column: Column, text: str) -> str:
    if column.unit == "thousand_vnd":
        pattern = _WHOLE_THOUSANDS if column.kind == "integer" else _THOUSANDS
        thousands = f"TRY_CAST({text} AS DECIMAL(18,3))"
        return _when(pattern, text, f"CAST({thousands} * {VND_PER_THOUSAND} AS BIGINT)")
    return _BY_KIND.get(column.kind, _as_it_is)(text)


def _as_it_is(text: str) -> str:
    return text


def _integer(text: str) -> str:
    return _when(_WHOLE, text, f"TRY_CAST(split_part({text}, '.', 1) AS BIGINT)")


def _decimal(text: str) -> str:
    return _when(_NUMBER, text, f"TRY_CAST({text} AS DECIMAL(18,6))")


def _date(text: str) -> str:
    return _when(_DATE, text, f"TRY_CAST({text} AS DATE)")


def _datetime(text: str) -> str:
    # the connection's time zone is the programme's: it is both assumed and wanted
    return _when(_MOMENT, text, f"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)")


def _time(text: str) -> str:
    itself = f"regexp_extract({text}, {literal(_TIME_ITSELF)})"
    return _when(_TIME, text, f"TRY_CAST({itself} AS TIME)")


def _several(text: str) -> str:
    return f"string_split_regex({text}, '\\s+')"


_BY_KIND: dict[str, Callable[[str], str]] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "select_multiple": _several,
}


def _when(pattern: str, text: str, value: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, {literal(pattern)}) THEN {value} END"


def _geopoint(column: Column, text: str) -> Iterator[tuple[str, str]]:
    parts = [
        f"TRY_CAST(string_split_regex({text}, '\\s+')[{number}] AS DOUBLE)"
        for number in range(1, len(GEOPOINT_PARTS) + 1)
    ]
    on_earth = f"({parts[0]} BETWEEN -90 AND 90 AND {parts[1]} BETWEEN -180 AND 180)"
    for name, part in zip(columns_of(column), parts, strict=True):
        yield name, f"CASE WHEN {on_earth} THEN {part} END"
