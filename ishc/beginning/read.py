"""Answers as people write them, read or refused with what to write instead."""

import secrets
from urllib.parse import urlsplit

from ishc.beginning.chosen import NAMED, NIGHTS, Night, Place, Secret
from programme.account import ServerSettings, token
from programme.area import Area
from programme.areas import Areas
from programme.problem import Problem, ProblemError, Text
from programme.text import did_you_mean, fold, nearest

_COUNTRY = frozenset({"vn", "ca nuoc", "toan quoc", "viet nam", "country", "all", "whole country"})
_NOTHING = frozenset({"", "0", "none", "khong"})


def number(text: str, most: int) -> int:
    """Read the number of an answer.

    Raises:
        ProblemError: ``answer-number``.
    """
    plain = text.strip().rstrip(".)")
    if plain.isdecimal() and 1 <= int(plain) <= most:
        return int(plain)
    raise ProblemError(
        Problem(
            "answer-number",
            Text(vi=f"«{text}» không có trong các lựa chọn", en=f"“{text}” is not one of them"),
            Text(vi=f"hãy gõ một số từ 1 đến {most}", en=f"type a number from 1 to {most}"),
        )
    )


def user(text: str) -> str:
    """Read an e-mail address.

    Raises:
        ProblemError: ``answer-user``.
    """
    plain = text.strip()
    if "@" in plain.strip("@") and not plain.count(" "):
        return plain
    raise ProblemError(
        Problem(
            "answer-user",
            Text(vi=f"«{plain}» không phải thư điện tử", en=f"“{plain}” is no e-mail address"),
            Text(vi="hãy ghi như ten@co-quan.vn", en="write it as name@example.vn"),
        )
    )


def project(text: str) -> int | None:
    """Read the number of a project of ODK Central, None where it is left out."""
    return number(text, 10**6) if text.strip() else None


def secret(text: str, of: Place) -> Secret:
    """Take a token or password as it was pasted.

    Raises:
        ProblemError: ``token-malformed``, without a word of it.
    """
    if text.strip():
        account = ServerSettings(of.name, "", of.url, "", token_env=of.variable, user=of.user)
        return Secret(typed=token(account, {of.variable: text}))
    return Secret()


def made_secret() -> Secret:
    """Make a token for the sandbox, which takes any."""
    return Secret(typed=secrets.token_hex(20))


def provinces(text: str, areas: Areas) -> tuple[Area, ...]:
    """Read provinces by name or code, parted by commas; the whole country is an empty answer.

    Raises:
        ProblemError: ``area-unknown``, ``area-ambiguous``, ``area-not-province``.
    """
    if fold(text) in _COUNTRY:
        return ()
    found: dict[str, Area] = {}
    for part in text.replace(";", ",").split(","):
        if part.strip():
            area = areas.find(part)
            if area.code not in areas.provinces:
                raise ProblemError(_inside(area, areas.province(area.province)))
            found[area.code] = area
    if not found:
        raise ProblemError(_no_province(areas))
    return tuple(found.values())


def place(text: str, *, phones_url: str = "", user: str = "", project: int | None = None) -> Place:
    """Read a server: ``kobo``, ``kobo-eu``, ``sandbox``, or the address of one's own.

    Args:
        text: the answer.
        phones_url: where phones send, on a KoBo of one's own.
        user: e-mail address of the account; with it the server is an ODK Central.
        project: number of the project there.

    Raises:
        ProblemError: ``server-address``, with what an address looks like.
    """
    if named := NAMED.get(fold(text)):
        return named
    url = address(text)
    if user.strip():
        return Place("central", url, user=user.strip(), project=project)
    return Place("kobo", url, address(phones_url) if phones_url else phones_of(url))


def address(text: str) -> str:
    """Read the address of a server, as it may be copied from the browser.

    Raises:
        ProblemError: ``server-address``.
    """
    plain = text.strip()
    parts = urlsplit(plain if "://" in plain else f"https://{plain}")
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    host = parts.hostname or ""
    known = "." in host or host == "localhost"
    if parts.scheme not in ("http", "https") or not known or " " in plain or "@" in parts.netloc:
        raise ProblemError(_no_address(plain))
    return f"{parts.scheme}://{host}{port}"


def phones_of(url: str) -> str:
    """Guess where phones send on a KoBo server: ``kc.…`` beside ``kf.…``."""
    return url.replace("://kf.", "://kc.", 1)


def nights(text: str) -> tuple[Night, ...]:
    """Read what is wanted every night: words or their numbers; nothing is an answer too.

    Raises:
        ProblemError: ``night-unknown``, with the nearest word.
    """
    if fold(text) in _NOTHING:
        return ()
    found = [_night(each) for each in text.replace(",", " ").split()]
    return tuple(each for each in NIGHTS if each in found)


def _night(word: str) -> Night:
    if word.isdecimal() and 1 <= int(word) <= len(NIGHTS):
        return NIGHTS[int(word) - 1]
    for each in NIGHTS:
        if fold(word) == each:
            return each
    hint = did_you_mean(nearest(word, NIGHTS))
    listed = ", ".join(f"{place} {each}" for place, each in enumerate(NIGHTS, start=1))
    raise ProblemError(
        Problem(
            "night-unknown",
            Text(vi=f"không có việc «{word}»{hint.vi}", en=f"there is no “{word}”{hint.en}"),
            Text(
                vi=f"các việc: {listed}; 0: không",
                en=f"what there is: {listed}; 0 for nothing",
            ),
        )
    )


def _inside(area: Area, province: Area) -> Problem:
    return Problem(
        "area-not-province",
        Text(
            vi=f"{area.label} thuộc {province.label}",
            en=f"{area.in_('en')} lies in {province.in_('en')}",
        ),
        Text(
            vi=f"hãy ghi tỉnh hoặc thành phố: {province.code} hay «{province.name}»",
            en=f"name the province: {province.code} or “{province.name}”",
        ),
    )


def _no_province(areas: Areas) -> Problem:
    listed = ", ".join(f"{each.code} {each.name}" for each in areas.provinces.values())
    return Problem(
        "area-missing",
        Text(vi="chưa nêu tỉnh, thành phố nào", en="no province is named"),
        Text(
            vi=f"hãy ghi tên hoặc mã, hoặc «cả nước»: {listed}",
            en=f"write a name or code, or “country”: {listed}",
        ),
    )


def _no_address(text: str) -> Problem:
    names = ", ".join(NAMED)
    hint = did_you_mean(nearest(text, NAMED))
    return Problem(
        "server-address",
        Text(
            vi=f"«{text}» không phải địa chỉ máy chủ{hint.vi}",
            en=f"“{text}” is not the address of a server{hint.en}",
        ),
        Text(
            vi=f"hãy ghi địa chỉ như https://kf.tinh.vn, hoặc một trong: {names}",
            en=f"write an address such as https://kf.example.vn, or one of: {names}",
        ),
    )
