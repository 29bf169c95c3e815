"""The shipped forms, filled in both engines on a phone that carries small lists.

Every scenario of these tests runs twice: in JavaRosa, the engine of ODK Collect and KoboCollect,
and in that of ODK Web Forms, whose submission must then equal JavaRosa's: the same questions asked,
and refused in the same words, the same paths and texts. Left out of the comparison are only what
the phone puts in by itself (``PUT_IN``), the order of several choices, and decomposed letters,
which ODK Web Forms composes when it sends (``docs/engines.md``).
"""

import json
import os
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill
from forms.engine.phone import phone_on
from forms.schema import read_schema

XLSFORMS = Path(__file__).parents[3] / "xlsforms"
LISTS = Path(__file__).parent / "lists"
WEB_FORMS = Path(__file__).parents[1] / "webforms"
DAY = date(2026, 10, 31)
INSTALL = "npm ci --ignore-scripts --prefix tests/forms/webforms"
NODE = 20

# What the phone puts in by itself; each engine has its own way to do so.
PUT_IN = {"start", "end", "today", "deviceid", "username", "instanceID"}


@dataclass(frozen=True)
class Refusal:
    """Why an answer was not taken: required, constraint, wrong, not-asked, and the form's words."""

    kind: str
    question: str
    message: str = ""


@dataclass(frozen=True)
class Sent:
    """A filled form: values by question, what was asked, what was refused."""

    values: Mapping[str, list[str]]
    asked: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    tree: tuple[tuple[str, str], ...]  # path and text of everything that would be sent

    def __getitem__(self, name: str) -> str:
        """Give a value; empty when the question was left blank."""
        return self.values[name][0]

    def __contains__(self, name: str) -> bool:
        """Tell whether a question, note, calculation or group was relevant."""
        return name in self.values or any(f"/{name}/" in path for path, _ in self.tree)

    @property
    def refused(self) -> tuple[str, ...]:
        """Give the messages of what was refused, in order."""
        return tuple(each.message or each.kind for each in self.refusals)

    def typed(self, answers: Mapping[str, Any]) -> int:
        """Count the answers that a person gave."""
        return sum(value is not None for value in answers.values())


@dataclass(frozen=True)
class Scenario:
    """One form, what a person types into it, and the phone's clock, language and lists."""

    form_id: str
    answers: Mapping[str, Any]
    now: datetime
    language: str
    empty_lists: bool

    def media(self, name: str) -> Path | None:
        """Find a list: the phone's own, else the repository's, which have a header only."""
        folders = (XLSFORMS,) if self.empty_lists else (LISTS, XLSFORMS)
        return next((folder / name for folder in folders if (folder / name).is_file()), None)

    def key(self) -> str:
        """Give the scenario as one text, to fill it once only."""
        return json.dumps(vars(self), default=str)


@cache
def _compiled(form_id: str) -> CompiledForm:
    return compile_form(XLSFORMS / f"{form_id}.xlsx")


@cache
def _multiple(form_id: str) -> frozenset[str]:
    """Give the questions with several choices: engines send these in different orders."""
    schema = read_schema(XLSFORMS / f"{form_id}.xlsx")
    columns = (column for table in schema.tables for column in table.columns)
    return frozenset(column.name for column in columns if column.kind == "select_multiple")


def _sent(form_id: str, xml: str, asked: list[str], refusals: list[Refusal]) -> Sent:
    values: dict[str, list[str]] = {}
    tree = tuple(_leaves(ET.fromstring(xml), "", _multiple(form_id)))
    for path, text in tree:
        values.setdefault(path.rpartition("/")[2], []).append(text)
    names = tuple(each.rpartition("/")[2] for each in asked)
    return Sent(values, names, tuple(refusals), tree)


def _leaves(element: ET.Element, path: str, multiple: frozenset[str]) -> Iterator[tuple[str, str]]:
    for child in element:
        name = child.tag.split("}")[-1]
        if len(child):
            yield from _leaves(child, f"{path}/{name}", multiple)
        elif name not in PUT_IN:
            text = unicodedata.normalize("NFC", child.text or "")
            yield f"{path}/{name}", " ".join(sorted(text.split())) if name in multiple else text


