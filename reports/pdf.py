"""PDF files of finished reports by LibreOffice, where it is installed."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from programme.problem import Exit, Place, Problem, ProblemError, Text

SECONDS, SECONDS_A_FILE = 60, 10
FILES_A_START = 100  # a command line of Windows has 32,000 letters
_MOMENT = re.compile(rb"(/(?:CreationDate|ModDate)\s?\(D:)\d{14}")
_CHECKSUM = re.compile(rb"(/DocChecksum\s?/)[0-9A-F]{32}")
_IDENTITY = re.compile(rb"(/ID \[ <)[0-9A-F]{32}(>\s<)[0-9A-F]{32}(> \])")
_NAMES = ("soffice", "libreoffice", "soffice.com")
# where installers put it without telling the system
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


def libreoffice() -> str | None:
    """Find LibreOffice; None if it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((str(path) for path in _PLACES if path.is_file()), None)


def to_pdf(files: Sequence[Path], folder: Path, *, seconds: float | None = None) -> list[Path]:
    """Write a PDF of each report, a hundred in one start of LibreOffice.

    It runs with a profile of its own, which goes afterwards: a LibreOffice that somebody has open
    is neither waited for nor closed, and nothing of the reports stays in its lists.

    Args:
        files: ``.docx`` files with names of their own.
        folder: for the PDF files, which exist whole or not at all.
        seconds: that each start may take; a minute and ten seconds a file unless given.

    Returns:
        The PDF files, in the order of the reports.

    Raises:
        ProblemError: ``pdf-no-libreoffice``; ``pdf-failed`` naming what was not made.
    """
    program = libreoffice()
    if program is None:
        raise ProblemError(_not_installed())
    if not files:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ishc-pdf-", ignore_cleanup_errors=True) as name:
        made = Path(name) / "made"
        made.mkdir()
        why = ""
        for start in range(0, len(files), FILES_A_START):
            part = files[start : start + FILES_A_START]
            limit = seconds or SECONDS + SECONDS_A_FILE * len(part)
            why = _convert(program, part, Path(name), made, limit) or why
        found = [made / f"{file.stem}.pdf" for file in files]
        pairs = [(new, folder / new.name) for new in found if new.is_file()]
        for new, target in pairs:
            file = files[found.index(new)]
            beside = target.with_name(f".{target.name}.new")
            beside.touch()
            beside.chmod(file.stat().st_mode & 0o777)
            beside.write_bytes(without_clock(new.read_bytes(), file.read_bytes()))
            beside.replace(target)
    if missing := [file for file, new in zip(files, found, strict=True) if new not in dict(pairs)]:
        raise ProblemError([_failed(file, why) for file in missing], Exit.STORE)
    return [target for _, target in pairs]


def without_clock(pdf: bytes, report: bytes) -> bytes:
    """Give a PDF whose bytes follow from its report alone: no moment, no number made of one.

    Everything that is replaced keeps its length, since a PDF counts the bytes before each part.
    """
    mark = hashlib.sha256(report).hexdigest()[:32].upper().encode()
    pdf = _MOMENT.sub(rb"\g<1>19800101000000", pdf)
    pdf = _CHECKSUM.sub(rb"\g<1>" + mark, pdf)
    return _IDENTITY.sub(rb"\g<1>" + mark + rb"\g<2>" + mark + rb"\g<3>", pdf)


def _convert(program: str, files: Sequence[Path], home: Path, made: Path, seconds: float) -> str:
    """Run LibreOffice; give what it said if that was not about success."""
    command = [
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(made),
        *(str(file.resolve()) for file in files),
    ]
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    try:
        running = subprocess.Popen(  # noqa: S603 a program found by its name, with our own files
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        return error.strerror or type(error).__name__
    try:
        _, said = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _stop(running)
        return "time-out"
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _stop(running: "subprocess.Popen[bytes]") -> None:
    """Stop LibreOffice, which begins a program of its own that outlives the first."""
    if sys.platform == "win32":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


def _not_installed() -> Problem:
    return Problem(
        "pdf-no-libreoffice",
        Text(
            vi="máy này chưa cài LibreOffice để làm tệp PDF",
            en="LibreOffice, which makes PDF files, is not installed here",
        ),
        Text(
            vi="hãy cài LibreOffice (miễn phí, libreoffice.org), hoặc mở báo cáo bằng Word và lưu "
            "dạng PDF; các tệp Word đã lập xong",
            en="install LibreOffice (free, libreoffice.org), or open the reports in Word and save "
            "them as PDF; the Word files are made",
        ),
    )


def _failed(file: Path, why: str) -> Problem:
    told = f" ({why})" if why else ""
    return Problem(
        "pdf-failed",
        Text(
            vi=f"LibreOffice không làm được PDF của báo cáo này{told}",
            en=f"LibreOffice made no PDF of this report{told}",
        ),
        Text(
            vi="hãy mở báo cáo bằng Word và lưu dạng PDF; tệp Word đã lập xong",
            en="open the report in Word and save it as PDF; the Word file is made",
        ),
        Place(file=str(file)),
    )
