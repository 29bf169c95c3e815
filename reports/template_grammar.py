"""What a tag may say: each is checked when a template is read, before any of it runs."""

import jinja2
from jinja2 import nodes

from programme.problem import Language, Text
from programme.text import did_you_mean, nearest
from reports.template_language import CALLED, environment, no_attribute

_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign)
_EXPRESSIONS = (
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Filter,
    nodes.CondExpr,
    nodes.Concat,
    nodes.List,
    nodes.Tuple,
    nodes.Neg,
)
_FOR = Text(
    vi="{% for %} chỉ viết dạng {% for dòng in danh_sách %}",
    en="{% for %} is written as {% for row in list %} only",
)


def fault_of(source: str, language: Language) -> tuple[Text | None, set[tuple[str, str]], set[str]]:
    """Check one tag alone.

    Args:
        source: the tag in private-use letters, closed by what closes it.

    Returns:
        What is wrong, None if nothing is; the names that it reads, each with the attribute asked
        for or an empty one; the names that it gives.
    """
    env = environment(language)
    try:
        tree = env.parse(source)
    except jinja2.TemplateSyntaxError as error:
        why = error.message or ""
        # jinja's own words are English
        vi = "không đọc được: xem lại tên, ngoặc, dấu nháy và dấu |"
        return Text(vi=vi, en=f"cannot be read ({why})"), set(), set()
    except RecursionError:
        return Text(vi="quá nhiều ngoặc lồng nhau", en="has too many brackets"), set(), set()
    named = list(tree.find_all(nodes.Name))
    asked = {(each.name, "") for each in named if each.ctx == "load"}
    asked |= {
        (each.node.name, each.attr)
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name)
    }
    bound = {each.name for each in named if each.ctx == "store"}
    faults = (_fault_of_node(node, env) for node in tree.find_all(nodes.Node))
    return next((fault for fault in faults if fault), None), asked, bound


def _fault_of_node(node: nodes.Node, env: jinja2.Environment) -> Text | None:
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return no_attribute(node.attr, "", ())
    if isinstance(node, nodes.Filter | nodes.Test):
        return _fault_of_word(node, env)
    if isinstance(node, nodes.Call):
        return CALLED
    if isinstance(node, nodes.For) and (node.recursive or node.test is not None):
        return _FOR
    if isinstance(node, (*_STATEMENTS, *_EXPRESSIONS)):
        return None
    kind = type(node).__name__.lower()
    return Text(
        vi=f"mẫu không được dùng phép này ({kind})", en=f"a template has no use of this ({kind})"
    )


def _fault_of_word(node: nodes.Filter | nodes.Test, env: jinja2.Environment) -> Text | None:
    is_filter = isinstance(node, nodes.Filter)
    # our own words for the compiled template begin with a line
    listed = [each for each in (env.filters if is_filter else env.tests) if each[0].isalpha()]
    if node.name in listed:
        return None
    near = did_you_mean(nearest(node.name, listed))
    known = ", ".join(listed)
    vi, en = ("bộ lọc", "filter") if is_filter else ("phép thử", "test")
    return Text(
        vi=f"không có {vi} «{node.name}»{near.vi} (có: {known})",
        en=f"there is no {en} “{node.name}”{near.en} (there are: {known})",
    )
