"""``ishc.toml`` of a new programme: the shipped one, with the answers in their places."""

import re
from collections.abc import Sequence

from ishc.beginning.chosen import Chosen, Night, Place, Secret
from programme.area import Area
from programme.problem import Language
from programme.server_lines import with_server

_REPORTS = re.compile(r"^#   \[\[nightly\.reports\]\].*\n(?:#   +\w.*\n)+", re.MULTILINE)
_PERIODS: dict[Night, str] = {"monthly": "month", "quarterly": "quarter"}
_REMARKS = 36  # remarks stand below each other
_DAY = 12  # two days after the shipped due day of monthly reports


def settings_text(shipped: str, chosen: Chosen) -> str:
    """Fill the answers in.

    Args:
        shipped: the ``ishc.toml`` that comes with the product.
        chosen: the answers.
    """
    text = with_server(shipped, chosen.place.name, _server(chosen.place, chosen.secret))
    text = _line(text, "language", f'"{chosen.language}"')
    text = _line(text, "push", _yes("states" in chosen.night))
    text = _line(text, "publish", _yes("lists" in chosen.night))
    text = _line(text, "export", '["xlsx"]' if "excel" in chosen.night else "[]")
    for key, value in _head(chosen.provinces).items():
        text = _line(text, key, value)
    text = _recipients(text, chosen.provinces)
    reports = [_report(chosen, _PERIODS[each]) for each in chosen.night if each in _PERIODS]
    return _REPORTS.sub(lambda usual: "\n".join(["", *reports]) if reports else usual[0], text, 1)


def _line(text: str, key: str, value: str) -> str:
    """Replace a value, the remark behind it stays."""
    line = re.compile(rf"^{key} = .*?(?: +(#.*))?$", re.MULTILINE)
    return line.sub(lambda old: _remarked(f"{key} = {value}", old[1] or ""), text, count=1)


def _remarked(line: str, remark: str) -> str:
    return f"{line:<{_REMARKS - 2}}  {remark}" if remark else line


def _yes(wanted: bool) -> str:
    return "true" if wanted else "false"


def _server(place: Place, secret: Secret) -> str:
    kind = "central" if place.name == "central" else "kobo"
    lines = [("kind", kind, ""), ("url", place.url, "")]
    if place.phones_url and place.phones_url != place.url:
        remark = "điện thoại gửi về đây · where phones send"
        lines.append(("openrosa_url", place.phones_url, remark))
    if place.user:
        lines.append(("user", place.user, "thư điện tử của tài khoản · the account's e-mail"))
    if place.name != "sandbox":  # its token lies in its file, whatever the variable holds
        variable = secret.variable or place.variable
        lines.append(("token_env", variable, "biến môi trường, được dùng trước · goes first"))
    file = secret.file or "data/token"
    lines.append(("token_file", file, "tệp chỉ mình đọc được · readable by you only"))
    written = [_quoted(*each) for each in lines]
    if place.project is not None:
        written.insert(3, f"project = {place.project}")
    if place.name != "sandbox":
        written.append(
            _remarked(
                '# country = "VN"',
                "# máy chủ đặt ở nước nào (ishc doctor) · where the server stands",
            )
        )
    return "\n".join([f"[servers.{place.name}]", *written])


def _quoted(key: str, value: str, remark: str) -> str:
    inside = value.replace("\\", "\\\\").replace('"', '\\"')
    return _remarked(f'{key} = "{inside}"', f"# {remark}" if remark else "")


def _head(provinces: Sequence[Area]) -> dict[str, str]:
    """Give who issues the reports of a province; with several, each names its own."""
    if len(provinces) == 1:
        (area,) = provinces
        vi, en = f"Hội Người cao tuổi {_inside(area)}", f"{area.name} Association of the Elderly"
        return {"issuer": _both(vi, en), "place": f'"{area.name}"'}
    vi, en = "Hội Người cao tuổi {area}", "Association of the Elderly of {area}"
    return {"issuer": _both(vi, en), "place": '"{name}"'}


def _recipients(text: str, provinces: Sequence[Area]) -> str:
    if len(provinces) == 1:
        (area,) = provinces
        one = _both(f"UBND {_inside(area)}", f"{area.name} People's Committee")
    else:
        one = _both("UBND {area}", "People's Committee of {area}")
    return re.sub(
        r"^(recipients = \[\n)(?:    .*\n)+", lambda old: f"{old[1]}    {one},\n", text, count=1,
        flags=re.MULTILINE,
    )  # fmt: skip


def _inside(area: Area) -> str:
    return f"{area.label[0].lower()}{area.label[1:]}"


def _both(vi: str, en: str) -> str:
    return f'{{ vi = "{vi}", en = "{en}" }}'


def _report(chosen: Chosen, every: str) -> str:
    name = "province_periodic" if chosen.provinces else "national_periodic"
    areas = ", ".join(f'"{each.code}"' for each in chosen.provinces) or '"VN"'
    language: Language = chosen.language
    lines = (
        ("[[nightly.reports]]", "# báo cáo tự làm mỗi kỳ một lần · a report made once a period"),
        (f'report = "{name}"', "# tên như ishc report --list · a name as for ishc report --list"),
        (f"areas = [{areas}]", ""),
        (f'every = "{every}"', "# month | quarter | half | year"),
        (f"day = {_DAY}", "# từ ngày này của tháng sau kỳ · from this day of the month after"),
        (f'languages = ["{language}"]', ""),
    )
    return "".join(f"{_remarked(*each)}\n" for each in lines)
