"""What a person reads in the morning: how the night went, what is open, who reported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ishc.nightly.ledger import Night
from ishc.nightly.picture import Picture, picture_lines, picture_of
from ishc.nightly.step import STATE_MARKS, STATE_WORDS, Outcome, Step
from programme.folder import Folder
from programme.folding import folded
from programme.numbers import counted, number
from programme.problem import Problem, ProblemError, Text
from programme.settings import Settings

NOTHING = Text(vi="", en="")
NAMED = 3  # files that a line names


@dataclass(frozen=True, slots=True)
class Summary:
    """A night with all that belongs to it.

    Args:
        steps: of the night, in order, each with what came of it; None if it did not come to that.
        picture: None before anything was reconciled.
        nights: of the ledger, the newest last.
        problems: each once, errors first.
    """

    name: Text
    synthetic: bool
    night: Night
    steps: Sequence[tuple[Step, Outcome | None]]
    picture: Picture | None
    nights: Sequence[Night]
    problems: Sequence[Problem]


def summarise(
    settings: Settings, folder: Folder, night: Night, steps: Sequence[Step], nights: Sequence[Night]
) -> Summary:
    """Put together what there is to say; what cannot be read is left out and told."""
    done = [(step, night.outcomes.get(step.name)) for step in steps]
    problems = [problem for _, each in done if each for problem in each.problems]
    picture = None
    try:
        picture = picture_of(folder, settings.due.monthly_report)
    except ProblemError as error:
        # before the first reconcile there is nothing to show, and the steps say so
        problems += [each for each in error.problems if each.code != "tables-missing"]
    order = {"error": 0, "warning": 1, "note": 2}
    return Summary(
        name=settings.name,
        synthetic=settings.synthetic,
        night=night,
        steps=done,
        picture=picture,
        nights=nights,
        problems=sorted(folded(dict.fromkeys(problems)), key=lambda each: order[each.severity]),
    )


def lines(summary: Summary) -> Iterable[Text]:
    """Write the summary for the screen."""
    for step, outcome in summary.steps:
        mark = STATE_MARKS[outcome.state if outcome else None]
        told = what_came(outcome)
        yield Text(f"  {mark} {step.title.vi}{told.vi}", f"  {mark} {step.title.en}{told.en}")
    if summary.picture:
        yield from picture_lines(summary.picture)


def what_came(outcome: Outcome | None) -> Text:
    """Say in a few words how a step went and what it did, to stand behind its title."""
    state = outcome.state if outcome else None
    word, told = STATE_WORDS[state], counts_of(outcome)
    if state == "done":
        return Text(vi=told.vi and f": {told.vi}", en=told.en and f": {told.en}")
    parts = (word, told) if told.en else (word,)
    return Text(
        vi=": " + "; ".join(each.vi for each in parts),
        en=": " + "; ".join(each.en for each in parts),
    )


def counts_of(outcome: Outcome | None) -> Text:
    """Say what a step did, in numbers and names of files; empty if there is nothing to say."""
    if outcome is None:
        return NOTHING
    if outcome.facts.get("nothing"):
        return Text(
            vi="chưa lấy được phiếu nào, không có gì để đối chiếu",
            en="nothing could be pulled, there is nothing to reconcile",
        )
    if outcome.facts.get("clock"):
        return Text(
            vi="đồng hồ máy này sai, nên không xóa gì",
            en="this machine's clock is wrong, so nothing was removed",
        )
    if outcome.state == "skipped":
        return Text(vi="vì bước trước chưa được", en="since a step before it failed")
    if outcome.state == "done" and outcome.made:
        return _files(outcome.made)
    return _counts(outcome.facts) or NOTHING


def _files(made: Sequence[str]) -> Text:
    if len(made) <= NAMED:
        names = ", ".join(made)
        return Text(vi=names, en=names)
    folders = ", ".join(sorted({str(PurePosixPath(each).parent) for each in made}))
    return Text(
        vi=f"{number(len(made), 'vi')} tệp trong {folders}",
        en=f"{counted(len(made), 'file', 'files')} in {folders}",
    )


def _counts(known: Mapping[str, Any]) -> Text | None:
    """Write a step's counts, by what is known of it."""
    return next((write(known) for key, write in _COUNTS.items() if key in known), None)


def _pulled(known: Mapping[str, Any]) -> Text:
    counts = [known[name] for name in ("new", "changed", "deleted")]
    proof = f"{known['agreed']}/{known['sources']}"
    return Text(
        vi="mới {}, sửa {}, xóa {}; ".format(*(number(n, "vi") for n in counts))
        + f"nguồn đã đủ {proof}",
        en="{} new, {} edited, {} deleted; ".format(*(number(n, "en") for n in counts))
        + f"sources complete {proof}",
    )


def _reconciled(known: Mapping[str, Any]) -> Text:
    states = known["states"]
    new, mended = states.get("new", 0) + states.get("came_back", 0), states.get("mended", 0)
    return Text(
        vi=f"{number(known['clubs'], 'vi')} câu lạc bộ; {number(known['findings'], 'vi')} "
        f"phát hiện (mới {new}, đã sửa {mended})",
        en=f"{counted(known['clubs'], 'club', 'clubs')}; "
        f"{counted(known['findings'], 'finding', 'findings')} ({new} new, {mended} mended)",
    )


def _published(known: Mapping[str, Any]) -> Text:
    given, forms = known["handed_out"], known["forms"]
    if not forms:
        return Text(vi="chưa tới hạn", en="none due yet")
    return Text(
        vi=f"{given} biểu mẫu có danh sách mới, trong {forms} biểu mẫu tới hạn",
        en=f"new lists for {given} of {counted(forms, 'form', 'forms')} due",
    )


def _computed(known: Mapping[str, Any]) -> Text:
    return Text(
        vi=f"{number(known['areas'], 'vi')} địa bàn, {known['periods']} kỳ",
        en=f"{counted(known['areas'], 'area', 'areas')}, "
        f"{counted(known['periods'], 'period', 'periods')}",
    )


def _pushed(known: Mapping[str, Any]) -> Text:
    return Text(
        vi=f"đặt {known['set']}, gỡ {known['lifted']}",
        en=f"{known['set']} set, {known['lifted']} taken away",
    )


def _retained(known: Mapping[str, Any]) -> Text:
    return Text(
        vi=f"đã xóa câu trả lời quá hạn của {number(known['cleared'], 'vi')} phiếu, "
        f"tên của {number(known['people'], 'vi')} người",
        en=f"answers of {counted(known['cleared'], 'submission', 'submissions')} and names of "
        f"{counted(known['people'], 'person', 'people')} removed",
    )


_COUNTS: Mapping[str, Callable[[Mapping[str, Any]], Text]] = {
    "new": _pulled,
    "findings": _reconciled,
    "handed_out": _published,
    "periods": _computed,
    "set": _pushed,
    "cleared": _retained,
}
