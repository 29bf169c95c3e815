"""A small KoBo-compatible server for trying, teaching and tests."""

from connectors.servers.sandbox.app import create_app
from connectors.servers.sandbox.attach import Upload
from connectors.servers.sandbox.load import Filled
from connectors.servers.sandbox.serve import Running, serve
from connectors.servers.sandbox.weather import KINDS, Weather

__all__ = ["KINDS", "Filled", "Running", "Upload", "Weather", "create_app", "serve"]
