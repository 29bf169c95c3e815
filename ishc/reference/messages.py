"""The page of messages: every problem that the code tells, by the code in its brackets.

There is no register of problems: each stands where it is found. So the sources are read, and what
stands in a message only when it is told becomes dots.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ishc.language import say
from ishc.reference.markdown import cell, code, table
from programme.problem import Language, Text

ROOMS = ("programme", "forms", "connectors", "reports", "ishc")
_MAKERS = frozenset({"Problem", "problem"})
_DOTS = "…"
_PAIR = ("what", "do")
Told = dict[str, list[tuple[Text, Text]]]


def messages_page(sources: Path, language: Language) -> str:
    """Write the page.

    Args:
        sources: the folder with the rooms of the code.
        language: of the page.
    """
    head = say(
        "# Các thông báo\n\nMã trong ngoặc vuông ở cuối một thông báo, thông báo nói gì và việc "
        "cần làm. Dấu … là chỗ lệnh ghi tên, số, tệp cụ thể; thông báo nào cả câu chỉ có khi "
        "chạy thì không có ở đây. Thông báo của `ishc forms check`: xem trang kiểm tra biểu mẫu."
        "\n\n",
        "# Messages\n\nThe code in the brackets at the end of a message, what it says, and what to "
        "do. Dots stand for the name, number or file that a message tells; a few that are put "
        "together only when told are missing. Those of `ishc forms "
        "check` are on the page on checks of forms.\n\n",
    )
    columns = say("mã|thông báo|việc cần làm", "code|message|what to do").split("|")
    return head + table(columns, _rows(messages(sources), language))


def messages(sources: Path) -> Told:
    """Give what is told and what to do by code; one code may tell several things."""
    told: Told = defaultdict(list)
    for room in ROOMS:
        for path in sorted((sources / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name, what, do in _problems(tree):
                if (what, do) not in told[name]:
                    told[name].append((what, do))
    return dict(sorted(told.items()))


def _rows(told: Told, language: Language) -> Iterator[tuple[str, str, str]]:
    for name, pairs in told.items():
        for what, do in pairs:
            yield code(name), cell(what.in_(language)), cell(do.in_(language))


def _problems(tree: ast.Module) -> Iterator[tuple[str, Text, Text]]:
    named = dict(_named_texts(tree))
    for place in _places(tree):
        for at, first, second in _branches(place):
            what, do = _text(first, named), _text(second, named)
            if isinstance(at, ast.Constant) and isinstance(at.value, str) and what and do:
                yield at.value, what, do


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr, ast.expr, ast.expr]]:
    """Give where a code stands with its two sentences: in a call, or in a table of problems."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=[at, first, second, *_]) if _called(node) in _MAKERS:
                yield at, first, second
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if key and isinstance(value, ast.Tuple) and len(value.elts) == len(_PAIR):
                        yield key, value.elts[0], value.elts[1]


def _branches(nodes: tuple[ast.expr, ...]) -> Iterator[tuple[ast.expr, ...]]:
    """Give what stands there in each case; those of one condition go together."""
    test = next((ast.dump(each.test) for each in nodes if isinstance(each, ast.IfExp)), None)
    if test is None:
        yield nodes
        return
    for side in ("body", "orelse"):
        yield from _branches(tuple(_side(each, test, side) for each in nodes))


def _side(node: ast.expr, test: str, side: str) -> ast.expr:
    if isinstance(node, ast.IfExp) and ast.dump(node.test) == test:
        chosen: ast.expr = getattr(node, side)
        return chosen
    return node


def _named_texts(tree: ast.Module) -> Iterator[tuple[str, Text]]:
    """Give the sentences that a module keeps under a name of its own."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _text(node.value, {})
            if text:
                yield node.targets[0].id, text


def _text(node: ast.expr, named: dict[str, Text]) -> Text | None:
    """Give the sentence that an expression is; None where it is worked out."""
    if isinstance(node, ast.Name):
        return named.get(node.id)
    if not isinstance(node, ast.Call) or _called(node) != "Text":
        return None
    words = {each.arg: _words(each.value) for each in node.keywords}
    vi, en = words.get("vi"), words.get("en")
    return Text(vi=vi, en=en) if vi and en else None


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(each) for each in node.values)
    if isinstance(node, ast.BinOp):
        return _words(node.left) + _words(node.right)
    return _DOTS


def _called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
