"""Photos and films over a bad line, and from servers that are wrong about them."""

import json
import re
from dataclasses import replace

import pytest

from connectors.servers import kobo
from connectors.servers.originals import answered_at
from connectors.store.kinds import fits, suffix_of
from programme.problem import Exit

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 400  # 100 kB


class Files:
    """Stands before the sandbox and serves every file of a submission itself.

    Args:
        answer: what is done with such a request; the helpers below are some.
    """

    def __init__(self, rest, answer):
        self.rest, self.answer = rest, answer
        self.asked = []

    def __call__(self, handler, asked):
        if "/attachments/" in asked.path:
            self.asked.append(asked)
            self.answer(handler, asked)
        else:
            self.rest(handler, asked)


def serve(handler, asked, content, etag='"one"', cut=None):
    """Answer as nginx does; the connection breaks after ``cut`` bytes of it."""
    wanted = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("Range", ""))
    start = int(wanted[1]) if wanted and asked.headers.get("If-Range") == etag else 0
    headers = {"ETag": etag, "Content-Type": "video/mp4"}
    if start:
        headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
    body = content[start:]
    handler.reply(206 if start else 200, body[:cut], headers, length=len(body))


@pytest.fixture
def behind(programme, club, loopback, weather, fast):
    """Give the programme with a server before its server that serves files as the test says."""
    rest, _ = weather(1_000_000)

    def start(answer, **limits):
        files = Files(rest, answer)
        there = programme.pointed(kobo=loopback(files).url)
        return files, lambda: there.pull(limits=replace(fast, read=20, whole=60, **limits))

    return start


def here(programme):
    kept = [each for each in programme.folder.attachments.rglob("*") if each.is_file()]
    return {each.relative_to(programme.folder.attachments).as_posix(): each for each in kept}


def only(result, code):
    (problem,) = result.problems
    assert problem.code == code and result.exit_status == Exit.DONE
    return problem


def test_a_film_that_broke_off_goes_on_where_it_was_the_next_night(programme, club, photo, behind):
    club.send(photo=photo("film.mp4", FILM))
    cuts = [40_000, 30_000, None]
    files, pull = behind(
        lambda handler, asked: serve(handler, asked, FILM, cut=cuts[len(files.asked) - 1]),
        tries=1,
    )
    result = pull()
    assert "server-reset: 1" in only(result, "attachments-missing").what.en
    assert result.forms[0].attachments == 0 and result.proven
    pull()
    assert pull().forms[0].attachments == 1
    asked = [(each.headers.get("Range"), each.headers.get("If-Range")) for each in files.asked]
    assert asked == [(None, None), ("bytes=40000-", '"one"'), ("bytes=70000-", '"one"')]
    (kept,) = here(programme).values()
    assert kept.read_bytes() == FILM and kept.suffix == ".mp4"
    assert pull().forms[0].attachments == 0 and len(files.asked) == 3


def test_within_one_pull_it_goes_on_too(programme, club, photo, behind):
    club.send(photo=photo("film.mp4", FILM))
    files, pull = behind(
        lambda handler, asked: serve(
            handler, asked, FILM, cut=30_000 if len(files.asked) < 4 else None
        )
    )
    assert pull().forms[0].attachments == 1
    assert [each.headers.get("Range") for each in files.asked] == [
        None, "bytes=30000-", "bytes=60000-", "bytes=90000-",
    ]  # fmt: skip
    (kept,) = here(programme).values()
    assert kept.read_bytes() == FILM


def test_the_real_thing_serves_the_rest(programme, club, photo, server):
    """The sandbox, which answers ranges as the recorded server does."""
    club.send(photo=photo("film.mp4", FILM))
    programme.pull()
    ((number, uid),) = programme.rows("SELECT id, uid FROM attachment")
    (row,) = next(kobo.manifest(server, club.asset, number, ids=[number]))
    into = programme.folder.attachments / "part"
    url = f"{server.url}/api/v2/assets/{club.asset}/data/{number}/attachments/{uid}/"
    etag = server.http.request("GET", url).headers["ETag"]
    into.write_bytes(FILM[:50_000] + b"never on the disk before the power cut")
    note = into.with_name("part.json")
    note.write_text(json.dumps({"etag": etag, "size": 50_000}))
    got = kobo.fetch_attachment(server, row.attachments[0], into)
    assert into.read_bytes() == FILM and got.size == len(FILM) and not note.exists()


