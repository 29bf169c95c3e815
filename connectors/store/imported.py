"""Imported records stand in the store under a source of their own, which always counts."""

IMPORTED = "import"
