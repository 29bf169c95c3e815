"""ODK Central's API v1, as a real server was seen to behave; a module a noun, plain functions."""

from connectors.servers.central.account import check_account
from connectors.servers.central.attachments import fetch_attachment
from connectors.servers.central.changes import history
from connectors.servers.central.deployment import (
    deploy_form,
    deploy_media,
    deployed_workbook,
    restore,
    standing,
)
from connectors.servers.central.edits import edit_answers
from connectors.servers.central.fetching import everything, fetch
from connectors.servers.central.forms import list_forms
from connectors.servers.central.listing import counts, extent, listed, manifest
from connectors.servers.central.records import row_of
from connectors.servers.central.reviews import set_states
from connectors.servers.central.settled_types import settled_types
from connectors.servers.central.states import STATES

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
