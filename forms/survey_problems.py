"""What the reader of a survey says, in both languages; ``{}`` is the text it found."""

from dataclasses import dataclass

from forms.classes import CLASSES
from forms.questions import KNOWN_TYPES
from forms.tables import UNITS, VALUE_TYPES
from programme.problem import Place, Problem, Severity, Text
from programme.text import nearest


@dataclass(frozen=True, slots=True)
class Said:
    """One kind of problem.

    Args:
        code: its stable code.
        column: header of the cell it is about.
        what: what is wrong.
        do: what to do.
        known: right words; the nearest one is offered.
        severity: how much it weighs.
    """

    code: str
    column: str
    what: Text
    do: Text
    known: tuple[str, ...] = ()
    severity: Severity = "error"

    def problem(self, place: Place, found: str) -> Problem:
        """Say it of one cell."""
        at = Place(file=place.file, sheet=place.sheet, row=place.row, column=self.column)
        return Problem(self.code, _with(self.what, found), self._do(found), at, self.severity)

    def _do(self, found: str) -> Text:
        near = nearest(found, self.known)
        if near is None:
            return _with(self.do, found)
        return Text(
            vi=f"có phải «{near}»? {_with(self.do, found).vi}",
            en=f"did you mean “{near}”? {_with(self.do, found).en}",
        )


def _with(text: Text, found: str) -> Text:
    return Text(vi=text.vi.replace("{}", found), en=text.en.replace("{}", found))


no_type = Said(
    "survey-type-missing",
    "type",
    Text(vi="dòng có nội dung nhưng thiếu loại câu hỏi", en="the row has no question type"),
    Text(
        vi="hãy ghi loại (text, integer, select_one…) hoặc xoá cả dòng",
        en="write the type (text, integer, select_one…) or delete the whole row",
    ),
)
unknown_type = Said(
    "survey-type-unknown",
    "type",
    Text(vi="không có loại câu hỏi «{}»", en="there is no question type “{}”"),
    Text(
        vi="hãy viết đúng loại của XLSForm; câu chọn cần thêm tên danh sách: select_one danh_sách",
        en="write a type of XLSForm; a select needs the name of its list: select_one list",
    ),
    KNOWN_TYPES,
)
no_name = Said(
    "survey-name-missing",
    "name",
    Text(vi="câu hỏi loại «{}» không có tên", en="a “{}” has no name"),
    Text(
        vi="hãy đặt tên bằng chữ thường không dấu, ví dụ so_nguoi",
        en="give it a name in plain lower-case letters, for example people_present",
    ),
)
reserved_name = Said(
    "survey-name-reserved",
    "name",
    Text(vi="tên «{}» bắt đầu bằng dấu gạch dưới", en="the name “{}” starts with an underscore"),
    Text(
        vi="hãy đổi tên: các tên như vậy dành cho máy chủ (_id, _uuid…)",
        en="rename it: such names belong to the server (_id, _uuid…)",
    ),
)
name_twice = Said(
    "survey-name-twice",
    "name",
    Text(
        vi="tên «{}» đã dùng ở câu khác trong cùng một nhóm (không kể chữ hoa, chữ thường)",
        en="the name “{}” is already taken in the same group (case does not count)",
    ),
    Text(
        vi="hãy đặt tên khác, vì bảng dữ liệu chỉ giữ được một cột mang tên đó",
        en="choose another name, because the table can hold only one column of that name",
    ),
)
name_shared = Said(
    "survey-name-shared",
    "name",
    Text(
        vi="tên «{}» cũng là tên một câu ở nhóm khác trong cùng một bảng",
        en="“{}” is also the name of a question in another group of the same table",
    ),
    Text(
        vi="không mất số liệu: trong bảng, hai cột mang cả tên nhóm (nhóm__tên); nên đặt tên khác "
        "để công thức và chỉ số biết rõ đang nói tới câu nào",
        en="no data are lost: in tables both columns have the names of their groups before "
        "(group__name); another name tells formulas and indicators which one is meant",
    ),
    severity="warning",
)
repeat_twice = Said(
    "survey-repeat-twice",
    "name",
    Text(vi="đã có nhóm lặp khác tên «{}»", en="there is another repeat named “{}”"),
    Text(vi="hãy đặt tên khác cho nhóm lặp này", en="choose another name for this repeat"),
)
not_closed = Said(
    "survey-group-open",
    "type",
    Text(vi="nhóm «{}» không có dòng kết thúc", en="group “{}” has no end"),
    Text(vi="hãy thêm dòng end_group hoặc end_repeat", en="add a row end_group or end_repeat"),
)
wrong_end = Said(
    "survey-end-wrong",
    "type",
    Text(
        vi="dòng kết thúc không khớp với nhóm đang mở {}",
        en="this end does not match the group that is open {}",
    ),
    Text(
        vi="hãy kết thúc begin_group bằng end_group, nhóm lặp bằng end_repeat, nhóm trong trước",
        en="end begin_group with end_group, begin_repeat with end_repeat, the inner one first",
    ),
)
no_class = Said(
    "class-missing",
    "class",
    Text(vi="câu «{}» chưa được xếp loại dữ liệu", en="“{}” has no class of data"),
    Text(
        vi="hãy ghi plain (thường), personal (nhận ra một người) hoặc sensitive (nghèo, nợ, bệnh)",
        en="write plain, personal (tells who someone is) or sensitive (poverty, debts, health)",
    ),
)
unknown_class = Said(
    "class-unknown",
    "class",
    Text(vi="không có loại dữ liệu «{}»", en="there is no class of data “{}”"),
    Text(vi="hãy ghi plain, personal hoặc sensitive", en="write plain, personal or sensitive"),
    CLASSES,
)
unknown_unit = Said(
    "unit-unknown",
    "unit",
    Text(vi="không có đơn vị «{}»", en="there is no unit “{}”"),
    Text(vi="đơn vị dùng được: " + ", ".join(UNITS), en="units to use: " + ", ".join(UNITS)),
    UNITS,
)
unit_on_words = Said(
    "unit-not-number",
    "unit",
    Text(vi="đơn vị «{}» chỉ dùng cho số", en="the unit “{}” is for numbers only"),
    Text(
        vi="hãy xoá đơn vị, hoặc đổi loại thành integer (câu tính toán: value_type integer)",
        en="delete the unit, or make it an integer (a calculate: value_type integer)",
    ),
)
unknown_value_type = Said(
    "value-type-unknown",
    "value_type",
    Text(vi="không có kiểu giá trị «{}»", en="there is no value type “{}”"),
    Text(
        vi="kiểu dùng được: " + ", ".join(VALUE_TYPES),
        en="value types to use: " + ", ".join(VALUE_TYPES),
    ),
    VALUE_TYPES,
)
