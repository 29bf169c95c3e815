"""What may be wrong with the place that the demo is to be made in."""

from pathlib import Path

from programme.problem import Place, Problem, Text

ANOTHER = Text(
    vi="hãy chọn một thư mục mới: ishc demo TÊN_THƯ_MỤC",
    en="choose a new folder: ishc demo DIR",
)


def somebody_elses(path: Path) -> Problem:
    """Give the problem of a folder with things that no demo made."""
    return Problem(
        "demo-folder-other",
        Text(
            vi="ở đây đã có tệp, không phải do «ishc demo» tạo; không ghi đè lên",
            en="there are files here that “ishc demo” did not make; nothing is overwritten",
        ),
        ANOTHER,
        Place(file=str(path)),
    )


def left_the_sandbox(path: Path) -> Problem:
    """Give the problem of a demo's folder that now works with another server."""
    return Problem(
        "demo-folder-left",
        Text(
            vi="ishc.toml ở đây đã trỏ sang máy chủ khác; dữ liệu của máy chủ đó không bị xóa",
            en="ishc.toml here points at another server by now; its data are not deleted",
        ),
        ANOTHER,
        Place(file=str(path)),
    )


def in_use(path: Path) -> Problem:
    """Give the problem of data that another program has open."""
    return Problem(
        "demo-folder-in-use",
        Text(
            vi="chương trình khác đang mở dữ liệu mẫu cũ",
            en="another program has the earlier demo's data open",
        ),
        Text(
            vi="hãy đóng chương trình đó («ishc sandbox», Excel, notebook) rồi chạy lại",
            en="close it (“ishc sandbox”, Excel, a notebook) and run again",
        ),
        Place(file=str(path)),
    )


def sandbox_missing() -> Problem:
    """Give the problem of an installation without the extra that the sandbox needs."""
    return Problem(
        "sandbox-missing",
        Text(
            vi="chưa cài phần mở rộng «sandbox» (máy chủ tập)",
            en="the extra “sandbox” (the server for trying) is not installed",
        ),
        Text(
            vi='hãy chạy: pip install "ishc-collect[collect,sandbox]"',
            en='run: pip install "ishc-collect[collect,sandbox]"',
        ),
    )
