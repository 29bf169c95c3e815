"""The rooms stand side by side, and each imports only from rooms to its left."""

import ast
import importlib.util
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ("programme", "forms", "connectors", "reports", "ishc")

IMPORTS = [
    (path, node)
    for room in ROOMS
    for path in sorted((PROJECT / room).rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Import | ast.ImportFrom)
]


def imported_rooms(node):
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        names = [node.module or ""]
    return {name.partition(".")[0] for name in names} & set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_is_the_one_of_this_project(room):
    found = importlib.util.find_spec(room)
    assert found is not None
    assert Path(found.origin) == PROJECT / room / "__init__.py"


def test_no_room_imports_from_its_right():
    seen = set()
    for path, node in IMPORTS:
        room = path.relative_to(PROJECT).parts[0]
        for other in imported_rooms(node):
            seen.add((room, other))
            where = f"{path.relative_to(PROJECT)}:{node.lineno} imports {other}"
            assert ROOMS.index(other) <= ROOMS.index(room), where
    assert ("connectors", "programme") in seen  # the test looks at real imports


def test_imports_are_absolute_so_that_the_direction_can_be_read():
    relative = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path, node in IMPORTS
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_the_forms_room_holds_no_code_where_the_workbooks_are():
    assert list((PROJECT / "xlsforms").rglob("*.py")) == []
