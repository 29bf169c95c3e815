"""Answers that a person wrote down, as JSON: {question: value, repeat: [{…}, …]}."""

from codecs import BOM_UTF8
from typing import IO, Any

import orjson

from programme.problem import Place, Problem, ProblemError, Text


def read_answers(file: IO[bytes]) -> dict[str, Any]:
    """Read answers for one form.

    Raises:
        ProblemError: ``answers-unreadable`` when it is not one JSON object.
    """
    try:
        answers = orjson.loads(file.read().removeprefix(BOM_UTF8))  # Notepad writes one
    except orjson.JSONDecodeError as error:
        raise _unreadable(file, str(error)) from error
    if not isinstance(answers, dict):
        raise _unreadable(file, "{…}")
    return answers


def _unreadable(file: IO[bytes], why: str) -> ProblemError:
    return ProblemError(
        Problem(
            "answers-unreadable",
            Text(vi=f"không đọc được câu trả lời: {why}", en=f"answers cannot be read: {why}"),
            Text(
                vi='hãy viết JSON: {"câu hỏi": "trả lời", "nhóm lặp": [{…}]}',
                en='write JSON: {"question": "answer", "repeat": [{…}]}',
            ),
            Place(file=file.name),
        )
    )
