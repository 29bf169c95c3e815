"""The pages of the documentation: their commands, links and pictures, in both languages."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from ishc.cli import cli, main
from ishc.reference.commands import walk

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), REPOSITORY / "README.md", REPOSITORY / "README.vi.md"]
IN_PAIRS = [path for path in PAGES if path.with_suffix(".vi.md").is_file()]
READERS = ("board", "inspection", "analyst", "reports", "forms", "admin")
WRONG = {"": "## What can go wrong", ".vi": "## Những gì có thể trục trặc"}
LARGEST = 150_000  # bytes of a picture
FILE = re.compile(r"[\w./-]+\.(xlsx|json|csv|backup|docx|toml)")
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *kinds: str) -> list[str]:
    return [found[2] for found in BLOCK.finditer(text_of(page)) if found[1] in kinds]


def in_blocks(page: Path) -> list[str]:
    lines = [line.strip() for block in blocks(page, "console", "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("ishc ")]


def in_sentences(page: Path) -> list[str]:
    found = re.findall(r"`(ishc\s[^`]+)`", BLOCK.sub("", text_of(page)))
    return [" ".join(line.split()) for line in found]


COMMANDS = sorted({line for page in PAGES for line in (*in_blocks(page), *in_sentences(page))})
SHOWN = [line for line in COMMANDS if "COMMAND" not in line]


@pytest.fixture
def typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[int, str]]:
    """Let commands be read and do nothing: what click makes of a line, and what it says."""
    for _, command in walk(cli):
        monkeypatch.setattr(command, "callback", click.pass_context(lambda *_, **__: None))
    monkeypatch.chdir(tmp_path)

    def types(line: str) -> tuple[int, str]:
        words = shlex.split(line)
        for word in words:
            if FILE.fullmatch(word) or word.isupper():  # FILE, TỆP
                (tmp_path / word).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / word).touch()
        with pytest.raises(SystemExit) as ended:
            main(words[1:])
        return int(ended.value.code or 0), "".join(capsys.readouterr())

    return types


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_that_a_page_shows_can_be_typed(
    line: str, typed: Callable[[str], tuple[int, str]]
) -> None:
    if tuple(line.split()[1:]) in {path for path, _ in walk(cli)}:
        return  # the command is named and not typed: what it needs is left out
    status, said = typed(line)
    assert status == 0, said


def test_a_wrong_command_would_be_noticed(typed: Callable[[str], tuple[int, str]]) -> None:
    assert typed("ishc reprot evaluation")[0] == 2
    assert typed("ishc report evaluation --aera 20")[0] == 2
    assert typed("ishc export --to word")[0] == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_exist(page: Path) -> None:
    for target in re.findall(r"]\(([^)#\s]+)[^)]*\)", BLOCK.sub("", text_of(page))):
        if "://" in target:
            continue
        path = page.parent / target
        assert path.exists(), target
        assert path.suffix != ".png" or path.stat().st_size <= LARGEST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_is_described(page: Path) -> None:
    for alternative in re.findall(r"!\[([^\]]*)\]", text_of(page)):
        assert len(alternative.split()) > 2


@pytest.mark.parametrize("page", IN_PAIRS, ids=lambda page: page.name)
def test_both_languages_show_the_same_commands_settings_and_pictures(page: Path) -> None:
    other = page.with_suffix(".vi.md")
    assert sorted(map(nameless, in_blocks(page))) == sorted(map(nameless, in_blocks(other)))
    pictures = [re.findall(r"\((pictures/[^).]+)", text_of(each)) for each in (page, other)]
    assert pictures[0] == pictures[1]
    for each, to in ((page, other), (other, page)):
        assert f"]({to.name})" in text_of(each)[:400], "each leads to the other near its top"


@pytest.mark.parametrize("page", IN_PAIRS, ids=lambda page: page.name)
def test_both_languages_have_the_same_examples_in_python(page: Path) -> None:
    first, second = (blocks(each, "python") for each in (page, page.with_suffix(".vi.md")))
    assert [without_words(each) for each in first] == [without_words(each) for each in second]


def without_words(example: str) -> str:
    return re.sub(r" *#.*", "", example).replace(".what.vi", ".what.en")


def nameless(line: str) -> str:
    return re.sub(r"--lang (vi|en)", "--lang …", line)


@pytest.mark.parametrize("name", [*READERS, "office", "office_reports", "field", "nightly"])
@pytest.mark.parametrize("language", WRONG)
def test_a_readers_page_ends_with_what_can_go_wrong(name: str, language: str) -> None:
    page = text_of(DOCS / f"{name}{language}.md")
    sections = re.findall(r"^## .*$", BLOCK.sub("", page), flags=re.MULTILINE)
    assert sections[-1] == WRONG[language]


@pytest.mark.parametrize("language", WRONG)
def test_the_first_page_leads_every_reader_to_theirs(language: str) -> None:
    for name in READERS:
        assert f"({name}{language}.md)" in text_of(DOCS / f"index{language}.md")
