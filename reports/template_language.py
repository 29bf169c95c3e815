"""The small language of templates: names, attributes of figures, filters, if and for. No calls.

Everything that is not named here is refused when a template is read, before any of it runs.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from programme.problem import Language, Text
from programme.text import did_you_mean, nearest
from programme.word.xml import written
from reports.figure_text import ATTRIBUTES, FigureText
from reports.printing import filters, shown
from reports.sentences import conditions
from reports.template_faults import TemplateFault

LOOP = ("first", "last", "index", "length")
STATE = "\ue000state"  # no template can name it
STEPS_AT_MOST = 200_000
# private-use letters instead of braces: text of the document is never taken for a tag
PRINT, PRINT_END, DO, DO_END = "\ue010", "\ue011", "\ue012", "\ue013"
_REMARK, _REMARK_END = "\ue014", "\ue015"
CALLED = Text(vi="mẫu không được gọi hàm", en="a template calls no functions")


class BlockNotAloneFault(TemplateFault):
    """A table or chart was asked for in the middle of a sentence."""


class PlacedBlocks:
    """What a placeholder of a block stands for; prints nothing in a sentence."""

    def __init__(self, name: str, blocks: Any) -> None:
        self.name = name
        self.blocks = blocks


class Steps:
    """How many turns all loops of one report may still take together."""

    def __init__(self, left: int = STEPS_AT_MOST) -> None:
        self.left = left

    def take(self, turns: int) -> None:
        """Count the turns of a loop before it begins.

        Raises:
            TemplateFault: the loops take too many.
        """
        self.left -= turns
        if self.left < 0:
            raise TemplateFault(
                Text(
                    vi="các vòng lặp {% for %} lặp quá nhiều lần",
                    en="the loops {% for %} go round too many times",
                )
            )


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja that reaches into our own objects and nowhere else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, FigureText):
            if attribute in ATTRIBUTES:
                return getattr(obj, attribute)
            raise TemplateFault(no_attribute(attribute, obj.code, ATTRIBUTES))
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            raise TemplateFault(no_attribute(attribute, "", [str(key) for key in obj]))
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        raise TemplateFault(no_attribute(attribute, "", ()))

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument)

    def call(self, *_: Any, **__: Any) -> Any:
        raise TemplateFault(CALLED)


@cache
def environment(language: Language) -> _Environment:
    """Give the language of templates, with sentences in one language."""
    made = _Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_finalize(language),
        variable_start_string=PRINT,
        variable_end_string=PRINT_END,
        block_start_string=DO,
        block_end_string=DO_END,
        comment_start_string=_REMARK,
        comment_end_string=_REMARK_END,
        keep_trailing_newline=True,
        cache_size=0,
    )
    made.globals.clear()
    made.filters = {**filters(language), "_rows": _rows, "_place": _place, "_next": _next}
    made.tests = {**conditions(), "_block": lambda value: isinstance(value, PlacedBlocks)}
    return made


def _finalize(language: Language) -> Callable[[Any], Markup]:
    def finalize(value: Any) -> Markup:
        if isinstance(value, Markup):
            return value
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()
        if isinstance(value, PlacedBlocks):
            raise BlockNotAloneFault(not_alone(value.name))
        if isinstance(value, list | tuple | Mapping):
            raise TemplateFault(
                Text(
                    vi="đây là danh sách: hãy dùng {%p for … %} hoặc «| words»",
                    en="this is a list: use {%p for … %} or “| words”",
                )
            )
        return Markup(written(shown(value, language)))  # noqa: S704 written() escapes

    return finalize


@jinja2.pass_context
def _rows(context: Any, value: Any) -> Any:
    """Count the turns of a loop and refuse to walk through anything but a list."""
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if not isinstance(value, list | tuple):
        raise TemplateFault(
            Text(vi="{% for %} chỉ dùng với danh sách", en="{% for %} is for lists only")
        )
    context[STATE].steps.take(len(value) + 1)
    return value


@jinja2.pass_context
def _place(context: Any, value: PlacedBlocks, new_page: bool) -> Markup:
    placed: str = context[STATE].place(value.blocks, new_page=new_page)
    return Markup(placed)  # noqa: S704 XML of our own


@jinja2.pass_context
def _next(context: Any, name: str) -> int:
    """Count on: the number of a caption."""
    number: int = context[STATE].next(name)
    return number


def compiled(source: str, language: Language) -> jinja2.Template:
    """Compile a part of a template whose tags were all checked by ``fault_of``."""
    env = environment(language)
    tree = env.parse(source)
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "_rows", [], [], None, None, lineno=loop.lineno)
    return env.from_string(tree)


def no_attribute(attribute: str, owner: str, names: Collection[str]) -> Text:
    """Say that there is no such attribute, and which was meant."""
    if attribute.startswith("_"):
        return Text(
            vi=f"không được dùng «.{attribute}»", en=f"“.{attribute}” is not open to templates"
        )
    near = did_you_mean(nearest(attribute, names))
    of = f" {owner}" if owner else ""
    known = ", ".join(names)
    return Text(
        vi=f"{of.strip() or 'giá trị này'} không có «.{attribute}»{near.vi}"
        + (f" (có: {known})" if known else ""),
        en=f"{of.strip() or 'this value'} has no “.{attribute}”{near.en}"
        + (f" (it has: {known})" if known else ""),
    )


def not_alone(name: str) -> Text:
    """Say that a block stands in the middle of something."""
    return Text(
        vi=f"«{{{{ {name} }}}}» là bảng, biểu đồ, hình hoặc phần chữ, phải đứng một mình trong một "
        "đoạn của phần thân",
        en=f"“{{{{ {name} }}}}” is a table, a chart, a picture or a text and stands alone in a "
        "paragraph of the body",
    )
