"""Deployed forms, found as phones name them."""

import hashlib
from sqlite3 import Row

import orjson
from flask import request

from connectors.servers.sandbox.compile import FormPaths, paths_from
from connectors.servers.sandbox.context import state


def forms_wanted() -> list[Row]:
    """List the forms that are open; one only when the request names its id."""
    rows = state().rows("SELECT * FROM asset WHERE active = 1 AND form_xml IS NOT NULL ORDER BY pk")
    wanted = request.args.get("formID")
    return [row for row in rows if wanted in (None, row["uid"])]


def form_hash(form: Row) -> str:
    """Give the hash by which a phone sees that a form changed."""
    return "md5:" + hashlib.md5(form["form_xml"].encode(), usedforsecurity=False).hexdigest()


def form_for(form_uuid: str | None, uid: str) -> Row | None:
    """Find a form by its uuid, else by its id; a wrong one of the two is forgiven."""
    found = state().row("SELECT * FROM asset WHERE form_uuid = ?", form_uuid) if form_uuid else None
    sql = "SELECT * FROM asset WHERE uid = ? AND form_uuid IS NOT NULL"
    return found or state().row(sql, uid)


def paths_of(form: Row) -> FormPaths:
    """Give the paths of repeats, points and files in all deployed versions of a form."""
    return paths_from(orjson.loads(form["form_paths"]))
