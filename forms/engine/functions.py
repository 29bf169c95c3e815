"""XPath functions that ODK Collect adds to JavaRosa: pulldata; and the phone's clock."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from forms.engine.jvm import implement, java
from forms.engine.media import Media, find_medium
from forms.engine.phone import NOW, TODAY, Phone, java_date, java_day
from forms.lists import list_rows

PULLDATA_ARGUMENTS = 4


class PullData:
    """``pulldata('clubs', 'label', 'name', ${club})`` as Collect answers it.

    The first row whose key equals the value as text; an empty text where there is no such row,
    column or file, and a note of what was missing, because Collect shows a toast and goes on.

    Args:
        media: where the lists are.
    """

    def __init__(self, media: Media | None) -> None:
        self._media = media
        self._lists: dict[str, _Rows] = {}
        self.missing: set[str] = set()  # lists, or list.column

    def __call__(self, *arguments: Any) -> str:
        """Look one value up."""
        if len(arguments) != PULLDATA_ARGUMENTS:
            self.missing.add("pulldata(…)")
            return ""
        name, wanted, key, value = (str(each) for each in arguments)
        rows = self._read(name.removesuffix(".csv"))
        for column in (wanted, key):
            if rows.columns and column not in rows.columns:
                self.missing.add(f"{name.removesuffix('.csv')}.csv: {column}")
        return rows.by(key).get(value, {}).get(wanted, "")

    def _read(self, name: str) -> "_Rows":
        if name not in self._lists:
            path = find_medium(self._media, f"{name}.csv")
            if path is None:
                self.missing.add(f"{name}.csv")
            self._lists[name] = _Rows(path)
        return self._lists[name]


class _Rows:
    """The rows of one list, indexed by a column when it is first asked for."""

    def __init__(self, path: Path | None) -> None:
        self.columns: tuple[str, ...] = ()
        self._rows: list[dict[str, str]] = []
        self._indexes: dict[str, dict[str, dict[str, str]]] = {}
        if path is not None:
            header, *rows = list(list_rows(path)) or [[]]
            self.columns = tuple(header)
            self._rows = [dict(zip(header, row, strict=False)) for row in rows]

    def by(self, key: str) -> dict[str, dict[str, str]]:
        """Give the first row for each value of a column."""
        if key not in self._indexes:
            index: dict[str, dict[str, str]] = {}
            for row in self._rows:
                index.setdefault(row.get(key, ""), row)
            self._indexes[key] = index
        return self._indexes[key]


def function_handlers(pulldata: PullData, phone: Phone) -> list[Any]:
    """Give the functions that an opened form may call beyond JavaRosa's own."""
    opened = phone.opened()
    return [
        _function("pulldata", pulldata),
        _function(TODAY, lambda: java_day(opened.date())),
        _function(NOW, lambda: java_date(opened)),
    ]


def _function(name: str, call: Callable[..., Any]) -> Any:
    text = java("org.javarosa.xpath.expr.XPathFuncExpr").toString
    nothing = java("java.util.ArrayList")()
    return implement(
        "org.javarosa.core.model.condition.IFunctionHandler",
        {
            "getName": lambda: name,
            "getPrototypes": lambda: nothing,
            "rawArgs": lambda: True,
            "realTime": lambda: False,
            "eval": lambda arguments, _context: call(*(text(each) for each in arguments)),
        },
    )
