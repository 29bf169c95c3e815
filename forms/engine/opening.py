"""Opens an XForm in JavaRosa with everything that Collect gives it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from forms.engine.functions import PullData, function_handlers
from forms.engine.jvm import engine_lock, java, java_errors, utf8
from forms.engine.media import Media, media_open
from forms.engine.paths import Paths
from forms.engine.phone import Phone, preload_handlers, with_phone_clock
from forms.engine.refusals import engine_words
from forms.xform import XForm, parse_xform
from programme.problem import Place, Problem, ProblemError, Text


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all sessions of one form share.

    Args:
        xform: the form, parsed.
        paths: its names and paths.
        kept: what JavaRosa makes of it, with the phone's clock in its expressions.
    """

    xform: XForm
    paths: Paths
    kept: "Kept"


@lru_cache(maxsize=16)
def prepare(text: str) -> Prepared:
    """Read an XForm once for the many times that it is filled.

    Raises:
        ProblemError: ``xform-unreadable``.
    """
    xform = parse_xform(text)
    return Prepared(xform, Paths(xform), Kept(with_phone_clock(text)))


class Kept:
    """A form as JavaRosa writes it down once it is parsed, for the many times that it is opened.

    Collect does the same: most of an opening is the parsing of expressions. Lists are not in it,
    they are read each time. What is opened once only is not written down.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._opened = 0
        self._written: Any = None

    def form(self) -> Any:
        """Give a ``FormDef`` of its own; its media have to be open."""
        with engine_lock():
            if self._written is not None:
                return _read_back(self._written)
            self._opened += 1
            stream = java("java.io.ByteArrayInputStream")(utf8(self._text))
            form = java("org.javarosa.xform.util.XFormUtils").getFormFromInputStream(stream)
            if self._opened > 1:
                self._written = _written(form)
            return form


def _written(form: Any) -> Any:
    into = java("java.io.ByteArrayOutputStream")()
    form.writeExternal(java("java.io.DataOutputStream")(into))
    return into.toByteArray()


def _read_back(written: Any) -> Any:
    form = java("org.javarosa.core.model.FormDef")()
    stream = java("java.io.DataInputStream")(java("java.io.ByteArrayInputStream")(written))
    known = java("org.javarosa.core.util.externalizable.ExtUtil").defaultPrototypes()
    form.readExternal(stream, known)
    return form


def open_form(prepared: Prepared, media: Media | None, pulldata: PullData, phone: Phone) -> Any:
    """Give JavaRosa's ``FormDef``, ready to be answered.

    Raises:
        ProblemError: ``media-missing``, ``list-…``, ``form-open-failed``, ``java-missing``.
    """
    errors = java_errors()
    try:
        with media_open(prepared.xform, media):
            form = prepared.kept.form()
        for handler in function_handlers(pulldata, phone):
            form.addFunctionHandler(handler)
        for handler in preload_handlers(phone):
            form.getPreloader().addPreloadHandler(handler)
        start = java("org.javarosa.core.model.instance.InstanceInitializationFactory")()
        form.initialize(True, start)
    except errors as error:
        raise ProblemError(_failed(prepared.xform, error)) from error
    return form


def _failed(xform: XForm, error: Exception) -> Problem:
    text = engine_words(str(error))
    return Problem(
        "form-open-failed",
        Text(vi=f"không mở được biểu mẫu: {text}", en=f"the form does not open: {text}"),
        Text(
            vi="hãy chạy «ishc forms check» để xem dòng cần sửa",
            en="run “ishc forms check” to see which row to mend",
        ),
        Place(form=xform.form_id),
    )
