"""A map without boundaries: the 34 provinces of 2025 as a grid of tiles, north on top."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from programme.numbers import number
from programme.problem import Language, Text
from programme.word.styles import CELL, NOTE
from programme.word.tiles import COLUMNS, ISLANDS, ROWS, TILES
from programme.word.xml import attribute, paragraph, run

# five steps that a photocopy keeps apart, and the colour of letters on them
_STEPS = (
    ("EFEFEF", "000000"),
    ("CCCCCC", "000000"),
    ("A0A0A0", "000000"),
    ("6A6A6A", "FFFFFF"),
    ("262626", "FFFFFF"),
)
MOST_STEPS = len(_STEPS)
_WIDTH, _HEIGHT = 1300, 490  # twips of a tile
_BREAK = "<w:r><w:br/></w:r>"
_NO_DATA = Text(vi="thiếu số liệu", en="no data")
_LEGEND = Text(vi="Chú giải", en="Legend")
_BELOW = Text(vi="dưới {top}", en="below {top}")
_FROM = Text(vi="từ {low} đến dưới {top}", en="{low} to below {top}")
_ABOVE = Text(vi="từ {low} trở lên", en="{low} and above")
_ALL = Text(vi="có số liệu", en="known")


@dataclass(frozen=True, slots=True)
class MapContent:
    """A figure of every province, shaded in steps of grey that a photocopy keeps apart.

    Args:
        caption: above the map.
        alt: what the map shows, for those who cannot see it.
        values: figure by code of province (2 digits); None or no entry is “no data”, which says
            so in a dotted border and is never the lightest step.
        printed: the figure as the tile prints it, by code; without it the number itself.
        steps: lower bounds of the second, third … step, rising, at most four; empty for fifths of
            the values there are.
        bound: how the legend prints a bound, by the bound; without it the number itself.
        unit: what the legend says the figures are, ``% hội viên``.
        marked: codes of provinces with a thick border, such as the one a report is of.
        notes: lines below the map.
    """

    caption: str
    alt: str
    values: Mapping[str, float | None]
    printed: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[float, ...] = ()
    bound: Mapping[float, str] = field(default_factory=dict)
    unit: str = ""
    marked: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def map_xml(content: MapContent, styles: Mapping[str, str], language: Language) -> str:
    """Write map and legend, without caption and notes.

    Args:
        styles: identities of the paragraph styles by their names.
    """
    bounds = steps_of(content)
    style = styles[CELL]
    tiles = {(column, row): code for code, (column, row, _) in TILES.items()}
    rows = []
    for row in range(ROWS):
        cells = "".join(
            _place(content, tiles.get((column, row)), (column, row), bounds, style, language)
            for column in range(COLUMNS)
        )
        rows.append(
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_HEIGHT}" w:hRule="exact"/></w:trPr>'
            f"{cells}</w:tr>"
        )
    unit = f" ({content.unit})" if content.unit else ""
    heading = paragraph(
        f"{_LEGEND.in_(language)}{unit}:", styles[NOTE], '<w:keepNext/><w:jc w:val="center"/>'
    )
    return (
        f"{_table(content.alt, [_WIDTH] * COLUMNS)}{''.join(rows)}</w:tbl>"
        f"{heading}{_legend(content, bounds, style, language)}"
    )


def steps_of(content: MapContent) -> tuple[float, ...]:
    """Give the lower bounds of the steps after the first: those asked for, or fifths."""
    if content.steps:
        return tuple(sorted(set(content.steps)))[: MOST_STEPS - 1]
    known = sorted(value for code in TILES if (value := content.values.get(code)) is not None)
    if not known:
        return ()
    cuts = (known[len(known) * part // MOST_STEPS] for part in range(1, MOST_STEPS))
    return tuple(sorted({cut for cut in cuts if cut > known[0]}))


def _place(
    content: MapContent,
    code: str | None,
    place: tuple[int, int],
    bounds: Sequence[float],
    style: str,
    language: Language,
) -> str:
    if code is None:
        island = ISLANDS.get(place)
        if island is None:
            return _cell("", style, border="")
        return _cell(_line(island, "000000", 13), style, border="dashed")
    value = content.values.get(code)
    fill, colour = _looks(value, bounds)
    printed = content.printed.get(code)
    name = _line(TILES[code][2], colour, 15, bold=True)
    if value is None:
        words = _line(_NO_DATA.in_(language), colour, 13, italic=True)
        thick = code in content.marked
        return _cell(f"{name}{_BREAK}{words}", style, border="thick" if thick else "dotted")
    if printed is None:
        printed = number(value, language, 1 if value % 1 else 0)
    return _cell(
        f"{name}{_BREAK}{_line(printed, colour, 17)}",
        style,
        fill,
        border="thick" if code in content.marked else "single",
    )


def _looks(value: float | None, bounds: Sequence[float]) -> tuple[str, str]:
    """Give the shade of a tile, empty for “no data”, and the colour of its letters."""
    if value is None:
        return "", "000000"
    step = bisect_right(bounds, value)
    # few steps are drawn far apart
    return _STEPS[round(step * (MOST_STEPS - 1) / max(len(bounds), 1)) if bounds else 1]


def _legend(content: MapContent, bounds: Sequence[float], style: str, language: Language) -> str:
    shown = [
        content.bound.get(each) or number(each, language, 1 if each % 1 else 0) for each in bounds
    ]
    words = [_ALL.in_(language)]
    if shown:
        words = [_BELOW.in_(language).format(top=shown[0])]
        words += [_FROM.in_(language).format(low=low, top=top) for low, top in pairwise(shown)]
        words.append(_ABOVE.in_(language).format(low=shown[-1]))
    samples: list[float | None] = [bounds[0] - 1, *bounds] if bounds else [0.0]
    width = _WIDTH * COLUMNS // (len(words) + 1)
    cells = ""
    for text, sample in [*zip(words, samples, strict=True), (_NO_DATA.in_(language), None)]:
        fill, colour = _looks(sample, bounds)
        border = "dotted" if sample is None else "single"
        cells += _cell(_line(text, colour, 15), style, fill, border=border, width=width)
    return (
        f"{_table(f'{_LEGEND.in_(language)}: {content.alt}', [width] * (len(words) + 1))}"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _table(alt: str, widths: Sequence[int]) -> str:
    said = attribute(alt)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblW w:type="auto" w:w="0"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="20" w:type="dxa"/>'
        '<w:right w:w="20" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={said}/><w:tblDescription w:val={said}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def _cell(runs: str, style: str, fill: str = "", *, border: str, width: int = _WIDTH) -> str:
    looks = {
        "": 'w:val="nil"',
        "dotted": 'w:val="dotted" w:sz="8" w:space="0" w:color="000000"',
        "dashed": 'w:val="dashed" w:sz="4" w:space="0" w:color="808080"',
        "single": 'w:val="single" w:sz="4" w:space="0" w:color="000000"',
        "thick": 'w:val="single" w:sz="24" w:space="0" w:color="000000"',
    }[border]
    sides = "".join(f"<w:{side} {looks}/>" for side in ("top", "left", "bottom", "right"))
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{sides}</w:tcBorders>'
        f'{shade}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="180" w:lineRule="exact"/>'
        f'<w:jc w:val="center"/></w:pPr>{runs}</w:p></w:tc>'
    )


def _line(
    text: str, colour: str, half_points: int, *, bold: bool = False, italic: bool = False
) -> str:
    weight = "<w:b/>" if bold else "<w:i/>" if italic else ""
    return run(text, f'{weight}<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/>')
