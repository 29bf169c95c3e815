"""``[forms.NAME]`` of ``ishc.toml``: which assets of which accounts make up a form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from programme.account import ServerSettings
from programme.problem import Place, Text
from programme.toml_reader import TomlReader

# what `ishc import` takes over is kept under this source, which always counts
IMPORTED = "import"
_AREA = re.compile("[0-9]{2}|[0-9]{5}")


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One asset of a form in one account; its submissions carry the name of the source.

    Args:
        name: unique within the form; the server's name where ``ishc.toml`` gives no other.
        server: name of the account in ``[servers.…]``.
        asset: uid on the server, on Central the form id there; empty means that it is found by
            the form id.
        setting: the table of ``ishc.toml`` where an ``asset`` is to be written.
        areas: codes of provinces and communes whose lists its phones get; none means all.
    """

    name: str
    server: str
    asset: str = ""
    setting: str = ""
    areas: tuple[str, ...] = ()

    def place(self, form: str) -> Place:
        """Give the place of a problem with a form of this source."""
        return Place(server=self.server, source=self.name, form=form)


@dataclass(frozen=True, slots=True)
class FormSettings:
    """One form of the programme.

    Args:
        name: form id, also the name of the workbook in ``xlsforms/``.
        sources: where it is deployed to and pulled from.
    """

    name: str
    sources: tuple[SourceSettings, ...]


def read_forms(
    reader: TomlReader, raw: Mapping[str, Any], servers: Mapping[str, ServerSettings]
) -> dict[str, FormSettings]:
    """Read every ``[forms.NAME]``; mistakes go to the reader.

    Args:
        raw: the whole of the file.
        servers: the accounts it declares.
    """
    tables = reader.table(raw, "forms", set())
    forms = {name: FormSettings(name, _sources(reader, tables, name, servers)) for name in tables}
    _refuse_doubles(reader, forms, servers)
    return forms


def _sources(
    reader: TomlReader,
    tables: Mapping[str, Any],
    form: str,
    servers: Mapping[str, ServerSettings],
) -> tuple[SourceSettings, ...]:
    place = f"forms.{form}"
    table = reader.table(
        {place: tables[form]}, place, {"server", "servers", "asset", "areas", "sources"}
    )
    named = dict(_named(reader, table, place))
    plain = _servers(table, () if named else sorted(servers))
    asset = reader.string(table, "asset", place)
    if asset and (named or len(plain) > 1):
        _asset_of_several(reader, place, [*plain, *named])
    alone = len(plain) == 1 and not named
    areas = _areas(reader, table, place)
    found = [
        SourceSettings(each, each, asset, place if alone else f"{place}.sources.{each}", areas)
        for each in plain
    ]
    for source in found:
        _check_server(reader, source.server, servers, place)
    for source in named.values():
        _check_server(reader, source.server, servers, source.setting)
    if IMPORTED in (*plain, *named):
        _reserved(reader, f"{place}.sources.{IMPORTED}" if IMPORTED in named else place)
    for name in {each for each in plain if plain.count(each) > 1 or each in named}:
        _named_twice(reader, name, f"{place}.sources.{name}" if name in named else place)
    return (*found, *named.values())


def _servers(table: Mapping[str, Any], otherwise: list[str] | tuple[()]) -> list[str]:
    named = table.get("servers", [table["server"]] if "server" in table else list(otherwise))
    right = isinstance(named, list) and all(isinstance(each, str) for each in named)
    return named if right else [str(named)]


def _named(
    reader: TomlReader, table: Mapping[str, Any], form_place: str
) -> Iterator[tuple[str, SourceSettings]]:
    place = f"{form_place}.sources"
    sources = reader.table({place: table.get("sources", {})}, place, set())
    for name in sources:
        here = f"{place}.{name}"
        source = reader.table({here: sources[name]}, here, {"server", "asset", "areas"})
        yield (
            name,
            SourceSettings(
                name=name,
                server=reader.string(source, "server", here),
                asset=reader.string(source, "asset", here),
                setting=here,
                areas=_areas(reader, source, here),
            ),
        )


def _areas(reader: TomlReader, table: Mapping[str, Any], place: str) -> tuple[str, ...]:
    codes = table.get("areas", [])
    if isinstance(codes, list) and all(
        isinstance(each, str) and _AREA.fullmatch(each) for each in codes
    ):
        return tuple(codes)
    reader.problem(
        "settings-areas",
        Text(vi="areas phải là danh sách mã", en="“areas” is a list of codes"),
        Text(
            vi='hãy viết mã trong dấu nháy, tỉnh 2 số, xã 5 số: areas = ["20", "06463"]',
            en='write codes in quotes, provinces 2 digits, communes 5: areas = ["20", "06463"]',
        ),
        f"{place}.areas",
    )
    return ()


