"""What each word of the templates means, with an example, for the list of placeholders."""

from collections.abc import Mapping
from datetime import date

from programme.problem import Language, Text

PLACES_CHART = Text(
    vi="biểu đồ theo địa bàn bên trong (tỉnh, xã hoặc câu lạc bộ)",
    en="its chart by the areas inside: provinces, communes or clubs",
)
ATTRIBUTES: Mapping[str, Text] = {
    "text": Text(vi="giá trị như được in", en="the value as it is printed"),
    "value": Text(vi="con số để so sánh: > 10", en="the number itself, to compare: > 10"),
    "known": Text(vi="có số liệu không", en="whether there is a value"),
    "hidden": Text(
        vi="bản công khai không nêu số này", en="whether the public version holds it back"
    ),
    "of": Text(vi="tử số/mẫu số", en="what it is made of"),
    "numerator": Text(vi="tử số", en="what is counted"),
    "denominator": Text(vi="mẫu số", en="what it is counted of"),
    "target": Text(vi="mục tiêu", en="the target"),
    "rating": Text(vi="đánh giá", en="the rating"),
    "note": Text(vi="ghi chú", en="the note"),
    "label": Text(vi="tên chỉ tiêu", en="the name of the indicator"),
    "unit": Text(vi="đơn vị tính", en="the unit"),
    "previous": Text(vi="giá trị kỳ trước", en="the value of the period before"),
    "difference": Text(
        vi="mức tăng, giảm so với kỳ trước, để so sánh", en="the change as a number, to compare"
    ),
    "change": Text(vi="mức tăng, giảm so với kỳ trước", en="the change since the period before"),
    "gap": Text(vi="khoảng cách đến mục tiêu", en="how far it is from the target"),
    "achieved": Text(vi="phần trăm so với mục tiêu", en="percent of the target"),
    "baseline": Text(vi="số nền đã công bố, kèm ngày", en="the published baseline and its date"),
    "clubs": Text(vi="số CLB có báo cáo/phải báo cáo", en="clubs that reported/were to report"),
    "clubs_reported": Text(vi="số CLB có báo cáo", en="clubs that reported"),
    "clubs_expected": Text(vi="số CLB phải báo cáo", en="clubs that were to report"),
    "meeting": Text(vi="số CLB đạt mức/số CLB có số liệu", en="clubs meeting it/clubs with data"),
    "source": Text(vi="nguồn số liệu", en="where the data come from"),
    "period": Text(vi="kỳ báo cáo", en="the period"),
    "previous_period": Text(vi="kỳ trước", en="the period before"),
    "code": Text(vi="mã chỉ tiêu", en="the code"),
}
TESTS: Mapping[str, Text] = {
    "known": Text(vi="có số liệu", en="there is a value"),
    "met": Text(vi="đạt (kể cả vượt) mục tiêu", en="the target is met, or exceeded"),
    "exceeded": Text(vi="vượt mục tiêu", en="the target is exceeded"),
    "not_met": Text(vi="chưa đạt mục tiêu", en="the target is not met"),
    "in_band": Text(vi="trong khoảng", en="within its band"),
    "out_of_band": Text(vi="ngoài khoảng", en="outside its band"),
    "risen": Text(vi="tăng so với kỳ trước (đầu kỳ)", en="risen since the period before"),
    "fallen": Text(vi="giảm so với kỳ trước (đầu kỳ)", en="fallen since the period before"),
    "unchanged": Text(vi="không đổi", en="unchanged"),
    "too_little": Text(vi="chưa đủ số liệu để đánh giá", en="too little data to judge"),
    "contribution": Text(
        vi="là phần đóng góp vào mục tiêu chung", en="a contribution to a wider target"
    ),
    "rated": Text(vi="được đánh giá", en="it is rated"),
}
SENTENCES: Mapping[str, Text] = {
    "sentence": Text(vi="câu đầy đủ về số liệu", en="all that is known, in one sentence"),
    "verdict": Text(vi="đạt hay chưa, còn thiếu bao nhiêu", en="met or not, and by how much"),
    "trend": Text(vi="tăng hay giảm so với kỳ trước", en="up or down since the period before"),
    "reporting": Text(vi="theo báo cáo của bao nhiêu CLB", en="by how many clubs' reports"),
}
FILTERS: Mapping[str, Text] = {
    "number": Text(vi="số, có thể ghi số chữ số thập phân", en="a number, with decimals if given"),
    "percent": Text(vi="phần trăm", en="a percentage"),
    "money": Text(vi="số tiền", en="an amount of money"),
    "millions": Text(vi="số tiền, triệu đồng", en="an amount in millions"),
    "date": Text(vi="ngày trong bảng", en="a day, short"),
    "long_date": Text(vi="ngày viết đủ", en="a day in words"),
    "month": Text(vi="tháng", en="a month"),
    "words": Text(vi="nối danh sách thành câu", en="a list as in a sentence"),
    "plural": Text(vi="số kèm danh từ", en="a number with its noun"),
    "count": Text(vi="số mục của danh sách", en="how many there are in a list"),
    "upper": Text(vi="chữ in hoa", en="capitals"),
    "lower": Text(vi="chữ thường", en="small letters"),
    "first_upper": Text(vi="viết hoa chữ đầu", en="first letter in capitals"),
    "first_lower": Text(vi="viết thường chữ đầu", en="first letter small"),
}
Example = tuple[str, object, tuple[object, ...]]
_DAY = date(2026, 1, 5)
_EXAMPLES: Mapping[str, Example] = {
    "number": ("total | number(1)", 1234.56, (1,)),
    "percent": ("share | percent", 60.54, ()),
    "money": ("amount | money", 5_000_000, ()),
    "millions": ("amount | millions", 5_250_000, ()),
    "date": ("day | date", _DAY, ()),
    "long_date": ("day | long_date", _DAY, ()),
    "month": ("day | month", _DAY, ()),
    "words": ("recipients | words", ["A", "B", "C"], ()),
    "plural": ('total | plural("câu lạc bộ")', 2, ("câu lạc bộ",)),
    "count": ("recipients | count", ["A", "B", "C"], ()),
    "upper": ("area | upper", "tỉnh Lạng Sơn", ()),
    "lower": ("area_upper | lower", "TỈNH LẠNG SƠN", ()),
    "first_upper": ("area | first_upper", "tỉnh Lạng Sơn", ()),
    "first_lower": ("area | first_lower", "Tỉnh Lạng Sơn", ()),
}
_ENGLISH: Mapping[str, Example] = {
    "plural": ('total | plural("club", "clubs")', 2, ("club", "clubs")),
    "upper": ("area | upper", "Lạng Sơn Province", ()),
    "lower": ("area_upper | lower", "LẠNG SƠN PROVINCE", ()),
    "first_upper": ("notice | first_upper", "few data", ()),
    "first_lower": ("notice | first_lower", "Few data", ()),
}


def examples(language: Language) -> Mapping[str, Example]:
    """Give an example of each way to print: as it is written, a value, arguments."""
    return _EXAMPLES if language == "vi" else {**_EXAMPLES, **_ENGLISH}
