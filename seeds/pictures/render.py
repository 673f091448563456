"""Render static/img/pictures/*.svg as PNG for chats that take no SVG: `python -m seeds.pictures.render [KEY ...]`.

Needs the `dev` extra and a Chromium, found at CHROMIUM or on the path.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from seeds.pictures.canvas import HEIGHT, WIDTH
from seeds.pictures.draw import DRAWINGS, FOLDER

SCALE = 3
COLOURS = 256


def bitmap(page: Page, drawing: str) -> Image.Image:
    """Return an SVG document as it looks on the page, three pixels to the unit."""
    page.set_content(f'<body style="margin:0"><style>svg{{display:block}}</style>{drawing}')
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def save(image: Image.Image, path: Path) -> None:
    """Write an image as a PNG of few colours, dithered so that gradients stay smooth."""
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG)
    few.save(path, optimize=True)


def main() -> None:
    """Render the drawings named on the command line, or all."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE)
        for key in sys.argv[1:] or sorted(DRAWINGS):
            path = FOLDER / f"{key}.png"
            save(bitmap(page, (FOLDER / f"{key}.svg").read_text(encoding="utf-8")), path)
            print(f"{path.name}: {path.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
