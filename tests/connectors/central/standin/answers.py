"""Answers as Central writes them: JSON, errors with their codes, ETags of Express."""

import base64
import hashlib
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import orjson
from flask import Response, g, request

OPENROSA_HEADERS = {
    "X-OpenRosa-Version": "1.0",
    "X-OpenRosa-Accept-Content-Length": "100000000",
}
_MESSAGE = (
    '\n  <OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0">\n'
    '    <message nature="{nature}">{words}</message>\n  </OpenRosaResponse>'
)
_QUOTES = {"'": "&#39;", '"': "&quot;"}


class RefusedError(Exception):
    """An error that ends the request; `code` begins with the HTTP status."""

    def __init__(self, code: float, message: str, details: Any = None) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, details

    @property
    def status(self) -> int:
        return int(self.code)


def not_found() -> RefusedError:
    return RefusedError(404.1, "Could not find the resource you were looking for.")


def unauthenticated() -> RefusedError:
    return RefusedError(401.2, "Could not authenticate with the provided credentials.")


def forbidden() -> RefusedError:
    words = "The authentication you provided does not have rights to perform that action."
    return RefusedError(403.1, words)


def missing(name: str) -> RefusedError:
    return RefusedError(400.2, f"Required parameter {name} missing.", {"field": name})


def unexpected(name: str, value: str, reason: str) -> RefusedError:
    details = {"field": name, "value": value, "reason": reason}
    return RefusedError(400.8, f"Unexpected {name} value {value}; {reason}", details)


def wrong_type(value: str, expected: str) -> RefusedError:
    words = f'Invalid input data type: expected "{value}" to be ({expected})'
    return RefusedError(400.11, words, {"value": value, "expected": expected})


def exists(table: str, fields: list[str], values: list[Any]) -> RefusedError:
    named, given = ",".join(fields), ",".join(str(value) for value in values)
    words = f"A resource already exists with {named} value(s) of {given}."
    return RefusedError(409.3, words, {"fields": fields, "values": values, "table": table})


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    response = Response(orjson.dumps(body), status, headers)
    response.headers.setdefault("Content-Type", "application/json; charset=utf-8")
    response.headers["Content-Type"] = (headers or {}).get(
        "Content-Type", "application/json; charset=utf-8"
    )
    return response


def done() -> Response:
    return answer({"success": True})


def text_answer(text: str | bytes, kind: str, headers: dict[str, str] | None = None) -> Response:
    return Response(text, 200, headers, content_type=f"{kind}; charset=utf-8")


def file_answer(content: bytes, kind: str, name: str, how: str = "attachment") -> Response:
    """Give a kept file, or 304 to whom has it."""
    etag = f'"{hashlib.md5(content).hexdigest()}"'
    if request.headers.get("If-None-Match") == etag:
        return Response("", 304, {"ETag": etag})
    plain = "".join(letter if letter.isascii() else "-" for letter in name)
    disposition = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") and ";" not in kind else kind
    headers = {"ETag": etag, "Content-Disposition": disposition}
    return Response(content, 200, headers, content_type=kind)


def openrosa_message(words: str, status: int, nature: str = "") -> Response:
    text = _MESSAGE.format(nature=nature, words=escape(words, _QUOTES))
    response = Response(text, status, content_type="text/xml; charset=utf-8")
    if g.get("openrosa_headers"):
        response.headers.update(OPENROSA_HEADERS)
    return response


def refused(error: RefusedError) -> Response:
    """Write an error in the words of the address that was asked."""
    if g.get("openrosa"):
        return openrosa_message(error.message, error.status, "error")
    body = {"message": error.message, "code": error.code}
    response = answer(
        body if error.details is None else body | {"details": error.details}, error.status
    )
    if etag := g.get("etag"):  # the answer had begun before the error was met
        response.headers["ETag"] = etag
    return response


def with_etag(response: Response) -> Response:
    """Add Express's own ETag where there is none, and answer 304 to whom has it."""
    if "ETag" not in response.headers and response.status_code != 304:
        body = response.get_data()
        digest = base64.b64encode(hashlib.sha1(body).digest()).decode()[:27]
        response.headers["ETag"] = f'W/"{len(body):x}-{digest}"'
        if (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and request.headers.get("If-None-Match") == response.headers["ETag"]
        ):
            return Response("", 304, {"ETag": response.headers["ETag"]})
    return response
