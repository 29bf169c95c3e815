"""Finished files put under their lasting names, all of them or none where the machine allows it."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.writing import write_text

RECORD = "export.json"  # which files in the folder are ours
TRIES = 5
PAUSE = 0.5  # seconds; Power BI and Excel on Windows hold a file while they read it


def refuse_strangers(target: Path, names: Iterable[str]) -> None:
    """Make sure that no file of somebody else would be overwritten.

    Raises:
        ProblemError: ``export-not-ours``, before anything is written.
    """
    ours = {str(name) for name in _recorded(target)}
    strangers = [name for name in names if name not in ours and (target / name).exists()]
    if strangers:
        raise ProblemError(_not_ours(target, strangers))


def put_in_place(
    scratch: Path, target: Path, run: str, *, whole: bool, pause: float = PAUSE
) -> list[Path]:
    """Move every file of ``scratch`` into ``target``.

    Args:
        scratch: folder beside the target, on the same disk.
        target: files that this did not make stay.
        whole: it is all there is of this kind of file, so those of tables that are gone go too.
        run: the run of tables they were made from, noted in ``export.json``.
        pause: seconds between tries at a file that is open.

    Raises:
        ProblemError: ``export-file-open`` when another program holds a file; the others are
            in place, and the next export brings the rest.
    """
    made = [path.relative_to(scratch) for path in sorted(scratch.iterdir())]
    earlier = _recorded(target)
    # both old and new are ours until the end: a kill in between leaves nothing unowned
    _record(target, run, {*earlier, *made})
    held = [name for name in made if not _move(scratch / name, target / name, pause)]
    kinds = {name.suffix for name in made} if whole else set()
    left = [name for name in earlier if name not in made and name.suffix in kinds]
    held += [name for name in left if not _remove(target / name, pause)]
    _record(target, run, {*made, *held, *(name for name in earlier if name not in left)})
    if held:
        raise ProblemError(_open(target, held), Exit.STORE)
    return [target / name for name in made]


def _move(source: Path, target: Path, pause: float) -> bool:
    return _tried(lambda: source.replace(target), pause)


def _remove(path: Path, pause: float) -> bool:
    return _tried(lambda: path.unlink(missing_ok=True), pause)


def _tried(act: Callable[[], object], pause: float) -> bool:
    for turn in range(TRIES):
        try:
            act()
        except (PermissionError, IsADirectoryError):
            time.sleep(pause if turn < TRIES - 1 else 0)
        else:
            return True
    return False


def _recorded(target: Path) -> Sequence[Path]:
    try:
        names = json.loads((target / RECORD).read_text(encoding="utf-8"))["files"]
        return [Path(name) for name in names if Path(name).name == name]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _record(target: Path, run: str, names: Iterable[Path]) -> None:
    content = {"run": run, "files": sorted(map(str, names))}
    write_text(target / RECORD, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _not_ours(target: Path, names: Sequence[str]) -> Problem:
    listed = ", ".join(names)
    return Problem(
        "export-not-ours",
        Text(
            vi=f"ở đây đã có tệp khác trùng tên: {listed}",
            en=f"there are other files of these names here: {listed}",
        ),
        Text(
            vi="chưa ghi gì; hãy chọn thư mục khác sau --out, hoặc đổi tên các tệp đó",
            en="nothing was written; give another folder with --out, or rename those files",
        ),
        Place(file=str(target)),
    )


def _open(target: Path, held: Sequence[Path]) -> Problem:
    names = ", ".join(map(str, held))
    return Problem(
        "export-file-open",
        Text(
            vi=f"một chương trình khác đang mở tệp: {names}",
            en=f"another program has these files open: {names}",
        ),
        Text(
            vi="hãy đóng tệp trong Excel hoặc Power BI rồi chạy lại «ishc export»",
            en="close them in Excel or Power BI, then run “ishc export” again",
        ),
        Place(file=str(target)),
    )
