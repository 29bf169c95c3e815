"""Files that come whole or not at all, also where another program holds them for a moment."""

import pytest

from programme.writing import replacing, when_free, write_text


def test_half_a_file_never_takes_the_place_of_a_whole_one(tmp_path):
    file = tmp_path / "Sổ quỹ – tháng 10.txt"
    write_text(file, "whole")
    with pytest.raises(RuntimeError), replacing(file) as new:
        new.write(b"ha")
        raise RuntimeError
    assert file.read_text(encoding="utf-8") == "whole"
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_what_another_program_holds_is_tried_again():
    refusals = [PermissionError(), PermissionError()]

    def act():
        if refusals:
            raise refusals.pop()

    when_free(act, waits=(0, 0))
    assert not refusals


def test_what_stays_held_is_refused_in_the_end():
    tries = []

    def act():
        tries.append(1)
        raise PermissionError

    with pytest.raises(PermissionError):
        when_free(act, waits=(0, 0))
    assert len(tries) == 3
