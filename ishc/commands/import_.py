"""``ishc import``: clubs, people, loans, balances and areas that exist on paper or in Excel."""

from pathlib import Path

import click

from connectors.importing.sheets import TITLES
from connectors.importing.template import write_template
from connectors.importing.work import ImportResult, choices_of, import_workbook, schemas_of
from ishc.context import Context, pass_context
from ishc.language import say
from programme.areas import load_areas
from programme.problem import Place, Problem, ProblemError, Text
from programme.tracked import tracked_data


@click.command(
    "import",
    help=say(
        "Nhập những gì đã có sẵn từ Excel: câu lạc bộ, Ban Chủ nhiệm, thành viên, khoản vay, số "
        "dư, thôn, loại địa bàn. Nhập hai lần không đổi gì.",
        "Take over what exists already from Excel: clubs, boards, members, loans, balances, "
        "villages, kinds of area. Importing twice changes nothing.",
    ),
)
@click.argument("workbooks", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("ghi tệp mẫu để điền", "write an empty workbook to fill in"),
)
@click.option(
    "--area",
    metavar="CODE",
    help=say("tệp mẫu: xã của một tỉnh (mã hoặc tên)", "template: communes of one province"),
)
@click.option(
    "--check", is_flag=True, help=say("chỉ kiểm tra, không nhập", "look for mistakes only")
)
@click.option(
    "--replace",
    is_flag=True,
    help=say(
        "tệp thay toàn bộ số liệu nhập trước đây từ cùng nguồn",
        "the workbook stands for all that its source gave before",
    ),
)
@pass_context
def command(
    context: Context,
    workbooks: tuple[Path, ...],
    template: Path | None,
    area: str | None,
    check: bool,
    replace: bool,
) -> None:
    """Write a template, or import workbooks one after the other."""
    if bool(template) == bool(workbooks):
        words = say(
            "ghi một tệp để nhập, hoặc --template TỆP", "name a workbook, or --template FILE"
        )
        raise click.UsageError(words)
    if template:
        _template(context, template, area)
        return
    context.problems(tracked_data(context.folder))
    for path in workbooks:
        result = import_workbook(
            context.folder, path, replace=replace, check_only=check, progress=context.progress
        )
        context.result(result)
        context.problems(result.problems)
        show(context, result)


def show(context: Context, result: ImportResult) -> None:
    """Sum up what was read and stored."""
    rows = [(TITLES[name], count) for name, count in result.rows.items() if count]
    context.say(
        f"{result.file}: không có lỗi ({', '.join(f'{name.vi} {count}' for name, count in rows)}).",
        f"{result.file}: no mistakes ({', '.join(f'{name.en} {count}' for name, count in rows)}).",
    )
    if result.checked_only:
        context.say(
            "Chưa nhập gì. Nhập bằng lệnh này không có --check.",
            "Nothing was imported yet. Run it again without --check.",
        )
        return
    context.say(
        f"Phiếu mới: {result.new}, đã sửa: {result.changed}, bỏ: {result.removed}; "
        f"thôn: {result.villages}, loại địa bàn: {result.area_kinds}.",
        f"Records new: {result.new}, changed: {result.changed}, removed: {result.removed}; "
        f"villages: {result.villages}, kinds of area: {result.area_kinds}.",
    )
    context.say("Tiếp theo: ishc reconcile", "Next: ishc reconcile")


def _template(context: Context, path: Path, area: str | None) -> None:
    if path.exists():
        raise ProblemError(_exists(path))
    areas = load_areas(context.folder.xlsforms)
    province = areas.find(area).province if area else None
    communes = areas.communes_of(province) if province else tuple(areas.communes.values())
    schemas = schemas_of(context.folder)
    write_template(path, context.language, choices_of(schemas), communes)
    context.result({"template": str(path)})
    context.say(
        f"Đã ghi {path}. Điền xong: ishc import {path.name} --check",
        f"Written: {path}. When it is filled in: ishc import {path.name} --check",
    )


def _exists(path: Path) -> Problem:
    return Problem(
        "file-exists",
        Text(vi="tệp này đã có", en="this file exists already"),
        Text(
            vi="đặt tên khác, hoặc xóa tệp cũ nếu không cần",
            en="choose another name, or delete the old one if nobody needs it",
        ),
        Place(file=str(path)),
    )