def test_another_version_of_the_file_is_fetched_from_its_beginning(programme, club, photo, behind):
    club.send(photo=photo("film.mp4", FILM))
    other = FILM[:20] + b"other" * 30_000

    def answer(handler, asked):
        if len(files.asked) == 1:
            serve(handler, asked, FILM, cut=40_000)
        else:
            serve(handler, asked, other, etag='"two"')

    files, pull = behind(answer)
    assert pull().forms[0].attachments == 1
    (kept,) = here(programme).values()
    assert kept.read_bytes() == other


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {"Content-Range": "bytes 10-102411/102412", "ETag": '"one"'}),  # another part
        (206, {"Content-Range": "bytes 40000-102411/102412", "ETag": '"two"'}),  # another file
        (206, {"Content-Range": "bytes */*", "ETag": '"one"'}),
        (206, {}),
        (416, {"Content-Range": "bytes */102412"}),
    ],
)
def test_a_rest_that_does_not_fit_is_not_glued_on(programme, club, photo, behind, status, headers):
    club.send(photo=photo("film.mp4", FILM))

    def answer(handler, asked):
        if len(files.asked) == 2:
            handler.reply(status, FILM[40_000:], headers)
        else:
            serve(handler, asked, FILM, cut=40_000 if len(files.asked) == 1 else None)

    files, pull = behind(answer)
    assert pull().forms[0].attachments == 1
    (kept,) = here(programme).values()
    assert kept.read_bytes() == FILM
    assert files.asked[2].headers.get("Range") is None


def test_a_weak_etag_promises_nothing(programme, club, photo, behind):
    club.send(photo=photo("film.mp4", FILM))
    files, pull = behind(
        lambda handler, asked: serve(
            handler, asked, FILM, 'W/"one"', 40_000 if len(files.asked) == 1 else None
        )
    )
    assert pull().forms[0].attachments == 1
    assert [each.headers.get("Range") for each in files.asked] == [None, None]


def test_half_a_file_without_a_length_is_not_taken_for_a_whole_one(programme, club, photo, behind):
    club.send(photo=photo("film.mp4", FILM))

    def answer(handler, asked):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(FILM[:1000])
        handler.close_connection = True

    _, pull = behind(answer)
    assert "server-reset: 1" in only(pull(), "attachments-missing").what.en
    assert here(programme) == {}


def test_what_is_too_large_is_told_before_it_is_read_and_others_come(
    programme, club, photo, behind
):
    club.send(photo=photo("film.mp4", FILM))
    club.send(photo=photo("1.jpg"))

    def answer(handler, asked):
        if len(files.asked) == 1:
            serve(handler, asked, FILM, cut=10)  # no more of it ever comes
        else:
            serve(handler, asked, b"\xff\xd8\xff small")

    files, pull = behind(answer, file=50_000)
    result = pull()
    problem = only(result, "attachments-too-large")
    assert "0.0476837 MB" in problem.what.en and str(min(club.records())) in problem.what.en
    assert result.forms[0].attachments == 1 and len(files.asked) == 2
    assert [each.suffix for each in here(programme).values()] == [".jpg"]


