"""A connection that reads the given tables and nothing else, and queries that end in time."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq

from programme.interrupts import heeding
from programme.problem import NOWHERE, Exit, Place, Problem, ProblemError, Text
from programme.sql.batches import in_batches
from programme.sql.bind import lock
from programme.sql.messages import without_values

_SMALL = 200_000  # bytes
_FEW = 200_000  # cells
_BATCH = 20_000  # rows
# paths: DuckDB reads them itself
Readable: TypeAlias = pyarrow.dataset.Dataset | pa.Table | list[Path]


def open_guarded(
    views: Mapping[str, Path | Sequence[Path]],
    *,
    threads: int | None = None,
    memory_limit: str = "2GB",
    spill: Path | None = None,
    own: Sequence[Path] = (),
) -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB with Parquet files as views, closed to everything else.

    The files are handed over as Arrow datasets: a path that DuckDB may read it may also write,
    so it gets none but those in folders of the run itself (``own``), which it reads several times
    as fast and in a tenth of the memory. What it cannot hold in memory it refuses, or writes into
    ``spill``.

    Args:
        views: name of the view → its Parquet file or files, all of one shape.
        threads: at most so many; None leaves it to DuckDB, or is one where all files are small.
        memory_limit: at most so much memory, as DuckDB writes it (``"2GB"``).
        spill: an empty folder of its own for what does not fit into memory, for our own SQL;
            None: nothing is written to the disk.
        own: folders of copies, or of a run that is not finished: large files in them are read by
            DuckDB itself.

    Raises:
        ProblemError: ``table-missing``, ``table-unreadable``.
    """
    readable = {name: _readable(name, files, own) for name, files in views.items()}
    config: dict[str, Any] = {"memory_limit": memory_limit}
    if threads is None and all(isinstance(each, pa.Table) for each in readable.values()):
        threads = 1
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    try:
        for name, each in readable.items():
            _show(connection, name, each)
        lock(connection, spill, own)
    except BaseException:
        connection.close()
        raise
    return connection


def show_files(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    files: Path | Sequence[Path],
    own: Sequence[Path] = (),
) -> None:
    """Show one more table to a connection, as a view of its Parquet file or files.

    Args:
        connection: from ``open_guarded``.
        name: of the view.
        files: of one shape.
        own: as the connection was opened with.

    Raises:
        ProblemError: ``table-missing``, ``table-unreadable``.
    """
    _show(connection, name, _readable(name, files, own))


def run_limited(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    seconds: float,
    parameters: Mapping[str, Any] | None = None,
    *,
    most: int | None = None,
    place: Place = NOWHERE,
) -> pa.Table:
    """Run checked SQL and give its rows, or stop it when the time is up.

    Args:
        connection: from ``open_guarded``.
        sql: from ``check``.
        seconds: longest run time.
        parameters: values for ``$name``.
        most: rows that are given at most, whichever come first. A LIMIT around the SQL of others
            is no way: DuckDB 2.0 waits for ever on some (WITH, a join, nothing found).
        place: where the SQL stands, for the problems.

    Raises:
        ProblemError: ``query-too-long``, ``query-too-large``, ``query-failed``.
    """
    with _interrupted_after(connection, seconds) as stopped:
        try:
            with heeding():
                rows = connection.sql(sql, params=dict(parameters) if parameters else None)
                return rows.to_arrow_table() if most is None else _first(rows, most)
        except duckdb.InterruptException as error:
            if not stopped.is_set():
                raise
            raise ProblemError(_too_long(seconds, place)) from error
        except duckdb.OutOfMemoryException as error:
            raise ProblemError(_too_large(place)) from error
        except duckdb.Error as error:
            raise ProblemError(_failed(error, place)) from error


def _first(rows: duckdb.DuckDBPyRelation, most: int) -> pa.Table:
    reader = rows.to_arrow_reader(_BATCH)
    taken, number = [reader.schema.empty_table()], 0
    for batch in in_batches(reader):
        taken.append(pa.Table.from_batches([batch]))
        number += batch.num_rows
        if number >= most:
            break
    return pa.concat_tables(taken).slice(0, most)


