"""``ishc sandbox`` as a newcomer starts it: the lines it prints are all that a programme needs."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def ishc(folder: Path, *arguments: str, **environ: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name != "ISHC_TOKEN"}
    given = {**kept, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1", **environ}
    return subprocess.Popen(
        [sys.executable, "-m", "ishc.cli", *arguments],
        cwd=folder, env=given, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_the_help_says_that_it_needs_a_programme_folder(tmp_path: Path) -> None:
    said, _ = ishc(tmp_path, "sandbox", "--help", ISHC_LANG="en").communicate(timeout=60)
    assert "programme folder" in " ".join(said.split())
    said, wrong = ishc(tmp_path, "sandbox", "--port", "0", ISHC_LANG="en").communicate(timeout=60)
    assert "settings-missing" in wrong


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is sent as POSIX systems send it")
def test_the_lines_it_prints_lead_to_it(tmp_path: Path) -> None:
    made = ishc(tmp_path, "init", "clubs")
    made.communicate(timeout=60)
    clubs = tmp_path / "clubs"
    with ishc(clubs, "sandbox", "--port", "0", ISHC_LANG="en") as running:
        assert running.stdout is not None
        lines = []
        while not lines or "Ctrl+C" not in lines[-1]:
            lines.append(running.stdout.readline())
            assert lines[-1], "it ended"
        told = tomllib.loads("".join(line for line in lines if re.match(r"  \w+ = ", line)))
        assert {*told} == {"url", "openrosa_url", "token_file"}
        settings = clubs / "ishc.toml"
        text = settings.read_text(encoding="utf-8")
        for name, value in told.items():
            text = re.sub(rf"(?m)^{name} = \S+", f'{name} = "{value}"', text)
        settings.write_text(text, encoding="utf-8")

        deploy = ishc(clubs, "deploy", "loan_record", ISHC_LANG="en")
        said, wrong = deploy.communicate(timeout=60)
        assert deploy.returncode == 0 and "created" in said, wrong
        # an old variable is named, never what it holds
        stale = ishc(clubs, "deploy", "loan_record", ISHC_LANG="en", ISHC_TOKEN="0ld5ecret")
        said, wrong = stale.communicate(timeout=60)
        assert stale.returncode == 3 and "server-token" in wrong
        assert "unset ISHC_TOKEN" in wrong and "0ld5ecret" not in said + wrong
        running.send_signal(signal.SIGINT)
    stopped = ishc(clubs, "deploy", "loan_record", ISHC_LANG="en")
    _, wrong = stopped.communicate(timeout=60)
    assert stopped.returncode == 3
    assert f"server cannot be reached ({told['url']})" in wrong
