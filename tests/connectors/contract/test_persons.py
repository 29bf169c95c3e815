"""A person's judgement is never replaced, through the command that sets states."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from connectors.pull import pull
from connectors.push import push_states
from connectors.push_results import SourcePush, WantedState
from programme.folder import Folder
from programme.settings import load
from tests.connectors.contract.capabilities import can
from tests.connectors.contract.people import People
from tests.connectors.kobo.conftest import CALM

SECRET = "SECRET_OF_THE_CONTRACT"


def write_settings(club: People, root: Path) -> Folder:
    """Write the settings of a programme that has this one form."""
    folder, server = Folder(root), club.server
    root.mkdir()
    lines = [f'user = "{server.user}"\nproject = {server.project}'] if server.user else []
    folder.settings.write_text(
        "\n".join(
            [
                '[programme]\nname = "Thử"\n[servers.here]',
                f'kind = "{server.kind}"\nurl = "{server.url}"\ntoken_env = "{SECRET}"',
                *lines,
                f'[forms.meeting]\nserver = "here"\nasset = "{club.asset}"',
            ]
        ),
        encoding="utf-8",
    )
    return folder


def test_what_a_person_decided_stays(club: People, tmp_path: Path) -> None:
    ours, persons, later = (club.send(f"<note>{number}</note>") for number in range(3))
    folder, environ = write_settings(club, tmp_path / "programme"), {SECRET: club.server.token}
    settings, now = load(folder), datetime(2026, 11, 2, tzinfo=UTC)
    pulled = pull(settings, folder, environ=environ, now=now, limits=CALM)
    assert pulled.proven
    numbers = {root: club.row(root).id for root in (ours, persons, later)}
    wanted = [WantedState("meeting", "here", each, "on_hold") for each in numbers.values()]

    def pushed(minutes: int) -> SourcePush:
        when = now + timedelta(minutes=minutes)
        result = push_states(settings, folder, wanted, environ=environ, now=when, limits=CALM)
        return result.sources[0]

    club.review(persons, "approved")
    first = pushed(1)
    assert (sorted(first.set), first.left) == ([numbers[ours], numbers[later]], [numbers[persons]])
    (told,) = first.problems
    assert told.code == "states-left" and club.server.product in told.do.vi
    club.review(later, "not_approved")
    second = pushed(2)
    assert not second.set and sorted(second.left) == sorted([numbers[persons], numbers[later]])
    club.edit(ours, "<note>sửa</note>")
    third = pushed(3)  # an edited submission is another one than the judged
    assert third.set == ([] if can(club.server.kind, "state-after-edit") else [numbers[ours]])
    words = club.ask.STATES
    written = [each.read_bytes() for each in folder.root.rglob("*") if each.is_file()]
    assert not any(secret.encode() in text for secret in club.secrets for text in written)
    assert [row.validation for row in club.rows()] == [
        words["on_hold"], words["approved"], words["not_approved"]
    ]  # fmt: skip
