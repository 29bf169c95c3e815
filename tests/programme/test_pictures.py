"""Photos and maps in reports."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from programme.areas import load_areas
from programme.word import pictures
from programme.word.maps import MapContent, map_xml, steps_of
from programme.word.pictures import PictureError, load_photo
from programme.word.styles import CELL, NOTE
from programme.word.tiles import COLUMNS, ISLANDS, ROWS, TILES

PROJECT = Path(__file__).parents[2]
STYLES = {CELL: "TableCell", NOTE: "TableNote"}


def photo(path: Path, size: tuple[int, int] = (400, 200), orientation: int = 1) -> Path:
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 4, size[1] // 4))  # the corner that is upper left
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "Phone of somebody"
    exif.get_ifd(0x8825)[2] = (21.0, 51.0, 0.0)  # latitude
    image.save(path, exif=exif)
    return path


def test_a_photo_is_turned_upright_and_forgets_place_and_phone(tmp_path: Path) -> None:
    made = load_photo(photo(tmp_path / "a.jpg", orientation=6), 100, 100)
    with Image.open(BytesIO(made.jpeg)) as image:
        assert not image.getexif()
        assert "exif" not in image.info
        assert image.width < image.height
        assert image.getpixel((image.width - 5, 5)) < (90, 90, 90), "the corner went to the right"
    assert b"Phone" not in made.jpeg
    assert (round(made.width), round(made.height)) == (50, 100)


@pytest.mark.parametrize(("size", "width"), [((4000, 1000), 155), ((300, 100), 155)])
def test_a_photo_keeps_its_proportions_and_gets_small(
    tmp_path: Path, size: tuple[int, int], width: float
) -> None:
    made = load_photo(photo(tmp_path / "a.jpg", size), width, 100)
    assert made.width == pytest.approx(width, abs=0.5)
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.02)
    with Image.open(BytesIO(made.jpeg)) as image:
        assert image.width <= 155 * 6


def test_what_is_see_through_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(tmp_path / "logo.png")
    with Image.open(BytesIO(load_photo(tmp_path / "logo.png", 20, 20).jpeg)) as image:
        assert image.getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"\xff\xd8\xff\xe0broken", b"\x89PNG\r\n\x1a\n" + b"x" * 50]
)
def test_a_broken_picture_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(PictureError) as error:
        load_photo(tmp_path / "a.jpg", 100, 100)
    assert error.value.problem.code == "picture-unreadable"
    assert error.value.problem.severity == "warning"


def test_a_picture_cut_off_in_the_middle_is_told(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", (2000, 2000))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(PictureError):
        load_photo(path, 100, 100)


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError):
        load_photo(tmp_path / "a.jpg", 100, 100)


def test_a_picture_that_would_burst_is_not_unpacked(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 100_000
    with pytest.raises(PictureError) as error:
        load_photo(tmp_path / "bomb.png", 100, 100)
    assert error.value.problem.code == "picture-too-large"


def test_a_file_of_100_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(pictures.FILE_AT_MOST + 1)
    with pytest.raises(PictureError) as error:
        load_photo(tmp_path / "a.jpg", 100, 100)
    assert error.value.problem.code == "picture-too-large"


def test_every_province_has_one_tile_of_its_own() -> None:
    assert set(TILES) == set(load_areas(PROJECT / "xlsforms").provinces)
    places = [(column, row) for column, row, _ in TILES.values()] + list(ISLANDS)
    assert len(set(places)) == len(places) == 36
    assert all(column < COLUMNS and row < ROWS for column, row in places)


def test_tiles_bear_the_names_of_their_provinces() -> None:
    provinces = load_areas(PROJECT / "xlsforms").provinces
    for code, (_, _, name) in TILES.items():
        whole = provinces[code].in_("vi")
        assert name in whole or (name == "TP HCM" and "Hồ Chí Minh" in whole)


def test_north_is_above_south() -> None:
    assert TILES["04"][1] < TILES["01"][1] < TILES["46"][1] < TILES["79"][1] < TILES["96"][1]


def test_a_map_has_a_number_on_each_tile_and_says_where_there_is_none() -> None:
    values: dict[str, float | None] = dict.fromkeys(TILES, 12.5) | {"20": None, "11": 80}
    content = MapContent("c", "Bản đồ <&>", values, {"11": "80 & hơn"}, (50,), unit="%")
    xml = map_xml(content, STYLES, "vi")
    assert xml.count("12,5") == 32
    assert "80 &amp; hơn" in xml
    assert xml.count("thiếu số liệu") == 2, "on the tile and in the legend"
    assert "Bản đồ &lt;&amp;&gt;" in xml
    assert "dưới 50" in xml
    assert "từ 50 trở lên" in xml
    assert "Hoàng Sa" in xml
    assert "Trường Sa" in xml


@pytest.mark.parametrize(
    ("values", "steps"),
    [([], ()), ([5.0] * 9, ()), (list(map(float, range(10))), (2, 4, 6, 8)), ([1.0, 2.0], (2,))],
)
def test_steps_without_any_given_are_fifths(values: list[float], steps: tuple[float, ...]) -> None:
    known = dict(zip(TILES, values, strict=False))
    content = MapContent("c", "a", known)
    assert steps_of(content) == steps
    assert map_xml(content, STYLES, "en").count("<w:tbl>") == 2
