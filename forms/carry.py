"""Carries a filled submission over to the form as a KoBo server serves it.

KoBo compiles the workbook itself: the root element and the id are the asset's uid, the version is
its own, and it adds ``formhub/uuid`` and ``__version__``. Everything below the root is equal, so a
submission filled against our XForm becomes one of theirs when these five are put in.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime

from forms.entities import drop_entities, saves_entity
from forms.xform import XFORMS, XForm, local_name, parse_xform
from programme.problem import Place, Problem, ProblemError, Text


@dataclass(frozen=True, slots=True)
class ServedForm:
    """What a submission must carry to be taken as one of this form.

    Args:
        root: name of the root element.
        form_id: its ``id``.
        version: its ``version``.
        formhub_uuid: value of ``formhub/uuid``; None when the form has none.
        deployed_version: value of ``__version__``; None when the form has none.
        paths: every path below the root, ``group/question``.
        entities: it saves into entity lists; KoBo's copy of a form never does.
    """

    root: str
    form_id: str
    version: str
    formhub_uuid: str | None
    deployed_version: str | None
    paths: frozenset[str]
    entities: bool = True


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the phone would have put in at the moment of filling; None leaves a value as it is.

    Args:
        start: when the form was opened, with time zone.
        end: when it was finalised, with time zone.
        today: day of the phone, ``YYYY-MM-DD``.
        username: name set in the app.
        deviceid: id of the phone.
        instance_id: ``uuid:…``.
    """

    start: datetime | None = None
    end: datetime | None = None
    today: str | None = None
    username: str | None = None
    deviceid: str | None = None
    instance_id: str | None = None


def served_form(xml: str) -> ServedForm:
    """Read from a served XForm what its submissions must carry.

    Raises:
        ProblemError: ``xform-unreadable``.
    """
    xform = parse_xform(xml)
    return ServedForm(
        root=xform.root,
        form_id=xform.form_id,
        version=xform.version,
        formhub_uuid=_calculated(xform, "formhub/uuid"),
        deployed_version=_calculated(xform, "__version__"),
        paths=frozenset(_paths(xform.instance, "")),
        entities=saves_entity(xform.instance),
    )


def carry(instance: str, served: ServedForm, stamp: Stamp | None = None) -> str:
    """Carry a submission over to a served form.

    Args:
        instance: the submission's XML, filled against our XForm.
        served: the form as the server serves it.
        stamp: what to put in for the phone.

    Raises:
        ProblemError: ``carry-path`` when the served form lacks a question of the submission.
    """
    root = ET.fromstring(instance)  # noqa: S314 - made by our own engine
    lacking = sorted(set(_paths(root, "")) - served.paths)
    if lacking:
        raise ProblemError([_lacks(served, path) for path in lacking])
    if not served.entities:
        drop_entities(root)
    root.tag = served.root
    root.set("id", served.form_id)
    root.set("version", served.version)
    if served.formhub_uuid is not None:
        _put(root, ("formhub", "uuid"), served.formhub_uuid, at=0)
    if served.deployed_version is not None:
        _put(root, ("__version__",), served.deployed_version, at=_before_meta(root))
    _stamp(root, stamp or Stamp())
    return ET.tostring(root, encoding="unicode")


def _stamp(root: ET.Element, stamp: Stamp) -> None:
    for name in ("start", "end"):
        moment: datetime | None = getattr(stamp, name)
        if moment is not None:
            _replace(root, name, moment.isoformat(timespec="milliseconds"))
    for name in ("today", "username", "deviceid"):
        _replace(root, name, getattr(stamp, name))
    if stamp.instance_id is not None:
        _put(root, ("meta", "instanceID"), stamp.instance_id)


def _replace(root: ET.Element, name: str, value: str | None) -> None:
    found = root.find(name)
    if found is not None and value is not None:
        found.text = value


def _put(root: ET.Element, path: tuple[str, ...], value: str, at: int | None = None) -> None:
    """Set an element's text; where it is missing, make it, the first part at a position."""
    here = root
    for name in path:
        found = next((child for child in here if local_name(child.tag) == name), None)
        if found is None:
            found = ET.Element(name)
            here.insert(at if here is root and at is not None else len(here), found)
        here = found
    here.text = value


def _before_meta(root: ET.Element) -> int:
    names = [local_name(child.tag) for child in root]
    return names.index("meta") if "meta" in names else len(names)


def _calculated(xform: XForm, path: str) -> str | None:
    """Read the text literal that a field is calculated as, ``'v1a2…'``."""
    for bind in xform.tree.iter(f"{XFORMS}bind"):
        if bind.get("nodeset") == f"/{xform.root}/{path}":
            return bind.get("calculate", "").strip().strip("'\"")
    return None


def _paths(element: ET.Element, above: str) -> list[str]:
    paths: list[str] = []
    for child in element:
        path = f"{above}{local_name(child.tag)}"
        if path.split("/", maxsplit=1)[0] == "meta":
            continue
        paths += [path, *_paths(child, f"{path}/")]
    return paths


def _lacks(served: ServedForm, path: str) -> Problem:
    return Problem(
        "carry-path",
        Text(
            vi=f"biểu mẫu trên máy chủ không có câu «{path}»",
            en=f"the form on the server has no question “{path}”",
        ),
        Text(
            vi="hãy triển khai lại biểu mẫu (ishc deploy), rồi điền lại phiếu",
            en="deploy the form again (ishc deploy), then fill the submission again",
        ),
        Place(form=served.form_id, question=path),
    )
