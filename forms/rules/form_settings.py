"""The sheet ``settings``: without it phones and servers cannot tell forms and versions apart."""

import re
from collections.abc import Iterator

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from programme.problem import Problem, Text

_PLAIN = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]*$")
SETTINGS_MISSING = Fault(
    "settings-missing",
    Text(
        vi="không có trang «settings», hoặc trang trống: biểu mẫu không có mã và phiên bản",
        en="the sheet “settings” is missing or empty: the form has no id and no version",
    ),
    Text(
        vi="hãy thêm trang settings: dòng đầu form_id, version, default_language; "
        "dòng hai {name}, 2026010100, Tiếng Việt (vi)",
        en="add the sheet settings: first row form_id, version, default_language; "
        "second row {name}, 2026010100, Tiếng Việt (vi)",
    ),
    level="strict",
)
VERSION_MISSING = Fault(
    "version-missing",
    Text(
        vi="biểu mẫu không có phiên bản, điện thoại không biết đã có bản mới",
        en="the form has no version, so phones cannot know that there is a new one",
    ),
    Text(
        vi="hãy ghi version trên trang settings và tăng lên mỗi khi sửa, ví dụ 2026010100",
        en="write version on the sheet settings and raise it with every change: 2026010100",
    ),
    level="house",
)
FORM_ID_MARKS = Fault(
    "form-id-not-plain",
    Text(
        vi="mã biểu mẫu «{name}» có dấu cách hoặc ký tự đặc biệt",
        en="the form id “{name}” has blanks or special characters",
    ),
    Text(
        vi="hãy dùng chữ không dấu, số và gạch dưới, bắt đầu bằng chữ",
        en="use plain letters, digits and underscores, a letter first",
    ),
    level="strict",
)
FORM_ID_OTHER = Fault(
    "form-id-other",
    Text(
        vi="mã biểu mẫu «{name}» khác tên tệp «{file}»; số liệu được gọi theo mã, "
        "các lệnh gọi theo tên tệp",
        en="the form id “{name}” is not the file's name “{file}”; tables go by the id, "
        "commands by the file",
    ),
    Text(vi="hãy để hai tên giống nhau", en="give both the same name"),
    level="house",
)


def settings_missing(subject: Subject) -> Iterator[Problem]:
    """The sheet is there and says which version of the form this is."""
    rows = subject.workbook.rows("settings")
    if not rows:
        name = subject.workbook.path.stem
        yield subject.tell(SETTINGS_MISSING, None, None, "settings", name=name)
    elif not rows[0].get("version"):
        yield subject.tell(VERSION_MISSING, rows[0], "version", "settings")


def form_id_odd(subject: Subject) -> Iterator[Problem]:
    """The form's id is one plain word, the same as the file's name."""
    workbook = subject.workbook
    name = workbook.setting("form_id")
    if not name:
        return
    row = workbook.rows("settings")[0]
    if not _PLAIN.match(name):
        yield subject.tell(FORM_ID_MARKS, row, "form_id", "settings", name=name)
    elif name != workbook.path.stem and subject.media is not None:
        file = workbook.path.name
        yield subject.tell(FORM_ID_OTHER, row, "form_id", "settings", name=name, file=file)
