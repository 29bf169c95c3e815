"""Words of the codebook: types of answers, classes, heads."""

from collections.abc import Mapping

from forms.classes import DataClass
from forms.kind_words import KIND_WORDS
from forms.questions import Kind, QuestionType
from programme.problem import Text

CLASSES: Mapping[DataClass, Text] = {
    "plain": Text(vi="thường", en="plain"),
    "personal": Text(vi="cá nhân", en="personal"),
    "sensitive": Text(vi="nhạy cảm", en="sensitive"),
}
TITLE = Text(vi="SỔ MÃ BIỂU MẪU", en="CODEBOOK OF THE FORMS")
CONTENTS = Text(vi="Mục lục", en="Contents")
QUESTIONS = Text(vi="Câu hỏi", en="Questions")
BEHIND = Text(vi="Giá trị điện thoại tự ghi, tự tính", en="What the phone records and computes")
CHOICES = Text(vi="Danh sách lựa chọn", en="Lists of choices")
REQUIRED = Text(vi="bắt buộc", en="required")
READ_THIS = (
    Text(
        vi="Mỗi dòng là một câu hỏi của biểu mẫu. Số thứ tự như trên bản giấy; mã là tên trong "
        "bảng tính và trong số liệu.",
        en="Each row is a question of a form. The number is that of the paper version; the name is "
        "the one in the workbook and in the data.",
    ),
    Text(
        vi="Loại dữ liệu: thường; cá nhân (tên, ngày sinh, điện thoại…: chỉ có trong bảng có tên, "
        "thư mục data/identified); nhạy cảm (Luật 91/2025/QH15: sức khỏe, dân tộc, khoản vay…).",
        en="Classes: plain; personal (names, births, phones …: in data/identified only); sensitive "
        "(Law 91/2025/QH15: health, ethnicity, loans …).",
    ),
    Text(
        vi="Bảng và cột là nơi câu trả lời nằm sau ishc reconcile; «từ bản» là phiên bản đầu tiên "
        "có câu hỏi, trong các phiên bản đã triển khai từ máy này.",
        en="Table and column are where the answers lie after ishc reconcile; “since” is the first "
        "version that asked it, of those that were deployed from here.",
    ),
)
HEADS: Mapping[str, Text] = {
    "number": Text(vi="Số", en="No."),
    "what": Text(vi="Dòng", en="Row"),
    "name": Text(vi="Mã", en="Name"),
    "label_vi": Text(vi="Câu hỏi (tiếng Việt)", en="Question (Vietnamese)"),
    "label_en": Text(vi="Câu hỏi (tiếng Anh)", en="Question (English)"),
    "question": Text(vi="Câu hỏi", en="Question"),
    "kind": Text(vi="Kiểu trả lời", en="Type of answer"),
    "list": Text(vi="Danh sách", en="List"),
    "required": Text(vi="Bắt buộc", en="Required"),
    "rules": Text(vi="Khi nào hỏi, giới hạn", en="When asked, limits"),
    "only_if": Text(vi="Khi nào hỏi", en="When asked"),
    "limits": Text(vi="Giới hạn", en="Limits"),
    "class": Text(vi="Loại dữ liệu", en="Class"),
    "place": Text(vi="Bảng, cột", en="Table, column"),
    "table": Text(vi="Bảng", en="Table"),
    "columns": Text(vi="Cột", en="Column"),
    "since": Text(vi="Từ bản", en="Since"),
    "relevant": Text(vi="relevant", en="relevant"),
    "constraint": Text(vi="constraint", en="constraint"),
    "calculation": Text(vi="calculation", en="calculation"),
    "formula": Text(vi="Công thức", en="Formula"),
    "choice": Text(vi="Giá trị", en="Value"),
    "form": Text(vi="Biểu mẫu", en="Form"),
    "choice_vi": Text(vi="Nghĩa (tiếng Việt)", en="Meaning (Vietnamese)"),
    "choice_en": Text(vi="Nghĩa (tiếng Anh)", en="Meaning (English)"),
}
WHAT = {
    "group": Text(vi="nhóm", en="group"),
    "repeat": Text(vi="nhóm lặp lại", en="repeat"),
    "question": Text(vi="câu hỏi", en="question"),
    "note": Text(vi="lời dẫn", en="note"),
    "computed": Text(vi="tự tính", en="computed"),
    "metadata": Text(vi="tự ghi", en="recorded"),
}
_MONEY = Text(vi="nghìn đồng, số liệu ghi bằng đồng", en="typed in 1,000 VND, kept in VND")


def kind_words(kind: QuestionType, value: Kind, unit: str | None) -> Text:
    """Say what an answer is.

    Args:
        kind: the type cell, read.
        value: the kind of value that is kept.
        unit: as in the workbook.
    """
    if kind.name == "rank":
        return Text(vi="xếp thứ tự", en="ranking")
    if kind.name in ("acknowledge", "trigger"):
        return Text(vi="xác nhận", en="confirmation")
    words = KIND_WORDS[value]
    if unit == "thousand_vnd":
        return Text(vi=f"{words.vi} ({_MONEY.vi})", en=f"{words.en} ({_MONEY.en})")
    return words
