"""What stands in place of a figure that the public version does not show."""

from programme.problem import Text
from reports.privacy_cells import Hidden

_WORDS = {
    Hidden.SMALL: Text(vi="dưới 5", en="<5"),
    Hidden.SECOND: Text(vi="(ẩn)", en="(hidden)"),
}
EXPLAINED = Text(
    vi="“dưới 5”: từ 1 đến 4 người; “(ẩn)”: không công bố vì từ đó tính ra được số dưới 5",
    en="“<5”: 1 to 4 people; “(hidden)”: not published because a number below 5 could be "
    "reckoned from it",
)
FOR_WHOM = Text(
    vi="Bản nội bộ: có số liệu về từng nhóm ít người, chỉ gửi cho những nơi nhận ghi trong báo "
    "cáo; không đăng, không chuyển tiếp.",
    en="Internal version: it holds figures on small groups of people and is only for the "
    "recipients named in it; it is not to be published or passed on.",
)
FOR_EVERYBODY = Text(
    vi="Bản công khai: số người thuộc nhóm cần bảo vệ (hoàn cảnh hộ, sức khỏe, nợ vay) từ 1 đến "
    "4 được ghi là “dưới 5”.",
    en="Public version: counts of people in sensitive groups (household, health, debts) from 1 "
    "to 4 read “<5”.",
)


def hidden_words(hidden: Hidden) -> Text:
    """Say that a figure is not shown."""
    return _WORDS[hidden]
