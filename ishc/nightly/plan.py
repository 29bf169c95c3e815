"""Which steps a night has: what ``ishc.toml`` asks for, in the order in which it can be done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ishc.nightly.step import Step
from programme.backup_settings import NightlyBackup
from programme.dates import Month
from programme.nightly_settings import Every
from programme.problem import Language, Text
from programme.settings import Settings
from reports.catalogue import REPORTS

LANGUAGES: dict[Language, Text] = {
    "vi": Text(vi="tiếng Việt", en="in Vietnamese"),
    "en": Text(vi="tiếng Anh", en="in English"),
}
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_RECONCILED = ("reconcile",)
# before the tables are made, and only where a server has told that this machine's day is right
_RETENTION = Step(
    "retention",
    Text(vi="xóa câu trả lời quá hạn lưu", en="answers whose time is over"),
    ("person", "retention"),
    needs=("pull",),
    after=("pull",),
    needs_clock=True,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is due.

    Args:
        report, area, period, language: as ``ishc report`` reads them.
    """

    report: str
    area: str
    period: str
    language: Language

    @property
    def step(self) -> str:
        """Name of the step that makes it."""
        return f"report {self.report} {self.area} {self.period} {self.language}"


def steps_of(
    settings: Settings, day: date, made: Collection[str], *, backed_up: date | None = None
) -> list[Step]:
    """List the steps of a night.

    Args:
        settings: ``[nightly]`` decides what is done beyond pulling, reconciling and computing.
        day: the person's day; reports that are due on it and not made yet are steps.
        made: names of report steps that earlier nights finished.
        backed_up: the day of the last backup that an earlier night made.
    """
    wanted = settings.nightly
    steps = [
        Step("pull", Text(vi="lấy phiếu từ máy chủ", en="submissions from the servers"), ("pull",)),
        *([_RETENTION] if settings.retention.asked else []),
        Step(
            "reconcile",
            Text(vi="đối chiếu", en="reconcile"),
            ("reconcile",),
            after=("pull", "retention"),
            needs_some=True,
        ),
    ]
    if wanted.push:
        steps.append(_then("push", Text(vi="ghi trạng thái lên máy chủ", en="states on servers")))
    if wanted.publish:
        title = Text(vi="danh sách trên điện thoại", en="lists on phones")
        steps.append(_then("publish", title, "--due"))
    steps.append(_then("indicators", Text(vi="tính số liệu", en="figures")))
    steps += [_report(each) for each in due_reports(settings, day, made)]
    for kind in wanted.export:
        title = Text(vi=f"xuất bảng ({kind})", en=f"tables as {kind}")
        steps.append(_then("export", title, "--to", kind, name=f"export {kind}"))
    if wanted.backup and _is_due(wanted.backup, day, backed_up):
        steps.append(_backup(wanted.backup))
    return steps


def due_reports(settings: Settings, day: date, made: Collection[str]) -> list[Due]:
    """List the reports that are due and not made yet."""
    found = (
        Due(each.report, area, last_period(each.every, each.day, day), language)
        for each in settings.nightly.reports
        for area in each.areas
        for language in each.languages
    )
    return [each for each in dict.fromkeys(found) if each.step not in made]


def _then(command: str, title: Text, *options: str, name: str | None = None) -> Step:
    """Make a step that comes after the registers."""
    arguments = (command, *options)
    return Step(name or command, title, arguments, needs=_RECONCILED, after=_RECONCILED)


def _report(due: Due) -> Step:
    known = REPORTS.get(due.report)  # a slip in the name is told when it is asked for
    title = known.title if known else Text(vi=f"báo cáo {due.report}", en=f"report {due.report}")
    language = LANGUAGES[due.language]
    return _then(
        "report",
        Text(
            vi=f"{title.vi}, địa bàn {due.area}, kỳ {due.period}, {language.vi}",
            en=f"{title.en}, area {due.area}, period {due.period}, {language.en}",
        ),
        *(due.report, "--area", due.area, "--period", due.period, "--lang", due.language),
        name=due.step,
    )


def _is_due(backup: NightlyBackup, day: date, last: date | None) -> bool:
    # a last one in the future was made while the clock was wrong
    return last is None or not 0 <= (day - last).days < backup.every_days


def _backup(wanted: NightlyBackup) -> Step:
    options = ["--keep", str(wanted.keep), "--days", str(wanted.days)]
    if wanted.to:
        options += ["--to", str(wanted.to)]
    if wanted.recipient:
        options += ["--recipient", wanted.recipient]
    if wanted.passphrase_file:
        options += ["--passphrase-file", str(wanted.passphrase_file)]
    # what is here is backed up also where nothing could be pulled
    title = Text(vi="sao lưu", en="backup")
    return Step("backup", title, ("backup", *options), after=("pull", "reconcile"))


def last_period(every: Every, due_day: int, day: date) -> str:
    """Name the last period that is over and due, as ``ishc report --period`` reads it.

    Args:
        every: how long periods are.
        due_day: day of the month after its end from which a period's report is made.
        day: today.
    """
    # before the due day the month that ended last is not asked for yet
    ended = Month.of(day).plus(-1 if day.day >= due_day else -2)
    length = MONTHS[every]
    last = ended.plus(-(ended.number % length))
    if every == "year":
        return str(last.year)
    if every == "month":
        return str(last)
    letter = "Q" if every == "quarter" else "H"
    return f"{last.year}-{letter}{last.number // length}"
