"""Counts of a step for the summary, taken from what its command gave."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from connectors.push_results import PushResult
from connectors.reconcile.run import ReconcileResult
from connectors.results import PullResult


def facts_of(step: str, given: Any) -> Mapping[str, Any]:
    """Count what a step did; nothing for a step that gave no result."""
    take = _FACTS.get(step.split(maxsplit=1)[0])
    return take(given) if take and given is not None else {}


def made_by(given: Any, root: Path) -> tuple[str, ...]:
    """Name the files that a step wrote, relative to the programme where they lie in it."""
    files = given.get("files", ()) if isinstance(given, dict) else ()
    return tuple(_short(Path(str(each)), root) for each in files)


def _short(path: Path, root: Path) -> str:
    whole = path.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(path)


def _pulled(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, PullResult):
        return {}
    forms = given.forms
    return {
        "sources": len(forms),
        "agreed": sum(each.agreed for each in forms),
        "proven": sum(each.proven for each in forms),
        "submissions": sum(each.total for each in forms),
        "new": sum(each.new for each in forms),
        "changed": sum(each.changed for each in forms),
        "deleted": sum(each.deleted for each in forms),
    }


def _reconciled(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, ReconcileResult):
        return {}
    return {
        "as_of": given.as_of.isoformat(),
        "clubs": given.rows.get("club", 0),
        "findings": given.findings.total(),
        "states": dict(given.states),
        "undecided": given.undecided.total(),
    }


def _pushed(given: Any) -> Mapping[str, Any]:
    done = given.get("pushed") if isinstance(given, dict) else None
    if not isinstance(done, PushResult):
        return {}
    return {
        "set": sum(len(each.set) for each in done.sources),
        "lifted": sum(len(each.lifted) for each in done.sources),
        "failed": sum(len(each.failed) for each in done.sources),
    }


def _published(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, list):
        return {}
    return {"handed_out": sum(bool(each.media) for each in given), "forms": len(given)}


def _computed(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict) or "periods" not in given:
        return {}
    return {"areas": given["areas"], "periods": len(given["periods"])}


def _backed_up(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict) or "expires" not in given:
        return {}
    return {"expires": given["expires"], "deleted": len(given["deleted"])}


def _retained(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict) or "people" not in given:
        return {}
    return {"cleared": sum(given["submissions"].values()), "people": given["people"]}


_FACTS: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    "pull": _pulled,
    "reconcile": _reconciled,
    "push": _pushed,
    "publish": _published,
    "indicators": _computed,
    "backup": _backed_up,
    "retention": _retained,
}