def test_the_settings_say_how_large_a_file_may_be(programme, club, photo):
    club.send(photo=photo("film.mp4", FILM * 12))  # 1.2 MB
    there = replace(programme.settings, pull=replace(programme.settings.pull, largest_file=1))
    small = replace(programme, settings=there)
    problem = only(small.pull(limits=None), "attachments-too-large")
    assert "1 MB" in problem.what.vi and "largest_file" in problem.do.vi
    assert programme.pull(limits=None).forms[0].attachments == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda handler: handler.reply(404, b'{"detail":"Not found."}'), "server-not-found"),
        (lambda handler: handler.reply(500, b"<html>"), "server-error"),
        (lambda handler: handler.reply(204), "server-answer"),
        (lambda handler: handler.reply(200, b"\n<!DOCTYPE html><p>Log in"), "server-html"),
        (lambda handler: handler.reply(302, headers={"Location": "http://127.0.0.2/x"}),
         "server-foreign"),
        (lambda handler: handler.reply(200, b"\xff\xd8", length=5_000), "server-reset"),
    ],
)  # fmt: skip
def test_one_file_that_fails_does_not_stop_the_others_and_waits_behind_them(
    programme, club, photo, behind, answer, code
):
    for number in range(3):
        club.send(photo=photo(f"{number}.jpg"))

    def serve_or_fail(handler, asked):
        if asked.path == files.asked[0].path:
            answer(handler)
        else:
            serve(handler, asked, b"\xff\xd8\xff" + asked.path.encode())

    files, pull = behind(serve_or_fail, tries=1)
    result = pull()
    problem = only(result, "attachments-missing")
    assert f"{code}: 1" in problem.what.en and str(min(club.records())) in problem.what.vi
    assert result.forms[0].attachments == 2 and result.proven
    assert len([each for each in here(programme) if each.endswith(".jpg")]) == 2
    late = club.send(photo=photo("9.jpg"))
    assert late
    first, before = files.asked[0].path, len(files.asked)
    files.answer = lambda handler, asked: serve(handler, asked, b"\xff\xd8\xff")
    assert pull().forms[0].attachments == 2
    assert [each.path == first for each in files.asked[before:]] == [False, True]


def test_a_server_that_breaks_off_every_file_is_left_in_peace(programme, club, photo, behind):
    for number in range(6):
        club.send(photo=photo(f"{number}.jpg"))
    files, pull = behind(lambda handler, asked: handler.reset(), tries=2)
    result = pull()
    assert {each.code for each in result.problems} == {"server-reset", "attachments-missing"}
    assert result.exit_status == Exit.SERVER and result.proven and len(files.asked) == 3 * 2


def test_a_server_that_refuses_the_token_for_files_is_not_asked_for_each(
    programme, club, photo, behind
):
    for number in range(3):
        club.send(photo=photo(f"{number}.jpg"))
    files, pull = behind(lambda handler, asked: handler.reply(401))
    result = pull()
    assert [each.code for each in result.problems] == ["server-token"]
    assert len(files.asked) == 1 and result.proven


def test_an_edit_that_keeps_the_photo_fetches_nothing(programme, club, photo):
    first = club.send("trước", photo=photo())
    programme.pull()
    (number,) = club.records()
    url = f"{club.server.url}/api/v2/assets/{club.asset}/data/bulk/"
    payload = {"submission_ids": [number], "data": {"note": "sau"}}
    club.server.http.json("PATCH", url, json={"payload": payload})
    before = programme.rows("SELECT uid, sha256, fetched, question_path FROM attachment")
    (form,) = programme.pull().forms
    assert (form.changed, form.attachments) == (1, 0) and first
    assert programme.rows("SELECT uid, sha256, fetched, question_path FROM attachment") == before


def test_a_deleted_photo_is_marked_and_its_bytes_stay(programme, club, photo):
    club.send(photo=photo())
    programme.pull()
    ((uid, file),) = programme.rows("SELECT uid, file FROM attachment")
    url = f"{club.server.url}/api/v2/assets/{club.asset}/attachments/{uid}/"
    club.server.http.request("DELETE", url)
    result = programme.pull()
    assert result.problems == () and result.forms[0].changed == 1
    assert programme.rows("SELECT deleted, file FROM attachment") == [
        ("2026-11-03T22:00:00Z", file)
    ]
    assert (programme.folder.attachments / file).read_bytes() == photo().read_bytes()


@pytest.mark.parametrize("content", [b"", b"not a picture at all"])
def test_what_is_no_picture_is_kept_and_told(programme, club, photo, content):
    club.send(photo=photo("1.jpg", content))
    result = programme.pull()
    problem = only(result, "attachments-odd")
    assert str(next(iter(club.records()))) in problem.what.vi
    assert result.forms[0].attachments == 1 and programme.pull().problems == ()
    (kept,) = here(programme).values()
    assert kept.read_bytes() == content and kept.suffix == ".bin"


