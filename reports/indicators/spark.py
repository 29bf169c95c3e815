"""The same figures on Apache Spark, over the same Parquet: for data that outgrew one machine.

Analysis tables and indicators are written once, in DuckDB's dialect; sqlglot turns them into
Spark's.
"""

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from programme.interrupts import kept_handler
from programme.problem import Problem, ProblemError, Text
from reports.indicators.engine import Opener, RegisterTables
from reports.indicators.java import need_java
from reports.indicators.spark_sql import in_spark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOCAL = "local[*]"
_QUIET = Path(__file__).with_name("spark_log.properties")


class SparkEngine:
    """Analysis tables as temporary views of a Spark session."""

    def __init__(self, session: "SparkSession") -> None:
        self._session = session
        self._views: dict[str, DataFrame] = {}

    def give(self, name: str, rows: pa.Table) -> None:
        """Hand over a small table, in place of one of that name."""
        self._show(name, self._session.createDataFrame(rows))

    def read(self, name: str, files: Path | Sequence[Path]) -> None:
        """Show a register."""
        paths = [files] if isinstance(files, Path) else list(files)
        self._show(name, self._session.read.parquet(*(path.as_uri() for path in paths)))

    def make(self, name: str, select: str, *, kept: bool) -> None:
        """Make a table from a SELECT, in place of one of that name."""
        found = self._session.sql(in_spark(select))
        # what is kept is cut off from how it was made: plans that grow take longer than the rows
        self._show(name, found.localCheckpoint(eager=True) if kept else found)

    def forget(self, name: str) -> None:
        """Give back the memory of a table that was made; one that was not is no matter."""
        if name in self._views:
            self._views.pop(name).unpersist()
            self._session.catalog.dropTempView(name)

    def rows(self, select: str) -> pa.Table:
        """Run a SELECT."""
        return self._session.sql(in_spark(select)).toArrow()

    def columns(self, name: str) -> dict[str, str]:
        """Give column → type of a table, in DuckDB's words."""
        return {each.name: _duckdb_type(each.dataType) for each in self._views[name].schema}

    def close(self) -> None:
        """Give the memory back."""
        for name in list(self._views):
            self.forget(name)

    def _show(self, name: str, found: "DataFrame") -> None:
        if name in self._views:
            self._views[name].unpersist()
        found.createOrReplaceTempView(name)
        self._views[name] = found


def spark_engine(master: str = LOCAL) -> Opener:
    """Give what opens Spark on registers of a run.

    Args:
        master: where Spark runs: ``local[*]`` on this computer, or the address of a cluster whose
            machines see the programme's folder under the same path.

    Raises:
        ProblemError: ``spark-missing``, ``spark-java``.
    """

    @contextmanager
    def opened(tables: RegisterTables, names: Collection[str]) -> Iterator[SparkEngine]:
        with ExitStack() as stack:
            engine = SparkEngine(stack.enter_context(spark_session(master)))
            stack.callback(engine.close)
            for name in names:
                engine.read(name, tables.path(name))
            yield engine

    return opened


@contextmanager
def spark_session(
    master: str = LOCAL, settings: Mapping[str, str] | None = None
) -> Iterator["SparkSession"]:
    """Open a session, or take the one that is open; who opened it closes it.

    Args:
        master: where Spark runs.
        settings: further ones of Spark's, which go before those made here.

    Raises:
        ProblemError: ``spark-missing``, ``spark-java``.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ProblemError(_missing()) from error
    if running := SparkSession.getActiveSession():
        yield running
        return
    need_java()
    # what does not fit into memory is written here, readable by its owner only, and goes with it
    with tempfile.TemporaryDirectory(prefix="ishc-spark-") as scratch:
        builder: Any = SparkSession.builder.master(master).appName("ishc")
        for name, value in (_settings(master, scratch) | dict(settings or {})).items():
            builder = builder.config(name, value)
        with kept_handler():
            session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


def _settings(master: str, scratch: str) -> dict[str, str]:
    told = {
        # an overflow or a cast that fails is told, as DuckDB tells it, and never becomes NULL
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": Path(scratch, "warehouse").as_uri(),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.log.level": "OFF",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_QUIET.as_uri()}",
    }
    if master.startswith("local"):
        told |= {
            "spark.local.dir": scratch,
            # nobody else on the network is to reach it
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "2g",
            "spark.sql.shuffle.partitions": "4",
        }
    return told


_TYPES = {
    "string": "VARCHAR", "bigint": "BIGINT", "int": "INTEGER", "boolean": "BOOLEAN",
    "date": "DATE", "double": "DOUBLE", "timestamp": "TIMESTAMP", "timestamp_ntz": "TIMESTAMP",
    "array<string>": "VARCHAR[]",
}  # fmt: skip


def _duckdb_type(kind: Any) -> str:
    name = str(kind.simpleString())
    return _TYPES.get(name, name.upper())


def _missing() -> Problem:
    return Problem(
        "spark-missing",
        Text(
            vi='ishc.toml ghi engine = "spark" nhưng máy này chưa cài Apache Spark (pyspark)',
            en='ishc.toml says engine = "spark", but Apache Spark (pyspark) is not installed here',
        ),
        Text(
            vi="hãy cài phần mở rộng: pip install 'ishc-collect[spark]', hoặc ghi "
            'engine = "duckdb": đủ cho mọi chương trình vừa một máy',
            en="install the extra: pip install 'ishc-collect[spark]', or write "
            'engine = "duckdb", which does for all that fits one computer',
        ),
    )
