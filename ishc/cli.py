"""The command line: ``ishc``. Each command lies in its own file under ``ishc/commands``."""

import sys
from pathlib import Path
from typing import Any

import click

from ishc.anywhere import forward
from ishc.context import Context
from ishc.language import say, speak
from ishc.lazy import LazyGroup
from programme.folder import Folder
from programme.interrupts import heeding
from programme.problem import Exit, Language, ProblemError

INTERRUPTED = 130  # what shells expect after Ctrl+C
COMMANDS = {
    "demo": (
        "ishc.commands.demo",
        say(
            "làm thử toàn bộ công việc trên số liệu giả định, không cần tài khoản",
            "the whole job on made-up data, no account needed",
        ),
    ),
    "init": (
        "ishc.commands.init",
        say("tạo thư mục chương trình mới", "a new programme folder"),
    ),
    "forms": (
        "ishc.commands.forms",
        say("kiểm tra, so sánh, in, điền thử biểu mẫu", "check, compare, print and fill forms"),
    ),
    "deploy": (
        "ishc.commands.deploy",
        say("đưa biểu mẫu lên máy chủ", "put the forms on the server"),
    ),
    "import": (
        "ishc.commands.import_",
        say("nhập từ Excel những gì đã có sẵn", "take over from Excel what exists already"),
    ),
    "pull": (
        "ishc.commands.pull",
        say("lấy phiếu mới từ máy chủ", "fetch what is new from the server"),
    ),
    "reconcile": (
        "ishc.commands.reconcile",
        say("đối chiếu: sổ đăng ký và các phát hiện", "registers and findings from what was sent"),
    ),
    "push": (
        "ishc.commands.push",
        say("ghi trạng thái phiếu lên máy chủ", "states of submissions onto the server"),
    ),
    "checks": (
        "ishc.commands.checks",
        say("thử phép kiểm tra, liệt kê các cột", "try the checks, list the columns for them"),
    ),
    "findings": (
        "ishc.commands.findings",
        say("những chỗ có vẻ sai, đọc bảng trả lời", "what looks wrong; read what was answered"),
    ),
    "publish": (
        "ishc.commands.publish",
        say("cập nhật danh sách trên điện thoại", "refresh the lists on the phones"),
    ),
    "sample": (
        "ishc.commands.sample",
        say("rút mẫu cho phiếu hỏi hằng năm", "who is asked in the yearly survey"),
    ),
    "phones": (
        "ishc.commands.phones",
        say("máy nào được thu số liệu, khóa máy bị mất", "who collects with which phone"),
    ),
    "explain": (
        "ishc.commands.explain",
        say("ai đã báo gì, số liệu từ đâu ra", "who said what, and where values come from"),
    ),
    "close": (
        "ishc.commands.close",
        say("chốt số liệu của một kỳ", "keep the figures of a period as they stand"),
    ),
    "indicators": (
        "ishc.commands.indicators",
        say(
            "tính số liệu một lần cho các báo cáo tới hạn",
            "compute figures once, for the reports that are due",
        ),
    ),
    "report": (
        "ishc.commands.report",
        say("làm báo cáo Word, một hay nhiều", "make a Word report, or many at once"),
    ),
    "export": (
        "ishc.commands.export",
        say("xuất bảng ra Excel, CSV, Power BI", "tables for Excel, CSV, Power BI"),
    ),
    "nightly": (
        "ishc.commands.nightly",
        say("làm tất cả theo thứ tự, mỗi đêm", "all of it in order, every night"),
    ),
    "schedule": (
        "ishc.commands.schedule",
        say("để máy này mỗi đêm tự chạy", "have this machine run every night by itself"),
    ),
    "backup": (
        "ishc.commands.backup",
        say("bản sao lưu có khóa", "an encrypted copy of everything"),
    ),
    "restore": (
        "ishc.commands.restore",
        say("khôi phục bản sao lưu", "a backup brought back"),
    ),
    "person": (
        "ishc.commands.person",
        say("dữ liệu về một người: tìm, giao, xóa", "what is held on a person: find, give, erase"),
    ),
    "token": (
        "ishc.commands.token",
        say("ghi mã truy cập mới, chỉ mình đọc được", "keep a new token, for your eyes only"),
    ),
    "doctor": (
        "ishc.commands.doctor",
        say("tìm xem có gì không ổn", "find what is wrong"),
    ),
    "qr": (
        "ishc.commands.qr",
        say("mã QR để cài đặt điện thoại", "the QR code that sets up phones"),
    ),
    "status": (
        "ishc.commands.status",
        say("đang có những gì, lấy về lúc nào", "what there is and when it was pulled"),
    ),
    "sandbox": (
        "ishc.commands.sandbox",
        say("máy chủ nhỏ để tập, giống KoBo", "a small KoBo-like server to try things on"),
    ),
}


