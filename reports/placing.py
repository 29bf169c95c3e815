"""Puts tables, charts, maps, pictures and people's texts where a template wants them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from programme.problem import Language, Problem, Text
from programme.word.charts import (
    CHART_TYPE,
    WORKBOOK_TYPE,
    ChartContent,
    chart_parts,
    drawing,
)
from programme.word.maps import MapContent, map_xml
from programme.word.package import RELATIONS, Package, Relation
from programme.word.pictures import PictureContent, PictureError, load_photo, picture_drawing
from programme.word.styles import CAPTION, NOTE
from programme.word.tables import TableContent, table_xml
from programme.word.text_field import TextField, text_field_xml
from programme.word.xml import paragraph, written
from reports.template_language import Steps

Block = TableContent | ChartContent | MapContent | PictureContent | TextField | str
_FIRST_DRAWING = 1_000_000  # numbers of the template's own drawings lie below
_NO_PICTURE = Text(vi="(Không mở được hình: {name})", en="(Picture that cannot be opened: {name})")


class Placing:
    """What one report gains while it is filled: parts, relations, numbers of captions.

    Args:
        package: of the report; gains the parts.
        source: name of the part that is filled, which the new parts hang on.
        styles: identities of the paragraph styles by their names.
        tell: is told of a picture that cannot be shown.
    """

    def __init__(
        self,
        package: Package,
        source: str,
        styles: Mapping[str, str],
        language: Language,
        steps: Steps,
        tell: Callable[[Problem], object],
    ) -> None:
        self.package = package
        self.source = source
        self.styles = styles
        self.language = language
        self.steps = steps
        self.tell = tell
        self._numbers: Counter[str] = Counter()
        self._drawings = 0
        self._fields = 0

    def next(self, name: str) -> int:
        """Count captions of one kind on."""
        self._numbers[name] += 1
        return self._numbers[name]

    def place(self, blocks: Sequence[Block] | Block, *, new_page: bool) -> str:
        """Write blocks one after another.

        Args:
            new_page: the first begins a page.
        """
        listed = blocks if isinstance(blocks, list | tuple) else [blocks]
        pairs = zip_longest(listed, listed[1:])
        placed = "".join(self._block(block, following) for block, following in pairs)
        if new_page and listed:
            ruler = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            placed = f"<w:p><w:pPr><w:pageBreakBefore/>{ruler}</w:pPr></w:p>{placed}"
        return placed

    def _block(self, block: Block, following: Block | None) -> str:
        if isinstance(block, str):
            return paragraph(block, self.styles[NOTE])
        if isinstance(block, TableContent):
            notes = "".join(paragraph(note, self.styles[NOTE]) for note in block.notes)
            return f"{self._caption(block.caption)}{table_xml(block, self.styles)}{notes}"
        if isinstance(block, ChartContent):
            # a sentence below a chart belongs to it
            return self._chart(block, keep=isinstance(following, str))
        if isinstance(block, MapContent):
            notes = "".join(paragraph(note, self.styles[NOTE]) for note in block.notes)
            drawn = map_xml(block, self.styles, self.language)
            return f"{self._caption(block.caption)}{drawn}{notes}"
        if isinstance(block, PictureContent):
            return self._picture(block)
        self._fields += 1
        return text_field_xml(block, self.styles, self._fields)

    def _caption(self, caption: str) -> str:
        return paragraph(caption, self.styles[CAPTION], "<w:keepNext/>") if caption else ""

    def _chart(self, content: ChartContent, *, keep: bool) -> str:
        """Write caption and chart into one paragraph that is never split.

        LibreOffice lets a caption of its own stay behind when the chart moves to the next page.
        """
        number = self._drawing_number()
        name = f"word/charts/report{number}.xml"
        chart, workbook = chart_parts(content)
        book = self._add(f"word/embeddings/report{number}.xlsx", WORKBOOK_TYPE, workbook)
        relation = self._relate("chart", self._add(name, CHART_TYPE, chart))
        self.package.relations[name] = [Relation("rId1", f"{RELATIONS}/package", book)]
        drawn = drawing(content, relation, _FIRST_DRAWING + number)
        return self._drawn(content.caption, drawn, keep=keep)

    def _picture(self, content: PictureContent) -> str:
        try:
            photo = load_photo(content.path, content.width, content.height)
        except PictureError as error:
            self.tell(error.problem)
            words = _NO_PICTURE.in_(self.language).format(name=content.caption or content.alt)
            return paragraph(words, self.styles[NOTE])
        number = self._drawing_number()
        part = self._add(f"word/media/report{number}.jpg", "image/jpeg", photo.jpeg)
        relation = self._relate("image", part)
        drawn = picture_drawing(photo, content.alt, relation, _FIRST_DRAWING + number)
        style = self.styles[NOTE]
        below = ""
        if content.caption:
            below = paragraph(content.caption, style, '<w:jc w:val="center"/>')
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if below else ""}'
            f'<w:jc w:val="center"/></w:pPr><w:r>{drawn}</w:r></w:p>{below}'
        )

    def _drawn(self, caption: str, drawn: str, *, keep: bool) -> str:
        above = ""
        if caption:
            above = f'<w:r><w:t xml:space="preserve">{written(caption)}</w:t><w:br/></w:r>'
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self.styles[CAPTION]}"/>'
            f'<w:keepNext w:val="{int(keep)}"/><w:keepLines/></w:pPr>{above}'
            f"<w:r>{drawn}</w:r></w:p>"
        )

    def _drawing_number(self) -> int:
        """Give a number that no drawing has, also where a report has become a template."""
        while True:
            self._drawings += 1
            names = (
                f"word/charts/report{self._drawings}.xml",
                f"word/media/report{self._drawings}.jpg",
            )
            if not any(name in self.package.parts for name in names):
                return self._drawings

    def _add(self, name: str, kind: str, content: bytes) -> str:
        self.package.parts[name], self.package.types[name] = content, kind
        return name

    def _relate(self, kind: str, target: str) -> str:
        identity = f"report{self._drawings}"
        relation = Relation(identity, f"{RELATIONS}/{kind}", target)
        self.package.relations[self.source].append(relation)
        return identity
