"""What a phone asks, refuses and computes: the expressions of a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.changes.change import Change
from forms.changes.columns import gone
from forms.changes.expressions import Tokens, only_looser, tokens
from forms.changes.form import Chain, Form
from forms.changes.pairs import Versions
from forms.changes.wording import Said, shortened
from forms.workbook import Row
from programme.problem import Text

_NEVER: tuple[Tokens, ...] = ((), ("no",), ("false",), ("false", "(", ")"))
_ALWAYS: tuple[Tokens, ...] = (("yes",), ("true",), ("true", "(", ")"))


@dataclass(frozen=True, slots=True)
class _Rows:
    """A row in both versions."""

    versions: Versions
    old: Row
    new: Row
    asked: bool  # a person answers it

    def cells(self, column: str) -> tuple[Tokens, Tokens]:
        """Give a cell in both versions, renames of questions set aside."""
        renamed = self.versions.renamed
        return tokens(self.old.get(column), renamed), tokens(self.new.get(column))

    def change(self, said: Said, column: str) -> Change:
        place = self.versions.new.place("survey", self.new.number, column)
        before, after = shortened(self.old.get(column), self.new.get(column))
        return said.change(place, self.new.get("name"), before=before, after=after)


def cells(versions: Versions) -> Iterator[Change]:
    """Compare the expressions of every question, group and repeat that is in both."""
    told = gone(versions)  # of the whole column
    for rows in (*_questions(versions), *_containers(versions)):
        if "required" not in told:
            yield from _required(rows)
        if "constraint" not in told:
            yield from _constraint(rows)
        for column, said in _OTHERS.items():
            before, after = rows.cells(column)
            if before != after and column not in told:
                yield rows.change(said, column)


def _questions(versions: Versions) -> Iterator[_Rows]:
    for pair in versions.pairs:
        if not pair.new.added:
            asked = pair.new.type.role == pair.old.type.role == "question"
            yield _Rows(versions, pair.old.row, pair.new.row, asked)


def _containers(versions: Versions) -> Iterator[_Rows]:
    """Pair groups and repeats by where they stand, else by a name that is there once."""
    new = versions.new.containers
    for chain, row in versions.old.containers.items():
        there = new.get(chain) or _only(versions.new, chain)
        if there and (chain in new or _only(versions.old, chain)):
            yield _Rows(versions, row, there, asked=False)


def _only(form: Form, chain: Chain) -> Row | None:
    found = [row for each, row in form.containers.items() if each[-1].name == chain[-1].name]
    return found[0] if len(found) == 1 else None


def _required(rows: _Rows) -> Iterator[Change]:
    before, after = (_need(each) for each in rows.cells("required"))
    if rows.asked and before != after:
        yield rows.change(_NOT_REQUIRED if after in _NEVER else _REQUIRED, "required")


def _need(cell: Tokens) -> Tokens:
    lower = tuple(each.lower() for each in cell)
    if lower in _NEVER:
        return ()
    return _ALWAYS[0] if lower in _ALWAYS else cell


def _constraint(rows: _Rows) -> Iterator[Change]:
    before, after = rows.cells("constraint")
    if before != after:
        said = _LOOSER if only_looser(before, after) else _TIGHTER
        yield rows.change(said, "constraint")


_EDITS = Text(
    vi="phiếu đã thu vẫn nguyên, nhưng phiếu cũ nào không đúng điều mới thì khi sửa lại trên máy "
    "chủ sẽ không lưu được; phiếu nháp trên điện thoại vẫn theo bản cũ",
    en="what was collected stays, but an old submission that breaks the new rule cannot be saved "
    "when it is edited on the server; drafts on phones follow the old form",
)
_REQUIRED = Said(
    "made-required",
    "careful",
    Text(
        vi="câu «{question}» nay bắt buộc: {after} (trước: {before})",
        en="“{question}” is now required: {after} (it was: {before})",
    ),
    _EDITS,
    Text(
        vi="hãy chắc rằng ai cũng trả lời được, kể cả khi không biết",
        en="make sure that everybody can answer it, also who does not know",
    ),
)
_NOT_REQUIRED = Said(
    "required-dropped",
    "safe",
    Text(vi="câu «{question}» không còn bắt buộc", en="“{question}” is not required any more"),
    Text(
        vi="số liệu đã thu không đổi; từ nay ô có thể trống",
        en="what was collected stays; from now on cells may be empty",
    ),
    Text(
        vi="hãy xem chỉ số có coi ô trống là 0 không",
        en="see whether indicators take an empty cell for 0",
    ),
)
_TIGHTER = Said(
    "constraint-tightened",
    "careful",
    Text(
        vi="điều kiện của câu «{question}» đổi và có thể chặt hơn: {after} (trước: {before})",
        en="the constraint of “{question}” has changed and may be tighter: {after} (it was: "
        "{before})",
    ),
    _EDITS,
    Text(
        vi="hãy chắc rằng điều kiện mới không từ chối câu trả lời đúng, kể cả khi bỏ trống",
        en="make sure that it refuses no right answer, nor an empty one",
    ),
)
_LOOSER = Said(
    "constraint-loosened",
    "safe",
    Text(
        vi="điều kiện của câu «{question}» rộng hơn: {after} (trước: {before})",
        en="the constraint of “{question}” is looser: {after} (it was: {before})",
    ),
    Text(
        vi="số liệu đã thu không đổi; từ nay có thể có giá trị trước đây bị từ chối",
        en="what was collected stays; values refused before may come from now on",
    ),
    Text(vi="không cần làm gì", en="nothing has to be done"),
)
_OTHERS = {
    "relevant": Said(
        "relevant-changed",
        "careful",
        Text(
            vi="«{question}» được hỏi hoặc tính theo điều kiện khác: {after} (trước: {before})",
            en="“{question}” is asked or computed under another condition: {after} (it was: "
            "{before})",
        ),
        Text(
            vi="phiếu đã thu vẫn nguyên, nhưng từ nay nhóm người trả lời khác: tỷ lệ trước và sau "
            "không cùng mẫu số; sửa phiếu cũ trên máy chủ có thể xoá câu trả lời không còn được "
            "hỏi",
            en="what was collected stays, but others answer from now on: shares before and after "
            "have another denominator; editing an old submission on the server may erase answers "
            "that are not asked any more",
        ),
        Text(
            vi="khi so sánh, hãy ghi rõ ngày đổi; xem lại chỉ số dùng câu này",
            en="note the day of the change in comparisons; look at the indicators that use it",
        ),
    ),
    "calculation": Said(
        "calculation-changed",
        "careful",
        Text(
            vi="phép tính «{question}» đổi: {after} (trước: {before})",
            en="calculation “{question}” has changed: {after} (it was: {before})",
        ),
        Text(
            vi="phiếu đã thu giữ kết quả tính theo công thức cũ, không được tính lại; trong một "
            "cột có hai cách tính",
            en="what was collected keeps the result of the old formula and is not computed again; "
            "one column holds both",
        ),
        Text(
            vi="nếu kết quả cũ sai, hãy tính lại từ các câu gốc trong chỉ số; nếu ý đã khác, hãy "
            "đặt tên mới",
            en="if old results are wrong, compute from the questions themselves in the indicator; "
            "if it means something else, give it a new name",
        ),
    ),
    "choice_filter": Said(
        "choice-filter-changed",
        "careful",
        Text(
            vi="câu «{question}» lọc lựa chọn khác trước: {after} (trước: {before})",
            en="“{question}” filters its choices in another way: {after} (it was: {before})",
        ),
        Text(
            vi="phiếu đã thu vẫn nguyên; từ nay người điền thấy các lựa chọn khác",
            en="what was collected stays; other choices are offered from now on",
        ),
        Text(
            vi="hãy điền thử: mọi lựa chọn cần có vẫn phải hiện ra",
            en="fill it once: every choice that is needed has to show",
        ),
    ),
    "default": Said(
        "default-changed",
        "careful",
        Text(
            vi="câu «{question}» có giá trị điền sẵn khác: {after} (trước: {before})",
            en="“{question}” is prefilled with something else: {after} (it was: {before})",
        ),
        Text(
            vi="phiếu đã thu vẫn nguyên; nhiều người để nguyên giá trị điền sẵn, nên số mới có thể "
            "nghiêng theo nó",
            en="what was collected stays; many people leave what is prefilled, so new figures may "
            "lean towards it",
        ),
        Text(
            vi="chỉ điền sẵn khi đó là câu trả lời thường gặp nhất",
            en="prefill only what is nearly always right",
        ),
    ),
    "repeat_count": Said(
        "repeat-count-changed",
        "careful",
        Text(
            vi="số lần lặp của «{question}» đổi: {after} (trước: {before})",
            en="the number of rows of “{question}” has changed: {after} (it was: {before})",
        ),
        Text(
            vi="phiếu đã thu vẫn nguyên; sửa phiếu cũ trên máy chủ có thể thêm hoặc bớt dòng",
            en="what was collected stays; editing an old submission on the server may add or take "
            "away rows",
        ),
        Text(
            vi="hãy điền thử với không, một và nhiều dòng",
            en="fill it with none, one and many rows",
        ),
    ),
}
