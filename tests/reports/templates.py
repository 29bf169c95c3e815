"""Templates as Word saves them, and as somebody made them who means harm."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from programme.word.page import official_document


def template(folder: Path, *paragraphs: str) -> Path:
    """Write a template of plain paragraphs."""
    document = official_document("vi")
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "mau.docx"
    document.save(str(path))
    return path


def rewritten(
    path: Path,
    change: Mapping[str, Callable[[str], str]] | None = None,
    add: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Change parts of a file and add others, as no honest program would."""
    with zipfile.ZipFile(path) as file:
        parts = {each.filename: file.read(each) for each in file.infolist()}
    for name, edit in (change or {}).items():
        parts[name] = edit(parts[name].decode()).encode()
    for name, content in (add or {}).items():
        parts[name] = content.encode() if isinstance(content, str) else content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def with_xml(path: Path, xml: str) -> Path:
    """Put XML before the end of the body."""
    return rewritten(
        path, {"word/document.xml": lambda text: text.replace("<w:sectPr", f"{xml}<w:sectPr", 1)}
    )


def with_relation(path: Path, kind: str, target: str, mode: str = "External") -> Path:
    """Add a relation of the body; ``rIdX`` is its identity."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{target}"'
    relation += f' TargetMode="{mode}"/>' if mode else "/>"
    return rewritten(
        path,
        {
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>", f"{relation}</Relationships>"
            )
        },
    )
