"""Who may see the answers: a class that is lowered shows what was collected under the old one."""

from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.pairs import Pair, Versions
from forms.changes.wording import Said
from forms.classes import METADATA_CLASSES, DataClass, data_class
from programme.problem import Text

_ORDER: tuple[DataClass, ...] = ("plain", "sensitive", "personal")
_WORDS: dict[DataClass, Text] = {
    "plain": Text(vi="thường (plain)", en="plain"),
    "sensitive": Text(vi="nhạy cảm (sensitive)", en="sensitive"),
    "personal": Text(vi="cá nhân (personal)", en="personal"),
}


def reclassed(versions: Versions) -> Iterator[Change]:
    """Another class; what nobody classified on either side is left out."""
    for pair in versions.pairs:
        if pair.new.added or not _written(pair):
            continue
        before, after = pair.old.column.data_class, pair.new.column.data_class
        if before != after:
            said = _LOWERED
            if _ORDER.index(after) > _ORDER.index(before):
                said = _HIDDEN if after == "personal" else _RAISED
            place = versions.new.place("survey", pair.new.row.number, "class")
            yield said.change(place, pair.new.name, before=_WORDS[before], after=_WORDS[after])


def unmasked(versions: Versions) -> Iterator[Change]:
    """Codes of people that stood as pseudonyms and would stand as they are."""
    for pair in versions.pairs:
        lost = pair.old.column.person_key and not pair.new.column.person_key
        if lost and pair.new.column.data_class != "personal":
            place = versions.new.place("survey", pair.new.row.number, "type")
            yield _UNMASKED.change(place, pair.new.name, file=pair.old.column.list_file or "")


def _written(pair: Pair) -> bool:
    return all(
        data_class(each.row.get("class")) or each.type.name in METADATA_CLASSES
        for each in (pair.old, pair.new)
    )


_LOWERED = Said(
    "class-lowered",
    "breaking",
    Text(
        vi="lớp bảo vệ của câu «{question}» hạ xuống: trước {before}, nay {after}",
        en="question “{question}” is less protected: its class was {before}, and is now {after}",
    ),
    Text(
        vi="câu trả lời đã thu cũng hiện theo lớp mới, cho cả những người trước đây không được xem",
        en="answers collected before show by the new class as well, to people who could not see "
        "them",
    ),
    Text(
        vi="hãy ghi lại lớp {before}; chỉ hạ khi người cho thông tin đã đồng ý",
        en="write the class {before} again; lower it only if those who answered agreed to that",
    ),
)
_UNMASKED = Said(
    "pseudonym-lost",
    "breaking",
    Text(
        vi="câu «{question}» không còn chọn người từ {file}",
        en="“{question}” no longer picks people from {file}",
    ),
    Text(
        vi="mã người đã thu trước đây được thay bằng bí danh; nay hiện nguyên trong bảng số liệu",
        en="codes of people collected before stood as pseudonyms; now the tables show them as "
        "they are",
    ),
    Text(
        vi="hãy để câu chọn từ {file} như cũ, hoặc ghi lớp personal",
        en="let it pick from {file} as before, or make its class personal",
    ),
)
_HIDDEN = Said(
    "class-hides",
    "careful",
    Text(
        vi="câu «{question}» nay thuộc lớp cá nhân (trước {before})",
        en="question “{question}” is now personal (it was {before})",
    ),
    Text(
        vi="cột rời khỏi thư mục tables, chỉ còn trong identified: chỉ số và kiểm tra dùng cột này "
        "sẽ dừng; bản đã xuất trước đó vẫn còn cột này",
        en="the column leaves the folder tables and stays in identified only: indicators and "
        "checks that use it stop; what was exported before still has it",
    ),
    Text(
        vi="hãy xem lại chỉ số và kiểm tra dùng câu này, và thu hồi các bản đã xuất",
        en="look at the indicators and checks that use it, and take back what was exported",
    ),
)
_RAISED = Said(
    "class-raised",
    "safe",
    Text(
        vi="câu «{question}» được bảo vệ hơn: trước {before}, nay {after}",
        en="question “{question}” is better protected: it was {before}, and is now {after}",
    ),
    Text(vi="số liệu đã thu vẫn đủ", en="what was collected stays complete"),
    Text(vi="không cần làm gì", en="nothing has to be done"),
)