def _check_server(
    reader: TomlReader, server: str, servers: Mapping[str, ServerSettings], place: str
) -> None:
    if server in servers:
        return
    if not server:
        reader.problem(
            "settings-server-none",
            Text(vi="chưa ghi máy chủ của nguồn này", en="this source names no server"),
            Text(
                vi='hãy thêm dòng server = "…", tên của một mục [servers.…]',
                en='add a line server = "…", the name of a table [servers.…]',
            ),
            place,
        )
        return
    reader.problem(
        "settings-server-unknown",
        Text(
            vi=f"chưa khai báo máy chủ «{server}»",
            en=f"server “{server}” is not declared",
        ),
        Text(
            vi=f"hãy thêm mục [servers.{server}]",
            en=f"add a table [servers.{server}]",
        ),
        place,
    )


def _refuse_doubles(
    reader: TomlReader, forms: Mapping[str, FormSettings], servers: Mapping[str, ServerSettings]
) -> None:
    """Tell of assets that would be pulled twice: named twice, or both looked for by the form id."""
    seen: dict[tuple[str, int | None, str], SourceSettings] = {}
    for form in forms.values():
        unnamed: dict[str, SourceSettings] = {}
        for source in form.sources:
            server = servers.get(source.server)
            if server is None:
                continue
            if not source.asset:
                first = unnamed.setdefault(server.name, source)
                if first is not source and first.name != source.name:
                    _looked_for_twice(reader, first, source)
                continue
            first = seen.setdefault((server.url, server.project, source.asset), source)
            if first is not source:
                _same_asset(reader, first, source)


def _same_asset(reader: TomlReader, first: SourceSettings, source: SourceSettings) -> None:
    reader.problem(
        "settings-asset-twice",
        Text(
            vi=f"asset này đã ghi ở mục [{first.setting}]",
            en=f"this asset is named in [{first.setting}] already",
        ),
        Text(
            vi="mỗi phiếu sẽ bị đếm hai lần; hãy bỏ một trong hai hoặc sửa asset",
            en="every submission would count twice; remove one of the two or mend its asset",
        ),
        source.setting,
    )


def _looked_for_twice(reader: TomlReader, first: SourceSettings, source: SourceSettings) -> None:
    reader.problem(
        "settings-asset-needed",
        Text(
            vi=f"nguồn «{first.name}» và «{source.name}» dùng chung một tài khoản, "
            "không rõ nguồn nào là biểu mẫu nào",
            en=f"sources “{first.name}” and “{source.name}” share an account, "
            "so it is not clear which form is whose",
        ),
        Text(
            vi='hãy ghi asset = "…" cho từng nguồn của tài khoản đó',
            en='write asset = "…" for each source of that account',
        ),
        source.setting,
    )


def _asset_of_several(reader: TomlReader, place: str, names: list[str]) -> None:
    tables = ", ".join(f"[{place}.sources.{each}]" for each in dict.fromkeys(names))
    reader.problem(
        "settings-asset-mixed",
        Text(
            vi="biểu mẫu này có nhiều nguồn, không rõ asset thuộc nguồn nào",
            en="this form has several sources, so it is not clear whose asset this is",
        ),
        Text(
            vi=f"thay dòng này và dòng server, hãy viết một mục cho mỗi nguồn: {tables}",
            en=f"instead of this line and of “server”, write a table for each source: {tables}",
        ),
        f"{place}.asset",
    )


def _reserved(reader: TomlReader, place: str) -> None:
    reader.problem(
        "settings-source-reserved",
        Text(
            vi=f"tên «{IMPORTED}» dành cho số liệu nhập từ Excel",
            en=f"the name “{IMPORTED}” is that of data imported from Excel",
        ),
        Text(vi="hãy đặt tên khác", en="choose another name"),
        place,
    )


def _named_twice(reader: TomlReader, name: str, place: str) -> None:
    reader.problem(
        "settings-source-twice",
        Text(
            vi=f"biểu mẫu này có hai nguồn cùng tên «{name}»",
            en=f"this form has two sources named “{name}”",
        ),
        Text(
            vi=f"hãy đặt tên khác, hoặc bỏ «{name}» khỏi dòng server",
            en=f"give one another name, or take “{name}” out of the line server",
        ),
        place,
    )
