"""Filling one draft as ODK Collect does, and what a faulty client makes of it."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256
from html import escape
from pathlib import Path
from uuid import UUID

from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill
from forms.engine.media import Media
from forms.engine.phone import Phone
from ishc.demo.drafts import Draft
from ishc.demo.submissions import FORMS, Submission
from programme.problem import Place, Problem, ProblemError, Text

USERNAME = "mau"  # sample: the name that the made-up boards' phones carry


class Filler:
    """The forms of a programme folder, compiled once and filled many times.

    Args:
        xlsforms: folder of the workbooks.
        media: finds the lists on the phone at the time of filling.
    """

    def __init__(self, xlsforms: Path, media: Media) -> None:
        self.forms: dict[str, CompiledForm] = {
            form: compile_form(xlsforms / f"{form}.xlsx") for form in FORMS
        }
        self.media = media

    def fill(self, stage: str, drafts: Iterable[Draft]) -> Iterator[Submission]:
        """Fill drafts one by one.

        Raises:
            ProblemError: what the form refused, with the question.
        """
        for draft in drafts:
            xml = self._xml(draft)
            yield Submission(stage, draft.form, draft.sent.root, xml, draft.files)

    def _xml(self, draft: Draft) -> str:
        sent = draft.sent
        phone = Phone(
            started=sent.end - timedelta(minutes=sent.minutes),
            ended=sent.end,
            username=USERNAME,
            deviceid=sent.device,
            instance_id=f"uuid:{sent.root}",
        )
        xml = fill(self.forms[draft.form], self.media, draft.answers, phone=phone).accepted()
        xml = steady(xml, sent.root)
        return spoil(xml, *draft.misfit) if draft.misfit else xml


def steady(xml: str, root: str) -> str:
    """Put what follows from the submission's root where a phone draws at random."""
    drawn = UUID(bytes=sha256(root.encode()).digest()[:16], version=4)  # Central takes no other
    xml = re.sub(r"(<temporary_code>)[^<]+", rf"\g<1>{drawn}", xml)
    return re.sub(r'(<entity [^>]*\bid=")[^"]+', rf"\g<1>{drawn}", xml)


def spoil(xml: str, question: str, text: str) -> str:
    """Put a text into an answer, as a client that checks nothing would send it.

    Raises:
        ProblemError: ``answer-not-asked`` when the answer is not in the instance.
    """
    spoiled, times = re.subn(
        rf"<{question}>[^<]*</{question}>", f"<{question}>{escape(text)}</{question}>", xml
    )
    if times != 1:
        raise ProblemError(
            Problem(
                "answer-not-asked",
                Text(vi="câu này không có trong phiếu", en="the question is not in the form"),
                Text(vi="hãy chọn câu khác", en="choose another question"),
                Place(column=question),
            )
        )
    return spoiled
