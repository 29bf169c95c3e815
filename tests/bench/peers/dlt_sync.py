"""A nightly load of one form by dlt: ``python dlt_sync.py URL ASSET TOKEN FOLDER HOW``.

HOW is ``scd2`` (everything is read; rows that changed or went are closed) or ``incremental``
(what was submitted since the last time is merged by ``_id``).
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"

import dlt
from dlt.sources.rest_api import rest_api_source


def _literal(text: str) -> str:
    """Give a text as it has to stand in a place that dlt fills in."""
    return text.replace("{", "{{").replace("}", "}}")


SCD2 = {"write_disposition": {"disposition": "merge", "strategy": "scd2"}}
MERGE = {"write_disposition": "merge", "primary_key": "_id"}
SINCE = {
    "start_param": "query",
    "cursor_path": "_submission_time",
    "initial_value": "2000-01-01T00:00:00",
    "convert": lambda moment: _literal(json.dumps({"_submission_time": {"$gte": moment}})),
}


def main(url: str, asset: str, token: str, folder: Path, how: str) -> None:
    """Load once."""
    endpoint: dict[str, Any] = {
        "path": f"assets/{asset}/data/",
        "params": {"limit": 1000, "sort": _literal('{"_id":1}')},
        "data_selector": "results",
    }
    if how == "incremental":
        endpoint["incremental"] = SINCE
    source = rest_api_source(
        {
            "client": {
                "base_url": f"{url}/api/v2/",
                "headers": {"Authorization": f"Token {token}"},
                "paginator": {"type": "json_link", "next_url_path": "next"},
            },
            "resources": [
                {
                    "name": "submissions",
                    "endpoint": endpoint,
                    **(MERGE if how == "incremental" else SCD2),
                }
            ],
        }
    )
    pipeline = dlt.pipeline(
        "kobo",
        destination=dlt.destinations.duckdb(str(folder / "warehouse.duckdb")),
        dataset_name="kobo",
        pipelines_dir=str(folder / "pipelines"),
    )
    pipeline.run(source, loader_file_format="parquet")


if __name__ == "__main__":
    main(*sys.argv[1:4], Path(sys.argv[4]), sys.argv[5])
