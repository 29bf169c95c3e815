"""What the queries of both OData services share: pages, their tokens, links and $select."""

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote_plus

import orjson
from flask import g, request

from tests.connectors.central.standin.answers import RefusedError, wrong_type
from tests.connectors.central.standin.rows import Row

Kind = TypeVar("Kind")
_VERSION = "01"


def number(name: str) -> int | None:
    """Give $top or $skip; refuses what is no number."""
    text = request.args.get(name)
    if text is None:
        return None
    if not text.isdecimal():
        raise wrong_type("NaN", "type bigint")
    return int(text)


def token_of(cursor: Row) -> str:
    return _VERSION + base64.b64encode(orjson.dumps(cursor)).decode()


def cursor(key: str) -> str | None:
    """Give the id in $skiptoken; refuses a token that cannot be read."""
    text = request.args.get("$skiptoken")
    if text is None:
        return None
    try:
        if not text.startswith(_VERSION):
            raise ValueError
        found = orjson.loads(base64.b64decode(text.removeprefix(_VERSION), validate=True))
        return str(found[key])
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(400.35, "Invalid $skiptoken") from error


def lost_cursor() -> RefusedError:
    """The refusal after which Central closes the connection, though it says keep-alive."""
    g.hang_up = True
    return RefusedError(400.34, "Record associated with the provided $skiptoken not found.")


def next_link(last: Row) -> str:
    pairs = [
        (name, value) for name, value in request.args.items() if name not in ("$skip", "$skiptoken")
    ]
    pairs.append(("$skiptoken", token_of(last)))
    query = "&".join(f"{quote_plus(n)}={quote_plus(v, safe='*')}" for n, v in pairs)
    return f"{request.base_url}?{query}"


def context(service: str, table: str = "") -> str:
    base = request.base_url.partition(service)[0] + service
    return f"{base}/$metadata" + (f"#{table}" if table else "")


def page(
    rows: Sequence[Kind], after: int, token: Callable[[Kind], Row]
) -> tuple[Sequence[Kind], str | None]:
    """Cut the page that is asked for out of rows in order, with the link to the next.

    Args: all rows that match, how many of them lie before the cursor, and what names a row.
    The link ignores $skip: under it even the last page has one.
    """
    top, skip = number("$top"), number("$skip") or 0
    left = rows[after:]
    cut = left[skip:] if top is None else left[skip : skip + top]
    more = top is not None and bool(cut) and len(left) > top
    return cut, next_link(token(cut[-1])) if more else None


def selected(row: Row, wanted: list[str] | None) -> Row:
    """Keep the wanted properties of a row; raises RefusedError for one it cannot have."""
    if wanted is None:
        return row
    found: Row = {}
    for path in wanted:
        source, target = row, found
        *above, last = path.split("/")
        for step in above:
            if not isinstance(source.get(step), dict):
                raise unknown_property(path)
            source, target = source[step], target.setdefault(step, {})
        if last not in source or "@" in last:
            raise unknown_property(path)
        target[last] = source[last]
    return found


def unknown_property(path: str) -> RefusedError:
    return RefusedError(400.23, f"Could not find a property named '{path}'", {"property": path})


def wanted_properties() -> list[str] | None:
    text = request.args.get("$select")
    return [one.strip() for one in text.split(",")] if text and text != "*" else None


def refuse_expand() -> bool:
    """Tell whether everything is to be expanded; refuses other kinds of $expand."""
    expand = request.args.get("$expand")
    if expand not in (None, "*"):
        words = (
            f'The given OData expand expression is not supported by this server: "{expand}". '
            'Currently, only "$expand=*" is supported.'
        )
        raise RefusedError(501.6, words, {"text": expand})
    if expand and "$select" in request.args:
        words = "This server doesn't support $select query parameter with $expand."
        raise RefusedError(501.11, words)
    return expand == "*"


def told(rows: list[Any], where: str, link: str | None, count: int) -> Row:
    body: Row = {"value": rows, "@odata.context": where}
    if link:
        body["@odata.nextLink"] = link
    if request.args.get("$count") == "true":
        body["@odata.count"] = count
    return body
