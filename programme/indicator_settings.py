"""Where figures are computed, as ``[indicators]`` of ``ishc.toml`` has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from programme.problem import Text
from programme.text import did_you_mean, nearest
from programme.toml_reader import TomlReader

EngineName = Literal["duckdb", "spark"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)


@dataclass(frozen=True, slots=True)
class IndicatorSettings:
    """Where figures are computed; they are the same everywhere.

    Args:
        engine: ``duckdb`` in this process, or ``spark``.
        spark_master: where Spark runs: ``local[*]`` here, else the address of a cluster whose
            machines see the programme's folder under the same path.
    """

    engine: EngineName = "duckdb"
    spark_master: str = "local[*]"


def read_indicators(reader: TomlReader, raw: Mapping[str, Any]) -> IndicatorSettings:
    """Read ``[indicators]``; mistakes go to the reader."""
    usual = IndicatorSettings()
    table = reader.table(raw, "indicators", {"engine", "spark_master"})
    master = reader.string(table, "spark_master", "indicators", usual.spark_master)
    return IndicatorSettings(_engine(reader, table), master)


def _engine(reader: TomlReader, table: Mapping[str, Any]) -> EngineName:
    value = reader.string(table, "engine", "indicators", "duckdb")
    if value in ENGINES:
        return value
    hint = did_you_mean(nearest(value, ENGINES))
    reader.problem(
        "settings-engine",
        Text(
            vi=f"không có máy tính số liệu «{value}»{hint.vi}",
            en=f"there is no engine “{value}”{hint.en}",
        ),
        Text(vi='hãy ghi "duckdb" hoặc "spark"', en='write "duckdb" or "spark"'),
        "indicators.engine",
    )
    return "duckdb"
