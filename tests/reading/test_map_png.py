"""/<conflict>/map.png: the pixels of the same picture, on any machine; and no more work than one can bear."""

import html
import re
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from events.looks.palette import palette, rgb
from events.models import Actor, Conflict
from events.reading.picture import png
from events.reading.picture.column import MARGIN
from events.replay.frame import HEIGHT, WIDTH
from tests.reading.test_map_svg import SVG, picture
from tests.war import say

ADDRESS = "/war/map.png?at=2016-01-01"
# Of the column: the title and the day, above all counts.
HEAD = (20, 110)


def drawn(client: Client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "image/png"
    image = Image.open(BytesIO(response.content))
    assert image.size == (1200, 630)
    return image.convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> set[int]:
    """In which columns of the box there is something dark."""
    part = image.crop(box)
    return {
        x for x in range(part.width) for y in range(part.height) if max(part.getpixel((x, y))) < 90
    }  # type: ignore[arg-type]


def test_its_pixels_are_those_of_the_map(client: Client, war: Conflict) -> None:
    Actor.objects.filter(slug="is").update(colour="#d55e00")
    Actor.objects.filter(slug="sdf").update(colour="#0072b2")
    root = picture(client, ADDRESS.replace("png", "svg"))
    (city,) = (u for u in root.iter(f"{SVG}use") if u.get("data-place") == "city")
    at = round(float(city.get("x") or "")), round(float(city.get("y") or ""))
    image = drawn(client, ADDRESS)
    assert image.getpixel(at) == rgb("#d55e00")
    assert image.getpixel((WIDTH + 5, 5)) == rgb(palette("light")["paper"])
    say(war, "now", "2015-06-01", "sdf", "captured", "city")
    assert drawn(client, ADDRESS).getpixel(at) == rgb("#0072b2")


def test_it_is_written_whatever_fonts_a_machine_has(client: Client, war: Conflict) -> None:
    english = ink(drawn(client, ADDRESS), (WIDTH, HEAD[0], 1200, HEAD[1]))
    assert min(english) in range(MARGIN - 2, MARGIN + 6)
    assert len(english) > 100
    assert {path.rpartition("-")[2] for path in png._fonts()[1]} == {
        "Regular.ttf",
        "Bold.ttf",
        "Italic.ttf",
    }


def test_arabic_is_written_from_the_right(client: Client, war: Conflict) -> None:
    image = drawn(client, f"{ADDRESS}&lang=ar")
    column = 1200 - WIDTH
    arabic = ink(image, (0, HEAD[0], column, HEAD[1]))
    assert max(arabic) in range(column - MARGIN - 6, column - MARGIN + 2)
    assert min(arabic) > 40
    assert image.getpixel((column + 3, HEIGHT // 2)) != rgb(palette("light")["paper"])


def test_the_dark_one_has_the_dark_colours(client: Client, war: Conflict) -> None:
    paper = rgb(palette("dark")["paper"])
    assert drawn(client, f"{ADDRESS}&scheme=dark").getpixel((WIDTH + 5, 5)) == paper


def test_who_has_it_is_told_so_without_a_drawing(client: Client, war: Conflict) -> None:
    first = client.get(ADDRESS)
    etag = first.headers["ETag"]
    assert "max-age=60" in first.headers["Cache-Control"]
    assert client.get(ADDRESS.replace("png", "svg")).headers["ETag"] != etag
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    say(war, "new", "2015-06-01", "sdf", "captured", "west")
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200


def test_the_same_picture_is_drawn_once(client: Client, war: Conflict) -> None:
    png._drawn.cache_clear()
    # what it does not know is no other picture
    for more in ("", "", "&place=city", "&page=7"):
        client.get(f"{ADDRESS}{more}")
    assert png._drawn.cache_info().misses == 1
    assert png._drawn.cache_info().maxsize == png.KEPT


def test_where_one_is_drawn_others_wait_and_no_longer_than_is_said(
    client: Client, war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png, "PATIENCE", 0.01)
    with png._turn:
        response = client.get(ADDRESS)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Cache-Control" not in response.headers
    monkeypatch.setattr(png, "PATIENCE", 3600)
    with png._queue, png._queue:
        assert client.get(ADDRESS).status_code == 503
    assert client.get(ADDRESS).status_code == 200


def test_what_cannot_be_meant_is_refused_by_name(client: Client, war: Conflict) -> None:
    response = client.get("/war/map.png?at=2017-02-30")
    assert response.status_code == 400
    assert response.content.decode().startswith("at: ")


def test_a_card_names_it_in_the_language_of_the_page(client: Client, war: Conflict) -> None:
    page = client.get("/war/?at=2016-01-01", headers={"Accept-Language": "ar"}).content.decode()
    (address,) = re.findall(r'property="og:image"\s+content="http://testserver([^"]+)"', page)
    assert html.unescape(address) == f"{ADDRESS}&lang=ar"
    assert 'property="og:image:type" content="image/png"' in page
    assert client.get(html.unescape(address)).status_code == 200
