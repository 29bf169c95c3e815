"""Loading many at once: nothing but the way differs from what a phone sends."""

from typing import Any

import pytest

from connectors.servers.sandbox import Filled, Running, Upload


def test_what_is_loaded_is_as_if_a_phone_had_sent_it(client: Any, running: Running) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    answers = "<ghi_chu>Họp – ổn</ghi_chu><anh>a.jpg</anh>"
    client.submit(uid, answers, **{"a.jpg": b"photo"})
    photo = Upload("a.jpg", "image/jpeg", b"photo")
    running.load([Filled(client.filled(uid, answers).encode(), (photo,))])
    sent, loaded = client.records(uid)
    assert client.call("GET", loaded["_attachments"][0]["download_url"]).content == b"photo"
    drawn = {"_id", "_uuid", "meta/instanceID", "meta/rootUuid", "_attachments"}
    assert {key: sent[key] for key in sent.keys() - drawn} == {
        key: loaded[key] for key in loaded.keys() - drawn
    }
    assert sent.keys() == loaded.keys()
    assert sent["_attachments"][0].keys() == loaded["_attachments"][0].keys()
    rows = client.get(f"/api/v2/assets/{uid}/history/", q="action:add-submission")["results"]
    assert [row["username"] for row in rows] == ["owner"] * 2
    assert client.get(f"/api/v2/assets/{uid}/")["deployment__submission_count"] == 2


def test_one_that_a_phone_would_be_refused_is_an_error(client: Any, running: Running) -> None:
    uid = client.deployed("bieu_nho.xlsx")
    good = Filled(client.filled(uid).encode())
    with pytest.raises(ValueError, match="Instance ID"):
        running.load([good, Filled(b"<nothing/>")])
    assert client.records(uid) == []
