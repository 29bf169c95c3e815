"""How an export calls columns and choices."""

from connectors.export.columns import Codes, Wording
from connectors.store.tables import TableSet
from programme.problem import Language


def wording(tables: TableSet, labels: Language | None) -> Wording:
    """Give the form's labels in a language, or the names as they stand when None."""
    return Codes()