def in_collect(scenario: Scenario) -> Sent:
    """Fill a scenario in JavaRosa."""
    filled = fill(
        _compiled(scenario.form_id),
        scenario.media,
        scenario.answers,
        phone=phone_on(scenario.now),
        language=scenario.language,
    )
    refusals = [
        Refusal(
            problem.code.removeprefix("answer-"),
            problem.place.question or "",
            problem.what.vi if problem.code in ("answer-constraint", "answer-required") else "",
        )
        for problem in filled.refused
    ]
    return _sent(scenario.form_id, filled.xml, list(filled.asked), refusals)


class WebForms:
    """ODK Web Forms' engine in one Node.js process; started once, it fills all scenarios."""

    def __init__(self) -> None:
        self._opened: set[str] = set()
        self._node = subprocess.Popen(
            ["node", "run.mjs"],
            cwd=WEB_FORMS,
            env={**os.environ, "TZ": "Asia/Ho_Chi_Minh"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def fill(self, scenario: Scenario) -> Sent:
        name = f"{scenario.form_id} {scenario.empty_lists}"
        if name not in self._opened:
            form = _compiled(scenario.form_id)
            paths = {each: scenario.media(each) for each in form.media}
            media = {each: path.read_text("utf-8") for each, path in paths.items() if path}
            self.ask({"open": name, "xform": form.xml, "media": media})
            self._opened.add(name)
        given = {
            "fill": name,
            "answers": scenario.answers,
            "now": f"{scenario.now.isoformat()}+07:00",
            "language": scenario.language,
        }
        done = self.ask(given)
        refusals = [Refusal(**each) for each in done["refused"]]
        return _sent(scenario.form_id, done["xml"], done["asked"], refusals)

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Ask the runner one thing, in its own words (``run.mjs``)."""
        assert self._node.stdin and self._node.stdout
        self._node.stdin.write(json.dumps(question, default=str) + "\n")
        self._node.stdin.flush()
        answer: dict[str, Any] = json.loads(self._node.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        return answer

    def stop(self) -> None:
        assert self._node.stdin and self._node.stdout
        self._node.stdin.close()
        self._node.wait(timeout=10)
        self._node.stdout.close()


def _node_version() -> int:
    """Give the major version of Node.js, 0 where there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    asked = [node, "--print", "process.versions.node"]
    return int(subprocess.run(asked, capture_output=True, check=True).stdout.split(b".")[0])


@pytest.fixture(scope="session")
def web_forms() -> Iterator[WebForms]:
    if _node_version() < NODE:
        pytest.skip(f"ODK Web Forms: Node.js {NODE} or newer is missing (Debian: nodejs npm)")
    if not (WEB_FORMS / "node_modules" / "@getodk" / "xforms-engine").is_dir():
        pytest.skip(f"ODK Web Forms: its engine is missing; install it with {INSTALL}")
    engine = WebForms()
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def xlsforms() -> Path:
    return XLSFORMS


@pytest.fixture(scope="session")
def done() -> dict[tuple[str, str], Sent]:
    """Keep what an engine made of a scenario: many tests begin with the same one."""
    return {}


@pytest.fixture(params=["collect", "web_forms"])
def send(
    request: pytest.FixtureRequest, engine: None, done: dict[tuple[str, str], Sent]
) -> Callable[..., Sent]:
    """Fill a form; ``empty_lists`` is a phone whose lists have a header only."""
    web = request.getfixturevalue("web_forms") if request.param == "web_forms" else None

    def once(engine: str, filled: Callable[[Scenario], Sent], scenario: Scenario) -> Sent:
        key = (engine, scenario.key())
        if key not in done:
            done[key] = filled(scenario)
        return done[key]

    def send(
        form_id: str,
        answers: Mapping[str, Any],
        *,
        today: date = DAY,
        empty_lists: bool = False,
        language: str = "vi",
        **changed: Any,
    ) -> Sent:
        given = {k: v for k, v in {**answers, **changed}.items() if v is not None}
        now = today if isinstance(today, datetime) else datetime(*today.timetuple()[:3], 9)
        scenario = Scenario(form_id, given, now, language, empty_lists)
        collect = once("collect", in_collect, scenario)
        if web is None:
            return collect
        sent = once("web_forms", web.fill, scenario)
        assert sent.tree == collect.tree
        assert sent.refusals == collect.refusals
        assert sent.asked == collect.asked
        return sent

    return send
