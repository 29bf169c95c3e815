"""Tables and the map of where there is no club yet."""

from collections import Counter
from collections.abc import Sequence

from programme.area_kind_rows import KINDS
from programme.numbers import percent
from programme.problem import Text
from programme.text import sort_key
from programme.word.maps import MapContent
from programme.word.tables import Row
from reports.content import show
from reports.content.coverage.rows import UNCLASSIFIED, Commune, CoverageRows
from reports.content.data import ReportData
from reports.content.listing import (
    COMMUNES,
    NUMBER,
    PROVINCES,
    SHARE,
    TOTAL,
    Head,
    count,
    listing,
    share,
)
from reports.render import Block

BY_KIND = Text(vi="Xã, phường theo loại địa bàn", en="Communes by kind of area")
BY_PROVINCE = Text(vi="Xã, phường theo tỉnh, thành phố", en="Communes by province")
WITHOUT = Text(vi="Xã, phường chưa có câu lạc bộ đang hoạt động", en="Communes without a club")
VILLAGES = Text(vi="Thôn, tổ dân phố theo xã, phường", en="Villages by commune")
NO_VILLAGES_SERVED = Text(
    vi="Thôn, tổ dân phố chưa có câu lạc bộ", en="Villages and residential groups without a club"
)
MAP = Text(
    vi="Tỷ lệ xã, phường có câu lạc bộ đang hoạt động theo tỉnh, thành phố (%)",
    en="Communes with a club in operation, by province (%)",
)
ALL_HAVE = Text(
    vi="Xã, phường nào trên địa bàn cũng có câu lạc bộ đang hoạt động.",
    en="Every commune of the area has a club in operation.",
)
VILLAGES_UNKNOWN = Text(
    vi="Chưa nhập danh sách thôn, tổ dân phố của địa bàn (tệp villages.csv), nên không nêu được "
    "thôn nào chưa có câu lạc bộ.",
    en="No list of the area's villages was imported (villages.csv), so that nobody can say which "
    "of them have no club.",
)
ALL_VILLAGES = Text(
    vi="Thôn, tổ dân phố nào trong danh sách cũng có câu lạc bộ phục vụ.",
    en="Every village of the list is served by a club.",
)
_KIND_WORDS = {
    "mountain": KINDS["mountain"],
    "border": KINDS["border"],
    "island": KINDS["island"],
    "delta": KINDS["delta"],
    "midland": KINDS["midland"],
    UNCLASSIFIED: Text(vi="chưa phân loại", en="not classified"),
}
_KIND = Text(vi="Loại địa bàn", en="Kind of area")
_ALL = Text(vi="Số xã, phường", en="Communes")
_HAVE = Text(vi="Có CLB", en="With a club")
_LACK = Text(vi="Chưa có CLB", en="Without")
_UNKNOWN_KIND = Text(vi="Trong đó chưa phân loại", en="Of them not classified")
_ABOUT_KINDS = Text(
    vi="Loại địa bàn theo danh mục chính thức đã nhập; xã thuộc nhiều loại tính vào một dòng: miền "
    "núi, biên giới, hải đảo trước, rồi đồng bằng, trung du. Xã chưa có trong danh mục nào được "
    "đếm ở dòng “chưa phân loại”, không suy đoán.",
    en="Kinds by the official tables that were imported; a commune of several kinds stands in one "
    "row: mountain, border and island first, then delta, midland. Communes in no table are counted "
    "as “not classified”, nothing is guessed.",
)
_ABOUT_ENDED = Text(
    vi="CLB đã nghỉ: câu lạc bộ tạm dừng, sáp nhập, chia tách hoặc giải thể. Số thôn: theo danh "
    "mục đã nhập; dấu – là chưa có số liệu.",
    en="Ended or resting: suspended, merged, split or closed. Villages: by the imported lists; a "
    "dash where it is not known.",
)
_BY_PROVINCE = Text(
    vi="Danh sách từng xã, phường lập theo từng tỉnh, thành phố (báo cáo cùng loại của tỉnh).",
    en="Communes are listed in the same report of each province.",
)


