"""The list of everything a report's template may print: what each name means, and an example."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font

from programme.problem import Exit, Language, ProblemError, Text
from programme.word.charts import ChartContent
from programme.word.maps import MapContent
from programme.word.page import official_document
from programme.word.pictures import PictureContent
from programme.word.styles import HEADING_1, NOTE
from programme.word.tables import Column, Row, TableContent, build_table
from programme.word.text_field import TextField
from programme.word.xml import plain
from programme.writing import write_saved
from reports import placeholder_words
from reports.content.show import DASH
from reports.figure_text import ATTRIBUTES, PLACES_CHART, FigureText
from reports.placeholder_meanings import MEANINGS
from reports.placing import Block
from reports.printing import filters, shown
from reports.render import not_written
from reports.sentences import conditions

SHEET = "placeholders"
_EXAMPLE_AT_MOST = 160
_TITLE = Text(
    vi="Các chỗ điền của mẫu báo cáo «{report}»",
    en="What the template of the report “{report}” may print",
)
_HOW = Text(
    vi="Viết tên trong hai dấu ngoặc: {{ area }}. Bảng, biểu đồ, bản đồ, hình và phần chữ đứng một "
    "mình trong một đoạn, đặt ở đâu và mấy lần tùy người soạn. Câu chỉ in khi có điều kiện: "
    "{% if D11 is met %} … {% else %} … {% endif %}. Lặp: {% for item in recipients %} … "
    "{% endfor %}; trong bảng, mỗi lệnh một dòng riêng.",
    en="Write a name in two braces: {{ area }}. Tables, charts, maps, pictures and texts stand "
    "alone in a paragraph; where, and how often, is the author's choice. A sentence printed on a "
    "condition: {% if D11 is met %} … {% else %} … {% endif %}. Repeating: {% for item in "
    "recipients %} … {% endfor %}; in a table each of the two has a row of its own.",
)
_HEADS = (
    Text(vi="Viết", en="Write"),
    Text(vi="Loại", en="Kind"),
    Text(vi="In ra", en="Prints"),
    Text(vi="Ví dụ", en="Example"),
)
_KINDS = {
    TableContent: Text(vi="bảng", en="table"),
    ChartContent: Text(vi="biểu đồ", en="chart"),
    MapContent: Text(vi="bản đồ", en="map"),
    PictureContent: Text(vi="hình", en="picture"),
    TextField: Text(vi="phần chữ tự viết", en="people's text"),
    str: Text(vi="đoạn ghi chú", en="note"),
}
# a block that has nothing to show for the example is known by its name
_ENDINGS = {
    "table": _KINDS[TableContent],
    "chart": _KINDS[ChartContent],
    "map": _KINDS[MapContent],
}
_NOTE = _KINDS[str]
_FIGURE = Text(vi="số liệu", en="figure")
_TEXT = Text(vi="chữ", en="text")
_LIST = Text(vi="danh sách", en="list")
_YES_NO = Text(vi="có/không", en="yes/no")
_NUMBER = Text(vi="số", en="number")
_OF_FIGURE = Text(vi="của mọi số liệu", en="of every figure")
_TEST = Text(vi="điều kiện", en="condition")
_FILTER = Text(vi="cách in", en="way to print")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One line of the list; all texts as they are printed."""

    written: str
    kind: str
    meaning: str
    example: str


def placeholders(
    values: Mapping[str, object],
    blocks: Mapping[str, Sequence[Block]],
    language: Language,
) -> list[Placeholder]:
    """List what a template may print, in the order of the report's content.

    Args:
        values, blocks: of one report, which gives the examples.
    """
    own = {name: blocks[name] for name in blocks if not name.endswith(PLACES_CHART)}
    return [
        *_blocks(own, language),
        *_texts(values, language),
        *_figures(values, language),
        *_words_of_figures(values, blocks, language),
        *_words(language),
    ]


def write_placeholders(
    out: Path,
    report: str,
    values: Mapping[str, object],
    blocks: Mapping[str, Sequence[Block]],
    language: Language,
) -> None:
    """Write the list as a Word document or, where the name ends with ``.xlsx``, a workbook.

    Raises:
        ProblemError: ``report-not-written``.
    """
    listed = placeholders(values, blocks, language)
    title = _TITLE.in_(language).format(report=report)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix.lower() == ".xlsx":
            write_saved(out, _workbook(title, listed, language).save, private=False)
        else:
            write_saved(out, _document(title, listed, language).save, private=False)
    except OSError as error:
        raise ProblemError(not_written(out, error), Exit.STORE) from error


def _blocks(blocks: Mapping[str, Sequence[Block]], language: Language) -> Iterator[Placeholder]:
    for name, listed in blocks.items():
        kinds = dict.fromkeys(type(each) for each in listed)
        kind = ", ".join(_KINDS[each].in_(language) for each in kinds)
        kind = kind or _ENDINGS.get(name.rpartition("_")[2], _NOTE).in_(language)
        captions = [_caption(each) for each in listed]
        caption = next((each for each in captions if each), "")
        yield Placeholder(f"{{{{ {name} }}}}", kind, _short(caption), _short(caption))


