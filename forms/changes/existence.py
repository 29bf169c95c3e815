"""Questions that are gone, new, or known by another name."""

from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.form import Form, Question, repeat_names
from forms.changes.pairs import Versions
from forms.changes.wording import Said
from programme.problem import Text


def renamed(versions: Versions) -> Iterator[Change]:
    """The same question under another name: declared, or as label, type and place tell."""
    for pair in versions.pairs:
        if pair.old.name != pair.new.name and not pair.new.added:
            place = versions.new.place("survey", pair.new.row.number, "name")
            said = _RENAMED if pair.guessed else _FOLLOWED
            yield said.change(place, pair.new.name, before=pair.old.name)


def removed(versions: Versions) -> Iterator[Change]:
    """A question, or a whole repeat, that the new form does not have."""
    kept = {pair.old.repeats for pair in versions.pairs}
    for question in versions.removed:
        if not question.repeats or question.repeats in kept:
            place = versions.old.place("survey", question.row.number)
            said = _REMOVED if question.type.role != "computed" else _REMOVED_CALCULATION
            yield said.change(place, question.name)
    yield from _repeats(versions.old, versions.removed, kept, _REPEAT_REMOVED)


def added(versions: Versions) -> Iterator[Change]:
    """A question, or a whole repeat, that the old form did not have."""
    kept = {pair.new.repeats for pair in versions.pairs}
    for question in versions.added:
        if not question.repeats or question.repeats in kept:
            place = versions.new.place("survey", question.row.number)
            yield _ADDED.change(place, question.name)
    yield from _repeats(versions.new, versions.added, kept, _REPEAT_ADDED)


def _repeats(
    form: Form, questions: tuple[Question, ...], kept: set[tuple[str, ...]], said: Said
) -> Iterator[Change]:
    """Tell a repeat once, however many questions it has."""
    inside: dict[tuple[str, ...], list[Question]] = {}
    for question in questions:
        if question.repeats and question.repeats not in kept:
            inside.setdefault(question.repeats, []).append(question)
    for repeats, found in inside.items():
        chain = next(each for each in form.containers if repeat_names(each) == repeats)
        place = form.place("survey", form.containers[chain].number)
        yield said.change(place, repeats[-1], count=str(len(found)))


_GONE = Text(
    vi="cột này không nhận câu trả lời mới; nếu bản cũ không do «ishc deploy» đưa lên thì cột mất "
    "khỏi bảng, câu trả lời đã thu chỉ còn trong kho và ở bảng unknown_answers; chỉ số, kiểm tra "
    "hay sổ đăng ký dùng cột này sẽ dừng",
    en="its column gets no new answers; unless “ishc deploy” sent the old version it leaves the "
    "tables, and answers collected before are in the store and the table unknown_answers only; "
    "indicators, checks and registers that use the column stop",
)
_RENAMED = Said(
    "question-renamed",
    "breaking",
    Text(
        vi="câu «{before}» có lẽ đã đổi tên thành «{question}» (đoán theo lời, loại và vị trí)",
        en="“{before}” seems to be called “{question}” now (a guess from label, type and place)",
    ),
    Text(
        vi="cột mới trống với mọi phiếu đã thu, và với phiếu từ điện thoại còn giữ bản cũ: câu trả "
        "lời ở đó mang tên cũ",
        en="the new column is empty for everything collected before, and for phones that still "
        "have the old form: their answers go by the old name",
    ),
    Text(
        vi="hãy ghi «{before}» vào cột former_name của dòng này, hoặc trả lại tên cũ ở cột name",
        en="write “{before}” into this row's column former_name, or the old name into name again",
    ),
)
_FOLLOWED = Said(
    "question-rename-followed",
    "careful",
    Text(
        vi="câu «{before}» nay tên là «{question}» (theo cột former_name)",
        en="“{before}” is called “{question}” now (the column former_name says so)",
    ),
    Text(
        vi="câu trả lời đã thu, và của điện thoại còn giữ bản cũ, vào cùng một cột với tên mới",
        en="answers collected before, and those of phones with the old form, go to the one column "
        "with the new name",
    ),
    Text(
        vi="hãy sửa chỉ số, kiểm tra và mẫu báo cáo còn dùng tên cũ",
        en="mend the indicators, checks and report templates that use the old name",
    ),
)
_REMOVED = Said(
    "question-removed",
    "breaking",
    Text(vi="câu «{question}» không còn", en="question “{question}” is gone"),
    _GONE,
    Text(
        vi="nếu chỉ muốn thôi hỏi, hãy giữ dòng này và ghi relevant là false(): số liệu cũ vẫn còn "
        "trong bảng",
        en="to stop asking it, keep its row and write false() as its relevant: the old answers "
        "then stay in the tables",
    ),
)
_REMOVED_CALCULATION = Said(
    "calculation-removed",
    "breaking",
    Text(vi="phép tính «{question}» không còn", en="calculation “{question}” is gone"),
    _GONE,
    Text(
        vi="hãy giữ dòng này nếu bảng, chỉ số hay kiểm tra nào còn dùng",
        en="keep its row as long as a table, an indicator or a check uses it",
    ),
)
_REPEAT_REMOVED = Said(
    "repeat-removed",
    "breaking",
    Text(
        vi="nhóm lặp «{question}» với {count} câu không còn",
        en="repeat “{question}” with its questions ({count}) is gone",
    ),
    Text(
        vi="bảng của nhóm này không nhận gì mới; nếu bản cũ không do «ishc deploy» đưa lên thì cả "
        "bảng mất, những gì đã thu chỉ còn trong kho và ở bảng unknown_answers",
        en="its table gets nothing new; unless “ishc deploy” sent the old version the whole table "
        "goes, and what was collected is in the store and the table unknown_answers only",
    ),
    Text(
        vi="nếu chỉ muốn thôi hỏi, hãy giữ các dòng này và ghi relevant của nhóm là false()",
        en="to stop asking it, keep its rows and write false() as the relevant of the repeat",
    ),
)
_ADDED = Said(
    "question-added",
    "safe",
    Text(vi="câu mới «{question}»", en="new question “{question}”"),
    Text(
        vi="trống với phiếu đã thu và phiếu từ điện thoại còn giữ bản cũ",
        en="empty for what was collected before and for phones that still have the old form",
    ),
    Text(
        vi="khi tính tỷ lệ, chỉ tính từ ngày có câu này",
        en="count shares only from the day on which it was asked",
    ),
)
_REPEAT_ADDED = Said(
    "repeat-added",
    "safe",
    Text(
        vi="nhóm lặp mới «{question}» với {count} câu",
        en="new repeat “{question}” with its questions ({count})",
    ),
    Text(
        vi="thêm một bảng, chưa có dòng nào từ phiếu đã thu",
        en="one more table, without rows from what was collected before",
    ),
    Text(
        vi="khi tính tỷ lệ, chỉ tính từ ngày có nhóm này",
        en="count shares only from the day on which it was asked",
    ),
)
