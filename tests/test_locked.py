"""What is installed is locked: every package by its version and hashes, and nothing besides."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.locked import REPOSITORY, Pin, pins

PRODUCT, WORKSHOP = "requirements.lock", "requirements-dev.lock"
RENEW = "pyproject.toml and the locks have drifted apart: make lock"


def wanted(*extras: str) -> Iterator[Requirement]:
    """What ``pyproject.toml`` asks for, with some of its extras."""
    told = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    project = told["project"]
    lines = [*project["dependencies"], *told["dependency-groups"]["build"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    for line in lines:
        requirement = Requirement(line)
        if requirement.name == project["name"]:
            yield from wanted(*requirement.extras)
        else:
            yield requirement


@pytest.mark.parametrize(
    ("file", "extras"), [(PRODUCT, ("collect", "sandbox")), (WORKSHOP, ("dev",))]
)
def test_every_requirement_is_locked_to_a_version_that_it_allows(file, extras):
    locked = pins(file)
    for requirement in wanted(*extras):
        found = [each for each in locked if each.name == canonicalize_name(requirement.name)]
        assert found, f"{requirement}: {RENEW}"
        assert all(requirement.specifier.contains(each.version) for each in found), (
            f"{requirement}: {RENEW}"
        )


@pytest.mark.parametrize("file", [PRODUCT, WORKSHOP])
def test_every_package_has_hashes_and_no_word_of_where_it_is_fetched(file):
    assert all(each.hashes for each in pins(file))
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text


def test_the_workshop_tests_what_users_install():
    workshop = {(each.name, each.version, each.hashes) for each in pins(WORKSHOP)}
    assert {(each.name, each.version, each.hashes) for each in pins(PRODUCT)} <= workshop


@pytest.mark.parametrize("file", [PRODUCT, WORKSHOP])
def test_what_locked_packages_need_in_turn_is_locked(file):
    here = [each for each in pins(file) if each.here]
    names = {each.name for each in here}
    for each in here:
        assert set(_needed(each)) <= names, f"{each.name} needs {set(_needed(each)) - names}"


def _needed(pin: Pin) -> Iterator[str]:
    try:
        lines = requires(pin.name) or ()
    except PackageNotFoundError:  # an environment without this extra
        return
    for line in lines:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)
