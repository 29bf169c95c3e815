"""The engine that ``ishc.toml`` names."""

from programme.indicator_settings import IndicatorSettings
from reports.indicators.engine import Opener, duckdb_engine
from reports.indicators.spark import spark_engine


def engine_of(settings: IndicatorSettings) -> Opener:
    """Give what opens the engine that figures are computed on."""
    return spark_engine(settings.spark_master) if settings.engine == "spark" else duckdb_engine
