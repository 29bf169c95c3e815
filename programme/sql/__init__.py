"""The one guard for SQL that people write: indicators, checks and registers all pass through it.

Two layers, each enough on its own. ``check`` reads the SQL as a tree and lets through only what is
listed in ``allowed``. ``open_guarded`` gives a connection that can read the given tables and
nothing else: no file, no network, no setting.

Shares never lose their fractions: DuckDB divides whole numbers with ``/`` as decimals, and the
operator that cuts, ``//``, is refused.
"""

from programme.sql.check import check
from programme.sql.copies import copied
from programme.sql.run import open_guarded, run_limited, show_files

__all__ = ["check", "copied", "open_guarded", "run_limited", "show_files"]
