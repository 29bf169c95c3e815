"""The payload of bulk requests: which submissions are meant, and the checks before that."""

from collections.abc import Mapping
from sqlite3 import Row
from typing import Any

import orjson
from flask import request

from connectors.servers.sandbox.answers import ApiError, FaultError
from connectors.servers.sandbox.select import by_ids, everything

Payload = dict[str, Any]


def read_payload() -> Payload:
    """Read the payload: an object, or text that holds one; raises ApiError 400."""
    body = _body()
    if "payload" not in body:
        raise _invalid("This field is required.")
    payload = body["payload"]
    if isinstance(payload, str):
        try:
            payload = orjson.loads(payload)
        except orjson.JSONDecodeError as error:
            raise _invalid("Value must be valid JSON.") from error
    if not isinstance(payload, dict):
        raise FaultError
    return payload


def _body() -> Mapping[str, Any]:
    if not request.get_data():
        return {}
    if request.form:
        return request.form
    body = request.get_json(silent=True)
    if not isinstance(body, dict):  # the real server breaks on what it cannot read
        raise FaultError
    return body


def _invalid(words: str) -> ApiError:
    return ApiError(400, {"payload": [words]})


def require(payload: Payload, name: str, *, empty: bool) -> Any:
    """Give a part of the payload; raises ApiError 400 when missing, or empty where not allowed."""
    if name not in payload or not (empty or payload[name]):
        raise _invalid(f"`{name}` is required")
    return payload[name]


def meant(asset: str, payload: Payload) -> list[Row]:
    """Give the submissions that a payload means: by ids, by a query, or all if confirmed.

    Raises ApiError 400 where it names none of these.
    """
    if "submission_ids" in payload:
        return by_ids(asset, _ids(payload["submission_ids"]))
    if "query" in payload:
        return everything(asset, payload["query"])
    if payload.get("confirm"):
        return everything(asset, {})
    raise _invalid("Confirmation is required")


def _ids(given: Any) -> list[int]:
    if not isinstance(given, list) or not given:
        raise _invalid("`submission_ids` must contain at least one value")
    try:
        return [int(value) for value in given]
    except (TypeError, ValueError) as error:
        raise _invalid("`submission_ids` must only contain integer values") from error