def kinds_table(data: ReportData, found: CoverageRows) -> list[Block]:
    """Make one row a kind of area; communes that nobody classified have a row of their own."""
    language = data.language
    lines = []
    for kind, label in _KIND_WORDS.items():
        some = [each for each in found.communes if each.kind == kind]
        if some or kind == UNCLASSIFIED:
            words = label.in_(language)
            lines.append(Row((words[0].upper() + words[1:], *_counts(some, data))))
    lines.append(Row((TOTAL.in_(language), *_counts(found.communes, data)), bold=True))
    heads: list[Head] = [
        (_KIND, 55, "left"),
        (_ALL, 27, "centre"),
        (_HAVE, 27, "centre"),
        (_LACK, 27, "centre"),
        (Text(vi="Tỷ lệ có CLB", en="Share with a club"), 27, "centre"),
    ]
    return [listing(language, BY_KIND, heads, lines, [_ABOUT_KINDS.in_(language)])]


def _counts(communes: Sequence[Commune], data: ReportData) -> tuple[str, str, str, str]:
    language, all_ = data.language, len(communes)
    have = sum(each.clubs > 0 for each in communes)
    return (
        count(all_, language),
        count(have, language),
        count(all_ - have, language),
        share(have, all_, language),
    )


def provinces_table(data: ReportData, found: CoverageRows) -> list[Block]:
    """Make one row a province, in Vietnamese order."""
    language = data.language
    names = {code: area.in_(language) for code, area in data.areas.provinces.items()}
    lines = []
    for place, code in enumerate(sorted(names, key=lambda each: sort_key(names[each])), start=1):
        some = [each for each in found.communes if each.province == code]
        unknown = sum(each.kind == UNCLASSIFIED for each in some if not each.clubs)
        cells = (*_counts(some, data), count(unknown, language))
        lines.append(Row((str(place), names[code], *cells)))
    unknown = sum(each.kind == UNCLASSIFIED for each in found.without)
    total = (*_counts(found.communes, data), count(unknown, language))
    lines.append(Row(("", TOTAL.in_(language), *total), bold=True))
    heads: list[Head] = [
        NUMBER,
        (PROVINCES, 48, "left"),
        (_ALL, 21, "centre"),
        (_HAVE, 21, "centre"),
        (_LACK, 21, "centre"),
        (SHARE, 20, "centre"),
        (_UNKNOWN_KIND, 24, "centre"),
    ]
    return [listing(language, BY_PROVINCE, heads, lines)]


def provinces_map(data: ReportData, found: CoverageRows) -> list[Block]:
    """Draw the share of communes with a club as a tile grid."""
    language = data.language
    all_ = Counter(each.province for each in found.communes)
    have = Counter(each.province for each in found.communes if each.clubs)
    shares = {code: 100 * have[code] / number for code, number in all_.items()}
    names = {code: area.in_(language) for code, area in data.areas.provinces.items()}
    told = "; ".join(
        f"{names[code]} {percent(shares[code], language, 0)}"
        for code in sorted(shares, key=lambda each: sort_key(names[each]))
    )
    caption = MAP.in_(language)
    printed = {code: percent(value, language, 0) for code, value in shares.items()}
    steps = (1.0, 25.0, 50.0, 75.0)
    bound = {step: percent(step, language, 0) for step in steps}
    return [
        MapContent(
            caption, f"{caption}: {told}.", shares, printed=printed, steps=steps, bound=bound
        )
    ]


