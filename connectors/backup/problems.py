"""What can be wrong with a backup."""

from datetime import date
from pathlib import Path

from programme.dates import short
from programme.problem import Exit, Place, Problem, ProblemError, Text


def changed_meanwhile(path: Path) -> ProblemError:
    """A file became shorter while it was packed."""
    return _error(
        "backup-file-changed",
        Text(
            vi="tệp bị thay đổi trong lúc sao lưu",
            en="the file was changed while the backup was made",
        ),
        Text(vi="hãy đóng tệp đó rồi chạy lại", en="close that file and run it again"),
        path,
        Exit.STORE,
    )


def not_a_backup(path: Path) -> ProblemError:
    """The file is something else, or cut off."""
    return _error(
        "backup-unreadable",
        Text(
            vi="đây không phải bản sao lưu của ishc, hoặc tệp bị cắt mất một phần",
            en="this is not a backup of ishc, or the file was cut off",
        ),
        Text(
            vi="hãy chọn tệp khác; bản chép dở thì chép lại từ nơi lưu",
            en="choose another file; copy it again from where it is kept",
        ),
        path,
    )


def wrong_key(path: Path) -> ProblemError:
    """The passphrase or key does not open it, or the file was changed."""
    return _error(
        "backup-locked",
        Text(
            vi="cụm mật khẩu hoặc khóa không mở được bản sao lưu này, hoặc tệp đã bị sửa đổi",
            en="the passphrase or key does not open this backup, or the file was changed",
        ),
        Text(
            vi="hãy gõ lại (phân biệt chữ hoa, dấu cách), hoặc dùng bản sao lưu khác; không có "
            "cách nào khác để mở",
            en="type it again (capitals and blanks matter), or take another backup; there is no "
            "other way to open it",
        ),
        path,
    )


def damaged(path: Path, inside: str) -> ProblemError:
    """A file of the backup is not what the backup says it is."""
    return _error(
        "backup-damaged",
        Text(
            vi=f"bản sao lưu bị hỏng: «{inside}» không đúng như lúc sao lưu",
            en=f"the backup is damaged: “{inside}” is not as it was",
        ),
        Text(vi="hãy dùng bản sao lưu khác", en="take another backup"),
        path,
    )


def newer(path: Path) -> ProblemError:
    """Made by a newer version of the programme."""
    return _error(
        "backup-newer",
        Text(
            vi="bản sao lưu do một phiên bản mới hơn của chương trình này tạo ra",
            en="the backup was made by a newer version of this program",
        ),
        Text(
            vi="hãy cập nhật: pip install --upgrade ishc-collect",
            en="update: pip install --upgrade ishc-collect",
        ),
        path,
    )


def expired(path: Path, day: date) -> ProblemError:
    """Its time to be kept is over."""
    return _error(
        "backup-expired",
        Text(
            vi=f"bản sao lưu này chỉ được giữ đến {short(day, 'vi')}",
            en=f"this backup was to be kept until {short(day, 'en')} only",
        ),
        Text(
            vi="hãy dùng bản mới hơn và hủy bản này; nếu không còn bản nào khác, thêm --expired",
            en="take a newer one and destroy this one; if there is no other, add --expired",
        ),
        path,
    )


def erasures_unreadable(path: Path) -> ProblemError:
    """The list of erasures is damaged."""
    return _error(
        "erasures-unreadable",
        Text(
            vi="không đọc được danh sách những người đã yêu cầu xóa",
            en="the list of those who asked to be erased cannot be read",
        ),
        Text(
            vi="lấy tệp erasures.jsonl từ bản sao lưu mới nhất, hoặc từ thư mục data/backups",
            en="take the erasures.jsonl beside the newest backup, or of the folder data/backups",
        ),
        path,
    )


def not_empty(folder: Path) -> ProblemError:
    """There are files where it would be restored to."""
    return _error(
        "folder-not-empty",
        Text(
            vi="ở đây đã có tệp; không ghi đè lên",
            en="there are files here already; nothing is overwritten",
        ),
        Text(vi="hãy chọn một thư mục mới", en="choose a new folder"),
        folder,
    )


def no_passphrase(variable: str) -> ProblemError:
    """Nobody is there to type one, and none is written anywhere."""
    return _error(
        "backup-passphrase-missing",
        Text(
            vi="chưa có cụm mật khẩu để khóa hoặc mở bản sao lưu",
            en="there is no passphrase to lock or open the backup with",
        ),
        Text(
            vi=f"hãy đặt biến môi trường {variable}, hoặc --passphrase-file TỆP, hoặc dùng khóa "
            "age (--recipient khi sao lưu, --key khi khôi phục)",
            en=f"set the environment variable {variable}, give --passphrase-file FILE, or use an "
            "age key (--recipient to back up, --key to restore)",
        ),
        None,
        Exit.USAGE,
    )


def weak_passphrase(shortest: int) -> ProblemError:
    """It is too short to keep a finder out."""
    return _error(
        "backup-passphrase-short",
        Text(
            vi=f"cụm mật khẩu phải có ít nhất {shortest} ký tự",
            en=f"the passphrase needs at least {shortest} letters",
        ),
        Text(
            vi="hãy dùng bốn năm từ không liên quan với nhau, và ghi ra giấy cất ở nơi khác",
            en="take four or five words that have nothing to do with each other, and keep them on "
            "paper in another place",
        ),
        None,
    )


def _error(
    code: str, what: Text, do: Text, path: Path | None, exit_status: Exit = Exit.INPUT
) -> ProblemError:
    place = Place(file=str(path)) if path else Place()
    return ProblemError(Problem(code, what, do, place), exit_status)
