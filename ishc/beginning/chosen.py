"""What a person chose for a new programme."""

from dataclasses import dataclass
from typing import Literal, get_args

from programme.area import Area
from programme.problem import Language, Text

Night = Literal["lists", "states", "excel", "monthly", "quarterly"]
NIGHTS: tuple[Night, ...] = get_args(Night)
USUAL: tuple[Night, ...] = ("lists", "monthly")


@dataclass(frozen=True, slots=True)
class Place:
    """Which server, and which account on it.

    Args:
        name: as in ``[servers.NAME]``: ``kobo``, ``central`` or ``sandbox``.
        url: its address.
        phones_url: the address phones send to; that of the server where it is empty.
        user: e-mail address of the account on ODK Central.
        project: number of the project there; None where there is only one.
    """

    name: str
    url: str
    phones_url: str = ""
    user: str = ""
    project: int | None = None

    @property
    def secret(self) -> Text:
        """What signs in there, as people call it."""
        if self.name == "central":
            return Text(vi="mật khẩu", en="password")
        return Text(vi="mã truy cập (token)", en="token")

    @property
    def variable(self) -> str:
        """The environment variable in which it is looked for first."""
        return "ISHC_PASSWORD" if self.name == "central" else "ISHC_TOKEN"


KOBO = Place("kobo", "https://kf.kobotoolbox.org", "https://kc.kobotoolbox.org")
KOBO_EU = Place("kobo", "https://eu.kobotoolbox.org", "https://kc-eu.kobotoolbox.org")
SANDBOX = Place("sandbox", "http://127.0.0.1:8010")  # where «ishc sandbox» answers
NAMED = {"kobo": KOBO, "kobo-eu": KOBO_EU, "sandbox": SANDBOX}


@dataclass(frozen=True, slots=True)
class Secret:
    """Where the token or password is, or the thing itself, which nothing prints.

    Args:
        typed: what the person pasted, empty where it lies elsewhere or comes later.
        variable: an environment variable of their own.
        file: a file of their own, as they wrote it.
    """

    typed: str = ""
    variable: str = ""
    file: str = ""

    def __repr__(self) -> str:
        return "Secret()"


@dataclass(frozen=True, slots=True)
class Chosen:
    """All five answers.

    Args:
        language: of the programme, its reports and its commands.
        provinces: none for the whole country.
        place: the server.
        secret: what signs in there.
        night: what is done every night besides pulling and reconciling.
    """

    language: Language
    provinces: tuple[Area, ...]
    place: Place
    secret: Secret
    night: tuple[Night, ...]
