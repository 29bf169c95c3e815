"""``ishc forms changes``: what a new version of a form does to data already collected."""

from collections.abc import Iterator, Sequence

import click

from forms.changes.change import KINDS, Change, Changes, Kind
from forms.changes.compare import compare_forms
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.named import workbook_of
from programme.problem import Language, Text

SHOWN = 20  # of changes that are mended alike; --json tells all
_HEADINGS: dict[Kind, Text] = {
    "breaking": Text(
        vi="LÀM HỎNG: số liệu đã thu bị mất khỏi bảng, bị hiểu sai hoặc bị lộ",
        en="BREAKING: data collected before leave the tables, are misread, or are shown",
    ),
    "careful": Text(
        vi="CẨN THẬN: số liệu đã thu vẫn còn, nhưng trước và sau không hẳn là một",
        en="CAREFUL: data collected before stay, but before and after are not quite the same",
    ),
    "safe": Text(vi="AN TOÀN", en="SAFE"),
}


@click.command(
    "changes",
    help=say(
        "Cho biết bản mới của một biểu mẫu làm gì với số liệu đã thu bằng bản cũ.\n\n"
        "OLD là tệp Excel mà điện thoại đang dùng, NEW là tệp sẽ thay nó.",
        "Tell what a new version of a form does to data collected by the old one.\n\n"
        "OLD is the workbook that phones have now, NEW the one to replace it.",
    ),
)
@click.argument("old")
@click.argument("new")
@pass_context
def changes(context: Context, old: str, new: str) -> None:
    """Compare two workbooks; what they do to data is a result, not a failure."""
    found = compare_forms(workbook_of(context, old), workbook_of(context, new))
    context.result(found.as_dict())
    for kind in KINDS:
        for line in _section(found.of(kind), kind, context.language):
            context.say(line, line)
    advice = _advice(found)
    context.say(advice.vi, advice.en)


def _section(changes: Sequence[Change], kind: Kind, language: Language) -> Iterator[str]:
    """Write one kind; what is to be done alike is said once."""
    if not changes:
        return
    yield f"{_HEADINGS[kind].in_(language)} ({len(changes)})"
    alike: dict[tuple[Text, Text], list[Change]] = {}
    for change in changes:
        alike.setdefault((change.why, change.do), []).append(change)
    for (why, do), those in alike.items():
        yield from (f"  {change.in_(language)}" for change in those[:SHOWN])
        if (rest := len(those) - SHOWN) > 0:
            yield f"  {Text(vi=f'… và {rest} chỗ nữa', en=f'… and {rest} more').in_(language)}"
        if kind != "safe":
            yield f"    {why.in_(language)}"
            yield f"    → {do.in_(language)}"
    yield ""


def _advice(found: Changes) -> Text:
    if not found.all:
        return Text(
            vi="Không có gì khác ảnh hưởng đến số liệu.",
            en="Nothing differs that touches the data.",
        )
    if breaking := len(found.of("breaking")):
        return Text(
            vi=f"Chưa nên triển khai: hãy sửa {breaking} chỗ làm hỏng số liệu rồi so lại.",
            en=f"Do not deploy yet: mend what is breaking ({breaking}), then compare again.",
        )
    if careful := len(found.of("careful")):
        return Text(
            vi=f"Triển khai được sau khi đã xem {careful} chỗ cần cẩn thận: ishc deploy",
            en=f"It can be deployed once you have weighed what needs care ({careful}): ishc deploy",
        )
    return Text(vi="Triển khai được: ishc deploy", en="It can be deployed: ishc deploy")
