"""What is never stored again: the traces of people who asked to be erased.

No name is kept for that. A row of a repeat is known by a keyed hash of name, year of birth and sex,
a name in a text by keyed hashes of its words one after the other.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from connectors.store.pseudonym import load_pseudonyms
from connectors.store.raw import RawStore
from programme.folder import Folder

GONE = "(đã xóa)"  # stands where a name stood, on phones too
UNNAMED = "(chưa đồng ý)"  # where somebody is counted who did not consent to be named
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")  # letters, and marks that stand apart
_IDENTIFIES = ("meta/", "formhub/", "_", "__version__", "start", "end", "today")
Keyed = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """How one submission is rid of one person.

    Args:
        repeat: path of the repeat that lists people; empty where only texts name the person.
        identity: keyed hash of the person's row there; several, with blanks between, where earlier
            versions said another name, year or sex.
        name, birth, sex: paths of these questions in it.
        born: what takes the place of the year of birth: one year for all of an age group.
        blank: paths of the other questions that tell who it is.
        name_hash: keyed hash of the name's words.
        name_words: how many words it has.
        record: paths outside of repeats that speak of the person alone.
        mark: what takes the place of the name: with the end of the person's code, so that two who
            were erased stay two.
        names: keyed hashes and numbers of words of other spellings of the name.
    """

    name_hash: str
    name_words: int
    repeat: str = ""
    identity: str = ""
    name: str = ""
    birth: str = ""
    sex: str = ""
    born: str = ""
    blank: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    mark: str = GONE
    names: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """A rule for a submission.

    Args:
        source, form, root_uuid: which.
        code: of the person; it names nobody any more.
        erased: moment, UTC.
        held: the server still has what it had.
    """

    source: str
    form: str
    root_uuid: str
    code: str
    rule: Rule
    erased: str
    held: bool = False


def is_gone(name: str | None) -> bool:
    """Tell whether nobody is named: no name, or what stands where one stood."""
    return not name or name.startswith((GONE, UNNAMED))


def folded(text: str) -> str:
    """Reduce a text as the registers do: no marks, no capitals, no signs."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
    bare = "".join(each for each in plain if not unicodedata.combining(each)).replace("đ", "d")
    return re.sub("[^a-z0-9]+", " ", bare).strip()


def identity_of(keyed: Keyed, name: str, birth: str, sex: str) -> str:
    """Give the keyed hash of a row, as the registers' SQL makes it."""
    return keyed(f"person|{folded(name)}|{birth}|{sex}")


def name_hash(keyed: Keyed, name: str) -> tuple[str, int]:
    """Give the keyed hash of a name in texts, and how many words it has."""
    words = folded(name).split()
    return keyed("name|" + " ".join(words)), len(words)


def without(record: Mapping[str, Any], rules: Sequence[Rule], keyed: Keyed) -> dict[str, Any]:
    """Give a record without the people that the rules are about; done twice it changes nothing."""
    hashes = {
        each
        for rule in rules
        for each in ((rule.name_hash, rule.name_words), *rule.names)
        if each[1]
    }
    cleaned = _cleaned(record, rules, hashes, keyed)
    for path in {path for rule in rules for path in rule.record}:
        if cleaned.get(path):
            cleaned[path] = GONE if isinstance(cleaned[path], str) else None
    return cleaned


def _cleaned(
    part: Mapping[str, Any],
    rules: Sequence[Rule],
    hashes: set[tuple[str, int]],
    keyed: Keyed,
) -> dict[str, Any]:
    done: dict[str, Any] = {}
    for path, value in part.items():
        if isinstance(value, list):
            done[path] = [
                _cleaned(_row(each, path, rules, keyed), rules, hashes, keyed)
                if isinstance(each, Mapping)
                else each
                for each in value
            ]
        elif isinstance(value, str) and not path.startswith(_IDENTIFIES):
            done[path] = _text(value, hashes, keyed)
        else:
            done[path] = value
    return done


