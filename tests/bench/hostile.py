"""Files that are broken, dangerous or odd, at full size, made in a folder for a benchmark."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from openpyxl import Workbook, load_workbook

from tests.bench.process import PROJECT

DATA = PROJECT / "tests" / "forms" / "data"
SHEET = "xl/worksheets/sheet1.xml"
EMPTY_ROWS = 1_000_000
PICTURE = 20_000_000  # bytes


def make(folder: Path) -> dict[str, Path]:
    """Write every file; give them by what they are."""
    good = _good(folder / "good.xlsx")
    make_ones = {
        "a zip cut off": _cut_off,
        "a bomb of one sheet (3 GB of blanks)": _blanks,
        "a bomb of 30 million cells": _cells,
        "a bomb of 20 million texts": _texts,
        "external entities": _entities,
        "a formula without its result": _formula,
        "hidden sheets and merged titles": _hidden,
        "1,000,000 empty rows": _empty_rows,
        "a picture of 20 MB": _picture,
        "macros": _macros,
    }
    files = {
        what: one(good, folder / f"{number:02}.xlsx")
        for number, (what, one) in enumerate(make_ones.items())
    }
    files["a password"] = Path(copyfile(DATA / "password.xlsx", folder / "password.xlsx"))
    files["an old .xls"] = Path(copyfile(DATA / "old_excel.xls", folder / "old.xls"))
    files["a .csv"] = folder / "form.csv"
    files["a .csv"].write_text("survey,type,name,label\n,text,said,What?\n", encoding="utf-8")
    return files


def _good(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["text", "said", "What?"]):
        sheet.append(row)
    book.save(path)
    return path


def _repacked(good: Path, path: Path, write: Callable[[zipfile.ZipFile, bytes], None]) -> Path:
    """Copy a workbook; ``write`` puts in the first sheet, given what it held."""
    with (
        zipfile.ZipFile(good) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, True, 1) as new,
    ):
        for part in old.namelist():
            if part == SHEET:
                write(new, old.read(part))
            else:
                new.writestr(part, old.read(part))
    return path


def _filled(good: Path, path: Path, piece: bytes, times: int, before: bytes) -> Path:
    """Put one piece many times before a tag of the first sheet."""

    def write(new: zipfile.ZipFile, old: bytes) -> None:
        head, tail = old.split(before, 1)
        with new.open(SHEET, "w", force_zip64=True) as file:
            file.write(head)
            for _ in range(times):
                file.write(piece)
            file.write(before + tail)

    return _repacked(good, path, write)


def _cut_off(good: Path, path: Path) -> Path:
    path.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    return path


def _blanks(good: Path, path: Path) -> Path:
    return _filled(good, path, b" " * 1_000_000, 3000, b"<sheetData>")


def _cells(good: Path, path: Path) -> Path:
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    return _filled(good, path, row, 30_000, b"</sheetData>")


def _texts(good: Path, path: Path) -> Path:
    copyfile(good, path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, True, 1) as archive,
        archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as file,
    ):
        file.write(b"<sst>")
        for start in range(0, 20_000_000, 100_000):
            texts = (b"<si><t>%d</t></si>" % n for n in range(start, start + 100_000))
            file.write(b"".join(texts))
        file.write(b"</sst>")
    return path


def _entities(good: Path, path: Path) -> Path:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return _repacked(good, path, lambda new, old: new.writestr(SHEET, head + old))


def _formula(good: Path, path: Path) -> Path:
    book = load_workbook(good)
    book["survey"]["C2"] = '="Wh" & "at?"'
    book.save(path)
    return path


def _hidden(good: Path, path: Path) -> Path:
    book = load_workbook(good)
    title = book.create_sheet("Hướng dẫn", 0)
    title["A1"] = "BIỂU MẪU"
    title.merge_cells("A1:F1")
    title.sheet_state = "hidden"
    book.active = 1
    book.save(path)
    return path


def _empty_rows(good: Path, path: Path) -> Path:
    return _filled(good, path, b'<row s="1" customFormat="1"/>', EMPTY_ROWS, b"</sheetData>")


def _picture(good: Path, path: Path) -> Path:
    copyfile(good, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.jpeg", bytes(PICTURE))
    return path


def _macros(good: Path, path: Path) -> Path:
    copyfile(good, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return path
