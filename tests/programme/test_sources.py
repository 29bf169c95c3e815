"""``[forms.X.sources.NAME]``: several assets in one account, an account a province."""

import pytest

from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import SourceSettings, load

HEAD = """
[programme]
name = "Thử"
[servers.kobo]
url = "https://kobo.example.org"
[servers.langson]
url = "https://langson.example.org"
[servers.langson_second]
url = "https://langson.example.org/"
"""


@pytest.fixture
def read(tmp_path):
    def forms(text):
        folder = Folder(tmp_path)
        folder.settings.write_text(HEAD + text, encoding="utf-8")
        return load(folder).forms

    return forms


def refused(read, text):
    with pytest.raises(ProblemError) as caught:
        read(text)
    return [(problem.code, problem.place.setting) for problem in caught.value.problems]


def named(form):
    return [(each.name, each.server, each.asset) for each in form.sources]


def test_a_server_is_a_source_of_its_name(read):
    forms = read(
        '[forms.a]\nserver = "kobo"\nasset = "aX"\n[forms.b]\nservers = ["langson", "kobo"]\n'
    )
    assert named(forms["a"]) == [("kobo", "kobo", "aX")]
    assert named(forms["b"]) == [("langson", "langson", ""), ("kobo", "kobo", "")]


def test_a_source_may_name_its_areas(read):
    text = """
    [forms.a.sources.north]
    server = "kobo"
    asset = "aNorth"
    areas = ["20", "06463"]
    [forms.b]
    server = "langson"
    areas = ["20"]
    [forms.c]
    server = "kobo"
    """
    areas = {name: [each.areas for each in form.sources] for name, form in read(text).items()}
    assert areas == {"a": [("20", "06463")], "b": [("20",)], "c": [()]}


@pytest.mark.parametrize("areas", ['"20"', "[20]", '["Lạng Sơn"]', '["064"]'])
def test_areas_are_codes(read, areas):
    text = f'[forms.a]\nserver = "kobo"\nareas = {areas}\n'
    assert refused(read, text) == [("settings-areas", "forms.a.areas")]


def test_without_a_server_a_form_is_in_every_account(read):
    assert [each[0] for each in named(read("[forms.a]\n")["a"])] == [
        "kobo", "langson", "langson_second",
    ]  # fmt: skip


def test_several_assets_of_one_account_and_one_of_another(read):
    text = """
    [forms.a.sources.north]
    server = "kobo"
    asset = "aNorth"
    [forms.a.sources.south]
    server = "kobo"
    asset = "aSouth"
    [forms.a.sources.lang_son]
    server = "langson"
    """
    assert named(read(text)["a"]) == [
        ("north", "kobo", "aNorth"), ("south", "kobo", "aSouth"), ("lang_son", "langson", ""),
    ]  # fmt: skip


def test_a_server_and_sources_beside_it(read):
    text = '[forms.a]\nserver = "kobo"\n[forms.a.sources.x]\nserver = "langson"\n'
    assert named(read(text)["a"]) == [("kobo", "kobo", ""), ("x", "langson", "")]


def test_where_an_asset_is_to_be_written(read):
    forms = read('[forms.a]\nserver = "kobo"\n[forms.b.sources.x]\nserver = "kobo"\n')
    assert [each.setting for form in forms.values() for each in form.sources] == [
        "forms.a", "forms.b.sources.x",
    ]  # fmt: skip


def test_a_problem_names_the_source_where_the_server_does_not():
    assert SourceSettings("kobo", "kobo").place("a").in_("en") == "server kobo, form a"
    assert (
        SourceSettings("north", "kobo").place("a").in_("vi")
        == "máy chủ kobo, nguồn north, biểu mẫu a"
    )


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('[forms.a.sources.x]\nserver = "nowhere"\n',
         "settings-server-unknown", "forms.a.sources.x"),
        ('[forms.a.sources.x]\nasset = "aX"\n', "settings-server-none", "forms.a.sources.x"),
        ('[forms.a.sources.x]\nserver = "kobo"\nuid = "aX"\n',
         "settings-unknown", "forms.a.sources.x.uid"),
        ('[forms.a]\nsources = 3\n', "settings-type", "forms.a.sources"),
        ('[forms.a]\nservers = ["kobo", "kobo"]\n', "settings-source-twice", "forms.a"),
        ('[forms.a.sources.import]\nserver = "kobo"\n', "settings-source-reserved",
         "forms.a.sources.import"),
        ('[forms.a]\nserver = "kobo"\n[forms.a.sources.kobo]\nserver = "langson"\n',
         "settings-source-twice", "forms.a.sources.kobo"),
        ('[forms.a]\nasset = "aX"\n[forms.a.sources.x]\nserver = "kobo"\n',
         "settings-asset-mixed", "forms.a.asset"),
        ('[forms.a]\nservers = ["kobo", "langson"]\nasset = "aX"\n',
         "settings-asset-mixed", "forms.a.asset"),
        ('[forms.a.sources.x]\nserver = "kobo"\nasset = "aX"\n'
         '[forms.a.sources.y]\nserver = "kobo"\nasset = "aX"\n',
         "settings-asset-twice", "forms.a.sources.y"),
        ('[forms.a]\nserver = "langson"\nasset = "aX"\n'  # another account of the same server
         '[forms.b]\nserver = "langson_second"\nasset = "aX"\n',
         "settings-asset-twice", "forms.b"),
        ('[forms.a]\nserver = "kobo"\n[forms.a.sources.y]\nserver = "kobo"\n',
         "settings-asset-needed", "forms.a.sources.y"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(read, text, code, place):
    assert refused(read, text) == [(code, place)]


def test_two_servers_may_use_the_same_uid(read):
    text = '[forms.a]\nserver = "kobo"\nasset = "aX"\n[forms.b]\nserver = "langson"\nasset = "aX"\n'
    assert len(read(text)) == 2
