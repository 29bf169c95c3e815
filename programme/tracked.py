"""People's data in a git repository is a leak: told before more is collected."""

import shutil
import subprocess
from collections.abc import Iterator

from programme.folder import Folder
from programme.numbers import counted
from programme.problem import Place, Problem, Text


def tracked_data(folder: Folder) -> Iterator[Problem]:
    """Warn when git tracks anything under ``data/``."""
    git = shutil.which("git")
    if git is None or not folder.data.is_dir():
        return
    listed = subprocess.run(  # noqa: S603 - git itself, on a folder of this programme
        [git, "-C", str(folder.root), "ls-files", "-z", "--", folder.data.name],
        capture_output=True,
        check=False,
    )
    count = listed.stdout.count(b"\0")
    if listed.returncode == 0 and count:
        yield Problem(
            "data-tracked",
            Text(
                vi=f"git đang theo dõi {count} tệp trong thư mục dữ liệu",
                en=f"git tracks {counted(count, 'file', 'files')} in the data folder",
            ),
            Text(
                vi="hãy chạy «git rm -r --cached data», và coi những gì đã đẩy lên là đã lộ",
                en="run “git rm -r --cached data”, and treat what was pushed as disclosed",
            ),
            Place(file=str(folder.data)),
            "warning",
        )
