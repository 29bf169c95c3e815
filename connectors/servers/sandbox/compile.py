"""From a stored workbook to the XForm that phones download, as KoBoToolbox compiles it."""

import copy
import re
from dataclasses import asdict, dataclass
from xml.etree import ElementTree

from pyxform.xls2xform import convert

from connectors.servers.sandbox.workbook import Workbook

_XFORMS = "{http://www.w3.org/2002/xforms}"
_PHOTOS = ("binary",)


class CompileError(Exception):
    """A form that the compiler refuses, with the compiler's words."""


@dataclass(frozen=True, slots=True)
class FormPaths:
    """Which paths of a form are repeats, points and files; paths as in records."""

    repeats: frozenset[str]
    points: frozenset[str]
    files: frozenset[str]

    def joined(self, other: "FormPaths") -> "FormPaths":
        """Give the paths of two versions of a form together."""
        return FormPaths(
            self.repeats | other.repeats, self.points | other.points, self.files | other.files
        )

    def lists(self) -> dict[str, list[str]]:
        """Give the paths in a form that JSON can hold."""
        return {name: sorted(paths) for name, paths in asdict(self).items()}


def paths_from(lists: dict[str, list[str]]) -> FormPaths:
    """Give the paths that `FormPaths.lists` wrote."""
    empty: list[str] = []
    names = ("repeats", "points", "files")
    return FormPaths(*(frozenset(lists.get(name, empty)) for name in names))


def compile_workbook(
    workbook: Workbook, uid: str, *, title: str, label: str, version: str, form_uuid: str
) -> str:
    """Compile a workbook as KoBoToolbox does for a deployment.

    The root element and the id are the asset's uid, the version is `label`, and the version's
    uid and the form's uuid are added as calculations. Raises CompileError.
    """
    sheets = copy.deepcopy(workbook)
    settings = dict((sheets.get("settings") or [{}])[0])
    for name in ("form_id", "id_string", "form_title", "title", "name"):
        settings.pop(name, None)
    settings |= {"form_title": title, "form_id": uid, "version": label}
    sheets["settings"] = [settings]
    sheets["settings_header"] = [dict.fromkeys(settings)]
    calculation = {"type": "calculate", "name": "__version__", "calculation": f"'{version}'"}
    sheets["survey"].append(calculation)
    header = dict((sheets.get("survey_header") or [{}])[0])
    sheets["survey_header"] = [header | dict.fromkeys(calculation)]
    try:
        xml = convert(sheets, form_name=uid, pretty_print=True, warnings=[]).xform
    except Exception as error:  # the compiler raises many kinds; its words matter
        raise CompileError(str(error)) from error
    xml = xml.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>', 1)
    return _with_form_uuid(xml, uid, form_uuid)


def _with_form_uuid(xml: str, uid: str, form_uuid: str) -> str:
    # put in as text, so that the compiler's own prefixes and layout stay as they are
    root = re.compile(rf"(\n *)<{re.escape(uid)} [^>]*[^/]>")
    bind = f'<bind nodeset="/{uid}/formhub/uuid" type="string" calculate="\'{form_uuid}\'"/>'
    element = r"\g<0>\1  <formhub>\1    <uuid/>\1  </formhub>"
    xml, roots = root.subn(element, xml, count=1)
    xml, models = re.subn(
        r"\n( *)</model>", lambda m: f"\n{m[1]}  {bind}\n{m[1]}</model>", xml, count=1
    )
    if (roots, models) != (1, 1):
        raise CompileError("the compiled form has no instance or no model")
    return xml


def form_paths(xml: str, uid: str) -> FormPaths:
    """Read from a compiled form which paths are repeats, points and files."""
    tree = ElementTree.fromstring(xml)  # noqa: S314 our own compiler wrote it
    root = f"/{uid}/"
    types = {
        bind.get("nodeset", "").removeprefix(root): bind.get("type")
        for bind in tree.iter(f"{_XFORMS}bind")
    }
    repeats = (repeat.get("nodeset", "") for repeat in tree.iter(f"{_XFORMS}repeat"))
    return FormPaths(
        frozenset(path.removeprefix(root) for path in repeats),
        frozenset(path for path, kind in types.items() if kind == "geopoint"),
        frozenset(path for path, kind in types.items() if kind in _PHOTOS),
    )
