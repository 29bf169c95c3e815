"""One cell edited, one change told: its code, what it does to the data, its row."""

from collections.abc import Callable
from typing import Any

import pytest

CASES = """
settings monthly  form_id     month                  form-id-changed          breaking
settings monthly  version     0                      version-lowered          careful
settings monthly  form_title  Báo-cáo                title-changed            safe

survey  rate        type        integer              type-changed             careful
survey  rate        type        text                 type-changed             careful
survey  difficulty  type        integer              type-loses-data          breaking
survey  difficulty  type        barcode              -                        -
survey  areas       type        select_one~area      type-loses-data          breaking
survey  held        type        select_multiple~yes_no type-changed           careful
survey  attendance  type        decimal              type-changed             careful
survey  total       value_type  decimal              type-changed             careful
survey  difficulty  type        calculate            now-computed             careful
survey  opening     unit        -                    unit-changed             breaking
survey  rate        unit        thousand_vnd         unit-changed             breaking

survey  difficulty  class       sensitive            class-lowered            breaking
survey  difficulty  class       plain                class-lowered            breaking
survey  opening     class       plain                class-lowered            breaking
survey  opening     class       personal             class-hides              careful
survey  women       class       sensitive            class-raised             safe
survey  today       class       plain                -                        -
survey  today       class       personal             class-hides              careful

survey  difficulty  vi          Những~khó~khăn,~đề~nghị  label-changed        safe
survey  women       vi          Trong~đó:~nam        question-meaning-changed careful
survey  held        en          Was~no~meeting~held? question-meaning-changed careful
survey  areas       en          Areas~of~last~year   question-meaning-changed careful
survey  areas       en          **Areas**~that~took~place:  -                 -
survey  joined_year en          Birth~year           label-changed            safe

survey  club        type        select_one_from_file~list.csv  media-renamed  careful
survey  club        required    true()               -                        -
survey  women       required    yes                  made-required            careful
survey  women       required    no                   -                        -
survey  women       required    ${held}~=~'yes'      made-required            careful
survey  attendance  required    -                    required-dropped         safe
survey  attendance  constraint  .~>=~1~and~.~<=~500  constraint-tightened     careful
survey  attendance  constraint  .~>=~1~and~.~<~999   constraint-tightened     careful
survey  attendance  constraint  .>=1~and~999>=.      constraint-loosened      safe
survey  attendance  constraint  .>=1~and~.<=999      -                        -
survey  attendance  constraint  .~>=~0~and~.~<=~999  constraint-loosened      safe
survey  attendance  constraint  .~>=~1               constraint-loosened      safe
survey  women       constraint  -                    constraint-loosened      safe
survey  rate        constraint  .~<=~3               constraint-tightened     careful
survey  women       relevant    -                    relevant-changed         careful
survey  women       relevant    ${held}="yes"        -                        -
survey  meeting     relevant    ${club}~!=~''        relevant-changed         careful
survey  total       calculation ${opening}~+~2       calculation-changed      careful
survey  total       calculation ${~opening~}+1       -                        -
survey  club        choice_filter commune~=~'2'      choice-filter-changed    careful

choices rights      name        claims               choice-renamed           breaking
choices health      vi          Vay~vốn              choice-meaning-changed   careful
choices yes         vi          Không                choice-meaning-changed   careful
choices rights      en          Rights,~benefits     choice-label-changed     safe
"""
ROWS = [line.split() for line in CASES.splitlines() if line]


@pytest.mark.parametrize("case", ROWS, ids=" ".join)
def test_one_cell(case: list[str], form: Any, compare: Callable[..., Any]) -> None:
    sheet, name, column, text, code, kind = case
    row = _row(form, name)
    form.set(name, column, "" if text == "-" else text.replace("~", " "))
    changes = compare(form).all
    if code == "-":
        assert changes == ()
        return
    (change,) = changes
    assert (change.code, change.kind) == (code, kind)
    assert (change.place.file, change.place.sheet, change.place.row) == ("new.xlsx", sheet, row)
    for said in (change.what, change.why, change.do):
        assert said.vi and said.en and "{" not in said.vi.replace("${", "")


def _row(form: Any, name: str) -> int:
    at = form.at(name)
    start = next(up for up in range(at, -1, -1) if form.lines[up][1:3].strip())
    return at - start
