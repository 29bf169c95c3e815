"""Columns that a filter reads from the sheet ``choices`` or from a list."""

from collections.abc import Iterator, Sequence

from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.rules.xpath import Token, bare_names, closing, tokens
from programme.problem import Problem, Text

FILTER_COLUMN = Fault(
    "filter-column-missing",
    Text(
        vi="trang choices không có cột «{name}», câu hỏi sẽ không có lựa chọn nào{near_vi}",
        en="the sheet choices has no column “{name}”, so no choice would show{near_en}",
    ),
    Text(
        vi="hãy sửa tên cột trong choice_filter, hoặc thêm cột vào trang choices",
        en="mend the column in choice_filter, or add it to the sheet choices",
    ),
)
INSTANCE = Fault(
    "instance-unknown",
    Text(
        vi="instance('{name}') không phải là danh sách nào của biểu mẫu{near_vi}",
        en="instance('{name}') is no list of this form{near_en}",
    ),
    Text(
        vi="hãy ghi tên một danh sách của trang choices, hoặc tên tệp không có .csv",
        en="write a list of the sheet choices, or a file's name without .csv",
    ),
)
INSTANCE_COLUMN = Fault(
    "instance-column-missing",
    Text(
        vi="danh sách «{list}» không có cột «{name}»{near_vi}",
        en="the list “{list}” has no column “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên cột trong công thức, hoặc thêm cột vào danh sách",
        en="mend the column in the formula, or add it to the list",
    ),
)


def filter_column_missing(subject: Subject) -> Iterator[Problem]:
    """A filter of a list in the form names columns of the sheet choices."""
    sheet = subject.workbook.sheets.get("choices")
    columns = sheet.headers if sheet else ()
    lower = {each.lower() for each in columns}
    for row, kind in subject.questions():
        if not kind.list_name or kind.list_name.startswith("${"):
            continue
        for name in dict.fromkeys(bare_names(tokens(row.get("choice_filter")))):
            if name.lower() not in lower:
                asked = near(name, columns)
                yield subject.tell(FILTER_COLUMN, row, "choice_filter", name=name, **asked)


def instance_missing(subject: Subject) -> Iterator[Problem]:
    """``instance('clubs')/root/item[…]`` names a list of the form and its columns."""
    lists = _lists(subject)
    for each in subject.expressions:
        for name, inside, after in _instances(tokens(each.text)):
            if name not in lists and name != "__last-saved":
                asked = near(name, tuple(lists))
                yield subject.tell(INSTANCE, each.row, each.header, each.sheet, name=name, **asked)
                continue
            columns = lists.get(name)
            for wanted in dict.fromkeys([*bare_names(inside), *after]):
                if columns and wanted.lower() not in (each.lower() for each in columns):
                    values = {"list": name, "name": wanted, **near(wanted, columns)}
                    yield subject.tell(INSTANCE_COLUMN, each.row, each.header, each.sheet, **values)


def _lists(subject: Subject) -> dict[str, tuple[str, ...] | None]:
    """Give the lists of a form with their columns; None where the columns are not known."""
    sheet = subject.workbook.sheets.get("choices")
    lists: dict[str, tuple[str, ...] | None] = {
        name: sheet.headers for name in subject.schema.choices if sheet
    }
    for row, kind in subject.questions():
        file = kind.list_file
        if kind.name in ("csv-external", "xml-external"):
            file = f"{row.get('name')}.{kind.name[:3]}"
        if file:
            known = subject.list_columns(file) if file.endswith(".csv") else None
            lists[file.rpartition(".")[0] or file] = known
    for text in (each.text for each in subject.expressions if "pulldata" in each.text):
        for name in _pulled(tokens(text)):
            lists.setdefault(name, subject.list_columns(f"{name}.csv"))
    return lists


def _pulled(words: Sequence[Token]) -> Iterator[str]:
    for at, word in enumerate(words[:-2]):
        if word.text == "pulldata" and words[at + 2].kind == "text":
            yield words[at + 2].text[1:-1].removesuffix(".csv")


def _instances(
    words: Sequence[Token],
) -> Iterator[tuple[str, Sequence[Token], list[str]]]:
    """Give each list that is read, the words of its condition, and the column that is taken."""
    for at, word in enumerate(words[:-3]):
        if word.text != "instance" or words[at + 2].kind != "text":
            continue
        name = words[at + 2].text[1:-1]
        path = at + 4  # /root/item
        while path < len(words) and words[path].text in ("/", "root", "item"):
            path += 1
        end = closing(words, path) if path < len(words) and words[path].text == "[" else None
        if end is None:
            yield name, (), []
            continue
        taken = words[end + 1 : end + 3]
        after = [taken[1].text] if len(taken) > 1 and taken[0].text == "/" else []
        yield name, words[path + 1 : end], [each for each in after if each.isidentifier()]
