"""What people write themselves: kept for each area and period, and never overwritten."""

from programme.problem import Text
from programme.word.text_field import TextField
from reports.content.data import ReportData
from reports.render import Block

WRITE = Text(vi="(ghi nội dung tại đây)", en="(write here)")
# section → what Word shows on the field, lines of the empty field
SECTIONS: dict[str, tuple[Text, int]] = {
    "steering": (Text(vi="Công tác chỉ đạo, triển khai", en="Steering and organisation"), 2),
    "training": (Text(vi="Tập huấn", en="Training"), 1),
    "communication": (Text(vi="Truyền thông, nhân rộng", en="Communication"), 1),
    "rewards": (Text(vi="Khen thưởng", en="Rewards"), 1),
    "advantages": (Text(vi="Ưu điểm, thuận lợi", en="What went well"), 2),
    "limits": (Text(vi="Hạn chế, khó khăn", en="Limits and difficulties"), 2),
    "causes": (Text(vi="Nguyên nhân", en="Causes"), 2),
    "lessons": (Text(vi="Bài học kinh nghiệm", en="Lessons"), 2),
    "plan": (Text(vi="Phương hướng, nhiệm vụ", en="Tasks ahead"), 2),
    "proposals": (Text(vi="Kiến nghị, đề xuất", en="Proposals"), 2),
    "relevance": (Text(vi="Nhận xét về tính phù hợp", en="On relevance"), 2),
    "coherence": (Text(vi="Nhận xét về tính gắn kết", en="On coherence"), 2),
    "effectiveness": (Text(vi="Nhận xét về tính hiệu quả", en="On effectiveness"), 2),
    "efficiency": (Text(vi="Nhận xét về hiệu suất", en="On efficiency"), 2),
    "impact": (Text(vi="Nhận xét về tác động", en="On impact"), 2),
    "sustainability": (Text(vi="Nhận xét về tính bền vững", en="On sustainability"), 2),
    "opinion": (Text(vi="Ý kiến của Ban Chủ nhiệm", en="What the board says"), 1),
}


def field(data: ReportData, section: str) -> list[Block]:
    """Give the field of a section with what was written in it before."""
    label, lines = SECTIONS[section]
    known = tuple(data.texts.get(section, ()))
    return [TextField(section, data.words(label), known, data.words(WRITE), lines)]