def test_what_nobody_waits_for_any_more_is_swept(programme, club, photo, behind):
    club.send(photo=photo("film.mp4", FILM))
    _, pull = behind(lambda handler, asked: serve(handler, asked, FILM, cut=40_000), tries=1)
    pull()
    part, note = sorted(here(programme))
    assert note == part + ".json" and part.startswith("arriving-")
    (programme.folder.attachments / "arriving-0").write_bytes(b"of a pull that was killed")
    pull()
    assert sorted(here(programme)) == [part, note]
    club.delete(*club.records())
    pull()
    pull()
    assert here(programme) == {}


def test_the_person_who_waits_sees_files_and_megabytes(programme, club, photo):
    club.send(photo=photo("film.mp4", FILM * 12))
    club.send(photo=photo("2.jpg"))
    said = []
    programme.pull(progress=lambda text, done=None, total=None: said.append((text.en, done, total)))
    told = [each for each in said if "attachments" in each[0]]
    assert told == [
        ("kobo, meeting: fetching attachments, 1 MB so far", 1, 2),
        ("kobo, meeting: fetching attachments, 1 MB so far", 2, 2),
    ]


def test_a_known_question_path_is_never_blanked(programme, club, photo):
    club.send(photo=photo())
    programme.pull()
    (number,) = club.records()
    record = {**club.records()[number]}
    (file,) = record["_attachments"]
    bare = {key: record[key] for key in ("_id", "_uuid", "meta/rootUuid")}
    (listed,) = kobo.row_of(
        {**bare, "_attachments": [{**file, "question_xpath": ""}]}, "a"
    ).attachments
    assert listed.question_path == ""
    (whole,) = kobo.row_of(
        {**record, "_attachments": [{**file, "question_xpath": ""}]}, "a"
    ).attachments
    assert whole.question_path == "photo"


def test_where_a_file_belongs_is_read_from_the_answers():
    record = {
        "_attachments": [{"media_file_basename": "2.jpg"}],
        "note": "1.jpg is nice",
        "g/photo": "a\u0309nh.jpg",  # decomposed, as some phones write
        "visits": [
            {"visits/photo": "1.jpg"},
            {"visits/guests": [{"visits/guests/face": "2.jpg"}], "visits/photo": "3.jpg"},
        ],
    }
    assert answered_at(record, "ảnh.jpg") == "g/photo"
    assert answered_at(record, "2.jpg") == "visits[2]/guests[1]/face"
    assert answered_at(record, "3.jpg") == "visits[2]/photo"
    assert answered_at(record, "4.jpg") == answered_at(record, "") == ""


@pytest.mark.parametrize(
    ("head", "mimetype", "suffix", "fit"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg", ".jpg", True),
        (b"\x89PNG\r\n\x1a\n", "image/jpeg", ".png", True),  # under a .jpg name, as seen
        (b"\x00\x00\x00\x1cftypheic", "image/heic", ".heic", True),
        (b"\x00\x00\x00\x18ftyp3gp4", "audio/3gpp", ".3gp", True),
        (b"\x00\x00\x00\x18ftypmp42", "image/jpeg", ".mp4", False),
        (b"RIFF\x10\x00\x00\x00WEBP", "image/webp", ".webp", True),
        (b"RIFF\x10\x00\x00\x00WAVE", "audio/x-wav", ".wav", True),
        (b"%PDF-1.7", "image/png", ".pdf", False),
        (b"%PDF-1.7", "application/pdf", ".pdf", True),
        (b"Bi\xc3\xaan b\xe1\xba\xa3n", "text/plain", ".bin", True),
        (b"MZ\x90", "image/jpeg", ".bin", False),
        (b"", "text/plain", ".bin", False),
        (b"", "", ".bin", False),
    ],
)
def test_what_a_file_is_by_its_first_bytes(head, mimetype, suffix, fit):
    assert suffix_of(head) == suffix
    assert fits(head, mimetype) is fit
