"""What is wrong with a template, and in which paragraph an official finds it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, fold, nearest
from reports.figure_text import ATTRIBUTES, PLACES_CHART, FigureText

# words that people try first, and what they are called here
MEANT = {
    "province": "area",
    "tinh": "area",
    "dia_ban": "area",
    "year": "as_of_year",
    "nam": "as_of_year",
    "date": "cut_off",
    "ngay": "cut_off",
    "organisation": "issuer_name",
    "organization": "issuer_name",
    "co_quan": "issuer_name",
    "ky": "period",
    "clubs_total": "clubs",
    "members_total": "members",
}
_MEND = Text(
    vi="hãy mở mẫu bằng Word, sửa tên trong {{ }}; mọi tên, kèm nghĩa và ví dụ: ishc report … "
    "--placeholders ten.docx",
    en="open the template in Word and mend the name in {{ }}; every name, with what it prints: "
    "ishc report … --placeholders names.docx",
)
_A_RATING = "rated_"
_WORDS_SHOWN = 60
_PARAGRAPHS_SHOWN = 3


class TemplateFault(jinja2.TemplateRuntimeError):
    """What a template asked for that it cannot have."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake in a template: the text of its paragraph, its tag as written, what is wrong."""

    paragraph: str
    tag: str
    text: Text


def problem_of(template: Path, fault: Fault) -> Problem:
    """Tell a mistake with template, paragraph and placeholder."""
    where = _where(fault.paragraph)
    vi = f"«{fault.tag}» " if fault.tag else ""
    en = f"“{fault.tag}” " if fault.tag else ""
    return Problem(
        "template-syntax",
        Text(vi=f"{where.vi}{vi}{fault.text.vi}", en=f"{where.en}{en}{fault.text.en}"),
        Text(
            vi="hãy mở mẫu bằng Word và sửa đoạn đó; chỗ điền viết dạng {{ tên }}, mỗi {% if %}, "
            "{% for %} phải có {% endif %}, {% endfor %}; các tên có thể dùng: ishc report … "
            "--placeholders ten.docx",
            en="open the template in Word and mend that paragraph; placeholders are written as "
            "{{ name }}, every {% if %}, {% for %} is closed by {% endif %}, {% endfor %}; the "
            "names there are: ishc report … --placeholders names.docx",
        ),
        Place(file=template.name),
    )


def did_you_mean_tag(word: str, words: Collection[str]) -> Text:
    """Say that there is no such statement."""
    near = did_you_mean(nearest(word, words) if word else None)
    return Text(vi=f"không dùng được trong mẫu{near.vi}", en=f"is not a word of templates{near.en}")


def unknown_name(
    template: Path,
    name: str,
    values: Mapping[str, object],
    blocks: Collection[str],
    paragraphs: Iterable[str],
) -> Problem:
    """Say that there is no such placeholder, which was meant, and which there are.

    Args:
        paragraphs: the texts of the paragraphs that ask for it.
    """
    figures = [each for each, value in values.items() if isinstance(value, FigureText)]
    texts = [each for each in values if each not in figures]
    near = did_you_mean(_meant(name, [*texts, *figures, *blocks]) or _attribute(name, figures))
    where = _where(*paragraphs)
    return Problem(
        "template-placeholder-unknown",
        Text(
            vi=f"{where.vi}không có chỗ điền «{name}»{near.vi}",
            en=f"{where.en}there is no placeholder “{name}”{near.en}",
        ),
        # who is told the right name needs no list of a hundred others
        _MEND if near.en else _all_names(texts, figures, blocks),
        Place(file=template.name),
    )


def _all_names(texts: Collection[str], figures: Sequence[str], blocks: Collection[str]) -> Text:
    # two dozen names, one for each rating, would bury the others
    listed = [each for each in texts if not each.startswith(_A_RATING)]
    listed += [f"{_A_RATING}…"] if len(listed) < len(texts) else []
    placed = [each for each in blocks if not each.endswith(PLACES_CHART)]
    placed += [f"…{PLACES_CHART}"] if len(placed) < len(blocks) else []
    return Text(
        vi=f"{_MEND.vi}. Chữ: {', '.join(listed)}. Bảng, biểu đồ: {', '.join(placed)}. Số liệu: mã "
        f"ở cột code, trang indicators của indicators.xlsx ({', '.join(figures[-3:])}…), thêm .of, "
        ".target, .rating…",
        en=f"{_MEND.en}. Texts: {', '.join(listed)}. Tables, charts: {', '.join(placed)}. Figures: "
        f"the codes in the column code of the sheet indicators of indicators.xlsx "
        f"({', '.join(figures[-3:])}…), with .of, .target, .rating…",
    )


