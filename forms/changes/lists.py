"""Lists beside the form: files that choices and calculations are taken from."""

import re
from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.form import Form, Question
from forms.changes.pairs import Pair, Versions
from forms.changes.wording import Said
from programme.problem import Text

_PULLDATA = re.compile(r"pulldata\s*\(\s*['\"]([^'\"]+)['\"]", re.IGNORECASE)
_VALUE = re.compile(r"\bvalue\s*=\s*([^\s,;]+)")


def other_list(versions: Versions) -> Iterator[Change]:
    """Choices that come from elsewhere, but for a file that only has another name."""
    renamed = _renamed(versions)
    for pair in versions.pairs:
        before, after = _source(pair.old), _source(pair.new)
        if before is None or after is None or _same(pair, renamed):
            continue
        place = versions.new.place("survey", pair.new.row.number, "type")
        yield _OTHER.change(place, pair.new.name, before=before, after=after)


def media(versions: Versions) -> Iterator[Change]:
    """Files that the form needs beside it: others, more, fewer."""
    renamed = _renamed(versions)
    old, new = _files(versions.old), _files(versions.new)
    for before, after in renamed.items():
        place = versions.new.place("survey", new[after])
        yield _RENAMED.change(place, before=before, after=after)
    for file, row in new.items():
        if file not in old and file not in renamed.values():
            yield _NEEDED.change(versions.new.place("survey", row), file=file)
    for file, row in old.items():
        if file not in new and file not in renamed:
            yield _DROPPED.change(versions.old.place("survey", row), file=file)


def _renamed(versions: Versions) -> dict[str, str]:
    """Files that all questions left together for one that nothing used before."""
    old, new = _files(versions.old), _files(versions.new)
    moves: dict[str, set[str]] = {}
    for pair in versions.pairs:
        before, after = pair.old.column.list_file, pair.new.column.list_file
        if before and after and before not in new:
            moves.setdefault(before, set()).add(after)
    found = {before: min(after) for before, after in moves.items() if len(after) == 1}
    taken = list(found.values())
    return {
        before: after
        for before, after in found.items()
        if after not in old and taken.count(after) == 1
    }


def _same(pair: Pair, renamed: dict[str, str]) -> bool:
    old, new = pair.old.column, pair.new.column
    if old.list_name and new.list_name:
        return True  # lists of the workbook are compared choice by choice
    file = renamed.get(old.list_file or "", old.list_file)
    return file == new.list_file and _value(pair.old) == _value(pair.new)


def _source(question: Question) -> str | None:
    file = question.column.list_file
    if file:
        return f"{file} ({_value(question)})"
    return question.column.list_name


def _value(question: Question) -> str:
    """Name the column that the answer is taken from."""
    found = _VALUE.search(question.row.get("parameters"))
    return found.group(1) if found else "name"


def _files(form: Form) -> dict[str, int]:
    """Give the files that a form needs, each with the first row that names it."""
    files: dict[str, int] = {}
    for row, kind in form.active_rows():
        if kind.list_file:
            files.setdefault(kind.list_file, row.number)
        if kind.name.endswith("-external"):
            files.setdefault(f"{row.get('name')}.{kind.name[:3]}", row.number)
        for text in row.cells.values():
            for name in _PULLDATA.findall(text):
                files.setdefault(f"{name.removesuffix('.csv')}.csv", row.number)
    return files


_OTHER = Said(
    "list-changed",
    "careful",
    Text(
        vi="câu «{question}» lấy lựa chọn từ nơi khác: trước {before}, nay {after}",
        en="“{question}” takes its choices from elsewhere: it was {before}, and is now {after}",
    ),
    Text(
        vi="mã đã thu chỉ còn lời và còn nối được với sổ đăng ký khi danh sách mới cũng có mã đó",
        en="codes collected before have words, and join the registers, only if the new list has "
        "them too",
    ),
    Text(
        vi="hãy kiểm tra rằng danh sách mới có đủ các mã cũ, viết y hệt",
        en="see that the new list has all the old codes, written the same",
    ),
)
_RENAMED = Said(
    "media-renamed",
    "careful",
    Text(
        vi="danh sách «{before}» nay tên là «{after}»",
        en="the list “{before}” is now called “{after}”",
    ),
    Text(
        vi="số liệu đã thu không đổi, nhưng điện thoại không mở được biểu mẫu nếu máy chủ chỉ có "
        "tệp cũ, và việc cập nhật danh sách hằng tuần vẫn ghi tệp cũ",
        en="the data do not change, but phones cannot open the form while the server has the old "
        "file only, and the weekly publishing still writes the old one",
    ),
    Text(
        vi="hãy giữ tên cũ; nếu đổi, đặt tệp «{after}» vào thư mục xlsforms và triển khai cùng "
        "biểu mẫu",
        en="keep the old name; else put “{after}” into the folder xlsforms and deploy it with the "
        "form",
    ),
)
_NEEDED = Said(
    "media-added",
    "careful",
    Text(vi="biểu mẫu cần thêm tệp «{file}»", en="the form needs one more file, “{file}”"),
    Text(
        vi="số liệu đã thu không đổi, nhưng thiếu tệp này thì điện thoại không mở được biểu mẫu",
        en="the data do not change, but phones cannot open the form without it",
    ),
    Text(
        vi="hãy đặt tệp vào thư mục xlsforms trước khi triển khai",
        en="put it into the folder xlsforms before deploying",
    ),
)
_DROPPED = Said(
    "media-dropped",
    "safe",
    Text(vi="biểu mẫu không còn cần tệp «{file}»", en="the form does not need “{file}” any more"),
    Text(vi="số liệu không thay đổi", en="the data do not change"),
    Text(vi="không cần làm gì", en="nothing has to be done"),
)
