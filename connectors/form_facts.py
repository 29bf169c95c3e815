"""What an XForm says of each of its questions, path by path."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.xform import JAVAROSA, XFORMS, local_name

Facts = dict[str, str]  # by aspect: type, required, constraint, relevant, calculation, …
_BINDS = {
    "type": "type",
    "required": "required",
    "constraint": "constraint",
    "relevant": "relevant",
    "calculate": "calculation",
}
_ITEXT = re.compile(r"^jr:itext\('(.*)'\)$")
_LIST = re.compile(r"instance\('([^']+)'\)")
_WORDS = ("label", "hint", "itemset", "item")
_HEAD = "/data/"


@dataclass(slots=True)
class _Reading:
    """The parts of a form that questions refer to.

    Args:
        texts: by id, in all languages.
        lists: the choices of each list, by its id.
        facts: what is known of each path, in the order of the submission.
    """

    texts: Mapping[str, str]
    lists: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)

    def add(self, path: str | None, aspect: str, value: str) -> None:
        """Note something of a path, beside what is noted there already."""
        facts = self.facts.setdefault((path or "").removeprefix(_HEAD), {})
        facts[aspect] = f"{facts[aspect]}; {value}" if aspect in facts else value


def facts_of(form: ET.Element) -> dict[str, Facts]:
    """Read what a form says of each path below its root, whose name is ``data``."""
    reading = _Reading(_texts(form))
    instances = list(form.iter(f"{XFORMS}instance"))
    _paths(reading, instances[0][0], "")
    for instance in instances[1:]:
        reading.lists[instance.get("id", "")] = instance.get("src") or _choices(reading, instance)
    for model in form.iter(f"{XFORMS}model"):
        for bind in model.iter(f"{XFORMS}bind"):
            _bind(reading, bind)
    for element in form.iter():
        if local_name(element.tag) == "body":
            for control in element.iter():
                _control(reading, control)
        elif element.get("event"):  # what a phone sets by itself
            value = f"{element.get('event')}: {element.get('value') or element.text or ''}"
            reading.add(element.get("ref"), "calculation", value)
    return reading.facts


def _texts(form: ET.Element) -> dict[str, str]:
    texts: dict[str, str] = {}
    for translation in form.iter(f"{XFORMS}translation"):
        language = translation.get("lang", "")
        for text in translation:
            said = " | ".join(_inner(value) for value in text)
            key = text.get("id", "")
            texts[key] = "; ".join(filter(None, (texts.get(key), f"{language}: {said}")))
    return texts


def _paths(reading: _Reading, parent: ET.Element, above: str) -> None:
    for child in parent:
        path = f"{above}{local_name(child.tag)}"
        kind = "repeat" if child.get(f"{JAVAROSA}template") is not None else ""
        facts = reading.facts.setdefault(path, {})
        if kind:
            facts["type"] = kind
        if text := (child.text or "").strip():
            facts["calculation"] = f"= {text}"
        _paths(reading, child, f"{path}/")


def _choices(reading: _Reading, instance: ET.Element) -> str:
    return "; ".join(_choice(reading, item) for root in instance for item in root)


def _choice(reading: _Reading, item: ET.Element) -> str:
    cells = {local_name(cell.tag): (cell.text or "").strip() for cell in item}
    text = cells.pop("itextId", None)
    name = cells.pop("name", "")
    words = reading.texts.get(text, "") if text is not None else ""
    more = ", ".join(f"{key}={value}" for key, value in sorted(cells.items()))
    return " ".join(filter(None, (name, f"({words})" if words else "", more)))


def _bind(reading: _Reading, bind: ET.Element) -> None:
    path = bind.get("nodeset")
    rest = []
    for key, value in bind.attrib.items():
        if key in _BINDS:
            reading.add(path, _BINDS[key], value.strip())
        elif key != "nodeset":
            rest.append(f"{local_name(key)}={_said(reading, value)}")
    if rest:
        reading.add(path, "other", ", ".join(sorted(rest)))


def _control(reading: _Reading, control: ET.Element) -> None:
    path = control.get("ref") or control.get("nodeset")
    if local_name(control.tag) in (*_WORDS, "value") or not path:
        return
    shown = {local_name(key): value for key, value in control.attrib.items() if key != "ref"}
    named = ", ".join(f"{key}={value}" for key, value in sorted(shown.items()))
    reading.add(path, "other", f"{local_name(control.tag)} {named}".strip())
    for aspect, value in _words(reading, control):
        reading.add(path, aspect, value)


def _words(reading: _Reading, control: ET.Element) -> Iterator[tuple[str, str]]:
    for child in control:
        kind = local_name(child.tag)
        if kind in ("label", "hint"):
            yield "label", _label(reading, child)
        elif kind == "item":
            parts = {local_name(each.tag): each for each in child}
            label = _label(reading, parts["label"]) if "label" in parts else ""
            yield "choices", f"{_inner(parts['value']) if 'value' in parts else ''} ({label})"
        elif kind == "itemset":
            nodeset = child.get("nodeset", "")
            found = _LIST.search(nodeset)
            refs = ", ".join(f"{local_name(each.tag)}={each.get('ref')}" for each in child)
            choices = reading.lists.get(found.group(1), "") if found else ""
            yield "choices", f"{choices} [{nodeset}; {refs}]"


def _label(reading: _Reading, label: ET.Element) -> str:
    return _said(reading, label.get("ref", "")) or _inner(label)


def _said(reading: _Reading, value: str) -> str:
    found = _ITEXT.match(value)
    return reading.texts.get(found.group(1), "") if found else value


def _inner(element: ET.Element) -> str:
    """Write what stands inside an element, the values of other questions by their path."""
    parts = [element.text or ""]
    for child in element:
        parts += [f"${{{(child.get('value') or '').strip()}}}", child.tail or ""]
    return "".join(parts).strip()
