"""Questions whose words have changed: a little, a lot, or with those of another question."""

from collections.abc import Iterator

from forms.changes.alike import says_something_else, says_the_same
from forms.changes.change import Change
from forms.changes.pairs import Pair, Versions
from forms.changes.wording import Said, contrast
from programme.problem import Text


def reworded(versions: Versions) -> Iterator[Change]:
    """Other words; the worst is a column of labels that slipped against its names."""
    for pair in versions.pairs:
        before, after = pair.old.column.labels, pair.new.column.labels
        if pair.new.added or says_the_same(before, after):
            continue
        place = versions.new.place("survey", pair.new.row.number, "label")
        was, now = contrast(before, after)
        words = {"before": was, "after": now}
        if not says_something_else(before, after):
            yield _REWORDED.change(place, pair.new.name, **words)
        elif taken := _taken(versions, pair):
            yield _TAKEN.change(place, pair.new.name, other=taken, **words)
        else:
            yield _MEANING.change(place, pair.new.name, **words)


def _taken(versions: Versions, pair: Pair) -> str | None:
    """Name the question that used to have these words and has them no more."""
    after = pair.new.column.labels
    for other in versions.pairs:
        if other is not pair and other.old.repeats == pair.old.repeats:
            had = bool(other.old.column.labels) and says_the_same(other.old.column.labels, after)
            if had and not says_the_same(other.new.column.labels, after):
                return other.old.name
    for gone in versions.removed:
        if gone.column.labels and says_the_same(gone.column.labels, after):
            return gone.name
    return None


_TAKEN = Said(
    "question-took-meaning",
    "breaking",
    Text(
        vi="câu «{question}» nay hỏi điều mà trước đây câu «{other}» hỏi: {after} (trước: "
        "{before})",
        en="“{question}” now asks what “{other}” asked: {after} (it was: {before})",
    ),
    Text(
        vi="có lẽ cột tên và cột lời bị lệch dòng (sắp xếp hoặc chèn ô trong Excel): câu trả lời "
        "mới sẽ nằm sai cột",
        en="names and labels may have slipped against each other (sorted, or a cell inserted, in "
        "Excel): new answers will stand in the wrong columns",
    ),
    Text(
        vi="hãy so từng dòng với bản cũ; mỗi tên phải đi với lời của nó",
        en="compare row by row with the old workbook; each name belongs to its own words",
    ),
)
_MEANING = Said(
    "question-meaning-changed",
    "careful",
    Text(
        vi="lời của câu «{question}» khác nhiều: {after} (trước: {before})",
        en="the words of “{question}” differ a lot: {after} (they were: {before})",
    ),
    Text(
        vi="nếu ý hỏi đã khác, số trước và số sau nằm chung một cột mà không so sánh được",
        en="if it asks something else, one column holds figures that cannot be compared",
    ),
    Text(
        vi="ý hỏi khác thì hãy đặt tên mới và thêm thành câu mới; cùng ý thì cứ để vậy",
        en="if it asks something else, add it as a new question under a new name; if it means the "
        "same, leave it",
    ),
)
_REWORDED = Said(
    "label-changed",
    "safe",
    Text(
        vi="lời của câu «{question}» sửa nhẹ: {after} (trước: {before})",
        en="the words of “{question}” differ a little: {after} (they were: {before})",
    ),
    Text(vi="số liệu không thay đổi", en="the data do not change"),
    Text(vi="không cần làm gì", en="nothing has to be done"),
)
