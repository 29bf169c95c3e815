"""``ishc sample``: who is asked in the yearly survey."""

import secrets
from collections import Counter

import click

from connectors.reconcile.lists import write_lists
from connectors.sample.draw import SampleResult, draw_sample, replace_sampled
from ishc.context import Context, pass_context
from ishc.language import say
from programme.dates import today
from programme.numbers import number

_SEEDS = 1_000_000


@click.command(
    "sample",
    help=say(
        "Rút mẫu câu lạc bộ và thành viên cho phiếu hỏi hằng năm (member_survey).\n\n"
        "Mỗi năm rút một lần; chạy lại chỉ cho xem mẫu đã rút. Số CLB và số người mỗi CLB ghi ở "
        "mục [sample] trong ishc.toml. Danh sách ra data/lists/sample.csv, chỉ có mã và chữ cái "
        "đầu; ishc publish đưa lên điện thoại.",
        "Draw the sample of clubs and members for the yearly survey (member_survey).\n\n"
        "Each year is drawn once; run again it only shows what was drawn. How many clubs, and "
        "members of each, stands in [sample] of ishc.toml. The list is data/lists/sample.csv, "
        "codes and initials only; ishc publish hands it to phones.",
    ),
)
@click.option("--year", type=click.IntRange(2000, 2099), help=say("năm", "the year"))
@click.option(
    "--seed",
    metavar="TEXT",
    help=say(
        "số gieo, để rút lại đúng mẫu ấy; mặc định lấy ngẫu nhiên và ghi lại",
        "to draw the same sample again; by default any number, which is kept",
    ),
)
@click.option(
    "--again",
    is_flag=True,
    help=say("rút lại, khi chưa ai trả lời", "draw anew, as long as nobody has answered"),
)
@click.option(
    "--replace",
    metavar="CODE",
    help=say(
        "người mang mã này không gặp được: hỏi người dự bị kế tiếp của CLB",
        "the one with this code was not met: ask the club's next reserve",
    ),
)
@pass_context
def command(
    context: Context, year: int | None, seed: str | None, again: bool, replace: str | None
) -> None:
    """Draw, or show what was drawn, or let a reserve take a place; then write the list."""
    if replace:
        gone, instead = replace_sampled(context.folder, replace)
        write_lists(context.folder)
        context.result({"replaced": gone, "instead": instead})
        context.say(
            f"{gone.member} ({gone.code}) thôi hỏi; hỏi thay: {instead.member} ({instead.code}).\n"
            "Tiếp theo: ishc publish",
            f"{gone.member} ({gone.code}) is asked no more; instead: {instead.member} "
            f"({instead.code}).\nNext: ishc publish",
        )
        return
    day = today(context.settings.timezone)
    result = draw_sample(
        context.settings,
        context.folder,
        year or day.year,
        seed=seed or str(secrets.randbelow(_SEEDS)),
        today=day,
        again=again,
    )
    write_lists(context.folder)
    context.result(result)
    _show(context, result)


def _show(context: Context, result: SampleResult) -> None:
    how, asked = result.how, len(result.asked)
    drawn = f"{how.drawn_on:%d/%m/%Y}"
    context.say(
        f"Mẫu năm {how.year}, " + ("vừa rút" if result.new else f"đã rút ngày {drawn}, giữ nguyên")
        + f" (số gieo {how.seed}): {asked} người ở {result.clubs} CLB.",
        f"Sample of {how.year}, " + ("drawn now" if result.new else f"drawn on {drawn}, as it was")
        + f" (seed {how.seed}): {asked} people in {result.clubs} clubs.",
    )  # fmt: skip
    strata = Counter(each.stratum for each in result.asked)
    for stratum, people in sorted(strata.items()):
        clubs = len({each.club for each in result.asked if each.stratum == stratum})
        context.say(f"  {stratum}: {people} người, {clubs} CLB",
                    f"  {stratum}: {people} people, {clubs} clubs")  # fmt: skip
    context.say(
        f"Rút từ {how.members} thành viên ghi tên của {how.clubs} CLB đang hoạt động; "
        f"{how.counted} thành viên chỉ đếm, không ghi tên, nên không thể rút.",
        f"Drawn from {how.members} members listed by name in {how.clubs} active clubs; "
        f"{how.counted} members are only counted and could not be drawn.",
    )
    context.say(
        f"Sai số dự kiến của một tỷ lệ: khoảng ±{number(result.margin, 'vi', 1)} điểm phần trăm.\n"
        "Tiếp theo: ishc publish",
        f"Expected margin of a share: about ±{number(result.margin, 'en', 1)} percentage points.\n"
        "Next: ishc publish",
    )
