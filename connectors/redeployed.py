"""Forms that somebody deployed on the server by hand: phones ask other things than the workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from connectors.elsewhere import from_here
from connectors.same_form import Difference, UnreadableFormError, differences
from connectors.servers import openrosa
from connectors.servers.access import PATIENT, Limits
from connectors.store.deployments import deployed
from connectors.store.raw import RawStore
from connectors.visit import Round, Visit, visit
from forms.compile import compile_form
from programme.folder import Folder
from programme.problem import Problem, ProblemError, Text
from programme.progress import silent
from programme.settings import Settings

SHOWN = 5  # questions that are named
_TELLING = frozenset({"only-ours", "only-served", "type", "choices"})


def redeployed(
    settings: Settings,
    folder: Folder,
    *,
    environ: Mapping[str, str],
    limits: Limits = PATIENT,
) -> list[Problem]:
    """Warn of forms whose questions on the server are no longer those of the workbook.

    Only forms that were deployed from here can be told; it takes a request each. A server that
    fails tells nothing here: pulling from it does.

    Args:
        environ: the environment, where tokens may be.
    """
    found: list[Problem] = []
    if not folder.store.is_file():
        return found
    with RawStore.read(folder.store) as store:
        wanted = [
            (form.name, source)
            for form in settings.forms.values()
            for source in form.sources
            if deployed(store, source.name, form.name)
        ]
        round_ = Round(settings, store, environ, limits, silent)
        visit(round_, wanted, lambda here: found.extend(_compared(here, folder)))
    return found


def _compared(here: Visit, folder: Folder) -> Iterator[Problem]:
    known = deployed(here.store, here.source.name, here.form)
    offered = openrosa.find(here.server, known[0]) if known else None
    if known is None or offered is None or from_here(here, known[0], offered):
        return
    served = openrosa.form_xml(here.server, offered)
    try:
        ours = compile_form(folder.xlsforms / f"{here.form}.xlsx").xml
        telling = [each for each in differences(ours, served) if each.aspect in _TELLING]
        if not telling:  # as the workbook is now, but for words
            return
    except (ProblemError, UnreadableFormError):  # forms check and deploying tell these
        telling = []
    yield replace(_by_hand(telling), place=here.source.place(here.form))


def _by_hand(found: list[Difference]) -> Problem:
    more = sorted({_name(each) for each in found if each.aspect == "only-served"})
    less = sorted({_name(each) for each in found if each.aspect == "only-ours"})
    other = sorted({_name(each) for each in found} - {*more, *less})
    vi, en = [], []
    for words_vi, words_en, names in (
        ("có thêm", "it also asks", more),
        ("không còn", "it no longer asks", less),
        ("đổi loại hoặc lựa chọn", "of another type or with other choices", other),
    ):
        if names:
            shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
            vi.append(f"{words_vi}: {shown}")
            en.append(f"{words_en}: {shown}")
    told = Text(vi=" (" + "; ".join(vi) + ")", en=" (" + "; ".join(en) + ")") if vi else None
    return Problem(
        "form-redeployed",
        Text(
            vi="trên máy chủ biểu mẫu này đã được triển khai từ nơi khác, không phải từ bảng tính "
            f"ở đây{told.vi if told else ''}",
            en="on the server this form was deployed from elsewhere, not from the workbook here"
            f"{told.en if told else ''}",
        ),
        Text(
            vi="hãy hỏi ai đã sửa. Giữ bản của bảng tính ở đây: chạy «ishc deploy». Giữ bản trên "
            "máy chủ: sửa bảng tính trong xlsforms cho giống rồi chạy «ishc deploy». Chưa mất gì: "
            "câu trả lời cho câu hỏi mới nằm ở bảng unknown_answers, câu đã bỏ thì để trống",
            en="ask who changed it. To keep what the workbook says run “ishc deploy”; to keep what "
            "the server has, change the workbook in xlsforms to match and run “ishc deploy”. "
            "Nothing is lost so far: answers to new questions lie in the table unknown_answers, "
            "questions that are gone stay empty",
        ),
        severity="warning",
    )


def _name(difference: Difference) -> str:
    return difference.question.rpartition("/")[2]
