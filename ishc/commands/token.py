"""``ishc token [SERVER]``: a new token or password, kept where only its owner can read it."""

import sys
from datetime import datetime

import click

from ishc.beginning import read
from ishc.beginning.account import tried
from ishc.beginning.chosen import Place as Chosen
from ishc.beginning.words import QUESTIONS
from ishc.context import Context, pass_context
from ishc.language import say
from programme.account import ServerSettings
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest
from programme.writing import write_text


@click.command(
    "token",
    help=say(
        "Ghi mã truy cập (token) mới, hoặc mật khẩu của ODK Central: dán vào, không hiện ra. Mã "
        "nằm trong tệp token_file của ishc.toml, chỉ mình đọc được; sau đó thử ngay tài khoản.\n\n"
        "Trong kịch bản: đưa mã vào qua đầu vào chuẩn (stdin).",
        "Keep a new token, or the password for ODK Central: paste it, it is not shown. It goes "
        "into the file token_file of ishc.toml, readable by you only; then the account is tried."
        "\n\nIn a script: give it on standard input.",
    ),
)
@click.argument("server", required=False)
@pass_context
def command(context: Context, server: str | None) -> int:
    """Ask, write, try."""
    account = _account(context, server)
    if account.token_file is None:
        raise ProblemError(_no_file(account))
    place = Chosen(account.kind, account.url, user=account.user)
    typed = read.secret(_typed(context, place), place).typed
    if not typed:
        raise ProblemError(_nothing(account))
    file = account.token_file
    folder = context.folder
    if file.resolve().is_relative_to(folder.data.resolve()):
        folder.private(folder.data)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, typed)
    context.say(
        f"✓ Đã ghi vào {file}, chỉ mình đọc được.", f"✓ Written to {file}, readable by you only."
    )
    if account.token_env and context.environ.get(account.token_env, "").strip():
        context.problems([_variable_first(account)])
    found = tried(context, account, datetime.now(context.settings.timezone))
    context.result({"file": str(file), "account": found})
    return Exit.SERVER if found == "refused" else Exit.DONE


def _typed(context: Context, place: Chosen) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    name = "password" if place.user else "token"
    question = QUESTIONS[name].in_(context.language).removeprefix("4/5  ")
    click.echo(question)
    typed: str = click.prompt(
        place.secret.in_(context.language), default="", show_default=False, hide_input=True
    )
    return typed


def _account(context: Context, server: str | None) -> ServerSettings:
    servers = context.settings.servers
    if server is None and len(servers) == 1:
        return next(iter(servers.values()))
    if server is not None and server in servers:
        return servers[server]
    hint = did_you_mean(nearest(server, servers) if server else None)
    named = ", ".join(servers) or "–"
    raise ProblemError(
        Problem(
            "server-unknown",
            Text(vi=f"chưa rõ máy chủ nào{hint.vi}", en=f"it is not clear which server{hint.en}"),
            Text(
                vi=f"các máy chủ trong ishc.toml: {named}; ghi tên sau lệnh: ishc token TÊN",
                en=f"the servers of ishc.toml: {named}; name one: ishc token NAME",
            ),
        )
    )


def _no_file(account: ServerSettings) -> Problem:
    return Problem(
        "token-no-file",
        Text(
            vi="ishc.toml không nêu tệp nào để giữ mã truy cập",
            en="ishc.toml names no file that keeps the token",
        ),
        Text(
            vi=f'hãy thêm token_file = "data/token" vào mục [servers.{account.name}]',
            en=f'add token_file = "data/token" to [servers.{account.name}]',
        ),
        Place(server=account.name),
    )


def _nothing(account: ServerSettings) -> Problem:
    return Problem(
        "token-nothing",
        Text(vi="chưa dán gì vào; mã cũ giữ nguyên", en="nothing was pasted; the old one stays"),
        Text(vi="hãy chạy lại và dán mã vào", en="run it again and paste it"),
        Place(server=account.name),
    )


def _variable_first(account: ServerSettings) -> Problem:
    name = account.token_env
    return Problem(
        "token-variable-first",
        Text(
            vi=f"biến môi trường {name} đang có mã, và được dùng trước tệp này",
            en=f"the environment variable {name} holds one, which goes before this file",
        ),
        Text(
            vi=f"hãy xóa biến đó: unset {name} (Windows: set {name}=)",
            en=f"take it away: unset {name} (on Windows: set {name}=)",
        ),
        Place(server=account.name),
        "warning",
    )
