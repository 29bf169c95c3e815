"""Writes the pages of reference in one language: ``python -m ishc.reference LANGUAGE FOLDER``."""

import os
import sys
from pathlib import Path


def main(language: str, folder: Path) -> int:
    """Write the pages; the command line says its words in one language a process."""
    os.environ["ISHC_LANG"] = language
    from ishc.reference.pages import write_pages  # noqa: PLC0415 - after the language is chosen

    write_pages("vi" if language == "vi" else "en", folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
