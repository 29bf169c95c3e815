"""Build the site of the documentation: ``python docs/site/build.py FOLDER`` (``make docs``).

The pages are the files of ``docs``, ``NAME.md`` in English and ``NAME.vi.md`` in Vietnamese, so
that they can also be read where the repository is; the pages of reference come from the code. Each
language becomes a site of its own with the words of its menus, and a page leads to the same page
of the other. Nothing of it needs a network: it opens from a disk.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parent
LANGUAGES = ("en", "vi")
BILINGUAL = ("form-checks.md",)  # each language in the same page
FILES = ("*.png", "*.svg")
ASSETS = ("extra.css", "tables.js")
ELSEWHERE = b"https://unpkg.com/iframe-worker/shim"  # the theme's own way to search from a disk
LINK = re.compile(r"]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def main(target: Path) -> int:
    """Build both sites into ``target/site``; strict: a link that leads nowhere ends it."""
    target = target.resolve()
    sources, site = target / "source", target / "site"
    for folder in (sources, site):
        shutil.rmtree(folder, ignore_errors=True)
    for language in LANGUAGES:
        folder = sources / language
        folder.mkdir(parents=True)
        write_sources(language, folder)
        shutil.copy(HERE / f"{language}.toml", sources)
        command = [sys.executable, "-m", "zensical", "build", "--strict", "-f"]
        command.append(str(sources / f"{language}.toml"))
        done = subprocess.run(command, check=False)  # noqa: S603 - our own words only
        if done.returncode:
            return done.returncode
        stay_here(sources / "built" / language)
    shutil.move(sources / "built", site)
    shutil.copy(HERE / "index.html", site)
    print(site / "index.html")
    return 0


def write_sources(language: str, folder: Path) -> None:
    """Put the pages of one language into a folder, with their pictures and the reference."""
    names = pages(language)
    for name, path in names.items():
        text = path.read_text(encoding="utf-8")
        text = LINK.sub(lambda found: f"]({_led(found, language, names)})", text)
        (folder / name).write_text(text, encoding="utf-8")
    for pattern in FILES:
        for path in DOCS.glob(pattern):
            shutil.copy(path, folder)
    shutil.copytree(DOCS / "pictures", folder / "pictures")
    for name in ASSETS:
        shutil.copy(HERE / name, folder)
    command = [sys.executable, "-m", "ishc.reference", language, str(folder)]
    environ = {**os.environ, "PYTHONPATH": str(DOCS.parent)}
    subprocess.run(command, check=True, env=environ)  # noqa: S603 - our own words only


def pages(language: str) -> dict[str, Path]:
    """Give the pages of a language: their names on its site, and where they are written."""
    written = {path.name: path for path in sorted(DOCS.glob("*.md"))}
    if language == "en":
        return {name: path for name, path in written.items() if not name.endswith(".vi.md")}
    named = {name.replace(".vi.md", ".md"): p for name, p in written.items() if ".vi." in name}
    return {**named, **{name: written[name] for name in BILINGUAL}}


def _led(found: re.Match[str], language: str, names: dict[str, Path]) -> str:
    """Lead a link to the page's place on the sites."""
    target, anchor = found[1], found[2] or ""
    if not target.endswith(".md") or target.startswith(".."):
        return target + anchor
    to = "vi" if target.endswith(".vi.md") else "en"
    name = target.replace(".vi.md", ".md")
    if to == language or (target in BILINGUAL and target in names):
        return name + anchor
    return f"../{to}/{name.removesuffix('.md')}.html{anchor}"


def stay_here(site: Path) -> None:
    """Put our own script in the place of the one that the theme would fetch from elsewhere."""
    shutil.copy(HERE / "frame-worker.js", site / "assets")
    for path in site.rglob("*.html"):
        content = path.read_bytes()
        path.write_bytes(content.replace(ELSEWHERE, b"./assets/frame-worker.js"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
