"""A small KoBo-compatible server for trying, teaching and tests."""

from connectors.servers.sandbox.app import create_app
from connectors.servers.sandbox.attach import Upload
from connectors.servers.sandbox.load import Filled
from connectors.servers.sandbox.serve import Running, serve

__all__ = ["Filled", "Running", "Upload", "create_app", "serve"]