def _meant(name: str, names: Collection[str]) -> str | None:
    meant = MEANT.get(fold(name).replace(" ", "_"))
    return meant if meant in names else nearest(name, names)


def _attribute(name: str, figures: Collection[str]) -> str | None:
    """Find the attribute that a name with a line below was meant for: ``D11_of`` → ``D11.of``."""
    code, _, attribute = name.rpartition("_")
    return f"{code}.{attribute}" if code in figures and attribute in ATTRIBUTES else None


def block_not_alone(template: Path, name: str, paragraphs: Iterable[str]) -> Problem:
    """Say that a table, chart or picture stands where it cannot."""
    where = _where(*paragraphs)
    return Problem(
        "template-block-not-alone",
        Text(
            vi=f"{where.vi}«{{{{ {name} }}}}» là bảng, biểu đồ, hình hoặc phần chữ, phải đứng một "
            "mình trong một đoạn",
            en=f"{where.en}“{{{{ {name} }}}}” is a table, a chart, a picture or a text and stands "
            "alone in its paragraph",
        ),
        Text(
            vi="hãy đưa nó sang một đoạn riêng của phần thân hoặc của một ô bảng, ngoài khung chữ, "
            "đầu trang và chân trang",
            en="move it to a paragraph of its own in the body or a table cell, outside boxes, "
            "headers and footers",
        ),
        Place(file=template.name),
    )


def unreadable(template: Path) -> Problem:
    """Say that there is no template, or that it is no Word file."""
    missing = not template.is_file()
    return Problem(
        "template-missing" if missing else "template-unreadable",
        Text(vi="không có mẫu báo cáo này", en="there is no such template")
        if missing
        else Text(
            vi="đây không phải tệp Word .docx nguyên vẹn", en="this is not a whole Word .docx file"
        ),
        Text(
            vi="hãy lấy lại mẫu từ chương trình mẫu («ishc init»), hoặc lưu lại dạng .docx "
            "(không có macro)",
            en="take the template from the sample programme (“ishc init”), or save it as .docx "
            "(without macros)",
        ),
        Place(file=template.name),
    )


def too_large(template: Path, part: str) -> Problem:
    """Say that a part of the template, such as a picture, is too large."""
    return Problem(
        "template-too-large",
        Text(
            vi=f"một phần của mẫu quá lớn ({part.rsplit('/', 1)[-1]})",
            en=f"a part of the template is too large ({part.rsplit('/', 1)[-1]})",
        ),
        Text(
            vi="hãy mở mẫu bằng Word, nén hình (Picture Format → Compress Pictures) hoặc thay bằng "
            "hình nhỏ hơn",
            en="open the template in Word and compress its pictures (Picture Format → Compress "
            "Pictures), or put smaller ones in",
        ),
        Place(file=template.name),
    )


def entities(template: Path) -> Problem:
    """Say that the template declares what Word never does, which may grow without end."""
    return Problem(
        "template-unsafe",
        Text(
            vi="tệp có khai báo (DOCTYPE) mà Word không bao giờ ghi",
            en="the file holds a declaration (DOCTYPE) that Word never writes",
        ),
        Text(
            vi="tệp này không phải do Word lưu; hãy mở bằng Word và lưu lại thành tệp mới, hoặc "
            "lấy lại mẫu từ chương trình mẫu («ishc init»)",
            en="Word did not save this file; open it in Word and save it anew, or take the "
            "template from the sample programme (“ishc init”)",
        ),
        Place(file=template.name),
    )


def too_long(template: Path) -> Problem:
    """Say that a report would grow beyond what anybody reads."""
    return Problem(
        "template-too-long",
        Text(
            vi="báo cáo lập theo mẫu này sẽ quá dài", en="a report by this template gets too long"
        ),
        Text(
            vi="hãy bớt các vòng lặp {% for %} lồng nhau trong mẫu",
            en="take out loops {% for %} within loops from the template",
        ),
        Place(file=template.name),
    )


def _where(*paragraphs: str) -> Text:
    told = list(dict.fromkeys(_shortened(each) for each in paragraphs if each.strip()))
    if not told:
        return Text(vi="", en="")
    more = len(told) > _PARAGRAPHS_SHOWN
    shown = told[:_PARAGRAPHS_SHOWN]
    vi = ", ".join(f"«{each}»" for each in shown) + ("…" if more else "")
    en = ", ".join(f"“{each}”" for each in shown) + ("…" if more else "")
    return Text(vi=f"đoạn {vi}: ", en=f"paragraph {en}: ")


def _shortened(paragraph: str) -> str:
    words = " ".join(paragraph.split())
    if len(words) <= _WORDS_SHOWN:
        return words
    return (words[:_WORDS_SHOWN].rsplit(" ", 1)[0] or words[:_WORDS_SHOWN]) + "…"
