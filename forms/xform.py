"""Reads what an XForm says of itself: id, version, title, fields, media; ours or a server's."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from programme.problem import Place, Problem, ProblemError, Text

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JAVAROSA = "{http://openrosa.org/javarosa}"
_MEDIA = re.compile(r"^jr://(?:file|file-csv|images|audio|video|choices)/([^/]+)$")
_MEDIA_FORMS = ("image", "big-image", "audio", "video")


@dataclass(frozen=True)
class XForm:
    """A parsed XForm.

    Args:
        text: the XML as it came.
        tree: its ``h:html`` element.
    """

    text: str
    tree: ET.Element

    @cached_property
    def instance(self) -> ET.Element:
        """The root element of the empty submission."""
        return self._primary()

    @property
    def root(self) -> str:
        """Name of the root element of a submission: ``data``, on KoBo the asset's uid."""
        return local_name(self.instance.tag)

    @property
    def form_id(self) -> str:
        """The form's id, on KoBo the asset's uid."""
        return self.instance.get("id", "")

    @property
    def version(self) -> str:
        """The form's version, empty when it has none."""
        return self.instance.get("version", "")

    @property
    def title(self) -> str:
        """The form's title."""
        return self.tree.findtext(f".//{XHTML}title", "")

    @cached_property
    def repeats(self) -> frozenset[str]:
        """Paths of the repeats: ``/data/group/repeat``."""
        found = self.tree.iter(f"{XFORMS}repeat")
        return frozenset(each.get("nodeset", "") for each in found)

    @property
    def media(self) -> tuple[str, ...]:
        """Names of the files that the form needs beside it, in order, each once."""
        return tuple(dict.fromkeys(self._media()))

    @property
    def lists(self) -> tuple[str, ...]:
        """Names of the data files that must be there to open the form."""
        sources = (each.get("src", "") for each in self.tree.iter(f"{XFORMS}instance"))
        return tuple(dict.fromkeys(m.group(1) for s in sources if (m := _MEDIA.match(s))))

    def _primary(self) -> ET.Element:
        instance = self.tree.find(f".//{XFORMS}model/{XFORMS}instance")
        if instance is None or len(instance) != 1:
            raise ProblemError(_not_a_form("no primary instance"))
        return instance[0]

    def _media(self) -> Iterator[str]:
        yield from self.lists
        for value in self.tree.iter(f"{XFORMS}value"):
            found = _MEDIA.match((value.text or "").strip())
            if found and value.get("form") in _MEDIA_FORMS:
                yield found.group(1)


@lru_cache(maxsize=4)  # who compiles, validates and opens a form asks each time
def parse_xform(text: str) -> XForm:
    """Read an XForm; nobody may change its tree.

    Raises:
        ProblemError: ``xform-unreadable`` when it is not one.
    """
    try:
        tree = ET.fromstring(text)  # noqa: S314 - expat limits entity expansion and loads no file
    except ET.ParseError as error:
        raise ProblemError(_not_a_form(str(error))) from error
    xform = XForm(text, tree)
    if not xform.form_id:
        raise ProblemError(_not_a_form("no form id"))
    return xform


def local_name(tag: str) -> str:
    """Give a name without its namespace."""
    return tag.rpartition("}")[2]


def _not_a_form(why: str) -> Problem:
    return Problem(
        "xform-unreadable",
        Text(vi=f"đây không phải là một XForm ({why})", en=f"this is not an XForm ({why})"),
        Text(
            vi="hãy biên dịch lại biểu mẫu, hoặc tải lại từ máy chủ",
            en="compile the form again, or download it again from the server",
        ),
        Place(),
    )
