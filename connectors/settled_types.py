"""Types of questions that a server changes for nobody, told before a deployment is tried."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace

from connectors.ready import Ready
from connectors.servers import verbs
from connectors.visit import Visit
from forms.xform import XFORMS, parse_xform
from programme.problem import Problem, Text

TEXT = "string"
_WORDS = {
    TEXT: Text(vi="chữ", en="text"),
    "int": Text(vi="số nguyên", en="whole number"),
    "decimal": Text(vi="số thập phân", en="decimal"),
    "date": Text(vi="ngày", en="date"),
    "time": Text(vi="giờ", en="time"),
    "dateTime": Text(vi="ngày giờ", en="date and time"),
    "geopoint": Text(vi="vị trí", en="place"),
    "geotrace": Text(vi="đường", en="line"),
    "geoshape": Text(vi="vùng", en="area"),
    "binary": Text(vi="tệp", en="file"),
    "barcode": Text(vi="mã vạch", en="barcode"),
}


def settled_problems(form: Ready, here: Visit, asset: str) -> Iterator[Problem]:
    """Tell each question of a form whose type the server will not take.

    Raises:
        ProblemError: a fault of the server.
    """
    settled = verbs(here.server).settled_types(here.server, asset)
    now = _types(form.compiled.xml) if settled else {}
    for path, before in settled.items():
        if now.get(path, before) not in (before, TEXT):
            yield _type_settled(here, path, before, now[path])


def _type_settled(here: Visit, path: str, before: str, after: str) -> Problem:
    """Tell of a question whose type the server keeps for good.

    Args:
        path: of the question, below the root.
        before, after: types as an XForm names them.
    """
    product, name = here.server.product, path.rpartition("/")[2]
    was, now = (_WORDS.get(each) or Text(vi=each, en=each) for each in (before, after))
    return Problem(
        "type-settled",
        Text(
            vi=f"câu «{name}» đã phát hành với kiểu {was.vi}, bảng tính đổi thành {now.vi}; "
            f"{product} không bao giờ cho đổi như vậy, nên chưa gửi gì",
            en=f"“{name}” was published as {was.en} and is {now.en} in the workbook; {product} "
            "never lets that be changed, so nothing was sent",
        ),
        Text(
            vi=f"hãy trả lại kiểu cũ, hoặc đặt cho câu một tên mới và ghi «{name}» vào cột "
            "former_name, để câu trả lời cũ và mới vẫn vào một cột",
            en=f"give it its old type again, or give the question a new name with “{name}” in "
            "its column former_name, so that old and new answers are in one column",
        ),
        replace(here.source.place(here.form), question=path),
    )


def _types(xml: str) -> dict[str, str]:
    form = parse_xform(xml)
    head = f"/{form.root}/"
    return dict(_binds(form.tree, head))


def _binds(tree: ET.Element, head: str) -> Iterator[tuple[str, str]]:
    for bind in tree.iter(f"{XFORMS}bind"):
        path = bind.get("nodeset", "")
        if path.startswith(head):
            yield path.removeprefix(head), bind.get("type") or TEXT
