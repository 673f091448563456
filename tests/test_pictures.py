"""The drawings of dishes and places: each picture the catalogue may name exists and stands alone."""

import re
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from integrations.catalogue.vocabulary import PICTURES
from seeds.pictures.draw import DRAWINGS, FOLDER, svg

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "defs", "linearGradient", "stop", "clipPath", "g", "use", "rect", "circle", "ellipse", "path"}
LARGEST_SVG = 6 * 1024
LARGEST_PNG = 60 * 1024


@pytest.fixture(params=PICTURES)
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_folder_holds_what_the_vocabulary_names() -> None:
    assert sorted(DRAWINGS) == sorted(PICTURES)
    assert {file.name for file in FOLDER.iterdir()} == {f"{key}.{kind}" for key in PICTURES for kind in ("svg", "png")}


def test_a_drawing_is_as_its_function_draws_it(key: str) -> None:
    assert (FOLDER / f"{key}.svg").read_text(encoding="utf-8") == svg(key)


def test_a_drawing_is_a_small_plain_svg(key: str) -> None:
    file = FOLDER / f"{key}.svg"
    root = ET.parse(file).getroot()
    assert file.stat().st_size <= LARGEST_SVG
    assert (root.tag, root.get("viewBox")) == (f"{SVG}svg", "0 0 240 150")
    assert (root.get("width"), root.get("height")) == ("240", "150")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED


def test_a_drawing_refers_to_nothing_but_its_own_parts(key: str) -> None:
    root = ET.parse(FOLDER / f"{key}.svg").getroot()
    attributes = [pair for element in root.iter() for pair in element.attrib.items()]
    names = [value for name, value in attributes if name == "id"]
    links = [value for name, value in attributes if name.endswith("href")]
    fills = [found for _, value in attributes for found in re.findall(r"url\(([^)]*)\)", value)]
    assert len(names) == len(set(names))
    assert all(name.startswith(f"{key}-") for name in names)
    assert {link.removeprefix("#") for link in (*links, *fills)} == set(names)
    assert all(link.startswith("#") for link in (*links, *fills))
    assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]


def test_a_bitmap_is_there_for_chats_without_svg(key: str) -> None:
    file = FOLDER / f"{key}.png"
    assert file.stat().st_size <= LARGEST_PNG
    with Image.open(file) as image:
        assert (image.format, image.size) == ("PNG", (720, 450))
        colours = image.convert("RGB").getcolors(maxcolors=720 * 450)
    assert colours is not None
    assert len(colours) > 40  # drawn, not blank
