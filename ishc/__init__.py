"""ISHC Collect: the command line, and the one import for notebooks (``docs/notebooks.md``)."""

import programme.memory  # noqa: F401 - before anything loads Arrow

# isort: split
from ishc.notebook import pull, reconcile, table, tables

__all__ = ["pull", "reconcile", "table", "tables"]
