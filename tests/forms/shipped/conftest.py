"""The shipped forms, filled in both engines on a phone that carries small lists.

Every scenario of these tests runs three times: in JavaRosa, the engine of ODK Collect and
KoboCollect; there on the form as a KoBo server compiles and serves it; and in the engine of ODK
Web Forms. The submissions must equal the first: the same questions asked, and refused in the same
words, the same paths and texts. Left out of the comparison are only what phones and servers put in
by themselves (``PUT_IN``), the order of several choices, and decomposed letters, which ODK Web
Forms composes when it sends (``docs/engines.md``).
"""

import json
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from connectors.servers.sandbox.compile import compile_workbook
from connectors.servers.sandbox.workbook import read_workbook
from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill
from forms.engine.phone import phone_on
from forms.entities import without_entities
from forms.schema import read_schema

XLSFORMS = Path(__file__).parents[3] / "xlsforms"
LISTS = Path(__file__).parent / "lists"
DAY = date(2026, 10, 31)

# What phones put in by themselves, each engine in its own way, and what a KoBo server adds.
PUT_IN = {"start", "end", "today", "deviceid", "username", "instanceID", "uuid", "__version__"}
RANDOM = {"temporary_code"}


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
    entities: bool = False

    def media(self, name: str) -> Path | None:
        """Find a list: the phone's own, else the repository's, which have a header only."""
        folders = [XLSFORMS] if self.empty_lists else [LISTS, XLSFORMS]
        folders[:0] = [LISTS / "as_entities"] if self.entities else []
        return next((folder / name for folder in folders if (folder / name).is_file()), None)

    def key(self) -> str:
        """Give the scenario as one text, to fill it once only."""
        return json.dumps(vars(self), default=str)


@cache
def _compiled(form_id: str) -> CompiledForm:
    return compile_form(XLSFORMS / f"{form_id}.xlsx")


@cache
def _served(form_id: str) -> str:
    """Compile a form as a KoBo server does: under its asset's uid, with its own additions."""
    return compile_workbook(
        read_workbook(without_entities(XLSFORMS / f"{form_id}.xlsx")),
        "aXmPk7wQe3RtYuLp2sDfGh",
        title=form_id,
        label="1 (2026-10-30 02:15:00)",
        version="vNb5cXz8KjH4gFd6sQwErT",
        form_uuid="0f6f2c5e8f5a4f0e9a3d7c1b2e4d6a80",
    )


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
            text = " ".join(sorted(text.split())) if name in multiple else text
            yield f"{path}/{name}", "…" if name in RANDOM and text else text


def in_collect(scenario: Scenario, form: Callable[[str], CompiledForm | str] = _compiled) -> Sent:
    """Fill a scenario in JavaRosa, on our form or on another that is compiled from it."""
    filled = fill(
        form(scenario.form_id),
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


class InWebForms:
    """The scenarios in ODK Web Forms' engine; ``begin`` them all before waiting for one."""

    def __init__(self, runner: Any) -> None:
        self._runner = runner
        self._opened: set[str] = set()
        self._begun: dict[str, Future[dict[str, Any]]] = {}

    def begin(self, scenario: Scenario) -> None:
        name = f"{scenario.form_id} {scenario.empty_lists} {scenario.entities}"
        if name not in self._opened:
            form = _compiled(scenario.form_id)
            paths = {each: scenario.media(each) for each in form.media}
            media = {each: path.read_text("utf-8") for each, path in paths.items() if path}
            self._runner.ask({"open": name, "xform": form.xml, "media": media})
            self._opened.add(name)
        if scenario.key() not in self._begun:
            given = {
                "fill": name,
                "answers": scenario.answers,
                "now": f"{scenario.now.isoformat()}+07:00",
                "language": scenario.language,
            }
            self._begun[scenario.key()] = self._runner.ask(given)

    def fill(self, scenario: Scenario) -> Sent:
        self.begin(scenario)
        done = self._begun[scenario.key()].result(timeout=300)
        refusals = [Refusal(**each) for each in done["refused"]]
        return _sent(scenario.form_id, done["xml"], done["asked"], refusals)


@pytest.fixture
def filled(done: dict[tuple[str, str], Sent]) -> dict[str, list[Sent]]:
    """Give what JavaRosa made of all scenarios so far, by form."""
    by_form: dict[str, list[Sent]] = {}
    for (engine, key), sent in done.items():
        if engine == "collect":
            by_form.setdefault(json.loads(key)["form_id"], []).append(sent)
    return by_form


@pytest.fixture(scope="session")
def in_web_forms(request: pytest.FixtureRequest, web_forms_or_reason: Any) -> InWebForms | None:
    """Give the engine if it is there and any of its tests was chosen."""
    chosen = any("web_forms" in item.name for item in request.session.items)
    return (
        InWebForms(web_forms_or_reason) if chosen and hasattr(web_forms_or_reason, "ask") else None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what looks back at all scenarios after them."""
    items.sort(key=lambda item: item.path.name == "test_coverage.py")


@pytest.fixture(scope="session")
def xlsforms() -> Path:
    return XLSFORMS


@pytest.fixture(scope="session")
def done() -> dict[tuple[str, str], Sent]:
    """Keep what an engine made of a scenario: many tests begin with the same one."""
    return {}


@pytest.fixture(params=["collect", "served", "web_forms"])
def send(
    request: pytest.FixtureRequest,
    engine: None,
    in_web_forms: InWebForms | None,
    done: dict[tuple[str, str], Sent],
) -> Callable[..., Sent]:
    """Fill a form.

    ``empty_lists`` is a phone whose lists have a header only, ``entities`` one that got the clubs
    as an entity list of ODK Central.
    """
    half = request.param
    if half == "web_forms":
        request.getfixturevalue("web_forms")  # skips where it cannot run

    def once(engine: str, scenario: Scenario) -> Sent:
        key = (engine, scenario.key())
        if key not in done:
            done[key] = (
                in_web_forms.fill(scenario)
                if engine == "web_forms" and in_web_forms
                else in_collect(scenario, _served if engine == "served" else _compiled)
            )
        return done[key]

    def send(
        form_id: str,
        answers: Mapping[str, Any],
        *,
        today: date = DAY,
        empty_lists: bool = False,
        language: str = "vi",
        entities: bool = False,
        **changed: Any,
    ) -> Sent:
        given = {k: v for k, v in {**answers, **changed}.items() if v is not None}
        now = today if isinstance(today, datetime) else datetime(*today.timetuple()[:3], 9)
        scenario = Scenario(form_id, given, now, language, empty_lists, entities)
        if in_web_forms:
            in_web_forms.begin(scenario)
        first, sent = once("collect", scenario), once(half, scenario)
        of_kobo = half == "served"  # its copy of a form knows no entities
        assert sent.tree == tuple(
            each for each in first.tree if not (of_kobo and each[0].startswith("/meta/entity/"))
        )
        assert sent.refusals == first.refusals
        assert sent.asked == first.asked
        return sent

    return send
