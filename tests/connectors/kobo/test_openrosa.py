"""Sending and downloading as Collect does."""

import hashlib

import pytest

from connectors.servers import openrosa
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault
from connectors.servers.openrosa import Filled, Receipt, submit, submit_all


def xml_of(club, number, note=""):
    return (
        f'<{club.asset} id="{club.asset}"><note>{note}</note>'
        f"<meta><instanceID>uuid:00000000-0000-4000-8000-{number:012}</instanceID></meta>"
        f"</{club.asset}>"
    ).encode()


def test_the_same_form_twice_is_a_duplicate(club):
    xml = xml_of(club, 1)
    assert submit(club.server, xml) is Receipt.ACCEPTED
    assert submit(club.server, xml) is Receipt.DUPLICATE
    assert len(club.records()) == 1


def test_another_form_under_the_same_id_is_refused(club):
    submit(club.server, xml_of(club, 1))
    with pytest.raises(ServerFault) as raised:
        submit(club.server, xml_of(club, 1, "other"))
    assert (raised.value.code, raised.value.status) == ("server-refused", 409)


def test_many_are_sent_over_a_few_connections(club):
    filled = [Filled(xml_of(club, number)) for number in range(100)]
    receipts = list(submit_all(club.server, filled + filled[:3], threads=3))
    assert receipts == [Receipt.ACCEPTED] * 100 + [Receipt.DUPLICATE] * 3
    assert len(club.records()) == 100


def test_bad_weather_sends_nothing_twice(club, weather, fast):
    _, address = weather(3)
    with Server("kobo", "kobo", address, address, "5ec2e7-5ec2e7-5ec2e7", fast) as server:
        for number in range(12):
            submit(server, xml_of(club, number))
    assert len(club.records()) == 12


def test_photos_arrive(club, photo):
    club.send(photo=photo("ảnh mẫu.jpg"))
    ((record),) = club.records().values()
    assert [each["media_file_basename"] for each in record["_attachments"]] == ["ảnh mẫu.jpg"]


LIST = (
    '<xforms xmlns="http://openrosa.org/xforms/xformsList"><xform><formID>aX</formID>'
    "<name>N</name><version>1</version><hash>md5:0</hash><downloadUrl>{url}/form.xml"
    "</downloadUrl><manifestUrl>{url}/manifest</manifestUrl></xform></xforms>"
)
MANIFEST = (
    "<manifest><mediaFile><filename>{name}</filename><hash>md5:{digest}</hash>"
    "<downloadUrl>{url}/media</downloadUrl></mediaFile></manifest>"
)


@pytest.fixture
def phone_server(loopback, fast):
    """A server that offers one form with one medium, as the test says."""
    opened = []

    def start(name="clubs.csv", body=b"name,label\n", digest=None, host=None, form=b"<h:html/>"):
        digest = digest or hashlib.md5(body).hexdigest()

        def answer(handler, asked):
            url = host or behind.url
            bodies = {
                "/formList": LIST.format(url=url).encode(),
                "/manifest": MANIFEST.format(url=url, name=name, digest=digest).encode(),
                "/media": body,
                "/form.xml": form,
            }
            handler.reply(200, bodies[asked.path.partition("?")[0]], {"Content-Type": "text/xml"})

        behind = loopback(answer)
        opened.append(Server("kobo", "kobo", behind.url, behind.url, "t0ken", fast))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def code(call):
    with pytest.raises(ServerFault) as raised:
        call()
    return raised.value.code


def test_a_form_comes_with_its_media(phone_server, tmp_path):
    assert openrosa.download(phone_server(), "aX", tmp_path) == b"<h:html/>"
    assert (tmp_path / "clubs.csv").read_bytes() == b"name,label\n"


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "a\\b.csv", "..", ""])
def test_media_names_that_lead_elsewhere_are_refused(phone_server, tmp_path, name):
    folder = tmp_path / "phone"
    folder.mkdir()
    assert code(lambda: openrosa.download(phone_server(name), "aX", folder)) == "server-answer"
    assert list(tmp_path.rglob("*")) == [folder]


def test_a_medium_that_came_damaged_is_refused(phone_server, tmp_path):
    server = phone_server(digest="0" * 32)
    assert code(lambda: openrosa.download(server, "aX", tmp_path)) == "server-truncated"
    assert not list(tmp_path.iterdir())


def test_addresses_on_another_host_get_no_token(phone_server, loopback, tmp_path):
    stranger = loopback(lambda handler, asked: handler.reply(200, b"<x/>"))
    server = phone_server(host=stranger.url)
    assert code(lambda: openrosa.download(server, "aX", tmp_path)) == "server-foreign"
    assert stranger.asked == []


def test_a_form_that_is_not_offered(phone_server, tmp_path):
    assert code(lambda: openrosa.download(phone_server(), "aY", tmp_path)) == "server-not-found"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "server-answer"),
        (b"<html><p>Log in", "server-html"),
        (b"<xforms><xform>", "server-truncated"),
    ],
)
def test_a_list_that_is_none(loopback, fast, body, expected):
    url = loopback(lambda handler, asked: handler.reply(200, body)).url
    with Server("kobo", "kobo", url, url, "t0ken", fast) as server:
        assert code(lambda: openrosa.form_list(server)) == expected


def test_phones_may_have_an_address_of_their_own(club, loopback, weather, fast):
    _, kc = weather(10_000)
    with Server("kobo", "kobo", club.server.url, kc, "5ec2e7-5ec2e7-5ec2e7", fast) as server:
        assert openrosa.find(server, club.asset).form_id == club.asset
        assert submit(server, xml_of(club, 1)) is Receipt.ACCEPTED
