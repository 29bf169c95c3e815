"""The forms' own tables: every submission flattened, and the ledgers of what did not fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from connectors.reconcile.phrases import Labels, question_labels, title_label
from connectors.store.deployed import kept_workbooks
from connectors.store.flatten import Flattened, flatten
from connectors.store.labels import Media, write_labels
from connectors.store.parquet import Pair, Protection, write_table
from connectors.store.raw import RawStore
from forms.schema import FormSchema, examine
from forms.union import union
from forms.workbook import read_workbook
from programme.folder import Folder
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings

KEYS_SHOWN = 5
# stands in sentences of both languages, in place of what may name someone
HIDDEN = "thông tin cá nhân, không hiện · personal, not shown"
_READ: dict[tuple[str, ...], "Form"] = {}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the programme.

    Args:
        name: its name in ``ishc.toml`` and in the store.
        title: as its workbook says, both languages.
        schema: its tables, with what earlier versions in use had.
        sources: those that ``ishc.toml`` names; no other submissions count.
    """

    name: str
    title: str
    schema: FormSchema
    sources: tuple[str, ...] = ()


@dataclass(slots=True)
class FormTables:
    """What flattening the forms gave.

    Args:
        rows: number of rows by table.
        problems: what a person should know and that did not stop the work.
    """

    rows: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_forms(settings: Settings, folder: Folder) -> list[Form]:
    """Read the workbook of every form that ``ishc.toml`` names.

    Raises:
        ProblemError: ``form-missing`` and every error of the workbooks.
    """
    found: list[Problem] = []
    forms = []
    for name in sorted(settings.forms):
        path = folder.xlsforms / f"{name}.xlsx"
        try:
            if not path.is_file():
                raise ProblemError(_form_missing(name))
            form = _read(name, path, kept_workbooks(folder.data, name))
            named = tuple(each.name for each in settings.forms[name].sources)
            forms.append(replace(form, sources=named))
        except ProblemError as error:
            found += error.problems
    if found:
        raise ProblemError(found)
    return forms


def _read(name: str, path: Path, kept: Sequence[Path]) -> Form:
    """Read the versions of a form; the same bytes are read once, for demos that run thrice."""
    digests = [sha256(each.read_bytes()).hexdigest() for each in (path, *kept)]
    key = (name, *digests)
    if (form := _READ.get(key)) is None:
        workbook = read_workbook(path)
        schema, problems = examine(workbook)
        if errors := [each for each in problems if each.severity == "error"]:
            raise ProblemError(errors)
        schema = union(schema, _earlier(schema, kept))
        form = Form(name, workbook.setting("form_title"), schema)
        _READ[key] = form
    return form


def _earlier(newest: FormSchema, kept: Iterable[Path]) -> Iterator[FormSchema]:
    """Read the versions that were in use, those with other cells than the newest."""
    for path in kept:
        try:
            schema, _ = examine(read_workbook(path), classes=False)
        except ProblemError:  # a damaged copy: its answers are kept beside the tables
            continue
        if schema.digest != newest.digest:
            yield schema


def all_labels(forms: Iterable[Form]) -> Labels:
    """Give the labels of questions and the titles of forms by name, for sentences."""
    listed = list(forms)
    titles = {form.schema.form_id: title_label(form.title) for form in listed if form.title}
    return {**question_labels(form.schema for form in listed), **titles}


def asked_questions(forms: Iterable[Form]) -> frozenset[str]:
    """Give the questions that people answer: those with a label; calculations have none."""
    return frozenset(question_labels(form.schema for form in forms))


def make_tables(
    forms: Sequence[Form],
    store: RawStore,
    pair: Pair,
    zone: ZoneInfo,
    media: Media,
    *,
    progress: Progress = silent,
) -> FormTables:
    """Flatten every form of the store into the run's folders, with the ledgers.

    Args:
        forms: from ``read_forms``.
        store: the live submissions.
        pair: the run's folders.
        zone: times are given in its local time.
        media: where the lists of the forms are, for the labels.
        progress: told after every batch.
    """
    result = FormTables()
    made = []
    for form in forms:
        submissions = store.submissions(form.name, form.sources)
        made.append(flatten(form.schema, submissions, pair, zone=zone, progress=progress))
        result.rows |= made[-1].rows
        result.problems += _unknown_answers(made[-1])
    rejects = pa.concat_tables([each.rejects for each in made])
    ledger = rejects.append_column("shown", _values_that_name_nobody(forms, rejects))
    result.rows["rejects"] = write_table(pair, "rejects", ledger, Protection({"value"}))
    unknown = pa.concat_tables([each.unknown_table() for each in made])
    result.rows["unknown_keys"] = write_table(pair, "unknown_keys", unknown)
    answers = pa.concat_tables([each.unknown_answers for each in made])
    result.rows["unknown_answers"] = write_table(
        pair, "unknown_answers", answers, Protection({"value"})
    )
    result.rows |= write_labels(pair, (form.schema for form in forms), media)
    return result


def _values_that_name_nobody(forms: Sequence[Form], rejects: pa.Table) -> pa.Array:
    """Give the values that may be shown: a whole record or a personal answer may name someone."""
    public = {
        (form.schema.form_id, column.name)
        for form in forms
        for table in form.schema.tables
        for column in table.columns
        if column.data_class != "personal"
    }
    return pa.array(
        [
            row["value"] if (row["form"], row["question"]) in public else HIDDEN
            for row in rejects.to_pylist()
        ],
        pa.string(),
    )


def _unknown_answers(made: Flattened) -> list[Problem]:
    unknown = made.unknown
    if not unknown:
        return []
    keys = ", ".join(sorted(unknown)[:KEYS_SHOWN])
    count = max(unknown.values())
    return [
        Problem(
            "answers-unknown",
            Text(
                vi=f"có tới {count} phiếu mang câu trả lời mà biểu mẫu không có cột: {keys}",
                en="there are answers without a column in the form, in as many submissions as "
                f"{count}: {keys}",
            ),
            Text(
                vi="không mất gì: các câu trả lời này nằm ở bảng unknown_answers; nếu câu hỏi đã "
                "đổi tên, hãy ghi tên cũ vào cột former_name",
                en="nothing is lost: these answers are in the table unknown_answers; if a question "
                "has another name now, write the old one into the column former_name",
            ),
            Place(form=made.form),
            "warning",
        )
    ]


def _form_missing(name: str) -> Problem:
    return Problem(
        "form-missing",
        Text(vi="không có tệp biểu mẫu này", en="there is no workbook of this form"),
        Text(
            vi=f"hãy chép {name}.xlsx vào thư mục xlsforms, hoặc bỏ mục [forms.{name}]",
            en=f"put {name}.xlsx into the folder xlsforms, or remove [forms.{name}]",
        ),
        Place(file=f"xlsforms/{name}.xlsx", form=name),
    )
