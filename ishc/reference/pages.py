"""All pages of reference, written into a folder."""

from pathlib import Path

from ishc.cli import cli
from ishc.language import speak
from ishc.reference.checks import checks_page
from ishc.reference.commands import commands_page
from ishc.reference.indicators import indicators_page
from ishc.reference.messages import messages_page
from ishc.reference.questions import questions_page
from ishc.reference.settings import settings_page
from programme.folder import Folder, shipped
from programme.problem import Language

SOURCES = Path(__file__).parents[2]


def write_pages(language: Language, folder: Path) -> None:
    """Write the pages of reference, ``reference-….md`` each.

    Args:
        language: the one that this process speaks (``ISHC_LANG``).
        folder: has to be there.
    """
    speak()
    programme = Folder(shipped())
    written = {
        "commands": commands_page(cli),
        "settings": settings_page(programme.settings, language),
        "checks": checks_page(programme.checks, language),
        "indicators": indicators_page(programme.indicators, language),
        "questions": questions_page(programme.xlsforms.glob("*.xlsx"), language),
        "messages": messages_page(SOURCES, language),
    }
    for name, text in written.items():
        (folder / f"reference-{name}.md").write_text(text, encoding="utf-8")
