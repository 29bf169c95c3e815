"""The small workbook behind a chart, which Word opens for “Edit data”.

Written by hand: its bytes follow from the figures alone, and it costs a tenth of a library's.
"""

from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from programme.word.xml import plain
from programme.word.zipped import Packed, archive, pack

SHEET = "Sheet1"  # the name that the chart's own references bear
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def chart_workbook(
    categories: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]
) -> bytes:
    """Write the workbook: categories in column A, a column for each series from B on.

    Texts are texts whatever they begin with; what is not known is an empty cell.
    """
    letters = [get_column_letter(number) for number in range(2, len(series) + 2)]
    heads = "".join(
        _text(f"{letter}1", name) for letter, (name, _) in zip(letters, series, strict=True)
    )
    rows = [f'<row r="1">{heads}</row>']
    for place, category in enumerate(categories):
        number = place + 2
        cells = [_text(f"A{number}", category)]
        for letter, (_, values) in zip(letters, series, strict=True):
            value = values[place]
            if value is not None:
                cells.append(f'<c r="{letter}{number}"><v>{value:.15g}</v></c>')
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    sheet = (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="30" '
        f'customWidth="1"/></cols><sheetData>{"".join(rows)}</sheetData></worksheet>'
    )
    return archive([*_frame(), ("xl/worksheets/sheet1.xml", sheet.encode())])


def _text(place: str, text: str) -> str:
    safe = escape(plain(text))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'


@cache
def _frame() -> tuple[tuple[str, Packed], ...]:
    """Give what every such workbook has, compressed once."""
    relation = f'<Relationship Id="rId{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + relation.format(1, "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + relation.format(1, "worksheet", "worksheets/sheet1.xml")
        + relation.format(2, "styles", "styles.xml")
        + "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/>'
        '<name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill '
        'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="1"><xf xfId="0"/></cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    }
    return tuple((name, pack((_HEAD + xml).encode())) for name, xml in parts.items())
