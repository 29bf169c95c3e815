"""``ishc init DIR``: a new programme folder, copied from the one that comes with the product."""

from pathlib import Path

import click

from ishc.context import Context, pass_context
from ishc.language import say
from programme.copying import copy_programme


@click.command(
    "init",
    help=say(
        "Tạo thư mục chương trình mới: biểu mẫu, phép kiểm tra, chỉ tiêu, mẫu báo cáo, ishc.toml.",
        "Make a new programme folder: forms, checks, indicators, templates, ishc.toml.",
    ),
)
@click.argument("directory", type=click.Path(path_type=Path))
@pass_context
def command(context: Context, directory: Path) -> None:
    """Copy the shipped programme; nothing that exists is overwritten."""
    target = context.directory / directory
    copied = copy_programme(target)
    context.result({"folder": str(target), "files": copied})
    context.say(
        f"Đã tạo chương trình trong {target} ({copied} tệp).\n"
        f"Tiếp theo: sửa {target / 'ishc.toml'} (máy chủ, nơi phát hành), "
        "đặt mã truy cập vào biến ISHC_TOKEN, rồi trong thư mục đó: ishc deploy",
        f"Made a programme in {target} ({copied} files).\n"
        f"Next: edit {target / 'ishc.toml'} (server, who issues reports), "
        "put your token in the variable ISHC_TOKEN, then, in that folder: ishc deploy",
    )
