"""Write static/img/pictures/*.svg, one for each picture the catalogue may name: `python -m seeds.pictures.draw`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seeds.pictures import asian, city, drinks, meat, places, staples, vegetables, western
from seeds.pictures.canvas import Canvas

FOLDER = Path(__file__).resolve().parents[2] / "static" / "img" / "pictures"
MODULES = (meat, vegetables, staples, asian, western, drinks, places, city)
DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    drawing.__name__.removesuffix("_dish"): drawing for module in MODULES for drawing in module.DRAWINGS
}


def svg(key: str) -> str:
    """Return the drawing `key` as an SVG document."""
    canvas = Canvas(key)
    DRAWINGS[key](canvas)
    return canvas.document()


def main() -> None:
    """Write every drawing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for key in sorted(DRAWINGS):
        (FOLDER / f"{key}.svg").write_text(svg(key), encoding="utf-8")
    print(f"{len(DRAWINGS)} drawings in {FOLDER}")


if __name__ == "__main__":
    main()
