"""Opens an XForm in JavaRosa with everything that Collect gives it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from forms.engine.functions import PullData, function_handlers
from forms.engine.jvm import java, java_errors, utf8
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
        text: its XML with the phone's clock in its expressions.
    """

    xform: XForm
    paths: Paths
    text: str


@lru_cache(maxsize=16)
def prepare(text: str) -> Prepared:
    """Read an XForm once for the many times that it is filled.

    Raises:
        ProblemError: ``xform-unreadable``.
    """
    xform = parse_xform(text)
    return Prepared(xform, Paths(xform), with_phone_clock(text))


def open_form(prepared: Prepared, media: Media | None, pulldata: PullData, phone: Phone) -> Any:
    """Give JavaRosa's ``FormDef``, ready to be answered.

    Raises:
        ProblemError: ``media-missing``, ``list-…``, ``form-open-failed``, ``java-missing``.
    """
    errors = java_errors()
    try:
        with media_open(prepared.xform, media):
            stream = java("java.io.ByteArrayInputStream")(utf8(prepared.text))
            form = java("org.javarosa.xform.util.XFormUtils").getFormFromInputStream(stream)
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