def communes_table(data: ReportData, found: CoverageRows) -> list[Block]:
    """List the communes without a club; for the country they are only counted."""
    language, without = data.language, found.without
    if not without:
        return [ALL_HAVE.in_(language)]
    if data.place.level == "country":
        return [_BY_PROVINCE.in_(language)]
    lines = [
        (str(place), each.code, each.name, _kinds(each, data), count(each.villages, language),
         count(each.ended or None, language))
        for place, each in enumerate(without, start=1)
    ]  # fmt: skip
    heads: list[Head] = [
        NUMBER,
        (Text(vi="Mã", en="Code"), 20, "centre"),
        (COMMUNES, 52, "left"),
        (_KIND, 45, "left"),
        (Text(vi="Số thôn", en="Villages"), 18, "centre"),
        (Text(vi="CLB đã nghỉ", en="Ended or resting"), 20, "centre"),
    ]
    return [listing(language, WITHOUT, heads, lines, [_ABOUT_ENDED.in_(language)])]


def _kinds(commune: Commune, data: ReportData) -> str:
    if not commune.kinds:
        return _KIND_WORDS[UNCLASSIFIED].in_(data.language)
    return ", ".join(KINDS[kind].in_(data.language) for kind in commune.kinds if kind in KINDS)


def villages_table(data: ReportData, found: CoverageRows) -> list[Block]:
    """Count villages with and without a club by commune, or name them for one commune."""
    language = data.language
    if not found.villages:
        return [VILLAGES_UNKNOWN.in_(language)]
    if data.place.level == "commune":
        return _named(data, found)
    names = {each.code: each.name for each in found.communes}
    known = Counter(each.commune for each in found.villages)
    served = Counter(each.commune for each in found.villages if each.served)
    areas, column = names, COMMUNES
    if data.place.level == "country":
        of = {each.code: each.province for each in found.communes}
        known, served = _joined(known, of), _joined(served, of)
        areas = {code: area.in_(language) for code, area in data.areas.provinces.items()}
        column = PROVINCES
    lines = [
        Row((str(place), areas[code], *_villages(known[code], served[code], data)))
        for place, code in enumerate(sorted(known, key=lambda each: sort_key(areas[each])), start=1)
    ]
    total = _villages(known.total(), served.total(), data)
    lines.append(Row(("", TOTAL.in_(language), *total), bold=True))
    heads: list[Head] = [
        NUMBER,
        (column, 65, "left"),
        (Text(vi="Số thôn trong danh sách", en="Villages in the list"), 30, "centre"),
        (_HAVE, 20, "centre"),
        (_LACK, 20, "centre"),
        (SHARE, 20, "centre"),
    ]
    return [listing(language, VILLAGES, heads, lines)]


def _joined(counts: Counter[str], of: dict[str, str]) -> Counter[str]:
    joined: Counter[str] = Counter()
    for code, number in counts.items():
        joined[of[code]] += number
    return joined


def _villages(known: int, served: int, data: ReportData) -> tuple[str, ...]:
    counts = (count(each, data.language) for each in (known, served, known - served))
    return (*counts, share(served, known, data.language))


def _named(data: ReportData, found: CoverageRows) -> list[Block]:
    without = [each for each in found.villages if not each.served]
    if not without:
        return [data.words(ALL_VILLAGES)]
    lines = [(str(place), each.name, each.code) for place, each in enumerate(without, start=1)]
    heads: list[Head] = [
        NUMBER,
        (Text(vi="Thôn, tổ dân phố", en="Village"), 95, "left"),
        (Text(vi="Mã", en="Code"), 45, "left"),
    ]
    return [listing(data.language, NO_VILLAGES_SERVED, heads, lines)]


def villages_known(found: CoverageRows, data: ReportData) -> str:
    """Write how many villages without a club there are, of those in the list."""
    without = sum(not each.served for each in found.villages)
    return f"{count(without, data.language)}/{count(len(found.villages), data.language)}"


def known_villages(found: CoverageRows, data: ReportData) -> tuple[str, str]:
    """Write how many villages there are by official figures, and of how many communes."""
    known = [each.villages for each in found.communes if each.villages is not None]
    return count(sum(known), data.language) if known else show.DASH, count(
        len(known), data.language
    )
