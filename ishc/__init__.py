"""ISHC Collect: the command line, and the one import for notebooks (``docs/notebooks.md``)."""

from ishc.notebook import pull, reconcile, table, tables

__all__ = ["pull", "reconcile", "table", "tables"]
