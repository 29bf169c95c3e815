"""Servers, the raw store, and the registers and findings made from submissions."""

import programme.memory  # noqa: F401 - before anything loads Arrow
