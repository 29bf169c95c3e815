"""XPath functions that ODK Collect adds to JavaRosa: pulldata; and the phone's clock."""

import csv
from collections.abc import Callable
from typing import Any

from forms.engine.jvm import implement, java
from forms.engine.media import Media, find_medium
from forms.engine.phone import NOW, TODAY, Phone, java_date, java_day

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
        self._rows: dict[str, list[dict[str, str]]] = {}
        self._indexes: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
        self.missing: set[str] = set()  # lists, or list.column

    def __call__(self, *arguments: Any) -> str:
        """Look one value up."""
        if len(arguments) != PULLDATA_ARGUMENTS:
            self.missing.add("pulldata(…)")
            return ""
        name, wanted, key, value = (str(each) for each in arguments)
        name = name.removesuffix(".csv")
        index = self._index(name, key)
        row = index.get(value)
        if row is None:
            return ""
        if wanted not in row:
            self.missing.add(f"{name}.csv: {wanted}")
        return row.get(wanted, "")

    def _index(self, name: str, key: str) -> dict[str, dict[str, str]]:
        if (name, key) not in self._indexes:
            index: dict[str, dict[str, str]] = {}
            for row in self._read(name):
                index.setdefault(row.get(key, ""), row)
                if key not in row:
                    self.missing.add(f"{name}.csv: {key}")
            self._indexes[name, key] = index
        return self._indexes[name, key]

    def _read(self, name: str) -> list[dict[str, str]]:
        if name not in self._rows:
            path = find_medium(self._media, f"{name}.csv")
            if path is None:
                self.missing.add(f"{name}.csv")
                return []
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file, restval="")
                self._rows[name] = [{k: v for k, v in row.items() if k} for row in rows]
        return self._rows[name]


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
