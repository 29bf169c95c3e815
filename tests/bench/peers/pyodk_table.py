"""Everything of a form by pyodk: ``python pyodk_table.py URL PROJECT FORM USER PASSWORD FOLDER``.

It prints how many submissions came and how many seconds that took; with a seventh word it also
writes what came into the folder, as JSON.
"""

import json
import sys
import time
from pathlib import Path

from pyodk.client import Client


def main(
    url: str, project: str, form: str, user: str, password: str, folder: str, out: str = ""
) -> None:
    """Get the table with all repeats; there is no ``$top``, so all of it comes."""
    config = Path(folder) / "config.toml"
    config.write_text(
        f'[central]\nbase_url = "{url}"\nusername = "{user}"\npassword = "{password}"\n'
        f"default_project_id = {project}\n",
        encoding="utf-8",
    )
    started = time.perf_counter()
    with Client(config_path=config, cache_path=Path(folder) / "cache.toml") as client:
        table = client.submissions.get_table(form_id=form, expand="*")
    print(json.dumps([len(table["value"]), time.perf_counter() - started]))
    if out:
        (Path(folder) / "table.json").write_text(json.dumps(table["value"]), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
