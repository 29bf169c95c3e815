"""A small KoBo-compatible server for trying, teaching and tests."""

from connectors.servers.sandbox.app import create_app
from connectors.servers.sandbox.serve import Running, serve

__all__ = ["Running", "create_app", "serve"]
