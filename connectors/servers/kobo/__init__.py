"""KoBoToolbox API v2, as real servers were seen to behave; a module a noun, plain functions."""

from connectors.servers.kobo.account import check_account
from connectors.servers.kobo.assets import list_forms
from connectors.servers.kobo.attachments import fetch_attachment
from connectors.servers.kobo.data import counts, everything, extent, fetch, listed, manifest
from connectors.servers.kobo.deployed import deployed_workbook, restore, settled_types, standing
from connectors.servers.kobo.deployment import deploy_form, deploy_media
from connectors.servers.kobo.edits import edit_answers
from connectors.servers.kobo.events import history
from connectors.servers.kobo.records import row_of
from connectors.servers.kobo.states import STATES, set_states

__all__ = [
    "STATES",
    "check_account",
    "counts",
    "deploy_form",
    "deploy_media",
    "deployed_workbook",
    "edit_answers",
    "everything",
    "extent",
    "fetch",
    "fetch_attachment",
    "history",
    "list_forms",
    "listed",
    "manifest",
    "restore",
    "row_of",
    "set_states",
    "settled_types",
    "standing",
]
