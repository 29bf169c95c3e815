"""``ishc person``: what is held on a person, found, handed out, corrected, erased."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from connectors.backup.erasures import folders, write_erasures
from connectors.persons.afterwards import make_again, remove_files
from connectors.persons.erase import Erasure, erase
from connectors.persons.give import held_on
from connectors.persons.photos import erase_photos
from connectors.persons.rows import Person, find, one, rows_of
from connectors.reconcile.form_tables import read_forms
from connectors.reconcile.run import LOCK
from connectors.store.erased import is_gone
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from connectors.store.tables import open_tables
from ishc.confirm import confirmed
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.lazy import PlainGroup
from ishc.people_log import note_use
from ishc.persons.retention import command as retention
from programme.dates import short, today
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.writing import write_text

ERASE_WITHIN = timedelta(days=20)  # Decree 356/2025/NĐ-CP, as a second source has it; unconfirmed
_CODE = click.argument("code")


@click.group(
    "person",
    cls=PlainGroup,
    help=say(
        "Dữ liệu về một người: tìm, giao cho người đó, xóa. Mỗi lần dùng được ghi vào "
        "data/logs/people.log (không ghi tên).",
        "What is held on a person: find it, hand it out, erase it. Each use is written to "
        "data/logs/people.log (without the name).",
    ),
)
def command() -> None:
    """Hold the commands."""


@command.command(
    "find",
    help=say(
        "Tìm mã của một người theo tên (không cần dấu) hoặc mã.",
        "Find a person's code by name (marks do not matter) or code.",
    ),
)
@click.argument("words")
@click.option("--club", default="", help=say("mã câu lạc bộ", "code of the club"))
@click.option("--identified", is_flag=True, help=say("hiện cả tên", "show names, too"))
@pass_context
def _find(context: Context, words: str, club: str, identified: bool) -> int:
    found = find(open_tables(context.folder, identified=True), words, club)
    _note(context, "find", club or "*")
    context.result([_shown(each, identified=identified) for each in found])
    kinds = {
        "member": Text(vi="thành viên", en="member"),
        "board": Text(vi="Ban Chủ nhiệm", en="board"),
    }
    for each in found:
        kind = kinds[each.kind]
        named = f"  {each.name}" if identified else ""
        context.say(
            f"  {each.code}  {kind.vi}, CLB {each.club}{named}",
            f"  {each.code}  {kind.en}, club {each.club}{named}",
        )
    if not found:
        context.say("Không tìm thấy ai.", "Nobody was found.")
    return Exit.DONE


@command.command(
    "export",
    help=say(
        "Ghi ra một tệp mọi điều đang giữ về một người, để giao cho người đó.",
        "Write everything that is held on a person to a file, to be handed to them.",
    ),
)
@_CODE
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("tệp .json (mặc định data/people)", "a .json file (data/people by default)"),
)
@pass_context
def _export(context: Context, code: str, out: Path | None) -> int:
    person = _person(context, code)
    schemas = [each.schema for each in read_forms(context.settings, context.folder)]
    tables = open_tables(context.folder, identified=True)
    with RawStore.read(context.folder.store) as store:
        rows = rows_of(store, schemas, person)
        held = held_on(store, tables, schemas, person, rows)
    target = out or context.folder.private(context.folder.data / "people") / f"{person.code}.json"
    try:
        write_text(target, json.dumps(held, ensure_ascii=False, indent=1, default=str) + "\n")
    except OSError as error:
        raise ProblemError(_not_written(target), Exit.STORE) from error
    _note(context, "export", person.code)
    context.result({"file": str(target), "rows": len(rows)})
    context.say(
        f"Đã ghi: {target} ({len(rows)} chỗ trong các phiếu). Giao xong thì xóa tệp này.",
        f"Written: {target} (places in submissions: {len(rows)}). Delete it once handed over.",
    )
    return Exit.DONE


@command.command(
    "erase",
    help=say(
        "Xóa một người: sửa phiếu trên máy chủ trước, rồi kho, lịch sử, bảng, danh sách, báo cáo. "
        "Số tổng của câu lạc bộ giữ nguyên. Chạy lại nếu lúc đó chưa nối được máy chủ.",
        "Erase a person: the submissions on the server first, then store, history, tables, lists, "
        "reports. The club's totals stay. Run it again if a server could not be reached.",
    ),
)
@_CODE
@click.option("--yes", is_flag=True, help=say("không hỏi", "do not ask"))
@pass_context
def _erase(context: Context, code: str, yes: bool) -> int:
    person = _person(context, code)
    if not yes and not confirmed(_sure(person), context.language):
        context.say("Chưa xóa gì.", "Nothing was erased.")
        return Exit.INPUT
    schemas = [each.schema for each in read_forms(context.settings, context.folder)]
    day = today(context.settings.timezone)
    current = read_current(context.folder)
    with (
        locked(context.folder.data / "pull.lock"),
        RawStore.open(context.folder.store) as store,
    ):
        with locked(context.folder.data / LOCK):
            rows = rows_of(store, schemas, person)
            said = {person.name, *(row.said("_phone") for row in rows)}
            # nothing, where it is run again
            words = sorted(each for each in said if not is_gone(each))
            photos = erase_photos(store, context.folder, rows)
            done = erase(
                context.settings, store, schemas, person, rows,
                environ=context.environ, now=datetime.now(UTC), today=day,
                progress=context.progress,
            )  # fmt: skip
        store.checkpoint()
        for each in filter(Path.is_dir, folders(context.folder)):
            write_erasures(store, each)
    as_of = current.as_of if current else day
    make_again(context.settings, context.folder, as_of, context.progress)
    removed, left = remove_files(context.folder, words)
    _note(context, "erase", person.code)
    context.result({"erased": done, "photos": photos, "removed": removed, "left": left})
    context.problems(done.problems)
    _say_erased(context, done, photos, day)
    for each in removed:
        context.say(f"  Đã xóa báo cáo: {each}", f"  Report removed: {each}")
    context.problems([_still(each) for each in left])
    context.problems([_held(*each) for each in done.held])
    return Exit.SERVER if done.held else Exit.STORE if left else Exit.DONE


def _person(context: Context, code: str) -> Person:
    return one(open_tables(context.folder, identified=True), code)


def _note(context: Context, what: str, code: str) -> None:
    now = datetime.now(context.settings.timezone)
    note_use(context.folder, now, f"person {what}", code)


def _shown(person: Person, *, identified: bool) -> dict[str, object]:
    shown: dict[str, object] = {"kind": person.kind, "code": person.code, "club": person.club}
    return shown | ({"name": person.name} if identified else {})


def _sure(person: Person) -> Text:
    return Text(
        vi=f"Xóa mọi dữ liệu định danh của {person.code}, trên máy chủ và ở đây. Không lấy lại "
        "được. Làm tiếp?",
        en=f"Erase all that identifies {person.code}, on the server and here. It cannot be "
        "undone. Go on?",
    )


def _say_erased(context: Context, done: Erasure, photos: int, day: date) -> None:
    due = day + ERASE_WITHIN
    context.say(
        f"Đã xóa: {done.rows} dòng trong {done.submissions} phiếu; máy chủ đã sửa {done.edited} "
        f"phiếu; lịch sử và kho: {done.versions} bản; tệp ảnh: {photos}.\n"
        f"Hạn trả lời người yêu cầu: {short(due, 'vi')}. Bản sao lưu cũ: khi khôi phục, việc xóa "
        "này được làm lại (tệp erasures.jsonl cạnh bản sao lưu).\nTiếp theo: ishc publish",
        f"Erased: {done.rows} rows in {done.submissions} submissions; mended on servers: "
        f"{done.edited}; versions in store and history: {done.versions}; photos: {photos}.\n"
        f"To be answered by {short(due, 'en')}. Older backups: a restore erases again (the file "
        "erasures.jsonl beside the backup).\nNext: ishc publish",
    )


def _still(path: Path) -> Problem:
    return Problem(
        "person-still-named",
        Text(vi="tệp này vẫn có tên người đó", en="this file still names the person"),
        Text(vi="hãy mở ra xem và xóa", en="look at it and delete it"),
        Place(file=str(path)),
    )


def _held(source: str, form: str, number: int) -> Problem:
    return Problem(
        "person-held-by-server",
        Text(
            vi="máy chủ vẫn giữ phiếu này như cũ; ở đây sẽ không lấy lại tên nữa",
            en="the server still holds this submission as it was; the name is not taken again here",
        ),
        Text(
            vi="chạy lại lệnh này khi máy chủ hoạt động, hoặc sửa phiếu trên trang của máy chủ",
            en="run this again when the server works, or mend the submission on its page",
        ),
        Place(source=source, form=form, submission=str(number)),
    )


def _not_written(target: Path) -> Problem:
    return Problem(
        "person-not-written",
        Text(vi="không ghi được tệp này", en="this file cannot be written"),
        Text(vi="hãy chọn nơi khác bằng --out", en="choose another place with --out"),
        Place(file=str(target)),
    )


command.add_command(retention)
