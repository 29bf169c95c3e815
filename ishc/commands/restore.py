"""``ishc restore``: a programme brought back from its backup, on this or another machine."""

import shlex
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from pyrage import x25519

from connectors.backup.locking import WrongKeyError, open_with_passphrase, own_key
from connectors.backup.manifest import Manifest
from connectors.backup.read import verify
from connectors.backup.restore import restore
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.passphrase import passphrase
from programme.dates import moment, short, today
from programme.folder import find
from programme.numbers import number
from programme.settings import load

HERE = ZoneInfo("Asia/Ho_Chi_Minh")  # before there is a programme there are no settings


@click.command(
    "restore",
    help=say(
        "Khôi phục một bản sao lưu vào thư mục mới; không ghi đè lên gì. Sau đó chạy ishc "
        "reconcile: các bảng giống như trước.",
        "Bring a backup back in a new folder; nothing is overwritten. Then run ishc reconcile: the "
        "tables are as they were.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("directory", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--check",
    is_flag=True,
    help=say("chỉ đọc và kiểm tra bản sao lưu", "only read the backup and check it"),
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("tệp khóa age của mình", "the file of your age key"),
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say(
        "tệp có cụm mật khẩu ở dòng đầu; hoặc biến môi trường ISHC_BACKUP_PASSPHRASE",
        "a file with the passphrase in its first line; or the variable ISHC_BACKUP_PASSPHRASE",
    ),
)
@click.option(
    "--expired",
    is_flag=True,
    help=say("cả khi đã quá hạn giữ", "also when its day is over"),
)
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say(
        "danh sách người đã xóa (mặc định erasures.jsonl cạnh bản sao lưu)",
        "list of people erased since (by default the erasures.jsonl beside the backup)",
    ),
)
@pass_context
def command(
    context: Context,
    file: Path,
    directory: Path | None,
    check: bool,
    key: Path | None,
    passphrase_file: Path | None,
    expired: bool,
    erasures: Path | None,
) -> None:
    """Check a backup, or bring it back."""

    def opener(locked: bytes | None) -> x25519.Identity:
        if key is not None:
            return own_key(key.read_text(encoding="utf-8"))
        if locked is None:
            raise WrongKeyError
        return open_with_passphrase(locked, passphrase(context, passphrase_file))

    _exists(file)
    if check or directory is None:
        if not check:
            raise click.UsageError(
                say("thiếu thư mục mới: ishc restore TỆP THƯ_MỤC", "missing: the new folder")
            )
        manifest = verify(file, opener, context.progress)
        _say_checked(context, manifest)
        return
    manifest = restore(
        file,
        directory,
        opener,
        today=today(HERE),
        erasures=erasures,
        expired_too=expired,
        progress=context.progress,
    )
    context.result({"folder": str(directory), "made": manifest.made})
    _say_restored(context, directory, manifest)


def _exists(file: Path) -> None:
    if not file.is_file():
        raise click.BadParameter(say(f"không có tệp {file}", f"there is no file {file}"))


def _say_checked(context: Context, manifest: Manifest) -> None:
    count, day, made = len(manifest.files), manifest.expires, moment(manifest.made, HERE)
    context.result({"made": manifest.made, "expires": day.isoformat(), "files": count})
    context.say(
        f"Bản sao lưu lành lặn: làm lúc {made.vi}, {number(count, 'vi')} tệp, giữ đến "
        f"{short(day, 'vi')}.",
        f"The backup is whole: made at {made.en}, {number(count, 'en')} files, to be kept until "
        f"{short(day, 'en')}.",
    )


def _say_restored(context: Context, directory: Path, manifest: Manifest) -> None:
    settings = load(find(directory))
    tokens = ", ".join(sorted(settings.servers))
    made, place = moment(manifest.made, HERE), shlex.quote(str(directory))
    context.say(
        f"Đã khôi phục {number(len(manifest.files), 'vi')} tệp vào {directory} (sao lưu lúc "
        f"{made.vi}).\nToken không nằm trong bản sao lưu: đặt lại ({tokens}).\n"
        f"Tiếp theo: ishc -C {place} reconcile, rồi ishc -C {place} pull",
        f"Restored {number(len(manifest.files), 'en')} files to {directory} (backed up at "
        f"{made.en}).\nTokens are not in a backup: set them again ({tokens}).\n"
        f"Next: ishc -C {place} reconcile, then ishc -C {place} pull",
    )
