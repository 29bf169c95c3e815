"""Fills a whole form from nested answers, in the form's own order, as a person does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.compile import CompiledForm
from forms.engine.jvm import java_errors
from forms.engine.media import Media
from forms.engine.paths import Rows, split_reference
from forms.engine.phone import Phone, phone_on
from forms.engine.refusals import expression_failed
from forms.engine.session import FormSession
from programme.problem import Place, Problem, ProblemError, Text

# {question: value, repeat: [{question: value, …}, …]}; names of groups are left out.
Answers = Mapping[str, Any]
Key = tuple[Rows, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled to its end.

    Args:
        xml: the submission; with refusals it is what a phone would keep as a draft.
        refused: answers that were not taken and questions that were left unanswered though
            required, each with the form's own message.
        asked: the questions that were asked, in order, ``members/member[2]/member_name``.
        attachments: names of the files that belong to it.
    """

    xml: str
    refused: tuple[Problem, ...]
    asked: tuple[str, ...]
    attachments: tuple[str, ...] = ()

    def accepted(self) -> str:
        """Give the submission when nothing was refused.

        Raises:
            ProblemError: everything that was refused.
        """
        if self.refused:
            raise ProblemError(self.refused)
        return self.xml


def fill(
    form: CompiledForm | str,
    media: Media | None,
    answers: Answers,
    *,
    today: date | None = None,
    phone: Phone | None = None,
    language: str = "vi",
) -> Filled:
    """Fill a form as a person does: from the first page to the last, only what is asked.

    Args:
        form: a compiled form, or the XForm as text, ours or as a server serves it.
        media: folder of its lists, or a function that finds a file by name.
        answers: values by question name; a repeat is a list of such mappings.
        today: the phone's day (nine in the morning, Hanoi); None is the real one.
        phone: instead of ``today``: clock, owner and id of the phone in full.
        language: language of the messages.

    Raises:
        ProblemError: the form cannot be opened.
    """
    phone = phone or (phone_on(today) if today else Phone())
    session = FormSession(form, media, phone, language)
    return _Walk(session, answers).filled()


class _Walk:
    """One person going through one form."""

    def __init__(self, session: FormSession, answers: Answers) -> None:
        self.session = session
        self.answers = answers
        self.used: set[Key] = set()
        self.asked: list[str] = []
        self.refused: list[Problem] = []

    def filled(self) -> Filled:
        try:
            self._through()
        except java_errors() as error:
            place = self.session.place(self.session.model.getFormIndex().getReference())
            self.refused.append(expression_failed(error, place))
        self.refused += self._not_asked()
        last = self.session.validation()
        if last and last not in self.refused and not self.refused:
            self.refused.append(last)
        session = self.session
        return Filled(session.xml(), tuple(self.refused), tuple(self.asked), session.attachments())

    def _through(self) -> None:
        controller = self.session.controller
        event = controller.stepToNextEvent()
        while event != controller.EVENT_END_OF_FORM:
            index = self.session.model.getFormIndex()
            if event == controller.EVENT_REPEAT and self._left_out(index):
                controller.jumpToIndex(controller.deleteRepeat(index))
                event = self.session.model.getEvent()
                continue
            if event == controller.EVENT_PROMPT_NEW_REPEAT and not self._left_out(index):
                controller.newRepeat()
            elif event == controller.EVENT_QUESTION:
                self._question(index)
            event = controller.stepToNextEvent()

    def _question(self, index: Any) -> None:
        path, rows = split_reference(str(index.getReference()), self.session.xform.repeats)
        if self.session.model.isIndexReadonly(index):
            return
        name = path.rpartition("/")[2]
        self.asked.append(self.session.place(index.getReference()).question or name)
        scope = self._scope(path, rows)
        if name in scope:
            self.used.add((tuple(rows), name))
        elif self.session.model.getQuestionPrompt(index).getAnswerValue() is not None:
            return  # a default stays as it is
        if problem := self.session.answer(index, scope.get(name)):
            self.refused.append(problem)

    def _left_out(self, index: Any) -> bool:
        """Tell whether a row of a repeat is not among the answers; fixed rows always stay."""
        path, rows = split_reference(str(index.getReference()), self.session.xform.repeats)
        element = self.session.form.getChild(index)
        if element.getCountReference() is not None or element.noAddRemove:
            return False
        name = path.rpartition("/")[2]
        return rows[-1] >= len(_rows_of(self._scope(path, rows[:-1]), name))

    def _scope(self, path: str, rows: Rows) -> Answers:
        """Give the answers of the row that a question stands in."""
        scope = self.answers
        for repeat, row in zip(self.session.paths.around(path), rows, strict=False):
            given = _rows_of(scope, repeat.rpartition("/")[2])
            scope = given[row] if row < len(given) else {}
        return scope

    def _not_asked(self) -> Iterator[Problem]:
        """Give a problem for each answer to a question that was never asked."""
        for rows, name, value in _leaves(self.answers, ()):
            if (rows, name) in self.used or value is None:
                continue
            if not self.session.paths.knows(name):
                yield self.session.paths.unknown(name)
                continue
            place = Place(form=self.session.xform.form_id, question=_numbered(name, rows))
            yield Problem(
                "answer-not-asked",
                Text(
                    vi="có câu trả lời nhưng câu này không được hỏi",
                    en="there is an answer but the question was not asked",
                ),
                Text(
                    vi="hãy bỏ câu trả lời, hoặc xem lại điều kiện hiện câu hỏi",
                    en="leave the answer out, or check the condition under which it is asked",
                ),
                place,
            )


def _rows_of(scope: Answers, repeat: str) -> Sequence[Answers]:
    """Give the rows answered for a repeat; what is not a list of rows counts as none."""
    rows = scope.get(repeat)
    right = isinstance(rows, list | tuple) and all(isinstance(row, Mapping) for row in rows)
    return rows if right and rows else ()


def _leaves(answers: Answers, rows: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str, Any]]:
    for name, value in answers.items():
        if inside := _rows_of(answers, name):
            for row, inner in enumerate(inside):
                yield from _leaves(inner, (*rows, row))
        elif value not in ("", [], ()):
            yield rows, name, value


def _numbered(name: str, rows: Rows) -> str:
    return f"{name} ({'.'.join(str(row + 1) for row in rows)})" if rows else name