def _row(
    row: Mapping[str, Any], repeat: str, rules: Sequence[Rule], keyed: Keyed
) -> Mapping[str, Any]:
    """Rid a row of the person, if it is the person's."""
    here = [rule for rule in rules if rule.repeat == repeat]
    for rule in here:
        said = [str(row.get(path) or "") for path in (rule.name, rule.birth, rule.sex)]
        if not said[0] or identity_of(keyed, *said) not in rule.identity.split():
            continue
        changed = {path: "" for path in rule.blank if row.get(path)}
        return {
            **row,
            **changed,
            rule.name: rule.mark,
            **({rule.birth: rule.born} if said[1] else {}),
        }
    return row


def _text(text: str, hashes: set[tuple[str, int]], keyed: Keyed) -> str:
    """Take names out of a text."""
    words = list(_WORD.finditer(text))
    for count in sorted({count for _, count in hashes}, reverse=True):
        for first in range(len(words) - count + 1):
            some = words[first : first + count]
            spelt = " ".join(folded(each.group()) for each in some)
            if (keyed("name|" + spelt), count) in hashes:
                begin, end = some[0].start(), some[-1].end()
                return _text(text[:begin] + GONE + text[end:], hashes, keyed)
    return text


def names_someone(text: str, hashes: Collection[tuple[str, int]], keyed: Keyed) -> bool:
    """Tell whether a text has one of the names."""
    spelt = [folded(each.group()) for each in _WORD.finditer(text)]
    return any(
        (keyed("name|" + " ".join(spelt[first : first + count])), count) in hashes
        for count in {count for _, count in hashes if count}
        for first in range(len(spelt) - count + 1)
    )


def edits(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str | None]:
    """Give the answers that differ, by path with row numbers, as a server's edit names them."""
    return dict(_edits(before, after, "", ""))


def _edits(
    before: Mapping[str, Any], after: Mapping[str, Any], written: str, repeat: str
) -> Iterator[tuple[str, str | None]]:
    """Give what differs in a record or a row; keys in a row begin with the repeat's path."""
    for path, value in before.items():
        now = after.get(path)
        if path.startswith("_") or value == now:
            continue
        named = f"{written}/{path.removeprefix(f'{repeat}/')}" if written else path
        if isinstance(value, list) and isinstance(now, list):
            for number, (old, new) in enumerate(zip(value, now, strict=True), start=1):
                yield from _edits(old, new, f"{named}[{number}]", path)
        else:
            yield named, str(now) if now else None


def remember(store: RawStore, entries: Sequence[Erased]) -> None:
    """Write rules down, within a transaction or alone."""
    store.connection.executemany(
        "INSERT OR REPLACE INTO erased VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                each.source,
                each.form,
                each.root_uuid,
                each.code,
                orjson.dumps(asdict(each.rule)).decode(),
                each.erased,
                int(each.held),
            )
            for each in entries
        ],
    )


def erased_of(store: RawStore, where_source: str = "", where_form: str = "") -> list[Erased]:
    """Give the rules, of all submissions or of those of a form of a source."""
    rows = store.connection.execute(
        "SELECT source, form, root_uuid, code, rule, erased, held FROM erased"
        " WHERE ? IN ('', source) AND ? IN ('', form)"
        " ORDER BY source, form, root_uuid, code",
        (where_source, where_form),
    )
    return [
        Erased(source, form, root, code, _rule(rule), moment, bool(held))
        for source, form, root, code, rule, moment, held in rows
    ]


def _rule(written: str) -> Rule:
    return rule_from(orjson.loads(written))


def rule_from(value: Mapping[str, Any]) -> Rule:
    """Give a rule as it was written down.

    Raises:
        TypeError, KeyError: it is none.
    """
    names = tuple((spelt, words) for spelt, words in value.get("names", ()))
    return Rule(
        **{
            **value,
            "blank": tuple(value["blank"]),
            "record": tuple(value["record"]),
            "names": names,
        }
    )


def keyed_by(store: RawStore) -> Keyed:
    """Give the keyed hash of the programme that a store belongs to."""
    return load_pseudonyms(Folder(store.path.parent.parent)).of


def rules_of(store: RawStore, source: str, form: str) -> dict[str, list[Rule]]:
    """Give the rules for a form of a source, by root uuid."""
    by_root: dict[str, list[Rule]] = {}
    for each in erased_of(store, source, form):
        by_root.setdefault(each.root_uuid, []).append(each.rule)
    return by_root
