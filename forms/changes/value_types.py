"""Questions whose values are of another type or unit, or come about in another way."""

from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.pairs import Pair, Versions
from forms.changes.wording import Said
from forms.kind_words import KIND_WORDS
from forms.questions import Kind
from programme.problem import Text

_AS_TEXT = Text(
    vi="mọi giá trị đã thu vẫn còn nhưng thành chữ: phép cộng, so sánh, chỉ số dùng cột này sẽ "
    "dừng hoặc sai",
    en="everything collected stays, but as text: sums, comparisons and indicators over the column "
    "stop or go wrong",
)
_NO_CHOICE = Text(
    vi="giá trị đã thu vẫn còn, nhưng chỉ giá trị nào trùng tên một lựa chọn mới được đếm",
    en="everything collected stays, but only values that equal a choice's name are counted",
)
# Old values of the one kind fit the other; every other pair loses values or what they mean.
_KEPT: dict[tuple[Kind, Kind], Text] = {
    ("integer", "decimal"): Text(
        vi="mọi số đã thu vẫn đúng; số mới có thể có phần lẻ",
        en="every number collected stays right; new ones may have decimals",
    ),
    ("decimal", "integer"): Text(
        vi="nếu bản cũ do «ishc deploy» đưa lên thì cột vẫn là số thập phân và mọi số đã thu vẫn "
        "đúng; nếu không, số có phần lẻ nằm ở bảng rejects",
        en="if “ishc deploy” sent the old version the column stays one of decimal numbers, and "
        "every number collected stays right; else numbers with decimals are in the table rejects",
    ),
    ("datetime", "date"): Text(
        vi="nếu bản cũ do «ishc deploy» đưa lên thì cột vẫn là ngày giờ, ngày mới là 0 giờ của "
        "ngày đó; nếu không, giá trị có giờ nằm ở bảng rejects",
        en="if “ishc deploy” sent the old version the column stays one of days with times, and new "
        "days are midnight of that day; else values with a time are in the table rejects",
    ),
    ("date", "datetime"): Text(
        vi="ngày đã thu thành 0 giờ của ngày đó",
        en="dates collected before become midnight of that day",
    ),
    ("select_one", "select_multiple"): Text(
        vi="mỗi câu trả lời đã thu thành danh sách có một lựa chọn; điều kiện kiểu câu = 'mã' "
        "trong chỉ số và kiểm tra phải viết lại",
        en="each answer collected becomes a list of one; conditions like question = 'code' in "
        "indicators and checks have to be written anew",
    ),
    ("text", "select_one"): _NO_CHOICE,
    ("integer", "select_one"): _NO_CHOICE,
    ("image", "file"): Text(vi="ảnh đã thu vẫn còn", en="pictures collected before stay"),
    ("audio", "file"): Text(vi="bản ghi đã thu vẫn còn", en="sounds collected before stay"),
}
_TO_TEXT: tuple[Kind, ...] = (
    "integer", "decimal", "date", "time", "datetime", "select_one", "select_multiple",
    "image", "audio", "file",
)  # fmt: skip


def kept(old: Kind, new: Kind) -> Text | None:
    """Say what becomes of values of one kind as values of another; None when some are lost."""
    if new == "text" and old in _TO_TEXT:
        return _AS_TEXT
    return _KEPT.get((old, new))


def retyped(versions: Versions) -> Iterator[Change]:
    """Another kind of value, by the type of a question or the value_type of a calculation."""
    for pair in versions.pairs:
        old, new = pair.old.column.kind, pair.new.column.kind
        if old == new:
            continue
        column = "value_type" if pair.new.type.role == "computed" else "type"
        why = kept(old, new)
        yield (_CHANGED if why else _LOSES).change(
            versions.new.place("survey", pair.new.row.number, column),
            pair.new.name,
            before=KIND_WORDS[old],
            after=KIND_WORDS[new],
            effect=why or Text(vi="", en=""),
        )


