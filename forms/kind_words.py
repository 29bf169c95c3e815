"""What kinds of answers are called, wherever people read of them."""

from collections.abc import Mapping

from forms.questions import Kind
from programme.problem import Text

KIND_WORDS: Mapping[Kind, Text] = {
    "text": Text(vi="chữ", en="text"),
    "integer": Text(vi="số nguyên", en="whole number"),
    "decimal": Text(vi="số thập phân", en="decimal number"),
    "date": Text(vi="ngày", en="date"),
    "time": Text(vi="giờ", en="time"),
    "datetime": Text(vi="ngày giờ", en="date and time"),
    "geopoint": Text(vi="vị trí (GPS)", en="place (GPS)"),
    "select_one": Text(vi="chọn một", en="one choice"),
    "select_multiple": Text(vi="chọn nhiều", en="several choices"),
    "image": Text(vi="ảnh", en="photo"),
    "audio": Text(vi="ghi âm", en="sound"),
    "file": Text(vi="tệp", en="file"),
}