def _caption(block: Block) -> str:
    if isinstance(block, str):
        return block
    return block.label if isinstance(block, TextField) else block.caption


def _texts(values: Mapping[str, object], language: Language) -> Iterator[Placeholder]:
    for name, value in values.items():
        if isinstance(value, FigureText):
            continue
        meaning = MEANINGS[name].in_(language) if name in MEANINGS else ""
        written = f"{{{{ {name} }}}}"
        if isinstance(value, bool):
            kind, written = _YES_NO, f"{{% if {name} %}} … {{% endif %}}"
        elif isinstance(value, list | tuple):
            kind, written = _LIST, f"{{% for item in {name} %}} … {{% endfor %}}"
        else:
            kind = _NUMBER if isinstance(value, int | float) else _TEXT
        yield Placeholder(written, kind.in_(language), meaning, _example(value, language))


def _example(value: object, language: Language) -> str:
    if isinstance(value, Mapping):
        parts = [f"item.{key}: {_example(each, language)}" for key, each in value.items()]
        return _short("; ".join(parts))
    if isinstance(value, list | tuple):
        return _example(value[0], language) if value else ""
    if isinstance(value, TableContent | ChartContent | MapContent | PictureContent | TextField):
        return _short(_caption(value))
    return _short(shown(value, language))


def _figures(values: Mapping[str, object], language: Language) -> Iterator[Placeholder]:
    for name, value in values.items():
        if isinstance(value, FigureText):
            example = str(value) if value.of == DASH else f"{value} ({value.of})"
            yield Placeholder(f"{{{{ {name} }}}}", _FIGURE.in_(language), value.label, example)


def _words_of_figures(
    values: Mapping[str, object], blocks: Mapping[str, Sequence[Block]], language: Language
) -> Iterator[Placeholder]:
    """Show the attributes, sentences, conditions and chart of figures on the best known one."""
    figures = [each for each in values.values() if isinstance(each, FigureText)]
    if not figures:
        return
    best = max(figures, key=lambda each: (each.known, each.target != "–", each.change != ""))
    kind = _OF_FIGURE.in_(language)
    if (chart := best.code + PLACES_CHART) in blocks:
        caption = next((_caption(each) for each in blocks[chart]), "")
        meaning = placeholder_words.PLACES_CHART.in_(language)
        yield Placeholder(f"{{{{ {chart} }}}}", kind, meaning, _short(caption))
    for attribute in ATTRIBUTES:
        meaning = placeholder_words.ATTRIBUTES[attribute].in_(language)
        example = shown(getattr(best, attribute), language)
        yield Placeholder(f"{{{{ {best.code}.{attribute} }}}}", kind, meaning, _short(example))
    made = filters(language)
    for name, meant in placeholder_words.SENTENCES.items():
        said = _short(made[name](best))
        yield Placeholder(f"{{{{ {best.code} | {name} }}}}", kind, meant.in_(language), said)
    for name, is_so in conditions().items():
        written = f"{{% if {best.code} is {name} %}} … {{% endif %}}"
        meaning = placeholder_words.TESTS[name].in_(language)
        yield Placeholder(written, _TEST.in_(language), meaning, shown(is_so(best), language))


def _words(language: Language) -> Iterator[Placeholder]:
    made = filters(language)
    for name, (written, value, arguments) in placeholder_words.examples(language).items():
        meaning = placeholder_words.FILTERS[name].in_(language)
        example = _short(shown(made[name](value, *arguments), language))
        yield Placeholder(f"{{{{ {written} }}}}", _FILTER.in_(language), meaning, example)


def _short(text: str) -> str:
    words = " ".join(plain(text).split())
    return words if len(words) <= _EXAMPLE_AT_MOST else words[: _EXAMPLE_AT_MOST - 1] + "…"


def _document(title: str, listed: Sequence[Placeholder], language: Language) -> Any:
    document = official_document(language)
    document.add_paragraph(title, style=HEADING_1)
    document.add_paragraph(_HOW.in_(language), style=NOTE)
    widths = (52, 24, 47, 42)
    columns = tuple(
        Column(head.in_(language), width) for head, width in zip(_HEADS, widths, strict=True)
    )
    rows = tuple(
        # a caret would print what follows above the line
        Row(tuple(cell.replace("^", "ˆ") for cell in _cells(each)))
        for each in listed
    )
    build_table(document, TableContent(title, columns, rows))
    return document


def _workbook(title: str, listed: Sequence[Placeholder], language: Language) -> Any:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append([title])
    sheet.append([_HOW.in_(language)])
    sheet.append([head.in_(language) for head in _HEADS])
    for each in listed:
        sheet.append(_cells(each))
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # a text that begins with = is no formula
    for cell in (*sheet[1], *sheet[3]):
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (46, 18, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A4"
    return book


def _cells(each: Placeholder) -> tuple[str, str, str, str]:
    return each.written, each.kind, each.meaning, each.example
