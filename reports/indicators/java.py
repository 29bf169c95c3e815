"""The system's Java, which Spark needs: 17 or 21, found or asked for in words."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from programme.problem import Problem, ProblemError, Text

OLDEST, NEWEST = 17, 21
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


def need_java() -> int:
    """Give the version of the Java that Spark would start.

    Raises:
        ProblemError: ``spark-java``: there is none, or one that Spark does not start on.
    """
    found = java_version()
    if found is None or not OLDEST <= found <= NEWEST:
        raise ProblemError(_problem(found))
    return found


def java_version() -> int | None:
    """Give the version of Java in ``JAVA_HOME``, else on the path; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home, "bin")) if home else None)
    if program is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603 - a program of the system, without a shell
            [program, "-version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = _VERSION.search(told.stderr + told.stdout)
    return int(version[1]) if version else None


def _problem(found: int | None) -> Problem:
    here = (
        Text(vi="máy này không có Java", en="there is no Java here")
        if found is None
        else Text(vi=f"máy này có Java {found}", en=f"here is Java {found}")
    )
    return Problem(
        "spark-java",
        Text(
            vi=f"Apache Spark cần Java {OLDEST} hoặc {NEWEST} của hệ thống; {here.vi}",
            en=f"Apache Spark needs a system Java {OLDEST} or {NEWEST}; {here.en}",
        ),
        Text(
            vi=f"hãy cài Java {OLDEST} (Debian, Ubuntu: apt install openjdk-17-jre-headless) và "
            'đặt JAVA_HOME nếu máy có nhiều bản; hoặc ghi engine = "duckdb" trong ishc.toml',
            en=f"install Java {OLDEST} (Debian, Ubuntu: apt install openjdk-17-jre-headless), and "
            'set JAVA_HOME where there are several; or write engine = "duckdb" in ishc.toml',
        ),
    )
