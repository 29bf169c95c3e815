"""The demo's folder: a copy of the programme that points at the sandbox, plainly synthetic."""

import re
import secrets
import shutil
from pathlib import Path

from ishc.demo import site_problems as problem
from programme.copying import programme_files
from programme.folder import Folder, shipped
from programme.problem import Exit, ProblemError
from programme.server_lines import with_server
from programme.settings import Settings, load
from programme.writing import write_text

MARK = "SYNTHETIC.txt"
SERVER = "sandbox"
PORT = 8010  # where «ishc sandbox» answers unless told otherwise
URL = f"http://127.0.0.1:{PORT}"
MARK_TEXT = """\
Dữ liệu trong thư mục này là dữ liệu mẫu do «ishc demo» tạo ra: không có câu lạc bộ, con người,
khoản vay hay khoản tiền nào là thật. Chạy lại «ishc demo» sẽ làm mới thư mục data/ từ đầu.

The data in this folder are made up by “ishc demo”: no club, person, loan or sum of money in it
is real. Running “ishc demo” again makes the folder data/ anew.
"""
_SERVER_BLOCK = f"""\
[servers.{SERVER}]
kind = "kobo"
url = "{URL}"       # ishc sandbox
token_file = "data/token"
"""


def prepare(target: Path) -> tuple[Folder, Settings]:
    """Make the demo's folder, or start an earlier demo over; files that people edited stay.

    Raises:
        ProblemError: ``demo-folder-other`` when somebody's own things lie there,
            ``demo-folder-left`` when the demo was pointed at another server meanwhile,
            ``demo-folder-in-use``.
    """
    folder = Folder(target.resolve())
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        _check_ours(folder)
        _start_over(folder.data)
    source = shipped()
    for file in programme_files(source):
        copy = folder.root / file.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            if copy == folder.settings:
                copy.write_text(demo_settings(copy.read_text(encoding="utf-8")), encoding="utf-8")
    (folder.root / MARK).write_text(MARK_TEXT, encoding="utf-8")
    folder.private(folder.data)
    write_text(folder.data / "token", secrets.token_hex(20))
    return folder, load(folder)


def demo_settings(text: str) -> str:
    """Turn the programme's ``ishc.toml`` into the demo's: sandbox, synthetic, and named so."""
    text = with_server(text, SERVER, _SERVER_BLOCK)
    return re.sub(
        r"^name = .*$",
        'name = { vi = "Câu lạc bộ liên thế hệ tự giúp nhau (DỮ LIỆU MẪU)", '
        'en = "Intergenerational self-help clubs (SYNTHETIC DATA)" }\nsynthetic = true',
        text,
        count=1,
        flags=re.MULTILINE,
    )


def _start_over(data: Path) -> None:
    try:
        shutil.rmtree(data)
    except FileNotFoundError:
        return
    except OSError as error:  # on Windows, when a sandbox or a notebook has it open
        raise ProblemError(problem.in_use(data), Exit.STORE) from error


def _check_ours(folder: Folder) -> None:
    if not (folder.root / MARK).is_file():
        raise ProblemError(problem.somebody_elses(folder.root))
    settings = load(folder) if folder.settings.is_file() else None
    if settings is None:
        return
    at_sandbox = all(server.url == URL for server in settings.servers.values())
    if not (settings.synthetic and at_sandbox):
        raise ProblemError(problem.left_the_sandbox(folder.root))
