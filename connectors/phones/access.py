"""Phones given access, shown, and shut out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from connectors.phones import problems as say
from connectors.phones.listed import ListedPhone, listed_phones
from connectors.phones.settings_code import code_file, write_code
from connectors.servers import central, connect
from connectors.servers.access import PATIENT, Limits
from connectors.servers.central import app_users as keys
from connectors.servers.central.app_users import AppUser
from connectors.servers.contract import Server
from programme.areas import load_areas
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError
from programme.settings import Settings


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as it stands.

    Args:
        name: what it is called.
        server: the account that it sends to.
        area, role: as ``phones.csv`` says, empty where that does not list it.
        listed: ``phones.csv`` lists it.
        active: its key opens the server now.
        forms: ids of the forms that it gets.
        last_used: when it asked last, ISO 8601, empty where nobody knows.
        file: the settings to set it up with, None where there are none.
    """

    name: str
    server: str
    area: str
    role: str
    listed: bool
    active: bool
    forms: tuple[str, ...]
    last_used: str
    file: Path | None


@dataclass(frozen=True, slots=True)
class Made:
    """What giving access did: all phones as they stand, those that are new, and what was met."""

    phones: tuple[Phone, ...]
    new: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every command on phones needs.

    Args:
        environ: the environment, where passwords may be.
        limits: patience with servers.
    """

    settings: Settings
    folder: Folder
    environ: Mapping[str, str]
    limits: Limits = PATIENT

    def servers(self) -> tuple[str, ...]:
        """Give the accounts on ODK Central that forms use."""
        used = {each.server for form in self.settings.forms.values() for each in form.sources}
        kinds = {name: each.kind for name, each in self.settings.servers.items()}
        return tuple(sorted(name for name in used if kinds.get(name) == "central"))

    def forms(self, server: str) -> dict[str, str]:
        """Give the forms on an account, with what they are called there."""
        return {
            form.name: each.asset or form.name
            for form in self.settings.forms.values()
            for each in form.sources
            if each.server == server
        }

    @contextmanager
    def open(self, name: str) -> Iterator[Server]:
        """Sign in to an account."""
        with connect(self.settings.servers[name], self.environ, self.limits) as server:
            central.check_account(server)
            yield server

    def listed(self) -> list[ListedPhone]:
        """Read ``phones.csv``."""
        _only_central(self)
        return listed_phones(self.folder, load_areas(self.folder.xlsforms), self.servers())


def shown(desk: Desk, listed: Sequence[ListedPhone]) -> list[Phone]:
    """Tell who has access to what, server by server; nothing is changed.

    Raises:
        ProblemError: ``phones-on-kobo``, or a fault of a server.
    """
    _only_central(desk)
    found: list[Phone] = []
    for name in desk.servers():
        with desk.open(name) as server:
            users, forms = keys.app_users(server), _assigned(desk, server)
            found += _phones(desk, server, listed, users, forms)
    return found


def make(desk: Desk, listed: Sequence[ListedPhone]) -> Made:
    """Give every listed phone a key, the account's forms, and settings to set it up with.

    Who has all that is left as it is. Whom the list does not name keeps the access: a phone is
    shut out by ``lost``.

    Raises:
        ProblemError: ``phones-on-kobo``, or a fault of a server.
    """
    _only_central(desk)
    phones: list[Phone] = []
    new: list[str] = []
    problems: list[Problem] = []
    for name in desk.servers():
        with desk.open(name) as server:
            users, there = keys.app_users(server), _assigned(desk, server)
            problems += [
                say.form_missing(server, each) for each, who in there.items() if who is None
            ]
            for phone in (each for each in listed if each.server == name):
                user = next((u for u in users if u.token and u.name == phone.name), None)
                if user is None:
                    user = keys.add(server, phone.name)
                    users.append(user)
                    new.append(phone.name)
                _give_forms(desk, server, user, there)
                _write(desk, server, user)
            phones += _phones(desk, server, listed, users, _assigned(desk, server))
    return Made(tuple(phones), tuple(new), tuple(problems))


def lost(desk: Desk, name: str, listed: Sequence[ListedPhone]) -> list[Phone]:
    """Shut a phone out at once, and make a new key of the same name with the same forms.

    Cut off and run again it ends the same: the key that nobody has seen yet goes as well.

    Raises:
        ProblemError: ``phone-unknown``, ``phone-still-open``, ``phones-on-kobo``, or a fault of
            a server.
    """
    _only_central(desk)
    found: list[Phone] = []
    known: set[str] = {each.name for each in listed}
    for account in desk.servers():
        with desk.open(account) as server:
            users = keys.app_users(server)
            known |= {each.name for each in users}
            old = [each for each in users if each.name == name]
            if not old:
                continue
            for each in old:
                if each.token:  # before anything else that could go wrong
                    keys.revoke(server, each)
                code_file(desk.folder, server, each).unlink(missing_ok=True)
            numbers = {each.id for each in old}
            if any(each.token and each.id in numbers for each in keys.app_users(server)):
                raise ProblemError(say.still_open(server, name), Exit.SERVER)
            there = _assigned(desk, server)
            mine = {form: who for form, who in there.items() if who and who & numbers}
            user = keys.add(server, name)
            _give_forms(desk, server, user, mine)
            _write(desk, server, user)
            now = _phones(desk, server, listed, [user], _assigned(desk, server))
            found += [each for each in now if each.name == name]
    if not found:
        raise ProblemError(say.unknown(name, sorted(known)))
    return found


def _only_central(desk: Desk) -> None:
    if not desk.servers():
        raise ProblemError(say.on_kobo(), Exit.INPUT)


def _assigned(desk: Desk, server: Server) -> dict[str, frozenset[int] | None]:
    """Give who may use each form of the account, by the form's name; None where it is not there."""
    forms = desk.forms(server.name).items()
    return {name: keys.assigned(server, asset) for name, asset in forms}


def _give_forms(
    desk: Desk, server: Server, user: AppUser, there: Mapping[str, frozenset[int] | None]
) -> None:
    for form, asset in desk.forms(server.name).items():
        who = there.get(form)
        if who is not None and user.id not in who:
            keys.assign(server, asset, user)


def _write(desk: Desk, server: Server, user: AppUser) -> None:
    project = desk.settings.name.in_(desk.settings.language)
    write_code(desk.folder, server, user, project)


def _phones(
    desk: Desk,
    server: Server,
    listed: Sequence[ListedPhone],
    users: Sequence[AppUser],
    forms: Mapping[str, frozenset[int] | None],
) -> Iterator[Phone]:
    """Give the account's phones: those of the list, the others, then whom somebody shut out."""
    mine = {each.name: each for each in listed if each.server == server.name}
    active = {each.name for each in users if each.token}
    for name, each in mine.items():
        if name not in active:
            yield Phone(name, server.name, each.area_label, each.role, True, False, (), "", None)
    for user in sorted(users, key=lambda each: (not each.token, each.name not in mine, each.name)):
        if not user.token and (user.name in mine or user.name in active):
            continue  # an earlier key of a phone that is told already
        entry = mine.get(user.name)
        path = code_file(desk.folder, server, user)
        yield Phone(
            name=user.name,
            server=server.name,
            area=entry.area_label if entry else "",
            role=entry.role if entry else "",
            listed=entry is not None,
            active=bool(user.token),
            forms=tuple(form for form, who in forms.items() if who and user.id in who),
            last_used=user.last_used,
            file=path if user.token and path.is_file() else None,
        )
