"""``ishc deploy`` and ``ishc publish`` as an official runs them: in a terminal, and at night."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Server
from connectors.servers.sandbox import serve

REPOSITORY = Path(__file__).parents[2]
TOKEN = "0fa17" * 8
FORM = "loan_record"


class Account:
    """A programme folder with one shipped form, and its account."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.environ = {
            **os.environ, "ISHC_TOKEN": TOKEN, "ISHC_LANG": "en", "PYTHONPATH": str(REPOSITORY),
        }  # fmt: skip

    def command(self, *arguments):
        return [sys.executable, "-m", "ishc.cli", *arguments]

    def run(self, *arguments, **environ):
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env={**self.environ, **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def answer(self, answers, *arguments, **environ):
        """Run a command in a terminal and type an answer each time it asks."""
        import pty  # noqa: PLC0415 - not on Windows

        here, there = pty.openpty()
        child = subprocess.Popen(
            self.command(*arguments), cwd=self.folder, env={**self.environ, **environ},
            stdin=there, stdout=there, stderr=there,
        )  # fmt: skip
        os.close(there)
        said, asked = b"", 0
        while select.select([here], [], [], 120)[0]:
            try:
                piece = os.read(here, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
            if said.count(b"]: ") > asked:
                os.write(here, answers[asked].encode() + b"\n")
                asked += 1
        os.close(here)
        return child.wait(), said.decode()

    def edit(self, change):
        path = self.folder / "xlsforms" / f"{FORM}.xlsx"
        book = load_workbook(path)
        change(book["survey"])
        book.save(path)

    def offered(self):
        (form,) = kobo.list_forms(self.server)
        return openrosa.find(self.server, form.asset)


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deploy")
    done = subprocess.run(
        [sys.executable, "-m", "ishc.cli", "init", "clubs"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=False,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with serve(folder / "server", TOKEN) as running:
        settings = folder / "clubs" / "ishc.toml"
        settings.write_text(
            f'[programme]\nname = "x"\n\n[servers.kobo]\nurl = "{running.url}"\n'
            f'token_env = "ISHC_TOKEN"\n\n[forms.{FORM}]\n',
            encoding="utf-8",
        )
        with Server("kobo", "kobo", running.url, running.url, TOKEN) as server:
            yield Account(folder / "clubs", server)


@pytest.mark.skipif(os.name != "posix", reason="a terminal to type in is made on POSIX systems")
def test_one_form_from_the_first_day_to_a_change(account):
    # a first deployment asks a person; a no sends nothing
    status, said = account.answer(["n"], "deploy")
    assert status == 1 and "a new form" in said and "Nothing was sent" in said
    status, said = account.answer(["không"], "deploy", ISHC_LANG="vi")
    assert status == 1 and "Chưa gửi gì" in said and "[c = có, k = không]" in said
    assert kobo.list_forms(account.server) == []
    status, said = account.answer(["được", "Có"], "deploy", ISHC_LANG="vi")
    assert status == 0 and "chưa hiểu" in said and "đã tạo mới" in said, said
    assert "invalid" not in said
    first = account.offered()

    # nothing changed: nothing asked, nothing sent
    done = account.run("deploy")
    assert done.returncode == 0 and "nothing has changed" in done.stdout
    assert account.offered() == first

    # at night, what is careful waits for a person
    send(account)
    account.edit(relabel)
    done = account.run("deploy")
    assert done.returncode == 2 and "CAREFUL" in done.stdout and "deploy-needs-yes" in done.stderr
    assert account.offered() == first
    done = account.run("deploy", "--yes")
    assert done.returncode == 0 and "replaced" in done.stdout and "Next:" in done.stdout

    # what breaks data is refused, also with --yes
    before = account.offered()
    name = remove_last(account)
    done = account.run("deploy", "--yes")
    assert done.returncode == 1 and "BREAKING" in done.stdout
    assert f"--accept question-removed:{name}" in done.stderr
    assert "Nothing was sent" in done.stdout
    told = (
        done.stdout + done.stderr
    )  # once, and with the form: the server's workbook is no file here
    assert told.count(f"“{name}”") == 1 and f"form {FORM}, question {name}" in told
    assert ".xlsx" not in told
    done = account.run("deploy", "--yes", ISHC_LANG="vi")
    assert "LÀM HỎNG" in done.stdout and f"--accept question-removed:{name}" in done.stderr
    assert "Chưa gửi gì" in done.stdout
    done = account.run("--json", "deploy", "--yes")
    problems = json.loads(done.stdout)["problems"]
    assert [each["code"] for each in problems] == ["deploy-breaking"]
    assert account.offered() == before
    done = account.run("deploy", "--accept", f"question-removd:{name}", "--yes")
    assert f"did you mean “question-removed:{name}”?" in done.stderr and done.returncode == 1
    done = account.run("deploy", "--accept", f"question-removed:{name}", "--yes")
    assert done.returncode == 0 and account.offered() != before


def relabel(sheet):
    headers = [cell.value for cell in sheet[1]]
    column = headers.index("label::English (en)") + 1
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value).startswith("integer"):
            sheet.cell(row, column).value = "Something else altogether"
            sheet.cell(row, column - 1).value = "Một điều hoàn toàn khác hẳn"
            return


def remove_last(account):
    """Take out the last text question that nothing refers to; give its name."""
    names = []

    def change(sheet):
        cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        column = cells[0].index("name")
        for number in range(len(cells), 1, -1):
            row = cells[number - 1]
            used = any(f"${{{row[column]}}}" in cell for each in cells for cell in each)
            if row[0] in ("text", "image") and not used:
                names.append(row[column])
                sheet.delete_rows(number)
                return

    account.edit(change)
    return names[0]


def send(account):
    offered = account.offered()
    xml = (
        f'<{offered.form_id} id="{offered.form_id}" version="1"><meta>'
        "<instanceID>uuid:11111111-1111-4111-8111-111111111111</instanceID></meta>"
        f"</{offered.form_id}>"
    )
    openrosa.submit(account.server, xml.encode())