@contextmanager
def _interrupted_after(
    connection: duckdb.DuckDBPyConnection, seconds: float
) -> Iterator[threading.Event]:
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    try:
        timer.start()  # Ctrl+C may fall into it: a timer left behind would hold the connection
        yield stopped
    finally:
        timer.cancel()
        if timer.is_alive():
            timer.join()


def _show(connection: duckdb.DuckDBPyConnection, name: str, rows: Readable) -> None:
    if not isinstance(rows, list):
        connection.register(name, rows)
        return
    try:
        connection.read_parquet([str(path) for path in rows]).create_view(name)
    except duckdb.Error as error:
        raise ProblemError(_unreadable(name, rows), Exit.STORE) from error


def _readable(name: str, files: Path | Sequence[Path], own: Sequence[Path]) -> Readable:
    paths = [files] if isinstance(files, Path) else list(files)
    missing = [path for path in paths if not path.is_file()]
    if missing or not paths:
        raise ProblemError(_missing(name, missing[0] if missing else None), Exit.STORE)
    try:
        if len(paths) == 1 and (rows := _rows_of_small(paths[0])) is not None:
            return rows
        if all(any(path.is_relative_to(folder) for folder in own) for path in paths):
            return paths
        return pyarrow.dataset.dataset([str(path) for path in paths], format="parquet")
    except (pa.ArrowInvalid, OSError) as error:
        raise ProblemError(_unreadable(name, paths), Exit.STORE) from error


def _rows_of_small(path: Path) -> pa.Table | None:
    """Give the rows of a small file: each query that reads them would open it anew."""
    if path.stat().st_size > _SMALL:
        return None
    with pq.ParquetFile(path) as file:
        # many empty cells take no room in a file
        few = file.metadata.num_rows * file.metadata.num_columns <= _FEW
        return file.read(use_threads=False) if few else None


def _missing(name: str, path: Path | None) -> Problem:
    return Problem(
        "table-missing",
        Text(vi=f"thiếu tệp của bảng «{name}»", en=f"the file of table “{name}” is missing"),
        Text(vi="hãy chạy lại «ishc reconcile»", en="run “ishc reconcile” again"),
        Place(file=str(path) if path else None),
    )


def _unreadable(name: str, paths: Sequence[Path]) -> Problem:
    return Problem(
        "table-unreadable",
        Text(vi=f"không đọc được bảng «{name}»", en=f"table “{name}” cannot be read"),
        Text(
            vi="tệp bị hỏng; hãy chạy lại «ishc reconcile»",
            en="its file is damaged; run “ishc reconcile” again",
        ),
        Place(file=str(paths[0])),
    )


def _too_long(seconds: float, place: Place) -> Problem:
    return Problem(
        "query-too-long",
        Text(
            vi=f"câu lệnh chạy quá {seconds:g} giây nên đã bị dừng",
            en=f"it ran for more than {seconds:g} seconds and was stopped",
        ),
        Text(
            vi="hãy kiểm tra điều kiện JOIN: có thể thiếu điều kiện nối hai bảng",
            en="check the conditions of JOIN: one between two tables may be missing",
        ),
        place,
    )


def _too_large(place: Place) -> Problem:
    return Problem(
        "query-too-large",
        Text(vi="câu lệnh cần quá nhiều bộ nhớ", en="it needs more memory than it may have"),
        Text(
            vi="hãy kiểm tra điều kiện JOIN, hoặc tổng hợp trước khi nối",
            en="check the conditions of JOIN, or aggregate before joining",
        ),
        place,
    )


def _failed(error: duckdb.Error, place: Place) -> Problem:
    words = without_values(str(error))
    return Problem(
        "query-failed",
        Text(vi=f"câu lệnh không chạy được: {words}", en=f"it could not be run: {words}"),
        Text(
            vi="hãy kiểm tra kiểu dữ liệu và phép chia cho 0 (dùng nullif)",
            en="check types, and division by zero (use nullif)",
        ),
        place,
    )
