"""``ishc person erase``: a person taken out everywhere, on the server first."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from connectors.backup.erasures import folders, write_erasures
from connectors.persons.afterwards import make_again, remove_files, to_publish
from connectors.persons.erase import Erasure, erase
from connectors.persons.photos import erase_photos
from connectors.persons.rows import rows_of
from connectors.persons.traces import traces_of
from connectors.reconcile.run import LOCK
from connectors.store.erased import keyed_by
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from ishc.confirm import confirmed
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.persons.common import ALSO, ASKED, CODE, YES, Asked, note, prove, say_due, who
from programme.problem import Exit, Place, Problem, Text


@click.command(
    "erase",
    help=say(
        "Xóa một người: sửa phiếu trên máy chủ trước, rồi kho, lịch sử, bảng, danh sách, báo cáo. "
        "Số tổng của câu lạc bộ giữ nguyên. Chạy lại nếu lúc đó chưa nối được máy chủ.",
        "Erase a person: the submissions on the server first, then store, history, tables, lists, "
        "reports. The club's totals stay. Run it again if a server could not be reached.",
    ),
)
@CODE
@ALSO
@ASKED
@YES
@pass_context
def command(
    context: Context, code: str, also: tuple[str, ...], asked: date | None, yes: bool
) -> int:
    """Erase."""
    request = who(context, code, also, asked, ask=not yes)
    if not yes and not confirmed(_sure(request.codes), context.language):
        context.say("Chưa xóa gì.", "Nothing was erased.")
        return Exit.INPUT
    current = read_current(context.folder)
    done, photos, words = _erase(context, request)
    as_of = current.as_of if current else request.day
    lists = make_again(context.settings, context.folder, as_of, context.progress)
    removed, left = remove_files(context.folder, words)
    publish = to_publish(context.settings, request.schemas, lists, request.people[0].club)
    note(context, "erase", request.codes)
    due = request.due(context.settings.people.erase_days)
    told = _told(done, photos, removed, publish)
    proof = prove(context, request, "erase", due, told)
    context.result(
        {"erased": done, "photos": photos, "removed": removed, "left": left,
         "publish": publish, "due": due.isoformat(), "proof": str(proof)}
    )  # fmt: skip
    context.problems(done.problems)
    for each in told:
        context.say(each.vi, each.en)
    say_due(context, request, due, proof)
    context.problems([_still(each) for each in left])
    context.problems([_held(*each) for each in done.held])
    return Exit.SERVER if done.held else Exit.STORE if left else Exit.DONE


def _erase(context: Context, request: Asked) -> tuple[Erasure, int, list[str]]:
    """Erase every code of the person; give also what was written of them, to look for it."""
    whole, photos = Erasure(), 0
    words: set[str] = set()
    with (
        locked(context.folder.data / "pull.lock"),
        RawStore.open(context.folder.store) as store,
    ):
        with locked(context.folder.data / LOCK):
            for person in request.people:
                rows = rows_of(store, request.schemas, person)
                # nothing, where it is run again
                words |= set(traces_of(store, person, rows, keyed_by(store)).words)
                photos += erase_photos(store, context.folder, rows)
                whole += erase(
                    context.settings, store, request.schemas, person, rows,
                    environ=context.environ, now=datetime.now(UTC), today=request.day,
                    progress=context.progress,
                )  # fmt: skip
        store.checkpoint()
        for each in filter(Path.is_dir, folders(context.folder)):
            write_erasures(store, each)
    return whole, photos, sorted(words)


def _sure(codes: str) -> Text:
    return Text(
        vi=f"Xóa mọi dữ liệu định danh của {codes}, trên máy chủ và ở đây. Không lấy lại được. "
        "Làm tiếp?",
        en=f"Erase all that identifies {codes}, on the server and here. It cannot be undone. "
        "Go on?",
    )


def _told(done: Erasure, photos: int, removed: list[Path], publish: list[str]) -> list[Text]:
    told = [
        Text(
            vi=f"Đã xóa: {done.rows} dòng trong {done.submissions} phiếu; máy chủ đã sửa "
            f"{done.edited} phiếu, còn giữ {len(done.held)}; lịch sử và kho: {done.versions} bản; "
            f"tệp ảnh: {photos}.",
            en=f"Erased: {done.rows} rows in {done.submissions} submissions; mended on servers: "
            f"{done.edited}, still held there: {len(done.held)}; versions in store and history: "
            f"{done.versions}; photos: {photos}.",
        ),
        Text(
            vi="Bản sao lưu cũ: khi khôi phục, việc xóa này được làm lại (tệp erasures.jsonl cạnh "
            "bản sao lưu). Ảnh chụp chung và giấy tờ: người phụ trách tự xem.",
            en="Older backups: a restore erases again (the file erasures.jsonl beside the backup). "
            "Photos of groups and paper forms are for people to look at.",
        ),
    ]
    told += [
        Text(vi=f"Đã xóa tệp có tên: {each}", en=f"File with the name removed: {each}")
        for each in removed
    ]
    if publish:
        told.append(to_hand_out(publish))
    return told


def to_hand_out(publish: list[str]) -> Text:
    """Tell which forms have lists on phones that are others now."""
    named = ", ".join(publish)
    return Text(
        vi=f"Danh sách trên điện thoại đã khác, cần đưa lên lại: {named}. Tiếp theo: ishc publish",
        en=f"Lists on phones are others now, to be handed out again: {named}. Next: ishc publish",
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
