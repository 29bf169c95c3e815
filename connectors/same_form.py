"""Where the form that a server compiled for itself differs from the one we compiled."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from connectors.form_facts import Facts, facts_of
from forms.entities import drop_entities
from programme.text import tidy

Aspect = Literal[
    "only-ours", "only-served", "type", "required", "constraint", "relevant", "calculation",
    "choices", "label", "order", "other",
]  # fmt: skip
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
XFORMS = "{http://www.w3.org/2002/xforms}"
_ADDED = ("/data/formhub/uuid", "/data/__version__")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in both forms.

    Args:
        question: its path below the root, empty when it concerns no single question.
        aspect: what differs.
        ours, served: as each form has it, empty where there is nothing.
    """

    question: str
    aspect: Aspect
    ours: str = ""
    served: str = ""


class UnreadableFormError(Exception):
    """What a server gave out as a form is none."""


def same_form(ours: str, served: bytes) -> bool:
    """Tell whether two XForms differ only in what a server changes in every form."""
    try:
        return not differences(ours, served)
    except UnreadableFormError:
        return False


def differences(ours: str, served: bytes) -> tuple[Difference, ...]:
    """Compare two XForms, question by question, but for what a server changes in every form.

    KoBo compiles the workbook itself and gives the form another root, id and version; it adds
    ``formhub/uuid`` and ``__version__``, and knows no entities.

    Args:
        ours: from the workbook.
        served: as phones get it.

    Raises:
        UnreadableFormError: one of the two is no XForm.
    """
    # expat reads nothing from outside and ends a bomb of entities as a ParseError
    try:
        forms = ET.fromstring(ours), ET.fromstring(served)  # noqa: S314
    except ET.ParseError as error:
        raise UnreadableFormError from error
    if _of_kobo(forms[1]):
        drop_entities(forms[0])
    if _plain(forms[0]) == _plain(forms[1]):
        return ()
    found = tuple(_differences(facts_of(forms[0]), facts_of(forms[1])))
    return found or (Difference("", "other"),)


def _differences(ours: Mapping[str, Facts], served: Mapping[str, Facts]) -> Iterator[Difference]:
    for path, facts in ours.items():
        if path not in served:
            yield Difference(path, "only-ours")
            continue
        for aspect in ASPECTS:
            before, after = facts.get(aspect, ""), served[path].get(aspect, "")
            if before != after:
                yield Difference(path, aspect, tidy(before), tidy(after))
    yield from (Difference(path, "only-served") for path in served if path not in ours)
    both = [path for path in ours if path in served]
    if both != (there := [path for path in served if path in ours]):
        at = next(at for at, path in enumerate(both) if path != there[at])
        yield Difference(both[at], "order", both[at], there[at])


def _plain(form: ET.Element) -> str:
    """Take out of a form what a server changes in every one, and write the rest canonically."""
    root = _root(form)
    name = root.tag.rpartition("}")[2]
    for added in [
        each for each in root if each.tag.rpartition("}")[2] in ("formhub", "__version__")
    ]:
        root.remove(added)
    root.tag = f"{XFORMS}data"
    root.attrib.clear()
    path = re.compile(rf"/{re.escape(name)}(?=[/:\s'\"),\]]|$)")
    for element in form.iter():
        for key, value in element.attrib.items():
            element.set(key, path.sub("/data", value))
    for model in form.iter(f"{XFORMS}model"):
        for bind in [each for each in model if each.get("nodeset") in _ADDED]:
            model.remove(bind)
    return ET.canonicalize(
        ET.tostring(form, encoding="unicode"), strip_text=True, rewrite_prefixes=True
    )


def _of_kobo(form: ET.Element) -> bool:
    return any(each.tag.rpartition("}")[2] == "formhub" for each in _root(form))


def _root(form: ET.Element) -> ET.Element:
    for instance in form.iter(f"{XFORMS}instance"):
        for root in instance:
            return root
    raise UnreadableFormError
