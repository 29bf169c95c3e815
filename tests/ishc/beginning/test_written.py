"""The ``ishc.toml`` that the answers make: read back, it says what was answered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ishc.beginning.chosen import (
    KOBO,
    KOBO_EU,
    NIGHTS,
    SANDBOX,
    Chosen,
    Place,
    Secret,
)
from ishc.beginning.make import make_programme, shipped_settings
from ishc.beginning.written import settings_text
from programme.areas import load_areas
from programme.folder import Folder, shipped
from programme.problem import ProblemError, Text
from programme.settings import load

AREAS = load_areas(Folder(shipped()).xlsforms)
LANG_SON = AREAS.provinces["20"]
USUAL = Chosen("vi", (LANG_SON,), KOBO, Secret(), ())
CENTRAL = Place("central", "https://odk.hoi.vn", user="an@hoi.vn", project=4)


def written(chosen, tmp_path):
    folder = Folder(tmp_path)
    folder.settings.write_text(settings_text(shipped_settings(), chosen), encoding="utf-8")
    return load(folder)


@given(
    language=some.sampled_from(["vi", "en"]),
    provinces=some.lists(
        some.sampled_from(list(AREAS.provinces.values())), max_size=3, unique=True
    ),
    place=some.sampled_from([KOBO, KOBO_EU, SANDBOX, CENTRAL]),
    night=some.sets(some.sampled_from(NIGHTS)),
)
def test_every_set_of_answers_is_read_back_as_it_was_given(
    tmp_path_factory, language, provinces, place, night
):
    chosen = Chosen(language, tuple(provinces), place, Secret(), tuple(night))
    told = written(chosen, tmp_path_factory.mktemp("made"))
    assert told.language == language
    (server,) = told.servers.values()
    assert (server.name, server.url, server.user, server.project) == (
        place.name,
        place.url,
        place.user,
        place.project,
    )
    assert server.openrosa_url == (place.phones_url or place.url)
    assert server.kind == ("central" if place is CENTRAL else "kobo")
    sources = {source.server for form in told.forms.values() for source in form.sources}
    assert sources == {place.name}
    assert told.nightly.publish == ("lists" in night)
    assert told.nightly.push == ("states" in night)
    assert told.nightly.export == (("xlsx",) if "excel" in night else ())
    periods = {"month"} & {"month" if "monthly" in night else ""} | (
        {"quarter"} if "quarterly" in night else set()
    )
    assert {each.every for each in told.nightly.reports} == periods
    for report in told.nightly.reports:
        assert report.areas == (tuple(each.code for each in provinces) or ("VN",))
        assert report.report == ("province_periodic" if provinces else "national_periodic")


def test_one_province_issues_its_reports_and_several_each_its_own(tmp_path):
    one = written(USUAL, tmp_path).report
    assert one.issuer == Text(
        vi="Hội Người cao tuổi tỉnh Lạng Sơn", en="Lạng Sơn Association of the Elderly"
    )
    assert one.recipients[0].vi == "UBND tỉnh Lạng Sơn"
    ha_noi = written(replace(USUAL, provinces=(AREAS.provinces["01"],)), tmp_path).report
    assert ha_noi.issuer.vi == "Hội Người cao tuổi thành phố Hà Nội"
    assert ha_noi.place.vi == "Hà Nội"
    both = written(replace(USUAL, provinces=(LANG_SON, AREAS.provinces["01"])), tmp_path).report
    assert both.issuer.vi == "Hội Người cao tuổi {area}"
    assert [each.vi for each in both.recipients] == ["UBND {area}"]


def test_remarks_stay_and_stand_below_each_other():
    text = settings_text(shipped_settings(), replace(USUAL, night=("excel", "monthly")))
    usual = shipped_settings()
    assert [each for each in usual.splitlines() if each.startswith("# ")][:2] == text.splitlines()[
        :2
    ]
    assert 'export = ["xlsx"]                   # "xlsx" | "csv" | "parquet"' in text
    assert "#   [servers.central]" not in text  # of the server that was not chosen


def test_what_was_pasted_lies_in_its_own_file_and_nowhere_else(tmp_path):
    target = tmp_path / "clb"
    make_programme(target, replace(USUAL, secret=Secret(typed="s3cretOfMine")))
    token = target / "data" / "token"
    assert token.read_text(encoding="utf-8") == "s3cretOfMine"
    assert token.stat().st_mode & 0o077 == 0
    holding = [
        path
        for path in target.rglob("*")
        if path.is_file() and b"s3cretOfMine" in path.read_bytes()
    ]
    assert holding == [token]


def test_an_answer_that_settings_refuse_leaves_nothing_behind(tmp_path):
    target = tmp_path / "clb"
    wrong = replace(USUAL, place=replace(KOBO, url="ftp://kf.hoi.vn"))
    with pytest.raises(ProblemError):
        make_programme(target, wrong)
    assert not target.exists()


def test_a_token_file_or_variable_of_ones_own_is_named(tmp_path):
    secret = Secret(variable="KOBO_KEY", file='/secrets/my "key"')
    (server,) = written(replace(USUAL, secret=secret), tmp_path).servers.values()
    assert server.token_env == "KOBO_KEY"
    assert server.token_file is not None and server.token_file.name == 'my "key"'
