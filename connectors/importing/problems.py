"""What can be wrong in an import workbook, said once each, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from connectors.importing.sheets import TITLES, Field, FieldKind
from programme.numbers import counted, number
from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest

_TEMPLATE = Text(
    vi="lập tệp mẫu bằng «ishc import --template TỆP.xlsx» và chép số liệu vào",
    en="make a template with “ishc import --template FILE.xlsx” and copy the data into it",
)
_HOW: Mapping[FieldKind, Text] = {
    "text": Text("chữ", "words"),
    "whole": Text("số nguyên không âm, ví dụ 52", "a whole number, such as 52"),
    "decimal": Text("số, ví dụ 0,8", "a number, such as 0.8"),
    "money": Text(
        "số tiền bằng đồng, ví dụ 5000000 hoặc 5.000.000",
        "a sum in đồng, such as 5000000 or 5,000,000",
    ),
    "day": Text("ngày, ví dụ 05/02/2024", "a day, such as 05/02/2024 or 2024-02-05"),
    "month": Text("tháng, ví dụ 10/2026", "a month, such as 10/2026 or 2026-10"),
    "choice": Text("một lựa chọn", "a choice"),
}


def sheet(file: str, name: str) -> Problem:
    """Refuse a sheet that the template does not have."""
    near = did_you_mean(nearest(name, TITLES))
    listed = ", ".join(TITLES)
    return Problem(
        "import-sheet",
        Text(
            vi=f"không biết trang tính này{near.vi}",
            en=f"there is no such sheet in the template{near.en}",
        ),
        Text(
            vi=f"đặt tên trang theo tệp mẫu ({listed}), hoặc xóa trang này",
            en=f"name it as in the template ({listed}), or delete it",
        ),
        Place(file=file, sheet=name),
    )


def about_empty(file: str) -> Problem:
    """Ask for the row of the first sheet."""
    return Problem(
        "import-sheet",
        Text(
            vi="trang «about» chưa điền: ai cung cấp số liệu, số liệu đến ngày nào",
            en="the sheet “about” is not filled in: who gave the data, and of what day",
        ),
        Text(
            vi="ghi hai ô ở dòng ngay dưới tiêu đề",
            en="fill in both cells of the row below the header",
        ),
        Place(file=file, sheet="about"),
    )


def no_about(file: str) -> Problem:
    """Ask who gave the data, and of what day they are."""
    return Problem(
        "import-sheet",
        Text(
            vi="thiếu trang «about»: ai cung cấp số liệu, số liệu đến ngày nào",
            en="the sheet “about” is missing: who gave the data, and of what day",
        ),
        _TEMPLATE,
        Place(file=file, sheet="about"),
    )


def nothing(file: str) -> Problem:
    """Say that there is no row to import."""
    return Problem(
        "import-nothing",
        Text(vi="tệp không có dòng số liệu nào", en="there is no row with data in this file"),
        Text(
            vi="điền ít nhất một trang, từ dòng ngay dưới tiêu đề",
            en="fill in one sheet at least, from the row below the header",
        ),
        Place(file=file),
    )


def column(head: Place, text: str, wanted: Sequence[Field]) -> Problem:
    """Refuse a column that means nothing here, so that nothing is left out in silence."""
    names = [each.name for each in wanted]
    near = did_you_mean(nearest(text, names))
    return Problem(
        "import-column",
        Text(
            vi=f"không biết cột «{_line(text)}»{near.vi}",
            en=f"there is no column “{_line(text)}”{near.en}",
        ),
        Text(
            vi="các cột của trang này: " + ", ".join(names) + "; cột riêng thì xóa ở bản nhập",
            en="columns of this sheet: " + ", ".join(names) + "; delete your own ones here",
        ),
        head,
    )


def column_twice(head: Place, name: str) -> Problem:
    """Refuse two columns of one meaning."""
    return Problem(
        "import-column-twice",
        Text(vi=f"hai cột cùng là «{name}»", en=f"two columns are “{name}”"),
        Text(vi="giữ một cột", en="keep one of them"),
        head,
    )


def column_missing(head: Place, field: Field) -> Problem:
    """Ask for a column that every row needs."""
    return Problem(
        "import-column",
        Text(
            vi=f"thiếu cột «{field.title.vi}» ({field.name})",
            en=f"the column “{field.title.en}” ({field.name}) is missing",
        ),
        _TEMPLATE,
        head,
    )


def empty(place: Place, title: Text) -> Problem:
    """Ask for an answer."""
    return Problem(
        "import-empty",
        Text(vi=f"ô này trống: {title.vi}", en=f"this cell is empty: {title.en}"),
        Text(vi="hãy điền, hoặc xóa cả dòng", en="fill it in, or delete the row"),
        place,
    )


def part_missing(place: Place) -> Problem:
    """Ask how many of the members counted are women and old; what is missing is not nought."""
    return Problem(
        "import-empty",
        Text(
            vi="có thành viên không ghi tên mà chưa ghi số nữ, số từ 60 tuổi, số nữ từ 60 tuổi",
            en="members are counted, but not how many are women, 60 and over, and both",
        ),
        Text(
            vi="ghi đủ (không có ai thì ghi 0), hoặc để trống cả bốn ô nếu chưa biết",
            en="fill it in (0 if there are none), or leave all four empty if not known",
        ),
        place,
    )


def value(place: Place, kind: FieldKind) -> Problem:
    """Say what a cell has to hold; its content may name someone and is not repeated."""
    return Problem(
        "import-value",
        Text(
            vi=f"không đọc được ô này: cần {_HOW[kind].vi}",
            en=f"this cell cannot be read: it has to be {_HOW[kind].en}",
        ),
        Text(vi="hãy sửa ô này", en="mend this cell"),
        place,
    )


def choice(place: Place, words: str, codes: Mapping[str, Mapping[str, str]]) -> Problem:
    """Say which choices there are."""
    labels = [label for each in codes.values() for label in each.values()]
    near = did_you_mean(nearest(words, [*codes, *labels]))

    def listed(language: str) -> str:
        return ", ".join(f"{code} ({each.get(language, code)})" for code, each in codes.items())

    return Problem(
        "import-choice",
        Text(
            vi=f"không có lựa chọn «{words}»{near.vi}",
            en=f"“{words}” is not one of the choices{near.en}",
        ),
        Text(vi=f"ghi một trong: {listed('vi')}", en=f"write one of: {listed('en')}"),
        place,
    )


def club_unknown(place: Place, name: str, known: Sequence[str]) -> Problem:
    """Say that a row belongs to a club that nobody knows."""
    near = did_you_mean(nearest(name, known))
    return Problem(
        "import-club-unknown",
        Text(
            vi=f"không có CLB «{name}»{near.vi}",
            en=f"there is no club “{name}”{near.en}",
        ),
        Text(
            vi="ghi số hiệu của một dòng ở trang clubs, của lần nhập trước từ cùng nguồn, hoặc mã "
            "CLB đã được cấp",
            en="write the number of a row of the sheet clubs, of an earlier import from this "
            "source, or the code that the club was given",
        ),
        place,
    )


def repeated(place: Place, what: Text) -> Problem:
    """Refuse what stands twice."""
    return Problem(
        "import-repeated",
        Text(vi=f"{what.vi} đã có ở một dòng trên", en=f"{what.en} stands in a row above already"),
        Text(vi="giữ một dòng, hoặc sửa số hiệu", en="keep one of the rows, or mend the number"),
        place,
    )


def impossible(place: Place, what: Text) -> Problem:
    """Refuse what cannot be."""
    return Problem(
        "import-impossible", what, Text(vi="hãy kiểm tra lại", en="look at it again"), place
    )


def commune_unknown(told: Problem) -> Problem:
    """Tell of the column for communes of before July 2025 too."""
    return replace(
        told,
        do=Text(
            vi="ghi tên như trong danh sách của cột, hoặc mã 5 chữ số; nếu là tên trước ngày "
            "01/07/2025 thì ghi thêm huyện cũ ở cột district",
            en="write it as in the list of this column, or the code of 5 digits; if it is a name "
            "of before 1 July 2025, write its district in the column district",
        ),
    )


def split(place: Place, codes: Sequence[str]) -> Problem:
    """Ask a person which of the communes is meant that an old one was split over."""
    listed = ", ".join(codes)
    return Problem(
        "import-split",
        Text(
            vi=f"xã cũ này nay thuộc nhiều xã: {listed}",
            en=f"this former commune was split over several: {listed}",
        ),
        Text(
            vi="ghi mã xã hiện nay của CLB vào cột commune",
            en="write the code of the club's commune of today into the column commune",
        ),
        place,
    )


def rounded(count: int, most: str, file: str) -> Problem:
    """Tell that sums were rounded to what the forms hold."""
    return Problem(
        "import-rounded",
        Text(
            vi=f"{number(count, 'vi')} số tiền đã làm tròn đến nghìn đồng (chênh nhiều nhất {most} "
            "đồng)",
            en=f"{counted(count, 'sum was', 'sums were')} rounded to thousand đồng (by {most} đồng "
            "at most)",
        ),
        Text(
            vi="biểu mẫu ghi tiền theo nghìn đồng; không cần làm gì",
            en="the forms hold thousand đồng; nothing needs to be done",
        ),
        Place(file=file),
        "note",
    )


def left_over(count: int, source: str, file: str) -> Problem:
    """Tell of what came with an earlier import and is not in this one."""
    return Problem(
        "import-left-over",
        Text(
            vi=f"{number(count, 'vi')} dòng nhập trước đây từ «{source}» không có trong tệp này; "
            "chúng vẫn được giữ",
            en=f"{counted(count, 'record', 'records')} imported earlier from “{source}” not in "
            "this file; kept all the same",
        ),
        Text(
            vi="nếu tệp này thay toàn bộ lần nhập trước, hãy chạy lại với --replace",
            en="if this file stands for all of them, run it again with --replace",
        ),
        Place(file=file),
        "note",
    )


def _line(text: str) -> str:
    return " ".join(text.split())
