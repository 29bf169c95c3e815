"""What a machine is given to run the night, with folders as people name them."""

import os
import re
import shlex
import shutil
import subprocess
from datetime import time, timedelta
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest

from ishc.cli import main
from ishc.schedule import cron, systemd, windows
from ishc.schedule.asked import Asked, this_program

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
ODD = '/home/Hội NCT/câu lạc bộ 100% $HOME "A"'


def asked(root=ODD, program="/opt/ishc/.venv/bin/ishc"):
    return Asked(Path(program), Path(root), time(21, 5), timedelta(hours=6))


def test_the_cron_lines_name_program_and_folder_as_a_shell_reads_them():
    night, missed = cron.lines(asked())
    assert night.startswith("5 21 * * * ")
    assert missed.startswith("@reboot sleep 300; ")
    # cron takes the backslash before % away, the shell reads the rest
    words = shlex.split(night.replace("\\%", "%"))
    assert words[5:] == [
        *("timeout", "--signal=INT", "--kill-after=60", "21600"),
        *("/opt/ishc/.venv/bin/ishc", "-C", ODD, "nightly", ">/dev/null", "2>&1"),
    ]
    assert "nightly --missed" in missed
    assert "\\%" in night


def test_the_systemd_units_catch_up_and_have_a_limit():
    units = systemd.files(asked())
    service, timer = units.values()
    assert "OnCalendar=*-*-* 21:05:00\nPersistent=true\n" in timer
    assert "TimeoutStartSec=21600\n" in service
    line = next(each for each in service.splitlines() if each.startswith("ExecStart="))
    assert line == (
        'ExecStart=/bin/sh -c "exec \\"$$0\\" \\"$$@\\"" "/opt/ishc/.venv/bin/ishc" -C '
        '"/home/Hội NCT/câu lạc bộ 100%% $$HOME \\"A\\"" nightly'
    )


def test_two_programmes_never_share_a_name():
    names = [asked(root=each).name for each in ("/a/Hội", "/b/Hội", "/a/Hồi", "/a/...")]
    assert len(set(names)) == 4
    assert names[0].startswith("ishc-hoi-")
    assert all(re.fullmatch("[a-z0-9-]+", each) for each in names)


FOLDERS = ["câu lạc bộ 100%", "của $HOME và ${USER}", 'gọi là "A"', "dấu ' và ;", "cuối \\", "#1"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_itself_takes_the_units(tmp_path):
    """The program lies in such folders, too: systemd looks whether it is there."""
    for name in FOLDERS:
        program = tmp_path / name / ".venv" / "ishc"
        program.parent.mkdir(parents=True)
        program.symlink_to(str(shutil.which("true")))
        for unit, content in systemd.files(asked(tmp_path / name, program)).items():
            (tmp_path / unit).write_text(content, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *map(str, tmp_path.glob("*.timer"))],
        capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("sh"), reason="a shell runs the lines of cron")
@pytest.mark.parametrize("name", FOLDERS)
def test_a_shell_runs_the_cron_line_in_any_folder(tmp_path, name):
    """As cron does: hardly any environment, no locale."""
    folder = tmp_path / name
    program = folder / ".venv" / "ishc"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/said"\n', encoding="utf-8")
    program.chmod(0o700)
    night, _ = cron.lines(asked(folder, program), limited=shutil.which("timeout") is not None)
    command = night.split(" * * * ")[1].replace("\\%", "%")
    subprocess.run(["/bin/sh", "-c", command], env={"PATH": "/usr/bin:/bin"}, check=True)
    assert (tmp_path / "said").read_text(encoding="utf-8").splitlines() == [
        *("-C", str(folder), "nightly"),
    ]


def test_without_a_command_for_limits_the_night_runs_all_the_same():
    night, missed = cron.lines(asked(), limited=False)
    assert "timeout" not in night + missed
    assert shlex.split(night.replace("\\%", "%"))[5:8] == ["/opt/ishc/.venv/bin/ishc", "-C", ODD]


def test_the_windows_task_runs_once_at_a_time_and_when_the_computer_is_on_again():
    here = Asked(
        PureWindowsPath(r"C:\Phần mềm\ishc.exe"),  # type: ignore[arg-type] # this test runs elsewhere
        PureWindowsPath(r"C:\Users\Nguyễn Văn A\câu lạc bộ & bạn"),  # type: ignore[arg-type] # same
        time(21, 30),
        timedelta(hours=6),
    )
    ((name, content),) = windows.files(here).items()
    assert name.endswith(".xml")
    assert content[:2] == b"\xff\xfe"
    task = ET.fromstring(content.decode("utf-16"))
    texts = {each.tag.removeprefix(SPACE): each.text for each in task.iter()}
    assert texts["Command"] == r"C:\Phần mềm\ishc.exe"
    assert texts["WorkingDirectory"] == r"C:\Users\Nguyễn Văn A\câu lạc bộ & bạn"
    assert texts["StartBoundary"].endswith("T21:30:00")
    assert texts["ExecutionTimeLimit"] == "PT360M"
    assert texts["MultipleInstancesPolicy"] == "IgnoreNew"
    assert texts["StartWhenAvailable"] == "true"


@pytest.mark.parametrize("kind", ["systemd", "cron", "windows"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_files_are_written_and_what_to_type_is_said(tmp_path, capsys, kind, language):
    (tmp_path / "ishc.toml").write_text('[programme]\nname = "Thử"\n', encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(tmp_path), "--lang", language, "schedule", "--for", kind, "--at", "22:15"])
    assert not ended.value.code
    said = capsys.readouterr().out
    assert "22:15" in said
    assert {"cron": "crontab -e", "systemd": "systemctl --user", "windows": "schtasks"}[
        kind
    ] in said
    written = list((tmp_path / "data" / "schedule").iterdir())
    assert len(written) == (2 if kind == "systemd" else 1)
    assert all(str(tmp_path) in each.read_text(encoding="utf-16" if kind == "windows" else "utf-8")
               for each in written if each.suffix != ".timer")  # fmt: skip


def test_this_installation_has_the_program_that_is_named():
    assert this_program().exists()
