"""KoBoToolbox API v2, as real servers were seen to behave; a module a noun, plain functions."""

from connectors.servers.kobo.account import check_account
from connectors.servers.kobo.assets import list_forms
from connectors.servers.kobo.attachments import fetch_attachment
from connectors.servers.kobo.data import counts, fetch, highest, manifest
from connectors.servers.kobo.deployment import deploy_form
from connectors.servers.kobo.records import row_of

__all__ = [
    "check_account",
    "counts",
    "deploy_form",
    "fetch",
    "fetch_attachment",
    "highest",
    "list_forms",
    "manifest",
    "row_of",
]
