"""``ishc demo [DIR]``: the whole job on made-up data, and what to do next."""

import os
import shlex
import shutil
import sys
from pathlib import Path

import click

from ishc.context import Context, pass_context
from ishc.demo.run import DemoResult, run_demo
from ishc.language import of_person, say


@click.command(
    "demo",
    help=say(
        "Làm thử toàn bộ công việc với 46 câu lạc bộ giả định: biểu mẫu lên máy chủ tập, phiếu gửi "
        "về, đối chiếu, báo cáo Word. Không cần tài khoản.",
        "Do the whole job with 46 made-up clubs: forms to the sandbox, submissions sent, pulled, "
        "reconciled, reported in Word. No account needed.",
    ),
)
@click.argument("directory", type=click.Path(path_type=Path), default=Path("demo"))
@pass_context
def command(context: Context, directory: Path) -> None:
    """Run the demo in a new folder, or start an earlier one over."""
    language = context.asked_language or of_person()
    context.asked_language = language
    result = run_demo(context.directory / directory, language=language, progress=context.progress)
    context.result(result)
    _show_found(context, result)
    _show_places(context, result, directory)


def _show_found(context: Context, result: DemoResult) -> None:
    held = result.counts
    counts = (held.clubs, held.members, held.loans, held.inspections)
    context.say(
        f"\nSỐ LIỆU GIẢ ĐỊNH. {result.sent} phiếu đã gửi, lấy về, đối chiếu: "
        + "{} câu lạc bộ, {} thành viên, {} khoản vay, {} lượt kiểm tra.".format(*counts),
        f"\nSYNTHETIC DATA. {result.sent} submissions sent, pulled, reconciled: "
        + "{} clubs, {} members, {} loans, {} inspections.".format(*counts),
    )
    context.say(
        "Lỗi cố ý gài vào, và phép kiểm tra tìm thấy:",
        "Planted on purpose, and found by the checks:",
    )
    titles = [result.reconciled.titles[one.check] for one in result.outcomes]
    for one, title in zip(result.outcomes, titles, strict=True):
        width = max(len(each.in_(context.language)) for each in titles)
        context.say(
            f"  {title.vi:<{width}}  gài {one.planted:>3}, thấy {one.found:>3}, "
            f"ngoài ra {one.besides}",
            f"  {title.en:<{width}}  planted {one.planted:>3}, found {one.found:>3}, "
            f"besides {one.besides}",
        )


def _show_places(context: Context, result: DemoResult, directory: Path) -> None:
    folder = result.folder
    ishc = "ishc" if shutil.which("ishc") else os.path.relpath(sys.argv[0])
    reports = "\n".join(f"    {path}" for path in result.reports)
    context.say(
        f"\nXong sau {result.seconds:.0f} giây.\n"
        f"  Báo cáo:\n{reports}\n"
        f"  Bảng số liệu: {folder.tables} (không tên), {folder.identified} (có tên)\n"
        f"  Phát hiện:    {folder.findings}\n"
        "Tiếp theo, với máy chủ KoBo hay ODK Central của mình (lệnh hỏi năm câu):\n"
        f"  {ishc} init my-clubs\n"
        f"Muốn xem lại máy chủ tập: {ishc} -C {shlex.quote(str(directory))} sandbox",
        f"\nDone in {result.seconds:.0f} seconds.\n"
        f"  Reports:\n{reports}\n"
        f"  Tables:   {folder.tables} (no names), {folder.identified} (with names)\n"
        f"  Findings: {folder.findings}\n"
        "Next, with your own KoBo or ODK Central server (five questions are asked):\n"
        f"  {ishc} init my-clubs\n"
        f"To see the sandbox again: {ishc} -C {shlex.quote(str(directory))} sandbox",
    )
