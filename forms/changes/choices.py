"""Choices of the workbook's own lists: gone, new, under another name, with another meaning."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from forms.changes.alike import likeness, says_something_else, says_the_same, sense
from forms.changes.change import Change
from forms.changes.pairs import Versions
from forms.changes.wording import Said, contrast, listed, quoted
from programme.problem import Text

SAME_LABEL = 85.0  # of 100, for a guess that a choice has another name
GUESSES = 40_000  # pairs of choices looked at: more would take minutes
Choices = Mapping[str, Mapping[str, str]]  # labels by choice and language


@dataclass(frozen=True, slots=True)
class _Lists:
    """A list that questions of both versions use; its name may differ."""

    versions: Versions
    old_name: str
    new_name: str
    questions: tuple[str, ...]

    @property
    def old(self) -> Choices:
        return self.versions.old.schema.choices.get(self.old_name, {})

    @property
    def new(self) -> Choices:
        return self.versions.new.schema.choices.get(self.new_name, {})

    def change(self, said: Said, choice: str, *, gone: bool = False, **words: str | Text) -> Change:
        form, name = (
            (self.versions.old, self.old_name) if gone else (self.versions.new, self.new_name)
        )
        place = form.place("choices", form.choice_rows.get((name, choice)))
        question = self.questions[0] if len(self.questions) == 1 else None
        change = said.change(
            place, question, choice=choice, list=name, used=listed(self.questions), **words
        )
        return replace(change, choice=choice)


def choices(versions: Versions) -> Iterator[Change]:
    """Compare each list that collected answers may be of, once."""
    for each in _used(versions):
        followed = _declared(each)
        for before, after in followed.items():
            yield each.change(_FOLLOWED, after, before=before)
        yield from _gone_and_new(each, followed, _renamed(each, followed))
        yield from _reworded(each)


def _used(versions: Versions) -> Iterator[_Lists]:
    questions: dict[tuple[str, str], list[str]] = {}
    for pair in versions.pairs:
        old, new = pair.old.column.list_name, pair.new.column.list_name
        if old and new:
            questions.setdefault((old, new), []).append(pair.new.name)
    for (old, new), names in questions.items():
        yield _Lists(versions, old, new, tuple(names))


def _declared(lists: _Lists) -> dict[str, str]:
    """Give the new name of choices by the old one, as the column ``former_name`` says."""
    former = lists.versions.new.schema.former_choices.get(lists.new_name, {})
    return {name: former[name] for name in lists.old if name in former}


def _renamed(lists: _Lists, followed: Mapping[str, str]) -> dict[str, str]:
    """Guess the new name of choices that are gone: by the same label, else by one very like it."""
    old, new = lists.old, lists.new
    gone = [name for name in old if name not in new and old[name] and name not in followed]
    come = [name for name in new if name not in old and new[name]]
    come = [name for name in come if name not in followed.values()]
    found: dict[str, str] = {}
    known = _by_sense(lists.new, come)
    for name in gone:
        if others := known.get(sense(lists.old[name])):
            found[name] = others.pop(0)
    gone = [name for name in gone if name not in found]
    come = [name for name in come if name not in found.values()]
    if len(gone) * len(come) <= GUESSES:
        found |= _guessed(lists, gone, come)
    return found


def _guessed(lists: _Lists, gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in gone:
        for other in come:
            labels = lists.old[name], lists.new[other]
            alike = (likeness(*labels) or 0) >= SAME_LABEL and not says_something_else(*labels)
            if alike and other not in found.values():
                found[name] = other
                break
    return found


def _by_sense(choices: Choices, names: Iterable[str]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for name in names:
        found.setdefault(sense(choices[name]), []).append(name)
    return found


def _gone_and_new(
    lists: _Lists, followed: Mapping[str, str], renamed: Mapping[str, str]
) -> Iterator[Change]:
    for name in lists.old:
        if name in followed:
            continue
        if name in renamed:
            yield lists.change(_RENAMED, renamed[name], before=name)
        elif name not in lists.new:
            yield lists.change(_REMOVED, name, gone=True, label=quoted(lists.old[name]))
    for name in lists.new:
        if name not in (*lists.old, *followed.values(), *renamed.values()):
            yield lists.change(_ADDED, name, label=quoted(lists.new[name]))


def _reworded(lists: _Lists) -> Iterator[Change]:
    known = _by_sense(lists.old, lists.old)
    for name, before in lists.old.items():
        after = lists.new.get(name)
        if after is None or says_the_same(before, after):
            continue
        said, other = _LABEL, None
        if says_something_else(before, after):
            other = _taken(lists, name, known)
            said = _TAKEN if other else _MEANING
        was, now = contrast(before, after)
        yield lists.change(said, name, other=other or "", before=was, after=now)


def _taken(lists: _Lists, choice: str, known: Mapping[object, Sequence[str]]) -> str | None:
    """Name the choice that used to have these words and has them no more."""
    after = sense(lists.new[choice])
    for other in known.get(after, ()):
        if other != choice and sense(lists.new.get(other, {})) != after:
            return other
    return None


_REMOVED = Said(
    "choice-removed",
    "breaking",
    Text(
        vi="lựa chọn «{choice}» {label} của danh sách «{list}» không còn (câu {used})",
        en="choice “{choice}” {label} of the list “{list}” is gone (used by {used})",
    ),
    Text(
        vi="phiếu đã thu, và phiếu từ điện thoại còn giữ bản cũ, có thể chứa mã này: mã vẫn nằm "
        "trong bảng nhưng không còn lời, và không được đếm vào lựa chọn nào",
        en="what was collected before, and phones that still have the old form, may hold it: the "
        "code stays in the tables without words, and counts for no choice",
    ),
    Text(
        vi="hãy giữ dòng này trên trang choices và ẩn nó bằng choice_filter, hoặc xem lại các chỉ "
        "số đếm theo lựa chọn",
        en="keep its row on the sheet choices and hide it by a choice_filter, or look at the "
        "indicators that count by choice",
    ),
)
_RENAMED = Said(
    "choice-renamed",
    "breaking",
    Text(
        vi="lựa chọn «{before}» của danh sách «{list}» có lẽ đã đổi mã thành «{choice}» (đoán theo "
        "lời; câu {used})",
        en="choice “{before}” of the list “{list}” seems to be called “{choice}” now (a guess from "
        "its label; used by {used})",
    ),
    Text(
        vi="phiếu đã thu giữ mã cũ, phiếu mới mang mã mới: cùng một lựa chọn bị đếm thành hai",
        en="what was collected before keeps the old code, new answers have the new one: one choice "
        "is counted as two",
    ),
    Text(
        vi="hãy ghi «{before}» vào cột former_name của lựa chọn này, hoặc trả lại mã cũ ở cột name",
        en="write “{before}” into this choice's column former_name, or the old code into name "
        "again",
    ),
)
_FOLLOWED = Said(
    "choice-rename-followed",
    "careful",
    Text(
        vi="lựa chọn «{before}» của danh sách «{list}» nay có mã «{choice}» (theo cột former_name; "
        "câu {used})",
        en="choice “{before}” of the list “{list}” is called “{choice}” now (the column "
        "former_name says so; used by {used})",
    ),
    Text(
        vi="trong bảng, câu trả lời đã thu cũng mang mã mới",
        en="in tables, answers collected before have the new code too",
    ),
    Text(
        vi="hãy sửa chỉ số, kiểm tra và mẫu báo cáo còn dùng mã cũ",
        en="mend the indicators, checks and report templates that use the old code",
    ),
)
_TAKEN = Said(
    "choice-took-meaning",
    "breaking",
    Text(
        vi="mã «{choice}» của danh sách «{list}» nay mang lời của mã «{other}»: {after} (trước: "
        "{before}; câu {used})",
        en="code “{choice}” of the list “{list}” now has the words of “{other}”: {after} (they "
        "were: {before}; used by {used})",
    ),
    Text(
        vi="có lẽ cột mã và cột lời bị lệch dòng: mọi câu trả lời đã thu sẽ hiểu thành lựa chọn "
        "khác",
        en="codes and labels may have slipped against each other: every answer collected before "
        "would be read as another choice",
    ),
    Text(
        vi="hãy so từng dòng với bản cũ; mỗi mã phải đi với lời của nó",
        en="compare row by row with the old workbook; each code belongs to its own words",
    ),
)
_MEANING = Said(
    "choice-meaning-changed",
    "careful",
    Text(
        vi="lời của lựa chọn «{choice}» trong «{list}» khác nhiều: {after} (trước: {before}; câu "
        "{used})",
        en="the words of choice “{choice}” in “{list}” differ a lot: {after} (they were: {before}; "
        "used by {used})",
    ),
    Text(
        vi="câu trả lời đã thu được hiểu theo lời mới",
        en="answers collected before are read by the new words",
    ),
    Text(
        vi="ý đã khác thì hãy trả lại lời cũ và thêm lựa chọn với mã mới; cùng ý thì cứ để vậy",
        en="if it means something else, restore the words and add a choice with a new code; if it "
        "means the same, leave it",
    ),
)
_ADDED = Said(
    "choice-added",
    "safe",
    Text(
        vi="lựa chọn mới «{choice}» {label} trong «{list}» (câu {used})",
        en="new choice “{choice}” {label} in “{list}” (used by {used})",
    ),
    Text(
        vi="phiếu đã thu không thể có lựa chọn này",
        en="what was collected before cannot have it",
    ),
    Text(
        vi="khi so sánh, chỉ tính từ ngày có lựa chọn này",
        en="compare only from the day on which it was offered",
    ),
)
_LABEL = Said(
    "choice-label-changed",
    "safe",
    Text(
        vi="lời của lựa chọn «{choice}» trong «{list}» sửa nhẹ: {after} (trước: {before})",
        en="the words of choice “{choice}” in “{list}” differ a little: {after} (they were: "
        "{before})",
    ),
    Text(vi="số liệu không thay đổi", en="the data do not change"),
    Text(vi="không cần làm gì", en="nothing has to be done"),
)
