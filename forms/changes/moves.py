"""Questions that stand in other groups or repeats than before.

A submission keeps each answer under its path. Tables know a question by its name, so another
group changes nothing; another repeat is another table.
"""

from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.form import Chain, Container, Form, repeat_names
from forms.changes.pairs import Pair, Versions
from forms.changes.wording import Said
from forms.former import former_names
from programme.problem import Text

Step = tuple[Chain, Chain]  # what differs between two chains, without what both share


def moved(versions: Versions) -> Iterator[Change]:
    """What moved: told once for a whole group or repeat, else question by question."""
    told: set[tuple[str, Step]] = set()
    for pair in versions.pairs:
        if pair.old.chain == pair.new.chain or pair.new.added:
            continue
        step = _step(pair.old.chain, pair.new.chain)
        said = _of_container(versions, step)
        if said is None:
            yield _question(versions, pair)
        elif (said.code, step) not in told:
            told.add((said.code, step))
            yield _container(versions, pair, step, said)


def recalled(versions: Versions) -> Iterator[Change]:
    """A column with another name: two questions share theirs, or do so no more."""
    for pair in versions.pairs:
        before, after = pair.old.column.name, pair.new.column.name
        if before != after and pair.old.name == pair.new.name:
            place = versions.new.place("survey", pair.new.row.number, "name")
            yield _RECALLED.change(place, pair.new.name, before=before, after=after)


def _step(old: Chain, new: Chain) -> Step:
    """Cut what both chains share, outside and inside."""
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def _of_container(versions: Versions, step: Step) -> Said | None:
    """Tell what became of one group or repeat, None when it is not that simple."""
    if len(step[0]) != 1 or len(step[1]) != 1:
        return None
    before, after = step[0][0], step[1][0]
    if before.name == after.name:
        return _TO_REPEAT if after.repeats else _TO_GROUP
    gone = not _has(versions.new, before) and not _has(versions.old, after)
    if before.repeats != after.repeats or not gone:
        return None
    if not after.repeats:
        return _GROUP_RENAMED
    return _REPEAT_FOLLOWED if _declared(versions.new, before, after) else _REPEAT_RENAMED


def _declared(form: Form, before: Container, after: Container) -> bool:
    """Tell whether a repeat's row says that it had the other name."""
    return any(
        chain[-1] == after and before.name in former_names(row)
        for chain, row in form.containers.items()
    )


def _has(form: Form, container: Container) -> bool:
    return any(chain[-1] == container for chain in form.containers)


def _container(versions: Versions, pair: Pair, step: Step, said: Said) -> Change:
    before, after = step[0][0], step[1][0]
    chain = pair.new.chain[: pair.new.chain.index(after) + 1]
    inside = [
        each
        for each in versions.pairs
        if each.old.chain != each.new.chain and _step(each.old.chain, each.new.chain) == step
    ]
    place = versions.new.place("survey", versions.new.containers[chain].number)
    return said.change(place, after.name, before=before.name, count=str(len(inside)))


def _question(versions: Versions, pair: Pair) -> Change:
    before, after = repeat_names(pair.old.chain), repeat_names(pair.new.chain)
    said = _MOVED
    if before != after:
        said = _INTO_REPEAT if not before else _OUT_OF_REPEAT if not after else _OTHER_REPEAT
    return said.change(
        versions.new.place("survey", pair.new.row.number),
        pair.new.name,
        before=_named(pair.old.chain),
        after=_named(pair.new.chain),
    )


def _named(chain: Chain) -> Text:
    if not chain:
        return Text(vi="ngoài mọi nhóm", en="outside all groups")
    path = "/".join(each.name for each in chain)
    return Text(vi=f"«{path}»", en=f"“{path}”")


_SAME_COLUMN = Text(
    vi="số liệu không thay đổi: câu trả lời được nhận theo tên câu, dù phiếu đã thu giữ nó ở nhóm "
    "cũ",
    en="the data do not change: answers are known by the name of their question, although what was "
    "collected before keeps them in the old group",
)
_NOTHING = Text(vi="không cần làm gì", en="nothing has to be done")
_OTHER_TABLE = Text(
    vi="câu trả lời chuyển sang một bảng khác: với phiếu đã thu, và phiếu từ điện thoại còn giữ "
    "bản cũ, bảng mới trống; câu trả lời ở đó nằm trong cột cũ nếu bản cũ do «ishc deploy» đưa "
    "lên, nếu không thì ở bảng unknown_answers",
    en="its answers go to another table: for what was collected before, and for phones that still "
    "have the old form, the new table is empty; their answers are in the old column if “ishc "
    "deploy” sent the old version, else in the table unknown_answers",
)
_PUT_BACK = Text(
    vi="hãy đưa câu về {before}; thứ tự trong nhóm thì đổi tự do",
    en="put it back: {before}; its order within the group is free",
)

