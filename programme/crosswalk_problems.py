"""The problems of names from before 1 July 2025, and of lists of them, in both languages."""

from collections.abc import Collection, Sequence
from pathlib import Path

from programme.old_names import bare
from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest


def old_area_unknown(text: str, labels: Collection[str], place: Place) -> Problem:
    """Say that there was no such province, district or commune, with the nearest name.

    Args:
        text: what a person wrote.
        labels: the names there were.
        place: where it stands.
    """
    by_bare = {bare(label): label for label in sorted(labels)}
    near = nearest(text, labels) or by_bare.get(nearest(bare(text), by_bare) or "")
    hint = did_you_mean(near)
    return Problem(
        "old-area-unknown",
        Text(
            vi=f"trước ngày 01/7/2025 không có «{text}» ở đây{hint.vi}",
            en=f"before 1 July 2025 there was no “{text}” here{hint.en}",
        ),
        Text(
            vi="hãy ghi tên tỉnh, huyện, xã như trước ngày 01/7/2025",
            en="write province, district and commune as they were before 1 July 2025",
        ),
        place,
    )


def old_code_unknown(code: str, near: str | None, place: Place) -> Problem:
    """Say that no commune had this code, with the code that was perhaps meant."""
    hint = did_you_mean(near)
    return Problem(
        "old-code-unknown",
        Text(
            vi=f"trước ngày 01/7/2025 không có xã mã «{code}»{hint.vi}",
            en=f"before 1 July 2025 no commune had the code “{code}”{hint.en}",
        ),
        Text(
            vi="mã xã cũ có 5 chữ số, giữ số 0 ở đầu; hoặc ghi tên tỉnh, huyện, xã",
            en="an old commune's code is 5 digits with the leading zero; "
            "or write the names of province, district and commune",
        ),
        place,
    )


def old_area_ambiguous(text: str, labels: Sequence[str], place: Place) -> Problem:
    """Say that a name may be several old places that went different ways."""
    listed = "; ".join(labels)
    return Problem(
        "old-area-ambiguous",
        Text(vi=f"tên «{text}» chỉ nhiều nơi", en=f"“{text}” may be several places"),
        Text(vi=f"hãy ghi đầy đủ: {listed}", en=f"write the full name: {listed}"),
        place,
    )


def wrong_split(path: Path, row: int, found: str) -> Problem:
    """Say that the column ``split`` and the number of rows of a commune disagree."""
    return Problem(
        "crosswalk-split",
        Text(
            vi=f"cột split ghi «{found}» nhưng số dòng của xã này nói khác",
            en=f"column split says “{found}”, but the number of rows of this commune does not",
        ),
        Text(
            vi="ghi yes cho xã bị chia (một dòng cho mỗi xã mới), no cho các xã khác",
            en="write yes for a commune that was split (a row for each new one), no for others",
        ),
        Place(file=path.name, row=row, column="split"),
    )
