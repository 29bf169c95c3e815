"""The whole job from ``ishc init`` to the backup, in one watched process; run as a program.

Arguments: the folder to work in, the file for what is seen, and “alone” where only this computer
can be reached.
"""

import json
import os
import socket
import struct
import sys
from pathlib import Path

from tests.ishc.far.watched import watch

FORM = "club_registration"
TOKEN = "0123456789abcdef0123456789abcdef01234567"
CLUB = {
    "province": "20", "commune": "06463", "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "chair", "action": "register", "club_name": "CLB thôn Nà Han",
    "founded_on": "2026-09-01", "villages_count": 2, "membership_by": "roster",
    "board": [{"board_name": "Bà Lan", "board_sex": "female", "board_birth_year": 1961,
               "board_role": "chair"}],
    "member": [{"member_consent": "paper", "member_name": "Trần Văn Nam", "member_sex": "male",
                "member_birth_year": 1960, "member_household": "poor", "member_needs": "yes"}],
    "funds_self_managed": "yes", "confirmed": True,
}  # fmt: skip
_INTERFACE_UP = 0x8914, 0x41  # SIOCSIFFLAGS; IFF_UP and IFF_RUNNING


def main(root: Path, url: str) -> None:
    """Do everything once; the first command that fails ends it."""
    root.mkdir()
    answers_of_init = ("--area", "Lạng Sơn", "--server", url, "--night", "excel")
    ishc("-C", root, "--lang", "vi", "init", "clb", *answers_of_init)
    home = root / "clb"
    as_notepad_saves(home)
    answers = home / "trả lời.json"
    answers.write_text(json.dumps(CLUB, ensure_ascii=False), encoding="utf-8-sig")
    here = ("-C", home)
    for command in (
        ("forms", "compile", FORM),
        ("forms", "paper", FORM),
        ("forms", "codebook", FORM),
        ("deploy", "--yes"),
        ("doctor",),
        ("qr",),
        ("forms", "fill", FORM, answers, "--today", "2026-10-20", "--send"),
        ("nightly",),
        ("status",),
        ("findings",),
        ("export", "--to", "csv"),
        ("report", "province_periodic", "--area", "20", "--period", "2026-10"),
        ("schedule", "--for", "windows"),
    ):
        ishc(*here, *command)
    phrase = home / "cụm từ.txt"
    phrase.write_text("năm con voi đi qua cầu gỗ", encoding="utf-8")
    ishc(*here, "backup", "--to", root / "sao lưu", "--passphrase-file", phrase)
    (kept,) = (root / "sao lưu").glob("*.backup")
    ishc("-C", root, "restore", kept, root / "khôi phục", "--passphrase-file", phrase)


def as_notepad_saves(home: Path) -> None:
    """Give the files that people edit as text the ends of lines and the mark that Windows gives."""
    edited = [home / "ishc.toml", *home.glob("connectors/**/*.sql"), *home.glob("xlsforms/*.csv")]
    for path in edited:
        text = path.read_text(encoding="utf-8-sig")
        path.write_text(text, encoding="utf-8-sig", newline="\r\n")


def ishc(*arguments: str | Path) -> None:
    """Run a command in this process."""
    from ishc.cli import main as run  # noqa: PLC0415 - watched from the start

    try:
        run([str(each) for each in arguments])
    except SystemExit as ended:
        if ended.code:
            raise SystemExit(f"{arguments}: {ended.code}") from ended


def lift_loopback() -> None:
    """Where everything else was taken away this computer itself has to be switched on."""
    import fcntl  # noqa: PLC0415 - not on Windows

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _INTERFACE_UP[0], struct.pack("16sh14x", b"lo", _INTERFACE_UP[1]))


if __name__ == "__main__":
    folder, seen, alone = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if alone == "alone":
        lift_loopback()
    watch(seen)
    os.environ["ISHC_TOKEN"] = TOKEN
    from connectors.servers.sandbox import serve

    with serve(seen.with_name("server"), TOKEN, port=0) as running:
        seen.with_name("url.txt").write_text(running.url, encoding="utf-8")
        main(folder, running.url)
