"""The forms' own tables: every submission flattened, and the ledgers of what did not fit."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from connectors.export.wording import own_words
from connectors.reconcile.phrases import Labels, question_labels, title_label
from connectors.store.changes import changed_roots, knows, last_change
from connectors.store.deployed import kept_workbooks
from connectors.store.flatten import Flattened, flatten
from connectors.store.labels import Media, write_labels
from connectors.store.made import Made, code_key, key_of
from connectors.store.parquet import Pair, Protection, write_table
from connectors.store.raw import RawStore
from connectors.store.refresh import Changed, can_refresh, refresh
from forms.schema import FormSchema, examine
from forms.union import union
from forms.workbook import read_workbook
from programme.folder import Folder
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings
from programme.sources import IMPORTED

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
        made: what the tables were made from.
        anew: forms whose earlier tables could not be taken over, although there were some.
    """

    rows: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    made: Made = field(default_factory=Made)
    anew: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Last:
    """The run before, whose tables are taken over as far as they still hold.

    Args:
        pair: its folders.
        made: what it was made from.
    """

    pair: Pair
    made: Made


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
            forms.append(replace(form, sources=(*named, IMPORTED)))
        except ProblemError as error:
            found += error.problems
    if found:
        raise ProblemError(found)
    return forms


def _read(name: str, path: Path, kept: Sequence[Path]) -> Form:
    """Read the versions of a form; the same bytes are read once, for demos that run thrice."""
    newest, *digests = (sha256(each.read_bytes()).hexdigest() for each in (path, *kept))
    key = (name, newest, *digests)
    if (form := _READ.get(key)) is None:
        workbook = read_workbook(path)
        schema, problems = examine(workbook)
        if errors := [each for each in problems if each.severity == "error"]:
            raise ProblemError(errors)
        # the last one deployed is mostly the one that lies there
        others = [each for each, digest in zip(kept, digests, strict=True) if digest != newest]
        schema = union(schema, _earlier(schema, others))
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
    """Give the labels of questions and the titles of forms by name, for sentences.

    Calculations have no label; they are called by our own words.
    """
    listed = list(forms)
    calculated = {
        column.name: words
        for form in listed
        for table in form.schema.tables
        for column in table.columns
        if not column.labels and (words := own_words(column.name))
    }
    titles = {form.schema.form_id: title_label(form.title) for form in listed if form.title}
    return {**calculated, **question_labels(form.schema for form in listed), **titles}


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
    last: Last | None = None,
    progress: Progress = silent,
) -> FormTables:
    """Flatten every form of the store into the run's folders, with the ledgers.

    What has not changed since the run before is taken over from it.

    Args:
        forms: from ``read_forms``.
        store: the live submissions.
        pair: the run's folders.
        zone: times are given in its local time.
        media: where the lists of the forms are, for the labels.
        last: the run before, None to make everything anew.
        progress: told after every batch.
    """
    result = FormTables(made=Made(last_change(store)))
    made = []
    if last and not knows(store, last.made.mark):
        result.anew, last = [form.name for form in forms], None
    for form in forms:
        made.append(_tables_of(form, store, pair, zone, last, result, progress))
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


def _tables_of(
    form: Form,
    store: RawStore,
    pair: Pair,
    zone: ZoneInfo,
    last: Last | None,
    result: FormTables,
    progress: Progress,
) -> Flattened:
    key = key_of(code_key(), form.schema, form.sources, zone.key, pair.pseudonyms.key.hex())
    result.made.keys[form.name] = key
    if last:
        roots = changed_roots(store, form.name, last.made.mark, result.made.mark)
        if last.made.keys.get(form.name) == key and can_refresh(form.schema, last.pair, roots):
            submissions = store.submissions(form.name, form.sources, roots)
            changed = Changed(last.pair, roots, submissions)
            with suppress(pa.ArrowInvalid):  # a damaged file is made anew, like one of other make
                return refresh(form.schema, changed, pair, zone=zone, progress=progress)
        result.anew.append(form.name)
    submissions = store.submissions(form.name, form.sources)
    return flatten(form.schema, submissions, pair, zone=zone, progress=progress)


def _values_that_name_nobody(forms: Sequence[Form], rejects: pa.Table) -> pa.ChunkedArray:
    """Give the values that may be shown: a whole record or a personal answer may name someone."""
    public = [
        f"{form.schema.form_id}\n{column.name}"
        for form in forms
        for table in form.schema.tables
        for column in table.columns
        if column.data_class != "personal"
    ]
    questions = pc.binary_join_element_wise(
        rejects.column("form"), rejects.column("question"), "\n"
    )
    shown = pc.is_in(questions, pa.array(public, pa.string()))
    return pc.if_else(shown, rejects.column("value"), HIDDEN)


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
