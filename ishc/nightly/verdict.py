"""Whether all is well, in one sentence: the heading of the page, the last line of the command."""

from ishc.nightly.summary import Summary
from programme.numbers import counted, number
from programme.problem import Text


def heading(summary: Summary) -> Text:
    """Say in a few words whether all is well; the night's day stands before it."""
    failed, skipped = _states(summary)
    look = [each for each in summary.problems if each.severity == "warning"]
    if failed or skipped:
        # after a kill nothing failed, and something may still be left out
        count, rest = len(failed) or len(skipped), len(skipped) if failed else 0
        return Text(
            vi=f"{number(count, 'vi')} việc CHƯA xong"
            + (f", {number(rest, 'vi')} việc bỏ qua vì thế" if rest else ""),
            en=f"{counted(count, 'thing', 'things')} NOT done"
            + (f", {number(rest, 'en')} left out because of it" if rest else ""),
        )
    if look:
        return Text(
            vi=f"mọi việc đã xong; {number(len(look), 'vi')} điều cần xem",
            en=f"everything was done; {counted(len(look), 'thing', 'things')} to look at",
        )
    return Text(vi="mọi việc đã xong", en="everything was done")


def sentence(summary: Summary) -> Text:
    """Say what was not done, what was left out because of it, and what that means."""
    failed, skipped = _states(summary)
    if not failed and not skipped:
        return Text(vi="Đêm qua mọi việc đã xong.", en="Everything was done last night.")
    vi, en = [], []
    if failed:
        vi.append("Chưa được: " + "; ".join(each.vi for each in failed) + ".")
        en.append("Not done: " + "; ".join(each.en for each in failed) + ".")
    if skipped:
        vi.append("Vì thế bỏ qua: " + "; ".join(each.vi for each in skipped) + ".")
        en.append("Left out because of it: " + "; ".join(each.en for each in skipped) + ".")
    if len(failed) + len(skipped) < len(summary.steps):
        vi.append("Các việc khác đã xong.")
        en.append("All else was done.")
    vi.append("Sau khi làm như dưới đây, chạy lại: ishc nightly.")
    en.append("When you have done what is said below, run: ishc nightly.")
    return Text(vi=" ".join(vi), en=" ".join(en))


def all_is_well(summary: Summary) -> bool:
    """Tell whether every step was done."""
    return not any(_states(summary))


def _states(summary: Summary) -> tuple[list[Text], list[Text]]:
    failed = [step.title for step, each in summary.steps if not each or each.state == "failed"]
    skipped = [step.title for step, each in summary.steps if each and each.state == "skipped"]
    return failed, skipped
