"""What the engine says when it does not take an answer, as problems."""

import re
from typing import Any

from forms.engine.jvm import java
from programme.problem import Place, Problem, Text

_CLASS = re.compile(r"^(?:[a-z]+\.)*\w*(?:Exception|Error): ")
CHECK_ANSWER = Text(
    vi="hãy sửa câu trả lời, hoặc sửa điều kiện trong biểu mẫu nếu điều kiện sai",
    en="mend the answer, or the condition in the form if that is wrong",
)


def engine_words(message: str) -> str:
    """Give what a Java exception says, on one line and without names of its classes."""
    text = " ".join(message.split())
    while (shorter := _CLASS.sub("", text)) != text:
        text = shorter
    return text


def refused(code: str, place: Place, what: Text, do: Text = CHECK_ANSWER) -> Problem:
    """Give the problem of an answer that was not taken; ``answer-`` and its code."""
    return Problem(f"answer-{code}", what, do, place)


def constraint_text(prompt: Any, data: Any) -> str:
    """Give the form's own words for a constraint that was broken, empty when it has none."""
    return str(prompt.getConstraintText(data) or "").strip()


def required_text(form: Any, prompt: Any, node: Any) -> str:
    """Give the form's own words for an answer that is required, empty when it has none."""
    namespace = "http://openrosa.org/javarosa"
    written = str(node.getBindAttributeValue(namespace, "requiredMsg") or "")
    if not written.startswith("jr:itext("):
        return written
    text_id = written.removeprefix("jr:itext('").removesuffix("')")
    localizer = form.getLocalizer()
    raw = localizer.getRawText(localizer.getLocale(), text_id)
    return str(form.fillTemplateString(raw, prompt.getIndex().getReference()) if raw else "")


def question_refused(code: int, words: str, place: Place) -> Problem:
    """Give the problem for one of JavaRosa's answer codes, with the form's words."""
    controller = java("org.javarosa.form.api.FormEntryController")
    if code == controller.ANSWER_REQUIRED_BUT_EMPTY:
        default = Text(vi="câu này bắt buộc trả lời", en="this question must be answered")
        return refused("required", place, Text(vi=words, en=words) if words else default)
    default = Text(vi="câu trả lời không đúng điều kiện", en="the answer breaks the constraint")
    return refused("constraint", place, Text(vi=words, en=words) if words else default)


def expression_failed(error: Exception, place: Place) -> Problem:
    """Give the problem of an expression that the engine cannot compute."""
    text = engine_words(str(error))
    return Problem(
        "form-expression",
        Text(vi=f"bộ máy không tính được: {text}", en=f"the engine cannot compute: {text}"),
        Text(
            vi="hãy sửa công thức hoặc điều kiện của câu đó trong tệp Excel",
            en="mend the formula or condition of that question in the workbook",
        ),
        place,
    )
