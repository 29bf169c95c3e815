"""``ishc backup``: an encrypted copy of everything that cannot be made again."""

from datetime import date, datetime, timedelta
from pathlib import Path

import click

from connectors.backup.erasures import note_folder, write_erasures
from connectors.backup.keeping import let_go, note_made
from connectors.backup.locking import Lock, WrongKeyError, lock_for
from connectors.backup.write import Backup, make_backup
from connectors.store.raw import RawStore
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.passphrase import new_lock
from programme.dates import short
from programme.numbers import number
from programme.problem import Exit, Place, Problem, ProblemError, Text

MEGABYTE = 1_000_000


@click.command(
    "backup",
    help=say(
        "Sao lưu mọi thứ không lập lại được: phiếu, lịch sử, mã đã cấp, ảnh, biểu mẫu, quyết định. "
        "Chạy được cả khi đang lấy phiếu. Bản sao được khóa bằng cụm mật khẩu hoặc khóa age, đọc "
        "lại để kiểm tra rồi mới có tên. Không kèm token và mật khẩu.",
        "Back up everything that cannot be made again: submissions, history, issued codes, photos, "
        "forms, decisions. It may run during a pull. The copy is locked with a passphrase or an "
        "age key, and read back before it gets its name. Tokens and passwords are not in it.",
    ),
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help=say(
        "thư mục lưu, nên ở ổ đĩa khác (mặc định data/backups)",
        "folder to keep it in, better on another disk (default data/backups)",
    ),
)
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=180,
    help=say(
        "giữ bao nhiêu ngày rồi phải hủy (mặc định 180)",
        "days to keep it, after which it is to be destroyed (180 by default)",
    ),
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    help=say(
        "giữ lại chừng này bản mới nhất trong thư mục, xóa bản cũ hơn do chương trình này làm "
        "(mặc định không xóa bản nào)",
        "keep so many in the folder and delete older ones that this programme made (by default "
        "none is deleted)",
    ),
)
@click.option(
    "--recipient",
    metavar="age1…",
    help=say("khóa công khai age, thay cho cụm mật khẩu", "an age key, instead of a passphrase"),
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say(
        "tệp có cụm mật khẩu ở dòng đầu; hoặc biến môi trường ISHC_BACKUP_PASSPHRASE",
        "a file with the passphrase in its first line; or the variable ISHC_BACKUP_PASSPHRASE",
    ),
)
@pass_context
def command(
    context: Context,
    target: Path | None,
    days: int,
    keep: int | None,
    recipient: str | None,
    passphrase_file: Path | None,
) -> None:
    """Write a backup, let go old ones, and name those whose time is over."""
    now = datetime.now(context.settings.timezone)
    expires = now.date() + timedelta(days=days)
    lock = _own(recipient) if recipient else new_lock(context, passphrase_file)
    folder = _made(context, target)
    secrets = [each for server in context.settings.servers.values() if (each := server.token_file)]
    by_night = context.settings.nightly.backup
    secrets += [each for each in (by_night and by_night.passphrase_file, passphrase_file) if each]
    path = folder / f"ishc-{now:%Y-%m-%d-%H%M%S}-until-{expires}.backup"
    done = make_backup(
        context.folder,
        path,
        lock,
        now=now,
        expires=expires,
        secrets=secrets,
        progress=context.progress,
    )
    note_folder(context.folder, folder)
    note_made(context.folder, done.path)
    gone = let_go(context.folder, done.path, keep) if keep else []
    if context.folder.store.is_file():
        with RawStore.open(context.folder.store) as store:
            write_erasures(store, folder)
    over = _over(folder, now.date())
    context.result(
        {
            "file": str(done.path),
            "files": [str(done.path)],
            "expires": expires.isoformat(),
            "over": over,
            "deleted": gone,
        }
    )
    _show(context, done, over, gone)


def _show(context: Context, done: Backup, over: list[str], gone: list[str]) -> None:
    size, count = done.size / MEGABYTE, len(done.manifest.files)
    expires = done.manifest.expires
    context.say(
        f"Đã sao lưu {number(count, 'vi')} tệp ({number(size, 'vi', 1)} MB), đã đọc lại và đúng: "
        f"{done.path}\nGiữ đến {short(expires, 'vi')}. Cất cụm mật khẩu ở nơi khác: mất nó thì "
        "không ai mở được. Khôi phục: ishc restore TỆP THƯ_MỤC_MỚI",
        f"Backed up {number(count, 'en')} files ({number(size, 'en', 1)} MB), read back and right: "
        f"{done.path}\nTo be kept until {short(expires, 'en')}. Keep the passphrase somewhere "
        "else: without it nobody opens this. To bring it back: ishc restore FILE NEW_FOLDER",
    )
    if gone:
        names = ", ".join(gone)
        context.say(f"Đã xóa bản cũ: {names}", f"Older ones deleted: {names}")
    if over:
        names = ", ".join(over)
        context.say(
            f"Đã quá hạn giữ, hãy xóa: {names}", f"Past their day, to be destroyed: {names}"
        )


def _own(recipient: str) -> Lock:
    try:
        return lock_for(recipient)
    except WrongKeyError as error:
        raise ProblemError(
            Problem(
                "backup-recipient",
                Text(vi="đây không phải khóa công khai age", en="this is not a public key of age"),
                Text(
                    vi="khóa công khai bắt đầu bằng age1…; tạo bằng age-keygen",
                    en="a public key begins with age1…; age-keygen makes one",
                ),
            ),
            Exit.USAGE,
        ) from error


def _made(context: Context, target: Path | None) -> Path:
    if target is None:
        return context.folder.private(context.folder.data / "backups")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemError(
            Problem(
                "backup-folder",
                Text(vi="không dùng được thư mục này", en="this folder cannot be used"),
                Text(vi="hãy chọn thư mục khác bằng --to", en="choose another one with --to"),
                Place(file=str(target)),
            ),
            Exit.STORE,
        ) from error
    return target


def _over(folder: Path, today: date) -> list[str]:
    """Name the backups whose day is over; people destroy them, also where copies lie."""
    over = []
    for path in sorted(folder.glob("ishc-*-until-*.backup")):
        try:
            until = date.fromisoformat(path.stem.rpartition("-until-")[2])
        except ValueError:
            continue
        if until < today:
            over.append(path.name)
    return over
