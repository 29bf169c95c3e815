"""Answers and errors of the API, as JSON or as the pages that KoBoToolbox sends instead."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
)

_PAGE = "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{words}</body></html>"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_NOT_FOUND = {"vi": "Không tìm thấy.", "fr": "Pas trouvé."}
OPENROSA_HEADERS = {"X-OpenRosa-Version": "1.0", "X-OpenRosa-Accept-Content-Length": "10000000"}


class ApiError(Exception):
    """An answer that ends the request: a status and a JSON body."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers


class UnknownAddressError(Exception):
    """Something below an asset that does not exist: answered by a page or by plain text."""


class FaultError(Exception):
    """A request on which the real server breaks with status 500."""


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Give a JSON answer."""
    return Response(
        orjson.dumps(body), status, headers=dict(headers or {}), content_type="application/json"
    )


def xml_answer(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Give an XML answer as the OpenRosa addresses do."""
    return Response(text, status, dict(headers or {}), content_type="text/xml; charset=utf-8")


def page(title: str, words: str, status: int) -> Response:
    """Give a small HTML page."""
    return Response(_PAGE.format(title=title, words=words), status, mimetype="text/html")


def nothing(content_type: str = "") -> Response:
    """Give an answer without a body."""
    response = Response(status=204)
    del response.headers["Content-Type"]
    if content_type:
        response.headers["Content-Type"] = content_type
    return response


def not_found() -> ApiError:
    """Give the 404 of the API, in the language asked for."""
    language = request.accept_languages.best_match(["en", *_NOT_FOUND]) or "en"
    return ApiError(404, {"detail": _NOT_FOUND.get(language, "Not found.")})


def wants_page() -> bool:
    """Tell whether KoBoToolbox would send an HTML error page for this request."""
    accept = request.headers.get("Accept", "")
    return "format" in request.args or not accept or "text/html" in accept or "*/*" in accept


def _api_error(error: ApiError) -> Response:
    if request.headers.get("Accept", "").startswith("text/html"):
        return page("KoboToolbox API", orjson.dumps(error.body).decode(), error.status)
    return answer(error.body, error.status, error.headers)


def _unknown_address(_: Exception) -> Response:
    if wants_page():
        return page("KoboToolbox", "Resource not found (404)", 404)
    return Response("Resource not found (404)", 404, mimetype="text/html")


def _fault(_: Exception) -> Response:
    if wants_page():
        return page("KoboToolbox", "Server Error (500)", 500)
    return answer({"error": "Server Error (500)"}, 500)


def _method_not_allowed(error: MethodNotAllowed) -> Response:
    valid = set(error.valid_methods or ())
    allow = ", ".join(method for method in _METHODS if method in valid)
    words = f'Method "{request.method}" not allowed.'
    return answer({"detail": words}, 405, {"Allow": allow})


def _other(error: HTTPException) -> Response:
    return page(error.name, error.description or error.name, error.code or 500)


def _slash(response: Response) -> Response:
    # the real server adds the missing slash with 301 and a path without host
    if response.status_code == 308:  # noqa: PLR2004
        response.status_code = 301
        response.set_data("")
        path = request.path + "/"
        query = request.query_string.decode()
        response.headers["Location"] = f"{path}?{query}" if query else path
    return response


def register_answers(app: Flask) -> None:
    """Make the app answer errors as KoBoToolbox does."""
    app.register_error_handler(ApiError, _api_error)
    app.register_error_handler(UnknownAddressError, _unknown_address)
    app.register_error_handler(NotFound, _unknown_address)
    app.register_error_handler(FaultError, _fault)
    app.register_error_handler(InternalServerError, _fault)
    app.register_error_handler(MethodNotAllowed, _method_not_allowed)
    app.register_error_handler(HTTPException, _other)
    app.after_request(_slash)