def computed(versions: Versions) -> Iterator[Change]:
    """What people typed is computed now, or the other way round."""
    for pair in versions.pairs:
        roles = pair.old.type.role, pair.new.type.role
        if roles[0] != roles[1] and "computed" in roles:
            said = _COMPUTED if roles[1] == "computed" else _ASKED
            place = versions.new.place("survey", pair.new.row.number, "type")
            yield said.change(place, pair.new.name)


def unit(versions: Versions) -> Iterator[Change]:
    """Another unit: all tables are made anew, so old values are multiplied as well."""
    for pair in versions.pairs:
        if pair.old.column.unit != pair.new.column.unit and not _worded(pair):
            place = versions.new.place("survey", pair.new.row.number, "unit")
            yield _UNIT.change(
                place,
                pair.new.name,
                before=pair.old.column.unit or "–",
                after=pair.new.column.unit or "–",
            )


def _worded(pair: Pair) -> bool:
    """Tell whether it is no number any more: that is told already."""
    return pair.new.column.kind not in ("integer", "decimal")


_LOSES = Said(
    "type-loses-data",
    "breaking",
    Text(
        vi="câu «{question}» đổi loại: trước {before}, nay {after}",
        en="question “{question}” is of another type: it was {before}, and is now {after}",
    ),
    Text(
        vi="giá trị đã thu không đọc được theo loại mới: ô để trống hoặc hiểu sai; giá trị bị loại "
        "được ghi ở bảng rejects",
        en="values collected before cannot be read as the new type: cells are empty or misread; "
        "values refused are listed in the table rejects",
    ),
    Text(
        vi="hãy giữ câu cũ như trước, và thêm câu mới với tên khác",
        en="leave the old question as it was, and add a new one under another name",
    ),
)
_CHANGED = Said(
    "type-changed",
    "careful",
    Text(
        vi="câu «{question}» đổi loại: trước {before}, nay {after}",
        en="question “{question}” is of another type: it was {before}, and is now {after}",
    ),
    Text(vi="{effect}", en="{effect}"),
    Text(
        vi="hãy xem lại chỉ số và kiểm tra dùng câu này",
        en="look at the indicators and checks that use it",
    ),
)
_COMPUTED = Said(
    "now-computed",
    "careful",
    Text(
        vi="câu «{question}» trước do người điền, nay do máy tính ra",
        en="“{question}” was typed by people, and is now computed",
    ),
    Text(
        vi="số trước là số người ta ghi, số sau là số máy tính: hai loại nằm chung một cột",
        en="one column will hold what people wrote and what the phone computes",
    ),
    Text(
        vi="nếu cần so sánh, hãy để phép tính mang tên khác",
        en="to compare the two, give the calculation another name",
    ),
)
_ASKED = Said(
    "now-asked",
    "careful",
    Text(
        vi="câu «{question}» trước do máy tính ra, nay do người điền",
        en="“{question}” was computed, and is now typed by people",
    ),
    Text(
        vi="số trước là số máy tính, số sau là số người ta ghi: hai loại nằm chung một cột",
        en="one column will hold what the phone computed and what people write",
    ),
    Text(
        vi="nếu cần so sánh, hãy để câu hỏi mang tên khác",
        en="to compare the two, give the question another name",
    ),
)
_UNIT = Said(
    "unit-changed",
    "breaking",
    Text(
        vi="đơn vị của câu «{question}» đổi: trước {before}, nay {after}",
        en="the unit of “{question}” has changed: it was {before}, and is now {after}",
    ),
    Text(
        vi="bảng số liệu được lập lại từ đầu theo đơn vị mới: mọi số tiền đã thu sai đi 1.000 lần",
        en="tables are made anew by the new unit: every amount collected before is wrong by a "
        "factor of 1,000",
    ),
    Text(
        vi="hãy giữ đơn vị cũ; muốn hỏi bằng đơn vị khác thì thêm câu mới với tên khác",
        en="leave the unit; to ask in another one, add a new question under another name",
    ),
)
