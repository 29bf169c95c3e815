"""Where Java is missing, the person is told what to install."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "jpype" else found(name, *more)
from forms.check import check_forms
from forms.engine.jvm import missing
from forms.engine.session import FormSession
from programme.problem import ProblemError
print(missing().do.vi)
try:
    FormSession('<h:html xmlns:h="x"/>')
except ProblemError as error:
    print(error.problems[0].code)
print([problem.code for problem in check_forms([])])
"""


def test_without_the_extra_the_problem_names_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, check=False
    )
    lines = done.stdout.decode().splitlines()
    assert 'pip install "ishc-collect[collect]"' in lines[0]
    assert lines[2] == "['validate-skipped']"


@pytest.mark.usefixtures("engine")
def test_java_says_nothing_and_leaves_ctrl_c_to_python() -> None:
    code = (
        "import signal; before = signal.getsignal(signal.SIGINT)\n"
        "from forms.engine.validate import validate\n"
        "from forms.compile import compile_form\n"
        "from pathlib import Path\n"
        "form = compile_form(Path('tests/forms/data/kobo/bao_cao_clb.xlsx'))\n"
        "assert validate(form.xml, Path('tests/forms/data/kobo')) == []\n"
        "assert signal.getsignal(signal.SIGINT) is before\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