class Ishc(LazyGroup):
    """Tells problems in the person's language, whatever command met them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a problem or Ctrl+C ends it with a sentence and an exit status."""
        try:
            with heeding():
                return super().invoke(ctx)
        except ProblemError as error:
            ctx.obj.fail(error)
            return error.exit_status
        except click.ClickException:
            raise
        except Exception as error:
            problem = _of_disk(ctx, error)
            if problem is None:
                raise
            ctx.obj.fail(problem)
            return problem.exit_status
        except (click.Abort, KeyboardInterrupt):
            (ctx.obj or _nowhere()).stopped()
            return INTERRUPTED


@click.group(
    cls=Ishc,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "Biểu mẫu từ Excel lên KoBoToolbox hoặc ODK Central, phiếu về đối chiếu mỗi đêm, báo cáo "
        "ra Word.\n\n"
        "Bắt đầu: ishc demo. Tiếng Anh: ISHC_LANG=en.",
        "Forms from Excel to KoBoToolbox or ODK Central, submissions reconciled every night, "
        "reports in Word.\n\n"
        "Start with: ishc demo. Vietnamese: ISHC_LANG=vi.",
    ),
)
@click.option(
    "-C",
    "directory",
    type=click.Path(path_type=Path),
    default=Path(),
    help=say("thư mục chương trình", "the programme folder"),
)
@click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    help=say("ngôn ngữ (mặc định theo ishc.toml)", "language (by default as in ishc.toml)"),
)
@click.option(
    "--json", "as_json", is_flag=True, help=say("kết quả cho chương trình khác", "for programs")
)
@click.version_option(
    package_name="ishc-collect",
    message="%(version)s",
    help=say("Cho biết phiên bản.", "Show the version and exit."),
)
@click.pass_context
def cli(context: click.Context, directory: Path, lang: Language | None, as_json: bool) -> None:
    """Hold what every command shares."""
    context.obj = Context(directory, lang, as_json)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; print problems, never a traceback for what a person can mend."""
    arguments = sys.argv[1:] if arguments is None else arguments
    _speak_utf8()
    speak()
    try:
        result = _run(arguments)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except (click.Abort, KeyboardInterrupt):  # before the command began, or after it ended
        _nowhere().stopped()
        sys.exit(INTERRUPTED)
    sys.exit(result if isinstance(result, int) else Exit.DONE)


def _run(arguments: list[str]) -> Any:
    """Run a command; what belongs before it may also stand after it."""
    try:
        return cli.main(arguments, prog_name="ishc", standalone_mode=False)
    except click.NoSuchOption as error:
        moved = forward(arguments, error.option_name)
        if moved is None:
            raise
        return _run(moved)


def _of_disk(ctx: click.Context, error: Exception) -> ProblemError | None:
    from connectors.store.faults import disk_fault  # noqa: PLC0415 - not for every start

    return disk_fault(error, Folder(ctx.obj.directory).data) if ctx.obj else None


def _nowhere() -> Context:
    return Context(Path(), None, as_json=False)


def _speak_utf8() -> None:
    # a Windows console or a bare POSIX locale would fail on Vietnamese letters
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
