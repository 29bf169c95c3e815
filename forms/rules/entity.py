"""What a form saves into entity lists: their names, and who would read them."""

import re
from collections.abc import Iterator

from forms.engine.media import find_medium
from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.workbook import Row
from programme.problem import Problem, Text

_PLAIN = re.compile(r"(?!__)[A-Za-z_][A-Za-z0-9_.-]*")
_RESERVED = frozenset({"name", "label"})  # every row of a list has these of itself
SHEET_MISSING = Fault(
    "entity-sheet-missing",
    Text(
        vi="có cột save_to nhưng không có trang tính entities nêu danh sách",
        en="there is a column save_to, but no sheet entities that names the list",
    ),
    Text(
        vi="hãy thêm trang tính entities có cột list_name và label, hoặc xóa ô này",
        en="add a sheet entities with the columns list_name and label, or clear this cell",
    ),
)
IN_REPEAT = Fault(
    "entity-in-repeat",
    Text(
        vi="câu trong nhóm lặp được lưu vào danh sách; mới thử với câu ngoài nhóm lặp",
        en="a question of a repeat is saved to a list; only others were tried with servers",
    ),
    Text(
        vi="hãy lưu câu ngoài nhóm lặp; nếu đã thử được trên máy chủ của mình, ghi lý do vào waive",
        en="save a question outside; if you tried it with your server, say so in waive",
    ),
    level="strict",
    waivable=True,
)
NAME_NOT_PLAIN = Fault(
    "entity-name",
    Text(
        vi="tên «{name}» không dùng được cho danh sách hay cột của danh sách",
        en="a list, or a column of it, cannot be named “{name}”",
    ),
    Text(
        vi="dùng chữ không dấu, số và gạch dưới, không bắt đầu bằng số; không dùng name, label: "
        "ODK Central đổi chữ có dấu thành gạch dưới nên hai tên có thể trùng nhau",
        en="use letters without marks, digits and underscores, no digit first; not name or label: "
        "ODK Central turns other letters into underscores, so that two names may become one",
    ),
)
LABEL_MISSING = Fault(
    "entity-label-missing",
    Text(vi="danh sách chưa có label", en="the list has no label"),
    Text(
        vi="hãy ghi ở cột label công thức của tên mà người dùng sẽ thấy, ví dụ ${club_name}",
        en="write into the column label what people will read, for example ${club_name}",
    ),
)
NAMES_PEOPLE = Fault(
    "entity-personal",
    Text(
        vi="câu nhận ra được một người (class {data_class}) được lưu vào danh sách phát cho mọi "
        "điện thoại",
        en="a question about one person (class {data_class}) is saved to a list that every phone "
        "gets",
    ),
    Text(
        vi="hãy xóa ô save_to; nếu danh sách chỉ phát cho người được biết, ghi lý do vào cột waive",
        en="clear save_to; if the list goes only to who may know, say so in the column waive",
    ),
    level="strict",
    waivable=True,
)
LIST_UNKNOWN = Fault(
    "entity-list-unknown",
    Text(
        vi="không có tệp {file} nào mà biểu mẫu đọc danh sách này{near_vi}",
        en="there is no {file} from which forms would read this list{near_en}",
    ),
    Text(
        vi="hãy sửa list_name theo tên tệp trong xlsforms, bỏ đuôi .csv",
        en="write list_name as the file in xlsforms is called, without .csv",
    ),
    level="house",
)
PROPERTY_UNKNOWN = Fault(
    "entity-property-unknown",
    Text(
        vi="tệp {file} không có cột «{name}»{near_vi}",
        en="{file} has no column “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên ở ô save_to, hoặc thêm cột vào tệp",
        en="mend the name in save_to, or add the column to the file",
    ),
    level="strict",
    waivable=True,
)


def sheet_missing(subject: Subject) -> Iterator[Problem]:
    """What is saved has a list to go to."""
    if not subject.workbook.rows("entities"):
        for row in _saved(subject):
            yield subject.tell(SHEET_MISSING, row, "save_to")


def in_repeat(subject: Subject) -> Iterator[Problem]:
    """Only questions outside repeats are saved: one row of the list a submission."""
    for row in _saved(subject):
        table = subject.tables.get(row.get("name"))
        if table is not None and table.path and subject.workbook.rows("entities"):
            yield subject.tell(IN_REPEAT, row, "save_to")


def name_not_plain(subject: Subject) -> Iterator[Problem]:
    """Names of lists and of their columns are plain."""
    for row in subject.workbook.rows("entities"):
        name = row.get("list_name") or row.get("dataset")
        if name and not _PLAIN.fullmatch(name):
            yield subject.tell(NAME_NOT_PLAIN, row, "list_name", "entities", name=name)
    for row in _saved(subject):
        name = row.get("save_to")
        if not _PLAIN.fullmatch(name) or name.lower() in _RESERVED:
            yield subject.tell(NAME_NOT_PLAIN, row, "save_to", name=name)


def label_missing(subject: Subject) -> Iterator[Problem]:
    """A row that a form makes has words by which people know it."""
    for row in subject.workbook.rows("entities"):
        if not row.get("label") and not row.get("entity_id"):
            yield subject.tell(LABEL_MISSING, row, "label", "entities")


def names_people(subject: Subject) -> Iterator[Problem]:
    """What tells who somebody is, or of need and debt, stays off the lists on phones."""
    for row in _saved(subject):
        if row.get("class") in ("personal", "sensitive"):
            yield subject.tell(NAMES_PEOPLE, row, "save_to", data_class=row.get("class"))


def list_unknown(subject: Subject) -> Iterator[Problem]:
    """Some form reads the list."""
    for row in subject.workbook.rows("entities"):
        name = row.get("list_name") or row.get("dataset")
        if _PLAIN.fullmatch(name) and find_medium(subject.media, f"{name}.csv") is None:
            read = (each.rpartition(" ")[2] for each in _sources(subject))
            asked = near(f"{name}.csv", tuple(read))
            yield subject.tell(
                LIST_UNKNOWN, row, "list_name", "entities", file=f"{name}.csv", **asked
            )


def property_unknown(subject: Subject) -> Iterator[Problem]:
    """What is saved has the column that forms read and that publishing fills."""
    lists = [
        row.get("list_name") or row.get("dataset") for row in subject.workbook.rows("entities")
    ]
    columns = subject.list_columns(f"{lists[0]}.csv") if len(lists) == 1 else None
    for row in _saved(subject) if columns else ():
        name = row.get("save_to")
        if _PLAIN.fullmatch(name) and name.lower() not in _RESERVED and name not in (columns or ()):
            asked = near(name, columns or ())
            yield subject.tell(
                PROPERTY_UNKNOWN, row, "save_to", file=f"{lists[0]}.csv", name=name, **asked
            )


def _saved(subject: Subject) -> Iterator[Row]:
    return (row for row, _ in subject.questions() if row.get("save_to"))


def _sources(subject: Subject) -> Iterator[str]:
    return (row.get("type") for row, _ in subject.questions() if "_from_file " in row.get("type"))
