"""Vietnamese for what pyxform says most often; the rest is quoted as it is."""

import re

from programme.problem import Text

WHAT_TO_DO = Text(
    vi="hãy sửa ô đó trong tệp Excel, lưu lại rồi chạy lại lệnh này",
    en="mend that cell in the workbook, save it and run this again",
)
WHAT_TO_CONSIDER = Text(
    vi="biểu mẫu vẫn dùng được; nên xem lại ô đó",
    en="the form works; have a look at that cell",
)

_BY_CODE = {
    "HEADER_001": "có cột không đúng tên, hoặc thiếu dòng tiêu đề",
    "HEADER_002": "hai cột khác tên nhưng cùng một nghĩa",
    "HEADER_003": "thiếu cột bắt buộc",
    "HEADER_004": "tên cột trong trang choices bị trống hoặc có dấu cách",
    "LABEL_001": "một lựa chọn chưa có nhãn",
    "NAMES_001": "hai câu hỏi trong cùng một nhóm trùng tên",
    "NAMES_002": "hai tên chỉ khác nhau chữ hoa, chữ thường",
    "NAMES_003": "tên nhóm lặp trùng tên gốc của biểu mẫu",
    "NAMES_004": "hai nhóm lặp trùng tên",
    "NAMES_005": "tên «meta» đã dành riêng",
    "NAMES_006": "một lựa chọn chưa có tên",
    "NAMES_007": "hai lựa chọn trong một danh sách trùng tên",
    "NAMES_008": "tên có ký tự không được phép (chỉ dùng chữ, số, gạch dưới)",
    "NAMES_009": "tên có ký tự không được phép (chỉ dùng chữ, số, gạch dưới)",
    "NAMES_013": "có trang tính tên gần giống tên cần tìm",
    "PYREF_001": "tham chiếu viết sai; phải là ${tên_câu_hỏi}",
    "PYREF_002": "danh sách tham chiếu thiếu dấu phẩy",
    "PYREF_003": "tham chiếu tới câu hỏi không có",
    "PYREF_004": "tham chiếu tới tên dùng nhiều lần",
    "SURVEY_001": "có nhóm kết thúc mà chưa mở",
    "SURVEY_002": "có nhóm mở mà chưa kết thúc",
}
_BY_WORDS = (
    (re.compile(r"List name not in choices sheet: (.+)"), "trang choices không có danh sách «{}»"),
    (re.compile(r"Unknown question type '(.+?)'"), "không có loại câu hỏi «{}»"),
    (re.compile(r"Question with no type"), "câu hỏi thiếu loại"),
    (re.compile(r"Missing calculation"), "câu tính toán chưa có công thức"),
    (re.compile(r"(?:Question or group|group or question) with no name", re.I), "thiếu tên"),
    (
        re.compile(r"Language '(.+?)' is missing the (\w+) (.+?) columns?\."),
        "ngôn ngữ «{}» trên trang {} thiếu cột {}",
    ),
    (
        re.compile(r"valid machine-readable codes: (.+?)\. "),
        "tên ngôn ngữ thiếu mã, ví dụ (vi), (en): {}",
    ),
    (re.compile(r"max-pixels"), "ảnh chưa đặt max-pixels nên gửi lâu và tốn bộ nhớ"),
)


def in_vietnamese(code: str, text: str) -> str:
    """Say a message of pyxform in Vietnamese, with the original for what is not known."""
    if code in _BY_CODE:
        return f"{_BY_CODE[code]} (pyxform: {text})"
    for pattern, words in _BY_WORDS:
        if found := pattern.search(text):
            return words.format(*found.groups())
    return f"pyxform báo: {text}"
