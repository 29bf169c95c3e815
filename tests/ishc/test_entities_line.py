"""What ``ishc publish`` says of an entity list of ODK Central."""

import pytest

from connectors.entity_lists import EntitiesDone
from ishc.commands.deploy_words import entities_line


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0), ("không đổi", "unchanged")),
        ((2, 0, 0, 1), ("thêm 2, xóa 1", "2 new, 1 deleted")),
        ((0, 3, 1, 0), ("sửa 3, lấy lại 1", "3 changed, 1 brought back")),
    ],
)
def test_only_what_happened_is_told(counts: tuple[int, ...], said: tuple[str, str]) -> None:
    vi, en = entities_line(EntitiesDone("clubs", *counts))
    assert (vi, en) == (f"  danh sách thực thể clubs: {said[0]}", f"  entity list clubs: {said[1]}")
