"""A programme folder and the empty template."""

from pathlib import Path

import pytest

from connectors.importing.template import write_template
from connectors.importing.work import choices_of, schemas_of
from programme.areas import load_areas
from programme.copying import copy_programme
from programme.folder import Folder
from tests.connectors.importing.office import Office


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Folder(tmp_path_factory.mktemp("template") / "programme")
    copy_programme(folder.root)
    path = folder.root / "template.xlsx"
    communes = load_areas(folder.xlsforms).communes_of("20")
    write_template(path, "vi", choices_of(schemas_of(folder)), communes)
    return path


@pytest.fixture
def office(tmp_path: Path, empty_template: Path) -> Office:
    folder = Folder(tmp_path / "programme")
    copy_programme(folder.root)
    return Office(folder, empty_template)
