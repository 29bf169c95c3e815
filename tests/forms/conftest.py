"""Forms written as Markdown tables, made into real workbooks."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from openpyxl import Workbook

from forms.engine import jvm

MakeWorkbook = Callable[..., Path]
_BAR = re.compile(r"(?<!\\)\|")  # a bar inside a cell is written \|
DATA = Path(__file__).parent / "data"
WEB_FORMS = Path(__file__).parent / "webforms"
NODE = 20
INSTALL = "npm ci --ignore-scripts --prefix tests/forms/webforms"


def markdown_sheets(markdown: str) -> dict[str, list[list[str]]]:
    """Read tables as pyxform's own tests write them: the sheet's name in the first column."""
    sheets: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in markdown.strip().splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())[1:-1]]
        if cells[0]:
            rows = sheets.setdefault(cells[0], [])
        if any(cells[1:]):
            rows.append(cells[1:])
        elif not cells[0]:
            rows.append([])
    return sheets


@pytest.fixture
def form_text() -> Callable[[str], str]:
    """Read a form of ``data/`` by name."""
    return lambda name: (DATA / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture
def make_workbook(tmp_path: Path) -> MakeWorkbook:
    def make(markdown: str, name: str = "form") -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in markdown_sheets(markdown).items():
            sheet = book.create_sheet(title)
            for number, row in enumerate(rows, start=1):
                sheet.append([cell or None for cell in row])
                for column, text in enumerate(row, start=1):
                    if text.startswith("="):  # the text of a form, no formula of Excel
                        sheet.cell(number, column).data_type = "s"
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        return path

    return make


@pytest.fixture
def make_list(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a media list, one line a row, beside the workbook."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        lines = (line.strip() for line in text.strip().splitlines())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return make


@pytest.fixture
def engine() -> None:
    """Skip where the extra ``collect`` is not installed."""
    if problem := jvm.missing():
        pytest.skip(problem.in_("en"))


class WebForms:
    """ODK Web Forms' engine in one Node.js process; it works on while other tests run."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            # a fifth of its time was the collecting of garbage, by as many threads as there are
            ["node", "--max-semi-space-size=128", "--single-threaded-gc", "run.mjs"],
            cwd=WEB_FORMS,
            env={**os.environ, "TZ": "Asia/Ho_Chi_Minh"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._asked: SimpleQueue[Future[dict[str, Any]]] = SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def ask(self, question: dict[str, Any]) -> "Future[dict[str, Any]]":
        """Ask the runner one thing, in its own words (``run.mjs``); it answers in order."""
        assert self._node.stdin
        answer: Future[dict[str, Any]] = Future()
        self._asked.put(answer)
        self._node.stdin.write(json.dumps(question, default=str) + "\n")
        self._node.stdin.flush()
        return answer

    def _read(self) -> None:
        assert self._node.stdout
        for line in self._node.stdout:
            answer, future = json.loads(line), self._asked.get()
            if "failed" in answer:
                future.set_exception(AssertionError(answer["failed"]))
            else:
                future.set_result(answer)
        while not self._asked.empty():
            self._asked.get().set_exception(AssertionError("the runner stopped"))

    def stop(self) -> None:
        assert self._node.stdin and self._node.stdout
        self._node.stdin.close()
        self._node.wait(timeout=60)
        self._reader.join(timeout=10)
        self._node.stdout.close()


def _node_version() -> int:
    """Give the major version of Node.js, 0 where there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    asked = [node, "--print", "process.versions.node"]
    return int(subprocess.run(asked, capture_output=True, check=True).stdout.split(b".")[0])


@pytest.fixture(scope="session")
def web_forms_or_reason() -> Iterator[WebForms | str]:
    """Give ODK Web Forms' engine, or say why it cannot run here."""
    if _node_version() < NODE:
        yield f"ODK Web Forms: Node.js {NODE} or newer is missing (Debian: nodejs npm)"
    elif not (WEB_FORMS / "node_modules" / "@getodk" / "xforms-engine").is_dir():
        yield f"ODK Web Forms: its engine is missing; install it with {INSTALL}"
    else:
        running = WebForms()
        yield running
        running.stop()


@pytest.fixture
def web_forms(web_forms_or_reason: WebForms | str) -> WebForms:
    if isinstance(web_forms_or_reason, str):
        pytest.skip(web_forms_or_reason)
    return web_forms_or_reason
