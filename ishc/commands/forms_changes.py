"""``ishc forms changes``: what a new version of a form does to data already collected."""

import click

from forms.changes.change import KINDS, Changes
from forms.changes.compare import compare_forms
from ishc.changes_shown import section
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.named import workbook_of
from programme.problem import Text


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
        for line in section(found.of(kind), kind, context.language):
            context.say(line, line)
    advice = _advice(found)
    context.say(advice.vi, advice.en)


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
