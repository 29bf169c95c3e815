"""``connectors/phones.csv``: which phones there are to be, as an official writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from forms.lists import list_columns, list_problems, numbered_rows
from programme.areas import Areas
from programme.folder import Folder
from programme.problem import Place, Problem, ProblemError, Text
from programme.text import tidy

COLUMNS = ("area", "role", "name", "server")


@dataclass(frozen=True, slots=True)
class ListedPhone:
    """One phone, or one key for several phones of a board.

    Args:
        name: unique; what Central shows beside submissions.
        area: code of a province or commune, empty for none.
        area_label: its name.
        role: of the person who holds it, in words.
        server: the account in ``ishc.toml`` that it sends to.
    """

    name: str
    area: str
    area_label: str
    role: str
    server: str


def phones_file(folder: Folder) -> Path:
    """Give where the list lies in a programme folder."""
    return folder.root / "connectors" / "phones.csv"


def listed_phones(folder: Folder, areas: Areas, servers: tuple[str, ...]) -> list[ListedPhone]:
    """Read the list; without a name a phone is called after area and role.

    Args:
        servers: the accounts on ODK Central that ``ishc.toml`` names.

    Raises:
        ProblemError: every row that cannot be used, ``phones-list-missing``.
    """
    path = phones_file(folder)
    if not path.is_file():
        raise ProblemError(_missing(path))
    faults = list(list_problems(path))
    columns = list_columns(path) if not faults else ()
    faults += [_unknown_column(path, each) for each in columns if each not in COLUMNS]
    phones: list[ListedPhone] = []
    for number, row in numbered_rows(path) if not faults else ():
        try:
            phones.append(_phone(row, areas, servers, Place(file=path.name, row=number)))
        except ProblemError as error:
            faults += error.problems
    faults += _twice(path, phones)
    if faults:
        raise ProblemError(faults)
    return phones


def _phone(
    row: Mapping[str, str], areas: Areas, servers: tuple[str, ...], place: Place
) -> ListedPhone:
    area = areas.find(row["area"], place) if row.get("area") else None
    role, label = tidy(row.get("role", "")), area.label if area else ""
    name = tidy(row.get("name", "")) or " – ".join(word for word in (label, role) if word)
    if not name:
        raise ProblemError(_nameless(place))
    server = row.get("server") or (servers[0] if len(servers) == 1 else "")
    if server not in servers:
        raise ProblemError(_no_server(place, server, servers))
    return ListedPhone(name, area.code if area else "", label, role, server)


def _twice(path: Path, phones: list[ListedPhone]) -> Iterator[Problem]:
    names = [(each.server, each.name) for each in phones]
    for server, name in sorted({each for each in names if names.count(each) > 1}):
        yield Problem(
            "phone-twice",
            Text(vi=f"hai dòng cùng tên «{name}»", en=f"two rows are called “{name}”"),
            Text(
                vi="mỗi máy cần một tên riêng, để khi mất máy chỉ khóa máy đó; hãy thêm cột name",
                en="each phone needs a name of its own, so that only a lost one is shut out; add "
                "the column name",
            ),
            Place(file=path.name, server=server),
        )


def _missing(path: Path) -> Problem:
    return Problem(
        "phones-list-missing",
        Text(vi="chưa có danh sách máy", en="there is no list of phones yet"),
        Text(
            vi="hãy tạo tệp này bằng Excel (CSV UTF-8) với dòng đầu: area,role,name – mã xã, chức "
            "vụ, tên máy; không cần ghi tên người",
            en="make this file with Excel (CSV UTF-8), first row: area,role,name – code of the "
            "commune, role, what the phone is called; no person needs to be named",
        ),
        Place(file=f"connectors/{path.name}"),
    )


def _unknown_column(path: Path, name: str) -> Problem:
    return Problem(
        "phones-column",
        Text(vi=f"không có cột «{name}»", en=f"there is no column “{name}”"),
        Text(
            vi="các cột dùng được: " + ", ".join(COLUMNS),
            en="columns to use: " + ", ".join(COLUMNS),
        ),
        Place(file=path.name, row=1),
    )


def _nameless(place: Place) -> Problem:
    return Problem(
        "phone-nameless",
        Text(vi="dòng này không có tên máy", en="this row does not name a phone"),
        Text(vi="hãy ghi cột name, hoặc area và role", en="fill in name, or area and role"),
        place,
    )


def _no_server(place: Place, server: str, servers: tuple[str, ...]) -> Problem:
    return Problem(
        "phone-server",
        Text(
            vi=f"không rõ máy này gửi về máy chủ nào: «{server}»",
            en=f"it is not clear to which server this phone sends: “{server}”",
        ),
        Text(
            vi="hãy ghi ở cột server một trong: " + ", ".join(servers),
            en="write into the column server one of: " + ", ".join(servers),
        ),
        place,
    )
