"""A form opened as in ODK Collect: asked, answered, refused, computed, finalised."""

import re
from typing import Any

from forms.compile import CompiledForm
from forms.engine import refusals
from forms.engine.functions import PullData
from forms.engine.indexes import Indexes
from forms.engine.jvm import java, java_errors
from forms.engine.media import Media
from forms.engine.opening import open_form, prepare
from forms.engine.paths import Rows, split_reference, written_place
from forms.engine.phone import Phone
from forms.engine.values import WrongAnswerError, answer_data
from forms.headers import language_code
from programme.problem import Place, Problem, ProblemError, Text

INSTANCE_HEAD = re.compile(r"^<\?xml[^>]*\?>\s*")


class FormSession:
    """One submission being filled.

    Args:
        form: a compiled form, or the XForm as text, ours or as a server serves it.
        media: folder of its lists, or a function that finds a file by name.
        phone: clock, owner, id of the phone.
        language: code (``vi``) or name of the language in which messages come.

    Raises:
        ProblemError: ``java-missing``, ``xform-unreadable``, ``media-missing``,
            ``form-open-failed``.
    """

    def __init__(
        self,
        form: CompiledForm | str,
        media: Media | None = None,
        phone: Phone | None = None,
        language: str = "vi",
    ) -> None:
        prepared = prepare(form if isinstance(form, str) else form.xml)
        self.xform, self.paths = prepared.xform, prepared.paths
        self.pulldata = PullData(media)
        self.files: dict[str, str] = {}  # place of the question → file name
        self.form = open_form(prepared, media, self.pulldata, phone or Phone())
        self.model = java("org.javarosa.form.api.FormEntryModel")(self.form)
        self.controller = java("org.javarosa.form.api.FormEntryController")(self.model)
        self._indexes = Indexes(self.form)
        self._speak(language)

    def set(self, name: str, value: Any, *row: int) -> None:
        """Answer a question as a person does.

        Args:
            name: its name, or its path where a name is used twice.
            value: see ``answer_data``; None clears it.
            row: 0-based rows of the repeats around it, the outer one first.

        Raises:
            ProblemError: ``answer-not-asked``, ``answer-constraint``, ``answer-required`` (with
                the form's own message), ``answer-wrong`` (not a number, no such choice).
        """
        index = self._index(name, row)
        problem = self.answer(index, value)
        if problem:
            raise ProblemError(problem)

    def answer(self, index: Any, value: Any) -> Problem | None:
        """Answer the question at one of JavaRosa's indexes; give back why it was refused."""
        place = self.place(index.getReference())
        try:
            if not self.model.isIndexRelevant(index) or self.model.isIndexReadonly(index):
                return _not_asked(place)
            prompt = self.model.getQuestionPrompt(index)
            data = answer_data(prompt, value)
            code = self.controller.answerQuestion(index, data, True)
            if code != self.controller.ANSWER_OK:
                return self._refusal(prompt, code, data, place)
            self._remember_file(prompt, data, place)
        except WrongAnswerError as error:
            words = Text(vi=error.vi, en=error.en)
            return refusals.refused("wrong", place, words)
        except java_errors() as error:
            return refusals.expression_failed(error, place)
        return None

    def add_repeat(self, name: str, *row: int) -> int:
        """Add a row to a repeat; give its 0-based number.

        Args:
            name: name or path of the repeat.
            row: rows of the repeats around it.

        Raises:
            ProblemError: ``answer-not-asked`` when it is not open or its number of rows is fixed.
        """
        number = self.rows(name, *row)
        index = self._index(name, (*row, number))
        if not self.form.canCreateRepeat(index.getReference(), index):
            raise ProblemError(_not_asked(self.place(index.getReference())))
        self.form.createNewRepeat(index)
        return number

    def remove_repeat(self, name: str, *row: int) -> None:
        """Delete a row of a repeat; the last number of ``row`` is the row itself."""
        self.controller.deleteRepeat(self._index(name, row))

    def rows(self, name: str, *row: int) -> int:
        """Count the rows of a repeat."""
        path = self.paths.find(name)
        parent, _, last = path.rpartition("/")
        reference = self.paths.reference(self.form, parent, row)
        element = self.form.getMainInstance().resolveReference(reference)
        return int(element.getChildMultiplicity(last)) if element is not None else 0

    def value(self, name: str, *row: int) -> str:
        """Read an answer or a calculation as it would be sent, empty when there is none."""
        data = self._node(name, row).getValue()
        return "" if data is None else str(data.uncast().getString())

    def relevant(self, name: str, *row: int) -> bool:
        """Tell whether a question, group or repeat is asked now."""
        return bool(self._node(name, row).isRelevant())

    def required(self, name: str, *row: int) -> bool:
        """Tell whether a question must be answered now."""
        return bool(self._node(name, row).isRequired())

    def choices(self, name: str, *row: int) -> dict[str, str]:
        """Give the choices shown now, from file and filtered: label by name."""
        prompt = self.model.getQuestionPrompt(self._index(name, row))
        return {
            str(choice.getValue()): str(prompt.getSelectChoiceText(choice) or "")
            for choice in prompt.getSelectChoices()
        }

    def label(self, name: str, *row: int) -> str:
        """Give a question's text as the screen shows it, values filled in."""
        index = self._index(name, row)
        return str(self.model.getCaptionPrompt(index).getQuestionText() or "")

    def finish(self) -> str:
        """Finalise as Collect does; give the submission's XML without what was not asked.

        Raises:
            ProblemError: what validation refuses, the first one.
        """
        problem = self.validation()
        if problem:
            raise ProblemError(problem)
        return self.xml()

    def validation(self) -> Problem | None:
        """Check all answers again as Collect does on finalising; give the first refusal."""
        try:
            outcome = self.form.validate(True)
        except java_errors() as error:
            return refusals.expression_failed(error, Place(form=self.xform.form_id))
        if outcome is None:
            return None
        prompt = self.model.getQuestionPrompt(outcome.failedPrompt)
        place = self.place(outcome.failedPrompt.getReference())
        return self._refusal(prompt, int(outcome.outcome), prompt.getAnswerValue(), place)

    def xml(self) -> str:
        """Stamp the end and give the submission's XML as it stands."""
        self.controller.finalizeFormEntry()
        visitor = java("org.javarosa.model.xform.XFormSerializingVisitor")()
        text = bytes(visitor.serializeInstance(self.form.getMainInstance())).decode()
        return INSTANCE_HEAD.sub("", text)

    def attachments(self) -> tuple[str, ...]:
        """Give the names of the files that belong to the submission."""
        return tuple(dict.fromkeys(self.files.values()))

    def place(self, reference: Any) -> Place:
        """Say which question a reference of JavaRosa means."""
        path, rows = split_reference(str(reference), self.xform.repeats)
        return written_place(self.xform.form_id, path, rows, self.xform.repeats)

    def _speak(self, language: str) -> None:
        for each in self.model.getLanguages() or ():
            if language in (str(each), language_code(str(each))):
                self.controller.setLanguage(each)

    def _index(self, name: str, rows: Rows) -> Any:
        path = self.paths.find(name)
        index = self._indexes.find(path, rows)
        if index is None:  # computed or filled by the phone: on no page
            place = written_place(self.xform.form_id, path, rows, self.xform.repeats)
            raise ProblemError(_not_asked(place))
        return index

    def _node(self, name: str, rows: Rows) -> Any:
        path = self.paths.find(name)
        node = self.form.getMainInstance().resolveReference(
            self.paths.reference(self.form, path, rows)
        )
        if node is None:  # the row does not exist
            raise ProblemError(
                _not_asked(written_place(self.xform.form_id, path, rows, self.xform.repeats))
            )
        return node

    def _refusal(self, prompt: Any, code: int, data: Any, place: Place) -> Problem:
        if code == self.controller.ANSWER_REQUIRED_BUT_EMPTY:
            node = self.form.getMainInstance().resolveReference(prompt.getIndex().getReference())
            words = refusals.required_text(self.form, prompt, node)
        else:
            words = refusals.constraint_text(prompt, data)
        return refusals.question_refused(code, words, place)

    def _remember_file(self, prompt: Any, data: Any, place: Place) -> None:
        binary = java("org.javarosa.core.model.Constants").DATATYPE_BINARY
        if int(prompt.getDataType()) == binary:
            self.files.pop(place.question or "", None)
            if data is not None:
                self.files[place.question or ""] = str(data.getValue())


def _not_asked(place: Place) -> Problem:
    return Problem(
        "answer-not-asked",
        Text(vi="câu này không được hỏi lúc này", en="this question is not asked now"),
        Text(
            vi="hãy bỏ câu trả lời, hoặc xem lại điều kiện hiện câu hỏi",
            en="leave the answer out, or check the condition under which it is asked",
        ),
        place,
    )