_MOVED = Said(
    "question-moved",
    "safe",
    Text(
        vi="câu «{question}» chuyển chỗ: trước {before}, nay {after}",
        en="question “{question}” has moved: it was {before}, and is now {after}",
    ),
    _SAME_COLUMN,
    _NOTHING,
)
_RECALLED = Said(
    "column-renamed",
    "breaking",
    Text(
        vi="cột của câu «{question}» trước tên là «{before}», nay là «{after}»",
        en="the column of “{question}” was called “{before}”, and is now “{after}”",
    ),
    Text(
        vi="khi hai câu trong một bảng cùng tên, tên cột có thêm tên nhóm: chỉ số, kiểm tra và mẫu "
        "báo cáo dùng tên cũ sẽ dừng hoặc hiểu thành câu khác",
        en="where two questions of a table share a name, columns are called by their groups too: "
        "indicators, checks and templates that use the old name stop or mean the other question",
    ),
    Text(
        vi="hãy đặt cho câu mới một tên chưa dùng",
        en="give the new question a name that is not in use",
    ),
)
_GROUP_RENAMED = Said(
    "group-renamed",
    "safe",
    Text(
        vi="nhóm «{before}» ({count} câu) nay tên là «{question}»",
        en="group “{before}” (questions: {count}) is now called “{question}”",
    ),
    _SAME_COLUMN,
    _NOTHING,
)
_REPEAT_FOLLOWED = Said(
    "repeat-rename-followed",
    "careful",
    Text(
        vi="nhóm lặp «{before}» ({count} câu) nay tên là «{question}» (theo cột former_name)",
        en="repeat “{before}” (questions: {count}) is called “{question}” now (the column "
        "former_name says so)",
    ),
    Text(
        vi="những gì đã thu nằm trong bảng mang tên mới",
        en="what was collected before is in the table with the new name",
    ),
    Text(
        vi="hãy sửa chỉ số, kiểm tra và mẫu báo cáo còn dùng tên bảng cũ",
        en="mend the indicators, checks and report templates that use the old table's name",
    ),
)
_REPEAT_RENAMED = Said(
    "repeat-renamed",
    "breaking",
    Text(
        vi="nhóm lặp «{before}» ({count} câu) nay tên là «{question}»",
        en="repeat “{before}” (questions: {count}) is now called “{question}”",
    ),
    Text(
        vi="bảng của nhóm đổi tên và trống với mọi phiếu đã thu, và với phiếu từ điện thoại còn "
        "giữ bản cũ",
        en="its table has another name, and is empty for everything collected before and for "
        "phones that still have the old form",
    ),
    Text(
        vi="hãy ghi «{before}» vào cột former_name của dòng begin_repeat, hoặc trả lại tên cũ",
        en="write “{before}” into the column former_name of its begin_repeat, or restore the name",
    ),
)
_TO_REPEAT = Said(
    "group-to-repeat",
    "breaking",
    Text(
        vi="nhóm «{question}» ({count} câu) nay là nhóm lặp",
        en="group “{question}” (questions: {count}) is now a repeat",
    ),
    _OTHER_TABLE,
    Text(
        vi="hãy để «{question}» là nhóm như cũ, và thêm nhóm lặp mới với tên khác",
        en="leave “{question}” the group that it was, and add a new repeat under another name",
    ),
)
_TO_GROUP = Said(
    "repeat-to-group",
    "breaking",
    Text(
        vi="nhóm lặp «{question}» ({count} câu) nay là nhóm thường",
        en="repeat “{question}” (questions: {count}) is now a group",
    ),
    _OTHER_TABLE,
    Text(
        vi="hãy để «{question}» là nhóm lặp như cũ, và thêm nhóm mới với tên khác",
        en="leave “{question}” the repeat that it was, and add a new group under another name",
    ),
)
_INTO_REPEAT = Said(
    "question-into-repeat",
    "breaking",
    Text(
        vi="câu «{question}» chuyển vào nhóm lặp: trước {before}, nay {after}",
        en="question “{question}” has moved into a repeat: it was {before}, and is now {after}",
    ),
    _OTHER_TABLE,
    _PUT_BACK,
)
_OUT_OF_REPEAT = Said(
    "question-out-of-repeat",
    "breaking",
    Text(
        vi="câu «{question}» ra khỏi nhóm lặp: trước {before}, nay {after}",
        en="question “{question}” has left its repeat: it was {before}, and is now {after}",
    ),
    _OTHER_TABLE,
    _PUT_BACK,
)
_OTHER_REPEAT = Said(
    "question-other-repeat",
    "breaking",
    Text(
        vi="câu «{question}» chuyển sang nhóm lặp khác: trước {before}, nay {after}",
        en="question “{question}” has moved to another repeat: it was {before}, and is now {after}",
    ),
    _OTHER_TABLE,
    _PUT_BACK,
)
